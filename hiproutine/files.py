"""File access: bounded reads, atomic writes, and private modes whatever the umask.

Only regular files are read: a pipe or a device in place of a file would block forever. Imports next to nothing, since a
few ms matter to `status`.
"""

import errno
import os
import stat

TYPE_CHECKING = False  # that of `typing` would cost its import
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FILE, FOLDER = 0o600, 0o700
BINARY = getattr(os, "O_BINARY", 0)
"""For `os.open`: Windows would change the ends of lines, and stop reading at a Ctrl+Z."""
_UNWAITING = getattr(os, "O_NONBLOCK", 0)
_OTHERS = 0o077


def open_regular(path: "str | os.PathLike[str]") -> int:
    """Open a regular file for reading; return its descriptor. Raises OSError for anything else."""
    descriptor = os.open(path, os.O_RDONLY | _UNWAITING | BINARY)
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        what = os.strerror(errno.EISDIR) if stat.S_ISDIR(mode) else "not a regular file"
        raise OSError(None, what, os.fspath(path))
    return descriptor


def read_regular(path: "str | os.PathLike[str]", most: int = -1) -> bytes:
    """Return the content of a regular file, at most `most` bytes of it. Raises OSError for anything else."""
    with os.fdopen(open_regular(path), "rb") as stream:
        return stream.read(most)


def set_mode(path: "str | os.PathLike[str]", mode: int) -> None:
    """Set the mode of a file or folder, where the file system has modes."""
    try:  # noqa: SIM105 -- contextlib takes 3 ms to import
        os.chmod(path, mode)
    except OSError:
        pass


def make_folder(path: "str | os.PathLike[str]") -> None:
    """Create a folder and its parents unless they exist. Raises OSError."""
    if os.path.isdir(path):
        return
    if above := os.path.dirname(path):
        make_folder(above)
    try:
        os.mkdir(path, FOLDER)
    except FileExistsError:  # created by another program meanwhile
        if not os.path.isdir(path):
            raise
    else:
        set_mode(path, FOLDER)


def write(path: "str | os.PathLike[str]", data: bytes, *, new: bool = False, lasting: bool = True) -> None:
    """Replace the content of a file, or create it. Raises OSError; then nothing has changed.

    An existing file keeps its mode, and a link stays a link. With `new` an existing file is a FileExistsError. Without
    `lasting` the call does not wait for the disk.
    """
    target = os.path.realpath(path) if os.path.islink(path) and not new else os.fspath(path)
    before = stat.S_IFREG | FILE
    if os.path.exists(target) and not new:
        before = os.stat(target).st_mode
        if stat.S_ISCHR(before) or stat.S_ISBLK(before):
            raise OSError(None, "is a device, not a file", target)
    draft = os.path.join(os.path.dirname(target), f".{os.urandom(6).hex()}.new")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, FILE), "wb") as stream:
            set_mode(draft, stat.S_IMODE(before) if stat.S_ISREG(before) else FILE)
            stream.write(data)
            stream.flush()
            if lasting:
                os.fsync(stream.fileno())
        if new:
            os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE))
        os.replace(draft, target)
    except OSError as error:
        try:  # noqa: SIM105 -- contextlib takes 3 ms to import
            os.unlink(draft)
        except OSError:
            pass
        # The name of the draft would mean nothing to the user.
        raise OSError(error.errno, error.strerror, target) from error


def is_open(path: "str | os.PathLike[str]") -> bool:
    """Whether other users have any permission on a file or folder; False for links and missing files."""
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return False
    return os.name == "posix" and not stat.S_ISLNK(mode) and bool(mode & _OTHERS)


def close_off(folders: "Iterable[str | os.PathLike[str]]", but: "str | os.PathLike[str] | None" = None) -> "list[str]":
    """Make folders and their contents private to their owner; return what other users could read until then.

    Unchanged: the folder `but`, links and their targets, files of another user, and names that begin with a dot, which
    belong to synchronisers.
    """
    exempt = os.path.realpath(but) if but else None
    return [path for folder in folders for path in _close(os.fspath(folder), exempt)]


def _close(path: str, but: "str | None") -> "Iterator[str]":
    if os.path.islink(path) or os.path.realpath(path) == but:
        return
    was_open = is_open(path)
    if was_open:
        set_mode(path, stat.S_IMODE(os.lstat(path).st_mode) & ~_OTHERS)
        if is_open(path):
            return
        yield path
    try:
        names = sorted(os.listdir(path)) if os.path.isdir(path) else []
    except OSError:
        return
    for name in names:
        if not name.startswith("."):
            inside = list(_close(os.path.join(path, name), but))
            yield from inside if was_open else ()
