"""Untrusted zip files: the wanted members are read whole and within bounds, or an error says why not."""

import struct
import zlib
from collections.abc import Callable, Iterable
from io import SEEK_CUR, BufferedReader, FileIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from hiproutine.errors import HiproutineError
from hiproutine.files import open_regular
from hiproutine.text import clean

MOST_BYTES = 100_000_000
MOST_MEMBERS = 1000
_PIECE = 1 << 20
"""Bytes per read. A longer list of members would fill the memory: each takes 46 bytes."""
_HEAD = struct.Struct("<4s22xHH")
_ENCRYPTED, _IN_UTF_8 = 1 << 0, 1 << 11
# Raised for a damaged or malicious list of members.
_DAMAGED = (
    BadZipFile,
    LargeZipFile,
    NotImplementedError,
    ValueError,
    OverflowError,
    EOFError,
    struct.error,
    zlib.error,
)


class _Stream(BufferedReader):
    """A file read in pieces, even by a reader that trusts the length it declares."""

    def read(self, size: int | None = -1) -> bytes:
        if size is not None and size > _PIECE:
            raise BadZipFile("the list of its members is too long")
        return super().read(size)


def read(path: Path, wanted: Callable[[str], bool], most: int = MOST_BYTES) -> dict[str, bytes]:
    """Return the content of the members with wanted names, by name.

    Raises OSError, and HiproutineError if the zip file is damaged or would unpack to more than `most` bytes.
    """
    place = clean(str(path))
    try:
        with _Stream(FileIO(open_regular(path))) as stream, ZipFile(stream) as packed:
            members = [each for each in packed.infolist() if wanted(each.filename)]
            if len(members) > MOST_MEMBERS:
                raise HiproutineError(f"{place}: it contains more than {MOST_MEMBERS} files")
            if sum(each.file_size for each in members) > most:
                raise HiproutineError(f"{place}: it would unpack to more than {most // 1_000_000} MB")
            _refuse_tricks(packed.infolist(), packed.start_dir)
            for each in packed.infolist():  # all of them: a damaged name would not be among the wanted
                _go_to(stream, each)
            return {each.filename: _content(stream, each) for each in members}
    except _DAMAGED as error:
        raise HiproutineError(f"{place}: not a whole zip file ({clean(str(error))})") from error


def _refuse_tricks(members: Iterable[ZipInfo], end: int) -> None:
    """Raise BadZipFile for features that no honest program uses, or that are not supported here."""
    names = set[str]()
    for each in members:
        if each.filename in names:
            raise BadZipFile(f"{each.filename} is in it twice")
        names.add(each.filename)
        if each.flag_bits & _ENCRYPTED:
            raise BadZipFile(f"{each.filename} is encrypted")
        # Other methods allocate as much memory as the header of a member declares.
        if each.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise BadZipFile(f"{each.filename} is neither stored nor deflated")
    spans = sorted((each.header_offset, each.header_offset + each.compress_size) for each in members)
    if any(stop > start for (_, stop), (start, _) in pairwise([(0, 0), *spans, (end, end)])):
        raise BadZipFile("its members overlap")


def _go_to(stream: _Stream, member: ZipInfo) -> None:
    """Seek to a member's content. Raises one of _DAMAGED if its header contradicts the list of members."""
    stream.seek(member.header_offset)
    signature, name_bytes, extra_bytes = _HEAD.unpack(stream.read(_HEAD.size))
    name = stream.read(name_bytes).decode("utf-8" if member.flag_bits & _IN_UTF_8 else "cp437")
    if signature != b"PK\x03\x04" or name != member.orig_filename:
        raise BadZipFile(f"{member.filename} is not where it should be")
    stream.seek(extra_bytes, SEEK_CUR)


def _content(stream: _Stream, member: ZipInfo) -> bytes:
    """Return the content of a member. Raises one of _DAMAGED if it contradicts the list of members."""
    _go_to(stream, member)
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    content = bytearray()
    left = member.compress_size
    while left and not inflate.eof and len(content) <= member.file_size:
        piece = stream.read(min(left, _PIECE))
        if not piece:
            break
        left -= len(piece)
        if member.compress_type == ZIP_DEFLATED:
            piece = inflate.decompress(piece, member.file_size - len(content) + 1)
        content += piece
    if len(content) != member.file_size or zlib.crc32(content) != member.CRC:
        raise BadZipFile(f"{member.filename} is damaged")
    return bytes(content)
