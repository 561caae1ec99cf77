"""A row of a list in columns: a name that is cut rather than wrapped, and the cells that the width allows."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from hiproutine.tui.prose import Laid, Prose

_GAP = 2


class Column(NamedTuple):
    """A column beside the name: its width in cells, and its rank, 1 for the one that stays longest."""

    width: int
    rank: int
    right: bool = False
    """Right-aligned, as numbers are."""


class Row(Laid):
    """A name and, at the right, its cells: as many columns as leave `least` cells to the name.

    The lines `below` them are indented, and wrapped. A name that would be cut gives way to the `short` one.
    """

    def __init__(
        self,
        name: Content,
        columns: Sequence[Column] = (),
        cells: Sequence[Content] = (),
        least: int = 0,
        below: Sequence[Content] = (),
        *,
        short: Content | None = None,
    ) -> None:
        self._name, self._short = name, short
        self._cells = tuple(zip(columns, cells, strict=True))
        self._least = least
        self._below = Prose([(" " * _GAP, line) for line in below]) if below else None

    def at(self, width: int) -> Content:
        shown = _fitting([column for column, _ in self._cells], width - self._least)
        cells = [_aligned(cell, column) for column, cell in self._cells if column in shown]
        room = max(0, width - sum(cell.cell_length + _GAP for cell in cells))
        name = self._short if self._short and self._name.cell_length > room else self._name
        name = name.truncate(room, ellipsis=True).pad_right(max(0, room - name.cell_length))
        row = Content(" " * _GAP).join([name, *cells])
        return Content("\n").join([row, self._below.at(width)]) if self._below else row


def _fitting(columns: Sequence[Column], room: int) -> set[Column]:
    """Return the columns of the lowest ranks that fit into `room` together."""
    shown = set()
    for column in sorted(columns, key=lambda column: column.rank):
        room -= column.width + _GAP
        if room < 0:
            break
        shown.add(column)
    return shown


def _aligned(cell: Content, column: Column) -> Content:
    cell = cell.truncate(column.width, ellipsis=True)
    missing = column.width - cell.cell_length
    return cell.pad_left(missing) if column.right else cell.pad_right(missing)
