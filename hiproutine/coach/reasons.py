"""Reasons: why an exercise is not done on a day, as values. Pure."""

from enum import Enum, auto
from typing import NamedTuple


class Cause(Enum):
    """What keeps an exercise out, the weightiest first."""

    CONDITION = auto()
    PAIN = auto()
    POSITION = auto()
    EQUIPMENT = auto()
    LEVEL = auto()
    SOON = auto()
    CHOICE = auto()
    """It could be done, and something else is."""


class Reason(NamedTuple):
    """Why an exercise is not done; `words` follow its name or `it`, as in `needs mat`."""

    cause: Cause
    words: str


OBJECTIONS = frozenset({Cause.CONDITION, Cause.PAIN})
"""What a person may decide against."""
