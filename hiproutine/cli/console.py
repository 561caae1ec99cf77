"""Output of commands: JSON, tables at a terminal, aligned text in a pipe, descriptions in paragraphs."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from hiproutine.errors import HiproutineError

if TYPE_CHECKING:
    from pathlib import Path

    from hiproutine.catalogue.describe import Description
    from hiproutine.day.context import Context
    from hiproutine.history.past import Past
    from hiproutine.history.records import Record

WIDEST = 100
_LAST_COLUMN = 28
"""In cells: what is longer is wrapped sooner than another column is omitted."""
_STACKED_FROM = 3
"""Number of columns from which the first one may get lines of its own."""
# Two of the 256 colours that no terminal theme changes.
_BLACK_ON_WHITE = "\x1b[38;5;16;48;5;231m"


def say(text: str = "") -> None:
    print(text)


def say_sentence(sentence: str) -> None:
    """Print a sentence, at a terminal wrapped between words."""
    if sys.stdout.isatty():
        say_wrapped(sentence)
    else:
        say(sentence)


def warn(sentence: str) -> None:
    """Print a sentence to stderr."""
    print(f"hiproutine: {sentence}", file=sys.stderr)


def say_link(address: str) -> None:
    """Print an address on a separate line; at a terminal as a link (OSC 8)."""
    from hiproutine import systems

    say(f"\x1b]8;;{address}\x1b\\{address}\x1b]8;;\x1b\\" if systems.takes_escapes(sys.stdout) else address)


def say_code(address: str, instead: str) -> None:
    """Print the QR code of an address, black on white.

    Raises HiproutineError if it cannot be drawn, with what to do `instead`.
    """
    import shutil

    from hiproutine import qr, systems

    if not systems.takes_escapes(sys.stdout):
        raise HiproutineError(f"a QR code needs a terminal with colours; {instead}")
    code = qr.rows(address)
    if problem := qr.too_large(code, *shutil.get_terminal_size()):
        raise HiproutineError(f"{problem} Enlarge the window, or make its text smaller.")
    for row in code:
        say(f"{_BLACK_ON_WHITE}{row}\x1b[0m")


def styled() -> bool:
    """Return whether output is laid out for people: at a terminal, or where FORCE_COLOR says so."""
    return sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))


def has_keyboard() -> bool:
    """Return whether standard input is a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


def interactive() -> bool:
    """Return whether a question would be seen and could be answered."""
    return has_keyboard() and sys.stdout.isatty()


def say_json(value: Any) -> None:
    import json  # 1.5 ms, which a table does not need

    say(json.dumps(value, ensure_ascii=False, indent=2))


def is_standard_output(path: "Path | str") -> bool:
    """Return whether a name given for a file means standard output, as `-` usually does."""
    return str(path) == "-"


def say_to(target: "Path", text: str) -> None:
    """Write a text to standard output, or to a file and say so on stderr."""
    from hiproutine import files

    if is_standard_output(target):
        sys.stdout.write(text)
        return
    files.write(target, text.encode())
    print(f"written: {target}", file=sys.stderr)


def say_unreadable(past: "Past") -> None:
    """Print the unreadable history lines to stderr."""
    for sentence in past.unreadable:
        warn(f"{sentence} (kept, not counted)")


def say_streak(context: "Context") -> None:
    """Print the current streak."""
    from datetime import date

    from hiproutine.history.streak import streak

    say(streak(context.store.read(steps_since=date.max), context.now()).words())


def say_logged(record: "Record") -> None:
    """Print what was recorded; of a session, also why the day is not done by it."""
    from hiproutine.history.records import SessionRecord
    from hiproutine.history.words import record_words
    from hiproutine.text import day_words

    say(f"Logged for {day_words(record.day)}: {record_words(record)}.")
    if isinstance(record, SessionRecord) and not record.counts:
        say(
            "A micro-break is exercise of the week, and no done day by itself."
            if record.opening.micro_break
            else "The day does not count as done, because no exercise was finished."
        )


def say_table(heads: Sequence[str], rows: Sequence[Sequence[str]], spare: Sequence[str] = ()) -> None:
    """Print a table at a terminal; in a pipe, aligned text without header or colour, one row per line.

    A narrow terminal does without the columns whose heads are `spare`, the first of them first; if that does not do,
    the first column gets lines of its own.
    """
    if styled():
        _say_fitting(*_fitting(heads, rows, spare))
        return
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _fitting(
    heads: Sequence[str], rows: Sequence[Sequence[str]], spare: Sequence[str]
) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """Omit spare columns until the rest fits the terminal; the last one may be wrapped."""
    import shutil

    columns = dict(zip(heads, zip(*rows, strict=True), strict=True))
    widths = {head: max(len(head), *map(len, cells)) for head, cells in columns.items()}
    widths[heads[-1]] = min(widths[heads[-1]], _LAST_COLUMN)
    for head in spare:
        if sum(widths.values()) + 2 * (len(widths) - 1) <= shutil.get_terminal_size().columns:
            break
        del widths[head]
    return list(widths), list(zip(*(columns[head] for head in widths), strict=True))


def _say_fitting(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    import shutil

    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    least = sum(widths[:-1]) + min(widths[-1], _LAST_COLUMN) + 2 * (len(widths) - 1)
    if least <= shutil.get_terminal_size().columns or len(widths) < _STACKED_FROM:
        _say_rich_table(heads, rows)
        return
    for first, *others in (heads, *rows):
        say(first)
        say("  " + "  ".join(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)))


def say_session(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table; on a narrow terminal the columns after the first two come below them."""
    import shutil
    import textwrap

    width = shutil.get_terminal_size().columns
    needed = sum(max(map(len, column)) + 2 for column in zip(heads, *rows, strict=True)) - 2
    if not styled() or needed <= width:
        say_table(heads, rows)
        return
    for name, time, *below in rows:
        say(textwrap.fill(f"{name}  {time}", width, subsequent_indent="  ", break_on_hyphens=False))
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


def say_wrapped(paragraph: str, *, indent: str = "", end: str = "\n") -> None:
    """Print a paragraph, wrapped to the width of the terminal."""
    import shutil
    import textwrap

    width = min(WIDEST, shutil.get_terminal_size().columns)
    print(textwrap.fill(paragraph, width, initial_indent=indent, subsequent_indent=indent), end=end, flush=True)


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
