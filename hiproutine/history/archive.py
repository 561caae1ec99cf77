"""Exports of everything as a zip file: written atomically, and read as untrusted input. Reads no clock.

`history/` holds the history files, `journal/` interrupted sessions, `settings.yaml` the settings, and `sessions.csv`
the sessions for spreadsheets.
"""

import errno
import os
import re
import time
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from hiproutine import zips
from hiproutine.errors import HiproutineError
from hiproutine.files import make_folder, read_regular, write
from hiproutine.history import journal, jsonl
from hiproutine.history.records import IMPORT, NOT_WHOLE, Record, read_record
from hiproutine.text import clean, reason

SETTINGS = "settings.yaml"
CSV = "sessions.csv"
LONGEST_LINE = 4_000_000
"""In bytes; also the limit of a journal. A session of 100 steps takes 20,000, one of MOST_STEPS 1,500,000."""
MOST_LINES = 100_000
MOST_FIELDS = 2_000_000
"""Enough for five lines a day for 50 years, and a session of 20 steps a day for 35; read in seconds."""
_HISTORY = re.compile(r"history/[^/\\]+\.jsonl")
_JOURNAL = re.compile(r"journal/[A-Za-z0-9-]{1,64}\.jsonl")
_SETTINGS = re.compile(re.escape(SETTINGS))


class Archive(NamedTuple):
    """The content of an export."""

    lines: tuple[dict[str, Any], ...]
    """The fields of records."""
    unreadable_lines: int
    unreadable_journals: int
    journals: Mapping[str, bytes]
    """Readable journals, by file name."""
    settings: bytes | None


class Merge(NamedTuple):
    """The lines that an archive would add, and the number of records already here, the same or `different`."""

    lines: tuple[dict[str, Any], ...]
    known: int
    different: int


def pack(target: Path, sources: Mapping[str, Path], texts: Mapping[str, str]) -> None:
    """Write a zip of files and texts, by member name. Raises OSError: FileExistsError if `target` exists."""
    if target.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, source in sources.items():
            packed.writestr(_member(name), read_regular(source))
        for name, text in texts.items():
            packed.writestr(_member(name), text)
    make_folder(target.parent)
    write(target, content.getvalue(), new=True)


def _member(name: str) -> zipfile.ZipInfo:
    """Return a member with the current time, within the years that zip files support: 1980 to 2107."""
    now = time.localtime()
    year = min(max(now.tm_year, 1980), 2107)
    member = zipfile.ZipInfo(name, (year, now.tm_mon, now.tm_mday, now.tm_hour, now.tm_min, now.tm_sec))
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o600 << 16
    return member


def unpack(path: Path) -> Archive:
    """Read an export. Raises HiproutineError if the file is not one."""
    place = clean(str(path))
    try:
        members = zips.read(path, lambda name: any(each.fullmatch(name) for each in (_HISTORY, _JOURNAL, _SETTINGS)))
    except OSError as error:
        raise HiproutineError(f"{place}: {reason(error)}") from error
    return _archive(members, place)


def _archive(members: dict[str, bytes], place: str) -> Archive:
    """Return the content of these members. Raises HiproutineError if there is no history, or too much."""
    settings = members.pop(SETTINGS, None)
    if not members:
        raise HiproutineError(f"{place}: contains no history of hiproutine")
    if _marks(members.values(), b"\r\n") > MOST_LINES or _marks(members.values(), b"[{,") > MOST_FIELDS:
        raise HiproutineError(f"{place}: contains more than anyone can have practised")
    journals = {name.removeprefix("journal/"): data for name, data in members.items() if _JOURNAL.fullmatch(name)}
    whole = {name: data for name, data in journals.items() if _is_journal(name, data)}
    lines: list[dict[str, Any]] = []
    unreadable = 0
    for fields in chain.from_iterable(_fields(data) for name, data in members.items() if _HISTORY.fullmatch(name)):
        if fields is not None and _is_whole(fields):
            lines.append(fields)
        else:
            unreadable += 1
    return Archive(tuple(lines), unreadable, len(journals) - len(whole), whole, settings)


def _fields(data: bytes) -> Iterator[dict[str, Any] | None]:
    """Yield the fields of each non-empty line; None if it is unreadable or longer than any record."""
    for text in data.splitlines():
        if text.strip():
            found = next(jsonl.parse(text, "")) if len(text) <= LONGEST_LINE else None
            yield found if isinstance(found, dict) else None


def _marks(contents: Iterable[bytes], marks: bytes) -> int:
    """Count these bytes: a quick upper bound of the number of lines or fields of JSON."""
    return sum(data.count(mark) for data in contents for mark in marks)


def read(path: Path) -> Archive:
    """Read a file for `hiproutine import`: an export, or a .jsonl file of records. Raises HiproutineError."""
    if path.suffix != ".jsonl":
        return unpack(path)
    place = clean(str(path))
    try:
        data = read_regular(path, zips.MOST_BYTES + 1)
    except OSError as error:
        raise HiproutineError(f"{place}: {reason(error)}") from error
    if len(data) > zips.MOST_BYTES:
        raise HiproutineError(f"{place}: larger than {zips.MOST_BYTES // 1_000_000} MB")
    found = _archive({"history/-.jsonl": data}, place)
    if not found.lines:
        raise HiproutineError(f"{place}: contains no record")
    return found


def merge(lines: Iterable[dict[str, Any]], here: Iterable[dict[str, Any]]) -> Merge:
    """Return the `lines` that are missing `here`, by id. Existing ones are never replaced."""
    known = {str(fields.get("id")): fields for fields in here}
    added: dict[str, dict[str, Any]] = {}
    same = different = 0
    for fields in lines:
        if fields["id"] in known:
            is_same = _without_import(known[fields["id"]]) == _without_import(fields)
            same += is_same
            different += not is_same
        else:
            added.setdefault(fields["id"], fields)
    return Merge(tuple(added.values()), same, different)


def records(lines: Iterable[dict[str, Any]]) -> list[Record]:
    """Return the records of the lines, without those that this version does not know."""
    return [record for record in map(read_record, lines) if record]


def _without_import(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != IMPORT}


def _is_journal(name: str, data: bytes) -> bool:
    """Whether the file is a journal whose session id is its name."""
    session = journal.parse(Path(name), jsonl.parsed(data, name)) if len(data) <= LONGEST_LINE else None
    return session is not None and f"{session.opening.id}.jsonl" == name


def _is_whole(fields: Mapping[str, Any]) -> bool:
    """Whether the fields make a record; newer versions and unknown kinds are assumed to."""
    match fields:
        case {"v": int(), "id": str(), "kind": str()}:
            try:
                read_record(fields)
            except NOT_WHOLE:
                return False
            return True
    return False
