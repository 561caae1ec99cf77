"""The history on disk: one append-only file per device and year, and the journals of this machine."""

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hiproutine.files import make_folder, read_regular, write
from hiproutine.history import journal, jsonl, summaries
from hiproutine.history.journal import Interrupted, Journal
from hiproutine.history.jsonl import Unreadable
from hiproutine.history.past import Past, standing, union
from hiproutine.history.records import IMPORT, Opening, Record, SessionRecord, StepRecord, fields_of, line
from hiproutine.history.summaries import Content
from hiproutine.text import clean, reason

if TYPE_CHECKING:
    from hiproutine.history import undo

RECENT = timedelta(weeks=10)
"""How far back a plan for a day looks at the steps of sessions."""


class Store:
    """The history in `folder`, which the user may share between machines, and this machine's `state` folder.

    Summaries of the files are cached in `cache`, if there is one.
    """

    def __init__(self, folder: Path, state: Path, cache: Path | None = None) -> None:
        self._folder = folder
        self._state = state
        self._cache = cache
        self.journal_folder = state / "journal"

    def read(self, steps_since: date = date.min) -> Past:
        """Return everything that was done, including sessions that are still journalled.

        Sessions in files from before `steps_since` come without their steps: those are most of the reading.
        """
        records, unreadable = self._records(steps_since)
        for path in self._journals():
            if session := journal.read(path):
                records.update({record.id: record for record in session.records() if record.id not in records})
            elif _holds_something(path):
                unreadable.append(f"{clean(str(path))}: not a whole journal")
        return Past(standing(records), unreadable)

    def newest(self) -> "undo.Act | None":
        """Return what was written down last and not taken back; not a session that is still journalled.

        Raises OSError if the folder cannot be seen.
        """
        from hiproutine.history import undo

        return undo.newest(self.contents())

    def contents(self) -> dict[Path, Content]:
        """Return what each file of the history folder holds. Raises OSError if the folder cannot be seen."""
        return {path: summaries.content(path) for path in jsonl.files(self._folder)}

    def _records(self, steps_since: date) -> tuple[dict[str, Record], list[str]]:
        """What stands in the folder by its id, and what of it cannot be read."""
        try:
            contents = [self._content(path, steps_since) for path in jsonl.files(self._folder)]
        except OSError as error:
            return {}, [f"{clean(str(self._folder))}: {reason(error)}"]
        records = union(record for each in contents for record in each.records)
        return records, [sentence for each in contents for sentence in each.unreadable]

    def _content(self, path: Path, steps_since: date) -> Content:
        if self._cache is None or steps_since == date.min:
            return summaries.content(path)
        found = summaries.summary(path, self._cache)
        recent = any(isinstance(each, SessionRecord) and each.day >= steps_since for each in found.records)
        return summaries.content(path) if recent else found

    def write(self, *records: Record, import_name: str = "") -> None:
        """Add records, each to the file of this device and the year of its day; those of an import with its name.

        Raises OSError.
        """
        name = {IMPORT: import_name} if import_name else {}
        self._append(fields_of(record) | name for record in records)

    def take_in(self, lines: Iterable[Mapping[str, Any]], import_name: str) -> None:
        """Add records of another machine, of unknown kinds too, in files of their own. Raises OSError."""
        self._append(({**fields, IMPORT: import_name} for fields in lines), "-imported")

    def _append(self, lines: Iterable[Mapping[str, Any]], mark: str = "") -> None:
        for year, group in groupby(sorted(lines, key=_year), key=_year):
            path = self._folder / f"{self._device()}{mark}-{year}.jsonl"
            jsonl.append(path, [line(fields) for fields in group])

    def lines(self) -> list[dict[str, Any]]:
        """Return the fields of all records with an id, of unknown kinds too.

        Raises OSError if the folder cannot be seen.
        """
        found = chain.from_iterable(map(jsonl.read, jsonl.files(self._folder)))
        return [fields for fields in found if not isinstance(fields, Unreadable) and isinstance(fields.get("id"), str)]

    def paths(self) -> dict[str, Path]:
        """Return all files by their names in an archive. Raises OSError if the folder cannot be seen."""
        found = {f"history/{path.name}": path for path in jsonl.files(self._folder) if path.is_file()}
        return found | {f"journal/{path.name}": path for path in self._journals() if path.is_file()}

    def begin(self, opening: Opening, planned: Sequence[StepRecord]) -> Journal:
        """Return a journal for a session that starts."""
        return journal.begin(self.journal_folder, opening, planned)

    def resume(self, session: Interrupted) -> Journal:
        """Return the journal of an interrupted session, to add to."""
        return journal.resume(session)

    def running(self) -> list[Interrupted]:
        """Return the sessions that a process is running at this moment."""
        sessions = (journal.read(path) for path in self._journals() if journal.is_running(path))
        return [session for session in sessions if session]

    def interrupted(self) -> list[Interrupted]:
        """Return the sessions that no process is running any more, the newest first."""
        sessions = (journal.read(path) for path in self._journals() if not journal.is_running(path))
        return sorted(filter(None, sessions), key=lambda session: session.opening.start, reverse=True)

    def close(self, session: Interrupted) -> None:
        """Turn the journal of an interrupted session into records. Raises OSError; then the journal stays."""
        self.write(*session.records())
        session.path.unlink(missing_ok=True)

    def _journals(self) -> list[Path]:
        try:
            return jsonl.files(self.journal_folder)
        except OSError:
            return []

    def former_host(self) -> str | None:
        """Return the name of the machine that this home was copied from, until this one has its own id."""
        device, seen = self._noted_device()
        return seen if device and seen != _host() else None

    def _noted_device(self) -> tuple[str, str]:
        """(id, host name) as they were noted; empty where they cannot be read."""
        try:
            device, _, seen = read_regular(self._state / "device", 1000).decode().strip().partition(" ")
        except (OSError, UnicodeDecodeError):
            return "", ""
        return (device, seen) if device.isalnum() else ("", "")

    def _device(self) -> str:
        """Return the id of this machine. A home folder that was copied to another host gets a new one."""
        device, seen = self._noted_device()
        if device and seen == _host():
            return device
        device = os.urandom(4).hex()
        path = self._state / "device"
        make_folder(path.parent)
        write(path, f"{device} {_host()}\n".encode())
        return device


def _host() -> str:
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")


def _year(fields: Mapping[str, Any]) -> str:
    """The year that the fields of a record say: of its day, or else of when it was made."""
    text = str(fields.get("day") or fields.get("from") or fields.get("at"))[:4]
    return text if text.isascii() and text.isdigit() else "0000"


def _holds_something(path: Path) -> bool:
    """Whether a journal has content: one killed as it began has none, and one may end while we look."""
    try:
        return path.stat().st_size > 0
    except OSError:
        return False
