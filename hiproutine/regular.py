"""Reading files that may not be what they should be: a pipe or a device would hold the reader for ever."""

import os
import stat

_UNWAITING = getattr(os, "O_NONBLOCK", 0)


def read_regular(path: "str | os.PathLike[str]", most: int = -1) -> bytes:
    """The content of a regular file, at most `most` bytes of it. Raises OSError for anything else."""
    descriptor = os.open(path, os.O_RDONLY | _UNWAITING)
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(None, "not a regular file", os.fspath(path))
        return stream.read(most)
