"""Unsaved records: accepted from the user but not yet on disk, and their rescue before the program ends."""

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
"""Suggested name of the file for unsaved records."""


class Unsaved:
    """Records waiting to be written to `store`; each call retries."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._records: list[Record] = []
        # Read by the next run.
        self._spare = store.journal_folder.parent / "unsaved.jsonl"

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def add(self, *records: Record) -> str | None:
        """Write records after the waiting ones; return the error, if any."""
        self._records += records
        return self.write()

    def write(self) -> str | None:
        """Write the waiting records; return the error, if any. Then they keep waiting."""
        try:
            self._store.write(*self._records)
        except OSError as error:
            return _trouble(error, "history")
        self._records.clear()
        return None

    def write_to(self, path: Path) -> str | None:
        """Write the waiting records to a new file, for `hiproutine import`; return the error, if any."""
        if path.exists():
            return f"{clean(str(path))}: {os.strerror(errno.EEXIST)}"
        return self._append(path)

    def drop(self) -> None:
        """Discard the waiting records."""
        self._records.clear()

    def rescue(self, home: Path) -> str:
        """Save the waiting records wherever possible, when the user cannot be asked; return a sentence on where.

        First the state folder, where the next run looks; then `home`; else they are printed in the sentence.
        """
        trouble = self.write()
        if not trouble:
            return ""
        failed = f"not everything could be saved: {trouble}"
        if self._append(self._spare) is None:
            return f"{failed}\nThe rest is in {clean(str(self._spare))}; the next run of hiproutine saves it."
        path = free(home / FILE)
        if self.write_to(path) is None:
            return f"{failed}\nThe rest is in {clean(str(path))}; add it with `hiproutine import`."
        lines = "\n".join(self._lines())
        return f"{failed}\nPut these lines into a file NAME.jsonl, and add it with `hiproutine import`:\n{lines}"

    def take_up(self) -> None:
        """Write the records that an earlier run saved in the state folder, if the history can be written now."""
        if not self._spare.exists():
            return
        found = content(self._spare)
        try:
            self._store.write(*found.records)
            if not found.unreadable:
                self._spare.unlink()
        except OSError:  # keep the file for the next run
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
    """Return the path, with a number added to its name if the file exists."""
    number = 1
    found = path
    while found.exists():
        number += 1
        found = path.with_stem(f"{path.stem}-{number}")
    return found


def _trouble(error: OSError, place: str) -> str:
    return of_file(error, place)
