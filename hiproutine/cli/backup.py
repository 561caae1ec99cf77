"""A backup of everything each week, beside the history of this machine: the newest eight are kept."""

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from hiproutine.day.context import Home
from hiproutine.history.days import day_of
from hiproutine.text import of_file

EVERY_DAYS = 7
KEPT = 8
_NAME = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].zip"


def folder(home: Home) -> Path:
    return home.paths.data / "backups"


def taken(home: Home) -> list[Path]:
    """The backups that there are, the best last: that is the newest, but not one of a clock that ran ahead."""
    today = str(day_of(home.now()))
    return sorted(folder(home).glob(_NAME), key=lambda path: (path.stem <= today, path.name))


def weekly(home: Home) -> None:
    """Takes one if it is time to; what hinders it is told, and nothing else is."""
    today = day_of(home.now())
    target = folder(home) / f"{today}.zip"
    try:
        # Those of days to come neither keep this one from being made nor push others out.
        here = [path for path in taken(home) if path.stem <= target.stem]
        if target in here or (here and _age_days(here[-1], today) < EVERY_DAYS):
            return
        files = sources(home)
        if not files:
            return
        from hiproutine.history import archive

        archive.pack(target, files, {})
        for old in [*here, target][:-KEPT]:
            old.unlink()
    except OSError as error:
        print(f"hiproutine: no backup: {of_file(error, target)}", file=sys.stderr)


def sources(home: Home) -> Mapping[str, Path]:
    """All files that a backup holds, by their names in it. Raises OSError if the history cannot be seen."""
    settings = home.paths.config / "settings.yaml"
    return home.store.paths() | ({"settings.yaml": settings} if settings.is_file() else {})


def _age_days(backup: Path, today: date) -> int:
    try:
        return (today - date.fromisoformat(backup.stem)).days
    except ValueError:
        return EVERY_DAYS
