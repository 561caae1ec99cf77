"""The session of a day: what, in which order, and why each; and what was left out, and why. Pure.

The same catalogue, profile, records and day give the same session. Nothing is random: what was done longest ago comes
back by itself, since it is worth most.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.notation import write
from hiproutine.catalogue.prescription import Prescription
from hiproutine.catalogue.vocabulary import AREAS, CATEGORY, CONDITIONS, Stage
from hiproutine.coach import pain
from hiproutine.coach.eligibility import Today, dose, look, lowered, rests, risen, waiting
from hiproutine.coach.objective import Asked, as_option, preferred, problem
from hiproutine.coach.ordering import in_order, stage_of
from hiproutine.coach.profile import obstacle
from hiproutine.coach.progression import Reached, Suggestion, suggestions
from hiproutine.coach.screening import EASY_DAY, EDUCATION, Screened, find, holds_stay_short, told
from hiproutine.coach.selection import Option, Problem, length_s, pack, within_limits
from hiproutine.coach.self_checks import preferences
from hiproutine.coach.session import Item, Session, of_items
from hiproutine.coach.weekly_volume import TARGET_S, Before, doses
from hiproutine.errors import HiproutineError
from hiproutine.history.past import Past
from hiproutine.history.records import WEEKDAYS, SessionRecord
from hiproutine.settings.model import Manner, Profile

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
    """The plan of `day`: for the minutes of the profile, or else the default routine. Raises HiproutineError."""
    return plan(screened, profile, manner, past, day) if profile.minutes else usual(screened, profile, past, day)


def todays_or_none(screened: Screened, profile: Profile, manner: Manner, past: Past, day: date) -> Plan:
    """The same; a session without exercises that says why, where there can be no other."""
    try:
        return todays(screened, profile, manner, past, day)
    except HiproutineError as error:
        why = str(error)
        return Plan(Session("", None, "No session today", f"{why[0].upper()}{why[1:]}.", ()), (), (), ())


def plan(screened: Screened, profile: Profile, manner: Manner, past: Past, day: date) -> Plan:
    """The session of `day` that is worth most within the minutes of the profile, all of its time included.

    Each exercise in the dose that was reached on its ladder, eased after pain; after more of it only the exercises of
    the easy day. Raises HiproutineError if nothing may be done, or nothing fits.
    """
    assert profile.minutes, "without minutes there is nothing to plan"
    if screened.stop:
        raise HiproutineError(screened.stop)
    today = look(screened, past, day)
    exercises, known, pains = today.exercises, today.known, today.pains
    out = waiting(today, profile)
    allowed = [each for name, each in exercises.items() if name not in out]
    doses_now = {each.id: dose(today, each) for each in allowed}
    prefer = preferences(past, day)
    prescribed = {name: each.prescription for name, each in doses_now.items()}
    easy = pains.advice >= pain.Advice.EASY_DAY
    asked = problem(allowed, Asked(profile.minutes, profile, manner, known, prescribed, prefer, easy))
    chosen = _ordered(pack(asked))
    if easy and not chosen:
        raise _only_rest(pains)
    if not chosen:
        raise HiproutineError(
            f"nothing fits into {profile.minutes} min with what is at hand; try more minutes or fewer restrictions"
        )
    done = [option.exercise for option in chosen]
    whole = screened.whole.exercises
    left = [Left(whole[name], f"hidden: {_conditions(codes)}") for name, codes in screened.hidden.items()]
    left += [Left(exercises[name], why) for name, why in out.items()]
    # What is missing on an easy day is meant to be missing.
    notes = (pains.words, pain.asks(past, day), *(() if easy else _notes(asked, chosen, allowed, profile, known)))
    return Plan(
        of_items([Item(option.exercise, option.prescription) for option in chosen]),
        tuple((*_reasons(each, profile, known, prefer), *lowered(doses_now[each.id])) for each in done),
        (*left, *_not_chosen(allowed, asked, chosen)),
        tuple(filter(None, notes)),
        _first_step(
            each for each in _steps(today, past, screened, profile, done) if _has_room(each, asked, chosen, manner)
        ),
    )


def usual(screened: Screened, profile: Profile, past: Past, day: date) -> Plan:
    """The default routine at the current progression level, reduced after pain, or the easy-day routine.

    Raises HiproutineError if there is none, or pain leaves nothing of it.
    """
    pains = pain.of_day(past, day)
    easy = pains.advice >= pain.Advice.EASY_DAY
    if easy and not screened.stop and EASY_DAY not in screened.catalogue.routines:
        raise _only_rest(pains)
    named = find(screened, EASY_DAY if easy else None)
    few = concerned(screened, named, past)
    today = look(few, past, day)
    meant = _moved_up(named.items, risen(today, profile))
    left = tuple(Left(each, today.sore[each.id]) for (each, _), _ in meant if each.id in today.sore)
    kept = [(item, why) for item, why in meant if item.exercise.id not in today.sore]
    if not kept:
        raise HiproutineError(f"nothing of {named.name} is left today: {left[0].exercise.name} {left[0].why}")
    doses_now = [dose(today, each, None if own == each.prescription else own) for (each, own), _ in kept]
    items = tuple(Item(item.exercise, each.prescription) for (item, _), each in zip(kept, doses_now, strict=True))
    session = named if items == named.items else of_items(items)._replace(name=named.name, honest=named.honest)
    notes = (today.pains.words, pain.asks(past, day), *told(screened, named.plan))
    done = [item.exercise for item in items]
    return Plan(
        session,
        tuple((*why, *_raised(own, now), *lowered(now)) for ((_, own), why), now in zip(kept, doses_now, strict=True)),
        left,
        tuple(filter(None, notes)),
        _first_step(_steps(today, past, few, profile, done)),
    )


def concerned(screened: Screened, session: Session, past: Past) -> Screened:
    """The catalogue with only what a session and the records are about, and its variants: there may be thousands."""
    every = screened.catalogue.exercises
    ids = {item.exercise.id for item in session.items}
    ids |= {name for item in session.items for name in item.exercise.harder}
    ids |= {name for harder in ids & every.keys() for name in every[harder].easier}
    ids |= {step.exercise for each in past.of(SessionRecord) for step in each.steps}
    few = {name: every[name] for name in every if name in ids}
    return screened._replace(catalogue=screened.catalogue._replace(exercises=few))


def _moved_up(items: Sequence[Item], harder: Mapping[str, Exercise]) -> list[tuple[Item, tuple[str, ...]]]:
    """The items of a routine with harder variants in the places that they took, and why they are there."""
    here = {item.exercise.id for item in items}
    found: list[tuple[Item, tuple[str, ...]]] = []
    for item in items:
        instead = harder.get(item.exercise.id)
        if instead and instead.id not in here:
            here.add(instead.id)
            found.append((Item(instead, instead.prescription), (f"in place of {item.exercise.name}",)))
        else:
            found.append((item, ()))
    return found


def _only_rest(pains: pain.Day) -> HiproutineError:
    return HiproutineError(f"{pains.words} Nothing gentle is within reach today, so a day of rest is fine.")


def _raised(own: Prescription, now: Reached) -> tuple[str, ...]:
    return (f"{write(now.prescription, own)} as last time",) if not now.why and now.prescription != own else ()


def by_reason(left_out: Iterable[Left]) -> dict[str, list[str]]:
    """The names of what was left out, under each reason."""
    found: dict[str, list[str]] = {}
    for left in left_out:
        found.setdefault(left.why, []).append(left.exercise.name)
    return found


def _steps(
    today: Today, past: Past, screened: Screened, profile: Profile, done: Sequence[Exercise]
) -> Iterator[Suggestion]:
    """The steps more that were earned with what is done today, up to one level above one's own."""
    harder = profile._replace(level=profile.level + 1)
    near = {name: today.exercises[name] for each in done for name in (each.id, *each.harder) if name in today.exercises}
    offered = {name: each for name, each in near.items() if not (obstacle(each, harder) or rests(each, today))}
    for each in suggestions(past, today.known, screened.catalogue._replace(exercises=offered), done):
        longer = each.exercise is each.instead
        if holds_stay_short(each.exercise, profile.conditions) if longer else each.exercise in done:
            continue
        yield each


