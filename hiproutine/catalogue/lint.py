"""Lint: warnings on valid entries that deserve a second look. Reads neither disk nor clock."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from hiproutine.catalogue import loads
from hiproutine.catalogue.model import Catalogue, Exercise, Programme, Routine, Video
from hiproutine.catalogue.overlay import Hidden, Laid
from hiproutine.catalogue.prescription import Cars, Effort, Hold, Prescription, Reps, declared, load_of
from hiproutine.catalogue.vocabulary import CATEGORY
from hiproutine.yaml.nodes import Fields, File, Node, Problem

CHECK_VIDEOS_EVERY = timedelta(days=365)


_LONGEST_STRETCH_S = 240
_STRENGTH_DAYS = 3

# A warning: what it is about, and the sentence.
_Warning = tuple[Node, str]


def lint(laid: Laid, today: date) -> tuple[Problem, ...]:
    """Warnings on all entries that were read, in file order."""
    found: dict[str, File] = {}

    def warn(file: str, place: Node, sentence: str) -> None:
        found.setdefault(file, File(file)).report(place, sentence)

    for (section, name), fields in laid.places.items():
        entry = getattr(laid.catalogue, section).get(name)
        if section in _RULES and entry:
            for place, sentence in _RULES[section](entry, fields, laid.catalogue, today):
                warn(fields.file.name, place, sentence)
        elif entry is None and not fields.file.problems and name not in laid.hidden:
            warn(fields.file.name, fields.place("id"), f'"{name}" is omitted, with what it needs')
    for name, hidden in laid.hidden.items():
        for sentence in _broken(name, hidden):
            warn(hidden.file, hidden.place, sentence)
    return tuple(each for file in found.values() for each in sorted(file.problems, key=lambda p: (p.line, p.column)))


def _broken(name: str, hidden: Hidden) -> Iterator[str]:
    if hidden.routines:
        routines = ", ".join(routine.id for routine in hidden.routines)
        yield f'"{name}" is a step of {routines}; hidden, it is omitted there'


def _exercise(exercise: Exercise, fields: Fields, catalogue: Catalogue, today: date) -> Iterator[_Warning]:
    if exercise.cues == exercise.setup:
        yield fields.place("cues"), "has no cue; the set-up is shown instead"
    if exercise.level > 1 and not exercise.easier:
        yield fields.place("easier"), f"has level {exercise.level} and no easier variant"
    if exercise.side_is and exercise.sides != "per_side":
        yield fields.place("side_is"), "names a side, but the sides are not done one after the other"
    if exercise.ways and not isinstance(exercise.prescription, Cars):
        yield fields.place("ways"), "names ways to circle, but the dose has no circles"
    if len(exercise.ways) == 1:
        yield fields.place("ways"), "names one way to circle: name both, or none"
    for tag in exercise.evidence:
        if tag not in catalogue.sources:
            yield fields.place("evidence"), f'there is no source "{tag}"{fields.file.hint(tag, catalogue.sources)}'
    for sentence in _dose(exercise, exercise.prescription):
        yield fields.place("prescription"), sentence
    yield from _until(exercise, fields, today)


def _routine(routine: Routine, fields: Fields, catalogue: Catalogue, today: date) -> Iterator[_Warning]:
    steps = fields.place("steps").content
    for place, step in zip(steps if isinstance(steps, list) else (), routine.steps, strict=False):
        exercise = catalogue.exercises[step.exercise]
        if step.prescription != exercise.prescription:
            for sentence in _dose(exercise, step.prescription):
                yield place, sentence
    yield from _until(routine, fields, today)


def _programme(programme: Programme, fields: Fields, catalogue: Catalogue, _: date) -> Iterator[_Warning]:
    phases = fields.place("phases").content
    for place, phase in zip(phases if isinstance(phases, list) else (), programme.phases, strict=False):
        names = [core.exercise for core in phase.core]
        if len(set(names)) < len(names):
            yield place, "has an exercise twice in its core"
        if phase.rotate_from and not phase.rotate:
            yield place, "has `rotate_from` without `rotate`; nothing rotates"
        for core in phase.core:
            exercise = catalogue.exercises.get(core.exercise)
            for sentence in _dose(exercise, core.prescription) if exercise else ():
                yield place, f"{core.exercise} {sentence}"
            if (core.days or programme.days_a_week) > programme.days_a_week:
                yield place, f"{core.exercise} is for {core.days} days a week, of {programme.days_a_week}"
            strength = exercise and CATEGORY[exercise.category].strengthens
            if strength and (core.days or programme.days_a_week) > _STRENGTH_DAYS:
                yield place, f"{core.exercise} is strength; more than {_STRENGTH_DAYS} days a week bring no more (E13)"


def _video(video: Video, fields: Fields, _: Catalogue, today: date) -> Iterator[_Warning]:
    if video.checked is None:
        yield fields.place("id"), "has no date of a check; add `checked: DATE`"
    elif date.fromisoformat(video.checked) < today - CHECK_VIDEOS_EVERY:
        yield fields.place("checked"), f"was last checked on {video.checked}, more than a year ago"


_RULES: dict[str, Callable[..., Iterator[_Warning]]] = {
    "exercises": _exercise,
    "routines": _routine,
    "videos": _video,
    "programmes": _programme,
}


def _until(entry: Exercise | Routine, fields: Fields, today: date) -> Iterator[_Warning]:
    if entry.until and date.fromisoformat(entry.until) < today:
        yield fields.place("until"), f"was prescribed until {entry.until}; ask whether it still applies"


def _dose(exercise: Exercise, prescription: Prescription) -> Iterator[str]:
    load = load_of(prescription)
    if load and loads.kind_of(load) != exercise.load:
        yield f"has {load} added, and the exercise does not say `load: {loads.kind_of(load)}`"
    if isinstance(prescription, Reps) and exercise.sides == "alternating" and prescription.reps % 2:
        yield f"{prescription.reps} reps in turn give one side more than the other"
    for name, field in declared(prescription).fields.items():
        band = field.band
        value: int | Effort | None = getattr(prescription, name) if band else None
        number = value[1] if isinstance(value, tuple) else value
        if band and number is not None and not band.lowest <= number <= band.highest:
            yield f"{name} is {number}; the sources carry {band.lowest} to {band.highest} ({band.sources})"
    if isinstance(prescription, Hold) and prescription.hold_s * prescription.sets > _LONGEST_STRETCH_S:
        held_s = prescription.hold_s * prescription.sets
        yield f"is held for {held_s} s; more than {_LONGEST_STRETCH_S} s a session bring no more (E3)"
