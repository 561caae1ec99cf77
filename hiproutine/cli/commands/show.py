"""Show an exercise, a routine, a programme, a card or a video in full."""

from typing import TYPE_CHECKING

from hiproutine.catalogue import notation
from hiproutine.catalogue.model import Card, Exercise, Programme, Routine, Video
from hiproutine.cli.console import say, say_description, say_json, styled
from hiproutine.cli.entry_fields import EXERCISE, ROUTINE, VIDEO
from hiproutine.cli.json_fields import Fields, Objects, names, values_of
from hiproutine.cli.requested import entry_of
from hiproutine.coach import session

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.catalogue.describe import Section
    from hiproutine.catalogue.model import Catalogue, Core, Part, Phase, Step
    from hiproutine.catalogue.search import Entry
    from hiproutine.day.context import Context
    from hiproutine.settings.model import Manner


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument(
        "id", metavar="ID", help="id of an exercise, a routine, a programme, a card or a video, or a part of its name"
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--evidence", action="store_true", help="only its evidence, with the title of each source")
    objects = (
        f"an exercise: {names(_EXERCISE)}; a routine: {names(_ROUTINE)}; "
        f"a programme: {names(_PROGRAMME)}; a card: {names(_CARD)}; a video: {names(VIDEO)}"
    )
    form.add_argument("--json", action="store_true", help=objects)


def run(args: "Namespace", context: "Context") -> int:
    from hiproutine.catalogue.describe import describe, evidence

    catalogue = context.catalogue
    entry = entry_of(catalogue, args.id)
    if args.json:
        say_json(_fields(entry, context))
        return 0
    if args.evidence:
        say_description(evidence(catalogue, entry))
    else:
        description = describe(catalogue, entry)
        say_description(description._replace(sections=(*_for_you(entry, context), *description.sections)))
    if styled() and not args.evidence and entry.id in catalogue.exercises:
        from hiproutine.cli.drawing import say_figure

        say()
        say_figure(entry.id, context)
    return 0


def _for_you(entry: "Entry", context: "Context") -> "tuple[Section, ...]":
    """Return what an entry is to this person: removed, not planned, to be careful with."""
    from hiproutine.catalogue.conditions import CONDITIONS
    from hiproutine.catalogue.describe import Section
    from hiproutine.review.personal_notes import to_mind

    screened = context.screened
    labels = ", ".join(CONDITIONS[code] for code in screened.hidden.get(entry.id, ()))
    removed = (Section("Removed, for you", (f"By your answers: {labels}. It is in no session.",)),) if labels else ()
    return (*removed, *to_mind(entry, screened, context.settings.profile))


def _fields(entry: "Entry", context: "Context") -> dict[str, object]:
    manner = context.settings.manner
    match entry:
        case Exercise():
            return values_of(_EXERCISE, entry, manner)
        case Routine():
            return values_of(_ROUTINE, entry, context.catalogue, manner)
        case Programme():
            return values_of(_PROGRAMME, entry)
        case Card():
            return values_of(_CARD, entry)
        case Video():
            return values_of(VIDEO, entry)


# ---- as JSON ----


_STEP: "Fields[Step, Catalogue]" = {
    "exercise": lambda step, _: step.exercise,
    "name": lambda step, catalogue: catalogue.exercises[step.exercise].name,
    "dose": lambda step, catalogue: session.Item(catalogue.exercises[step.exercise], step.prescription).dose,
}
_PART: "Fields[Part]" = {"heading": lambda part: part.heading, "points": lambda part: part.points}
_EXERCISE: "Fields[Exercise, Manner]" = {
    **EXERCISE,
    "aliases": lambda exercise, _: exercise.aliases,
    "prescription": lambda exercise, _: notation.write(exercise.prescription),
    "load": lambda exercise, _: exercise.load,
    "needs": lambda exercise, _: exercise.equipment,
    "optional": lambda exercise, _: exercise.optional,
    "setup": lambda exercise, _: exercise.setup,
    "cues": lambda exercise, _: exercise.cues,
    "mistakes": lambda exercise, _: exercise.mistakes,
    "stop_if": lambda exercise, _: exercise.stop_if,
    "avoid": lambda exercise, _: exercise.avoid,
    "not_planned": lambda exercise, _: exercise.not_planned,
    "caution": lambda exercise, _: exercise.caution,
    "easier": lambda exercise, _: exercise.easier,
    "harder": lambda exercise, _: exercise.harder,
    "evidence": lambda exercise, _: exercise.evidence,
    "prescribed_by": lambda exercise, _: exercise.prescribed_by,
    "notes": lambda exercise, _: exercise.notes,
    "until": lambda exercise, _: exercise.until,
}
_ROUTINE: "Fields[Routine, Catalogue, Manner]" = {
    **ROUTINE,
    "steps": Objects(_STEP, lambda routine, catalogue, _: ((step, catalogue) for step in routine.steps)),
    "evidence": lambda routine, *_: routine.evidence,
    "prescribed_by": lambda routine, *_: routine.prescribed_by,
    "notes": lambda routine, *_: routine.notes,
    "until": lambda routine, *_: routine.until,
}
_CORE: "Fields[Core]" = {
    "exercise": lambda core: core.exercise,
    "dose": lambda core: notation.write(core.prescription),
    "days": lambda core: core.days,
}
_PHASE: "Fields[Phase]" = {
    "name": lambda phase: phase.name,
    "weeks": lambda phase: phase.weeks,
    "core": Objects(_CORE, lambda phase: ((core,) for core in phase.core)),
    "rotate": lambda phase: phase.rotate,
    "rotate_from": lambda phase: phase.rotate_from,
}
_PROGRAMME: "Fields[Programme]" = {
    "id": lambda programme: programme.id,
    "name": lambda programme: programme.name,
    "suits": lambda programme: programme.suits,
    "level": lambda programme: programme.level,
    "weeks": lambda programme: programme.weeks,
    "days_a_week": lambda programme: programme.days_a_week,
    "minutes": lambda programme: programme.minutes,
    "tests": lambda programme: programme.tests,
    "phases": Objects(_PHASE, lambda programme: ((phase,) for phase in programme.phases)),
    "made_for": lambda programme: programme.made_for,
    "not_for": lambda programme: programme.not_for,
    "ask_first": lambda programme: programme.ask_first,
    "evidence": lambda programme: programme.evidence,
}
_CARD: "Fields[Card]" = {
    "id": lambda card: card.id,
    "name": lambda card: card.name,
    "parts": Objects(_PART, lambda card: ((part,) for part in card.parts)),
    "evidence": lambda card: card.evidence,
    "videos": lambda card: {link.video: link.strength for link in card.videos},
}
