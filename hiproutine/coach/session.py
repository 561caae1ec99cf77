"""A session: exercises in order, each with its prescription. Knows neither the day nor how long anything takes."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from hiproutine.catalogue import notation as dose
from hiproutine.catalogue.model import Catalogue, Exercise, Routine, given, whole_dose
from hiproutine.catalogue.prescription import Prescription, length
from hiproutine.coach.transitions import fewest_changes
from hiproutine.errors import HiproutineError, unknown

DEFAULT_ROUTINE = "four-everyday"
TOGETHER = "+"
COACHED = "today:"
"""Begins a plan that the coach made, whose order and doses stay as they are."""
_DOSE = ",dose="
_LONGEST_S = 4 * 3600
_SMALL = re.compile("[1-9][0-9]{0,3}")


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


def of_items(items: Sequence[Item]) -> Session:
    """Items in just this order; the plan holds what differs from the exercises' own prescriptions."""
    return Session(COACHED + TOGETHER.join(map(_written, items)), None, "Today's session", None, tuple(items))


def names(plan: str) -> list[str]:
    """The ids that stand in a plan."""
    return [part.split(",")[0] for part in plan.removeprefix(COACHED).split(TOGETHER)]


def _written(item: Item) -> str:
    """The id of the exercise, and such as `,sets=1`; where more than numbers differ, the dose in words."""
    own, here = item.exercise.prescription, item.prescription
    changes = {name: value for name, value in here._asdict().items() if value != getattr(own, name, None)}
    if type(own) is type(here) and all(isinstance(value, int) for value in changes.values()):
        return item.exercise.id + "".join(f",{name}={value}" for name, value in changes.items())
    return f"{item.exercise.id}{_DOSE}{dose.write(here, own)}"


def _read(catalogue: Catalogue, written: str) -> Item:
    name, *changes = written.split(",")
    exercise = catalogue.exercises[name]
    _, in_words, words = written.partition(_DOSE)
    if in_words:
        try:
            read = dose.read(words, exercise.prescription).prescription
        except dose.Fault as fault:
            raise HiproutineError(f'"{words}" in "{written}": {fault.sentence}') from None
        return _for_one_session(Item(exercise, read), written)
    own = exercise.prescription._asdict()
    changed: dict[str, Any] = {}
    for change in changes:
        field, _, value = change.partition("=")
        if not isinstance(own.get(field), int) or not _SMALL.fullmatch(value):
            raise HiproutineError(f'"{change}" in "{written}" is not such as sets=2; `hiproutine today` makes plans')
        changed[field] = int(value)
    return _for_one_session(Item(exercise, exercise.prescription._replace(**changed)), written)


def _for_one_session(item: Item, written: str) -> Item:
    """The item. Raises HiproutineError if it would take hours."""
    if not 0 < length(item.prescription).work_s <= _LONGEST_S:
        raise HiproutineError(f'"{written}" is no dose for one session')
    return item


def find(catalogue: Catalogue, plan: str | None) -> Session:
    """The session of a routine, of an exercise, or of several, with TOGETHER between them; today's, if `plan` is None.

    Raises HiproutineError.
    """
    if plan is None and not catalogue.routines:
        raise HiproutineError("no routine is left; `hiproutine today --minutes 10` lets the coach choose")
    # Somebody may have hidden the usual one.
    plan = plan or (DEFAULT_ROUTINE if DEFAULT_ROUTINE in catalogue.routines else next(iter(catalogue.routines)))
    if plan in catalogue.routines:
        return of_routine(catalogue, catalogue.routines[plan])
    if plan in catalogue.exercises:
        return of_exercise(catalogue.exercises[plan])
    if TOGETHER in plan or plan.startswith(COACHED):
        ids = names(plan)
        for wrong in (each for each in ids if each not in catalogue.exercises):
            raise unknown("exercise", wrong, list(catalogue.exercises), "hiproutine list")
        if plan.startswith(COACHED):
            return of_items([_read(catalogue, part) for part in plan.removeprefix(COACHED).split(TOGETHER)])
        return of_exercises([catalogue.exercises[each] for each in ids])
    ids = [*catalogue.routines, *catalogue.exercises]
    raise unknown("routine or exercise", plan, ids, "hiproutine list")
