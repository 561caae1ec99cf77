"""Reading files that may not be what they should be: a pipe or a device would hold the reader for ever.

And replacing one as a whole.
"""

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


def write_whole(path: "str | os.PathLike[str]", data: bytes) -> None:
    """Replaces a file at once: nobody reads half of it, and its mode stays. Raises OSError; then nothing changed."""
    draft = f"{os.fspath(path)}.{os.getpid()}.new"  # another program may be at it as well
    try:
        with open(draft, "wb") as stream:  # noqa: PTH123 -- pathlib takes 10 ms to import
            if os.path.exists(path):  # noqa: PTH110 -- as above
                os.chmod(draft, stat.S_IMODE(os.stat(path).st_mode))  # noqa: PTH101, PTH116 -- as above
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(draft, path)  # noqa: PTH105 -- as above
    except OSError:
        try:  # noqa: SIM105 -- contextlib takes 3 ms to import
            os.unlink(draft)  # noqa: PTH108 -- as above
        except OSError:
            pass
        raise
