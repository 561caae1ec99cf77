"""The objective: the worth of a session, with the weights of its parts, by which the coach chooses. Pure.

    worth = sum over places    importance(area) x (points of the seconds of stretching
                                                   + MOVE for each second of moving, up to MOVE_S, or MOVE_ALONE
                                                     for an area that nothing stretches or strengthens)
                               + (1 + importance(area)) / 2 x points of the sets of strength
          + MIX                for each second of mobility, up to MIX_SHARE of the minutes
          + sum over exercises (AGO x days since the last time, at most AGO_DAYS, + LEVEL if of the person's level,
                               + CHECK if of a kind that a self-check or a condition speaks for,
                               + NEGLECT x importance of its first area for each week since that one's last work, at
                               most NEGLECT_WEEKS)
                               x share of its sets that is done
          - LESS               for an exercise that the person wants planned less
          - CAUTION            for each sentence of caution that an exercise has for the person
          - CHANGE             for each second that goes into a change of position

    importance(area) = 1 + FOCUS x its weight in the profile, of a focus area; of others 0.3 for the ankle, the calf and
                       the low back, and 1 for the rest
    points of a second of stretching, by what the week has already: TO_FLOOR below the floor of 5 minutes (of areas out
    of focus, below half of it), TO_TARGET below the target of 7, TO_CEILING below the ceiling of 10; beyond the first
    minute of the day BEYOND of that
    points of a set of strength: FIRST_SETS for the first SETS of a day, MORE_SETS for the next ones; THIRD_DAY of that
    where the week has two days of strength for the place, nothing where it has more

A place is an area and a side; the first area of an exercise counts in full, each other one half. What a day has room
for is `stretch_room_s` of the weekly volume: little more than an even share, so that no day takes the week's dose. At
most MOST_NEW exercises are new, and close variants do not come together. What must be in the session, such as the first
exercise to get warm in one that is long enough, is there before anything is chosen. The weights are our choice;
`benchmarks/simulate.py` shows what a year with them is like.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from math import ceil
from typing import NamedTuple

from hiproutine.catalogue.conditions import CONDITION, with_implied
from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import Prescription, Shape, changed, declared, sets_of, with_sets
from hiproutine.catalogue.vocabulary import AREA, CATEGORY, DOSED_AREAS, STRENGTH, Stage
from hiproutine.coach.durations import changing_sides_s, first_side, sides, with_words_s
from hiproutine.coach.instructions import spoken_s
from hiproutine.coach.ordering import group_of, stage_of
from hiproutine.coach.progression import alike
from hiproutine.coach.screening import cautions, preferred_with
from hiproutine.coach.selection import Curve, Option, Problem
from hiproutine.coach.session import Session
from hiproutine.coach.transitions import INTO
from hiproutine.coach.weekly_volume import (
    CEILING_S,
    FLOOR_S,
    LEAST_S,
    SESSION_S,
    STRENGTH_DAYS,
    TARGET_S,
    Before,
    Place,
    before,
    shares,
    strengthens,
    stretch_room_s,
    stretches,
)
from hiproutine.history.past import Past
from hiproutine.history.records import SessionRecord
from hiproutine.settings.model import Manner, Profile
from hiproutine.text import counted


class Weights(NamedTuple):
    """Points; see the formula."""

    to_floor: float = 4
    to_target: float = 2.5
    to_ceiling: float = 0.1
    beyond: float = 0.5
    first_sets: float = 180
    more_sets: float = 30
    third_day: float = 0.2
    move: float = 1
    move_alone: float = 2
    mix: float = 1
    focus: float = 2
    neglect: float = 100
    ago: float = 4
    level: float = 40
    check: float = 150
    caution: float = 300
    less: float = 600
    change: float = 0.5


WEIGHTS = Weights()
SETS, ROOM_SETS = 2, 4
MOVE_S, ROOM_MOVE_S = 60, 240
MIX_SHARE = 0.2
NEGLECT_WEEKS = 4
AGO_DAYS = 14
MOST_NEW = 2
"""New exercises in a session that the coach chooses freely: fewer are done better (our choice; see docs/coach.md)."""
WARM_UP_FROM_MIN, SETTLE_FROM_MIN, WHOLE_FROM_MIN = 8, 15, 20
"""From how many minutes on a session has a warm-up, an end to settle in, and either in its whole length."""
_FRAME_FROM_MIN = {Stage.WARM: WARM_UP_FROM_MIN, Stage.SETTLE: SETTLE_FROM_MIN}
SHORT_S = 60
AROUND_S = 35
"""Approximate overhead of a stretch: getting ready, resting and changing sides."""
DEFAULT_FOCUS = (("front-of-hip", 2),)
"""The default focus: what sitting shortens, and why most people come."""

_PLACES: tuple[Place, ...] = tuple((area, side) for area in DOSED_AREAS for side in ("left", "right"))
_STRETCH, _STRENGTH, _MOVE = (
    {place: number for number, place in enumerate(_PLACES, first)} for first in range(0, 3 * len(_PLACES), len(_PLACES))
)
_MIX = 3 * len(_PLACES)


class Asked(NamedTuple):
    """The inputs of a choice: minutes, profile, what came before, and whether it is an easy day.

    `prescribed` has the whole dose of exercises that are not to be done in their own; `prefer`, of areas, the
    categories of work that a self-check speaks for. `core` are exercises that must be in, each in its dose, which is
    not new to anyone who was told to do it; `most_new` others may be new. Those of `warm` come first, to get warm.
    """

    minutes: int
    profile: Profile
    manner: Manner
    before: Before
    prescribed: Mapping[str, Prescription] = {}
    prefer: Mapping[str, frozenset[str]] = {}
    easy: bool = False
    core: Mapping[str, Prescription] = {}
    warm: Collection[str] = ()
    most_new: int = MOST_NEW
    codes: frozenset[str] = frozenset()
    """The conditions of the person, with what they imply."""


def preferred(exercise: Exercise, prefer: Mapping[str, frozenset[str]]) -> bool:
    """Return whether a self-check prefers the exercise."""
    return any(exercise.category in prefer.get(area, ()) for area in exercise.areas)


def focus_of(profile: Profile) -> dict[str, int]:
    """Return the focus areas with their weights: the person's, or the default.

    With a condition for which strength is better than more range, no area is stretched more than another unasked.
    """
    if not profile.focus and any(CONDITION[code].prefers == STRENGTH for code in with_implied(profile.conditions)):
        return {}
    return dict(profile.focus or DEFAULT_FOCUS)


def importance(area: str, profile: Profile, weights: Weights = WEIGHTS) -> float:
    """The weight of an area for a person."""
    focus = focus_of(profile)
    return 1 + weights.focus * focus[area] if area in focus else AREA[area].weight


def lack(exercise: Exercise, known: Before, profile: Profile) -> tuple[float, str]:
    """The week's deficit in an exercise's work for its first area, weighted by the person's focus, and that area."""
    area = next((each for each in exercise.areas if each in DOSED_AREAS), "")
    if not area:
        return 0, area
    week = known.week.of(area)
    had = min(week.strength) / STRENGTH_DAYS if strengthens(exercise) else min(week.stretch_s) / TARGET_S
    return max(0.0, 1 - had) * importance(area, profile), area


