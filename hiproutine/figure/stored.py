"""Solved figures as JSON: one line each, so that a change of one is a change of one line."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from hiproutine.figure.model import Block, Camera, CloseUp, Figure, Held, Push, Region, Strap, Swing
from hiproutine.figure.skeleton import Pose


class Stored(NamedTuple):
    """A solved figure, and the stamp of the draft that it was solved from."""

    figure: Figure
    stamp: int


def dumps(figures: Mapping[str, Stored]) -> str:
    """Return the text of a file of solved figures."""
    lines = []
    for name, (figure, stamp) in figures.items():
        row = figure._asdict() | {"poses": [[*map(_short, pose.angles), *pose.pelvis] for pose in figure.poses]}
        lines.append(f"{json.dumps(name)}: {json.dumps({'stamp': stamp, **row}, separators=(',', ':'))}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _short(number: float) -> float:
    return int(number) if number == int(number) else number


def loads(text: str) -> dict[str, Stored]:
    """Return the figures in such a text."""
    return {name: Stored(_figure(row), row["stamp"]) for name, row in json.loads(text).items()}


def names(text: str) -> list[str]:
    """Return the ids of the exercises with a figure."""
    return list(json.loads(text))


def load(text: str, name: str) -> Figure | None:
    """Return one figure of such a text without parsing the others."""
    head = f"{json.dumps(name)}: "
    line = next((line for line in text.split("\n") if line.startswith(head)), None)
    return _figure(json.loads(line[len(head) :].rstrip(","))) if line else None


def _figure(row: Mapping[str, Any]) -> Figure:
    return Figure(
        id=row["id"],
        base=row["base"],
        alike=row["alike"],
        face=row["face"],
        path=row["path"],
        sides=row["sides"],
        show=tuple(Region(*each) for each in row["show"]),
        blocks=tuple(_block(*each) for each in row["blocks"]),
        held=tuple(Held(*each) for each in row["held"]),
        straps=tuple(Strap(start, end if isinstance(end, str) else tuple(end)) for start, end in row["straps"]),
        arrow=row["arrow"],
        push=tuple(Push(*each) for each in row["push"]),
        swing=Swing(*row["swing"]) if row["swing"] else None,
        camera=Camera(*row["camera"]),
        close_up=CloseUp(*row["close_up"]) if row["close_up"] else None,
        contacts=tuple((point, on) for point, on in row["contacts"]),
        keys=row["keys"],
        poses=tuple(Pose(tuple(each[:-3]), (each[-3], each[-2], each[-1])) for each in row["poses"]),
    )


def _block(name: str, box: Any, tone: str, form: str) -> Block:
    x, y, z = (tuple(span) for span in box)
    return Block(name, (x, y, z), tone, form)
