"""What the user set in `settings.yaml`: read as strictly as the catalogue, and never written here."""

from pathlib import Path
from typing import NamedTuple

from hiproutine.text import clean
from hiproutine.yamlnodes import Fields, File, FileProblems, parse, read_text, whole, word_of

SOUNDS = {
    "voice": "voice and tones",
    "tones": "tones",
    "bell": "the terminal's bell",
    "silent": "nothing",
}


class Settings(NamedTuple):
    """`sound` is a word of SOUNDS; `volume` is per cent of this program's own loudness."""

    sound: str = "voice"
    volume: int = 80


def load(path: Path) -> Settings:
    """The settings; the defaults where there is no file. Raises FileProblems."""
    if not path.exists():
        return Settings()
    file = File(clean(str(path)))
    text = read_text(path, file)
    top = parse(text, file) if text else None
    settings = Settings()
    if top is not None and top.content != "":
        fields = Fields(top, file)
        settings = Settings(
            sound=fields.take("sound", word_of(SOUNDS), default=settings.sound),
            volume=fields.take("volume", whole(0, 100), default=settings.volume),
        )
        fields.close()
    if file.problems:
        raise FileProblems(file.problems)
    return settings