def worths(session: Session, past: Past, profile: Profile, day: date) -> dict[str, float]:
    """The worth of each exercise when time is short: the week's deficit in its work."""
    exercises = {item.exercise.id: item.exercise for item in session.items}
    known = before(past.of(SessionRecord), exercises, day)
    return {name: lack(each, known, profile)[0] for name, each in exercises.items()}


def areas_within(minutes: int, days_per_week: int) -> int:
    """Return about how many areas reach the weekly floor of stretching in that time; a fifth is for other work."""
    frame_s = SHORT_S * ((minutes >= WARM_UP_FROM_MIN) + (minutes >= SETTLE_FROM_MIN))
    side_s = max(LEAST_S, FLOOR_S / days_per_week)
    return int((60 * minutes - frame_s) * (1 - MIX_SHARE) / (2 * side_s + AROUND_S)) if side_s <= SESSION_S else 0


def time_words(profile: Profile) -> str:
    """Return what the time of a profile allows, as a sentence; empty without minutes."""
    if not profile.minutes:
        return ""
    time = f"{profile.minutes} min on {counted(profile.days_per_week, 'day')} a week"
    areas = min(areas_within(profile.minutes, profile.days_per_week), len(DOSED_AREAS))
    if not areas:
        return f"{time}: less than one area needs for {FLOOR_S // 60} minutes of stretching a week on each side."
    return f"{time}: time to stretch {counted(areas, 'area')} for {FLOOR_S // 60} minutes a week on each side, or more."


