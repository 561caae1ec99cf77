"""Clashes: limbs in each other, in the floor, or in a thing; and the distance of a body from them."""

from collections.abc import Mapping
from math import sqrt
from typing import NamedTuple

from hiproutine.figure.contacts import FLOOR, UP, outside
from hiproutine.figure.model import Box
from hiproutine.figure.skeleton import SEGMENTS, Body, Vector, dot, minus, point, reach

SINKS = 0.006
"""Margin of the solver, so that a residual one is no overlap."""


class _Bone(NamedTuple):
    start: str
    end: str
    thick: float
    thin: float


_BONES = {
    f"{side}.{name}": _Bone(f"{side}.{start}", f"{side}.{end}", thick, thin)
    for side in "lr"
    for name, (start, end, thick, thin) in SEGMENTS.items()
} | {
    "torso": _Bone("waist", "neck", 0.09, 0.09),
    "pelvis": _Bone("pelvis", "waist", 0.09, 0.09),
    "skull": _Bone("head", "head", 0.10, 0.10),
}


def _pairs() -> list[tuple[str, str, float]]:
    """Return the pairs of limbs that must not overlap, and how far flesh yields."""
    pairs = [("l.thigh", "r.thigh", 0.03), ("l.shin", "r.shin", 0.0), ("l.foot", "r.foot", 0.0)]
    pairs += [("l.forearm", "r.forearm", 0.0)]
    for one, two in ("lr", "rl"):
        pairs += [(f"{one}.foot", f"{two}.shin", 0.0), (f"{one}.foot", f"{two}.thigh", 0.0)]
        pairs += [(f"{one}.shin", f"{two}.thigh", 0.0), (f"{one}.shin", "torso", 0.0), (f"{one}.forearm", "torso", 0.0)]
        pairs += [(f"{one}.thigh", "torso", 0.03), (f"{one}.thigh", "skull", 0.0), (f"{one}.forearm", "skull", 0.0)]
        pairs += [(f"{one}.forearm", "pelvis", -0.02)]
        pairs += [
            (f"{one}.{arm}", f"{side}.{leg}", 0.0)
            for arm in ("forearm", "arm")
            for side in "lr"
            for leg in ("thigh", "shin")
        ]
    return pairs


PAIRS = _pairs()
_GUARDED = (
    *(f"{s}.{n}" for s in "lr" for n in ("knee", "ankle", "heel", "toe", "elbow", "hand", "hip", "shoulder")),
    "pelvis",
    "chest",
    "head",
)
_ABOVE_THE_FLOOR = (*_GUARDED, "neck", *(f"{side}.{name}" for side in "lr" for name in ("wrist", "tips")))
_MIDDLES = tuple(f"{side}.{limb}@0.5" for side in "lr" for limb in ("thigh", "shin", "forearm"))


class Clash(NamedTuple):
    """An overlap of two things, in metres."""

    one: str
    two: str
    metres: float


def gaps(body: Body, solids: Mapping[str, Box]) -> list[float]:
    """The distance of each pair from a clash, in the order of `_clashing`; negative in the other, or too near."""
    points = body.points
    found = [points[name][1] - reach(body, name, UP) for name in _ABOVE_THE_FLOOR]
    for one, two, yields in PAIRS:
        a, b = _BONES[one], _BONES[two]
        far, s, t = _distance(points[a.start], points[a.end], points[b.start], points[b.end])
        found.append(far + yields + SINKS - a.thick - (a.thin - a.thick) * s - b.thick - (b.thin - b.thick) * t)
    for box in solids.values():
        found += [
            outside(point(body, each), box) - reach(body, each, UP) * 0.8 + SINKS for each in (*_GUARDED, *_MIDDLES)
        ]
    return found


def _clashing(solids: Mapping[str, Box]) -> list[tuple[str, str]]:
    floor = [(name, FLOOR) for name in _ABOVE_THE_FLOOR]
    things = [(each, name) for name in solids for each in (*_GUARDED, *_MIDDLES)]
    return floor + [(one, two) for one, two, _ in PAIRS] + things


def clashes(body: Body, solids: Mapping[str, Box]) -> list[Clash]:
    """Return the pairs that overlap, or are closer than SINKS."""
    pairs = zip(_clashing(solids), gaps(body, solids), strict=True)
    return [Clash(one, two, -gap) for (one, two), gap in pairs if gap < 0]


def _distance(p1: Vector, q1: Vector, p2: Vector, q2: Vector) -> tuple[float, float, float]:
    """Return the shortest distance of two segments, and its position on each, from 0 to 1."""
    d1, d2, r = minus(q1, p1), minus(q2, p2), minus(p1, p2)
    a, e, b = dot(d1, d1) + 1e-12, dot(d2, d2) + 1e-12, dot(d1, d2)
    f, c = dot(d2, r), dot(d1, r)
    determinant = a * e - b * b
    s = min(1.0, max(0.0, (b * f - c * e) / determinant)) if determinant > 1e-9 else 0.0
    t = (b * s + f) / e
    if t < 0:
        t, s = 0.0, min(1.0, max(0.0, -c / a))
    elif t > 1:
        t, s = 1.0, min(1.0, max(0.0, (b - c) / a))
    x, y, z = (r[i] + d1[i] * s - d2[i] * t for i in range(3))
    return sqrt(x * x + y * y + z * z), s, t
