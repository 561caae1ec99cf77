"""Files to import: their format, by the first bytes, and their text, within bounds."""

from io import BytesIO
from pathlib import Path

from hiproutine import zips
from hiproutine.errors import HiproutineError
from hiproutine.exchange import habits
from hiproutine.exchange.habits import File
from hiproutine.files import read_regular
from hiproutine.text import clean

MOST_BYTES = 20_000_000
"""Limit of a file, and of the unpacked content of a zip; decades of fifty habits take less."""
MOST_LINES = 300_000
_LONGEST_LINE = 1_000_000
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NO_TEXT = {  # first bytes of other files, and what to do with them
    b"SQLite format 3\0": "a database, such as Loop's full backup; choose Export as CSV in Loop, and import that zip",
    b"\x1f\x8b": "packed by gzip; unpack it first",
    b"BZh": "packed by bzip2; unpack it first",
    b"\xfd7zXZ": "packed by xz; unpack it first",
    b"7z\xbc\xaf": "packed by 7-Zip; unpack it first",
    b"Rar!": "packed by RAR; unpack it first",
}


def program_of(path: Path) -> str | None:
    """Return the program that wrote the file: "loop" for Loop's zip, None for an export or records of hiproutine.

    Raises HiproutineError for anything else, and OSError.
    """
    if not _is_zip(path):
        if read_regular(path, 1) == b"{":
            return None
        *names, last = habits.PROGRAMS
        named = f"{', '.join(names)} or {last}"
        what = f"text of an unknown program; name it with --from {named}" if read_regular(path, 1) else "empty file"
        raise HiproutineError(f"{_place(path)}: {what}")
    return "loop" if zips.read(path, habits.in_loop, MOST_BYTES) else None


def files(path: Path, program: str) -> list[File]:
    """Return the file as text; for Loop's zip, the table of each habit. Raises HiproutineError and OSError."""
    if not _is_zip(path):
        return [_file(str(path), read_regular(path, MOST_BYTES + 1))]
    if program != "loop":
        raise HiproutineError(f"{_place(path)}: a zip file; use --from loop for Loop's, and no --from for hiproutine's")
    members = zips.read(path, habits.in_loop, MOST_BYTES)
    if not members:
        raise HiproutineError(f"{_place(path)}: no checkmarks of Loop; import a zip of hiproutine without --from")
    return habits.loop_tables({name: _file(f"{path}/{name}", content) for name, content in members.items()})


def _is_zip(path: Path) -> bool:
    """Whether the file is a zip. Raises HiproutineError if it is neither a zip nor text."""
    if path.is_dir():
        raise HiproutineError(f"{_place(path)}: a folder; import the exported zip, or one table of the folder")
    head = read_regular(path, 20)
    for begins, says in _NO_TEXT.items():
        if head.startswith(begins):
            raise HiproutineError(f"{_place(path)}: {says}")
    return head.startswith(_ZIP)


def _file(name: str, content: bytes) -> File:
    place = clean(name)
    if len(content) > MOST_BYTES:
        raise HiproutineError(f"{place}: more than {MOST_BYTES // 1_000_000} MB, too much for a habit log")
    if content.count(b"\n") > MOST_LINES:
        raise HiproutineError(f"{place}: more than {MOST_LINES:,} lines, too many for a habit log")
    if any(len(line) > _LONGEST_LINE for line in BytesIO(content)):
        raise HiproutineError(f"{place}: a line of more than {_LONGEST_LINE:,} bytes, too long for a habit log")
    if content.startswith(_UTF_16) or b"\0" in content[:2]:
        raise HiproutineError(f"{place}: UTF-16, or not text; save it as UTF-8 first")
    try:
        return File(place, content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise HiproutineError(f"{place}:{line}: not UTF-8; save it as UTF-8 first") from error


def _place(path: Path) -> str:
    return clean(str(path))
