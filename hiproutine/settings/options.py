"""Every setting as data: its key in `settings.yaml`, its name, a line of help, and what it may be. Knows no screen."""

import shlex
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hiproutine.catalogue.vocabulary import DOSED_AREAS, EQUIPMENT, LEVELS, POSITIONS
from hiproutine.coach.profile import ALWAYS_THERE
from hiproutine.settings.model import SOUNDS, STIFF_SIDES, Profile, Settings
from hiproutine.yaml.edit import Value

Values = Mapping[str, Value | None]
"""By key what stands in the file, or would; None for a key without a value."""

_WEEKDAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
_NO_YES = {"no": "no", "yes": "yes"}
_AT_HAND = {word: label for word, label in EQUIPMENT.items() if word not in ALWAYS_THERE}
MINUTES = (3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 45, 60, 90)
READY_FACTORS = (0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3, 4, 5)


class OneOf(NamedTuple):
    """One word, with its label; `first` comes after None. Numbers, which have a unit, stand in their order, and one

    that is not offered stands among them.
    """

    words: Mapping[str, str]
    unit: str = ""
    first: str = ""

    def label(self, word: str) -> str:
        return self.words.get(word, f"{word}{self.unit}")

    def offered(self, now: str | None) -> list[str]:
        """The words, and the one that holds now."""
        words = [*self.words, *([] if now is None or now in self.words else [now])]
        return sorted(words, key=float) if self.unit else words


class Marks(NamedTuple):
    """Any number of words with their labels, each with a weight up to `highest`; None stands for those of `unset`."""

    words: Mapping[str, str]
    highest: int = 1
    unset: tuple[str, ...] = ()

    def weights(self, value: Value | None) -> dict[str, int]:
        """The words that are marked."""
        if value is None:
            return dict.fromkeys(self.unset, 1)
        return {word: int(value[word]) if isinstance(value, Mapping) else 1 for word in value}

    def value(self, weights: Mapping[str, int]) -> Value | None:
        """The words with a weight, as they stand in the file."""
        marked = [word for word in self.words if weights.get(word)]
        if self.unset and set(marked) == set(self.unset):
            return None
        return {word: str(weights[word]) for word in marked} if self.highest > 1 else marked


class Line(NamedTuple):
    """A line of text."""


class Elsewhere(NamedTuple):
    """Something that is not changed here."""


class Row(NamedTuple):
    """A setting; `unset` says what holds where it has no value."""

    key: str
    label: str
    help: str
    kind: OneOf | Marks | Line | Elsewhere
    unset: str = "none"

    def words(self, value: Value | None) -> str:
        """A value as it is shown."""
        if value is None or not value:
            return self.unset if value is None else "none"
        match self.kind:
            case OneOf() if isinstance(value, str):
                return self.kind.label(value)
            case Marks(words, highest, _):
                weights = self.kind.weights(value)
                return ", ".join(f"{words.get(word, word)}{f' {weights[word]}' * (highest > 1)}" for word in weights)
        if isinstance(value, str):
            return value
        return f"{len(value)} with a yes"

    def step(self, now: Value | None, by: int) -> Value | None:
        """The next value but `by` - 1; numbers end at their ends, words begin again. Only OneOf has a next."""
        if not isinstance(self.kind, OneOf) or not (now is None or isinstance(now, str)):
            return now
        if now is None:
            return self.kind.first
        words = self.kind.offered(now)
        at = words.index(now) + by
        return words[max(0, min(len(words) - 1, at))] if self.kind.unit else words[at % len(words)]


_MINUTES = OneOf({str(minutes): f"{minutes} min" for minutes in MINUTES}, " min", "10")


def _numbers(numbers: Iterable[float], unit: str) -> OneOf:
    return OneOf({f"{number:g}": f"{number:g}{unit}" for number in numbers}, unit)


