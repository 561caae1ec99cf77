"""Write everything to one zip file, or the sessions for other programs."""

import hashlib
from argparse import ArgumentTypeError
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from hiproutine.catalogue.vocabulary import CATEGORY
from hiproutine.cli.confirm import write_new
from hiproutine.cli.console import is_standard_output, say, say_unreadable
from hiproutine.cli.file_errors import file_errors
from hiproutine.errors import HiproutineError
from hiproutine.exchange import fit
from hiproutine.exchange.csv import table
from hiproutine.exchange.icalendar import Planned, calendar, plan_calendar
from hiproutine.files import read_regular, write
from hiproutine.history import archive, backup
from hiproutine.history.calendar import WEEKDAYS, day_of
from hiproutine.history.records import SessionRecord
from hiproutine.text import clean, counted, of_file

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Context

_PLANNED_DAYS = 14
_USUAL = time(8)
_FORMATS = {"csv": "FILE.csv", "ics": "FILE.ics", "fit": "FOLDER"}
"""Formats, and what each is written to."""
_TEXTS = {"csv": table, "ics": calendar}


def arguments(parser: "ArgumentParser") -> None:
    form = parser.add_mutually_exclusive_group()
    form.add_argument("file", metavar="FILE", nargs="?", help="everything; default: hiproutine-DATE.zip")
    form.add_argument("--csv", type=Path, metavar="FILE", help="one row per practised side, for spreadsheets")
    form.add_argument("--ics", type=Path, metavar="FILE", help="the finished sessions, for calendars")
    form.add_argument("--fit", type=Path, metavar="FOLDER", help="a file for each session, for training diaries")
    parser.add_argument("--plan", action="store_true", help="with --ics: the coming two weeks instead, with alarms")
    parser.add_argument(
        "--at", type=_time, metavar="TIME", help="with --plan: when; default: as you are reminded, or 8:00"
    )
    parser.add_argument("--yes", action="store_true", help="overwrite a file without asking")


def run(args: "Namespace", context: "Context") -> int:
    if args.file in _FORMATS:
        wanted = f"hiproutine export --{args.file} {_FORMATS[args.file]}"
        args.wrong(f'"{args.file}" is a format: {wanted}; for a zip file of that name ./{args.file}')
    if any(is_standard_output(each) for each in (args.file, args.fit) if each):
        args.wrong("- is standard output, which only --csv and --ics can be written to; for a file of that name ./-")
    if (args.plan and not args.ics) or (args.at and not args.plan):
        args.wrong("the coming two weeks are a calendar: hiproutine export --ics FILE --plan --at 8:00")
    if args.plan:
        return write_new(args.ics, plan_calendar(_planned(args.at, context), context.now()), yes=args.yes)
    if not (args.csv or args.ics or args.fit):
        _export_all(Path(args.file or f"hiproutine-{day_of(context.now())}.zip"), context)
        return 0
    sessions = _sessions(context)
    if not sessions:
        raise HiproutineError("there is nothing to export: the history has no session yet")
    if args.fit:
        return _export_fit(args.fit, sessions, context)
    return write_new(args.csv or args.ics, _TEXTS["csv" if args.csv else "ics"](sessions), yes=args.yes)


def _sessions(context: "Context") -> Sequence[SessionRecord]:
    """Return all sessions; warn of what cannot be read."""
    past = context.store.read()
    say_unreadable(past)
    return past.of(SessionRecord)


def _planned(at: "time | None", context: "Context") -> "Iterator[Planned]":
    """Yield the sessions of the coming days that are neither rest days nor done, as they would be planned now."""
    from hiproutine.coach.planner import todays_or_none
    from hiproutine.history.records import Goal, Rest
    from hiproutine.history.streak import goal_on, streak
    from hiproutine.practice import timeline

    past, today, zone = context.past, context.today(), context.now().tzinfo
    at = at or _reminded(context)
    rests = {each.day for each in past.of(Rest)}
    done = {today} if streak(past, context.now()).done_today else set()
    for day in (today + timedelta(days=number) for number in range(_PLANNED_DAYS)):
        start = datetime.combine(day, at, zone)
        of_rest = day in rests or WEEKDAYS[day.weekday()] in goal_on(past.of(Goal), day).rest_days
        if of_rest or day in done or start < context.now():
            continue
        session = todays_or_none(context.screened, context.profile, context.manner, past, day).session
        if session.items:
            length = timedelta(milliseconds=timeline.compile_session(session, context.manner).total_ms)
            names = tuple(f"{item.exercise.name}, {item.dose}" for item in session.items)
            yield Planned(start, length, session.name, names)


def _reminded(context: "Context") -> time:
    """Return the first time at which one is reminded of the session, or else a usual one."""
    from hiproutine.desktop import schedulers
    from hiproutine.desktop.reminders import Kind

    machine = context.machine
    try:
        found = schedulers.here(machine.environ, machine.which, context.paths.config).installed(Kind.SESSION)
    except HiproutineError:
        found = None
    return found.times[0] if found and found.times else _USUAL


def _time(word: str) -> time:
    from hiproutine.desktop.reminders import time_of

    try:
        return time_of(word)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None


def _export_all(target: Path, context: "Context") -> None:
    """Write everything to a new zip, or to a table if its name ends in .csv."""
    steps = table(_sessions(context))
    try:
        if target.suffix.lower() == ".csv":
            write(target, steps.encode(), new=True)
        else:
            archive.pack(target, backup.sources(context.store, context.settings_file), {archive.CSV: steps})
    except FileExistsError as error:
        raise HiproutineError(f"{target}: exists already; choose another name") from error
    except OSError as error:
        raise HiproutineError(of_file(error, target)) from error
    say(f"Written: {clean(str(target))}")


def _export_fit(folder: Path, sessions: Sequence[SessionRecord], context: "Context") -> int:
    """Write a file for each session, unless it exists with the same content."""
    strength = {
        exercise.id for exercise in context.catalogue.exercises.values() if CATEGORY[exercise.category].strengthens
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
    """Return a stable file name. An id may be any text, so only its hash is used."""
    return f"{session.day}-{hashlib.sha256(session.id.encode(errors='surrogatepass')).hexdigest()[:12]}.fit"
