"""Show today's session, or a routine, as it will be practised."""

from datetime import timedelta
from typing import TYPE_CHECKING

from hiproutine.cli.console import say, say_json, say_sentence, say_session, warn
from hiproutine.cli.json_fields import ABSENT, Fields, Objects, names, values_of
from hiproutine.cli.requested import ANYWAY, IDS, refuse_anyway, requested
from hiproutine.errors import nearest

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from hiproutine.coach.omissions import Omitted
    from hiproutine.coach.planner import Plan
    from hiproutine.coach.progression import Suggestion
    from hiproutine.coach.session import Item
    from hiproutine.coach.weekly_volume import AreaWeek
    from hiproutine.day.context import Context
    from hiproutine.practice.timeline import Timeline
    from hiproutine.settings.model import Profile


def arguments(parser: "ArgumentParser") -> None:
    from hiproutine.catalogue.vocabulary import DOSED_AREAS, EQUIPMENT

    focus = f"work more on this area today, may be repeated: {', '.join(DOSED_AREAS)}"
    gear = f"what you have at hand today, besides a wall: {', '.join(EQUIPMENT)}; or none"
    parser.add_argument("routine", metavar="ID", nargs="*", help=f"{IDS}; default: today's session")
    parser.add_argument("--minutes", type=_minutes, metavar="N", help="let the coach choose a session of N minutes")
    parser.add_argument("--focus", action="append", default=[], choices=list(DOSED_AREAS), metavar="AREA", help=focus)
    parser.add_argument("--no-floor", action="store_true", help="nothing on the floor today")
    parser.add_argument("--equipment", type=_equipment, metavar="A,B", help=gear)
    parser.add_argument("--why", action="store_true", help="also show omitted exercises, and why, and the week")
    parser.add_argument("--anyway", action="store_true", help=ANYWAY)
    parser.add_argument("--json", action="store_true", help=names(_FIELDS))


def run(args: "Namespace", context: "Context") -> int:
    from hiproutine.practice import timeline

    plan = _plan(args, context)
    line = timeline.compile_session(plan.session, context.manner)
    if args.json:
        say_json(values_of(_FIELDS, plan, line, context))
        return 0
    if context.catalogue_problems:
        warn(context.catalogue_problems)
    _say_plan(plan, line, context)
    if args.why:
        _say_omitted(plan.omitted)
        _say_week(_week(context))
    return 0


def _plan(args: "Namespace", context: "Context") -> "Plan":
    """Plan the named session, or the coach's choice."""
    from hiproutine.coach.planner import todays
    from hiproutine.coach.programme import last_step

    profile = _profile(args, context)
    asked = args.minutes or args.focus or args.no_floor or args.equipment is not None
    if asked and args.routine:
        args.wrong("--minutes, --focus, --no-floor and --equipment are for the coach; do not give an ID")
    if args.routine:
        return requested(args.routine, context, anyway=args.anyway)
    refuse_anyway(args)
    running = last_step(context.past, context.today())
    if (args.focus or args.why) and not (profile.minutes or running):
        args.wrong("the coach needs to know the time: --minutes N, or the line `minutes: N` in settings.yaml")
    return todays(context.screened, profile, context.manner, context.past, context.today())


def _profile(args: "Namespace", context: "Context") -> "Profile":
    """The profile, with what is different for today."""
    from hiproutine.coach.profile import for_today

    return for_today(
        context.profile,
        minutes=args.minutes,
        focus=args.focus,
        no_floor=args.no_floor,
        equipment=args.equipment,
    )


def _week(context: "Context") -> "tuple[AreaWeek, ...]":
    """The week before today, which the coach plans by."""
    from hiproutine.coach.weekly_volume import before
    from hiproutine.history.records import SessionRecord

    exercises, sessions = context.screened.whole.exercises, context.past.of(SessionRecord)
    return before(sessions, exercises, context.today()).week.areas()


# ---- as JSON ----


def _dose(suggestion: "Suggestion") -> str:
    from hiproutine.catalogue.model import whole_dose

    return whole_dose(suggestion.exercise, suggestion.prescription)


def _code(suggestion: "Suggestion") -> str:
    """The plan code of the session with the step taken."""
    from hiproutine.coach.session import of_items

    return of_items(suggestion.taken).plan


