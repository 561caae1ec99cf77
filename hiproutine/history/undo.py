"""What undo takes back as a whole: the record, or all records of the import, that was written last."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from hiproutine.history.past import in_force, union
from hiproutine.history.records import Record, Void, uuid7
from hiproutine.history.summaries import Content

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Act(NamedTuple):
    """Records written in one go, the oldest first; and the file that they came from, if it was an import."""

    records: tuple[Record, ...]
    source: str = ""


def newest(contents: Mapping[Path, Content]) -> Act | None:
    """Return the last act that is not all taken back; an import without the records that were also made here."""
    records = union(chain.from_iterable(each.records for each in contents.values()))
    voids = in_force(records.values())
    imports = _imports(contents, records)
    acts: dict[tuple[str, str], list[Record]] = defaultdict(list)  # by the import, or by the record
    for record in records.values():
        if isinstance(record, Void):
            # One that an import brought; what it takes back may be of the same import, and then goes with that.
            brought = max(imports[record.id])
            if brought and record in voids.get(record.ref, ()) and brought not in imports.get(record.ref, ()):
                acts[brought, ""].append(record)
        elif record.id not in voids:
            name = max(imports[record.id])
            acts[name, "" if name else record.id].append(record)
    if not acts:
        return None
    last = max(acts, key=lambda key: (_when(key[0], acts[key]), key))
    return Act(tuple(sorted(acts[last], key=lambda record: (record.at, record.id))), last[0].partition(" ")[2])


def _imports(contents: Mapping[Path, Content], records: Mapping[str, Record]) -> Mapping[str, set[str]]:
    """Return the imports that brought each record, by its id; an empty name for one written here."""
    found: dict[str, set[str]] = defaultdict(set)
    for path, content in contents.items():
        for record in content.records:
            found[record.id].add(content.imports.get(record.id) or _older_import(path, record))
    for each, names in list(found.items()):
        if "" in names:
            found[each] = {""}
    for record in records.values():
        # What was taken back and imported again came with the last import.
        if isinstance(record, Void) and isinstance(taken := records.get(record.ref), Void):
            found[taken.ref] |= found[record.id]
    return found


def _older_import(path: Path, record: Record) -> str:
    """Return a name for an import of a version that gave none: its file, without the year, and the minute.

    Records from other programs have ids that begin with the noon of their day.
    """
    file = path.name.rpartition("-")[0]
    noon = datetime.combine(record.day, time(12), UTC)
    of_others = record.id.startswith(uuid7(int(noon.timestamp() * 1000), bytes(10))[:13])
    return f"{file}@{record.at:%Y%m%d%H%M}" if of_others or file.endswith("-imported") else ""


def _when(name: str, records: list[Record]) -> datetime:
    """Return when an act was written: names of imports begin with a UUID version 7."""
    try:
        return _EPOCH + timedelta(milliseconds=int(name[:8] + name[9:13], 16))
    except (ValueError, OverflowError):
        return max(record.at for record in records)
