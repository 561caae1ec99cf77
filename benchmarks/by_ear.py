"""A whole session by ear: recorded from a sound server that nobody hears, and compared with what was to be heard.

Every tone and every phrase is looked for where it is due: by the pitches of its notes, and as a whole by its cached
file. Each must be there from its first sample to its last, and no two at once. Takes as long as the sessions do.
"""

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from terminal import HIPROUTINE, PRACTISING_TEXT, Terminal, fresh_home

from hiproutine import paths
from hiproutine.catalogue import cache
from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import kind_of
from hiproutine.clock import SystemClock
from hiproutine.coach.instructions import guided, said_ms
from hiproutine.coach.session import Item, find
from hiproutine.history.past import Past
from hiproutine.practice.cues import NOTES, Cue, Note, scheduled
from hiproutine.practice.phrases import spoken, texts
from hiproutine.practice.timeline import Timeline, compile_session, length_ms
from hiproutine.settings import file as settings
from hiproutine.settings.model import Manner, Settings
from hiproutine.sound import engines, speech, tones
from hiproutine.sound.loudness import loudness, lufs_of, weighted
from hiproutine.sound.programs import Machine
from hiproutine.sound.rendered import Rendered
from tests.sound.test_sound import RATE, Sink

Samples = NDArray[np.float64]

KINDS = "kinds"
"""In place of a plan: the shortest exercise of each kind."""
WITHIN_MS = (450, 1500)
"""How far from its time something is looked for; further only if it is not found, since a countdown repeats itself."""
LIKE = 0.8
"""How much a quarter of what is heard has to be like its file."""
_QUIET = 60


class Wanted(NamedTuple):
    """What is due at a time: a tone or a phrase, and its file."""

    at_ms: int
    words: str
    file: Path
    notes: tuple[Note, ...] = ()


class Found(NamedTuple):
    """How late it came, how like its file its worst quarter is, and from when to when it sounded."""

    wanted: Wanted
    late_ms: float
    like: float
    begins_ms: float
    ends_ms: float
    off_pitch: bool


def wanted(line: Timeline, folder: Path, store: Rendered, chosen: Settings) -> Iterator[Wanted]:
    """Everything of an undisturbed session, in order."""
    due: dict[int, list[Cue]] = {}
    for at_ms, cue in scheduled(line):
        due.setdefault(at_ms, []).append(cue)
    for at_ms, cues in due.items():
        kinds = [cue.kind for cue in cues]
        notes = tones.score(kinds)
        tone_ms = tones.length_ms(notes) if notes else 0
        if notes:
            names = " and ".join(kind for kind in kinds if NOTES[kind])
            yield Wanted(at_ms, names, tones.tone_file(folder, kinds, chosen.loudness_of_tones), notes)
        if phrases := [phrase for cue in cues if (phrase := spoken(line, cue))]:
            text = max(phrases, key=speech.rank).text
            rendered = store.find(text, tone_ms)
            assert rendered, text
            yield Wanted(at_ms, f'"{text}"', rendered.path)


def samples_of(path: Path) -> Samples:
    """A file of ours at the rate of the recording."""
    data = path.read_bytes()
    rate = int.from_bytes(data[24:28], "little")
    samples = np.frombuffer(data[tones.HEADER_BYTES :], dtype="<i2").astype(float)
    if rate == RATE:
        return samples
    count = len(samples) * RATE // rate
    resampled: Samples = np.interp(np.arange(count) * rate / RATE, np.arange(len(samples)), samples)
    return resampled


def sounding(samples: Samples) -> tuple[int, int]:
    """Where its sound begins and ends."""
    loud = np.flatnonzero(np.abs(samples) > _QUIET)
    return int(loud[0]), int(loud[-1]) + 1


