"""Write a session as a page for the phone, which printed is a handout."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hiproutine.cli.confirm import write_new
from hiproutine.cli.console import say
from hiproutine.cli.pages import add_arguments, content, planned

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Context


def arguments(parser: "ArgumentParser") -> None:
    add_arguments(parser)
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="an HTML file; default: standard output")
    parser.add_argument("--yes", action="store_true", help="overwrite a file without asking")


def run(args: "Namespace", context: "Context") -> int:
    from hiproutine.page.document import page

    if not args.output and sys.stdout.isatty():
        args.wrong("name a file, such as -o hips.html")
    text = page(content(planned(args, context), context))
    if args.output:
        return write_new(args.output, text, yes=args.yes)
    say(text)
    return 0
