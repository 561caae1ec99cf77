"""Pose solver: from a rough guess of angles and a list of contacts to the nearest pose that keeps them.

Levenberg-Marquardt with limits, in plain Python: 34 unknowns, a numeric Jacobian, normal equations, Cholesky.
"""

import random
import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from hiproutine.figure.clashes import clashes, gaps
from hiproutine.figure.contacts import FLOOR, Contact, Measure, measure
from hiproutine.figure.joints import ANGLES, HIGHEST, LEFT, LOWEST, RIGHT, TURNED_BY_A_MIRROR
from hiproutine.figure.model import Box, Figure
from hiproutine.figure.skeleton import Body, Pose, Vector, length, minus, mirrored, point, rounded, stand

_COUNT = len(ANGLES)
_LOWEST = (*LOWEST, -5.0, -1.0, -5.0)
_HIGHEST = (*HIGHEST, 5.0, 5.0, 5.0)
_TIED = {*TURNED_BY_A_MIRROR, *range(RIGHT, _COUNT)}
"""Angles that are mirrored from the left side where both sides do the same."""

# What a residual of 1 is: a third of a centimetre of contact, 0.4 cm of clash, 14 degrees from an angle that was given.
_OF_CONTACT, _OF_CLASH, _OF_PLACE = 300.0, 250.0, 4.0
_GIVEN, _NOT_GIVEN, _BODY, _SPINE, _NECK = 1 / 14, 1 / 50, 1 / 12, 1 / 20, 1 / 25
CONTACT_WITHIN, CLASH_WITHIN = 0.006, 0.012
"""Metres; a pose is open when it is farther from a contact, or nearer to a clash."""
_BLAMED = 3
"""The number of things named that keep a pose open."""


class Key(NamedTuple):
    """A key frame to solve: angles to begin with, contacts, and its place in the file."""

    given: tuple[tuple[int, float], ...]
    at: Vector | None
    contacts: tuple[Contact, ...]
    slides: bool
    mirror_of: int | None
    place: tuple[int, int]


class Draft(NamedTuple):
    """A figure without its poses, and what they are solved from."""

    figure: Figure
    start: Pose
    solids: Mapping[str, Box]
    frames: tuple[Key, ...]


def stamp(draft: Draft) -> int:
    """Return a stamp of everything that the poses depend on; not with the camera, or the place in the file."""
    figure = draft.figure
    frames = [key._replace(place=(0, 0)) for key in draft.frames]
    return zlib.crc32(repr((figure.face, figure.path, figure.sides, draft.start, draft.solids, frames)).encode())


class Open(NamedTuple):
    """A key frame that could not be solved: its place, and what keeps it open."""

    place: tuple[int, int]
    sentence: str


class Solved(NamedTuple):
    """The figure with its poses, and what of it stayed open."""

    figure: Figure
    open: tuple[Open, ...]


