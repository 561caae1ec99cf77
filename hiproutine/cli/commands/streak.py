"""Show the streak."""

from datetime import date
from typing import TYPE_CHECKING

from hiproutine.cli.console import say, say_json, say_unreadable
from hiproutine.cli.json_fields import names, values_of
from hiproutine.cli.streak_fields import STREAK

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Home


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("--json", action="store_true", help=names(STREAK))


def run(args: "Namespace", home: "Home") -> int:
    from hiproutine.history import days

    past = home.store.read(steps_since=date.max)
    streak = days.streak(past, home.now())
    say_unreadable(past)
    if args.json:
        say_json(values_of(STREAK, streak))
        return 0
    say(streak.words())
    if streak.best:
        rests = f", {streak.recent_rests} of rest" if streak.recent_rests else ""
        say(f"{streak.recent_words()}{rests}. Score {streak.score:.0%}.")
    return 0
