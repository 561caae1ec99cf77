"""Sessions: exercises in order, each with its prescription. Independent of the day and of durations."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from hiproutine.catalogue import loads, notation
from hiproutine.catalogue.model import Catalogue, Exercise, Routine, brief_dose, given, sessions, whole_dose
from hiproutine.catalogue.prescription import Prescription, length, load_of, out_of_range
from hiproutine.catalogue.vocabulary import BREAK, LOADS
from hiproutine.coach.transitions import fewest_changes
from hiproutine.errors import HiproutineError, unknown

DEFAULT_ROUTINE = "four-everyday"
TOGETHER = "+"
_JOINT = re.compile(r"(?<! )\+(?! )")
"""The separator of the steps of a plan code; between blanks a plus belongs to the words of a tempo."""
_LONGEST_S = 4 * 3600


class Item(NamedTuple):
    """An exercise of a session, with its prescription there."""

    exercise: Exercise
    prescription: Prescription

    @property
    def dose(self) -> str:
        """The whole dose in a few words, such as `2x30s, each side`."""
        return whole_dose(self.exercise, self.prescription)

    @property
    def brief(self) -> str:
        """The dose for people, without its details, such as `2 × 30 s each side`."""
        return brief_dose(self.exercise, self.prescription)


class Session(NamedTuple):
    """Exercises to do in one session. `plan` is the plan code, `routine` the id of the routine, if any.

    A `micro_break` is one or two moves between hours of sitting, not the session of a day. `left_out` are the ids of
    exercises that were planned, and dropped or swapped out by hand.
    """

    plan: str
    routine: str | None
    name: str
    honest: str | None
    items: tuple[Item, ...]
    micro_break: bool = False
    left_out: tuple[str, ...] = ()


def of_routine(catalogue: Catalogue, routine: Routine) -> Session:
    items = tuple(Item(catalogue.exercises[step.exercise], step.prescription) for step in routine.steps)
    honest = " ".join(filter(None, (given(routine), routine.honest)))
    return Session(routine.id, routine.id, routine.name, honest or None, items, routine.kind == BREAK)


def of_exercise(exercise: Exercise) -> Session:
    return Session(exercise.id, None, exercise.name, None, (Item(exercise, exercise.prescription),))


def of_exercises(exercises: Sequence[Exercise]) -> Session:
    """Exercises in the order that needs the fewest changes of position."""
    items = tuple(Item(exercise, exercise.prescription) for exercise in fewest_changes(exercises))
    return Session(TOGETHER.join(item.exercise.id for item in items), None, f"{len(items)} exercises", None, items)


def of_items(items: Sequence[Item]) -> Session:
    """A session of items in exactly this order, with their doses in the plan code."""
    return Session(TOGETHER.join(map(_written, items)), None, "Today's session", None, tuple(items))


def names(plan: str) -> list[str]:
    """The ids in a plan code."""
    return [step.partition(" ")[0] for step in _JOINT.split(plan)]


def has_doses(plan: str) -> bool:
    """Return whether a plan code has doses, and so a fixed order."""
    return " " in plan


def _written(item: Item) -> str:
    """A step as routines have it, such as `glute-bridge 2x10 @2-2-3`, always with its dose."""
    return f"{item.exercise.id} {notation.write(item.prescription, item.exercise.prescription)}"


def _read(catalogue: Catalogue, written: str) -> Item:
    """The item of a step. Raises HiproutineError."""
    name, _, words = written.partition(" ")
    exercise = catalogue.exercises[name]
    if not words:
        return Item(exercise, exercise.prescription)
    try:
        dose = notation.read(words, exercise.prescription).prescription
    except notation.Fault as fault:
        raise HiproutineError(f'"{words}" in "{written}": {fault.sentence}') from None
    if problem := out_of_range(dose) or _misplaced(exercise, load_of(dose)):
        raise HiproutineError(f'"{words}" in "{written}": {problem}')
    if not 0 < length(dose).work_s <= _LONGEST_S:
        raise HiproutineError(f'"{written}" is no dose for one session')
    return Item(exercise, dose)


def _misplaced(exercise: Exercise, load: str | None) -> str | None:
    """Return why the exercise cannot have that load; None if it can."""
    if load is None or loads.kind_of(load) == exercise.load:
        return None
    return f"{exercise.name} takes {LOADS[exercise.load]} only" if exercise.load else f"{exercise.name} takes no load"


def find(catalogue: Catalogue, plan: str | None) -> Session:
    """The session of a plan code: of a routine, of an exercise, or of steps with TOGETHER between; None is today's.

    A step is an exercise, alone or with its dose as in a routine. Raises HiproutineError.
    """
    if plan is None and DEFAULT_ROUTINE not in catalogue.routines:  # it may be hidden
        plan = next((each.id for each in sessions(catalogue.routines)), None)
        if plan is None:
            raise HiproutineError("no routine is left; `hiproutine today --minutes 10` lets the coach choose")
    plan = plan or DEFAULT_ROUTINE
    if plan in catalogue.routines:
        return of_routine(catalogue, catalogue.routines[plan])
    if plan in catalogue.exercises:
        return of_exercise(catalogue.exercises[plan])
    ids = names(plan)
    if len(ids) == 1 and not has_doses(plan):
        raise unknown("routine or exercise", plan, [*catalogue.routines, *catalogue.exercises], "hiproutine list")
    for wrong in (each for each in ids if each not in catalogue.exercises):
        raise unknown("exercise", wrong, list(catalogue.exercises), "hiproutine list")
    if has_doses(plan):
        return of_items([_read(catalogue, step) for step in _JOINT.split(plan)])
    return of_exercises([catalogue.exercises[each] for each in ids])
