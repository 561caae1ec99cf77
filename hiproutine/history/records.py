"""The records of the history: one declaration per kind, converted to and from a line of JSON.

Each field has a type, and a reader that checks its bounds. The words of each kind are in `history.words`, where mypy
finds a missing one. Ids of exercises are plain text here: the catalogue may change, history may not.
"""

import reprlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Any, NamedTuple, TypeVar

from hiproutine.history.calendar import WEEKDAYS
from hiproutine.text import LONGEST, clean

VERSION = 1
NOT_WHOLE = (ValueError, TypeError, KeyError, OverflowError)
"""Exceptions of reading a record with a missing or invalid field."""
# Any time in this range can be converted to any zone, and has a day before and after it.
_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)
MOST_STEPS = 10_000
_MOST_MS = 10**12  # the largest dose of the catalogue takes half of it
_MOST_VALUE = 1_000_000
_LONGEST_ID = 100
_AROUND_A_SIDE = timedelta(minutes=3)
"""Upper bound of getting ready, changing sides and rests between sets, in everything that is shipped."""
YES_NO = "yes/no"
IMPORT = "import"
"""An extra field of imported records: the name of the import, a UUID version 7 and the file name."""


# ---- readers: from JSON values to fields, within bounds; each raises one of NOT_WHOLE ----

Reader = Callable[[Any], Any]


def _shown(value: Any) -> str:
    """Return the start of a value, for error messages."""
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


@lru_cache(maxsize=2000)  # every step repeats the same few names
def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise TypeError(f"{_shown(value)} is not a text of at most {LONGEST} characters")
    return clean(value)


def _id(value: Any) -> str:
    """Return an id; a long one is refused, not cut, because ids are compared."""
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
_LOAD = _or_none(_id)
_MS = whole(0, _MOST_MS)
read_active_ms = _or_none(_MS)

# Field types shared by several kinds.
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
    """A kind of record and its conversion to and from JSON fields; `read` raises one of NOT_WHOLE.

    A record of a `lasting` kind is in force from its day until the next record of the kind.
    """

    type: "type[Record]"
    fields: Callable[[Any], dict[str, Any]]
    read: "Callable[[Mapping[str, Any]], Record]"
    lasting: bool = False


KINDS: dict[str, Kind] = {}
"""All kinds, by their names in the files."""


def _kind(name: str, *, lasting: bool = False) -> Callable[[type[T]], type[T]]:
    """Declare a kind of record by a class of annotated fields, which may define its own `fields` and `read`.

    Records of different kinds are never equal, even with the same fields, unlike plain tuples. Frozen dataclasses would
    do the same, but importing `dataclasses` takes a third of the time that `streak` may take.
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
    """Return (name in the file, reader) of each field that has a reader."""
    found = {}
    for field, annotation in made.__annotations__.items():
        if metadata := getattr(annotation, "__metadata__", None):
            reader, *name = metadata
            found[field] = (name[0] if name else field, reader)
    return found


def _flat(made: Any) -> tuple[Callable[[Any], dict[str, Any]], Callable[[Mapping[str, Any]], Any]]:
    """Return the writer and reader of a class with the same fields as the file.

    Those with a default are optional, and an empty default is not written.
    """
    readers = _readers(made)
    names = [name for name, _ in readers.values()]
    defaults = made._field_defaults
    cells = [(field, name, reader, field in defaults) for field, (name, reader) in readers.items()]

    def read(fields: Mapping[str, Any]) -> Any:
        return made(**{field: reader(fields[name]) for field, name, reader, may in cells if name in fields or not may})

    unwritten = {name for field, name, _, may in cells if may and not defaults[field]}

    def fields_of(record: Any) -> dict[str, Any]:
        values = zip(names, record, strict=True)
        return {name: _plain(value) for name, value in values if value or name not in unwritten}

    return fields_of, read


def _plain(value: Any) -> Any:
    """Return a value as JSON represents it."""
    match value:
        case datetime():
            return instant(value)
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
    return value


class ChangeRecord(NamedTuple):
    """A change of position: its kind, what it usually takes, and what it took, in ms."""

    kind: str
    usual_ms: int
    took_ms: int


class StepRecord(NamedTuple):
    """One side of one exercise: working time planned and held in ms, how it ended, and the load, such as `4 kg`.

    `change` is the change of position before it, if that was timed.
    """

    exercise: str
    name: str
    side: str | None
    planned_ms: int
    held_ms: int
    end: str
    load: str | None = None
    change: ChangeRecord | None = None

    @property
    def no_time(self) -> bool:
        """Whether it was omitted because there was less time."""
        return self.end == "shortened" and not self.held_ms


def step_fields(step: StepRecord) -> dict[str, Any]:
    """The fields in a file; without a load or a change, there is none."""
    fields = step._asdict()
    if step.load is None:
        del fields["load"]
    del fields["change"]
    return fields | change_fields(step)


def change_fields(step: StepRecord) -> dict[str, Any]:
    """The field of the change of position in a file, if there is one."""
    return {"change": step.change._asdict()} if step.change else {}


def read_step(value: Any) -> StepRecord:
    """Read a step. Raises one of NOT_WHOLE."""
    # Spelt out, without annotations: steps take most of the reading time.
    return StepRecord(
        exercise=_text(value["exercise"]),
        name=_text(value["name"]),
        side=_SIDE(value["side"]),
        planned_ms=_MS(value["planned_ms"]),
        held_ms=_MS(value["held_ms"]),
        end=_END(value["end"]),
        load=_LOAD(value["load"]) if "load" in value else None,
        change=_change(value["change"]) if value.get("change") is not None else None,
    )


def _change(value: Any) -> ChangeRecord:
    return ChangeRecord(_id(value["kind"]), _MS(value["usual_ms"]), _MS(value["took_ms"]))


def read_steps(value: Any) -> tuple[StepRecord, ...]:
    """Read the steps of a session. Raises one of NOT_WHOLE."""
    steps = _list(read_step, MOST_STEPS)(value)
    if sum(step.held_ms for step in steps) > _MOST_MS:
        raise ValueError(f"its steps were held for more than {_MOST_MS} ms")
    return steps


class Opening(NamedTuple):
    """The fields fixed when a session starts. `day` is never recomputed; the offset, zone and rollover explain it.

    `plan` is the plan code that recreates the session. A `micro_break` is dose, and never makes its day a done day.
    `left_out` are the exercises that were dropped or swapped out before it began.
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
    micro_break: Annotated[bool, _bool, "break"] = False
    left_out: Annotated[tuple[str, ...], _list(_id, MOST_STEPS)] = ()


