"""Unsaved records: confirmed to the user, not yet on any disk; and where to put them before the program ends."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

from hiproutine.history import jsonl
from hiproutine.history.records import Record, fields_of, line
from hiproutine.history.store import Store
from hiproutine.history.summaries import content
from hiproutine.text import clean, of_file

FILE = "hiproutine-unsaved.jsonl"
"""The name to suggest for another file."""


class Unsaved:
    """Records for the history of `store`; each call tries to write them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._records: list[Record] = []
        # The next run reads it.
        self._spare = store.journal_folder.parent / "unsaved.jsonl"

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def add(self, *records: Record) -> str | None:
        """Write records, after those that wait; return why that fails, if it does."""
        self._records += records
        return self.write()

    def write(self) -> str | None:
        """Write the records that wait; return why that fails, if it does; they go on waiting."""
        while self._records:
            try:
                self._store.write(self._records[0])
            except OSError as error:
                return _trouble(error, "history")
            del self._records[0]
        return None

    def write_to(self, path: Path) -> str | None:
        """Write the records that wait to a new file, for `hiproutine import`; return why that fails, if it does."""
        if path.exists():
            return f"{clean(str(path))}: {os.strerror(errno.EEXIST)}"
        return self._append(path)

    def drop(self) -> None:
        """Discard the records that wait."""
        self._records.clear()

    def rescue(self, home: Path) -> str:
        """Put the records that wait wherever possible, when nobody can be asked any more; return a sentence on where.

        First the state folder, where the next run looks; then `home`; then the sentence itself holds them.
        """
        trouble = self.write()
        if not trouble:
            return ""
        told = f"not everything could be saved: {trouble}"
        if self._append(self._spare) is None:
            return f"{told}\nIt waits in {clean(str(self._spare))} for the next run of hiproutine."
        path = free(home / FILE)
        if self.write_to(path) is None:
            return f"{told}\nIt stands in {clean(str(path))}: `hiproutine import` takes that file."
        lines = "\n".join(self._lines())
        return f"{told}\nPut these lines into a file NAME.jsonl, which `hiproutine import` takes:\n{lines}"

    def take_up(self) -> None:
        """Write what an earlier run has rescued into the state folder, if the history can be written now."""
        if not self._spare.exists():
            return
        found = content(self._spare)
        try:
            self._store.write(*found.records)
            if not found.unreadable:
                self._spare.unlink()
        except OSError:  # the file stays for the next time
            return

    def _append(self, path: Path) -> str | None:
        try:
            jsonl.append(path, self._lines())
        except OSError as error:
            return _trouble(error, clean(str(path)))
        self._records.clear()
        return None

    def _lines(self) -> list[str]:
        return [line(fields_of(record)) for record in self._records]


def free(path: Path) -> Path:
    """Return the path, with a number after its name if there is such a file."""
    number = 1
    found = path
    while found.exists():
        number += 1
        found = path.with_stem(f"{path.stem}-{number}")
    return found


def _trouble(error: OSError, place: str) -> str:
    return of_file(error, place)
