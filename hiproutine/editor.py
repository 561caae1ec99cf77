"""The user's own editor, opened at a line of a file."""

import os
import signal
from collections.abc import Mapping
from pathlib import Path

from hiproutine.errors import HiproutineError
from hiproutine.text import reason

HOW_TO_SET = "No editor is set; EDITOR names one, such as `export EDITOR=nano` in the shell."
# How editors are told the line; any other one opens the file at its beginning.
_LINE_FIRST = {"vi", "vim", "nvim", "nano", "pico", "emacs", "emacsclient", "micro", "kak", "joe", "jed", "ne", "mg"}
_LINE_BEHIND = {"hx", "helix", "subl", "zed"}
_GOTO = {"code", "codium", "code-insiders", "cursor"}


def command(path: Path, line: int = 1, environ: Mapping[str, str] = os.environ) -> list[str]:
    """What opens the file at a line; empty where no editor is set. Raises HiproutineError for what is no command."""
    import shlex

    try:
        words = shlex.split(environ.get("VISUAL") or environ.get("EDITOR") or "")
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
    """Waits until the editor is left. Raises HiproutineError if it cannot be started."""
    import subprocess

    # Ctrl+C is meant for the editor, which gets it as well; a handler, unlike SIG_IGN, is not inherited.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        subprocess.run(words, check=False)
    except OSError as error:
        raise HiproutineError(f"the editor {words[0]} cannot be started ({reason(error)})") from None
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
