"""How long the pictures of a figure take: `PYTHONPATH=. python benchmarks/figure.py`. Times are of the processor."""

import sys
from itertools import groupby, pairwise
from statistics import median
from time import process_time

from hiproutine.figure.cells import Run, ansi, cells
from hiproutine.figure.frames import tour
from hiproutine.figure.palette import palette
from hiproutine.figure.stage import Frame, Stage
from hiproutine.figure.stored import load, loads
from hiproutine.paths import shipped

SIZES = ((30, 9), (44, 13), (60, 18), (112, 30), (200, 50))
SHARES = (0.0, 0.4, 0.7, 1.0)
EVERY = 5


def main() -> None:
    text = (shipped() / "figures.json").read_text(encoding="utf-8")
    figures = [each.figure for each in loads(text).values()][::EVERY]
    print(f"{len(figures)} figures, {len(SHARES)} pictures each; Python {sys.version.split()[0]}")
    colours = palette()
    for a_side in (2, 1):
        for columns, rows in SIZES:
            drawn, staged, sliced, kept, changed = [], [], [], [], []
            for figure in figures:
                started = process_time()
                stage = Stage(figure, columns, rows, colours, a_side=a_side)
                assert stage.arrows is not None
                staged.append(process_time() - started)
                for share in SHARES:
                    started = process_time()
                    picture = stage.picture(share)
                    cells(picture, colours)
                    drawn.append(process_time() - started)
                sliced.append(longest_slice(stage))
                stage.lines(0.5)
                started = process_time()
                stage.lines(0.5)
                kept.append(process_time() - started)
                changed.append(bytes_changed(stage))
            print(
                f"{columns:3}x{rows:<2} {a_side} a side: frame {ms(median(drawn))} ms, worst {ms(max(drawn))};"
                f" kept {1000 * median(kept):.3f} ms; a stage {ms(median(staged))} ms;"
                f" longest slice {ms(median(sliced))}, worst {ms(max(sliced))} ms;"
                f" changed cells {median(changed) / 1000:.1f} kB a frame"
            )
    started = process_time()
    for _ in range(20):
        load(text, "side-plank")
    print(f"one figure out of {len(text) / 1000:.0f} kB: {ms((process_time() - started) / 20)} ms")


def ms(seconds: float) -> str:
    return f"{1000 * seconds:.1f}"


def longest_slice(stage: Stage) -> float:
    longest, work = 0.0, stage.drawing(Frame(0.3))
    while True:
        started = process_time()
        try:
            next(work)
        except StopIteration:
            return longest
        finally:
            longest = max(longest, process_time() - started)


def bytes_changed(stage: Stage) -> float:
    """What a frame of the movement sends on an average, at 4 a second: changed cells, and where they are."""
    shares = tour(stage.figure, 8)[:9]
    drawn = [[flat(line) for line in stage.lines(share)] for share in shares]
    steps = [sum(sent(a, b) for a, b in zip(one, two, strict=True)) for one, two in pairwise(drawn)]
    return sum(steps) / max(1, len(steps))


def flat(line: list[Run]) -> list[Run]:
    return [Run(mark, run.colour, run.behind) for run in line for mark in run.text]


def sent(before: list[Run], after: list[Run]) -> int:
    """The bytes of a line: a jump of 7 to each stretch of changed cells, and the cells."""
    count, changed = 0, [a != b for a, b in zip(before, after, strict=True)]
    for differs, group in groupby(range(len(after)), lambda i: changed[i]):
        if differs:
            count += 7 + len(ansi([[after[i] for i in group]]).encode())
    return count


if __name__ == "__main__":
    main()
