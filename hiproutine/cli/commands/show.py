"""Show an exercise, a routine, a card or a video in full."""

from typing import TYPE_CHECKING

from hiproutine.cli.console import say_description
from hiproutine.cli.entries import entry_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Context


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("id", metavar="ID", help="id of an exercise, a routine, a card or a video")
    parser.add_argument("--evidence", action="store_true", help="only its evidence, with the title of each source")


def run(args: "Namespace", home: "Context") -> int:
    from hiproutine.catalogue.describe import describe, evidence

    catalogue = home.catalogue
    entry = entry_of(catalogue, args.id)
    say_description(evidence(catalogue, entry) if args.evidence else describe(catalogue, entry))
    return 0
