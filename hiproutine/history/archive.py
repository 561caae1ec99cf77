"""Everything in one zip: written whole or not at all, and read back without trusting it. Knows no clock.

`history/` holds the files as they are, `journal/` broken-off sessions, `settings.yaml` the settings, `sessions.csv` the
same for spreadsheets.
"""

import errno
import os
import re
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from hiproutine.errors import HiproutineError
from hiproutine.history import jsonl
from hiproutine.history.records import KINDS, NOT_WHOLE
from hiproutine.regular import read_regular
from hiproutine.text import clean

SETTINGS = "settings.yaml"
CSV = "sessions.csv"
LARGEST_BYTES = 1 << 30
_HISTORY = re.compile(r"history/[^/\\]+\.jsonl")
_JOURNAL = re.compile(r"journal/[A-Za-z0-9-]{1,64}\.jsonl")


class Archive(NamedTuple):
    """What an export holds: the fields of records, how many lines cannot be read, journals by name, the settings."""

    lines: tuple[dict[str, Any], ...]
    unreadable: int
    journals: Mapping[str, bytes]
    settings: bytes | None


class Merge(NamedTuple):
    """What an archive would add; how many of its records are here already, and how many differ from those here."""

    lines: tuple[dict[str, Any], ...]
    known: int
    different: int


def pack(target: Path, sources: Mapping[str, Path], texts: Mapping[str, str]) -> None:
    """Writes files and texts by their names in the zip. Raises OSError: FileExistsError if there is a `target`."""
    if target.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
                for name, source in sources.items():
                    packed.writestr(name, read_regular(source))
                for name, text in texts.items():
                    packed.writestr(name, text)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.rename(target)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
        raise


def unpack(path: Path) -> Archive:
    """Raises HiproutineError if the file is no export of ours."""
    place = clean(str(path))
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(each.file_size for each in packed.infolist()) > LARGEST_BYTES:
                raise HiproutineError(f"{place}: it would unpack to more than {LARGEST_BYTES >> 30} GiB")
            names = packed.namelist()
            contents = {name: packed.read(name) for name in names if _HISTORY.fullmatch(name)}
            journals = {name[len("journal/") :]: packed.read(name) for name in names if _JOURNAL.fullmatch(name)}
            settings = packed.read(SETTINGS) if SETTINGS in names else None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise HiproutineError(f"{place}: not a whole zip file ({clean(str(error))})") from error
    except OSError as error:
        raise HiproutineError(f"{place}: {error.strerror or error}") from error
    if not contents and not journals:
        raise HiproutineError(f"{place}: no history of hiproutine is in it")
    found = [fields for data in contents.values() for fields in jsonl.parse(data, place)]
    lines = tuple(fields for fields in found if isinstance(fields, dict) and _is_whole(fields))
    return Archive(lines, len(found) - len(lines), journals, settings)


def merge(lines: Iterable[dict[str, Any]], here: Iterable[dict[str, Any]]) -> Merge:
    """What of `lines` is not `here`, by id. Of what is, nothing is replaced."""
    known = {str(fields.get("id")): fields for fields in here}
    added: dict[str, dict[str, Any]] = {}
    same = different = 0
    for fields in lines:
        if fields["id"] in known:
            same += known[fields["id"]] == fields
            different += known[fields["id"]] != fields
        else:
            added.setdefault(fields["id"], fields)
    return Merge(tuple(added.values()), same, different)


def _is_whole(fields: Mapping[str, Any]) -> bool:
    """Whether it is a record; one of a newer version, or of an unknown kind, is believed to be."""
    match fields:
        case {"v": 1, "id": str(), "kind": str(kind)} if kind in KINDS:
            try:
                KINDS[kind].read(fields)
            except NOT_WHOLE:
                return False
            return True
        case {"v": int(), "id": str(), "kind": str()}:
            return True
    return False
