"""Rows that can be changed, and the small pages on which a value with many choices is chosen."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Label, OptionList, Static
from textual.widgets.option_list import Option

from hiproutine.settings.options import Elsewhere, Line, Marks, OneOf, Row, Values
from hiproutine.tui.dialogs.note import NoteScreen
from hiproutine.tui.pages import Dialog, Listing, show
from hiproutine.yaml.edit import Value

STYLESHEET = Path(__file__).with_suffix(".tcss")
"""For each screen with such rows."""
_LABEL_WIDTH = 20


class Rows(Listing):
    """Rows under their headings, each with its value. It tells what is wanted, and shows what it is given."""

    BINDINGS = [
        Binding("right,plus,equals_sign", "step(1)", "Change", key_display="←→", tooltip="The next value"),
        Binding("left,minus", "step(-1)", "Change", show=False, tooltip="The value before"),
        Binding("enter", "select", "Choose", tooltip="Every choice, where there are many"),
        Binding("delete,backspace", "reset", "Default", key_display="del", tooltip="Back to the default"),
        Binding("j", "cursor_down", "Mark", show=False),
        Binding("k", "cursor_up", "Mark", show=False),
    ]

    class Wanted(Message):
        """A row is to have another value; None takes it back to its default."""

        def __init__(self, row: Row, value: Value | None) -> None:
            super().__init__()
            self.row = row
            self.value = value

    class Opened(Message):
        """What is changed elsewhere is wanted."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    def __init__(
        self, groups: Mapping[str, tuple[Row, ...]], values: Values, usual: Values, as_usual: str = " (default)"
    ) -> None:
        self._rows = {row.key: row for rows in groups.values() for row in rows}
        self._values = values
        self._usual = usual
        self._as_usual = as_usual
        super().__init__(*self._made(groups), id="rows")

    def _made(self, groups: Mapping[str, tuple[Row, ...]]) -> Iterator[Option]:
        for heading, rows in groups.items():
            if heading:
                yield Option(Content(heading).stylize("bold $primary"), disabled=True)
            for row in rows:
                yield Option(self._line(row), id=row.key)

    def _line(self, row: Row) -> Content:
        value = self._values[row.key]
        name = f"  {row.label:<{_LABEL_WIDTH}}"
        if value == self._usual[row.key]:
            return Content.assemble(name, (f"{row.words(value)}{self._as_usual}", "$foreground-muted"))
        return Content.assemble(name, (row.words(value), "bold $secondary"))

    @property
    def marked(self) -> Row | None:
        option = self.highlighted_option
        return self._rows[option.id] if option and option.id else None

    def show(self, values: Values) -> None:
        self._values = values
        for row in self._rows.values():
            self.replace_option_prompt(row.key, self._line(row))

    def check_action(self, action: str, _: tuple[object, ...]) -> bool | None:
        row = self.marked
        if action == "step":
            return row is None or isinstance(row.kind, OneOf)
        return action != "reset" or row is None or not isinstance(row.kind, Elsewhere)

    def action_step(self, by: int) -> None:
        if row := self.marked:
            value = row.step(self._values[row.key], by)
            if value != self._values[row.key]:
                self.post_message(self.Wanted(row, value))

    def action_reset(self) -> None:
        if row := self.marked:
            self.post_message(self.Wanted(row, None))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Opens the page of the row."""
        event.stop()
        row = self._rows[event.option.id or ""]
        value, kind = self._values[row.key], row.kind

        def word(chosen: str | None) -> None:
            if chosen is not None and chosen != value:
                self.post_message(self.Wanted(row, chosen or None))

        def weights(chosen: dict[str, int] | None) -> None:
            if isinstance(kind, Marks) and chosen != kind.weights(value):
                self.post_message(self.Wanted(row, kind.value(chosen or {})))

        match kind:
            case OneOf():
                show(self, PickScreen(row, value), word)
            case Marks():
                show(self, MarksScreen(row, kind, value), weights)
            case Line():
                show(self, NoteScreen(f"{row.label}: {row.help}", str(value or "")), word)
            case Elsewhere():
                self.post_message(self.Opened(row))


class PickScreen(Dialog[str | None]):
    """Every word that a row may have, with the one that holds marked; gives the word chosen, or None."""

    CSS_PATH = STYLESHEET
    BINDINGS = [Binding("escape,q", "dismiss(None)", "Back", key_display="esc")]

    def __init__(self, row: Row, value: Value | None) -> None:
        super().__init__()
        assert isinstance(row.kind, OneOf)
        self._row = row
        self._now = value if isinstance(value, str) else None
        self._words = row.kind.offered(self._now)

    def compose(self) -> ComposeResult:
        with Vertical(id="pick"):
            yield Label(self._row.label, classes="title", markup=False)
            yield Listing(*(Option(Content(self._row.words(word)), id=word) for word in self._words))
            yield Static(Content(f"{self._row.help} Enter or a click chooses, Esc leaves it."), classes="hint")

    def on_mount(self) -> None:
        if self._now is not None:
            self.query_one(OptionList).highlighted = self._words.index(self._now)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)


class MarksScreen(Dialog[dict[str, int]]):
    """Words to be marked, by a weight where there are such; gives the weights when it is left."""

    CSS_PATH = STYLESHEET
    BINDINGS = [
        Binding("escape,q", "done", "Done", key_display="esc"),
        Binding("space,right", "mark(1)", "Mark"),
        Binding("left", "mark(-1)", "Mark"),
    ]

    def __init__(self, row: Row, marks: Marks, value: Value | None) -> None:
        super().__init__()
        self._row = row
        self._marks = marks
        self._weights = dict(marks.weights(value))

    def compose(self) -> ComposeResult:
        keys = "Enter or a click marks" if self._marks.highest == 1 else "Enter gives more weight, ← less"
        with Vertical(id="pick"):
            yield Label(self._row.label, classes="title", markup=False)
            yield Listing(*(Option(self._line(word), id=word) for word in self._marks.words))
            yield Static(Content(f"{self._row.help} {keys}, Esc is done."), classes="hint")

    def _line(self, word: str) -> Content:
        weight = self._weights.get(word, 0)
        mark = (str(weight) if self._marks.highest > 1 else "x") if weight else " "
        return Content(f"[{mark}] {self._marks.words[word]}")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self._mark(event.option.id or "", 1)

    def action_mark(self, by: int) -> None:
        option = self.query_one(OptionList).highlighted_option
        if option and option.id:
            self._mark(option.id, by)

    def _mark(self, word: str, by: int) -> None:
        self._weights[word] = (self._weights.get(word, 0) + by) % (self._marks.highest + 1)
        self.query_one(OptionList).replace_option_prompt(word, self._line(word))

    def action_done(self) -> None:
        self.dismiss({word: weight for word, weight in self._weights.items() if weight})
