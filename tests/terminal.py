"""The program in a real pseudo-terminal, with its screen kept by an emulator."""

import os
import re
import select
import signal
import struct
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte
import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

import fcntl
import pty
import termios

from hiproutine.day.first_run import BEFORE_A_SESSION

PATIENCE_S = 60.0
"""How long what comes may take on a busy machine; nothing waits longer than it must."""
# What pyte does not know and would print: private modes of keyboards, and questions to the terminal.
_UNKNOWN = re.compile(
    rb"\x1b\[[<>=][0-9;:]*[a-zA-Z]|\x1b\[\??[0-9;]*\$[a-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP[^\x1b]*\x1b\\"
)


class Terminal:
    """Runs `hiproutine` with `args`; `home` stands in for the user's. With `stdout`, its output goes to that file.

    With `path` the first of `args` is another program, which finds more there.

    By default the screen is as low as it must be for the phase to stand in a line of text, not in big letters.
    """

    def __init__(
        self,
        home: Path,
        *args: str,
        size: tuple[int, int] = (80, 18),
        safety_read: bool = True,
        term: str = "xterm-256color",
        stdout: Path | None = None,
        path: str | None = None,
    ) -> None:
        self.screen = pyte.Screen(*size)
        self.written = b""
        self._stream = pyte.ByteStream(self.screen)
        state = home / ".local" / "state" / "hiproutine"
        if safety_read:
            state.mkdir(parents=True, exist_ok=True)
            (state / "safety-read").touch()
        # No player on the path: what there is to hear is the bell.
        environ = {
            **{name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")},
            "PATH": path or "/nowhere",
            "HOME": str(home),
            "TERM": term,
            "COLORTERM": "truecolor",
        }
        self.pid, self._master = pty.fork()
        if self.pid == 0:
            if stdout:
                os.dup2(os.open(stdout, os.O_WRONLY | os.O_CREAT), 1)
            command = list(args) if path else [sys.executable, "-m", "hiproutine", *args]
            os.execvpe(command[0], command, environ)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        self.hang_up()

    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def read(self, seconds: float) -> None:
        """Takes in what the program writes during that time, or until it ends."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and self._takes_in(left):
            pass

    def rest(self) -> None:
        """Takes in what the program writes until it has written nothing for half a second."""
        until = time.monotonic() + PATIENCE_S
        while self._takes_in(0.5):
            assert time.monotonic() < until, "it goes on writing"

    def _takes_in(self, within_s: float) -> bool:
        """Whether the program writes something within that time; it is taken in."""
        if not select.select([self._master], [], [], within_s)[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self.written += data
        self._stream.feed(_UNKNOWN.sub(b"", data))
        return bool(data)

    def wait_for(self, words: str) -> None:
        until = time.monotonic() + PATIENCE_S
        while words not in self.text():
            assert time.monotonic() < until, f"no {words!r} on the screen:\n{self.text()}"
            self.read(0.05)

    def press_until(self, key: str, words: str) -> None:
        """Press a key that may be pressed more than once, until the words are there."""
        until = time.monotonic() + PATIENCE_S
        while words not in self.text():
            assert time.monotonic() < until, f"no {words!r} on the screen:\n{self.text()}"
            self.send(key)
            self.read(1)

    def read_safety(self) -> None:
        """Reads the safety page to its end, agrees, and skips the pages of questions that follow."""
        self.wait_for("Read on")
        self.send("\x1b[F")
        self.wait_for("I have read this")
        self.send("\r")
        self.wait_for("How many minutes")
        self.send("s" * len(BEFORE_A_SESSION))

    def send(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """The terminal goes away."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def changed(self, options: int = 0) -> int:
        """The status of the process, once it has ended (or stopped, with WUNTRACED)."""
        until = time.monotonic() + PATIENCE_S
        while True:
            pid, status = os.waitpid(self.pid, os.WNOHANG | options)
            if pid:
                return status
            assert time.monotonic() < until, "the program does not end"
            # A program that writes more than the terminal's buffer holds waits until somebody reads.
            if self._master >= 0:
                self.read(0.05)
            else:
                time.sleep(0.05)

    def end(self) -> int:
        """The exit code, once the program has ended (a signal's number, negative, if it was killed)."""
        code = os.waitstatus_to_exitcode(self.changed())
        if self._master >= 0:
            self.read(0.2)
        return code

    def restored(self) -> bool:
        """Whether the program gave the terminal back: main screen, cursor, no mouse."""
        last = {code: self.written.rfind(code) for code in (b"\x1b[?1049h", b"\x1b[?1000h", b"\x1b[?25l")}
        back = {b"\x1b[?1049h": b"\x1b[?1049l", b"\x1b[?1000h": b"\x1b[?1000l", b"\x1b[?25l": b"\x1b[?25h"}
        return all(self.written.rfind(back[code]) > at for code, at in last.items())
