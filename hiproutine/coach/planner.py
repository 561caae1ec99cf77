"""The session of a day: what, in which order, and why each; and what was omitted, and why. Pure.

The same catalogue, profile, records and day give the same session. Nothing is random: what was done longest ago comes
back by itself, since it is worth most.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import sets_of, with_sets
from hiproutine.catalogue.vocabulary import Stage
from hiproutine.coach import pain, plan_words
from hiproutine.coach.durations import together_s
from hiproutine.coach.eligibility import Today, dose, gentler_warm_ups, look, lowered, reductions, rests, risen, waiting
from hiproutine.coach.learning import skipped
from hiproutine.coach.objective import WARM_UP_FROM_MIN, Asked, as_option, problem
from hiproutine.coach.omissions import Omitted, hidden, not_chosen, of_programme, omitted_words
from hiproutine.coach.ordering import FRAME, in_order, stage_of
from hiproutine.coach.profile import obstacle
from hiproutine.coach.programme import Absent, Due, Standing, frame, of_day, rotating, standing
from hiproutine.coach.progression import Reached, Suggestion, alike, suggestions
from hiproutine.coach.reasons import Cause, Reason
from hiproutine.coach.screening import (
    EASY_DAYS,
    Screened,
    cautions,
    find,
    holds_stay_short,
    routine_changes,
)
from hiproutine.coach.selection import Option, Problem, length_s, pack, within_limits
from hiproutine.coach.self_checks import preferences
from hiproutine.coach.session import Item, Session, of_items
from hiproutine.errors import HiproutineError
from hiproutine.history.past import Past
from hiproutine.history.records import SessionRecord
from hiproutine.settings.model import Changes, Manner, Profile

_CHAIR = "seated-chair"


class Plan(NamedTuple):
    """A session, the reasons for each of its items, what was omitted, and what else must be said.

    `suggestions` has at most one: one thing at a time.
    """

    session: Session
    reasons: tuple[tuple[str, ...], ...]
    omitted: tuple[Omitted, ...]
    notes: tuple[str, ...]
    suggestions: tuple[Suggestion, ...] = ()
    programme: Standing | None = None
    skipped: Exercise | None = None
    """An exercise that was omitted twice lately: whether it should be planned less is asked."""
    less: Mapping[str, str] = {}
    """The reduced doses with their reasons, by exercise."""
    as_planned: tuple[str, ...] = ()
    """Those of the notes that hold only until the session is changed: on its length, and on what is missing from it."""


def todays(screened: Screened, profile: Profile, manner: Manner, past: Past, day: date) -> Plan:
    """The plan of `day`: for the minutes of the profile or of a programme, or else the default routine.

    Raises HiproutineError.
    """
    if profile.minutes or standing(screened, profile, past, day):
        return plan(screened, profile, manner, past, day)
    return usual(screened, profile, past, day)


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
    the easy day. With a programme it is the core that is due, and what rotates. Raises HiproutineError if nothing may
    be done, or nothing fits.
    """
    if screened.stop:
        raise HiproutineError(screened.stop)
    running = standing(screened, profile, past, day)
    if running and not profile.minutes:
        profile = profile._replace(minutes=running.programme.minutes)
    assert profile.minutes, "without minutes there is nothing to plan"
    today = look(screened, past, day, _easy(running))
    if running and not running.over and today.pains.advice < pain.Advice.EASY_DAY:
        return _in_programme(running, screened, profile, today, manner=manner, past=past)
    return _of_all(running, screened, profile, today, manner=manner, past=past)


