"""The history over time, in sections with a table and perhaps a chart. Pure.

Shared by the screen, which shows charts or tables, and the report, which has both.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from textwrap import wrap
from typing import NamedTuple

from hiproutine.catalogue.model import Catalogue, Exercise
from hiproutine.catalogue.vocabulary import AREAS, PAIN_AREAS, TESTS
from hiproutine.coach.programme import Standing
from hiproutine.coach.self_checks import CHECKS, shorts, units
from hiproutine.coach.weekly_volume import CEILING_S, FLOOR_S, STRENGTH_DAYS, WEEK, AreaWeek
from hiproutine.history.past import Past
from hiproutine.history.records import YES_NO, Hurt, Pain, ProgrammeStep
from hiproutine.history.totals import totals
from hiproutine.history.words import phase_words, plain_value
from hiproutine.review import statistics
from hiproutine.text import clock_length

_FLOOR_MIN, _CEILING_MIN = FLOOR_S // 60, CEILING_S // 60
_MOST_PAIN = 10
_LEDGER_WEEKS = 6
_VALUES = 4
_EMPTY = "-"
_AROUND_TESTS = timedelta(days=14)
"""Values from up to this long before a programme are those of its start."""
_SIDES = ("left", "right")
_KEYS = ("━", "╌")
"""Chart styles."""
MEASURES = ("minutes", "stretching", "strength", "score", "pain", "check")
"""Series of charts; each has its own colour."""


class Series(NamedTuple):
    """A named series with a value, or None, for each label of a chart."""

    name: str
    values: tuple[float | None, ...]


class Chart(NamedTuple):
    """A chart of the values of a table."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    top: float
    """The scale reaches at least this value."""
    measure: str
    """A word of MEASURES."""
    marks: tuple[int, ...] = ()
    """Reference lines."""
    days: bool = False
    """Whether the labels are days, the same time apart; what is not known on one of them is None."""
    curve: bool = False
    """Whether it is a curve rather than columns."""
    goal: float | None = None
    """Target value."""
    title: str = ""
    """Its heading, where that of its section would be too long."""

    @property
    def reach(self) -> float:
        """The end of its scale."""
        return max([self.top, self.goal or 0, *(value for each in self.series for value in each.values if value)])


class Section(NamedTuple):
    """A section of the overview. `note` explains how to read it; without rows there is only a chart."""

    heading: str
    note: str
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    chart: Chart | None = None


class Look(NamedTuple):
    """The input of an overview: the history, the catalogue, the days from `since` to `until`, and their weeks."""

    past: Past
    catalogue: Catalogue
    since: date
    until: date
    weeks: tuple[statistics.WeekTotal, ...]
    running: Standing | None = None
    """The person's place in the running programme."""
    goal_min: float | None = None
    """Minutes of exercise that a week is to have."""

    @property
    def exercises(self) -> Mapping[str, Exercise]:
        return self.catalogue.exercises

    @property
    def period(self) -> Past:
        return self.past.within(self.since, self.until)

    def name(self, exercise: str) -> str:
        """Return the name of an exercise, or its id if it is no longer in the catalogue."""
        found = self.exercises.get(exercise)
        return found.name if found else exercise


Part = Callable[[Look], Section | None]
"""Builds a section; None if it has no records."""


def looked_at(
    past: Past,
    catalogue: Catalogue,
    now: datetime,
    since: date,
    *,
    running: Standing | None = None,
    goal_min: float | None = None,
) -> Look:
    """Return the input for the days from `since` to today."""
    until = past.today(now)
    return Look(past, catalogue, since, until, statistics.weeks(past, now, since, until), running, goal_min)


def sections(look: Look, parts: Iterable[Part]) -> list[Section]:
    """Return the sections that have records."""
    return [section for part in parts if (section := part(look))]


