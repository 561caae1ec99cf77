"""Write a routine or a programme with everything that it needs as one file, for others to add."""

import sys
from typing import TYPE_CHECKING

from hiproutine import files
from hiproutine.cli.console import is_standard_output, say
from hiproutine.errors import HiproutineError, unknown
from hiproutine.text import clean

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Context


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("routine", metavar="ROUTINE", help="id of a routine or a programme")
    parser.add_argument("--output", metavar="FILE", help="a new file; default: standard output")


def run(args: "Namespace", context: "Context") -> int:
    from hiproutine.catalogue import writer

    catalogue = context.catalogue
    shared = catalogue.routines.get(args.routine) or catalogue.programmes.get(args.routine)
    if not shared:
        known = [*catalogue.routines, *catalogue.programmes]
        raise unknown("routine or programme", args.routine, known, "hiproutine list --routines")
    text = writer.text(catalogue, writer.to_share(catalogue, shared))
    if not args.output or is_standard_output(args.output):
        sys.stdout.write(text)
        return 0
    try:
        files.write(args.output, text.encode(), new=True)
    except FileExistsError:
        raise HiproutineError(f"{args.output}: exists already; choose another name") from None
    say(f"Written: {clean(str(args.output))}")
    return 0
