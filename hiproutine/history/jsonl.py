"""Append-only files of JSON lines: every write is whole, durable and private, and every reader forgives a torn line."""

import errno
import json
import math
import os
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from hiproutine.files import FILE, make_folder, read_regular, set_mode
from hiproutine.text import clean, reason

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class Unreadable(Exception):
    """A line, or a file, that could not be read: a sentence with its place."""


def append(path: Path, lines: list[str]) -> None:
    """Add lines to a file and close it; see Appending."""
    with Appending(path) as file:
        file.append(lines)


class Appending:
    """A file that lines are added to, made with its folder if need be, readable for its owner alone."""

    def __init__(self, path: Path) -> None:
        make_folder(path.parent)
        fresh = not path.exists()
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _NO_LINK, FILE)
        if fresh and os.name == "posix":
            set_mode(path, FILE)
            folder = os.open(path.parent, os.O_RDONLY)
            os.fsync(folder)
            os.close(folder)

    def lock(self) -> None:
        """Hold the file until it is closed. Raises OSError at once if another process holds it."""
        _flock(self.descriptor, wait=False)

    def append(self, lines: list[str]) -> None:
        """Add lines, and return once the disk has them. Raises OSError; then, if possible, none is there."""
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
    except ImportError:  # Windows: each file has one writer, and a running session is not told from an interrupted one
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        raise
    except OSError:
        return  # a file system without locks


def files(folder: Path) -> list[Path]:
    """Return the files of a folder; none where there is no folder. Raises OSError where they cannot be seen.

    A link that leads nowhere is not the same as no folder.
    """
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".jsonl")
    except FileNotFoundError:
        if folder.is_symlink():
            raise
        return []


def read(path: Path) -> Iterator[dict[str, Any] | Unreadable]:
    """Return the objects of a file, one a line, and what could not be read among them."""
    return (found for _, found in numbered(path))


def numbered(path: Path) -> Iterator[tuple[int, dict[str, Any] | Unreadable]]:
    """The same, each with the number of its line; 0 where the file itself could not be read."""
    name = clean(str(path))
    try:
        data = read_regular(path)
    except OSError as error:
        yield 0, Unreadable(f"{name}: {reason(error)}")
        return
    yield from parsed(data, name)


def parse(data: bytes, name: str) -> Iterator[dict[str, Any] | Unreadable]:
    """Return the objects in the content of a file with that name."""
    return (found for _, found in parsed(data, name))


def parsed(data: bytes, name: str) -> Iterator[tuple[int, dict[str, Any] | Unreadable]]:
    """The same, each with the number of its line."""
    for number, line in enumerate(data.removeprefix(BOM_UTF8).splitlines(), 1):
        if not line.strip():
            continue
        try:
            fields = _object(line)
        except (ValueError, RecursionError):
            yield number, Unreadable(f"{name}:{number}: not a whole record")
            continue
        yield number, fields if isinstance(fields, dict) else Unreadable(f"{name}:{number}: not a record")


def _object(line: bytes) -> Any:
    """The value of a line of JSON in UTF-8. Raises ValueError for what could not be written down again."""
    value = _DECODER.decode(line.decode())
    if b"\\ud" in line or b"\\uD" in line:
        _ENCODER.encode(value).encode()  # half a pair of surrogates is no text
    if line.count(b"[") + line.count(b"{") > _DEEPEST and _depth(value) > _DEEPEST:
        raise ValueError(f"more than {_DEEPEST} levels")
    return value


def _depth(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    return 0


def _finite(word: str) -> float:
    number = float(word)
    if not math.isfinite(number):
        raise ValueError(f"{word} is not a number of JSON")
    return number


_DEEPEST = 50
_DECODER = json.JSONDecoder(parse_float=_finite, parse_constant=_finite)
_ENCODER = json.JSONEncoder(ensure_ascii=False)
