"""What other programs noted, as records of ours: harsh's log, Loop Habit Tracker's checkmarks, and a plain table."""

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import PurePath
from typing import NamedTuple

from hiproutine.history.days import ROLLOVER_MIN
from hiproutine.history.jsonl import Unreadable
from hiproutine.history.records import Opening, Rest, SessionRecord, StepRecord, closed, uuid7
from hiproutine.text import clean


class File(NamedTuple):
    """A file with its name, which stands in whatever is said about its lines."""

    name: str
    text: str


class Entry(NamedTuple):
    """What stands on a line: that something was "done" on a day, or "missed", or that the day was one of "rest".

    `amount` is in whatever unit its writer meant. Of entries with the same key the last one is true.
    """

    place: str
    day: date
    what: str
    name: str
    amount: float | None
    routine: str | None
    key: tuple[str, ...]


class Here(NamedTuple):
    """Where and when records are made: the local time, the day that it counts for, the zone's name, and by what."""

    now: datetime
    today: date
    zone: str | None
    app: str


class _Row(NamedTuple):
    place: str
    cells: list[str]


# ---- each program's files ----

_HARSH = {"y": "done", "n": "missed", "s": "rest"}
_LOOP = {
    **dict.fromkeys(("YES_MANUAL", "2"), "done"),  # older versions write numbers
    **dict.fromkeys(("SKIP", "3"), "rest"),
    **dict.fromkeys(("NO", "UNKNOWN", "YES_AUTO", "-1", "0", "1"), "missed"),  # YES_AUTO: no need to have done it
}


def harsh(file: File) -> Iterator[Entry | Unreadable]:
    """A log of lines such as `2025-01-15 : Hips : y : a comment : 10`."""

    def entries(row: _Row) -> Iterator[Entry]:
        if len(row.cells) < 3 or row.cells[2] not in _HARSH:
            raise ValueError("not a line such as `2025-01-15 : Hips : y : a comment : 10`")
        word, name, result, *more = row.cells  # more: a comment, and perhaps an amount at the end
        amount = _amount(more[-1]) if len(more) > 1 else None
        yield Entry(row.place, _day(word), _HARSH[result], _name(name), amount, None, (word, name))

    lines = enumerate(file.text.split("\n"), 1)
    rows = (_Row(f"{file.name}:{number}", [cell.strip() for cell in line.split(" : ")]) for number, line in lines)
    return _read((row for row in rows if row.cells[0] and not row.cells[0].startswith("#")), entries)


def loop(file: File) -> Iterator[Entry | Unreadable]:
    """The checkmarks of all habits, or those of one, which is called like the folder that they are in.

    Measured values stand there in thousandths of their unit.
    """
    rows = _rows(file, ",")
    heads = next(rows, None)
    if not isinstance(heads, _Row) or heads.cells[0] != "Date":
        return iter([Unreadable(f"{file.name}:1: not a table of Loop's checkmarks, which begins with Date")])
    of_one = heads.cells[1:] in (["Value"], ["Value", "Notes"])
    names = [re.sub(r"^\d+ ", "", PurePath(file.name).parent.name)] if of_one else [*filter(None, heads.cells[1:])]

    def entries(row: _Row) -> Iterator[Entry]:
        word, *values = row.cells
        if len(values) < len(names) or (any(values[len(names) :]) and not of_one):
            raise ValueError(f"{len(values)} values for {len(names)} habits; a comma in a habit's name does that")
        for name, value in zip(names, values, strict=False):
            amount = None if value in _LOOP else _amount(value) / 1000
            yield Entry(row.place, _day(word), _LOOP.get(value, "done"), _name(name), amount, None, (word, name))

    return _read(rows, entries)


def table(file: File) -> Iterator[Entry | Unreadable]:
    """A table whose heads are day, and perhaps minutes and routine, in any order; with commas or semicolons."""
    delimiter = ";" if ";" in file.text.partition("\n")[0] else ","
    rows = _rows(file, delimiter)
    heads = next(rows, None)
    names = [cell.strip().lower() for cell in heads.cells] if isinstance(heads, _Row) else []
    if "day" not in names:
        return iter([Unreadable(f"{file.name}:1: no head called day; the first line is such as day,minutes,routine")])
    seen = Counter[tuple[str, ...]]()

    def entries(row: _Row) -> Iterator[Entry]:
        cells = dict(zip(names, map(str.strip, row.cells), strict=False))
        word, minutes, routine = (cells.get(name, "") for name in ("day", "minutes", "routine"))
        key = (word, minutes, routine)
        seen[key] += 1  # the same routine twice on a day is two sessions
        amount = _amount(minutes.replace(",", ".")) if minutes else None
        slug = _slug(routine) if routine else None
        yield Entry(row.place, _day(word), "done", _name(routine), amount, slug, (*key, str(seen[key])))

    return _read(rows, entries)


