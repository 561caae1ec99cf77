"""Eligibility: what a person may do on a day, and how much of it, by the records before that day. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import Prescription
from hiproutine.catalogue.vocabulary import CATEGORY, Stage
from hiproutine.coach import pain
from hiproutine.coach.ordering import stage_of
from hiproutine.coach.profile import obstacle, within_reach
from hiproutine.coach.progression import Reached, below, lowered_words, moved_up, reached
from hiproutine.coach.screening import EASY_DAY, Screened
from hiproutine.coach.session import Session
from hiproutine.coach.weekly_volume import Before, before, too_soon
from hiproutine.history.past import Past
from hiproutine.history.records import Hurt, SessionRecord
from hiproutine.settings.model import Profile


class Today(NamedTuple):
    """A day in the light of the records.

    `sore` is, by id, why pain keeps an exercise of the screened catalogue from being done; `eased` why less of it is.
    """

    exercises: Mapping[str, Exercise]
    known: Before
    pains: pain.Day
    hurts: tuple[Hurt, ...]
    sore: Mapping[str, str]
    eased: Mapping[str, str]

    def against(self, name: str) -> str:
        """Why pain keeps an exercise from being done, or eases it; empty if it does neither."""
        return self.sore.get(name) or self.eased.get(name) or ""

    def leaves(self, session: Session) -> bool:
        """Return whether neither screening nor pain changes a session."""
        ids = {item.exercise.id for item in session.items}
        pained = self.pains.advice is not pain.Advice.GO_ON or any(
            each in self.sore or each in self.eased for each in ids
        )
        return ids <= self.exercises.keys() and not pained


def look(screened: Screened, past: Past, day: date) -> Today:
    exercises = dict(screened.catalogue.exercises)  # all of them are asked for again and again
    pains = pain.of_day(past, day)
    sore = _sore(exercises, screened, past, pains, day)
    eased = pain.halved(past, exercises, day)
    return Today(exercises, before(past.of(SessionRecord), exercises, day), pains, past.of(Hurt), sore, eased)


def waiting(today: Today, profile: Profile) -> dict[str, str]:
    """The exercises that may not be done by that person, by their ids, and why.

    A harder variant that took the place of an easier one may be one level above the person's own.
    """
    exercises = today.exercises
    moved = moved_up(today.known, today.hurts, exercises, profile.level)
    found = {}
    for name, each in exercises.items():
        able = profile._replace(level=max(profile.level, each.level)) if name in moved else profile
        if why := obstacle(each, able) or rests(each, today):
            found[name] = why
    for harder, easier in moved.items():
        # What cannot be done today, or rests, leaves its place to the easier one.
        if harder not in found or found[harder] == too_soon(exercises[harder], today.known):
            found |= {name: found.get(name, "its harder variant took its place") for name in easier}
    return found


def risen(today: Today, profile: Profile) -> dict[str, Exercise]:
    """By easier variants, by their ids, the harder one that took the place of each and may be done by that person."""
    moved = moved_up(today.known, today.hurts, today.exercises, profile.level)
    out = waiting(today, profile) if moved else {}
    return {name: today.exercises[harder] for harder, names in moved.items() if harder not in out for name in names}


def rests(exercise: Exercise, today: Today) -> str | None:
    """The reason why an exercise must wait for another day, for any person; None if it may be done."""
    return too_soon(exercise, today.known) or today.sore.get(exercise.id)


def on_the_way(exercises: Mapping[str, Exercise], profile: Profile, past: Past, day: date) -> dict[str, Exercise]:
    """The exercises of a screened catalogue that may replace one that hurts; none that hurt too much itself."""
    resting = pain.resting(past, exercises, day)
    return {name: each for name, each in within_reach(exercises, profile).items() if name not in resting}


def dose(today: Today, exercise: Exercise, own: Prescription | None = None) -> Reached:
    """The dose of an exercise on that day: what was reached on its ladder, or its `own` in a routine; eased after pain.

    After pain, in general or in this exercise, it is half of it; on a day that is easy anyway, a step lower. Getting
    warm and settling stay as they are.
    """
    found = Reached(own, own) if own else reached(today.known, today.hurts, exercise)
    if stage_of(exercise) in (Stage.WARM, Stage.SETTLE):
        return found
    why = today.eased.get(exercise.id)
    if why or today.pains.advice is pain.Advice.HALVE:
        return found._replace(prescription=pain.eased(found.prescription), why=why or today.pains.why)
    if today.pains.advice >= pain.Advice.EASY_DAY:
        return found._replace(prescription=below(exercise, found.prescription), why=today.pains.why)
    return found


def lowered(found: Reached) -> tuple[str, ...]:
    """The reduction and its reason, such as `30 s, was 45: pain rose by 2 on Tuesday`; empty if there is none."""
    words = lowered_words(found.prescription, found.was)
    return (f"{words}: {found.why}",) if words else ()


def _sore(
    exercises: Mapping[str, Exercise], screened: Screened, past: Past, pains: pain.Day, day: date
) -> dict[str, str]:
    found = pain.resting(past, exercises, day)
    if not pains.level and pains.advice < pain.Advice.EASY_DAY:
        return found
    easy = screened.whole.routines.get(EASY_DAY)
    for_an_easy_day = {step.exercise for step in easy.steps} if easy else set()
    for name, each in exercises.items():
        if name in found:
            continue
        stretch = pains.advice is pain.Advice.GENTLE and CATEGORY[each.category].lengthens
        if why := pain.too_sore(each, pains):
            found[name] = why
        elif stretch or (pains.advice >= pain.Advice.EASY_DAY and name not in for_an_easy_day):
            found[name] = "is not for a day like this"
    return found
