"""A session: exercises in order, each with its prescription. Knows neither the day nor how long anything takes."""

from collections.abc import Sequence
from typing import NamedTuple

from hiproutine.catalogue.model import Catalogue, Exercise, Routine, given, whole_dose
from hiproutine.catalogue.prescription import Prescription
from hiproutine.coach.positions import fewest_changes
from hiproutine.errors import unknown

DEFAULT_ROUTINE = "four-everyday"
TOGETHER = "+"


class Item(NamedTuple):
    """One exercise of a session, with the prescription that holds there."""

    exercise: Exercise
    prescription: Prescription

    @property
    def dose(self) -> str:
        """The whole dose in a few words, such as `2x30s, each side`."""
        return whole_dose(self.exercise, self.prescription)


class Session(NamedTuple):
    """What to do in one go. `plan` is the id that makes it again; `routine` is null for a single exercise."""

    plan: str
    routine: str | None
    name: str
    honest: str | None
    items: tuple[Item, ...]


def of_routine(catalogue: Catalogue, routine: Routine) -> Session:
    items = tuple(Item(catalogue.exercises[step.exercise], step.prescription) for step in routine.steps)
    honest = " ".join(filter(None, (given(routine), routine.honest)))
    return Session(routine.id, routine.id, routine.name, honest or None, items)


def of_exercise(exercise: Exercise) -> Session:
    return Session(exercise.id, None, exercise.name, None, (Item(exercise, exercise.prescription),))


def of_exercises(exercises: Sequence[Exercise]) -> Session:
    """Exercises in the order that needs the fewest changes of position."""
    items = tuple(Item(exercise, exercise.prescription) for exercise in fewest_changes(exercises))
    return Session(TOGETHER.join(item.exercise.id for item in items), None, f"{len(items)} exercises", None, items)


def find(catalogue: Catalogue, plan: str | None) -> Session:
    """The session of a routine, of an exercise, or of several, with TOGETHER between them; today's, if `plan` is None.

    Raises HiproutineError.
    """
    # Somebody may have hidden the usual one.
    plan = plan or (
        DEFAULT_ROUTINE if DEFAULT_ROUTINE in catalogue.routines else next(iter(catalogue.routines), DEFAULT_ROUTINE)
    )
    if plan in catalogue.routines:
        return of_routine(catalogue, catalogue.routines[plan])
    if plan in catalogue.exercises:
        return of_exercise(catalogue.exercises[plan])
    if TOGETHER in plan:
        ids = plan.split(TOGETHER)
        for wrong in (each for each in ids if each not in catalogue.exercises):
            raise unknown("exercise", wrong, list(catalogue.exercises), "hiproutine list")
        return of_exercises([catalogue.exercises[each] for each in ids])
    ids = [*catalogue.routines, *catalogue.exercises]
    raise unknown("routine or exercise", plan, ids, "hiproutine list")
