"""Append-only files of JSON lines: every write is whole, durable and private, and every reader forgives a torn line."""

import errno
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from hiproutine.regular import read_regular
from hiproutine.text import clean

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class Unreadable(Exception):
    """A line, or a file, that could not be read: a sentence with its place."""


def append(path: Path, lines: list[str]) -> None:
    """Adds lines to a file and closes it; see Appending."""
    with Appending(path) as file:
        file.append(lines)


class Appending:
    """A file that lines are added to, made with its folder if need be, readable for its owner alone."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = not path.exists()
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _NO_LINK, 0o600)
        if fresh and os.name == "posix":
            folder = os.open(path.parent, os.O_RDONLY)
            os.fsync(folder)
            os.close(folder)

    def lock(self) -> None:
        """Holds the file until it is closed. Raises OSError at once if another process holds it."""
        _flock(self.descriptor, wait=False)

    def append(self, lines: list[str]) -> None:
        """Adds lines, and returns when the disk has them. Raises OSError; then, if that can be, none is there."""
        _flock(self.descriptor, wait=True)
        before = os.lseek(self.descriptor, 0, os.SEEK_END)
        torn = before > 0
        if torn:
            os.lseek(self.descriptor, -1, os.SEEK_END)
            torn = os.read(self.descriptor, 1) != b"\n"
        data = ("\n" * torn + "".join(f"{line}\n" for line in lines)).encode()
        try:
            written = os.write(self.descriptor, data)
            if written != len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(self.descriptor)
        except OSError:
            with suppress(OSError):
                os.ftruncate(self.descriptor, before)
            raise

    def close(self) -> None:
        os.close(self.descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _flock(descriptor: int, *, wait: bool) -> None:
    try:
        import fcntl
    except ImportError:  # Windows: each file has one writer, and nobody tells a running session from a left one
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        raise
    except OSError:
        return  # a file system without locks


def read(path: Path) -> Iterator[dict[str, Any] | Unreadable]:
    """The objects of a file, one a line, and what could not be read among them."""
    name = clean(str(path))
    try:
        data = read_regular(path)
    except OSError as error:
        yield Unreadable(f"{name}: {error.strerror or error}")
        return
    yield from parse(data, name)


def parse(data: bytes, name: str) -> Iterator[dict[str, Any] | Unreadable]:
    """The same of the content of a file with that name."""
    import json

    for number, line in enumerate(data.splitlines(), 1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError):
            yield Unreadable(f"{name}:{number}: not a whole record")
            continue
        yield fields if isinstance(fields, dict) else Unreadable(f"{name}:{number}: not a record")
