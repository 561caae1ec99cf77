"""What the user set in `settings.yaml`: read as strictly as the catalogue, and never written here."""

from pathlib import Path
from typing import NamedTuple

from hiproutine.text import clean
from hiproutine.yamlnodes import (
    UNREAD,
    Fields,
    File,
    FileProblems,
    Node,
    is_read,
    parse,
    read_text,
    text,
    whole,
    word_of,
)

SOUNDS = {
    "voice": "voice and tones",
    "tones": "tones",
    "bell": "the terminal's bell",
    "silent": "nothing",
}


class Settings(NamedTuple):
    """`sound` is a word of SOUNDS; `volume` is per cent of this program's own loudness.

    `history_folder` is where the history is; None for a folder in the user's data folder.
    """

    sound: str = "voice"
    volume: int = 80
    history_folder: Path | None = None


def load(path: Path) -> Settings:
    """The settings; the defaults where there is no file. Raises FileProblems."""
    if not path.exists():
        return Settings()
    file = File(clean(str(path)))
    content = read_text(path, file)
    top = parse(content, file) if content else None
    settings = Settings()
    if top is not None and top.content != "":
        fields = Fields(top, file)
        settings = Settings(
            sound=fields.take("sound", word_of(SOUNDS), default=settings.sound),
            volume=fields.take("volume", whole(0, 100), default=settings.volume),
            history_folder=fields.take("history_folder", _folder, default=settings.history_folder),
        )
        fields.close()
    if file.problems:
        raise FileProblems(file.problems)
    return settings


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
