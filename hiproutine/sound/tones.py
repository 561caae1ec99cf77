"""Notes made into WAV files, each made once in a folder that may be deleted at any time. Knows no player."""

import math
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path

from hiproutine import files
from hiproutine.practice.cues import NOTES, CueKind, Note
from hiproutine.sound.loudness import power_of, sine_power

RATE = 44_100
LEAD_MS = 10
"""Silence before the first note: enough for a device that is awake (see Sound.wake), and no audible delay."""
TAIL_MS = 50
"""Silence after the last note: pw-play ends before the last 30 ms are out."""
BETWEEN_MS = 80
FADE_MS = 8
WAKE_MS = 200

TONE_LUFS = -19
"""Of each note over its own length, K-weighted: 3 below speech, which is harder to understand than a tone."""
SOFT_LUFS = -26
HEADER_BYTES = 44

_HARMONIC = 0.2
# The mean square of a raised cosine, which a note has at both ends.
_FADED = 3 / 8
# Part of each file's name: to be raised when the same notes are to sound otherwise.
_MAKE = 3


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


def gain(volume: int) -> float:
    """The factor for a volume of 0 to 100 %: its square, since ears are logarithmic."""
    return (min(100, max(0, volume)) / 100) ** 2


def wav(notes: Sequence[Note], volume: int) -> bytes:
    """16 bit, mono, 44.1 kHz, with a short silence at either end."""
    samples = array("h", bytes(2 * _samples(LEAD_MS)))
    for note in notes:
        samples += _tone(note, 32767 * _amplitude(note) * gain(volume))
        samples += array("h", bytes(2 * _samples(note.gap_ms)))
    return file_of(samples + array("h", bytes(2 * _samples(TAIL_MS))))


def silence(ms: int = WAKE_MS) -> bytes:
    return file_of(array("h", bytes(2 * _samples(ms))))


def tone_file(folder: Path, kinds: Iterable[CueKind], volume: int) -> Path:
    """The file with these cues' notes, made now if it is missing or damaged. Raises OSError."""
    notes = score(kinds)
    name = "-".join(f"{note.hz}.{note.ms}.{note.gap_ms}{'s' * note.soft}" for note in notes)
    parts_ms = (LEAD_MS, TAIL_MS, *(ms for note in notes for ms in (note.ms, note.gap_ms)))
    size = HEADER_BYTES + 2 * sum(map(_samples, parts_ms))
    path = folder / f"tone{_MAKE}-{name}-{volume}.wav"
    if not _whole(path, size):
        _write(path, wav(notes, volume))
    return path


def silence_file(folder: Path) -> Path:
    path = folder / f"silence{_MAKE}-{WAKE_MS}.wav"
    if not _whole(path, HEADER_BYTES + 2 * _samples(WAKE_MS)):
        _write(path, silence())
    return path


def _samples(ms: int) -> int:
    return ms * RATE // 1000


def _amplitude(note: Note) -> float:
    """Of the sine, with which the note, its harmonic and its fades are as loud as they should be."""
    power = (sine_power(note.hz, RATE) + _HARMONIC**2 * sine_power(2 * note.hz, RATE)) / 2
    faded = min(FADE_MS, note.ms / 2) * 2 / note.ms
    return math.sqrt(power_of(SOFT_LUFS if note.soft else TONE_LUFS) / (power * (1 - faded + faded * _FADED)))


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


def file_of(samples: "array[int]", rate: int = RATE) -> bytes:
    """Samples as a WAV file, with a header of HEADER_BYTES."""
    import sys

    if sys.byteorder == "big":
        samples = array("h", samples)
        samples.byteswap()
    return with_header(samples.tobytes(), rate)


def with_header(data: bytes, rate: int) -> bytes:
    """Samples as they are in a file, as a WAV file."""
    import io
    import wave

    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(data)
    return buffer.getvalue()


def _whole(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def _write(path: Path, data: bytes) -> None:
    files.make_folder(path.parent)
    files.write(path, data, lasting=False)
