"""The files of the history folder, each read in full, and their union: every record once."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from hiproutine.history import files
from hiproutine.history.files import Unreadable
from hiproutine.history.records import NOT_WHOLE, Record, fault, fields_of, line, read_record
from hiproutine.text import clean


class Content(NamedTuple):
    """What one file holds: records, sentences on lines that cannot be read, and how many lines are not for us.

    Those are of a newer version, or of a kind that this one does not know; they are kept and passed over.
    """

    records: tuple[Record, ...]
    unreadable: tuple[str, ...]
    passed_over: int


def listed(folder: Path) -> list[Path]:
    """The files of a folder; none where there is no folder. Raises OSError where they cannot be seen.

    A link that leads nowhere is not the same as no folder.
    """
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".jsonl")
    except FileNotFoundError:
        if folder.is_symlink():
            raise
        return []


def content(path: Path) -> Content:
    """What a file holds. What cannot be read, be it the file itself, is told in the content."""
    records: list[Record] = []
    unreadable: list[str] = []
    passed_over = 0
    for number, found in files.numbered(path):
        if isinstance(found, Unreadable):
            unreadable.append(str(found))
            continue
        try:
            record = read_record(found)
        except NOT_WHOLE as error:
            unreadable.append(f"{clean(str(path))}:{number}: {fault(error)}")
            continue
        if record:
            records.append(record)
        else:
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
