"""A body and the things around it as a picture of square pixels, two of which make a cell of a terminal."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from hiproutine.figure.model import Block, Region
from hiproutine.figure.palette import RGB, Palette
from hiproutine.figure.samples import Samples
from hiproutine.figure.skeleton import Body, Vector
from hiproutine.figure.skin import FULL, LINE, ROLE, ROLES, dimmed, plain, shade_of
from hiproutine.figure.view import Shape, View, shapes


class Scene(NamedTuple):
    """What a picture is of."""

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


def take(scene: Scene, view: View, columns: int) -> Samples:
    """Draws a scene. `columns`: how wide it will be in cells; limbs and patches grow in small pictures."""
    samples = Samples(view)
    dims = dimmed(scene.body, view, scene.show)
    grow = 0.35 if columns < 56 else 0.15 if columns < 90 else 0.0
    for shape in shapes(scene.body, 1.0 if columns > 80 else 1.1):
        samples.draw(shape, shade_of(shape, scene.show, dims.get(shape.name, 1.0), grow))
    for block in scene.blocks:
        _draw_block(samples, block)
    for at, radius in scene.balls:
        samples.draw(_ball("ball", at, at, radius), plain("cushion"))
    thin = max(0.011, 0.55 / view.scale)
    for start, end in scene.lines:
        samples.draw(_ball("strap", start, end, thin), ROLE["strap"] * 32 + FULL)
    return samples


_STRAIGHT = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def _ball(name: str, start: Vector, end: Vector, radius: float) -> Shape:
    return Shape(name, _STRAIGHT, start, end, radius, radius, (1.0, 1.0))


def _draw_block(samples: Samples, block: Block) -> None:
    (x0, x1), (y0, y1), (z0, z1) = block.box
    if block.form == "box":
        samples.draw_box(block.name, block.box, block.tone)
        return
    radius = (y1 - y0) / 2
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    ends = ((x, y, z0 + radius), (x, y, z1 - radius)) if block.form == "roller" else ((x, y, (z0 + z1) / 2),) * 2
    samples.draw(_ball(block.name, *ends, radius), plain(block.tone))


class Picture(NamedTuple):
    """Square pixels, row by row: a colour, and a role with its level for terminals that have few colours or none."""

    wide: int
    high: int
    colours: list[RGB]
    roles: list[int]

    def role(self, index: int) -> int:
        return self.roles[index] // 32


_STRIPE = 5
"""How many levels darker every third stripe of the highlighted part is."""


class Overlay(NamedTuple):
    """Where the body was at the start, seen where nothing is now; roles of what is drawn over all, such as arrows."""

    ghost: Sequence[int]
    over: bytearray


def pixels(samples: Samples, scene: Scene, colours: Palette, a_side: int, overlay: Overlay) -> Picture:
    """The picture of a scene, of `a_side` times `a_side` samples a pixel."""
    wide, high = samples.view.wide, samples.view.high
    flat = _flat(samples, overlay, a_side * (1 if wide < 60 * a_side else 2))
    floor = _floor(samples.view, scene, a_side)
    table = _table(colours)
    found: list[RGB] = []
    roles: list[int] = []
    area = a_side * a_side
    for top in range(0, high, a_side):
        rows = [flat[row * wide : row * wide + wide] for row in range(top, top + a_side)]
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
    return Picture(wide // a_side, high // a_side, found, roles)


def _flat(samples: Samples, overlay: Overlay, stripe: int) -> list[int]:
    """Role and level of every sample; 0 where the floor or the background is. The highlight is striped, too."""
    flat = [0] * len(samples.what)
    lines = _lines(samples)
    hot, wide = ROLE["hot"], samples.view.wide
    for k, number in enumerate(samples.what):
        if number:
            packed = samples.seen(k)
            if lines[k]:
                packed += LINE - packed % 32
            elif packed // 32 == hot and (k % wide // stripe + k // wide // stripe) % 3 == 0:
                packed -= _STRIPE
            flat[k] = packed
    if overlay.ghost:
        for k, number in enumerate(overlay.ghost):
            if number and (not flat[k] or flat[k] // 32 == ROLE["wall"]):
                flat[k] = ROLE["ghost"] * 32 + FULL
    for k, role in enumerate(overlay.over) if any(overlay.over) else ():
        if role:
            flat[k] = role * 32 + FULL
    return flat


@lru_cache(maxsize=8)
def _tables(named: tuple[tuple[str, RGB], ...]) -> list[RGB]:
    colours = dict(named)
    found: list[RGB] = []
    back = colours["background"]
    for name in ROLES:
        colour = colours[name]
        for level in range(32):
            share = level / FULL
            if name in ("background", "mat", "shadow", "ghost"):
                found.append(colour)
            elif level == LINE:
                found.append(_blend(colour, back, 0.65))
            elif share <= 1:
                found.append(_blend((0, 0, 0), colour, share))
            else:
                found.append(_blend(colour, (255, 255, 255), share - 1))
    return found


def _table(colours: Palette) -> list[RGB]:
    """The colour of every role at every level; a line takes the background's colour."""
    return _tables(tuple(colours.colours.items()))


def _blend(a: RGB, b: RGB, share: float) -> RGB:
    x, y, z = (int(p + (q - p) * share) for p, q in zip(a, b, strict=True))
    return x, y, z


def _lines(samples: Samples) -> bytearray:
    """Where two shapes meet and one is nearer, the farther one gives way to a line."""
    wide, what, depth, names = samples.view.wide, samples.what, samples.depth, samples.names
    found = bytearray(len(what))
    joined = {(a, b): frozenset((one, two)) in _JOINED for a, one in enumerate(names) for b, two in enumerate(names)}
    for shift in (1, wide):
        for k, (a, b) in enumerate(zip(what, what[shift:], strict=False)):
            if a == b or not a or not b or names[a] == names[b]:
                continue
            if names[a] in ("wall", "strap") or names[b] in ("wall", "strap"):
                continue
            jump = depth[k] - depth[k + shift]
            if abs(jump) > (0.075 if joined[a, b] else 0.012):
                found[k + shift if jump > 0 else k] = 1
    return found


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
    known: dict[tuple[int, int], int] = {}

    def floor(i: int, j: int) -> int:
        if (i, j) in known:
            return known[i, j]
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
        known[i, j] = found
        return found

    return floor


def mat_under(bodies: Iterable[Body]) -> tuple[float, float, float, float]:
    """From where to where the mat goes along x and z."""
    places = [at for body in bodies for at in body.points.values()]
    xs, zs = [at[0] for at in places], [at[2] for at in places]
    middle, half = (min(zs) + max(zs)) / 2, max(0.30, (max(zs) - min(zs)) / 2 + 0.06)
    return min(xs) - 0.08, max(xs) + 0.10, middle - half, middle + half
