"""The user's own editor, opened at a line of a file."""

import os
import signal
from collections.abc import Mapping
from pathlib import Path

from hiproutine import systems
from hiproutine.errors import HiproutineError
from hiproutine.text import reason

HOW_TO_SET = "No editor is set. Set EDITOR, such as `export EDITOR=nano` in the shell."
# How each editor takes the line number; others open the file at the top.
_LINE_FIRST = {"vi", "vim", "nvim", "nano", "pico", "emacs", "emacsclient", "micro", "kak", "joe", "jed", "ne", "mg"}
_LINE_BEHIND = {"hx", "helix", "subl", "zed"}
_GOTO = {"code", "codium", "code-insiders", "cursor"}


def command(path: Path, line: int = 1, environ: Mapping[str, str] = os.environ) -> list[str]:
    """Return the command that opens the file at a line; empty if no editor is set. Raises HiproutineError."""
    try:
        words = systems.split(environ.get("VISUAL") or environ.get("EDITOR") or "")
    except ValueError as error:
        raise HiproutineError(f"VISUAL or EDITOR is not a command: {error}") from None
    if not words:
        return []
    name = Path(words[0]).name
    if name in _LINE_FIRST:
        return [*words, f"+{line}", str(path)]
    if name in _GOTO:
        return [*words, "--goto", f"{path}:{line}"]
    return [*words, f"{path}:{line}" if name in _LINE_BEHIND else str(path)]


def run(words: list[str]) -> None:
    """Run an editor and wait for it to exit. Raises HiproutineError if it cannot be started."""
    import subprocess

    # The editor receives Ctrl+C as well, and it is meant for it; unlike SIG_IGN, a handler is not inherited.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        subprocess.run(words, check=False)
    except OSError as error:
        raise HiproutineError(f"the editor {words[0]} cannot be started ({reason(error)})") from None
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
