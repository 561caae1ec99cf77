"""Notes made into WAV files, each made once in a folder that may be deleted at any time. Knows no player."""

import math
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path

from hiproutine import files
from hiproutine.practice.cues import NOTES, CueKind, Note

RATE = 44_100
LEAD_MS = 10
"""Silence before the first note: enough for a device that is awake (see Sound.wake), and no audible delay."""
TAIL_MS = 50
"""Silence after the last note: pw-play ends before the last 30 ms are out."""
BETWEEN_MS = 80
FADE_MS = 8
WAKE_MS = 200

_HARMONIC = 0.2
# The sine and its harmonic together stay below 1 / 1.2 of full scale times this.
_LOUDEST = 0.95
_HEADER_BYTES = 44
# Part of each file's name: to be raised when the same notes are to sound otherwise.
_MAKE = 2


def score(kinds: Iterable[CueKind]) -> tuple[Note, ...]:
    """The notes of cues that are due at one instant, one cue after the other."""
    notes: list[Note] = []
    for kind in kinds:
        if notes and NOTES[kind]:
            notes[-1] = notes[-1]._replace(gap_ms=BETWEEN_MS)
        notes += NOTES[kind]
    return tuple(notes)


def length_ms(notes: Sequence[Note]) -> int:
    return LEAD_MS + sum(note.ms + note.gap_ms for note in notes) + TAIL_MS


def loudness(volume: int) -> float:
    """The amplitude for a volume of 0 to 100 %: its square, since ears are logarithmic."""
    return (min(100, max(0, volume)) / 100) ** 2


def wav(notes: Sequence[Note], volume: int) -> bytes:
    """16 bit, mono, 44.1 kHz, with a short silence at either end."""
    samples = array("h", bytes(2 * _samples(LEAD_MS)))
    peak = 32767 * _LOUDEST / (1 + _HARMONIC) * loudness(volume)
    for note in notes:
        samples += _tone(note, peak)
        samples += array("h", bytes(2 * _samples(note.gap_ms)))
    return _file(samples + array("h", bytes(2 * _samples(TAIL_MS))))


def silence(ms: int = WAKE_MS) -> bytes:
    return _file(array("h", bytes(2 * _samples(ms))))


def tone_file(folder: Path, kinds: Iterable[CueKind], volume: int) -> Path:
    """The file with these cues' notes, made now if it is missing or damaged. Raises OSError."""
    notes = score(kinds)
    name = "-".join(f"{note.hz}.{note.ms}.{note.gap_ms}" for note in notes)
    parts_ms = (LEAD_MS, TAIL_MS, *(ms for note in notes for ms in (note.ms, note.gap_ms)))
    size = _HEADER_BYTES + 2 * sum(map(_samples, parts_ms))
    path = folder / f"tone{_MAKE}-{name}-{volume}.wav"
    if not _whole(path, size):
        _write(path, wav(notes, volume))
    return path


def silence_file(folder: Path) -> Path:
    path = folder / f"silence{_MAKE}-{WAKE_MS}.wav"
    if not _whole(path, _HEADER_BYTES + 2 * _samples(WAKE_MS)):
        _write(path, silence())
    return path


def _samples(ms: int) -> int:
    return ms * RATE // 1000


def _tone(note: Note, peak: float) -> "array[int]":
    count, fade = _samples(note.ms), _samples(FADE_MS)
    step = 2 * math.pi * note.hz / RATE
    sin = math.sin
    samples = array("h", (int(peak * (sin(step * i) + _HARMONIC * sin(2 * step * i))) for i in range(count)))
    for i in range(min(fade, count // 2)):
        # A raised cosine at both ends, or the loudspeaker clicks.
        part = (1 - math.cos(math.pi * i / fade)) / 2
        samples[i] = int(samples[i] * part)
        samples[-1 - i] = int(samples[-1 - i] * part)
    return samples


def _file(samples: "array[int]") -> bytes:
    import io
    import sys
    import wave

    if sys.byteorder == "big":
        samples.byteswap()
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return buffer.getvalue()


def _whole(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def _write(path: Path, data: bytes) -> None:
    files.make_folder(path.parent)
    files.write(path, data, lasting=False)
