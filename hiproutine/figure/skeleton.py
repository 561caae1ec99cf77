"""The skeleton: angles to points and directions in space, by forward kinematics.

The world: x forward along the mat, y up from the floor, z to the right of a person who faces x. Metres and degrees.
"""

from collections.abc import Mapping, Sequence
from math import cos, radians, sin, sqrt
from typing import NamedTuple

from hiproutine.figure.joints import LEFT, RIGHT, TURNED_BY_A_MIRROR

Vector = tuple[float, float, float]
Matrix = tuple[Vector, Vector, Vector]
"""Three rows; as the frame of a bone, its columns are the bone's front, up (towards the head) and right."""

PELVIS, BELLY, THORAX, NECK = 0.10, 0.17, 0.23, 0.10
THIGH, SHIN, ARM, FOREARM, HAND = 0.43, 0.41, 0.28, 0.25, 0.09
HIP_APART, SHOULDER_APART = 0.09, 0.175

FACES: dict[str, Matrix] = {
    "up": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "back": ((0, -1, 0), (1, 0, 0), (0, 0, 1)),
    "front": ((0, 1, 0), (-1, 0, 0), (0, 0, 1)),
    "side": ((0, -1, 0), (0, 0, -1), (1, 0, 0)),
    "left-side": ((0, -1, 0), (0, 0, 1), (-1, 0, 0)),
}
"""The directions of the body's front, head and right before it leans, tilts and turns.

up: standing; back: on the back, head at -x; front: face down, head at +x; side: on the right side, head at -x.
"""


class Pose(NamedTuple):
    """The angles of all joints, in the order of joints.ANGLES, and where the pelvis is."""

    angles: tuple[float, ...]
    pelvis: Vector


class Body(NamedTuple):
    """The points of a pose by name, and the frame of each bone."""

    points: Mapping[str, Vector]
    frames: Mapping[str, Matrix]


def mirrored(pose: Pose) -> Pose:
    """The same pose with left and right exchanged, in a world whose z is reversed."""
    angles = list(pose.angles)
    for index in TURNED_BY_A_MIRROR:
        angles[index] = -angles[index]
    x, y, z = pose.pelvis
    return Pose((*angles[:LEFT], *angles[RIGHT:], *angles[LEFT:RIGHT]), (x, y, -z))


def rounded(around: Sequence[Pose], share: float) -> list[float]:
    """The numbers between the second and the third of four poses, without a corner there (Catmull-Rom)."""
    numbers = zip(*((*pose.angles, *pose.pelvis) for pose in around), strict=True)
    f = share
    return [
        b + 0.5 * f * (c - a + f * (2 * a - 5 * b + 4 * c - d + f * (3 * (b - c) + d - a))) for a, b, c, d in numbers
    ]


def opposite(face: str) -> str:
    """The face of the mirrored body."""
    return {"side": "left-side", "left-side": "side"}.get(face, face)


def other(name: str) -> str:
    """`r.knee` for `l.knee`; what has no side stays."""
    return {"l": "r", "r": "l"}[name[0]] + name[1:] if name[1:2] == "." else name


def times(a: Matrix, b: Matrix) -> Matrix:
    """One rotation after another."""
    (p, q, r), (s, t, u), (v, w, x) = b
    (a1, a2, a3), (b1, b2, b3), (c1, c2, c3) = a
    return (
        (a1 * p + a2 * s + a3 * v, a1 * q + a2 * t + a3 * w, a1 * r + a2 * u + a3 * x),
        (b1 * p + b2 * s + b3 * v, b1 * q + b2 * t + b3 * w, b1 * r + b2 * u + b3 * x),
        (c1 * p + c2 * s + c3 * v, c1 * q + c2 * t + c3 * w, c1 * r + c2 * u + c3 * x),
    )


def dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def minus(a: Vector, b: Vector) -> Vector:
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def between(a: Vector, b: Vector, share: float) -> Vector:
    """The point at a share of the way from `a` to `b`."""
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share


