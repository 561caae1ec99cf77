"""The weekly backups of this machine: `history.backup` with the folders of a home."""

import sys
from collections.abc import Mapping
from pathlib import Path

from hiproutine.day.context import Home
from hiproutine.history import backup
from hiproutine.history.days import day_of


def folder(home: Home) -> Path:
    return home.paths.data / "backups"


def taken(home: Home) -> list[Path]:
    """The backups that there are, the best last."""
    return backup.taken(folder(home), day_of(home.now()))


def weekly(home: Home) -> None:
    """Make a backup if one is due; only a failure is reported."""
    if trouble := backup.weekly(folder(home), home.store, home.settings_file, day_of(home.now())):
        print(f"hiproutine: {trouble}", file=sys.stderr)


def sources(home: Home) -> Mapping[str, Path]:
    """All files that a backup holds, by their names in it. Raises OSError if the history cannot be seen."""
    return backup.sources(home.store, home.settings_file)
