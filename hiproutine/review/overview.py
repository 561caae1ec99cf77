"""The history over time, in sections: each a table in words, and a chart where there is one. Pure.

One wording for the screen, which shows the charts or the tables, and for the report, which has both.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.vocabulary import AREAS
from hiproutine.coach.weekly_volume import CEILING_S, FLOOR_S, WEEK
from hiproutine.history.past import Past
from hiproutine.history.totals import totals
from hiproutine.history.words import plain_value
from hiproutine.review import statistics
from hiproutine.text import clock_length

_FLOOR_MIN, _CEILING_MIN = FLOOR_S // 60, CEILING_S // 60
_MOST_PAIN = 10
_DOSE_WEEKS = 6
_VALUES = 4


class Series(NamedTuple):
    """Values under one name, one for each label of a chart; None where there is none."""

    name: str
    values: tuple[float | None, ...]


class Picture(NamedTuple):
    """A chart of the values of a table."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    top: float
    """The scale reaches at least this value."""
    marks: tuple[int, ...] = ()
    """Reference lines."""
    days: bool = False
    """Whether the labels are days, in their order."""


class Section(NamedTuple):
    """A part of the overview. `note` says how to read it; without rows it is a chart alone."""

    heading: str
    note: str
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    picture: Picture | None = None


class Look(NamedTuple):
    """The input of an overview: the history, the exercises, the days from `since` to `until`, and their weeks."""

    past: Past
    exercises: Mapping[str, Exercise]
    since: date
    until: date
    weeks: tuple[statistics.WeekTotal, ...]

    @property
    def period(self) -> Past:
        return self.past.within(self.since, self.until)

    def name(self, exercise: str) -> str:
        """Return its name in the catalogue; its id, if it is not there any more."""
        found = self.exercises.get(exercise)
        return found.name if found else exercise


Part = Callable[[Look], Section | None]
"""Makes one section; None if nothing was recorded for it."""


def looked_at(past: Past, exercises: Mapping[str, Exercise], now: datetime, since: date) -> Look:
    """Return the input for the days from `since` to today."""
    until = past.today(now)
    return Look(past, exercises, since, until, statistics.weeks(past, now, since, until))


def sections(look: Look, parts: Iterable[Part]) -> list[Section]:
    """Return the sections that have records."""
    return [section for part in parts if (section := part(look))]


