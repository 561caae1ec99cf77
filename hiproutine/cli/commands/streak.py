"""Show the streak."""

from datetime import date
from typing import TYPE_CHECKING

from hiproutine.cli.console import say, say_json, say_unreadable
from hiproutine.cli.json_fields import Fields, names, values_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Context
    from hiproutine.history.streak import Streak

STREAK: "Fields[Streak]" = {
    "day": lambda streak: streak.day.isoformat(),
    "streak": lambda streak: streak.current,
    "best": lambda streak: streak.best,
    "done_today": lambda streak: streak.done_today,
    "rest_today": lambda streak: streak.rest_today,
    "days_per_week": lambda streak: streak.days_per_week,
    "weeks": lambda streak: streak.weeks,
    "best_weeks": lambda streak: streak.best_weeks,
    "week_done": lambda streak: streak.week_done,
    "week_needed": lambda streak: streak.week_needed,
    "recent_done": lambda streak: streak.recent_done,
    "recent_rests": lambda streak: streak.recent_rests,
    "recent_days": lambda streak: streak.recent_days,
    "score": lambda streak: streak.score,
}
"""`stats` prints these fields, too."""


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("--json", action="store_true", help=names(STREAK))


def run(args: "Namespace", context: "Context") -> int:
    from hiproutine.history.streak import streak

    past = context.store.read(steps_since=date.max)
    current = streak(past, context.now())
    say_unreadable(past)
    if args.json:
        say_json(values_of(STREAK, current))
        return 0
    say(current.words())
    if current.best:
        rests = f", {current.recent_rests} of rest" if current.recent_rests else ""
        say(f"{current.recent_words()}{rests}. Habit score {current.score:.0%} (every planned day for months: 100%).")
    return 0