def problem(exercises: Iterable[Exercise], asked: Asked, weights: Weights = WEIGHTS) -> Problem:
    """The choice of today among exercises that may all be done."""
    minutes, profile, before = asked.minutes, asked.profile, asked.before
    by_id = {each.id: each for each in _framed_once(exercises, asked)}
    important = {area: importance(area, profile, weights) for area in DOSED_AREAS}
    dosed = {each.areas[0] for each in by_id.values() if stretches(each) or strengthens(each)}
    curves = [
        *(_stretch_curve(before.week.stretch_s.get(place, 0), important[place[0]], weights) for place in _PLACES),
        *(
            _strength_curve(len(before.week.strength.get(place, ())), (1 + important[place[0]]) / 2, weights)
            for place in _PLACES
        ),
        *(
            ((MOVE_S, (weights.move if area in dosed else weights.move_alone) * important[area]),)
            for area, _ in _PLACES
        ),
        ((MIX_SHARE * 60 * minutes, weights.mix),),
    ]
    rooms = [
        *(stretch_room_s(before, place, profile.days_per_week) for place in _PLACES),
        *(ROOM_SETS for _ in _PLACES),
        *(ROOM_MOVE_S for _ in _PLACES),
        60 * minutes,
    ]
    return Problem(
        options=tuple(option for each in by_id.values() for option in _options(each, asked, important, weights)),
        apart=tuple(pair for pair in _close(by_id) if not asked.core.keys() >= set(pair)),
        curves=tuple(curves),
        rooms=tuple(rooms),
        budget_s=minutes * 60,
        ready_factor=asked.manner.ready_factor,
        changes=asked.manner.changes,
        change_points=weights.change,
        most_new=asked.most_new,
    )


def _framed_once(exercises: Iterable[Exercise], asked: Asked) -> Iterator[Exercise]:
    """Yield the exercises, of those to get warm and of those to settle only the first."""
    there: set[Stage] = set()
    for each in exercises:
        stage = stage_of(each)
        if stage not in _FRAME_FROM_MIN or each.id in asked.core:
            yield each
        elif stage not in there:
            there.add(stage)
            yield each


def _stretch_curve(had_s: float, important: float, weights: Weights) -> Curve:
    least_s = FLOOR_S if important > 1 else FLOOR_S / 2
    steps = ((least_s, weights.to_floor), (TARGET_S, weights.to_target), (CEILING_S, weights.to_ceiling))
    curve: list[tuple[float, float]] = []
    today_s = had_s + LEAST_S
    for upto_s, slope in steps:
        for end_s, share in ((min(upto_s, today_s), 1.0), (upto_s, weights.beyond)):
            if had_s < end_s:
                curve.append((end_s - had_s, important * slope * share))
                had_s = end_s
    return tuple(curve)


def _strength_curve(days: int, important: float, weights: Weights) -> Curve:
    share = 1 if days < STRENGTH_DAYS else weights.third_day if days == STRENGTH_DAYS else 0
    steps = ((SETS, weights.first_sets), (ROOM_SETS - SETS, weights.more_sets))
    return tuple((sets, share * important * slope) for sets, slope in steps)


def _close(exercises: Mapping[str, Exercise]) -> Iterator[tuple[str, str]]:
    """Yield pairs of close variants."""
    for each in exercises.values():
        for name in (*each.easier, *each.harder):
            other = exercises.get(name)
            if other and alike(each, other):
                yield each.id, other.id