def _of_all(
    running: Standing | None, screened: Screened, profile: Profile, today: Today, *, manner: Manner, past: Past
) -> Plan:
    """The session that is worth most of all that may be done; `running` is a programme that rests today."""
    assert profile.minutes
    day = today.known.day
    exercises, known, pains = today.exercises, today.known, today.pains
    out = _out(today, profile)
    allowed = [each for name, each in exercises.items() if name not in out]
    doses_now = {each.id: dose(today, each) for each in allowed}
    prefer = preferences(past, day)
    prescribed = {name: each.prescription for name, each in doses_now.items()}
    easy = pains.advice >= pain.Advice.EASY_DAY
    gentler = {} if easy else _gentler_warm_up(today, out, profile.minutes)
    core = {name: with_sets(prescribed[name], 1) for name in gentler}
    wanted = Asked(profile.minutes, profile, manner, known, prescribed, prefer, easy, core, core, codes=screened.codes)
    asked = problem(allowed, wanted)
    chosen = _ordered(pack(asked), manner.changes)
    if not chosen:
        raise _only_rest(pains) if easy else _nothing_fits(profile.minutes)
    items = _items(chosen)
    done = [item.exercise for item in items]
    skips = (exercises[name] for name in skipped(past, day) if name in exercises)
    asks = next((each for each in skips if each.id not in (profile.planned_less or ())), None)
    omitted = [*hidden(screened), *(Omitted(exercises[name], whys[0]) for name, whys in out.items())]
    short = "" if easy else plan_words.short_choice(asked, chosen, today.eased)
    # What is missing on an easy day is meant to be missing.
    notes = (
        *((running.words, running.told) if running else ()),
        *plan_words.of_day(profile, today, past),
        plan_words.skipped_words(asks) if asks else "",
        *(() if easy else plan_words.of_choice(allowed, profile, today)),
        short,
    )
    return Plan(
        of_items(items),
        tuple(
            (
                *(gentler.get(each.id) or plan_words.reasons(each, profile, known, prefer, screened.codes)),
                *lowered(doses_now[each.id]),
            )
            for each in done
        ),
        (*omitted, *not_chosen(allowed, asked, chosen)),
        tuple(filter(None, notes)),
        _first(_packed(each, asked, chosen, manner) for each in _steps(today, past, screened, profile, items)),
        running,
        asks,
        reductions({each.id: doses_now[each.id] for each in done}),
        (short,),
    )


def _gentler_warm_up(today: Today, out: Collection[str], minutes: int) -> dict[str, tuple[str, ...]]:
    """Return, by id with the reason, an easier variant without cautions, where no warm-up may be done."""
    there = today.exercises.keys() - out
    if minutes < WARM_UP_FROM_MIN or any(stage_of(today.exercises[name]) is Stage.WARM for name in there):
        return {}
    found = (
        (easier, name)
        for easier, name in gentler_warm_ups(today, out).items()
        if easier in there and not cautions(today.exercises[easier], today.codes)
    )
    return {easier: (f"{FRAME[Stage.WARM]}, in place of {name}",) for easier, name in [*found][:1]}


def _out(today: Today, profile: Profile) -> dict[str, tuple[Reason, ...]]:
    """The reasons why exercises are not in a plan for that person, by id, before any is chosen."""
    found = waiting(today, profile)
    return found | _better_off_the_chair(today, found, profile)


def _better_off_the_chair(today: Today, out: Collection[str], profile: Profile) -> dict[str, tuple[Reason, ...]]:
    """The exercises on a chair that give way to a harder variant off it, by id: of one's level, with no more cautions.

    They stay for swaps, and for those who cannot do the other.
    """
    found: dict[str, tuple[Reason, ...]] = {}
    for name, each in today.exercises.items():
        if each.position == _CHAIR and name not in out:
            harder = (today.exercises[other] for other in each.harder if other in today.exercises)
            instead = (
                other.name
                for other in harder
                if other.id not in out
                and other.position != _CHAIR
                and other.level <= profile.level
                and alike(each, other)
                and len(cautions(other, today.codes)) <= len(cautions(each, today.codes))
            )
            if better := next(instead, ""):
                found[name] = (Reason(Cause.CHOICE, f"is {better} made easier, on a chair"),)
    return found


def _easy(running: Standing | None) -> pain.Day | None:
    """The easy day that a programme asks for, after red pain."""
    if not running or not running.easy:
        return None
    return pain.Day(pain.Advice.EASY_DAY, f"An easy day: {running.easy}.", running.easy)


