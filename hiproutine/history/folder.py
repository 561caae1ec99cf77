"""The files of the history folder, each read in full, and their union: every record once."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from hiproutine.history import jsonl
from hiproutine.history.jsonl import Unreadable
from hiproutine.history.records import KINDS, NOT_WHOLE, Record, fields_of, line
from hiproutine.text import clean


class Content(NamedTuple):
    """What one file holds: records, sentences on lines that cannot be read, and how many lines are not for us.

    Those are of a newer version, or of a kind that this one does not know; they are kept and passed over.
    """

    records: tuple[Record, ...]
    unreadable: tuple[str, ...]
    passed_over: int


def listed(folder: Path) -> list[Path]:
    """The files of a folder; none where there is no folder. Raises OSError where they cannot be seen."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".jsonl")
    except FileNotFoundError:
        return []


def content(path: Path) -> Content:
    """What a file holds. What cannot be read, be it the file itself, is told in the content."""
    records: list[Record] = []
    unreadable: list[str] = []
    passed_over = 0
    for found in jsonl.read(path):
        match found:
            case Unreadable():
                unreadable.append(str(found))
            case {"v": 1, "kind": str(kind)} if kind in KINDS:
                try:
                    records.append(KINDS[kind].read(found))
                except NOT_WHOLE as error:
                    unreadable.append(f"{clean(str(path))}: record {clean(str(found))[:60]}: {error}")
            case _:
                passed_over += 1
    return Content(tuple(records), tuple(unreadable), passed_over)


def union(records: Iterable[Record]) -> dict[str, Record]:
    """Every record once by its id. Of two that differ, for somebody edited one, each machine takes the same."""
    found: dict[str, Record] = {}
    for record in records:
        other = found.setdefault(record.id, record)
        if other is not record and other != record:
            found[record.id] = min(other, record, key=as_line)
    return found


def as_line(record: Record) -> str:
    return line(fields_of(record))
