"""The settings: one declaration each.

A declaration is a field of one of the values below, with a Setting: the reader of the file (`settings.file`), the rows
of the Settings screen (`settings.options`) and what a backup may bring along follow from it.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from hiproutine import systems
from hiproutine.catalogue.conditions import CONDITIONS
from hiproutine.catalogue.vocabulary import ALWAYS_AT_HAND, DOSED_AREAS, EQUIPMENT, LEVELS, POSITIONS
from hiproutine.history.calendar import WEEKDAYS
from hiproutine.links import URL_HERE
from hiproutine.settings.choices import Choice, Elsewhere, Line, Marks, OneOf, numbers
from hiproutine.yaml.nodes import (
    UNREAD,
    File,
    Node,
    Reader,
    day,
    decimal,
    identifier,
    is_id,
    is_read,
    optional,
    pairs_of,
    takes,
    text,
    tuple_of,
    whole,
    word_of,
)

if TYPE_CHECKING:
    from hiproutine.yaml.edit import Value

SOUNDS = {
    "voice": "voice and tones",
    "tones": "tones",
    "bell": "the terminal's bell",
    "silent": "nothing",
}
STIFF_SIDES = {"none": "none", "left": "left", "right": "right"}
GUIDES = {
    "auto": "in full while an exercise is new",
    "full": "always in full: position and set-up",
    "brief": "name and side only",
}
SPEECH_PLACES = ("{text}", "{wav}")
"""The placeholder that a speech command has among its arguments."""
SKINS = {word: word for word in ("neutral", "pale", "tan", "brown", "dark")}
"""Those that `figure.palette` has, and so the hair."""
HAIRS = {word: word for word in ("neutral", "black", "brown", "red", "fair", "grey")}
MINUTES = (3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 45, 60, 90)
READY_FACTORS = (0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3, 4, 5)
AT_HAND = {word: label for word, label in EQUIPMENT.items() if word not in ALWAYS_AT_HAND}
WEEKDAY_NAMES = dict(
    zip(WEEKDAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True)
)

# The headings of the Settings screen.
YOU = "You"
PRACTICE = "Practice"
SOUND = "Sound"
SCREEN = "Screen"
FILES = "Videos and files"


# ---- readers and writers of single values ----


def _in_file(value: Any) -> "Value | None":
    """Return a value as it is written in the file."""
    match value:
        case None | str():
            return value
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return f"{value:g}"
        case Path():
            return str(value)
        case _:
            return tuple(value)


_YES_NO = word_of({"true": "yes", "false": "no", "yes": "yes", "no": "no"})


@takes(_YES_NO.schema)
def _yes(node: Node, file: File) -> bool:
    return _YES_NO(node, file) in ("true", "yes")


@takes(word_of(STIFF_SIDES).schema)
def _stiff_side(node: Node, file: File) -> str | None:
    side = word_of(STIFF_SIDES)(node, file)
    return None if side == "none" else side


@takes({"type": "string"})
def _folder(node: Node, file: File) -> Path:
    """A full path; `~` is the home folder."""
    words = text(node, file)
    if not is_read(words):
        return UNREAD
    try:
        path = Path(words).expanduser()
    except RuntimeError:
        path = Path()
    if not path.is_absolute():
        return file.report(node, f'"{words}" is not a full path; begin with / or ~/')
    return path


def _command(places: tuple[str, ...], example: str) -> Reader[tuple[str, ...]]:
    """A program with its arguments, in the quotes of a shell, which never sees them; each of the places among them."""

    @takes({"type": "string"})
    def read(node: Node, file: File) -> tuple[str, ...]:
        words = text(node, file)
        if not is_read(words):
            return UNREAD
        split = systems.split_or_none(words)
        if split is None:
            return file.report(node, f'"{words}" has a quote that is not closed')
        command = tuple(split)
        if not all(any(place in word for word in command[1:]) for place in places):
            wanted = " and ".join(places)
            return file.report(node, f'"{words}" is not a program with {wanted} after it, such as {example}')
        return command

    return read


@takes({"type": "string"})
def _names(node: Node, file: File) -> tuple[str, ...]:
    """Ids in one line, with blanks between them."""
    words = text(node, file)
    if not is_read(words) or all(map(is_id, words.split())):
        return tuple(words.split()) if is_read(words) else UNREAD
    return file.report(node, "ids of exercises are expected here, with blanks between them")


def _name_line(names: tuple[str, ...] | None) -> str | None:
    return " ".join(names or ()) or None


def _command_line(words: tuple[str, ...]) -> str | None:
    """Return a command as one line, in quotes only where it needs them."""
    return systems.join(words) or None


def _weights(pairs: tuple[tuple[str, int], ...]) -> dict[str, str]:
    return {word: str(weight) for word, weight in pairs}


def _side_word(side: str | None) -> str:
    return side or "none"


def _word_if(value: object) -> str:
    return "yes" if value else "no"


# ---- the settings ----


class Setting(NamedTuple):
    """The declaration of a setting; its type and default are those of its field."""

    heading: str
    label: str
    help: str
    read: Reader[Any]
    choice: Choice
    unset: str = "none"
    """Meaning of an unset value, in words."""
    key: str = ""
    """Its key in the file, if that is not the name of the field."""
    write: "Callable[[Any], Value | None]" = _in_file
    of_this_machine: bool = False
    """Names a folder or a command, so settings from elsewhere may not bring it."""

    def __hash__(self) -> int:
        return id(self)  # an annotation must have one


NO_YES, YES_NO = OneOf({"no": "no", "yes": "yes"}), OneOf({"yes": "yes", "no": "no"})
"""The usual word comes first."""
_SECONDS = numbers(range(2, 21), " s")
_PER_CENT = numbers(range(0, 101, 10), " %")


class Breath(NamedTuple):
    """A slow breath, in whole seconds."""

    in_s: Annotated[
        int,
        Setting(PRACTICE, "Breath in", "Where breaths are counted.", whole(2, 20), _SECONDS, key="breath_in"),
    ] = 4
    out_s: Annotated[
        int,
        Setting(PRACTICE, "Breath out", "Where breaths are counted.", whole(2, 20), _SECONDS, key="breath_out"),
    ] = 6
    tone: Annotated[
        bool,
        Setting(
            PRACTICE,
            "Tone of the breath",
            "A soft tone at each turn of the breath.",
            _yes,
            NO_YES,
            key="breath_tone",
        ),
    ] = False

    @property
    def whole_s(self) -> int:
        return self.in_s + self.out_s

    def filled_s(self, length_s: int) -> int:
        """Return the whole breaths that last at least that long, in seconds."""
        return -(-length_s // self.whole_s) * self.whole_s


class Changes(NamedTuple):
    """The seconds that each kind of change of position takes a person; the defaults are our choice, not a finding."""

    same: int = 5
    """None: another exercise, or the other side, in the same position."""
    near: int = 8
    """Turning over, kneeling up, or getting on a chair."""
    kneel: int = 15
    """Between standing and kneeling."""
    lie: int = 20
    """Between standing and lying."""
    places: int = 10
    """The legs change places, kneeling."""
    turn: int = 15
    """The legs change places on the floor, which means turning round or over."""


class Manner(NamedTuple):
    """A person's manner of practice, independent of the session."""

    stiff_side: Annotated[
        str | None,
        Setting(
            PRACTICE,
            "Stiffer side",
            "This side goes first.",
            _stiff_side,
            OneOf(STIFF_SIDES),
            write=_side_word,
        ),
    ] = None
    extra_set: Annotated[bool, Setting(PRACTICE, "Extra set", "One set more on the stiffer side.", _yes, NO_YES)] = (
        False
    )
    ready_factor: Annotated[
        float,
        Setting(
            PRACTICE,
            "Time to get ready",
            "Multiply the times to get ready and to change sides.",
            decimal(0.5, 5),
            numbers(READY_FACTORS, " x"),
        ),
    ] = 1
    breath: Annotated[
        Breath | None,
        Setting(
            PRACTICE,
            "Count breaths",
            "Holds last whole breaths, with a pacer, and end on a breath out.",
            _yes,
            NO_YES,
            key="count_breaths",
            write=_word_if,
        ),
    ] = None
    """The breath of the settings, if holds are counted in breaths."""
    guide: Annotated[
        str,
        Setting(
            SOUND,
            "Spoken guide",
            "What the voice says before an exercise.",
            word_of(GUIDES),
            OneOf(GUIDES),
        ),
    ] = "auto"
    learned_after: Annotated[
        str | None,
        Setting(
            PRACTICE,
            "Changes of position",
            "How long you take to change position, learned from your sessions. Enter forgets it.",
            optional(day),
            Elsewhere(),
            "the usual time",
        ),
    ] = None
    """A day such as 2026-11-28: nothing is learned from the sessions up to it."""
    familiar: frozenset[str] | None = None
    """The exercises that are known by now, by id; None where no voice leads, and no time goes into words."""
    changes: Changes = Changes()
    """Learned from the history (`coach.learning`)."""
    codes: frozenset[str] = frozenset()
    """The conditions of the person: the voice says what to be careful with."""


