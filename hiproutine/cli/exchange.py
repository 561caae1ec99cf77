"""Commands that give the history to other programs, and take from them: export, import."""

import hashlib
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from hiproutine import files
from hiproutine.cli import keeping
from hiproutine.cli.command import Command
from hiproutine.cli.console import say
from hiproutine.cli.keeping import agreed, asking_arguments
from hiproutine.day.context import Home
from hiproutine.errors import HiproutineError, nearest
from hiproutine.exchange import fit, sources
from hiproutine.exchange import habits as others
from hiproutine.exchange.csv import table
from hiproutine.exchange.habits import Entry
from hiproutine.exchange.icalendar import calendar
from hiproutine.history.folder import in_force, union
from hiproutine.history.jsonl import Unreadable
from hiproutine.history.records import Record, SessionRecord
from hiproutine.history.words import day_words
from hiproutine.regular import read_regular
from hiproutine.text import clean, reason

_FILES = {"csv": table, "ics": calendar}
_UNITS = {"seconds": 1000, "minutes": 60_000, "hours": 3_600_000}
_MOST_ENTRIES = 500_000
_MOST_RECORDS = 50_000
"""More than a hundred years of days."""
_MOST_HABITS = 1000
_MOST_TOLD = 100


# ---- export ----


def export(args: Namespace, home: Home) -> int:
    if not (args.csv or args.ics or args.fit):
        return keeping.export(args, home)
    sessions = home.store.read().sessions
    if not sessions:
        raise HiproutineError("there is nothing to export: the history has no session yet")
    if args.fit:
        return _export_fit(args.fit, sessions, home)
    form, path = next((form, path) for form in _FILES if (path := getattr(args, form)))
    if path.exists() and not agreed(args, f"{path} is there already. Write over it?"):
        return 1
    _write(path, _FILES[form](sessions).encode())
    say(f"Written to {clean(str(path))}.")
    return 0


def _export_fit(folder: Path, sessions: Sequence[SessionRecord], home: Home) -> int:
    """Files whose content is what it should be stay as they are, so exporting again adds what is new."""
    strength = {exercise.id for exercise in home.catalogue.exercises.values() if exercise.category == "strength"}
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    written, refused = 0, []
    practised = [session for session in sessions if any(step.held_ms for step in session.steps)]
    for session in practised:
        try:
            content = fit.activity(session, strength)
        except HiproutineError as error:
            refused.append(str(error))
            continue
        path = folder / _fit_name(session)
        if not path.exists() or read_regular(path) != content:
            _write(path, content)
            written += 1
    there = len(practised) - len(refused) - written
    say(f"{_counted(written, 'file')} written to {clean(str(folder))}, {there} there already.")
    for sentence in refused:
        say(f"- {sentence}")
    return 1 if refused else 0


def _fit_name(session: SessionRecord) -> str:
    """The same for good. An id may be any text, so only what is made from it stands in a name."""
    return f"{session.day}-{hashlib.sha256(session.id.encode(errors='surrogatepass')).hexdigest()[:12]}.fit"


def _write(path: Path, content: bytes) -> None:
    """A file that is there whole or not at all. Raises HiproutineError."""
    with _told(path):
        files.write(path, content)


# ---- import ----


def import_(args: Namespace, home: Home) -> int:
    from importlib.metadata import version

    with _told(args.file):
        try:
            name = args.program or sources.program_of(args.file)
        except HiproutineError:
            if args.habit or args.amounts:
                args.wrong("say as well whose file it is, such as --from harsh")
            raise
    if not name:
        return keeping.import_(args, home)
    program = others.PROGRAMS[name]
    if not program.of_many and (args.habit or args.amounts):
        args.wrong("a table has minutes and no habits, so neither --habit nor --amounts goes with --from csv")
    with _told(args.file):
        tables = sources.files(args.file, name)
    found = list(islice((each for table in tables for each in program.read(table)), _MOST_ENTRIES + 1))
    if len(found) > _MOST_ENTRIES:
        raise HiproutineError(
            f"{clean(str(args.file))}: more than {_MOST_ENTRIES:,} entries; nobody can have noted so much"
        )
    entries = [each for each in found if isinstance(each, Entry)]
    unreadable = _unreadable(found)
    if program.of_many:
        entries = _of_habits(entries, args.habit)
    unit_ms = _UNITS[args.amounts] if args.amounts else program.unit_ms
    here = others.Here(home.now(), home.today(), home.clock.zone(), version("hiproutine"))
    made = list(islice(others.records(name, entries, unit_ms, here), _MOST_RECORDS + 1))
    if len(made) > _MOST_RECORDS:
        raise HiproutineError(
            f"{clean(str(args.file))}: more than {_MOST_RECORDS:,} sessions; nobody can have practised so much"
        )
    unreadable += _unreadable(made)
    _add(args, home, [each for each in made if not isinstance(each, Unreadable)])
    return 1 if unreadable else 0


