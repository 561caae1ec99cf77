"""The records of the history: one declaration a kind, to and from one line of JSON.

Each field has its type and its reader, which knows its bounds. The words of a kind are in `history.words`, where mypy
finds a kind that has none. Ids of exercises are text here: the catalogue may change, history may not.
"""

import reprlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Any, NamedTuple, TypeVar

from hiproutine.text import LONGEST, clean

VERSION = 1
NOT_WHOLE = (ValueError, TypeError, KeyError, OverflowError)
"""What reading a record raises if a field is missing or is not what it should be."""
# Every time of a record can be told in any zone, and has days before and after it.
_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)
MOST_STEPS = 10_000
_MOST_MS = 10**12  # the largest dose of the catalogue takes half of it
_MOST_VALUE = 1_000_000
_LONGEST_ID = 100
_AROUND_A_SIDE = timedelta(minutes=3)
"""Getting ready, changing sides and the rests between sets take less, in whatever is shipped."""
YES_NO = "yes/no"
IMPORT = "import"
"""A field beside those of the record: the name of the import that brought it, a UUID version 7 and its file."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


# ---- readers: values of JSON to those of fields, within bounds; each raises one of NOT_WHOLE ----

Reader = Callable[[Any], Any]


def _shown(value: Any) -> str:
    """Return the beginning of a value, for an error."""
    return clean(reprlib.repr(value)[:60])


def read_instant(value: Any) -> datetime:
    """Return a time with a zone, within bounds. Raises one of NOT_WHOLE."""
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
    """Return an id; ids are compared, so a long one is refused, not cut."""
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


_SIDE = _word("left", "right", None)
_END = _word("done", "shortened", "skipped", "hurt")
_MS = whole(0, _MOST_MS)
read_active_ms = _or_none(_MS)

# Types of fields that several kinds have.
_Id = Annotated[str, _id]
_OtherId = Annotated[str | None, _or_none(_id)]
_Day = Annotated[date, _day]
_At = Annotated[datetime, read_instant]
_Text = Annotated[str, _text]
_OrText = Annotated[str | None, _or_none(_text)]
_Side = Annotated[str | None, _SIDE]
_Score = Annotated[int, whole(0, 10)]
_OrDay = Annotated[date | None, _or_none(_day)]
_Weekday = _word(*WEEKDAYS)


# ---- fields and kinds ----

T = TypeVar("T", bound=tuple[Any, ...])


class Kind(NamedTuple):
    """How records of one kind become fields of JSON, and are read from them; `read` raises one of NOT_WHOLE.

    A record of a `lasting` kind holds from its day until the next one of the kind.
    """

    type: "type[Record]"
    fields: Callable[[Any], dict[str, Any]]
    read: "Callable[[Mapping[str, Any]], Record]"
    lasting: bool = False


KINDS: dict[str, Kind] = {}
"""Every kind by its name in the files."""


def _kind(name: str, *, lasting: bool = False) -> Callable[[type[T]], type[T]]:
    """Declare a kind of record by a class of fields with readers; one with `fields` and `read` of its own keeps them.

    Its values equal those of no other kind, even where all fields are the same, as a tuple alone would not see. Frozen
    dataclasses would do the same, and their import takes a third of the time that `streak` has.
    """

    def declare(made: type[T]) -> type[T]:
        equal, differs = made.__eq__, made.__ne__
        setattr(made, "__eq__", lambda one, other: type(one) is type(other) and equal(one, other))  # noqa: B010
        setattr(made, "__ne__", lambda one, other: type(one) is not type(other) or differs(one, other))  # noqa: B010
        generic = _flat(made)
        KINDS[name] = Kind(
            made,  # type: ignore[arg-type]  # Record is the union of what this declares
            getattr(made, "fields", generic[0]),
            getattr(made, "read", generic[1]),
            lasting,
        )
        return made

    return declare


def _readers(made: Any) -> dict[str, tuple[str, Reader]]:
    """The name in the file and the reader of each field that has one."""
    found = {}
    for field, annotation in made.__annotations__.items():
        if metadata := getattr(annotation, "__metadata__", None):
            reader, *name = metadata
            found[field] = (name[0] if name else field, reader)
    return found


def _flat(made: Any) -> tuple[Callable[[Any], dict[str, Any]], Callable[[Mapping[str, Any]], Any]]:
    """How a class whose fields are those of the file is written and read; fields with a default may be missing."""
    readers = _readers(made)
    names = [name for name, _ in readers.values()]
    defaults = made._field_defaults
    cells = [(field, name, reader, field in defaults) for field, (name, reader) in readers.items()]

    def read(fields: Mapping[str, Any]) -> Any:
        return made(**{field: reader(fields[name]) for field, name, reader, may in cells if name in fields or not may})

    return lambda record: dict(zip(names, map(_plain, record), strict=True)), read


def _plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    match value:
        case datetime():
            return instant(value)
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
    return value


class StepRecord(NamedTuple):
    """One side of one exercise: working time planned and held in ms, and how it ended."""

    exercise: str
    name: str
    side: str | None
    planned_ms: int
    held_ms: int
    end: str


def read_step(value: Any) -> StepRecord:
    """Raises one of NOT_WHOLE."""
    # Not by annotations: reading the steps takes most of the time.
    return StepRecord(
        exercise=_text(value["exercise"]),
        name=_text(value["name"]),
        side=_SIDE(value["side"]),
        planned_ms=_MS(value["planned_ms"]),
        held_ms=_MS(value["held_ms"]),
        end=_END(value["end"]),
    )


def read_steps(value: Any) -> tuple[StepRecord, ...]:
    """Raises one of NOT_WHOLE."""
    steps = _list(read_step, MOST_STEPS)(value)
    if sum(step.held_ms for step in steps) > _MOST_MS:
        raise ValueError(f"its steps were held for more than {_MOST_MS} ms")
    return steps


class Opening(NamedTuple):
    """What is fixed when a session starts. `day` is never computed again; the rest explains it.

    `plan` is the id of the routine or the exercise that makes the session again.
    """

    id: _Id
    day: _Day
    start: _At
    offset_min: Annotated[int, whole(1 - 24 * 60, 24 * 60 - 1)]
    zone: _OrText
    rollover_min: Annotated[int, whole(0, 24 * 60 - 1)]
    plan: _Text
    routine: _OrText
    app: _Text


opening_fields, _read_opening = _flat(Opening)


def read_opening(fields: Mapping[str, Any]) -> Opening:
    """Raises one of NOT_WHOLE."""
    opening: Opening = _read_opening({"plan": fields["routine"] or "", "zone": None, "app": "", **fields})
    return opening


@_kind("session")
class SessionRecord(NamedTuple):
    """A finished session, whole or in part; `counts` makes its day a done day.

    `logged_at` is when it was written down, if that was by hand and afterwards. `active_ms` is how long it took without
    its pauses, with getting ready and rests; older records do not say it.
    """

    opening: Opening
    end: _At
    counts: Annotated[bool, _bool]
    steps: Annotated[tuple[StepRecord, ...], read_steps]
    logged_at: Annotated[datetime | None, _or_none(read_instant)] = None
    active_ms: Annotated[int | None, read_active_ms] = None

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
    def at(self) -> datetime:
        return self.logged_at or self.end

    @property
    def lasted(self) -> timedelta:
        """How long it took without its pauses. Where that is not recorded, what is beyond any session was one."""
        if self.active_ms is not None:
            return timedelta(milliseconds=self.active_ms)
        worked = timedelta(milliseconds=sum(max(step.planned_ms, step.held_ms) for step in self.steps))
        return min(self.end - self.start, worked + len(self.steps) * _AROUND_A_SIDE)

    def fields(self) -> dict[str, Any]:
        """The fields in the file, in its order."""
        opening = opening_fields(self.opening)
        del opening["plan"]  # it serves to resume, and only the journal needs it
        return {
            "id": opening.pop("id"),
            "day": opening.pop("day"),
            "start": opening.pop("start"),
            "end": instant(self.end),
            "counts": self.counts,
            **opening,
            "steps": [step._asdict() for step in self.steps],
            **({"logged_at": instant(self.logged_at)} if self.logged_at else {}),
            **({"active_ms": self.active_ms} if self.active_ms is not None else {}),
        }

    @classmethod
    def read(cls, fields: Mapping[str, Any]) -> "SessionRecord":
        """Raises one of NOT_WHOLE."""
        values = {"logged_at": None, "active_ms": None, **fields}
        record = cls(read_opening(fields), **{name: reader(values[name]) for name, reader in _SESSION})
        if record.active_ms and record.lasted >= _LAST - record.start:
            raise ValueError(f"it ends after {_LAST.year}")
        return record


_SESSION = list(_readers(SessionRecord).values())


@_kind("pain")
class Pain(NamedTuple):
    """How much it hurt, 0 to 10, `when` "before" or "after" practising; `session` is an id, if it was of one."""

    id: _Id
    day: _Day
    at: _At
    when: Annotated[str, _word("before", "after")]
    score: _Score
    session: _OtherId


@_kind("hurt")
class Hurt(NamedTuple):
    """An exercise that hurt while it was practised, from 0 to 10, and what was chosen to do about it."""

    id: _Id
    day: _Day
    at: _At
    session: _OtherId
    exercise: _Text
    side: _Side
    score: _Score
    chose: _Text


@_kind("check")
class Check(NamedTuple):
    """One value of a self-check, such as 9.5 cm of `knee-to-wall`; with the unit YES_NO, yes is 1 and no is 0."""

    id: _Id
    day: _Day
    at: _At
    check: _Text
    side: _Side
    value: Annotated[float, _number]
    unit: _Text


@_kind("rest")
class Rest(NamedTuple):
    """A day declared to be one of rest."""

    id: _Id
    day: _Day
    at: _At


@_kind("goal", lasting=True)
class Goal(NamedTuple):
    """From `day` on: how many days a week, which weekdays (words of WEEKDAYS) are always of rest, when weeks start."""

    id: _Id
    day: Annotated[date, _day, "from"]
    at: _At
    days_per_week: Annotated[int, whole(1, 7)]
    rest_days: Annotated[tuple[str, ...], _list(_Weekday, 7)]
    week_starts: Annotated[str, _Weekday] = "mon"


@_kind("video")
class VideoNote(NamedTuple):
    """A note on a video, and the day it was watched, if it was. The last one of each video counts."""

    id: _Id
    day: _Day
    at: _At
    video: _Text
    watched: _OrDay
    note: _Text


@_kind("void")
class Void(NamedTuple):
    """Takes back the record whose id is `ref`. A void of a void restores that record, for good."""

    id: _Id
    at: _At
    ref: _Id

    @property
    def day(self) -> date:
        return self.at.date()


Record = SessionRecord | Pain | Hurt | Check | Rest | Goal | VideoNote | Void


# ---- records and lines ----


def fields_of(record: Record) -> dict[str, Any]:
    """Return a record of any kind as the fields of its line."""
    name, kind = next((name, kind) for name, kind in KINDS.items() if kind.type is type(record))
    fields = kind.fields(record)
    return {"v": VERSION, "id": fields.pop("id"), "kind": name} | fields


def read_record(fields: Mapping[str, Any]) -> Record | None:
    """Return the record of these fields; None for a newer version or an unknown kind. Raises one of NOT_WHOLE."""
    match fields:
        case {"v": 1, "kind": str(kind)} if kind in KINDS:
            return KINDS[kind].read(fields)
    return None


def fault(error: Exception) -> str:
    """Return what is wrong with a record, after one of NOT_WHOLE."""
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def as_line(record: Record) -> str:
    return line(fields_of(record))


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
    import json  # a millisecond that reading the cached summaries does without

    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def closed(opening: Opening, end: datetime, steps: Sequence[StepRecord], active_ms: int | None = None) -> SessionRecord:
    """The record of a session that is over. It counts if at least one step was done."""
    return SessionRecord(opening, end, any(step.end == "done" for step in steps), tuple(steps), active_ms=active_ms)
