"""A backup of everything each week, beside the history of this machine: the newest eight are kept. Knows no clock."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from hiproutine.text import of_file

if TYPE_CHECKING:
    from hiproutine.history.store import Store

EVERY_DAYS = 7
KEPT = 8
_NAME = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].zip"


def taken(folder: Path, day: date) -> list[Path]:
    """The backups in a folder, the best last: that is the newest by `day`, but not one of a clock that ran ahead."""
    return sorted(folder.glob(_NAME), key=lambda path: (path.stem <= str(day), path.name))


def weekly(folder: Path, store: "Store", settings: Path, day: date) -> str:
    """Make a backup if one is due on `day`; return why that failed, if it did."""
    target = folder / f"{day}.zip"
    try:
        # Those of days to come neither keep this one from being made nor push others out.
        here = [path for path in taken(folder, day) if path.stem <= target.stem]
        if target in here or (here and _age_days(here[-1], day) < EVERY_DAYS):
            return ""
        files = sources(store, settings)
        if not files:
            return ""
        from hiproutine.history import archive

        archive.pack(target, files, {})
        for old in [*here, target][:-KEPT]:
            old.unlink()
    except OSError as error:
        return f"no backup: {of_file(error, target)}"
    return ""


def sources(store: "Store", settings: Path) -> Mapping[str, Path]:
    """All files that a backup holds, by their names in it. Raises OSError if the history cannot be seen."""
    return store.paths() | ({"settings.yaml": settings} if settings.is_file() else {})


def _age_days(backup: Path, today: date) -> int:
    try:
        return (today - date.fromisoformat(backup.stem)).days
    except ValueError:
        return EVERY_DAYS
