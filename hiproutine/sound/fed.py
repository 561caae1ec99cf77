"""A program that stays: it is fed one line after the other, and answers each with a line once it is done with it."""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from hiproutine.processes import launch


class Fed:
    """The program, from its start. The next line ends what it does for the one before; an empty one ends that alone."""

    def __init__(self, arguments: Sequence[str], environ: Mapping[str, str]) -> None:
        """Start the program. Raises OSError."""
        import subprocess
        from threading import Condition, Thread

        self.process = launch(arguments, environ, subprocess.PIPE, subprocess.PIPE)
        self._lines = self._answers = 0
        self._ended = False
        self._heard = Condition()
        Thread(target=self._hear, daemon=True).start()

    @property
    def ended(self) -> bool:
        """Whether it takes no more lines."""
        return self._ended or self.process.poll() is not None

    def feed(self, line: str) -> "Task":
        """Give it a line. Raises OSError if it has ended."""
        assert self.process.stdin
        self.process.stdin.write(f"{line}\n".encode())
        self.process.stdin.flush()
        self._lines += 1
        return Task(self, self._lines)

    def is_done(self, number: int) -> bool:
        return self._answers >= number

    def wait(self, within_s: float) -> bool:
        """Wait until it is done with all lines; return whether it is, in that time."""
        with self._heard:
            self._heard.wait_for(lambda: self.is_done(self._lines) or self._ended, within_s)
        return self.is_done(self._lines)

    def close(self) -> None:
        """Let it finish its line, and end."""
        if self.process.stdin:
            with suppress(OSError):  # it has ended by itself
                self.process.stdin.close()

    def _hear(self) -> None:
        assert self.process.stdout
        with self.process.stdout as answers:
            for _ in answers:
                with self._heard:
                    self._answers += 1
                    self._heard.notify_all()
        with self._heard:
            self._ended = True
            self._heard.notify_all()


class Task:
    """A line that a program was fed, which ends as a process does."""

    def __init__(self, program: Fed, number: int) -> None:
        self._program = program
        self._number = number
        self._broken_off = False

    def poll(self) -> int | None:
        """Return 0 once it is done, None until then, and 1 if the program ended without it."""
        if self._program.is_done(self._number):
            return 0
        return 1 if self._program.ended else None

    def break_off(self) -> None:
        """End it, if it is not done; the program stays."""
        if self.poll() is None and not self._broken_off:
            self._broken_off = True
            with suppress(OSError):
                self._program.feed("")
