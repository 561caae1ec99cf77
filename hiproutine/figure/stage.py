"""A figure at one size in one set of colours; what all its pictures share is computed once."""

from collections.abc import Iterable, Sequence
from copy import copy
from enum import StrEnum
from itertools import chain, pairwise
from math import cos, dist, hypot, pi, radians, sin
from typing import NamedTuple

from hiproutine.figure.cells import Run, lines_of
from hiproutine.figure.frames import body_at, end_of
from hiproutine.figure.model import WAYS, Figure, Push
from hiproutine.figure.palette import Palette
from hiproutine.figure.raster import Overlay, Picture, Scene, Slices, finished, mat_under, narrowed, pixels, taking
from hiproutine.figure.samples import Samples
from hiproutine.figure.skeleton import Body, Vector, between, point, reach, stand
from hiproutine.figure.skin import ROLE
from hiproutine.figure.view import View, Window, shapes, view, window

Spot = tuple[float, float]
_GHOST_FROM = 0.3
_FEWEST, _FEWEST_OF_A_PUSH = 400, 150
"""Minimum number of cells for the arrow of a movement, or of an effort."""


_LINES = 8
"""Lines of cells in one slice of work."""


class Sign(StrEnum):
    """Meaning of an arrow: the direction of the movement or of the effort, or its opposite."""

    WAY = "way"
    WAY_BACK = "way back"
    PUSH = "push"
    PULL = "pull"


BOTH = frozenset({Sign.WAY, Sign.PUSH})
"""Signs of a single picture."""


class Frame(NamedTuple):
    """One of the pictures of a figure: how far along its way, with which signs, and how wide while it turns round.

    A width below 0 is the picture seen in a mirror, which is that of the other side.
    """

    share: float
    signs: frozenset[Sign] = BOTH
    width: float = 1.0


class Stage:
    """Pictures of a figure at any share of its movement. `only_end`: as large as the end position allows."""

    def __init__(
        self,
        figure: Figure,
        columns: int,
        rows: int,
        colours: Palette,
        *,
        a_side: int = 2,
        only_end: bool = False,
        arrows: bool = True,
        ghost: bool = True,
    ) -> None:
        self.figure, self.columns, self.colours, self.a_side = figure, columns, colours, a_side
        bodies = [stand(figure.face, pose) for pose in figure.key_poses]
        self.mat = mat_under(bodies)
        self.view = view(figure.camera, window_of(figure, only_end=only_end), columns * a_side, rows * 2 * a_side)
        moves = ghost and figure.keys > 1 and figure.path != "circle"
        self._ghost_of = bodies[0] if moves and not only_end and not figure.close_up else None
        self._arrows = arrows
        self._cells = columns * rows
        self._shared: _Shared | None = None
        self._kept: dict[tuple[Frame, str], list[list[Run]]] = {}

    def in_colours(self, colours: Palette) -> "Stage":
        """Return the same stage in other colours; what does not depend on them is shared."""
        other = copy(self)
        other.colours, other._kept = colours, {}  # noqa: SLF001 -- of its own kind
        return other

    def arrows(self, share: float) -> "list[Arrow]":
        """The arrows of a picture: the way of the movement, and the efforts there."""
        shared = finished(self._sharing())
        return [*shared.ways, *self._efforts(share, shared.sides)]

    def _sharing(self) -> "Slices[_Shared]":
        """Return what all pictures share, chosen at the end position."""
        if self._shared is None:
            ghost: list[int] = []
            if self._ghost_of:
                ghost = yield from _silhouette(self._ghost_of, self.view)
            ways: list[Arrow] = []
            sides: list[int] = []
            if self._arrows and self._cells >= _FEWEST_OF_A_PUSH:
                end = body_at(self.figure, end_of(self.figure))
                taken = yield from taking(self._scene(end), self.view, self.columns)
                if self._cells >= _FEWEST:
                    ways = yield from _ways(self.figure, self.view, taken, end, self._size_of_arrows)
                for push in self.figure.push:
                    lines = self._lines_of(push, end)
                    sides.append(min(range(len(lines)), key=lambda n: _covers(lines[n], taken)))
                    yield
            self._shared = _Shared(ghost, ways, sides)
        return self._shared

    @property
    def _size_of_arrows(self) -> float:
        return max(2.7 * self.a_side, self.view.wide / 26)

    def _efforts(self, share: float, sides: Sequence[int]) -> "list[Arrow]":
        """The arrows of the efforts at a share of the way: each goes with its limb, on the side that was chosen."""
        if not self.figure.presses_at(share):
            return []
        body = body_at(self.figure, share)
        lines = [self._lines_of(push, body)[side] for push, side in zip(self.figure.push, sides, strict=False)]
        return [Arrow(line, "push", self._size_of_arrows) for line in lines if line]

    def _lines_of(self, push: Push, body: Body) -> list[list[Spot]]:
        """Return where the arrow of an effort may be; both lines touch the limb, however long they have to be."""
        away, against = (_fine([self.view.at(start), self.view.at(to)]) for start, to in _pushed(body, push))
        size = self._size_of_arrows
        return [_readable(away, size, 1.6), _readable(against[::-1], size, 1.6)[::-1]]

    def _scene(self, body: Body) -> Scene:
        figure = self.figure
        ends = ((a, point(body, b) if isinstance(b, str) else b) for a, b in figure.straps)
        lines = [(point(body, start), end) for start, end in ends]
        balls = [(between(point(body, a), point(body, b), 0.5), radius) for _, a, b, radius in figure.held]
        return Scene(body, figure.show, figure.blocks, balls, lines, self.mat)

    def picture(self, share: float) -> Picture:
        """The figure at a share of its way, from 0 to 1."""
        return finished(self.picturing(Frame(share)))

    def picturing(self, frame: Frame) -> Slices[Picture]:
        """Draw a picture in slices."""
        shared = yield from self._sharing()
        body = body_at(self.figure, frame.share)
        scene = self._scene(body)
        samples = yield from taking(scene, self.view, self.columns)
        over = bytearray(len(samples.what))
        for arrow in (*shared.ways, *self._efforts(frame.share, shared.sides)):
            if drawn := arrow.with_signs(frame.signs):
                drawn.draw(samples, over, self.a_side)
        seen = shared.ghost if frame.share > _GHOST_FROM and Sign.WAY in frame.signs else []
        picture = yield from pixels(samples, scene, self.colours, self.a_side, Overlay(seen, over))
        return narrowed(picture, frame.width, self.colours.colours["background"])

    def lines(self, share: float, depth: str = "true") -> list[list[Run]]:
        """Return the cells of a picture; cached."""
        return finished(self.drawing(Frame(share), depth))

    def drawing(self, frame: Frame, depth: str = "true") -> Slices[list[list[Run]]]:
        """Draw any frame in slices; cached."""
        if (frame, depth) not in self._kept:
            picture = yield from self.picturing(frame)
            lines: list[list[Run]] = []
            for line in lines_of(picture, self.colours, depth):
                if len(lines) % _LINES == 0:
                    yield
                lines.append(line)
            self._kept[frame, depth] = lines
        return self._kept[frame, depth]

    def kept(self, frame: Frame, depth: str = "true") -> list[list[Run]] | None:
        """Return the cells of a frame from the cache; None if it was not drawn."""
        return self._kept.get((frame, depth))