def _options(exercise: Exercise, asked: Asked, important: Mapping[str, float], weights: Weights) -> Iterator[Option]:
    if exercise.id in asked.core:
        option = as_option(exercise, asked.core[exercise.id], asked.manner, exercise.id)
        group = group_of(exercise, Stage.WARM) if exercise.id in asked.warm else option.group
        yield option._replace(must=True, group=group)
        return
    before, profile = asked.before, asked.profile
    whole = asked.prescribed.get(exercise.id, exercise.prescription)
    stage = stage_of(exercise)
    if stage in _FRAME_FROM_MIN:
        if asked.easy or asked.minutes >= _FRAME_FROM_MIN[stage]:
            dose = whole if asked.minutes >= WHOLE_FROM_MIN else _short(whole)
            yield as_option(exercise, dose, asked.manner, stage)._replace(must=True)
        return
    last = before.last_of_exercise.get(exercise.id)
    days = AGO_DAYS if last is None else min(AGO_DAYS, (before.day - last).days)
    points = weights.ago * days + weights.level * (exercise.level == profile.level)
    points += weights.check * bool(preferred(exercise, asked.prefer) or preferred_with(exercise, asked.codes))
    points += _neglect(exercise, before, important, weights)
    careful = weights.caution * len(cautions(exercise, asked.codes))
    careful += weights.less * (exercise.id in (profile.planned_less or ()))
    sets = sets_of(whole)
    doses = {with_sets(whole, count): points * count / sets - careful for count in range(1, sets + 1)}
    yield from _in_doses(exercise, doses, asked.manner, exercise.id, new=last is None)


def _neglect(exercise: Exercise, before: Before, important: Mapping[str, float], weights: Weights) -> float:
    """Return the points for an area without work for a week or more."""
    area = next(each for each in exercise.areas if each in DOSED_AREAS)
    last = max(before.days_of_area.get(area, ()), default=before.first)
    weeks = (before.day - last).days / 7
    return weights.neglect * important[area] * min(NEGLECT_WEEKS, weeks) if weeks >= 1 else 0


def _short(prescription: Prescription) -> Prescription:
    """Return the dose shortened to SHORT_S at most, if a set is one span of time."""
    kind = declared(prescription)
    if kind.shape is not Shape.TIME:
        return prescription
    return changed(prescription, kind.eased, min(SHORT_S, getattr(prescription, kind.eased)))


def as_option(exercise: Exercise, prescription: Prescription, manner: Manner, only: str) -> Option:
    """Return an exercise in one dose as an option without points."""
    return next(_in_doses(exercise, {prescription: 0}, manner, only))


def _in_doses(
    exercise: Exercise, doses: Mapping[Prescription, float], manner: Manner, only: str, *, new: bool = False
) -> Iterator[Option]:
    """Yield an exercise in each dose as an option with its points."""
    strength = strengthens(exercise)
    parts = {side: tuple(_parts(exercise, side)) for side, _ in sides(exercise, exercise.prescription, manner)}
    group = group_of(exercise)
    around_s = _ready_s(exercise, manner) + (len(parts) - 1) * changing_sides_s(exercise, manner)
    for dose, points in doses.items():
        gives: dict[int, float] = {}
        seconds = around_s
        for side, length in sides(exercise, dose, manner):
            seconds += length.whole_s
            amount = sets_of(dose) if strength else length.work_s
            for curve, share in parts[side]:
                gives[curve] = gives.get(curve, 0) + share * amount
        # In whole halves: a half of a half is given in full.
        halves = tuple((curve, ceil(2 * amount) / 2) for curve, amount in gives.items())
        yield Option(exercise, dose, only, group, seconds, halves, points, new=new)


def _parts(exercise: Exercise, side: str | None) -> Iterator[tuple[int, float]]:
    """Yield the curves to which work on one side, or on both, is given, each with its share of the amount."""
    category = CATEGORY[exercise.category]
    curves = _STRENGTH if strengthens(exercise) else _STRETCH if stretches(exercise) else _MOVE
    if category.trains:
        yield from ((curves[place], share) for place, share in shares(exercise, side, 1))
    if category.mixed:
        yield _MIX, 1


def _ready_s(exercise: Exercise, manner: Manner) -> float:
    """Return the seconds to get ready for an exercise as one more of its group."""
    # Each time to get ready is rounded to a second, which may add half of one.
    rounding_s = 0.5 if manner.ready_factor % 1 else 0
    usual_s = (manner.changes.same + exercise.setup_s) * manner.ready_factor + rounding_s
    words_s = spoken_s(exercise, first_side(exercise, manner), INTO[exercise.position], manner)
    return with_words_s(usual_s, exercise, words_s, manner)
