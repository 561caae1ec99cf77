"""What real pixels would cost: `PYTHONPATH=. python benchmarks/pixels.py`, with textual-image installed beside."""

import io
import subprocess
import sys
from itertools import pairwise
from statistics import median
from time import process_time
from unittest.mock import patch

from PIL import Image, ImageChops
from rich.console import Console
from textual_image.renderable import SixelImage, TGPImage

from hiproutine.figure.palette import palette
from hiproutine.figure.reels import shown
from hiproutine.figure.stage import Frame, Stage
from hiproutine.figure.stored import load
from hiproutine.paths import shipped

CELLS = 38, 14
"""The place of the figure at 80x24."""
CELL = 10, 20
"""Pixels of a cell, which is what textual-image supposes where there is no terminal to ask."""
FRAMES_A_SECOND = 4
IMPORTS = 11
TIMED = "import textual.app, textual.widget, time; t = time.process_time(); import {}; print(time.process_time() - t)"


def main() -> None:
    for module in ("PIL.Image", "textual_image.widget"):
        print(f"import {module} after textual: {median(imported(module) for _ in range(IMPORTS)):.1f} ms")
    text = (shipped() / "figures.json").read_text(encoding="utf-8")
    for name in sys.argv[1:] or ["glute-bridge"]:
        measure(text, name)


def imported(module: str) -> float:
    """Milliseconds of the processor; without a terminal, so that none is asked or waited for."""
    command = [sys.executable, "-c", TIMED.format(module)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True)
    return 1000 * float(done.stdout)


def measure(text: str, name: str) -> None:
    figure = load(text, name)
    assert figure
    (columns, rows), (wide, high) = CELLS, CELL
    stage = Stage(figure, columns * wide, rows * high // 2, palette(), a_side=1)
    started = process_time()
    stage.arrows(1.0)
    print(f"{name}: what its pictures share {1000 * (process_time() - started):.0f} ms")
    frames = shown(figure).frames
    drawn, longest = [], []
    images = {}
    for frame in dict.fromkeys(frames):
        images[frame], took, slice_ms = image_of(stage, frame)
        drawn.append(took)
        longest.append(slice_ms)
    print(f"  {len(images)} pictures, {len(frames)} frames; a picture {median(drawn):.0f} ms, worst {max(drawn):.0f};")
    print(f"  longest slice {median(longest):.1f} ms, worst {max(longest):.1f}")
    moved = [(a, b) for a, b in pairwise(images[frame] for frame in frames) if ImageChops.difference(a, b).getbbox()]
    kitty = median(sum(sent(TGPImage, image)) for _, image in moved)
    cells = median(sent(TGPImage, image)[1] for _, image in moved)
    sixel = median(sum(sent(SixelImage, image)) for _, image in moved)
    part = median(sixels_of_change(a, b) for a, b in moved)
    for what, count in (("kitty", kitty), ("sixel", sixel), ("sixel, what changed", part)):
        print(f"  {what}: {count / 1000:.1f} kB a frame, {FRAMES_A_SECOND * count / 1000:.0f} kB a second")
    print(f"  of kitty {cells / 1000:.1f} kB name the cells of the picture")


def image_of(stage: Stage, frame: Frame) -> tuple[Image.Image, float, float]:
    """The picture, the milliseconds that it took, and those of its longest slice."""
    took = longest = 0.0
    work = stage.picturing(frame)
    while True:
        started = process_time()
        try:
            next(work)
        except StopIteration as end:
            picture = end.value
            break
        finally:
            spent = 1000 * (process_time() - started)
            took, longest = took + spent, max(longest, spent)
    image = Image.new("RGB", (picture.wide, picture.high))
    image.putdata(picture.colours)
    return image, took, longest


def sent(kind: type, image: Image.Image, cells: tuple[int, int] = CELLS) -> tuple[int, int]:
    """The bytes of an image beside the console, as kitty's are, and on it."""
    columns, rows = cells
    beside, on = io.StringIO(), io.StringIO()
    console = Console(file=on, force_terminal=True, color_system="truecolor", width=columns, height=rows)
    with patch.object(sys, "__stdout__", beside):
        console.print(kind(image, columns, rows), end="")
    return len(beside.getvalue().encode()), len(on.getvalue().encode())


def sixels_of_change(before: Image.Image, after: Image.Image) -> int:
    """The bytes of the cells that hold every change."""
    box = ImageChops.difference(before, after).getbbox()
    assert box
    (wide, high), (left, top, right, low) = CELL, box
    left, top, right, low = left // wide, top // high, -(-right // wide), -(-low // high)
    part = after.crop((left * wide, top * high, right * wide, low * high))
    return sum(sent(SixelImage, part, (right - left, low - top)))


if __name__ == "__main__":
    main()