def window_of(figure: Figure, *, only_end: bool = False) -> Window:
    """Return the window that a figure needs, with its efforts."""
    keys = figure.key_poses[-1:] if only_end and figure.path != "circle" else figure.key_poses
    bodies = [stand(figure.face, pose) for pose in keys]
    pressing = bodies if figure.presses_at(0.0) else [body_at(figure, end_of(figure))]
    away = [_farthest(body, push) for body in pressing for push in figure.push]
    return window(bodies, figure.camera, figure.blocks, figure.close_up, away)


def _farthest(body: Body, push: Push) -> Vector:
    """The end of an arrow of an effort that is farthest from the body."""
    return max(chain(*_pushed(body, push)), key=lambda at: dist(at, body.points["pelvis"]))


def fitting(figure: Figure, columns: int, rows: int) -> tuple[int, int]:
    """Return the columns and rows that a figure fills of those available: narrow if it stands, low if it lies."""
    seen = window_of(figure)
    scale = min(columns / seen.wide, rows * 2 / seen.high)
    return max(1, min(columns, round(seen.wide * scale + 0.5))), max(1, min(rows, round(seen.high * scale / 2 + 0.5)))


class Arrow:
    """A line of spots with a head at its end, in samples; in space it is hidden behind the body."""

    def __init__(self, spots: list[Spot], role: str, size: float, depths: list[float] | None = None) -> None:
        self.spots, self.role_name, self.size, self.depths = spots, role, size, depths

    def with_signs(self, signs: frozenset[Sign]) -> "Arrow | None":
        """Return the arrow or its opposite, as the signs ask; None if they ask for neither."""
        there, back = (Sign.PUSH, Sign.PULL) if self.role_name == "push" else (Sign.WAY, Sign.WAY_BACK)
        if there in signs:
            return self
        if back not in signs:
            return None
        return Arrow(self.spots[::-1], self.role_name, self.size, self.depths and self.depths[::-1])

    def draw(self, samples: Samples, over: bytearray, a_side: int) -> None:
        end = self.spots[-1]
        shaft = [n for n, spot in enumerate(self.spots) if hypot(spot[0] - end[0], spot[1] - end[1]) > 0.8 * self.size]
        small = self.size < _SMALL * a_side
        radius = 0.5 * a_side if small else max(0.13 * self.size, 0.8)
        dots = [(*self.spots[n], radius, n) for n in shaft]
        if small:
            dots = [((int(x / a_side) + 0.5) * a_side, (int(y / a_side) + 0.5) * a_side, r, n) for x, y, r, n in dots]
            dots += [(x, y, radius, len(self.spots) - 1) for x, y in _small_head(self.spots, self.size, a_side)]
        else:
            dots += [(x, y, 0.8, len(self.spots) - 1) for x, y in _head(self.spots, self.size)]
        for each in dots:
            self._dot(samples, over, each)

    def _dot(self, samples: Samples, over: bytearray, dot: tuple[float, float, float, int]) -> None:
        x, y, radius, number = dot
        wide, high, role = samples.view.wide, samples.view.high, ROLE[self.role_name]
        for j in range(max(0, int(y - radius)), min(high, int(y + radius - 1e-9) + 1)):
            for i in range(max(0, int(x - radius)), min(wide, int(x + radius - 1e-9) + 1)):
                if not self.depths or samples.depth[j * wide + i] <= self.depths[number] + 0.05:
                    over[j * wide + i] = role


