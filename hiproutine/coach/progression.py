"""Progression: the dose reached in each exercise, and the next step: longer, more sets, the harder variant. Pure.

Nothing is stored: how far somebody is follows from the seconds that were planned, session by session. A step is only
ever suggested. The steps and the two sessions are a design on top of E13 and E18, not a finding; so is that a week off
means a week without any work for the areas of an exercise, since the coach itself does not plan each one every week.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from hiproutine.catalogue.model import Catalogue, Exercise
from hiproutine.catalogue.notation import write
from hiproutine.catalogue.prescription import Hold, Prescription, changed, declared, length, sets_of, with_sets
from hiproutine.catalogue.vocabulary import CATEGORY, NERVE
from hiproutine.coach.pain import Advice, Colour, colour, of_day, told
from hiproutine.coach.weekly_volume import SESSION_S, Before, before
from hiproutine.history.past import Past
from hiproutine.history.records import Hurt, Pain, SessionRecord, StepRecord

HIGHEST_PAIN = 2
_RUNNING = 2
_OFF = timedelta(days=7)
_STRETCHED_FOR = timedelta(days=14)


class Reached(NamedTuple):
    """The dose of an exercise for a day, a step below what it `was` if there is a `why`. `top`: no step is above."""

    prescription: Prescription
    was: Prescription
    why: str = ""
    top: bool = False


class Suggestion(NamedTuple):
    """The next step of an exercise: another dose of it, or a harder variant in its own dose.

    `instead` is the exercise done until now, the same one or the easier; `since` the day from which on it was earned.
    """

    exercise: Exercise
    prescription: Prescription
    words: str
    instead: Exercise
    since: date


def ladder(exercise: Exercise) -> tuple[Prescription, ...]:
    """The doses of an exercise from its own on, each one thing more than the one before, none above SESSION_S."""
    found = [exercise.prescription]
    while (following := _more(exercise, found[-1])) is not None and length(following).work_s <= SESSION_S:
        found.append(following)
    return tuple(found)


def below(exercise: Exercise, prescription: Prescription) -> Prescription:
    """The dose one step lower on the ladder; the same if it is none of its steps, or the first."""
    steps = ladder(exercise)
    return steps[max(0, steps.index(prescription) - 1)] if prescription in steps else prescription


def alike(one: Exercise, other: Exercise) -> bool:
    """Return whether two variants share an area and the category, so that one may replace the other."""
    return one.category == other.category and not set(one.areas).isdisjoint(other.areas)


def reached(known: Before, hurts: Iterable[Hurt], exercise: Exercise) -> Reached:
    """The dose of the ladder that was planned last; one lower after a week off, or after red pain.

    Fewer sets of it, and a dose that is none of the ladder, such as one that was eased, leave a person where they were.
    """
    by_day = known.steps.get(exercise.id)
    if not by_day:
        return Reached(exercise.prescription, exercise.prescription)
    steps = ladder(exercise)
    whole_s = [length(each).work_s for each in steps]
    red = [hurt for hurt in hurts if hurt.exercise == exercise.id and colour(exercise, hurt.score) is Colour.RED]
    at, last = 0, None
    for day, done in by_day.items():
        if at and last and _lowered(known, red, exercise, last, day):
            at -= 1
        # The stiff side may have had one set more.
        planned_s = min(step.planned_ms for step in done) / 1000
        if not _is_part(steps[at], planned_s):
            read = max((n for n, each_s in enumerate(whole_s) if each_s <= planned_s), default=0)
            at = read if read > at or whole_s[read] == planned_s else at
        last = day
    why = _lowered(known, red, exercise, last, known.day) if last else ""
    return Reached(steps[max(0, at - bool(why))], steps[at], why, at == len(steps) - 1)


def moved_up(
    known: Before, hurts: Sequence[Hurt], exercises: Mapping[str, Exercise], level: int
) -> dict[str, list[str]]:
    """By harder variants that were done more recently, the easier ones whose place they took.

    The place of an exercise is taken once it had come to the top of its ladder. One level above the person's own is for
    variants that took every easier one's place; such an easier one may also have been gone from the records for long.
    """
    last = known.last_of_exercise
    easier: dict[str, list[Exercise]] = {}
    for each in exercises.values():
        for name in each.harder:
            if name in last and alike(each, exercises[name]):
                easier.setdefault(name, []).append(each)
    found = {}
    for name, variants in easier.items():
        above = exercises[name].level - level
        left = [
            each.id
            for each in variants
            if last.get(each.id, date.min) < last[name] and _outgrown(known, hurts, each, name, above=above > 0)
        ]
        if left and (above <= 0 or (above == 1 and len(left) == len(variants))):
            found[name] = left
    return found


def suggestion(past: Past, catalogue: Catalogue, exercise: Exercise, day: date) -> Suggestion | None:
    """The next step, after two sessions running with the whole dose, little pain and quiet mornings.

    None if it is too early, or if there is no step: what releases a muscle or glides a nerve is only kept.
    """
    return next(
        suggestions(past, before(past.of(SessionRecord), catalogue.exercises, day), catalogue, (exercise,)), None
    )


def suggestions(past: Past, known: Before, catalogue: Catalogue, exercises: Sequence[Exercise]) -> Iterator[Suggestion]:
    """The next step of each exercise that has earned one; see `suggestion`."""
    if of_day(past, known.day).advice is not Advice.GO_ON:
        return
    for exercise in exercises:
        now = reached(known, past.of(Hurt), exercise)
        since = None if now.why else _earned(past, known, exercise, now.prescription)
        step = since and _step(known, catalogue, exercise, now)
        if since and step:
            words = f"{step[0].name} instead of {exercise.name}"
            if step[0] is exercise:
                words = f"{exercise.name}: {write(step[1], now.was)} instead of {write(now.was, now.was)}"
            yield Suggestion(*step, words, exercise, since)


def lowered_words(now: Prescription, was: Prescription) -> str:
    """The reduction, such as `30 s, was 45`; empty if there is none."""
    numbers, before = now._asdict(), was._asdict()
    units = ((name, field.unit) for name, field in declared(now).fields.items() if field.unit)
    less = [(numbers[name], unit, before[name]) for name, unit in units]
    return " and ".join(
        f"{value} {unit}{'s' * (unit != 's' and value > 1)}, was {more}" for value, unit, more in less if value < more
    )


def _more(exercise: Exercise, prescription: Prescription) -> Prescription | None:
    """The dose one step above, if there is one; of contract-relax and circles only the harder variant is."""
    tops = CATEGORY[exercise.category].tops
    for field, by, own_top in declared(prescription).ladder:
        top = tops.get(field, 0) if own_top is None else own_top
        value = getattr(prescription, field)
        if value < top:
            return changed(prescription, field, min(value + by, top))
    return None


def _step(
    known: Before, catalogue: Catalogue, exercise: Exercise, now: Reached
) -> tuple[Exercise, Prescription] | None:
    """The dose one step higher; from the last one on, the first harder variant that is there and was not tried."""
    steps = ladder(exercise)
    if not now.top:
        return exercise, steps[steps.index(now.prescription) + 1]
    found = (catalogue.exercises[each] for each in exercise.harder if each in catalogue.exercises)
    return next(((each, each.prescription) for each in found if each.id not in known.last_of_exercise), None)


def _lowered(known: Before, red: Iterable[Hurt], exercise: Exercise, last: date, day: date) -> str:
    """Why a step is taken back between two days with the exercise; empty if none is."""
    hurt = max((each for each in red if last <= each.day < day), key=lambda each: each.day, default=None)
    if hurt:
        return told(hurt)
    worked = {last, day}.union(*(known.days_of_area.get(area, ()) for area in exercise.areas))
    days = sorted(each for each in worked if last <= each <= day)
    return "a week off" if any(after - earlier > _OFF for earlier, after in pairwise(days)) else ""


def _is_part(prescription: Prescription, seconds: float) -> bool:
    """Return whether these are the seconds of all its sets, or of fewer."""
    counts = range(1, sets_of(prescription) + 1)
    return any(length(with_sets(prescription, count)).work_s == seconds for count in counts)


def _outgrown(known: Before, hurts: Sequence[Hurt], exercise: Exercise, harder: str, *, above: bool) -> bool:
    days = known.steps.get(exercise.id)
    if not days:
        return above and len(known.steps[harder]) >= _RUNNING
    now = reached(known, hurts, exercise)
    return now.top and len(days) >= _RUNNING and (above or now.was != exercise.prescription)


def _earned(past: Past, known: Before, exercise: Exercise, now: Prescription) -> date | None:
    """The first day of the sessions that earn a step; None if it is too early, or pain speaks against it."""
    if not CATEGORY[exercise.category].trains or NERVE in exercise.muscles:
        return None
    done = known.steps.get(exercise.id, {})
    running = list(done)[-_RUNNING:]
    if len(running) < _RUNNING or not all(_whole(done[each], now) for each in running):
        return None
    since = running[0]
    if isinstance(now, Hold) and CATEGORY[exercise.category].lengthens:
        since = min(since, known.day - _STRETCHED_FOR)
        if next(iter(done)) > since:
            return None
    hurt = any(
        each.exercise == exercise.id and each.score > HIGHEST_PAIN and since <= each.day < known.day
        for each in past.of(Hurt)
    )
    pained = any(each.score > HIGHEST_PAIN and since <= each.day <= known.day for each in past.of(Pain))
    return None if hurt or pained else running[0]


def _whole(steps: Sequence[StepRecord], prescription: Prescription) -> bool:
    wanted_ms = 1000 * length(prescription).work_s
    return all(step.end == "done" and min(step.planned_ms, step.held_ms) >= wanted_ms for step in steps)
