"""Weekly backups: one zip of everything a week, keeping the newest eight. Reads no clock."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from hiproutine.history.store import Store
from hiproutine.text import of_file

EVERY_DAYS = 7
KEPT = 8
_NAME = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].zip"


def list_backups(folder: Path, day: date) -> list[Path]:
    """Return the backups in a folder, best last: the newest one that is not dated after `day`."""
    return sorted(folder.glob(_NAME), key=lambda path: (path.stem <= str(day), path.name))


def weekly(folder: Path, store: Store, settings: Path, day: date) -> str | None:
    """Make a backup if one is due, and delete the oldest; return the error, if any."""
    target = folder / f"{day}.zip"
    try:
        # Backups dated in the future neither suppress this one nor push others out.
        past = [path for path in list_backups(folder, day) if path.stem <= target.stem]
        if target in past or (past and _age_days(past[-1], day) < EVERY_DAYS):
            return None
        files = sources(store, settings)
        if not files:
            return None
        from hiproutine.history import archive

        archive.pack(target, files, {})
        for old in [*past, target][:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError as error:
        if isinstance(error, FileExistsError) and target.is_file():  # another program has made it meanwhile
            return None
        return f"no backup: {of_file(error, target)}"
    return None


def sources(store: Store, settings: Path) -> Mapping[str, Path]:
    """Return the files of a backup, by their names in it. Raises OSError if the history cannot be read."""
    return store.paths() | ({"settings.yaml": settings} if settings.is_file() else {})


def _age_days(backup: Path, day: date) -> int:
    try:
        return (day - date.fromisoformat(backup.stem)).days
    except ValueError:
        return EVERY_DAYS
