"""Charts that fill the room they get, readable without colour. Pure.

Blocks of eighths and braille, not a plotting library: plotext gives half of the rows at 80x24 to its frame, and costs
85 ms.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, pairwise
from operator import itemgetter

from textual.content import Content
from textual.widget import Widget

from hiproutine.review.overview import Chart, Section, Series, headline

TONES: Mapping[str, str] = {
    "minutes": "$success",
    "stretching": "$primary",
    "strength": "$foreground 80%",
    "score": "$accent",
    "pain": "$warning",
    "check": "$secondary",
}
"""The colour of each measure."""
_SECOND = "$foreground"
"""The colour of a second curve, which is dashed as well."""
_MUTED, _FAINT, _GOAL = "$foreground-muted", "$foreground 20%", "$accent"
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_AXIS = 5
"""Cells of the scale at the left."""
_WIDEST = 6
_LEAST_WIDTH, _LEAST_HEIGHT = 30, 4
_ROOMY = 10
"""Rows from which on a chart leaves room for a note."""
_PAST_TOP = 2
"""A scale is capped at this multiple of its last mark; longer bars are clipped with an arrow."""
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""The bits of a braille cell, by column and row."""


class ChartView(Widget):
    """Show the chart of a section in all of its room, and below it how to read it, where that leaves enough."""

    def __init__(self) -> None:
        super().__init__(classes="chart")
        self._section: Section | None = None

    def show(self, section: Section | None) -> None:
        """Show a section; None shows nothing."""
        self._section = section
        self.display = section is not None
        if section:
            self.border_title = Content(headline(section))
            self.refresh()

    def render(self) -> Content:
        if not (self._section and self._section.chart):
            return Content("")
        width, height = self.content_size
        lines = []
        if not self.styles.border_top[0]:
            lines.append(Content(headline(self._section)).truncate(width, ellipsis=True).stylize("bold"))
        note = Content(self._section.note).stylize(_MUTED).wrap(max(1, width))
        below = [Content(""), *note] if height - len(lines) - len(note) - 1 >= _ROOMY else []
        chart = drawn(self._section.chart, width, height - len(lines) - len(below))
        return Content("\n").join([*lines, chart, *below])


def drawn(chart: Chart, width: int, height: int) -> Content:
    """Draw columns or curves over time, or bars to the left and to the right for each label; nothing without room."""
    if width < _LEAST_WIDTH or height < _LEAST_HEIGHT:
        return Content("")
    if not chart.days:
        lines = _sides(chart, width, height)
    elif chart.curve:
        lines = _curves(chart, width, height)
    else:
        lines = _columns(chart, width, height)
    return Content("\n").join([*lines][:height])


# ---- columns ----


