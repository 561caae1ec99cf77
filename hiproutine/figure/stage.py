"""One figure at one size in one set of colours: what all its pictures share is worked out once."""

from collections.abc import Iterable
from itertools import pairwise
from math import cos, hypot, pi, radians, sin

from hiproutine.figure.cells import Run, cells
from hiproutine.figure.frames import body_at, end_of
from hiproutine.figure.model import WAYS, Figure
from hiproutine.figure.palette import Palette
from hiproutine.figure.raster import Overlay, Picture, Scene, Slices, finished, mat_under, pixels, taking
from hiproutine.figure.samples import Samples
from hiproutine.figure.skeleton import Body, Vector, between, point, reach, stand
from hiproutine.figure.skin import ROLE
from hiproutine.figure.view import View, Window, shapes, view, window

Spot = tuple[float, float]
_GHOST_FROM = 0.3
_FEWEST = 400
"""In fewer cells there is no room for arrows."""


class Stage:
    """Draws a figure at any share of its way. `only_end`: as large as the end position allows."""

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
        seen = window_of(figure, only_end=only_end)
        self.view = view(figure.camera, seen, columns * a_side, rows * 2 * a_side)
        end = body_at(figure, end_of(figure))
        moves = ghost and figure.keys > 1 and figure.path != "circle"
        self._ghost = _silhouette(bodies[0], self.view) if moves and not only_end and not figure.close_up else []
        self.arrows: list[Arrow] = []
        if arrows and columns * rows >= _FEWEST:
            taken = finished(taking(self._scene(end), self.view, columns))
            self.arrows = _arrows(figure, self.view, taken, end, a_side)
        self._kept: dict[tuple[float, str], list[list[Run]]] = {}

    def _scene(self, body: Body) -> Scene:
        figure = self.figure
        ends = ((a, point(body, b) if isinstance(b, str) else b) for a, b in figure.straps)
        lines = [(point(body, start), end) for start, end in ends]
        balls = [(between(point(body, a), point(body, b), 0.5), radius) for _, a, b, radius in figure.held]
        return Scene(body, figure.show, figure.blocks, balls, lines, self.mat)

    def picture(self, share: float) -> Picture:
        """The figure at a share of its way, from 0 to 1."""
        return finished(self.picturing(share))

    def picturing(self, share: float) -> Slices[Picture]:
        """The same with pauses."""
        body = body_at(self.figure, share)
        samples = yield from taking(self._scene(body), self.view, self.columns)
        over = bytearray(len(samples.what))
        for arrow in self.arrows:
            arrow.draw(samples, over, self.a_side)
        ghost = self._ghost if share > _GHOST_FROM else []
        return (yield from pixels(samples, self._scene(body), self.colours, self.a_side, Overlay(ghost, over)))

    def lines(self, share: float, depth: str = "true") -> list[list[Run]]:
        """The cells of a picture; those that were drawn once are kept."""
        if (share, depth) not in self._kept:
            self._kept[share, depth] = cells(self.picture(share), self.colours, depth)
        return self._kept[share, depth]


def window_of(figure: Figure, *, only_end: bool = False) -> Window:
    """What of the picture plane a figure needs."""
    keys = figure.key_poses[-1:] if only_end and figure.path != "circle" else figure.key_poses
    bodies = [stand(figure.face, pose) for pose in keys]
    return window(bodies, figure.camera, figure.blocks, figure.close_up)


def fitting(figure: Figure, columns: int, rows: int) -> tuple[int, int]:
    """The cells, of those at hand, that a figure fills: few columns for one that stands, few rows for one that lies."""
    seen = window_of(figure)
    scale = min(columns / seen.wide, rows * 2 / seen.high)
    return max(1, min(columns, round(seen.wide * scale + 0.5))), max(1, min(rows, round(seen.high * scale / 2 + 0.5)))


class Arrow:
    """A line of spots with a head at its end, in samples; in space it is hidden behind the body."""

    def __init__(self, spots: list[Spot], role: str, size: float, depths: list[float] | None = None) -> None:
        self.spots, self.role_name, self.size, self.depths = spots, role, size, depths

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
"""Heads of fewer pixels are drawn in whole pixels, one of eight ways."""


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
    """Where the end of a line points, of length 1."""
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


def _silhouette(body: Body, seen: View) -> list[int]:
    """Where the body is, without the things around it; a little thinner than it is drawn."""
    samples = Samples(seen)
    for shape in shapes(body, 0.92):
        for _ in samples.draw(shape, 0):
            pass
    return samples.what


def _arrows(figure: Figure, seen: View, samples: Samples, end: Body, a_side: int) -> list[Arrow]:
    size = max(2.7 * a_side, seen.wide / 26)
    found = []
    if path := _path(figure, end):
        spots = _fine([seen.at(at) for at in path])
        if figure.path == "circle" or figure.swing:
            depths = _fine_depths([seen.at(at) for at in path], [seen.depth(at) for at in path])
            found.append(Arrow(spots, "arrow", size, depths))
        elif readable := _readable(spots, size):
            found.append(Arrow(_moved_aside(readable, size, samples), "arrow", size))
    for push in figure.push:
        way = WAYS[push.way]
        skin = reach(end, push.point, way)
        at = point(end, push.point)
        # From the limb on, or from the other side against it: where less is covered.
        lines = [
            _readable(_fine([seen.at(_along(at, way, start)), seen.at(_along(at, way, start + 0.22))]), size, 1.6)
            for start in (skin * 0.4, -skin - 0.23)
        ]
        found.append(Arrow(min(filter(None, lines), key=lambda line: _covers(line, samples)), "push", size))
    return found


def _along(at: Vector, way: Vector, metres: float) -> Vector:
    return at[0] + way[0] * metres, at[1] + way[1] * metres, at[2] + way[2] * metres


def _path(figure: Figure, end: Body) -> list[Vector]:
    """Where the point of the arrow goes; nowhere if it stays."""
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
    """The share of a line that lies on something, or outside the picture."""
    wide, high = samples.view.wide, samples.view.high
    inside = [(int(x), int(y)) for x, y in spots if 0 <= x < wide and 0 <= y < high]
    free = sum(samples.names[samples.what[j * wide + i]] in ("", "wall") for i, j in inside)
    return 1 - free / len(spots)


def _moved_aside(spots: list[Spot], size: float, samples: Samples) -> list[Spot]:
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
        if best and best[0] < 0.55 * ring:
            break
    assert best
    return [(x + best[1], y + best[2]) for x, y in spots]
