"""Child processes: detached from the terminal, killed with their own children, and never waited for."""

import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess

_RUN = (
    "import sys, importlib; _, root, module, *sys.argv = sys.argv; sys.path.insert(0, root); "
    "importlib.import_module(module).main()"
)


def launch(
    arguments: Sequence[str],
    environ: Mapping[str, str],
    given: "IO[bytes] | int | None" = None,
    heard: int | None = None,
    errors: "IO[bytes] | None" = None,
) -> "subprocess.Popen[bytes]":
    """Start a process in its own session, without access to this terminal. Raises OSError.

    `given` is its standard input, a file or a pipe; `heard` is PIPE if its output is to be read, `errors` a file for
    its error messages.
    """
    import subprocess  # 11 ms, off the path of everything else

    return subprocess.Popen(
        arguments,
        env=environ,
        stdin=subprocess.DEVNULL if given is None else given,
        stdout=subprocess.DEVNULL if heard is None else heard,
        stderr=subprocess.DEVNULL if errors is None else errors,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def main_of(module: str, *arguments: str) -> list[str]:
    """Return the command that runs `main` of one of our modules in this interpreter, with `arguments` as sys.argv."""
    return [sys.executable, "-I", "-c", _RUN, str(Path(__file__).parents[1]), module, *arguments]


def kill(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is not None:
        return
    if os.name == "posix":
        # Its whole session: a player may be a script with children of its own.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def reap(running: "Sequence[tuple[subprocess.Popen[bytes], float]]") -> None:
    """Reap these processes in the background; kill each one that runs longer than its seconds."""
    import threading

    if running:
        threading.Thread(target=_reap, args=(running,), daemon=True).start()


def _reap(running: "Sequence[tuple[subprocess.Popen[bytes], float]]") -> None:
    import subprocess

    for process, within_s in running:
        try:
            process.wait(within_s)
        except subprocess.TimeoutExpired:
            kill(process)
            process.wait()
