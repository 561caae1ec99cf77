"""Letters and digits drawn as strokes in quadrants of cells, crisp at any of the heights that are listed.

A glyph is a few paths on a unit square; a vertex that ends with ROUND is a rounded corner. Straight strokes snap to
half rows and half columns.
"""

import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

Vertex = tuple[float, ...]
Path = tuple[Vertex, ...]
Quadrants = set[tuple[int, int]]

HEIGHTS = (2.5, 3.5, 5, 6, 7, 8.5, 9.5, 11, 12, 13, 14.5, 16.5)
"""In rows: those at which three strokes and two gaps come out even."""
NARROWING = (1.0, 0.9, 0.8)
"""Minimum narrowness of a text before its height is reduced."""
_STROKES = (1, 1, 2, 2, 2, 3, 3, 4, 4, 4, 5, 5)
"""The thickness of a stroke in half rows, a sixth of each of HEIGHTS."""
_WIDTH = 1.12
"""Of a letter, in columns for each row of its height."""
_QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
_ARC = 8
"""Straight pieces of a rounded corner."""
_TRIANGLES = "◀▶"

ROUND = r = 1
_BOX: Path = ((0, 0, r), (1, 0, r), (1, 1, r), (0, 1, r), (0, 0, r))
_GLYPHS: dict[str, tuple[float, tuple[Path, ...]]] = {
    "0": (1, (_BOX,)),
    "1": (0.8, (((0, 0), (0.5, 0), (0.5, 1)), ((0, 1), (1, 1)))),
    "2": (1, (((0, 0), (1, 0, r), (1, 0.5, r), (0, 0.5, r), (0, 1), (1, 1)),)),
    "3": (1, (((0, 0), (1, 0, r), (1, 0.5, r), (0.25, 0.5)), ((0.25, 0.5), (1, 0.5, r), (1, 1, r), (0, 1)))),
    "4": (1, (((0, 0), (0, 0.6), (1, 0.6)), ((1, 0), (1, 1)))),
    "5": (1, (((1, 0), (0, 0), (0, 0.5), (1, 0.5, r), (1, 1, r), (0, 1)),)),
    "6": (1, (((0.9, 0), (0, 0, r), (0, 1, r), (1, 1, r), (1, 0.5, r), (0, 0.5)),)),
    "7": (1, (((0, 0), (1, 0), (1, 0.22), (0.42, 1)),)),
    "8": (1, (((0, 0, r), (1, 0, r), (1, 0.5, r), (0, 0.5, r), (0, 0, r)),
              ((0, 0.5, r), (1, 0.5, r), (1, 1, r), (0, 1, r), (0, 0.5, r)))),
    "9": (1, (((1, 0.5), (0, 0.5, r), (0, 0, r), (1, 0, r), (1, 1, r), (0.1, 1)),)),
    "A": (1, (((0, 1), (0, 0, r), (1, 0, r), (1, 1)), ((0, 0.5), (1, 0.5)))),
    "B": (1, (((0, 0), (0.92, 0, r), (0.92, 0.5, r), (0, 0.5)), ((0, 0), (0, 1), (1, 1, r), (1, 0.5, r), (0, 0.5)))),
    "C": (0.92, (((1, 0), (0, 0, r), (0, 1, r), (1, 1)),)),
    "D": (1, (((0, 0), (1, 0, r), (1, 1, r), (0, 1), (0, 0)),)),
    "E": (0.88, (((1, 0), (0, 0), (0, 1), (1, 1)), ((0, 0.5), (0.86, 0.5)))),
    "F": (0.88, (((1, 0), (0, 0), (0, 1)), ((0, 0.5), (0.86, 0.5)))),
    "G": (1, (((1, 0), (0, 0, r), (0, 1, r), (1, 1, r), (1, 0.5), (0.58, 0.5)),)),
    "H": (1, (((0, 0), (0, 1)), ((1, 0), (1, 1)), ((0, 0.5), (1, 0.5)))),
    "I": (0, (((0, 0), (0, 1)),)),
    "J": (0.9, (((1, 0), (1, 1, r), (0, 1, r), (0, 0.75)),)),
    "K": (1, (((0, 0), (0, 1)), ((0, 0.5), (0.45, 0.5), (1, 0)), ((0.45, 0.5), (1, 1)))),
    "L": (0.88, (((0, 0), (0, 1), (1, 1)),)),
    "M": (1.35, (((0, 1), (0, 0), (0.5, 0.5), (1, 0), (1, 1)),)),
    "N": (1.1, (((0, 1), (0, 0), (1, 1), (1, 0)),)),
    "O": (1, (_BOX,)),
    "P": (1, (((0, 1), (0, 0), (1, 0, r), (1, 0.5, r), (0, 0.5)),)),
    "Q": (1, (_BOX, ((0.6, 0.7), (1, 1)))),
    "R": (1, (((0, 1), (0, 0), (1, 0, r), (1, 0.5, r), (0, 0.5)), ((0.5, 0.5), (1, 1)))),
    "S": (1, (((1, 0), (0, 0, r), (0, 0.5, r), (1, 0.5, r), (1, 1, r), (0, 1)),)),
    "T": (1, (((0, 0), (1, 0)), ((0.5, 0), (0.5, 1)))),
    "U": (1, (((0, 0), (0, 1, r), (1, 1, r), (1, 0)),)),
    "V": (1.1, (((0, 0), (0, 0.35), (0.5, 1), (1, 0.35), (1, 0)),)),
    "W": (1.35, (((0, 0), (0, 1), (0.5, 0.5), (1, 1), (1, 0)),)),
    "X": (1, (((0, 0), (1, 1)), ((1, 0), (0, 1)))),
    "Y": (1, (((0, 0), (0, 0.5, r), (1, 0.5, r), (1, 0)), ((0.5, 0.5), (0.5, 1)))),
    "Z": (1, (((0, 0), (1, 0), (0, 1), (1, 1)),)),
    "/": (0.7, (((1, 0), (0, 1)),)),
    "-": (0.6, (((0, 0.5), (1, 0.5)),)),
    ":": (0, (((0, 0.28), (0, 0.3)), ((0, 0.76), (0, 0.78)))),
    "?": (0.9, (((0, 0.18), (0, 0, r), (1, 0, r), (1, 0.5, r), (0.5, 0.5), (0.5, 0.7)), ((0.5, 1), (0.5, 1)))),
    "+": (0.9, (((0, 0.5), (1, 0.5)), ((0.5, 0.2), (0.5, 0.8)))),
}  # fmt: skip
"""The width of each, as a part of the usual one, and its paths."""
SPACES = " \N{NO-BREAK SPACE}"
DRAWN = frozenset({*_GLYPHS, *_TRIANGLES, *SPACES})
"""The characters that can be drawn."""