def _in_programme(
    running: Standing, screened: Screened, profile: Profile, today: Today, *, manner: Manner, past: Past
) -> Plan:
    """The session of a day in a programme: to get warm, the core that is due, and what rotates, within the minutes.

    Nothing is suggested on top: what comes next is the programme's to say.
    """
    assert profile.minutes
    core, absent = _core_due(running, screened, profile, today)
    out = _out(today, profile)
    beside = (*frame(today, out), *rotating(running, profile, today, core, out))
    why_here = {each.exercise.id: each.why for each in core}
    gentler = {name: why for name, why in _gentler_warm_up(today, out, profile.minutes).items() if name not in why_here}
    due = (*(Due(today.exercises[name], with_sets(today.exercises[name].prescription, 1)) for name in gentler), *core)
    wanted = Asked(
        profile.minutes,
        profile,
        manner,
        today.known,
        prefer=preferences(past, today.known.day),
        warm=gentler,
        most_new=running.phase.rotate,
        codes=screened.codes,
    )
    doses = _core_in_time(due, beside, today, wanted)
    asked, chosen = _chosen_with_core((*beside, *(each.exercise for each in due)), _with_doses(wanted, due, doses))
    done = {option.exercise.id for option in chosen}
    no_time = [
        Omitted(each.exercise, Reason(Cause.CHOICE, f"there is no time for it in {profile.minutes} min"))
        for each in core
        if each.exercise.id not in done
    ]
    why_here = {each.exercise.id: each.why for each in core}
    as_planned = (*plan_words.missing_core(running, absent, no_time), plan_words.short_core(asked, chosen))
    notes = (*plan_words.in_programme(running, profile, today, past), *as_planned)
    return Plan(
        of_items(_items(chosen)),
        tuple(
            (
                *(gentler.get(option.exercise.id) or plan_words.in_phase(option.exercise, why_here, today.known)),
                *lowered(doses[option.exercise.id]),
            )
            for option in chosen
        ),
        of_programme(screened, today, done, absent, no_time),
        tuple(filter(None, notes)),
        programme=running,
        less=reductions({name: doses[name] for name in done}),
        as_planned=as_planned,
    )


def _core_in_time(core: Sequence[Due], beside: Sequence[Exercise], today: Today, wanted: Asked) -> dict[str, Reached]:
    """The doses of a day, with fewer sets of the core where time is short: rather less of each than not all of it."""
    doses = {each.exercise.id: dose(today, each.exercise, each.prescription) for each in core}
    doses |= {each.id: dose(today, each) for each in beside}
    around = (each for each in beside if stage_of(each) in FRAME)
    exercises = (*around, *(each.exercise for each in core))
    wanted_core = {each.exercise.id for each in core}
    while True:
        asked = problem(exercises, _with_doses(wanted, core, doses))
        musts = [option for option in asked.options if option.must]
        several = [each for each in musts if each.only in wanted_core and sets_of(each.prescription) > 1]
        if not several or length_s(asked, musts) <= asked.budget_s:
            return doses
        longest = max(several, key=lambda option: option.seconds)
        fewer = with_sets(longest.prescription, sets_of(longest.prescription) - 1)
        now = doses[longest.only]
        why = now.why or f"there is no time for more in {wanted.minutes} min"
        doses[longest.only] = now._replace(prescription=fewer, why=why)


def _with_doses(wanted: Asked, core: Iterable[Due], doses: Mapping[str, Reached]) -> Asked:
    prescribed = {name: each.prescription for name, each in doses.items()}
    return wanted._replace(
        prescribed=prescribed, core={each.exercise.id: prescribed[each.exercise.id] for each in core}
    )


def _core_due(
    running: Standing, screened: Screened, profile: Profile, today: Today
) -> tuple[Sequence[Due], Sequence[Absent]]:
    """The core that is due today, and the rest of it. Raises HiproutineError if nothing of it is due."""
    core, absent = of_day(running, screened, profile, today)
    if core:
        return core, absent
    if all(each.dropped for each in absent):
        why = "; ".join(f"{each.name} {each.why.words}" for each in absent)
        raise HiproutineError(f"{running.words}. Nothing of it is possible for you now: {why}")
    raise HiproutineError(f"{running.words}. Nothing of it is due today: rest, or choose a routine")


def _chosen_with_core(exercises: Sequence[Exercise], wanted: Asked) -> tuple[Problem, tuple[Option, ...]]:
    """The choice, and what is chosen of it, in order: the core, and what is worth most beside it within the minutes."""
    asked = problem(exercises, wanted)
    # Whatever rotates has one limit, whether it is new or not.
    limited = tuple(option if option.must else option._replace(new=True) for option in asked.options)
    return asked, _ordered(pack(asked._replace(options=limited)), asked.changes)


