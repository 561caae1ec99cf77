"""Commands about sessions: today, rehearse, start, streak."""

import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hiproutine.cli.command import Command
from hiproutine.cli.home import Home
from hiproutine.cli.output import say, say_json, say_table, say_unreadable, streak_fields
from hiproutine.errors import HiproutineError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.coach.session import Session
    from hiproutine.practice.timeline import Segment, Timeline


def today(args: "Namespace", home: Home) -> int:
    from hiproutine.coach import session
    from hiproutine.practice import timeline
    from hiproutine.practice.words import clock_length

    chosen = session.find(home.catalogue, _plan(args.routine))
    line = timeline.compile_session(chosen, home.settings.manner)
    rows = [(item, line.item_ms(number)) for number, item in enumerate(chosen.items)]
    if args.json:
        items = [
            {"exercise": item.exercise.id, "name": item.exercise.name, "seconds": ms // 1000, "dose": item.dose}
            for item, ms in rows
        ]
        day = home.today().isoformat()
        say_json({"day": day, "routine": chosen.routine, "seconds": line.total_ms // 1000, "items": items})
        return 0
    _tell_left_out(home)
    ends = home.now() + timedelta(milliseconds=line.total_ms)
    say(f"{chosen.name}: {clock_length(line.total_ms)} min, ends {ends:%H:%M} if you start now")
    if chosen.honest:
        say(chosen.honest)
    say()
    say_table(("EXERCISE", "TIME", "DOSE"), [(item.exercise.name, clock_length(ms), item.dose) for item, ms in rows])
    return 0


def _plan(ids: list[str]) -> str | None:
    """The plan of what was named on the command line."""
    from hiproutine.coach.session import TOGETHER

    return TOGETHER.join(ids) or None


def _tell_left_out(home: Home) -> None:
    if home.left_out:
        print(f"hiproutine: {home.left_out}", file=sys.stderr)


def rehearse(args: "Namespace", home: Home) -> int:
    from hiproutine.coach import session
    from hiproutine.practice import cues, timeline, words

    line = timeline.compile_session(session.find(home.catalogue, _plan(args.routine)), home.settings.manner)
    if args.json:
        say_json([_segment_fields(line, segment) for segment in line.segments])
        return 0
    for at_ms, cue in cues.scheduled(line):
        minutes, seconds = divmod(at_ms // 1000, 60)
        tone = f"  [{cue.kind}]" if cues.NOTES[cue.kind] else ""
        speech = cues.spoken(line, cue)
        said = f'  says "{speech.text}"' if speech else ""
        say(f"{minutes:02}:{seconds:02}  {words.cue_words(line, cue)}{tone}{said}")
    return 0


def _segment_fields(line: "Timeline", segment: "Segment") -> dict[str, Any]:
    step = line.steps[segment.step]
    return {
        "start_ms": segment.start_ms,
        "length_ms": segment.length_ms,
        "phase": segment.phase,
        "work": segment.work,
        "exercise": step.exercise.id,
        "side": step.side,
        "label": segment.label,
        "where": segment.where,
        "rep": segment.rep,
    }


def start(args: "Namespace", home: Home) -> int:
    from hiproutine.coach import session

    chosen = session.find(home.catalogue, _plan(args.plan))
    if args.plain or not _can_be_drawn_on():
        return _in_lines(home, chosen if args.plan else None)
    return screen(home, chosen)


def screen(home: Home, chosen: "Session | None" = None) -> int:
    """The TUI, on Today or straight in the practice of a session. The only place that imports it."""
    import os

    if not _can_be_drawn_on():
        return _in_lines(home, chosen)
    catalogue, past = home.catalogue, home.past
    if chosen is None and os.path.exists(home.paths.state / "safety-read"):  # noqa: PTH110 -- Path.exists may raise
        from hiproutine.cli import splash
        from hiproutine.coach import session
        from hiproutine.practice.today import today_words

        words = today_words(home.now(), past, session.find(catalogue, None), home.settings.manner)
        splash.paint(words, *os.get_terminal_size())
    from hiproutine import tui
    from hiproutine.cli import backup

    world = tui.World(
        catalogue=catalogue,
        store=home.store,
        clock=home.clock,
        safety_read=home.paths.state / "safety-read",
        settings=home.settings,
        make_sound=home.sound,
        check_sound=home.check_sound,
        save_setting=home.save_setting,
        left_out=home.left_out,
    )
    code = tui.run(world, past, chosen)
    backup.weekly(home)
    return code


def _can_be_drawn_on() -> bool:
    import os

    streams = (sys.stdin, sys.stdout, sys.stderr)
    return (
        all(stream is not None and stream.isatty() for stream in streams) and os.environ.get("TERM", "dumb") != "dumb"
    )


def _in_lines(home: Home, chosen: "Session | None") -> int:
    """Plain mode: what is printed may go anywhere, but keys come from a terminal."""
    if sys.platform == "win32" or sys.stdin is None or not sys.stdin.isatty():
        raise HiproutineError(
            "practising needs a terminal to take its keys from; `hiproutine today` and "
            "`hiproutine rehearse four-everyday` print the session as text"
        )
    from importlib.metadata import version

    from hiproutine.cli import backup, plain
    from hiproutine.cli.keyboard import Keyboard

    catalogue, store, read = home.catalogue, home.store, home.paths.state / "safety-read"
    _tell_left_out(home)
    # The terminal's own notices are escape sequences, and the line that says the same is printed anyway.
    sound = home.sound(home.settings, plain.ring, lambda _: None)
    with Keyboard(sys.stdin.fileno()) as keyboard:
        app = version("hiproutine")
        world = plain.World(
            catalogue, store, home.clock, read, app, home.settings.manner, sound, keyboard.key, plain.say_at_once
        )
        code = plain.run(world, chosen)
    backup.weekly(home)
    return code


def streak(args: "Namespace", home: Home) -> int:
    from hiproutine.history import days

    past = home.store.read(steps_since=date.max)
    found = days.streak(past, home.now())
    say_unreadable(past)
    if args.json:
        say_json(streak_fields(found))
        return 0
    say(found.words())
    if found.best:
        rests = f", {found.recent_rests} of rest" if found.recent_rests else ""
        say(f"{found.recent_words()}{rests}. Score {found.score:.0%}.")
    return 0


_IDS = "id of a routine or an exercise, or of several exercises"


def _today_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("routine", metavar="ID", nargs="*", help=f"{_IDS}; default: today's")
    parser.add_argument("--json", action="store_true", help="day, routine, seconds, items")


def _start_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("plan", metavar="ID", nargs="*", help=f"{_IDS}; default: today's")
    parser.add_argument("--plain", action="store_true", help="as lines of text, for screen readers and logs")


def _rehearse_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("routine", metavar="ID", nargs="+", help=_IDS)
    parser.add_argument("--json", action="store_true", help="the segments of the timeline")


def _streak_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("--json", action="store_true", help="the same as numbers")


COMMANDS = {
    "today": Command(_today_arguments, today),
    "start": Command(_start_arguments, start),
    "rehearse": Command(_rehearse_arguments, rehearse),
    "streak": Command(_streak_arguments, streak),
}
