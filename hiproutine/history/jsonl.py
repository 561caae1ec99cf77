"""Append-only files of JSON lines: writes are whole, durable and private; readers tolerate torn lines."""

import errno
import math
import os
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from hiproutine.files import BINARY, FILE, make_folder, read_regular, set_mode
from hiproutine.text import clean, reason

if TYPE_CHECKING:
    import json

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class Unreadable(Exception):
    """A line or a file that could not be read: a sentence with its place."""


def append(path: Path, lines: list[str]) -> None:
    """Append lines to a file and close it; see Appending."""
    with Appending(path) as file:
        file.append(lines)


class Appending:
    """A file open for appending, created together with its folder if needed, private to its owner."""

    def __init__(self, path: Path) -> None:
        make_folder(path.parent)
        fresh = not path.exists()
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _NO_LINK | BINARY, FILE)
        self._locked = False
        if fresh and os.name == "posix":
            set_mode(path, FILE)
            folder = os.open(path.parent, os.O_RDONLY)
            os.fsync(folder)
            os.close(folder)

    def append(self, lines: list[str]) -> None:
        """Append lines and wait until they are on disk. Raises OSError; then partial lines are removed, if possible."""
        self.lock(wait=True)
        before = os.lseek(self.descriptor, 0, os.SEEK_END)
        torn = before > 0
        if torn:
            os.lseek(self.descriptor, -1, os.SEEK_END)
            torn = os.read(self.descriptor, 1) != b"\n"
        data = b"\n" * torn + encode(lines)
        try:
            written = os.write(self.descriptor, data)
            if written != len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(self.descriptor)
        except OSError:
            with suppress(OSError):
                os.ftruncate(self.descriptor, before)
            raise

    def lock(self, *, wait: bool = False) -> None:
        """Lock the file until it is closed. Raises OSError if another process has it, unless this is to wait."""
        from hiproutine import systems  # reading needs none of it

        if not self._locked:  # Windows refuses what one has already
            systems.lock(self.descriptor, wait=wait)
            self._locked = True

    def close(self) -> None:
        os.close(self.descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock file, waiting for other processes; without a lock if the file cannot be created."""
    with ExitStack() as stack:
        with suppress(OSError):
            stack.enter_context(Appending(path)).lock(wait=True)
        yield


def encode(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def files(folder: Path) -> list[Path]:
    """Return the files of a folder; none if it does not exist. Raises OSError if it cannot be listed.

    A broken link is an error, not a missing folder.
    """
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".jsonl")
    except FileNotFoundError:
        if folder.is_symlink():
            raise
        return []


def read(path: Path) -> Iterator[dict[str, Any] | Unreadable]:
    """Yield the object of each line of a file, or Unreadable."""
    return (found for _, found in numbered(path))


def numbered(path: Path) -> Iterator[tuple[int, dict[str, Any] | Unreadable]]:
    """Yield (line number, object) of a file; the number is 0 if the file itself cannot be read."""
    name = clean(str(path))
    try:
        data = read_regular(path)
    except OSError as error:
        yield 0, Unreadable(f"{name}: {reason(error)}")
        return
    yield from parsed(data, name)


def parse(data: bytes, name: str) -> Iterator[dict[str, Any] | Unreadable]:
    """Yield the object of each line of the content of a file with that name, or Unreadable."""
    return (found for _, found in parsed(data, name))


def parsed(data: bytes, name: str) -> Iterator[tuple[int, dict[str, Any] | Unreadable]]:
    """Yield (line number, object) of the content of a file with that name."""
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
    """Return the value of a line of JSON in UTF-8. Raises ValueError for values that could not be written again."""
    decoder, encoder = _codecs()
    value = decoder.decode(line.decode())
    if b"\\ud" in line or b"\\uD" in line:
        encoder.encode(value).encode()  # a lone surrogate is not valid text
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


@cache
def _codecs() -> "tuple[json.JSONDecoder, json.JSONEncoder]":
    import json  # 2 ms, not needed for reading cached summaries

    return json.JSONDecoder(parse_float=_finite, parse_constant=_finite), json.JSONEncoder(ensure_ascii=False)


_DEEPEST = 50