def look(recording: Samples, each: Wanted, begun: float) -> Found:
    """Look for something in the recording, in which the session began at the sample `begun`."""
    near, far = (_look(recording, each, begun, within_ms * RATE // 1000) for within_ms in WITHIN_MS)
    return near if near.like >= LIKE else far


def _look(recording: Samples, each: Wanted, begun: float, reach: int) -> Found:
    whole = samples_of(each.file)
    first, last = sounding(whole)
    piece = whole[first:last]
    due = int(begun + each.at_ms * RATE / 1000) + first
    window = recording[max(0, due - reach) : due + len(piece) + reach]
    size = 1 << (len(window) + len(piece)).bit_length()
    alike = np.fft.irfft(np.fft.rfft(window, size) * np.conj(np.fft.rfft(piece, size)))[: 2 * reach + 1]
    at = int(np.argmax(alike))
    heard = np.pad(window[at : at + len(piece)], (0, max(0, len(piece) - len(window) + at)))
    quarters = [
        float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b) or 1))
        for a, b in zip(np.array_split(piece, 4), np.array_split(heard, 4), strict=True)
        if len(a) == len(b) and np.abs(a).max() > _QUIET
    ]
    begins = max(0, due - reach) + at
    off = any(abs(hz - note.hz) > 0.03 * note.hz for note, hz in zip(each.notes, pitches(heard, each), strict=False))
    ms = 1000 / RATE
    return Found(each, (begins - due) * ms, min(quarters, default=0.0), begins * ms, (begins + len(piece)) * ms, off)


