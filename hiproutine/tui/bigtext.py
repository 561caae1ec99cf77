"""Digits and capitals as large as their room allows, painted as blocks, to be read from the floor."""

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
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


class BigText(Widget):
    """Shows a number, a time such as `1:30`, or a word in capitals, in the colour of its CSS.

    A pixel of the glyphs is 2k cells wide and k rows high, with k in halves: half rows are drawn with half blocks, all
    else with background colour.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's own name for it
        super().__init__(id=id)
        self._text = ""
        self._rows: list[Row] = []

    @property
    def text(self) -> str:
        return self._text

    def show(self, text: str) -> None:
        """Shows another text. Only the cells that change are painted again: a tenth of the bytes of them all."""
        if text == self._text:
            return
        before, self._text = self._rows, text
        self._rows = _layout(text, *self.size)
        if len(before) != len(self._rows) or not before or len(before[0]) != len(self._rows[0]):
            self.refresh()
            return
        top, left = self._corner()
        for y, (old, new) in enumerate(zip(before, self._rows, strict=True)):
            changed = [x for x, (was, now) in enumerate(zip(old, new, strict=True)) if was != now]
            if changed:
                self.refresh(Region(left + changed[0], top + y, changed[-1] - changed[0] + 1, 1))

    def on_resize(self) -> None:
        self._rows = _layout(self._text, *self.size)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        base = self.rich_style
        top, left = self._corner()
        if not 0 <= y - top < len(self._rows):
            return Strip.blank(self.size.width, Style(bgcolor=base.bgcolor))
        # A third of the bytes of a block, and no gaps in any font; but a terminal without colour shows only blocks.
        full = " " if self.app.console.color_system else "█"
        return Strip(_paint(self._rows[y - top], left, self.size.width, base, full))

    def _corner(self) -> tuple[int, int]:
        """The first row and column of what is painted, in the middle of the room."""
        width, height = self.size
        return (height - len(self._rows)) // 2, (width - (len(self._rows[0]) if self._rows else 0)) // 2


# For each cell, whether its upper and its lower half is painted.
Row = list[tuple[bool, bool]]


def _layout(text: str, width: int, height: int) -> list[Row]:
    """The rows of cells; as large as fits."""
    columns = ["".join(column) for column in zip(*(_line(text, row) for row in range(_ROWS)), strict=True)]
    halves = min(2 * height // _ROWS, width // max(1, len(columns)))
    if halves < 1:
        return []
    pixels = [
        [columns[column][row // halves] == "1" for column in range(len(columns))] for row in range(_ROWS * halves)
    ]
    if len(pixels) % 2:
        pixels.append([False] * len(columns))
    # A column is as many cells wide as it has half rows: cells are twice as high as they are wide.
    return [
        [pair for pair in zip(upper, lower, strict=True) for _ in range(halves)]
        for upper, lower in zip(pixels[::2], pixels[1::2], strict=True)
    ]


def _line(text: str, row: int) -> str:
    return "0".join(_GLYPHS[char][row] for char in text if char in _GLYPHS)


def _paint(row: Row, left: int, width: int, base: Style, full: str) -> list[Segment]:
    """One row; `full` is the character of a cell that is painted whole, in both colours the same."""
    on, blank = Style(bgcolor=base.color), Style(bgcolor=base.bgcolor)
    half = Style(color=base.color, bgcolor=base.bgcolor)
    drawn = {
        (True, True): (full, on if full == " " else half),
        (True, False): ("▀", half),
        (False, True): ("▄", half),
        (False, False): (" ", blank),
    }
    segments = [Segment(" " * left, blank)]
    start = 0
    for cell in range(1, len(row) + 1):
        if cell == len(row) or row[cell] != row[start]:
            char, style = drawn[row[start]]
            segments.append(Segment(char * (cell - start), style))
            start = cell
    segments.append(Segment(" " * (width - left - len(row)), blank))
    return segments
