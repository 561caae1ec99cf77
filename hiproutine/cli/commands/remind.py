"""Set up reminders with the scheduler of the system, list them, end them; and remind, when the scheduler says so."""

from argparse import SUPPRESS, ArgumentTypeError
from typing import TYPE_CHECKING

from hiproutine.cli.console import say
from hiproutine.desktop.reminders import Kind, Reminder, every, of_program, time_of, times
from hiproutine.text import clean

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterator
    from typing import TypeVar

    from hiproutine.coach.session import Session
    from hiproutine.day.context import Context
    from hiproutine.desktop.schedulers import Change, Command, Scheduler

    T = TypeVar("T")

_NOW, _BREAK = "now", str(Kind.BREAK)


def arguments(parser: "ArgumentParser") -> None:
    when = "times such as 08:00,17:30; break, for micro-breaks; or now, to be reminded at once"
    parser.add_argument("when", metavar="TIMES", nargs="?", help=when)
    parser.add_argument("--weekdays", action="store_true", help="Monday to Friday only; default: every day")
    parser.add_argument(
        "--every", type=_minutes, metavar="N", help="of breaks: every N minutes, 15 to 720; default: 60"
    )
    parser.add_argument("--from", dest="begins", type=_read(time_of), metavar="TIME", help="of breaks; default: 9:00")
    parser.add_argument("--to", dest="ends", type=_read(time_of), metavar="TIME", help="of breaks; default: 17:30")
    parser.add_argument("--dry-run", action="store_true", help="print files and commands, and change nothing")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--list", action="store_true", help="list the reminders (default)")
    instead.add_argument("--off", action="store_true", help="turn all reminders off; with break, those of breaks only")
    parser.add_argument("--for", dest="kind", type=Kind, default=Kind.SESSION, help=SUPPRESS)
    parser.add_argument("--at", type=_read(times), default=(), help=SUPPRESS)


def run(args: "Namespace", context: "Context") -> int:
    if args.when != _BREAK and (args.every or args.begins or args.ends):
        args.wrong("--every, --from and --to are for breaks: hiproutine remind break --every 60")
    if args.when == _NOW:
        _remind(Reminder(args.kind, args.at, args.weekdays), context)
        return 0
    if args.off and args.when not in (None, _BREAK):
        args.wrong("--off turns all reminders off, or with break those of breaks; it takes no times")
    reminder = _wanted(args) if args.when and not args.off else None
    scheduler = _scheduler(context, dry=args.dry_run, needed=bool(reminder))
    if not scheduler:
        say("No reminders are set: neither systemd nor cron runs here.")
        return 0
    if args.off:
        return _off(args, scheduler)
    if args.list or not reminder:
        return _list(scheduler)
    _make(scheduler.on(reminder), dry=args.dry_run)
    if not args.dry_run:
        say(f"{_noun(reminder.kind)} reminder: {reminder.words}. `hiproutine remind --off` turns it off.")
    return 0


def _scheduler(context: "Context", *, dry: bool, needed: bool) -> "Scheduler | None":
    """Return the scheduler that runs here; without one, for a dry run that which might, None if none is `needed`."""
    from hiproutine.desktop import schedulers
    from hiproutine.errors import HiproutineError

    machine = context.machine
    try:
        return schedulers.here(machine.environ, machine.which, context.paths.config)
    except HiproutineError as error:
        if not needed:
            return None
        if not dry:
            raise
        say(f"# {error}. With systemd it would be:")
        return schedulers.Systemd(machine.environ)


def _wanted(args: "Namespace") -> Reminder:
    try:
        if args.when == _BREAK:
            at = every(args.every or 60, args.begins or time_of("9:00"), args.ends or time_of("17:30"))
            return Reminder(Kind.BREAK, at, args.weekdays)
        return Reminder(Kind.SESSION, times(args.when), args.weekdays)
    except ValueError as error:
        args.wrong(str(error))
        raise