def stroke_of(rows: float) -> int:
    """The thickness of a stroke in half rows."""
    return _STROKES[HEIGHTS.index(rows)]


def columns(line: str, rows: float, narrow: float) -> Iterator[tuple[int, int]]:
    """Yield where each character of a line begins, and its width; a space needs no gap beside it."""
    gap, x = max(1, round(stroke_of(rows) * 0.8 * narrow)), 0
    for before, char in zip(f" {line}", line, strict=False):
        x += 0 if before in SPACES or char in SPACES else gap
        width = (_quadrants_of(char, rows, narrow) + 1) // 2
        yield x, width
        x += width


def width_of(line: str, rows: float, narrow: float) -> int:
    """The columns of a line."""
    return max((x + width for x, width in columns(line, rows, narrow)), default=0)


def fitting(lines: list[str], width: int, height: int) -> tuple[float, float] | None:
    """The greatest height, and how narrow, at which lines with a row between them fit; None if they do not at all."""
    for rows in reversed(HEIGHTS):
        if len(lines) * math.ceil(rows) + len(lines) - 1 <= height:
            for narrow in NARROWING:
                if all(width_of(line, rows, narrow) <= width for line in lines):
                    return rows, narrow
    return None


def largest(rows: float) -> float:
    """Return the greatest of HEIGHTS that fits the rows; the least if none does."""
    return max((each for each in HEIGHTS if each <= rows), default=HEIGHTS[0])


def _quadrants_of(char: str, rows: float, narrow: float) -> int:
    """The width of a character, in quadrants."""
    wide = 2 * stroke_of(rows)
    if char in SPACES:
        return 2 * wide
    if char in _TRIANGLES:
        return max(2, round(rows * 0.72) * 2)
    part = _GLYPHS[char][0]
    width = max(2 * wide + 2, 2 * round(rows * _WIDTH * part * narrow)) if part else wide
    # The middle stroke of these needs whole cells on both sides.
    return width - 2 if char in "TYVMW1" and width > 2 * wide + 2 and (width - wide) % 4 else width


def rows_of(line: str, rows: float, narrow: float = 1.0) -> list[str]:
    """Return the rows of a line, for a widget that paints them as text."""
    drawn = [""] * math.ceil(rows)
    for char, (start, _) in zip(line, columns(line, rows, narrow), strict=True):
        drawn = [f"{row:<{start}}{more}" for row, more in zip(drawn, cells(char, rows, narrow), strict=True)]
    return drawn


