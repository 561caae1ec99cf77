"""Serve a session to the phone over the local network, and record its result."""

from typing import TYPE_CHECKING

from hiproutine.cli.confirm import confirm
from hiproutine.cli.console import say, say_code, say_logged, say_streak, say_wrapped, warn
from hiproutine.cli.pages import add_arguments, content, planned
from hiproutine.errors import HiproutineError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Context
    from hiproutine.history.records import Record
    from hiproutine.page.document import Content
    from hiproutine.page.server import PageServer

_WHERE = (
    "{name} will be at http://{address} for your phone, for an hour at most, or until its result has come. Your phone "
    "must be in the same network."
)
_WHO = (
    "Nothing is encrypted: others there who listen in can see the exercises with their cautions, and your result with "
    "what hurt. Only do this in a network that you trust. Without the secret end of the address, which the QR code "
    "has, nobody gets the page or can send a result."
)


def arguments(parser: "ArgumentParser") -> None:
    add_arguments(parser)
    parser.add_argument(
        "--address", metavar="ADDRESS", help="this computer's address to serve on; default: that of its network"
    )
    parser.add_argument("--yes", action="store_true", help="serve without asking")


def run(args: "Namespace", context: "Context") -> int:
    from hiproutine.page import server

    plan = planned(args, context)
    address = args.address or server.own_address()
    if problem := server.problem(address):
        raise HiproutineError(f"{problem}; name another one with --address, or use `hiproutine page`")
    say_wrapped(_WHERE.format(name=plan.session.name, address=address))
    say_wrapped(_WHO)
    if not confirm("Serve it?", yes=args.yes):
        say("Nothing was served.")
        return 1
    return _serve(address, content(plan, context), context)


def _serve(address: str, made: "Content", context: "Context") -> int:
    from hiproutine.page.document import page
    from hiproutine.page.server import PageServer

    saved: list[Record] = []
    visitors: set[str] = set()

    def opened(visitor: str) -> None:
        if visitor not in visitors:
            say(f"Opened from {visitor}.")
        visitors.add(visitor)

    def take(text: str) -> tuple[str, bool]:
        records, complete = _records(text, made, context)
        context.write(*records)
        saved.extend(records)
        return "Saved on your computer.", complete

    server = PageServer(address, page(made, served=True), take, opened)
    _say_where(server)
    came = server.serve()
    for record in saved:
        say_logged(record)
    if not came:
        say("No result came within an hour; the page is no longer served.")
        return 1
    say_streak(context)
    return 0


def _records(text: str, made: "Content", context: "Context") -> "tuple[list[Record], bool]":
    """Return the records of a result that are not in the history yet, and whether it says everything."""
    from importlib.metadata import version

    from hiproutine.page import result
    from hiproutine.practice.resume import Course

    found = result.read(text)
    course = Course(made.session, made.timeline)
    past = context.store.read()
    app = version("hiproutine")
    records = result.records(found, course, made.variants, past, context.clock, app=app)
    return records, found.pain is not None


def _say_where(server: "PageServer") -> None:
    """Print the address, and its QR code where that can be drawn."""
    say(f"\nOpen this on your phone:\n{server.url}\n")
    try:
        say_code(server.url, "type the address instead")
    except HiproutineError as error:
        warn(str(error))
    say("\nWaiting for the result. Ctrl+C ends it.")
