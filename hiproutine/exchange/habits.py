"""Records from other programs: harsh's log, Loop Habit Tracker's checkmarks, and a plain table.

A new format is a reader here and a row in PROGRAMS.
"""

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import PurePath
from typing import NamedTuple

from hiproutine.history import calendar
from hiproutine.history.jsonl import Unreadable
from hiproutine.history.records import Opening, Rest, SessionRecord, StepRecord, closed, uuid7
from hiproutine.text import clean


class File(NamedTuple):
    """A file to import."""

    name: str
    """The place in messages about its lines."""
    text: str
    habit: str = ""
    """The habit, if the file has only one."""


class Entry(NamedTuple):
    """The meaning of one line."""

    place: str
    day: date
    what: str
    """ "done", "missed" or "rest"."""
    name: str
    amount: float | Unreadable | None
    """In the unit of its program; an unreadable one matters only if amounts are imported."""
    routine: str | None
    key: tuple[str, ...]
    """The last of the entries with the same key counts."""


class Here(NamedTuple):
    """The context of new records: the local time, its day, the name of the zone, and the app version."""

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
    **dict.fromkeys(("SKIP", "3", "-3"), "rest"),
    **dict.fromkeys(("NO", "UNKNOWN", "-1", "0", ""), "missed"),
    **dict.fromkeys(("YES_AUTO", "1"), "missed"),  # not done, but not due either
}
_LOOP_ENTRY = re.compile(
    r"Entry\(timestamp=[^,\n]{0,60}, value=(-?\d{1,12})(?:, notes=[^\n]{0,2000}?)?\)(?=,|\r?$)", re.MULTILINE
)
"""A cell of the table of all habits in Loop 2.0.x, which printed its internal values."""
_LOOP_FOLDER = re.compile(r"(\d{1,9})(?: (.*))?")
_LOOP_TABLE = "Checkmarks.csv"
_LOOP_HABITS = "Habits.csv"


def harsh(file: File) -> Iterator[Entry | Unreadable]:
    """Read a log of lines such as `2025-01-15 : Hips : y : a comment : 10`."""

    def entries(row: _Row) -> Iterator[Entry]:
        if len(row.cells) < 3 or row.cells[2] not in _HARSH:
            raise ValueError("not a line such as `2025-01-15 : Hips : y : a comment : 10`")
        word, name, result, *more = row.cells  # more: a comment and an optional amount
        amount: float | Unreadable | None = None
        if len(more) > 1 and more[-1]:
            try:
                amount = _amount(more[-1])
            except ValueError as error:
                amount = _told(row, error)
        yield Entry(row.place, _day(word), _HARSH[result], _name(name), amount, None, (word, name))

    lines = enumerate(file.text.split("\n"), 1)
    rows = (_Row(f"{file.name}:{number}", [cell.strip() for cell in line.split(" : ")]) for number, line in lines)
    return _read((row for row in rows if row.cells[0] and not row.cells[0].startswith("#")), entries)


def loop(file: File) -> Iterator[Entry | Unreadable]:
    """Read the checkmarks of all habits, or of one, which older versions write without a header.

    Measured values are in thousandths of their unit. The table of all habits does not quote names, and has a comma at
    the end of each line.
    """
    if file.habit and not file.text:
        return iter([])  # no checkmarks yet
    text = _LOOP_ENTRY.sub(r"\1", file.text)
    heads = _loop_heads(text)
    names = _filled(heads)
    headless = bool(re.fullmatch(r"\d{4}-\d\d-\d\d", heads[0])) and len(names) == 2
    if heads[0] != "Date" and not headless:
        return iter([Unreadable(f"{file.name}:1: not a table of Loop's checkmarks, which begins with Date")])
    of_one = headless or names[1:] in (["Value"], ["Value", "Notes"])
    if of_one:
        names = [file.habit or (_folder(file.name) or (0, _name("")))[1]]
    else:
        names = _told_apart([*map(_name, names[1:])], range(1, len(names)))
    body = text if headless else "\n" + text.partition("\n")[2]

    def entries(row: _Row) -> Iterator[Entry]:
        word, *values = row.cells
        filled = len(_filled(values))
        fits = filled == len(names) or (filled < len(names) and len(row.cells) == len(heads))
        if not fits and not of_one:
            raise ValueError(
                f"{filled} values for {len(names)} habits, probably because of a comma in a habit's name: "
                "import Loop's whole zip, where each habit has a table, or rename the habit in Loop"
            )
        values += [""] * (len(names) - len(values))
        for name, value in zip(names, map(str.strip, values), strict=False):
            amount = None if value in _LOOP else _amount(value) / 1000
            what = _LOOP.get(value) or ("done" if amount else "missed")
            yield Entry(row.place, _day(word), what, name, amount, None, (word, name))

    return _read(_rows(file._replace(text=body), ","), entries)


