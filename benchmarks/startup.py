"""How long the start takes: the first frames beside that of a minimal Textual app, each screen, each quick command."""

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import NamedTuple

from terminal import HIPROUTINE, MINIMAL_APP, MINIMAL_TEXT, Terminal, fresh_home

from hiproutine import paths
from hiproutine.catalogue import cache
from hiproutine.clock import SystemClock
from hiproutine.coach import session
from hiproutine.history.records import closed
from hiproutine.history.store import Store
from hiproutine.practice import recording
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Manner

TODAY_TEXT = "Lying butterfly"
# Neither is among the plain lines that are painted first: both come with the real screen.
DOSE_TEXT = "2 × 30 s"
KEYS_TEXT = "Minutes"
# The key that opens a screen from Today, what only that screen says, and the beginning of its footer, if it has one.
SCREENS = {
    "library": ("l", "Type to search", "enter Card"),
    "a card": ("i", "Half-kneeling hip flexor stretch", "enter Do this now"),
    "progress": ("g", "nothing recorded", "enter Day"),
    "self-checks": ("C", "Hanging leg", "enter Choose"),
    "settings": (",", "Minutes a day", "←→ Change"),
    "sound": ("t", "Volume", "enter Play"),
    "choose": ("c", "Which routine today?", ""),
    "only today": ("m", "Only today", ""),
    "add": ("a", "Which one more today?", ""),
    "why": ("w", "Why this session", ""),
    "keys": ("?", "The whole card", ""),
    "practice": ("\r", "kneel on one knee", "space Pause"),
}


# ---- to the first frame ----


def first_frames(runs: int) -> None:
    """Prints when either app shows its first frame, started in turn, and the ratio within each pair."""
    with fresh_home():
        pairs = [
            (*shown(MINIMAL_APP, MINIMAL_TEXT), *shown(HIPROUTINE, TODAY_TEXT, DOSE_TEXT, KEYS_TEXT))
            for _ in range(runs + 1)
        ]
    del pairs[0]  # it compiled the modules and parsed the catalogue
    _say_heads("to the first frame, ms")
    _say_row("minimal Textual app, its line", [minimal for minimal, *_ in pairs])
    names = ("today's session in plain lines", "the first frame of its screen", "the footer of its screen")
    for number, name in enumerate(names, 1):
        _say_row(f"`hiproutine`, {name}", [pair[number] for pair in pairs])
    for number, name in enumerate(names, 1):
        _say_row(f"ratio within a pair, {name}", [pair[number] / pair[0] for pair in pairs], digits=2)


def shown(command: Sequence[str], *texts: str) -> tuple[float, ...]:
    """When each text is on the screen, in ms."""
    with Terminal(command) as terminal:
        for text in texts:
            terminal.watch_for(text)
        terminal.watch(0.05)  # to the end of the frame
        return tuple(1000 * terminal.first(text) for text in texts)


# ---- from screen to screen ----


def first_openings(runs: int) -> None:
    """Prints how long each screen takes, from its key on Today until it is there, each in a start of its own."""
    with fresh_home():
        shown(HIPROUTINE, KEYS_TEXT)
        rounds = [{name: opening(HIPROUTINE, *way) for name, way in SCREENS.items()} for _ in range(runs)]
    print()
    _say_heads("first opening, ms")
    for name in SCREENS:
        _say_row(name, [times[name] for times in rounds])


def opening(command: Sequence[str], key: str, text: str, footer: str) -> float:
    """From the key on Today until the text is on the screen, and the footer at its foot, in ms."""
    with Terminal(command) as terminal:
        terminal.watch_for(KEYS_TEXT)
        terminal.watch(0.5)  # until nothing of the start is left to do
        begin = terminal.now()
        terminal.send(key)
        terminal.watch(1.5)
        there = (
            at
            for at, lines in terminal.screens()
            if at > begin and footer in lines[-1] and any(text in line for line in lines)
        )
        return 1000 * (next(there) - begin)


# ---- commands ----


