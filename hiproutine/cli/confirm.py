"""Questions that are answered by yes or no at a terminal."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from hiproutine.cli.console import has_keyboard, say
from hiproutine.errors import HiproutineError
from hiproutine.text import clean

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from typing import TextIO


def confirm(question: str, *, yes: bool = False, piped: bool = False) -> bool:
    """Ask the question, or return True at once if `yes` was given.

    Where standard input is `piped` into the command, the answer comes from the terminal itself. Raises HiproutineError
    where there is no terminal.
    """
    if yes:
        return True
    keyboard = _terminal() if piped else nullcontext(sys.stdin) if has_keyboard() else None
    if not keyboard:
        raise HiproutineError(f"{question} There is no terminal to answer at; add --yes")
    with keyboard as stream:
        print(clean(f"{question} [y/N] "), end="", flush=True)
        answer = stream.readline()
    if not answer:  # Ctrl+D leaves the cursor behind the question
        say()
    return answer.strip().lower() in ("y", "yes")


def _terminal() -> "TextIO | None":
    try:
        return Path("/dev/tty").open(encoding="utf-8")
    except OSError:
        return None


def add_arguments(parser: "ArgumentParser") -> None:
    """Add the options of the commands that show records and ask before adding them."""
    parser.add_argument("--dry-run", action="store_true", help="show what would be added, and add nothing")
    parser.add_argument("--yes", action="store_true", help="add without asking")
