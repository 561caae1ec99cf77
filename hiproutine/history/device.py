"""The history files of this home: named after its device id, with this home as their only writer.

A synchroniser may lose lines of a file with two writers: Syncthing names conflict copies by the second, and another
conflict within that second overwrites the copy. Copied homes share an id. So each home records the checksums of its
files, and takes a new id once another program has changed one of them.
"""

import errno
import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from hiproutine.files import make_folder, read_regular, write
from hiproutine.history import jsonl

_ATTEMPTS = 5
_MOST_BYTES = 100_000
"""Limit of the file with the id, which has a line for each history file: two a year."""


class _Device(NamedTuple):
    """A device id, the host that made it, and the checksum of each file as this home last wrote it."""

    id: str
    host: str
    checksums: Mapping[str, str]

    def owns(self, name: str, content: bytes) -> bool:
        """Whether a file is as this home last wrote it. Older versions recorded no checksums."""
        return not (content and self.checksums) or self.checksums.get(name) == _checksum(content)


class OwnFiles:
    """The files of this home in the history folder; its id is in the file `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def append(self, folder: Path, suffix: str, lines: list[str]) -> None:
        """Append lines to the file with that suffix, under a new id if another program changed it. Raises OSError."""
        with jsonl.locked(self._path.with_name("device.lock")):
            for _ in range(_ATTEMPTS):
                device = self._read()
                if device is None or device.host != _host():
                    device = self._write(_new())
                path = folder / f"{device.id}{suffix}"
                before = _content(path)
                if not device.owns(path.name, before) and self._take_new_id():
                    continue
                jsonl.append(path, lines)
                after = _content(path)
                if after.startswith(before) and after.endswith(jsonl.encode(lines)):
                    self._note(device, path.name, after)
                    return
        raise OSError(errno.EBUSY, "another program keeps changing the file", str(path))

    def former_host(self) -> str | None:
        """Return the name of the machine that this home was copied from, until this one has its own id."""
        device = self._read()
        return device.host if device and device.host != _host() else None

    def _take_new_id(self) -> bool:
        """Take a new id; return False if it cannot be stored: a shared file is better than an unsaved record."""
        try:
            self._write(_new())
        except OSError:
            return False
        return True

    def _note(self, device: _Device, name: str, content: bytes) -> None:
        try:
            self._write(device._replace(checksums={**device.checksums, name: _checksum(content)}))
        except OSError:  # these lines are saved; the next ones go to a file of a new id
            return

    def _read(self) -> _Device | None:
        """Return the stored device; None if it cannot be read."""
        try:
            head, *rows = read_regular(self._path, _MOST_BYTES).decode().strip().splitlines()
        except (OSError, ValueError):  # or the file is empty
            return None
        device_id, _, host = head.partition(" ")
        checksums = dict(row.split(" ", 1)[::-1] for row in rows if " " in row)
        return _Device(device_id, host, checksums) if device_id.isalnum() else None

    def _write(self, device: _Device) -> _Device:
        rows = [f"{device.id} {device.host}", *(f"{checksum} {name}" for name, checksum in device.checksums.items())]
        make_folder(self._path.parent)
        # Without waiting for the disk: if a power cut loses the file, the home takes a new id.
        write(self._path, "".join(f"{row}\n" for row in rows).encode(), lasting=False)
        return device


def _new() -> _Device:
    return _Device(os.urandom(4).hex(), _host(), {})


def _host() -> str:
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")


def _content(path: Path) -> bytes:
    """Return the content of a file; empty if it does not exist."""
    try:
        return read_regular(path)
    except FileNotFoundError:
        return b""


def _checksum(content: bytes) -> str:
    return f"{len(content)}:{zlib.crc32(content):08x}"
