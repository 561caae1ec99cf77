"""Practise a micro-break: one or two moves between hours of sitting, silent unless asked."""

from typing import TYPE_CHECKING

from hiproutine.cli.console import say, say_json
from hiproutine.cli.json_fields import Fields, Objects, names, values_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.coach.micro_breaks import Break
    from hiproutine.coach.session import Item
    from hiproutine.day.context import Context
    from hiproutine.practice.timeline import Timeline

_ITEM: "Fields[Item]" = {
    "exercise": lambda item: item.exercise.id,
    "name": lambda item: item.exercise.name,
    "dose": lambda item: item.dose,
}
_FIELDS: "Fields[Break, Timeline]" = {
    "plan": lambda found, _: found.plan.session.plan,
    "name": lambda found, _: found.plan.session.name,
    "seconds": lambda _, line: line.total_ms // 1000,
    "why": lambda found, _: found.why,
    "items": Objects(_ITEM, lambda found, _: ((item,) for item in found.plan.session.items)),
}


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("--print", action="store_true", help="only say what to do")
    parser.add_argument("--sound", action="store_true", help="with the sound of your settings; default: silent")
    parser.add_argument("--json", action="store_true", help=names(_FIELDS))


def run(args: "Namespace", context: "Context") -> int:
    from hiproutine.coach.micro_breaks import pick
    from hiproutine.practice import timeline

    found = pick(context.screened, context.settings.profile, context.past, context.today(), context.now())
    if args.json:
        say_json(values_of(_FIELDS, found, timeline.compile_session(found.plan.session, context.manner)))
    elif args.print:
        _say(found, timeline.compile_session(found.plan.session, context.manner))
    else:
        from hiproutine.cli.sessions import micro_break

        return micro_break(context, found.session, silent=not args.sound)
    return 0


def _say(found: "Break", line: "Timeline") -> None:
    from hiproutine.text import clock_length

    say(f"{found.plan.session.name}: {clock_length(line.total_ms)} min ({found.why})")
    for item in found.plan.session.items:
        say(f"\n{item.exercise.name}, {item.brief}")
        for number, step in enumerate(item.exercise.setup, 1):
            say(f"  {number}. {step}")
