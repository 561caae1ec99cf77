"""Pictures as terminal cells: half blocks in the available colours, or characters alone."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from hiproutine.figure.palette import RGB, Palette, of_256
from hiproutine.figure.raster import Picture
from hiproutine.figure.skin import FAR, LINE, ROLE, ROLES

DEPTHS = {
    "true": "24 bits",
    "256": "256 colours",
    "16": "16 colours",
    "none": "blocks without colours",
    "ascii": "plain ASCII",
}
Colour = RGB | int | None
"""Red, green and blue; an index of the 256 or the 16; None for the terminal's default."""
_UPPER, _LOWER = "▀", "▄"


class Run(NamedTuple):
    """Adjacent cells in the same colours."""

    text: str
    colour: Colour
    behind: Colour


def cells(picture: Picture, colours: Palette, depth: str = "true") -> list[list[Run]]:
    """The lines of a picture."""
    return list(lines_of(picture, colours, depth))


def lines_of(picture: Picture, colours: Palette, depth: str = "true") -> Iterator[list[Run]]:
    """The same, one after another."""
    marks = {"none": _BLOCKS, "ascii": _ASCII}.get(depth)
    for row in range(picture.high // 2):
        if marks:
            yield [Run("".join(_mark(pair, marks) for pair in _pairs(picture, row)), None, None)]
        else:
            yield list(_line(_coloured(picture, row, colours, depth)))


def _pairs(picture: Picture, row: int) -> Iterator[tuple[int, int]]:
    """The roles of the upper and the lower half of the cells of a row."""
    top = 2 * row * picture.wide
    for index in range(top, top + picture.wide):
        yield picture.roles[index], picture.roles[index + picture.wide]


def _coloured(picture: Picture, row: int, colours: Palette, depth: str) -> Iterator[tuple[str, Colour, Colour]]:
    top = 2 * row * picture.wide
    back = colours.colours["background"]
    for index in range(top, top + picture.wide):
        ends: list[Colour] = []
        for k in (index, index + picture.wide):
            rgb = picture.colours[k]
            if rgb == back:
                ends.append(None)
            elif depth == "16":
                ends.append(_of_16(picture.roles[k], colours.dark))
            else:
                ends.append(rgb if depth == "true" else of_256(rgb))
        upper, lower = ends
        if upper == lower:
            yield " ", None, upper
        elif upper is None:
            yield _LOWER, lower, None
        else:
            yield _UPPER, upper, lower


def _line(marks: Iterator[tuple[str, Colour, Colour]]) -> Iterator[Run]:
    text, colour, behind = "", None, None
    for mark, front, back in marks:
        if text and (front, back) == (colour, behind):
            text += mark
            continue
        if text:
            yield Run(text, colour, behind)
        text, colour, behind = mark, front, back
    if text:
        yield Run(text, colour, behind)


# Of the 16: near, far; on dark and on light ground, where none of them is the ground of a phase of practice.
_OF_16: dict[str, tuple[int, int, int, int]] = {
    "skin": (15, 7, 0, 8),
    "shoe": (7, 8, 0, 8),
    "shirt": (14, 6, 4, 4),
    "shorts": (12, 4, 0, 0),
    "hair": (8, 8, 0, 0),
    "hot": (11, 11, 5, 5),
    "prop": (8, 8, 8, 8),
    "cushion": (5, 5, 8, 8),
    "wall": (8, 8, 8, 8),
    "strap": (3, 3, 1, 1),
    "arrow": (10, 10, 1, 1),
    "push": (9, 9, 5, 5),
}


@lru_cache(maxsize=1024)
def _of_16(packed: int, dark: bool) -> Colour:
    """By role; mat, shadow, ghost and outlines are the terminal's own background."""
    tones = _OF_16.get(ROLES[packed // 32])
    level = packed % 32
    if not tones or level == LINE:
        return None
    return tones[(0 if dark else 2) + (level < FAR)]


# ---- without colours ----

_EMPTY, _THING, _FAR, _NEAR, _HAIR, _SIGN, _HOT = range(7)
"""The roles of a half cell, the weakest first: of two different halves the stronger one wins."""
_KINDS = {
    **dict.fromkeys(("background", "mat", "shadow", "ghost"), _EMPTY),
    **dict.fromkeys(("wall", "prop", "cushion"), _THING),
    **dict.fromkeys(("strap", "arrow", "push"), _SIGN),
    **dict.fromkeys(("skin", "shirt", "shorts", "shoe"), _NEAR),
    "hair": _HAIR,
    "hot": _HOT,
}


class _Marks(NamedTuple):
    """A mark for each kind in both halves, in the upper one, in the lower one."""

    both: str
    upper: str
    lower: str


_BLOCKS = _Marks(" ░▒█▓•▚", " ░▒▀▀•▀", " ░▒▄▄•▄")
_ASCII = _Marks(" =:#@+%", ' -"""+*', " _.oo+*")


def _mark(pair: tuple[int, int], marks: _Marks) -> str:
    upper, lower = (_kind(packed) for packed in pair)
    if upper == lower:
        return marks.both[upper]
    if lower == _EMPTY:
        return marks.upper[upper]
    return marks.lower[lower] if upper == _EMPTY else marks.both[max(upper, lower)]


@lru_cache(maxsize=1024)
def _kind(packed: int) -> int:
    role, level = packed // 32, packed % 32
    if level == LINE and role not in (ROLE["strap"], ROLE["arrow"], ROLE["push"]):
        return _EMPTY
    kind = _KINDS[ROLES[role]]
    return _FAR if kind == _NEAR and level < FAR else kind


def beside(left: list[list[Run]], right: list[list[Run]]) -> list[list[Run]]:
    """Return two pictures of equal height side by side, with a gap."""
    gap = Run("  ", None, None)
    wide = max(sum(len(run.text) for run in line) for line in left)
    filled = [[*line, Run(" " * (wide - sum(len(run.text) for run in line)), None, None)] for line in left]
    return [[*line, gap, *its] for line, its in zip(filled, right, strict=True)]


def ansi(lines: list[list[Run]]) -> str:
    """Return the lines with terminal escape sequences; runs without colours have none."""
    return "\n".join(_ansi(line) for line in lines)


def _ansi(line: list[Run]) -> str:
    """Return a line with an escape sequence for each change of colour only, without trailing blanks."""
    found = ""
    colour: Colour = None
    behind: Colour = None
    for run in line:
        codes = []
        if run.colour != colour and not run.text.isspace():
            colour = run.colour
            codes.append(_code(colour, 38, 39))
        if run.behind != behind:
            behind = run.behind
            codes.append(_code(behind, 48, 49))
        found += (f"\x1b[{';'.join(codes)}m" if codes else "") + run.text
    text = found.rstrip(" ") if behind is None else found
    return f"{text}\x1b[0m" if "\x1b" in text else text


def _code(colour: Colour, extended: int, own: int) -> str:
    if colour is None:
        return str(own)
    if isinstance(colour, int):
        if colour >= 16:
            return f"{extended};5;{colour}"
        return str(extended - 8 + colour) if colour < 8 else str(extended + 52 + colour - 8)
    return f"{extended};2;{colour[0]};{colour[1]};{colour[2]}"
