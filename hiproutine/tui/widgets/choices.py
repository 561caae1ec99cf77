"""Pages to answer: their progress, numbers as tiles, and a list to tick whose long lines keep their indent."""

from collections.abc import Mapping, Sequence
from math import ceil
from textwrap import wrap
from typing import NamedTuple

from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from hiproutine.day.first_run import NOT_SURE, YES, Row
from hiproutine.tui.pages import Listing
from hiproutine.tui.theme import NO_BREAK
from hiproutine.tui.widgets.strokes import cells

_BOXES = {YES: ("[✓] ", "bold $success"), NOT_SURE: ("[?] ", "bold $accent"), "": ("[ ] ", "$foreground-muted")}
_INDENT = len(_BOXES[""][0])
_WIDEST, _AROUND = 84, 4
"""The columns of a line, at most, and those beside its text."""


def progress(number: int, of: int) -> Content:
    """Return a progress bar with a piece for each page, and the number of the page."""
    done, rest = "━━━━ " * number, "━━━━ " * (of - number)
    return Content.assemble((done, "$primary"), (rest, "$panel"), (f" {number}/{of}", "$foreground-muted"))


class Marked(Message):
    """A row was clicked."""

    def __init__(self, row: str) -> None:
        super().__init__()
        self.row = row


class Ticks(Listing):
    """A list of rows with their marks; a click marks, as the page's own key does."""

    def __init__(self) -> None:
        super().__init__(id="ticks")
        self._rows: tuple[Row, ...] = ()
        self._marks: Mapping[str, str] = {}
        self._seen = 0
        """The furthest that these rows were scrolled."""

    @property
    def marked(self) -> str | None:
        """The id of the row with the cursor."""
        option = self.highlighted_option
        return option.id if option else None

    def show(self, rows: tuple[Row, ...], marks: Mapping[str, str]) -> None:
        """Show rows with their marks; other rows begin at the first."""
        self._marks = marks
        if rows != self._rows:
            self._rows = rows
            self.set_options(Option(self._line(row), id=row.id) for row in rows)
            self.highlighted = 0
            self._seen = 0
        else:
            self._mark()

    def show_rest(self) -> bool:
        """Scroll to rows that were not on the screen yet; return whether there were any."""
        if self._seen < self.max_scroll_y:
            self.scroll_relative(y=self.size.height - 1, animate=False, immediate=True)
            return True
        return False

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._seen = max(self._seen, round(new_value))

    def _mark(self) -> None:
        for row in self._rows:
            self.replace_option_prompt(row.id, self._line(row))

    def on_resize(self) -> None:
        self._mark()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Enter to the page, in the order of the keys."""
        return action != "select" and super().check_action(action, parameters)

    def _line(self, row: Row) -> Content:
        """A row, broken so that its lines begin below one another."""
        width = max(_INDENT, (self.size.width or _WIDEST) - _AROUND) - _INDENT
        lines = wrap(row.text, max(1, width)) or [""]
        text = f"\n{NO_BREAK * _INDENT}".join(lines)
        return Content.assemble(_BOXES[self._marks.get(row.id, "")], text)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(Marked(event.option.id or ""))


class _TileSize(NamedTuple):
    """The measures of a tile, for screens of at least `from_rows`."""

    from_rows: int
    width: int
    gap: int
    digits: float
    """The height of its number."""
    space: int
    """The rows above the number; one less is below it, and below its word."""

    @property
    def rows(self) -> int:
        return ceil(self.digits) + 3 * self.space - 1

    def columns(self, number: int) -> int:
        """Return the width of a row of tiles."""
        return number * (self.width + self.gap) - self.gap


_TILES = _TileSize(45, 28, 4, 8.5, 2), _TileSize(32, 18, 2, 5, 2), _TileSize(0, 12, 2, 3.5, 1)


class Tiles(Widget, can_focus=True):
    """Numbers as tiles beside one another, and what is no number as a line below; a click chooses."""

    DEFAULT_CSS = "Tiles { height: auto; }"

    def __init__(self) -> None:
        super().__init__(id="tiles")
        self._rows: tuple[Row, ...] = ()
        self._chosen = ""

    def show(self, rows: tuple[Row, ...], chosen: str) -> None:
        """Show the rows with the chosen one."""
        self._rows, self._chosen = rows, chosen
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return self._fitting(width).rows + 2 * (len(self._rows) - len(self._tiles))

    def _fitting(self, width: int) -> _TileSize:
        """The largest tiles for the screen's rows that fit beside one another."""
        rows, number = self.app.size.height, len(self._tiles)
        sizes = (each for each in _TILES if rows >= each.from_rows and width >= each.columns(number))
        return next(sizes, _TILES[-1])

    @property
    def _tiles(self) -> Sequence[Row]:
        return [row for row in self._rows if row.id.isdecimal()]

    def _style(self, row: Row) -> str:
        return "$background on $primary" if row.id == self._chosen else "$foreground on $panel"

    def _tile(self, row: Row) -> list[str]:
        """The lines of a tile: a number in its middle, and below it in small, with a dot at the chosen one."""
        size = self._fitting(self.size.width)
        digits = (cells(digit, size.digits, 1) for digit in row.id)
        drawn = [" ".join(parts) for parts in zip(*digits, strict=True)]
        space = [""] * size.space
        return [*space, *drawn, *space[1:], f"{'• ' if row.id == self._chosen else ''}min", *space[1:]]

    def render(self) -> Content:
        size = self._fitting(self.size.width)
        lines = [Content("")] * size.rows
        for row in self._tiles:
            for number, line in enumerate(self._tile(row)):
                lines[number] += Content(f"{line:^{size.width}}").stylize(self._style(row)) + Content(" " * size.gap)
        for row in self._rows:
            if not row.id.isdecimal():
                box = "(•)" if row.id == self._chosen else "( )"
                lines += [Content(""), Content(f" {box} {row.text} ").stylize(self._style(row))]
        return Content("\n").join(lines)

    def on_click(self, event: Click) -> None:
        at = event.get_content_offset(self)
        if at is None:
            return
        tiles, size = self._tiles, self._fitting(self.size.width)
        if at.y < size.rows:
            number, across = divmod(at.x, size.width + size.gap)
            hit = tiles[number] if number < len(tiles) and across < size.width else None
        else:
            hit = next((row for row in self._rows if row not in tiles), None)
        if hit:
            self.post_message(Marked(hit.id))
