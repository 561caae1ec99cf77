"""Commands about sessions: today, rehearse, start, streak."""

import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hiproutine.cli.command import Command
from hiproutine.cli.console import say, say_json, say_session, say_unreadable, streak_fields
from hiproutine.day.context import Home
from hiproutine.errors import HiproutineError, nearest

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from hiproutine.coach.planner import Left, Plan
    from hiproutine.coach.session import Item
    from hiproutine.day.events import Practise, Start
    from hiproutine.practice.timeline import Segment, Timeline


def today(args: "Namespace", home: Home) -> int:
    from hiproutine.practice import timeline

    planned = _planned(args, home)
    line = timeline.compile_session(planned.session, home.settings.manner)
    if args.json:
        say_json(_fields(planned, line, home))
        return 0
    _tell_left_out(home)
    _say_plan(planned, line, home)
    if args.why:
        _say_left_out(planned.left_out)
    return 0


def _fields(planned: "Plan", line: "Timeline", home: Home) -> dict[str, Any]:
    from hiproutine.catalogue.model import whole_dose

    return {
        "day": home.today().isoformat(),
        "routine": planned.session.routine,
        "plan": planned.session.plan,
        "seconds": line.total_ms // 1000,
        "items": [
            {
                "exercise": item.exercise.id,
                "name": item.exercise.name,
                "seconds": line.item_ms(number) // 1000,
                "dose": item.dose,
                **({"why": why} if why else {}),
                **({"careful": careful} if (careful := _careful(item, home)) else {}),
            }
            for number, (item, why) in enumerate(zip(planned.session.items, planned.reasons, strict=True))
        ],
        "notes": planned.notes,
        "left_out": [{"exercise": left.exercise.id, "why": left.why} for left in planned.left_out],
        "suggestions": [
            {
                "exercise": each.exercise.id,
                "dose": whole_dose(each.exercise, each.prescription),
                "instead_of": each.instead.id,
                "words": each.words,
            }
            for each in planned.suggestions
        ],
    }


def _say_plan(planned: "Plan", line: "Timeline", home: Home) -> None:
    from hiproutine.practice.words import clock_length

    chosen = planned.session
    ends = home.now() + timedelta(milliseconds=line.total_ms)
    say(f"{chosen.name}: {clock_length(line.total_ms)} min, ends {ends:%H:%M} if you start now")
    for sentence in filter(None, (chosen.honest, *planned.notes)):
        say(sentence)
    say()
    table = [
        (item.exercise.name, clock_length(line.item_ms(number)), item.dose, "; ".join(why))
        for number, (item, why) in enumerate(zip(chosen.items, planned.reasons, strict=True))
    ]
    if any(planned.reasons):
        say_session(("EXERCISE", "TIME", "DOSE", "WHY"), table)
    else:
        say_session(("EXERCISE", "TIME", "DOSE"), [row[:3] for row in table])
    for item in chosen.items:
        if careful := _careful(item, home):
            say(f"Careful with {item.exercise.name}: {' '.join(careful)}")
    for suggestion in planned.suggestions:
        say(f"Ready for more: {suggestion.words}.")


def _careful(item: "Item", home: Home) -> tuple[str, ...]:
    from hiproutine.coach import screening

    return screening.cautions(item.exercise, home.settings.profile.conditions)


def _planned(args: "Namespace", home: Home) -> "Plan":
    """What the coach plans, or what was named."""
    from hiproutine.coach.planner import todays
    from hiproutine.coach.profile import for_today

    profile = for_today(
        home.settings.profile,
        minutes=args.minutes,
        focus=args.focus,
        no_floor=args.no_floor,
        equipment=args.equipment,
    )
    asked = args.minutes or args.focus or args.no_floor or args.equipment is not None
    if asked and args.routine:
        args.wrong("--minutes, --focus, --no-floor and --equipment are for the coach, who chooses without an ID")
    if args.routine:
        return _named(args.routine, home, args)
    _needs_an_id(args)
    if (asked or args.why) and not profile.minutes:
        args.wrong("the coach has to know the time: --minutes N, or the line `minutes: N` in settings.yaml")
    return todays(home.screened, profile, home.settings.manner, home.past, home.today())


def _named(ids: list[str], home: Home, args: "Namespace") -> "Plan":
    """What was named as it will be done today. Raises HiproutineError where pain leaves nothing of it."""
    from hiproutine.coach import screening
    from hiproutine.coach.requested import named

    session = screening.find(home.screened, _plan(ids))
    plan = named(home.screened, session, home.past, home.today(), anyway=args.anyway)
    if not plan.session.items:
        raise HiproutineError(f"nothing of it is for today. {' '.join(plan.notes)} If you decide otherwise: --anyway")
    return plan


def _needs_an_id(args: "Namespace") -> None:
    if args.anyway:
        args.wrong("--anyway is for what you name: give an ID as well")


