"""The camera: projection of the room onto the picture, and the visible window."""

from collections.abc import Iterable, Sequence
from math import cos, radians, sin, sqrt
from typing import NamedTuple

from hiproutine.figure.model import Block, Camera, CloseUp
from hiproutine.figure.skeleton import Body, Matrix, Vector, between, column, dot

_MARGIN = 0.03


class Basis(NamedTuple):
    """The directions of the picture in the room: right, up, and towards the viewer."""

    right: Vector
    up: Vector
    near: Vector


def basis(camera: Camera) -> Basis:
    a, e = radians(camera.azimuth), radians(camera.elevation)
    return Basis(
        (sin(a), 0, -cos(a)), (-cos(a) * sin(e), cos(e), -sin(a) * sin(e)), (cos(a) * cos(e), sin(e), sin(a) * cos(e))
    )


class Shape(NamedTuple):
    """A rounded cone from one ball to another, stretched along the front and the side of its bone."""

    name: str
    frame: Matrix
    start: Vector
    end: Vector
    thick: float
    thin: float
    stretch: tuple[float, float]


_LIMBS = (
    ("thigh", "hip", "knee", 0.088, 0.058, (1.0, 1.0)),
    ("shin", "knee", "ankle", 0.057, 0.038, (1.0, 1.0)),
    ("foot", "heel", "toe", 0.038, 0.028, (1.0, 1.15)),
    ("arm", "shoulder", "elbow", 0.050, 0.037, (1.0, 1.0)),
    ("forearm", "elbow", "wrist", 0.038, 0.028, (1.0, 1.0)),
    ("palm", "wrist", "tips", 0.030, 0.026, (0.7, 1.2)),
)
HEAD_STRETCH = 1.18
"""The head is an egg: taller than it is wide."""


def shapes(body: Body, fat: float = 1.0) -> list[Shape]:
    """Return what the body is drawn with; `fat` widens the limbs for small pictures."""
    points, frames = body
    pelvis = frames["pelvis"]
    seat = tuple(v - 0.015 * row[1] for v, row in zip(points["pelvis"], pelvis, strict=True))
    below_neck = between(points["ribs"], points["neck"], 0.72)
    found = [
        Shape("pelvis", pelvis, (seat[0], seat[1], seat[2]), points["waist"], 0.103, 0.090, (1.0, 1.55)),
        Shape("belly", frames["belly"], points["waist"], points["ribs"], 0.090, 0.092, (1.0, 1.42)),
        Shape("thorax", frames["thorax"], points["ribs"], below_neck, 0.094, 0.092, (1.05, 1.62)),
        Shape("throat", frames["thorax"], points["neck"], points["head"], 0.048, 0.045, (1.0, 1.0)),
        Shape("head", frames["head"], points["head"], points["head"], 0.100, 0.100, (1.08, 0.92)),
    ]
    for side in "lr":
        for name, start, end, thick, thin, stretch in _LIMBS:
            ends = points[f"{side}.{start}"], points[f"{side}.{end}"]
            found.append(Shape(f"{side}.{name}", frames[f"{side}.{name}"], *ends, thick * fat, thin * fat, stretch))
    return found


class Window(NamedTuple):
    """The visible part of the picture plane, in metres."""

    left: float
    right: float
    bottom: float
    top: float

    @property
    def wide(self) -> float:
        return self.right - self.left

    @property
    def high(self) -> float:
        return self.top - self.bottom


def window(
    bodies: Iterable[Body],
    camera: Camera,
    blocks: Sequence[Block] = (),
    close_up: CloseUp | None = None,
    points: Sequence[Vector] = (),
) -> Window:
    """Return the window around all these bodies and points; other things may widen it a little, not dominate it."""
    right, up, _ = basis(camera)
    bodies = list(bodies)
    if close_up:
        at = bodies[0].points[close_up.point]
        x, y, half = dot(at, right), dot(at, up), close_up.half
        return Window(x - half, x + half, y - half * 0.75, y + half * 0.75)
    across: list[float] = []
    along: list[float] = []
    for body in bodies:
        for shape in shapes(body):
            wide = max(1.0, 1.0 if shape.stretch[1] == 1 else 1.15)
            for at, radius in ((shape.start, shape.thick * wide), (shape.end, shape.thin * wide)):
                x, y = dot(at, right), dot(at, up)
                across += (x - radius, x + radius)
                along += (y - radius, y + radius)
    across += [dot(at, right) for at in points]
    along += [dot(at, up) for at in points]
    left, far, low, high = min(across), max(across), min(along), max(along)
    for block in blocks:
        corners = [(x, y, z) for x in block.box[0] for y in block.box[1] for z in block.box[2]]
        more = 0.10 if block.name in ("wall", "bed", "bench", "table") else 0.3
        wide, tall = (far - left) * more, (high - low) * more
        xs, ys = [dot(corner, right) for corner in corners], [dot(corner, up) for corner in corners]
        left, far = min(left, max(min(xs), left - wide)), max(far, min(max(xs), far + wide))
        low, high = min(low, max(min(ys), low - tall)), max(high, min(max(ys), high + tall))
    return Window(left - _MARGIN, far + _MARGIN, low - _MARGIN, high + _MARGIN)


class View(NamedTuple):
    """A picture, its size in pixels: maps places in the room to places in it."""

    basis: Basis
    wide: int
    high: int
    scale: float
    x: float
    y: float

    def at(self, place: Vector) -> tuple[float, float]:
        """Return the position in pixels, from the left and from the top."""
        return dot(place, self.basis.right) * self.scale + self.x, self.y - dot(place, self.basis.up) * self.scale

    def depth(self, place: Vector) -> float:
        return dot(place, self.basis.near)


def view(camera: Camera, seen: Window, wide: int, high: int) -> View:
    """The window as large as it fits into the pixels, in their middle."""
    scale = min(wide / seen.wide, high / seen.high)
    x = (wide - scale * seen.wide) / 2 - scale * seen.left
    y = (high - scale * seen.high) / 2 + scale * seen.top
    return View(basis(camera), wide, high, scale, x, y)


def axes(shape: Shape) -> tuple[tuple[Vector, Vector, Vector], float]:
    """The front, up and side of a shape, with up along it; and its length that way, below zero if it points down."""
    front, up, side = (column(shape.frame, number) for number in range(3))
    way = (shape.end[0] - shape.start[0], shape.end[1] - shape.start[1], shape.end[2] - shape.start[2])
    long = sqrt(dot(way, way))
    if long < 1e-6:
        return (front, up, side), 0.0
    if shape.name.endswith("foot"):
        front, up = up, (way[0] / long, way[1] / long, way[2] / long)
    elif abs(dot(way, up)) >= 0.98 * long:
        return (front, up, side), long if dot(way, up) >= 0 else -long
    else:
        long = long if dot(way, up) >= 0 else -long
        up = (way[0] / long, way[1] / long, way[2] / long)
    share = dot(front, up)
    front = (front[0] - share * up[0], front[1] - share * up[1], front[2] - share * up[2])
    size = sqrt(dot(front, front))
    front = (front[0] / size, front[1] / size, front[2] / size)
    side = (
        front[1] * up[2] - front[2] * up[1],
        front[2] * up[0] - front[0] * up[2],
        front[0] * up[1] - front[1] * up[0],
    )
    return (front, up, side), long