def _columns(chart: Chart, width: int, height: int) -> Iterator[Content]:
    """Draw a column for each of the last days that have room, and the goal as a dashed line through them."""
    room = width - _AXIS
    each = max(2, min(_WIDEST, room // len(chart.labels)))
    shown = slice(max(0, len(chart.labels) - room // each), None)
    values, rows, top = chart.series[0].values[shown], height - 1, chart.reach
    goal_row = None if chart.goal is None else min(rows - 1, int(chart.goal / top * rows))
    marks = {rows - 1: f"{top:.0f}", 0: "0"} | ({} if goal_row is None else {goal_row: f"{chart.goal:.0f}"})
    for row in reversed(range(rows)):
        at_goal = row == goal_row
        parts = [(f"{marks.get(row, ''):>{_AXIS - 1}} ", _GOAL if at_goal else _MUTED)]
        gap = "╌" if at_goal else " "
        for value in values:
            block = _block(value, top, row, rows)
            parts.append((gap * (each - 1), _GOAL) if block == " " else (block * (each - 1), TONES[chart.measure]))
            parts.append((gap, _GOAL))
        yield _joined(parts)
    yield Content.assemble((" " * _AXIS + months([*map(date.fromisoformat, chart.labels[shown])], each), _MUTED))


def _block(value: float | None, top: float, row: int, rows: int) -> str:
    """Return the part of a column in a row; a little is never nothing."""
    if not value:
        return "_" if value is not None and row == 0 else " "
    eighths = max(1, round(value / top * rows * 8))
    return _EIGHTHS[max(0, min(8, eighths - row * 8))]


def months(days: Sequence[date], wide: float) -> str:
    """Return the name of each month at its first day, where there is room; each day has `wide` cells.

    The first month, of which a part is shown, gives way to the second one.
    """
    firsts = [
        (int(number * wide), f"{day:%b} ")
        for number, day in enumerate(days)
        if number == 0 or day.month != days[number - 1].month
    ]
    within = [(place, name) for place, name in firsts if place <= len(days) * wide - 3]
    line = ""
    for place, name in within[1:] if len(within) > 1 and within[1][0] < len(within[0][1]) else within:
        if len(line) <= place:
            line = f"{line:<{place}}{name}"
    return line.rstrip()


# ---- curves ----


def _curves(chart: Chart, width: int, height: int) -> Iterator[Content]:
    """Draw a curve in braille for each series; the second one is dashed, and what is not known is passed over."""
    columns, rows, top = width - _AXIS, height - 1, chart.reach
    cells: dict[tuple[int, int], tuple[int, str]] = {}
    for number, each in reversed(list(enumerate(chart.series))):
        tone = _SECOND if number else TONES[chart.measure]
        for x, y in _points(each, top, columns * 2, rows * 4):
            if not (number and x % 6 >= 3):
                bits, _ = cells.get((x // 2, y // 4), (0, ""))
                cells[x // 2, y // 4] = bits | _DOTS[x % 2][y % 4], tone
    marks = {0: f"{top:g}", (rows - 1) // 2: "", rows - 1: "0"}
    for row in range(rows):
        parts = [(f"{marks.get(row, ''):>{_AXIS - 1}} ", _MUTED)]
        for column in range(columns):
            bits, tone = cells.get((column, row), (0, ""))
            parts.append((chr(0x2800 + bits), tone) if bits else ("┈" if row in marks else " ", _FAINT))
        yield _joined(parts)
    days = [*map(date.fromisoformat, chart.labels)]
    yield Content.assemble((" " * _AXIS + months(days, columns / len(days)), _MUTED))


def _points(series: Series, top: float, wide: int, high: int) -> Iterator[tuple[int, int]]:
    """Yield the points of a curve from known value to known value, each column joined to the one before."""
    count = len(series.values)
    known = [
        (round((number + 0.5) / count * wide) - 1, round((1 - min(1, value / top)) * (high - 1)))
        for number, value in enumerate(series.values)
        if value is not None
    ]
    yield from ((max(0, x + by), y) for x, y in known for by in (0, 1))
    for (x0, y0), (x1, y1) in pairwise(known):
        before = y0
        for x in range(x0, x1 + 1):
            y = round(y0 + (y1 - y0) * (x - x0) / max(1, x1 - x0))
            yield from ((max(0, x), each) for each in range(min(y, before + 1), max(y, before - 1) + 1))
            before = y


# ---- left and right ----


def _sides(chart: Chart, width: int, height: int) -> Iterator[Content]:
    """Draw the first series to the left and the second to the right of a middle, with the goal on each."""
    label = min(max(map(len, chart.labels)), max(14, width // 3))
    numbers, places = 4, 0 if chart.measure == "strength" else 1
    room = (width - label - 2 * numbers - 6) // 2
    left, right = chart.series
    longest = chart.reach
    top = max(chart.top, min(longest, _PAST_TOP * max(chart.marks, default=longest)))
    goal = None if chart.goal is None else int(chart.goal / top * room)
    count = len(chart.labels)
    spaced, shown = height >= 2 * count + 1, count if count < height else height - 2
    head = f"{'':{label}} {'':{numbers}} {left.name:>{room}} │ {right.name}"
    yield Content.assemble((head, _MUTED))
    for name, one, other in [*zip(chart.labels, left.values, right.values, strict=True)][:shown]:
        if spaced:
            yield Content("")
        yield Content(" ").join(
            [
                Content(name).truncate(label, ellipsis=True).pad_right(max(0, label - len(name))),
                Content.assemble((f"{one or 0:{numbers}.{places}f}", _MUTED)),
                _bar(chart, one or 0, top, room, goal, mirrored=True),
                Content.assemble(("│", _MUTED)),
                _bar(chart, other or 0, top, room, goal, mirrored=False),
                Content.assemble((f"{other or 0:{numbers}.{places}f}", _MUTED)),
            ]
        )
    if shown < count:
        yield Content.assemble((f"… {count - shown} more in the tables (t)", _MUTED))


def _bar(chart: Chart, value: float, top: float, room: int, goal: int | None, *, mirrored: bool) -> Content:
    """Draw a bar that is thick as far as it goes, with the goal across it; reached, it has the colour of done."""
    filled = min(room, round(value / top * room)) or int(value > 0)
    cells = ["━" if place < filled else "─" for place in range(room)]
    if value > top:
        cells[-1] = "◀" if mirrored else "▶"
    tone = "$success" if chart.goal is not None and value >= chart.goal else TONES[chart.measure]
    tones = [tone if place < filled else _FAINT for place in range(room)]
    if goal is not None and goal < room:
        cells[goal], tones[goal] = "┃" if goal < filled else "│", tone if goal < filled else _GOAL
    parts = [*zip(cells, tones, strict=True)]
    return _joined(parts[::-1] if mirrored else parts)


def _joined(parts: Sequence[tuple[str, str]]) -> Content:
    """Return texts with their colours as one line, in as few spans as it has runs of a colour."""
    runs = (("".join(text for text, _ in run), tone) for tone, run in groupby(parts, key=itemgetter(1)))
    return Content.assemble(*runs)
