"""A body that stands, seen from the front or from behind, with regions of it shown."""

from collections.abc import Iterable

from hiproutine.figure.joints import INDEX, REST, Angle
from hiproutine.figure.model import Camera, Figure, Region
from hiproutine.figure.skeleton import Pose

FRONT, BEHIND = 0, 180
"""Direction of view, in degrees."""
_APART = {"hip": 7, "shoulder": 16}
"""Abduction of arms and legs, so that their insides and outsides can be seen."""
_PELVIS_M = 0.93
"""Height of the pelvis."""


def standing(regions: Iterable[str], azimuth: int = FRONT) -> Figure:
    """Return the body with regions shown on both sides."""
    return Figure(
        id="standing",
        base="standing",
        alike=None,
        face="up",
        path="still",
        sides="both",
        show=tuple(Region(name, "") for name in regions),
        blocks=(),
        held=(),
        straps=(),
        arrow=None,
        push=(),
        swing=None,
        camera=Camera(azimuth, 4),
        close_up=None,
        contacts=(),
        keys=1,
        poses=(_pose(),),
    )


def _pose() -> Pose:
    angles = list(REST)
    for joint, degrees in _APART.items():
        for side in "lr":
            angles[INDEX[Angle(f"{side}.{joint}", 1)]] = degrees
    return Pose(tuple(angles), (0, _PELVIS_M, 0))
