"""Run one command of the command line, and print the errors that the user can fix."""

import io
import os
import sys

from hiproutine.errors import HiproutineError

TYPE_CHECKING = False  # `status` has no time for the import of `typing`, nor for much else
if TYPE_CHECKING:
    from collections.abc import Sequence

    from hiproutine.cli.progress_bar import Bar


def main(argv: "Sequence[str] | None" = None) -> int:
    """Run the command line. Returns the exit code: 0 done, 1 an error that the user can fix, 2 wrong usage."""
    words = list(sys.argv[1:] if argv is None else argv)
    # `hiproutine list >&-` starts without that stream.
    sys.stdout = sys.stdout or io.StringIO()
    sys.stderr = sys.stderr or io.StringIO()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a code page that lacks some dash must not fail a command
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


def _report(error: HiproutineError) -> None:
    from hiproutine.text import clean

    print("\n".join(map(clean, error.report().split("\n"))), file=sys.stderr)


def _progress_bar(what: str) -> "Bar":
    from hiproutine.cli.progress_bar import Bar

    return Bar(what, sys.stderr)


def _drop_output() -> None:
    """Discard what is still in the buffer; at exit the interpreter would try to write it again, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(words: list[str]) -> int:
    if words[:1] == ["status"]:
        from hiproutine.cli import status_cache

        if status_cache.answer(words[1:]):
            return 0
    from hiproutine.cli.console import warn
    from hiproutine.day.context import Context

    home = Context(progress=_progress_bar, warn=warn)
    try:
        # Without words there is nothing to parse, and the first frame comes 15 ms sooner.
        if words:
            from hiproutine.cli import parser

            return parser.run(words, home)
        from hiproutine.cli import sessions

        return sessions.screen(home)
    finally:
        home.close_off()