def _read(
    rows: Iterable[_Row | Unreadable], entries: Callable[[_Row], Iterator[Entry]]
) -> Iterator[Entry | Unreadable]:
    for row in rows:
        if isinstance(row, Unreadable):
            yield row
            continue
        try:
            yield from list(entries(row))
        except ValueError as error:
            yield Unreadable(f"{row.place}: {clean(str(error))}")


def _rows(file: File, delimiter: str) -> Iterator[_Row | Unreadable]:
    reader = csv.reader(file.text.split("\n"), delimiter=delimiter)
    try:
        for cells in reader:
            if any(cells):
                yield _Row(f"{file.name}:{reader.line_num}", cells)
    except csv.Error as error:
        yield Unreadable(f"{file.name}:{reader.line_num}: {error}; nothing after it was read")


def _day(word: str) -> date:
    try:
        day = date.fromisoformat(word)
    except ValueError:
        raise ValueError(f'"{word}" is not a day such as 2025-01-15') from None
    if day.year < 1970:
        raise ValueError(f"{day} is before there were computers to practise at")
    return day


def _amount(word: str) -> float:
    try:
        amount = float(word or 0)
    except ValueError:
        amount = -1
    if not 0 <= amount < float("inf"):
        raise ValueError(f'"{word}" is no amount')
    return amount


def _name(name: str) -> str:
    return clean(name) or "Practice"


def _slug(name: str) -> str:
    """A name as an id."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:64].strip("-") or "practice"


class Program(NamedTuple):
    """How a program's files are read, whether they hold habits of every kind, and how long an amount of 1 is.

    That is 0 ms where amounts may be anything.
    """

    read: Callable[[File], Iterator[Entry | Unreadable]]
    of_many: bool
    unit_ms: int


PROGRAMS = {"harsh": Program(harsh, True, 0), "loop": Program(loop, True, 0), "csv": Program(table, False, 60_000)}


# ---- what becomes of them ----


def records(
    program: str, entries: Iterable[Entry], unit_ms: int, here: Here
) -> Iterator[SessionRecord | Rest | Unreadable]:
    """A session for each entry of something done, at its noon or just now, and each day of rest.

    An amount of 1 is `unit_ms` long. Ids come from what the entries say, so the same ones make the same ids again.
    Entries of days to come and of more than a day are told instead.
    """
    for entry in {entry.key: entry for entry in entries}.values():
        held_ms = round((entry.amount or 0) * unit_ms)
        if entry.day > here.today:
            yield Unreadable(f"{entry.place}: {entry.day} is still to come")
        elif held_ms > 86_400_000:
            yield Unreadable(f"{entry.place}: {entry.amount:g} is more than a whole day")
        elif entry.what == "rest":
            yield Rest(_id(entry.day, program, "rest", str(entry.day)), entry.day, here.now)
        elif entry.what == "done":
            yield _session(_id(entry.day, program, *entry.key), entry, held_ms, here)


def _session(id_: str, entry: Entry, held_ms: int, here: Here) -> SessionRecord:
    length = timedelta(milliseconds=held_ms)
    start = min(datetime.combine(entry.day, time(12), here.now.tzinfo), here.now - length)
    offset = start.utcoffset()
    assert offset is not None, "a clock gives aware times"
    exercise = entry.routine or _slug(entry.name)
    opening = Opening(
        id=id_,
        day=entry.day,
        start=start,
        offset_min=int(offset.total_seconds() // 60),
        zone=here.zone,
        rollover_min=ROLLOVER_MIN,
        plan=exercise,
        routine=entry.routine,
        app=here.app,
    )
    step = StepRecord(exercise, entry.name, None, held_ms, held_ms, "done")
    return closed(opening, start + length, [step])._replace(logged_at=here.now)


def _id(day: date, *content: str) -> str:
    noon = datetime.combine(day, time(12), UTC)
    return uuid7(int(noon.timestamp() * 1000), hashlib.sha256("\n".join(content).encode()).digest()[:10])
