"""Cached values, in files that may be deleted at any time and are ignored if anything does not match.

Imports next to nothing, since a few ms matter to `status`.
"""

import marshal
import os
import zlib

from hiproutine.files import make_folder, read_regular
from hiproutine.files import write as write_file

TYPE_CHECKING = False  # that of `typing` would cost its import
if TYPE_CHECKING:
    from typing import Any


def stamp(path: "str | os.PathLike[str]") -> "tuple[int, ...] | None":
    """Return a value that changes whenever the file does; None if it is missing or not accessible."""
    try:
        found = os.stat(path)  # noqa: PTH116 -- pathlib takes 10 ms to import
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def read(path: "str | os.PathLike[str]") -> "Any":
    """Return the cached value; None if the file cannot be read or was not written by `write`."""
    try:
        data = read_regular(path)
    except OSError:
        return None
    # Checked before marshal, which may crash on bytes that it did not write.
    if len(data) <= 4 or data[:4] != zlib.crc32(data[4:]).to_bytes(4, "big"):
        return None
    return marshal.loads(data[4:])  # noqa: S302 -- our own bytes, by the checksum


def write(path: "str | os.PathLike[str]", value: "Any") -> None:
    """Cache a value made of numbers, text, tuples, lists and dicts; write errors are ignored."""
    data = marshal.dumps(value)
    try:
        make_folder(os.path.dirname(path))  # noqa: PTH120 -- as above
        write_file(path, zlib.crc32(data).to_bytes(4, "big") + data, lasting=False)
    except OSError:
        pass
