"""Run one command of the command line, and print the errors that the user can fix."""

import io
import os
import sys

from hiproutine.errors import HiproutineError

TYPE_CHECKING = False  # `status` has no time for the import of `typing`, nor for much else
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from hiproutine.cli.progress_bar import Bar
    from hiproutine.day.context import Context


def main(argv: "Sequence[str] | None" = None) -> int:
    """Run the command line. Return the exit code: 0 for success, 1 for an error that the user can fix, 2 for usage."""
    words = list(sys.argv[1:] if argv is None else argv)
    # `hiproutine list >&-` starts without a stream, and the next file would be opened in its place.
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a code page without some character must not fail a command
    try:
        try:
            return _run(words)
        finally:  # argparse leaves by an exception after --help
            sys.stdout.flush()
    except HiproutineError as error:
        _report(error)
        return 1
    except BrokenPipeError:  # `hiproutine list | head`: the reader has closed the pipe
        _drop_output()
        return 0
    except OSError as error:
        _drop_output()
        from hiproutine.text import of_file

        _report(HiproutineError(of_file(error, "output")))
        return 1
    except KeyboardInterrupt:
        return 130


def _nowhere() -> "TextIO":
    return os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")


def _report(error: HiproutineError) -> None:
    from hiproutine.text import clean

    print("\n".join(map(clean, error.report().split("\n"))), file=sys.stderr)


def _progress_bar(what: str) -> "Bar":
    from hiproutine.cli.progress_bar import Bar

    return Bar(what, sys.stderr)


def _drop_output() -> None:
    """Discard the rest of the buffer, which the interpreter would try to write at exit, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(words: list[str]) -> int:
    if words[:1] == ["status"]:
        from hiproutine.cli import status_cache

        code = status_cache.answer(words[1:])
        if code is not None:
            return code
    elif words[:2] == ["completion", "--words"]:
        from hiproutine.cli import words_cache

        if words_cache.answer(words[2:]):
            return 0
    from hiproutine.cli.console import warn
    from hiproutine.day.context import Context

    if words[:1] == ["--guest"]:
        from hiproutine.cli import guest

        words = guest.words(words[1:])
        with guest.home() as (places, home):
            return _lead(words, Context(places=places, home=home, progress=_progress_bar, warn=warn))
    return _lead(words, Context(progress=_progress_bar, warn=warn))


def _lead(words: list[str], context: "Context") -> int:
    try:
        # Without arguments there is nothing to parse, and the first frame comes 15 ms sooner.
        if words:
            from hiproutine.cli import parser

            return parser.run(words, context)
        from hiproutine.cli import sessions

        return sessions.screen(context)
    finally:
        context.close_off()
