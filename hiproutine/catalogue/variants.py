"""Checks of easier and harder variants: whether their levels fit, and whether they form a circle."""

from collections.abc import Iterator

from hiproutine.catalogue.model import Exercise
from hiproutine.yaml.nodes import Fields


def check_variants(exercises: dict[str, Exercise], circular: set[str], name: str, fields: Fields) -> int:
    """Report variants of the wrong level, and circles of variants; return the number of faults."""
    level, faults = exercises[name].level, fields.file.faults
    for key, sign in (("easier", 1), ("harder", -1)):
        for other in getattr(exercises[name], key):
            its = exercises[other].level if other in exercises else level
            if sign * (its - level) > 0:
                fields.file.report(fields.place(key), f'"{other}" has level {its}, not {key} than {level}')
    if name in circular:
        fields.file.report(fields.place("easier"), f'"{name}" is easier than itself, by way of its variants')
    return fields.file.faults - faults


def circular(exercises: dict[str, Exercise]) -> set[str]:
    """The exercises that are easier than themselves through their variants.

    These are the strongly connected components, found by Tarjan's algorithm: one visit per variant, without recursion.
    """
    found: set[str] = set()
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    part: list[str] = []
    path: list[tuple[str, Iterator[str]]] = []

    def enter(name: str) -> None:
        each = exercises[name]
        same = (other for other in each.easier if other in exercises and exercises[other].level == each.level)
        number[name] = lowest[name] = len(number)
        part.append(name)
        path.append((name, same))

    for start in exercises:
        if start not in number:
            enter(start)
        while path:
            name, ahead = path[-1]
            other = next(ahead, None)
            if other is None:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[name])
                if lowest[name] == number[name]:
                    whole = _popped(part, name)
                    found.update(whole if len(whole) > 1 else set(exercises[name].easier) & {name})
                    number.update(dict.fromkeys(whole, len(exercises)))
            elif other not in number:
                enter(other)
            else:
                lowest[name] = min(lowest[name], number[other])
    return found


def _popped(stack: list[str], name: str) -> set[str]:
    """Pop a name off a stack, with everything above it."""
    found = {stack.pop()}
    while name not in found:
        found.add(stack.pop())
    return found