def table(section: Section, width: int) -> list[str]:
    """Return the lines of a section's table. If the columns do not fit, the first one gets a line of its own.

    If the others still do not fit, the last one is wrapped on lines of its own.
    """
    cells = [section.heads, *section.rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for gap in (2, 1):
        if sum(widths) + gap * (len(widths) - 1) <= width:
            return [_row(row, widths, gap) for row in cells]
    if 2 + sum(widths[1:]) + 2 * (len(widths) - 2) <= width:
        return [line for row in cells for line in (row[0][:width], "  " + _row(row[1:], widths[1:], 2))]
    return [line for row in cells for line in _wrapped(row, widths, width)]


def _wrapped(row: Sequence[str], widths: Sequence[int], width: int) -> Iterator[str]:
    """Yield a row without its last cell, and that cell below, unless it is empty."""
    yield _row(row[:-1], widths[:-1], 2)[:width]
    if row[-1] != _EMPTY:
        yield from (f"  {part}" for part in wrap(row[-1], max(1, width - 2)))


def _row(cells: Sequence[str], widths: Sequence[int], gap: int) -> str:
    return (" " * gap).join(cell.ljust(wide) for cell, wide in zip(cells, widths, strict=True)).rstrip()


def minutes(look: Look) -> Section | None:
    if not any(week.sessions for week in look.weeks):
        return None
    held = [week.held_ms / 60_000 for week in look.weeks]
    return Section(
        "Exercise a week",
        "Working time alone: getting ready and resting are not in it, and not in what a week is to have.",
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
        _by_week(look.weeks, {"minutes": held}, "min", 10, "minutes")._replace(curve=False, goal=look.goal_min),
    )


def score(look: Look) -> Section | None:
    if not any(week.score for week in look.weeks):
        return None
    note = "Every day done raises it, a missed one lowers it a little, and a rest day leaves it as it is."
    chart = _by_week(look.weeks, {"score": [100 * week.score for week in look.weeks]}, "%", 100, "score")
    return Section("Score", note, chart=chart)


def stretching(look: Look) -> Section | None:
    """Of the last seven days."""
    found = [week for week in _last_days(look) if any(week.stretch_s)]
    if not found:
        return None
    return Section(
        "Stretching of the last 7 days",
        f"Minutes for each area and side; an exercise counts half for all areas but its first. Studies: at least "
        f"{_FLOOR_MIN} a week, little more gain past {_CEILING_MIN}. Mobility and strength do not count here.",
        ("Area", "Left", "Right"),
        tuple((week.stretch_words, *(clock_length(int(1000 * each)) for each in week.stretch_s)) for week in found),
        Chart(
            tuple(AREAS[week.area] for week in found),
            tuple(Series(side, tuple(week.stretch_s[n] / 60 for week in found)) for n, side in enumerate(_SIDES)),
            "min",
            12,
            "stretching",
            (_FLOOR_MIN, _CEILING_MIN),
            goal=_FLOOR_MIN,
        ),
    )


def strength(look: Look) -> Section | None:
    """Of the last seven days."""
    found = [week for week in _last_days(look) if any(week.strength)]
    if not found:
        return None
    return Section(
        "Strength of the last 7 days",
        f"Days with a set for each area and side: {STRENGTH_DAYS} or 3 a week, with a day between.",
        ("Area", "Left", "Right"),
        tuple((week.strength_words, *map(str, week.strength)) for week in found),
        Chart(
            tuple(AREAS[week.area] for week in found),
            tuple(Series(side, tuple(week.strength[n] for week in found)) for n, side in enumerate(_SIDES)),
            "days",
            3,
            "strength",
            (STRENGTH_DAYS,),
            goal=STRENGTH_DAYS,
        ),
    )


def _last_days(look: Look) -> tuple[AreaWeek, ...]:
    return statistics.areas(look.past, look.exercises, look.until - WEEK, look.until)


def stretching_by_week(look: Look) -> Section | None:
    return _by_area(
        look, "Stretching by week", "Whole minutes", lambda week: tuple(int(s // 60) for s in week.stretch_s)
    )


def strength_by_week(look: Look) -> Section | None:
    return _by_area(look, "Strength by week", "Days", lambda week: week.strength)


def _by_area(look: Look, heading: str, what: str, of: Callable[[AreaWeek], tuple[int, ...]]) -> Section | None:
    """The areas in each of the last few weeks."""
    shown = look.weeks[-_LEDGER_WEEKS:]
    found = [
        {
            each.area: of(each)
            for each in statistics.areas(look.past, look.exercises, *_days(look, week))
            if any(of(each))
        }
        for week in shown
    ]
    areas = [area for area in AREAS if any(area in each for each in found)]
    if not areas:
        return None
    return Section(
        heading,
        f"{what}, left / right, by the first day of the week.",
        ("Area", *(f"{week.first:%m-%d}" for week in shown)),
        tuple((AREAS[area], *("/".join(map(str, each.get(area, "-"))) for each in found)) for area in areas),
    )


def _days(look: Look, week: statistics.WeekTotal) -> tuple[date, date]:
    return max(look.since, week.first), min(look.until, week.first + timedelta(days=6))


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
                each.title,
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
        "From 0, none, to 10, as reported; the mean of each week.",
        ("Week from", "Before", "After"),
        tuple((str(week.first), _mean(week.before), _mean(week.after)) for week in felt),
        _by_week(
            look.weeks,
            {"before": [week.before for week in look.weeks], "after": [week.after for week in look.weeks]},
            "",
            _MOST_PAIN,
            "pain",
        )._replace(title="Pain"),
    )


def programmes(look: Look) -> Section | None:
    """The changes of phase of the period, and the one from before that still held at its start; first where one is."""
    steps = [step for step in look.past.of(ProgrammeStep) if step.day <= look.until]
    before = [step for step in steps if step.day < look.since][-1:]
    shown = [*(step for step in before if step.event != "stop"), *(step for step in steps if step.day >= look.since)]
    if not shown:
        return None
    names = {name: each.name for name, each in look.catalogue.programmes.items()}
    return Section(
        "Programmes",
        f"{f'{look.running.words}. ' if look.running else ''}The phases of a programme, and why each began.",
        ("Day", "Programme", "Phase", "Why"),
        tuple(
            (str(step.day), names.get(step.programme, step.programme), phase_words(step), step.why or "-")
            for step in shown
        ),
    )


def programme_tests(look: Look) -> Section | None:
    """The tests of the last programme: the values around its start, or the first since then, and the last ones.

    One that was ended before the period, or on the day on which it began, has none to show.
    """
    steps = [step for step in look.past.of(ProgrammeStep) if step.day <= look.until]
    starts = [step for step in steps if step.event == "start"]
    programme = look.catalogue.programmes.get(starts[-1].programme) if starts else None
    if not programme or not programme.tests:
        return None
    began, last = starts[-1].day, steps[-1]
    if last.event == "stop" and (last.day < look.since or last.day == began):
        return None
    found = statistics.checks(look.past.within(began - _AROUND_TESTS, look.until))
    series = {(each.check, each.side): each for each in found}
    rows: list[tuple[str, ...]] = []
    for check in (each for each in CHECKS if each.id in programme.tests):
        rows += (
            (f"{check.name}: {shorts(check)[what]}, {unit}", *map(_change, sides))
            for what, unit in units(check).items()
            if any(sides := [series.get((what, side)) for side in ("left", "right", None)])
        )
        if not any(row[0].startswith(f"{check.name}: ") for row in rows):
            rows.append((f"{check.name}: not measured yet", *[_EMPTY] * 3))
    return Section(
        f"Tests of {programme.name}",
        f"From the first value to the last; it began on {began}, and values from up to {_AROUND_TESTS.days} days "
        "before it count. Less than 2 cm or a tenth of change may be chance.",
        ("Test", "Left", "Right", "Both"),
        tuple(rows),
    )


def _change(series: statistics.CheckSeries | None) -> str:
    """Return the first and the last value of a series."""
    values = [plain_value(value, series.unit) for _, value in series.values] if series else []
    return " → ".join(values[:1] + values[1:][-1:]) or _EMPTY


def days_off(look: Look) -> Section | None:
    """The off days of the period, and rest days that were declared, those ahead as well."""
    found = statistics.days_off(look.past, look.since, look.until)
    if not found:
        return None
    return Section(
        "Off days and rest days",
        "Off: not well, so an easier session. Rest days are declared, days ahead as well.",
        ("From", "To", "Days", "Kind"),
        tuple(
            (str(run.first), str(run.last), str(run.days), f"{run.kind}{', ahead' * (run.first > look.until)}")
            for run in found
        ),
    )


def places(look: Look) -> Section | None:
    """Return where it hurt, by the scores that say so, also of exercises."""
    found: dict[tuple[str, str], list[Pain | Hurt]] = {}
    said: Iterable[Pain | Hurt] = chain(look.period.of(Pain), look.period.of(Hurt))
    for each in said:
        if each.area and each.score:
            found.setdefault((PAIN_AREAS.get(each.area, each.area), each.side or "-"), []).append(each)
    if not found:
        return None
    return Section(
        "Where it hurt",
        "Pain scores that came with a place, before, in and after practice.",
        ("Area", "Side", "Times", "Worst", "Last"),
        tuple(
            (*where, str(len(pains)), str(max(each.score for each in pains)), str(max(each.day for each in pains)))
            for where, pains in sorted(found.items(), key=lambda item: -len(item[1]))
        ),
    )


def hurts(look: Look) -> Section | None:
    found = statistics.hurts(look.period)
    if not found:
        return None
    return Section(
        "What hurt",
        "Exercises that hurt during practice, from 0 to 10, and what you chose to do.",
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


def check_charts(look: Look) -> list[Section]:
    """Return a section with a curve for each self-check, left and right, apart from questions."""
    found: dict[tuple[str, str], dict[str, list[float | None]]] = {}
    for each in statistics.checks(look.period):
        if each.unit != YES_NO:
            values = [_last_of(each, week.first) for week in look.weeks]
            found.setdefault((each.check, each.unit), {})[each.side or "both"] = values
    return [
        Section(
            f"Self-check: {TESTS.get(check, check)}",
            "The last value of each week.",
            chart=_by_week(look.weeks, sides, unit, 1, "check")._replace(title=TESTS.get(check, check).capitalize()),
        )
        for (check, unit), sides in found.items()
    ]


def _last_of(series: statistics.CheckSeries, week: date) -> float | None:
    """Return the last value of the week that begins then."""
    return next((value for day, value in reversed(series.values) if week <= day < week + timedelta(days=7)), None)


def charts(look: Look) -> list[Section]:
    """Return every section that has a chart, in the order of PARTS; those of self-checks are the last."""
    return [*(each for each in sections(look, PARTS) if each.chart), *check_charts(look)]


def headline(section: Section) -> str:
    """Return the heading of a chart with its last values: `Exercise a week · 31 of 45 min`."""
    chart = section.chart
    if chart is None or not chart.days:
        return section.heading
    places = 0 if chart.measure in ("minutes", "score") else 1
    lasts = ["-" if (last := _last(each)) is None else f"{last:.{places}f}".removesuffix(".0") for each in chart.series]
    if len(lasts) > 1:
        series = zip(_KEYS, chart.series, lasts, strict=True)
        words = " ".join(f"{key} {each.name} {last}" for key, each, last in series)
    else:
        words = lasts[0] + (f" of {chart.goal:.0f}" if chart.goal else "")
    return f"{chart.title or section.heading} · {words}{f' {chart.unit}' if chart.unit else ''}"


def _last(series: Series) -> float | None:
    return next((value for value in reversed(series.values) if value is not None), None)


def _by_week(
    weeks: Sequence[statistics.WeekTotal],
    series: Mapping[str, Sequence[float | None]],
    unit: str,
    top: float,
    measure: str,
) -> Chart:
    shown = tuple(Series(name, tuple(values)) for name, values in series.items())
    labels = tuple(str(week.first) for week in weeks)
    return Chart(labels, shown, unit, top, measure, days=True, curve=True)


PARTS = (
    minutes,
    programmes,
    programme_tests,
    stretching,
    strength,
    stretching_by_week,
    strength_by_week,
    score,
    pain,
    places,
    hurts,
    days_off,
    checks,
)
"""Content of Progress, in its order."""
TABLE_WEEKS, CHART_WEEKS = timedelta(weeks=7), timedelta(weeks=52)
"""Time ranges of tables and charts."""
