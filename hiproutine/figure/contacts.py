"""Contacts: a small language for what touches what, and the distance of a body from keeping them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
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
    """A contact that cannot be parsed: the wrong word, and a sentence."""

    def __init__(self, word: str, sentence: str) -> None:
        super().__init__(sentence)
        self.word = word


_BENDS = {"knee": ("hip", "ankle"), "elbow": ("shoulder", "wrist")}
_ARC = 0.2
"""Distance from a joint, in metres, at which a missed bend is measured."""


class Contact(NamedTuple):
    """A constraint of a `kind` on `point`, with `others`, in metres or, of a bend, degrees."""

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
    """Parse a sentence into contacts. Raises NotUnderstood."""
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


class _Asked(NamedTuple):
    """A contact, with the solid things that it may name and the body of the first frame."""

    point: str
    others: tuple[str, ...]
    number: float
    solids: Mapping[str, Box]
    first: Body | None


def _on_floor(it: _Asked, body: Body) -> Sequence[float]:
    return (point(body, it.point)[1] - reach(body, it.point, UP),)


def _on_top(it: _Asked, body: Body) -> Sequence[float]:
    (x0, x1), (_, y), (z0, z1) = it.solids[it.others[0]]
    at = point(body, it.point)
    inside = max(0, x0 + 0.02 - at[0]) + max(0, at[0] - x1 + 0.02) + max(0, z0 + 0.02 - at[2])
    return at[1] - reach(body, it.point, UP) - y, inside + max(0, at[2] - z1 + 0.02)


def _at_face(it: _Asked, body: Body) -> Sequence[float]:
    return (outside(point(body, it.point), it.solids[it.others[0]]) - reach(body, it.point, (1, 0, 0)),)


def _touches(it: _Asked, body: Body) -> Sequence[float]:
    here, there = point(body, it.point), point(body, it.others[0])
    way = minus(there, here)
    far = length(way) + 1e-9
    way = (way[0] / far, way[1] / far, way[2] / far)
    return (far - reach(body, it.point, way) - reach(body, it.others[0], way),)


def _apart(it: _Asked, body: Body) -> Sequence[float]:
    return (length(minus(point(body, it.point), point(body, it.others[0]))) - it.number,)


def _moves(it: _Asked, body: Body) -> Sequence[float]:
    axis = "xyz".index(it.others[0])
    return (point(body, it.point)[axis] - point(it.first, it.point)[axis] - it.number,) if it.first else ()


def _bends(it: _Asked, body: Body) -> Sequence[float]:
    ends = (minus(body.points[it.point[:2] + end], body.points[it.point]) for end in _BENDS[it.point[2:]])
    a, b = ends
    cosine = max(-1.0, min(1.0, dot(a, b) / length(a) / length(b)))
    return ((pi - acos(cosine) - radians(it.number)) * _ARC,)


def _under(it: _Asked, body: Body) -> Sequence[float]:
    x, _, z = minus(point(body, it.point), point(body, it.others[0]))
    return x, z


def _inline(it: _Asked, body: Body) -> Sequence[float]:
    start, end = point(body, it.others[0]), point(body, it.others[1])
    line, away = minus(end, start), minus(point(body, it.point), start)
    share = dot(line, away) / dot(line, line)
    return away[0] - share * line[0], away[1] - share * line[1], away[2] - share * line[2]


def _level(it: _Asked, body: Body) -> Sequence[float]:
    return (_along(body, it.point)[1],)


def _vertical(it: _Asked, body: Body) -> Sequence[float]:
    x, _, z = _along(body, it.point)
    return x, z


_MEASURES = {
    "on": _on_top,
    "at": _at_face,
    "touches": _touches,
    "apart": _apart,
    "moves": _moves,
    "bends": _bends,
    "under": _under,
    "inline": _inline,
    "level": _level,
    "vertical": _vertical,
}


def measure(contact: Contact, solids: Mapping[str, Box], first: Body | None) -> Measure:
    """Return what gives the metres by which a body misses a contact, in one number or several.

    `first` is the body of the first frame.
    """
    by_kind = _on_floor if (contact.kind, contact.others) == ("on", (FLOOR,)) else _MEASURES[contact.kind]
    return partial(by_kind, _Asked(contact.point, contact.others, contact.number, solids, first))


def _along(body: Body, limb: str) -> Vector:
    if limb == "trunk":
        return minus(body.points["pelvis"], body.points["neck"])
    start, end = SEGMENTS[limb[2:]][:2]
    return minus(body.points[limb[:2] + start], body.points[limb[:2] + end])


def outside(at: Vector, box: Box) -> float:
    """Return the distance of a point from a box; negative inside."""
    (x0, x1), (y0, y1), (z0, z1) = box
    x, y, z = max(x0 - at[0], at[0] - x1), max(y0 - at[1], at[1] - y1), max(z0 - at[2], at[2] - z1)
    out = sqrt(max(0, x) ** 2 + max(0, y) ** 2 + max(0, z) ** 2)
    return out + min(0, max(x, y, z))