_SMALL = 3.5
"""Smaller heads are drawn in whole pixels, in one of eight directions."""


def _small_head(spots: list[Spot], size: float, a_side: int) -> Iterable[Spot]:
    """The middles of the pixels of a head of three rows."""
    (x1, y1), (ux, uy) = spots[-1], _way_at_the_end(spots, size)
    tip = int(x1 / a_side), int(y1 / a_side)
    dx, dy = round(ux * 1.3), round(uy * 1.3)
    for back in range(3):
        for side in range(-back, back + 1):
            if dx and dy:  # a corner, of as many pixels
                if side < 0:
                    continue
                i, j = tip[0] - dx * side, tip[1] - dy * (back - side)
            else:
                i, j = tip[0] - dx * back + dy * side, tip[1] - dy * back + dx * side
            yield (i + 0.5) * a_side, (j + 0.5) * a_side


def _way_at_the_end(spots: list[Spot], size: float) -> Spot:
    """Return where the end of a line points, of length 1."""
    x1, y1 = spots[-1]
    x0, y0 = next((spot for spot in reversed(spots) if hypot(spot[0] - x1, spot[1] - y1) >= size), spots[0])
    long = hypot(x1 - x0, y1 - y0) or 1.0
    return (x1 - x0) / long, (y1 - y0) / long


def _head(spots: list[Spot], size: float) -> Iterable[Spot]:
    """A filled triangle at the end of a line."""
    (x1, y1), (ux, uy) = spots[-1], _way_at_the_end(spots, size)
    steps = int(size * 2)
    for step in range(steps + 1):
        back = size * step / steps
        for side in range(-step, step + 1):
            out = 0.62 * size * side / steps
            yield x1 - back * ux + out * uy, y1 - back * uy - out * ux


def _silhouette(body: Body, seen: View) -> Slices[list[int]]:
    """Return the outline of the body without the things around it, a little thinner than it is drawn."""
    samples = Samples(seen)
    for shape in shapes(body, 0.92):
        yield from samples.draw(shape, 0)
        yield
    return samples.what


class _Shared(NamedTuple):
    """Values shared by all pictures of a stage: the body's start, the arrows of the way, and on which side
    of its limb the arrow of each effort is."""

    ghost: list[int]
    ways: list[Arrow]
    sides: list[int]


def _ways(figure: Figure, seen: View, samples: Samples, end: Body, size: float) -> Slices[list[Arrow]]:
    """The arrow of the movement, if it is far enough to be seen."""
    path = _path(figure, end)
    if not path:
        return []
    spots = _fine([seen.at(at) for at in path])
    if figure.path == "circle" or figure.swing:
        depths = _fine_depths([seen.at(at) for at in path], [seen.depth(at) for at in path])
        return [Arrow(spots, "arrow", size, depths)]
    readable = _readable(spots, size)
    return [Arrow((yield from _moved_aside(readable, size, samples)), "arrow", size)] if readable else []


