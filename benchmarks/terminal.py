"""A terminal to measure in: runs a command in a pty, records what it writes and when, and only later replays it."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

from hiproutine import paths

_SCRIPT = Path(sys.executable).with_name("hiproutine")
HIPROUTINE = [str(_SCRIPT)] if _SCRIPT.exists() else [sys.executable, "-m", "hiproutine"]
MINIMAL_APP = [sys.executable, str(Path(__file__).with_name("minimal_app.py"))]
MINIMAL_TEXT = "A line of text"
PRACTISING_TEXT, WORKING_TEXT = "Pause", "next: "
"""What practice says in small letters at 80x24 and above: always, and once one is ready."""

_HINDERS = {"LINES", "COLUMNS", "NO_COLOR", "BROWSER", "PYTHONDONTWRITEBYTECODE"}

# What a program asks of its terminal, and what this one answers.
_ANSWERS = {
    re.compile(rb"\x1b\[0?c"): b"\x1b[?62;22c",
    re.compile(rb"\x1b\[6n"): b"\x1b[1;1R",
    re.compile(rb"\x1b\[\?2026\$p"): b"\x1b[?2026;2$y",
    re.compile(rb"\x1b\[\?2048\$p"): b"\x1b[?2048;0$y",
    re.compile(rb"\x1b\]10;\?(?:\x07|\x1b\\)"): b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
    re.compile(rb"\x1b\]11;\?(?:\x07|\x1b\\)"): b"\x1b]11;rgb:0000/0000/0000\x1b\\",
}
_LONGEST_QUERY = 16

_SLEEPS = re.compile(r"^voluntary_ctxt_switches:\s*(\d+)", re.MULTILINE)

_STRING = rb"\x1b[\]P_^X].*?(?:\x07|\x1b\\)"
_SEQUENCE = re.compile(
    r"\x1b\[(?P<private>[<=>?]?)(?P<numbers>[\d;:]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    rf"|{_STRING.decode()}|\x1b[ -/]*[0-Z\\^-~]",
    re.DOTALL,
)


@contextmanager
def fresh_home() -> Iterator[Path]:
    """A home of its own for this process and for all that it starts; the safety page counts as read.

    Nor does anything of the environment hinder: a first run may keep its bytecode for those that are measured.
    """
    before = dict(os.environ)
    with tempfile.TemporaryDirectory() as folder:
        for name in before:
            if name.startswith(("XDG_", "TEXTUAL", "SSH_")) or name in _HINDERS:
                del os.environ[name]
        os.environ.update(HOME=folder, TERM="xterm-256color", COLORTERM="truecolor")
        marker = paths.find().state / "safety-read"
        marker.parent.mkdir(parents=True)
        marker.touch()
        try:
            yield Path(folder)
        finally:
            os.environ.clear()
            os.environ.update(before)


class Terminal:
    """One command, from its start to the end of the `with` block; all times are seconds since its start."""

    def __init__(self, command: Sequence[str], columns: int = 80, rows: int = 24) -> None:
        self._size = columns, rows
        self._chunks: list[tuple[float, bytes]] = []
        self._raw = b""
        self.exit_at: float | None = None
        size = struct.pack("HHHH", rows, columns, 0, 0)
        self._start = time.monotonic()
        self.pid, self._pty = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            os.execvp(command[0], list(command))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.exit_at is None:
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._pty)

    # ---- while it runs ----

    def now(self) -> float:
        return time.monotonic() - self._start

    def watch(self, seconds: float) -> None:
        """Records for so long, or until the command ends."""
        end = self.now() + seconds
        while self.exit_at is None and (wait := end - self.now()) > 0:
            self._read(wait)

    def watch_for(self, text: str, within_s: float = 20) -> None:
        """Records until `text` is written from now on, in one piece. Raises TimeoutError."""
        begin, wanted, end = len(self._raw), text.encode(), self.now() + within_s
        while wanted not in self._raw[begin:]:
            if self.exit_at is not None or self.now() > end:
                raise TimeoutError(f"{text!r} was not written within {within_s} s:\n" + "\n".join(self.lines()))
            self._read(end - self.now())

    def send(self, keys: str) -> None:
        os.write(self._pty, keys.encode())

    def _read(self, wait_s: float) -> None:
        if not select.select([self._pty], [], [], max(0.0, wait_s))[0]:
            return
        try:
            data = os.read(self._pty, 65536)
        except OSError:  # Linux says so when the other side is closed
            data = b""
        if not data:
            self.exit_at = self.now()
            return
        self._chunks.append((self.now(), data))
        known = max(0, len(self._raw) - _LONGEST_QUERY)
        seen = len(self._raw)
        self._raw += data
        for query, answer in _ANSWERS.items():
            for found in query.finditer(self._raw, known):
                if found.end() > seen:
                    self.send(answer.decode())

    # ---- what it costs (Linux) ----

    def cpu_s(self) -> float:
        """The processor time of the command and its living children so far."""
        return sum(time.clock_gettime(~pid << 3 | 2) for pid in self._tree())  # as clock_getcpuclockid(3) makes it

    def wakeups(self) -> int:
        """How often one of its threads has gone to sleep so far."""
        tasks = [task for pid in self._tree() for task in Path(f"/proc/{pid}/task").iterdir()]
        counts = (_SLEEPS.search((task / "status").read_text()) for task in tasks)
        return sum(int(count[1]) for count in counts if count)

    def _tree(self) -> list[int]:
        found = [self.pid]
        for pid in found:
            for task in Path(f"/proc/{pid}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        return found

    def bytes_written(self, since: float = 0) -> int:
        return sum(len(data) for at, data in self._chunks if at >= since)

    # ---- afterwards ----

    def bells(self) -> list[float]:
        """The times of the bells; the byte that ends a string sequence is none."""
        return [at for at, data in self._chunks if b"\x07" in re.sub(_STRING, b"", data, flags=re.DOTALL)]

    def screens(self) -> Iterator[tuple[float, list[str]]]:
        """What was to be seen after each chunk: the lines of the screen. A synchronised update shows as one."""
        screen = pyte.Screen(*self._size)
        stream = pyte.ByteStream(screen)
        waiting, whole = "", True
        for at, data in self._chunks:
            text, waiting = _complete(waiting + data.decode("latin-1"))
            for switch in re.findall(r"\x1b\[\?2026([hl])", text):
                whole = switch == "l"
            stream.feed(_SEQUENCE.sub(_known, text).encode("latin-1"))
            if whole:
                yield at, list(screen.display)

    def lines(self) -> list[str]:
        """The screen as it is now."""
        last: list[str] = []
        for _, last in self.screens():  # noqa: B007 -- only the last one is wanted
            pass
        return last

    def first_cell(self) -> float:
        """When the first visible character was on the screen."""
        return next(at for at, lines in self.screens() if "".join(lines).strip())

    def first(self, text: str) -> float:
        """When `text` was first on the screen."""
        return next(at for at, lines in self.screens() if any(text in line for line in lines))


def _complete(text: str) -> tuple[str, str]:
    """`text` in two parts: up to an escape sequence that is still incomplete, and that sequence."""
    end = 0
    for found in _SEQUENCE.finditer(text):
        end = found.end()
    cut = text.find("\x1b", end)
    return (text, "") if cut < 0 else (text[:cut], text[cut:])


def _known(found: re.Match[str]) -> str:
    """The sequence if pyte knows it; it would print the others. Another screen buffer is a cleared screen."""
    parts: Mapping[str, str | None] = found.groupdict()
    if parts["final"] is None or parts["between"] or ":" in (parts["numbers"] or ""):
        return ""
    if parts["private"]:
        return "\x1b[2J\x1b[H" if parts["private"] == "?" and parts["numbers"] == "1049" else ""
    return found[0]
