"""The records of the history, to and from one line of JSON. Ids of exercises are text here: history may not change."""

import reprlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from hiproutine.text import LONGEST, clean

VERSION = 1
# What reading a record raises if a field is missing or is not what it should be.
NOT_WHOLE = (ValueError, TypeError, KeyError, OverflowError)
# Every time of a record can be told in any zone, and has days before and after it.
_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)
MOST_STEPS = 10_000
_MOST_MS = 10**12  # the largest dose of the catalogue takes half of it
_MOST_VALUE = 1_000_000
_LONGEST_ID = 100
_AROUND_A_SIDE = timedelta(minutes=3)
"""Getting ready, changing sides and the rests between sets take less, in whatever is shipped."""
_ENDS = ("done", "shortened", "skipped", "hurt")
_SIDES = ("left", "right")
YES_NO = "yes/no"
IMPORT = "import"
"""A field beside those of the record: the name of the import that brought it, a UUID version 7 and its file."""
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

    `logged_at` is when it was written down, if that was by hand and afterwards. `active_ms` is how long it took without
    its pauses, with getting ready and rests; older records do not say it.
    """

    opening: Opening
    end: datetime
    counts: bool
    steps: tuple[StepRecord, ...]
    logged_at: datetime | None = None
    active_ms: int | None = None

    @property
    def id(self) -> str:
        return self.opening.id

    @property
    def day(self) -> date:
        return self.opening.day

    @property
    def start(self) -> datetime:
        return self.opening.start

    @property
    def lasted(self) -> timedelta:
        """How long it took without its pauses. Where that is not recorded, what is beyond any session was one."""
        if self.active_ms is not None:
            return timedelta(milliseconds=self.active_ms)
        worked = timedelta(milliseconds=sum(max(step.planned_ms, step.held_ms) for step in self.steps))
        return min(self.end - self.start, worked + len(self.steps) * _AROUND_A_SIDE)


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
    """Takes back the record whose id is `ref`. That of a void lets its record stand again, and is for good."""

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


def closed(opening: Opening, end: datetime, steps: Sequence[StepRecord], active_ms: int | None = None) -> SessionRecord:
    """The record of a session that is over. It counts if at least one step was done."""
    return SessionRecord(opening, end, any(step.end == "done" for step in steps), tuple(steps), active_ms=active_ms)


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
        **({"active_ms": record.active_ms} if record.active_ms is not None else {}),
    }


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


def read_record(fields: Mapping[str, Any]) -> Record | None:
    """The record of these fields; None for one of a newer version or an unknown kind. Raises one of NOT_WHOLE."""
    match fields:
        case {"v": 1, "kind": str(kind)} if kind in KINDS:
            return KINDS[kind].read(fields)
    return None


def read_opening(fields: Mapping[str, Any]) -> Opening:
    """Raises one of NOT_WHOLE."""
    return Opening(**_values(_OPENING, {"plan": fields["routine"] or "", "zone": None, "app": "", **fields}))


def read_steps(value: Any) -> tuple[StepRecord, ...]:
    """Raises one of NOT_WHOLE."""
    steps = _list(read_step, MOST_STEPS)(value)
    if sum(step.held_ms for step in steps) > _MOST_MS:
        raise ValueError(f"its steps were held for more than {_MOST_MS} ms")
    return steps


def read_step(value: Any) -> StepRecord:
    """Raises one of NOT_WHOLE."""
    # Not by a table: reading the steps takes most of the time.
    return StepRecord(
        exercise=_text(value["exercise"]),
        name=_text(value["name"]),
        side=_SIDE(value["side"]),
        planned_ms=_MS(value["planned_ms"]),
        held_ms=_MS(value["held_ms"]),
        end=_END(value["end"]),
    )


def _session(fields: Mapping[str, Any]) -> SessionRecord:
    record = SessionRecord(read_opening(fields), **_values(_SESSION, {"logged_at": None, "active_ms": None, **fields}))
    if record.active_ms and record.lasted >= _LAST - record.start:
        raise ValueError(f"it ends after {_LAST.year}")
    return record


def fault(error: Exception) -> str:
    """What is wrong with a record, after one of NOT_WHOLE."""
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


# ---- how each value is read, and which it may be ----


def _values(readers: Mapping[str, Callable[[Any], Any]], fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: read(fields[name]) for name, read in readers.items()}


def _shown(value: Any) -> str:
    """A value as an error shows it: a little of it, however large it is."""
    return clean(reprlib.repr(value)[:60])


def read_instant(value: Any) -> datetime:
    """Raises one of NOT_WHOLE if it is not a time with a zone, within bounds."""
    try:
        at = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{_shown(value)} is not a time such as 2026-11-22T18:30:00.000Z") from error
    if at.tzinfo is None:
        raise ValueError(f"{_shown(value)} has no zone")
    if not _FIRST <= at < _LAST:
        raise ValueError(f"{_shown(value)} is not a time from {_FIRST.year} to {_LAST.year}")
    return at


def _day(value: Any) -> date:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{_shown(value)} is not a day such as 2026-11-22") from error
    if not _FIRST.date() <= day < _LAST.date():
        raise ValueError(f"{day} is not a day from {_FIRST.year} to {_LAST.year}")
    return day


@lru_cache(maxsize=2000)  # the same few names come in every step
def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise TypeError(f"{_shown(value)} is not a text of at most {LONGEST} characters")
    return clean(value)


def _id(value: Any) -> str:
    """An id is compared, so it may not be cut."""
    name = _text(value)
    if not 0 < len(name) <= _LONGEST_ID:
        raise ValueError(f"{_shown(value)} is not an id of at most {_LONGEST_ID} characters")
    return name


def _bool(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{_shown(value)} is neither true nor false")
    return value


def _or_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


def _word(*words: str | None) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if value not in words:
            raise ValueError(f"{_shown(value)} is not one of {', '.join(map(str, words))}")
        return value

    return read


def whole(low: int, high: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if type(value) is not int or not low <= value <= high:
            raise ValueError(f"{_shown(value)} is not a whole number from {low} to {high}")
        return value

    return read


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -_MOST_VALUE <= value <= _MOST_VALUE:
        raise ValueError(f"{_shown(value)} is not a number from {-_MOST_VALUE} to {_MOST_VALUE}")
    return float(value)


def _list(read: Callable[[Any], Any], most: int) -> Callable[[Any], tuple[Any, ...]]:
    def read_all(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) > most:
            raise TypeError(f"{_shown(value)} is not a list of at most {most}")
        return tuple(map(read, value))

    return read_all


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
        record: Record = made(
            **{
                field: reader(fields[name])
                for field, (name, reader) in values
                if name in fields or field not in made._field_defaults
            }
        )
        return record

    return Kind(made, lambda record: dict(zip(readers, map(_plain, record), strict=True)), read)


_COMMON = {"id": _id, "day": _day, "at": read_instant}
_SIDE = _word(*_SIDES, None)
_END = _word(*_ENDS)
_MS = whole(0, _MOST_MS)
_SCORE = whole(0, 10)
_WEEKDAY = _word(*WEEKDAYS)
_OPENING: Mapping[str, Callable[[Any], Any]] = {
    "id": _id,
    "day": _day,
    "start": read_instant,
    "offset_min": whole(1 - 24 * 60, 24 * 60 - 1),
    "zone": _or_none(_text),
    "rollover_min": whole(0, 24 * 60 - 1),
    "plan": _text,
    "routine": _or_none(_text),
    "app": _text,
}
read_active_ms = _or_none(_MS)
_SESSION: Mapping[str, Callable[[Any], Any]] = {
    "end": read_instant,
    "counts": _bool,
    "steps": read_steps,
    "logged_at": _or_none(read_instant),
    "active_ms": read_active_ms,
}
KINDS = {
    "session": Kind(SessionRecord, session_fields, _session),
    "pain": _flat(Pain, _COMMON | {"when": _word("before", "after"), "score": _SCORE, "session": _or_none(_id)}),
    "hurt": _flat(
        Hurt,
        _COMMON | {"session": _or_none(_id), "exercise": _text, "side": _SIDE, "score": _SCORE, "chose": _text},
    ),
    "check": _flat(Check, _COMMON | {"check": _text, "side": _SIDE, "value": _number, "unit": _text}),
    "rest": _flat(Rest, _COMMON),
    "goal": _flat(
        Goal,
        {"id": _id, "from": _day, "at": read_instant, "days_per_week": whole(1, 7), "rest_days": _list(_WEEKDAY, 7)}
        | {"week_starts": _WEEKDAY},
    ),
    "video": _flat(VideoNote, _COMMON | {"video": _text, "watched": _or_none(_day), "note": _text}),
    "void": _flat(Void, {"id": _id, "at": read_instant, "ref": _id}),
}
