"""Draw an exercise in the terminal, as SVG or as JSON, and all of them on a sheet."""

import re
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hiproutine.cli import drawing
from hiproutine.cli.console import say, say_json, say_to
from hiproutine.cli.json_fields import ABSENT, Fields, Objects, names, values_of
from hiproutine.errors import HiproutineError, unknown
from hiproutine.figure.cells import DEPTHS

if TYPE_CHECKING:
    from hiproutine.day.context import Context
    from hiproutine.figure.model import Figure
    from hiproutine.figure.skeleton import Body, Vector

SMALLEST, LARGEST = (24, 8), (200, 50)
_FRAMES_A_SECOND = 4
_STEPS = 16
"""Frames of the JSON from the start to the end."""
_JOINTS = {
    "pelvis": "pelvis",
    "chest": "chest",
    "head": "head",
    **{
        f"{side}_{name}": f"{side[0]}.{name}"
        for side in ("left", "right")
        for name in ("hip", "knee", "ankle", "heel", "toe", "shoulder", "elbow", "hand")
    },
}


def run(args: Namespace, context: "Context") -> int:
    """Draw one exercise, or write the sheet of all."""
    if bool(args.id) == bool(args.sheet):
        args.wrong("either the ID of an exercise, or --sheet FILE")
    if args.sheet:
        if args.side or args.size or args.svg or args.json or args.animate:
            args.wrong("--sheet goes with no other option")
        return _write_sheet(args.sheet, context)
    if args.animate and (args.svg or args.json):
        args.wrong("--animate draws in the terminal; --svg and --json do not")
    found = _find(args.id, args.side or "left", context)
    if args.json:
        say_json(values_of(_FIELDS, found, args.side or "left"))
    elif args.svg:
        from hiproutine.figure.svg import svg

        say_to(args.svg, svg(found, _name(args.id, context), _tones(context)))
    elif args.animate:
        _animate(found, args.size, args.colours, context)
    else:
        _draw(found, args.size, args.colours, context)
    return 0


def _find(wanted: str, side: str, context: "Context") -> "Figure":
    from hiproutine.figure.model import turned

    found = context.figures.find(wanted)
    if found is None:
        if wanted in context.catalogue.exercises:
            raise HiproutineError(f"{wanted} has no figure; `hiproutine show {wanted}` says how it is done")
        raise unknown("exercise", wanted, list(context.catalogue.exercises), "hiproutine list")
    return turned(found) if side == "right" else found


def _name(wanted: str, context: "Context") -> str:
    exercise = context.catalogue.exercises.get(wanted)
    return exercise.name if exercise else wanted


# ---- in the terminal ----


def _size(figure: "Figure", given: tuple[int, int] | None) -> tuple[int, int]:
    """The size of the drawing in cells, within the given size or half a screen."""
    import shutil

    from hiproutine.figure.stage import fitting

    if given:
        return fitting(figure, *given)
    columns, rows = shutil.get_terminal_size()
    return fitting(figure, max(SMALLEST[0], min(columns - 1, 72)), max(SMALLEST[1], min(rows - 3, 24)))


def _draw(figure: "Figure", given: tuple[int, int] | None, colours: str | None, context: "Context") -> None:
    """Draw the end position, and the start next to it if there is room and no size is given."""
    from hiproutine.figure.cells import ansi
    from hiproutine.figure.frames import end_of
    from hiproutine.figure.stage import Stage

    size, depth = _size(figure, given), colours or drawing.depth_here()
    if given:
        say(ansi(Stage(figure, *size, drawing.tones(context)).lines(end_of(figure), depth)))
    else:
        say(drawing.start_and_end(figure, size, context, depth))


def _animate(figure: "Figure", given: tuple[int, int] | None, colours: str | None, context: "Context") -> None:
    """Animate to the end and back until Ctrl+C, each frame over the previous one."""
    import time

    from hiproutine.figure.cells import ansi
    from hiproutine.figure.frames import tour
    from hiproutine.figure.stage import Stage

    if not sys.stdout.isatty():
        raise HiproutineError("--animate needs a terminal to draw in; without it the end is drawn once")
    tones, depth = drawing.tones(context), colours or drawing.depth_here()
    columns, rows = _size(figure, given)
    stage = Stage(figure, columns, rows, tones)
    sys.stdout.write("\x1b[?25l")
    try:
        while True:
            for share in tour(figure, 2 * _FRAMES_A_SECOND):
                drawn = ansi(stage.lines(share, depth)).replace("\n", "\x1b[K\n")  # each line to its end
                sys.stdout.write(f"{drawn}\x1b[K\n\x1b[{rows}A")
                sys.stdout.flush()
                time.sleep(1 / _FRAMES_A_SECOND)
    except KeyboardInterrupt:
        pass
    finally:
        sys.stdout.write(f"\x1b[{rows}B\x1b[?25h")


# ---- JSON ----


def _frames(figure: "Figure", _: str) -> "Iterator[tuple[float, Body]]":
    """Yield the frames from start to end: the completed fraction, and the body."""
    from hiproutine.figure.frames import body_at

    count = 1 if figure.keys == 1 else _STEPS + (figure.path != "circle")
    for number in range(count):
        yield number / _STEPS, body_at(figure, number / _STEPS)


