"""What a long history costs above an empty one: years of two sessions a day with twelve steps each."""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from terminal import HIPROUTINE, Terminal, fresh_home

from hiproutine import paths
from hiproutine.catalogue import cache
from hiproutine.catalogue.model import Exercise
from hiproutine.clock import SystemClock
from hiproutine.history.calendar import day_of
from hiproutine.history.records import Opening, SessionRecord, StepRecord, uuid7
from hiproutine.history.store import Store

YEARS = (0, 1, 10, 30)
HOURS = (7, 18)
STEPS = 12
TODAY_TEXT = "Lying butterfly"


# A process counts the memory of whoever started it as its own, so that has to be small.
_MEMORY = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def ms(words: Sequence[str], environ: Mapping[str, str]) -> float:
    begin = time.perf_counter()
    subprocess.run([*HIPROUTINE, *words], env=environ, stdout=subprocess.DEVNULL, check=True)
    return 1000 * (time.perf_counter() - begin)


def mb(words: Sequence[str], environ: Mapping[str, str]) -> float:
    """The most memory at any time."""
    command = [sys.executable, "-c", _MEMORY, *HIPROUTINE, *words]
    return int(subprocess.run(command, env=environ, stdout=subprocess.PIPE, check=True).stdout) / 1024


def first_frame_ms(environ: Mapping[str, str]) -> float:
    """Until today's session stands there in plain lines."""
    with _at_home(environ), Terminal(HIPROUTINE) as terminal:
        terminal.watch_for(TODAY_TEXT)
        terminal.watch(0.05)
        return 1000 * terminal.first(TODAY_TEXT)


def progress_ms(environ: Mapping[str, str]) -> float:
    """From the key to the screen Progress."""
    with _at_home(environ), Terminal(HIPROUTINE) as terminal:
        terminal.watch_for("Progress")
        terminal.watch(1)
        pressed = terminal.now()
        terminal.send("g")
        terminal.watch_for("Undo")
        return 1000 * (terminal.now() - pressed)


@contextmanager
def _at_home(environ: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(environ)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def practise(years: int) -> None:
    """Fills the history of this home: the last so many years, up to yesterday."""
    where = paths.find()
    exercises = list(cache.load(where.catalogue, None).catalogue.exercises.values())
    today = day_of(SystemClock().now())
    records = [
        _session(
            today - timedelta(days=ago), hour, [exercises[(ago + hour + n) % len(exercises)] for n in range(STEPS)]
        )
        for ago in range(1, round(years * 365.25) + 1)
        for hour in HOURS
    ]
    Store(where.data / "history", where.state).write(*records)


def _session(day: date, hour: int, exercises: Sequence[Exercise]) -> SessionRecord:
    start = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    opening = Opening(
        id=uuid7(int(start.timestamp() * 1000), os.urandom(10)),
        day=day,
        start=start,
        offset_min=60,
        zone="Europe/Paris",
        rollover_min=240,
        plan="four-everyday",
        routine="four-everyday",
        app="benchmark",
    )
    steps = [
        StepRecord(each.id, each.name, ("left", "right", None)[number % 3], 60_000, 60_000 - number, "done")
        for number, each in enumerate(exercises)
    ]
    return SessionRecord(opening, start + timedelta(minutes=20), True, tuple(steps))


def cold_ms(words: Sequence[str], environ: Mapping[str, str]) -> float:
    """Without anything that was kept of the history."""
    kept = Path(environ["HOME"]) / ".cache" / "hiproutine"
    shutil.rmtree(kept / "history", ignore_errors=True)
    (kept / "status").unlink(missing_ok=True)
    return ms(words, environ)


def measure(runs: int) -> None:
    with ExitStack() as homes:
        environs = []
        for years in YEARS:
            homes.enter_context(fresh_home())
            practise(years)
            environs.append(dict(os.environ))
        print(f"| above an empty history | empty | {' | '.join(f'{years} years' for years in YEARS[1:])} |")
        print(f"|---|{'---|' * len(YEARS)}")
        _row("Today, first frame in plain lines", "ms", environs, runs, first_frame_ms)
        _row("Progress, from the key to its screen", "ms", environs, runs, progress_ms)
        for command in ("streak", "status", "stats"):
            _row(f"`{command}`", "ms", environs, runs, partial(ms, [command]))
            if command != "stats":  # of which nothing is kept
                _row(f"`{command}`, nothing kept yet", "ms", environs, runs, partial(cold_ms, [command]))
            _row(f"`{command}`, memory", "MB", environs, 3, partial(mb, [command]))


def _row(
    name: str,
    unit: str,
    environs: Sequence[Mapping[str, str]],
    runs: int,
    cost: Callable[[Mapping[str, str]], float],
) -> None:
    """Measures all histories in turn, once more than is counted, and prints the medians, and the least of each."""
    rounds = [[cost(environ) for environ in environs] for _ in range(runs + 1)][1:]
    columns = [(median(costs), min(costs)) for costs in zip(*rounds, strict=True)]
    empty = columns[0]
    cells = (f"{middle - empty[0]:+.0f} ({least - empty[1]:+.0f})" for middle, least in columns[1:])
    print(f"| {name}, {unit} | {empty[0]:.0f} ({empty[1]:.0f}) | {' | '.join(cells)} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9, help="runs of each, in turn (default: 9)")
    measure(parser.parse_args().runs)


if __name__ == "__main__":
    main()
