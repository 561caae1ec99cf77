"""Take back the last record or import."""

from typing import TYPE_CHECKING

from hiproutine.cli.confirm import confirm
from hiproutine.cli.console import say, say_streak
from hiproutine.cli.file_errors import file_errors
from hiproutine.errors import HiproutineError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Context


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("--yes", action="store_true", help="take an import back without asking")


def run(args: "Namespace", context: "Context") -> int:
    from hiproutine.history import making
    from hiproutine.history.words import act_words

    with file_errors(context.history_folder):
        newest = context.store.newest()
    if not newest:
        raise HiproutineError("there is nothing to undo: the history is empty")
    words = act_words(newest)
    if len(newest.records) > 1 and not newest.rests:
        say(f"To take back: {words}.")
        if not confirm("Take all of it back?", yes=args.yes):
            say("Nothing was taken back.")
            return 1
    now = context.now()
    context.write(*(making.void(now, record) for record in newest.records))
    say(f"Taken back: {words}.")
    say_streak(context)
    return 0
