"""The session of a day: what, in which order, and why each; and what was left out, and why. Pure.

The same catalogue, profile, records and day give the same session. Nothing is random: what was done longest ago comes
back by itself, since it is worth most.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.vocabulary import AREAS, CONDITIONS
from hiproutine.coach import pain
from hiproutine.coach.checks import preferences
from hiproutine.coach.dose import TARGET_S, Before, before, doses, too_soon
from hiproutine.coach.ladder import Reached, Suggestion, below, lowered_words, moved_up, reached, suggestions
from hiproutine.coach.objective import Asked, as_option, preferred, problem
from hiproutine.coach.ordering import in_order, phase_of
from hiproutine.coach.packing import Option, Problem, length_s, pack, within_limits
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
    """A session, the reasons for each of its items, what was left out, and what else must be said.

    `suggestions` has at most one: one thing at a time.
    """

    session: Session
    reasons: tuple[tuple[str, ...], ...]
    left_out: tuple[Left, ...]
    notes: tuple[str, ...]
    suggestions: tuple[Suggestion, ...] = ()


def todays(screened: Screened, profile: Profile, manner: Manner, past: Past, day: date) -> Plan:
    """What to do on `day`: as planned for the minutes of the profile, or the usual routine. Raises HiproutineError."""
    return plan(screened, profile, manner, past, day) if profile.minutes else unplanned(screened, find(screened, None))


def todays_or_none(screened: Screened, profile: Profile, manner: Manner, past: Past, day: date) -> Plan:
    """The same; a session without exercises that says why, where there can be no other."""
    try:
        return todays(screened, profile, manner, past, day)
    except HiproutineError as error:
        why = str(error)
        return Plan(Session("", None, "No session today", f"{why[0].upper()}{why[1:]}.", ()), (), (), ())


def unplanned(screened: Screened, session: Session) -> Plan:
    """A session that was named: nothing to explain but what screening did to it."""
    return Plan(session, ((),) * len(session.items), (), told(screened, session.plan))


def plan(screened: Screened, profile: Profile, manner: Manner, past: Past, day: date) -> Plan:
    """The session of `day` that is worth most within the minutes of the profile, all of its time included.

    Each exercise in the dose that was reached on its ladder, eased after pain; after more of it only the exercises of
    the easy day. Raises HiproutineError if nothing may be done, or nothing fits.
    """
    assert profile.minutes, "without minutes there is nothing to plan"
    if screened.stop:
        raise HiproutineError(screened.stop)
    exercises = screened.catalogue.exercises
    known = before(past.sessions, exercises, day)
    pains = pain.of_day(past, day)
    easy = pains.advice >= pain.Advice.EASY_DAY
    suits = {step.exercise for step in screened.whole.routines[EASY_DAY].steps} if easy else set(exercises)
    today = _Today(known, pains, pain.resting(past, exercises, day), suits)
    waiting = _waiting(exercises, profile, today, moved_up(known, past.hurts, exercises, profile.level))
    allowed = [each for name, each in exercises.items() if name not in waiting]
    hurt = pain.halved(past, exercises, day)
    doses_now = {
        each.id: _eased(each, reached(known, past.hurts, each), pains, hurt.get(each.id, "")) for each in allowed
    }
    prefer = preferences(past, day)
    prescribed = {name: dose.prescription for name, dose in doses_now.items()}
    asked = problem(allowed, Asked(profile.minutes, profile, manner, known, prescribed, prefer, easy))
    chosen = _ordered(pack(asked))
    if not chosen:
        raise HiproutineError(
            f"nothing fits into {profile.minutes} min with what is at hand; try more minutes or fewer restrictions"
        )
    done = [option.exercise for option in chosen]
    whole = screened.whole.exercises
    left = [Left(whole[name], f"hidden: {_conditions(codes)}") for name, codes in screened.hidden.items()]
    left += [Left(exercises[name], why) for name, why in waiting.items()]
    notes = (pains.words, pain.asks(past, day), *_notes(asked, chosen, allowed, profile, known))
    harder = profile._replace(level=profile.level + 1)
    offered = {name: each for name, each in exercises.items() if not (obstacle(each, harder) or _rests(each, today))}
    earned = [
        each
        for each in suggestions(past, known, screened.catalogue._replace(exercises=offered), done)
        if _has_room(each, asked, chosen, manner)
    ]
    return Plan(
        of_items([Item(option.exercise, option.prescription) for option in chosen]),
        tuple((*_reasons(each, profile, known, prefer), *_lowered(doses_now[each.id])) for each in done),
        (*left, *_not_chosen(allowed, asked, chosen)),
        tuple(filter(None, notes)),
        tuple(sorted(earned, key=lambda each: each.since)[:1]),  # the one that has waited longest
    )


def _has_room(suggested: Suggestion, asked: Problem, chosen: Sequence[Option], manner: Manner) -> bool:
    """Whether the session keeps its limits, but for its time, if the suggestion is taken."""
    others = [each for each in chosen if each.exercise.id != suggested.instead.id]
    new = as_option(suggested.exercise, suggested.prescription, manner, suggested.exercise.id)
    return within_limits(asked, [*others, new])


class _Today(NamedTuple):
    """What of the records decides whether an exercise waits; `suits` are the ids of those that are for such a day."""

    known: Before
    pains: pain.Day
    resting: Mapping[str, str]
    suits: Collection[str]


def _waiting(
    exercises: Mapping[str, Exercise], profile: Profile, today: _Today, moved: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """The exercises that may not be done today, and why; `moved` is what `moved_up` says."""
    found = {}
    for name, each in exercises.items():
        able = profile._replace(level=max(profile.level, each.level)) if name in moved else profile
        if why := obstacle(each, able) or _rests(each, today):
            found[name] = why
    for harder, easier in moved.items():
        # What cannot be done today, or rests, leaves its place to the easier one.
        if harder not in found or found[harder] == too_soon(exercises[harder], today.known):
            found |= {name: found.get(name, "its harder variant took its place") for name in easier}
    return found


def _rests(exercise: Exercise, today: _Today) -> str | None:
    """Why the exercise has to wait for another day, in words; None if it may be done."""
    why = too_soon(exercise, today.known) or today.resting.get(exercise.id) or pain.too_sore(exercise, today.pains)
    stretch = today.pains.advice is pain.Advice.GENTLE and exercise.category == "stretch"
    if not why and (stretch or exercise.id not in today.suits):
        return "is not for a day like this"
    return why


def _eased(exercise: Exercise, dose: Reached, pains: pain.Day, hurt: str) -> Reached:
    """The dose after pain, in general or in this exercise: half of it, or a step lower on a day that is easy anyway."""
    if hurt or pains.advice is pain.Advice.HALVE:
        return dose._replace(prescription=pain.eased(dose.prescription), why=hurt or pains.why)
    if pains.advice >= pain.Advice.EASY_DAY:
        return dose._replace(prescription=below(exercise, dose.prescription), why=pains.why)
    return dose


def _ordered(chosen: Sequence[Option]) -> tuple[Option, ...]:
    groups = 0
    for option in chosen:
        groups |= option.group
    return tuple(option for group in in_order(groups) for option in chosen if option.group == group)


def _conditions(codes: Iterable[str]) -> str:
    return ", ".join(CONDITIONS[code] for code in codes)


# ---- reasons ----


def _reasons(
    exercise: Exercise, profile: Profile, known: Before, prefer: Mapping[str, frozenset[str]]
) -> tuple[str, ...]:
    phase = phase_of(exercise)
    if phase in _OF_PHASE:
        return (_OF_PHASE[phase],)
    areas = list(dict.fromkeys(area for (area, _), _ in doses(exercise, None, 1)))
    wanted = [area for area in areas if _least_s(known, area) < TARGET_S]
    focus = [area for area in wanted if area in dict(profile.focus)]
    found = [_dose_words(known, area) for area in (focus or wanted)[:1]]
    if focus:
        found.append("your focus")
    if preferred(exercise, prefer):
        found.append(_OF_CHECK[exercise.category])
    last = known.last_of_exercise.get(exercise.id)
    found.append("not done yet" if last is None else f"last done {_ago((known.day - last).days)}")
    return tuple(found)


_OF_PHASE = {"warm": "to get warm", "settle": "to settle"}
_OF_CHECK = {
    "strength": "your check: strength before stretching",
    "mobility": "your check: moving before stretching",
    "stretch": "your check: worth stretching",
}


def _lowered(dose: Reached) -> tuple[str, ...]:
    words = lowered_words(dose.prescription, dose.was)
    return (f"{words}: {dose.why}",) if words else ()


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
