"""JSON fields: one table a command, from which its output and its help both follow."""

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVarTuple

Values = TypeVarTuple("Values")
Row = TypeVarTuple("Row")

Fields = Mapping[str, Callable[[*Values], object]]
"""The name of each field, and a function that takes its value out of the values that a command works with."""

ABSENT = object()
"""The value of a field to omit."""


class Objects(Generic[*Values]):
    """A field that is a list of objects, with a table of their own."""

    def __init__(self, fields: "Fields[*Row]", rows: "Callable[[*Values], Iterable[tuple[*Row]]]") -> None:
        self.names = names(fields)
        self._objects: Callable[[*Values], list[dict[str, object]]] = lambda *values: [
            values_of(fields, *row) for row in rows(*values)
        ]

    def __call__(self, *values: *Values) -> list[dict[str, object]]:
        return self._objects(*values)


def names(fields: "Fields[*Values]") -> str:
    """The names of the fields for a help text: `day, items (exercise, name)`."""
    return ", ".join(f"{name} ({of.names})" if isinstance(of, Objects) else name for name, of in fields.items())


def values_of(fields: "Fields[*Values]", *values: *Values) -> dict[str, object]:
    """A JSON object with the value of each field that is not absent."""
    found = {name: of(*values) for name, of in fields.items()}
    return {name: value for name, value in found.items() if value is not ABSENT}
