"""The files of the history folder, each read in full, and their union: every record once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from hiproutine.history import jsonl
from hiproutine.history.jsonl import Unreadable
from hiproutine.history.records import IMPORT, NOT_WHOLE, Record, Void, fault, fields_of, line, read_record
from hiproutine.text import clean


class Content(NamedTuple):
    """What one file holds: records, sentences on lines that cannot be read, and how many lines are not for us.

    Those are of a newer version, or of a kind that this one does not know; they are kept and passed over. `imports` has
    the names of the imports that brought records, by their ids.
    """

    records: tuple[Record, ...]
    unreadable: tuple[str, ...]
    passed_over: int
    imports: Mapping[str, str] = MappingProxyType({})


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
    imports: dict[str, str] = {}
    for number, found in jsonl.numbered(path):
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
            if isinstance(name := found.get(IMPORT), str):
                imports[record.id] = clean(name)
        else:
            passed_over += 1
    return Content(tuple(records), tuple(unreadable), passed_over, imports)


def union(records: Iterable[Record]) -> dict[str, Record]:
    """Every record once by its id. Of two that differ, for somebody edited one, each machine takes the same."""
    found: dict[str, Record] = {}
    for record in records:
        other = found.setdefault(record.id, record)
        if other is not record and other != record:
            found[record.id] = min(other, record, key=as_line)
    return found


def in_force(records: Iterable[Record]) -> Mapping[str, list[Void]]:
    """The voids in force, by the ids of the records that they take back.

    Whatever the order in which files arrive, each machine says the same: a void that a void refers to is not in force,
    and the other one takes back nothing else.
    """
    voids = {record.id: record for record in records if isinstance(record, Void)}
    taken_back = {void.ref for void in voids.values()}
    found: dict[str, list[Void]] = defaultdict(list)
    for void in voids.values():
        if void.ref not in voids and void.id not in taken_back:
            found[void.ref].append(void)
    return found


def as_line(record: Record) -> str:
    return line(fields_of(record))
