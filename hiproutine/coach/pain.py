"""Pain: how it changes the next session, by the traffic light and the 24-hour rule. Pure.

The limits were studied with sore Achilles tendons and osteoarthritis of hips and knees (E18); the card edu-pain-rules
says so. The score "before" on the day after a practice counts as the next morning's. Until it is known, the score
"after" practising is used instead, relative to the one before; from 6 on by itself. It holds for the rest of its own
day as well. How doses are eased is our choice.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import IntEnum
from itertools import chain, takewhile
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import Prescription, Sort, changed, declared, sets_of, with_sets
from hiproutine.catalogue.vocabulary import AREA, CATEGORY, NERVE, NERVE_PAIN, PAIN_AREAS, PainLimits
from hiproutine.history.past import Past
from hiproutine.history.records import Hurt, Off, Pain, SessionRecord
from hiproutine.text import day_words

RED_FLAGS = "edu-red-flags"
WARNING_SIGNS = f"`hiproutine show {RED_FLAGS}` has the warning signs."
TOO_MUCH = 6
"""From this score before practising on, only gentle moves lying or sitting."""
OFF_DAY = "Off today: an easy day. Nothing is lost by it."
WELCOME = "Welcome back. Today is gentler, to ease in."
AWAY = timedelta(days=14)
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
    """Advice for a day: from EASY_DAY on only the exercises of the easy day; GENTLE also excludes stretches."""

    GO_ON = 0
    HALVE = 1
    EASY_DAY = 2
    ASK = 3
    GENTLE = 4


class Day(NamedTuple):
    """The advice for a day after the pain of the last days, with a sentence, empty if all is well.

    `why` is the short form, for the dose of an exercise; `level` is the worst score of the day, if known.
    """

    advice: Advice
    words: str = ""
    why: str = ""
    level: int | None = None


class _Practised(NamedTuple):
    """The pain of a practice: its day, whether it was too much, and a long and a short description."""

    day: date
    too_much: bool
    words: str
    why: str


def colour(exercise: Exercise, score: int) -> Colour:
    """The traffic light of a score from 0 to 10 in an exercise."""
    green, amber = limits(exercise)
    return Colour.GREEN if score <= green else Colour.AMBER if score <= amber else Colour.RED


def limits(exercise: Exercise) -> PainLimits:
    """The traffic light of an exercise: that of its category, or a stricter one for nerve glides and its first area."""
    own = NERVE_PAIN if NERVE in exercise.muscles else AREA[exercise.areas[0]].pain
    category = CATEGORY[exercise.category].pain
    return min(own, category) if own else category


def of_day(past: Past, day: date) -> Day:
    """The advice for a day, by the pain before practising and on the days before.

    An off day is at least easy, and the first day after two weeks away has half the sets.
    """
    found = _after_pain(past, day)
    if found.advice < Advice.EASY_DAY and any(off.day == day for off in past.of(Off)):
        return Day(Advice.EASY_DAY, OFF_DAY, "an off day", found.level)
    if found.advice is Advice.GO_ON and _away(past, day):
        return Day(Advice.HALVE, WELCOME, "the first session after two weeks or more", found.level)
    return found


def _away(past: Past, day: date) -> bool:
    """Whether the last practice before a day is two weeks ago or more."""
    last = max((each.day for each in past.of(SessionRecord) if each.counts and each.day < day), default=day)
    return day - last >= AWAY


def _after_pain(past: Past, day: date) -> Day:
    levels = _levels(past, "before")
    usual = _usual(levels, day)
    after = _levels(past, "after").get(day)
    now = max((score for score in (levels.get(day), after) if score is not None), default=None)
    if now is not None and now >= TOO_MUCH:
        words = f"Pain is {now} of 10: gentle moves lying or sitting only. {WARNING_SIGNS}"
        return Day(Advice.GENTLE, words, f"pain is {now} of 10", now)
    if now is not None and usual is not None and now >= usual + _CLEARLY:
        words = f"Pain is {now}, usually {usual}: gentle moves lying or sitting only. {WARNING_SIGNS}"
        return Day(Advice.GENTLE, words, f"pain is {now}, usually {usual}", now)
    running = list(takewhile(lambda each: each.too_much, _practices(past, levels, day)))
    if not running or day - running[0].day > _WEEK:
        before = _before_practising(past, day)
        if after is not None and before is not None and after >= before + _ROSE:
            rise = f"{after - before} above what it was before practising"
            return Day(Advice.HALVE, f"Half the sets if you practise again: pain is {rise}.", f"pain is {rise}", now)
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
    """A sentence, once a week at most, if the pain of the last two weeks is no better than that of the two before.

    That is: at least four scores in each period, none of the last two weeks below the median of the two before, and the
    median of the last two weeks above 2. It is returned on a day with a score, a week or more after the last time.
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
    """Half of the sets; a single set is reduced to two thirds, in whole 5 s or repetitions. Never zero."""
    sets = sets_of(prescription)
    if sets > 1:
        return with_sets(prescription, sets // 2)
    kind = declared(prescription)
    unit = 5 if kind.fields[kind.eased].sort is Sort.TIME else 1
    own = getattr(prescription, kind.eased)
    return changed(prescription, kind.eased, min(own, max(unit, own * 2 // 3 // unit * unit)))


def too_sore(exercise: Exercise, today: Day) -> str | None:
    """Return why an exercise that must be pain-free (E8) waits today; None if it may be done."""
    if declared(exercise.prescription).pain_free and (today.level or 0) > _SAFE:
        return f"has to be free of pain, which is {today.level} of 10 today"
    return None


def follows(past: Past, after: Pain) -> str:
    """The effect of a score after practising on the next day, as a sentence; `past` includes the score already."""
    advice = of_day(past, after.day + timedelta(days=1)).advice
    tomorrow = _TOMORROW.get(advice, "note how it is tomorrow, and the session will be planned by it")
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
    Advice.GENTLE: "tomorrow only gentle moves lying or sitting",
}


def resting(past: Past, exercises: Mapping[str, Exercise], day: date) -> dict[str, str]:
    """The reasons why exercises rest, because they hurt too much (red) within a week, by id."""
    return {
        hurt.exercise: f"{hurt_words(hurt)}, and rests for a week"
        for hurt in _latest(past.of(Hurt), day)
        if hurt.exercise in exercises and colour(exercises[hurt.exercise], hurt.score) is Colour.RED
    }


def halved(past: Past, exercises: Mapping[str, Exercise], day: date) -> dict[str, str]:
    """The reasons why exercises are eased, because they hurt a little (amber) when last done, by id."""
    found = {}
    for hurt in _latest(past.of(Hurt), day):
        exercise = exercises.get(hurt.exercise)
        if exercise and colour(exercise, hurt.score) is Colour.AMBER and not _done_since(past, hurt, day):
            found[exercise.id] = hurt_words(hurt)
    return found


def outcome(exercise: Exercise, hurt: Hurt) -> str:
    """What follows for an exercise that hurt, such as `rests until Mon 2026-11-30`; empty at green."""
    match colour(exercise, hurt.score):
        case Colour.RED:
            return f"rests until {day_words(hurt.day + _WEEK)}"
        case Colour.AMBER:
            return "half the sets next time"
        case Colour.GREEN:
            return ""


def outcomes(past: Past, exercises: Mapping[str, Exercise], day: date) -> str:
    """What follows from what hurt on a day, or on the last day of practice before it, in sentences."""
    practised = [each.day for each in past.of(SessionRecord) if each.counts and each.day <= day]
    since = max((*practised, *(each.day for each in past.of(Hurt) if each.day <= day)), default=day)
    found = (
        (exercise, hurt, outcome(exercise, hurt))
        for hurt in _latest(past.of(Hurt), day)
        if hurt.day == since and (exercise := exercises.get(hurt.exercise))
    )
    return " ".join(
        f"{exercise.name} {hurt_words(hurt, day)}: {follows}." for exercise, hurt, follows in found if follows
    )


def in_a_sore_area(past: Past, exercises: Mapping[str, Exercise], day: date) -> dict[str, str]:
    """The reasons why exercises are eased, because they are for the area that hurts by the last score, by id.

    That is the last one of the day, or of the day before; up to _SAFE nothing is eased.
    """
    last = _sore_area(past, day)
    if not last or not last.area:
        return {}
    where = f"{PAIN_AREAS[last.area]}{f' on the {last.side}' if last.side else ''}"
    why = f"pain was {last.score} of 10 in the {where}{'' if last.day == day else ' yesterday'}"
    return {name: why for name, each in exercises.items() if _concerns(each, last.area)}


def _concerns(exercise: Exercise, area: str) -> bool:
    """Return whether an exercise is for an area, or strains it."""
    graded = {*exercise.avoid, *exercise.not_planned, *exercise.caution}
    return area in exercise.areas or not graded.isdisjoint(AREA[area].strained_with)


def eased_words(past: Past, day: date) -> str:
    """A sentence on the area that is eased on a day; empty if there is none."""
    last = _sore_area(past, day)
    if not last or not last.area:
        return ""
    words = "What strains the {} is eased." if AREA[last.area].strained_with else "Exercises for the {} are eased."
    return words.format(PAIN_AREAS[last.area])


def last_words(past: Past, day: date) -> str:
    """The last score of the week before a day, with its place, and what is eased, as sentences.

    Empty if it was 0, if it is out of date by a score of the day, or if the advice for the day speaks of it.
    """
    said = [each for each in _said(past) if timedelta(0) <= day - each.day <= _WEEK]
    last = max(said, key=lambda each: (each.day, each.at), default=None)
    if not last or not last.score or last.day == day or of_day(past, day).words:
        return ""
    when = "yesterday" if day - last.day == timedelta(days=1) else f"on {last.day:%A}"
    where = ", ".join(filter(None, (PAIN_AREAS.get(last.area or ""), last.side)))
    words = f"Pain {when}: {last.score} of 10{f' ({where})' if where else ''}."
    return " ".join(filter(None, (words, eased_words(past, day))))


def _said(past: Past) -> Iterable[Pain | Hurt]:
    """The scores, and those of exercises of which the place was said."""
    return chain(past.of(Pain), (each for each in past.of(Hurt) if each.area))


def _sore_area(past: Past, day: date) -> Pain | Hurt | None:
    """The score that eases an area on a day, if there is one; of an exercise that hurt if the place was said."""
    last = max(
        (each for each in _said(past) if timedelta(0) <= day - each.day <= timedelta(days=1)),
        key=lambda each: (each.day, each.at),
        default=None,
    )
    return last if last and last.score > _SAFE and last.area in PAIN_AREAS else None


def hurt_words(hurt: Hurt, today: date | None = None) -> str:
    """Return a hurt in short: `hurt 4 of 10 on the left on Friday`."""
    side = f" on the {hurt.side}" if hurt.side else ""
    return f"hurt {hurt.score} of 10{side} {'today' if hurt.day == today else f'on {hurt.day:%A}'}"


def _levels(past: Past, asked: str, of_several: Callable[[int, int], int] = max) -> dict[date, int]:
    """The score of each day, before or after practising; of several the worst, or as `choose` says."""
    levels: dict[date, int] = {}
    for pain in past.of(Pain):
        if pain.when == asked:
            levels[pain.day] = of_several(pain.score, levels.get(pain.day, pain.score))
    return levels


def _before_practising(past: Past, day: date) -> int | None:
    """The lowest score of a day: a later score must not hide a rise."""
    return _levels(past, "before", min).get(day)


def _usual(levels: Mapping[date, int], day: date) -> int | None:
    """The (lower) median score of the four weeks before a day; None without scores."""
    return _middle([score for when, score in levels.items() if timedelta(0) < day - when <= timedelta(_USUAL_DAYS)])


def _middle(scores: Sequence[int]) -> int | None:
    return sorted(scores)[(len(scores) - 1) // 2] if scores else None


def _practices(past: Past, levels: Mapping[date, int], day: date) -> Iterator[_Practised]:
    """The practices with a score on the next morning, and the last one even without, newest first.

    Practices without any later score are omitted.
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
    """The days with a score up to this one on which pain was no better, without a better one in between."""
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
    """The last hurt of each exercise within a week, the day included; of several on a day the worst."""
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
