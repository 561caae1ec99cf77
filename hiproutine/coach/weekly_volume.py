"""Weekly volume: the seconds of each area and side before a day, and the days of each kind of hard work. Pure.

A dose comes from stretching, moving and strengthening; releasing a muscle with a ball, or resting, is none (2.13: "do
not progress, only keep"). An exercise counts in full for each of its areas. Left and right in turn count half each.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import Reps, declared
from hiproutine.catalogue.vocabulary import AREAS, CATEGORY, DOSED_AREAS, HIP_FLEXORS, STRETCH, Repeat
from hiproutine.history.records import SessionRecord, StepRecord

FLOOR_S, TARGET_S, CEILING_S = 300, 420, 600
"""Of a week, for each area and side: E4's least, twice 30 s a day, and where gains level off (E3)."""
SESSION_S = 240
"""The most of a session, for each area and side (E3)."""
WEEK = timedelta(days=6)
"""A week is today and the six days before it."""

Place = tuple[str, str]
"""An area and a side, left or right."""


class Before(NamedTuple):
    """The records before a day.

    Of the week: seconds by place and by category, days of limited work by (kind, area), days practised. Of ever: the
    last day of each exercise, the days of each area, and by exercise and day its steps, also those that were skipped
    beside others that were not. `first` is the first day of all, or else `day`.
    """

    day: date
    first: date
    dose_s: Mapping[Place, float]
    category_s: Mapping[str, float]
    worked: Mapping[tuple[str, str], frozenset[date]]
    practised: frozenset[date]
    last_of_exercise: Mapping[str, date]
    days_of_area: Mapping[str, frozenset[date]]
    steps: Mapping[str, Mapping[date, Sequence[StepRecord]]]
    hip_flexors_alone: bool


def before(sessions: Iterable[SessionRecord], exercises: Mapping[str, Exercise], day: date) -> Before:
    """Sum up the sessions before `day`. Exercises that no longer exist count for nothing."""
    dose_s: dict[Place, float] = {}
    category_s: dict[str, float] = {}
    worked: dict[tuple[str, str], frozenset[date]] = {}
    practised: set[date] = set()
    last_of_exercise: dict[str, date] = {}
    days_of_area: dict[str, set[date]] = {}
    steps: dict[str, dict[date, list[StepRecord]]] = {}
    only: set[bool] = set()
    first = day
    for when, exercise, step in _known(sessions, exercises, day):
        steps.setdefault(exercise.id, {}).setdefault(when, []).append(step)
        if not step.held_ms:
            continue
        first = min(first, when)
        last_of_exercise[exercise.id] = max(when, last_of_exercise.get(exercise.id, when))
        if CATEGORY[exercise.category].trains:
            for area in exercise.areas:
                days_of_area.setdefault(area, set()).add(when)
        if when < day - WEEK:
            continue
        practised.add(when)
        seconds = step.held_ms / 1000
        only.add(exercise.category == STRETCH and exercise.areas[0] in HIP_FLEXORS)
        category_s[exercise.category] = category_s.get(exercise.category, 0) + seconds
        for place, of_it in doses(exercise, step.side, seconds):
            dose_s[place] = dose_s.get(place, 0) + of_it
        if repeat := repeat_of(exercise):
            places = ((repeat.label, area) for area in exercise.areas)
            worked |= {place: worked.get(place, frozenset()) | {when} for place in places}
    return Before(
        day,
        first,
        dose_s,
        category_s,
        worked,
        frozenset(practised),
        last_of_exercise,
        {area: frozenset(days) for area, days in days_of_area.items()},
        {
            name: {when: done for when, done in sorted(by_day.items()) if any(step.held_ms for step in done)}
            for name, by_day in steps.items()
        },
        only == {True} and len(practised) > 1,
    )


def _known(
    sessions: Iterable[SessionRecord], exercises: Mapping[str, Exercise], day: date
) -> Iterator[tuple[date, Exercise, StepRecord]]:
    for session in sessions:
        if session.day < day:
            for step in session.steps:
                if step.exercise in exercises:
                    yield session.day, exercises[step.exercise], step


def doses(exercise: Exercise, side: str | None, seconds: float) -> Iterator[tuple[Place, float]]:
    """Split seconds of work on one side (or both) into (area, side) volumes."""
    if not CATEGORY[exercise.category].trains:
        return
    if exercise.sides == "alternating":
        seconds /= 2
    for area in exercise.areas:
        if area in DOSED_AREAS:
            for each in (side,) if side else ("left", "right"):
                yield (area, each), seconds


def repeat_of(exercise: Exercise) -> Repeat | None:
    """How often the exercise may be done, if its work needs days between; all other work may be done daily."""
    category = CATEGORY[exercise.category]
    of_reps = category.reps_repeat if isinstance(exercise.prescription, Reps) else None
    return category.repeat or declared(exercise.prescription).repeat or of_reps


def too_soon(exercise: Exercise, before: Before) -> str | None:
    """Why the exercise has to wait for another day, in words; None if it may be done."""
    repeat = repeat_of(exercise)
    if not repeat:
        return None
    for area in exercise.areas:
        days = before.worked.get((repeat.label, area), frozenset())
        if days and (before.day - max(days)).days < repeat.apart:
            return f"{repeat.label} for the {AREAS[area]} was yesterday, and needs a day between"
        if len(days) >= repeat.days:
            return f"{repeat.label} for the {AREAS[area]} was on {repeat.days} days this week, which is enough"
    return None
