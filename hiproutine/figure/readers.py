"""The readers that all parts of a file of figures share: numbers below zero, places, points of the body."""

import re
from typing import Any

from hiproutine.errors import nearest
from hiproutine.figure.skeleton import POINTS, is_point
from hiproutine.yaml.nodes import File, Node, Reader, takes, tuple_of

_NUMBER = re.compile(r"-?[0-9]{1,4}(\.[0-9]{1,4})?")


def number(lowest: float, highest: float) -> Reader[float]:
    """A number that may be below zero."""

    @takes({"type": "number", "minimum": lowest, "maximum": highest})
    def read(node: Node, file: File) -> float:
        if isinstance(node.content, str) and node.plain and _NUMBER.fullmatch(node.content):
            found = float(node.content)
            if lowest <= found <= highest:
                return found
        given = f', not "{node.content}"' if isinstance(node.content, str) else ""
        return file.report(node, f"a number from {lowest:g} to {highest:g} is expected here{given}")

    return read


METRES = number(-3, 3)
SPAN = tuple_of(METRES, 2, 2)
VECTOR: Reader[Any] = tuple_of(METRES, 3, 3)


@takes({"type": "string", "pattern": r"^[lr]?\.?[a-z]+(@[0-9.]+)?$"})
def body_point(node: Node, file: File) -> str:
    """A point of the body, such as `l.knee` or `r.thigh@0.8`."""
    if isinstance(node.content, str) and is_point(node.content):
        return node.content
    word = node.content if isinstance(node.content, str) else ""
    return file.report(node, f'"{word}" is no point of the body{nearest(word, list(POINTS))}')
