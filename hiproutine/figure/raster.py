"""A body and the things around it as a picture of square pixels, two of which make a cell of a terminal."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import floor
from typing import NamedTuple, TypeVar

from hiproutine.figure.model import Block, Region
from hiproutine.figure.palette import RGB, Palette, is_dark
from hiproutine.figure.samples import Samples
from hiproutine.figure.skeleton import Body, Vector
from hiproutine.figure.skin import FAR, FULL, LINE, ROLE, ROLES, dimmed, plain, shade_of
from hiproutine.figure.view import Shape, View, shapes

T = TypeVar("T")


class Scene(NamedTuple):
    """The subject of a picture."""

    body: Body
    show: Sequence[Region]
    blocks: Sequence[Block]
    balls: Sequence[tuple[Vector, float]]
    lines: Sequence[tuple[Vector, Vector]]
    mat: tuple[float, float, float, float]


def _joined() -> set[frozenset[str]]:
    """Neighbours, between which a line is drawn only where one is well behind the other."""
    trunk = [("pelvis", "belly"), ("belly", "thorax"), ("thorax", "throat"), ("throat", "head"), ("thorax", "pelvis")]
    limbs = [("thigh", "shin"), ("shin", "foot"), ("arm", "forearm"), ("forearm", "palm")]
    pairs = [(f"{s}.{one}", f"{s}.{two}") for s in "lr" for one, two in limbs]
    pairs += [
        (f"{s}.{one}", two) for s in "lr" for one, two in (("thigh", "pelvis"), ("arm", "thorax"), ("thigh", "belly"))
    ]
    return {frozenset(pair) for pair in (*trunk, *pairs)}


_JOINED = _joined()


Slices = Generator[None, None, T]
"""Work in slices of a few milliseconds, for an event loop; the generator returns its value."""


def finished(work: Slices[T]) -> T:
    """Run sliced work to its end and return its value."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            value: T = end.value
            return value


def taking(scene: Scene, view: View, columns: int) -> Slices[Samples]:
    """Draw a scene. `columns`: how wide it will be in cells; limbs and patches grow in small pictures."""
    samples = Samples(view)
    dims = dimmed(scene.body, view, scene.show)
    grow = 0.35 if columns < 56 else 0.15 if columns < 90 else 0.0
    for shape in shapes(scene.body, 1.0 if columns > 80 else 1.1):
        yield from samples.draw(shape, shade_of(shape, scene.show, dims.get(shape.name, 1.0), grow))
        yield
    for block in scene.blocks:
        yield from _draw_block(samples, block)
    for at, radius in scene.balls:
        yield from samples.draw(_ball("ball", at, at, radius), plain("cushion"))
    thin = max(0.011, 0.55 / view.scale)
    for start, end in scene.lines:
        yield from samples.draw(_ball("strap", start, end, thin), ROLE["strap"] * 32 + FULL)
    return samples


_STRAIGHT = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def _ball(name: str, start: Vector, end: Vector, radius: float) -> Shape:
    return Shape(name, _STRAIGHT, start, end, radius, radius, (1.0, 1.0))


def _draw_block(samples: Samples, block: Block) -> Iterator[None]:
    (x0, x1), (y0, y1), (z0, z1) = block.box
    if block.form == "box":
        yield from samples.draw_box(block.name, block.box, block.tone)
        return
    radius = (y1 - y0) / 2
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    ends = ((x, y, z0 + radius), (x, y, z1 - radius)) if block.form == "roller" else ((x, y, (z0 + z1) / 2),) * 2
    yield from samples.draw(_ball(block.name, *ends, radius), plain(block.tone))


class Picture(NamedTuple):
    """Square pixels, row by row: a colour, and a role with its level for terminals that have few colours or none."""

    wide: int
    high: int
    colours: list[RGB]
    roles: list[int]


def narrowed(picture: Picture, width: float, background: RGB) -> Picture:
    """A picture that turns about its upright middle, of that share of its width; below 0 it is seen in a mirror."""
    if width >= 1:
        return picture
    wide, half = picture.wide, picture.wide / 2
    shrunk = width if abs(width) > 0.01 else 0.01
    seen = [floor(half + (i + 0.5 - half) / shrunk) for i in range(wide)]
    colours: list[RGB] = []
    roles: list[int] = []
    for top in range(0, wide * picture.high, wide):
        colours += [picture.colours[top + i] if 0 <= i < wide else background for i in seen]
        roles += [picture.roles[top + i] if 0 <= i < wide else FULL for i in seen]
    return Picture(wide, picture.high, colours, roles)


