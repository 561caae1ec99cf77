"""Rows of settings, and the dialogs for values with many choices."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Label, OptionList, Static
from textual.widgets.option_list import Option

from hiproutine.settings.choices import MORE, Elsewhere, Line, Marks, OneOf
from hiproutine.settings.options import Row, Values
from hiproutine.tui.dialogs.note import NoteScreen
from hiproutine.tui.keys import bindings
from hiproutine.tui.pages import Dialog, Listing, show
from hiproutine.yaml.edit import Value

STYLESHEET = Path(__file__).with_suffix(".tcss")
"""Stylesheet of the screens with such rows."""
_LABEL_WIDTH, _VALUE_WIDTH = 22, 34
_HELP_FROM = 100
"""From how many columns on a row ends with what it is about."""
_FIRST_CLAUSE = re.compile("[.;] ")


class Rows(Listing):
    """Show settings under their headings, each with its given value; report wanted changes."""

    BINDINGS = bindings("setting rows")

    class Wanted(Message):
        """A change to a row is wanted; None restores its default."""

        def __init__(self, row: Row, value: Value | None) -> None:
            super().__init__()
            self.row = row
            self.value = value

    class Opened(Message):
        """A row that is changed elsewhere was opened."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    def __init__(self, groups: Mapping[str, tuple[Row, ...]], values: Values, usual: Values) -> None:
        self._rows = {row.key: row for rows in groups.values() for row in rows}
        self._values = values
        self._usual = usual
        self._turned: Row | None = None
        """The marked row, whose value the arrow keys turn."""
        self._width = 0
        super().__init__(*self._made(groups), id="rows")

    def _made(self, groups: Mapping[str, tuple[Row, ...]]) -> Iterator[Option]:
        for number, (heading, rows) in enumerate(groups.items()):
            if number:
                yield Option("", disabled=True)
            if heading:
                yield Option(Content(heading).stylize("bold $primary"), disabled=True)
            for row in rows:
                yield Option(self._line(row), id=row.key)

    def _line(self, row: Row) -> Content:
        value = self._values[row.key]
        words = Content(row.words(value)).stylize("$foreground-muted" if value == self._usual[row.key] else "bold")
        if row is self._turned and isinstance(row.kind, OneOf):
            words = Content.assemble(("◂ ", "bold $primary"), words, (" ▸", "bold $primary"))
        else:
            words = Content.assemble("  ", words)
        line = Content.assemble(f"  {row.label:<{_LABEL_WIDTH}}", words)
        if self._width < _HELP_FROM:
            return line
        clause = _FIRST_CLAUSE.split(row.help)[0].removesuffix(".")
        head = line.truncate(2 + _LABEL_WIDTH + _VALUE_WIDTH, ellipsis=True, pad=True)
        return Content.assemble(head, (f"  {clause}.", "$foreground-muted"))

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Show the arrows beside the value of the marked row alone."""
        super().watch_highlighted(highlighted)
        before, self._turned = self._turned, self.marked
        for row in (before, self._turned):
            if row:
                self.replace_option_prompt(row.key, self._line(row))

    def on_resize(self) -> None:
        """Fill the width, and keep the marked row in view: a longer text beside the list takes rows from it."""
        self._width = self.size.width
        self.show(self._values)
        self.scroll_to_highlight()

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
        """Open the dialog of the row."""
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
    """List the words of a row with the current one marked; return the chosen word, or None."""

    CSS_PATH = STYLESHEET

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
            yield Static(Content(f"{self._row.help} Enter or a click chooses, Esc cancels."), classes="hint")

    def on_mount(self) -> None:
        if self._now is not None:
            self.query_one(OptionList).highlighted = self._words.index(self._now)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)


class MarksScreen(Dialog[dict[str, int]]):
    """List words to tick, some with a weight; return the weights when closed."""

    CSS_PATH = STYLESHEET
    BINDINGS = bindings("marks")

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
        return Content(f"[{'x' if weight else ' '}] {self._marks.words[word]}{MORE[weight]}")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self._mark(event.option.id or "", 1)

    def action_tick(self, by: int) -> None:
        option = self.query_one(OptionList).highlighted_option
        if option and option.id:
            self._mark(option.id, by)

    def _mark(self, word: str, by: int) -> None:
        self._weights[word] = (self._weights.get(word, 0) + by) % (self._marks.highest + 1)
        self.query_one(OptionList).replace_option_prompt(word, self._line(word))

    def action_back(self) -> None:
        self.dismiss({word: weight for word, weight in self._weights.items() if weight})
