"""Making phrases into WAV files, all equally loud: the work of a process of its own, which is given an order.

It runs beside a practice, so it gives way to everything else; what an engine cannot do, the next one does.
"""

import json
import math
import os
import sys
import wave
from array import array
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path

from hiproutine import files
from hiproutine.processes import kill
from hiproutine.sound import tones
from hiproutine.sound.engines import Making
from hiproutine.sound.fed import Fed
from hiproutine.sound.loudness import loudness

SPEECH_LUFS = -16
MOST_BYTES = 64_000_000
"""Of the folder: then what was not used for longest goes."""
_LONGEST_S = 30
_FAILURES = 2
_QUIET = 200
"""Below it, before and after the words, nothing is heard."""
_PEAK = 32_000
_TURNS, _NEAR_LU = 6, 0.5
_ROUNDED_FROM = 0.7
"""Of the peak: what is louder is rounded off, since speech at that loudness has peaks that do not fit."""


def main() -> None:
    """Carry out the order that is written to the input."""
    with suppress(AttributeError, OSError):
        os.nice(10)
    order = json.load(sys.stdin)
    folder = Path(order["folder"])
    makings = [Making(tuple(words), tuple(map(tuple, given)), *rest) for words, given, *rest in order["engines"]]
    carry_out(folder, makings, order["phrases"], order["volume"])
    tidy(folder)


def carry_out(folder: Path, engines: list[Making], phrases: Iterable[tuple[str, list[str]]], volume: int) -> None:
    """Make each phrase, a text with the name of its file in each voice, with the first engine that can."""
    failures = [0] * len(engines)
    with closing(_Staying()) as staying:
        for text, names in phrases:
            for number, (engine, name) in enumerate(zip(engines, names, strict=True)):
                if failures[number] < _FAILURES:
                    if render(engine, text, folder / name, volume, run=staying.run):
                        failures[number] = 0
                        break
                    failures[number] += 1


def run_once(engine: Making, text: str, wav: Path, environ: Mapping[str, str]) -> None:
    """Run an engine. Raises OSError if it fails or takes too long."""
    import subprocess

    arguments, variables, typed = engine.filled(text, str(wav))
    try:
        done = subprocess.run(
            arguments,
            env={**environ, **variables},
            input=typed.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_LONGEST_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise OSError(str(error)) from None
    if done.returncode:
        raise OSError(f"exit code {done.returncode}")


class _Staying:
    """The engines that stay, each run once for all phrases."""

    def __init__(self) -> None:
        self._programs: dict[Making, Fed] = {}

    def run(self, engine: Making, text: str, wav: Path, environ: Mapping[str, str]) -> None:
        """Have an engine make a file, in the way that it works. Raises OSError if it fails or takes too long."""
        if not engine.stays:
            run_once(engine, text, wav, environ)
            return
        arguments, variables, typed = engine.filled(text, str(wav))
        program = self._programs.get(engine)
        if program is None:
            program = self._programs[engine] = Fed(arguments, {**environ, **variables})
        program.feed(typed.rstrip("\n"))
        if not program.wait(_LONGEST_S):
            kill(program.process)
            raise OSError("no answer")

    def close(self) -> None:
        for program in self._programs.values():
            program.close()
            kill(program.process)
            program.process.wait()


def render(
    engine: Making,
    text: str,
    path: Path,
    volume: int,
    environ: Mapping[str, str] = os.environ,
    *,
    run: Callable[[Making, str, Path, Mapping[str, str]], None] = run_once,
) -> bool:
    """Make one phrase; whether that worked."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.wav")
    try:
        run(engine, text, draft, environ)
        samples, rate = _read(draft)
        files.write(path, tones.file_of(levelled(samples, rate, SPEECH_LUFS, tones.gain(volume)), rate), lasting=False)
    except (OSError, ValueError, EOFError, wave.Error):
        return False
    finally:
        with suppress(OSError):
            draft.unlink()
    return True


def levelled(samples: "array[int]", rate: int, lufs: float, gain: float = 1) -> "array[int]":
    """The same words at a loudness, without the silence around them. Raises ValueError for silence alone."""
    heard = [at for at, sample in enumerate(samples) if abs(sample) > _QUIET]
    if not heard:
        raise ValueError("nothing is heard")
    edge = rate // 50
    samples = samples[max(0, heard[0] - edge) : heard[-1] + edge]
    factor = 10 ** ((lufs - loudness(samples, rate)) / 20)
    # Rounding peaks off takes some of the loudness, which the next turn gives back.
    for _ in range(_TURNS):
        limited = array("h", map(_rounded(factor), samples))
        lacks = lufs - loudness(limited, rate)
        if abs(lacks) < _NEAR_LU:
            break
        factor *= 10 ** (lacks / 20)
    return array("h", (int(gain * sample) for sample in limited))


def tidy(folder: Path, most_bytes: int = MOST_BYTES) -> None:
    """Delete what was not used for longest, as long as there is too much."""
    found = []
    for path in folder.glob("*said*.wav"):  # drafts of what was killed, too
        with suppress(OSError):
            found.append((path.stat().st_mtime, path.stat().st_size, path))
    found.sort(reverse=True)
    total = 0
    for _, size, path in found:
        total += size
        if total > most_bytes:
            with suppress(OSError):
                path.unlink()


def _rounded(factor: float) -> Callable[[int], int]:
    """Return a function that scales a sample, with a soft knee below the peak."""
    knee = _ROUNDED_FROM * _PEAK
    room = _PEAK - knee

    def at(sample: int) -> int:
        value = factor * sample
        over = abs(value) - knee
        return int(value if over <= 0 else math.copysign(knee + room * math.tanh(over / room), value))

    return at


def _read(path: Path) -> "tuple[array[int], int]":
    """The samples of a file, of its first channel, and their rate. Raises OSError, ValueError, EOFError, wave.Error."""
    with wave.open(str(path), "rb") as file:
        if file.getsampwidth() != 2:
            raise ValueError("not of 16 bits")
        samples = array("h", file.readframes(file.getnframes()))
        channels, rate = file.getnchannels(), file.getframerate()
    if sys.byteorder == "big":
        samples.byteswap()
    return samples[::channels], rate
