"""Practising: on the screen, or in plain mode where nothing can be drawn."""

import sys
from typing import TYPE_CHECKING

from hiproutine import systems
from hiproutine.cli.console import warn
from hiproutine.cli.requested import plan_code, refuse_anyway
from hiproutine.errors import HiproutineError

if TYPE_CHECKING:
    from argparse import Namespace

    from hiproutine.coach.session import Session
    from hiproutine.day.context import Context
    from hiproutine.day.events import Practise, Start
    from hiproutine.settings.model import Settings
    from hiproutine.sound.output import Output


def start(args: "Namespace", context: "Context") -> int:
    from hiproutine.coach import screening
    from hiproutine.day.events import Consent, Practise, Start

    if not args.plan:
        refuse_anyway(args)
    consent = Consent.ANYWAY if args.anyway else Consent.UNASKED
    first = Practise(screening.find(context.screened, plan_code(args.plan)), consent) if args.plan else Start()
    if args.plain or not systems.has_screen():
        return _in_lines(context, first)
    return screen(context, first)


def screen(context: "Context", first: "Practise | Start | None" = None) -> int:
    """Run the TUI, starting with Today or with `first`. The only place that imports it."""
    import os

    if not systems.has_screen():
        return _in_lines(context, first)
    from hiproutine.day.events import Start
    from hiproutine.day.runner import Runner

    runner = Runner(context)
    if isinstance(first, Start) and not runner.day.plan.session.items:
        raise HiproutineError(runner.day.plan.session.honest or "")
    at_terminal = systems.takes_escapes(sys.stdout)  # and not only a driver of Textual that draws elsewhere
    if first is None and at_terminal and os.path.exists(context.safety_read):  # noqa: PTH110 -- Path.exists may raise
        from hiproutine.cli import first_paint
        from hiproutine.day.words import today_words

        words = today_words(context.now(), runner.day.past, runner.day.plan, runner.day.manner)
        first_paint.paint(words, *os.get_terminal_size())
    from hiproutine import tui

    code = tui.run(runner, first)
    context.back_up()
    return code


def micro_break(context: "Context", session: "Session", *, silent: bool) -> int:
    """Practise a micro-break at once, in lines; pain was asked for its dose already."""
    from hiproutine.day.events import Consent, Practise

    return _in_lines(context, Practise(session, Consent.EASED), silent=silent)


def _printing(first: "Practise | Start | None") -> str:
    """Return the command that prints the session that was asked for."""
    from hiproutine.day.events import Practise

    if not isinstance(first, Practise):
        return "hiproutine today"
    session = first.session
    return f"hiproutine rehearse {session.routine or ' '.join(item.exercise.id for item in session.items)}"


def _in_lines(context: "Context", first: "Practise | Start | None", *, silent: bool = False) -> int:
    """Run plain mode: output may go anywhere, but keys are read from a terminal."""
    if sys.platform == "win32" or sys.stdin is None or not sys.stdin.isatty():
        raise HiproutineError(f"practising needs a terminal for its keys; `{_printing(first)}` prints it as text")
    from hiproutine.day.events import Practise
    from hiproutine.day.runner import Runner
    from hiproutine.plain import app as plain
    from hiproutine.plain.keyboard import Keyboard

    if context.catalogue_problems:
        warn(context.catalogue_problems)
    runner = Runner(context)

    def sound(settings: "Settings") -> "Output":
        heard = settings._replace(sound="silent") if silent else settings
        # Terminal notifications are escape sequences, and the same text is printed anyway.
        return context.sound(heard, plain.ring, lambda _: None)

    with Keyboard(sys.stdin.fileno()) as keyboard:
        open_remote = lambda: keyboard.watch(context.remote())  # noqa: E731 -- a function of one line
        front_end = plain.Plain(runner, sound, keyboard.key, plain.say_at_once, open_remote)
        code = front_end.run(first if isinstance(first, Practise) else None)
    context.back_up()
    return code
