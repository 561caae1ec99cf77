"""Start today's session, a routine or exercises."""

from typing import TYPE_CHECKING

from hiproutine.cli import sessions
from hiproutine.cli.requested import ANYWAY, IDS

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Context


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("plan", metavar="ID", nargs="*", help=f"{IDS}; default: today's session")
    parser.add_argument("--plain", action="store_true", help="print lines of text, for screen readers and logs")
    parser.add_argument("--anyway", action="store_true", help=ANYWAY)


def run(args: "Namespace", context: "Context") -> int:
    return sessions.start(args, context)
