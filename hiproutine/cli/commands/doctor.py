"""Check the history files."""

from typing import TYPE_CHECKING

from hiproutine.cli.console import say
from hiproutine.errors import HiproutineError
from hiproutine.text import clean, counted, reason

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Context


def arguments(_: "ArgumentParser") -> None:
    """Add none."""


def run(_: "Namespace", home: "Context") -> int:
    from hiproutine.history import backup
    from hiproutine.history.calendar import day_of
    from hiproutine.history.doctor import examine, open_to_others

    folder = clean(str(home.history_folder))
    closed = home.closed_off()
    try:
        examined = examine(home.store, home.now(), reversed(backup.taken(home.backups, day_of(home.now()))))
    except OSError as error:
        raise HiproutineError(f"{folder}: {reason(error)}") from error
    files, devices = counted(examined.files, "file"), counted(examined.devices, "device")
    say(f"{folder}: {counted(examined.records, 'record')} in {files} of {devices}.")
    findings = [*examined.findings, *open_to_others(closed)]
    for finding in findings:
        say(f"- {finding}")
    if not findings:
        say("All is well.")
    return 1 if findings else 0