def _pushed(body: Body, push: Push) -> tuple[tuple[Vector, Vector], ...]:
    """Return where the arrow of an effort may be: from the limb on, or from the other side against it."""
    way, at = WAYS[push.way], point(body, push.point)
    skin = reach(body, push.point, way)
    return tuple((_along(at, way, start), _along(at, way, start + 0.22)) for start in (skin * 0.4, -skin - 0.23))


def _along(at: Vector, way: Vector, metres: float) -> Vector:
    return at[0] + way[0] * metres, at[1] + way[1] * metres, at[2] + way[2] * metres


def _path(figure: Figure, end: Body) -> list[Vector]:
    """Return where the point of the arrow goes; nowhere if it stays."""
    if figure.swing:
        about, radius, first, last = figure.swing
        frame = end.frames["pelvis"]
        turns = [radians(first + (last - first) * step / 12) for step in range(13)]
        at = point(end, about)
        return [
            (
                at[0] + radius * (cos(turn) * frame[0][0] + sin(turn) * frame[0][1]),
                at[1] + radius * (cos(turn) * frame[1][0] + sin(turn) * frame[1][1]),
                at[2] + radius * (cos(turn) * frame[2][0] + sin(turn) * frame[2][1]),
            )
            for turn in turns
        ]
    if not figure.arrow:
        return []
    steps = 4 * figure.keys if figure.path == "circle" else 8
    reach_ = 1.0 if figure.path == "circle" or figure.keys <= 3 else 1 / (figure.keys - 1)
    upto = steps - 1 if figure.path == "circle" else steps
    return [point(body_at(figure, reach_ * step / steps), figure.arrow) for step in range(upto + 1)]


def _fine(spots: list[Spot]) -> list[Spot]:
    """The same line with a spot at every half sample."""
    found: list[Spot] = []
    for (x0, y0), (x1, y1) in pairwise(spots):
        count = int(max(abs(x1 - x0), abs(y1 - y0)) * 2) + 1
        found += [(x0 + (x1 - x0) * step / count, y0 + (y1 - y0) * step / count) for step in range(count)]
    return [*found, spots[-1]]


def _fine_depths(spots: list[Spot], depths: list[float]) -> list[float]:
    found: list[float] = []
    for (a, b), (c, d) in zip(pairwise(spots), pairwise(depths), strict=True):
        count = int(max(abs(b[0] - a[0]), abs(b[1] - a[1])) * 2) + 1
        found += [c + (d - c) * step / count for step in range(count)]
    return [*found, depths[-1]]


def _readable(spots: list[Spot], size: float, least: float = 2.2) -> list[Spot]:
    """A line too short to be read becomes a straight one that is not; none that hardly moves."""
    (x0, y0), (x1, y1) = spots[0], spots[-1]
    along = sum(hypot(c - a, d - b) for (a, b), (c, d) in pairwise(spots))
    straight = hypot(x1 - x0, y1 - y0)
    wanted = least * size
    if along >= wanted:
        return spots
    if straight < 0.1 * wanted:
        return []
    share = wanted / straight
    return _fine([(x0, y0), (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share)])


def _covers(spots: list[Spot], samples: Samples) -> float:
    """The share of a line that lies on something, or outside the picture; more than all of one that is not seen."""
    wide, high = samples.view.wide, samples.view.high
    inside = [(int(x), int(y)) for x, y in spots if 0 <= x < wide and 0 <= y < high]
    if not spots:
        return 2.0
    free = sum(samples.names[samples.what[j * wide + i]] in ("", "wall") for i, j in inside)
    return 1 - free / len(spots)


def _moved_aside(spots: list[Spot], size: float, samples: Samples) -> Slices[list[Spot]]:
    """The arrow where it covers little of the body: the nearest such place, chosen once."""
    wide, high = samples.view.wide, samples.view.high
    every = [*spots, *_head(spots, size)][::3]
    names = samples.names
    best: tuple[float, float, float] | None = None
    rings = int(high * 0.45 / 2)
    for ring in range(rings):
        for way in range(12 if ring else 1):
            dx, dy = round(2 * ring * cos(way * pi / 6)), round(2 * ring * sin(way * pi / 6))
            cost = 0.55 * ring
            for x, y in every:
                i, j = int(x + dx), int(y + dy)
                if not (2 <= i < wide - 2 and 2 <= j < high - 2):
                    cost += 200 / len(every)
                elif names[samples.what[j * wide + i]] not in ("", "wall"):
                    cost += 60 / len(every)
            if best is None or cost < best[0] - 1e-9:
                best = cost, dx, dy
        yield
        if best and best[0] < 0.55 * ring:
            break
    assert best
    return [(x + best[1], y + best[2]) for x, y in spots]
