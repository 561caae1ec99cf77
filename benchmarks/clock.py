"""Does the clock tell the truth? Each second shown and bell rung against its ideal instant, and a stopped process."""

import argparse
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from terminal import HIPROUTINE, PRACTISING_TEXT, WORKING_TEXT, Terminal, fresh_home

from hiproutine import paths
from hiproutine.catalogue import cache
from hiproutine.coach import session
from hiproutine.practice.cues import rings, scheduled
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Manner

PLAN = "four-everyday"
PRACTISE = [*HIPROUTINE, "start", PLAN]
_LEFT = re.compile(r"(\d+):(\d\d)(?:, ends| left)")


def errors_ms(seconds: int) -> tuple[list[float], list[float]]:
    """How late each shown second, and each bell, is; the earliest of them all is taken to be in time.

    The first of them will not do as the measure: it comes with the screen that is being put up.
    """
    line = compile_session(session.find(cache.load(paths.shipped(), None).catalogue, PLAN), Manner())
    with Terminal(PRACTISE) as terminal:
        terminal.watch_for(PRACTISING_TEXT)
        terminal.watch(seconds + 0.5)
    # It is watched a little longer than that; what is due later is not looked at.
    seconds_left = list(shown(terminal))[: seconds + 1]
    shown_due = [seconds_left[0][1] - left for _, left in seconds_left]
    bells_due = sorted({at_ms / 1000 for at_ms, cue in scheduled(line) if rings(cue) and at_ms <= 1000 * seconds})
    bells = terminal.bells()[: len(bells_due)]
    assert shown_due == list(range(seconds + 1)), f"seconds are missing: {shown_due}"
    assert len(bells) == len(bells_due), f"{len(bells)} bells instead of {len(bells_due)}"
    shown_after = [at - due for (at, _), due in zip(seconds_left, shown_due, strict=True)][1:]
    bells_after = [at - due for at, due in zip(bells, bells_due, strict=True)][1:]
    start = min(shown_after + bells_after)
    return [1000 * (after - start) for after in shown_after], [1000 * (after - start) for after in bells_after]


def shown(terminal: Terminal) -> Iterator[tuple[float, int]]:
    """Each change of the time left in the session: when it was shown, and the seconds."""
    before = None
    for at, lines in terminal.screens():
        found = _LEFT.search("\n".join(lines))
        left = 60 * int(found[1]) + int(found[2]) if found else None
        if left is not None and left != before:
            yield at, left
        before = left


@contextmanager
def busy_loops(count: int) -> Iterator[None]:
    """So many processes that want a core each."""
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def stopped(for_s: float) -> tuple[int, int, int, str]:
    """The process is stopped in the middle of a hold: seconds left before, after, later on, and what is shown."""
    with Terminal(PRACTISE) as terminal:
        terminal.watch_for(PRACTISING_TEXT)
        terminal.send("n")
        terminal.watch_for(WORKING_TEXT)
        terminal.watch(5.5)
        before = list(shown(terminal))[-1][1]
        os.kill(terminal.pid, signal.SIGSTOP)
        terminal.watch(for_s)
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.watch(1)
        after = list(shown(terminal))[-1][1]
        terminal.watch(3)
        later = list(shown(terminal))[-1][1]
        words = next((line.strip() for line in terminal.lines() if "Paused:" in line), "not paused")
        return before, after, later, words


def _say(name: str, late: Sequence[float]) -> None:
    ordered = sorted(late)
    p50, p99 = (ordered[min(len(ordered) - 1, int(part * len(ordered)))] for part in (0.5, 0.99))
    print(f"| {name} | {len(late)} | {p50:.1f} | {p99:.1f} | {ordered[-1]:.1f} | {late[-1]:.1f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=100, help="how long each session is watched (default: 100)")
    args = parser.parse_args()
    with fresh_home():
        settings = paths.find().config / "settings.yaml"
        settings.parent.mkdir(parents=True)
        settings.write_text("sound: bell\n", encoding="utf-8")
        print("| ms late | count | p50 | p99 | max | the last one |\n|---|---|---|---|---|---|")
        for name, loops in (("idle", 0), ("two busy loops", 2)):
            with busy_loops(loops):
                seconds, bells = errors_ms(args.seconds)
            _say(f"seconds shown, {name}", seconds)
            _say(f"bells, {name}", bells)
        before, after, later, word = stopped(for_s=5)
    print(f"\nStopped for 5 s: {before} s left before, {after} s after, {later} s three seconds later; shown: {word}.")


if __name__ == "__main__":
    main()