def length(a: Vector) -> float:
    return sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2])


def column(frame: Matrix, number: int) -> Vector:
    """The front (0), up (1) or right (2) of a bone."""
    return frame[0][number], frame[1][number], frame[2][number]


def _flexed(degrees: float) -> Matrix:
    """About the axis from left to right: a limb that hangs goes forward."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return (c, -s, 0), (s, c, 0), (0, 0, 1)


def _abducted(degrees: float) -> Matrix:
    """About the axis from back to front: a limb that hangs goes to the right."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return (1, 0, 0), (0, c, s), (0, -s, c)


def _turned(degrees: float) -> Matrix:
    """About the long axis: the front goes to the right."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return (c, 0, -s), (0, 1, 0), (s, 0, c)


def _from(a: Vector, frame: Matrix, x: float, y: float, z: float) -> Vector:
    (i, j, k), (m, n, o), (p, q, r) = frame
    return a[0] + i * x + j * y + k * z, a[1] + m * x + n * y + o * z, a[2] + p * x + q * y + r * z


def stand(face: str, pose: Pose) -> Body:
    """The body in a pose."""
    angles, pelvis = pose
    points: dict[str, Vector] = {"pelvis": pelvis}
    frames: dict[str, Matrix] = {}
    lean, tilt, turn, flexion, bend, twist, nod, neck_bend, neck_turn = angles[:LEFT]
    hips = times(FACES[face], times(_turned(turn), times(_flexed(-lean), _abducted(-tilt))))
    half = times(_flexed(-flexion / 2), times(_abducted(-bend / 2), _turned(twist / 2)))
    belly = times(hips, half)
    thorax = times(belly, half)
    points["waist"] = _from(pelvis, hips, 0, PELVIS, 0)
    points["ribs"] = _from(points["waist"], belly, 0, BELLY, 0)
    points["chest"] = _from(points["ribs"], thorax, 0, 0.11, 0)
    points["neck"] = _from(points["ribs"], thorax, 0, THORAX, 0)
    head = times(thorax, times(_flexed(-nod), times(_abducted(-neck_bend), _turned(neck_turn))))
    points["head"] = _from(points["neck"], head, 0.02, NECK + 0.08, 0)
    frames |= {"pelvis": hips, "belly": belly, "thorax": thorax, "head": head}
    _add_side("l", -1, angles[LEFT:RIGHT], points, frames)
    _add_side("r", 1, angles[RIGHT:], points, frames)
    return Body(points, frames)


def _add_side(
    side: str, sign: int, angles: tuple[float, ...], points: dict[str, Vector], frames: dict[str, Matrix]
) -> None:
    hip1, hip2, hip3, knee, ankle, foot, shoulder1, shoulder2, shoulder3, elbow, wrist = angles
    thigh = times(frames["pelvis"], times(_flexed(hip1), times(_abducted(sign * hip2), _turned(sign * hip3))))
    shin = times(thigh, _flexed(-knee))
    sole = times(shin, times(_turned(sign * foot), _flexed(ankle)))
    points[f"{side}.hip"] = at = _from(points["pelvis"], frames["pelvis"], 0, 0, sign * HIP_APART)
    points[f"{side}.knee"] = at = _from(at, thigh, 0, -THIGH, 0)
    points[f"{side}.ankle"] = at = _from(at, shin, 0, -SHIN, 0)
    points[f"{side}.heel"] = _from(at, sole, -0.045, -0.045, 0)
    points[f"{side}.toe"] = _from(at, sole, 0.15, -0.05, 0)
    turned = times(_flexed(shoulder1), times(_abducted(sign * shoulder2), _turned(sign * shoulder3)))
    arm = times(frames["thorax"], turned)
    forearm = times(arm, _flexed(elbow))
    palm = times(forearm, _flexed(-wrist))
    points[f"{side}.shoulder"] = at = _from(points["neck"], frames["thorax"], 0, -0.035, sign * SHOULDER_APART)
    points[f"{side}.elbow"] = at = _from(at, arm, 0, -ARM, 0)
    points[f"{side}.wrist"] = at = _from(at, forearm, 0, -FOREARM, 0)
    points[f"{side}.hand"] = _from(at, palm, 0, -HAND * 0.6, 0)
    points[f"{side}.tips"] = _from(at, palm, 0, -HAND, 0)
    for name, frame in (("thigh", thigh), ("shin", shin), ("foot", sole)):
        frames[f"{side}.{name}"] = frame
    for name, frame in (("arm", arm), ("forearm", forearm), ("palm", palm)):
        frames[f"{side}.{name}"] = frame


# ---- the flesh: what lies around the bones ----

RADIUS = {
    "knee": 0.058,
    "ankle": 0.040,
    "heel": 0.036,
    "toe": 0.030,
    "elbow": 0.038,
    "wrist": 0.030,
    "hand": 0.028,
    "tips": 0.026,
    "hip": 0.088,
    "shoulder": 0.050,
}
_ELLIPSOIDS: dict[str, tuple[str, Vector]] = {
    "pelvis": ("pelvis", (0.103, 0.10, 0.16)),
    "waist": ("pelvis", (0.09, 0.09, 0.13)),
    "ribs": ("belly", (0.092, 0.09, 0.13)),
    "chest": ("thorax", (0.097, 0.10, 0.15)),
    "head": ("head", (0.108, 0.12, 0.092)),
    "neck": ("thorax", (0.05, 0.05, 0.05)),
}
SEGMENTS = {
    "thigh": ("hip", "knee", 0.088, 0.058),
    "shin": ("knee", "ankle", 0.057, 0.038),
    "arm": ("shoulder", "elbow", 0.050, 0.037),
    "forearm": ("elbow", "wrist", 0.038, 0.028),
    "foot": ("heel", "toe", 0.036, 0.030),
}
"""Limbs: from which point, to which, and how thick there and here. `l.thigh@0.8` is a point on one."""


def point(body: Body, name: str) -> Vector:
    """Return where a named point is: a joint, or a share of the way along a limb."""
    limb, at, share = name.partition("@")
    if not at:
        return body.points[name]
    side, _, segment = limb.partition(".")
    start, end = SEGMENTS[segment][:2]
    return between(body.points[f"{side}.{start}"], body.points[f"{side}.{end}"], float(share))


def reach(body: Body, name: str, way: Vector) -> float:
    """Return how far the skin stands out from a named point, in a direction of length 1."""
    last = name.rpartition(".")[2] if "@" not in name else ""
    if last in RADIUS:
        return RADIUS[last]
    if not last:
        limb, _, share = name.partition("@")
        _, _, thick, thin = SEGMENTS[limb[2:]]
        return thick + (thin - thick) * float(share)
    bone, (front, up, right) = _ELLIPSOIDS[name]
    (a, b, c), (d, e, f), (g, h, i) = body.frames[bone]
    x, y, z = way
    u, v, w = a * x + d * y + g * z, b * x + e * y + h * z, c * x + f * y + i * z
    return sqrt((front * u) ** 2 + (up * v) ** 2 + (right * w) ** 2)


def is_point(name: str) -> bool:
    """Whether a word names a point of the body."""
    limb, at, share = name.partition("@")
    side, dot_, part = limb.partition(".")
    if at:
        return dot_ == "." and side in ("l", "r") and part in SEGMENTS and _is_share(share)
    return name in _ELLIPSOIDS or (dot_ == "." and side in ("l", "r") and part in RADIUS)


def _is_share(word: str) -> bool:
    return word.replace(".", "", 1).isdigit() and 0 <= float(word) <= 1


POINTS = (*_ELLIPSOIDS, *(f"{side}.{name}" for side in "lr" for name in RADIUS))
