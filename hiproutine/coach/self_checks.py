"""The self-checks: what is looked at every two weeks, and what it says for the plan. No diagnosis. Pure.

Sources: the hanging leg and the knee lift of V1, the knee to the wall of E19. The 90/90 sit is our own choice.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import Hold
from hiproutine.catalogue.vocabulary import MOBILITY, STRENGTH, STRETCH
from hiproutine.coach.profile import obstacle
from hiproutine.coach.screening import Screened
from hiproutine.coach.session import Item, Session
from hiproutine.history.past import Past
from hiproutine.history.records import YES_NO, Check, SessionRecord
from hiproutine.settings.model import Profile

EVERY = timedelta(days=14)
_HOLDS_FOR = timedelta(days=56)
"""A value older than this says nothing about today."""
_DAYS_FIRST = 3
_KNEE_LIFT_S = 15

Values = Mapping[str, float]
"""The last values of one side, by the id of what was looked at."""


class Asked(NamedTuple):
    """A question after a side, and its short form; the answer is a value of `check` in `unit`."""

    check: str
    question: str
    short: str
    unit: str = YES_NO


class SelfCheck(NamedTuple):
    """`like` is the exercise whose position, things, sides and conditions are those of the check.

    The position is held for `hold_s`; with `seconds_of`, how long it was is a value of its own.
    """

    id: str
    name: str
    like: str
    setup: tuple[str, ...]
    cue: str
    hold_s: int
    asked: tuple[Asked, ...]
    seconds_of: str | None = None


CHECKS = (
    SelfCheck(
        "hanging-leg",
        "Hanging leg",
        "supine-edge-psoas",
        (
            "Sit on the end of a firm bed, roll back, and hug one knee until the low back is flat.",
            "Let the other leg hang over the edge.",
        ),
        "Let it hang. Feel where the thigh and the knee come to rest.",
        15,
        (
            Asked(
                "hanging-leg-thigh", "Does the hanging thigh come to rest level with the bed, or lower?", "thigh low"
            ),
            Asked("hanging-leg-knee", "Does that knee hang bent, at about a right angle?", "knee bent"),
        ),
    ),
    SelfCheck(
        "knee-lift",
        "Seated knee lift",
        "seated-knee-lift-hold",
        ("Sit tall, not leaning on the backrest.", "Lift one thigh just off the chair when the time begins."),
        "Keep the thigh just off the chair. Space when it sinks.",
        _KNEE_LIFT_S,
        (Asked("knee-lift-cramp", "Did it cramp?", "cramp"),),
        "knee-lift",
    ),
    SelfCheck(
        "knee-to-wall",
        "Knee to the wall",
        "knee-to-wall-rock",
        (
            "Stand or half-kneel facing a wall, the toes a few centimetres away, with something to measure at hand.",
            "Move the foot back as far as the knee still touches the wall with the heel down.",
        ),
        "The knee touches, the heel stays down. Measure from the big toe to the wall. Space when you have it.",
        60,
        (
            Asked("knee-to-wall", "How far are the toes from the wall?", "toes to wall", "cm"),
            Asked("knee-to-wall-pinch", "Was there a pinch at the front of the ankle?", "pinch in front"),
            Asked("knee-to-wall-calf", "Was it the calf that pulled?", "calf pulls"),
        ),
    ),
    SelfCheck(
        "ninety",
        "90/90 sit",
        "ninety-ninety-supported",
        (
            "Sit with one leg bent in front and the other out to the side, both knees near 90 degrees.",
            "Sit tall; take the hands off the floor only if that is comfortable.",
        ),
        "Sit tall, and breathe.",
        15,
        (
            Asked("ninety-hands", "Did you need the hands?", "hands needed"),
            Asked("ninety-knee", "Was the front knee comfortable?", "knee comfortable"),
        ),
    ),
)


class Reading(NamedTuple):
    """A reading of the values of a side: when it applies, its words, and the category that it prefers for an area.

    With `on_both` the category is meant only if both sides say so, since both are always trained alike.
    """

    says: Callable[[Values], bool]
    words: str
    area: str
    prefers: str
    on_both: bool = False


_MOST = {"cm": 60, "s": _KNEE_LIFT_S}
READINGS = (
    Reading(
        lambda of: of.get("hanging-leg-thigh") == 0,
        "the thigh stays up: stretching the front of the hip is reasonable",
        "front-of-hip",
        STRETCH,
    ),
    Reading(
        lambda of: of.get("hanging-leg-knee") == 0,
        "the knee straightens: stretching the front of the thigh is reasonable",
        "front-of-thigh",
        STRETCH,
    ),
    Reading(
        lambda of: of.get("hanging-leg-thigh") == of.get("hanging-leg-knee") == 1,
        "the leg hangs freely: at the front of the hip strength comes before stretching",
        "front-of-hip",
        STRENGTH,
        on_both=True,
    ),
    Reading(
        lambda of: of.get("knee-lift", _KNEE_LIFT_S) < _KNEE_LIFT_S or of.get("knee-lift-cramp") == 1,
        f"the knee lift is under {_KNEE_LIFT_S} s, or cramps: lifting the knee is worth training",
        "front-of-hip",
        STRENGTH,
    ),
    Reading(
        lambda of: of.get("knee-to-wall-pinch") == 1,
        "a pinch at the front of the ankle: moving it comes before stretching",
        "ankle",
        MOBILITY,
    ),
    Reading(
        lambda of: of.get("knee-to-wall-calf") == 1 and of.get("knee-to-wall-pinch") != 1,
        "the calf pulls: stretching it is reasonable",
        "calf",
        STRETCH,
    ),
    Reading(
        lambda of: of.get("ninety-hands") == 1,
        "the 90/90 sit needs the hands: turning the hip is worth moving",
        "hip-joint",
        MOBILITY,
    ),
)


def within_reach(screened: Screened, profile: Profile) -> tuple[SelfCheck, ...]:
    """The checks that this person may do, and can."""
    exercises = {} if screened.stop else screened.catalogue.exercises
    return tuple(each for each in CHECKS if each.like in exercises and not obstacle(exercises[each.like], profile))


def due(past: Past, screened: Screened, profile: Profile, day: date) -> tuple[SelfCheck, ...]:
    """The self-checks that were not done for two weeks; none before the first few days of practice."""
    if len({session.day for session in past.of(SessionRecord) if session.counts and session.day < day}) < _DAYS_FIRST:
        return ()
    last = {check.check: check.day for check in past.of(Check)}
    return tuple(
        each
        for each in within_reach(screened, profile)
        if all(day - last.get(name, date.min) >= EVERY for name in units(each))
    )


def units(check: SelfCheck) -> dict[str, str]:
    """The unit of each value that a check has, by what was looked at."""
    held = {check.seconds_of: "s"} if check.seconds_of else {}
    return held | {each.check: each.unit for each in check.asked}


def shorts(check: SelfCheck) -> dict[str, str]:
    """A word or two for each value of a check."""
    held = {check.seconds_of: "held"} if check.seconds_of else {}
    return held | {each.check: each.short for each in check.asked}


def session(check: SelfCheck, exercises: Mapping[str, Exercise]) -> Session:
    """The check as something to be timed: its position on each side."""
    exercise = exercises[check.like]._replace(
        id=check.id, name=check.name, setup=check.setup, cues=(check.cue,), prescription=Hold(1, check.hold_s, 0)
    )
    return Session(check.id, None, check.name, None, (Item(exercise, exercise.prescription),))


def last_values(past: Past, day: date) -> dict[str, dict[str, float]]:
    """For left and right the last value of everything that was looked at within eight weeks."""
    found: dict[str, dict[str, float]] = {"left": {}, "right": {}}
    for check in sorted(past.of(Check), key=lambda check: (check.day, check.at)):
        if check.side and day - _HOLDS_FOR <= check.day <= day:
            found[check.side][check.check] = check.value
    return found


def readings(past: Past, day: date) -> Iterator[str]:
    """The readings of the last values, as sentences with their sides."""
    values = last_values(past, day)
    for reading in READINGS:
        sides = [side for side, of in values.items() if reading.says(of)]
        if sides:
            yield f"{' and '.join(sides).capitalize()}: {reading.words}."


def preferences(past: Past, day: date) -> dict[str, frozenset[str]]:
    """For each area the categories of work that the last values speak for."""
    values = last_values(past, day)
    found: dict[str, frozenset[str]] = {}
    for reading in READINGS:
        said = [reading.says(of) for of in values.values()]
        if all(said) if reading.on_both else any(said):
            found[reading.area] = found.get(reading.area, frozenset()) | {reading.prefers}
    return found


def answer(unit: str, written: str) -> float | None:
    """The value of a written answer (yes or no, seconds up to 15, centimetres up to 60); None if it is none."""
    word = written.strip().lower()
    if unit == YES_NO:
        return {"y": 1.0, "yes": 1.0, "n": 0.0, "no": 0.0}.get(word)
    number = word.removesuffix(unit).strip().replace(",", ".", 1)
    if not re.fullmatch(r"\d{1,3}(\.\d{1,3})?", number):
        return None
    value = float(number)
    return round(value, 1) if value <= _MOST[unit] else None
