"""The rows of the Settings screen, which follow from the declarations, and those of today alone. Knows no screen."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hiproutine.catalogue.vocabulary import DOSED_AREAS
from hiproutine.settings.choices import MORE, Choice, Marks, OneOf
from hiproutine.settings.model import AT_HAND, DECLARED, MINUTES, NO_YES, Profile
from hiproutine.yaml.edit import Value

Values = Mapping[str, Value | None]
"""By key the value in the file, or what would be; None for a key without a value."""


class Row(NamedTuple):
    """A setting on the screen; `unset` says what holds where it has no value."""

    key: str
    label: str
    help: str
    kind: Choice
    unset: str = "none"

    def words(self, value: Value | None) -> str:
        """Return a value as it is shown."""
        if value is None or not value:
            return self.unset if value is None else "none"
        match self.kind:
            case OneOf() if isinstance(value, str):
                return self.kind.label(value)
            case Marks(words):
                weights = self.kind.weights(value)
                return ", ".join(f"{words.get(word, word)}{MORE[weights[word]]}" for word in weights)
        if isinstance(value, str):
            return value
        return f"{len(value)} {'applies' if len(value) == 1 else 'apply'}"

    def step(self, now: Value | None, by: int) -> Value | None:
        """Return the value `by` steps further: numbers stop at their ends, words begin again. Only OneOf has a next."""
        if not isinstance(self.kind, OneOf) or not (now is None or isinstance(now, str)):
            return now
        if now is None:
            return self.kind.first
        words = self.kind.offered(now)
        at = words.index(now) + by
        return words[max(0, min(len(words) - 1, at))] if self.kind.unit else words[at % len(words)]


def groups(themes: Sequence[str]) -> dict[str, tuple[Row, ...]]:
    """Return every setting under its heading; the themes are known to the screens alone."""
    found: dict[str, list[Row]] = {}
    for key, each in DECLARED.items():
        choice = OneOf({theme: theme for theme in themes}) if key == "theme" else each.choice
        found.setdefault(each.heading, []).append(Row(key, each.label, each.help, choice, each.unset))
    return {heading: tuple(rows) for heading, rows in found.items()}


def only_today(usual: Profile, *, floor: bool) -> tuple[Row, ...]:
    """Return what may differ for today alone; the equipment starts with the usual one, the minutes with a bit less.

    Without `floor` nothing on the floor is planned anyway.
    """
    less = max((each for each in MINUTES if each < (usual.minutes or 11)), default=MINUTES[0])
    at_hand = tuple(AT_HAND) if usual.equipment is None else usual.equipment
    no_floor = Row("no_floor", "No floor", "Nothing that is done lying, kneeling or sitting on the floor.", NO_YES)
    minutes = DECLARED["minutes"].choice
    assert isinstance(minutes, OneOf)
    return (
        Row("minutes", "Minutes", "How long today's session may take, everything included.",
            minutes._replace(first=str(less)), "as usual"),
        Row("focus", "Focus", "Areas that get more today.", Marks(DOSED_AREAS), "as usual"),
        *((no_floor,) if floor else ()),
        Row("equipment", "Equipment at hand", "What you have today; a wall is always there.",
            Marks(AT_HAND, unset=at_hand), "as usual"),
    )  # fmt: skip
