"""What is nearest at every sample of a picture: each shape is met by one parallel ray a sample, so nothing is painted
over what is in front of it. Plain Python."""

from collections.abc import Iterator
from math import sqrt

from hiproutine.figure.model import Box
from hiproutine.figure.skeleton import Vector, dot
from hiproutine.figure.skin import FULL, ROLE, Hit, Shade
from hiproutine.figure.view import HEAD_STRETCH, Shape, View, axes

_PAUSE, _ROW = 1000, 8
"""Samples between two pauses, and how many of them the work of a row is worth."""


class Samples:
    """The nearest thing at every sample of a picture, and how bright it is."""

    def __init__(self, view: View) -> None:
        self.view = view
        count = view.wide * view.high
        self.depth = [-1e9] * count
        self.what = [0] * count
        """Which shape, from 1; 0 is nothing."""
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

    def draw(self, shape: Shape, shade: Shade | int) -> Iterator[None]:  # noqa: C901, PLR0912, PLR0915 -- one loop, for speed
        """A rounded cone: after Inigo Quilez, in the space in which it is not stretched. Pauses now and then."""
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
        dx, dy, dz = dx / long, dy / long, dz / long
        ra, rb = shape.thick, shape.thin
        m0, m2, rr = along * along, along * dy, ra - rb
        d2 = m0 - rr * rr
        k2 = d2 - m2 * m2
        ra2, rb2, m2r, rrra = ra * ra, rb * rb, m2 * rr * ra, rr * ra
        cone = m0 > 1e-9 and k2 > 1e-12
        scale, ox, oy, wide = self.view.scale, self.view.x, self.view.y, self.view.wide
        left, far, top, low = self._bounds(shape, frame, stretch)
        depths, what, hits = self.depth, self.what, self.hits
        p1 = dx * ux + dy * uy + dz * uz
        q2 = ux * ux + uy * uy + uz * uz
        a1 = d2 * p1 - along * uy * m2
        lead = a1 * a1 - k2 * (d2 * q2 - along * along * uy * uy)
        round_lead = p1 * p1 - q2
        inverse = 1 / scale
        drawn = 0
        for j in range(top, low + 1):
            high = (oy - j - 0.5) * inverse
            bx, by, bz = vx * high - cx, vy * high - cy, vz * high - cz
            p0 = dx * bx + dy * by + dz * bz
            q0, q1 = bx * bx + by * by + bz * bz, 2 * (bx * ux + by * uy + bz * uz)
            # Where along the row the balls at the ends, and the cone between them, are met at all.
            spans = [_roots(round_lead, 2 * p0 * p1 - q1, p0 * p0 - q0 + ra2)]
            if m0 > 1e-9:
                e0 = p0 - dy * along
                f0, f1 = q0 - 2 * along * by + m0, q1 - 2 * along * uy
                spans.append(_roots(round_lead, 2 * e0 * p1 - f1, e0 * e0 - f0 + rb2))
            if cone:
                a0 = d2 * p0 - along * by * m2 + m2r
                c0 = d2 * q0 - m0 * by * by + 2 * along * by * rrra - m0 * ra2
                c1 = d2 * q1 - 2 * m0 * by * uy + 2 * along * uy * rrra
                spans.append(_roots(lead, 2 * a0 * a1 - k2 * c1, a0 * a0 - k2 * c0))
            found = [span for span in spans if span]
            if not found:
                continue
            start = max(left, int(min(span[0] for span in found) * scale + ox))
            end = min(far, int(max(span[1] for span in found) * scale + ox))
            if (drawn := drawn + end - start + _ROW) > _PAUSE:
                drawn = 0
                yield
            k = j * wide + start - 1
            across = (start + 0.5 - ox) * inverse - inverse
            for _ in range(start, end + 1):
                k += 1
                across += inverse
                x, y, z = bx + ux * across, by + uy * across, bz + uz * across
                m3 = dx * x + dy * y + dz * z
                m5 = x * x + y * y + z * z
                t = None
                if cone:
                    m1 = along * y
                    k1 = d2 * m3 - m1 * m2 + m2r
                    h = k1 * k1 - (d2 * m5 - m1 * m1 + 2 * m1 * rrra - m0 * ra2) * k2
                    if h < 0:
                        continue
                    t = (-sqrt(h) - k1) / k2
                    yy = m1 - rrra + t * m2
                    if 0 < yy < d2:
                        depth = -t / long
                        if depth > depths[k]:
                            depths[k], what[k] = depth, number
                            nx, ny, nz = d2 * (x + t * dx), d2 * (y + t * dy) - along * yy, d2 * (z + t * dz)
                            hits[k] = yy / d2, nx, ny, nz
                        continue
                    t = None
                h1 = m3 * m3 - m5 + ra2
                if h1 > 0:
                    t = -m3 - sqrt(h1)
                    shift, share = 0.0, 0.0
                if m0 > 1e-9:
                    m6 = m3 - dy * along
                    h2 = m6 * m6 - (m5 - 2 * along * y + m0) + rb2
                    if h2 > 0 and (t is None or -m6 - sqrt(h2) < t):
                        t = -m6 - sqrt(h2)
                        shift, share = along, 1.0
                if t is None:
                    continue
                depth = -t / long
                if depth > depths[k]:
                    depths[k], what[k] = depth, number
                    ny = y + t * dy - shift
                    hits[k] = share + (ny / along if m0 > 1e-9 else 0.0), x + t * dx, ny, z + t * dz

    def _bounds(
        self, shape: Shape, frame: tuple[Vector, Vector, Vector], stretch: tuple[float, ...]
    ) -> tuple[int, int, int, int]:
        """The first and last column and row that a shape can touch."""
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
        """By the slab test: lighter above, darker on the side. Pauses now and then."""
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


def _roots(a: float, b: float, c: float) -> tuple[float, float] | None:
    """Between which x a parabola that opens downward is not below zero."""
    if a > -1e-12:
        return (-1e9, 1e9) if c > 0 or a > 0 else None
    inside = b * b - 4 * a * c
    if inside < 0:
        return None
    root = sqrt(inside)
    return (-b + root) / (2 * a), (-b - root) / (2 * a)
