"""Write everything to one zip file, or the sessions for other programs."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hiproutine.catalogue.vocabulary import CATEGORY
from hiproutine.cli.confirm import confirm
from hiproutine.cli.console import say
from hiproutine.cli.file_errors import file_errors
from hiproutine.errors import HiproutineError
from hiproutine.exchange import fit
from hiproutine.exchange.csv import table
from hiproutine.exchange.icalendar import calendar
from hiproutine.files import read_regular, write
from hiproutine.history import archive, backup
from hiproutine.history.calendar import day_of
from hiproutine.history.records import SessionRecord
from hiproutine.text import clean, counted, of_file

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Context

_TEXTS = {"csv": table, "ics": calendar}


def arguments(parser: "ArgumentParser") -> None:
    form = parser.add_mutually_exclusive_group()
    form.add_argument("file", metavar="FILE", nargs="?", help="everything; default: hiproutine-DATE.zip")
    form.add_argument("--csv", type=Path, metavar="FILE", help="one row per practised side, for spreadsheets")
    form.add_argument("--ics", type=Path, metavar="FILE", help="the finished sessions, for calendars")
    form.add_argument("--fit", type=Path, metavar="FOLDER", help="a file for each session, for training diaries")
    parser.add_argument("--yes", action="store_true", help="overwrite a file without asking")


def run(args: "Namespace", home: "Context") -> int:
    if not (args.csv or args.ics or args.fit):
        _export_all(Path(args.file or f"hiproutine-{day_of(home.now())}.zip"), home)
        return 0
    sessions = home.store.read().of(SessionRecord)
    if not sessions:
        raise HiproutineError("there is nothing to export: the history has no session yet")
    if args.fit:
        return _export_fit(args.fit, sessions, home)
    form, path = next((form, path) for form in _TEXTS if (path := getattr(args, form)))
    if path.exists() and not confirm(f"{path} exists already. Overwrite it?", yes=args.yes):
        return 1
    with file_errors(path):
        write(path, _TEXTS[form](sessions).encode())
    say(f"Written: {clean(str(path))}")
    return 0


def _export_all(target: Path, home: "Context") -> None:
    """Write everything to a new zip, or to a table if its name ends in .csv."""
    steps = table(home.store.read().of(SessionRecord))
    try:
        if target.suffix.lower() == ".csv":
            write(target, steps.encode(), new=True)
        else:
            archive.pack(target, backup.sources(home.store, home.settings_file), {archive.CSV: steps})
    except FileExistsError as error:
        raise HiproutineError(f"{target}: exists already; choose another name") from error
    except OSError as error:
        raise HiproutineError(of_file(error, target)) from error
    say(f"Written: {clean(str(target))}")


def _export_fit(folder: Path, sessions: Sequence[SessionRecord], home: "Context") -> int:
    """Write a file for each session that has none yet with this content, so that another export adds only new ones."""
    strength = {
        exercise.id for exercise in home.catalogue.exercises.values() if CATEGORY[exercise.category].strengthens
    }
    with file_errors(folder):
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
            with file_errors(path):
                write(path, content)
            written += 1
    there = len(practised) - len(refused) - written
    say(f"{counted(written, 'file')} written to {clean(str(folder))}, {there} already there.")
    for sentence in refused:
        say(f"- {sentence}")
    return 1 if refused else 0


def _fit_name(session: SessionRecord) -> str:
    """Return a name that stays the same. An id may be any text, so only its hash is part of the name."""
    return f"{session.day}-{hashlib.sha256(session.id.encode(errors='surrogatepass')).hexdigest()[:12]}.fit"
