"""The order of a session: warm, mobilise, strengthen, stretch, settle, with the quickest changes of position. Pure.

What is done in one stage and one position is a group. A row of groups is a whole number with one bit for each.
"""

from collections.abc import Mapping
from functools import cache, lru_cache

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import Hold
from hiproutine.catalogue.vocabulary import CATEGORY, DOSED_AREAS, POSITIONS, Stage
from hiproutine.coach.transitions import FIRST_S, START, change_s

STAGES = tuple(Stage)
_POSITIONS = tuple(POSITIONS)


def stage_of(exercise: Exercise) -> Stage:
    """The stage of a session in which the exercise is done; what counts for no area's dose is for getting warm."""
    if DOSED_AREAS.keys().isdisjoint(exercise.areas):
        return Stage.WARM
    category = CATEGORY[exercise.category]
    held = category.held_stage if isinstance(exercise.prescription, Hold) else None
    return held or category.stage


def group_of(exercise: Exercise) -> int:
    """The bit of the exercise's group."""
    stage = STAGES.index(stage_of(exercise))
    return 1 << stage * len(_POSITIONS) + _POSITIONS.index(exercise.position)


@lru_cache(maxsize=1 << 14)
def changes_s(groups: int) -> int:
    """The least seconds from the keyboard into every group, one after the other."""
    return min(cost_s for cost_s, _ in _ways(groups).values())


def in_order(groups: int) -> tuple[int, ...]:
    """The groups in the order that takes the least."""
    return min(_ways(groups).values())[1]


@lru_cache(maxsize=1 << 14)
def _ways(groups: int) -> Mapping[str, tuple[int, tuple[int, ...]]]:
    """For each position that the session may end in, the seconds of its changes and the order of its groups."""
    if not groups:
        return {"": (0, ())}
    first = (groups.bit_length() - 1) // len(_POSITIONS) * len(_POSITIONS)
    ways: dict[str, tuple[int, tuple[int, ...]]] = {}
    for before, (cost_s, order) in _ways(groups & (1 << first) - 1).items():
        for last, (more_s, through) in _through(before, groups >> first).items():
            if last not in ways or cost_s + more_s < ways[last][0]:
                ways[last] = cost_s + more_s, order + tuple(1 << first + number for number in through)
    return ways


@cache
def _through(before: str, positions: int) -> dict[str, tuple[int, tuple[int, ...]]]:
    """For each last one of some positions, the least seconds through all of them, and their order."""
    found: dict[str, tuple[int, tuple[int, ...]]] = {}
    for number, last in enumerate(_POSITIONS):
        if not positions >> number & 1:
            continue
        others = positions & ~(1 << number)
        if not others:
            found[last] = _step_s(before, last), (number,)
            continue
        found[last] = min(
            (cost_s + change_s(previous, last), (*order, number))
            for previous, (cost_s, order) in _through(before, others).items()
        )
    return found


def _step_s(before: str, position: str) -> int:
    return change_s(before, position) if before else max(FIRST_S, change_s(START, position))
