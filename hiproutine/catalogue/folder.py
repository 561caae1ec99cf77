"""The files of a catalogue folder: those that are read, copies left by sync programs and editors, and the rest."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

SCHEMA = "schema.json"
"""The schema that `new` and `add` write next to the user's files, for editors."""
FIGURES = ("figures.yaml", "figures.json")
"""The drawings of the exercises, stored next to a catalogue but not part of it."""
# Names are tested by comparing text: compiling patterns would take longer than the rest of a start.
ENDINGS = (".yaml", ".yml")
_CONFLICTS = {
    ".sync-conflict-": "Syncthing",
    "conflicted copy": "Dropbox or Nextcloud",
    "in konflikt stehende kopie": "Dropbox",
    "copie en conflit": "Dropbox",
    "copia en conflicto": "Dropbox",
    "copia in conflitto": "Dropbox",
    "_conflict-": "Nextcloud or ownCloud",
    "(sfconflict ": "Seafile",
    "[conflict]": "a sync program",
    "[conflicted]": "pCloud",
}
"""Marks in the names of conflict copies, in lower case, and the programs that add them."""
_BACKUPS = ("~", ".orig", ".rej", ".bak", ".old", ".tmp", ".swp", ".swo")
"""Endings of backups and drafts of editors and git, before or after the file's own ending."""
_MERGED = {"BACKUP", "BASE", "LOCAL", "REMOTE"}
"""The copies of `git mergetool`, such as `mine_LOCAL_4711.yaml`."""
_COMPUTERS = ("DESKTOP-", "LAPTOP-", "WIN-")
"""Default computer names of Windows, which OneDrive adds to names. A custom name cannot be told from a word."""
_RESOLVE = "is not read; copy what you need into the original, then remove it"


class Listing(NamedTuple):
    """The files that are read, sorted by name, and sentences on why the rest is not.

    `copies` look like files to read; `others` are of another kind.
    """

    read: tuple[Path, ...] = ()
    copies: Mapping[Path, str] = {}
    others: Mapping[Path, str] = {}


def listing(folder: Path) -> Listing:
    """List a folder; return nothing if it does not exist."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError:
        return Listing()
    there = set(names)
    copies = {name: why for name in names if _is_read(name) and (why := _copied(name, there))}
    return Listing(
        tuple(folder / name for name in names if _is_read(name) and name not in copies),
        {folder / name: why for name, why in copies.items()},
        {folder / name: why for name in names if (why := _other(folder / name))},
    )


def _is_read(name: str) -> bool:
    return name.endswith(ENDINGS) and not name.startswith((".", "#")) and name not in FIGURES


def _copied(name: str, there: Collection[str]) -> str:
    """Return why a file with the right ending is only a copy of another one; empty if it is not."""
    stem, _, ending = name.rpartition(".")
    if stem.endswith(_BACKUPS):
        return f"looks like a backup, and {_RESOLVE}"
    made_by = next((maker for mark, maker in _CONFLICTS.items() if mark in stem.lower()), None)
    made_by = made_by or next(_makers_beside(stem, f".{ending}", there), None)
    return f"looks like a conflict copy of {made_by}, and {_RESOLVE}" if made_by else ""


def _makers_beside(stem: str, ending: str, there: Collection[str]) -> Iterator[str]:
    """The programs that add such an ending, if a file with the name without it exists."""
    for at in range(1, len(stem)):
        if stem[at] in " -_" and stem[:at] + ending in there:
            separator, added = stem[at], stem[at + 1 :]
            if separator == " " and added.strip("()").isdecimal():
                yield "iCloud or Google Drive"
            elif separator == "-" and (added.startswith(_COMPUTERS) or added.endswith("-PC")):
                yield "OneDrive"
            elif separator == "_" and added.rstrip("0123456789").rstrip("_") in _MERGED:
                yield "git"


def _other(path: Path) -> str:
    """Return why a file with another ending is not read; empty if it is read, or clearly not meant to be."""
    name = path.name
    if _is_read(name) or name in (SCHEMA, *FIGURES):
        return ""
    if name.startswith((".#", "#")) or name.endswith(_BACKUPS):
        return "is a backup or a draft of an editor, and is not read"
    if name.startswith("."):
        return ""
    if path.is_dir():
        return "is a folder, and its files are not read; move them up"
    return f"is not read: only files whose names end in {' or '.join(ENDINGS)} are"
