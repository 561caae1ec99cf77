"""Restore missing records from a weekly backup."""

from pathlib import Path
from typing import TYPE_CHECKING

from hiproutine.cli import archives, confirm
from hiproutine.cli.console import say, warn
from hiproutine.errors import HiproutineError
from hiproutine.history import archive, backup
from hiproutine.history.calendar import day_of
from hiproutine.text import clean

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Context


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("file", metavar="FILE", nargs="?", help="default: the newest weekly backup")
    parser.add_argument("--list", action="store_true", help="list the backups")
    confirm.add_arguments(parser)


def run(args: "Namespace", context: "Context") -> int:
    backups = backup.list_backups(context.backups, day_of(context.now()))
    if args.list:
        for path in backups:
            say(clean(str(path)))
        return 0
    if args.file:
        return archives.add(args, context, Path(args.file), archive.read(Path(args.file)))
    if not backups:
        raise HiproutineError("there is no backup yet; one is made each week, and `hiproutine export` makes one now")
    for path in reversed(backups):
        try:
            content = archive.unpack(path)
        except HiproutineError as error:
            warn(str(error))
        else:
            return archives.add(args, context, path, content)
    raise HiproutineError("none of the backups can be read; `hiproutine restore --list` lists them")
