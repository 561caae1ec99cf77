"""Practising: on the screen, or in plain mode where nothing can be drawn."""

import sys
from typing import TYPE_CHECKING

from hiproutine.cli.console import warn
from hiproutine.cli.requested import plan_code, refuse_anyway
from hiproutine.errors import HiproutineError

if TYPE_CHECKING:
    from argparse import Namespace

    from hiproutine.day.context import Context
    from hiproutine.day.events import Practise, Start


def start(args: "Namespace", home: "Context") -> int:
    from hiproutine.coach import screening
    from hiproutine.day.events import Consent, Practise, Start

    if not args.plan:
        refuse_anyway(args)
    consent = Consent.ANYWAY if args.anyway else Consent.UNASKED
    first = Practise(screening.find(home.screened, plan_code(args.plan)), consent) if args.plan else Start()
    if args.plain or not _can_be_drawn_on():
        return _in_lines(home, first)
    return screen(home, first)


def screen(home: "Context", first: "Practise | Start | None" = None) -> int:
    """The TUI, on Today or with what `first` leads to. The only place that imports it."""
    import os

    if not _can_be_drawn_on():
        return _in_lines(home, first)
    from hiproutine.day.events import Practise, Start
    from hiproutine.day.runner import Runner

    runner = Runner(home, first.session if isinstance(first, Practise) else None)
    if isinstance(first, Start) and not runner.day.plan.session.items:
        raise HiproutineError(runner.day.plan.session.honest or "")
    if first is None and os.path.exists(home.safety_read):  # noqa: PTH110 -- Path.exists may raise
        from hiproutine.cli import first_paint
        from hiproutine.day.words import today_words

        words = today_words(home.now(), runner.day.past, runner.day.plan, home.settings.manner)
        first_paint.paint(words, *os.get_terminal_size())
    from hiproutine import tui

    code = tui.run(runner, first)
    home.back_up()
    return code


def _can_be_drawn_on() -> bool:
    import os

    streams = (sys.stdin, sys.stdout, sys.stderr)
    return (
        all(stream is not None and stream.isatty() for stream in streams) and os.environ.get("TERM", "dumb") != "dumb"
    )


def _in_lines(home: "Context", first: "Practise | Start | None") -> int:
    """Plain mode: what is printed may go anywhere, but keys come from a terminal."""
    if sys.platform == "win32" or sys.stdin is None or not sys.stdin.isatty():
        raise HiproutineError(
            "practising needs a terminal to take its keys from; `hiproutine today` and "
            "`hiproutine rehearse four-everyday` print the session as text"
        )
    from hiproutine.day.events import Practise
    from hiproutine.day.runner import Runner
    from hiproutine.plain import app as plain
    from hiproutine.plain.keyboard import Keyboard

    if home.left_out:
        warn(home.left_out)
    runner = Runner(home)
    # The terminal's own notices are escape sequences, and the line that says the same is printed anyway.
    sound = home.sound(home.settings, plain.ring, lambda _: None)
    with Keyboard(sys.stdin.fileno()) as keyboard:
        front_end = plain.Plain(runner, sound, keyboard.key, plain.say_at_once)
        code = front_end.run(first if isinstance(first, Practise) else None)
    home.back_up()
    return code
