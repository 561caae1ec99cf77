"""Take back what was recorded last."""

from typing import TYPE_CHECKING

from hiproutine.cli.confirm import confirm
from hiproutine.cli.console import say, say_streak
from hiproutine.errors import HiproutineError
from hiproutine.text import clean, reason

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Context


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("--yes", action="store_true", help="take an import back without asking")


def run(args: "Namespace", home: "Context") -> int:
    from hiproutine.history import making
    from hiproutine.history.words import act_words

    try:
        newest = home.store.newest()
    except OSError as error:
        raise HiproutineError(f"{clean(str(home.history_folder))}: {reason(error)}") from error
    if not newest:
        raise HiproutineError("there is nothing to undo: the history is empty")
    words = act_words(newest)
    if len(newest.records) > 1:
        say(f"To take back, {words}.")
        if not confirm("Take all of it back?", yes=args.yes):
            say("Nothing was taken back.")
            return 1
    now = home.now()
    home.write(*(making.void(now, record) for record in newest.records))
    say(f"Taken back, {words}.")
    say_streak(home)
    return 0
