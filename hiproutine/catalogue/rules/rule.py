"""What a condition of the screening is, and what the rules of several conditions share."""

from collections.abc import Callable
from typing import NamedTuple

from hiproutine.catalogue.demands import HARD, MIDDLE, Demands

Rule = Callable[[Demands], bool]


def never(_: Demands) -> bool:
    return False


def always(_: Demands) -> bool:
    return True


class Condition(NamedTuple):
    """A condition, and everything that follows from it.

    A `stop` leaves nothing to practise, whatever the exercise. What was answered `weeks` ago is asked again.
    """

    label: str
    """Its name on a card."""
    question: str = ""
    """Empty where another question leads to it."""
    says: str = ""
    """The caution in general, as sentences."""
    source: str = ""
    """The grounds for the rules."""
    avoid: Rule = never
    not_planned: Rule = never
    caution: Rule = never
    implies: str = ""
    """A condition whose rules hold as well."""
    follows: str = ""
    """A condition without which its question is not asked."""
    stop: str = ""
    """Why nothing may be practised, and what to do."""
    clearance: str = ""
    """The question whose yes lifts the stop."""
    cleared: str = ""
    """The condition that holds once it is lifted."""
    weeks: int | None = None
    """After how many weeks it is asked again: 0 for whenever it is looked at, None for never."""
    highest_effort_pct: int = 100
    longest_hold_s: int = 0
    """The most seconds of a hold at the end of a range; 0 for any."""
    prefers: str = ""
    """The category of exercises that is worth more with it."""
    fitting: tuple[tuple[str, Rule], ...] = ()
    """The caution for one exercise: each sentence with what it fits. Where none fits, `says` is said."""


OUR_CHOICE = "our choice"
LYING = ("supine", "prone", "side-lying")
LOWEST = (*LYING, "quadruped")
PAD = "Put a thick pad under the knee, or leave it."
PILLOW = "Keep a firm pillow between the knees."
PROPPED = "Propped up, never flat for long."
ASKS_FOR = {PAD: ("cushion",), PILLOW: ("cushion",), PROPPED: ("cushion", "bed")}
"""Cautions that ask for equipment, with the words of EQUIPMENT of which one has to be at hand."""
HOLD_ON = "Hold on to something that cannot move."


def strained_back(e: Demands) -> bool:
    """The back works hard against a lever or a weight."""
    return e.has("long_lever", "trunk_tipped_forward") or e.effort >= HARD or e.weight


def held_in_the_middle(e: Demands) -> bool:
    return e.has("isometric") and e.effort >= MIDDLE


def held_or_in_the_middle(e: Demands) -> bool:
    return e.has("isometric") or e.effort >= MIDDLE


def on_one_leg(e: Demands) -> bool:
    """The weight is on one leg, or on both unevenly, or nothing is held."""
    return e.has("single_leg_stance", "split_stance", "unsupported_balance", "on_a_step")
