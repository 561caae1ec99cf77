"""The exercises of Today's session: a list in which one is marked."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widget import Widget

from hiproutine.coach.session import Item
from hiproutine.day.words import ItemWords
from hiproutine.tui.theme import NO_BREAK
from hiproutine.tui.widgets.description import CardWanted

# Cells of a row besides name and dose: padding 4, number 4, time 7, gap 2, scrollbar 1.
_AROUND = 18
_GAP = 2
_REASON = 24
"""Minimum width, in cells, for showing a reason inline."""
_FURTHEST = 56
"""Maximum width, in cells, from the start of a name to its duration column."""


class Columns(NamedTuple):
    """Cells of the columns; no reasons are in the rows where `why` is 0."""

    name: int = 0
    dose: int = 0
    why: int = 0


class ItemRow(Widget, can_focus=True):
    """One exercise of the session; a click, or `i` on it, opens its card.

    It paints itself, in one line or, where its height is 2, in two: a third of the widgets, and of their start.
    """

    BINDINGS = [
        Binding("i", "card", "Card", show=False, tooltip="The whole card of the marked exercise"),
        Binding("down,j", "app.focus_next", "Mark", show=False, tooltip="Mark the next exercise"),
        Binding("up,k", "app.focus_previous", "Mark", show=False, tooltip="Mark the exercise before"),
    ]

    def __init__(self, number: int, item: Item, words: ItemWords, columns: Columns) -> None:
        super().__init__()
        self._number = number
        self._item, self._words, self._columns = item, words, columns

    def show(self, item: Item, words: ItemWords, columns: Columns) -> None:
        before = self._words, self._columns
        self._item, self._words, self._columns = item, words, columns
        if before != (words, columns):
            self.refresh()

    def render(self) -> Content:
        width, height = self.content_size
        name, length, dose, why = self._words
        columns, indent = self._columns, NO_BREAK * 2
        dose_words = f"\n{indent}{indent}{dose}" if height > 1 else f"{indent}{dose:<{columns.dose}}"
        why_words = f"{indent}{_cut(why, columns.why)}" if columns.why and height == 1 else ""
        room = width - 7 - (len(dose_words) if height == 1 else 0)
        room = max(0, min(room, columns.name + 4 if why_words else _FURTHEST))
        head = _cut(f"{self._number:>2}  {name}".replace(" ", NO_BREAK), room)
        return Content.assemble(
            f"{head:<{room}}{length:>7}", (dose_words, "$foreground-muted"), (why_words, "$foreground-muted")
        )

    def on_click(self, event: Click) -> None:
        event.stop()
        self.action_card()

    def action_card(self) -> None:
        self.post_message(CardWanted(self, self._item.exercise.id))


class ItemList(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The rows of a session. A row is one line where every name fits beside its dose, else two.

    Reasons stand in the rows where there is room for them; whether they do is `tells_why`.
    """

    class Marked(Message):
        """Another row is marked."""

    def __init__(self, items: Sequence[Item], words: Sequence[ItemWords]) -> None:
        both = zip(items, words, strict=True)
        self._rows = [ItemRow(number, *each, Columns()) for number, each in enumerate(both, 1)]
        super().__init__(*self._rows, id="items")
        self._items, self._words = items, words

    def show(self, items: Sequence[Item], words: Sequence[ItemWords], marked: int) -> None:
        """Shows another session, with the row of that index marked."""
        self._items, self._words = items, words
        fresh = [
            ItemRow(number + 1, items[number], words[number], Columns())
            for number in range(len(self._rows), len(items))
        ]
        gone = self._rows[len(items) :]
        self._rows = [*self._rows[: len(items)], *fresh]
        if fresh:
            self.mount_all(fresh)
        # At once: the next key may be waiting already, and a row that goes must not take it along.
        self.screen.set_focus(self._rows[min(marked, len(items) - 1)] if items else None)
        for row in gone:
            row.remove()
        self._lay_out()

    @property
    def marked(self) -> int:
        """The index of the row with the focus; of the first one, if none has it."""
        focused = self.screen.focused if self.is_mounted else None
        return self._rows.index(focused) if focused in self._rows else 0

    def on_mount(self) -> None:
        self._lay_out()  # the first frame has it all

    def on_resize(self) -> None:
        self._lay_out()

    @property
    def tells_why(self) -> bool:
        return bool(self._columns().why)

    def _lay_out(self) -> None:
        """Gives every row its words and its columns."""
        columns = self._columns()
        self.set_class(columns.name + columns.dose + _AROUND > self.app.size.width, "-two-lines")
        for row, item, words in zip(self._rows, self._items, self._words, strict=True):
            row.show(item, words, columns)

    def _columns(self) -> Columns:
        name, dose, wanted = (
            max((len(getattr(words, field)) for words in self._words), default=0) for field in ("name", "dose", "why")
        )
        room = self.app.size.width - name - dose - _AROUND - _GAP
        return Columns(name, dose, min(wanted, room) if room >= min(wanted, _REASON) else 0)

    def on_descendant_focus(self) -> None:
        self.post_message(self.Marked())


def _cut(words: str, width: int) -> str:
    return words if len(words) <= width else f"{words[: max(0, width - 1)]}…"
