"""The session of a day: what, in which order, and why each; and what was left out, and why. Pure.

The same catalogue, profile, records and day give the same session. Nothing is random: what was done longest ago comes
back by itself, since it is worth most.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from hiproutine.catalogue.dose import write
from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import sets_of, with_sets
from hiproutine.catalogue.vocabulary import AREAS, CONDITIONS
from hiproutine.coach import ladder, pain
from hiproutine.coach.dose import TARGET_S, Before, before, doses, too_soon
from hiproutine.coach.objective import Asked, problem
from hiproutine.coach.ordering import in_order, phase_of
from hiproutine.coach.packing import Option, Problem, length_s, pack
from hiproutine.coach.profile import obstacle
from hiproutine.coach.screening import EASY_DAY, EDUCATION, Screened, find, told
from hiproutine.coach.session import Item, Session, of_items
from hiproutine.errors import HiproutineError
from hiproutine.history.records import WEEKDAYS
from hiproutine.history.store import Past
from hiproutine.settings import Manner, Profile

LEAST_USED = 0.85
"""The share of the minutes that a plan should use."""


class Left(NamedTuple):
    """An exercise that is not in the plan, and why."""

    exercise: Exercise
    why: str


class Plan(NamedTuple):
    """A session, the reasons for each of its items, what was left out, and what else must be said."""

    session: Session
    reasons: tuple[tuple[str, ...], ...]
    left_out: tuple[Left, ...]
    notes: tuple[str, ...]


def todays(screened: Screened, profile: Profile, manner: Manner, past: Past, day: date) -> Plan:
    """What to do on `day`: as planned for the minutes of the profile, or the usual routine. Raises HiproutineError."""
    return plan(screened, profile, manner, past, day) if profile.minutes else usual(screened, past, day)


def unplanned(screened: Screened, session: Session) -> Plan:
    """A session that was named: nothing to explain but what screening did to it."""
    return Plan(session, ((),) * len(session.items), (), told(screened, session.plan))


def plan(screened: Screened, profile: Profile, manner: Manner, past: Past, day: date) -> Plan:
    """The session of `day` that is worth most within the minutes of the profile, all of its time included.

    After pain only the exercises of the easy day, or half the sets. Raises HiproutineError if nothing may be done, or
    nothing fits.
    """
    assert profile.minutes, "without minutes there is nothing to plan"
    if screened.stop:
        raise HiproutineError(screened.stop)
    exercises = screened.catalogue.exercises
    known = before(past.sessions, exercises, day)
    pains = pain.of_day(past, day)
    easy = pains.advice >= pain.Advice.EASY_DAY
    halved = pain.halved(past, exercises, day)
    whole = screened.whole.exercises
    left = [Left(whole[name], f"hidden: {_conditions(codes)}") for name, codes in screened.hidden.items()]
    obstacles = in_the_way(screened, profile, past, known)
    left += [Left(exercises[name], why) for name, why in obstacles.items()]
    allowed = [each for each in exercises.values() if each.id not in obstacles]
    less = frozenset(exercises if pains.advice is pain.Advice.HALVE else halved)
    asked = problem(allowed, Asked(profile.minutes, profile, manner, known, less, easy))
    chosen = _ordered(pack(asked))
    if not chosen:
        raise HiproutineError(
            f"nothing fits into {profile.minutes} min with what is at hand; try more minutes or fewer restrictions"
        )
    left += _not_chosen(allowed, asked, chosen)
    session = of_items([Item(option.exercise, option.prescription) for option in chosen])
    reasons = tuple(
        (*_reasons(each, profile, known), *((halved[each.id],) if each.id in halved else ()))
        for each in (option.exercise for option in chosen)
    )
    notes = (*((pains.words,) if pains.words else ()), *_notes(asked, chosen, allowed, profile, known))
    return Plan(session, reasons, tuple(left), notes)


def in_the_way(screened: Screened, profile: Profile, past: Past, known: Before) -> dict[str, str]:
    """Why exercises of the screened catalogue may not be done on the day of `known`, by their ids."""
    exercises, day = screened.catalogue.exercises, known.day
    advice = pain.of_day(past, day).advice
    suits = _easy_ids(screened) if advice >= pain.Advice.EASY_DAY else exercises
    waiting = pain.resting(past, exercises, day)
    found = {}
    for each in exercises.values():
        why = obstacle(each, profile) or too_soon(each, known) or waiting.get(each.id)
        if not why and (each.id not in suits or not _gentle_enough(each, advice)):
            why = _NOT_TODAY
        if why:
            found[each.id] = why
    return found


_NOT_TODAY = "is not for a day like this"


def _easy_ids(screened: Screened) -> set[str]:
    easy = screened.whole.routines.get(EASY_DAY)
    return {step.exercise for step in easy.steps} if easy else set()


def _gentle_enough(exercise: Exercise, advice: pain.Advice) -> bool:
    return advice is not pain.Advice.GENTLE or exercise.category != "stretch"


def usual(screened: Screened, past: Past, day: date) -> Plan:
    """The usual routine in the doses that were reached; after pain with half the sets, or the easy day in its place.

    Raises HiproutineError if there is none, or pain leaves nothing of it.
    """
    pains = pain.of_day(past, day)
    named = find(screened, EASY_DAY if pains.advice >= pain.Advice.EASY_DAY else None)
    exercises = screened.catalogue.exercises
    waiting, halved = pain.resting(past, exercises, day), pain.halved(past, exercises, day)
    items, reasons, left = [], [], []
    for exercise, dose in named.items:
        why = waiting.get(exercise.id) or ("" if _gentle_enough(exercise, pains.advice) else _NOT_TODAY)
        if why:
            left.append(Left(exercise, why))
            continue
        reached = ladder.reached(past, exercise, day) if dose == exercise.prescription else dose
        less = pains.advice is pain.Advice.HALVE or exercise.id in halved
        items.append(Item(exercise, with_sets(reached, max(1, sets_of(reached) // 2)) if less else reached))
        further = (f"{write(reached, dose)} as last time",) if reached != dose else ()
        reasons.append((*further, *((halved[exercise.id],) if exercise.id in halved else ())))
    if not items:
        raise HiproutineError(f"nothing of {named.name} is left today: {left[0].exercise.name} {left[0].why}")
    changed = tuple(items) != named.items
    session = of_items(items)._replace(name=named.name, honest=named.honest) if changed else named
    notes = (*((pains.words,) if pains.words else ()), *told(screened, named.plan))
    return Plan(session, tuple(reasons), tuple(left), notes)


def by_reason(left_out: Iterable[Left]) -> dict[str, list[str]]:
    """The names of what was left out, under each reason."""
    found: dict[str, list[str]] = {}
    for left in left_out:
        found.setdefault(left.why, []).append(left.exercise.name)
    return found


def _ordered(chosen: Sequence[Option]) -> tuple[Option, ...]:
    groups = 0
    for option in chosen:
        groups |= option.group
    return tuple(option for group in in_order(groups) for option in chosen if option.group == group)


def _conditions(codes: Iterable[str]) -> str:
    return ", ".join(CONDITIONS[code] for code in codes)


# ---- reasons ----


def _reasons(exercise: Exercise, profile: Profile, known: Before) -> tuple[str, ...]:
    phase = phase_of(exercise)
    if phase in _OF_PHASE:
        return (_OF_PHASE[phase],)
    areas = list(dict.fromkeys(area for (area, _), _ in doses(exercise, None, 1)))
    wanted = [area for area in areas if _least_s(known, area) < TARGET_S]
    focus = [area for area in wanted if area in dict(profile.focus)]
    found = [_dose_words(known, area) for area in (focus or wanted)[:1]]
    if focus:
        found.append("your focus")
    last = known.last_of_exercise.get(exercise.id)
    found.append("not done yet" if last is None else f"last done {_ago((known.day - last).days)}")
    return tuple(found)


_OF_PHASE = {"warm": "to get warm", "settle": "to settle"}


def _dose_words(known: Before, area: str) -> str:
    """How much of the week's target an area has: `front of hip: 2 of 7 min this week`."""
    left, right = (int(known.dose_s.get((area, side), 0) // 60) for side in ("left", "right"))
    had = str(left) if left == right else f"left {left}, right {right}"
    return f"{AREAS[area]}: {had} of {TARGET_S // 60} min this week"


def _least_s(known: Before, area: str) -> float:
    return min(known.dose_s.get((area, side), 0) for side in ("left", "right"))


def _ago(days: int) -> str:
    return "yesterday" if days == 1 else f"{days} days ago"


def _not_chosen(allowed: Sequence[Exercise], asked: Problem, chosen: Sequence[Option]) -> Iterator[Left]:
    """What could have been done, in its shortest dose, and why it is not."""
    rest_s = asked.budget_s - length_s(asked, chosen)
    shortest: dict[str, Option] = {}
    for option in asked.options:
        shortest.setdefault(option.exercise.id, option)
    taken = {option.exercise.id for option in chosen}
    for each in allowed:
        if each.id in taken:
            continue
        if each.id not in shortest:
            yield Left(each, f"a session of {asked.budget_s / 60:.0f} min has no room for it")
            continue
        option = shortest[each.id]
        if any(seconds > asked.room_s[number] for number, seconds in option.gives):
            yield Left(each, "one of its areas has its 10 min of this week")
        elif option.seconds > rest_s:
            yield Left(each, "something else was worth more of the time")
        else:
            yield Left(each, "no more of it is needed today")


def _notes(
    asked: Problem, chosen: Sequence[Option], allowed: Sequence[Exercise], profile: Profile, known: Before
) -> tuple[str, ...]:
    notes = []
    if WEEKDAYS[known.day.weekday()] in profile.rest_days:
        notes.append("Today is one of your rest days. Here is a session all the same.")
    reached = {area for each in allowed for area in each.areas}
    missed = [AREAS[area] for area, _ in profile.focus if area not in reached]
    if missed:
        notes.append(f"Nothing for {' and '.join(missed)} can be done today; `--why` says what is in the way.")
    if known.hip_flexors_alone:
        notes.append(
            "Your week was hip flexor stretching alone. That is a good habit; strength and mobility belong beside "
            f"it. `hiproutine show {EDUCATION}` says why."
        )
    used = length_s(asked, chosen) / asked.budget_s
    if used < LEAST_USED:
        notes.append(f"Only {used:.0%} of the time is used: no more is needed, or can be done today.")
    return tuple(notes)
