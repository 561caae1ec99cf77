"""Show at a terminal what is longer than it in a pager: PAGER, or less where it is installed."""

import io
import os
import sys
from collections.abc import Callable

from hiproutine import systems

PAGED = {"list", "show", "today", "rehearse", "history", "stats", "report", "schema"}
"""The commands that print and never ask."""
_LESS = "FRX"
"""For less without options of the user's: leave at once if it fits, keep colours and the screen."""


class _Page(io.StringIO):
    """The output of a command, laid out for the terminal that will show it."""

    encoding = property(lambda self: self._encoding)

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    def isatty(self) -> bool:
        return True


def paged(run: Callable[[], int]) -> int:
    """Run a command; show what it prints in a pager, if the terminal is too low for it. Return its exit code."""
    terminal = sys.stdout
    page = _Page(terminal.encoding or "utf-8")
    sys.stdout = page
    try:
        return run()
    finally:  # also before an error, which is reported below
        sys.stdout = terminal
        text = page.getvalue()
        if not (os.environ.get("TERM") != "dumb" and _is_long(text) and _shown(text, page.encoding)):
            terminal.write(text)


def _is_long(text: str) -> bool:
    import shutil

    return text.count("\n") >= shutil.get_terminal_size().lines


def _shown(text: str, encoding: str) -> bool:
    """Show the text in the pager and wait until it ends; False if there is none."""
    import signal
    import subprocess

    # The pager of Windows garbles colours, so that there only one of the user's own is taken.
    command = systems.split_or_none(os.environ.get("PAGER", "" if sys.platform == "win32" else "less"))
    if not command:
        return False
    before = signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl+C is meant for the pager
    try:
        environ = {"LESS": _LESS} | os.environ
        subprocess.run(command, input=text.encode(encoding, "replace"), env=environ, check=False)
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
    return True
