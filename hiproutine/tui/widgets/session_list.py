"""The exercises of Today's session: a list in which one is marked."""

from collections.abc import Callable, Sequence

from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import Layout, WidgetPlacement
from textual.message import Message
from textual.widget import Widget

from hiproutine.coach.session import Item
from hiproutine.day.words import ItemWords
from hiproutine.tui.keys import bindings
from hiproutine.tui.widgets.description import CardWanted
from hiproutine.tui.widgets.figure import ExerciseView
from hiproutine.tui.widgets.painted import MUTED, named, spread

_LESS = "↓ "
"""The mark of a dose that is reduced."""
_LEAST, _WIDE = 40, 46
"""From how many columns on a row has its dose, and the doses stand below each other."""


PICTURED, _REASONED = 8, 4
_HEIGHTS = PICTURED + 1, PICTURED, _REASONED + 1, _REASONED, 3, 2
"""Heights of a row where there is room: with a picture, with its reason, apart, and with its dose below its name."""
_PICTURE = 28
"""The columns of a picture, and of the gap beside it."""
_PICTURED_COLUMNS = 66


class ItemRow(Widget, can_focus=True):
    """One exercise of the session; a click, or `i` on it, opens its card.

    It paints itself in one line, or in two where its height is 2: a third of the widgets, and of their start-up time.
    """

    BINDINGS = bindings("session row")

    def __init__(self, number: int, item: Item, words: ItemWords, dose: int) -> None:
        """`dose` is the width of the column of doses."""
        super().__init__()
        self._number = number
        self._item, self._words, self._dose = item, words, dose

    def show(self, item: Item, words: ItemWords, dose: int) -> None:
        before = self._words, self._dose
        self._item, self._words, self._dose = item, words, dose
        if before != (words, dose):
            self.refresh()
        for picture in self.query(ExerciseView):
            picture.show(item.exercise.id)

    def show_picture(self, make: Callable[[], ExerciseView]) -> None:
        """Have a picture where a row is high enough for one."""
        if not self.children:
            self.mount(picture := make())
            picture.show(self._item.exercise.id)

    def on_resize(self) -> None:
        """Hide the picture where the row has become too low for it."""
        if self.children:
            self.set_class(self.size.height < PICTURED, "-low")

    def render(self) -> Content:
        width, height = self.content_size
        words = self._words
        number = Content(f"{self._number:>2}  ").stylize(MUTED)
        less = Content(_LESS).stylize("$warning") if words.less else Content("")
        if height < 2:
            dose = Content(f"{words.dose:<{self._dose}}" if width >= _WIDE else words.dose).stylize(MUTED)
            right = less + dose + Content(f"{words.length:>6}")
            right = right if width >= _LEAST else Content(words.length)
            return spread(number + Content(self._fitted(width - right.cell_length)), right, width)
        if height >= PICTURED:
            return Content("\n").join(self._beside_picture(width))
        about = self._about(" · ".join(filter(None, (words.dose, words.area))))
        if about.cell_length > width:
            about = self._about(words.dose).truncate(width, ellipsis=True)
        name = self._fitted(width - len(words.length))
        lines = [spread(number + Content(name).stylize("bold"), Content(words.length), width), about]
        if height >= _REASONED and words.why:
            lines.append(Content(f"    {words.why}").stylize(MUTED).truncate(width, ellipsis=True))
        return Content("\n").join(lines)

    def _fitted(self, width: int) -> str:
        """Return the name that fits between its number and a blank."""
        return named(self._words.name, self._words.short, width - 5)

    def _about(self, dose: str) -> Content:
        """Return the second line: the dose, and why there is less of it, if there is."""
        less = f"   {_LESS}{self._words.less}" if self._words.less else ""
        return Content.assemble("    ", (dose, MUTED), (less, "$warning"))

    def _beside_picture(self, width: int) -> list[Content]:
        words, indent = self._words, " " * _PICTURE
        name = self._fitted(width - _PICTURE - len(words.length))
        head = Content.assemble(indent, (f"{self._number:>2}  ", MUTED), (name, "bold"))
        less = Content(f"{_LESS}{words.less}" if words.less else "").stylize("$warning")
        lines = [Content(words.dose), Content(words.area).stylize(MUTED), less]
        below = [Content(f"{indent}    ") + line for line in lines]
        return [
            Content(""),
            spread(head, Content(words.length), width),
            *(spread(line, Content(""), width) for line in below),
        ]

    def on_click(self, event: Click) -> None:
        event.stop()
        self.action_card()

    def action_card(self) -> None:
        self.post_message(CardWanted(self, self._item.exercise.id))


class ItemList(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The rows of a session, of two lines each where there is room for all."""

    class Marked(Message):
        """Another row was marked."""

    def __init__(self, items: Sequence[Item], words: Sequence[ItemWords]) -> None:
        both = zip(items, words, strict=True)
        self._rows = [ItemRow(number, *each, _dose_column(words)) for number, each in enumerate(both, 1)]
        super().__init__(*self._rows, id="items")

    @property
    def layout(self) -> Layout:
        return _Rows()

    def show(self, items: Sequence[Item], words: Sequence[ItemWords], marked: int) -> None:
        """Show a session, with the row of that index marked."""
        dose = _dose_column(words)
        fresh = [ItemRow(n + 1, items[n], words[n], dose) for n in range(len(self._rows), len(items))]
        gone = self._rows[len(items) :]
        self._rows = [*self._rows[: len(items)], *fresh]
        if fresh:
            self.mount_all(fresh)
        # At once: the next key may be waiting, and must not be lost with a removed row.
        self.screen.set_focus(self._rows[min(marked, len(items) - 1)] if items else None)
        for row in gone:
            row.remove()
        for row, item, said in zip(self._rows, items, words, strict=True):
            row.show(item, said, dose)

    def show_pictures(self, make: Callable[[], ExerciseView]) -> None:
        """Have pictures in the rows if they are high enough for them."""
        if self._rows and height_of(self.size, len(self._rows)) >= PICTURED:
            for row in self._rows:
                row.show_picture(make)

    @property
    def marked(self) -> int:
        """Index of the focused row; 0 if none has the focus."""
        focused = self.screen.focused if self.is_mounted else None
        return self._rows.index(focused) if focused in self._rows else 0

    def on_descendant_focus(self) -> None:
        self.post_message(self.Marked())


def height_of(size: Size, count: int) -> int:
    """Return the height of each of the rows."""
    fitting = (each for each in _HEIGHTS if each * count <= size.height)
    return next((each for each in fitting if each < PICTURED or size.width >= _PICTURED_COLUMNS), 1)


def _dose_column(words: Sequence[ItemWords]) -> int:
    return max((len(each.dose) for each in words), default=0)


class _Rows(Layout):
    """Place the rows one below the other."""

    name = "rows"

    def arrange(
        self,
        parent: Widget,  # noqa: ARG002 -- Textual asks for it
        children: list[Widget],
        size: Size,
        greedy: bool = True,  # noqa: ARG002
    ) -> list[WidgetPlacement]:
        height = height_of(size, len(children))
        return [
            WidgetPlacement(Region(0, number * height, size.width, height), NULL_OFFSET, NULL_SPACING, row)
            for number, row in enumerate(children)
        ]