def _loop_heads(text: str) -> list[str]:
    """Return the header as Loop writes it, or quoted as a spreadsheet rewrites it."""
    line = text.partition("\n")[0].rstrip("\r")
    try:
        return next(csv.reader([line], strict=True)) or [""]
    except csv.Error:
        return line.split(",")


def _folder(path: str) -> tuple[int, str] | None:
    """Return the number and name of a habit from the folder of its table in Loop's zip.

    Folder names lack all characters that are not ASCII.
    """
    found = _LOOP_FOLDER.fullmatch(PurePath(path).parent.name)
    return (int(found[1]), _name(found[2] or found[1])) if found else None


def in_loop(member: str) -> bool:
    """Whether a file in Loop's zip has checkmarks or names of habits."""
    return PurePath(member).name in (_LOOP_TABLE, _LOOP_HABITS)


def loop_tables(members: Mapping[str, File]) -> list[File]:
    """Return the files to read from Loop's zip: the table of each habit, with the name displayed by Loop."""
    top = {PurePath(name).name: file for name, file in members.items() if not _folder(name)}
    tables = [name for name in sorted(members) if _folder(name) and PurePath(name).name == _LOOP_TABLE]
    if not tables:
        return [file for name, file in top.items() if name == _LOOP_TABLE]
    folders = [folder for folder in map(_folder, tables) if folder]
    numbers = [number for number, _ in folders]
    names = _loop_names(top, numbers)
    shown = _told_apart([names.get(number) or name for number, name in folders], numbers)
    return [members[table]._replace(habit=name) for table, name in zip(tables, shown, strict=True)]


def _loop_names(top: Mapping[str, File], numbers: Sequence[int]) -> dict[int, str]:
    """Return the habit names by folder number, from the list of habits, or else from the table of all."""
    rows = _rows(top[_LOOP_HABITS], ",") if _LOOP_HABITS in top else ()
    heads, *lines = [row.cells for row in rows if isinstance(row, _Row)] or [[]]
    habits = [dict(zip(heads, line, strict=False)) for line in lines]
    listed = {int(each["Position"]): _name(each.get("Name", "")) for each in habits if _is_number(each.get("Position"))}
    names = _filled(_loop_heads(top[_LOOP_TABLE].text)[1:]) if _LOOP_TABLE in top else []
    return listed or (dict(zip(numbers, map(_name, names), strict=True)) if len(names) == len(numbers) else {})


def _is_number(word: str | None) -> bool:
    return bool(re.fullmatch(r"\d{1,9}", word or ""))


def _told_apart(names: Sequence[str], numbers: Iterable[int]) -> list[str]:
    """Return the names, prefixed with their numbers if a name occurs more than once."""
    times = Counter(names)
    return [f"{number:03} {name}" if times[name] > 1 else name for number, name in zip(numbers, names, strict=True)]


def folded(name: str) -> str:
    """Return a name for comparison, ignoring case and composition."""
    return clean(name.strip()).replace("\N{VARIATION SELECTOR-16}", "").casefold()


def table(file: File) -> Iterator[Entry | Unreadable]:
    """Read a table with the columns day or date, and optionally minutes and routine; with commas or semicolons.

    If it has those columns, a day without minutes or a routine is not imported.
    """
    delimiter = ";" if ";" in file.text.partition("\n")[0] else ","
    rows = _rows(file, delimiter)
    heads = next(rows, None)
    names = [cell.strip().lower() for cell in _filled(heads.cells)] if isinstance(heads, _Row) else []
    if "day" not in names and "date" in names:
        names[names.index("date")] = "day"
    if isinstance(heads, Unreadable):
        return iter([heads])
    if {*names} >= _OURS:
        return iter([Unreadable(f"{file.name}:1: {_OURS_SAYS}")])
    if "day" not in names:
        return iter([Unreadable(f"{file.name}:1: no column named day; start with a line such as day,minutes,routine")])
    if len(names) > 1 and not {"minutes", "routine"} & {*names}:
        return iter([Unreadable(f"{file.name}:1: {_UNKNOWN_SAYS}")])
    seen = Counter[tuple[str, ...]]()

    def entries(row: _Row) -> Iterator[Entry]:
        if len(cells := _filled(row.cells)) > len(names):
            raise ValueError(f'{len(cells)} values for {len(names)} columns; quote values that contain "{delimiter}"')
        found = dict(zip(names, map(str.strip, cells), strict=False))
        word, minutes, routine = (found.get(name, "") for name in ("day", "minutes", "routine"))
        if len(names) > 1 and not (minutes or routine):
            raise ValueError("a day without minutes or a routine, so perhaps without practice")
        key = (word, minutes, routine)
        seen[key] += 1  # the same routine twice on a day is two sessions
        amount = _amount(minutes) if minutes else None
        slug = _slug(routine) if routine else None
        yield Entry(row.place, _day(word), "done", _name(routine), amount, slug, (*key, str(seen[key])))

    return _read(rows, entries)


