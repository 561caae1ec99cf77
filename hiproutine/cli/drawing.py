"""Figures in the terminal of a command: in the colours that it has, start and end side by side."""

import os
import sys
from typing import TYPE_CHECKING

from hiproutine import systems
from hiproutine.cli.console import styled

if TYPE_CHECKING:
    from hiproutine.day.context import Context
    from hiproutine.figure.model import Figure
    from hiproutine.figure.palette import Palette

_PICTURE = 30, 11
"""The most cells of each of two pictures beside words."""
_GAP = 2


def say_figure(exercise: str, context: "Context") -> bool:
    """Print start and end of an exercise, if it has a figure and a terminal wide enough for both is there."""
    if not styled() or width() < 2 * _PICTURE[0] + _GAP or not context.settings.figure:
        return False
    figure = context.figure(exercise)
    if figure is None:
        return False
    from hiproutine.figure.stage import fitting

    print(start_and_end(figure, fitting(figure, *_PICTURE), context))
    return True


def start_and_end(figure: "Figure", size: tuple[int, int], context: "Context", depth: str = "") -> str:
    """The end of an exercise, with the start beside it where there is room and it moves."""
    from hiproutine.figure.cells import ansi, beside
    from hiproutine.figure.frames import end_of
    from hiproutine.figure.stage import Stage

    depth = depth or depth_here()
    stage = Stage(figure, *size, tones(context))
    end = stage.lines(end_of(figure), depth)
    if figure.path in ("still", "circle") or 2 * size[0] + _GAP > width():
        return ansi(end)
    return ansi(beside(stage.lines(0, depth), end))


def tones(context: "Context") -> "Palette":
    """Light where the theme of the settings is, or the terminal says so (COLORFGBG)."""
    from hiproutine.figure.palette import palette

    settings = context.settings
    ground = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    light = ground in ("7", "15") if ground else settings.theme.endswith("light")
    return palette((247, 248, 249) if light else (18, 23, 28), settings.skin, settings.hair)


def depth_here() -> str:
    """Return how many colours the terminal has: by NO_COLOR, FORCE_COLOR, COLORTERM, TERM and its encoding."""
    try:
        "▀▒".encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return "ascii"
    term = os.environ.get("TERM", "")
    drawn = systems.takes_escapes(sys.stdout) or os.environ.get("FORCE_COLOR")
    if not drawn or os.environ.get("NO_COLOR"):
        return "none"
    if systems.has_every_colour():
        return "true"
    return "256" if "256" in term else "16"


def width() -> int:
    import shutil

    return shutil.get_terminal_size().columns
