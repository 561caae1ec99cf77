"""A rounded cone, two balls and what is stretched between them, and where parallel rays meet it. Plain Python."""

from collections.abc import Iterable, Iterator
from math import sqrt

from hiproutine.figure.skeleton import Vector, dot
from hiproutine.figure.skin import Hit

_NOTHING = 1e-9


class Cone:
    """A rounded cone along the y axis from the origin, and a picture's rays through it (after Inigo Quilez).

    `ray` is the direction in which all of them look, of length 1; `across` is one step to the right in the picture.
    """

    def __init__(self, ray: Vector, across: Vector, along: float, thick: float, thin: float) -> None:
        self.ray, self.across, self.along = ray, across, along
        self.thick2, self.thin2 = thick * thick, thin * thin
        slope = thick - thin
        self.m0, self.m2 = along * along, along * ray[1]
        self.d2 = self.m0 - slope * slope
        self.k2 = self.d2 - self.m2 * self.m2
        self.m2r, self.rrra = self.m2 * slope * thick, slope * thick
        self.is_ball = self.m0 <= _NOTHING
        self.has_side = not self.is_ball and self.k2 > 1e-12
        # What depends on `across` alone in the equations of `span`.
        self._p1, self._q2 = dot(ray, across), dot(across, across)
        self._a1 = self.d2 * self._p1 - along * across[1] * self.m2
        self._round = self._p1 * self._p1 - self._q2
        self._side = self._a1 * self._a1 - self.k2 * (self.d2 * self._q2 - self.m0 * across[1] * across[1])

    def span(self, row: Vector) -> tuple[float, float] | None:
        """Return where in a row, in steps to the right of the ray through `row`, the cone is met first and last."""
        along, d2, p1 = self.along, self.d2, self._p1
        y, v = row[1], self.across[1]
        p0, q0, q1 = dot(self.ray, row), dot(row, row), 2 * dot(row, self.across)
        spans = [_roots(self._round, 2 * p0 * p1 - q1, p0 * p0 - q0 + self.thick2)]
        if not self.is_ball:
            e0 = p0 - self.m2
            f0, f1 = q0 - 2 * along * y + self.m0, q1 - 2 * along * v
            spans.append(_roots(self._round, 2 * e0 * p1 - f1, e0 * e0 - f0 + self.thin2))
        if self.has_side:
            a0 = d2 * p0 - along * y * self.m2 + self.m2r
            c0 = d2 * q0 - self.m0 * y * y + 2 * along * y * self.rrra - self.m0 * self.thick2
            c1 = d2 * q1 - 2 * self.m0 * y * v + 2 * along * v * self.rrra
            spans.append(_roots(self._side, 2 * a0 * self._a1 - self.k2 * c1, a0 * a0 - self.k2 * c0))
        found = [span for span in spans if span]
        return (min(span[0] for span in found), max(span[1] for span in found)) if found else None

    def met(self, row: Vector, steps: Iterable[float]) -> Iterator[tuple[float, Hit] | None]:
        """Return for each of these steps how far along its ray the cone is met, and where; None where it is missed."""
        (bx, by, bz), (ux, uy, uz), (dx, dy, dz) = row, self.across, self.ray
        along, m0, m2, d2, k2 = self.along, self.m0, self.m2, self.d2, self.k2
        m2r, rrra, thick2, thin2 = self.m2r, self.rrra, self.thick2, self.thin2
        has_side, is_ball = self.has_side, self.is_ball
        for step in steps:
            x, y, z = bx + ux * step, by + uy * step, bz + uz * step
            m3 = dx * x + dy * y + dz * z
            m5 = x * x + y * y + z * z
            if has_side:
                m1 = along * y
                k1 = d2 * m3 - m1 * m2 + m2r
                h = k1 * k1 - (d2 * m5 - m1 * m1 + 2 * m1 * rrra - m0 * thick2) * k2
                if h < 0:
                    yield None
                    continue
                t = (-sqrt(h) - k1) / k2
                yy = m1 - rrra + t * m2
                if 0 < yy < d2:
                    yield t, (yy / d2, d2 * (x + t * dx), d2 * (y + t * dy) - along * yy, d2 * (z + t * dz))
                    continue
            start = m3 * m3 - m5 + thick2
            near = -m3 - sqrt(start) if start > 0 else None
            shift, share = 0.0, 0.0
            if not is_ball:
                m6 = m3 - m2
                end = m6 * m6 - (m5 - 2 * along * y + m0) + thin2
                if end > 0 and (near is None or -m6 - sqrt(end) < near):
                    near, shift, share = -m6 - sqrt(end), along, 1.0
            if near is None:
                yield None
                continue
            ny = y + near * dy - shift
            yield near, (share + (0.0 if is_ball else ny / along), x + near * dx, ny, z + near * dz)


def _roots(a: float, b: float, c: float) -> tuple[float, float] | None:
    """Return the interval of x in which a parabola that opens downward is not negative."""
    if a > -1e-12:
        return (-1e9, 1e9) if c > 0 or a > 0 else None
    inside = b * b - 4 * a * c
    if inside < 0:
        return None
    root = sqrt(inside)
    return (-b + root) / (2 * a), (-b - root) / (2 * a)
