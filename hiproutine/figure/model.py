"""A figure as it is drawn: a camera, things around the body, what is shown on it, and the poses of its movement."""

from typing import NamedTuple

from hiproutine.figure.skeleton import Pose, Vector, mirrored, opposite, other

Span = tuple[float, float]
Box = tuple[Span, Span, Span]
"""From where to where along x, y and z."""

PATHS = {
    "there": "into the position, and to stay in it",
    "there-and-back": "there and back, in repetitions",
    "there-hold-and-back": "there, held for seconds, and back, in repetitions",
    "circle": "round a closed path",
    "still": "no movement",
}
WAYS: dict[str, Vector] = {
    "forward": (1, 0, 0),
    "back": (-1, 0, 0),
    "up": (0, 1, 0),
    "down": (0, -1, 0),
    "right": (0, 0, 1),
    "left": (0, 0, -1),
}
"""The ways of the mat."""
REGIONS = {
    "front-of-hip": "front of the hip",
    "front-of-thigh": "front of the thigh",
    "back-of-thigh": "back of the thigh",
    "inner-thigh": "inner thigh",
    "outside-of-hip": "outside of the hip",
    "buttock": "buttock",
    "hip-joint": "hip joint",
    "calf": "calf",
    "ankle": "ankle",
    "low-back": "low back",
    "trunk": "trunk",
    "whole-body": "both legs",
}
STEPS = {"circle": 4}
"""Solved poses from one key frame to the next, if not BETWEEN."""
BETWEEN = 8


class Region(NamedTuple):
    """A part of the skin that works or is stretched; side is l, r or, for both, empty."""

    name: str
    side: str


class Block(NamedTuple):
    """A thing that stands in the room: a box, or a ball or a roller that fills one."""

    name: str
    box: Box
    tone: str
    form: str = "box"


class Held(NamedTuple):
    """A ball between two points of the body."""

    name: str
    start: str
    end: str
    radius: float


class Strap(NamedTuple):
    """A strap or band from a point of the body to another, or to a place in the room."""

    start: str
    end: "str | Vector"


class Push(NamedTuple):
    """An effort: where it presses, and which way of the mat."""

    point: str
    way: str


class Swing(NamedTuple):
    """An arrow that turns about the left-right axis of a point, in degrees from the front of the pelvis."""

    point: str
    radius: float
    start: float
    end: float


class CloseUp(NamedTuple):
    """A window around a point, its half width in metres, for a movement too small to be seen from afar."""

    point: str
    half: float


class Camera(NamedTuple):
    """The viewer's place: 0 degrees in front of +x, 90 at the right of the mat; and the height."""

    azimuth: float
    elevation: float


class Figure(NamedTuple):
    """An exercise drawn for the left side; `turned` gives that for the right."""

    id: str
    base: str
    alike: str | None
    face: str
    path: str
    sides: str
    show: tuple[Region, ...]
    blocks: tuple[Block, ...]
    held: tuple[Held, ...]
    straps: tuple[Strap, ...]
    arrow: str | None
    push: tuple[Push, ...]
    swing: Swing | None
    camera: Camera
    close_up: CloseUp | None
    contacts: tuple[tuple[str, str], ...]
    """At the end: which point, on what."""
    keys: int
    poses: tuple[Pose, ...]

    @property
    def steps(self) -> int:
        """Solved poses from one key frame to the next."""
        return STEPS.get(self.path, BETWEEN)

    def presses_at(self, share: float) -> bool:
        """Whether its efforts are made there: against what moves all the way, in a position once one is in it."""
        return self.path != "there" or share >= 1

    @property
    def key_poses(self) -> tuple[Pose, ...]:
        return self.poses[:: self.steps][: self.keys]


def turned(figure: Figure) -> Figure:
    """The same exercise for the other side."""
    azimuth, elevation = figure.camera
    return figure._replace(
        face=opposite(figure.face),
        show=tuple(Region(name, {"l": "r", "r": "l"}.get(side, side)) for name, side in figure.show),
        blocks=tuple(
            each._replace(box=(each.box[0], each.box[1], (-each.box[2][1], -each.box[2][0]))) for each in figure.blocks
        ),
        held=tuple(each._replace(start=other(each.start), end=other(each.end)) for each in figure.held),
        straps=tuple(Strap(other(start), _turned_end(end)) for start, end in figure.straps),
        arrow=figure.arrow and other(figure.arrow),
        push=tuple(Push(other(p), {"left": "right", "right": "left"}.get(way, way)) for p, way in figure.push),
        camera=Camera(-azimuth % 360, elevation),
        contacts=tuple((other(point), other(on)) for point, on in figure.contacts),
        poses=tuple(map(mirrored, figure.poses)),
    )


def _turned_end(end: "str | Vector") -> "str | Vector":
    return other(end) if isinstance(end, str) else (end[0], end[1], -end[2])
