"""Ways to choose a setting: one of several words, any number of them, a line, or elsewhere. Knows no screen."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from hiproutine.yaml.edit import Value


MORE = ("", "", " (more)", " (most)")
"""Words of the weights, behind what has them."""


class OneOf(NamedTuple):
    """One word, with its label, or one number, with its unit."""

    words: Mapping[str, str]
    unit: str = ""
    """Of numbers: these are sorted, with the current one among them, even if it is not offered."""
    first: str = ""
    """The word that follows no value."""

    def label(self, word: str) -> str:
        return self.words.get(word, f"{word}{self.unit}")

    def offered(self, now: str | None) -> list[str]:
        """Return the words, and the current one."""
        words = [*self.words, *([] if now is None or now in self.words else [now])]
        return sorted(words, key=float) if self.unit else words


class Marks(NamedTuple):
    """Any number of words with their labels, each with a weight."""

    words: Mapping[str, str]
    highest: int = 1
    """The highest weight."""
    unset: tuple[str, ...] = ()
    """The words that are marked where there is no value."""

    def weights(self, value: "Value | None") -> dict[str, int]:
        """Return the marked words with their weights."""
        if value is None:
            return dict.fromkeys(self.unset, 1)
        return {word: int(value[word]) if isinstance(value, Mapping) else 1 for word in value}

    def value(self, weights: Mapping[str, int]) -> "Value | None":
        """Return the words with a weight, as in the file."""
        marked = [word for word in self.words if weights.get(word)]
        if self.unset and set(marked) == set(self.unset):
            return None
        return {word: str(weights[word]) for word in marked} if self.highest > 1 else marked


class Line(NamedTuple):
    """A line of text."""


class Elsewhere(NamedTuple):
    """A value that is not changed on this screen."""


Choice = OneOf | Marks | Line | Elsewhere


def numbers(offered: Iterable[float], unit: str) -> OneOf:
    """Return the choice of one of these numbers."""
    return OneOf({f"{number:g}": f"{number:g}{unit}" for number in offered}, unit)
