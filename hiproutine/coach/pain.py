"""Pain: how it changes the next session, by the traffic light and the 24-hour rule. Pure.

The limits were studied with sore Achilles tendons and worn hips and knees (E18); the card edu-pain-rules says so. What
was asked "before" on the day after a practice stands for the next morning. Until it is known, what was asked "after"
practising stands for it, beside the level before; from 6 on by itself. How doses are eased is our choice.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import IntEnum
from itertools import takewhile
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import Prescription, Sort, changed, declared, sets_of, with_sets
from hiproutine.catalogue.vocabulary import CATEGORY, NERVE, NERVE_PAIN, PainLimits
from hiproutine.history.past import Past
from hiproutine.history.records import Hurt, Pain, SessionRecord

RED_FLAGS = "edu-red-flags"
WARNING_SIGNS = f"`hiproutine show {RED_FLAGS}` has the warning signs."
TOO_MUCH = 6
"""Before practising: from here on only gentle moves lying down."""
_ROSE = 2
_CLEARLY = 3
_SAFE = 2
_USUAL_DAYS = 28
_WEEK = timedelta(days=7)
_STUCK_DAYS, _STUCK_LEVELS = 14, 4


class Colour(IntEnum):
    GREEN = 0
    AMBER = 1
    RED = 2


class Advice(IntEnum):
    """Advice for a day: from EASY_DAY on only the exercises of the easy day, with GENTLE no stretch among them."""

    GO_ON = 0
    HALVE = 1
    EASY_DAY = 2
    ASK = 3
    GENTLE = 4


class Day(NamedTuple):
    """The advice for a day after the pain of the last days, with a sentence, which is empty if all is well.

    `why` is the same in a few words, for the dose of an exercise; `level` is that before practising, if it is known.
    """

    advice: Advice
    words: str = ""
    why: str = ""
    level: int | None = None


class _Practised(NamedTuple):
    """A practice and its pain: the day, whether it was too much, and how much in a sentence and in a few words."""

    day: date
    too_much: bool
    words: str
    why: str


def colour(exercise: Exercise, score: int) -> Colour:
    """The traffic light of a score from 0 to 10 in an exercise."""
    green, amber = limits(exercise)
    return Colour.GREEN if score <= green else Colour.AMBER if score <= amber else Colour.RED


def limits(exercise: Exercise) -> PainLimits:
    """The traffic light of an exercise: that of its category, and a stricter one where it glides a nerve."""
    return NERVE_PAIN if NERVE in exercise.muscles else CATEGORY[exercise.category].pain


def of_day(past: Past, day: date) -> Day:
    """The advice for a day, by the pain before practising on it and on the days before."""
    levels = _levels(past, "before")
    usual = _usual(levels, day)
    now = levels.get(day)
    if now is not None and now >= TOO_MUCH:
        words = f"Pain is {now} of 10: gentle moves lying down only. {WARNING_SIGNS}"
        return Day(Advice.GENTLE, words, f"pain is {now} of 10", now)
    if now is not None and usual is not None and now >= usual + _CLEARLY:
        words = f"Pain is {now}, usually {usual}: gentle moves lying down only. {WARNING_SIGNS}"
        return Day(Advice.GENTLE, words, f"pain is {now}, usually {usual}", now)
    running = list(takewhile(lambda each: each.too_much, _practices(past, levels, day)))
    if not running or day - running[0].day > _WEEK:
        return Day(Advice.GO_ON, level=now)
    last = running[0]
    told = f"pain was {last.words}"
    advices = {
        1: (Advice.HALVE, f"Half the sets: {told}."),
        2: (Advice.EASY_DAY, f"An easy day: {told}, for the second time running."),
    }
    often = (Advice.ASK, f"An easy day: {told}, {len(running)} times running. It is time to ask a professional.")
    advice, words = advices.get(len(running), often)
    return Day(advice, words, last.why, now)


def asks(past: Past, day: date) -> str:
    """A kind sentence, once a week at most, if the pain of two weeks is no better than that of the two before.

    That is: at least four levels in each, none of the last two weeks under the middle one of those before, and the
    middle one of the last two weeks above 2. It is said on a day with a level, a week or more after the last time.
    """
    levels = _levels(past, "before")
    said = None
    for when in _run_of_stuck(levels, day):
        said = when if said is None or when - said >= _WEEK else said
    if said != day:
        return ""
    return (
        f"Pain has not become less for {_STUCK_DAYS // 7} weeks. A professional could have a look; until then gentle "
        f"practice is fine. `hiproutine show {RED_FLAGS}` says what must not wait."
    )


def eased(prescription: Prescription) -> Prescription:
    """Half of the sets; where there is but one, two thirds of it in whole 5 s or repetitions. Never nothing."""
    sets = sets_of(prescription)
    if sets > 1:
        return with_sets(prescription, sets // 2)
    kind = declared(prescription)
    unit = 5 if kind.fields[kind.eased].sort is Sort.TIME else 1
    own = getattr(prescription, kind.eased)
    return changed(prescription, kind.eased, min(own, max(unit, own * 2 // 3 // unit * unit)))


def too_sore(exercise: Exercise, today: Day) -> str | None:
    """Why an exercise that has to be free of pain (E8) waits today; None if it may be done."""
    if declared(exercise.prescription).pain_free and (today.level or 0) > _SAFE:
        return f"has to be free of pain, which is {today.level} of 10 today"
    return None


def follows(past: Past, after: Pain) -> str:
    """The effect on the next day of a score after practising, which is in the past already, as a sentence."""
    advice = of_day(past, after.day + timedelta(days=1)).advice
    tomorrow = _TOMORROW.get(advice, "how it is tomorrow morning decides")
    before = _before_practising(past, after.day)
    if after.score >= TOO_MUCH:
        return f"That is too much: leave it at that for today; {tomorrow}. {WARNING_SIGNS}"
    if before is not None and after.score >= before + _ROSE:
        return f"{after.score - before} above what it was before: {tomorrow}."
    if after.score > _SAFE:
        return f"It should have settled by the morning: {tomorrow}."
    return f"Noted: {tomorrow}." if advice else "Noted: nothing changes."


_TOMORROW = {
    Advice.HALVE: "tomorrow half the sets",
    Advice.EASY_DAY: "tomorrow an easy day",
    Advice.ASK: "tomorrow an easy day, and it is time to ask a professional",
    Advice.GENTLE: "tomorrow only gentle moves lying down",
}


def resting(past: Past, exercises: Mapping[str, Exercise], day: date) -> dict[str, str]:
    """The exercises that wait, since they hurt too much (red) within a week; and why, in words."""
    return {
        hurt.exercise: f"{told(hurt)}, and rests for a week"
        for hurt in _latest(past.of(Hurt), day)
        if hurt.exercise in exercises and colour(exercises[hurt.exercise], hurt.score) is Colour.RED
    }


def halved(past: Past, exercises: Mapping[str, Exercise], day: date) -> dict[str, str]:
    """The exercises that are eased, since they hurt a little (amber) and were not done without it since; why."""
    found = {}
    for hurt in _latest(past.of(Hurt), day):
        exercise = exercises.get(hurt.exercise)
        if exercise and colour(exercise, hurt.score) is Colour.AMBER and not _done_since(past, hurt, day):
            found[exercise.id] = told(hurt)
    return found


def told(hurt: Hurt) -> str:
    """A hurt in a few words: `hurt 4 of 10 on the left on Friday`."""
    side = f" on the {hurt.side}" if hurt.side else ""
    return f"hurt {hurt.score} of 10{side} on {hurt.day:%A}"


def _levels(past: Past, asked: str, of_several: Callable[[int, int], int] = max) -> dict[date, int]:
    """The level of each day, before practising or after; of several the worst, or what is asked for."""
    levels: dict[date, int] = {}
    for pain in past.of(Pain):
        if pain.when == asked:
            levels[pain.day] = of_several(pain.score, levels.get(pain.day, pain.score))
    return levels


def _before_practising(past: Past, day: date) -> int | None:
    """The lowest level of a day: what is noted once more after practising must not hide that it rose."""
    return _levels(past, "before", min).get(day)


def _usual(levels: Mapping[date, int], day: date) -> int | None:
    """The middle level of the four weeks before a day, the lower of two; None if there is none."""
    return _middle([score for when, score in levels.items() if timedelta(0) < day - when <= timedelta(_USUAL_DAYS)])


def _middle(scores: Sequence[int]) -> int | None:
    return sorted(scores)[(len(scores) - 1) // 2] if scores else None


def _practices(past: Past, levels: Mapping[date, int], day: date) -> Iterator[_Practised]:
    """Each practice with a level on the next morning, and the last one also without, the newest first.

    A practice after which nothing is known is omitted.
    """
    practised = {session.day for session in past.of(SessionRecord) if session.counts and session.day < day}
    mornings = sorted((when for when in levels if when <= day), reverse=True)
    if not practised:
        return
    last = max(practised)
    before, after = _before_practising(past, last), _levels(past, "after").get(last)
    if after is not None and not (mornings and mornings[0] > last):
        if before is not None and (after < TOO_MUCH or after >= before + _ROSE):
            yield _compared(last, after - before, f"what it was before practising on {last:%A}")
        elif after >= TOO_MUCH:
            yield _Practised(
                last, True, f"{after} of 10 after practising on {last:%A}", f"pain was {after} of 10 on {last:%A}"
            )
    for when in mornings:
        if when - timedelta(days=1) in practised:
            usual = _usual(levels, when)
            rise = 0 if usual is None else levels[when] - usual
            yield _compared(when, rise, f"your usual on {when:%A}, the morning after practising")


def _compared(day: date, rise: int, with_what: str) -> _Practised:
    return _Practised(day, rise >= _ROSE, f"{rise} above {with_what}", f"pain rose by {rise} on {day:%A}")


def _run_of_stuck(levels: Mapping[date, int], day: date) -> list[date]:
    """The days with a level on which pain was no better, up to this one and without a better one between."""
    days = sorted((when for when in levels if when <= day), reverse=True)
    return list(takewhile(lambda when: _stuck(levels, when), days))[::-1] if day in levels else []


def _stuck(levels: Mapping[date, int], day: date) -> bool:
    def two_weeks(until: date) -> list[int]:
        days = (until - timedelta(days=ago) for ago in range(_STUCK_DAYS))
        return [levels[each] for each in days if each in levels]

    last, former = two_weeks(day), two_weeks(day - timedelta(days=_STUCK_DAYS))
    if min(len(last), len(former)) < _STUCK_LEVELS:
        return False
    return min(last) >= (_middle(former) or 0) and (_middle(last) or 0) > _SAFE


def _latest(hurts: Iterable[Hurt], day: date) -> Iterable[Hurt]:
    """The last hurt of each exercise within a week, the day itself included; of one day the worst."""
    latest: dict[str, Hurt] = {}
    for hurt in sorted(hurts, key=lambda hurt: (hurt.day, hurt.score)):
        if timedelta(0) <= day - hurt.day <= _WEEK:
            latest[hurt.exercise] = hurt
    return latest.values()


def _done_since(past: Past, hurt: Hurt, day: date) -> bool:
    return any(
        step.exercise == hurt.exercise and step.end == "done"
        for session in past.of(SessionRecord)
        if hurt.day < session.day < day
        for step in session.steps
    )
