"""The fortnightly self-checks, and their effect on the plan. Not a diagnosis. Pure.

Sources: the hanging leg and the knee lift of V1, the knee to the wall of E19, the chair stands of E26, the squat of
E37. The 90/90 sit, the heel raises and the width of the legs are our own choice.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import Hold
from hiproutine.catalogue.vocabulary import MOBILITY, STRENGTH, STRETCH
from hiproutine.coach import programme
from hiproutine.coach.profile import obstacle
from hiproutine.coach.screening import Screened
from hiproutine.coach.session import Item, Session
from hiproutine.history.past import Past
from hiproutine.history.records import YES_NO, Check, SessionRecord
from hiproutine.settings.model import Profile

EVERY = timedelta(days=14)
_HOLDS_FOR = timedelta(days=56)
"""Older values are ignored."""
_DAYS_FIRST = 3
_KNEE_LIFT_S = 15

Values = Mapping[str, float]
"""The last values of one side, by the id of the check."""


class Asked(NamedTuple):
    """A question after each side, and its short form; the answer is a value of `check` in `unit`."""

    check: str
    question: str
    short: str
    unit: str = YES_NO
    most: int = 1
    """The largest number that is an answer."""


class SelfCheck(NamedTuple):
    """A self-check, with the position, equipment, sides and conditions of the exercise `like`.

    The position is held for `hold_s`; with `seconds_of` the time held is a value as well.
    """

    id: str
    name: str
    like: str
    setup: tuple[str, ...]
    cue: str
    hold_s: int
    asked: tuple[Asked, ...]
    seconds_of: str | None = None
    regular: bool = True
    """Whether it comes due every two weeks; the others are for those who choose them."""
    not_for: tuple[str, ...] = ()
    """Conditions that rule it out, beside those of the exercise."""


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
            Asked("knee-to-wall", "How far are the toes from the wall?", "toes to wall", "cm", 60),
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
    SelfCheck(
        "chair-stand-30s",
        "Chair stands in 30 seconds",
        "sit-to-stand",
        (
            "Put the chair against a wall and sit on it, arms crossed if you can, hands on the thighs if you must.",
            "When the time begins, stand up fully and sit down as often as you can.",
        ),
        "Stand up fully, sit down, and count.",
        30,
        (
            Asked("chair-stands", "How many times did you stand up fully?", "stands", "stands", 60),
            Asked("chair-stands-hands", "Did the hands help?", "hands helped"),
        ),
        regular=False,
    ),
    SelfCheck(
        "heel-raise-count",
        "One-leg heel raises",
        "heel-raise-single",
        (
            "Stand on one leg, facing a wall, fingertips on it, knee straight.",
            "When the time begins, rise on the toes once every two seconds, always as high as the first time.",
        ),
        "One raise every two seconds. Space when you no longer reach the first height.",
        50,
        (Asked("heel-raises", "How many raises reached the first height?", "raises", "raises", 25),),
        regular=False,
    ),
    SelfCheck(
        "squat-sit",
        "Sit in the squat",
        "supported-deep-squat",
        (
            "Hold a post and sit as low as is comfortable with the heels down.",
            "When the time begins, hold on with the fingertips only.",
        ),
        "Fingertips only. Space when you need more than that, or when the groin pinches.",
        30,
        (
            Asked("squat-heels", "Did the heels stay down?", "heels down"),
            Asked("squat-pinch", "Did the groin pinch?", "pinch"),
        ),
        "squat-sit",
        regular=False,
    ),
    SelfCheck(
        "straddle-width",
        "How far the legs open",
        "wall-straddle",
        (
            "Warm up, then lie with both legs up a wall, always at the same distance from it, tape at hand.",
            "Let the legs open until the first mild pull.",
        ),
        "Mark the wall at both inner heels, come out, and measure between the marks. Space when you have it.",
        60,
        (
            Asked("straddle-width", "How far apart are the marks?", "between the heels", "cm", 250),
            Asked("straddle-pain", "Was there a pinch, or pain at the pubic bone?", "pinch or pain"),
        ),
        regular=False,
        not_for=("disc_acute", "spine_surgery_recent"),
    ),
)


class Reading(NamedTuple):
    """An interpretation of the values of a side: its condition, its words, and the category preferred for an area.

    With `on_both` it applies only if both sides agree, since both are always trained alike.
    """

    says: Callable[[Values], bool]
    words: str
    area: str
    prefers: str
    on_both: bool = False


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
    """The checks that are allowed and possible for this person."""
    exercises = {} if screened.stop else screened.catalogue.exercises
    allowed = exercises.keys() - screened.unplanned.keys()
    # It is tried once, and not practised: no level is too high for it.
    likes = ((check, exercises[check.like]._replace(level=1)) for check in CHECKS if check.like in allowed)
    return tuple(
        check for check, like in likes if screened.codes.isdisjoint(check.not_for) and not obstacle(like, profile)
    )


def due(past: Past, screened: Screened, profile: Profile, day: date) -> tuple[SelfCheck, ...]:
    """The regular self-checks, and those of a programme, not done for two weeks.

    There are none before the first few days of practice.
    """
    if len({session.day for session in past.of(SessionRecord) if session.counts and session.day < day}) < _DAYS_FIRST:
        return ()
    last = {check.check: check.day for check in past.of(Check)}
    tests = programme.tests(screened.whole.programmes, past, day)
    return tuple(
        each
        for each in within_reach(screened, profile)
        if (each.regular or each.id in tests) and all(day - last.get(name, date.min) >= EVERY for name in units(each))
    )


def units(check: SelfCheck) -> dict[str, str]:
    """The units of the values of a check, by value id."""
    held = {check.seconds_of: "s"} if check.seconds_of else {}
    return held | {each.check: each.unit for each in check.asked}


def shorts(check: SelfCheck) -> dict[str, str]:
    """Short labels of the values of a check, by value id."""
    held = {check.seconds_of: "held"} if check.seconds_of else {}
    return held | {each.check: each.short for each in check.asked}


def session(check: SelfCheck, exercises: Mapping[str, Exercise]) -> Session:
    """The check as an item to time: its position on each side."""
    exercise = exercises[check.like]._replace(
        id=check.id, name=check.name, setup=check.setup, cues=(check.cue,), prescription=Hold(1, check.hold_s, 0)
    )
    return Session(check.id, None, check.name, None, (Item(exercise, exercise.prescription),))


def last_values(past: Past, day: date) -> dict[str, dict[str, float]]:
    """The last values of all checks within eight weeks, for left and right."""
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
    """The categories that the last values suggest, by area."""
    values = last_values(past, day)
    found: dict[str, frozenset[str]] = {}
    for reading in READINGS:
        said = [reading.says(of) for of in values.values()]
        if all(said) if reading.on_both else any(said):
            found[reading.area] = found.get(reading.area, frozenset()) | {reading.prefers}
    return found


def limits(check: SelfCheck) -> dict[str, int]:
    """The largest value of each thing that a check looks at."""
    held = {check.seconds_of: check.hold_s} if check.seconds_of else {}
    return held | {each.check: each.most for each in check.asked}


def answer(unit: str, most: int, written: str) -> float | None:
    """The value of a written answer, yes or no, or a number up to `most`; None if invalid."""
    word = written.strip().lower()
    if unit == YES_NO:
        return {"y": 1.0, "yes": 1.0, "n": 0.0, "no": 0.0}.get(word)
    number = word.removesuffix(unit).strip().replace(",", ".", 1)
    if not re.fullmatch(r"\d{1,3}(\.\d{1,3})?", number):
        return None
    value = float(number)
    return round(value, 1) if value <= most else None
