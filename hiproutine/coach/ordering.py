"""The order of a session: warm, mobilise, strengthen, stretch, settle, with the fastest changes of position. Pure.

Exercises of one stage and position form a group. A set of groups is an integer with one bit per group.
"""

from collections.abc import Mapping
from functools import cache, lru_cache

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import Hold
from hiproutine.catalogue.vocabulary import CATEGORY, DOSED_AREAS, POSITIONS, Stage
from hiproutine.coach.transitions import USUAL, change_s, from_s
from hiproutine.settings.model import Changes

STAGES = tuple(Stage)
FRAME = {Stage.WARM: "to get warm", Stage.SETTLE: "to settle"}
"""The stages around the work of a session, and what they are for."""
_POSITIONS = tuple(POSITIONS)


def stage_of(exercise: Exercise) -> Stage:
    """The stage of an exercise in a session; exercises that count for no area's dose are for warming up."""
    if DOSED_AREAS.keys().isdisjoint(exercise.areas):
        return Stage.WARM
    category = CATEGORY[exercise.category]
    held = category.held_stage if isinstance(exercise.prescription, Hold) else None
    return held or category.stage


def group_of(exercise: Exercise, stage: Stage | None = None) -> int:
    """The bit of the exercise's group, in its own stage or another."""
    number = STAGES.index(stage or stage_of(exercise))
    return 1 << number * len(_POSITIONS) + _POSITIONS.index(exercise.position)


@lru_cache(maxsize=1 << 14)
def changes_s(groups: int, changes: Changes = USUAL) -> int:
    """The minimum seconds of changes from the keyboard through all groups."""
    return min(cost_s for cost_s, _ in _ways(groups, changes).values())


def in_order(groups: int, changes: Changes = USUAL) -> tuple[int, ...]:
    """The groups in the fastest order."""
    return min(_ways(groups, changes).values())[1]


@lru_cache(maxsize=1 << 14)
def _ways(groups: int, changes: Changes) -> Mapping[str, tuple[int, tuple[int, ...]]]:
    """The seconds of the changes and the order of the groups, by the last position of the session."""
    if not groups:
        return {"": (0, ())}
    first = (groups.bit_length() - 1) // len(_POSITIONS) * len(_POSITIONS)
    ways: dict[str, tuple[int, tuple[int, ...]]] = {}
    for before, (cost_s, order) in _ways(groups & (1 << first) - 1, changes).items():
        for last, (more_s, through) in _through(before, groups >> first, changes).items():
            if last not in ways or cost_s + more_s < ways[last][0]:
                ways[last] = cost_s + more_s, order + tuple(1 << first + number for number in through)
    return ways


@cache
def _through(before: str, positions: int, changes: Changes) -> dict[str, tuple[int, tuple[int, ...]]]:
    """The minimum seconds through all positions and their order, by the last position."""
    found: dict[str, tuple[int, tuple[int, ...]]] = {}
    for number, last in enumerate(_POSITIONS):
        if not positions >> number & 1:
            continue
        others = positions & ~(1 << number)
        if not others:
            found[last] = from_s(before, last, changes), (number,)
            continue
        found[last] = min(
            (cost_s + change_s(previous, last, changes), (*order, number))
            for previous, (cost_s, order) in _through(before, others, changes).items()
        )
    return found
