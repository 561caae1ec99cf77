"""The user's own editor, opened at a line of a file."""

import os
import signal
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from hiproutine.errors import HiproutineError

HOW_TO_SET = "No editor is set; `export EDITOR=nano`, say, in the shell sets one."
# How editors are told the line; any other one opens the file at its beginning.
_LINE_FIRST = {"vi", "vim", "nvim", "nano", "pico", "emacs", "emacsclient", "micro", "kak", "joe", "jed", "ne", "mg"}
_LINE_BEHIND = {"hx", "helix", "subl", "zed"}
_GOTO = {"code", "codium", "code-insiders", "cursor"}


def command(environ: Mapping[str, str], path: Path, line: int) -> list[str]:
    """What opens the file; empty where no editor is set. Raises HiproutineError for one that is not a command."""
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


def edit(path: Path, line: int = 1) -> bool:
    """Waits until the editor is left. False: none is set. Raises HiproutineError if it cannot be started."""
    import subprocess

    words = command(os.environ, path, line)
    if not words:
        return False
    # Ctrl+C is meant for the editor, which gets it as well; a handler, unlike SIG_IGN, is not inherited.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        subprocess.run(words, check=False)
    except OSError as error:
        raise HiproutineError(f"the editor {words[0]} cannot be started ({error.strerror})") from None
    finally:
        with suppress(TypeError):  # None, where a handler was not set from Python
            signal.signal(signal.SIGINT, before)
    return True