class Profile(NamedTuple):
    """The person, as the coach knows them. Words are those of the catalogue's vocabularies."""

    minutes: Annotated[
        int | None,
        Setting(
            YOU,
            "Minutes a day",
            "How long a session may take, everything included. Without it, use the fixed routine.",
            optional(whole(1, 240)),
            OneOf({str(minutes): f"{minutes} min" for minutes in MINUTES}, " min", "10"),
            "a fixed routine",
        ),
    ] = None
    days_per_week: Annotated[
        int,
        Setting(
            YOU,
            "Days a week",
            "How many days you want to practise. Your streak and the coach use it; `hiproutine goal` sets it too.",
            whole(1, 7),
            numbers(range(1, 8), " days"),
        ),
    ] = 5
    rest_days: Annotated[
        tuple[str, ...],
        Setting(
            YOU,
            "Rest days",
            "Days without practice, which do not break your streak; `hiproutine goal` sets them too.",
            tuple_of(word_of(WEEKDAY_NAMES)),
            Marks(WEEKDAY_NAMES),
        ),
    ] = ()
    focus: Annotated[
        tuple[tuple[str, int], ...],
        Setting(
            YOU,
            "Focus",
            "Areas that get more, with a weight from 1 to 3.",
            pairs_of(word_of(DOSED_AREAS), whole(1, 3)),
            Marks(DOSED_AREAS, 3),
            write=_weights,
        ),
    ] = ()
    equipment: Annotated[
        tuple[str, ...] | None,
        Setting(
            YOU,
            "Equipment at hand",
            "What you have; a wall is always there.",
            optional(tuple_of(word_of(EQUIPMENT))),
            Marks(AT_HAND, unset=tuple(AT_HAND)),
            "everything",
        ),
    ] = None
    avoid_positions: Annotated[
        tuple[str, ...],
        Setting(
            YOU,
            "Positions to avoid",
            "Nothing in these positions is chosen for you.",
            tuple_of(word_of(POSITIONS)),
            Marks(POSITIONS),
        ),
    ] = ()
    level: Annotated[
        int,
        Setting(
            YOU,
            "Level",
            "Nothing above it is chosen for you.",
            whole(min(LEVELS), max(LEVELS)),
            OneOf({str(level): f"{level}, {label}" for level, label in LEVELS.items()}),
        ),
    ] = 1
    conditions: Annotated[
        tuple[str, ...],
        Setting(
            YOU,
            "Conditions",
            "The screening's answers, which remove what is not for you. Enter asks its questions.",
            tuple_of(word_of(CONDITIONS)),
            Elsewhere(),
        ),
    ] = ()
    screened: Annotated[
        str | None,
        Setting(
            YOU,
            "Screening answered",
            "The day of your answers; some are asked again after a few weeks. Enter asks them.",
            optional(day),
            Elsewhere(),
            "never",
        ),
    ] = None
    """A day such as 2026-11-28."""
    planned_less: Annotated[
        tuple[str, ...] | None,
        Setting(
            YOU,
            "Planned less",
            "Exercises, by their ids, that come only where little else would do.",
            optional(_names),
            Line(),
            "none",
            write=_name_line,
        ),
    ] = None


