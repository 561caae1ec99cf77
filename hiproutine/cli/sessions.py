"""Practising: on the screen, or in plain mode where nothing can be drawn."""

import sys
from typing import TYPE_CHECKING

from hiproutine.cli.console import warn
from hiproutine.cli.requested import plan_code, refuse_anyway
from hiproutine.day.context import Home
from hiproutine.errors import HiproutineError

if TYPE_CHECKING:
    from argparse import Namespace

    from hiproutine.coach.session import Session


def start(args: "Namespace", home: Home) -> int:
    from hiproutine.coach import screening
    from hiproutine.history.unsaved import Unsaved

    if not args.plan:
        refuse_anyway(args)
    Unsaved(home.store).take_up()
    chosen = screening.find(home.screened, plan_code(args.plan)) if args.plan else None
    if args.plain or not _can_be_drawn_on():
        return _in_lines(home, chosen, anyway=args.anyway)
    return screen(home, chosen or home.todays.session, anyway=args.anyway)


def screen(home: Home, chosen: "Session | None" = None, *, anyway: bool = False) -> int:
    """The TUI, on Today or straight in the practice of a session. The only place that imports it."""
    import os

    if not _can_be_drawn_on():
        return _in_lines(home, chosen, anyway=anyway)
    from hiproutine.coach.planner import todays_or_none
    from hiproutine.history.unsaved import Unsaved

    Unsaved(home.store).take_up()
    settings, past = home.settings, home.past
    todays = todays_or_none(home.screened, settings.profile, settings.manner, past, home.today())
    if chosen is None and os.path.exists(home.safety_read):  # noqa: PTH110 -- Path.exists may raise
        from hiproutine.cli import first_paint
        from hiproutine.day.words import today_words

        words = today_words(home.now(), past, todays, settings.manner)
        first_paint.paint(words, *os.get_terminal_size())
    from hiproutine import tui

    world = tui.World(
        screened=home.screened,
        store=home.store,
        clock=home.clock,
        safety_read=home.safety_read,
        settings=settings,
        todays=todays,
        make_sound=home.sound,
        check_sound=home.check_sound,
        save_setting=home.save_setting,
        own=home.own,
        load=home.load,
        open_link=home.open_link,
        knows_host=home.knows_host,
        remember_host=home.remember_host,
        left_out=home.left_out,
        hidden=home.hidden,
    )
    code = tui.run(world, past, chosen, anyway=anyway)
    home.back_up()
    return code


def _can_be_drawn_on() -> bool:
    import os

    streams = (sys.stdin, sys.stdout, sys.stderr)
    return (
        all(stream is not None and stream.isatty() for stream in streams) and os.environ.get("TERM", "dumb") != "dumb"
    )


def _in_lines(home: Home, chosen: "Session | None", *, anyway: bool) -> int:
    """Plain mode: what is printed may go anywhere, but keys come from a terminal."""
    if sys.platform == "win32" or sys.stdin is None or not sys.stdin.isatty():
        raise HiproutineError(
            "practising needs a terminal to take its keys from; `hiproutine today` and "
            "`hiproutine rehearse four-everyday` print the session as text"
        )
    from importlib.metadata import version

    from hiproutine.history.unsaved import Unsaved
    from hiproutine.plain import app as plain
    from hiproutine.plain.keyboard import Keyboard

    store, read = home.store, home.safety_read
    if home.left_out:
        warn(home.left_out)
    # The terminal's own notices are escape sequences, and the line that says the same is printed anyway.
    sound = home.sound(home.settings, plain.ring, lambda _: None)
    with Keyboard(sys.stdin.fileno()) as keyboard:
        app = version("hiproutine")
        world = plain.World(
            screened=home.screened,
            store=store,
            unsaved=Unsaved(store),
            clock=home.clock,
            safety_read=read,
            app=app,
            manner=home.settings.manner,
            todays=home.planned,
            sound=sound,
            keys=keyboard.key,
            say=plain.say_at_once,
            profile=home.settings.profile,
        )
        code = plain.run(world, chosen, anyway=anyway)
    home.back_up()
    return code
