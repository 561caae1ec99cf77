"""Pictures of figures for the screen: cached by figure, size, colours and frame, and converted to strips."""

import sys
from collections import OrderedDict
from functools import lru_cache
from typing import NamedTuple

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from hiproutine.figure.cells import Colour, Run
from hiproutine.figure.model import Figure
from hiproutine.figure.palette import RGB, palette
from hiproutine.figure.stage import Stage, fitting

_MOST = 16
"""Number of stages in the cache; a stage is a figure at one size in one set of colours."""
_NAMED: tuple[RGB, ...] = tuple(
    (170 * (n & 1) + light, 170 * (n >> 1 & 1) + light, 170 * (n >> 2) + light) for light in (0, 85) for n in range(8)
)
"""The 16 colours that terminals have names for, as rich knows them."""
_A_SIDE = 1
"""Samples per pixel side: two look softer, and send twice the bytes to the terminal."""


class Look(NamedTuple):
    """Rendering options of a figure: background, tones of skin and hair, and the colour depth of the terminal."""

    ground: RGB
    skin: str
    hair: str
    depth: str


class _Place(NamedTuple):
    figure: Figure
    columns: int
    rows: int


_stages: OrderedDict[tuple[_Place, Look], Stage] = OrderedDict()


def stage_of(figure: Figure, columns: int, rows: int, look: Look) -> Stage:
    """Return the stage of a figure in this size, from the cache if it was shown recently."""
    place = _Place(figure, *fitting(figure, columns, rows))
    if (place, look) not in _stages:
        colours = palette(look.ground, look.skin, look.hair)
        alike = next((stage for (other, _), stage in _stages.items() if other == place), None)
        _stages[place, look] = alike.in_colours(colours) if alike else Stage(*place, colours, a_side=_A_SIDE)
    _stages.move_to_end((place, look))
    while len(_stages) > _MOST:
        _stages.popitem(last=False)
    return _stages[place, look]


def depth_of(colour_system: str | None, no_color: bool) -> str:
    """Return the colour depth, a word of `figure.cells.DEPTHS`."""
    try:
        "▀▒".encode(getattr(sys.__stdout__, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return "ascii"
    if no_color:
        return "none"
    return {"truecolor": "true", "256": "256", None: "none"}.get(colour_system, "16")


def strip(line: list[Run], left: int, width: int, own: Style) -> Strip:
    """Return a line of cells as a strip of that width, indented by `left` cells; uncoloured cells are in `own`."""
    ground = Style(bgcolor=own.bgcolor)
    segments = [Segment(" " * left, ground)] if left else []
    segments += [Segment(run.text, _style(run.colour, run.behind, own, run.text.isspace())) for run in line]
    return Strip(segments).adjust_cell_length(width, ground)


@lru_cache(maxsize=4096)
def _style(colour: Colour, behind: Colour, own: Style, blank: bool) -> Style:
    """Return the style of a run; a blank needs no foreground, which saves 14 bytes."""
    front = None if blank else own.color if colour is None else _rich(colour)
    return Style(color=front, bgcolor=own.bgcolor if behind is None else _rich(behind))


def _rich(colour: RGB | int) -> Color:
    """Return a colour that reaches the terminal as it is; of the first 16 Textual would make tones of its own."""
    if isinstance(colour, int) and colour < len(_NAMED):
        return Color.from_rgb(*_NAMED[colour])
    return Color.from_ansi(colour) if isinstance(colour, int) else Color.from_rgb(*colour)
