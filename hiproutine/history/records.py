"""The records of the history, to and from one line of JSON. Ids of exercises are text here: history may not change."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from hiproutine.text import clean

VERSION = 1
# What reading a record raises if a field is missing or is not what it should be.
NOT_WHOLE = (ValueError, TypeError, KeyError, OverflowError)
_FIRST_YEAR = 1970
_ENDS = ("done", "shortened", "skipped", "hurt")


class StepRecord(NamedTuple):
    """One side of one exercise: working time planned and held in ms, and how it ended."""

    exercise: str
    name: str
    side: str | None
    planned_ms: int
    held_ms: int
    end: str


class Opening(NamedTuple):
    """What is fixed when a session starts. `day` is never computed again; the rest explains it.

    `plan` is the id of the routine or the exercise that makes the session again.
    """

    id: str
    day: date
    start: datetime
    offset_min: int
    zone: str | None
    rollover_min: int
    plan: str
    routine: str | None
    app: str


class SessionRecord(NamedTuple):
    """A finished session, whole or in part; `counts` makes its day a done day."""

    opening: Opening
    end: datetime
    counts: bool
    steps: tuple[StepRecord, ...]

    @property
    def day(self) -> date:
        return self.opening.day

    @property
    def start(self) -> datetime:
        return self.opening.start


def uuid7(at_ms: int, random: bytes) -> str:
    """A UUID version 7 of a time in ms since 1970 and 10 random bytes."""
    number = at_ms << 80 | 0x7 << 76 | (int.from_bytes(random[:2], "big") & 0xFFF) << 64
    number |= 0b10 << 62 | int.from_bytes(random[2:10], "big") & (1 << 62) - 1
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def instant(at: datetime) -> str:
    """A UTC instant with milliseconds and Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def line(fields: Mapping[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def closed(opening: Opening, end: datetime, steps: Sequence[StepRecord]) -> SessionRecord:
    """The record of a session that is over. It counts if at least one step was done."""
    return SessionRecord(opening, end, any(step.end == "done" for step in steps), tuple(steps))


def opening_fields(opening: Opening) -> dict[str, Any]:
    return opening._asdict() | {"day": opening.day.isoformat(), "start": instant(opening.start)}


def session_fields(record: SessionRecord) -> dict[str, Any]:
    opening = opening_fields(record.opening)
    del opening["plan"]  # it serves to resume, and only the journal needs it
    return {
        "v": VERSION,
        "id": opening.pop("id"),
        "kind": "session",
        "day": opening.pop("day"),
        "start": opening.pop("start"),
        "end": instant(record.end),
        "counts": record.counts,
        **opening,
        "steps": [step._asdict() for step in record.steps],
    }


def read_opening(fields: Mapping[str, Any]) -> Opening:
    """Raises one of NOT_WHOLE."""
    routine = fields["routine"]
    day = date.fromisoformat(fields["day"])
    if day.year < _FIRST_YEAR:
        raise ValueError(f"{day} is before there were computers to practise at")
    return Opening(
        id=str(fields["id"]),
        day=day,
        start=read_instant(fields["start"]),
        offset_min=int(fields["offset_min"]),
        zone=fields.get("zone"),
        rollover_min=int(fields["rollover_min"]),
        plan=str(fields.get("plan", routine or "")),
        routine=None if routine is None else str(routine),
        app=str(fields.get("app", "")),
    )


def read_session(fields: Mapping[str, Any]) -> SessionRecord:
    """Raises one of NOT_WHOLE."""
    steps, counts = fields["steps"], fields["counts"]
    if not isinstance(steps, list) or not isinstance(counts, bool):
        raise TypeError("steps is a list, and counts is true or false")
    return SessionRecord(read_opening(fields), read_instant(fields["end"]), counts, tuple(map(read_step, steps)))


def read_step(fields: Mapping[str, Any]) -> StepRecord:
    """Raises one of NOT_WHOLE."""
    if fields["end"] not in _ENDS:
        raise ValueError(f"a step cannot end as {fields['end']!r}")
    side = fields["side"]
    return StepRecord(
        exercise=clean(str(fields["exercise"])),
        name=clean(str(fields["name"])),
        side=side if side in ("left", "right") else None,
        planned_ms=int(fields["planned_ms"]),
        held_ms=int(fields["held_ms"]),
        end=fields["end"],
    )


def read_instant(text: str) -> datetime:
    """Raises ValueError or TypeError if it is not a time with a zone."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"{text} has no zone")
    return at
