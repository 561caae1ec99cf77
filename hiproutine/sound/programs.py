"""Programs that do one thing, best first: one runs at a time, none is waited for, and one that fails gives way."""

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from hiproutine.clock import Clock
from hiproutine.processes import kill, launch, reap

if TYPE_CHECKING:
    import subprocess

    from hiproutine.sound.fed import Fed

HUNG_AFTER_MS = 3000
"""The time that a program may run beyond what is expected."""
EARLY = 3
"""A program that ends within this part of the time that its sound takes has played nothing, whatever it reports."""
_FAILURES = 2

INSTALL_PLAYER = "install pipewire-bin, pulseaudio-utils or alsa-utils"
_PLAYERS: dict[str, tuple[str, ...]] = {"pw-play": (), "paplay": (), "aplay": ("-q",), "afplay": ()}
# In a process like every other player, so that one that hangs can be killed.
_WINSOUND = "import sys, winsound; winsound.PlaySound(sys.argv[1], winsound.SND_FILENAME | winsound.SND_NODEFAULT)"

Which = Callable[[str], str | None]
"""The path of a program, as `shutil.which` finds it."""


class Machine(NamedTuple):
    """The computer that the sound comes from; `environ` is also what its programs are given."""

    clock: Clock
    environ: Mapping[str, str]
    which: Which
    platform: str = sys.platform


class Player(NamedTuple):
    """A program that plays a WAV file, and its arguments before the name of the file."""

    name: str
    before: tuple[str, ...]

    def arguments(self, file: str) -> list[str]:
        return [*self.before, file]


def players(machine: Machine) -> tuple[Player, ...]:
    """Return every player there is, best first."""
    if machine.platform == "win32":
        return (Player("winsound", (sys.executable, "-I", "-S", "-c", _WINSOUND)),)
    paths = ((name, machine.which(name)) for name in _PLAYERS)
    return tuple(Player(name, (path, *_PLAYERS[name])) for name, path in paths if path)


class _Child(NamedTuple):
    """A run: a process, or a line fed to a program that stays."""

    name: str
    process: "subprocess.Popen[bytes]"
    poll: Callable[[], int | None]
    end: Callable[[], None]
    least_until_ms: int
    """Before it nothing can have sounded, whatever the program reports."""
    sounds_until_ms: int
    hung_at_ms: int


