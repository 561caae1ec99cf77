"""Check the history files, or say where everything is."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hiproutine.cli.console import say, say_table
from hiproutine.cli.file_errors import file_errors
from hiproutine.text import clean, counted

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from hiproutine.day.context import Context


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("--paths", action="store_true", help="only print where everything is; nothing is checked")


def run(args: "Namespace", context: "Context") -> int:
    if args.paths:
        say_table(("WHAT", "WHERE"), [(what, clean(str(path))) for what, path in _places(context)])
        return 0
    from hiproutine.history import backup
    from hiproutine.history.calendar import day_of
    from hiproutine.history.doctor import examine, open_to_others

    folder = clean(str(context.history_folder))
    closed = context.closed_off()
    with file_errors(context.history_folder):
        backups = reversed(backup.list_backups(context.backups, day_of(context.now())))
        examined = examine(context.store, context.now(), backups)
    files, devices = counted(examined.files, "file"), counted(examined.devices, "device")
    say(f"{folder}: {counted(examined.records, 'record')} in {files} of {devices}.")
    findings = [*examined.findings, *open_to_others(closed)]
    for finding in findings:
        say(f"- {finding}")
    if not findings:
        say("All is well.")
    return 1 if findings else 0


def _places(context: "Context") -> "Iterator[tuple[str, Path]]":
    yield "settings", context.settings_file
    yield "your own catalogue", context.user_catalogue
    yield "history", context.history_folder
    yield "backups", context.backups
    yield "running sessions, device", context.paths.state
    yield "caches, may be deleted", context.paths.cache
    yield "shipped catalogue", context.paths.catalogue
    yield "program", Path(sys.executable)
