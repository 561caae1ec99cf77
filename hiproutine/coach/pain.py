"""What pain changes about the next session, and why: the traffic light, and the 24-hour rule. Pure.

The limits were studied with sore Achilles tendons and worn hips and knees (E18); the card edu-pain-rules says so. What
was asked "before" on the day after a practice stands for the next morning.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import IntEnum
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.history.records import Hurt, Pain
from hiproutine.history.store import Past

RED_FLAGS = "edu-red-flags"
WARNING_SIGNS = f"`hiproutine show {RED_FLAGS}` has the warning signs."
TOO_MUCH = 6
"""Before practising: from here on only gentle moves lying down."""
_ROSE = 2
_CLEARLY = 3
_USUAL_DAYS = 28
_WEEK = timedelta(days=7)

# Up to which score it is green, and up to which amber; above is red.
_LIMITS = {"strength": (2, 5), "nerve": (2, 2)}
_OTHER_LIMITS = (2, 3)


class Colour(IntEnum):
    GREEN = 0
    AMBER = 1
    RED = 2


class Advice(IntEnum):
    """What the day is for: from EASY_DAY on only the exercises of the easy day, with GENTLE no stretch among them."""

    GO_ON = 0
    HALVE = 1
    EASY_DAY = 2
    ASK = 3
    GENTLE = 4


class Day(NamedTuple):
    """What the pain of the last days makes of this one, in a word and in a sentence, which is empty if all is well."""

    advice: Advice
    words: str


def colour(exercise: Exercise, score: int) -> Colour:
    """The traffic light of a score from 0 to 10 in an exercise."""
    kind = "nerve" if "sciatic-nerve" in exercise.muscles else exercise.category
    green, amber = _LIMITS.get(kind, _OTHER_LIMITS)
    return Colour.GREEN if score <= green else Colour.AMBER if score <= amber else Colour.RED


def of_day(past: Past, day: date) -> Day:
    """What this day is for, by the pain before practising on it and on the days before."""
    levels = _levels(past)
    usual = _usual(levels, day)
    now = levels.get(day)
    if now is not None and now >= TOO_MUCH:
        words = f"Pain is {now} of 10: gentle moves lying down only. {WARNING_SIGNS}"
        return Day(Advice.GENTLE, words)
    if now is not None and usual is not None and now >= usual + _CLEARLY:
        words = f"Pain is {now}, usually {usual:g}: gentle moves lying down only. {WARNING_SIGNS}"
        return Day(Advice.GENTLE, words)
    mornings = _mornings_after(past, levels, day)
    rises = 0
    for morning in reversed(mornings):
        before = _usual(levels, morning)
        if before is None or levels[morning] < before + _ROSE:
            break
        rises += 1
    if not rises or day - mornings[-1] > _WEEK:
        return Day(Advice.GO_ON, "")
    last = mornings[-1]
    rise = levels[last] - (_usual(levels, last) or 0)
    told = f"pain was {rise:g} above your usual on {last:%A}, the morning after practising"
    return {
        1: Day(Advice.HALVE, f"Half the sets: {told}."),
        2: Day(Advice.EASY_DAY, f"An easy day: {told}, for the second time running."),
    }.get(
        rises,
        Day(Advice.ASK, f"An easy day: {told}, {rises} times running. It is time to ask a professional."),
    )


def follows(past: Past, after: Pain) -> str:
    """What an answer after practising, which is in the past already, changes about the next day; one sentence."""
    advice = of_day(past, after.day + timedelta(days=1)).advice
    tomorrow = _TOMORROW.get(advice, "how it is tomorrow morning decides")
    before = _levels(past).get(after.day)
    if after.score >= TOO_MUCH:
        return f"That is too much: leave it at that for today. {WARNING_SIGNS}"
    if before is not None and after.score >= before + _ROSE:
        return f"{after.score - before} above what it was before: {tomorrow}."
    if after.score > _LIMITS["strength"][0]:
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
        hurt.exercise: f"{_told(hurt)}, and rests for a week"
        for hurt in _latest(past.hurts, day)
        if hurt.exercise in exercises and colour(exercises[hurt.exercise], hurt.score) is Colour.RED
    }


def halved(past: Past, exercises: Mapping[str, Exercise], day: date) -> dict[str, str]:
    """The exercises with half their sets, since they hurt a little (amber) and were not done without it since; why."""
    found = {}
    for hurt in _latest(past.hurts, day):
        exercise = exercises.get(hurt.exercise)
        if exercise and colour(exercise, hurt.score) is Colour.AMBER and not _done_since(past, hurt, day):
            found[exercise.id] = f"half the sets: {_told(hurt)}"
    return found


def _levels(past: Past) -> dict[date, int]:
    """The worst level of each day before practising."""
    levels: dict[date, int] = {}
    for pain in past.pains:
        if pain.when == "before":
            levels[pain.day] = max(pain.score, levels.get(pain.day, 0))
    return levels


def _usual(levels: Mapping[date, int], day: date) -> float | None:
    """The middle level of the four weeks before a day, the lower of two; None if there is none."""
    scores = sorted(score for when, score in levels.items() if timedelta(0) < day - when <= timedelta(days=_USUAL_DAYS))
    return scores[(len(scores) - 1) // 2] if scores else None


def _mornings_after(past: Past, levels: Mapping[date, int], day: date) -> list[date]:
    """The days up to this one with a level, each the day after a day of practice."""
    practised = {session.day for session in past.sessions if session.counts}
    return sorted(when for when in levels if when <= day and when - timedelta(days=1) in practised)


def _latest(hurts: Iterable[Hurt], day: date) -> Iterable[Hurt]:
    """The last hurt of each exercise within a week before the day; of one day the worst."""
    latest: dict[str, Hurt] = {}
    for hurt in sorted(hurts, key=lambda hurt: (hurt.day, hurt.score)):
        if timedelta(0) < day - hurt.day <= _WEEK:
            latest[hurt.exercise] = hurt
    return latest.values()


def _done_since(past: Past, hurt: Hurt, day: date) -> bool:
    return any(
        step.exercise == hurt.exercise and step.end == "done"
        for session in past.sessions
        if hurt.day < session.day < day
        for step in session.steps
    )


def _told(hurt: Hurt) -> str:
    side = f" on the {hurt.side}" if hurt.side else ""
    return f"hurt {hurt.score} of 10{side} on {hurt.day:%A}"