class _Task:
    """One pose to be solved: residuals of a vector of angles and the place of the pelvis."""

    def __init__(
        self,
        draft: "Draft",
        guess: Sequence[float],
        given: set[int],
        *,
        contacts: Sequence[Contact],
        planted: Mapping[str, Vector],
        first: Body | None = None,
    ) -> None:
        self.face, self.guess, self.solids = draft.figure.face, list(guess), draft.solids
        self.tied = _TIED if draft.figure.sides == "both" else set()
        self.contacts = list(contacts)
        self.measures: list[Measure] = [measure(each, self.solids, first) for each in contacts]
        self.planted = planted
        soft = [_GIVEN if index in given else _NOT_GIVEN for index in range(_COUNT)]
        soft[:LEFT] = [_BODY] * 3 + [_SPINE] * 3 + [_NECK] * 3
        self.soft = [*soft, _OF_PLACE, 0.0, _OF_PLACE]
        self.pull = 1.0

    def body(self, x: Sequence[float]) -> Body:
        return stand(self.face, Pose(tuple(x[:_COUNT]), (x[_COUNT], x[_COUNT + 1], x[_COUNT + 2])))

    def tie(self, x: list[float]) -> list[float]:
        """Copy the left side to the right one where both do the same."""
        if self.tied:
            x[RIGHT:_COUNT] = x[LEFT:RIGHT]
            for index in TURNED_BY_A_MIRROR:
                x[index] = 0.0
        return x

    def misses(self, body: Body) -> list[float]:
        found = [miss for each in self.measures for miss in each(body)]
        for name, (x, _, z) in self.planted.items():
            at = point(body, name)
            found += (0.5 * (at[0] - x), 0.5 * (at[2] - z))
        return found

    def residuals(self, x: Sequence[float]) -> list[float]:
        body = self.body(x)
        found = [_OF_CONTACT * miss for miss in self.misses(body)]
        found += [_OF_CLASH * min(0.0, gap) for gap in gaps(body, self.solids)]
        found += [self.pull * k * (a - b) for k, a, b in zip(self.soft, x, self.guess, strict=True)]
        return found

    def worst(self, x: Sequence[float]) -> tuple[float, float]:
        """Return the largest miss of a contact and the depth of the deepest clash."""
        body = self.body(x)
        return max(map(abs, self.misses(body)), default=0.0), max(0.0, -min(gaps(body, self.solids)))

    def is_open(self, x: Sequence[float]) -> bool:
        missed, clash = self.worst(x)
        return missed > CONTACT_WITHIN or clash > CLASH_WITHIN

    def blame(self, x: Sequence[float]) -> str:
        """Return what keeps a pose open: first the farthest off, which the rest mostly follows from; limits last."""
        body = self.body(x)
        missed: list[tuple[float, str]] = []
        for contact, each in zip(self.contacts, self.measures, strict=True):
            if (miss := max(map(abs, each(body)), default=0.0)) > CONTACT_WITHIN:
                missed.append((miss, f'"{contact}" is missed by {miss * 100:.1f} cm'))
        for name, there in self.planted.items():
            at = point(body, name)
            if (miss := length((at[0] - there[0], 0, at[2] - there[2]))) > 2 * CONTACT_WITHIN:
                missed.append((miss, f"{name} slides by {miss * 100:.1f} cm (`slides: true` lets it)"))
        missed += [
            (clash.metres, f"{clash.one} is {clash.metres * 100:.1f} cm in {clash.two}")
            for clash in clashes(body, self.solids)
            if clash.metres > CLASH_WITHIN - 0.004
        ]
        found = [sentence for _, sentence in sorted(missed, key=lambda each: -each[0])]
        for angle, value, lowest, highest in zip(ANGLES, x, LOWEST, HIGHEST, strict=False):
            way = angle.direction
            if angle.joint != "body" and not lowest + 0.01 < value < highest - 0.01:
                word = way.more if value > way.rest else way.less
                found.append(f"{angle.joint} is at its limit, {abs(value):.0f} degrees of {word}")
        more = len(found) - _BLAMED
        return "; ".join(found[:_BLAMED]) + (f"; and {more} more" if more > 0 else "")


def _descend(task: _Task, start: Sequence[float], most: int, pull: float) -> list[float]:
    """The nearest minimum. A step is cut at the limits; what pushes outward there sits out."""
    task.pull = pull
    x = task.tie([min(max(v, low), high) for v, low, high in zip(start, _LOWEST, _HIGHEST, strict=True)])
    residuals = task.residuals(x)
    cost = sum(v * v for v in residuals)
    damping = 1e-2
    for _ in range(most):
        columns = _jacobian(task, x, residuals)
        slope = {k: sum(v * residuals[i] for i, v in column.items()) for k, column in columns.items()}
        live = [
            k
            for k in columns
            if not (x[k] <= _LOWEST[k] + 1e-9 and slope[k] > 0) and not (x[k] >= _HIGHEST[k] - 1e-9 and slope[k] < 0)
        ]
        square = [
            [sum(v * columns[m].get(i, 0.0) for i, v in columns[k].items()) for m in live[: row + 1]]
            for row, k in enumerate(live)
        ]
        for _ in range(8):
            step = _cholesky(square, damping, [-slope[k] for k in live])
            if step is None:
                damping *= 10
                continue
            y = x[:]
            for k, v in zip(live, step, strict=True):
                y[k] = min(max(x[k] + v, _LOWEST[k]), _HIGHEST[k])
            there = task.residuals(task.tie(y))
            if (lower := sum(v * v for v in there)) < cost:
                break
            damping *= 6
        else:
            break
        gain, x, residuals, cost = cost - lower, y, there, lower
        damping = max(damping / 5, 1e-7)
        if gain < 1e-4 * cost + 1e-6:
            break
    return x


