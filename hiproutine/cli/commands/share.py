"""Write a routine with everything that it needs as one file, for somebody else to add."""

import sys
from typing import TYPE_CHECKING

from hiproutine import files
from hiproutine.cli.console import say
from hiproutine.errors import HiproutineError, unknown
from hiproutine.text import clean

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Context


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("routine", metavar="ROUTINE", help="id of a routine")
    parser.add_argument("--output", metavar="FILE", help="a new file; default: standard output")


def run(args: "Namespace", home: "Context") -> int:
    from hiproutine.catalogue import writer

    catalogue = home.catalogue
    if args.routine not in catalogue.routines:
        raise unknown("routine", args.routine, list(catalogue.routines), "hiproutine list --routines")
    text = writer.text(catalogue, writer.to_share(catalogue, catalogue.routines[args.routine]))
    if not args.output:
        sys.stdout.write(text)
        return 0
    try:
        files.write(args.output, text.encode(), new=True)
    except FileExistsError:
        raise HiproutineError(f"{args.output}: exists already; choose another name") from None
    say(f"Written: {clean(str(args.output))}")
    return 0
