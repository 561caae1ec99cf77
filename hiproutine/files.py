"""Writing files: each is there whole or not at all, and what is made is for its owner alone, whatever the umask.

Imports next to nothing: for `status` a few ms are a lot.
"""

import os
import stat

TYPE_CHECKING = False  # that of `typing` would cost its import
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FILE, FOLDER = 0o600, 0o700
_OTHERS = 0o077


def set_mode(path: "str | os.PathLike[str]", mode: int) -> None:
    """Gives a file or folder a mode, where the file system knows of modes: that is no reason not to save."""
    try:  # noqa: SIM105 -- contextlib takes 3 ms to import
        os.chmod(path, mode)
    except OSError:
        pass


def make_folder(path: "str | os.PathLike[str]") -> None:
    """Makes a folder, and those above it, where there is none. Raises OSError."""
    if os.path.isdir(path):
        return
    if above := os.path.dirname(path):
        make_folder(above)
    try:
        os.mkdir(path, FOLDER)
    except FileExistsError:  # by another program, just now
        if not os.path.isdir(path):
            raise
    else:
        set_mode(path, FOLDER)


def write(path: "str | os.PathLike[str]", data: bytes, *, new: bool = False, lasting: bool = True) -> None:
    """Puts data in the place of what a file holds, or into a new one. Raises OSError; then nothing changed.

    A file that is there keeps its mode, a link stays one; FileExistsError if it must be `new`. What need not be
    `lasting` is not waited for until the disk has it.
    """
    target = os.path.realpath(path) if os.path.islink(path) and not new else os.fspath(path)
    before = stat.S_IFREG | FILE
    if os.path.exists(target) and not new:
        before = os.stat(target).st_mode
        if stat.S_ISCHR(before) or stat.S_ISBLK(before):
            raise OSError(None, "a device is not written over", target)
    draft = os.path.join(os.path.dirname(target), f".{os.urandom(6).hex()}.new")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE), "wb") as stream:
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
        # The name of the draft says nothing to anybody.
        raise OSError(error.errno, error.strerror, target) from error


def is_open(path: "str | os.PathLike[str]") -> bool:
    """Whether others than its owner may do something with a file or folder; not so of links and what is not there."""
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return False
    return os.name == "posix" and not stat.S_ISLNK(mode) and bool(mode & _OTHERS)


def close_off(folders: "Iterable[str | os.PathLike[str]]", but: "str | os.PathLike[str] | None" = None) -> "list[str]":
    """Takes folders, and all that is in them, from everybody but their owner; what others could reach until then.

    What stays as it is: the folder `but`, links and what they point to, what is of another user, and what begins with
    a dot, for that is of a synchroniser.
    """
    left = os.path.realpath(but) if but else None
    return [path for folder in folders for path in _close(os.fspath(folder), left)]


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