def _jacobian(task: _Task, x: list[float], residuals: list[float]) -> dict[int, dict[int, float]]:
    """Return the Jacobian by unknown, without zeros."""
    columns = {}
    for k in range(len(x)):
        if k in task.tied:
            continue
        step = 0.3 if k < _COUNT else 0.002
        step = step if x[k] + step <= _HIGHEST[k] else -step
        y = x[:]
        y[k] += step
        there = task.residuals(task.tie(y))
        columns[k] = {i: (a - b) / step for i, (a, b) in enumerate(zip(there, residuals, strict=True)) if a != b}
    return columns


def _cholesky(square: list[list[float]], damping: float, right: list[float]) -> list[float] | None:
    """Solve the damped normal equations, given as a lower triangle; None if they are not positive definite."""
    triangle: list[list[float]] = []
    for i, given in enumerate(square):
        row: list[float] = []
        for j in range(i):
            other = triangle[j]
            row.append((given[j] - sum(p * q for p, q in zip(row, other, strict=False))) / other[j])
        diagonal = given[i] * (1 + damping) + 1e-9 - sum(p * p for p in row)
        if diagonal <= 0:
            return None
        row.append(sqrt(diagonal))
        triangle.append(row)
    y: list[float] = []
    for i, row in enumerate(triangle):
        y.append((right[i] - sum(p * q for p, q in zip(row, y, strict=False))) / row[i])
    for i in range(len(y) - 1, -1, -1):
        y[i] /= triangle[i][i]
        for k in range(i):
            y[k] -= triangle[i][k] * y[i]
    return y


def _solve(task: _Task, tries: int = 4) -> list[float]:
    """In two passes, the second with a weaker pull to the guess; if it stays open, from spoilt guesses once more."""
    noise = random.Random(1)
    best: tuple[float, list[float]] | None = None
    for attempt in range(tries + 1):
        start = list(task.guess)
        if attempt:
            for k in range(len(start)):
                wide = 12.0 if k < _COUNT else 0.05
                start[k] += noise.gauss(0, wide) * (0.4 if k < LEFT else 1)
            start[_COUNT + 1] += 0.15  # from above, out of the floor and the seat
        x = _descend(task, _descend(task, start, 40, 1.0), 15, 0.25)
        error = sum(task.worst(x))
        if best is None or error < best[0]:
            best = error, x
        if not task.is_open(x):
            break
    assert best
    return best[1]


def _rounded(x: Sequence[float]) -> Pose:
    a, b, c = (round(v, 4) for v in x[_COUNT:])
    return Pose(tuple(round(v, 2) for v in x[:_COUNT]), (a, b, c))


def _mixed(a: Pose, b: Pose, share: float) -> list[float]:
    return [p + (q - p) * share for p, q in zip((*a.angles, *a.pelvis), (*b.angles, *b.pelvis), strict=True)]


class _Kept(NamedTuple):
    """The ties of a key frame: its contacts, and the points on the floor that stayed where they were."""

    contacts: tuple[Contact, ...]
    planted: Mapping[str, Vector]


