"""Show totals by week, by exercise and by side."""

from typing import TYPE_CHECKING

from hiproutine.cli.console import say, say_json, say_table, say_unreadable
from hiproutine.cli.json_fields import Fields, Objects, names, values_of
from hiproutine.cli.streak_fields import STREAK

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from datetime import date

    from hiproutine.day.context import Context
    from hiproutine.history.past import Past
    from hiproutine.history.totals import ExerciseTotal, Totals

_WEEK: "Fields[date, int]" = {"from": lambda week, _: week.isoformat(), "held_ms": lambda _, held_ms: held_ms}
_EXERCISE: "Fields[ExerciseTotal]" = {
    "exercise": lambda total: total.exercise,
    "name": lambda total: total.name,
    "sessions": lambda total: total.sessions,
    "left_ms": lambda total: total.left_ms,
    "right_ms": lambda total: total.right_ms,
    "both_ms": lambda total: total.both_ms,
    "last_day": lambda total: total.last_day.isoformat(),
}
_TOTALS: "Fields[Totals]" = {
    "sessions": lambda totals: totals.sessions,
    "days": lambda totals: totals.days,
    "held_ms": lambda totals: totals.held_ms,
    "first_day": lambda totals: totals.first_day and totals.first_day.isoformat(),
    "by_week": Objects(_WEEK, lambda totals: totals.by_week),
    "by_exercise": Objects(_EXERCISE, lambda totals: ((each,) for each in totals.by_exercise)),
}


def arguments(parser: "ArgumentParser") -> None:
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=f"{names(_TOTALS)}, {names(STREAK)}; times in ms")
    form.add_argument("--plain", action="store_true", help="the tables of the Progress screen")


def run(args: "Namespace", home: "Context") -> int:
    from hiproutine.history.streak import streak as streak_of
    from hiproutine.history.totals import totals

    past = home.store.read()
    say_unreadable(past)
    total, streak = totals(past, home.today()), streak_of(past, home.now())
    if args.json:
        say_json(values_of(_TOTALS, total) | values_of(STREAK, streak))
        return 0
    say(streak.words())
    if not total.first_day:
        return 0
    if args.plain:
        _say_progress(past, home)
    else:
        say(f"{total.sessions} sessions on {total.days} days since {total.first_day}, score {streak.score:.0%}.")
        _say_totals(total)
    return 0


def _say_totals(total: "Totals") -> None:
    from hiproutine.history.words import day_words
    from hiproutine.practice.words import clock_length

    say(f"{clock_length(total.held_ms)} min of exercise in all.")
    say()
    say_table(("WEEK FROM", "MIN"), [(day_words(week), clock_length(held_ms)) for week, held_ms in total.by_week])
    say()
    say_table(
        ("EXERCISE", "LEFT", "RIGHT", "BOTH", "SESSIONS", "LAST"),
        [
            (
                each.name,
                *map(clock_length, (each.left_ms, each.right_ms, each.both_ms)),
                str(each.sessions),
                str(each.last_day),
            )
            for each in total.by_exercise
        ],
    )


def _say_progress(past: "Past", home: "Context") -> None:
    """Print the tables of the Progress screen."""
    import shutil

    from hiproutine.review import overview

    look = overview.looked_at(past, home.catalogue.exercises, home.now(), home.today() - overview.TABLE_WEEKS)
    width = shutil.get_terminal_size().columns
    for section in overview.sections(look, overview.PARTS):
        if section.rows:
            say(f"\n{section.heading}\n{section.note}")
            say("\n".join(overview.table(section, width)))
