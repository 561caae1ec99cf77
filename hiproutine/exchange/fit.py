"""Sessions as FIT activities, the file format of sports watches and training diaries.

It takes only a few messages of the protocol, so a library would be far larger than this.
"""

import struct
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from hiproutine.errors import HiproutineError
from hiproutine.history.records import SessionRecord, StepRecord
from hiproutine.text import clean

_EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
_LOWEST, _HIGHEST = 0x1000_0000, 0xFFFF_FFFE  # lower values are not dates; 0xFFFF_FFFF is "unknown"
_VERSIONS = 0x10, 21218  # of the protocol and of the profile that defines the numbers below
_LONGEST_TEXT = 254  # bytes, without the terminating zero

# Numbers of messages, of common fields and of field values in the profile.
_FILE_ID, _SESSION, _LAP, _RECORD, _ACTIVITY, _SET, _TITLE = 0, 18, 19, 20, 34, 225, 264
_TIMESTAMP, _INDEX = 253, 254
_ACTIVITY_FILE, _DEVELOPMENT = 4, 255
_TRAINING, _FLEXIBILITY, _STRENGTH = 10, 19, 20
_OF_SESSION, _OF_LAP, _OF_ACTIVITY, _STOP, _SESSION_END = 8, 9, 26, 1, 7
_UNKNOWN_EXERCISE, _ACTIVE_SET = 65534, 1


class _Type(NamedTuple):
    """A field type: its number in definitions, and its struct format."""

    number: int
    form: str


_ENUM, _U8, _U16, _U32, _TEXT = _Type(0, "B"), _Type(2, "B"), _Type(0x84, "H"), _Type(0x86, "I"), _Type(7, "")


def activity(session: SessionRecord, strength: AbstractSet[str]) -> bytes:
    """Return the content of a file: a training session with one lap, and a set for each practised step.

    It is strength training if exercises with ids in `strength` took most of the time, else flexibility. Timer time is
    working time; rests and changes are only in the elapsed time, and pauses in neither. Sets have no start times,
    because records have none. Raises HiproutineError for times that FIT cannot represent.
    """
    steps = [step for step in session.steps if step.held_ms > 0]
    held_ms = sum(step.held_ms for step in steps)
    strong_ms = sum(step.held_ms for step in steps if step.exercise in strength)
    start, elapsed = _seconds(session.start), max(session.lasted, timedelta(milliseconds=held_ms))
    elapsed_ms = elapsed // timedelta(milliseconds=1)
    if elapsed_ms > _HIGHEST:
        raise HiproutineError(f"the session of {session.day} took {elapsed.days} days, too long for a FIT file")
    end = _seconds(session.start + elapsed)
    local = _seconds(session.start + elapsed + timedelta(minutes=session.opening.offset_min))
    times = (
        (_TIMESTAMP, _U32, end),
        (_INDEX, _U16, 0),
        (2, _U32, start),
        (7, _U32, elapsed_ms),
        (8, _U32, held_ms),
    )
    sport = (_ENUM, _TRAINING), (_ENUM, _STRENGTH if 2 * strong_ms > held_ms else _FLEXIBILITY)
    return _file(
        _file_id(start),
        *(_message(_RECORD, (_TIMESTAMP, _U32, at), (5, _U32, 0)) for at in (start, end)),  # no distance
        *_sets(steps),
        _message(
            _LAP,
            *times,
            *((0, _ENUM, _OF_LAP), (1, _ENUM, _STOP), (24, _ENUM, _SESSION_END)),
            *((field, *value) for field, value in zip((25, 39), sport, strict=True)),
        ),
        _message(
            _SESSION,
            *times,
            *((0, _ENUM, _OF_SESSION), (1, _ENUM, _STOP), (25, _U16, 0), (26, _U16, 1)),
            *((field, *value) for field, value in zip((5, 6), sport, strict=True)),
            (110, _TEXT, session.opening.routine or "hiproutine"),
        ),
        _message(
            _ACTIVITY,
            *((_TIMESTAMP, _U32, end), (5, _U32, local), (0, _U32, held_ms)),
            *((1, _U16, 1), (2, _ENUM, 0), (3, _ENUM, _OF_ACTIVITY), (4, _ENUM, _STOP)),
        ),
    )


def _file_id(created: int) -> bytes:
    return _message(
        _FILE_ID,
        *((0, _ENUM, _ACTIVITY_FILE), (1, _U16, _DEVELOPMENT), (2, _U16, 0), (4, _U32, created)),
        (8, _TEXT, "hiproutine"),
    )


def _sets(steps: Sequence[StepRecord]) -> Iterator[bytes]:
    """The titles of the exercises, and a set for each step that refers to one."""
    titles = {title: number for number, title in enumerate(dict.fromkeys(map(_title, steps)))}
    for title, number in titles.items():
        fields = (0, _U16, _UNKNOWN_EXERCISE), (1, _U16, number), (2, _TEXT, title)
        yield _message(_TITLE, (_INDEX, _U16, number), *fields)
    for number, step in enumerate(steps):
        exercise = (7, _U16, _UNKNOWN_EXERCISE), (8, _U16, titles[_title(step)])
        yield _message(_SET, (10, _U16, number), (0, _U32, step.held_ms), (5, _U8, _ACTIVE_SET), *exercise)


def _title(step: StepRecord) -> str:
    return f"{step.name}, {step.side}" if step.side else step.name


def _seconds(at: datetime) -> int:
    seconds = (at - _EPOCH) // timedelta(seconds=1)
    if not _LOWEST <= seconds <= _HIGHEST:
        raise HiproutineError(f"the session of {at.date()} is outside the years of FIT files, 1999 to 2125")
    return seconds


def _message(number: int, *fields: tuple[int, _Type, int | str]) -> bytes:
    """Return a message: the definition of its (number, type, value) fields, and their values."""
    definition = struct.pack("<BBBHB", 0x40, 0, 0, number, len(fields))
    values = b"\0"
    for field, kind, value in fields:
        packed = _text(value) if isinstance(value, str) else struct.pack(f"<{kind.form}", value)
        definition += bytes((field, len(packed), kind.number))
        values += packed
    return definition + values


def _text(text: str) -> bytes:
    return clean(text).encode()[:_LONGEST_TEXT].decode(errors="ignore").encode() + b"\0"


def _file(*messages: bytes) -> bytes:
    data = b"".join(messages)
    head = struct.pack("<BBHI4s", 14, *_VERSIONS, len(data), b".FIT")
    whole = head + struct.pack("<H", _crc(head)) + data
    return whole + struct.pack("<H", _crc(whole))


def _crc(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc = crc >> 8 ^ _CRC_OF_BYTE[(crc ^ byte) & 0xFF]
    return crc


def _crc_of(byte: int) -> int:
    for _ in range(8):
        byte = byte >> 1 ^ 0xA001 * (byte & 1)
    return byte


_CRC_OF_BYTE = tuple(map(_crc_of, range(256)))
