"""When an exercise may become harder, and by which one step: longer first, then more sets, then the variant. Pure.

Nothing is stored: how far somebody is follows from the records, by the seconds that were planned. A step is only ever
suggested. The steps and the two sessions are a design on top of E13 and E18, not a finding.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from hiproutine.catalogue.dose import write
from hiproutine.catalogue.model import Catalogue, Exercise
from hiproutine.catalogue.prescription import Hold, PailsRails, Prescription, Reps, length
from hiproutine.coach.pain import Advice, Colour, colour, of_day
from hiproutine.history.records import StepRecord
from hiproutine.history.store import Past

HIGHEST_PAIN = 2
_RUNNING = 2
_OFF = timedelta(days=7)
_STRETCHED_FOR = timedelta(days=14)
_LONGEST_HOLD_S, _LONGEST_PASSIVE_S = 60, 120
_MOST_SETS = 3
# Repetitions at the top of the range, and the sets after which the harder variant comes.
_STRENGTH_TOP, _RESISTANCE_TOP = (12, 3), (10, 2)


class Suggestion(NamedTuple):
    """The next step of an exercise: another dose of it, or a harder variant in its own dose."""

    exercise: Exercise
    prescription: Prescription
    words: str


def ladder(exercise: Exercise) -> tuple[Prescription, ...]:
    """The doses of an exercise from its own on, each one thing more than the one before."""
    found = [exercise.prescription]
    while (following := _more(exercise, found[-1])) is not None:
        found.append(following)
    return tuple(found)


def reached(past: Past, exercise: Exercise, day: date) -> Prescription:
    """The dose of the ladder that was planned last before `day`; one lower after a week off, or after red pain."""
    steps = ladder(exercise)
    done = list(_done(past, exercise, day))
    if not done:
        return steps[0]
    last, records = done[-1]
    planned_s = max(step.planned_ms for step in records) / 1000
    at = max((n for n, each in enumerate(steps) if length(each).work_s <= planned_s), default=0)
    hurts = [hurt for hurt in past.hurts if hurt.exercise == exercise.id and last <= hurt.day < day]
    if day - last > _OFF or any(colour(exercise, hurt.score) is Colour.RED for hurt in hurts):
        at = max(0, at - 1)
    return steps[at]


def suggestion(past: Past, catalogue: Catalogue, exercise: Exercise, day: date) -> Suggestion | None:
    """The next step, after two sessions running with the whole dose, little pain and quiet mornings.

    None if it is too early, or if there is no step: what releases a muscle or glides a nerve is only kept.
    """
    if exercise.category == "release" or "sciatic-nerve" in exercise.muscles:
        return None
    now = reached(past, exercise, day)
    running = list(_done(past, exercise, day))[-_RUNNING:]
    if len(running) < _RUNNING or day - running[-1][0] > _OFF or not all(_whole(steps, now) for _, steps in running):
        return None
    since = running[0][0]
    if isinstance(now, Hold) and exercise.category == "stretch":
        since = min(since, day - _STRETCHED_FOR)
        if next(_done(past, exercise, day))[0] > since:
            return None
    if _pained(past, exercise, since, day):
        return None
    steps = ladder(exercise)
    higher = steps[steps.index(now) + 1 :]
    if higher:
        return Suggestion(exercise, higher[0], f"{exercise.name}: {write(higher[0], now)} instead of {write(now, now)}")
    harder = next((catalogue.exercises[name] for name in exercise.harder if name in catalogue.exercises), None)
    return Suggestion(harder, harder.prescription, f"{harder.name} instead of {exercise.name}") if harder else None


def _more(exercise: Exercise, prescription: Prescription) -> Prescription | None:
    """The dose one step above, if there is one; of contract-relax and circles only the harder variant is."""
    match prescription:
        case Hold(sets, hold_s, _) if hold_s < _LONGEST_HOLD_S:
            return prescription._replace(hold_s=min(hold_s + 10, _LONGEST_HOLD_S))
        case Hold(sets, _, _) if sets < _MOST_SETS:
            return prescription._replace(sets=sets + 1)
        case PailsRails(passive_s=passive_s) if passive_s < _LONGEST_PASSIVE_S:
            return prescription._replace(passive_s=min(passive_s + 30, _LONGEST_PASSIVE_S))
        case Reps(sets, reps, _, _) if exercise.category in ("strength", "stretch"):
            most, most_sets = _STRENGTH_TOP if exercise.category == "strength" else _RESISTANCE_TOP
            if reps < most or sets < most_sets:
                more_reps = min(reps + 2, most) if reps < most else reps
                return prescription._replace(reps=more_reps, sets=sets + (reps >= most))
    return None


def _done(past: Past, exercise: Exercise, day: date) -> Iterator[tuple[date, tuple[StepRecord, ...]]]:
    """The sessions before `day` with the exercise in them, each with its steps of it."""
    for session in past.sessions:
        steps = tuple(step for step in session.steps if step.exercise == exercise.id)
        if steps and session.day < day:
            yield session.day, steps


def _whole(steps: tuple[StepRecord, ...], prescription: Prescription) -> bool:
    wanted_ms = 1000 * length(prescription).work_s
    return all(step.end == "done" and min(step.planned_ms, step.held_ms) >= wanted_ms for step in steps)


def _pained(past: Past, exercise: Exercise, since: date, day: date) -> bool:
    """Whether anything from then on speaks against more: a hurt above green, much pain, or a bad morning."""
    return (
        any(
            hurt.exercise == exercise.id and hurt.score > HIGHEST_PAIN and since <= hurt.day < day
            for hurt in past.hurts
        )
        or any(pain.score > HIGHEST_PAIN and since <= pain.day <= day for pain in past.pains)
        or of_day(past, day).advice is not Advice.GO_ON
    )
