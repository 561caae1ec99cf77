"""It hurts: what is asked, which key answers, and the words for it. Pure.

From the red of the coach's traffic light on, the advice is to leave the exercise for today.
"""

from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.coach.pain import Colour, colour
from hiproutine.practice.pain_prompt import DROP, ERASE, MOST, PainPrompt

NEVER_MIND = ("space", "h")
"""Keys that resume while no number was given; 0 does so too, and Escape whatever was given."""
TAKE_BACK = "escape"
CORRECTS = (ERASE, DROP)
"""Keys that ask once more for a number that counts already."""
CHOICES = {"e": "easier", "s": "shorter", "n": "skip"}
"""What a key does next; the values stand in the history."""
STOPS = "q"
STOPPED = "stop"
"""In the history, for a session that was ended or left before one of them was chosen."""


class Hurting(NamedTuple):
    """The exercise that hurts, its easier variant, the number that is being typed, and the one that counts."""

    exercise: Exercise
    easier: Exercise | None
    prompt: PainPrompt = PainPrompt()
    score: int | None = None

    @property
    def number(self) -> int | None:
        """The number shown: the typed one, or else the one that counts."""
        return self.score if self.prompt.typed is None else self.prompt.typed

    @property
    def red(self) -> bool:
        """Whether it hurts too much to continue with this exercise."""
        return colour(self.exercise, self.number or 0) is Colour.RED

    @property
    def choices(self) -> dict[str, str]:
        """The keys that there are now, and what they do."""
        return {key: choice for key, choice in CHOICES.items() if choice != "easier" or self.easier}


def question(hurting: Hurting) -> str:
    """What is asked now, with the number that was given; where it hurts too much, the advice with it."""
    if hurting.number is None:
        return f"How much does it hurt, from 1 to {MOST}?"
    if hurting.number == 0:
        return f"0 of {MOST}: never mind. Enter resumes (or wait 3 s)."
    advice = " is too much: leave this one for today, and stop if it does not ease." if hurting.red else ". What then?"
    return f"{hurting.number} of {MOST}{advice} Digits correct it, Esc takes it back, q stops."


def answers(hurting: Hurting) -> dict[str, str]:
    """The choices that there are, with their key and in words."""
    says = {
        "easier": f"easier: {hurting.easier.name}" if hurting.easier else "",
        "shorter": "shorter, half of what is left",
        "skip": "next, leave the rest of it",
    }
    return {choice: f"{key}  {says[choice]}" for key, choice in hurting.choices.items()}
