"""Digits and capitals as large as their space allows, painted as blocks, readable from the floor."""

import math
from itertools import groupby

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import Layout, WidgetPlacement
from textual.strip import Strip
from textual.widget import Widget

from hiproutine.tui.widgets.strokes import DRAWN, cells, columns, fitting, width_of

LONGEST = 20
"""Maximum number of characters, if not stated."""


class BigText(Widget):
    """Show a number, a time such as `1:30`, or words in capitals, in the colour of its CSS.

    The text stands at the part `across` of its room, from the left, and `down`, from the top; with `wraps` it may take
    several lines. Each of up to `longest` characters is a widget of its own, because Textual paints a changed row from
    the first column of its widget on.
    """

    def __init__(
        self,
        *,
        across: float = 0.5,
        down: float = 0.5,
        wraps: bool = False,
        longest: int = LONGEST,
        id: str | None = None,  # noqa: A002 -- Textual's own name for it
    ) -> None:
        super().__init__(id=id)
        self.at = across, down
        self._wraps = wraps
        self._longest = longest
        self._text = ""
        self.inked = 1.0
        """How much of the colour of the ink the letters have, the rest being that of their ground."""

    @property
    def text(self) -> str:
        return self._text

    @property
    def drawn_rows(self) -> float:
        """Height of its letters; 0 if they are not there."""
        _, size = self.lines(self.size)
        return size[0] if size and self._text and self.display else 0

    @property
    def layout(self) -> Layout:
        return _Placed()

    def compose(self) -> ComposeResult:
        yield from (_Character() for _ in range(self._longest))

    def show(self, text: str) -> None:
        """Show a text, cut off at its maximum length, without the characters that cannot be drawn."""
        text = "".join(char for char in text[: self._longest] if char in DRAWN)
        if text == self._text:
            return
        before = self.lines(self.size)
        self._text = text
        lines, size = self.lines(self.size)
        if size and size == before[1] and _widths(lines, size) == _widths(before[0], size):
            self.paint(lines, size)
        else:
            for child in self.children[:1]:  # Textual arranges anew what is around the widget that asks
                child.refresh(layout=True)

    def ink(self, part: float) -> None:
        """Show the letters in so much of their colour."""
        if part != self.inked:
            self.inked = part
            for child in self.children:
                child.refresh()

    def lines(self, room: Size) -> tuple[list[str], tuple[float, float] | None]:
        """The text in those lines in which it gets largest, and its height and narrowness; None if it has no room."""
        return self._largest(self._text, room)

    def takes(self, text: str, room: Size) -> bool:
        """Whether a text can be drawn in a room."""
        return self._largest(text, room)[1] is not None

    def _largest(self, text: str, room: Size) -> tuple[list[str], tuple[float, float] | None]:
        found = ((lines, fitting(lines, *room)) for lines in self._broken(text))
        return max(found, key=lambda pair: pair[1] or (0, 0))

    def _broken(self, text: str) -> list[list[str]]:
        """The ways in which a text may be broken into lines."""
        words = text.split(" ")
        whole = [[text]]
        if not self._wraps:
            return whole
        return whole + [[" ".join(words[:n]), " ".join(words[n:])] for n in range(1, len(words))] + [words]

    def paint(self, lines: list[str], size: tuple[float, float]) -> None:
        """Give each character its cells."""
        for child, char in zip(self.children, "".join(lines), strict=False):
            assert isinstance(child, _Character)
            child.paint(cells(char, *size))


class _Placed(Layout):
    """Place the characters of a BigText at the largest size that fits."""

    name = "placed"

    def arrange(
        self,
        parent: Widget,
        children: list[Widget],
        size: Size,
        greedy: bool = True,  # noqa: ARG002 -- Textual asks for it
    ) -> list[WidgetPlacement]:
        assert isinstance(parent, BigText)
        lines, found = parent.lines(size)
        if not found or not parent.text:
            return []
        parent.paint(lines, found)
        across, down = parent.at
        height = math.ceil(found[0])
        y = math.floor((size.height - len(lines) * (height + 1) + 1) * down)
        placed, left = [], list(children)
        for line in lines:
            x = math.floor((size.width - width_of(line, *found)) * across)
            for start, width in columns(line, *found):
                region = Region(x + start, y, width, height)
                placed.append(WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, left.pop(0)))
            y += height + 1
        return placed


class _Character(Widget):
    """Repaint only the rows of cells that change."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[str, ...] = ()

    def paint(self, rows: tuple[str, ...]) -> None:
        before, self._rows = self._rows, rows
        if [len(row) for row in before] != [len(row) for row in rows]:
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, rows, strict=True)):
            changed = [x for x, (was, now) in enumerate(zip(old, new, strict=True)) if was != now]
            if changed:
                self.refresh(Region(0, y, changed[-1] + 1, 1))

    @property
    def _style(self) -> Style:
        assert isinstance(self.parent, BigText)
        if self.parent.inked == 1:
            return self.rich_style
        _, _, ground, ink = self.colors
        return Style(color=ground.blend(ink, self.parent.inked).rich_color, bgcolor=ground.rich_color)

    def render_line(self, y: int) -> Strip:
        style = self._style
        ink, off = Style(color=style.color, bgcolor=style.bgcolor), Style(bgcolor=style.bgcolor)
        # A third of the bytes of a block, and no gaps in any font; but a terminal without colour shows only blocks.
        full = (" ", Style(bgcolor=style.color)) if self.app.console.color_system else ("█", ink)
        row = self._rows[y] if y < len(self._rows) else ""
        segments = []
        for char, same in groupby(row):
            shown, style = full if char == "█" else (char, off if char == " " else ink)
            segments.append(Segment(shown * len(list(same)), style))
        return Strip(segments).adjust_cell_length(self.size.width, off)


def _widths(lines: list[str], size: tuple[float, float]) -> list[list[tuple[int, int]]]:
    return [list(columns(line, *size)) for line in lines]