def usual(screened: Screened, profile: Profile, past: Past, day: date) -> Plan:
    """The default routine at the current progression level, reduced after pain, or a routine of the easy day.

    What the profile rules out is replaced item by item, or omitted. Raises HiproutineError if there is no routine, or
    nothing of it is left.
    """
    pains = pain.of_day(past, day)
    easy = _easy_routine(screened, profile) if pains.advice >= pain.Advice.EASY_DAY and not screened.stop else None
    if pains.advice >= pain.Advice.EASY_DAY and not screened.stop and easy is None:
        raise _only_rest(pains)
    named = find(screened, easy)
    few = concerned(screened, named, past)
    if any(obstacle(item.exercise, profile) for item in named.items):
        few = screened  # anything may have to come in
    today = look(few, past, day)
    moved = _moved_up(named.items, risen(today, profile))
    meant = [
        (item, why, out or next(iter(today.objections(item.exercise.id)), None))
        for item, why, out in suited(moved, today, profile)
    ]
    kept = [(item, why) for item, why, out in meant if not out]
    omitted = tuple(Omitted(item.exercise, out) for item, _, out in meant if out)
    if not kept:
        raise HiproutineError(f"nothing of {named.name} is left today: {omitted[0].exercise.name} {omitted[0].why}")
    doses_now = [dose(today, each, None if own == each.prescription else own) for (each, own), _ in kept]
    items = tuple(Item(item.exercise, each.prescription) for (item, _), each in zip(kept, doses_now, strict=True))
    session = named if items == named.items else of_items(items)._replace(name=named.name, honest=named.honest)
    as_planned = (
        *routine_changes(screened, named.plan),
        plan_words.replaced_words([item for item, _ in moved], [item for item, _, _ in meant]),
        *(omitted_words(each.exercise.name, each.why) for each in omitted if each.reason.cause is not Cause.PAIN),
    )
    notes = (*plan_words.of_day(profile, today, past), *as_planned)
    done = [item.exercise for item in items]
    return Plan(
        session,
        tuple(
            (*why, *plan_words.raised(own, now), *lowered(now))
            for ((_, own), why), now in zip(kept, doses_now, strict=True)
        ),
        omitted,
        tuple(filter(None, notes)),
        _first(_in_place(each, items) for each in _steps(today, past, few, profile, items)),
        less=reductions(dict(zip((each.id for each in done), doses_now, strict=True))),
        as_planned=as_planned,
    )


def _easy_routine(screened: Screened, profile: Profile) -> str | None:
    """The routine of the easy day of which the person can do most, the usual one of equals; None if there is none."""
    routines = screened.catalogue.routines
    there = [name for name in EASY_DAYS if name in routines]

    def out_of_reach(name: str) -> float:
        steps = [screened.catalogue.exercises[step.exercise] for step in routines[name].steps]
        return sum(obstacle(each, profile) is not None for each in steps) / len(steps)

    return min(there, key=out_of_reach, default=None)


def suited(
    items: Iterable[tuple[Item, tuple[str, ...]]], today: Today, profile: Profile, *, any_level: bool = False
) -> list[tuple[Item, tuple[str, ...], Reason | None]]:
    """The items with the reasons for them, replaced where the profile rules them out; and why one is omitted.

    With `any_level` its level rules nothing out, but what takes a place is of that level.
    """
    items = list(items)
    here = {item.exercise.id for item, _ in items}
    possible: dict[str, Exercise] | None = None
    found: list[tuple[Item, tuple[str, ...], Reason | None]] = []
    for item, why in items:
        exercise = item.exercise
        # A harder variant that took an easier one's place may be one level above the person's own.
        able = profile._replace(level=max(profile.level, exercise.level)) if why or any_level else profile
        out = obstacle(exercise, able)
        if out and possible is None:
            waits = waiting(today, profile)
            possible = {name: each for name, each in today.exercises.items() if name not in waits}
        instead = _instead(exercise, here, possible, today) if out and possible else None
        if out and instead:
            here.add(instead.id)
            words = f"in place of {exercise.name}, which {out.words}"
            found.append((Item(instead, instead.prescription), (words,), None))
        else:
            found.append((item, why, out))
    return found


