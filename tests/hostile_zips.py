"""Zip files made to do harm, by name; `member` makes names of files that are wanted, such as `history/{}.jsonl`."""

import io
import lzma
import struct
import zipfile
from collections.abc import Callable, Iterable, Iterator

RECORD = b'{"v":1,"id":"r","kind":"rest","day":"2026-11-21","at":"2026-11-22T17:00:00.000Z"}\n'
MB = 1_000_000
_HEAD, _LISTED, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
# Where fields stand in an entry of the list of members.
_VERSION, _FLAGS, _SUM, _PACKED_SIZE, _SIZE, _OFFSET = (
    (6, "<H"),
    (8, "<H"),
    (16, "<I"),
    (20, "<I"),
    (24, "<I"),
    (42, "<I"),
)
Member = tuple[str, Iterable[bytes]]


def packed(*members: Member, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members, in which a name may stand twice."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            archive.NameToInfo.clear()
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            with archive.open(info, "w") as stream:
                stream.writelines(content)
    return buffer.getvalue()


def repeated(text: bytes, size: int) -> Iterator[bytes]:
    """As much of the same text, in pieces."""
    piece = text * (MB // len(text))
    return (piece for _ in range(size // len(piece)))


def _saying(field: tuple[int, str], value: int) -> Callable[[str], bytes]:
    """A zip of one record, whose list says something else of it."""
    return lambda member: _changed(packed((member.format(1), [RECORD])), field, value)


def _changed(data: bytes, field: tuple[int, str], value: int) -> bytes:
    """With another value in the last entry of the list of members."""
    at, form = field
    changed = bytearray(data)
    struct.pack_into(form, changed, data.rindex(_LISTED) + at, value)
    return bytes(changed)


def _raw(member: str, method: int, content: bytes) -> bytes:
    """A zip of one member, whose packed content is put there as it is."""
    name = member.format(1).encode()
    shared = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, 33, 0, len(content), len(RECORD), len(name), 0)
    head = _HEAD + shared + name
    listed = _LISTED + b"\x14\0" + shared + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    end = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(listed), len(head) + len(content), 0)
    return head + content + listed + _END + end


def _lzma() -> bytes:
    """As zips have it, with a head that asks for a dictionary of 4 GB."""
    raw = lzma.compress(RECORD, format=lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA1}])
    return b"\x09\x04\x05\x00" + b"\x5d\xff\xff\xff\xff" + raw


def _long_list(member: str) -> bytes:
    """Its list of members takes 200 MB."""
    data = packed((member.format(1), [RECORD]))
    start, end = data.index(_LISTED), data.rindex(_END)
    entries = data[start:end] * (200 * MB // (end - start))
    return data[:start] + entries + data[end : end + 12] + struct.pack("<II", len(entries), start) + b"\0\0"


def _records(count: int) -> Iterator[bytes]:
    return (RECORD.replace(b'"r"', b'"r%d"' % number) for number in range(count))


def _fields(count: int) -> Iterator[bytes]:
    """Records of a version to come, with as many fields in all, each in a mapping of its own."""
    of_one = 20_000
    many = b",".join([b'{"":{}}'] * of_one)
    return (b'{"v":2,"id":"r%d","kind":"k","z":[%b]}\n' % (number, many) for number in range(count // of_one))


TRICKS: dict[str, Callable[[str], bytes]] = {
    "zeros": lambda member: packed((member.format(1), repeated(b"\0", 500 * MB))),
    "zeros in many members": lambda member: packed(
        *((member.format(number), repeated(b"\0", 20 * MB)) for number in range(20))
    ),
    "says it is small": lambda member: _changed(packed((member.format(1), repeated(b"\0", 300 * MB))), _SIZE, 100),
    "says it is larger": _saying(_SIZE, 999),
    "says it is huge": _saying(_SIZE, 0xFFFFFFFE),
    "says it is packed in much": _saying(_PACKED_SIZE, 0xFFFFFFFE),
    "says it begins behind the end": _saying(_OFFSET, 0xFFFFFFFE),
    "says another sum": _saying(_SUM, 7),
    "encrypted": _saying(_FLAGS, 1),
    "of a version to come": _saying(_VERSION, 99),
    "lzma that asks for 4 GB": lambda member: _raw(member, zipfile.ZIP_LZMA, _lzma()),
    "bzip2": lambda member: packed((member.format(1), repeated(b"\0", 500 * MB)), method=zipfile.ZIP_BZIP2),
    "packed in no known way": lambda member: _raw(member, 77, RECORD),
    "garbage that is to be inflated": lambda member: _raw(member, zipfile.ZIP_DEFLATED, b"\xff" * 99),
    "a name twice": lambda member: packed((member.format(1), [RECORD]), (member.format(1), [RECORD])),
    "overlapping members": lambda member: _changed(
        packed((member.format(1), [RECORD]), (member.format(2), [RECORD])), _OFFSET, 0
    ),
    "1001 members": lambda member: packed(*((member.format(number), [RECORD]) for number in range(1001))),
    "a list of members of 200 MB": _long_list,
    "a name that is no UTF-8": lambda member: packed((member.format("ü"), [RECORD])).replace(b"\xc3\xbc", b"\xff\xff"),
    "cut off": lambda member: packed((member.format(1), [RECORD]))[:-30],
    "empty": lambda _: b"",
}
"""What a reader of zips must refuse, each with a sentence."""

CONTENTS: dict[str, Callable[[], Iterable[bytes]]] = {
    "newlines": lambda: repeated(b"\n", 99 * MB),
    "carriage returns": lambda: repeated(b"\r", 99 * MB),
    "braces": lambda: repeated(b"{", 99 * MB),
    "lines of a brace": lambda: repeated(b"{\n", 99 * MB),
    "empty objects": lambda: repeated(b"{}\n", 99 * MB),
    "brackets": lambda: [b'{"v":2,"id":"x","kind":"y","z":[', *repeated(b"[],", 99 * MB)],
    "commas": lambda: repeated(b",", 99 * MB),
    "digits": lambda: [b'{"v":', *repeated(b"9", 99 * MB), b"}"],
    "a long text": lambda: [b'{"v":2,"kind":"k","id":"', *repeated(b"x", 99 * MB), b'"}'],
    "zeros": lambda: repeated(b"\0", 99 * MB),
    "as many lines as may be": lambda: [b"{\n" * 99_000],
    "as many records as may be": lambda: _records(99_000),
    "as many fields as may be": lambda: _fields(1_900_000 // 3),
}
"""What is hard to read, in a member that is as it should be."""

ZIPS = TRICKS | {
    f"a member of {name}": lambda member, content=content: packed((member.format(1), content()))
    for name, content in CONTENTS.items()
}
