"""Declare rest days."""

from typing import TYPE_CHECKING

from hiproutine.cli.console import say, say_streak
from hiproutine.cli.dates import days_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date

    from hiproutine.day.context import Context


_DAYS = "today (the default), tomorrow, a weekday, in-2-days, a date, or a span such as 2026-12-24..2027-01-02"


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("days", metavar="DAY", nargs="*", help=_DAYS)


def run(args: "Namespace", context: "Context") -> int:
    from hiproutine.history.making import rests
    from hiproutine.history.records import Rest
    from hiproutine.practice.recording import REST_AHEAD_DAYS, REST_PAST_DAYS

    words = args.days or ["today"]
    spans = [days_of(args, word, context, REST_PAST_DAYS, REST_AHEAD_DAYS) for word in words]
    days = {day for span in spans for day in span}
    known = {each.day for each in context.past.of(Rest)}
    context.write(*rests(context.now(), sorted(days - known)))
    for span in spans:
        say(_told(span, known))
    say_streak(context)
    return 0


def _told(span: "Sequence[date]", known: "AbstractSet[date]") -> str:
    from hiproutine.text import counted, day_words

    if len(span) == 1:
        return f"{day_words(span[0])} is {'already ' if span[0] in known else ''}a rest day."
    days = f"{day_words(span[0])} to {day_words(span[-1])}: {counted(len(span), 'rest day')}"
    before = sum(day in known for day in span)
    return f"{days}, {before} of them already." if before else f"{days}."
