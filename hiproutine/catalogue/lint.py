"""What is allowed and yet worth a second look: warnings on entries that were read. Knows neither disk nor clock."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from hiproutine.catalogue.model import Catalogue, Exercise, Routine, Video
from hiproutine.catalogue.prescription import Effort, Prescription, Reps, kind_of
from hiproutine.catalogue.reader import Hidden, Laid
from hiproutine.yaml.nodes import Fields, File, Node, Problem

CHECK_VIDEOS_EVERY = timedelta(days=365)


class Band(NamedTuple):
    """What the sources of data/sources.yaml carry, the ends included; for an effort, of its ceiling."""

    lowest: int
    highest: int
    sources: str


_SETS = Band(1, 4, "E1, E13")
_HARDEST = Band(0, 80, "E6, E8")
_BANDS = {
    "hold": {"sets": _SETS, "hold_s": Band(5, 120, "E1, E2")},
    "reps": {"sets": _SETS, "reps": Band(1, 15, "E13, E14"), "effort_pct": _HARDEST},
    "contract_relax": {
        "rounds": Band(1, 3, "E6"),
        "contract_s": Band(3, 10, "E6"),
        "deepen_s": Band(10, 30, "E1, E6"),
        "effort_pct": Band(0, 75, "E6"),
    },
    "pails_rails": {
        "rounds": Band(1, 3, "E8"),
        "passive_s": Band(15, 120, "E8"),
        "ramp_s": Band(4, 20, "E8"),
        "pails_s": Band(4, 15, "E8"),
        "rails_s": Band(4, 15, "E8"),
        "pails_effort_pct": _HARDEST,
        "rails_effort_pct": _HARDEST,
    },
    "cars": {
        "sets": Band(1, 2, "E9"),
        "reps_per_direction": Band(1, 5, "E9"),
        "seconds_per_rep": Band(3, 8, "E9"),
        "tension_pct": Band(0, 30, "E9"),
    },
    "timed_flow": {"sets": Band(1, 3, "E16"), "work_s": Band(10, 300, "E1, E16")},
}
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
    for name, band in _BANDS[kind_of(prescription)].items():
        value: int | Effort | None = getattr(prescription, name)
        number = value[1] if isinstance(value, tuple) else value
        if number is not None and not band.lowest <= number <= band.highest:
            yield f"{name} is {number}; the sources carry {band.lowest} to {band.highest} ({band.sources})"
    held_s = getattr(prescription, "hold_s", 0) * getattr(prescription, "sets", 0)
    if held_s > _LONGEST_STRETCH_S:
        yield f"is held for {held_s} s; more than {_LONGEST_STRETCH_S} s a session bring no more (E3)"