@lru_cache(maxsize=512)
def cells(char: str, rows: float, narrow: float) -> tuple[str, ...]:
    """The rows of a character."""
    width, halves = _quadrants_of(char, rows, narrow), round(rows * 2)
    on: Quadrants = set()
    if char in _TRIANGLES:
        on = _triangle(char, width, halves)
    elif char not in SPACES:
        wide = 2 * stroke_of(rows)  # a quadrant is half as wide as it is high
        for path in _GLYPHS[char][1]:
            at = [(_snap(v[0], width, wide, 1), _snap(v[1], 2 * halves, wide, 2), len(v) > 2) for v in path]
            on |= _under(at, path[0][:2] == path[-1][:2] and len(path[0]) > 2, wide, width, halves)
    return tuple(
        "".join(
            _QUADRANTS[sum(((2 * x + dx, 2 * y + dy) in on) << (dx + 2 * dy) for dy in (0, 1) for dx in (0, 1))]
            for x in range((width + 1) // 2)
        )
        for y in range((halves + 1) // 2)
    )


def _triangle(char: str, width: int, halves: int) -> Quadrants:
    """An arrow head of three quarters of the height."""
    high = halves - 2 * round(halves / 8)
    on: Quadrants = set()
    for y in range(halves):
        reach = width * (1 - abs(y + 0.5 - halves / 2) / (high / 2))
        on |= {(x if char == "▶" else width - 1 - x, y) for x in range(width) if x + 0.5 < reach}
    return on


def _snap(part: float, length: int, wide: int, step: int) -> float:
    """A coordinate at which a stroke begins on the edge of a quadrant."""
    return round(part * (length - wide) / step) * step + wide / 2


def _under(path: list[tuple[float, float, bool]], closed: bool, wide: int, width: int, halves: int) -> Quadrants:
    """The quadrants under a path."""
    half, radius = wide / 2, min(width, halves * 2) * 0.42
    boxes, lines = list[tuple[float, ...]](), list[tuple[float, ...]]()
    for (x0, y0, round0), (x1, y1, round1) in pairwise(path):
        length = math.hypot(x1 - x0, y1 - y0) or 1
        cut = min(radius, length / 2)
        ux, uy = (x1 - x0) / length, (y1 - y0) / length
        ax, ay, bx, by = x0 + ux * cut * round0, y0 + uy * cut * round0, x1 - ux * cut * round1, y1 - uy * cut * round1
        if x0 != x1 and y0 != y1:
            lines.append((ax, ay, bx, by))
            continue
        ax, ay = ax - ux * half * (not round0), ay - uy * half * (not round0)
        bx, by = bx + ux * half * (not round1), by + uy * half * (not round1)
        over_x, over_y = half * abs(uy), half * abs(ux)
        if ux == uy == 0:
            over_x = over_y = half
        boxes.append((min(ax, bx) - over_x, min(ay, by) - over_y, max(ax, bx) + over_x, max(ay, by) + over_y))
    corners = list(zip(path, path[1:], path[2:], strict=False)) + ([(path[-2], path[0], path[1])] if closed else [])
    for before, (x, y, rounded), after in corners:
        if rounded:
            lines += _arc(before[:2], (x, y), after[:2], radius)
    return {
        (qx, qy)
        for qy in range(halves)
        for qx in range(width)
        if any(x0 - 0.01 <= qx + 0.5 <= x1 + 0.01 and y0 - 0.01 <= qy * 2 + 1 <= y1 + 0.01 for x0, y0, x1, y1 in boxes)
        or any(_distance(qx + 0.5, qy * 2 + 1, line) <= half + 0.02 for line in lines)
    }


def _arc(
    before: tuple[float, float], corner: tuple[float, float], after: tuple[float, float], radius: float
) -> Iterator[tuple[float, ...]]:
    """The pieces of a corner: a superellipse between a quarter of a circle and the corner itself."""
    (x, y), ends = corner, list[tuple[float, float]]()
    for ox, oy in (before, after):
        length = math.hypot(ox - x, oy - y)
        if not length:
            return
        cut = min(radius, length / 2)
        ends.append((x + (ox - x) / length * cut, y + (oy - y) / length * cut))
    (sx, sy), (ex, ey) = ends
    last = ends[0]
    for step in range(1, _ARC + 1):
        t = step / _ARC
        middle = 2 * t * (1 - t)
        px = (1 - t) ** 2 * sx + middle * x + t**2 * ex
        py = (1 - t) ** 2 * sy + middle * y + t**2 * ey
        yield (*last, px, py)
        last = (px, py)


def _distance(x: float, y: float, line: tuple[float, ...]) -> float:
    x0, y0, x1, y1 = line
    dx, dy = x1 - x0, y1 - y0
    length = dx * dx + dy * dy
    t = max(0, min(1, ((x - x0) * dx + (y - y0) * dy) / length)) if length else 0
    return math.hypot(x - x0 - t * dx, y - y0 - t * dy)