def solve(draft: Draft) -> Solved:
    """Solve the key frames one after another, then the poses between them."""
    poses: list[Pose] = []
    kept: list[_Kept] = []
    found_open: list[Open] = []
    planted: dict[str, Vector] = {}
    first: Body | None = None
    pose = draft.start
    for key in draft.frames:
        if key.mirror_of is not None:
            poses.append(mirrored(poses[key.mirror_of]))
            kept.append(_Kept(tuple(each.mirrored() for each in kept[key.mirror_of].contacts), {}))
            continue
        guess = [*pose.angles, *(key.at or pose.pelvis)]
        for index, value in key.given:
            guess[index] = value
        floor = [each.point for each in key.contacts if each.kind == "on" and each.others == (FLOOR,)]
        stays = {name: planted[name] for name in floor if name in planted and not key.slides}
        given = {index for index, _ in key.given}
        task = _Task(draft, guess, given, contacts=key.contacts, planted=stays, first=first)
        x = _solve(task)
        if task.is_open(x):
            found_open.append(Open(key.place, task.blame(x)))
        pose = _rounded(x)
        body = stand(draft.figure.face, pose)
        first = first or body
        planted = {name: point(body, name) for name in floor}  # what is lifted may come down elsewhere
        poses.append(pose)
        kept.append(_Kept(key.contacts, stays))
    way = _circle(draft, poses, kept) if draft.figure.path == "circle" else _way(draft, poses, kept)
    return Solved(draft.figure._replace(poses=tuple(way)), tuple(found_open))


def _way(draft: Draft, poses: Sequence[Pose], kept: Sequence[_Kept]) -> Iterator[Pose]:
    """The key poses with solved ones between them: mixed angles, then the contacts of both ends."""
    steps = draft.figure.steps
    for (start, end), (before, after) in zip(pairwise(poses), pairwise(kept), strict=True):
        both = _Kept(tuple(each for each in before.contacts if each in after.contacts), after.planted)
        yield from _along(draft, [_mixed(start, end, step / steps) for step in range(steps + 1)], both)
    yield poses[-1]


def _circle(draft: Draft, poses: Sequence[Pose], kept: Sequence[_Kept]) -> Iterator[Pose]:
    """The same round a closed path without corners."""
    held = _Kept(tuple(each for each in kept[0].contacts if all(each in key.contacts for key in kept)), {})
    steps = draft.figure.steps
    for number in range(len(poses)):
        around = [poses[(number + i) % len(poses)] for i in (-1, 0, 1, 2)]
        yield from _along(draft, [rounded(around, step / steps) for step in range(steps + 1)], held)


_EVENINGS = 4
"""Maximum number of times that a path with a leap is smoothed."""


def _along(draft: Draft, guesses: Sequence[list[float]], held: _Kept) -> list[Pose]:
    """Poses near the guesses, all but the last: each is sought from where the one before was found, without leaps."""
    way = [guesses[0]]
    for guess in guesses[1:-1]:
        start = [a + b - c for a, b, c in zip(guess, way[-1], guesses[len(way) - 1], strict=True)]
        way.append(_near(draft, guess, start, held))
    way.append(guesses[-1])
    for _ in range(_EVENINGS):
        if not _leaps(draft, way):
            break
        for number in range(1, len(way) - 1):
            middle = [(a + b) / 2 for a, b in zip(way[number - 1], way[number + 1], strict=True)]
            way[number] = _near(draft, middle, middle, held)
    return [_rounded(x) for x in way[:-1]]


def _leaps(draft: Draft, way: Sequence[list[float]]) -> bool:
    """Whether some point moves twice as far in a step as is usual on this way, and 8 cm or more."""
    bodies = [stand(draft.figure.face, _rounded(x)).points for x in way]
    steps = [max(length(minus(a[name], b[name])) for name in a) for a, b in pairwise(bodies)]
    return max(steps) > max(0.08, 2 * sum(steps) / len(steps))


def _near(draft: Draft, guess: list[float], start: list[float], held: _Kept) -> list[float]:
    """A pose near a guess that is nearly right, sought from a start: never a leap to another way of holding on."""
    task = _Task(draft, guess, set(range(_COUNT)), contacts=held.contacts, planted=held.planted)
    x = _descend(task, start, 12, 1.0)
    if task.is_open(x):
        found = [_descend(task, each, 40, 0.25) for each in (x, guess)]
        x = min(found, key=lambda each: sum(task.worst(each)))
    return x