def _props(figure: "Figure") -> "Iterator[dict[str, Any]]":
    for block in figure.blocks:
        yield {"name": block.name, "form": block.form} | dict(zip("xyz", block.box, strict=True))
    for held in figure.held:
        yield {"name": held.name, "between": [_spelt(held.start), _spelt(held.end)], "radius": held.radius}
    for start, end in figure.straps:
        yield {"name": "strap", "from": _spelt(start), "to": _spelt(end) if isinstance(end, str) else end}


_SIDES = {"l": "left", "r": "right", "": "both"}


def _joints(body: "Body") -> "Mapping[str, Vector]":
    return {name: _rounded(body.points[point]) for name, point in _JOINTS.items()}


def _rounded(at: "Vector") -> "Vector":
    x, y, z = (round(value, 4) + 0.0 for value in at)
    return x, y, z


def _spelt(point: str) -> str:
    """`left_knee` for `l.knee`."""
    side, dot, name = point.partition(".")
    return f"{_SIDES[side]}_{name}" if dot and side in _SIDES else point


# ---- files ----


def _tones(context: "Context") -> str:
    """Return the style sheet of drawings in the tones of the settings."""
    from hiproutine.figure.svg import style

    return style(context.settings.skin, context.settings.hair)


def _write_sheet(target: Path, context: "Context") -> int:
    from hiproutine.figure.svg import page, sheet, svg

    if target.suffix not in (".svg", ".html"):
        raise HiproutineError(f"{target}: a sheet is a file that ends in .svg or .html")
    named = [(_name(name, context), figure) for name, figure in context.figures.all()]
    drawings = [(name, svg(figure, name, "")) for name, figure in named]
    whole = page if target.suffix == ".html" else sheet
    say_to(target, whole(drawings, _tones(context)))
    return 0


# ---- arguments ----


def _read_size(word: str) -> tuple[int, int]:
    found = re.fullmatch(r"([0-9]{1,4})x([0-9]{1,4})", word)
    if not found:
        raise ArgumentTypeError(f'"{word}" is not a size; write COLUMNSxROWS, such as 60x20')
    columns, rows = int(found[1]), int(found[2])
    if not (SMALLEST[0] <= columns <= LARGEST[0] and SMALLEST[1] <= rows <= LARGEST[1]):
        ends = " to ".join("x".join(map(str, size)) for size in (SMALLEST, LARGEST))
        raise ArgumentTypeError(f"a size goes from {ends}")
    return columns, rows


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", nargs="?", help="an exercise; `hiproutine list` shows them")
    parser.add_argument("--side", choices=("left", "right"), help="which side works; default: left")
    parser.add_argument("--size", type=_read_size, metavar="60x20", help="cells at most, 24x8 to 200x50")
    parser.add_argument("--colours", choices=list(DEPTHS), help="default: what the terminal supports")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--svg", type=Path, metavar="FILE", help="write it as SVG; - for standard output")
    how.add_argument("--json", action="store_true", help=f"the joints in space, frame by frame: {names(_FIELDS)}")
    how.add_argument("--animate", action="store_true", help="animate it until Ctrl+C")
    parser.add_argument("--sheet", type=Path, metavar="FILE", help="all figures, named, to a .svg or .html to print")


_FRAME: "Fields[float, Body]" = {"t": lambda share, _: round(share, 4), "joints": lambda _, body: _joints(body)}
_CONTACT: "Fields[str, str]" = {"point": lambda point, _: _spelt(point), "on": lambda _, on: on}
_HIGHLIGHT: "Fields[str, str]" = {"part": lambda part, _: part, "side": lambda _, of: _SIDES[of]}
_PUSH: "Fields[str, Vector]" = {"at": lambda point, _: _spelt(point), "way": lambda _, way: way}


def _of_prop(name: str) -> "Callable[[dict[str, Any]], object]":
    return lambda prop: prop.get(name, ABSENT)


# A box or a ball has its extent, what is held its two ends and its radius, a strap its two ends.
_PROP: "Fields[dict[str, Any]]" = {
    name: _of_prop(name) for name in ("name", "form", "x", "y", "z", "between", "radius", "from", "to")
}
# What a program needs to draw it by itself: metres, y up, the floor at 0.
_FIELDS: "Fields[Figure, str]" = {
    "exercise": lambda figure, _: figure.id,
    "side": lambda _, side: side,
    "units": lambda *_: "m",
    "path": lambda figure, _: figure.path,
    "frames": Objects(_FRAME, _frames),
    "contacts": Objects(_CONTACT, lambda figure, _: figure.contacts),
    "props": Objects(_PROP, lambda figure, _: ((prop,) for prop in _props(figure))),
    "highlight": Objects(_HIGHLIGHT, lambda figure, _: figure.show),
    "push": Objects(_PUSH, lambda figure, _: figure.push),
    "camera": lambda figure, _: figure.camera._asdict(),
}
