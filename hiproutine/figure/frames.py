"""The movement in time: which pose at which share of the way, and which share at which moment."""

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


def share_of_repetition(seconds: float, out: float, held: float, back: float) -> float:
    """Where a repetition of that tempo is: out to the end, held there, and back."""
    if seconds < out:
        return seconds / out
    if seconds < out + held:
        return 1.0
    return max(0.0, 1 - (seconds - out - held) / back) if back else 0.0


def end_of(figure: Figure) -> float:
    """The share that shows the exercise best in one picture: the end, or a way round a circle."""
    return 3 / figure.keys if figure.path == "circle" else 1.0


def tour(figure: Figure, steps: int) -> list[float]:
    """The shares to show one after another, again and again: there, a rest, and back; or round; or one."""
    if figure.keys == 1:
        return [0.0]
    segments = steps * (figure.keys - 1)
    if figure.path == "circle":
        return [step / (steps * figure.keys) for step in range(steps * figure.keys)]
    there = [step / segments for step in range(segments + 1)]
    rest = 4 if figure.path == "there" else 1
    return [*there, *[1.0] * rest, *there[-2:0:-1], 0.0]
