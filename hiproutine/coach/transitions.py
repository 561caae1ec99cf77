"""Changes of position: their durations, and the order of exercises that minimises them. Pure.

How long each kind takes is learned for each person; until then it is the usual time, which `Changes` has. The other
side takes what the same position takes where one leg does what the other did, and more where the legs change places.
"""

import re
from collections.abc import Sequence
from itertools import pairwise, permutations

from hiproutine.catalogue.model import Exercise
from hiproutine.settings.model import Changes

USUAL = Changes()
FIRST_S = 10
"""The minimum time between the key that starts a session and its first exercise."""

# Height of the hips: a difference of two means getting down to the floor, or up from it.
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
_PLACES = {2: "near", 1: "places", 0: "turn"}
"""The kind of change in which the legs change places, by the height of the hips."""
_PLACE = re.compile(r"\b(?:front|back|kneeling|foot-up|top|lower|hanging) (?:leg|side)\b|\bleg off\b")
"""Patterns by which `side_is` names a leg by its place in the pose, which the other leg then takes."""

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

SAYS_POSITION = {
    "standing": r"\bstand\b",
    "half-kneeling": r"\bkneel\b|hands and knees",
    "seated-chair": r"\bsit\b",
    "seated-floor": r"\bsit\b",
    "supine": r"on your back|(?:lie|roll) back",
    "prone": r"on your front",
    "side-lying": r"on your side",
    "quadruped": r"hands and knees|knees and forearms",
}
"""Words by which a set-up states its own position, so that it need not be announced."""


def ready_s(before: Exercise | None, exercise: Exercise, changes: Changes = USUAL) -> int:
    """The seconds to get ready for an exercise after another one, or from the keyboard (None)."""
    return from_s(before.position if before else "", exercise.position, changes) + exercise.setup_s


def switch_s(exercise: Exercise, changes: Changes = USUAL) -> int:
    """The seconds between the two sides, without the words."""
    return seconds_of(switch_kind(exercise), changes) + exercise.setup_s


def from_s(before: str, after: str, changes: Changes = USUAL) -> int:
    """The seconds from a position, or from the keyboard (empty), to another one."""
    return change_s(before, after, changes) if before else max(FIRST_S, change_s(START, after, changes))


def change_s(before: str, after: str, changes: Changes = USUAL) -> int:
    """The seconds that a change from one position to another takes."""
    return seconds_of(kind_of(before, after), changes)


def seconds_of(kind: str, changes: Changes = USUAL) -> int:
    """The seconds of a kind of change."""
    seconds: int = getattr(changes, kind)
    return seconds


def kind_of(before: str, after: str) -> str:
    """The kind of a change from one position to another: a field of Changes."""
    if before == after:
        return "same"
    heights = {_HEIGHT[before], _HEIGHT[after]}
    if 2 not in heights or heights == {2}:
        return "near"
    return "lie" if 0 in heights else "kneel"


def switch_kind(exercise: Exercise) -> str:
    """The kind of change between the two sides; on one's side, and where the legs change places, one turns."""
    turns = exercise.position == "side-lying" or _PLACE.search(exercise.side_is or "")
    return _PLACES[_HEIGHT[exercise.position]] if turns else "same"


def fewest_changes(exercises: Sequence[Exercise]) -> tuple[Exercise, ...]:
    """The exercises in the order with the fastest changes of position; those of one position keep their order.

    Of several such orders, the one closest to the given order.
    """
    positions = list(dict.fromkeys(exercise.position for exercise in exercises))
    best = min(permutations(positions), key=_changes_s)
    return tuple(exercise for position in best for exercise in exercises if exercise.position == position)


def _changes_s(positions: Sequence[str]) -> int:
    return sum(change_s(before, after) for before, after in pairwise((START, *positions)))
