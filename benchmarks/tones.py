"""How soon a tone is heard: from the call to its first sample in the recording of a PulseAudio null sink."""

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

from clock import busy_loops

from hiproutine import paths
from hiproutine.catalogue import cache
from hiproutine.clock import SystemClock
from hiproutine.coach import session
from hiproutine.practice.cues import Cue, CueKind
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Manner, Settings
from hiproutine.sound.output import Sound
from hiproutine.sound.programs import Machine
from tests.sound.test_sound import RATE, Sink

LOUD = 200
EVERY_S = 0.7


def delays_ms(count: int) -> Iterator[float]:
    line = compile_session(session.find(cache.load(paths.shipped(), None).catalogue, None), Manner())
    with tempfile.TemporaryDirectory() as folder, closing(Sink(Path(folder))) as sink:
        machine = Machine(SystemClock(), sink.environ, lambda name: shutil.which(name) if name == "paplay" else None)
        sound = Sound(Settings(sound="tones"), Path(folder) / "tones", machine, bell=lambda: None, notify=print)
        sound.wake()
        for _ in range(count):
            time.sleep(EVERY_S)
            sound.look()
            asked_s = time.monotonic()
            sound.play(line, [Cue(CueKind.COUNT, 0, 3)])
            time.sleep(EVERY_S)
            first = round((asked_s - sink.begun_s) * RATE)
            heard = next(at for at in range(first, len(sink.samples)) if abs(sink.samples[at]) > LOUD)
            yield 1000 * (sink.begun_s + heard / RATE - asked_s)
        sound.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=30, help="how many tones (default: 30)")
    args = parser.parse_args()
    print("| first tone, ms | median | p95 | max | load average |\n|---|---|---|---|---|")
    for name, loops in (("idle", 0), ("two busy loops", 2)):
        with busy_loops(loops):
            found = sorted(delays_ms(args.count))
            p95 = found[int(0.95 * len(found))]
            print(
                f"| {name} | {median(found):.0f} | {p95:.0f} | {found[-1]:.0f} | {os.getloadavg()[0]:.1f} |", flush=True
            )


if __name__ == "__main__":
    main()
