"""The settings: one a row, changed by a key and saved at once."""

from collections.abc import Callable, Iterator

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.theme import BUILTIN_THEMES
from textual.widgets import OptionList, Static

from hiproutine.coach.learning import changes_words
from hiproutine.day.events import Put
from hiproutine.day.today import Day
from hiproutine.settings.choices import Line, Marks, OneOf
from hiproutine.settings.model import GOAL, Settings, values
from hiproutine.settings.options import Row, groups
from hiproutine.tui.dialogs.setting_rows import STYLESHEET, Rows
from hiproutine.tui.keys import bindings
from hiproutine.tui.pages import Page
from hiproutine.tui.theme import THEMES
from hiproutine.tui.widgets.footer import Footer
from hiproutine.tui.widgets.nav_bar import NavBar
from hiproutine.yaml.edit import Value

LEARNED = "learned_after"
_PANELS = 100
"""From how many columns on the help stands beside the rows."""
_THEMES = (*(theme.name for theme in THEMES), *BUILTIN_THEMES)


class SettingsScreen(Page[None]):
    """Show the settings of the day; `put` sets a key or restores its default, and returns a remark, if any.

    `screening` asks its questions, and calls its argument once they are answered.
    """

    CSS_PATH = [STYLESHEET, "settings.tcss"]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_PANELS, "-panels"), (160, "-wide")]
    BINDINGS = bindings("settings")
    OPENED_BY = "settings"

    def __init__(
        self,
        day: Callable[[], Day],
        put: Callable[[Put], str],
        screening: Callable[[Callable[[], None]], None],
    ) -> None:
        super().__init__()
        self._day = day
        self._put = put
        self._screening = screening
        self._undo: list[Put] = []
        """What takes back each change, the last one last."""

    def compose(self) -> ComposeResult:
        yield NavBar(self.OPENED_BY)
        with Horizontal(id="settings"):
            yield Rows(groups(_THEMES), self._values(), values(Settings()))
            yield Static(id="told")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(Rows).highlighted = 1

    def on_resize(self) -> None:
        self._tell("")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self._tell("")
        self.refresh_bindings()
        event.stop()

    def on_rows_wanted(self, event: Rows.Wanted) -> None:
        key = event.row.key
        before = self._saved()[key]
        told = self._put(Put(key, event.value))
        if self._saved()[key] != before:
            self._undo.append(Put(key, before))
        self.query_one(Rows).show(self._values())
        self._tell(told or f"Saved.{' z takes it back.' if self._undo else ''}")
        self.refresh_bindings()

    def check_action(self, action: str, _: tuple[object, ...]) -> bool | None:
        return action != "undo" or bool(self._undo)

    def action_undo(self) -> None:
        """Take back the last change, and mark its row."""
        last = self._undo.pop()
        told = self._put(last)
        rows = self.query_one(Rows)
        rows.show(self._values())
        with rows.prevent(OptionList.OptionHighlighted):  # it would clear the notice
            rows.highlighted = rows.get_option_index(last.key)
        self._tell(told or "Taken back.")
        self.refresh_bindings()

    def on_rows_opened(self, event: Rows.Opened) -> None:
        if not self.is_active:
            return
        if event.row.key in ("conditions", "screened"):
            self._screening(lambda: self.query_one(Rows).show(self._values()))
        elif event.row.key == LEARNED:
            self.post_message(Rows.Wanted(event.row, self._day().date.isoformat()))

    def _values(self) -> dict[str, Value | None]:
        """Return the values as they are shown: whether something is learned, which `_tell` names."""
        found = self._saved()
        return found | {LEARNED: "learned" if changes_words(self._day().manner.changes) else found[LEARNED]}

    def _saved(self) -> dict[str, Value | None]:
        day = self._day()
        return values(day.settings._replace(profile=day.usual_profile))

    def _tell(self, told: str) -> None:
        row: Row | None = self.query_one(Rows).marked
        box = self.query_one("#told", Static)
        if not row:
            box.update("")
            return
        box.border_title = Content(row.label)
        place = "in the shell hiproutine goal" if row.key in GOAL else f"called {row.key} in settings.yaml"
        usual = f"Default: {row.words(values(Settings())[row.key])} · {place}"
        now = self._now(row)
        lines = [
            Content(row.help),
            *([Content(f"Now: {now}")] if now else []),
            Content(usual).stylize("$foreground-muted"),
            Content(told).stylize("$accent"),
            *(self._choices(row) if self.size.width >= _PANELS else ()),
        ]
        box.update(Content("\n").join(lines))

    def _now(self, row: Row) -> str:
        """Return what is learned, or a line of text, which its row may cut off."""
        if row.key == LEARNED:
            learned = changes_words(self._day().manner.changes)
            return f"{learned}." if learned else ""
        value = self._saved()[row.key]
        return str(value) if value and isinstance(row.kind, Line) else ""

    def _choices(self, row: Row) -> Iterator[Content]:
        """Yield a line for each choice of a row, marked where it holds."""
        value = self._values()[row.key]
        match row.kind:
            case OneOf() as kind:
                now = value if isinstance(value, str) else None
                choices = {kind.label(word): word == now for word in kind.offered(now)}
                marks = "○●"
            case Marks(words) as kind:
                choices = {words[word]: word in kind.weights(value) for word in words}
                marks = "□■"
            case _:
                return
        for name, holds in choices.items():
            yield Content(f"{marks[holds]} {name}").stylize("" if holds else "$foreground-muted")
