"""A heatmap of a year, a column a week; the arrow keys mark a day."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from hiproutine.history.calendar import week_of
from hiproutine.review.statistics import DayTotal
from hiproutine.text import clock_length
from hiproutine.tui.keys import bindings
from hiproutine.tui.theme import NO_BREAK
from hiproutine.tui.widgets.charts import months

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_WEEKS = 53
_MARGIN = 3
_NONE, _REST, _LEVELS = "·", "r", "░▒▓█"
_SQUARE = "▆"
_BEFORE = "$foreground 35%"
"""The colour of the dots before the first day, which no squares are drawn for."""
_SQUARES = {_NONE: "$foreground 13%", "░": "$success 34%", "▒": "$success 56%", "▓": "$success 78%", "█": "$success"}
"""The colours of the squares that a terminal of many colours has in place of shapes."""
_MINUTES = (0, 5, 10, 20)
_SESSIONS = (0, 2, 3, 4)


class Heatmap(Widget, can_focus=True):
    """Days shaded by practice: darker is more, `r` is a rest day.

    `days` returns a range of days, `began` is the first with a record, and `earliest` the first that can be marked.
    With `as_table` it shows the week of the marked day as a table, with the same keys.
    """

    BINDINGS = bindings("heatmap")

    class Marked(Message):
        """Another day is marked."""

    class Opened(Message):
        """The marked day was opened."""

    def __init__(self, days: Callable[[date, date], tuple[DayTotal, ...]], today: date, week_starts: str) -> None:
        super().__init__()
        self.as_table = False
        self.by_sessions = False
        self.began = today
        self.earliest = today
        self.marked = today
        self._days = days
        self._today = today
        self._starts = week_starts
        self._last = self._week(today)
        self._shown: dict[date, DayTotal] = {}

    @property
    def total(self) -> DayTotal:
        """The totals of the marked day."""
        return self._shown[self.marked]

    def show(self) -> None:
        """Show the current history, scrolled to the marked day."""
        week = self._week(self.marked)
        if not self._last - (self._columns - 1) * _WEEK <= week <= self._last:
            self._last = min(week + self._columns // 2 * _WEEK, self._week(self._today))
        first = self._last - (self._columns - 1) * _WEEK
        self._shown = {each.day: each for each in self._days(first, self._last + 6 * _DAY)}
        self.refresh(layout=True)

    def mark(self, day: date) -> None:
        """Mark a day, or the nearest possible one from `earliest` to the end of this week."""
        self.marked = max(self.earliest, min(day, self._week(self._today) + 6 * _DAY))
        if self.marked not in self._shown:
            self.show()
        self.refresh()
        self.post_message(self.Marked())

    def action_move(self, days: int) -> None:
        self.mark(self.marked + days * _DAY)

    def action_today(self) -> None:
        self.mark(self._today)

    def action_open(self) -> None:
        self.post_message(self.Opened())

    def on_mount(self) -> None:
        self.show()

    def on_resize(self) -> None:
        self.show()

    def on_click(self, event: Click) -> None:
        """Mark a day on the first click, open it on the second."""
        column, row = (event.x - _MARGIN) // self._cell, event.y - 1
        day = min(self._shown) + column * _WEEK + row * _DAY
        if self.as_table or not 0 <= row < 7 or column < 0 or day not in self._shown:
            return
        if day == self.marked:
            self.action_open()
        else:
            self.mark(day)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 -- Textual's
        return 8 if self.as_table else 10

    def render(self) -> Content:
        parts = self._table() if self.as_table else self._field()
        return Content.assemble(*((text.replace(" ", NO_BREAK), style) for text, style in parts))

    @property
    def _cell(self) -> int:
        """Width of a day in characters."""
        return max(2, min(3, (self.size.width - _MARGIN) // _WEEKS))

    @property
    def _columns(self) -> int:
        return max(1, min(_WEEKS, (self.size.width - _MARGIN) // self._cell)) if self.size.width else _WEEKS

    def _week(self, day: date) -> date:
        return week_of(day, self._starts)

    def _field(self) -> Iterator[tuple[str, str]]:
        cell, first = self._cell, min(self._shown)
        weeks = [first + number * _WEEK for number in range(len(self._shown) // 7)]
        here = self._week(self.marked)
        yield f"{'':{_MARGIN}}{months(weeks, cell)}\n", ""
        for row in range(7):
            yield f"{first + row * _DAY:%a}"[:2] + ("▸" if here + row * _DAY == self.marked else " "), ""
            for week in weeks:
                day = week + row * _DAY
                yield self._day(day, cell)
            yield "\n", ""
        yield f"{'':{_MARGIN + (here - first).days // 7 * cell}}▴\n", ""
        steps = _SESSIONS if self.by_sessions else _MINUTES
        unit = "sessions" if self.by_sessions else "min"
        yield " " * _MARGIN, ""
        levels = zip(_LEVELS, ("less", *map(str, steps[1:])), strict=True)
        for mark, meaning in ((_NONE, "none"), (_REST, "rest"), *levels):
            yield self._shape(mark)
            yield f" {meaning}  ", "$foreground-muted"
        yield unit, "$foreground-muted"

    def _day(self, day: date, cell: int) -> tuple[str, str]:
        """Return a day in that number of characters: a square in the tone of its level, or its shape."""
        mark = self._mark_of(self._shown[day])
        shape, tone = self._shape(mark)
        if day < self.began and mark == _NONE and day != self.marked:
            shape, tone = _NONE, _BEFORE
        block = shape * max(1, cell - 1) if shape in (_SQUARE, *_LEVELS) else shape
        if day == self._today and mark == _NONE and shape == _SQUARE:
            tone = "bold $accent"
        elif day == self.marked:
            tone = "bold $foreground" if shape == _SQUARE else "reverse"
        return f"{block:<{cell}}", tone

    @property
    def _many_colours(self) -> bool:
        return not self.app.no_color and self.app.console.color_system in ("truecolor", "256")

    def _shape(self, mark: str) -> tuple[str, str]:
        if self._many_colours and mark in _SQUARES:
            return _SQUARE, _SQUARES[mark]
        return mark, "$foreground-muted" if mark == _NONE else "$success"

    def _mark_of(self, total: DayTotal) -> str:
        if not total.sessions:
            return _REST if total.rest else " " if total.day > self._today else _NONE
        number = total.sessions if self.by_sessions else total.held_ms / 60_000
        return _LEVELS[sum(number >= step for step in (_SESSIONS if self.by_sessions else _MINUTES)[1:])]

    def _table(self) -> Iterator[tuple[str, str]]:
        yield "   Day              Minutes  Sessions\n", "$foreground-muted"
        for row in range(7):
            total = self._shown[self._week(self.marked) + row * _DAY]
            what = f"{clock_length(total.held_ms):>7}  {total.sessions:>8}" if total.sessions else ""
            rest = "  rest" if total.rest else ""
            pointer = " ▸ " if total.day == self.marked else "   "
            yield f"{pointer}{total.day:%a %Y-%m-%d}   {what}{rest}\n", "bold" if total.day == self.marked else ""
