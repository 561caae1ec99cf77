"""The movement in time: which pose at which share of the way, and which share at which moment."""

from collections.abc import Sequence

from hiproutine.figure.model import Figure
from hiproutine.figure.skeleton import Body, Pose, rounded, stand


def pose_at(figure: Figure, share: float) -> Pose:
    """The pose at a share of the way, from 0 to 1: slowly in and out of each key frame; a circle goes round evenly."""
    if figure.keys == 1:
        return figure.poses[0]
    if figure.path == "circle":
        return _round(figure, share)
    whole = min(max(share, 0.0), 1.0) * (figure.keys - 1)
    number = min(int(whole), figure.keys - 2)
    part = eased(whole - number)
    place = (number + part) * figure.steps
    index = min(int(place), len(figure.poses) - 2)
    return _mixed(figure.poses[index], figure.poses[index + 1], place - index)


def body_at(figure: Figure, share: float) -> Body:
    return stand(figure.face, pose_at(figure, share))


def _round(figure: Figure, share: float) -> Pose:
    count = len(figure.poses)
    place = share % 1 * count
    index = int(place)
    around = [figure.poses[(index + i) % count] for i in (-1, 0, 1, 2)]
    *angles, x, y, z = rounded(around, place - index)
    return Pose(tuple(angles), (x, y, z))


def _mixed(a: Pose, b: Pose, share: float) -> Pose:
    angles = tuple(p + (q - p) * share for p, q in zip(a.angles, b.angles, strict=True))
    x, y, z = (p + (q - p) * share for p, q in zip(a.pelvis, b.pelvis, strict=True))
    return Pose(angles, (x, y, z))


def eased(share: float) -> float:
    """Slowly in and out."""
    return share * share * (3 - 2 * share)


STILL_WORDS = frozenset({"hold", "pause", "stay", "squeeze", "touch", "settle", "rest"})
"""The words of a beat in which nothing moves."""


def beats_of(figure: Figure, labels: Sequence[str], rep: int) -> list[tuple[float, float]]:
    """From which share to which each beat of a repetition goes: out to the end, held there, and back.

    Where there are more beats on the way out than the figure has key frames, the first ones are the start. One that
    alternates goes from its middle to one end or the other; without a way back, from end to end.
    """
    moving = [number for number, label in enumerate(labels) if not STILL_WORDS & set(label.lower().split())]
    if figure.path == "circle":
        return _spans(moving, {number: (at + 1) / len(moving) for at, number in enumerate(moving)}, len(labels), 0.0)
    out = moving[:-1] if len(moving) > 1 else moving
    start, end, legs = 0.0, 1.0, figure.keys - 1
    if figure.sides == "alternating" and figure.keys > 2:
        odd = rep % 2 == 1
        start, end = (0.5, 1.0 - odd) if len(moving) > 1 else (1.0 - odd, float(odd))
        legs //= 2 if start == 0.5 else 1
    towards = dict.fromkeys(moving, start)
    last = out[-legs:] if legs else []
    towards |= {number: start + (end - start) * (at + 1) / len(last) for at, number in enumerate(last)}
    return _spans(moving, towards, len(labels), start)


def _spans(moving: list[int], towards: dict[int, float], count: int, start: float) -> list[tuple[float, float]]:
    spans, at = [], start
    for number in range(count):
        spans.append((at, towards[number] if number in moving else at))
        at = spans[-1][1]
    return spans


def end_of(figure: Figure) -> float:
    """The share that shows the exercise best in one picture: the end, or a way round a circle."""
    return 3 / figure.keys if figure.path == "circle" else 1.0


_RESTS = {"there": 4, "there-hold-and-back": 8}
"""For how many frames more the end of a path stands."""


def tour(figure: Figure, steps: int) -> list[float]:
    """The shares to show one after another, again and again: there, a rest, and back; or round; or one."""
    if figure.keys == 1:
        return [0.0]
    segments = steps * (figure.keys - 1)
    if figure.path == "circle":
        return [step / (steps * figure.keys) for step in range(steps * figure.keys)]
    there = [step / segments for step in range(segments + 1)]
    return [*there, *[1.0] * _RESTS.get(figure.path, 1), *there[-2:0:-1], 0.0]
