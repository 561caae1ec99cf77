"""Declare days of rest."""

from typing import TYPE_CHECKING

from hiproutine.cli.console import say, say_streak
from hiproutine.cli.dates import day_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Context


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("days", metavar="DAY", nargs="*", help="today (the default), yesterday, tomorrow or a date")


def run(args: "Namespace", home: "Context") -> int:
    from hiproutine.history.making import rest
    from hiproutine.history.records import Rest
    from hiproutine.history.words import day_words
    from hiproutine.practice.recording import REST_AHEAD_DAYS, REST_PAST_DAYS

    now = home.now()
    words = args.days or ["today"]
    days = [day_of(args, word, home, REST_PAST_DAYS, REST_AHEAD_DAYS) for word in words]
    known = {each.day for each in home.past.of(Rest)}
    home.write(*(rest(now, day) for day in sorted({*days} - known)))
    for day in days:
        say(f"{day_words(day)} is a day of rest{' already' if day in known else ''}.")
    say_streak(home)
    return 0
