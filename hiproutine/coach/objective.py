"""The objective: the worth of a session, with the weights of its parts, by which the coach chooses. Pure.

    worth = sum over places    importance(area) x points of the seconds that the session adds to the week's dose
          + sum over kinds     MIX for each second of strength, and of mobility, that the week still lacks
          + sum over exercises (AGO x days since the last time, at most AGO_DAYS, + LEVEL if of the person's level,
                               + CHECK if of a kind that a self-check speaks for) x share of its sets that is done
          + WARM_UP, SETTLE    for getting warm and for settling, in a session that is long enough
          - CHANGE             for each second that goes into a change of position

    importance(area) = 1 + FOCUS x its weight in the profile
    points of a second of a place, by what its week has already: TO_FLOOR below the floor of 5 minutes, TO_TARGET below
    the target of 7, TO_CEILING below the ceiling of 10. The first TOUCH_S seconds of a place that had none this week
    bring NEGLECT more for each week since its area's last, or since the first session of all, at most NEGLECT_WEEKS.

A place is an area and a side. Nothing goes beyond the ceiling, or beyond SESSION_S for a place in one session (E3), and
close variants do not come together. The weights are our choice; `benchmarks/simulate.py` shows what a year with them is
like.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import Prescription, Shape, changed, declared, sets_of, with_sets
from hiproutine.catalogue.vocabulary import CATEGORY, DOSED_AREAS, Stage
from hiproutine.coach.durations import sides, with_change_s
from hiproutine.coach.ordering import group_of, stage_of
from hiproutine.coach.progression import alike
from hiproutine.coach.selection import Curve, Option, Problem
from hiproutine.coach.transitions import SAME_S
from hiproutine.coach.weekly_volume import CEILING_S, FLOOR_S, SESSION_S, TARGET_S, Before, doses
from hiproutine.settings.model import Manner, Profile


class Weights(NamedTuple):
    """Points; see the formula."""

    to_floor: float = 3
    to_target: float = 1
    to_ceiling: float = 0.1
    focus: float = 2
    mix: float = 1
    neglect: float = 4
    ago: float = 6
    level: float = 40
    check: float = 60
    warm_up: float = 10_000  # more than anything else, so always in
    settle: float = 10_000
    change: float = 0.5


WEIGHTS = Weights()
TOUCH_S = 30
NEGLECT_WEEKS = 4
AGO_DAYS = 14
MIX_SHARE = 0.2
"""Of a week's minutes, for strength and for mobility each."""
WARM_UP_FROM_MIN, SETTLE_FROM_MIN, WHOLE_FROM_MIN = 8, 15, 20
"""From how many minutes on a session has a warm-up, an end to settle in, and either in its whole length."""
SHORT_S = 60

_PLACES = tuple((area, side) for area in DOSED_AREAS for side in ("left", "right"))
_MIXED = tuple(word for word, each in CATEGORY.items() if each.mixed)
_NUMBER = {key: number for number, key in enumerate((*_PLACES, *_MIXED))}


class Asked(NamedTuple):
    """Who wants how many minutes of what, after what, and whether it is an easy day.

    `prescribed` has the whole dose of exercises that are not to be done in their own; `prefer`, of areas, the
    categories of work that a self-check speaks for.
    """

    minutes: int
    profile: Profile
    manner: Manner
    before: Before
    prescribed: Mapping[str, Prescription] = {}
    prefer: Mapping[str, frozenset[str]] = {}
    easy: bool = False


def preferred(exercise: Exercise, prefer: Mapping[str, frozenset[str]]) -> bool:
    """Return whether a self-check prefers the exercise."""
    return any(exercise.category in prefer.get(area, ()) for area in exercise.areas)


def problem(exercises: Iterable[Exercise], asked: Asked, weights: Weights = WEIGHTS) -> Problem:
    """The choice of today among exercises that may all be done."""
    minutes, profile, _, before, *_ = asked
    by_id = {each.id: each for each in exercises}
    week_s = minutes * 60 * profile.days_per_week
    curves = [_dose_curve(place, profile, before, weights) for place in _PLACES]
    missing_s = (max(0.0, MIX_SHARE * week_s - before.category_s.get(category, 0)) for category in _MIXED)
    mixes: list[Curve] = [((seconds, weights.mix),) for seconds in missing_s]
    rooms = [min(SESSION_S, CEILING_S - before.dose_s.get(place, 0)) for place in _PLACES]
    return Problem(
        options=tuple(option for each in by_id.values() for option in _options(each, asked, weights)),
        apart=tuple(_close(by_id)),
        curves=(*curves, *mixes),
        room_s=(*rooms, *(week_s for _ in _MIXED)),
        budget_s=minutes * 60,
        ready_factor=asked.manner.ready_factor,
        change_points=weights.change,
    )


