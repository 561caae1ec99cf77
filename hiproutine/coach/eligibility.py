"""Eligibility: the exercises and doses allowed on a day, by the records before it. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import Prescription
from hiproutine.catalogue.vocabulary import CATEGORY, Stage
from hiproutine.coach import pain
from hiproutine.coach.ordering import FRAME, stage_of
from hiproutine.coach.profile import obstacles, within_reach
from hiproutine.coach.progression import Reached, below, lowered_words, moved_up, reached
from hiproutine.coach.reasons import Cause, Reason
from hiproutine.coach.screening import EASY_DAYS, Screened, holds_stay_short
from hiproutine.coach.session import Session
from hiproutine.coach.weekly_volume import Before, before, too_soon
from hiproutine.history.past import Past
from hiproutine.history.records import Effort, Hurt, Ladder, SessionRecord
from hiproutine.settings.model import Profile


class Today(NamedTuple):
    """A day and what the records imply for it.

    `sore` is, by id, why pain keeps an exercise of the screened catalogue from being done; `eased` why less of it is.
    `unplanned` is why it is done only when it is named by hand; `codes` are the conditions of the person.
    """

    exercises: Mapping[str, Exercise]
    known: Before
    pains: pain.Day
    hurts: tuple[Hurt, ...]
    sore: Mapping[str, str]
    eased: Mapping[str, str]
    unplanned: Mapping[str, str] = {}
    codes: frozenset[str] = frozenset()

    def objections(self, name: str) -> tuple[Reason, ...]:
        """Return why an exercise is done only where the person decides so."""
        found = ((Cause.CONDITION, self.unplanned.get(name)), (Cause.PAIN, self.sore.get(name)))
        return tuple(Reason(cause, words) for cause, words in found if words)

    def objection(self, name: str) -> str:
        """The same in words; empty if nothing objects to it."""
        return "; it ".join(each.words for each in self.objections(name))

    def against(self, name: str) -> str:
        """Why an exercise is done only where the person decides so, or why less of it; empty if it is neither."""
        return self.objection(name) or self.eased.get(name) or ""

    def leaves(self, session: Session) -> bool:
        """Return whether neither screening nor pain changes a session."""
        ids = {item.exercise.id for item in session.items}
        pained = self.pains.advice is not pain.Advice.GO_ON or any(self.against(each) for each in ids)
        return ids <= self.exercises.keys() and not pained


def look(screened: Screened, past: Past, day: date, at_least: pain.Day | None = None) -> Today:
    """Return what the records imply for a day; `at_least` is how careful it is to be whatever they say."""
    exercises = dict(screened.catalogue.exercises)  # called repeatedly for all exercises
    pains = pain.of_day(past, day)
    if at_least and at_least.advice > pains.advice:
        pains = at_least._replace(level=pains.level)
    sore = _sore(exercises, screened, past, pains, day)
    eased = pain.in_a_sore_area(past, exercises, day) | pain.halved(past, exercises, day)
    known = before(past.of(SessionRecord), exercises, day, past.of(Ladder), past.of(Effort))
    unplanned = {name: screened.objection(name) for name in screened.unplanned if name in exercises}
    return Today(exercises, known, pains, past.of(Hurt), sore, eased, unplanned, screened.codes)


def waiting(today: Today, profile: Profile) -> dict[str, tuple[Reason, ...]]:
    """The reasons why exercises are excluded for that person, by id, the weightiest first.

    A harder variant that replaced an easier one may be one level above the person's own.
    """
    exercises = today.exercises
    moved = moved_up(today.known, today.hurts, exercises, profile.level)
    found = {}
    for name, each in exercises.items():
        able = profile._replace(level=max(profile.level, each.level)) if name in moved else profile
        if why := (*today.objections(name), *obstacles(each, able), *filter(None, (too_soon(each, today.known),))):
            found[name] = why
    for harder, easier in moved.items():
        # A harder variant that is excluded today, or rests, gives its place back to the easier one.
        if all(why.cause is Cause.SOON for why in found.get(harder, ())):
            found |= {name: found.get(name, (_OUTGROWN,)) for name in easier}
    return found


_OUTGROWN = Reason(Cause.CHOICE, "its harder variant took its place")


def risen(today: Today, profile: Profile) -> dict[str, Exercise]:
    """The harder variants that replaced easier ones and are allowed for that person, by the ids of the easier ones."""
    moved = moved_up(today.known, today.hurts, today.exercises, profile.level)
    out = waiting(today, profile) if moved else {}
    return {name: today.exercises[harder] for harder, names in moved.items() if harder not in out for name in names}


def rests(exercise: Exercise, today: Today) -> Reason | None:
    """The reason why an exercise is not planned on that day; None if it may be, by anybody who can do it."""
    return next(iter(today.objections(exercise.id)), None) or too_soon(exercise, today.known)


def gentler_warm_ups(today: Today, out: Iterable[str]) -> dict[str, str]:
    """The easier variants of the warm-ups that are out, by id, with the name of the one that each may replace."""
    warm = (each for name in out if stage_of(each := today.exercises[name]) is Stage.WARM)
    return {easier: each.name for each in warm for easier in each.easier}


def on_the_way(screened: Screened, profile: Profile, past: Past, day: date) -> dict[str, Exercise]:
    """The exercises that may replace one that hurts; none that hurt too much itself, or is never planned."""
    exercises = screened.catalogue.exercises
    out = {*pain.resting(past, exercises, day), *screened.unplanned}
    return {name: each for name, each in within_reach(exercises, profile).items() if name not in out}


def dose(today: Today, exercise: Exercise, own: Prescription | None = None) -> Reached:
    """The dose of an exercise on that day: the one reached on its ladder, or its `own` in a routine; eased after pain.

    After pain, in general or in this exercise, it is half of it; on a day that is easy anyway, a step lower. Getting
    warm and settling stay as they are.
    """
    found = Reached(own, own) if own else whole_dose(today, exercise)
    if stage_of(exercise) in FRAME:
        return found
    why = today.eased.get(exercise.id)
    if why or today.pains.advice is pain.Advice.HALVE:
        return found._replace(prescription=pain.eased(found.prescription), why=why or today.pains.why)
    if today.pains.advice >= pain.Advice.EASY_DAY:
        return found._replace(prescription=below(exercise, found.prescription), why=today.pains.why)
    return found


def whole_dose(today: Today, exercise: Exercise) -> Reached:
    """The dose reached on the ladder, regardless of pain; where holds stay short, the exercise's own."""
    if holds_stay_short(exercise, today.codes):
        return Reached(exercise.prescription, exercise.prescription)
    return reached(today.known, today.hurts, exercise)