COACH = (
    Row("minutes", "Minutes a day", "Of one session, all of its time included.", _MINUTES,
        "not set: a routine"),
    Row("days_per_week", "Days a week", "On how many days you mean to practise.", _numbers(range(1, 8), " days")),
    Row("rest_days", "Rest days", "On these the coach says that it is a day of rest.", Marks(_WEEKDAYS)),
    Row("focus", "Focus", "Areas that get more, with a weight from 1 to 3.", Marks(DOSED_AREAS, 3)),
    Row("equipment", "Equipment at hand", "What you have; a wall is always there.",
        Marks(_AT_HAND, unset=tuple(_AT_HAND)), "everything"),
    Row("avoid_positions", "Positions to avoid", "Nothing in these positions is chosen for you.", Marks(POSITIONS)),
    Row("level", "Level", "Nothing above it is chosen for you.",
        OneOf({str(level): f"{level}, {label}" for level, label in LEVELS.items()})),
    Row("conditions", "Screening", "Questions whose answers hide what is not for you. Enter asks them.", Elsewhere()),
)  # fmt: skip
PRACTICE = (
    Row("stiff_side", "Stiffer side", "This side goes first.", OneOf(STIFF_SIDES)),
    Row("extra_set", "Extra set", "One set more on the stiffer side.", OneOf(_NO_YES)),
    Row("ready_factor", "Time to get ready", "So many times the usual time to get ready and to change sides.",
        _numbers(READY_FACTORS, " x")),
    Row("count_breaths", "Count breaths", "Holds last whole breaths, with a pacer, and end on a breath out.",
        OneOf(_NO_YES)),
    Row("breath_in", "Breath in", "Where breaths are counted.", _numbers(range(2, 21), " s")),
    Row("breath_out", "Breath out", "Where breaths are counted.", _numbers(range(2, 21), " s")),
    Row("breath_tone", "Tone of the breath", "A soft tone at each turn of the breath.", OneOf(_NO_YES)),
    Row("sound", "Sound", "What is heard in practice; t on Today plays every cue.", OneOf(SOUNDS)),
    Row("volume", "Volume", "Of this program's own loudness.", _numbers(range(0, 101, 10), " %")),
)  # fmt: skip


def groups(themes: Sequence[str]) -> dict[str, tuple[Row, ...]]:
    """Every setting under its heading."""
    return {
        "The coach": COACH,
        "Practice": PRACTICE,
        "Screens and files": (
            Row("theme", "Theme", "The colours.", OneOf({theme: theme for theme in themes})),
            Row("video_command", "Videos open in", "A program and {url}, such as mpv {url}.", Line(), "the browser"),
            Row("history_folder", "History folder", "To be changed by hand, in settings.yaml.", Elsewhere(),
                "the usual place"),
        ),
    }  # fmt: skip


def only_today(usual: Profile) -> tuple[Row, ...]:
    """What may be different for today alone; the equipment begins with the usual one, the minutes with a bit less."""
    less = max((minutes for minutes in MINUTES if minutes < (usual.minutes or 11)), default=MINUTES[0])
    at_hand = tuple(_AT_HAND) if usual.equipment is None else usual.equipment
    return (
        Row("minutes", "Minutes", "Of today's session, all of its time included.",
            _MINUTES._replace(first=str(less)), "as usual"),
        Row("focus", "Focus", "Areas that get more today.", Marks(DOSED_AREAS), "as usual"),
        Row("no_floor", "No floor", "Nothing that is done lying, kneeling or sitting on the floor.", OneOf(_NO_YES)),
        Row("equipment", "Equipment at hand", "What you have today; a wall is always there.",
            Marks(_AT_HAND, unset=at_hand), "as usual"),
    )  # fmt: skip


def values(settings: Settings) -> Values:
    """What each key stands at."""
    sound, volume, theme, history_folder, video_command, breath, manner, profile = settings
    return {
        "minutes": None if profile.minutes is None else str(profile.minutes),
        "days_per_week": str(profile.days_per_week),
        "rest_days": profile.rest_days,
        "focus": {area: str(weight) for area, weight in profile.focus},
        "equipment": profile.equipment,
        "avoid_positions": profile.avoid_positions,
        "level": str(profile.level),
        "conditions": profile.conditions,
        "stiff_side": manner.stiff_side or "none",
        "extra_set": _no_yes(manner.extra_set),
        "ready_factor": f"{manner.ready_factor:g}",
        "count_breaths": _no_yes(manner.breath is not None),
        "breath_in": str(breath.in_s),
        "breath_out": str(breath.out_s),
        "breath_tone": _no_yes(breath.tone),
        "sound": sound,
        "volume": str(volume),
        "theme": theme,
        "video_command": _command(video_command),
        "history_folder": str(history_folder) if history_folder else None,
    }


def _command(words: tuple[str, ...]) -> str | None:
    """In quotes only where it needs them."""
    plain = " ".join(words)
    return (plain if shlex.split(plain) == list(words) else shlex.join(words)) or None


def _no_yes(yes: bool) -> str:
    return "yes" if yes else "no"
