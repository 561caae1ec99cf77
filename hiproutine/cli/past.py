"""Commands that look back: history, stats, doctor."""

import shutil
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date

from hiproutine.cli.command import Command
from hiproutine.cli.console import say, say_json, say_table, say_unreadable, streak_fields
from hiproutine.day.context import Home
from hiproutine.errors import HiproutineError
from hiproutine.history.records import Hurt, Record, SessionRecord, fields_of, written
from hiproutine.history.store import Past
from hiproutine.history.words import day_words, record_words
from hiproutine.text import clean, reason


def history(args: Namespace, home: Home) -> int:
    past = home.store.read()
    records = [record for record in _of_days(past, args.since, args.until) if _is_about(record, args.exercise)]
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


def _of_days(past: Past, since: date | None, until: date | None) -> list[Record]:
    within = (each for each in past.records() if (since or each.day) <= each.day <= (until or each.day))
    return sorted(within, key=lambda record: (record.day, written(record), record.id))


def _is_about(record: Record, exercise: str | None) -> bool:
    match record:
        case SessionRecord():
            return exercise is None or any(step.exercise == exercise for step in record.steps)
        case Hurt():
            return exercise in (None, record.exercise)
    return exercise is None


def stats(args: Namespace, home: Home) -> int:
    from hiproutine.history import days
    from hiproutine.history.totals import totals
    from hiproutine.practice.words import clock_length

    past = home.store.read()
    say_unreadable(past)
    found, streak = totals(past, home.today()), days.streak(past, home.now())
    if args.json:
        fields = found._asdict() | {
            "day": streak.day.isoformat(),
            "first_day": found.first_day and found.first_day.isoformat(),
            "by_week": [{"from": week.isoformat(), "held_ms": held_ms} for week, held_ms in found.by_week],
            "by_exercise": [each._asdict() | {"last_day": each.last_day.isoformat()} for each in found.by_exercise],
        }
        say_json(fields | streak_fields(streak))
        return 0
    say(streak.words())
    if not found.first_day:
        return 0
    if args.plain:
        _say_progress(past, home)
        return 0
    say(f"{found.sessions} sessions on {found.days} days since {found.first_day}, score {streak.score:.0%}.")
    say(f"{clock_length(found.held_ms)} min of exercise in all.")
    say()
    say_table(("WEEK FROM", "MIN"), [(day_words(week), clock_length(held_ms)) for week, held_ms in found.by_week])
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
            for each in found.by_exercise
        ],
    )
    return 0


def _say_progress(past: Past, home: Home) -> None:
    """The tables of the Progress screen."""
    from hiproutine.review import overview

    look = overview.looked_at(past, home.catalogue.exercises, home.now(), home.today() - overview.TABLE_WEEKS)
    width = shutil.get_terminal_size().columns
    for section in overview.sections(look, overview.PARTS):
        if section.rows:
            say(f"\n{section.heading}\n{section.note}")
            say("\n".join(overview.table(section, width)))


def doctor(_: Namespace, home: Home) -> int:
    from hiproutine.history import backup
    from hiproutine.history.days import day_of
    from hiproutine.history.doctor import examine, open_to_others

    folder = clean(str(home.history_folder))
    closed = home.closed_off()
    try:
        found = examine(home.store, home.now(), reversed(backup.taken(home.backups, day_of(home.now()))))
    except OSError as error:
        raise HiproutineError(f"{folder}: {reason(error)}") from error
    say(f"{folder}: {found.records} records in {found.files} files of {found.devices} devices.")
    findings = [*found.findings, *open_to_others(closed)]
    for finding in findings:
        say(f"- {finding}")
    if not findings:
        say("All is well.")
    return 1 if findings else 0


def date_of(word: str) -> date:
    """The date that an argument names. Raises ArgumentTypeError."""
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise ArgumentTypeError(f'"{word}" is not a date such as 2026-11-23') from None


def _history_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--since", type=date_of, metavar="DATE", help="this day and later")
    parser.add_argument("--until", type=date_of, metavar="DATE", help="this day and before")
    parser.add_argument("--exercise", metavar="ID", help="only what is about this exercise")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the records as they stand in the files")
    form.add_argument("--csv", action="store_true", help="one row a practised side, with a line of heads")


def _stats_arguments(parser: ArgumentParser) -> None:
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the same as numbers, times in ms")
    form.add_argument("--plain", action="store_true", help="the tables of the Progress screen")


def _doctor_arguments(_: ArgumentParser) -> None:
    """It takes none."""


COMMANDS = {
    "history": Command(_history_arguments, history),
    "stats": Command(_stats_arguments, stats),
    "doctor": Command(_doctor_arguments, doctor),
}
