"""JSON fields: one table per command, from which its output and its help are derived."""

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVarTuple

Values = TypeVarTuple("Values")
Row = TypeVarTuple("Row")

Fields = Mapping[str, Callable[[*Values], object]]
"""Functions that return the value of each field, by name, from the values of a command."""

ABSENT = object()
"""The value of a field to omit."""


class Objects(Generic[*Values]):
    """A field with a list of objects, one for each row of values, which have their own table."""

    def __init__(self, fields: "Fields[*Row]", rows: "Callable[[*Values], Iterable[tuple[*Row]]]") -> None:
        def objects(*values: *Values) -> list[dict[str, object]]:
            return [values_of(fields, *row) for row in rows(*values)]

        self.names = names(fields)
        self._objects = objects

    def __call__(self, *values: *Values) -> list[dict[str, object]]:
        return self._objects(*values)


def names(fields: "Fields[*Values]") -> str:
    """Return the names of the fields for a help text: `day, items (exercise, name)`."""
    return ", ".join(f"{name} ({of.names})" if isinstance(of, Objects) else name for name, of in fields.items())


def values_of(fields: "Fields[*Values]", *values: *Values) -> dict[str, object]:
    """Return a JSON object with the value of each field that is not absent."""
    return {name: value for name, of in fields.items() if (value := of(*values)) is not ABSENT}
