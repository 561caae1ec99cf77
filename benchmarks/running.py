"""What a hold and a moving figure cost: processor, bytes to the terminal, wake-ups; and an idle minimal app."""

import argparse
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from terminal import HIPROUTINE, MINIMAL_APP, MINIMAL_TEXT, PRACTISING_TEXT, WORKING_TEXT, Terminal, fresh_home

SIZES = ((80, 24), (200, 50))
HOLD_S = 30  # the first hold of the session; each `+` makes it 10 s longer
SETTLE_S = 3


class Cost(NamedTuple):
    """Per second, the processor in percent of a core."""

    cpu: float
    bytes_written: float
    wakeups: float


def of_a_hold(columns: int, rows: int, seconds: int) -> Cost:
    """The cost of the first hold of a session, made long enough."""
    with Terminal([*HIPROUTINE, "start", "four-everyday"], columns, rows) as terminal:
        terminal.watch_for(PRACTISING_TEXT)
        terminal.send("n")
        terminal.watch_for(WORKING_TEXT)
        longer_s = seconds + 3 * SETTLE_S - HOLD_S
        terminal.send("+" * max(0, -(-longer_s // 10)))
        return _cost(terminal, seconds)


FLOW = "glute-ball-release"
"""Its figure goes there and back for 60 s, after 25 s to get ready."""


def of_a_moving_figure(columns: int, rows: int, seconds: int) -> Cost:
    """The cost of a movement whose pictures are drawn, at 4 frames a second; of 50 s at most."""
    with Terminal([*HIPROUTINE, "start", FLOW, "--anyway"], columns, rows) as terminal:
        terminal.watch_for(PRACTISING_TEXT)
        terminal.watch(SETTLE_S)
        terminal.send("n")
        terminal.watch_for(WORKING_TEXT)
        return _cost(terminal, min(seconds, 50))


def of_getting_ready(columns: int, rows: int, _: int) -> Cost:
    """The cost of 20 s to get ready from their start, with all the drawing."""
    with Terminal([*HIPROUTINE, "start", FLOW, "--anyway"], columns, rows) as terminal:
        terminal.watch_for(PRACTISING_TEXT)
        return _cost(terminal, 20, settle_s=0.3)


def of_an_idle_app(columns: int, rows: int, seconds: int) -> Cost:
    with Terminal(MINIMAL_APP, columns, rows) as terminal:
        terminal.watch_for(MINIMAL_TEXT)
        return _cost(terminal, seconds)


def _cost(terminal: Terminal, seconds: int, settle_s: float = SETTLE_S) -> Cost:
    terminal.watch(settle_s)
    begin, cpu_s, wakeups = terminal.now(), terminal.cpu_s(), terminal.wakeups()
    terminal.watch(seconds)
    took = terminal.now() - begin
    return Cost(
        100 * (terminal.cpu_s() - cpu_s) / took,
        terminal.bytes_written(begin) / took,
        (terminal.wakeups() - wakeups) / took,
    )


def _say(name: str, costs: Sequence[Cost]) -> None:
    cpu = [cost.cpu for cost in costs]
    written, wakeups = median(cost.bytes_written for cost in costs), median(cost.wakeups for cost in costs)
    print(f"| {name} | {median(cpu):.2f} | {min(cpu):.2f} | {max(cpu):.2f} | {written:.0f} | {wakeups:.1f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="how long each is watched (default: 60)")
    parser.add_argument("--rounds", type=int, default=3, help="how often, in turn (default: 3)")
    args = parser.parse_args()
    kinds = {
        "a hold": of_a_hold,
        "a figure that moves": of_a_moving_figure,
        "getting ready, with the drawing": of_getting_ready,
        "minimal Textual app, idle": of_an_idle_app,
    }
    costs: dict[str, list[Cost]] = {}
    with fresh_home():
        for _ in range(args.rounds):
            for columns, rows in SIZES:
                for name, measure in kinds.items():
                    costs.setdefault(f"{name}, {columns}x{rows}", []).append(measure(columns, rows, args.seconds))
    print("| | CPU %, median | min | max | bytes a second | wake-ups a second |\n|---|---|---|---|---|---|")
    for name, found in costs.items():
        _say(name, found)


if __name__ == "__main__":
    main()
