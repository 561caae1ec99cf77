"""The differences between Linux, macOS and Windows that more than one module meets. Imports next to nothing."""

import os
import sys

TYPE_CHECKING = False  # that of `typing` would cost its import
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, TextIO

_FAR = 1 << 40
"""Offset of the byte that Windows locks: a locked byte cannot be read, so it is beyond all content."""
_STDOUT_HANDLE, _PROCESSES_ESCAPES = -11, 4


# ---- terminals ----


def takes_escapes(stream: "TextIO | None") -> bool:
    """Return whether a stream is a terminal that is steered by escape sequences; on Windows, turn them on."""
    if stream is None or not stream.isatty():
        return False
    term = os.environ.get("TERM")
    if sys.platform == "win32":  # where TERM is usually not set
        return term != "dumb" and _escapes_turned_on()
    return term not in (None, "", "dumb")


def has_every_colour() -> bool:
    """Return whether a terminal that takes escape sequences has 16 million colours; on Windows each such one does."""
    return os.environ.get("COLORTERM") in ("truecolor", "24bit") or sys.platform == "win32"


def has_screen() -> bool:
    """Return whether the screens can be drawn: at a terminal, or by a driver of Textual that somebody chose."""
    if os.environ.get("TEXTUAL_DRIVER"):
        return True
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return all(stream is not None and stream.isatty() for stream in streams) and takes_escapes(sys.stdout)


def keyboard() -> str:
    """Return the file that is the terminal's keyboard, whatever standard input is."""
    return "CONIN$" if sys.platform == "win32" else "/dev/tty"


def _escapes_turned_on() -> bool:
    """Ask the console of Windows to process escape sequences; False if it is too old for that."""
    import ctypes

    kernel: Any = getattr(ctypes, "windll").kernel32  # noqa: B009 -- there on Windows alone
    handle, mode = kernel.GetStdHandle(_STDOUT_HANDLE), ctypes.c_ulong()
    if not kernel.GetConsoleMode(handle, ctypes.byref(mode)):
        return False
    return bool(kernel.SetConsoleMode(handle, mode.value | _PROCESSES_ESCAPES))


# ---- commands in one line ----


def split(line: str) -> list[str]:
    """Split a command line into words, in quotes where they hold blanks. Raises ValueError for an open quote.

    On Windows a backslash separates folders, and only double quotes are quotes.
    """
    import shlex

    if sys.platform != "win32":
        return shlex.split(line)
    lexer = shlex.shlex(line, posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.escape, lexer.quotes, lexer.commenters = True, "", '"', ""
    return list(lexer)


def join(words: "Sequence[str]") -> str:
    """Return a command line that `split` splits into these words, in quotes only where it needs them."""
    import shlex

    plain = " ".join(words)
    if split_or_none(plain) == list(words):
        return plain
    return " ".join(f'"{word}"' for word in words) if sys.platform == "win32" else shlex.join(words)


def split_or_none(line: str) -> list[str] | None:
    """The words of a command line; None if a quote in it is not closed."""
    try:
        return split(line)
    except ValueError:
        return None


# ---- locks ----


def lock(descriptor: int, *, wait: bool) -> None:
    """Lock an open file until it is closed. Raises BlockingIOError if another one has it, unless this is to wait.

    Does nothing where a file system has no locks.
    """
    if sys.platform == "win32":
        _lock_on_windows(descriptor, wait=wait)
        return
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        raise
    except OSError:
        return


def _lock_on_windows(descriptor: int, *, wait: bool) -> None:
    """Lock a byte behind the file, and leave the position as it was."""
    import errno
    import importlib

    windows: Any = importlib.import_module("msvcrt")
    here = os.lseek(descriptor, 0, os.SEEK_CUR)
    try:
        while True:
            os.lseek(descriptor, _FAR, os.SEEK_SET)
            try:
                windows.locking(descriptor, windows.LK_LOCK if wait else windows.LK_NBLCK, 1)
            except OSError as error:
                if error.errno not in (errno.EACCES, errno.EDEADLK, _EDEADLOCK):
                    return
                if not wait:
                    raise BlockingIOError(error.errno, error.strerror) from None
            else:
                return  # LK_LOCK gives up after ten seconds, and is tried again
    finally:
        os.lseek(descriptor, here, os.SEEK_SET)


_EDEADLOCK = 36
"""Windows' error number for a lock not obtained within ten seconds."""
