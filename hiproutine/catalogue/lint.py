"""Lint: warnings on entries that are allowed and yet worth a second look. Knows neither disk nor clock."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from hiproutine.catalogue.model import Catalogue, Exercise, Routine, Video
from hiproutine.catalogue.overlay import Hidden, Laid
from hiproutine.catalogue.prescription import Effort, Hold, Prescription, Reps, declared
from hiproutine.yaml.nodes import Fields, File, Node, Problem

CHECK_VIDEOS_EVERY = timedelta(days=365)


_LONGEST_STRETCH_S = 240

# A warning: what it is about, and the sentence.
_Warning = tuple[Node, str]


def lint(laid: Laid, today: date) -> tuple[Problem, ...]:
    """Warnings on every entry that was read, in the order of the files."""
    found: dict[str, File] = {}

    def warn(file: str, place: Node, sentence: str) -> None:
        found.setdefault(file, File(file)).report(place, sentence)

    for (section, name), fields in laid.places.items():
        entry = getattr(laid.catalogue, section).get(name)
        if section in _RULES and entry:
            for place, sentence in _RULES[section](entry, fields, laid.catalogue, today):
                warn(fields.file.name, place, sentence)
        elif entry is None and not fields.file.problems and name not in laid.hidden:
            warn(fields.file.name, fields.place("id"), f'"{name}" is left out, with what it needs')
    for name, hidden in laid.hidden.items():
        for sentence in _broken(name, hidden):
            warn(hidden.file, hidden.place, sentence)
    return tuple(each for file in found.values() for each in sorted(file.problems, key=lambda p: (p.line, p.column)))


def _broken(name: str, hidden: Hidden) -> Iterator[str]:
    if hidden.routines:
        routines = ", ".join(routine.id for routine in hidden.routines)
        yield f'"{name}" is a step of {routines}; hidden, it is left out there'


def _exercise(exercise: Exercise, fields: Fields, catalogue: Catalogue, today: date) -> Iterator[_Warning]:
    if exercise.cues == exercise.setup:
        yield fields.place("cues"), "has no cue; the set-up is shown instead"
    if exercise.level > 1 and not exercise.easier:
        yield fields.place("easier"), f"is of level {exercise.level} and has no easier variant"
    if exercise.side_is and exercise.sides != "per_side":
        yield fields.place("side_is"), "names a side, but the sides are not done one after the other"
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


def _video(video: Video, fields: Fields, _: Catalogue, today: date) -> Iterator[_Warning]:
    if video.checked is None:
        yield fields.place("id"), "nobody noted that it was checked; `checked: DATE` does"
    elif date.fromisoformat(video.checked) < today - CHECK_VIDEOS_EVERY:
        yield fields.place("checked"), f"was last checked on {video.checked}, more than a year ago"


_RULES: dict[str, Callable[..., Iterator[_Warning]]] = {"exercises": _exercise, "routines": _routine, "videos": _video}


def _until(entry: Exercise | Routine, fields: Fields, today: date) -> Iterator[_Warning]:
    if entry.until and date.fromisoformat(entry.until) < today:
        yield fields.place("until"), f"was meant until {entry.until}; ask whether it still is"


def _dose(exercise: Exercise, prescription: Prescription) -> Iterator[str]:
    if isinstance(prescription, Reps) and exercise.sides == "alternating" and prescription.reps % 2:
        yield f"{prescription.reps} reps in turn give one side more than the other"
    for name, field in declared(prescription).fields.items():
        value: int | Effort | None = getattr(prescription, name)
        number = value[1] if isinstance(value, tuple) else value
        band = field.band
        if band and number is not None and not band.lowest <= number <= band.highest:
            yield f"{name} is {number}; the sources carry {band.lowest} to {band.highest} ({band.sources})"
    if isinstance(prescription, Hold) and prescription.hold_s * prescription.sets > _LONGEST_STRETCH_S:
        held_s = prescription.hold_s * prescription.sets
        yield f"is held for {held_s} s; more than {_LONGEST_STRETCH_S} s a session bring no more (E3)"
