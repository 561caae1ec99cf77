"""Yes-or-no questions at a terminal, and files that are overwritten only after one."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from hiproutine import systems
from hiproutine.cli.console import has_keyboard, is_standard_output, say
from hiproutine.cli.file_errors import file_errors
from hiproutine.errors import HiproutineError
from hiproutine.files import write
from hiproutine.text import clean

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from typing import TextIO


def confirm(question: str, *, yes: bool = False, piped: bool = False) -> bool:
    """Ask the question, or return True at once if `yes` was given.

    If standard input is `piped` into the command, the answer is read from the terminal itself. Raises HiproutineError
    without a terminal.
    """
    if yes:
        return True
    keyboard = _terminal() if piped else nullcontext(sys.stdin) if has_keyboard() else None
    if not keyboard:
        raise HiproutineError(f"{question} There is no terminal to answer at; add --yes")
    with keyboard as stream:
        print(clean(f"{question} [y/N] "), end="", flush=True)
        answer = stream.readline()
    if not answer:  # Ctrl+D leaves the cursor after the question
        say()
    return answer.strip().lower() in ("y", "yes")


def write_new(path: Path, text: str, *, yes: bool) -> int:
    """Write a file, after asking where there is one already, or standard output; return the exit code.

    Raises HiproutineError.
    """
    if is_standard_output(path):
        sys.stdout.write(text)
        return 0
    if path.exists() and not confirm(f"{path} exists already. Overwrite it?", yes=yes):
        return 1
    with file_errors(path):
        write(path, text.encode())
    say(f"Written: {clean(str(path))}")
    return 0


def _terminal() -> "TextIO | None":
    try:
        return Path(systems.keyboard()).open(encoding="utf-8")
    except OSError:
        return None


def add_arguments(parser: "ArgumentParser") -> None:
    """Add the options of the commands that show records and ask before adding them."""
    parser.add_argument("--dry-run", action="store_true", help="show what would be added, and add nothing")
    parser.add_argument("--yes", action="store_true", help="add without asking")
