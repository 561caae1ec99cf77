"""Output of commands: JSON, tables at a terminal, aligned text in a pipe, descriptions in paragraphs."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from hiproutine.errors import HiproutineError

if TYPE_CHECKING:
    from hiproutine.catalogue.describe import Description
    from hiproutine.day.context import Context
    from hiproutine.history.past import Past

WIDEST = 100
# Two of the 256 colours that no terminal theme changes.
_BLACK_ON_WHITE = "\x1b[38;5;16;48;5;231m"


def say(text: str = "") -> None:
    print(text)


def warn(sentence: str) -> None:
    """Print a sentence to stderr."""
    print(f"hiproutine: {sentence}", file=sys.stderr)


def say_link(address: str) -> None:
    """Print an address on a line of its own; at a terminal as a link (OSC 8)."""
    say(f"\x1b]8;;{address}\x1b\\{address}\x1b]8;;\x1b\\" if _steerable() else address)


def say_code(address: str) -> None:
    """Print the QR code of an address, black on white. Raises HiproutineError where it cannot be drawn."""
    import shutil

    from hiproutine import qr

    if not _steerable():
        raise HiproutineError("a QR code needs a terminal with colours; use --print for the address")
    code = qr.rows(address)
    if problem := qr.too_large(code, *shutil.get_terminal_size()):
        raise HiproutineError(f"{problem} Enlarge the window, or make its text smaller.")
    for row in code:
        say(f"{_BLACK_ON_WHITE}{row}\x1b[0m")


def _steerable() -> bool:
    return sys.stdout.isatty() and os.environ.get("TERM") not in (None, "", "dumb")


def has_keyboard() -> bool:
    """Return whether standard input is a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


def interactive() -> bool:
    """Return whether a question would be seen and could be answered."""
    return has_keyboard() and sys.stdout.isatty()


def say_json(value: Any) -> None:
    import json  # 1.5 ms, which a table does not need

    say(json.dumps(value, ensure_ascii=False, indent=2))


def say_unreadable(past: "Past") -> None:
    """Print the unreadable history lines to stderr."""
    for sentence in past.unreadable:
        warn(f"{sentence} (kept, not counted)")


def say_streak(home: "Context") -> None:
    """Print the streak as it is now."""
    from datetime import date

    from hiproutine.history.streak import streak

    say(streak(home.store.read(steps_since=date.max), home.now()).words())


def say_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table at a terminal; in a pipe aligned text without header or colour, one row a line."""
    if sys.stdout.isatty():
        _say_rich_table(heads, rows)
        return
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def say_session(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table; on a narrow terminal the columns after the first two come below them."""
    import shutil
    import textwrap

    width = shutil.get_terminal_size().columns
    needed = sum(max(map(len, column)) + 2 for column in zip(heads, *rows, strict=True)) - 2
    if not sys.stdout.isatty() or needed <= width:
        say_table(heads, rows)
        return
    for name, time, *below in rows:
        say(f"{name}  {time}")
        say(textwrap.fill("; ".join(filter(None, below)), width, initial_indent="    ", subsequent_indent="    "))


def _say_rich_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    import shutil

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, head in enumerate(heads):
        table.add_column(head, no_wrap=number < len(heads) - 1, style="cyan" if number == 0 else None)
    for row in rows:
        table.add_row(*map(Text, row))
    columns, lines = shutil.get_terminal_size()  # Rich assumes 80 columns for a dumb terminal
    Console(width=columns, height=lines).print(table)


def say_description(description: "Description") -> None:
    """Print a title, then each section with its heading, wrapped to the width of the terminal."""
    import shutil
    import textwrap

    width = min(WIDEST, shutil.get_terminal_size().columns)
    say(description.title)
    say(textwrap.fill(description.subtitle, width))
    for section in description.sections:
        say()
        if section.heading:
            say(section.heading)
        for number, line in enumerate(section.lines, 1):
            mark = f"{number}. " if section.numbered else "- " if section.heading else ""
            lead = "  " if section.heading else ""
            rest = lead + " " * len(mark)
            say(textwrap.fill(line, width, initial_indent=lead + mark, subsequent_indent=rest, break_on_hyphens=False))
