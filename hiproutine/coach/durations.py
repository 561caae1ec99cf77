"""Durations: how long an exercise of a session takes a person. Pure; a test compares it with the compiled timeline."""

from collections.abc import Iterable, Iterator, Sequence

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import Hold, Length, Prescription, length, sets_of, with_sets
from hiproutine.coach.transitions import ready_s, switch_s
from hiproutine.settings.model import Manner


def in_breaths(prescription: Prescription, manner: Manner) -> Prescription:
    """The prescription with its holds in whole breaths, where they are counted in breaths."""
    if isinstance(prescription, Hold) and manner.breath:
        return prescription._replace(hold_s=manner.breath.filled_s(prescription.hold_s))
    return prescription


def sides(exercise: Exercise, prescription: Prescription, manner: Manner) -> Iterator[tuple[str | None, Length]]:
    """Each side, None for both at once or in turn, with its length."""
    prescription = in_breaths(prescription, manner)
    for side in ("left", "right") if exercise.sides == "per_side" else (None,):
        extra = manner.extra_set and side is not None and side == manner.stiff_side
        yield side, length(with_sets(prescription, sets_of(prescription) + 1) if extra else prescription)


def alone_s(exercise: Exercise, prescription: Prescription, manner: Manner) -> int:
    """Both sides and the change between them, without getting ready."""
    return with_change_s(exercise, [each for _, each in sides(exercise, prescription, manner)], manner)


def with_change_s(exercise: Exercise, lengths: Sequence[Length], manner: Manner) -> int:
    """All sides of these lengths, and the change between them."""
    change_s = (len(lengths) - 1) * round(switch_s(exercise) * manner.ready_factor)
    return sum(each.whole_s for each in lengths) + change_s


def getting_ready_s(before: Exercise | None, exercise: Exercise, manner: Manner) -> int:
    """From one exercise, or from the keyboard, to the next."""
    return round(ready_s(before, exercise) * manner.ready_factor)


def together_s(items: Iterable[tuple[Exercise, Prescription]], manner: Manner) -> int:
    """Exercises in this order, each in its dose, with all that lies between."""
    total, before = 0, None
    for exercise, prescription in items:
        total += getting_ready_s(before, exercise, manner) + alone_s(exercise, prescription, manner)
        before = exercise
    return total
