"""The keys of a terminal, one at a time and without Enter. It always gives the terminal back as it was."""

import os
import re
import select
import signal
import termios
import tty
from contextlib import suppress
from types import FrameType, TracebackType
from typing import Self

SUSPEND = "\x1a"
"""What Ctrl+Z and SIGTSTP come as; the process stops when the next key is asked for."""

IDLE_MS = 2000
"""How long to wait for a key at most, while nothing is due."""

_NAMES = {"\r": "enter", "\n": "enter", " ": "space", "\x7f": "backspace", "\b": "backspace", "\x1b": "escape"}
_ENDS = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
_WATCHED = (*_ENDS, signal.SIGTSTP, signal.SIGCONT)
# An arrow or a function key is one key, not the letters of its sequence.
_KEY = re.compile(r"\x1b[\[O][0-9;]*[A-Za-z~]|.", re.DOTALL)


class Gone(Exception):
    """The terminal went away, or somebody ended the process: all that is left to do is to leave with `code`."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Keyboard:
    """To be used as a context. Signals wake the wait for a key, so none interrupts what is being written."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._keys: list[str] = []
        self._stop = False

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

    def key(self, wait_ms: int) -> str | None:
        """The next key; None if there is none within that time. Raises Gone."""
        if self._stop:
            self._suspend()
        if self._keys:
            return self._keys.pop(0)
        ready = select.select([self._fd, self._woken], [], [], wait_ms / 1000)[0]
        if self._woken in ready:
            return self._signalled(set(os.read(self._woken, 64)))
        if ready:
            self._keys = _KEY.findall(self._read())
            return self._keys.pop(0)
        return None

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

    def _read(self) -> str:
        try:
            data = os.read(self._fd, 1024)
        except OSError:
            data = b""
        if not data:
            raise Gone(128 + signal.SIGHUP)
        return data.decode(errors="replace")


def _once(number: int, _: FrameType | None) -> None:
    """The wait is woken without it; a second signal of an end, should the first be stuck, ends the process at once."""
    if number in _ENDS:
        signal.signal(number, signal.SIG_DFL)


def key_name(key: str) -> str:
    """The name that a key has in prompts."""
    return _NAMES.get(key, key)
