"""Durations of exercises and sessions, for one person. Pure; a test compares them with the compiled timeline."""

from collections.abc import Iterable, Iterator

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import Hold, Length, Prescription, length, sets_of, with_sets
from hiproutine.coach.instructions import COUNTDOWN_S, change_s, explained, spoken_s
from hiproutine.coach.transitions import INTO, ready_s, switch_s
from hiproutine.settings.model import Manner


def in_breaths(prescription: Prescription, manner: Manner) -> Prescription:
    """The prescription, with holds rounded to whole breaths if breaths are counted."""
    if isinstance(prescription, Hold) and manner.breath:
        return prescription._replace(hold_s=manner.breath.filled_s(prescription.hold_s))
    return prescription


def sides(exercise: Exercise, prescription: Prescription, manner: Manner) -> Iterator[tuple[str | None, Length]]:
    """Each side with its length; None for both at once or in turn."""
    prescription = in_breaths(prescription, manner)
    usual = length(prescription)
    for side in ("left", "right") if exercise.sides == "per_side" else (None,):
        extra = manner.extra_set and side is not None and side == manner.stiff_side
        yield side, length(with_sets(prescription, sets_of(prescription) + 1)) if extra else usual


def alone_s(exercise: Exercise, prescription: Prescription, manner: Manner) -> int:
    """Both sides and the change between them, without getting ready."""
    lengths = [each for _, each in sides(exercise, prescription, manner)]
    return sum(each.whole_s for each in lengths) + (len(lengths) - 1) * changing_sides_s(exercise, manner)


def changing_sides_s(exercise: Exercise, manner: Manner) -> int:
    """From one side to the other."""
    words_s = 0 if manner.familiar is None else change_s(exercise)
    usual_s = round(switch_s(exercise, manner.changes) * manner.ready_factor)
    return round(with_words_s(usual_s, exercise, words_s, manner))


def first_side(exercise: Exercise, manner: Manner) -> str | None:
    """The side that comes first, if there are two."""
    return (manner.stiff_side or "left") if exercise.sides == "per_side" else None


def into(before: Exercise | None, exercise: Exercise) -> str:
    """Return how to get into the position of an exercise; empty for somebody who is in it already."""
    return "" if before and before.position == exercise.position else INTO[exercise.position]


def getting_ready_s(before: Exercise | None, exercise: Exercise, manner: Manner, side: str | None = None) -> int:
    """From one exercise, or from the keyboard, to the next; `side` is the one that begins, if not the usual one."""
    usual_s = round(ready_s(before, exercise, manner.changes) * manner.ready_factor)
    side = side or first_side(exercise, manner)
    return round(with_words_s(usual_s, exercise, spoken_s(exercise, side, into(before, exercise), manner), manner))


def with_words_s(usual_s: float, exercise: Exercise, words_s: int, manner: Manner) -> float:
    """A time to get ready or to change sides, with the words: what is new is heard first, the rest on the way."""
    least_s = words_s + COUNTDOWN_S if words_s else 0
    return max(usual_s + words_s if explained(exercise, manner) else usual_s, least_s)


def together_s(items: Iterable[tuple[Exercise, Prescription]], manner: Manner) -> int:
    """The time of exercises in this order and dose, with everything in between."""
    total, before = 0, None
    for exercise, prescription in items:
        total += getting_ready_s(before, exercise, manner) + alone_s(exercise, prescription, manner)
        before = exercise
    return total


def exercise_s(items: Iterable[tuple[Exercise, Prescription]], manner: Manner) -> int:
    """The time of exercise alone, without getting ready, changing sides and resting."""
    return sum(each.work_s for exercise, prescription in items for _, each in sides(exercise, prescription, manner))
