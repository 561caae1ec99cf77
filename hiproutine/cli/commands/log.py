"""Record a session that was done without hiproutine."""

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING

from hiproutine.cli.console import say, say_logged, say_streak
from hiproutine.cli.dates import WORDS, day_of
from hiproutine.practice.recording import LATE_DAYS, logged

if TYPE_CHECKING:
    from hiproutine.day.context import Context


def arguments(parser: ArgumentParser) -> None:
    parser.epilog = "for example: hiproutine log five-minute --day yesterday"
    parser.add_argument("routine", metavar="ROUTINE", help="id of a routine or an exercise")
    parser.add_argument("--day", metavar="DAY", help=f"{WORDS}; up to {LATE_DAYS} days ago; default: today")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--minutes", type=_minutes, metavar="N", help="only the first N minutes were done")
    how.add_argument("--result", metavar="TEXT", help="what a page of `hiproutine page` shows at its end")


def run(args: Namespace, context: "Context") -> int:
    from importlib.metadata import version

    from hiproutine.coach import session
    from hiproutine.practice.resume import course

    chosen = session.find(context.catalogue, args.routine)
    done, app = course(chosen, context.settings.manner), version("hiproutine")
    if args.result:
        if args.day:
            args.wrong("a result has its day: leave --day out")
        from hiproutine.page import result

        found, exercises = result.read(args.result), context.catalogue.exercises
        records = result.records(found, done, exercises, context.past, context.clock, app=app)
        if not records:
            say("That result is in the history already.")
            return 0
    else:
        day = day_of(args, args.day or "today", context, LATE_DAYS, 0)
        records = [logged(done, context.clock, app, day, args.minutes)]
    context.write(*records)
    for record in records:
        say_logged(record)
    say_streak(context)
    return 0


def _minutes(word: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,2}", word):
        raise ArgumentTypeError(f'"{word}" is not a whole number of minutes')
    return int(word)
