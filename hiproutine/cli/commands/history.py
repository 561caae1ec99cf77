"""List what you did, day by day."""

from argparse import ArgumentParser, Namespace
from datetime import date
from typing import TYPE_CHECKING

from hiproutine.cli.console import say, say_json, say_table, say_unreadable
from hiproutine.cli.dates import WORDS, since_or_until
from hiproutine.history.records import Hurt, Record, SessionRecord, fields_of
from hiproutine.history.words import record_words
from hiproutine.text import day_words

if TYPE_CHECKING:
    from hiproutine.day.context import Context
    from hiproutine.history.past import Past


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--since", metavar="DAY", help=f"this day and later: {WORDS}")
    parser.add_argument("--until", metavar="DAY", help="this day and earlier")
    parser.add_argument("--exercise", metavar="ID", help="only records of this exercise")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the records as they are in the files")
    form.add_argument("--csv", action="store_true", help="one row per practised side, with a header")


def run(args: Namespace, context: "Context") -> int:
    since, until = (since_or_until(args, word, context) for word in (args.since, args.until))
    past = context.store.read()
    records = [record for record in _of_days(past, since, until) if _is_about(record, args.exercise)]
    say_unreadable(past)
    if args.json:
        say_json([fields_of(record) for record in records])
    elif args.csv:
        from hiproutine.exchange.csv import table

        sessions = (record for record in records if isinstance(record, SessionRecord))
        say(table(sessions, args.exercise).rstrip("\n"))
    elif records:
        say_table(("DAY", "WHAT"), [(day_words(record.day), record_words(record)) for record in records])
    else:
        say("Nothing yet." if args.exercise is None else f"Nothing yet with {args.exercise}.")
    return 0


def _of_days(past: "Past", since: date | None, until: date | None) -> list[Record]:
    within = (each for each in past.all() if (since or each.day) <= each.day <= (until or each.day))
    return sorted(within, key=lambda record: (record.day, record.at, record.id))


def _is_about(record: Record, exercise: str | None) -> bool:
    match record:
        case SessionRecord():
            return exercise is None or any(step.exercise == exercise for step in record.steps)
        case Hurt():
            return exercise in (None, record.exercise)
    return exercise is None
