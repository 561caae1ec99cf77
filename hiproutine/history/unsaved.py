"""Records that were told as done and that no disk has taken yet, and where they may go before the program ends."""

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
"""The name that is proposed for another file."""


class Unsaved:
    """Records for the history of `store`, tried again at each call."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._records: list[Record] = []
        # Taken in by the next run.
        self._spare = store.journal_folder.parent / "unsaved.jsonl"

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def add(self, *records: Record) -> str | None:
        """Writes records, behind those that wait; says why that fails, if it does."""
        self._records += records
        return self.write()

    def write(self) -> str | None:
        """Writes what waits; says why that fails, if it does, to be tried again."""
        while self._records:
            try:
                self._store.write(self._records[0])
            except OSError as error:
                return _trouble(error, "history")
            del self._records[0]
        return None

    def write_to(self, path: Path) -> str | None:
        """Writes what waits to a new file, for `hiproutine import`; says why that fails, if it does."""
        if path.exists():
            return f"{clean(str(path))}: {os.strerror(errno.EEXIST)}"
        return self._append(path)

    def drop(self) -> None:
        """Gives up what waits."""
        self._records.clear()

    def rescue(self, home: Path) -> str:
        """Puts what waits wherever it can be put, at the last moment, where nobody is asked; says where, if anything.

        The state folder comes first, since the next run looks there; then `home`; then the words themselves.
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
        """Takes in what an earlier run has rescued into the state folder, if the history can be written by now."""
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
    """The path, or with a number behind its name if there is such a file."""
    number = 1
    found = path
    while found.exists():
        number += 1
        found = path.with_stem(f"{path.stem}-{number}")
    return found


def _trouble(error: OSError, place: str) -> str:
    return of_file(error, place)