def lowered(found: Reached) -> tuple[str, ...]:
    """The reduction and its reason, such as `30 s, was 45: pain rose by 2 on Tuesday`; empty if there is none."""
    words = lowered_words(found.prescription, found.was)
    return (f"{words}: {found.why}",) if words else ()


def reductions(found: Mapping[str, Reached]) -> dict[str, str]:
    """The reductions with their reasons, by exercise."""
    return {name: words for name, each in found.items() for words in lowered(each)}


def _sore(
    exercises: Mapping[str, Exercise], screened: Screened, past: Past, pains: pain.Day, day: date
) -> dict[str, str]:
    found = pain.resting(past, exercises, day)
    if not pains.level and pains.advice < pain.Advice.EASY_DAY:
        return found
    easy = (screened.whole.routines[name] for name in EASY_DAYS if name in screened.whole.routines)
    for_an_easy_day = {step.exercise for each in easy for step in each.steps}
    for name, each in exercises.items():
        if name in found:
            continue
        stretch = pains.advice is pain.Advice.GENTLE and CATEGORY[each.category].lengthens
        if why := pain.too_sore(each, pains):
            found[name] = why
        elif stretch or (pains.advice >= pain.Advice.EASY_DAY and name not in for_an_easy_day):
            found[name] = "is not for a day like this"
    return found
