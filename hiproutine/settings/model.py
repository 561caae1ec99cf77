"""What the user set in `settings.yaml`, read as strictly as the catalogue; `put` changes one key of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hiproutine.catalogue.vocabulary import CONDITIONS, DOSED_AREAS, EQUIPMENT, LEVELS, POSITIONS
from hiproutine.errors import HiproutineError
from hiproutine.files import make_folder
from hiproutine.history.records import WEEKDAYS
from hiproutine.links import URL_HERE
from hiproutine.text import clean
from hiproutine.yaml.nodes import (
    UNREAD,
    Fields,
    File,
    FileProblems,
    Node,
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

SOUNDS = {
    "voice": "voice and tones",
    "tones": "tones",
    "bell": "the terminal's bell",
    "silent": "nothing",
}
STIFF_SIDES = {"none": "none", "left": "left", "right": "right"}
_OF_THIS_MACHINE = "x-of-this-machine"
"""Marks readers of what names a folder or a command: nobody else's word is taken for those."""
_YES_NO = {"true": "yes", "false": "no", "yes": "yes", "no": "no"}


class Breath(NamedTuple):
    """A slow breath, in whole seconds; `tone` makes each turn of it heard."""

    in_s: int = 4
    out_s: int = 6
    tone: bool = False

    @property
    def whole_s(self) -> int:
        return self.in_s + self.out_s

    def filled_s(self, length_s: int) -> int:
        """The whole breaths that last at least that long."""
        return -(-length_s // self.whole_s) * self.whole_s


class Manner(NamedTuple):
    """How a person practises, whatever the session.

    `ready_factor` multiplies the time to get ready and to switch sides. The stiff side, if there is one, goes first,
    and has one set more with `extra_set`. With `breath`, holds last whole breaths and end on a breath out.
    """

    ready_factor: float = 1
    stiff_side: str | None = None
    extra_set: bool = False
    breath: Breath | None = None


class Profile(NamedTuple):
    """Who practises, for the coach. Words are those of the catalogue's vocabularies.

    `minutes` is the time of one day; without it today stays a routine. `focus` has areas with their weight from 1 to 3,
    `equipment` is what is at hand (None: everything), `conditions` are the answers to the screening.
    """

    minutes: int | None = None
    days_per_week: int = 5
    rest_days: tuple[str, ...] = ()
    focus: tuple[tuple[str, int], ...] = ()
    equipment: tuple[str, ...] | None = None
    avoid_positions: tuple[str, ...] = ()
    level: int = 1
    conditions: tuple[str, ...] = ()


class Settings(NamedTuple):
    """`sound` is a word of SOUNDS; `volume` is per cent of this program's own loudness; `theme` a name of Textual's.

    `history_folder` is where the history is; None for a folder in the user's data folder. `video_command` is a program
    with its arguments, one of which holds `links.URL_HERE`; empty for the browser. `breath` is as it is set, whether
    holds are counted in breaths or not.
    """

    sound: str = "voice"
    volume: int = 80
    theme: str = "hiproutine"
    history_folder: Path | None = None
    video_command: tuple[str, ...] = ()
    breath: Breath = Breath()
    manner: Manner = Manner()
    profile: Profile = Profile()


def load(path: Path) -> Settings:
    """The settings; the defaults where there is no file. Raises FileProblems."""
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


def _of_fields(fields: Fields) -> Settings:
    plain = Settings()
    breath = _breath(fields)
    return Settings(
        sound=fields.take("sound", word_of(SOUNDS), default=plain.sound),
        volume=fields.take("volume", whole(0, 100), default=plain.volume),
        theme=fields.take("theme", identifier, default=plain.theme),
        history_folder=fields.take("history_folder", _folder, default=plain.history_folder),
        video_command=fields.take("video_command", _command, default=plain.video_command),
        breath=breath,
        manner=_manner(fields, breath),
        profile=_profile(fields),
    )


@takes({"type": "string", _OF_THIS_MACHINE: True})
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


@takes({"type": "string", _OF_THIS_MACHINE: True})
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


def _yes(fields: Fields, key: str) -> bool:
    return fields.take(key, word_of(_YES_NO), default="no") in ("true", "yes")


def _breath(fields: Fields) -> Breath:
    return Breath(
        in_s=fields.take("breath_in", whole(2, 20), default=Breath().in_s),
        out_s=fields.take("breath_out", whole(2, 20), default=Breath().out_s),
        tone=_yes(fields, "breath_tone"),
    )


def _manner(fields: Fields, breath: Breath) -> Manner:
    stiff_side = fields.take("stiff_side", word_of(STIFF_SIDES), default="none")
    return Manner(
        ready_factor=fields.take("ready_factor", decimal(0.5, 5), default=1.0),
        stiff_side=None if stiff_side == "none" else stiff_side,
        extra_set=_yes(fields, "extra_set"),
        breath=breath if _yes(fields, "count_breaths") else None,
    )


def _profile(fields: Fields) -> Profile:
    weekdays = dict.fromkeys(WEEKDAYS, "")
    plain = Profile()
    return Profile(
        minutes=fields.take("minutes", optional(whole(1, 240)), default=plain.minutes),
        days_per_week=fields.take("days_per_week", whole(1, 7), default=plain.days_per_week),
        rest_days=fields.take("rest_days", tuple_of(word_of(weekdays)), default=plain.rest_days),
        focus=fields.take("focus", pairs_of(word_of(DOSED_AREAS), whole(1, 3)), default=plain.focus),
        equipment=fields.take("equipment", optional(tuple_of(word_of(EQUIPMENT))), default=plain.equipment),
        avoid_positions=fields.take("avoid_positions", tuple_of(word_of(POSITIONS)), default=plain.avoid_positions),
        level=fields.take("level", whole(min(LEVELS), max(LEVELS)), default=plain.level),
        conditions=fields.take("conditions", tuple_of(word_of(CONDITIONS)), default=plain.conditions),
    )


_settings = mapping(_of_fields)
KEYS: tuple[str, ...] = tuple(_settings.schema["properties"])
"""Every key that the file may hold."""
OF_THIS_MACHINE = {key for key, schema in _settings.schema["properties"].items() if _OF_THIS_MACHINE in schema}
"""The keys that nobody else's settings bring along."""


def put(path: Path, key: str, value: "Value | None") -> Settings:
    """Sets one key of the file, or takes it out if `value` is None; see `put_all`."""
    return put_all(path, {key: value})


def put_all(path: Path, values: "Mapping[str, Value | None]") -> Settings:
    """Sets keys of the file, or takes out those whose value is None; the settings as they then are.

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
    """A key that settings of elsewhere have more to say on: its value here, if it has one, and what it becomes."""

    key: str
    before: "Value | None"
    after: "Value"


def lacks(path: Path, others: bytes, name: str) -> tuple[Lack, ...]:
    """What the file lacks that the settings `others`, which come from `name`, say. What stands here stays.

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
