"""A session as a FIT activity, the kind of file that sport watches write and training diaries read.

It takes so few messages of the protocol that a library would be far longer than this.
"""

import struct
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from hiproutine.errors import HiproutineError
from hiproutine.history.records import SessionRecord, StepRecord
from hiproutine.text import clean

_EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
_LOWEST, _HIGHEST = 0x1000_0000, 0xFFFF_FFFE  # what is lower is no date to a reader, and one more is "unknown"
_VERSIONS = 0x10, 21218  # of the protocol, and of the profile that the numbers below are from
_LONGEST_TEXT = 254  # bytes of a field, without the zero at its end

# Messages, fields that every message may have, and values of fields, by their numbers in the profile.
_FILE_ID, _SESSION, _LAP, _RECORD, _ACTIVITY, _SET, _TITLE = 0, 18, 19, 20, 34, 225, 264
_TIMESTAMP, _INDEX = 253, 254
_ACTIVITY_FILE, _DEVELOPMENT = 4, 255
_TRAINING, _FLEXIBILITY, _STRENGTH = 10, 19, 20
_OF_SESSION, _OF_LAP, _OF_ACTIVITY, _STOP, _SESSION_END = 8, 9, 26, 1, 7
_UNKNOWN_EXERCISE, _ACTIVE_SET = 65534, 1


class _Type(NamedTuple):
    """A type of fields: its number in a definition, and how struct packs it."""

    number: int
    form: str


_ENUM, _U8, _U16, _U32, _TEXT = _Type(0, "B"), _Type(2, "B"), _Type(0x84, "H"), _Type(0x86, "I"), _Type(7, "")


def activity(session: SessionRecord, strength: AbstractSet[str]) -> bytes:
    """Return the content of a file: one training session with one lap, and a set for each step that was practised.

    It is strength training if most of its time went into exercises whose id is in `strength`, else flexibility. Timer
    time is working time; rests and changes are in the elapsed time alone, and pauses in neither. Records do not say
    when a step began, so the sets do not either. Raises HiproutineError for a time that FIT cannot write.
    """
    steps = [step for step in session.steps if step.held_ms > 0]
    held_ms = sum(step.held_ms for step in steps)
    strong_ms = sum(step.held_ms for step in steps if step.exercise in strength)
    start, elapsed = _seconds(session.start), max(session.lasted, timedelta(milliseconds=held_ms))
    elapsed_ms = elapsed // timedelta(milliseconds=1)
    if elapsed_ms > _HIGHEST:
        raise HiproutineError(f"a FIT file cannot hold a session of {elapsed.days} days, that of {session.day}")
    end = _seconds(session.start + elapsed)
    local = _seconds(session.start + elapsed + timedelta(minutes=session.opening.offset_min))
    titles = {title: number for number, title in enumerate(dict.fromkeys(map(_title, steps)))}
    times = (
        (_TIMESTAMP, _U32, end),
        (_INDEX, _U16, 0),
        (2, _U32, start),
        (7, _U32, elapsed_ms),
        (8, _U32, held_ms),
    )
    sub_sport = _STRENGTH if 2 * strong_ms > held_ms else _FLEXIBILITY
    return _file(
        _message(
            _FILE_ID,
            *((0, _ENUM, _ACTIVITY_FILE), (1, _U16, _DEVELOPMENT), (2, _U16, 0), (4, _U32, start)),
            (8, _TEXT, "hiproutine"),
        ),
        *(_message(_RECORD, (_TIMESTAMP, _U32, at), (5, _U32, 0)) for at in (start, end)),  # no distance
        *(
            _message(_TITLE, (_INDEX, _U16, number), (0, _U16, _UNKNOWN_EXERCISE), (1, _U16, number), (2, _TEXT, title))
            for title, number in titles.items()
        ),
        *(
            _message(
                _SET,
                *((10, _U16, number), (0, _U32, step.held_ms), (5, _U8, _ACTIVE_SET)),
                *((7, _U16, _UNKNOWN_EXERCISE), (8, _U16, titles[_title(step)])),
            )
            for number, step in enumerate(steps)
        ),
        _message(
            _LAP,
            *times,
            *((0, _ENUM, _OF_LAP), (1, _ENUM, _STOP), (24, _ENUM, _SESSION_END)),
            *((25, _ENUM, _TRAINING), (39, _ENUM, sub_sport)),
        ),
        _message(
            _SESSION,
            *times,
            *((0, _ENUM, _OF_SESSION), (1, _ENUM, _STOP), (25, _U16, 0), (26, _U16, 1)),
            *((5, _ENUM, _TRAINING), (6, _ENUM, sub_sport), (110, _TEXT, session.opening.routine or "hiproutine")),
        ),
        _message(
            _ACTIVITY,
            *((_TIMESTAMP, _U32, end), (5, _U32, local), (0, _U32, held_ms)),
            *((1, _U16, 1), (2, _ENUM, 0), (3, _ENUM, _OF_ACTIVITY), (4, _ENUM, _STOP)),
        ),
    )


def _title(step: StepRecord) -> str:
    return f"{step.name}, {step.side}" if step.side else step.name


def _seconds(at: datetime) -> int:
    seconds = (at - _EPOCH) // timedelta(seconds=1)
    if not _LOWEST <= seconds <= _HIGHEST:
        raise HiproutineError(f"a FIT file cannot hold a session of {at.date()}, only those of 1999 to 2125")
    return seconds


def _message(number: int, *fields: tuple[int, _Type, int | str]) -> bytes:
    """Return a definition of fields, each with its number, and their values."""
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
