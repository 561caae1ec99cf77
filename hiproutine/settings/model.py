"""The settings: one declaration each, the strict reader of `settings.yaml`, and `put`, which changes one key of it.

A declaration is a field of one of the values below, with a Setting: the reader of the file, the rows of the Settings
screen (`settings.options`) and what a backup may bring along follow from it.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeVar

from hiproutine.catalogue.vocabulary import ALWAYS_AT_HAND, CONDITIONS, DOSED_AREAS, EQUIPMENT, LEVELS, POSITIONS
from hiproutine.errors import HiproutineError
from hiproutine.files import make_folder
from hiproutine.history.records import WEEKDAYS
from hiproutine.links import URL_HERE
from hiproutine.settings.choices import Choice, Elsewhere, Line, Marks, OneOf, numbers
from hiproutine.text import clean
from hiproutine.yaml.nodes import (
    UNREAD,
    Fields,
    File,
    FileProblems,
    Node,
    Reader,
    decimal,
    decode,
    identifier,
    is_read,
    mapping,
    optional,
    pairs_of,
    parse,
    read_text,
    takes,
    text,
    tuple_of,
    whole,
    word_of,
    write_text,
)

if TYPE_CHECKING:
    from hiproutine.yaml.edit import Value

T = TypeVar("T", bound=tuple[Any, ...])

SOUNDS = {
    "voice": "voice and tones",
    "tones": "tones",
    "bell": "the terminal's bell",
    "silent": "nothing",
}
STIFF_SIDES = {"none": "none", "left": "left", "right": "right"}
MINUTES = (3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 45, 60, 90)
READY_FACTORS = (0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3, 4, 5)
AT_HAND = {word: label for word, label in EQUIPMENT.items() if word not in ALWAYS_AT_HAND}
WEEKDAY_NAMES = dict(
    zip(WEEKDAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True)
)

# The headings of the Settings screen.
COACH = "The coach"
PRACTICE = "Practice"
FILES = "Screens and files"


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


@takes({"type": "string"})
def _command(node: Node, file: File) -> tuple[str, ...]:
    """A program with its arguments, in the quotes of a shell, which never sees them."""
    words = text(node, file)
    if not is_read(words):
        return UNREAD
    import shlex

    try:
        command = tuple(shlex.split(words))
    except ValueError:
        return file.report(node, f'"{words}" has a quote that is not closed')
    if not any(URL_HERE in word for word in command[1:]):
        return file.report(node, f'"{words}" is not a program with {URL_HERE} after it, such as mpv {URL_HERE}')
    return command


def _command_line(words: tuple[str, ...]) -> str | None:
    """Return a command as one line, in quotes only where it needs them."""
    import shlex

    plain = " ".join(words)
    return (plain if shlex.split(plain) == list(words) else shlex.join(words)) or None


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
    """What holds where it has no value, in words."""
    key: str = ""
    """Its key in the file, if that is not the name of the field."""
    write: "Callable[[Any], Value | None]" = _in_file
    of_this_machine: bool = False
    """Names a folder or a command, so settings from elsewhere may not bring it."""

    def __hash__(self) -> int:
        return id(self)  # an annotation must have one


NO_YES = OneOf({"no": "no", "yes": "yes"})
_SECONDS = numbers(range(2, 21), " s")


class Breath(NamedTuple):
    """A slow breath, in whole seconds."""

    in_s: Annotated[
        int, Setting(PRACTICE, "Breath in", "Where breaths are counted.", whole(2, 20), _SECONDS, key="breath_in")
    ] = 4
    out_s: Annotated[
        int, Setting(PRACTICE, "Breath out", "Where breaths are counted.", whole(2, 20), _SECONDS, key="breath_out")
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


class Manner(NamedTuple):
    """How a person practises, whatever the session."""

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
            "So many times the usual time to get ready and to change sides.",
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


class Profile(NamedTuple):
    """Who practises, for the coach. Words are those of the catalogue's vocabularies."""

    minutes: Annotated[
        int | None,
        Setting(
            COACH,
            "Minutes a day",
            "Of one session, all of its time included.",
            optional(whole(1, 240)),
            OneOf({str(minutes): f"{minutes} min" for minutes in MINUTES}, " min", "10"),
            "not set: a routine",
        ),
    ] = None
    days_per_week: Annotated[
        int,
        Setting(
            COACH,
            "Days a week",
            "On how many days you mean to practise.",
            whole(1, 7),
            numbers(range(1, 8), " days"),
        ),
    ] = 5
    rest_days: Annotated[
        tuple[str, ...],
        Setting(
            COACH,
            "Rest days",
            "On these the coach says that it is a day of rest.",
            tuple_of(word_of(WEEKDAY_NAMES)),
            Marks(WEEKDAY_NAMES),
        ),
    ] = ()
    focus: Annotated[
        tuple[tuple[str, int], ...],
        Setting(
            COACH,
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
            COACH,
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
            COACH,
            "Positions to avoid",
            "Nothing in these positions is chosen for you.",
            tuple_of(word_of(POSITIONS)),
            Marks(POSITIONS),
        ),
    ] = ()
    level: Annotated[
        int,
        Setting(
            COACH,
            "Level",
            "Nothing above it is chosen for you.",
            whole(min(LEVELS), max(LEVELS)),
            OneOf({str(level): f"{level}, {label}" for level, label in LEVELS.items()}),
        ),
    ] = 1
    conditions: Annotated[
        tuple[str, ...],
        Setting(
            COACH,
            "Screening",
            "Questions whose answers hide what is not for you. Enter asks them.",
            tuple_of(word_of(CONDITIONS)),
            Elsewhere(),
        ),
    ] = ()


