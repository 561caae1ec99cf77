"""That hurts: what is asked, which key answers, and the words for it. Pure.

0 is ten, since it stands after the 9; what hurts is never nothing. From the red of the traffic light on (facts on pain
monitoring: 3 where a nerve is moved, 6 in strength, 4 in all else) the advice is to leave the exercise for today.
"""

from typing import NamedTuple

from hiproutine.catalogue.model import Exercise

SCORES = {str(score % 10): score for score in range(1, 11)}
"""The score from 1 to 10 that a key gives."""
NEVER_MIND = " "
CHOICES = {"e": "easier", "s": "shorter", "n": "skip"}
"""What a key does next; the values stand in the history."""
STOPPED = "stop"
"""In the history, for a session that was ended or left before one of them was chosen."""
_RED_FROM = 4
_RED_FROM_IN_STRENGTH = 6
_RED_FROM_FOR_NERVES = 3


class Hurting(NamedTuple):
    """The exercise that hurts, the variant that is easier, and how much it hurts, once that is known."""

    exercise: Exercise
    easier: Exercise | None
    score: int | None = None

    @property
    def red(self) -> bool:
        """Whether it hurts too much to go on with this exercise."""
        red_from = _RED_FROM_IN_STRENGTH if self.exercise.category == "strength" else _RED_FROM
        if "sciatic-nerve" in self.exercise.muscles:
            red_from = _RED_FROM_FOR_NERVES
        return (self.score or 0) >= red_from

    @property
    def choices(self) -> dict[str, str]:
        """The keys that there are now, and what they do."""
        return {key: choice for key, choice in CHOICES.items() if choice != "easier" or self.easier}


def question(hurting: Hurting) -> str:
    """What is asked now; where it hurts too much, the advice with it."""
    if hurting.score is None:
        return "How much does it hurt, from 1 to 10?"
    return (
        f"{hurting.score} is too much: leave this one for today, and stop if it does not ease."
        if hurting.red
        else "What then?"
    )


def answers(hurting: Hurting) -> dict[str, str]:
    """The choices that there are, with their key and in words."""
    says = {
        "easier": f"easier: {hurting.easier.name}" if hurting.easier else "",
        "shorter": "shorter, half of what is left",
        "skip": "next, leave the rest of it",
    }
    return {choice: f"{key}  {says[choice]}" for key, choice in hurting.choices.items()}
