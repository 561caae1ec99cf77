"""What touches what: a small language of contacts, and how far a body is from keeping them."""

from collections.abc import Callable, Mapping, Sequence
from math import acos, pi, radians, sqrt
from typing import NamedTuple

from hiproutine.errors import nearest
from hiproutine.figure.model import Box
from hiproutine.figure.skeleton import (
    POINTS,
    SEGMENTS,
    Body,
    Vector,
    dot,
    is_point,
    length,
    minus,
    other,
    point,
    reach,
)

FLOOR = "floor"
_BOTH = {
    "hands": "hand",
    "knees": "knee",
    "feet": "foot",
    "heels": "heel",
    "toes": "toe",
    "shins": "shin",
    "elbows": "elbow",
    "forearms": "forearm",
    "ankles": "ankle",
    "shoulders": "shoulder",
    "thighs": "thigh",
    "hips": "hip",
}
_PARTS = {"foot": ("heel", "toe"), "shin": ("knee", "ankle"), "forearm": ("elbow", "hand")}
_WHOLE = {"back": ("pelvis", "chest", "head"), "front": ("pelvis", "chest")}


class NotUnderstood(ValueError):
    """A contact that cannot be read: the word that is at fault, and a sentence."""

    def __init__(self, word: str, sentence: str) -> None:
        super().__init__(sentence)
        self.word = word


_BENDS = {"knee": ("hip", "ankle"), "elbow": ("shoulder", "wrist")}
_ARC = 0.2
"""Metres from a joint at which a bend that is missed is measured."""


class Contact(NamedTuple):
    """One thing that must hold: `kind` says what, of `point`, with `others`, in metres or, of a bend, degrees."""

    kind: str
    point: str
    others: tuple[str, ...] = ()
    number: float = 0

    def mirrored(self) -> "Contact":
        return self._replace(point=other(self.point), others=tuple(map(other, self.others)))

    def __str__(self) -> str:
        number = f" {self.number:g}" if self.kind in ("apart", "bends", "moves") else ""
        return " ".join((self.point, self.kind, *self.others)) + number


KINDS = {
    "on": "`A on floor`, `A on chair` (rests on top), `A on B` (skins touch)",
    "at": "`A at wall` (touches any face)",
    "level": "`l.thigh level`",
    "vertical": "`l.shin vertical`",
    "apart": "`A apart B 0.5` (metres)",
    "under": "`hands under shoulder`",
    "inline": "`A inline B C` (on the line of two)",
    "bends": "`l.knee bends 90` (degrees)",
    "moves": "`pelvis moves x -0.14` (from its place in the first frame)",
}


def points_of(word: str) -> list[str]:
    """`hands` -> l.hand, r.hand; `l.foot` -> l.heel, l.toe; `back` -> pelvis, chest, head."""
    if word in _WHOLE:
        return list(_WHOLE[word])
    name, at, share = word.partition("@")
    if name in _BOTH:
        return [found for side in "lr" for found in points_of(f"{side}.{_BOTH[name]}{at}{share}")]
    side, _, part = name.partition(".")
    if part in _PARTS and not at:
        return [f"{side}.{each}" for each in _PARTS[part]]
    return [word]


def contacts_of(sentence: str, solids: Mapping[str, Box]) -> list[Contact]:
    """The contacts that a sentence asks for. Raises NotUnderstood."""
    subject, *rest = sentence.split()
    kind, others = (rest[0], rest[1:]) if rest else ("", [])
    if kind not in KINDS:
        raise NotUnderstood(kind or subject, f"a contact is one of {'; '.join(KINDS.values())}")
    if kind in ("level", "vertical"):
        return [Contact(kind, _limb(subject))]
    return [_contact(kind, name, others, solids) for name in _points(subject)]


def _contact(kind: str, name: str, others: list[str], solids: Mapping[str, Box]) -> Contact:
    wanted = {"on": 1, "at": 1, "under": 1, "bends": 1, "apart": 2, "inline": 2, "moves": 2}[kind]
    if len(others) != wanted:
        raise NotUnderstood(kind, f"it reads {KINDS[kind]}")
    there = others[0]
    match kind:
        case "on" if there == FLOOR or there in solids:
            pass
        case "on":
            return Contact("touches", name, (_of_the_same_side(there, name),))
        case "at" if there not in solids:
            hint = nearest(there, list(solids))
            raise NotUnderstood(there, f'"{there}" is none of the props here ({", ".join(solids)}){hint}')
        case "apart":
            return Contact(kind, name, (_of_the_same_side(there, name),), _number(others[1]))
        case "moves":
            if there not in ("x", "y", "z"):
                raise NotUnderstood(there, "it moves along x, y or z")
            return Contact(kind, name, (there,), _number(others[1]))
        case "bends":
            if name[2:] not in _BENDS:
                raise NotUnderstood(name, f"{' and '.join(_BENDS)} bend")
            return Contact(kind, name, (), _number(there))
        case "under":
            there = _point(there if "." in there else f"{name[:2]}{there}")
        case "inline":
            return Contact(kind, name, (_point(there), _point(others[1])))
    return Contact(kind, name, (there,))