def pitches(heard: Samples, each: Wanted) -> Iterator[float]:
    """The strongest frequency of each note, where it is due."""
    at_ms = 0
    for note in each.notes:
        piece = heard[at_ms * RATE // 1000 :][: note.ms * RATE // 1000]
        spectrum = np.abs(np.fft.rfft(piece * np.hanning(len(piece)), 1 << 16))
        yield float(np.argmax(spectrum)) * RATE / (1 << 16)
        at_ms += note.ms + note.gap_ms


def beginning(recording: Samples, first: Wanted) -> float:
    """The sample at which the session began: where its first tone is."""
    whole = samples_of(first.file)
    start, end = sounding(whole)
    early = recording[: 30 * RATE]
    size = 1 << (len(early) + end).bit_length()
    alike = np.fft.irfft(np.fft.rfft(early, size) * np.conj(np.fft.rfft(whole[start:end], size)))
    return float(np.argmax(alike[: len(early)])) - start


def practise(plan: Sequence[str], seconds: float, sink: Sink) -> Samples:
    """The recording of a session in a terminal."""
    os.environ["PULSE_SERVER"] = sink.environ["PULSE_SERVER"]
    begun = len(sink.samples)
    with Terminal([*HIPROUTINE, "start", *plan]) as terminal:
        terminal.watch_for(PRACTISING_TEXT)
        terminal.watch(seconds + 1)
        if not any("Gained this week" in line for line in terminal.lines()):
            raise SystemExit("\n".join(["The session did not come to its end:", *terminal.lines()]))
        terminal.send("q")
        # The screen is left at once: what still sounds has to outlive it.
        time.sleep(4)
    return np.array(sink.samples[begun:], dtype=float)


def measure(plan: str, lines: str, keep: Path | None) -> None:
    """Practise a plan with these lines of settings, and print what was heard of it."""
    with fresh_home(), tempfile.TemporaryDirectory() as place, closing(Sink(Path(place))) as sink:
        places = paths.find()
        places.config.mkdir(parents=True, exist_ok=True)
        (places.config / "settings.yaml").write_text(f"figure: no\n{lines}\n", encoding="utf-8")
        chosen = settings.load(places.config / "settings.yaml")
        catalogue = cache.load(paths.shipped(), None).catalogue
        names = shortest(catalogue) if plan == KINDS else [plan]
        clock = SystemClock()
        line = compile_session(find(catalogue, "+".join(names)), guided(chosen, Past(), clock.now().date()))
        folder = places.cache / "tones"
        machine = Machine(clock, os.environ, shutil.which)
        store = Rendered(folder, engines.found(machine), chosen.loudness_of_voice, machine)
        store.order(texts(line))
        while store.find(list(texts(line))[-1]) is None:
            time.sleep(0.5)
        recording = practise(names, line.total_ms / 1000, sink)
        if keep:
            np.save(keep, recording.astype("<i2"))
        report(plan, list(wanted(line, folder, store, chosen)), recording, store)


def shortest(catalogue: Catalogue) -> list[str]:
    """The ids of the shortest exercise of each kind."""
    found: dict[str, tuple[int, str]] = {}
    for each in catalogue.exercises.values():
        took = length_ms(Item(each, each.prescription), Manner()), each.id
        found[kind_of(each.prescription)] = min(found.get(kind_of(each.prescription), took), took)
    return [name for _, name in found.values()]


def report(plan: str, every: Sequence[Wanted], recording: Samples, store: Rendered) -> None:
    begun = beginning(recording, every[0])
    found = [look(recording, each, begun) for each in every]
    late = lateness([each for each in found if each.wanted.notes])
    words = [each for each in found if not each.wanted.notes]
    cut = [each for each in found if each.like < LIKE or each.off_pitch]
    ordered = sorted(found, key=lambda each: each.begins_ms)
    at_once = [(before, after) for before, after in pairwise(ordered) if after.begins_ms < before.ends_ms]
    spoken_lufs = sorted(_lufs(each.wanted.file) for each in words)
    tone_lufs = sorted({round(_tone_lufs(each.wanted), 1) for each in found if each.wanted.notes})
    over = [each for each in words if each.ends_ms - each.begins_ms > said_ms(each.wanted.words.strip('"'))]
    print(
        f"| {plan} | {len(found) - len(words)} / {len(words)} | {len(cut)} | {len(at_once)} | {median(late):.0f} | "
        f"{late[int(0.95 * len(late))]:.0f} | {late[-1]:.0f} | {spoken_lufs[0]:.1f} to {spoken_lufs[-1]:.1f} | "
        f"{tone_lufs[0]:.1f} to {tone_lufs[-1]:.1f} | {len(over)} | {store.voice} |",
        flush=True,
    )
    for each in cut:
        print(
            f"  not whole: {each.wanted.at_ms} ms {each.wanted.words}: like {each.like:.2f}, {each.late_ms:.0f} ms late"
        )
    for before, after in at_once:
        print(
            f"  at once: {before.wanted.words} until {before.ends_ms:.0f}, "
            f"{after.wanted.words} from {after.begins_ms:.0f}"
        )


def lateness(found: Sequence[Found]) -> list[float]:
    """How far each tone was from its time, against the middle of all, sorted.

    The sound server's clock runs a little faster or slower than the computer's: the line through all is taken for it.
    """
    at, late = (np.array(each) for each in zip(*((each.wanted.at_ms, each.late_ms) for each in found), strict=True))
    pairs = [(late[j] - late[i]) / (at[j] - at[i]) for i in range(0, len(at), 3) for j in range(i + 20, len(at), 3)]
    straight = late - (median(pairs) if pairs else 0) * at
    return sorted(np.abs(straight - np.median(straight)).tolist())


def _lufs(path: Path) -> float:
    data = path.read_bytes()
    rate = int.from_bytes(data[24:28], "little")
    return loudness(np.frombuffer(data[tones.HEADER_BYTES :], dtype="<i2").tolist(), rate)


def _tone_lufs(each: Wanted) -> float:
    """Of a tone over its notes, without the gaps between them."""
    squares = weighted(samples_of(each.file).tolist(), RATE)
    loud_ms = sum(note.ms for note in each.notes)
    return lufs_of(sum(squares) / (loud_ms * RATE / 1000))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plans", nargs="*", default=["four-everyday", "five-minute", KINDS], help=f"or {KINDS}")
    parser.add_argument("--settings", default="", help="lines of settings.yaml, with \\n between them")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="keep the samples of the last one, for numpy")
    args = parser.parse_args()
    print(
        "| session | tones / phrases | not whole | at once | late, p50 ms | p95 | max | speech, LUFS | tones, LUFS "
        "| longer than estimated | voice |\n|---|---|---|---|---|---|---|---|---|---|---|"
    )
    for plan in args.plans:
        measure(plan, args.settings.replace("\\n", "\n"), args.keep)


if __name__ == "__main__":
    main()