class Row(NamedTuple):
    """A command, where it runs, and whether a terminal or a pipe reads what it prints."""

    name: str
    command: Sequence[str]
    environ: Mapping[str, str]
    at_terminal: bool = False

    def ms(self) -> float:
        if self.at_terminal:
            with Terminal(self.command, rows=500) as terminal:  # where all of it fits, without a pager
                terminal.watch(10)
                assert terminal.exit_at is not None
                return 1000 * terminal.exit_at
        begin = time.perf_counter()
        subprocess.run(self.command, env=self.environ, stdout=subprocess.DEVNULL, check=True)
        return 1000 * (time.perf_counter() - begin)

    def processor_ms(self) -> float:
        """The time of the processor alone, which other work on it disturbs less."""
        before = _processor_ms()
        self.ms()
        return _processor_ms() - before


def _processor_ms() -> float:
    """What the programs started from here have used so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (used.ru_utime + used.ru_stime)


def commands(runs: int) -> None:
    """Prints how much longer than a bare interpreter each command takes, all of them in turn."""
    with fresh_home():
        practise_a_year()
        year = dict(os.environ)
        with fresh_home():
            empty = dict(os.environ)
            rows = [
                Row("`python -c pass`", [sys.executable, "-c", "pass"], empty),
                Row("`python -c pass`, at a terminal", [sys.executable, "-c", "pass"], empty, at_terminal=True),
                Row("`list`", [*HIPROUTINE, "list"], empty),
                Row("`list`, at a terminal", [*HIPROUTINE, "list"], empty, at_terminal=True),
                Row("`list --category mobility`", [*HIPROUTINE, "list", "--category", "mobility"], empty),
                Row("`streak`, no history", [*HIPROUTINE, "streak"], empty),
                Row("`streak`, a year of sessions", [*HIPROUTINE, "streak"], year),
                Row("`status`", [*HIPROUTINE, "status"], year),
                Row("`completion --words exercise`", [*HIPROUTINE, "completion", "--words", "exercise"], empty),
                Row("`today`", [*HIPROUTINE, "today"], empty),
                Row("`rehearse four-everyday`", [*HIPROUTINE, "rehearse", "four-everyday"], empty),
            ]
            rounds = [[row.ms() for row in rows] for _ in range(runs + 1)][1:]
            used = [[row.processor_ms() for row in rows] for _ in range(runs)]
    _say_commands("ms", rows, rounds)
    _say_commands("ms of the processor", rows, used)


def _say_commands(what: str, rows: Sequence[Row], rounds: Sequence[Sequence[float]]) -> None:
    print()
    _say_heads(f"command, {what}")
    _say_row(rows[0].name, [times[0] for times in rounds])
    _say_row(rows[1].name, [times[1] for times in rounds])
    print("\nAnd above the bare interpreter of the same round:\n")
    _say_heads(f"command, {what} above")
    for number, row in enumerate(rows[2:], 2):
        _say_row(row.name, [times[number] - times[row.at_terminal] for times in rounds])


class _DaysAgo(SystemClock):
    """The computer's clocks some days ago."""

    def __init__(self, days: int) -> None:
        self._back = timedelta(days=days)

    def now(self) -> datetime:
        return super().now() - self._back


def practise_a_year() -> None:
    """Fills the history of this home: today's session on each of the last 365 days."""
    where = paths.find()
    plan = session.find(cache.load(where.catalogue, None).catalogue, None)
    line = compile_session(plan, Manner())
    steps = [step._replace(held_ms=step.planned_ms, end="done") for step in recording.planned(line)]
    store = Store(where.data / "history", where.state)
    for ago in range(365):
        opening = recording.opening(plan, _DaysAgo(ago), "benchmark")
        store.write(closed(opening, opening.start + timedelta(milliseconds=line.total_ms), steps))


def _say_heads(what: str) -> None:
    print(f"| {what} | median | min | max |\n|---|---|---|---|")


def _say_row(name: str, values: Sequence[float], digits: int = 0) -> None:
    print(f"| {name} | {median(values):.{digits}f} | {min(values):.{digits}f} | {max(values):.{digits}f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=15, help="starts of either app (default: 15; 0: none)")
    parser.add_argument("--openings", type=int, default=11, help="rounds of the other screens (default: 11; 0: none)")
    parser.add_argument("--commands", type=int, default=21, help="rounds of the commands (default: 21; 0: none)")
    args = parser.parse_args()
    if args.frames:
        first_frames(args.frames)
    if args.openings:
        first_openings(args.openings)
    if args.commands:
        commands(args.commands)


if __name__ == "__main__":
    main()