opening_fields, _read_opening = _flat(Opening)


def read_opening(fields: Mapping[str, Any]) -> Opening:
    """Read the opening of a session. Raises one of NOT_WHOLE."""
    opening: Opening = _read_opening({"plan": fields["routine"] or "", "zone": None, "app": "", **fields})
    return opening


@_kind("session")
class SessionRecord(NamedTuple):
    """A finished or interrupted session; `counts` makes its day a done day.

    `logged_at` is when it was logged, if that was done afterwards by hand. `active_ms` is its duration without pauses,
    including getting ready and rests; older records lack it.
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
        """Duration without pauses. If not recorded, it is capped at the longest that these steps can take."""
        if self.active_ms is not None:
            return timedelta(milliseconds=self.active_ms)
        worked = timedelta(milliseconds=sum(max(step.planned_ms, step.held_ms) for step in self.steps))
        return min(self.end - self.start, worked + len(self.steps) * _AROUND_A_SIDE)

    def fields(self) -> dict[str, Any]:
        """Return the fields as in the file, in its order."""
        opening = opening_fields(self.opening)
        del opening["plan"]  # needed only in the journal, to resume
        return {
            "id": opening.pop("id"),
            "day": opening.pop("day"),
            "start": opening.pop("start"),
            "end": instant(self.end),
            "counts": self.counts,
            **opening,
            "steps": [step_fields(step) for step in self.steps],
            **({"logged_at": instant(self.logged_at)} if self.logged_at else {}),
            **({"active_ms": self.active_ms} if self.active_ms is not None else {}),
        }

    @classmethod
    def read(cls, fields: Mapping[str, Any]) -> "SessionRecord":
        """Read a session. Raises one of NOT_WHOLE."""
        values = {"logged_at": None, "active_ms": None, **fields}
        record = cls(read_opening(fields), **{name: reader(values[name]) for name, reader in _SESSION})
        if record.active_ms and record.lasted >= _LAST - record.start:
            raise ValueError(f"it ends after {_LAST.year}")
        return record


_SESSION = list(_readers(SessionRecord).values())


@_kind("pain")
class Pain(NamedTuple):
    """A pain score, 0 to 10, `when` "before" or "after" practising; `session` is the id of its session, if any.

    Where it hurts is a word of PAIN_AREAS, and which side, if that was said.
    """

    id: _Id
    day: _Day
    at: _At
    when: Annotated[str, _word("before", "after")]
    score: _Score
    session: _OtherId
    area: _OtherId = None
    side: _Side = None


@_kind("hurt")
class Hurt(NamedTuple):
    """An exercise that hurt during practice, its score from 0 to 10, and what the user chose to do.

    Where it hurt is a word of PAIN_AREAS, if that was said.
    """

    id: _Id
    day: _Day
    at: _At
    session: _OtherId
    exercise: _Text
    side: _Side
    score: _Score
    chose: _Text
    area: _OtherId = None


@_kind("check")
class Check(NamedTuple):
    """A value of a self-check, such as 9.5 cm of `knee-to-wall`; with the unit YES_NO, 1 is yes and 0 is no."""

    id: _Id
    day: _Day
    at: _At
    check: _Text
    side: _Side
    value: Annotated[float, _number]
    unit: _Text


@_kind("rest")
class Rest(NamedTuple):
    """A declared rest day; days declared in one go share the `span`, the id of the first."""

    id: _Id
    day: _Day
    at: _At
    span: _OtherId = None


@_kind("goal", lasting=True)
class Goal(NamedTuple):
    """A goal in force from `day` on: days a week, fixed rest days (words of WEEKDAYS), and the first day of weeks."""

    id: _Id
    day: Annotated[date, _day, "from"]
    at: _At
    days_per_week: Annotated[int, whole(1, 7)]
    rest_days: Annotated[tuple[str, ...], _list(_Weekday, 7)]
    week_starts: Annotated[str, _Weekday] = "mon"


@_kind("video")
class VideoNote(NamedTuple):
    """A note on a video, and the day it was watched, if any. The latest note of each video counts."""

    id: _Id
    day: _Day
    at: _At
    video: _Text
    watched: _OrDay
    note: _Text


@_kind("ladder")
class Ladder(NamedTuple):
    """A step of progression that was taken, or taken back: from its day on an exercise, in this dose, for another one.

    `instead` is what it took the place of: the same exercise in another dose, or a variant of it.
    """

    id: _Id
    day: _Day
    at: _At
    exercise: _Text
    dose: _Text
    instead: _Text
    event: Annotated[str, _word("taken", "taken back")]


@_kind("programme", lasting=True)
class ProgrammeStep(NamedTuple):
    """A change of phase of a programme: from its day on the person is in `phase`, from 1; `stop` ends the programme."""

    id: _Id
    day: _Day
    at: _At
    programme: _Text
    phase: Annotated[int, whole(1, 100)]
    event: Annotated[str, _word("start", "advance", "repeat", "stop")]
    why: _Text = ""


TOO_EASY, TOO_HARD = "too easy", "too hard"


@_kind("effort")
class Effort(NamedTuple):
    """An exercise that felt too easy or too hard in a session; of several on a day the last counts."""

    id: _Id
    day: _Day
    at: _At
    session: _OtherId
    exercise: _Text
    felt: Annotated[str, _word(TOO_EASY, TOO_HARD)]


@_kind("off")
class Off(NamedTuple):
    """A day on which the person is not well, without a pain score: a bad night, a flare, a period."""

    id: _Id
    day: _Day
    at: _At


@_kind("void")
class Void(NamedTuple):
    """Takes back the record with the id `ref`. A void of a void restores that record for good."""

    id: _Id
    at: _At
    ref: _Id

    @property
    def day(self) -> date:
        return self.at.date()


Record = SessionRecord | Pain | Hurt | Check | Rest | Goal | VideoNote | Ladder | ProgrammeStep | Effort | Off | Void


# ---- records and lines ----


def fields_of(record: Record) -> dict[str, Any]:
    """Return the fields of the line of a record."""
    name, kind = next((name, kind) for name, kind in KINDS.items() if kind.type is type(record))
    fields = kind.fields(record)
    return {"v": VERSION, "id": fields.pop("id"), "kind": name} | fields


def read_record(fields: Mapping[str, Any]) -> Record | None:
    """Return the record with these fields; None for a newer version or an unknown kind. Raises one of NOT_WHOLE."""
    match fields:
        case {"v": 1, "kind": str(kind)} if kind in KINDS:
            return KINDS[kind].read(fields)
    return None


def fault(error: Exception) -> str:
    """Return the message of one of NOT_WHOLE."""
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def as_line(record: Record) -> str:
    return line(fields_of(record))


def uuid7(at_ms: int, random: bytes) -> str:
    """Return a UUID version 7 from a time in ms since 1970 and 10 random bytes."""
    number = at_ms << 80 | 0x7 << 76 | (int.from_bytes(random[:2], "big") & 0xFFF) << 64
    number |= 0b10 << 62 | int.from_bytes(random[2:10], "big") & (1 << 62) - 1
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def instant(at: datetime) -> str:
    """Return a UTC instant with milliseconds and Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def line(fields: Mapping[str, Any]) -> str:
    import json  # 2 ms, not needed for reading cached summaries

    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def closed(opening: Opening, end: datetime, steps: Sequence[StepRecord], active_ms: int | None = None) -> SessionRecord:
    """Return the record of a session that has ended. It counts if at least one step was done, unless in a break."""
    counts = not opening.micro_break and any(step.end == "done" for step in steps)
    return SessionRecord(opening, end, counts, tuple(steps), active_ms=active_ms)
