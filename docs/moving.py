"""Films a hold, the switch of side and the figure from the program itself, as one SVG: `python -m docs.moving`."""

import asyncio
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from rich.segment import Segment
from textual.app import App

from hiproutine.catalogue import cache
from hiproutine.coach.session import find
from hiproutine.paths import shipped
from tests.conftest import HandClock
from tests.screens import Desk

PICTURE = Path(__file__).parent / "practice-moving.svg"
TITLE = "Practice: a hold with its figure and seconds, then the switch to the other side"
PLAN = "half-kneeling-hip-flexor 1x18s"
SKIPPED_S, FILMED_S = 11, 34
"""Not filmed: the beginning of the time to get ready. Filmed: the rest of it, the hold, the switch, the other side."""
FRAMES_A_SECOND = 2
SIZE = 80, 24
_WIDE, _HIGH, _FONT, _BASE = 8.4, 18, 14, 14
# Blocks are drawn as quarters of a cell, since the fonts of browsers leave gaps: upper left, upper right, lower left,
# lower right.
_QUARTERS = {
    "█": "1111", "▀": "1100", "▄": "0011", "▌": "1010", "▐": "0101", "▘": "1000", "▝": "0100", "▖": "0010", "▗": "0001",
    "▛": "1110", "▜": "1101", "▙": "1011", "▟": "0111", "▚": "1001", "▞": "0110",
}  # fmt: skip


class Run(NamedTuple):
    """Cells of one look in a row."""

    at: int
    text: str
    front: str
    ground: str
    bold: bool


Row = tuple[Run, ...]


async def film() -> list[list[Row]]:
    """Return the rows of each frame."""
    desk = Desk(Path(tempfile.mkdtemp()), cache.load(shipped(), None).catalogue, HandClock())
    app = desk.app(find(desk.catalogue, PLAN))
    frames = []
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await desk.turn(pilot, SKIPPED_S)
        for _ in range(FILMED_S * FRAMES_A_SECOND):
            await desk.turn(pilot, 1 / FRAMES_A_SECOND)
            frames.append(rows_of(app))
    return frames


def rows_of(app: App[None]) -> list[Row]:
    """Return what is on the screen."""
    return [tuple(_runs(list(strip))) for strip in app.screen._compositor.render_strips()]


def _runs(segments: list[Segment]) -> Iterator[Run]:
    at = 0
    for text, style, _ in segments:
        front, ground = (_hex(colour) for colour in (style and style.color, style and style.bgcolor))
        if style and style.reverse:
            front, ground = ground, front
        yield Run(at, text, front or "#e0e0e0", ground or "#121212", bool(style and style.bold))
        at += len(text)


def _hex(colour: object) -> str:
    triplet = getattr(colour, "triplet", None)
    return triplet.hex if triplet else ""


# ---- the film as SVG ----


def picture(frames: list[list[Row]], title: str) -> str:
    """Return the film: each row that there ever is once, shown while it is there; still where motion is not wanted."""
    whole_s = len(frames) / FRAMES_A_SECOND
    ground = Counter(run.ground for row in frames[0] for run in row for _ in run.text).most_common(1)[0][0]
    rows, rules = [], []
    for number in range(len(frames[0])):
        seen: dict[Row, list[int]] = {}
        for at, frame in enumerate(frames):
            seen.setdefault(frame[number], []).append(at)
        for row, there in seen.items():
            drawn = "".join(_parts(row, number, ground))
            if len(there) == len(frames):
                rows.append(drawn)
            elif drawn:
                name = f"r{len(rules)}"
                rules.append(_rule(name, there, len(frames)))
                rows.append(f'<g class="{name}">{drawn}</g>')
    width, height = sum(len(run.text) for run in frames[0][0]) * _WIDE, len(frames[0]) * _HIGH
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img">',
            f"<title>{escape(title)}</title>",
            f"<style>text{{font:{_FONT}px 'DejaVu Sans Mono',Menlo,Consolas,monospace;white-space:pre}}",
            # Boxes and blocks count in half cells.
            f"path{{shape-rendering:crispEdges;transform:scale({_WIDE / 2:g},{_HIGH / 2:g})}}",
            f"g{{animation:{whole_s:g}s step-end infinite}}",
            *rules,
            "@media(prefers-reduced-motion:reduce){g{animation:none!important}}</style>",
            f'<rect width="100%" height="100%" fill="{ground}"/>',
            *rows,
            "</svg>\n",
        )
    )


def _rule(name: str, there: list[int], count: int) -> str:
    """When a row is shown, as a step animation; what stays without it is one frame."""
    steps, before = "", None
    for at in range(count):
        shown = _VISIBLE[at in there]
        steps += f"{100 * at / count:.4g}%{{visibility:{shown}}}" * (shown != before)
        before = shown
    return f".{name}{{visibility:{_VISIBLE[_STILL in there]};animation-name:{name}}}@keyframes {name}{{{steps}}}"


_VISIBLE = ("hidden", "visible")
_STILL = (15 - SKIPPED_S + 4) * FRAMES_A_SECOND
"""The frame to see where nothing moves: some seconds into the hold."""


def _parts(row: Row, number: int, ground: str) -> Iterator[str]:
    """The boxes behind a row, its blocks, and its words; what has the colour of the picture's ground is omitted."""
    paths: dict[str, str] = {}
    for run in row:
        if run.ground != ground:
            paths[run.ground] = paths.get(run.ground, "") + _box(2 * run.at, 2 * number, 2 * len(run.text), 2)
    for run in row:
        for line in (0, 1):
            halves = "".join(_QUARTERS.get(char, "0000")[2 * line : 2 * line + 2] for char in run.text)
            for block in re.finditer("1+", halves):
                box = _box(2 * run.at + block.start(), 2 * number + line, len(block[0]), 1)
                paths[run.front] = paths.get(run.front, "") + box
    for fill, path in paths.items():
        yield f'<path fill="{fill}" d="{path}"/>'
    for run in row:
        text = "".join(" " if char in _QUARTERS else char for char in run.text)
        for words in re.finditer(r"\S(?: ?\S)*", text):
            x, length = (run.at + words.start()) * _WIDE, len(words[0]) * _WIDE
            bold = ' font-weight="bold"' if run.bold else ""
            yield (
                f'<text x="{x:g}" y="{number * _HIGH + _BASE}" textLength="{length:g}" fill="{run.front}"{bold}>'
                f"{escape(words[0])}</text>"
            )


def _box(x: int, y: int, wide: int, high: int) -> str:
    return f"M{x} {y}h{wide}v{high}h-{wide}z"


if __name__ == "__main__":
    PICTURE.write_text(picture(asyncio.run(film()), TITLE), encoding="utf-8")
