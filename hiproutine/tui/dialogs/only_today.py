"""What is different for today alone: minutes, focus, floor and equipment. Nothing of it is saved."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, OptionList, Static

from hiproutine.coach.profile import Only
from hiproutine.day.events import Differ
from hiproutine.settings.model import Profile
from hiproutine.settings.options import Values, only_today
from hiproutine.tui.dialogs.setting_rows import STYLESHEET, Rows
from hiproutine.tui.pages import Dialog
from hiproutine.yaml.edit import Value


class OnlyTodayScreen(Dialog[None]):
    """Begins with `only`, beside what is `usual`; `change` makes each change at once, and returns why it cannot."""

    CSS_PATH = [STYLESHEET, "only_today.tcss"]
    BINDINGS = [Binding("escape,q,m", "dismiss", "Back", key_display="esc", tooltip="Back to Today")]

    def __init__(self, usual: Profile, only: Only, change: Callable[[Differ], str]) -> None:
        super().__init__()
        self._rows = only_today(usual)
        self._change = change
        self._values = _values(only)

    def compose(self) -> ComposeResult:
        with Vertical(id="only-today"):
            yield Label("Only today", classes="title")
            yield Rows({"": self._rows}, self._values, _values(Only()), as_usual="")
            yield Static(id="told")
            yield Static(Content("←→ change, Enter shows every choice, del takes back, Esc is done."), classes="hint")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._tell("")

    def on_rows_wanted(self, event: Rows.Wanted) -> None:
        key, value = event.row.key, event.value
        self._values = {**self._values, key: _values(Only())[key] if value is None else value}
        self.query_one(Rows).show(self._values)
        self._tell(self._change(Differ(_only(self._values))))

    def _tell(self, told: str) -> None:
        row = self.query_one(Rows).marked
        about = Content(row.help if row else "")
        self.query_one("#told", Static).update(Content("\n").join([about, Content(told).stylize("$accent")]))


def _values(only: Only) -> Values:
    return {
        "minutes": str(only.minutes) if only.minutes else None,
        "focus": only.focus or None,
        "no_floor": "yes" if only.no_floor else "no",
        "equipment": only.equipment,
    }


def _only(values: Values) -> Only:
    def words(value: Value | None) -> tuple[str, ...]:
        return tuple(value or ())

    minutes, equipment = values["minutes"], values["equipment"]
    return Only(
        minutes=int(minutes) if isinstance(minutes, str) else None,
        focus=words(values["focus"]),
        no_floor=values["no_floor"] == "yes",
        equipment=None if equipment is None else words(equipment),
    )