def _list(scheduler: "Scheduler") -> int:
    installed = [each for kind in Kind if (each := scheduler.installed(kind))]
    for reminder in installed:
        say(f"{_noun(reminder.kind)}: {reminder.words}")
        for path in scheduler.on(reminder).files:
            say(f"  {clean(str(path))}")
    if not installed:
        say("No reminders are set. `hiproutine remind 08:00 --weekdays` sets one.")
    return 0


def _off(args: "Namespace", scheduler: "Scheduler") -> int:
    for kind in [Kind.BREAK] if args.when else Kind:
        change = scheduler.off(kind)
        if args.dry_run or not change.remove or any(path.exists() for path in change.remove):
            _make(change, dry=args.dry_run)
    if not args.dry_run:
        say("Break reminders are off." if args.when else "All reminders are off.")
    return 0


def _noun(kind: Kind) -> str:
    return "Break" if kind is Kind.BREAK else "Session"


def _make(change: "Change", *, dry: bool) -> None:
    from hiproutine.desktop.schedulers import carry_out, execute

    if dry:
        for line in _in_words(change):
            say(line)
        return
    carry_out(change, execute)
    for path in change.remove:
        say(f"Removed: {clean(str(path))}")
    for path in change.files:
        say(f"Written: {clean(str(path))}")


def _in_words(change: "Change") -> "Iterator[str]":
    yield from _commands(change.before)
    for path in change.remove:
        yield f"# {clean(str(path))} is removed"
    for path, content in change.files.items():
        yield f"# {clean(str(path))}:"
        text = content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8")
        yield from map(clean, text.splitlines())
    yield from _commands(change.after)


def _commands(commands: "tuple[Command, ...]") -> "Iterator[str]":
    from hiproutine.systems import join

    for command in commands:
        yield f"# command: {clean(join(command.words))}"
        yield from map(clean, command.given.decode(errors="replace").splitlines())


# ---- reminding ----


def _remind(reminder: Reminder, context: "Context") -> None:
    """Notify, unless there is no reason to: done, a rest day, practising, too late, or nothing can be done today."""
    if not reminder.is_due(context.now()) or context.store.running():
        return
    from hiproutine.history.streak import streak

    today = streak(context.past, context.now())
    if today.rest_today or (today.done_today and reminder.kind is Kind.SESSION):
        return
    told = _break(context) if reminder.kind is Kind.BREAK else _session(context)
    if told:
        from hiproutine.desktop.notifications import notify

        title, text, words = told
        machine = context.machine
        notify(title, text, of_program(words), machine.environ, machine.which)


def _session(context: "Context") -> tuple[str, str, list[str]] | None:
    from hiproutine.coach.planner import todays_or_none

    plan = todays_or_none(context.screened, context.profile, context.manner, context.past, context.today())
    if not plan.session.items:
        return None
    return _title(plan.session, context), "Today's session is not done yet.", []


def _break(context: "Context") -> tuple[str, str, list[str]] | None:
    from hiproutine.coach.micro_breaks import pick
    from hiproutine.errors import HiproutineError

    try:
        found = pick(context.screened, context.settings.profile, context.past, context.today(), context.now())
    except HiproutineError:  # no break is for this day
        return None
    moves = ", ".join(item.exercise.name for item in found.plan.session.items)
    return _title(found.plan.session, context), f"Time to get up: {moves}.", [_BREAK]


def _title(session: "Session", context: "Context") -> str:
    from hiproutine.practice import timeline

    minutes = -(-timeline.compile_session(session, context.manner).total_ms // 60_000)
    return f"{session.name}, {minutes} min"


# ---- arguments ----


def _minutes(word: str) -> int:
    if not word.isascii() or not word.isdecimal() or not 15 <= int(word) <= 720:
        raise ArgumentTypeError(f'"{word}" is not a number of minutes from 15 to 720')
    return int(word)


def _read(reader: "Callable[[str], T]") -> "Callable[[str], T]":
    """Return the reader as the type of an argument, with its own sentence on what is wrong."""

    def read(word: str) -> "T":
        try:
            return reader(word)
        except ValueError as error:
            raise ArgumentTypeError(str(error)) from None

    return read