def _dose_curve(place: tuple[str, str], profile: Profile, before: Before, weights: Weights) -> Curve:
    area, _ = place
    importance = 1 + weights.focus * dict(profile.focus).get(area, 0)
    had_s = before.dose_s.get(place, 0)
    steps = ((FLOOR_S, weights.to_floor), (TARGET_S, weights.to_target), (CEILING_S, weights.to_ceiling))
    curve: list[tuple[float, float]] = []
    if not had_s:
        # Only what had nothing this week can be neglected, so these seconds are all below the floor.
        last = max(before.days_of_area.get(area, ()), default=before.first)
        weeks = min(NEGLECT_WEEKS, (before.day - last).days / 7)
        curve.append((TOUCH_S, importance * weights.to_floor + weights.neglect * weeks))
        had_s = TOUCH_S
    for upto_s, slope in steps:
        if had_s < upto_s:
            curve.append((upto_s - had_s, importance * slope))
            had_s = upto_s
    return tuple(curve)


def _close(exercises: Mapping[str, Exercise]) -> Iterator[tuple[str, str]]:
    """Variants of each other that are alike."""
    for each in exercises.values():
        for name in (*each.easier, *each.harder):
            other = exercises.get(name)
            if other and alike(each, other):
                yield each.id, other.id


def _options(exercise: Exercise, asked: Asked, weights: Weights) -> Iterator[Option]:
    minutes, profile, manner, before, prescribed, prefer, easy = asked
    whole = prescribed.get(exercise.id, exercise.prescription)
    stage = stage_of(exercise)
    frame = {Stage.WARM: (WARM_UP_FROM_MIN, weights.warm_up), Stage.SETTLE: (SETTLE_FROM_MIN, weights.settle)}
    if stage in frame:
        least_min, points = frame[stage]
        if easy or minutes >= least_min:
            dose = whole if minutes >= WHOLE_FROM_MIN else _short(whole)
            yield as_option(exercise, dose, manner, stage, points)
        return
    last = before.last_of_exercise.get(exercise.id)
    days = AGO_DAYS if last is None else min(AGO_DAYS, (before.day - last).days)
    points = weights.ago * days + weights.level * (exercise.level == profile.level)
    points += weights.check * preferred(exercise, prefer)
    sets = sets_of(whole)
    for count in range(1, sets + 1):
        yield as_option(exercise, with_sets(whole, count), manner, exercise.id, points * count / sets)


def _short(prescription: Prescription) -> Prescription:
    """The dose in SHORT_S at most, where a set is one piece of time."""
    kind = declared(prescription)
    if kind.shape is not Shape.TIME:
        return prescription
    return changed(prescription, kind.eased, min(SHORT_S, getattr(prescription, kind.eased)))


def as_option(exercise: Exercise, prescription: Prescription, manner: Manner, only: str, points: float = 0) -> Option:
    """An exercise in one dose, as something to be chosen."""
    gives: dict[int, float] = {}
    found = list(sides(exercise, prescription, manner))
    for side, length in found:
        for place, seconds in doses(exercise, side, length.work_s):
            gives[_NUMBER[place]] = gives.get(_NUMBER[place], 0) + seconds
        if exercise.category in _MIXED:
            number = _NUMBER[exercise.category]
            gives[number] = gives.get(number, 0) + length.work_s
    # Each time to get ready is rounded to a second, which may add half of one.
    rounding_s = 0.5 if manner.ready_factor % 1 else 0
    ready_s = (SAME_S + exercise.setup_s) * manner.ready_factor + rounding_s
    return Option(
        exercise,
        prescription,
        only,
        group_of(exercise),
        with_change_s(exercise, [each for _, each in found], manner) + ready_s,
        tuple(gives.items()),
        points,
    )
