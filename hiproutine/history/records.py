"""The records of the history, to and from one line of JSON. Ids of exercises are text here: history may not change."""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from hiproutine.text import clean

VERSION = 1
# What reading a record raises if a field is missing or is not what it should be.
NOT_WHOLE = (ValueError, TypeError, KeyError, OverflowError)
_FIRST_YEAR = 1970
_ENDS = ("done", "shortened", "skipped", "hurt")
_SIDES = ("left", "right")
YES_NO = "yes/no"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


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
    """A finished session, whole or in part; `counts` makes its day a done day.

    `logged_at` is when it was written down, if that was by hand and afterwards.
    """

    opening: Opening
    end: datetime
    counts: bool
    steps: tuple[StepRecord, ...]
    logged_at: datetime | None = None

    @property
    def id(self) -> str:
        return self.opening.id

    @property
    def day(self) -> date:
        return self.opening.day

    @property
    def start(self) -> datetime:
        return self.opening.start


class Pain(NamedTuple):
    """How much it hurt, 0 to 10, `when` "before" or "after" practising; `session` is an id, if it was of one."""

    id: str
    day: date
    at: datetime
    when: str
    score: int
    session: str | None


class Hurt(NamedTuple):
    """An exercise that hurt while it was practised, from 0 to 10, and what was chosen to do about it."""

    id: str
    day: date
    at: datetime
    session: str | None
    exercise: str
    side: str | None
    score: int
    chose: str


class Check(NamedTuple):
    """One value of a self-check, such as 9.5 cm of `knee-to-wall`; with the unit YES_NO, yes is 1 and no is 0."""

    id: str
    day: date
    at: datetime
    check: str
    side: str | None
    value: float
    unit: str


class Rest(NamedTuple):
    """A day declared to be one of rest."""

    id: str
    day: date
    at: datetime


class Goal(NamedTuple):
    """From `day` on: how many days a week, which weekdays (words of WEEKDAYS) are always of rest, when weeks start."""

    id: str
    day: date
    at: datetime
    days_per_week: int
    rest_days: tuple[str, ...]
    week_starts: str = "mon"


class VideoNote(NamedTuple):
    """What somebody says of a video: the day they watched it, if they did, and a note. The last one of each counts."""

    id: str
    day: date
    at: datetime
    video: str
    watched: date | None
    note: str


class Void(NamedTuple):
    """Takes back the record whose id is `ref`. A void itself cannot be taken back."""

    id: str
    at: datetime
    ref: str

    @property
    def day(self) -> date:
        return self.at.date()


Record = SessionRecord | Pain | Hurt | Check | Rest | Goal | VideoNote | Void


def written(record: Record) -> datetime:
    """When a record was made."""
    return record.logged_at or record.end if isinstance(record, SessionRecord) else record.at


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
    import json  # a millisecond that reading the kept summaries does without

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
        "id": opening.pop("id"),
        "day": opening.pop("day"),
        "start": opening.pop("start"),
        "end": instant(record.end),
        "counts": record.counts,
        **opening,
        "steps": [step._asdict() for step in record.steps],
        **({"logged_at": instant(record.logged_at)} if record.logged_at else {}),
    }


def read_opening(fields: Mapping[str, Any]) -> Opening:
    """Raises one of NOT_WHOLE."""
    routine, zone = fields["routine"], fields.get("zone")
    return Opening(
        id=clean(str(fields["id"])),
        day=_day(fields["day"]),
        start=read_instant(fields["start"]),
        offset_min=int(fields["offset_min"]),
        zone=None if zone is None else clean(str(zone)),
        rollover_min=int(fields["rollover_min"]),
        plan=clean(str(fields.get("plan", routine or ""))),
        routine=None if routine is None else clean(str(routine)),
        app=clean(str(fields.get("app", ""))),
    )


