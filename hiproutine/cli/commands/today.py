"""Show today's session, or a routine, as it will be practised."""

from datetime import timedelta
from typing import TYPE_CHECKING

from hiproutine.cli.console import say, say_json, say_session, warn
from hiproutine.cli.json_fields import ABSENT, Fields, Objects, names, values_of
from hiproutine.cli.requested import ANYWAY, IDS, refuse_anyway, requested
from hiproutine.errors import nearest

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from hiproutine.coach.planner import Left, Plan
    from hiproutine.coach.progression import Suggestion
    from hiproutine.coach.session import Item
    from hiproutine.day.context import Context
    from hiproutine.practice.timeline import Timeline


def arguments(parser: "ArgumentParser") -> None:
    from hiproutine.catalogue.vocabulary import DOSED_AREAS, EQUIPMENT

    focus = f"work more on this area today, may be repeated: {', '.join(DOSED_AREAS)}"
    gear = f"what you have at hand today, besides a wall: {', '.join(EQUIPMENT)}; or none"
    parser.add_argument("routine", metavar="ID", nargs="*", help=f"{IDS}; default: today's session")
    parser.add_argument("--minutes", type=_minutes, metavar="N", help="let the coach choose a session of N minutes")
    parser.add_argument("--focus", action="append", default=[], choices=list(DOSED_AREAS), metavar="AREA", help=focus)
    parser.add_argument("--no-floor", action="store_true", help="nothing on the floor today")
    parser.add_argument("--equipment", type=_equipment, metavar="A,B", help=gear)
    parser.add_argument("--why", action="store_true", help="show also what was left out, and why")
    parser.add_argument("--anyway", action="store_true", help=ANYWAY)
    parser.add_argument("--json", action="store_true", help=names(_FIELDS))


def run(args: "Namespace", home: "Context") -> int:
    from hiproutine.practice import timeline

    plan = _plan(args, home)
    line = timeline.compile_session(plan.session, home.settings.manner)
    if args.json:
        say_json(values_of(_FIELDS, plan, line, home))
        return 0
    if home.left_out:
        warn(home.left_out)
    _say_plan(plan, line, home)
    if args.why:
        _say_left_out(plan.left_out)
    return 0


def _plan(args: "Namespace", home: "Context") -> "Plan":
    """Plan what the user named, or else what the coach chooses."""
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
        return requested(args.routine, home, anyway=args.anyway)
    refuse_anyway(args)
    if (asked or args.why) and not profile.minutes:
        args.wrong("the coach needs to know the time: --minutes N, or the line `minutes: N` in settings.yaml")
    return todays(home.screened, profile, home.settings.manner, home.past, home.today())


# ---- as JSON ----


def _dose(suggestion: "Suggestion") -> str:
    from hiproutine.catalogue.model import whole_dose

    return whole_dose(suggestion.exercise, suggestion.prescription)


_ITEM: "Fields[Item, int, tuple[str, ...], tuple[str, ...]]" = {
    "exercise": lambda item, *_: item.exercise.id,
    "name": lambda item, *_: item.exercise.name,
    "seconds": lambda _, ms, *__: ms // 1000,
    "dose": lambda item, *_: item.dose,
    "why": lambda _, __, why, ___: why or ABSENT,
    "careful": lambda *row: row[-1] or ABSENT,
}
_LEFT_OUT: "Fields[Left]" = {"exercise": lambda left: left.exercise.id, "why": lambda left: left.why}
_SUGGESTION: "Fields[Suggestion]" = {
    "exercise": lambda suggestion: suggestion.exercise.id,
    "dose": _dose,
    "instead_of": lambda suggestion: suggestion.instead.id,
    "words": lambda suggestion: suggestion.words,
}
_FIELDS: "Fields[Plan, Timeline, Context]" = {
    "day": lambda _, __, home: home.today().isoformat(),
    "routine": lambda plan, *_: plan.session.routine,
    "plan": lambda plan, *_: plan.session.plan,
    "seconds": lambda _, line, __: line.total_ms // 1000,
    "items": Objects(
        _ITEM,
        lambda plan, line, home: (
            (item, line.item_ms(number), why, _careful(item, home))
            for number, (item, why) in enumerate(zip(plan.session.items, plan.reasons, strict=True))
        ),
    ),
    "notes": lambda plan, *_: plan.notes,
    "left_out": Objects(_LEFT_OUT, lambda plan, _, __: ((left,) for left in plan.left_out)),
    "suggestions": Objects(_SUGGESTION, lambda plan, _, __: ((each,) for each in plan.suggestions)),
}


# ---- as text ----


def _say_plan(plan: "Plan", line: "Timeline", home: "Context") -> None:
    from hiproutine.practice.words import clock_length

    session = plan.session
    ends = home.now() + timedelta(milliseconds=line.total_ms)
    say(f"{session.name}: {clock_length(line.total_ms)} min, ends {ends:%H:%M} if you start now")
    for sentence in filter(None, (session.honest, *plan.notes)):
        say(sentence)
    say()
    table = [
        (item.exercise.name, clock_length(line.item_ms(number)), item.dose, "; ".join(why))
        for number, (item, why) in enumerate(zip(session.items, plan.reasons, strict=True))
    ]
    if any(plan.reasons):
        say_session(("EXERCISE", "TIME", "DOSE", "WHY"), table)
    else:
        say_session(("EXERCISE", "TIME", "DOSE"), [row[:3] for row in table])
    for item in session.items:
        if careful := _careful(item, home):
            say(f"Careful with {item.exercise.name}: {' '.join(careful)}")
    for suggestion in plan.suggestions:
        say(f"Ready for more: {suggestion.words}.")


def _careful(item: "Item", home: "Context") -> tuple[str, ...]:
    from hiproutine.coach import screening

    return screening.cautions(item.exercise, home.settings.profile.conditions)


def _say_left_out(left_out: "Sequence[Left]") -> None:
    import shutil
    import textwrap

    from hiproutine.coach.planner import by_reason

    width = shutil.get_terminal_size().columns
    say()
    say("Left out:")
    for why, exercises in by_reason(left_out).items():
        say(textwrap.fill(f"- {why}: {', '.join(exercises)}", width, subsequent_indent="  ", break_on_hyphens=False))


# ---- arguments ----


def _minutes(word: str) -> int:
    from argparse import ArgumentTypeError

    if word.isdecimal() and 1 <= int(word) <= 240:
        return int(word)
    raise ArgumentTypeError(f'"{word}" is not a whole number from 1 to 240')


def _equipment(words: str) -> tuple[str, ...]:
    from argparse import ArgumentTypeError

    from hiproutine.catalogue.vocabulary import EQUIPMENT

    gear = () if words == "none" else tuple(word.strip() for word in words.split(","))
    for word in gear:
        if word not in EQUIPMENT:
            wanted = ", ".join(EQUIPMENT)
            raise ArgumentTypeError(f'"{word}" is not one of {wanted}{nearest(word, list(EQUIPMENT))}')
    return gear
