"""Reading files that may not be what they should be: a pipe or a device would hold the reader for ever."""

import errno
import os
import stat

_UNWAITING = getattr(os, "O_NONBLOCK", 0)


def read_regular(path: "str | os.PathLike[str]", most: int = -1) -> bytes:
    """The content of a regular file, at most `most` bytes of it. Raises OSError for anything else."""
    descriptor = os.open(path, os.O_RDONLY | _UNWAITING)
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        told = os.strerror(errno.EISDIR) if stat.S_ISDIR(mode) else "not a regular file"
        raise OSError(None, told, os.fspath(path))
    with os.fdopen(descriptor, "rb") as stream:
        return stream.read(most)
