"""Single keys from a terminal, without Enter; its modes are always restored."""

import os
import re
import select
import signal
import termios
import tty
from contextlib import suppress
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from hiproutine.desktop.remote import Remote

SUSPEND = "\x1a"
"""Key for Ctrl+Z and SIGTSTP; the process stops when the next key is requested."""

ASKED = "\x00"
"""Key that stands for somebody asking at the remote control."""

IDLE_MS = 2000
"""Maximum wait for a key while nothing is due."""

PRESENTS = ("\x1b[15~", "\x1b[[E")
"""F5, with which a presenter starts; a console without a window has one of its own."""

_NAMES = {
    "\r": "enter", "\n": "enter", " ": "space", "\x7f": "backspace", "\b": "backspace", "\x1b": "escape",
    ".": "full_stop", **dict.fromkeys(PRESENTS, "f5"), "\x1b[6~": "pagedown", "\x1b[5~": "pageup",
}  # fmt: skip
"""Names of keys, as the screens have them."""
_ENDS = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
_WATCHED = (*_ENDS, signal.SIGTSTP, signal.SIGCONT)
# An arrow or a function key is one key, not the letters of its sequence.
_KEY = re.compile(r"\x1b(?:\[\[|[\[O])[0-9;]*[A-Za-z~]|.", re.DOTALL)
_UNFINISHED = re.compile(r"\x1b(?:(?:\[\[|[\[O])[0-9;]*)?\Z")
_REST_S = 0.1
"""Timeout for the rest of a sequence, which a slow line delivers in pieces; then it is Esc."""


class Gone(Exception):
    """The terminal is gone, or the process is being ended: exit with `code`."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Keyboard:
    """A context manager for single keys. Signals wake the wait for a key, so none interrupts a write."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._keys: list[str] = []
        self._stop = False
        self._remote: Remote | None = None

    def __enter__(self) -> Self:
        self._modes = termios.tcgetattr(self._fd)
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._wake, False)
        self._wake_before = signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, _once) for number in _WATCHED}
        self._listen()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._give_back()
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wake_before)
        os.close(self._woken)
        os.close(self._wake)

    def watch(self, remote: "Remote | None") -> "Remote | None":
        """Be woken by that remote control, too, as long as it is open; return it."""
        self._remote = remote
        return remote

    def key(self, wait_ms: int) -> str | None:
        """Return the next key; None after the timeout. Raises Gone."""
        if self._stop:
            self._suspend()
        if self._keys:
            return self._keys.pop(0)
        remote = [self._remote.fileno()] if self._remote and self._remote.fileno() >= 0 else []
        ready = select.select([self._fd, self._woken, *remote], [], [], wait_ms / 1000)[0]
        if self._woken in ready:
            return self._signalled(set(os.read(self._woken, 64)))
        if self._fd not in ready:
            return ASKED if ready else None
        self._keys = _KEY.findall(self._whole(self._read()))
        return self._keys.pop(0)

    def _signalled(self, numbers: set[int]) -> str | None:
        for number in _ENDS & numbers:
            raise Gone(128 + number)
        self._stop = signal.SIGTSTP in numbers
        if signal.SIGCONT in numbers:
            self._listen()  # a shell may have changed the modes meanwhile
        return SUSPEND if self._stop else None

    def _suspend(self) -> None:
        self._stop = False
        self._give_back()
        # Not SIGTSTP, which the system drops where no shell waits for the process.
        os.kill(os.getpid(), signal.SIGSTOP)
        self._listen()

    def _listen(self) -> None:
        with suppress(termios.error):  # a terminal that is gone shows at the next key
            tty.setcbreak(self._fd, termios.TCSANOW)

    def _give_back(self) -> None:
        with suppress(termios.error):
            termios.tcsetattr(self._fd, termios.TCSANOW, self._modes)

    def _whole(self, text: str) -> str:
        """Return what was read, with the rest of the sequence at its end."""
        while _UNFINISHED.search(text) and select.select([self._fd], [], [], _REST_S)[0]:
            text += self._read()
        return text

    def _read(self) -> str:
        try:
            data = os.read(self._fd, 1024)
        except OSError:
            data = b""
        if not data:
            raise Gone(128 + signal.SIGHUP)
        return data.decode(errors="replace")


def _once(number: int, _: FrameType | None) -> None:
    """Do nothing, since the wake-up descriptor reports it; a second ending signal ends the process at once."""
    if number in _ENDS:
        signal.signal(number, signal.SIG_DFL)


def key_name(key: str) -> str:
    """Return the name of a key, as the screens have it."""
    return _NAMES.get(key, key)
