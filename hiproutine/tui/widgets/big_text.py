"""Digits and capitals as large as their room allows, painted as blocks, to be read from the floor."""

from functools import lru_cache
from itertools import groupby, zip_longest

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import Layout, WidgetPlacement
from textual.strip import Strip
from textual.widget import Widget

# 7 rows; most have 5 columns.
_GLYPHS = {
    "0": ("01110", "10001", "10001", "10001", "10001", "10001", "01110"),
    "1": ("00100", "01100", "00100", "00100", "00100", "00100", "01110"),
    "2": ("01110", "10001", "00001", "00110", "01000", "10000", "11111"),
    "3": ("01110", "10001", "00001", "00110", "00001", "10001", "01110"),
    "4": ("00010", "00110", "01010", "10010", "11111", "00010", "00010"),
    "5": ("11111", "10000", "11110", "00001", "00001", "10001", "01110"),
    "6": ("01110", "10000", "10000", "11110", "10001", "10001", "01110"),
    "7": ("11111", "00001", "00010", "00100", "00100", "01000", "01000"),
    "8": ("01110", "10001", "10001", "01110", "10001", "10001", "01110"),
    "9": ("01110", "10001", "10001", "01111", "00001", "00001", "01110"),
    ":": ("0", "0", "1", "0", "1", "0", "0"),
    "-": ("0000", "0000", "0000", "1111", "0000", "0000", "0000"),
    "+": ("00000", "00100", "00100", "11111", "00100", "00100", "00000"),
    "?": ("01110", "10001", "00001", "00110", "00100", "00000", "00100"),
    "A": ("01110", "10001", "10001", "11111", "10001", "10001", "10001"),
    "B": ("11110", "10001", "10001", "11110", "10001", "10001", "11110"),
    "C": ("01111", "10000", "10000", "10000", "10000", "10000", "01111"),
    "D": ("11110", "10001", "10001", "10001", "10001", "10001", "11110"),
    "E": ("11111", "10000", "10000", "11110", "10000", "10000", "11111"),
    "F": ("11111", "10000", "10000", "11110", "10000", "10000", "10000"),
    "G": ("01111", "10000", "10000", "10011", "10001", "10001", "01111"),
    "H": ("10001", "10001", "10001", "11111", "10001", "10001", "10001"),
    "I": ("111", "010", "010", "010", "010", "010", "111"),
    "J": ("00111", "00010", "00010", "00010", "00010", "10010", "01100"),
    "K": ("10001", "10010", "10100", "11000", "10100", "10010", "10001"),
    "L": ("10000", "10000", "10000", "10000", "10000", "10000", "11111"),
    "M": ("10001", "11011", "10101", "10101", "10001", "10001", "10001"),
    "N": ("10001", "11001", "10101", "10011", "10001", "10001", "10001"),
    "O": ("01110", "10001", "10001", "10001", "10001", "10001", "01110"),
    "P": ("11110", "10001", "10001", "11110", "10000", "10000", "10000"),
    "Q": ("01110", "10001", "10001", "10001", "10101", "10010", "01101"),
    "R": ("11110", "10001", "10001", "11110", "10100", "10010", "10001"),
    "S": ("01111", "10000", "10000", "01110", "00001", "00001", "11110"),
    "T": ("11111", "00100", "00100", "00100", "00100", "00100", "00100"),
    "U": ("10001", "10001", "10001", "10001", "10001", "10001", "01110"),
    "V": ("10001", "10001", "10001", "10001", "10001", "01010", "00100"),
    "W": ("10001", "10001", "10001", "10101", "10101", "11011", "10001"),
    "X": ("10001", "10001", "01010", "00100", "01010", "10001", "10001"),
    "Y": ("10001", "10001", "01010", "00100", "00100", "00100", "00100"),
    "Z": ("11111", "00001", "00010", "00100", "01000", "10000", "11111"),
    " ": ("00", "00", "00", "00", "00", "00", "00"),
}
_ROWS = 7
LONGEST = 10
"""How many characters a text may have."""

# For each cell, whether its upper and its lower half is painted.
Row = tuple[tuple[bool, bool], ...]