def _instead(exercise: Exercise, here: set[str], possible: Mapping[str, Exercise], today: Today) -> Exercise | None:
    """The nearest permitted substitute: same first area, family, category and position.

    Of several, the one done longest ago.
    """
    found = [each for name, each in possible.items() if name not in here and each.areas[0] == exercise.areas[0]]
    last = today.known.last_of_exercise
    return min(
        found,
        key=lambda each: (
            not alike(exercise, each),
            each.category != exercise.category,
            each.position != exercise.position,
            last.get(each.id, date.min),
        ),
        default=None,
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
    return HiproutineError(f"{pains.words} Nothing gentle is within reach today, so a rest day is fine.")


def _nothing_fits(minutes: int) -> HiproutineError:
    words = f"nothing fits into {minutes} min with what is at hand; try more minutes or fewer restrictions"
    return HiproutineError(words)


def _steps(
    today: Today, past: Past, screened: Screened, profile: Profile, items: Sequence[Item]
) -> Iterator[Suggestion]:
    """The steps more that were earned with what is done today in its whole dose, up to one level above one's own.

    One thing at a time: what has waited longest comes first.
    """
    done = [item.exercise for item in items]
    harder = profile._replace(level=profile.level + 1)
    near = {name: today.exercises[name] for each in done for name in (each.id, *each.harder) if name in today.exercises}
    offered = {name: each for name, each in near.items() if not (obstacle(each, harder) or rests(each, today))}
    offers = screened.catalogue._replace(exercises=offered)
    earned = suggestions(past, today.known, offers, done, profile.equipment)
    for each in sorted(earned, key=lambda each: each.since):
        if Item(each.instead, each.was) not in items:
            continue
        longer = each.exercise is each.instead
        if holds_stay_short(each.exercise, profile.conditions) if longer else each.exercise in done:
            continue
        yield each


def _first(steps: Iterable[Suggestion | None]) -> tuple[Suggestion, ...]:
    return tuple(islice(filter(None, steps), 1))


def _packed(step: Suggestion, asked: Problem, chosen: Sequence[Option], manner: Manner) -> Suggestion | None:
    """A step with the session in which it is taken: the rest of what was chosen, in the doses for which there is time.

    None if the day has no room for it.
    """
    new = as_option(step.exercise, step.prescription, manner, step.exercise.id)._replace(must=True)
    if not within_limits(asked, [new]):
        return None
    rest = {option.exercise.id for option in chosen} - {step.instead.id, step.exercise.id}
    options = (new, *(option for option in asked.options if option.exercise.id in rest))
    order = [step.exercise.id if each.exercise == step.instead else each.exercise.id for each in chosen]
    budget_s = asked.budget_s
    while True:
        packed = pack(asked._replace(options=options, budget_s=budget_s))
        if new not in packed:
            return None
        taken = _items(sorted(packed, key=lambda option: order.index(option.exercise.id)))
        # The order stays, though another one might have quicker changes of position by now.
        over_s = together_s(taken, manner) - asked.budget_s
        if over_s <= 0:
            break
        budget_s -= over_s
    doses = {item.exercise.id: item.prescription for item in taken}
    others = [each for each in chosen if each.exercise.id in rest]
    less = [each.exercise.name for each in others if doses.get(each.exercise.id) not in (each.prescription, None)]
    gone = [each.exercise.name for each in others if each.exercise.id not in doses]
    cost = [f"{' and '.join(names)} {how}" for names, how in ((less, "in another dose"), (gone, "omitted")) if names]
    return step._replace(words="; ".join((step.words, *cost)), taken=taken)


def _in_place(step: Suggestion, items: Sequence[Item]) -> Suggestion:
    """A step with the session in which it is taken, where no minutes are set: all else stays."""
    new = Item(step.exercise, step.prescription)
    return step._replace(taken=tuple(new if item.exercise == step.instead else item for item in items))


def _items(options: Sequence[Option]) -> tuple[Item, ...]:
    return tuple(Item(option.exercise, option.prescription) for option in options)


def _ordered(chosen: Sequence[Option], changes: Changes) -> tuple[Option, ...]:
    groups = 0
    for option in chosen:
        groups |= option.group
    return tuple(option for group in in_order(groups, changes) for option in chosen if option.group == group)