def table(section: Section, width: int) -> list[str]:
    """Return the table of a section: columns under their heads. If they do not fit, the first gets a separate line."""
    cells = [section.heads, *section.rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for gap in (2, 1):
        if sum(widths) + gap * (len(widths) - 1) <= width:
            return [_row(row, widths, gap) for row in cells]
    return [line for row in cells for line in (row[0][:width], "  " + _row(row[1:], widths[1:], 2))]


def _row(cells: Sequence[str], widths: Sequence[int], gap: int) -> str:
    return (" " * gap).join(cell.ljust(wide) for cell, wide in zip(cells, widths, strict=True)).rstrip()


def minutes(look: Look) -> Section | None:
    if not any(week.sessions for week in look.weeks):
        return None
    return Section(
        "Minutes a week",
        "Time of exercise, without getting ready and resting.",
        ("Week from", "Minutes", "Sessions", "Days done", "Score"),
        tuple(
            (
                str(week.first),
                clock_length(week.held_ms),
                str(week.sessions),
                f"{week.done} of {week.planned}",
                f"{week.score:.0%}",
            )
            for week in look.weeks
        ),
        _by_week(look.weeks, "min", 10, minutes=[week.held_ms / 60_000 for week in look.weeks]),
    )


def score(look: Look) -> Section | None:
    if not any(week.score for week in look.weeks):
        return None
    note = "Loop's score: every done day raises it, a missed one lowers it a little, a day of rest does not."
    return Section(
        "Score", note, picture=_by_week(look.weeks, "%", 100, score=[100 * week.score for week in look.weeks])
    )


def dose(look: Look) -> Section | None:
    """Of the last seven days."""
    found = statistics.doses(look.past, look.exercises, look.until - WEEK, look.until)
    if not found:
        return None
    values = [(each.left_ms / 60_000, each.right_ms / 60_000) for each in found]
    labels = tuple(AREAS[each.area] for each in found)
    left, right = zip(*values, strict=True)
    return Section(
        "Dose of the last 7 days",
        f"Minutes for each area and side. Studies of stretching: at least {_FLOOR_MIN} a week, little more gain past "
        f"{_CEILING_MIN}. Time counts in full for every area of an exercise.",
        ("Area", "Left", "Right"),
        tuple((AREAS[each.area], clock_length(each.left_ms), clock_length(each.right_ms)) for each in found),
        Picture(labels, (Series("left", left), Series("right", right)), "min", 12, (_FLOOR_MIN, _CEILING_MIN)),
    )


def weekly_dose(look: Look) -> Section | None:
    """The dose in each of the last few weeks."""
    shown = look.weeks[-_DOSE_WEEKS:]
    found = [
        {each.area: each for each in statistics.doses(look.past, look.exercises, *_days(look, week))} for week in shown
    ]
    areas = [area for area in AREAS if any(area in each for each in found)]
    if not areas:
        return None
    return Section(
        "Dose by week",
        "Whole minutes, left / right, by the first day of the week.",
        ("Area", *(f"{week.first:%m-%d}" for week in shown)),
        tuple((AREAS[area], *(_sides(each.get(area)) for each in found)) for area in areas),
    )


def _days(look: Look, week: statistics.WeekTotal) -> tuple[date, date]:
    return max(look.since, week.first), min(look.until, week.first + timedelta(days=6))


def _sides(dose: statistics.AreaDose | None) -> str:
    return f"{dose.left_ms // 60_000}/{dose.right_ms // 60_000}" if dose else "-"


def exercises(look: Look) -> Section | None:
    found = totals(look.period, look.until).by_exercise
    if not found:
        return None
    return Section(
        "Exercises",
        "Minutes held; both: without sides.",
        ("Exercise", "Left", "Right", "Both", "Sessions", "Last"),
        tuple(
            (
                each.name,
                *(clock_length(ms) if ms else "-" for ms in (each.left_ms, each.right_ms, each.both_ms)),
                str(each.sessions),
                str(each.last_day),
            )
            for each in found
        ),
    )


def pain(look: Look) -> Section | None:
    felt = [week for week in look.weeks if week.before is not None or week.after is not None]
    if not felt:
        return None
    return Section(
        "Pain before and after",
        "From 0, none, to 10, as it was told; the mean of each week.",
        ("Week from", "Before", "After"),
        tuple((str(week.first), _mean(week.before), _mean(week.after)) for week in felt),
        _by_week(
            look.weeks,
            "",
            _MOST_PAIN,
            before=[week.before for week in look.weeks],
            after=[week.after for week in look.weeks],
        ),
    )


def hurts(look: Look) -> Section | None:
    found = statistics.hurts(look.period)
    if not found:
        return None
    return Section(
        "What hurt",
        "Exercises that hurt while they were practised, from 0 to 10, and what was chosen then.",
        ("Exercise", "Side", "Times", "Worst", "Chosen", "Last"),
        tuple(
            (
                look.name(each.exercise),
                each.side or "-",
                str(each.times),
                str(each.worst),
                ", ".join(each.chose),
                str(each.last_day),
            )
            for each in found
        ),
    )


def checks(look: Look) -> Section | None:
    found: dict[tuple[str, str], dict[str | None, statistics.CheckSeries]] = {}
    for each in statistics.checks(look.period):
        found.setdefault((each.check, each.unit), {})[each.side] = each
    if not found:
        return None
    return Section(
        "Self-checks",
        f"The last {_VALUES} values, the oldest first. Less than 2 cm or a tenth of change may be chance.",
        ("Check", "Left", "Right", "Both", "Last"),
        tuple(
            (
                f"{check}, {unit}",
                *(_values(sides.get(side)) for side in ("left", "right", None)),
                str(max(each.values[-1][0] for each in sides.values())),
            )
            for (check, unit), sides in found.items()
        ),
    )


def _values(series: statistics.CheckSeries | None) -> str:
    return ", ".join(plain_value(value, series.unit) for _, value in series.values[-_VALUES:]) if series else "-"


def _mean(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def _by_week(weeks: Sequence[statistics.WeekTotal], unit: str, top: float, **series: Sequence[float | None]) -> Picture:
    shown = tuple(Series(name, tuple(values)) for name, values in series.items())
    return Picture(tuple(str(week.first) for week in weeks), shown, unit, top, days=True)


PARTS = (minutes, dose, weekly_dose, score, pain, hurts, checks)
"""What Progress shows, in its order."""
TABLE_WEEKS = timedelta(weeks=7)
"""How far back tables begin."""