class Settings(NamedTuple):
    """All settings."""

    sound: Annotated[
        str,
        Setting(
            SOUND, "Sound", "What is heard in practice; t on Today plays every cue.", word_of(SOUNDS), OneOf(SOUNDS)
        ),
    ] = "voice"
    volume: Annotated[
        int,
        Setting(SOUND, "Volume", "Of everything that hiproutine plays.", whole(0, 100), _PER_CENT),
    ] = 100
    tone_volume: Annotated[int, Setting(SOUND, "Volume of tones", "Of the volume above.", whole(0, 100), _PER_CENT)] = (
        100
    )
    voice_volume: Annotated[
        int, Setting(SOUND, "Volume of the voice", "Of the volume above.", whole(0, 100), _PER_CENT)
    ] = 100
    voice: Annotated[
        str | None,
        Setting(
            SOUND,
            "Voice",
            "The name of a voice, as its program calls it; `hiproutine sound` says which one speaks.",
            optional(text),
            Line(),
            "the best there is",
            of_this_machine=True,
        ),
    ] = None
    speech_command: Annotated[
        tuple[str, ...],
        Setting(
            SOUND,
            "Speech command",
            "A program that makes a WAV file: its arguments with {text} and {wav}.",
            _command(SPEECH_PLACES, "flite -voice slt -t {text} -o {wav}"),
            Line(),
            "none",
            write=_command_line,
            of_this_machine=True,
        ),
    ] = ()
    keep_awake: Annotated[
        bool,
        Setting(PRACTICE, "Keep the screen on", "While practising, and in pauses of up to 5 minutes.", _yes, YES_NO),
    ] = True
    figure: Annotated[
        bool, Setting(SCREEN, "Figure", "The exercise, drawn; F in practice hides and shows it.", _yes, YES_NO)
    ] = True
    reduced_motion: Annotated[
        bool,
        Setting(SCREEN, "Reduced motion", "Figures stand still, start and end side by side.", _yes, NO_YES),
    ] = False
    skin: Annotated[str, Setting(SCREEN, "Skin of the figure", "Its colour.", word_of(SKINS), OneOf(SKINS))] = "neutral"
    hair: Annotated[str, Setting(SCREEN, "Hair of the figure", "Its colour.", word_of(HAIRS), OneOf(HAIRS))] = "neutral"
    theme: Annotated[str, Setting(SCREEN, "Theme", "Colours of every screen.", identifier, OneOf({}))] = "hiproutine"
    video_command: Annotated[
        tuple[str, ...],
        Setting(
            FILES,
            "Videos open in",
            "A program and {url}, such as mpv {url}.",
            _command((URL_HERE,), f"mpv {URL_HERE}"),
            Line(),
            "the browser",
            write=_command_line,
            of_this_machine=True,
        ),
    ] = ()
    history_folder: Annotated[
        Path | None,
        Setting(
            FILES,
            "History folder",
            "Change it by hand, in settings.yaml.",
            _folder,
            Elsewhere(),
            "the usual place",
            of_this_machine=True,
        ),
    ] = None
    breath: Breath = Breath()
    """As it is set, whether holds are counted in breaths or not."""
    manner: Manner = Manner()
    profile: Profile = Profile()

    @property
    def heard(self) -> tuple[object, ...]:
        """All that decides what is heard."""
        return self.sound, self.volume, self.tone_volume, self.voice_volume, self.voice, self.speech_command

    @property
    def loudness_of_tones(self) -> int:
        """In per cent."""
        return self.volume * self.tone_volume // 100

    @property
    def loudness_of_voice(self) -> int:
        """In per cent."""
        return self.volume * self.voice_volume // 100