def _unreadable(found: Iterable[object]) -> int:
    """Says what could not be read, line by line, and how many lines they are."""
    sentences = [each for each in found if isinstance(each, Unreadable)]
    for sentence in sentences[:_MOST_TOLD]:
        say(f"- {sentence}")
    if len(sentences) > _MOST_TOLD:
        say(f"- and {len(sentences) - _MOST_TOLD:,} lines more that cannot be read")
    return len(sentences)


def _add(args: Namespace, home: Home, records: Iterable[Record]) -> None:
    """Shows what does not stand in the history, and adds it if the user agrees. What is there stays as it is."""
    from hiproutine.history import days
    from hiproutine.practice import by_hand

    given = {record.id: record for record in records}
    with _told(home.history_folder):
        contents = home.store.contents()
    known = union(record for content in contents.values() for record in content.records)
    voids = in_force(known.values())
    new = sorted(
        (record for record in given.values() if record.id not in known or record.id in voids),
        key=lambda record: record.day,
    )
    there = f"{len(given) - len(new)} are there already" if len(new) < len(given) else "none is there yet"
    if again := sum(record.id in voids for record in new):
        there += f"; taken back before, and to come again: {again}"
    if not new:
        say(f"Nothing to add; {there}." if given else "Nothing to add.")
        return
    sessions = sum(isinstance(record, SessionRecord) for record in new)
    first, last = day_words(new[0].day), day_words(new[-1].day)
    counts = f"{_counted(sessions, 'session')} and {_counted(len(new) - sessions, 'other record')}"
    say(f"To add: {counts}, from {first} to {last}; {there}.")
    if args.dry_run:
        return
    if agreed(args, "Add them to the history?"):
        now = home.now()
        fresh = [record for record in new if record.id not in known]
        back = [by_hand.void(now, void) for record in new for void in voids.get(record.id, ())]
        home.write(*fresh, *back, import_name=by_hand.import_name(now, args.file.name))
        say("Added.")
        say(days.streak(home.store.read(), home.now()).words())
    else:
        say("Nothing was added.")


def _of_habits(entries: Sequence[Entry], habits: Sequence[str]) -> list[Entry]:
    """Those of the habits that the user named, or all if they are of one. Raises HiproutineError."""
    names = list(dict.fromkeys(entry.name for entry in entries))
    if len(names) > _MOST_HABITS:
        raise HiproutineError(f"it holds more than {_MOST_HABITS} habits; nobody can have so many")
    if len(names) > 1 and not habits:
        raise HiproutineError(
            f'it holds {len(names)} habits ({", ".join(names)}); name each that is of the hips, --habit "{names[0]}"'
        )
    chosen = {_habit(habit, names) for habit in habits} or {*names}
    return [entry for entry in entries if entry.name in chosen]


def _habit(word: str, names: Sequence[str]) -> str:
    """The name that the user means. Raises HiproutineError."""
    same = [name for name in names if others.folded(name) == others.folded(word)]
    exact = [name for name in same if name == clean(word)]
    if len(exact or same) == 1:
        return (exact or same)[0]
    there = f"there are {', '.join(names)}" if names else "nothing of it can be read"
    raise HiproutineError(f'no habit is called "{clean(word)}"{nearest(word, [*names])}; {there}')


# ---- both ----


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the system says about a file is something that the user can put right."""
    try:
        yield
    except OSError as error:
        raise HiproutineError(f"{path}: {reason(error)}") from error


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"


def _export_arguments(parser: ArgumentParser) -> None:
    form = parser.add_mutually_exclusive_group()
    form.add_argument("file", metavar="FILE", nargs="?", help="everything; default: hiproutine-DATE.zip")
    form.add_argument("--csv", type=Path, metavar="FILE", help="one row a practised side, for spreadsheets")
    form.add_argument("--ics", type=Path, metavar="FILE", help="the done sessions, for calendars")
    form.add_argument("--fit", type=Path, metavar="FOLDER", help="a file for each session, for training diaries")
    parser.add_argument("--yes", action="store_true", help="write over a file without asking")


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="a zip or .jsonl of ours, harsh's log, Loop's zip, or a table"
    )
    parser.add_argument(
        "--from", dest="program", choices=others.PROGRAMS, help="whose file it is; default: ours, or Loop's zip"
    )
    parser.add_argument("--habit", action="append", default=[], metavar="NAME", help="only this one; may be repeated")
    parser.add_argument("--amounts", choices=_UNITS, help="what an amount is, if it is how long it took")
    asking_arguments(parser)


COMMANDS = {
    "export": Command(_export_arguments, export),
    "import": Command(_import_arguments, import_),
}
