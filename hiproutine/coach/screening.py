"""Screening: the catalogue without the exercises that the user's conditions hide. Pure.

Everything that shows or plans exercises is given the screened catalogue, so nothing else has to know the conditions.
What is never planned stays in it, to be shown and to be named by hand; `unplanned` says what that is.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from hiproutine.catalogue import loads
from hiproutine.catalogue.conditions import (
    CONDITION,
    CONDITIONS,
    STOPS,
    asked_for,
    caution_words,
    foremost,
    graded,
    with_implied,
)
from hiproutine.catalogue.model import Catalogue, Exercise, Routine, Step
from hiproutine.catalogue.prescription import (
    ContractRelax,
    Hold,
    PailsRails,
    Prescription,
    Sort,
    declared,
    load_of,
    with_load,
)
from hiproutine.catalogue.vocabulary import CATEGORY, SESSION
from hiproutine.coach import session
from hiproutine.coach.profile import FLOOR
from hiproutine.errors import HiproutineError
from hiproutine.settings.model import Profile

EASY_DAY = "bedtime-easy"
EASY_DAYS = (EASY_DAY, "chair-easy-day")
"""The routines of an easy day: lying down, and for those who cannot, on a chair."""
EDUCATION = "edu-stretch-or-strengthen"

ASKED_AGAIN = "answer again with `hiproutine screening` once that has changed"
_ASKED_NOW = "please answer again with `hiproutine screening`, because your answer is old, or has no day"


class Change(NamedTuple):
    """A screened routine: replacements (before, instead), dropped ones, and whether half of it remains (`enough`)."""

    replaced: tuple[tuple[Exercise, Exercise], ...]
    dropped: tuple[Exercise, ...]
    enough: bool


class Screened(NamedTuple):
    """The catalogue without hidden exercises, and whole; by id, why exercises are hidden and how routines changed.

    `stop` says why nothing at all may be practised, if that is so; `codes` are the conditions with what they imply;
    `unplanned` are, by id, the conditions for which an exercise is done only when it is named by hand.
    """

    catalogue: Catalogue
    whole: Catalogue
    hidden: Mapping[str, tuple[str, ...]]
    changes: Mapping[str, Change]
    stop: str | None
    codes: frozenset[str] = frozenset()
    unplanned: Mapping[str, tuple[str, ...]] = {}

    def objection(self, name: str, prescription: Prescription | None = None) -> str:
        """Why an exercise, in its own or another dose, is done only when it is named by hand; empty if it is not so."""
        exercise = self.whole.exercises[name]
        asked = _regraded(exercise, prescription or exercise.prescription)
        codes = _against("not_planned", asked, self.codes)
        labels = ", ".join(CONDITIONS[code] for code in foremost(codes))
        return f"is not planned for you ({labels}): {' '.join(_says(asked, codes)).rstrip('.')}" if codes else ""


def current(profile: Profile, day: date) -> tuple[str, ...]:
    """The conditions that hold on a day: a third of a pregnancy is counted on from the day of the answer.

    It is not known when in its third a pregnancy was. So the next one holds after the weeks for which an answer is
    taken as it is, and the last one where the third, or the day, was not given (our choice).
    """
    return tuple(_counted_on(code, profile.screened, day) if code in _THIRDS else code for code in profile.conditions)


_THIRDS = ("preg", "preg_1", "preg_2", "preg_3")
_THIRD = timedelta(weeks=14)


def _counted_on(code: str, since: str | None, day: date) -> str:
    if code == "preg" or since is None:
        return "preg_3"
    until = date.fromisoformat(since) + timedelta(weeks=CONDITION[code].weeks or 0)
    thirds = 0 if day < until else 1 + (day - until) // _THIRD
    return _THIRDS[min(_THIRDS.index(code) + thirds, 3)]


def screen_for(catalogue: Catalogue, profile: Profile, day: date) -> Screened:
    """The catalogue as it is for a person on a day."""
    return screen(catalogue, current(profile, day), _ASKED_NOW if STOPS & set(old(profile, day)) else ASKED_AGAIN)


def old(profile: Profile, day: date) -> tuple[str, ...]:
    """Return the conditions that are asked about anew: their answer has grown too old, or has no day."""
    since = date.fromisoformat(profile.screened) if profile.screened else None
    return tuple(
        code
        for code in profile.conditions
        if (weeks := CONDITION[code].weeks) is not None and (since is None or day - since >= timedelta(weeks=weeks))
    )


def ages(code: str) -> bool:
    """Whether what was answered about a condition is asked again after some weeks."""
    return CONDITION[code].weeks is not None


def screen(catalogue: Catalogue, conditions: Collection[str], again: str = ASKED_AGAIN) -> Screened:
    """Hide what the conditions hide. A routine gets the first easier variant that may be planned and is not in it.

    What a caution asks for is needed as the exercise's own equipment is: without it, it would be no caution.
    Where nothing may be practised, `again` says when to answer again.
    """
    if not conditions:
        return Screened(catalogue, catalogue, {}, {}, None)
    codes = with_implied(conditions)
    stop = next((f"{each.stop}; {again}" for code, each in CONDITION.items() if each.stop and code in codes), None)
    found = {each.id: _hiding(each, codes) for each in catalogue.exercises.values()}
    hidden = {name: why for name, why in found.items() if why}
    exercises = {name: each for name, each in catalogue.exercises.items() if name not in hidden}
    found = {name: _against("not_planned", each, codes) for name, each in exercises.items()}
    unplanned = {name: why for name, why in found.items() if why}
    remaining = {
        name: each._replace(
            easier=tuple(other for other in each.easier if other in exercises and other not in unplanned),
            harder=tuple(other for other in each.harder if other in exercises and other not in unplanned),
            prescription=_eased(each, codes),
            load=_load(each, codes),
            equipment=tuple(dict.fromkeys((*each.equipment, *asked_for(each, codes)))),
        )
        for name, each in exercises.items()
    }
    planned = {name: each for name, each in remaining.items() if name not in unplanned}
    routines: dict[str, Routine] = {}
    changes: dict[str, Change] = {}
    for routine in catalogue.routines.values():
        steps, change = _screen_routine(routine, catalogue, planned, codes)
        if change.replaced or change.dropped:
            changes[routine.id] = change
        if steps:
            routines[routine.id] = routine._replace(steps=steps)
    screened = catalogue._replace(exercises=remaining, routines=routines)
    return Screened(screened, catalogue, hidden, changes, stop, codes, unplanned)


def find(screened: Screened, plan: str | None) -> session.Session:
    """Find a session in the screened catalogue. Raises HiproutineError, with the reason if it is hidden."""
    if screened.stop:
        raise HiproutineError(screened.stop)
    if plan is None and session.DEFAULT_ROUTINE not in screened.whole.routines:
        return session.find(screened.catalogue, None)
    plan = plan or session.DEFAULT_ROUTINE
    for name in session.names(plan):
        if name in screened.hidden:
            raise _is_hidden(screened, name, screened.hidden[name])
    if plan in screened.changes and plan not in screened.catalogue.routines:
        raise HiproutineError(f'your screening leaves nothing of "{plan}"; {_offer(screened)}')
    found = session.find(screened.catalogue, plan)
    items = []
    for exercise, prescription in found.items:
        # A plan may hold another kind of work, or more effort, than the catalogue.
        asked = _regraded(screened.whole.exercises[exercise.id], prescription)
        if why := _hiding(asked, screened.codes):
            raise _is_hidden(screened, exercise.id, why)
        items.append(session.Item(exercise, _eased(asked, screened.codes)))
    return found._replace(items=tuple(items))


def routine_changes(screened: Screened, plan: str) -> tuple[str, ...]:
    """Return what the screening changes in a routine, in sentences."""
    change = screened.changes.get(plan)
    if not change:
        return ()
    sentences = [
        f"{instead.name} in place of {before.name}, which is {_ruled_out(screened, before)}."
        for before, instead in change.replaced
    ]
    dropped: dict[str, list[str]] = {}
    for each in change.dropped:
        dropped.setdefault(_ruled_out(screened, each), []).append(each.name)
    sentences += [f"Omitted, because it is {why}: {', '.join(names)}." for why, names in dropped.items()]
    if not change.enough:
        offer = _offer(screened)
        sentences.append(f"Fewer than half of this routine is left; {offer}.")
    return tuple(sentences)


def safe_dose(screened: Screened, name: str, prescription: Prescription) -> Prescription | None:
    """A dose of an exercise, eased to what is safe for the person; None if it may not be planned in that kind."""
    asked = _regraded(screened.whole.exercises[name], prescription)
    if any(_against(grade, asked, screened.codes) for grade in ("avoid", "not_planned")):
        return None
    return _eased(asked, screened.codes)


def cautions(exercise: Exercise, conditions: Collection[str]) -> tuple[str, ...]:
    """The cautions for an exercise, a line for each condition, and each line once."""
    return _says(exercise, _against("caution", exercise, with_implied(conditions)))


def preferred_with(exercise: Exercise, conditions: Collection[str]) -> tuple[str, ...]:
    """The conditions that prefer exercises of that category."""
    return tuple(code for code in conditions if CONDITION[code].prefers == exercise.category)


def holds_stay_short(exercise: Exercise, conditions: Collection[str]) -> bool:
    """Return whether holds at the end of the range must not get longer for that person (2.12, 3.3)."""
    held = declared(exercise.prescription).held and not CATEGORY[exercise.category].strengthens
    return held and any(CONDITION[code].longest_hold_s for code in conditions)


def _says(exercise: Exercise, codes: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (caution_words(exercise, code) for code in foremost(codes)))))


def _ruled_out(screened: Screened, exercise: Exercise) -> str:
    return "removed for you" if exercise.id in screened.hidden else "not planned for you"


def _is_hidden(screened: Screened, name: str, codes: Collection[str]) -> HiproutineError:
    because = ", ".join(CONDITIONS[code] for code in foremost(codes))
    return HiproutineError(f'"{name}" is hidden by your screening ({because}); {_offer(screened)}')


def _hiding(exercise: Exercise, codes: Collection[str]) -> tuple[str, ...]:
    return _against("avoid", exercise, codes) or tuple(code for code in codes if code in STOPS)


def _against(grade: str, exercise: Exercise, codes: Collection[str]) -> tuple[str, ...]:
    """The conditions of the person for which an exercise has that grade."""
    return tuple(code for code in getattr(exercise, grade) if code in codes)


def _screen_routine(
    routine: Routine, whole: Catalogue, planned: Mapping[str, Exercise], codes: frozenset[str]
) -> tuple[tuple[Step, ...], Change]:
    """The steps that may be planned, and easier variants that may in place of others."""
    steps: list[Step] = []
    replaced: list[tuple[Exercise, Exercise]] = []
    dropped: list[Exercise] = []
    present = {step.exercise for step in routine.steps}
    for step in routine.steps:
        before = whole.exercises[step.exercise]
        asked = _regraded(before, step.prescription)
        against = _against("avoid", asked, codes) or _against("not_planned", asked, codes)
        if step.exercise in planned and not against:
            steps.append(Step(step.exercise, _eased(asked, codes)))
            continue
        # A micro-break is done where one stands or sits.
        fitting = (each for each in _easier(before, whole) if routine.kind == SESSION or _off_the_floor(whole, each))
        easier = next((each for each in fitting if each in planned and each not in present), None)
        if easier is None:
            dropped.append(before)
            continue
        present.add(easier)
        steps.append(Step(easier, planned[easier].prescription))
        replaced.append((before, planned[easier]))
    return tuple(steps), Change(tuple(replaced), tuple(dropped), 2 * len(steps) >= len(routine.steps))


def _off_the_floor(catalogue: Catalogue, name: str) -> bool:
    return catalogue.exercises[name].position not in FLOOR


def _easier(exercise: Exercise, whole: Catalogue) -> Iterator[str]:
    """The easier variants of an exercise, then the easier ones of these, and so on."""
    found = dict.fromkeys(exercise.easier)
    while found:
        yield from found
        found = dict.fromkeys(name for each in found for name in whole.exercises[each].easier)


def _load(exercise: Exercise, codes: Collection[str]) -> str | None:
    """Return what may be added to an exercise: nothing where the lightest load is not planned, or worse."""
    lightest = exercise.load and loads.heavier(exercise.load, None)
    loaded = _regraded(exercise, with_load(exercise.prescription, lightest)) if lightest else exercise
    against = _against("avoid", loaded, codes) or _against("not_planned", loaded, codes)
    return None if against else exercise.load


def _regraded(exercise: Exercise, prescription: Prescription) -> Exercise:
    """The exercise with that prescription, graded again where it is of another kind than its own, or has a load."""
    asked, own = exercise._replace(prescription=prescription), exercise.prescription
    alike = type(prescription) is type(own) and load_of(prescription) == load_of(own)
    return asked if alike else graded(asked)


def _eased(exercise: Exercise, codes: Collection[str]) -> Prescription:
    """The prescription of an exercise with no effort, and no hold at an end, above what is safe with the conditions."""
    prescription = exercise.prescription
    highest_pct = min((CONDITION[code].highest_effort_pct for code in codes), default=100)
    eased: dict[str, Any] = {
        name: (min(value[0], highest_pct), min(value[1], highest_pct))
        for name, field in declared(prescription).fields.items()
        if field.sort is Sort.EFFORT and (value := getattr(prescription, name))
    }
    longest_s = min((each for code in codes if (each := CONDITION[code].longest_hold_s)), default=0)
    if longest_s and _held_at_an_end(exercise):
        field = declared(prescription).eased
        eased[field] = min(longest_s, getattr(prescription, field))
    return prescription._replace(**eased)


def _held_at_an_end(exercise: Exercise) -> bool:
    """Return whether the end of a range is held; without known mechanics, in what lengthens muscles it may be."""
    lengthens = exercise.mech is None and CATEGORY[exercise.category].lengthens
    return (lengthens or "end_range" in (exercise.mech.tags if exercise.mech else ())) and isinstance(
        exercise.prescription, Hold | ContractRelax | PailsRails
    )


def _offer(screened: Screened) -> str:
    for name in EASY_DAYS:
        easy = screened.changes.get(name)
        if name in screened.catalogue.routines and (easy is None or easy.enough):
            return f"`hiproutine start {name}` is the careful choice"
    return f"`hiproutine show {EDUCATION}` is something to read instead"