def _say_left_out(left_out: "Sequence[Left]") -> None:
    import shutil
    import textwrap

    from hiproutine.coach.planner import by_reason

    width = shutil.get_terminal_size().columns
    say()
    say("Left out:")
    for why, names in by_reason(left_out).items():
        say(textwrap.fill(f"- {why}: {', '.join(names)}", width, subsequent_indent="  ", break_on_hyphens=False))


def _plan(ids: list[str]) -> str | None:
    """The plan of what was named on the command line."""
    from hiproutine.coach.session import TOGETHER

    return TOGETHER.join(ids) or None


def _tell_left_out(home: Home) -> None:
    if home.left_out:
        print(f"hiproutine: {home.left_out}", file=sys.stderr)


def rehearse(args: "Namespace", home: Home) -> int:
    from hiproutine.coach.requested import sentences
    from hiproutine.practice import rehearsal, timeline

    plan = _named(args.routine, home, args)
    line = timeline.compile_session(plan.session, home.settings.manner)
    for sentence in sentences(plan):
        print(f"hiproutine: {sentence}", file=sys.stderr)
    if args.json:
        say_json([_segment_fields(line, segment) for segment in line.segments])
        return 0
    for words in rehearsal.lines(line):
        say(words)
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
    from hiproutine.coach import screening
    from hiproutine.day.events import Consent, Practise, Start

    if not args.plan:
        _needs_an_id(args)
    consent = Consent.ANYWAY if args.anyway else Consent.UNASKED
    first = Practise(screening.find(home.screened, _plan(args.plan)), consent) if args.plan else Start()
    if args.plain or not _can_be_drawn_on():
        return _in_lines(home, first)
    return screen(home, first)


def screen(home: Home, first: "Practise | Start | None" = None) -> int:
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


def _in_lines(home: Home, first: "Practise | Start | None") -> int:
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

    _tell_left_out(home)
    runner = Runner(home)
    # The terminal's own notices are escape sequences, and the line that says the same is printed anyway.
    sound = home.sound(home.settings, plain.ring, lambda _: None)
    with Keyboard(sys.stdin.fileno()) as keyboard:
        front_end = plain.Plain(runner, sound, keyboard.key, plain.say_at_once)
        code = front_end.run(first if isinstance(first, Practise) else None)
    home.back_up()
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


def _minutes(given: str) -> int:
    from argparse import ArgumentTypeError

    if given.isdecimal() and 1 <= int(given) <= 240:
        return int(given)
    raise ArgumentTypeError(f'"{given}" is not a whole number from 1 to 240')


def _equipment(given: str) -> tuple[str, ...]:
    from argparse import ArgumentTypeError

    from hiproutine.catalogue.vocabulary import EQUIPMENT

    words = () if given == "none" else tuple(word.strip() for word in given.split(","))
    for word in words:
        if word not in EQUIPMENT:
            wanted = ", ".join(EQUIPMENT)
            raise ArgumentTypeError(f'"{word}" is not one of {wanted}{nearest(word, list(EQUIPMENT))}')
    return words


_ANYWAY = "in full, whatever pain says; never what your screening hides"
_IDS = "id of a routine or an exercise, or of several exercises"


def _today_arguments(parser: "ArgumentParser") -> None:
    from hiproutine.catalogue.vocabulary import DOSED_AREAS, EQUIPMENT

    focus = f"more of an area today, may be given again: {', '.join(DOSED_AREAS)}"
    gear = f"at hand today, besides a wall: {', '.join(EQUIPMENT)}; or none"
    parser.add_argument("routine", metavar="ID", nargs="*", help=f"{_IDS}; default: today's")
    parser.add_argument("--minutes", type=_minutes, metavar="N", help="what the coach chooses for N minutes")
    parser.add_argument("--focus", action="append", default=[], choices=list(DOSED_AREAS), metavar="AREA", help=focus)
    parser.add_argument("--no-floor", action="store_true", help="nothing on the floor today")
    parser.add_argument("--equipment", type=_equipment, metavar="A,B", help=gear)
    parser.add_argument("--why", action="store_true", help="what was left out as well, and why")
    parser.add_argument("--anyway", action="store_true", help=_ANYWAY)
    fields = "day, routine, plan, seconds, items, notes, left_out, suggestions"
    parser.add_argument("--json", action="store_true", help=fields)


def _start_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("plan", metavar="ID", nargs="*", help=f"{_IDS}; default: today's")
    parser.add_argument("--plain", action="store_true", help="as lines of text, for screen readers and logs")
    parser.add_argument("--anyway", action="store_true", help=_ANYWAY)


def _rehearse_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("routine", metavar="ID", nargs="+", help=_IDS)
    parser.add_argument("--anyway", action="store_true", help=_ANYWAY)
    parser.add_argument("--json", action="store_true", help="the segments of the timeline")


def _streak_arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("--json", action="store_true", help="the same as numbers")


COMMANDS = {
    "today": Command(_today_arguments, today),
    "start": Command(_start_arguments, start),
    "rehearse": Command(_rehearse_arguments, rehearse),
    "streak": Command(_streak_arguments, streak),
}
