"""The questions after "It hurts", their keys, and their words. Pure.

At red on the coach's traffic light, the advice is to leave the exercise for today.
"""

from collections.abc import Mapping
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.coach.pain import Colour, colour, limits
from hiproutine.coach.transitions import change_s
from hiproutine.practice.pain_prompt import CONFIRM, DROP, ERASE, MOST, RANGE, PainPrompt, Where, ask_where

NEVER_MIND = ("space", "h")
"""Keys that resume while no number is given, as does 0; so does TAKE_BACK, also with one."""
TAKE_BACK = "escape"
STEPS = {"pagedown": 1, "media_track_next": 1, "pageup": -1, "media_track_previous": -1}
"""Keys of a presenter and a headset that change the number, and then mark another choice."""
TAKES = (CONFIRM, "full_stop", "f5", "media_play", "media_pause", "media_play_pause")
"""Keys that take the number, and then the marked choice."""
CORRECTS = (ERASE, DROP)
"""Keys that reopen the question for a number already counted."""
CHOICES = {"e": "easier", "s": "shorter", "n": "skip"}
"""Choices by key; the values are stored in the history."""
CHOICE_WORDS = {"easier": "Easier", "shorter": "Shorter", "skip": "Next"}
"""Choices in a word, as beside their keys."""
STOPS = "q"
STOPPED = "stop"
"""Stored in the history if the session ended, or was left, before a choice."""


def nearest_easier(exercise: Exercise, exercises: Mapping[str, Exercise]) -> Exercise | None:
    """Return the easier variant that is soonest got into, of those that may come in, by their ids."""
    easier = (exercises[other] for other in exercise.easier if other in exercises)
    return min(easier, key=lambda other: change_s(exercise.position, other.position), default=None)


class Hurting(NamedTuple):
    """The exercise that hurts, its easier variant, the number being typed, the counted one, and where it hurts.

    There is no hurry: it stands still until something is chosen.
    """

    exercise: Exercise
    easier: Exercise | None
    side: str | None = None
    """The working side, if there is one; the other one may hurt."""
    prompt: PainPrompt = PainPrompt(asks_where=False)
    score: int | None = None
    where: Where = Where()
    marked: int = 0
    """Which of the choices is taken by a key of TAKES; the advised one at first."""
    from_afar: bool = False
    """Whether the number is from a key of STEPS. Some presenters send F5 and Escape in turn: then both take."""

    @property
    def number(self) -> int | None:
        """The number to show: the typed one, or else the counted one."""
        return self.score if self.prompt.typed is None else self.prompt.typed

    @property
    def place(self) -> Where:
        """Where it hurts: a place is on the working side unless another side was said."""
        return self.where._replace(side=self.where.side or self.side) if self.where.area else self.where

    @property
    def red(self) -> bool:
        """Whether it hurts too much to continue with this exercise."""
        return colour(self.exercise, self.number or 0) is Colour.RED

    @property
    def advised(self) -> str:
        """The advised choice: to leave the exercise at red, less of it at amber; empty at green."""
        match colour(self.exercise, self.number or 0):
            case Colour.RED:
                return "skip"
            case Colour.AMBER:
                return "easier" if self.easier else "shorter"
            case Colour.GREEN:
                return ""

    @property
    def choices(self) -> dict[str, str]:
        """The keys available now, with their choices, the advised one first."""
        found = {key: choice for key, choice in CHOICES.items() if choice != "easier" or self.easier}
        return dict(sorted(found.items(), key=lambda each: each[1] != self.advised))

    @property
    def marked_key(self) -> str:
        return list(self.choices)[self.marked]

    def stepped(self, by: int, now_ms: int) -> "Hurting":
        """Return the question after a key of STEPS: another number, or another marked choice."""
        if self.score is None or self.prompt.typed is not None:
            return self._replace(prompt=self.prompt.stepped(by, now_ms), from_afar=True)
        return self._replace(marked=(self.marked + by) % len(self.choices))


_LEAVE = {True: "next exercise, leave both sides of this one", False: "next exercise, leave this one"}


def question(hurting: Hurting) -> str:
    """Return the current question with the given number, and with the advice where it hurts too much."""
    if hurting.number is None:
        return f"How much does it hurt, {RANGE}?"
    if hurting.number == 0:
        return f"0 of {MOST}: no pain. Enter resumes (or wait 3 s)."
    return f"{counted_words(hurting)} Digits correct it, {'' if hurting.from_afar else 'Esc resumes, '}q stops."


def counted_words(hurting: Hurting) -> str:
    """Return the number and the place, with the advice where it hurts too much, or the question of what then."""
    most = limits(hurting.exercise).amber
    too_much = f" is too much (at most {most} here): leave this one for today, and stop if it does not ease."
    advice = too_much if hurting.red else ". What then?"
    place = f", {hurting.place.words}{',' * hurting.red}" if hurting.place.words else ""
    return f"{hurting.number} of {MOST}{place}{advice}"


def marked_words(hurting: Hurting) -> str:
    """Return the number, and the choice that would be taken, for who does not see them; empty without a number."""
    if hurting.number is None:
        return ""
    counted = hurting.score is not None and hurting.prompt.typed is None
    choice = f", {hurting.choices[hurting.marked_key]}" if counted else ""
    return f"; {hurting.number} of {MOST}{choice}"


def asks_where(hurting: Hurting) -> str:
    """Return the question of the place and the side, with their keys; empty without a number above 0."""
    return ask_where(hurting.where, hurting.side) if hurting.number else ""


def placed(hurting: Hurting, key: str) -> Hurting | None:
    """Return the question after the key of a place or a side; None for any other key."""
    where = hurting.where.after(key) if hurting.number else None
    return hurting._replace(where=where) if where else None


def answers(hurting: Hurting) -> dict[str, str]:
    """Return the available choices in words, by their keys."""
    words = choice_words(hurting)
    return {key: f"{key}  {words[choice]}" for key, choice in hurting.choices.items()}


def choice_words(hurting: Hurting) -> dict[str, str]:
    """Return the available choices, the advised one first, each in words."""
    says = {
        "easier": f"easier: {hurting.easier.name}" if hurting.easier else "",
        "shorter": "shorter, half of what is left",
        "skip": _LEAVE[hurting.side is not None] if hurting.red else "next, leave the rest of it",
    }
    return {
        choice: f"{says[choice]}{' (advised)' if choice == hurting.advised else ''}"
        for choice in hurting.choices.values()
    }
