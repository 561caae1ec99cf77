"""The files of a catalogue folder: those that are read, copies that sync programs and editors left, and the rest."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

SCHEMA = "schema.json"
"""The file that `new` and `add` put beside those of the user, for editors."""
FIGURES = ("figures.yaml", "figures.json")
"""How the exercises look: they stand beside a catalogue, and are no part of it."""
# Tests of names are comparisons of text: to compile patterns would take longer than the rest of a start.
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
"""Marks in the names of conflict copies, in small letters, and the programs that put them there."""
_BACKUPS = ("~", ".orig", ".rej", ".bak", ".old", ".tmp", ".swp", ".swo")
"""How names of the backups and drafts of editors and of git end, before or after the ending of the file."""
_MERGED = {"BACKUP", "BASE", "LOCAL", "REMOTE"}
"""The copies of `git mergetool`, such as `mine_LOCAL_4711.yaml`."""
_COMPUTERS = ("DESKTOP-", "LAPTOP-", "WIN-")
"""How Windows calls a computer, which OneDrive adds to a name. One that its owner named cannot be told from a word."""
_RESOLVE = "is not read; copy what you need of it into the original, then remove it"


class Listing(NamedTuple):
    """The files that are read, in the order of their names; what is not, and why, as a sentence.

    `copies` look like files to read; `others` are of another kind.
    """

    read: tuple[Path, ...] = ()
    copies: Mapping[Path, str] = {}
    others: Mapping[Path, str] = {}


def listing(folder: Path) -> Listing:
    """List a folder; nothing where there is none."""
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
    """Why a file of the right ending is only a copy of another one; empty if it is none."""
    stem, _, ending = name.rpartition(".")
    if stem.endswith(_BACKUPS):
        return f"looks like a backup, and {_RESOLVE}"
    made_by = next((maker for mark, maker in _CONFLICTS.items() if mark in stem.lower()), None)
    made_by = made_by or next(_makers_beside(stem, f".{ending}", there), None)
    return f"looks like a conflict copy of {made_by}, and {_RESOLVE}" if made_by else ""


def _makers_beside(stem: str, ending: str, there: Collection[str]) -> Iterator[str]:
    """Who adds such an end to a name, for each file that has the name without it."""
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
    """Why something of another ending is not read; empty for what is read, and for what nobody means to be."""
    name = path.name
    if _is_read(name) or name in (SCHEMA, *FIGURES):
        return ""
    if name.startswith((".#", "#")) or name.endswith(_BACKUPS):
        return "is a backup or a draft of an editor, and is not read"
    if name.startswith("."):
        return ""
    if path.is_dir():
        return "is a folder, and what is in it is not read; move its files up"
    return f"is not read: only files whose names end in {' or '.join(ENDINGS)} are"
