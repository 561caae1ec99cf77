"""Pictures as lines of characters, read without colour. Pure.

Blocks of eighths, not a plotting library: plotext gives half of the rows at 80x24 to its frame, and costs 85 ms.
"""

from collections.abc import Sequence
from datetime import date

from hiproutine.review.overview import Picture, Series

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_NOUGHT = "_"
_AXIS = 5
_WIDEST_COLUMN = 6
_VALUE = 5
_NARROWEST_BAR = 6
_PAST_TOP = 2
"""A scale is capped at this multiple of its last mark; longer bars are clipped with an arrow."""


def painted(picture: Picture, width: int) -> list[str]:
    """Columns in the order of time, or a row of bars for each label."""
    return _columns(picture, width) if picture.days else _bars(picture, width)


# ---- columns in the order of time ----


def _columns(picture: Picture, width: int) -> list[str]:
    """A chart for each series, one below the other, over one line of months."""
    wide = max(1, min(_WIDEST_COLUMN, (width - _AXIS) // len(picture.labels)))
    shown = slice(max(0, len(picture.labels) - (width - _AXIS) // wide), None)
    high = 4 if len(picture.series) == 1 else 3
    lines = [line for each in picture.series for line in _chart(each, picture, shown, wide, high)]
    return [*lines, " " * _AXIS + months([date.fromisoformat(each) for each in picture.labels[shown]], wide)]


def _chart(series: Series, picture: Picture, shown: slice, wide: int, high: int) -> list[str]:
    values = series.values[shown]
    known = [value for value in values if value is not None]
    if not known:
        return []
    top = max(picture.top, *known)
    places = 1 if top <= 10 else 0
    unit = f" {picture.unit}" if picture.unit else ""
    axes = {0: "  0 ┤", high - 1: f"{top:3.0f} ┤"}
    rows = (
        axes.get(row, "    │")
        + "".join(f"{_cell(value, top, row, high) * max(1, wide - 1):<{wide}}" for value in values)
        for row in reversed(range(high))
    )
    return [
        f"{series.name}: last {known[-1]:.{places}f}{unit}, most {max(known):.{places}f}{unit}",
        *map(str.rstrip, rows),
    ]


def _cell(value: float | None, top: float, row: int, high: int) -> str:
    if not value:
        return _NOUGHT if value is not None and row == 0 else " "
    eighths = max(1, round(value / top * high * 8))
    return _EIGHTHS[max(0, min(8, eighths - row * 8))]


def months(days: Sequence[date], wide: int) -> str:
    """The name of each month above or below its first column, where there is room."""
    line = ""
    for number, day in enumerate(days):
        place = number * wide
        if (number == 0 or day.month != days[number - 1].month) and len(line) <= place <= len(days) * wide - 3:
            line = f"{line:<{place}}{day:%b} "
    return line.rstrip()


# ---- a row for each label, the series side by side ----


def _bars(picture: Picture, width: int) -> list[str]:
    label = max(map(len, picture.labels))
    count = len(picture.series)
    wide = max(_NARROWEST_BAR, (width - label - count * (2 + _VALUE)) // count)
    longest = max(value or 0 for each in picture.series for value in each.values)
    top = max(picture.top, min(longest, _PAST_TOP * max(picture.marks, default=longest)))
    marks = {int(mark / top * wide): mark for mark in picture.marks}
    heads = "".join("  " + _head(each.name, marks, wide) + " " * _VALUE for each in picture.series)
    rows = zip(picture.labels, *(each.values for each in picture.series), strict=True)
    return [
        (" " * label + heads).rstrip(),
        *(
            name.ljust(label)
            + "".join(f"  {_bar(value or 0, top, wide, marks)}{value:{_VALUE}.1f}" for value in values)
            for name, *values in rows
        ),
    ]


def _head(name: str, marks: dict[int, int], wide: int) -> str:
    """The name of a series, with each mark above its place."""
    line = name if len(name) < min(marks, default=wide) else name[0].upper()
    for place, mark in marks.items():
        line = line.ljust(place) + str(mark) if len(line) < place else line
    return line.ljust(wide)


def _bar(value: float, top: float, wide: int, marks: dict[int, int]) -> str:
    """Marks stand out of what is free as a line, and of what is filled as a gap."""
    halves = round(value / top * wide * 2)
    cells = ["█" if halves >= 2 * cell + 2 else "▌" if halves == 2 * cell + 1 else " " for cell in range(wide)]
    for place in marks:
        cells[place] = "│" if cells[place] != "█" or place + 1 == wide else "┃"
    if value > top:
        cells[-1] = "▶"
    elif value and not halves:
        cells[0] = "▏"
    return "".join(cells)
