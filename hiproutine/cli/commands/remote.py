"""Control the practice that is running: for shortcuts of the desktop, foot pedals, telephones and scripts."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from hiproutine.cli.console import say

if TYPE_CHECKING:
    from hiproutine.day.context import Context


def arguments(parser: ArgumentParser) -> None:
    from hiproutine.desktop.remote import ACTIONS

    words = "; ".join(f"{word}: {does}" for word, does in ACTIONS.items())
    parser.add_argument("action", metavar="ACTION", choices=list(ACTIONS), help=words)


def run(args: Namespace, context: "Context") -> int:
    from hiproutine.desktop.remote import ask

    say(ask(context.machine.environ, args.action))
    return 0
