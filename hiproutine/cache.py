"""Cached values: in files that may be deleted at any time, and never trusted when anything does not match.

Imports next to nothing: for `status` a few ms are a lot.
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
    """Return what changes whenever a file does; None if there is none, or it cannot be seen."""
    try:
        found = os.stat(path)  # noqa: PTH116 -- pathlib takes 10 ms to import
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def read(path: "str | os.PathLike[str]") -> "Any":
    """Return the value in a file; None if it cannot be read, or was not written by `write`."""
    try:
        data = read_regular(path)
    except OSError:
        return None
    # The checksum comes before marshal, which may crash on bytes that it did not write.
    if len(data) <= 4 or data[:4] != zlib.crc32(data[4:]).to_bytes(4, "big"):
        return None
    return marshal.loads(data[4:])  # noqa: S302 -- our own bytes, by the checksum


def write(path: "str | os.PathLike[str]", value: "Any") -> None:
    """Cache a value made of numbers, text, tuples, lists and dicts; or do not, where the disk refuses."""
    data = marshal.dumps(value)
    try:
        make_folder(os.path.dirname(path))  # noqa: PTH120 -- as above
        write_file(path, zlib.crc32(data).to_bytes(4, "big") + data, lasting=False)
    except OSError:
        pass