def _first_step(earned: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """One thing at a time: the one that has waited longest."""
    return tuple(sorted(earned, key=lambda each: each.since)[:1])


def _has_room(suggested: Suggestion, asked: Problem, chosen: Sequence[Option], manner: Manner) -> bool:
    """Return whether the session keeps its limits, except its time, with the suggestion accepted."""
    others = [each for each in chosen if each.exercise.id != suggested.instead.id]
    new = as_option(suggested.exercise, suggested.prescription, manner, suggested.exercise.id)
    return within_limits(asked, [*others, new])


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
    stage = stage_of(exercise)
    if stage in _OF_STAGE:
        return (_OF_STAGE[stage],)
    areas = list(dict.fromkeys(area for (area, _), _ in doses(exercise, None, 1)))
    wanted = [area for area in areas if _least_s(known, area) < TARGET_S]
    focus = [area for area in wanted if area in dict(profile.focus)]
    found = [_dose_words(known, area) for area in (focus or wanted)[:1]]
    if focus:
        found.append("your focus")
    if preferred(exercise, prefer):
        found.append(CATEGORY[exercise.category].self_check)
    last = known.last_of_exercise.get(exercise.id)
    found.append("not done yet" if last is None else f"last done {_ago((known.day - last).days)}")
    return tuple(found)


_OF_STAGE = {Stage.WARM: "to get warm", Stage.SETTLE: "to settle"}


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
    """The exercises that were possible and are not in the plan, and why."""
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
