"""Programs that do one thing, best first: one runs at a time, none is waited for, and one that fails gives way."""

import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from hiproutine.clock import Clock

if TYPE_CHECKING:
    import subprocess

HUNG_AFTER_MS = 3000
"""How much longer than expected a program may run."""
_FAILURES = 2


Which = Callable[[str], str | None]
"""The path of a program, as `shutil.which` finds it."""


class Machine(NamedTuple):
    """The computer that the sound comes from; `environ` is also what its programs are given."""

    clock: Clock
    environ: Mapping[str, str]
    which: Which
    platform: str = sys.platform


class _Child(NamedTuple):
    name: str
    process: "subprocess.Popen[bytes]"
    sounds_until_ms: int
    hung_at_ms: int


class Programs:
    """The programs found, of which the first is used until it fails twice in a row: an exit code, or a hang."""

    def __init__(self, names: Sequence[str], machine: Machine) -> None:
        self._left = list(names)
        self.given_up: list[str] = []
        self._machine = machine
        self._running: list[_Child] = []
        self._ending: list[_Child] = []
        self.failures = 0
        """Of the one in use, in a row."""

    @property
    def name(self) -> str | None:
        """The one in use."""
        return self._left[0] if self._left else None

    @property
    def busy(self) -> bool:
        """Whether any still runs, as of the last look."""
        return bool(self._running)

    @property
    def ending(self) -> bool:
        """Whether anything that was ended or started aside still runs, as of the last look."""
        return bool(self._ending)

    def start(self, arguments: Sequence[str], expected_ms: int, variables: Mapping[str, str] | None = None) -> bool:
        """Runs the one in use, in place of what still sounds; whether it could be started."""
        assert self.name
        now_ms = self._machine.clock.instant().running_ms
        for child in self._running[:]:
            # One past its time is silent by now, and is left to show whether it hangs.
            if now_ms < child.sounds_until_ms:
                self._end(child)
        for child in self._ending:
            kill(child.process)
        try:
            process = launch(arguments, {**self._machine.environ, **(variables or {})})
        except OSError:
            self._count(self.name, failed=True)
            return False
        self._running.append(_child(self.name, process, now_ms + expected_ms))
        return True

    def start_aside(self, arguments: Sequence[str]) -> None:
        """Runs something whose end is not judged, and which the next start ends."""
        with suppress(OSError):
            process = launch(arguments, self._machine.environ)
            self._ending.append(_child("", process, self._machine.clock.instant().running_ms))

    def look(self) -> None:
        """Collects what has ended, and kills what hangs."""
        now_ms = self._machine.clock.instant().running_ms
        self._ending = [child for child in self._ending if child.process.poll() is None]
        for child in self._ending:
            if now_ms >= child.hung_at_ms:
                kill(child.process)
        for child in self._running[:]:
            code = child.process.poll()
            if code is not None:
                self._running.remove(child)
                self._count(child.name, failed=code != 0)
            elif now_ms >= child.hung_at_ms:
                self._end(child)
                self._count(child.name, failed=True)

    def stop(self) -> None:
        for child in self._running[:]:
            self._end(child)

    def collect(self, within_s: float) -> None:
        """Waits at most so long for each that is ending, so that a program about to exit leaves none behind."""
        import subprocess

        for child in self._ending:
            with suppress(subprocess.TimeoutExpired):
                child.process.wait(within_s)
        self.look()

    def _end(self, child: _Child) -> None:
        self._running.remove(child)
        self._ending.append(child)
        kill(child.process)

    def _count(self, name: str, *, failed: bool) -> None:
        if name != self.name:
            return
        self.failures = self.failures + 1 if failed else 0
        if self.failures == _FAILURES:
            self.given_up.append(self._left.pop(0))
            self.failures = 0


def launch(arguments: Sequence[str], environ: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    """A process in a session of its own that can neither read nor write this terminal. Raises OSError."""
    import subprocess  # 11 ms, off the path of everything else

    return subprocess.Popen(
        arguments,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _child(name: str, process: "subprocess.Popen[bytes]", until_ms: int) -> _Child:
    return _Child(name, process, until_ms, until_ms + HUNG_AFTER_MS)


def kill(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is not None:
        return
    if os.name == "posix":
        # Its whole session: a player may be a script with children of its own.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
