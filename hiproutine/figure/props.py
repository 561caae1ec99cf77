"""The things around a body: what is solid in them, for contacts, and what of them is drawn."""

from collections.abc import Callable
from typing import NamedTuple

from hiproutine.figure.model import WAYS, Block, Box, Held, Span
from hiproutine.figure.readers import METRES, SPAN, body_point, number
from hiproutine.yaml.nodes import (
    UNREAD,
    Fields,
    File,
    Node,
    Reader,
    is_read,
    mapping,
    takes,
    tuple_of,
    word_of,
)


class Thing(NamedTuple):
    """A prop as it is read: what contacts may refer to, and what is drawn."""

    solids: dict[str, Box]
    blocks: tuple[Block, ...] = ()
    held: tuple[Held, ...] = ()


def _mirrored_span(span: Span) -> Span:
    return -span[1], -span[0]


def _wall(fields: Fields) -> Thing:
    x = fields.take("x", METRES)
    high = fields.take("high", number(0.2, 2), default=1.2)
    wide = fields.take("wide", number(0.2, 1.5), default=0.42)
    if not is_read(x) or not is_read(high) or not is_read(wide):
        return UNREAD
    span = (x - 0.05, x) if x < 0 else (x, x + 0.05)
    beyond = (x - 1, x) if x < 0 else (x, x + 1)  # so that nothing touches it from behind
    solid: Box = (beyond, (-0.1, 1.9), (-0.75, 0.75))
    return Thing({"wall": solid}, (Block("wall", (span, (0, high), (-wide, wide)), "wall"),))


def _table(name: str, usual: float, thick: float) -> Callable[[Fields], Thing]:
    """Return a prop with a top and four legs."""

    def read(fields: Fields) -> Thing:
        x = fields.take("x", SPAN)
        z = fields.take("z", SPAN, default=(-0.45, 0.45))
        high = fields.take("high", number(0.05, 1.2), default=usual)
        if not all(map(is_read, (x, z, high))):
            return UNREAD
        top: Box = ((x[0], x[1]), (max(0, high - thick), high), (z[0], z[1]))
        legs = [Block(name, (_inner(x, a), (0, high - thick), _inner(z, b)), "prop") for a in (0, 1) for b in (0, 1)]
        solid: Box = (top[0], (0 if name == "bed" else top[1][0], high), top[2])
        return Thing({name: solid}, (Block(name, top, "prop"), *(legs if high > thick else ())))

    return read


def _inner(span: tuple[float, ...], end: int) -> Span:
    return (span[0], span[0] + 0.05) if not end else (span[1] - 0.05, span[1])


def _lump(name: str, tone: str, form: str = "box") -> Callable[[Fields], Thing]:
    """Return a prop that lies on the floor, or where `low` says: a cushion, a step, a roller, a ball."""

    def read(fields: Fields) -> Thing:
        x, z = fields.take("x", SPAN), fields.take("z", SPAN)
        low = fields.take("low", number(0, 1.5), default=0.0)
        high = fields.take("high", number(0.02, 1.6))
        if not all(map(is_read, (x, z, low, high))):
            return UNREAD
        box: Box = ((x[0], x[1]), (low, high), (z[0], z[1]))
        return Thing({name: box}, (Block(name, box, tone, form),))

    return read


def _cushions(fields: Fields) -> Thing:
    """One on each side: z is that of the right one."""
    found = _lump("cushion", "cushion")(fields)
    if not is_read(found):
        return UNREAD
    (x, y, z) = found.solids["cushion"]
    pair: dict[str, Box] = {"cushion-r": (x, y, z), "cushion-l": (x, y, _mirrored_span(z))}
    return Thing(pair, tuple(Block("cushion", box, "cushion") for box in pair.values()))


def _post(fields: Fields) -> Thing:
    x, z = fields.take("x", METRES), fields.take("z", METRES, default=0.0)
    high = fields.take("high", number(0.2, 2), default=1.05)
    if not all(map(is_read, (x, z, high))):
        return UNREAD
    box: Box = ((x, x + 0.07), (0, high), (z - 0.035, z + 0.035))
    return Thing({"post": box}, (Block("post", box, "prop"),))


def _chair(fields: Fields) -> Thing:
    """Its seat 45 cm high; `back` says on which side the backrest is."""
    x, z = fields.take("x", METRES, default=0.02), fields.take("z", METRES, default=0.0)
    way = fields.take("back", word_of({**dict.fromkeys(WAYS, ""), "none": ""}), default="back")
    if not all(map(is_read, (x, z, way))):
        return UNREAD
    half = 0.21
    seat: Box = ((x - half, x + half), (0.40, 0.45), (z - half, z + half))
    solids = {"chair": seat}
    blocks = [Block("chair", seat, "prop")]
    for a in (-half, half):
        for b in (-half, half):
            leg: Box = ((x + a - 0.02, x + a + 0.02), (0, 0.42), (z + b - 0.02, z + b + 0.02))
            blocks.append(Block("chair", leg, "prop"))
    if way != "none":
        dx, _, dz = WAYS[way]
        solids["chair-back"] = (_edge(x, dx, half), (0.45, 0.88), _edge(z, dz, half))
        blocks.append(Block("chair-back", solids["chair-back"], "prop"))
    return Thing(solids, tuple(blocks))


def _edge(middle: float, way: float, half: float) -> Span:
    if not way:
        return middle - half, middle + half
    ends = sorted((middle + way * half, middle + way * (half + 0.04)))
    return ends[0], ends[1]


def _between(name: str) -> Callable[[Fields], Thing]:
    """A ball or a weight between two points of the body."""

    def read(fields: Fields) -> Thing:
        ends = fields.take("between", tuple_of(body_point, 2, 2))
        radius = fields.take("radius", number(0.02, 0.3))
        return Thing({}, (), (Held(name, ends[0], ends[1], radius),)) if is_read(ends) else UNREAD

    return read


_READERS: dict[str, Reader[Thing]] = {
    "wall": mapping(_wall),
    "bed": mapping(_table("bed", 0.55, 0.22)),
    "bench": mapping(_table("bench", 0.42, 0.07)),
    "table": mapping(_table("table", 0.75, 0.06)),
    "step": mapping(_lump("step", "prop")),
    "cushion": mapping(_lump("cushion", "cushion")),
    "cushions": mapping(_cushions),
    "roller": mapping(_lump("roller", "cushion", "roller")),
    "ball": mapping(_lump("ball", "cushion", "ball")),
    "held-ball": mapping(_between("ball")),
    "weight": mapping(_between("weight")),
    "post": mapping(_post),
    "chair": mapping(_chair),
}


@takes({"type": "object", "properties": {name: read.schema for name, read in _READERS.items()}})
def props(node: Node, file: File) -> Thing:
    fields = Fields(node, file)
    found = [fields.take(name, read, default=None) for name, read in _READERS.items()]
    fields.close()
    things = [each for each in found if is_read(each) and each is not None]
    return Thing(
        {name: box for each in things for name, box in each.solids.items()},
        tuple(block for each in things for block in each.blocks),
        tuple(held for each in things for held in each.held),
    )
