"""Commands about sessions: today, rehearse, start, streak."""

import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hiproutine.cli.command import Command
from hiproutine.cli.home import Home
from hiproutine.cli.output import say, say_json, say_table
from hiproutine.errors import HiproutineError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

    from hiproutine.coach.session import Session
    from hiproutine.practice.timeline import Segment, Timeline
    from hiproutine.sound.output import Output


def today(args: "Namespace", home: Home) -> int:
    from hiproutine.coach import session
    from hiproutine.practice import timeline
    from hiproutine.practice.words import clock_length

    chosen = session.find(home.catalogue, args.routine)
    line = timeline.compile_session(chosen)
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


def _tell_left_out(home: Home) -> None:
    if home.left_out:
        print(f"hiproutine: {home.left_out}", file=sys.stderr)


def rehearse(args: "Namespace", home: Home) -> int:
    from hiproutine.coach import session
    from hiproutine.practice import cues, timeline, words

    line = timeline.compile_session(session.find(home.catalogue, args.routine))
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
    }


def start(args: "Namespace", home: Home) -> int:
    from hiproutine.coach import session

    chosen = session.find(home.catalogue, args.plan)
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

        splash.paint(today_words(home.now(), past, session.find(catalogue, None), None), *os.get_terminal_size())
    from hiproutine import tui

    world = tui.World(
        catalogue,
        home.store,
        home.clock,
        home.paths.state / "safety-read",
        _sound_maker(home),
        left_out=home.left_out,
    )
    return tui.run(world, past, chosen)


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

    from hiproutine.cli import plain
    from hiproutine.cli.keyboard import Keyboard

    catalogue, store, read = home.catalogue, home.store, home.paths.state / "safety-read"
    _tell_left_out(home)
    # The terminal's own notices are escape sequences, and the line that says the same is printed anyway.
    sound = _sound_maker(home)(plain.ring, lambda _: None)
    with Keyboard(sys.stdin.fileno()) as keyboard:
        app = version("hiproutine")
        world = plain.World(catalogue, store, home.clock, read, app, sound, keyboard.key, plain.say_at_once)
        return plain.run(world, chosen)


def _sound_maker(home: Home) -> "Callable[[Callable[[], None], Callable[[str], None]], Output]":
    settings = home.settings

    def make_sound(bell: "Callable[[], None]", notify: "Callable[[str], None]") -> "Output":
        from hiproutine.sound.output import Mode, Sound

        mode, folder = Mode(settings.sound), home.paths.cache / "tones"
        return Sound(mode, settings.volume, folder, home.machine, bell=bell, notify=notify)

    return make_sound


def streak(args: "Namespace", home: Home) -> int:
    from hiproutine.history import days

    past = home.past
    found = days.streak(days.done_days(past.sessions), home.today())
    for sentence in past.unreadable:
        print(f"hiproutine: {sentence} (kept, not counted)", file=sys.stderr)
    if args.json:
        fields = {"day": found.day.isoformat(), "streak": found.current, "best": found.best}
        say_json(fields | {"done_today": found.done_today})
        return 0
    say(found.words())
    return 0


def _today_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("routine", metavar="ROUTINE", nargs="?", help="id of a routine; default: today's")
    parser.add_argument("--json", action="store_true", help="day, routine, seconds, items")


def _start_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("plan", metavar="ID", nargs="?", help="id of a routine or an exercise; default: today's")
    parser.add_argument("--plain", action="store_true", help="as lines of text, for screen readers and logs")


def _rehearse_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("routine", metavar="ROUTINE", help="id of a routine or an exercise")
    parser.add_argument("--json", action="store_true", help="the segments of the timeline")


def _streak_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("--json", action="store_true", help="day, streak, best, done_today")


COMMANDS = {
    "today": Command(_today_arguments, today),
    "start": Command(_start_arguments, start),
    "rehearse": Command(_rehearse_arguments, rehearse),
    "streak": Command(_streak_arguments, streak),
}
