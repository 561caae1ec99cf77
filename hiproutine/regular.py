"""Reading files that may not be what they should be: a pipe or a device would hold the reader for ever."""

import errno
import os
import stat

_UNWAITING = getattr(os, "O_NONBLOCK", 0)


def descriptor(path: "str | os.PathLike[str]") -> int:
    """A regular file, open for reading. Raises OSError for anything else."""
    found = os.open(path, os.O_RDONLY | _UNWAITING)
    mode = os.fstat(found).st_mode
    if not stat.S_ISREG(mode):
        os.close(found)
        told = os.strerror(errno.EISDIR) if stat.S_ISDIR(mode) else "not a regular file"
        raise OSError(None, told, os.fspath(path))
    return found


def read_regular(path: "str | os.PathLike[str]", most: int = -1) -> bytes:
    """The content of a regular file, at most `most` bytes of it. Raises OSError for anything else."""
    with os.fdopen(descriptor(path), "rb") as stream:
        return stream.read(most)
