"""A session: exercises in order, each with its prescription. Knows neither the day nor how long anything takes."""

from typing import NamedTuple

from hiproutine.catalogue.model import Catalogue, Exercise, Routine, given, whole_dose
from hiproutine.catalogue.prescription import Prescription
from hiproutine.errors import unknown

DEFAULT_ROUTINE = "four-everyday"


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


def find(catalogue: Catalogue, plan: str | None) -> Session:
    """The session of a routine or of a single exercise; today's, if `plan` is None. Raises HiproutineError."""
    # Somebody may have hidden the usual one.
    plan = plan or (
        DEFAULT_ROUTINE if DEFAULT_ROUTINE in catalogue.routines else next(iter(catalogue.routines), DEFAULT_ROUTINE)
    )
    if plan in catalogue.routines:
        return of_routine(catalogue, catalogue.routines[plan])
    if plan in catalogue.exercises:
        return of_exercise(catalogue.exercises[plan])
    ids = [*catalogue.routines, *catalogue.exercises]
    raise unknown("routine or exercise", plan, ids, "hiproutine list")