class BigText(Widget):
    """Shows a number, a time such as `1:30`, or a word in capitals, in the colour of its CSS.

    A pixel of the glyphs is 2k cells wide and k rows high, with k in halves: half rows are drawn with half blocks, all
    else with background colour. Each character is a widget of its own, because Textual paints a changed row from the
    first column of its widget on.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's own name for it
        super().__init__(id=id)
        self._text = ""

    @property
    def text(self) -> str:
        return self._text

    @property
    def has_no_room(self) -> bool:
        """Whether its text is to be shown, and cannot be painted even at its smallest; asked once it is laid out."""
        return self.display and not scale(self._text, self.size)

    @property
    def layout(self) -> Layout:
        return _Centred()

    def compose(self) -> ComposeResult:
        yield from (_Character() for _ in range(LONGEST))

    def show(self, text: str) -> None:
        """Shows another text of at most LONGEST characters."""
        if text == self._text:
            return
        before, self._text = self._text, text
        if _widths(text) == _widths(before):
            self.paint(scale(text, self.size))
        else:
            for child in self.children[:1]:  # Textual arranges anew what is around the widget that asks
                child.refresh(layout=True)

    def paint(self, halves: int) -> None:
        """Gives each character its cells; a pixel is `halves` cells wide."""
        for child, char in zip(self.children, self._text, strict=False):
            assert isinstance(child, _Character)
            child.paint(_cells(char, halves))


class _Centred(Layout):
    """Places the characters of a BigText in the middle, as large as fits, and paints them at that size."""

    name = "centred"

    def arrange(
        self,
        parent: Widget,
        children: list[Widget],
        size: Size,
        greedy: bool = True,  # noqa: ARG002 -- Textual asks for it
    ) -> list[WidgetPlacement]:
        assert isinstance(parent, BigText)
        halves = scale(parent.text, size)
        if not halves:
            return []
        parent.paint(halves)
        widths = [halves * width for width in _widths(parent.text)]
        height = -(-_ROWS * halves // 2)
        x, y = (size.width - sum(widths) - halves * (len(widths) - 1)) // 2, (size.height - height) // 2
        placed = []
        for child, width in zip(children, widths, strict=False):
            placed.append(WidgetPlacement(Region(x, y, width, height), NULL_OFFSET, NULL_SPACING, child))
            x += width + halves
        return placed


class _Character(Widget):
    """Only the rows of cells that change are painted again."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()

    def paint(self, rows: tuple[Row, ...]) -> None:
        before, self._rows = self._rows, rows
        if [len(row) for row in before] != [len(row) for row in rows]:
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, rows, strict=True)):
            changed = [x for x, (was, now) in enumerate(zip(old, new, strict=True)) if was != now]
            if changed:
                self.refresh(Region(0, y, changed[-1] + 1, 1))

    def render_line(self, y: int) -> Strip:
        style = self.rich_style
        on, off = Style(bgcolor=style.color), Style(bgcolor=style.bgcolor)
        half = Style(color=style.color, bgcolor=style.bgcolor)
        drawn = {
            # A third of the bytes of a block, and no gaps in any font; but a terminal without colour shows only blocks.
            (True, True): (" ", on) if self.app.console.color_system else ("█", half),
            (True, False): ("▀", half),
            (False, True): ("▄", half),
            (False, False): (" ", off),
        }
        row = self._rows[y] if y < len(self._rows) else ()
        segments = []
        for cell, same in groupby(row):
            char, style = drawn[cell]
            segments.append(Segment(char * len(list(same)), style))
        return Strip(segments).adjust_cell_length(self.size.width, off)


def scale(text: str, size: Size) -> int:
    """How many cells wide a pixel of `text` is where it fills `size`; 0 where there is no room for it."""
    widths = _widths(text)
    return min(2 * size.height // _ROWS, size.width // max(1, sum(widths) + len(widths) - 1))


def _widths(text: str) -> list[int]:
    return [len(_GLYPHS[char][0]) for char in text]


@lru_cache(maxsize=2 * len(_GLYPHS))
def _cells(char: str, halves: int) -> tuple[Row, ...]:
    """The rows of cells of a glyph; a pixel is `halves` cells wide and as many half rows high, as cells are."""
    glyph = [[pixel == "1" for pixel in row for _ in range(halves)] for row in _GLYPHS[char] for _ in range(halves)]
    halves_of_rows = zip_longest(glyph[::2], glyph[1::2], fillvalue=[False] * halves * len(_GLYPHS[char][0]))
    return tuple(tuple(zip(*pair, strict=True)) for pair in halves_of_rows)
