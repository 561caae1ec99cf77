"""A figure as SVG, for pages and paper: the start thin and pale, the end full, an arrow between; light and dark."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from math import cos, pi, sin, sqrt
from typing import NamedTuple

from hiproutine.figure.frames import body_at, end_of
from hiproutine.figure.model import Block, Figure, Region
from hiproutine.figure.palette import HAIRS, SKINS, palette
from hiproutine.figure.skeleton import Body, Vector, between, dot, point, stand
from hiproutine.figure.skin import HALF_DIM, PATCHES, dimmed
from hiproutine.figure.stage import Arrow, Spot, Stage, fitting
from hiproutine.figure.view import HEAD_STRETCH, Shape, View, axes, shapes

_COLUMNS, _ROWS = 96, 36
_SCALE = 8
"""Units of the drawing a pixel of the stage that it is laid out on."""
_EDGE = 6
"""Units around it: hair stands out beyond the head that it is laid out for."""
_ROUND = 22
"""Corners of the outline of a limb."""

# The classes of the paths: fill, stroke and width on light ground and on paper; fill and stroke on a dark screen.
_TONES = {
    "t": ("#a9c6d6", "#20272d", 2.6, "#3f6279", "#e6ebef"),
    "o": ("#7f92b4", "#20272d", 2.6, "#344763", "#e6ebef"),
    "h": ("#f08a2c", "#20272d", 1.2, "#e07a1c", "#e6ebef"),
    "p": ("#d5dadc", "#20272d", 1.2, "#3b444a", "#e6ebef"),
    "g": ("#ffffff", "#a3aeb6", 1.2, "#12171c", "#5b6670"),
    "m": ("#e3ecea", "none", 0, "#1d2a2e", "none"),
    "w": ("none", "#8c6c00", 2.6, "none", "#ffd98a"),
    "a": ("none", "#9c1f41", 4, "none", "#ffd98a"),
    "ah": ("#9c1f41", "none", 0, "#ffd98a", "none"),
    "u": ("none", "#b00000", 5, "none", "#ff7a7a"),
    "uh": ("#b00000", "none", 0, "#ff7a7a", "none"),
    "x": ("none", "#8a3d00", 2.6, "none", "#5c2900"),
    "z": ("#20272d", "none", 0, "#e6ebef", "none"),
    "b": ("#ffffff", "none", 0, "#12171c", "none"),
}


# Skin, the skin of the far side, and hair: how much white is added on light ground, and what is left on dark.
_OF_THE_BODY = {"s": (0.5, 0.68), "f": (0.1, 0.49), "k": (0.16, 0.45)}


def style(skin: str = "neutral", hair: str = "neutral", *, paper: bool = False) -> str:
    """The style sheet of drawings, in tones of SKINS and HAIRS; `paper` stays white on a dark screen, too."""
    tones = dict(_TONES)
    for kind, (white, left) in _OF_THE_BODY.items():
        tone = HAIRS[hair] if kind == "k" else SKINS[skin]
        fills = [round(v + (255 - v) * white) for v in tone], [round(v * left) for v in tone]
        on_light, on_dark = (f"#{r:02x}{g:02x}{b:02x}" for r, g, b in fills)
        tones[kind] = (on_light, "#20272d", 2.6, on_dark, "#e6ebef")
    light = "".join(f".hf .{k}{{fill:{f};stroke:{s};stroke-width:{w}}}" for k, (f, s, w, _, _) in tones.items())
    dark = "".join(f".hf .{k}{{fill:{f};stroke:{s}}}" for k, (_, _, _, f, s) in tones.items())
    joins = ".hf path{stroke-linejoin:round;stroke-linecap:round}"
    return joins + light + ("" if paper else f"@media screen and (prefers-color-scheme:dark){{{dark}}}")


STYLE = style()
_CLASSES = {"pelvis": "o", "belly": "t", "thorax": "t"}


def svg(figure: Figure, name: str, tones: str = STYLE) -> str:
    """The drawing, with the style sheet of its tones; with none for a page that has one for all."""
    stage = staged(figure)
    box = " ".join(map(str, box_of(stage)))
    drawing = Drawing(stage.view)
    title = escape(f"{name}: how it begins, thin, and how it ends")
    head = '<svg xmlns="http://www.w3.org/2000/svg"' if tones else "<svg"
    parts = [f'{head} class="hf" viewBox="{box}" role="img"><title>{title}</title>']
    if tones:
        parts.append(f"<style>{tones}</style>")
    drawn = list(layers(drawing, stage, end_of(figure)))
    start = stand(figure.face, figure.poses[0])
    found = [layer for layer in drawn if layer.is_behind]
    if has_ghost(figure):
        found += [Layer("ghost", "g", drawing.outline(shape, 14)) for shape in _in_order(start, stage.view)]
    found += [layer for layer in drawn if not layer.is_behind]
    for arrow in stage.arrows(end_of(figure)):
        found += arrow_layers(arrow)
    return "".join([*parts, *map(_path, found)]) + "</svg>\n"


def page(drawings: Sequence[tuple[str, str]], tones: str = STYLE) -> str:
    """A page to print of named drawings, made without a style sheet."""
    figures = "\n".join(
        f"<figure>{drawing.strip()}<figcaption>{escape(name)}</figcaption></figure>" for name, drawing in drawings
    )
    return (
        '<!doctype html>\n<html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
        f"<title>hiproutine: the exercises</title>\n<style>{tones}\n"
        "body{font:14px/1.3 sans-serif;display:grid;grid-template-columns:repeat(auto-fill,minmax(14em,1fr));gap:1em}"
        "figure{margin:0;break-inside:avoid;text-align:center}figure svg{width:100%;height:11em}</style>\n"
        f"{figures}\n</html>\n"
    )


def sheet(drawings: Sequence[tuple[str, str]], tones: str = STYLE) -> str:
    """The same as one SVG, five beside one another."""
    wide, high, across = 240, 190, 5
    rows = -(-len(drawings) // across)
    box = f'width="{wide * across}" height="{high * rows}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="hf" viewBox="0 0 {wide * across} {high * rows}">',
        f"<title>hiproutine: the exercises</title><style>{tones}.hf text{{font:12px sans-serif}}</style>",
        f'<rect class="b" {box}/>',
    ]
    for number, (name, drawing) in enumerate(drawings):
        x, y = number % across * wide, number // across * high
        place = f'<svg x="{x + 10}" y="{y + 8}" width="{wide - 20}" height="{high - 36}"'
        at = f'x="{x + wide // 2}" y="{y + high - 12}"'
        parts.append(drawing.strip().replace("<svg", place, 1))
        parts.append(f'<text class="z" {at} text-anchor="middle">{escape(name)}</text>')
    return "\n".join(parts) + "</svg>\n"


def staged(figure: Figure) -> Stage:
    """Return the stage on which a figure is laid out to be drawn."""
    return Stage(figure, *fitting(figure, _COLUMNS, _ROWS), palette(), a_side=1)


def has_ghost(figure: Figure) -> bool:
    """Whether a drawing shows the start beside the end."""
    return figure.keys > 1 and figure.path != "circle" and not figure.close_up


def box_of(stage: Stage, unit: int = 1) -> tuple[int, int, int, int]:
    """Return the view box of a drawing in such units: left, top, width and height."""
    edge = -(-_EDGE // unit)
    wide, high = (-(-cells * _SCALE // unit) + 2 * edge for cells in (stage.view.wide, stage.view.high))
    return -edge, -edge, wide, high


class Layer(NamedTuple):
    """A path of a drawing; `name` is the same at every share of the way."""

    name: str
    kind: str
    outline: Sequence[Spot]
    closed: bool = True
    is_behind: bool = False


def layers(drawing: "Drawing", stage: Stage, share: float) -> Iterator[Layer]:
    """Yield what is drawn of a share of the way, the farthest first, without ghost and arrows."""
    figure = stage.figure
    body = body_at(figure, share)
    yield Layer("mat", "m", drawing.mat(stage.mat), is_behind=True)
    pieces = list(drawing.pieces(body, figure))
    names = {id(piece): f"{number}" for number, piece in enumerate(pieces)}
    for piece in pieces:
        if piece.is_behind:
            yield Layer(names[id(piece)], piece.kind, piece.outline, is_behind=True)
    for piece in _painted([piece for piece in pieces if not piece.is_behind]):
        yield Layer(names[id(piece)], piece.kind, piece.outline)
        for number, stripe in enumerate(piece.stripes):
            yield Layer(f"{names[id(piece)]} {number}", "x", stripe, closed=False)
    for number, strap in enumerate(figure.straps):
        ends = [point(body, strap.start), point(body, strap.end) if isinstance(strap.end, str) else strap.end]
        yield Layer(f"strap {number}", "w", [drawing.at(at) for at in ends], closed=False)


def _path(layer: Layer) -> str:
    """Whole units, each corner from the one before: short, and fine enough."""
    spots = [(round(x), round(y)) for x, y in layer.outline]
    words = [f"M{spots[0][0]} {spots[0][1]}l"]
    for (x0, y0), (x1, y1) in pairwise(spots):
        if (x0, y0) != (x1, y1):
            words.append(f"{x1 - x0} {y1 - y0}")
    text = words[0] + " ".join(words[1:]).replace(" -", "-") + ("z" if layer.closed else "")
    return f'<path class="{layer.kind}" d="{text}"/>'


def arrow_layers(arrow: Arrow) -> Iterator[Layer]:
    kind = "u" if arrow.role_name == "push" else "a"
    line = [(x * _SCALE, y * _SCALE) for x, y in arrow.spots]
    (x1, y1) = line[-1]
    size = 26.0
    x0, y0 = next((at for at in reversed(line) if (at[0] - x1) ** 2 + (at[1] - y1) ** 2 >= size * size), line[0])
    long = sqrt((x1 - x0) ** 2 + (y1 - y0) ** 2) or 1.0
    ux, uy = (x1 - x0) / long, (y1 - y0) / long
    kept = [at for at in line if (at[0] - x1) ** 2 + (at[1] - y1) ** 2 > size * size * 0.5]
    shaft = kept[:: max(1, len(kept) // 14)] + kept[-1:] if kept else line[:1]
    yield Layer("shaft", kind, shaft, closed=False)
    (bx, by), wing = (x1 - size * ux, y1 - size * uy), 0.55 * size
    yield Layer("head", f"{kind}h", [(x1, y1), (bx + wing * uy, by - wing * ux), (bx - wing * uy, by + wing * ux)])


def _in_order(body: Body, seen: View) -> list[Shape]:
    """The farthest first: good enough for a ghost."""
    return sorted(shapes(body), key=lambda shape: seen.depth(shape.start) + seen.depth(shape.end))


class _Piece(NamedTuple):
    """Something to be painted: what it is, its outline, and what says whether it is in front of another."""

    kind: str
    outline: list[Spot]
    shape: Shape | None
    block: Block | None
    near: Vector
    layer: int = 0
    """Of what belongs to one limb, what lies on it: clothes 1, a highlighted patch 2, or -1 on the far side."""
    stripes: tuple[list[Spot], ...] = ()

    @property
    def is_behind(self) -> bool:
        return self.block is not None and self.block.name == "wall"

    def hides(self, other: "_Piece") -> float:
        """Return how far this is in front of the other; below zero it is behind it, zero where they do not meet."""
        if self.shape and other.shape:
            if self.shape.name == other.shape.name and self.layer != other.layer:
                return self.layer - other.layer
            if {self.shape.name, other.shape.name} == {"throat", "head"}:
                return 1.0 if self.shape.name == "head" else -1.0
            return _in_front(self.shape, other.shape, self.near)
        if self.block and other.shape:
            return -_before_box(other.shape, self.block, self.near)
        if self.shape and other.block:
            return _before_box(self.shape, other.block, self.near)
        assert self.block
        assert other.block
        return _middle_depth(self.block, self.near) - _middle_depth(other.block, self.near)


def _in_front(one: Shape, two: Shape, near: Vector) -> float:
    """Return where the two are nearest to one another in the picture, how much nearer to the viewer the first is."""
    best = (1e9, 0.0)
    for s in range(5):
        a = between(one.start, one.end, s / 4)
        for t in range(5):
            b = between(two.start, two.end, t / 4)
            depth = dot(a, near) - dot(b, near)
            apart = (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2 - depth * depth
            if apart < best[0] - 1e-6:
                best = apart, depth
    return best[1]


def _before_box(shape: Shape, block: Block, near: Vector) -> float:
    """1 if the shape is wholly beyond a face that looks at the viewer, -1 beyond one that does not, else before it."""
    for axis, (low, high) in enumerate(block.box):
        reach = [(at[axis], radius * 0.5) for at, radius in ((shape.start, shape.thick), (shape.end, shape.thin))]
        if all(value - radius >= high - 0.03 for value, radius in reach) and abs(near[axis]) > 0.02:
            return 1.0 if near[axis] > 0 else -1.0
        if all(value + radius <= low + 0.03 for value, radius in reach) and abs(near[axis]) > 0.02:
            return 1.0 if near[axis] < 0 else -1.0
    return 1.0


def _middle_depth(block: Block, near: Vector) -> float:
    (x0, x1), (y0, y1), (z0, z1) = block.box
    return dot(((x0 + x1) / 2, (y0 + y1) / 2, (z0 + z1) / 2), near)


def _painted(pieces: list[_Piece]) -> Iterator[_Piece]:
    """The farthest first: a piece comes once all that it hides are there; of a circle the one that hides least deep."""
    bounds = [_bounds(piece.outline) for piece in pieces]
    behind: dict[int, dict[int, float]] = {n: {} for n in range(len(pieces))}
    for a in range(len(pieces)):
        for b in range(a):
            if bounds[a][0] > bounds[b][1] or bounds[b][0] > bounds[a][1]:
                continue
            if bounds[a][2] > bounds[b][3] or bounds[b][2] > bounds[a][3]:
                continue
            before = pieces[a].hides(pieces[b])
            if before > 0:
                behind[a][b] = before
            elif before < 0:
                behind[b][a] = -before
    remaining = set(behind)
    while remaining:
        chosen = min(remaining, key=lambda n: (sum(behind[n].values()), n))
        remaining.remove(chosen)
        for hidden in behind.values():
            hidden.pop(chosen, None)
        yield pieces[chosen]


def _bounds(outline: Sequence[Spot]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    return min(xs), max(xs), min(ys), max(ys)


class Drawing:
    """Outlines in the units of the drawing, each with that many corners at most."""

    def __init__(self, seen: View, corners: int = _ROUND) -> None:
        self.seen, self.corners = seen, corners

    def at(self, place: Vector) -> Spot:
        x, y = self.seen.at(place)
        return x * _SCALE, y * _SCALE

    def outline(self, shape: Shape, most: int = _ROUND) -> list[Spot]:
        """The hull of the two ellipses that the ends of a shape are in the picture."""
        frame, _ = axes(shape)
        stretch = (shape.stretch[0], HEAD_STRETCH if shape.name == "head" else 1.0, shape.stretch[1])
        right, up, _ = self.seen.basis
        flat = [(dot(axis, right) * s, dot(axis, up) * s) for axis, s in zip(frame, stretch, strict=True)]
        ends = [
            ((dot(at, right), dot(at, up)), radius)
            for at, radius in ((shape.start, shape.thick), (shape.end, shape.thin))
        ]
        found = []
        corners = min(most, self.corners)
        for step in range(corners):
            cx, cy = cos(2 * pi * step / corners), sin(2 * pi * step / corners)
            size = sqrt(sum((x * cx + y * cy) ** 2 for x, y in flat)) or 1e-9
            px = sum((x * cx + y * cy) * x for x, y in flat) / size
            py = sum((x * cx + y * cy) * y for x, y in flat) / size
            (x, y), radius = max(ends, key=lambda end: end[0][0] * cx + end[0][1] * cy + end[1] * size)
            found.append((x + radius * px, y + radius * py))
        scale = self.seen.scale
        return [((x * scale + self.seen.x) * _SCALE, (self.seen.y - y * scale) * _SCALE) for x, y in found]

    def _stripes(self, shape: Shape) -> Iterator[list[Spot]]:
        """Lines across it, so that the highlight is not told by colour alone."""
        (x0, y0), (x1, y1) = self.at(shape.start), self.at(shape.end)
        long = sqrt((x1 - x0) ** 2 + (y1 - y0) ** 2) or 1.0
        for step in (1, 2, 3):
            x, y = x0 + (x1 - x0) * step / 4, y0 + (y1 - y0) * step / 4
            half = 0.7 * self.seen.scale * _SCALE * (shape.thick + (shape.thin - shape.thick) * step / 4)
            ux, uy = (x1 - x0) / long * half, (y1 - y0) / long * half
            yield [(x - uy - 0.4 * ux, y + ux - 0.4 * uy), (x + uy + 0.4 * ux, y - ux + 0.4 * uy)]

    def mat(self, mat: tuple[float, float, float, float]) -> list[Spot]:
        x0, x1, z0, z1 = mat
        return [self.at((x, 0, z)) for x, z in ((x0, z0), (x1, z0), (x1, z1), (x0, z1))]

    def pieces(self, body: Body, figure: Figure) -> Iterator[_Piece]:
        near = self.seen.basis.near
        dims = dimmed(body, self.seen, figure.show)
        for shape in shapes(body):
            kind = _CLASSES.get(shape.name, "f" if dims.get(shape.name, 1.0) < HALF_DIM else "s")
            yield _Piece(kind, self.outline(shape), shape, None, near)
            for part, extra in _dressed(shape, near):
                over = part != "k" or dot(axes(shape)[0][0], near) < 0  # hair is behind a face
                yield _Piece(part, self.outline(extra, 14), extra, None, near, 1 if over else -1)
            for patch, way in _patches(shape, figure.show):
                layer = 2 if dot(way, near) > -_AWAY else -1
                yield _Piece("h", self.outline(patch, 14), patch, None, near, layer, tuple(self._stripes(patch)))
        for block in figure.blocks:
            for face in self._faces(block):
                yield _Piece("p", face, None, block, near)
        for name, start, end, radius in figure.held:
            at = between(point(body, start), point(body, end), 0.5)
            ball = Shape(name, _STRAIGHT, at, at, radius, radius, (1.0, 1.0))
            yield _Piece("p", self.outline(ball), ball, None, near)

    def _faces(self, block: Block) -> Iterator[list[Spot]]:
        if block.form != "box":
            (x0, x1), (y0, y1), (z0, z1) = block.box
            radius = (y1 - y0) / 2
            x, y = (x0 + x1) / 2, (y0 + y1) / 2
            start, end = (x, y, z0 + radius), (x, y, z1 - radius)
            yield self.outline(Shape(block.name, _STRAIGHT, start, end, radius, radius, (1.0, 1.0)))
            return
        for axis in range(3):
            way = self.seen.basis.near[axis]
            if abs(way) < 0.02:
                continue
            fixed = block.box[axis][way > 0]
            (a0, a1), (b0, b1) = (span for number, span in enumerate(block.box) if number != axis)
            yield [self.at(_corner(axis, fixed, a, b)) for a, b in ((a0, b0), (a1, b0), (a1, b1), (a0, b1))]


_STRAIGHT = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def _corner(axis: int, fixed: float, a: float, b: float) -> Vector:
    return (fixed, a, b) if axis == 0 else (a, fixed, b) if axis == 1 else (a, b, fixed)


def _part(shape: Shape, low: float, high: float, thicker: float = 1.0) -> Shape:
    thick = shape.thick + (shape.thin - shape.thick) * low
    thin = shape.thick + (shape.thin - shape.thick) * high
    ends = between(shape.start, shape.end, low), between(shape.start, shape.end, high)
    return shape._replace(start=ends[0], end=ends[1], thick=thick * thicker, thin=thin * thicker)


def _dressed(shape: Shape, near: Vector) -> Iterator[tuple[str, Shape]]:
    """Shorts on the thigh, a sleeve on the arm, hair on the head."""
    part = shape.name.rpartition(".")[2]
    if part == "thigh":
        yield "o", _part(shape, 0.0, 0.42, 1.03)
    elif part == "arm":
        yield "t", _part(shape, 0.0, 0.36, 1.06)
    elif part == "head":
        (front, up, _), _ = axes(shape)
        back = 0.035 + 0.045 * _of_profile(dot(front, near))  # so that a face turned half away has a front
        at = tuple(c - back * f + 0.028 * u for c, f, u in zip(shape.start, front, up, strict=True))
        yield "k", shape._replace(start=(at[0], at[1], at[2]), end=(at[0], at[1], at[2]), thick=0.088, thin=0.088)


def _of_profile(facing: float) -> float:
    """Return how much of a head is seen from the side, from 1 to 0, while more of its back is seen than of its face."""
    return max(0.0, 1 + facing / 0.7) if facing < 0 else 0.0


_AWAY = 0.5
"""Cosine of the most that a patch may face away from the viewer and still be drawn on its limb."""


def _patches(shape: Shape, show: Sequence[Region]) -> Iterator[tuple[Shape, Vector]]:
    """The highlighted parts of a shape: thinner ones, moved out the way that the skin faces; and that way."""
    side, _, part = shape.name.rpartition(".")
    sign = {"l": -1, "r": 1}.get(side, 0)
    (front, _, out), _ = axes(shape)
    sx, sz = shape.stretch
    for region in show:
        for name, low, high, forward, outward, _least in PATCHES[region.name]:
            if name != part or (side and region.side not in ("", side)):
                continue
            ways = [sign] if sign else [{"l": -1, "r": 1}[region.side]] if region.side else [-1, 1]
            for way in ways if outward else ways[:1]:
                base = _part(shape, max(0.0, low), min(1.0, high), 0.62)
                size = sqrt(forward**2 + outward**2) or 1.0
                a, b = 0.36 * shape.thick * sx * forward / size, 0.36 * shape.thick * sz * outward * way / size
                x, y, z = (a * f + b * o for f, o in zip(front, out, strict=True))
                (x0, y0, z0), (x1, y1, z1) = base.start, base.end
                far = sqrt(x * x + y * y + z * z) or 1.0
                moved = base._replace(start=(x0 + x, y0 + y, z0 + z), end=(x1 + x, y1 + y, z1 + z))
                yield moved, (x / far, y / far, z / far)
