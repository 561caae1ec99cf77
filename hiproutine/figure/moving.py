"""A figure that moves, for pages: its paths at some shares of the way, small to send and easy to interpolate."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from hiproutine.figure.frames import end_of
from hiproutine.figure.model import Figure
from hiproutine.figure.stage import Arrow, Sign, Spot
from hiproutine.figure.svg import Drawing, Layer, arrow_layers, box_of, has_ghost, layers, staged

T = TypeVar("T")
PULL_KINDS = {"u": "v", "uh": "vh"}
"""The classes of an effort the other way."""
LINES = frozenset({"a", "w", "x", "u", "v"})
DIGITS = "".join(chr(code) for code in range(ord("#"), ord("~")) if chr(code) not in "<&\\")
"""The digits of `packed`, none of which needs to be escaped in JSON or HTML."""
FAR = "~"
_HALF = len(DIGITS) // 2


class Moving(NamedTuple):
    """Pictures along the way of a figure, each path in every one of them or, where it never changes, once.

    The corners of a path correspond, so that what is between two pictures can be computed from them.
    """

    box: tuple[int, int, int, int]
    end: float
    """The share that shows it best in one picture."""
    ghost: bool
    """Whether that picture also shows the start."""
    shares: tuple[float, ...]
    kinds: tuple[str, ...]
    """The class of each path; it is a line, not a surface, if its class is of LINES."""
    paths: tuple[tuple[str, ...], ...]
    """Corners as `packed` writes them; empty where a picture lacks the path."""
    orders: tuple[tuple[int, ...], ...]
    """The paths from the farthest to the nearest: once, or of each picture."""


def moving(figure: Figure, shares: Sequence[float], corners: int, unit: int) -> Moving:
    """Return pictures with so few corners and in such large units that they are small to send."""
    stage = staged(figure)
    drawing = Drawing(stage.view, corners)
    pictures = []
    for share in shares:
        found = {layer.name: layer for layer in layers(drawing, stage, share)}
        for number, arrow in enumerate(stage.arrows(share)):
            both = [*arrow_layers(arrow), *(_back(arrow) if arrow.role_name == "push" else ())]
            found |= {f"arrow {number} {each.kind}": each for each in both}
        pictures.append(found)
    names = list(dict.fromkeys(name for picture in pictures for name in picture))
    kinds = [next(picture[name].kind for picture in reversed(pictures) if name in picture) for name in names]
    paths = [
        _once(tuple(packed(picture[name].outline, unit) if name in picture else "" for picture in pictures))
        for name in names
    ]
    orders = _once(tuple(tuple(names.index(name) for name in picture) for picture in pictures))
    return Moving(
        box_of(stage, unit), end_of(figure), has_ghost(figure), tuple(shares), tuple(kinds), tuple(paths), orders
    )


def _back(effort: Arrow) -> Iterator[Layer]:
    """Yield an effort the other way."""
    turned = effort.with_signs(frozenset({Sign.PULL}))
    assert turned
    for layer in arrow_layers(turned):
        yield layer._replace(kind=PULL_KINDS[layer.kind])


def packed(outline: Sequence[Spot], unit: int) -> str:
    """Return corners as text: two digits each, how far it is from the one before across and down, where 0 is _HALF.

    What is farther, as the first corner from the origin, has FAR and two digits for one.
    """
    text, before = "", (0, 0)
    for x, y in outline:
        spot = round(x / unit), round(y / unit)
        for way in (spot[0] - before[0], spot[1] - before[1]):
            high, low = divmod(way + _HALF * len(DIGITS), len(DIGITS))
            text += DIGITS[way + _HALF] if -_HALF <= way < _HALF else FAR + DIGITS[high] + DIGITS[low]
        before = spot
    return text


def _once(values: tuple[T, ...]) -> tuple[T, ...]:
    return values[:1] if len(set(values)) == 1 else values
