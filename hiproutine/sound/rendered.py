"""Phrases rendered to WAV files ahead of their time, equally loud, and kept in a folder that may be deleted.

Another process makes them, so that no cue waits. A phrase that is not there yet is spoken live.
"""

import hashlib
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hiproutine import files
from hiproutine.processes import kill, launch, main_of
from hiproutine.sound import rendering, tones
from hiproutine.sound.engines import Engine, sayable
from hiproutine.sound.programs import Machine

if TYPE_CHECKING:
    import subprocess

# Part of each file's name: to be raised when the same words are to sound otherwise.
_MAKE = 1


class Phrase(NamedTuple):
    """A phrase that is there, and how long it takes."""

    path: Path
    length_ms: int


class Rendered:
    """The phrases in the voices of `engines`; what is missing is ordered, once for a session."""

    def __init__(self, folder: Path, engines: Sequence[Engine], volume: int, machine: Machine) -> None:
        self._folder = folder
        self._engines = [engine for engine in engines if engine.making]
        self._volume = volume
        self._machine = machine
        self._worker: subprocess.Popen[bytes] | None = None

    @property
    def voice(self) -> str | None:
        """The engine whose voice is asked for first."""
        return self._engines[0].name if self._engines else None

    def place(self, engine: Engine, text: str) -> Path:
        """Return where a phrase is kept in the voice of an engine."""
        assert engine.making
        made = "\0".join((*engine.making.arguments, *map("=".join, engine.making.variables), sayable(text)))
        name = hashlib.sha256(made.encode()).hexdigest()[:24]
        return self._folder / f"said{_MAKE}-{name}-{self._volume}.wav"

    def order(self, texts: Iterable[str]) -> None:
        """Have what is missing of these made in the background, in this order."""
        missing = [text for text in texts if sayable(text) and not self._kept(text)]
        if not missing or not self._engines or self._worker:
            return
        import json
        import tempfile

        order = {
            "volume": self._volume,
            "folder": str(self._folder),
            "engines": [engine.making for engine in self._engines],
            "phrases": [
                (sayable(text), [self.place(engine, text).name for engine in self._engines]) for text in missing
            ],
        }
        with suppress(OSError), tempfile.TemporaryFile() as stream:
            files.make_folder(self._folder)
            stream.write(json.dumps(order).encode())
            stream.seek(0)
            self._worker = launch(main_of(rendering.__name__), self._machine.environ, stream)

    def find(self, text: str, after_ms: int = 0) -> Phrase | None:
        """Return the phrase with so much silence before it, if it is there."""
        path = self._kept(text)
        if not path:
            return None
        try:
            if after_ms:
                path = _delayed(path, after_ms)
            os.utime(path)
            return Phrase(path, length_ms(path))
        except (OSError, ValueError):
            return None

    def look(self) -> None:
        """Collect the process that makes them, once it has ended."""
        if self._worker and self._worker.poll() is not None:
            self._worker = None

    def close(self) -> None:
        """Make no more."""
        if self._worker:
            kill(self._worker)
            self._worker.wait()
            self._worker = None

    def _kept(self, text: str) -> Path | None:
        places = (self.place(engine, text) for engine in self._engines)
        return next((path for path in places if path.exists()), None)


def _delayed(path: Path, after_ms: int) -> Path:
    """The same phrase after a silence, made if it is missing."""
    delayed = path.with_name(f"{path.stem}-{after_ms}.wav")
    if not delayed.exists():
        data = path.read_bytes()
        rate = _rate(data)
        words = bytes(2 * (after_ms * rate // 1000)) + data[tones.HEADER_BYTES :]
        files.write(delayed, tones.with_header(words, rate), lasting=False)
    return delayed


def length_ms(path: Path) -> int:
    """Return how long a file of ours is. Raises OSError, ValueError."""
    with path.open("rb") as stream:
        rate = _rate(stream.read(tones.HEADER_BYTES))
    return (path.stat().st_size - tones.HEADER_BYTES) // 2 * 1000 // rate


def _rate(data: bytes) -> int:
    """The sample rate that a header says. Raises ValueError where there is none."""
    rate = int.from_bytes(data[24:28], "little")
    if not rate:
        raise ValueError("no header")
    return rate