_SLICE = 400
"""Samples in one slice of work."""
_STRIPE = 5
"""The levels by which every third stripe of the highlighted part is darker."""


_FLAT = 3
"""Levels between two tones of a picture of one sample a pixel: neighbours that are alike send fewer bytes."""


class Overlay(NamedTuple):
    """The body at the start, seen where nothing is now; and the roles of what is drawn over all, such as arrows."""

    ghost: Sequence[int]
    over: bytearray


def pixels(samples: Samples, scene: Scene, colours: Palette, a_side: int, overlay: Overlay) -> Slices[Picture]:
    """The picture of a scene, of `a_side` times `a_side` samples a pixel."""
    wide, high = samples.view.wide, samples.view.high
    lines = _rows(samples, overlay, a_side * (1 if wide < 60 * a_side else 2))
    floor = _floor(samples.view, scene, a_side)
    table = _table(colours, flat=a_side == 1)
    found: list[RGB] = []
    roles: list[int] = []
    area = a_side * a_side
    yield
    for top in range(0, high, a_side):
        rows = [next(lines) for _ in range(a_side)]
        for left in range(0, wide, a_side):
            cell = [packed for row in rows for packed in row[left : left + a_side]]
            if 0 in cell:
                under = floor(left // a_side, top // a_side)
                cell = [packed or under for packed in cell]
            first = cell[0]
            if cell.count(first) == area:
                found.append(table[first])
                roles.append(first)
                continue
            tones = [table[packed] for packed in cell]
            r, g, b = (sum(channel) // area for channel in zip(*tones, strict=True))
            found.append((r, g, b))
            roles.append(max(cell, key=cell.count))
        if top * wide // _SLICE != (top + a_side) * wide // _SLICE:
            yield
    return Picture(wide // a_side, high // a_side, found, roles)


def _rows(samples: Samples, overlay: Overlay, stripe: int) -> Iterator[list[int]]:
    """Role and level of the samples, row by row; 0 where the floor or the background is. The highlight is striped."""
    hot, ghost, wall, wide = ROLE["hot"], ROLE["ghost"] * 32 + FULL, ROLE["wall"], samples.view.wide
    seen, over = samples.seen, overlay.over
    for j, marked in enumerate(_lines(samples)):
        top = j * wide
        row = [0] * wide
        for i, number in enumerate(samples.what[top : top + wide]):
            if number:
                packed = seen(top + i)
                if marked[i]:
                    packed += LINE - packed % 32
                elif packed // 32 == hot and (i // stripe + j // stripe) % 3 == 0:
                    packed -= _STRIPE
                row[i] = packed
        if overlay.ghost:
            for i, number in enumerate(overlay.ghost[top : top + wide]):
                if number and (not row[i] or row[i] // 32 == wall):
                    row[i] = ghost
        if any(over[top : top + wide]):
            row = [role * 32 + FULL if role else packed for role, packed in zip(over[top:], row, strict=False)]
        yield row


@lru_cache(maxsize=8)
def _tables(named: tuple[tuple[str, RGB], ...], flat: bool) -> list[RGB]:
    colours = dict(named)
    found: list[RGB] = []
    back = colours["background"]
    for name in ROLES:
        colour = colours[name]
        for every in range(32):
            level = max(1, _FLAT * round(every / _FLAT)) if flat and every != LINE else every
            share = level / FULL
            if name in ("background", "mat", "shadow", "ghost"):
                found.append(colour)
            elif level == LINE:
                found.append(_blend(colour, back, 0.65))
            elif share <= 1:
                found.append(_shaded(colour, back, level))
            else:
                found.append(_blend(colour, (255, 255, 255), share - 1))
    return found


def _shaded(colour: RGB, back: RGB, level: int) -> RGB:
    """Return the colour at a level: towards black, or, for the far side on light ground, towards the ground."""
    share = level / FULL
    if is_dark(back):
        return _blend((0, 0, 0), colour, share)
    if level >= FAR:
        return _blend((0, 0, 0), colour, 0.4 + 0.6 * share)
    return _blend(_blend((0, 0, 0), colour, 0.7 + 0.3 * level / FAR), back, _FADED)


_FADED = 0.4


def _table(colours: Palette, *, flat: bool) -> list[RGB]:
    """The colour of every role at every level, `flat` in few steps; a line takes the background's colour."""
    return _tables(tuple(colours.colours.items()), flat)


def _blend(a: RGB, b: RGB, share: float) -> RGB:
    x, y, z = (int(p + (q - p) * share) for p, q in zip(a, b, strict=True))
    return x, y, z


def _lines(samples: Samples) -> Iterator[bytearray]:
    """Row by row, where two shapes meet and one is nearer: the farther one gives way to a line."""
    wide, what, depth, names = samples.view.wide, samples.what, samples.depth, samples.names
    plain_ = {number for number, name in enumerate(names) if name in ("", "wall", "strap")}

    def jump(k: int, shift: int) -> float:
        """Return how much nearer the first of two samples is, where there is a line between them."""
        a, b = what[k], what[k + shift]
        if a in plain_ or b in plain_ or names[a] == names[b]:
            return 0.0
        found = depth[k] - depth[k + shift]
        return found if abs(found) > (0.075 if frozenset((names[a], names[b])) in _JOINED else 0.012) else 0.0

    carried = bytearray(wide)
    for top in range(0, len(what), wide):
        marked, carried = carried, bytearray(wide)
        row, below = what[top : top + wide], what[top + wide : top + 2 * wide]
        for i in [i for i, (a, b) in enumerate(pairwise(row)) if a != b]:
            if nearer := jump(top + i, 1):
                marked[i + 1 if nearer > 0 else i] = 1
        for i in [i for i, (a, b) in enumerate(zip(row, below, strict=False)) if a != b]:
            if nearer := jump(top + i, wide):
                (carried if nearer > 0 else marked)[i] = 1
        yield marked


def _floor(view: View, scene: Scene, a_side: int) -> Callable[[int, int], int]:
    """The mat at a pixel, darker under the body, so that what hovers shows; the background where there is none."""
    right, up, near = view.basis
    if near[1] < 0.02:
        return lambda _x, _y: FULL
    x0, x1, z0, z1 = scene.mat
    shadows = []
    for shape in shapes(scene.body):
        (ax, ay, az), (bx, by, bz) = shape.start, shape.end
        low = min(ay - shape.thick, by - shape.thin) < 0.10
        radius = max(shape.thick, shape.thin) * (1.15 if low else 0.7)
        shadows.append((ax, az, bx - ax, bz - az, (bx - ax) ** 2 + (bz - az) ** 2, radius * radius))

    def floor(i: int, j: int) -> int:
        across = ((i + 0.5) * a_side - view.x) / view.scale
        high = (view.y - (j + 0.5) * a_side) / view.scale
        t = -(high * up[1]) / near[1]
        x = across * right[0] + high * up[0] + t * near[0]
        z = across * right[2] + high * up[2] + t * near[2]
        found = FULL
        if x0 <= x <= x1 and z0 <= z <= z1:
            found = ROLE["mat"] * 32 + FULL
            for ax, az, vx, vz, long, radius in shadows:
                wx, wz = x - ax, z - az
                s = min(1.0, max(0.0, (vx * wx + vz * wz) / long)) if long > 1e-9 else 0.0
                if (wx - s * vx) ** 2 + (wz - s * vz) ** 2 < radius:
                    found = ROLE["shadow"] * 32 + FULL
                    break
        return found

    return floor


def mat_under(bodies: Iterable[Body]) -> tuple[float, float, float, float]:
    """From where to where the mat goes along x and z."""
    places = [at for body in bodies for at in body.points.values()]
    xs, zs = [at[0] for at in places], [at[2] for at in places]
    middle, half = (min(zs) + max(zs)) / 2, max(0.30, (max(zs) - min(zs)) / 2 + 0.06)
    return min(xs) - 0.08, max(xs) + 0.10, middle - half, middle + half
