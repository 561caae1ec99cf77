"""Changes of position: how long one takes, and the order of exercises that needs the least of them. Pure.

The seconds are our choice, not a finding: the same position 5, turning over or kneeling up 8, between standing and
kneeling 15, between standing and lying 20.
"""

from collections.abc import Sequence
from itertools import pairwise, permutations

from hiproutine.catalogue.model import Exercise

SAME_S, NEAR_S, KNEEL_S, LIE_S = 5, 8, 15, 20
FIRST_S = 10
"""The least time between the key that starts a session and its first exercise."""

# How high the hips are: two steps apart means getting down to the floor, or up from it.
_HEIGHT = {
    "standing": 2,
    "seated-chair": 2,
    "half-kneeling": 1,
    "quadruped": 1,
    "seated-floor": 0,
    "supine": 0,
    "prone": 0,
    "side-lying": 0,
}
START = "standing"
"""The position at the keyboard."""

INTO = {
    "standing": "stand up",
    "half-kneeling": "kneel on one knee",
    "seated-chair": "sit on the chair",
    "seated-floor": "sit on the floor",
    "supine": "lie on your back",
    "prone": "lie on your front",
    "side-lying": "lie on your side",
    "quadruped": "on hands and knees",
}
"""Instructions for getting into a position."""


def ready_s(before: Exercise | None, exercise: Exercise) -> int:
    """The seconds to get ready for an exercise after another one, or, after None, from the keyboard."""
    if before is None:
        return max(FIRST_S, change_s(START, exercise.position)) + exercise.setup_s
    return change_s(before.position, exercise.position) + exercise.setup_s


def switch_s(exercise: Exercise) -> int:
    """The seconds between the two sides; lying on one side means turning over."""
    return (NEAR_S if exercise.position == "side-lying" else SAME_S) + exercise.setup_s


def change_s(before: str, after: str) -> int:
    """The seconds that a change from one position to another takes."""
    if before == after:
        return SAME_S
    heights = {_HEIGHT[before], _HEIGHT[after]}
    if 2 not in heights or heights == {2}:
        return NEAR_S
    return LIE_S if 0 in heights else KNEEL_S


def fewest_changes(exercises: Sequence[Exercise]) -> tuple[Exercise, ...]:
    """The exercises in the order whose changes of position take the least time; those of one position keep theirs.

    Of several such orders it is the one nearest to what was given.
    """
    positions = list(dict.fromkeys(exercise.position for exercise in exercises))
    best = min(permutations(positions), key=_changes_s)
    return tuple(exercise for position in best for exercise in exercises if exercise.position == position)


def _changes_s(positions: Sequence[str]) -> int:
    return sum(change_s(before, after) for before, after in pairwise((START, *positions)))
