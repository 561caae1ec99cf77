"""Show the streak."""

from datetime import date
from typing import TYPE_CHECKING

from hiproutine.cli.console import say, say_json, say_unreadable
from hiproutine.cli.json_fields import names, values_of
from hiproutine.cli.streak_fields import STREAK

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Context


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("--json", action="store_true", help=names(STREAK))


def run(args: "Namespace", home: "Context") -> int:
    from hiproutine.history.streak import streak

    past = home.store.read(steps_since=date.max)
    current = streak(past, home.now())
    say_unreadable(past)
    if args.json:
        say_json(values_of(STREAK, current))
        return 0
    say(current.words())
    if current.best:
        rests = f", {current.recent_rests} of rest" if current.recent_rests else ""
        say(f"{current.recent_words()}{rests}. Score {current.score:.0%}.")
    return 0
