"""A dialog for today's exceptions: minutes, focus, floor and equipment. Nothing is saved."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, OptionList, Static

from hiproutine.coach.profile import Only, avoids_floor
from hiproutine.day.events import Differ
from hiproutine.settings.model import Profile
from hiproutine.settings.options import only_today
from hiproutine.tui.dialogs.setting_rows import STYLESHEET, Rows
from hiproutine.tui.pages import Dialog


class OnlyTodayScreen(Dialog[None]):
    """Start from `only`, beside the `usual` profile; `change` applies each change, or returns why it cannot."""

    CSS_PATH = [STYLESHEET, "only_today.tcss"]

    def __init__(self, usual: Profile, only: Only, change: Callable[[Differ], str]) -> None:
        super().__init__()
        self._rows = only_today(usual, floor=not avoids_floor(usual))
        self._change = change
        self._values = only.values

    def compose(self) -> ComposeResult:
        with Vertical(id="only-today"):
            yield Label("Only today", classes="title")
            yield Rows({"": self._rows}, self._values, Only().values)
            yield Static(id="told")
            yield Static(Content("←→ change, Enter shows every choice, del takes back, Esc is done."), classes="hint")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._tell("")

    def on_rows_wanted(self, event: Rows.Wanted) -> None:
        key, value = event.row.key, event.value
        self._values = {**self._values, key: Only().values[key] if value is None else value}
        self.query_one(Rows).show(self._values)
        self._tell(self._change(Differ(Only.of(self._values))))

    def _tell(self, told: str) -> None:
        row = self.query_one(Rows).marked
        about = Content(row.help if row else "")
        self.query_one("#told", Static).update(Content("\n").join([about, Content(told).stylize("$accent")]))