def read_session(fields: Mapping[str, Any]) -> SessionRecord:
    """Raises one of NOT_WHOLE."""
    steps, counts = fields["steps"], fields["counts"]
    if not isinstance(steps, list) or not isinstance(counts, bool):
        raise TypeError("steps is a list, and counts is true or false")
    logged = fields.get("logged_at")
    return SessionRecord(
        opening=read_opening(fields),
        end=read_instant(fields["end"]),
        counts=counts,
        steps=tuple(map(read_step, steps)),
        logged_at=None if logged is None else read_instant(logged),
    )


def read_step(fields: Mapping[str, Any]) -> StepRecord:
    """Raises one of NOT_WHOLE."""
    if fields["end"] not in _ENDS:
        raise ValueError(f"a step cannot end as {fields['end']!r}")
    side = fields["side"]
    return StepRecord(
        exercise=clean(str(fields["exercise"])),
        name=clean(str(fields["name"])),
        side=side if side in _SIDES else None,
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


# ---- every kind, by its name in the files ----


class Kind(NamedTuple):
    """How records of one kind become fields of JSON, and are read from them; `read` raises one of NOT_WHOLE."""

    type: type[Record]
    fields: Callable[[Any], dict[str, Any]]
    read: Callable[[Mapping[str, Any]], Record]


def fields_of(record: Record) -> dict[str, Any]:
    """A record of any kind as it stands in a file."""
    name, kind = next((name, kind) for name, kind in KINDS.items() if kind.type is type(record))
    fields = kind.fields(record)
    return {"v": VERSION, "id": fields.pop("id"), "kind": name} | fields


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if day.year < _FIRST_YEAR:
        raise ValueError(f"{day} is before there were computers to practise at")
    return day


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    return clean(value)


def _or_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


def _word(*words: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in words:
            raise ValueError(f"{value!r} is not one of {', '.join(words)}")
        return str(value)

    return read


def _whole(low: int, high: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if type(value) is not int or not low <= value <= high:
            raise ValueError(f"{value!r} is not a whole number from {low} to {high}")
        return value

    return read


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{value!r} is not a number")
    return float(value)


def _weekdays(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError("rest_days is a list")
    return tuple(map(_WEEKDAY, value))


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    match value:
        case datetime():
            return instant(value)
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
    return value


def _flat(made: Any, readers: Mapping[str, Callable[[Any], Any]]) -> Kind:
    """A kind whose values, in their order, are the fields of these names, each read by its reader."""

    def read(fields: Mapping[str, Any]) -> Record:
        values = zip(made._fields, readers.items(), strict=True)
        # A field without a default that is missing here is a TypeError of the constructor.
        record: Record = made(**{field: reader(fields[name]) for field, (name, reader) in values if name in fields})
        return record

    return Kind(made, lambda record: dict(zip(readers, map(_plain, record), strict=True)), read)


_COMMON = {"id": _text, "day": _day, "at": read_instant}
_SIDE = _or_none(_word(*_SIDES))
_SCORE = _whole(0, 10)
_WEEKDAY = _word(*WEEKDAYS)
KINDS = {
    "session": Kind(SessionRecord, session_fields, read_session),
    "pain": _flat(Pain, _COMMON | {"when": _word("before", "after"), "score": _SCORE, "session": _or_none(_text)}),
    "hurt": _flat(
        Hurt,
        _COMMON | {"session": _or_none(_text), "exercise": _text, "side": _SIDE, "score": _SCORE, "chose": _text},
    ),
    "check": _flat(Check, _COMMON | {"check": _text, "side": _SIDE, "value": _number, "unit": _text}),
    "rest": _flat(Rest, _COMMON),
    "goal": _flat(
        Goal,
        {"id": _text, "from": _day, "at": read_instant, "days_per_week": _whole(1, 7), "rest_days": _weekdays}
        | {"week_starts": _WEEKDAY},
    ),
    "video": _flat(VideoNote, _COMMON | {"video": _text, "watched": _or_none(_day), "note": _text}),
    "void": _flat(Void, {"id": _text, "at": read_instant, "ref": _text}),
}