class Settings(NamedTuple):
    """All settings."""

    sound: Annotated[
        str,
        Setting(
            PRACTICE, "Sound", "What is heard in practice; t on Today plays every cue.", word_of(SOUNDS), OneOf(SOUNDS)
        ),
    ] = "voice"
    volume: Annotated[
        int,
        Setting(PRACTICE, "Volume", "Of this program's own loudness.", whole(0, 100), numbers(range(0, 101, 10), " %")),
    ] = 80
    theme: Annotated[str, Setting(FILES, "Theme", "The colours.", identifier, OneOf({}))] = "hiproutine"
    video_command: Annotated[
        tuple[str, ...],
        Setting(
            FILES,
            "Videos open in",
            "A program and {url}, such as mpv {url}.",
            _command,
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
            "To be changed by hand, in settings.yaml.",
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


def _declared(made: Any) -> Iterator[tuple[str, str, Setting]]:
    """(field, key, declaration) of the settings that a value holds."""
    for field, annotation in made.__annotations__.items():
        for setting in getattr(annotation, "__metadata__", ()):
            yield field, setting.key or field, setting


DECLARED: dict[str, Setting] = {
    key: setting for made in (Profile, Manner, Breath, Settings) for _, key, setting in _declared(made)
}
"""Every setting by its key, in the order of the Settings screen."""
KEYS = tuple(DECLARED)
OF_THIS_MACHINE = {key for key, setting in DECLARED.items() if setting.of_this_machine}
"""The keys that settings from elsewhere may not bring."""


def values(settings: Settings) -> "dict[str, Value | None]":
    """Return the value of each key as it is in the file, or would be; None for a key without a value."""
    parts = (settings.profile, settings.manner, settings.breath, settings)
    return {key: setting.write(getattr(part, field)) for part in parts for field, key, setting in _declared(part)}


def _taken(made: type[T], fields: Fields) -> T:
    """Return the value that these fields make."""
    defaults: Mapping[str, Any] = getattr(made, "_field_defaults")  # noqa: B009 -- a NamedTuple, which no bound names
    taken = {field: fields.take(key, setting.read, defaults[field]) for field, key, setting in _declared(made)}
    return made(**taken)


def _of_fields(fields: Fields) -> Settings:
    breath, manner = _taken(Breath, fields), _taken(Manner, fields)
    manner = manner._replace(breath=breath if manner.breath else None)
    return _taken(Settings, fields)._replace(breath=breath, manner=manner, profile=_taken(Profile, fields))


_settings = mapping(_of_fields)


# ---- the file ----


def load(path: Path) -> Settings:
    """Return the settings; the defaults where there is no file. Raises FileProblems."""
    if not path.exists() and not path.is_symlink():  # where a link leads nowhere, its conditions are not known
        return Settings()
    file = File(clean(str(path)))
    return _read(read_text(path, file), file)


def _read(content: str | None, file: File) -> Settings:
    """Raises FileProblems."""
    top = parse(content, file) if content else None
    settings = Settings() if top is None or top.content == "" else _settings(top, file)
    if file.problems:
        raise FileProblems(file.problems)
    return settings


def put(path: Path, key: str, value: "Value | None") -> Settings:
    """Set one key of the file, or remove it if `value` is None; see `put_all`."""
    return put_all(path, {key: value})


def put_all(path: Path, values: "Mapping[str, Value | None]") -> Settings:
    """Set keys of the file, or remove those whose value is None; return the settings as they then are.

    Every other key, every comment and the order of the lines stay. The file is made if need be. Raises OSError,
    FileProblems where the file has a fault or would have one, and HiproutineError where it is laid out in a way that
    the change would break; then nothing is changed.
    """
    from hiproutine.yaml import edit

    load(path)
    file = File(clean(str(path)))
    content = changed = _content(path, file)
    for key, value in values.items():
        try:
            changed = edit.put(changed, key, value)
        except edit.Refused:
            raise HiproutineError(
                f"{file.name}: `{key}` stands there in a way that a change would break, such as a comment within it; "
                "change it by hand"
            ) from None
    settings = _read(changed, file)
    if changed != content:
        make_folder(path.parent)
        write_text(path, changed)
    return settings


def _content(path: Path, file: File) -> str:
    """Empty where there is no file."""
    return (read_text(path, file) or "") if path.exists() else ""


class Lack(NamedTuple):
    """A key to which settings from elsewhere add: its value here, if it has one, and what it becomes."""

    key: str
    before: "Value | None"
    after: "Value"


def lacks(path: Path, others: bytes, name: str) -> tuple[Lack, ...]:
    """Return what the file lacks of the settings `others`, which come from `name`. What is set here stays.

    Conditions of both hold. Raises FileProblems if one of them cannot be read.
    """
    from hiproutine.yaml import edit

    load(path)
    here = edit.values(_content(path, File("")))
    file = File(name)
    words = decode(others, file)
    _read(words, file)
    found = []
    for key, value in edit.values(words or "").items():
        before = here.get(key)
        if before is None:
            found.append(Lack(key, None, value))
        elif key == "conditions" and (more := [each for each in value if each not in before]):
            found.append(Lack(key, before, [*before, *more]))
    return tuple(found)