def _points(word: str) -> list[str]:
    found = points_of(word)
    for each in found:
        if not is_point(each):
            raise NotUnderstood(word, _no_point(word))
    return found


def _point(word: str) -> str:
    if not is_point(word):
        raise NotUnderstood(word, _no_point(word))
    return word


def _of_the_same_side(word: str, name: str) -> str:
    """Of "thighs" the left one for the left hand."""
    found = _points(word)
    return next((each for each in found if each[:2] == name[:2]), found[0])


def _limb(word: str) -> str:
    if word != "trunk" and (word[:2] not in ("l.", "r.") or word[2:] not in SEGMENTS):
        raise NotUnderstood(word, f'"{word}" is no limb: trunk, or l. or r. and {", ".join(SEGMENTS)}')
    return word


def _no_point(word: str) -> str:
    return f'"{word}" is no point of the body{nearest(word, [*POINTS, *_BOTH, *_WHOLE, FLOOR])}'


def _number(word: str) -> float:
    try:
        return float(word)
    except ValueError:
        raise NotUnderstood(word, f'"{word}" is no number') from None


# ---- how far a body is from them ----

Measure = Callable[[Body], Sequence[float]]
UP: Vector = (0, 1, 0)


def measure(contact: Contact, solids: Mapping[str, Box], first: Body | None) -> Measure:
    """The metres by which a body misses a contact, in one number or several. `first`: the body of the first frame."""
    name, others, metres = contact.point, contact.others, contact.number

    def on_floor(body: Body) -> Sequence[float]:
        return (point(body, name)[1] - reach(body, name, UP),)

    def on_top(body: Body) -> Sequence[float]:
        (x0, x1), (_, y), (z0, z1) = solids[others[0]]
        at = point(body, name)
        inside = max(0, x0 + 0.02 - at[0]) + max(0, at[0] - x1 + 0.02) + max(0, z0 + 0.02 - at[2])
        return at[1] - reach(body, name, UP) - y, inside + max(0, at[2] - z1 + 0.02)

    def at_face(body: Body) -> Sequence[float]:
        return (outside(point(body, name), solids[others[0]]) - reach(body, name, (1, 0, 0)),)

    def touches(body: Body) -> Sequence[float]:
        here, there = point(body, name), point(body, others[0])
        way = minus(there, here)
        far = length(way) + 1e-9
        way = (way[0] / far, way[1] / far, way[2] / far)
        return (far - reach(body, name, way) - reach(body, others[0], way),)

    def apart(body: Body) -> Sequence[float]:
        return (length(minus(point(body, name), point(body, others[0]))) - metres,)

    def moves(body: Body) -> Sequence[float]:
        axis = "xyz".index(others[0])
        return (point(body, name)[axis] - point(first, name)[axis] - metres,) if first else ()

    def bends(body: Body) -> Sequence[float]:
        ends = (minus(body.points[name[:2] + end], body.points[name]) for end in _BENDS[name[2:]])
        a, b = ends
        cosine = max(-1.0, min(1.0, dot(a, b) / length(a) / length(b)))
        return ((pi - acos(cosine) - radians(contact.number)) * _ARC,)

    def under(body: Body) -> Sequence[float]:
        x, _, z = minus(point(body, name), point(body, others[0]))
        return x, z

    def inline(body: Body) -> Sequence[float]:
        start, end = point(body, others[0]), point(body, others[1])
        line, away = minus(end, start), minus(point(body, name), start)
        share = dot(line, away) / dot(line, line)
        return away[0] - share * line[0], away[1] - share * line[1], away[2] - share * line[2]

    def level(body: Body) -> Sequence[float]:
        return (_along(body, name)[1],)

    def vertical(body: Body) -> Sequence[float]:
        x, _, z = _along(body, name)
        return x, z

    kinds: dict[str, Measure] = {
        "on": on_floor if others == (FLOOR,) else on_top,
        "at": at_face,
        "touches": touches,
        "apart": apart,
        "moves": moves,
        "bends": bends,
        "under": under,
        "inline": inline,
        "level": level,
        "vertical": vertical,
    }
    return kinds[contact.kind]


def _along(body: Body, limb: str) -> Vector:
    if limb == "trunk":
        return minus(body.points["pelvis"], body.points["neck"])
    start, end = SEGMENTS[limb[2:]][:2]
    return minus(body.points[limb[:2] + start], body.points[limb[:2] + end])


def outside(at: Vector, box: Box) -> float:
    """How far a point is from a box; inside it, negative."""
    (x0, x1), (y0, y1), (z0, z1) = box
    x, y, z = max(x0 - at[0], at[0] - x1), max(y0 - at[1], at[1] - y1), max(z0 - at[2], at[2] - z1)
    out = sqrt(max(0, x) ** 2 + max(0, y) ** 2 + max(0, z) ** 2)
    return out + min(0, max(x, y, z))