def declared(made: Any) -> Iterator[tuple[str, str, Setting]]:
    """(field, key, declaration) of the settings that a value holds."""
    for field, annotation in made.__annotations__.items():
        for setting in getattr(annotation, "__metadata__", ()):
            yield field, setting.key or field, setting


DECLARED: dict[str, Setting] = {
    key: setting for made in (Profile, Manner, Breath, Settings) for _, key, setting in declared(made)
}
"""Every setting by its key, in the order of the Settings screen."""
KEYS = tuple(DECLARED)
GOAL = ("days_per_week", "rest_days")
"""The keys whose place a goal of the history takes: the file has them until one is set."""
OF_THIS_MACHINE = {key for key, setting in DECLARED.items() if setting.of_this_machine}
"""The keys that settings from elsewhere may not bring."""


def values(settings: Settings) -> "dict[str, Value | None]":
    """Return the value of each key as it is in the file, or would be; None for a key without a value."""
    parts = (settings.profile, settings.manner, settings.breath, settings)
    return {key: setting.write(getattr(part, field)) for part in parts for field, key, setting in declared(part)}


def to_save(before: Profile, now: Profile) -> "dict[str, Value | None]":
    """Return the settings of a profile that are not as before, by their keys, as they are written in the file."""
    return {
        key: setting.write(getattr(now, field))
        for field, key, setting in declared(Profile)
        if getattr(now, field) != getattr(before, field)
    }
