"""Record a session that was done without hiproutine."""

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING

from hiproutine.cli.console import say, say_streak
from hiproutine.cli.dates import day_of
from hiproutine.practice.recording import LATE_DAYS, logged

if TYPE_CHECKING:
    from hiproutine.day.context import Context


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("routine", metavar="ROUTINE", help="id of a routine or an exercise")
    parser.add_argument(
        "--day", default="today", help=f"today, yesterday or a date, up to {LATE_DAYS} days ago; default: today"
    )
    parser.add_argument("--minutes", type=_minutes, metavar="N", help="only the first N minutes were done")


def run(args: Namespace, home: "Context") -> int:
    from importlib.metadata import version

    from hiproutine.coach import session
    from hiproutine.history.words import day_words, record_words
    from hiproutine.practice.resume import course

    day = day_of(args, args.day, home, LATE_DAYS, 0)
    chosen = session.find(home.catalogue, args.routine)
    record = logged(course(chosen, home.settings.manner), home.clock, version("hiproutine"), day, args.minutes)
    home.write(record)
    say(f"Logged for {day_words(day)}: {record_words(record)}.")
    if not record.counts:
        say("The day is not done, because no exercise was finished.")
    say_streak(home)
    return 0


def _minutes(word: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,2}", word):
        raise ArgumentTypeError(f'"{word}" is not a whole number of minutes')
    return int(word)
