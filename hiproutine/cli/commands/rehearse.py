"""Print every cue of a session with its time, without waiting."""

from typing import TYPE_CHECKING

from hiproutine.cli.console import say, say_json, warn
from hiproutine.cli.json_fields import Fields, names, values_of
from hiproutine.cli.requested import ANYWAY, IDS, requested

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Context
    from hiproutine.practice.timeline import Segment, Timeline

_SEGMENT: "Fields[Timeline, Segment]" = {
    "start_ms": lambda _, segment: segment.start_ms,
    "length_ms": lambda _, segment: segment.length_ms,
    "phase": lambda _, segment: segment.phase,
    "work": lambda _, segment: segment.work,
    "exercise": lambda line, segment: line.steps[segment.step].exercise.id,
    "side": lambda line, segment: line.steps[segment.step].side,
    "label": lambda _, segment: segment.label,
    "where": lambda _, segment: segment.where,
    "rep": lambda _, segment: segment.rep,
}


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("routine", metavar="ID", nargs="+", help=IDS)
    parser.add_argument("--anyway", action="store_true", help=ANYWAY)
    parser.add_argument("--json", action="store_true", help=f"each segment of the timeline: {names(_SEGMENT)}")


def run(args: "Namespace", home: "Context") -> int:
    from hiproutine.coach.requested import sentences
    from hiproutine.practice import rehearsal, timeline

    plan = requested(args.routine, home, anyway=args.anyway)
    line = timeline.compile_session(plan.session, home.settings.manner)
    for sentence in sentences(plan):
        warn(sentence)
    if args.json:
        say_json([values_of(_SEGMENT, line, segment) for segment in line.segments])
        return 0
    for words in rehearsal.lines(line):
        say(words)
    return 0
