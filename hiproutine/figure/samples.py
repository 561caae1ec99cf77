"""The nearest shape at each sample of a picture, by one parallel ray a sample (a depth buffer). Plain Python."""

from collections.abc import Iterator
from math import sqrt

from hiproutine.figure.cone import Cone
from hiproutine.figure.model import Box
from hiproutine.figure.skeleton import Vector, dot
from hiproutine.figure.skin import FULL, ROLE, Hit, Shade
from hiproutine.figure.view import HEAD_STRETCH, Shape, View, axes

_PAUSE, _ROW = 1000, 8
"""Samples in one slice of work, and the cost of a row in samples."""


class Samples:
    """The nearest thing at every sample of a picture, and how bright it is."""

    def __init__(self, view: View) -> None:
        self.view = view
        count = view.wide * view.high
        self.depth = [-1e9] * count
        self.what = [0] * count
        """Index of the shape, from 1; 0 for none."""
        self.hits: list[Hit | None] = [None] * count
        self.shades: list[Shade | int] = [FULL]
        self.names: list[str] = [""]

    def _next(self, name: str, shade: Shade | int) -> int:
        self.names.append(name)
        self.shades.append(shade)
        return len(self.names) - 1

    def seen(self, k: int) -> int:
        """The role and level of what is nearest at a sample where there is something."""
        shade, hit = self.shades[self.what[k]], self.hits[k]
        if isinstance(shade, int):
            return shade
        return shade(hit) if hit else FULL

    def draw(self, shape: Shape, shade: Shade | int) -> Iterator[None]:
        """Draw a rounded cone in its unstretched space, in slices."""
        number = self._next(shape.name, shade)
        right, up, near = self.view.basis
        frame, along = axes(shape)
        stretch = (shape.stretch[0], HEAD_STRETCH if shape.name == "head" else 1.0, shape.stretch[1])
        rows = [(a[0] / s, a[1] / s, a[2] / s) for a, s in zip(frame, stretch, strict=True)]
        ux, uy, uz = (dot(row, right) for row in rows)
        vx, vy, vz = (dot(row, up) for row in rows)
        dx, dy, dz = (-dot(row, near) for row in rows)
        cx, cy, cz = (dot(row, shape.start) for row in rows)
        long = sqrt(dx * dx + dy * dy + dz * dz)
        cone = Cone((dx / long, dy / long, dz / long), (ux, uy, uz), along, shape.thick, shape.thin)
        scale, ox, oy = self.view.scale, self.view.x, self.view.y
        left, far, top, low = self._bounds(shape, frame, stretch)
        depths, what, hits = self.depth, self.what, self.hits
        drawn = 0
        for j in range(top, low + 1):
            high = (oy - j - 0.5) / scale
            row = vx * high - cx, vy * high - cy, vz * high - cz
            span = cone.span(row)
            if not span:
                continue
            first, last = max(left, int(span[0] * scale + ox)), min(far, int(span[1] * scale + ox))
            if (drawn := drawn + last - first + _ROW) > _PAUSE:
                drawn = 0
                yield
            steps = [(i + 0.5 - ox) / scale for i in range(first, last + 1)]
            for k, met in enumerate(cone.met(row, steps), j * self.view.wide + first):
                if met and (depth := -met[0] / long) > depths[k]:
                    depths[k], what[k], hits[k] = depth, number, met[1]

    def _bounds(
        self, shape: Shape, frame: tuple[Vector, Vector, Vector], stretch: tuple[float, ...]
    ) -> tuple[int, int, int, int]:
        """Return the first and last column and row that a shape can touch."""
        right, up, _ = self.view.basis
        scale = self.view.scale
        xs: list[float] = []
        ys: list[float] = []
        for at, radius in ((shape.start, shape.thick), (shape.end, shape.thin)):
            x, y = self.view.at(at)
            wide = radius * scale * sqrt(sum((dot(a, right) * s) ** 2 for a, s in zip(frame, stretch, strict=True)))
            high = radius * scale * sqrt(sum((dot(a, up) * s) ** 2 for a, s in zip(frame, stretch, strict=True)))
            xs += (x - wide, x + wide)
            ys += (y - high, y + high)
        return self._inside(xs, ys)

    def _inside(self, xs: list[float], ys: list[float]) -> tuple[int, int, int, int]:
        wide, high = self.view.wide, self.view.high
        return (
            max(0, int(min(xs))),
            min(wide - 1, int(max(xs)) + 1),
            max(0, int(min(ys))),
            min(high - 1, int(max(ys)) + 1),
        )

    def draw_box(self, name: str, box: Box, role: str) -> Iterator[None]:
        """Draw a box by the slab test, lighter on top, in slices."""
        base = ROLE[role] * 32
        tones = [self._next(name, base + level) for level in (FULL, FULL + 5, FULL - 4)]
        (x0, x1), (y0, y1), (z0, z1) = box
        right, up, near = self.view.basis
        corners = [self.view.at((x, y, z)) for x in (x0, x1) for y in (y0, y1) for z in (z0, z1)]
        left, far = (
            max(0, int(min(c[0] for c in corners))),
            min(self.view.wide - 1, int(max(c[0] for c in corners)) + 1),
        )
        top, low = max(0, int(min(c[1] for c in corners))), min(self.view.high - 1, int(max(c[1] for c in corners)) + 1)
        drawn = 0
        for j in range(top, low + 1):
            if (drawn := drawn + far - left + _ROW) > _PAUSE:
                drawn = 0
                yield
            high = (self.view.y - j - 0.5) / self.view.scale
            for i in range(left, far + 1):
                across = (i + 0.5 - self.view.x) / self.view.scale
                first, last, face = 1e9, -1e9, 0
                for axis in range(3):
                    origin, way = across * right[axis] + high * up[axis], near[axis]
                    if abs(way) < 1e-9:
                        if not box[axis][0] <= origin <= box[axis][1]:
                            first = -1e9
                        continue
                    ends = sorted(((box[axis][0] - origin) / way, (box[axis][1] - origin) / way))
                    if ends[1] < first:
                        first, face = ends[1], axis
                    last = max(last, ends[0])
                k = j * self.view.wide + i
                if first >= last and first > self.depth[k] and first > -1e8:
                    self.depth[k], self.what[k] = first, tones[face]
