"""Show totals by week, by exercise and by side, and the week of each area."""

from pathlib import Path
from typing import TYPE_CHECKING

from hiproutine.cli.commands.streak import STREAK
from hiproutine.cli.commands.today import WEEK
from hiproutine.cli.console import say, say_json, say_sentence, say_table, say_to, say_unreadable
from hiproutine.cli.json_fields import Fields, Objects, names, values_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from datetime import date

    from hiproutine.coach.weekly_volume import AreaWeek
    from hiproutine.day.context import Context
    from hiproutine.history.past import Past
    from hiproutine.history.totals import ExerciseTotal, Totals
    from hiproutine.review.statistics import DaysOff

_WEEK: "Fields[date, int]" = {"from": lambda week, _: week.isoformat(), "held_ms": lambda _, held_ms: held_ms}
_EXERCISE: "Fields[ExerciseTotal]" = {
    "exercise": lambda total: total.exercise,
    "name": lambda total: total.name,
    "sessions": lambda total: total.sessions,
    "left_ms": lambda total: total.left_ms,
    "right_ms": lambda total: total.right_ms,
    "both_ms": lambda total: total.both_ms,
    "last_day": lambda total: total.last_day.isoformat(),
    "load": lambda total: total.load,
}
_TOTALS: "Fields[Totals, tuple[AreaWeek, ...]]" = {
    "sessions": lambda totals, _: totals.sessions,
    "days": lambda totals, _: totals.days,
    "held_ms": lambda totals, _: totals.held_ms,
    "first_day": lambda totals, _: totals.first_day and totals.first_day.isoformat(),
    "by_week": Objects(_WEEK, lambda totals, _: totals.by_week),
    "by_exercise": Objects(_EXERCISE, lambda totals, _: ((each,) for each in totals.by_exercise)),
    "week": Objects(WEEK, lambda _, week: ((each,) for each in week)),
}

_DAYS_OFF: "Fields[DaysOff]" = {
    "kind": lambda run: run.kind,
    "from": lambda run: run.first.isoformat(),
    "to": lambda run: run.last.isoformat(),
}
_OFF: "Fields[tuple[DaysOff, ...]]" = {"days_off": Objects(_DAYS_OFF, lambda found: ((each,) for each in found))}
_WEEKS_OFF = 4


def arguments(parser: "ArgumentParser") -> None:
    from hiproutine.review.overview import MEASURES

    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--json", action="store_true", help=f"{names(_TOTALS)}, {names(_OFF)}, {names(STREAK)}; times in ms"
    )
    form.add_argument("--plain", action="store_true", help="the tables of the Progress screen")
    form.add_argument(
        "--svg", type=Path, metavar="FILE", help="write the charts of the Progress screen as SVG; - for standard output"
    )
    alone = f"with --svg, only this one: {', '.join(MEASURES)}"
    parser.add_argument("--chart", choices=MEASURES, metavar="CHART", help=alone)


def run(args: "Namespace", context: "Context") -> int:
    from hiproutine.history.streak import streak as streak_of
    from hiproutine.history.totals import totals

    past = context.store.read()
    say_unreadable(past)
    total, streak = totals(past, context.today()), streak_of(past, context.now())
    week, off = _week(past, context), _days_off(past, context.today())
    if args.svg:
        return _write_charts(args.svg, args.chart, past, context)
    if args.chart:
        args.wrong("--chart goes with --svg FILE")
    if args.json:
        say_json(values_of(_TOTALS, total, week) | values_of(_OFF, off) | values_of(STREAK, streak))
        return 0
    say_sentence(streak.words())
    if not total.first_day:
        return 0
    if args.plain:
        _say_progress(past, context)
    else:
        say(f"{_sessions(total)} since {total.first_day}, score {streak.score:.0%}.")
        _say_totals(total)
        if week:
            say("\nThe last 7 days:")
            say("\n".join(words for area in week for words in area.words))
        if off:
            say(f"\nDays off of the last {_WEEKS_OFF} weeks, and ahead:")
            say("\n".join(f"{each.kind}, {_dates(each)}" for each in off))
    return 0


def _sessions(total: "Totals") -> str:
    """Return the sessions and their days; also how many of these are done, if an exercise was finished on fewer."""
    from hiproutine.text import counted

    words = f"{counted(total.sessions, 'session')} on {counted(total.session_days, 'day')}"
    return words if total.days == total.session_days else f"{words} ({total.days} done)"


def _days_off(past: "Past", today: "date") -> "tuple[DaysOff, ...]":
    from datetime import timedelta

    from hiproutine.review import statistics

    return statistics.days_off(past, today - timedelta(weeks=_WEEKS_OFF), today)


def _dates(run: "DaysOff") -> str:
    from hiproutine.text import day_words

    ends = f" to {day_words(run.last)}" if run.days > 1 else ""
    return f"{day_words(run.first)}{ends}"


def _write_charts(target: Path, measure: str | None, past: "Past", context: "Context") -> int:
    from hiproutine.day.runner import Runner
    from hiproutine.errors import HiproutineError
    from hiproutine.review import chart_svg, overview, statistics

    since = max(statistics.first_day(past) or context.today(), context.today() - overview.CHART_WEEKS)
    goal_min = Runner(context).day.week_min
    look = overview.looked_at(past, context.catalogue, context.now(), since, goal_min=goal_min)
    found = [each for each in overview.charts(look) if each.chart and measure in (None, each.chart.measure)]
    if not found:
        what = f"of {measure} " if measure else ""
        raise HiproutineError(f"no chart {what}can be drawn yet; practise first, or see what `hiproutine stats` counts")
    say_to(target, chart_svg.picture(found))
    return 0


def _week(past: "Past", context: "Context") -> "tuple[AreaWeek, ...]":
    from hiproutine.coach.weekly_volume import WEEK as LENGTH
    from hiproutine.review import statistics

    return statistics.areas(past, context.catalogue.exercises, context.today() - LENGTH, context.today())


def _say_totals(total: "Totals") -> None:
    from hiproutine.text import clock_length, day_words, length_words

    say(f"{length_words(total.held_ms)} of exercise in all.")
    say()
    say_table(("WEEK FROM", "MIN"), [(day_words(week), clock_length(held_ms)) for week, held_ms in total.by_week])
    say()
    say_table(
        ("EXERCISE", "LEFT", "RIGHT", "BOTH", "SESSIONS", "LAST"),
        [
            (
                each.title,
                *map(clock_length, (each.left_ms, each.right_ms, each.both_ms)),
                str(each.sessions),
                str(each.last_day),
            )
            for each in total.by_exercise
        ],
    )


def _say_progress(past: "Past", context: "Context") -> None:
    """Print the tables of the Progress screen."""
    import shutil

    from hiproutine.coach.programme import standing
    from hiproutine.review import overview

    today = context.today()
    running = standing(context.screened, context.settings.profile, past, today)
    look = overview.looked_at(past, context.catalogue, context.now(), today - overview.TABLE_WEEKS, running=running)
    width = shutil.get_terminal_size().columns
    for section in overview.sections(look, overview.PARTS):
        if section.rows:
            say(f"\n{section.heading}\n{section.note}")
            say("\n".join(overview.table(section, width)))
