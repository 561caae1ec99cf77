"""The settings: each on a row, changed by a key and saved at once."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.theme import BUILTIN_THEMES
from textual.widgets import Label, OptionList, Static

from hiproutine.day.events import Put
from hiproutine.settings.model import Settings
from hiproutine.settings.options import Row, groups, values
from hiproutine.tui.dialogs.setting_rows import STYLESHEET, Rows
from hiproutine.tui.pages import Page
from hiproutine.tui.theme import THEMES
from hiproutine.tui.widgets.footer import Footer

_THEMES = (*(theme.name for theme in THEMES), *BUILTIN_THEMES)


class SettingsScreen(Page[None]):
    """Shows `now()`; `put` sets a key or takes it back to its default, and says what has to be said of that.

    `screening` asks its questions, and calls what it is given when they are answered.
    """

    CSS_PATH = [STYLESHEET, "settings.tcss"]
    BINDINGS = [Binding("escape,q,comma", "dismiss", "Back", key_display="esc", tooltip="Back to Today")]

    def __init__(
        self,
        now: Callable[[], Settings],
        put: Callable[[Put], str],
        screening: Callable[[Callable[[], None]], None],
    ) -> None:
        super().__init__()
        self._now = now
        self._put = put
        self._screening = screening

    def compose(self) -> ComposeResult:
        yield Label("Settings", classes="title")
        yield Rows(groups(_THEMES), values(self._now()), values(Settings()))
        yield Static(id="told")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(Rows).highlighted = 1

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self._tell("")
        self.refresh_bindings()
        event.stop()

    def on_rows_wanted(self, event: Rows.Wanted) -> None:
        told = self._put(Put(event.row.key, event.value))
        self.query_one(Rows).show(values(self._now()))
        self._tell(told or "Saved.")

    def on_rows_opened(self, event: Rows.Opened) -> None:
        if event.row.key == "conditions" and self.is_active:
            self._screening(lambda: self.query_one(Rows).show(values(self._now())))

    def _tell(self, told: str) -> None:
        row: Row | None = self.query_one(Rows).marked
        usual = f" Default: {row.words(values(Settings())[row.key])}." if row else ""
        about = Content(row.help + usual) if row else Content("")
        self.query_one("#told", Static).update(Content("\n").join([about, Content(told).stylize("$accent")]))