_UNKNOWN_SAYS = (
    "no column named minutes or routine, and the others may mean that nothing was done; "
    "import a table of Loop's with --from loop"
)
_OURS = {"exercise", "held_s", "session"}
_OURS_SAYS = (
    "the table of `export --csv` or `history --csv`, which has only a part of each session; "
    "import the zip that `hiproutine export` writes"
)


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
            yield _told(row, error)


def _told(row: _Row, error: ValueError) -> Unreadable:
    return Unreadable(f"{row.place}: {clean(str(error))}")


def _rows(file: File, delimiter: str) -> Iterator[_Row | Unreadable]:
    """Yield the non-empty rows, up to one with a quoting fault, after which nothing is certain."""
    reader = csv.reader(io.StringIO(file.text, newline=""), delimiter=delimiter, strict=True)
    begun = 1
    try:
        for cells in reader:
            if any(cells):
                yield _Row(f"{file.name}:{begun}", cells)
            begun = reader.line_num + 1
    except csv.Error as error:
        says = "a quote that is never closed" if "end of data" in str(error) else error
        last = len(file.text.removesuffix("\n").split("\n"))
        which = f"lines {begun} to {last} were" if begun < last else "this line was"
        yield Unreadable(f"{file.name}:{begun}: {says}; {which} not read")


def _filled(cells: Sequence[str]) -> list[str]:
    """Return the cells without trailing empty ones."""
    found = [*cells]
    while found and not found[-1].strip():
        del found[-1]
    return found


def _day(word: str) -> date:
    """Return the day of a date or of a local time, which may be after midnight."""
    try:
        day = date.fromisoformat(word)
    except ValueError:
        day = _day_of_time(word)
    if day.year < 1970:
        raise ValueError(f"{day} is before 1970")
    return day


def _day_of_time(word: str) -> date:
    try:
        at = datetime.fromisoformat(word)
        day = calendar.day_of(at)
    except (ValueError, OverflowError):
        raise ValueError(f'"{word}" is not a day such as 2025-01-15') from None
    if word.endswith(("Z", "z")):
        raise ValueError(f'"{word}" is a UTC time; write the local time, or only the day')
    return day


def _amount(word: str) -> float:
    try:
        amount = float(word.replace(",", "."))
    except ValueError:
        amount = -1
    if not 0 <= amount < float("inf"):
        raise ValueError(f'"{word}" is not an amount')
    return amount


def _name(name: str) -> str:
    return clean(name).strip() or "Practice"


def _slug(name: str) -> str:
    """Return a name as an id."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:64].strip("-") or "practice"


class Program(NamedTuple):
    """A format of another program."""

    read: Callable[[File], Iterator[Entry | Unreadable]]
    of_many: bool
    """Whether its files hold several habits."""
    unit_ms: int
    """Duration of an amount of 1; 0 if amounts have no fixed unit."""


PROGRAMS = {"harsh": Program(harsh, True, 0), "loop": Program(loop, True, 0), "csv": Program(table, False, 60_000)}


# ---- entries to records ----

_DAY_MS = 86_400_000


def records(
    program: str, entries: Iterable[Entry], unit_ms: int, here: Here
) -> Iterator[SessionRecord | Rest | Unreadable]:
    """Yield a session for each done entry, at noon of its day or now, and a record for each rest day.

    An amount of 1 lasts `unit_ms`; an amount of 0 means not done. Ids are derived from the entries, so the same entries
    always get the same ids. Entries in the future or of more than a day are reported instead.
    """
    for entry in {entry.key: entry for entry in entries}.values():
        amount = entry.amount if unit_ms else None
        if entry.what == "missed" or (entry.what == "done" and amount == 0):
            continue
        if entry.day > here.today:
            yield Unreadable(f"{entry.place}: {entry.day} is in the future")
        elif entry.what == "rest":
            yield Rest(_id(entry.day, program, "rest", str(entry.day)), entry.day, here.now)
        elif isinstance(amount, Unreadable):
            yield amount
        elif amount and amount * unit_ms > _DAY_MS:
            yield Unreadable(f"{entry.place}: {amount:g} is more than a day")
        else:
            yield _session(_id(entry.day, program, *entry.key), entry, round((amount or 0) * unit_ms), here)


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
        offset_min=int(offset.total_seconds() / 60),
        zone=here.zone,
        rollover_min=calendar.day_start_min,
        plan=exercise,
        routine=entry.routine,
        app=here.app,
    )
    step = StepRecord(exercise, entry.name, None, held_ms, held_ms, "done")
    return closed(opening, start + length, [step])._replace(logged_at=here.now)


def _id(day: date, *content: str) -> str:
    noon = datetime.combine(day, time(12), UTC)
    return uuid7(int(noon.timestamp() * 1000), hashlib.sha256("\n".join(content).encode()).digest()[:10])
