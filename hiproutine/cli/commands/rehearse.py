"""Print every cue of a session with its time, without waiting."""

import sys
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
    from hiproutine.settings.model import GUIDES

    parser.add_argument("routine", metavar="ID", nargs="+", help=IDS)
    parser.add_argument(
        "--guide",
        choices=list(GUIDES),
        metavar="WORD",
        help=f"how much the voice says before an exercise: {', '.join(GUIDES)}; default: as in the settings",
    )
    parser.add_argument("--anyway", action="store_true", help=ANYWAY)
    parser.add_argument("--json", action="store_true", help=f"each segment of the timeline: {names(_SEGMENT)}")


def run(args: "Namespace", context: "Context") -> int:
    from hiproutine.coach.requested import sentences
    from hiproutine.practice import timeline
    from hiproutine.practice.words import rehearsal

    plan = requested(args.routine, context, anyway=args.anyway)
    manner = context.manner
    if args.guide:
        manner = manner._replace(guide=args.guide, familiar=manner.familiar or frozenset())
    line = timeline.compile_session(plan.session, manner)
    for sentence in sentences(plan):
        warn(sentence)
    if args.json:
        say_json([values_of(_SEGMENT, line, segment) for segment in line.segments])
        return 0
    before = None
    for item, words in rehearsal(line):
        if item != before and sys.stdout.isatty():
            from hiproutine.cli.drawing import say_figure

            say_figure(plan.session.items[item].exercise.id, context)
        before = item
        say(words)
    return 0
