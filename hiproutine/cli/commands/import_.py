"""Add missing records from a zip of hiproutine or from another program."""

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from hiproutine.cli import archives, confirm
from hiproutine.cli.console import say, say_streak
from hiproutine.cli.file_errors import file_errors
from hiproutine.errors import HiproutineError, nearest
from hiproutine.exchange import formats, habits
from hiproutine.exchange.habits import Entry
from hiproutine.history import archive
from hiproutine.history.jsonl import Unreadable
from hiproutine.history.past import in_force, union
from hiproutine.history.records import Record, SessionRecord
from hiproutine.text import clean, counted, day_words

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Context

_UNITS = {"seconds": 1000, "minutes": 60_000, "hours": 3_600_000}
_MOST_ENTRIES = 500_000
_MOST_RECORDS = 50_000
"""More than a record a day for a hundred years."""
_MOST_HABITS = 1000
_MOST_TOLD = 100


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="a zip or .jsonl of hiproutine, Loop's zip, or a file of the program named by --from",
    )
    parser.add_argument(
        "--from", dest="program", choices=habits.PROGRAMS, help="its program; default: hiproutine or Loop, detected"
    )
    parser.add_argument("--habit", action="append", default=[], metavar="NAME", help="only this habit; may be repeated")
    parser.add_argument("--amounts", choices=_UNITS, help="the unit of the amounts, if they are times")
    confirm.add_arguments(parser)


def run(args: "Namespace", context: "Context") -> int:
    with file_errors(args.file):
        try:
            program = args.program or formats.program_of(args.file)
        except HiproutineError:
            if args.habit or args.amounts:
                args.wrong("name the program as well, such as --from harsh")
            raise
    if not program:
        return archives.add(args, context, args.file, archive.read(args.file))
    records, unreadable = _records(args, context, program)
    return max(_add(args, context, records), 1 if unreadable else 0)


def _records(args: "Namespace", context: "Context", name: str) -> tuple[list[Record], int]:
    """Return the records from another program's file, and the number of unreadable lines."""
    from importlib.metadata import version

    program = habits.PROGRAMS[name]
    if not program.of_many and (args.habit or args.amounts):
        args.wrong("a table has minutes and no habits: leave out --habit and --amounts with --from csv")
    with file_errors(args.file):
        tables = formats.files(args.file, name)
    lines = list(islice((each for table in tables for each in program.read(table)), _MOST_ENTRIES + 1))
    if len(lines) > _MOST_ENTRIES:
        raise HiproutineError(f"{clean(str(args.file))}: more than {_MOST_ENTRIES:,} entries, which cannot be right")
    entries = [each for each in lines if isinstance(each, Entry)]
    unreadable = _say_unreadable(lines)
    if program.of_many:
        entries = _of_habits(entries, args.habit)
    unit_ms = _UNITS[args.amounts] if args.amounts else program.unit_ms
    here = habits.Here(context.now(), context.today(), context.clock.zone(), version("hiproutine"))
    made = list(islice(habits.records(name, entries, unit_ms, here), _MOST_RECORDS + 1))
    if len(made) > _MOST_RECORDS:
        raise HiproutineError(f"{clean(str(args.file))}: more than {_MOST_RECORDS:,} sessions, which cannot be right")
    unreadable += _say_unreadable(made)
    return [each for each in made if not isinstance(each, Unreadable)], unreadable


def _say_unreadable(lines: Iterable[object]) -> int:
    """Print the unreadable lines, and return their number."""
    sentences = [each for each in lines if isinstance(each, Unreadable)]
    for sentence in sentences[:_MOST_TOLD]:
        say(f"- {sentence}")
    if len(sentences) > _MOST_TOLD:
        say(f"- and {len(sentences) - _MOST_TOLD:,} more unreadable lines")
    return len(sentences)


def _add(args: "Namespace", context: "Context", records: Iterable[Record]) -> int:
    """Preview the records that the history lacks, and add them if the user agrees. Existing ones stay as they are.

    Returns the exit code.
    """
    from hiproutine.history import making

    given = {record.id: record for record in records}
    with file_errors(context.history_folder):
        contents = context.store.contents()
    known = union(record for content in contents.values() for record in content.records)
    voids = in_force(known.values())
    new = sorted(
        (record for record in given.values() if record.id not in known or record.id in voids),
        key=lambda record: record.day,
    )
    there = f"{len(given) - len(new)} already there" if len(new) < len(given) else "none already there"
    if again := sum(record.id in voids for record in new):
        there += f"; taken back before, to be restored: {again}"
    if not new:
        say(f"Nothing to add; {there}." if given else "Nothing to add.")
        return 0
    sessions = sum(isinstance(record, SessionRecord) for record in new)
    first, last = day_words(new[0].day), day_words(new[-1].day)
    counts = f"{counted(sessions, 'session')} and {counted(len(new) - sessions, 'other record')}"
    say(f"To add: {counts}, from {first} to {last}; {there}.")
    if args.dry_run:
        return 0
    if not confirm.confirm("Add them to the history?", yes=args.yes):
        say("Nothing was added.")
        return 1
    now = context.now()
    fresh = [record for record in new if record.id not in known]
    back = [making.void(now, void) for record in new for void in voids.get(record.id, ())]
    context.write(*fresh, *back, import_name=making.import_name(now, args.file.name))
    say("Added.")
    say_streak(context)
    return 0


def _of_habits(entries: Sequence[Entry], wanted: Sequence[str]) -> list[Entry]:
    """Return the entries of the wanted habits, or all if there is only one habit. Raises HiproutineError."""
    names = list(dict.fromkeys(entry.name for entry in entries))
    if len(names) > _MOST_HABITS:
        raise HiproutineError(f"the file has more than {_MOST_HABITS} habits, which cannot be right")
    if len(names) > 1 and not wanted:
        raise HiproutineError(
            f'the file has {len(names)} habits ({", ".join(names)}); name each one for your hips: --habit "{names[0]}"'
        )
    chosen = {_habit(habit, names) for habit in wanted} or {*names}
    return [entry for entry in entries if entry.name in chosen]


def _habit(word: str, names: Sequence[str]) -> str:
    """Return the name that the user means. Raises HiproutineError."""
    same = [name for name in names if habits.folded(name) == habits.folded(word)]
    exact = [name for name in same if name == clean(word)]
    if len(exact or same) == 1:
        return (exact or same)[0]
    there = f"the file has {', '.join(names)}" if names else "nothing in the file can be read"
    raise HiproutineError(f'there is no habit "{clean(word)}"{nearest(word, [*names])}; {there}')