_ITEM: "Fields[Item, int, tuple[str, ...], tuple[str, ...]]" = {
    "exercise": lambda item, *_: item.exercise.id,
    "name": lambda item, *_: item.exercise.name,
    "seconds": lambda _, ms, *__: ms // 1000,
    "dose": lambda item, *_: item.dose,
    "why": lambda _, __, why, ___: why or ABSENT,
    "careful": lambda *row: row[-1] or ABSENT,
}
WEEK: "Fields[AreaWeek]" = {
    "area": lambda week: week.area,
    "stretch_left_s": lambda week: round(week.stretch_s[0]),
    "stretch_right_s": lambda week: round(week.stretch_s[1]),
    "strength_left_days": lambda week: week.strength[0],
    "strength_right_days": lambda week: week.strength[1],
    "words": lambda week: week.words,
}
_OMITTED: "Fields[Omitted]" = {"exercise": lambda omitted: omitted.exercise.id, "why": lambda omitted: omitted.why}
_SUGGESTION: "Fields[Suggestion]" = {
    "exercise": lambda suggestion: suggestion.exercise.id,
    "dose": _dose,
    "instead_of": lambda suggestion: suggestion.instead.id,
    "words": lambda suggestion: suggestion.words,
    "plan": _code,
}
_FIELDS: "Fields[Plan, Timeline, Context]" = {
    "day": lambda _, __, context: context.today().isoformat(),
    "routine": lambda plan, *_: plan.session.routine,
    "plan": lambda plan, *_: plan.session.plan,
    "seconds": lambda _, line, __: line.total_ms // 1000,
    "items": Objects(
        _ITEM,
        lambda plan, line, context: (
            (item, line.item_ms(number), why, _careful(item, context))
            for number, (item, why) in enumerate(zip(plan.session.items, plan.reasons, strict=True))
        ),
    ),
    "programme": lambda plan, *_: plan.programme and plan.programme.words,
    "notes": lambda plan, *_: plan.notes,
    "omitted": Objects(_OMITTED, lambda plan, _, __: ((each,) for each in plan.omitted)),
    "suggestions": Objects(_SUGGESTION, lambda plan, _, __: ((each,) for each in plan.suggestions)),
    "week": Objects(WEEK, lambda _, __, context: ((each,) for each in _week(context))),
}


# ---- as text ----


def _say_plan(plan: "Plan", line: "Timeline", context: "Context") -> None:
    from hiproutine.text import clock_length

    session = plan.session
    ends = context.now() + timedelta(milliseconds=line.total_ms)
    say(f"{session.name}: {clock_length(line.total_ms)} min, ends {ends:%H:%M} if you start now")
    for sentence in filter(None, (session.honest, *plan.notes)):
        say_sentence(sentence)
    say()
    table = [
        (item.exercise.name, clock_length(line.item_ms(number)), item.brief, "; ".join(why))
        for number, (item, why) in enumerate(zip(session.items, plan.reasons, strict=True))
    ]
    if any(plan.reasons):
        say_session(("EXERCISE", "TIME", "DOSE", "WHY"), table)
    else:
        say_session(("EXERCISE", "TIME", "DOSE"), [row[:3] for row in table])
    for item in session.items:
        if careful := _careful(item, context):
            say_sentence(f"Careful with {item.exercise.name}: {' '.join(careful)}")
    for suggestion in plan.suggestions:
        say_sentence(f"Ready for more: {suggestion.words}.")


def _careful(item: "Item", context: "Context") -> tuple[str, ...]:
    from hiproutine.coach import screening

    return screening.cautions(item.exercise, context.screened.codes)


def _say_omitted(omitted: "Sequence[Omitted]") -> None:
    import shutil
    import textwrap

    from hiproutine.coach.omissions import grouped

    width = shutil.get_terminal_size().columns
    say()
    say("Omitted:")
    for group in grouped(omitted):
        say(f"{group.total:>3}  {group.what}")
        for why, exercises in group.reasons.items():
            line = f"     {why}: {'; '.join(exercises)}"
            say(textwrap.fill(line, width, subsequent_indent="       ", break_on_hyphens=False))


def _say_week(week: "Sequence[AreaWeek]") -> None:
    if week:
        say("\nYour week until today:")
        say("\n".join(words for area in week for words in area.words))


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
