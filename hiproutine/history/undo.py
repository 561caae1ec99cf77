"""The last action, which undo takes back as a whole: a record, rest days declared in one go, or an import."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from hiproutine.history.past import in_force, union
from hiproutine.history.records import Record, Rest, Void, uuid7
from hiproutine.history.summaries import Content

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Act(NamedTuple):
    """Records written together, oldest first; `source` is the file, if it was an import."""

    records: tuple[Record, ...]
    source: str = ""

    @property
    def rests(self) -> bool:
        """Whether it declared rest days, and nothing else."""
        return all(isinstance(each, Rest) for each in self.records)


def newest(contents: Mapping[Path, Content]) -> Act | None:
    """Return the last act not yet taken back; an import without the records that were also made here."""
    records = union(chain.from_iterable(each.records for each in contents.values()))
    voids = in_force(records.values())
    imports = _imports(contents, records)
    acts: dict[tuple[str, str], list[Record]] = defaultdict(
        list
    )  # by (import, act of this home); one of the two is empty
    for record in records.values():
        if isinstance(record, Void):
            # Only voids from an import, unless the record that they take back came with the same import.
            brought = max(imports[record.id])
            if brought and record in voids.get(record.ref, ()) and brought not in imports.get(record.ref, ()):
                acts[brought, ""].append(record)
        elif record.id not in voids:
            name = max(imports[record.id])
            acts[name, "" if name else _together(record)].append(record)
    if not acts:
        return None
    last = max(acts, key=lambda key: (_when(key[0], acts[key]), key))
    return Act(tuple(sorted(acts[last], key=lambda record: (record.at, record.id))), last[0].partition(" ")[2])


def _together(record: Record) -> str:
    """Return what is the same for the records of one act."""
    return (record.span if isinstance(record, Rest) else None) or record.id


def _imports(contents: Mapping[Path, Content], records: Mapping[str, Record]) -> Mapping[str, set[str]]:
    """Return the names of the imports that brought each record, by its id; an empty name if written here."""
    found: dict[str, set[str]] = defaultdict(set)
    for path, content in contents.items():
        for record in content.records:
            found[record.id].add(content.imports.get(record.id) or _older_import(path, record))
    for each, names in list(found.items()):
        if "" in names:
            found[each] = {""}
    for record in records.values():
        # A record that was taken back and imported again belongs to the last import.
        if isinstance(record, Void) and isinstance(taken := records.get(record.ref), Void):
            found[taken.ref] |= found[record.id]
    return found


def _older_import(path: Path, record: Record) -> str:
    """Return a name for an import by a version that recorded none: its file without the year, and the minute.

    Ids of records from other programs begin with the noon of their day.
    """
    file = path.name.rpartition("-")[0]
    noon = datetime.combine(record.day, time(12), UTC)
    of_others = record.id.startswith(uuid7(int(noon.timestamp() * 1000), bytes(10))[:13])
    return f"{file}@{record.at:%Y%m%d%H%M}" if of_others or file.endswith("-imported") else ""


def _when(name: str, records: list[Record]) -> datetime:
    """Return when an act was written; names of imports begin with a UUID version 7."""
    try:
        return _EPOCH + timedelta(milliseconds=int(name[:8] + name[9:13], 16))
    except (ValueError, OverflowError):
        return max(record.at for record in records)