class Programs:
    """The programs found, of which the first is used until it fails twice in a row: an exit code, a hang, an early end.

    `given_up` are those that failed, and did not work since.
    """

    def __init__(self, names: Sequence[str], machine: Machine) -> None:
        self._every = tuple(names)
        self._left = list(names)
        self.given_up: list[str] = []
        self._machine = machine
        self._running: list[_Child] = []
        self._ending: list[_Child] = []
        self._fed: Fed | None = None
        """The program that stays, if the one in use does."""
        self.failures = 0
        """Of the one in use, in a row."""

    @property
    def name(self) -> str | None:
        """The one in use."""
        return self._left[0] if self._left else None

    @property
    def working(self) -> str | None:
        """The one in use, unless it is only tried again."""
        return next((name for name in self._left if name not in self.given_up), None)

    @property
    def busy(self) -> bool:
        """Whether any still runs, as of the last look."""
        return bool(self._running)

    @property
    def sounding(self) -> bool:
        """Whether any is within the time that it was expected to take, as of the last look."""
        now_ms = self._machine.clock.instant().running_ms
        return any(now_ms < child.sounds_until_ms for child in self._running)

    @property
    def ending(self) -> bool:
        """Whether anything that was ended or started aside still runs, as of the last look."""
        return bool(self._ending)

    def start(
        self,
        arguments: Sequence[str],
        expected_ms: int,
        variables: Mapping[str, str] | None = None,
        line: str | None = None,
        *,
        least_ms: int = 0,
    ) -> bool:
        """Run the program in use in place of what still sounds; return whether it could be started.

        One that stays is fed a `line`, and is only run if it does not run already. One that is seen to have ended
        before `least_ms` has failed.
        """
        assert self.name
        now_ms = self._machine.clock.instant().running_ms
        for child in self._running[:]:
            # One past its time is silent by now, and is left to show whether it hangs.
            if now_ms < child.sounds_until_ms:
                self._end(child)
        for child in self._ending:
            child.end()
        environ = {**self._machine.environ, **(variables or {})}
        try:
            if line is None:
                child = _child(self.name, launch(arguments, environ), now_ms + expected_ms)
            else:
                child = self._feed(arguments, environ, line, now_ms + expected_ms)
        except OSError:
            self._count(self.name, failed=True)
            return False
        self._running.append(child._replace(least_until_ms=now_ms + least_ms))
        return True

    def _feed(self, arguments: Sequence[str], environ: Mapping[str, str], line: str, until_ms: int) -> _Child:
        """Feed a line to the program that stays. Raises OSError."""
        from hiproutine.sound.fed import Fed

        assert self.name
        if not self._fed or self._fed.ended:
            self._leave()
            self._fed = Fed(arguments, environ)
        task = self._fed.feed(line)
        return _child(self.name, self._fed.process, until_ms)._replace(poll=task.poll, end=task.break_off)

    def _leave(self) -> None:
        """Let the program that stays end after its line."""
        if self._fed:
            self._fed.close()
            reap([(self._fed.process, HUNG_AFTER_MS / 1000)])
            self._fed = None

    def start_aside(self, arguments: Sequence[str]) -> None:
        """Run something whose exit code is ignored, and which the next start ends."""
        with suppress(OSError):
            process = launch(arguments, self._machine.environ)
            self._ending.append(_child("", process, self._machine.clock.instant().running_ms))

    def look(self) -> None:
        """Collect what has ended, and kill what hangs."""
        now_ms = self._machine.clock.instant().running_ms
        self._ending = [child for child in self._ending if child.poll() is None]
        for child in self._ending:
            if now_ms >= child.hung_at_ms:
                kill(child.process)
        for child in self._running[:]:
            code = child.poll()
            if code is not None:
                self._running.remove(child)
                self._count(child.name, failed=code != 0 or now_ms < child.least_until_ms)
            elif now_ms >= child.hung_at_ms:
                self._end(child)
                kill(child.process)
                self._count(child.name, failed=True)

    def stop(self) -> None:
        for child in self._running[:]:
            self._end(child)

    def let_go(self) -> None:
        """Let what still runs finish in the background; only what hangs is killed."""
        now_ms = self._machine.clock.instant().running_ms
        running = [
            (child.process, max(0, child.hung_at_ms - now_ms) / 1000) for child in (*self._running, *self._ending)
        ]
        self._running, self._ending = [], []
        if self._fed:
            self._fed.close()
            running.append((self._fed.process, max([0, *(seconds for _, seconds in running)])))
            self._fed = None
        reap(running)

    def _end(self, child: _Child) -> None:
        self._running.remove(child)
        self._ending.append(child)
        child.end()

    def _count(self, name: str, *, failed: bool) -> None:
        if name != self.name:
            return
        self.failures = self.failures + 1 if failed else 0
        if not failed and name in self.given_up:
            # That a worse one failed is of no concern while a better one works.
            better = self._every[: self._every.index(name)]
            self.given_up = [each for each in self.given_up if each in better]
        if self.failures == _FAILURES or (failed and name in self.given_up):
            self._left.remove(name)
            self.given_up = [*(each for each in self.given_up if each != name), name]
            self.failures = int(self.name in self.given_up)

    def try_again(self) -> None:
        """Use what failed once more if nothing is left; one more failure, and it is given up again."""
        if self._every and not self._left:
            self._left = list(self._every)
            self.failures = 1


def _child(name: str, process: "subprocess.Popen[bytes]", until_ms: int) -> _Child:
    return _Child(name, process, process.poll, partial(kill, process), 0, until_ms, until_ms + HUNG_AFTER_MS)