# ---- clashes: limbs in each other, in the floor, in a thing ----

SINKS = 0.006
"""Clashes are kept this far away, so that what is left of one is no overlap."""


class _Bone(NamedTuple):
    start: str
    end: str
    thick: float
    thin: float


_BONES = {
    f"{side}.{name}": _Bone(f"{side}.{start}", f"{side}.{end}", thick, thin)
    for side in "lr"
    for name, (start, end, thick, thin) in SEGMENTS.items()
} | {
    "torso": _Bone("waist", "neck", 0.09, 0.09),
    "pelvis": _Bone("pelvis", "waist", 0.09, 0.09),
    "skull": _Bone("head", "head", 0.10, 0.10),
}


def _pairs() -> list[tuple[str, str, float]]:
    """Which limbs must not sink into each other, and how far flesh yields."""
    pairs = [("l.thigh", "r.thigh", 0.03), ("l.shin", "r.shin", 0.0), ("l.foot", "r.foot", 0.0)]
    pairs += [("l.forearm", "r.forearm", 0.0)]
    for one, two in ("lr", "rl"):
        pairs += [(f"{one}.foot", f"{two}.shin", 0.0), (f"{one}.foot", f"{two}.thigh", 0.0)]
        pairs += [(f"{one}.shin", f"{two}.thigh", 0.0), (f"{one}.shin", "torso", 0.0), (f"{one}.forearm", "torso", 0.0)]
        pairs += [(f"{one}.thigh", "torso", 0.03), (f"{one}.thigh", "skull", 0.0), (f"{one}.forearm", "skull", 0.0)]
        pairs += [(f"{one}.forearm", "pelvis", -0.02)]
        pairs += [
            (f"{one}.{arm}", f"{side}.{leg}", 0.0)
            for arm in ("forearm", "arm")
            for side in "lr"
            for leg in ("thigh", "shin")
        ]
    return pairs


PAIRS = _pairs()
_GUARDED = (
    *(f"{s}.{n}" for s in "lr" for n in ("knee", "ankle", "heel", "toe", "elbow", "hand", "hip", "shoulder")),
    "pelvis",
    "chest",
    "head",
)
_ABOVE_THE_FLOOR = (*_GUARDED, "neck", *(f"{side}.{name}" for side in "lr" for name in ("wrist", "tips")))
_MIDDLES = tuple(f"{side}.{limb}@0.5" for side in "lr" for limb in ("thigh", "shin", "forearm"))


class Clash(NamedTuple):
    """What is in what, and by how many metres."""

    one: str
    two: str
    metres: float


def gaps(body: Body, solids: Mapping[str, Box]) -> list[float]:
    """How far each pair is from a clash, in the order of `_clashing`; below zero it is in the other, or too near."""
    points = body.points
    found = [points[name][1] - reach(body, name, UP) for name in _ABOVE_THE_FLOOR]
    for one, two, yields in PAIRS:
        a, b = _BONES[one], _BONES[two]
        far, s, t = _distance(points[a.start], points[a.end], points[b.start], points[b.end])
        found.append(far + yields + SINKS - a.thick - (a.thin - a.thick) * s - b.thick - (b.thin - b.thick) * t)
    for box in solids.values():
        found += [
            outside(point(body, each), box) - reach(body, each, UP) * 0.8 + SINKS for each in (*_GUARDED, *_MIDDLES)
        ]
    return found


def _clashing(solids: Mapping[str, Box]) -> list[tuple[str, str]]:
    floor = [(name, FLOOR) for name in _ABOVE_THE_FLOOR]
    things = [(each, name) for name in solids for each in (*_GUARDED, *_MIDDLES)]
    return floor + [(one, two) for one, two, _ in PAIRS] + things


def clashes(body: Body, solids: Mapping[str, Box]) -> list[Clash]:
    """What overlaps, or is nearer to it than SINKS."""
    pairs = zip(_clashing(solids), gaps(body, solids), strict=True)
    return [Clash(one, two, -gap) for (one, two), gap in pairs if gap < 0]


def _distance(p1: Vector, q1: Vector, p2: Vector, q2: Vector) -> tuple[float, float, float]:
    """The shortest distance of two segments, and where on each it is, from 0 to 1."""
    d1, d2, r = minus(q1, p1), minus(q2, p2), minus(p1, p2)
    a, e, b = dot(d1, d1) + 1e-12, dot(d2, d2) + 1e-12, dot(d1, d2)
    f, c = dot(d2, r), dot(d1, r)
    determinant = a * e - b * b
    s = min(1.0, max(0.0, (b * f - c * e) / determinant)) if determinant > 1e-9 else 0.0
    t = (b * s + f) / e
    if t < 0:
        t, s = 0.0, min(1.0, max(0.0, -c / a))
    elif t > 1:
        t, s = 1.0, min(1.0, max(0.0, (b - c) / a))
    x, y, z = (r[i] + d1[i] * s - d2[i] * t for i in range(3))
    return sqrt(x * x + y * y + z * z), s, t
