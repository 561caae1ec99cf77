"""The history on disk: one append-only file per device and year, and the journals of this machine."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hiproutine.history import jsonl, summaries
from hiproutine.history.jsonl import Unreadable
from hiproutine.history.past import Past, standing, union
from hiproutine.history.records import IMPORT, Opening, Record, SessionRecord, StepRecord, fields_of, line
from hiproutine.history.summaries import Content
from hiproutine.text import clean, reason

if TYPE_CHECKING:
    from hiproutine.history import undo
    from hiproutine.history.device import OwnFiles
    from hiproutine.history.journal import Interrupted, Journal

RECENT = timedelta(weeks=10)
"""The time for which plans look back at the steps of sessions."""


class Store:
    """The history in `folder`, which machines may share, and the `state` folder of this machine.

    Summaries of the files are cached in `cache`, if given.
    """

    def __init__(self, folder: Path, state: Path, cache: Path | None = None) -> None:
        self._folder = folder
        self._state = state
        self._cache = cache
        self.journal_folder = state / "journal"

    def read(self, steps_since: date = date.min) -> Past:
        """Return the whole history, including sessions that are still in a journal.

        Sessions in files older than `steps_since` come without their steps, which take most of the reading time.
        """
        records, unreadable = self._records(steps_since)
        if journals := self._journals():
            unreadable += _add_journalled(records, journals)
        return Past(standing(records), unreadable)

    def newest(self) -> "undo.Act | None":
        """Return the last act that was not taken back, journalled sessions excluded.

        Raises OSError if the folder cannot be read.
        """
        from hiproutine.history import undo

        return undo.newest(self.contents())

    def contents(self) -> dict[Path, Content]:
        """Return the content of each file of the history folder. Raises OSError if the folder cannot be read."""
        return {path: summaries.content(path) for path in jsonl.files(self._folder)}

    def _records(self, steps_since: date) -> tuple[dict[str, Record], list[str]]:
        """Return the records in the folder by id, and sentences on unreadable lines."""
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
        """Append records to the files of this device, by year; with the name of the import, if they come from one.

        Raises OSError.
        """
        name = {IMPORT: import_name} if import_name else {}
        self._append(fields_of(record) | name for record in records)

    def take_in(self, lines: Iterable[Mapping[str, Any]], import_name: str) -> None:
        """Append records of another machine, unknown kinds included, to separate files. Raises OSError."""
        self._append(({**fields, IMPORT: import_name} for fields in lines), "-imported")

    def _append(self, lines: Iterable[Mapping[str, Any]], mark: str = "") -> None:
        for year, group in groupby(sorted(lines, key=_year), key=_year):
            self._own().append(self._folder, f"{mark}-{year}.jsonl", [line(fields) for fields in group])

    def _own(self) -> "OwnFiles":
        from hiproutine.history.device import OwnFiles

        return OwnFiles(self._state / "device")

    def lines(self) -> list[dict[str, Any]]:
        """Return the fields of all records with an id, unknown kinds included.

        Raises OSError if the folder cannot be read.
        """
        found = chain.from_iterable(map(jsonl.read, jsonl.files(self._folder)))
        return [fields for fields in found if not isinstance(fields, Unreadable) and isinstance(fields.get("id"), str)]

    def paths(self) -> dict[str, Path]:
        """Return all files by their names in an archive. Raises OSError if the folder cannot be read."""
        found = {f"history/{path.name}": path for path in jsonl.files(self._folder) if path.is_file()}
        return found | {f"journal/{path.name}": path for path in self._journals() if path.is_file()}

    def begin(self, opening: Opening, planned: Sequence[StepRecord]) -> "Journal":
        """Return a new journal for a starting session."""
        from hiproutine.history import journal

        return journal.begin(self.journal_folder, opening, planned)

    def resume(self, session: "Interrupted") -> "Journal":
        """Return the journal of an interrupted session, to add to."""
        from hiproutine.history import journal

        return journal.resume(session)

    def running(self) -> "list[Interrupted]":
        """Return the sessions that a process is running now."""
        from hiproutine.history import journal

        sessions = (journal.read(path) for path in self._journals() if journal.is_running(path))
        return [session for session in sessions if session]

    def interrupted(self) -> "list[Interrupted]":
        """Return the sessions that no process is running any more, newest first."""
        from hiproutine.history import journal

        sessions = (journal.read(path) for path in self._journals() if not journal.is_running(path))
        return sorted(filter(None, sessions), key=lambda session: session.opening.start, reverse=True)

    def close(self, session: "Interrupted") -> None:
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
        return self._own().former_host()


def _add_journalled(records: dict[str, Record], journals: Iterable[Path]) -> Iterator[str]:
    """Add the records of sessions that are in a journal only; yield sentences on journals that cannot be read."""
    from hiproutine.history import journal

    for path in journals:
        if session := journal.read(path):
            records.update({record.id: record for record in session.records() if record.id not in records})
        elif _holds_something(path):
            yield f"{clean(str(path))}: not a whole journal"


def _year(fields: Mapping[str, Any]) -> str:
    """Return the year of a record: of its day, or else of when it was made."""
    text = str(fields.get("day") or fields.get("from") or fields.get("at"))[:4]
    return text if text.isascii() and text.isdigit() else "0000"


def _holds_something(path: Path) -> bool:
    """Whether a journal has content; one killed at its start has none, and one may disappear meanwhile."""
    try:
        return path.stat().st_size > 0
    except OSError:
        return False
