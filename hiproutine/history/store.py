"""The history on disk: one append-only file per device and year, and a journal for each session that is running."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hiproutine.files import make_folder, write
from hiproutine.history import jsonl, summaries
from hiproutine.history.folder import Content, content, in_force, listed, union
from hiproutine.history.jsonl import Unreadable
from hiproutine.history.records import (
    IMPORT,
    KINDS,
    MOST_STEPS,
    NOT_WHOLE,
    VERSION,
    Check,
    Goal,
    Hurt,
    Opening,
    Pain,
    Record,
    Rest,
    SessionRecord,
    StepRecord,
    VideoNote,
    closed,
    fault,
    fields_of,
    instant,
    line,
    opening_fields,
    read_active_ms,
    read_instant,
    read_opening,
    read_record,
    read_step,
    read_steps,
    whole,
    written,
)
from hiproutine.regular import read_regular
from hiproutine.text import clean, reason

if TYPE_CHECKING:
    from hiproutine.history import undo

RECENT = timedelta(weeks=10)
"""So far back a plan needs the steps of sessions."""


class Past(NamedTuple):
    """What the history says, without what was taken back; and sentences on what of it could not be read.

    Sessions are in the order of their start, everything else in that of its day.
    """

    sessions: tuple[SessionRecord, ...]
    unreadable: tuple[str, ...]
    pains: tuple[Pain, ...] = ()
    hurts: tuple[Hurt, ...] = ()
    checks: tuple[Check, ...] = ()
    rests: tuple[Rest, ...] = ()
    goals: tuple[Goal, ...] = ()
    videos: tuple[VideoNote, ...] = ()

    def records(self) -> Iterator[Record]:
        """Everything of every kind."""
        return chain.from_iterable(getattr(self, name) for name in HELD.values())

    def of_day(self, day: date) -> list[Record]:
        """Everything that counts for a day, in the order in which it was written down."""
        return sorted((each for each in self.records() if each.day == day), key=lambda each: (written(each), each.id))

    def within(self, since: date, until: date) -> "Past":
        """What was recorded of these days; goals hold as they are."""
        found = (each for each in self.records() if since <= each.day <= until and not isinstance(each, Goal))
        return past_of(chain(found, self.goals), self.unreadable)

    def adding(self, records: Iterable[Record]) -> "Past":
        """The same with these records, once each, and without what the voids among them take back."""
        found = {record.id: record for record in chain(self.records(), records)}
        return past_of(_not_voided(found), self.unreadable)


HELD: dict[type[Record], str] = {
    SessionRecord: "sessions",
    Pain: "pains",
    Hurt: "hurts",
    Check: "checks",
    Rest: "rests",
    Goal: "goals",
    VideoNote: "videos",
}
"""Where Past holds the records of each kind; what was taken back is not held, and so voids are not either."""


def past_of(records: Iterable[Record], unreadable: Sequence[str] = ()) -> Past:
    """The past that these records make, in order, voids left out."""
    held: dict[str, list[Record]] = {name: [] for name in HELD.values()}
    for record in records:
        if name := HELD.get(type(record)):
            held[name].append(record)
    values: dict[str, Any] = {name: tuple(sorted(found, key=_order)) for name, found in held.items()}
    return Past(unreadable=tuple(unreadable), **values)


def _order(record: Record) -> tuple[Any, ...]:
    """What records of one kind are sorted by."""
    if isinstance(record, SessionRecord):
        return record.start, record.id
    return record.day, written(record), record.id


class Store:
    """The history in `folder`, which the user may share between machines, and this machine's `state` folder.

    In `cache` what was read is kept for the next time, if there is one; it may be deleted at any time.
    """

    def __init__(self, folder: Path, state: Path, cache: Path | None = None) -> None:
        self._folder = folder
        self._state = state
        self._cache = cache
        self.journal_folder = state / "journal"

    def read(self, steps_since: date = date.min) -> Past:
        """Everything that was done, sessions that are still journalled included.

        Sessions in files of before `steps_since` come without their steps: that is most of the reading.
        """
        records, unreadable = self._records(steps_since)
        for path in self._journals():
            left = _read_journal(path)
            if left:
                records.update({record.id: record for record in left.records() if record.id not in records})
            elif _holds_something(path):
                unreadable.append(f"{clean(str(path))}: not a whole journal")
        return past_of(_not_voided(records), unreadable)

    def newest(self) -> "undo.Act | None":
        """What was written down last, of what was not taken back; not a session that is still journalled.

        Raises OSError if the folder cannot be seen.
        """
        from hiproutine.history import undo

        return undo.newest(self.contents())

    def contents(self) -> dict[Path, Content]:
        """What each file of the history folder holds. Raises OSError if the folder cannot be seen."""
        return {path: content(path) for path in listed(self._folder)}

    def _records(self, steps_since: date) -> tuple[dict[str, Record], list[str]]:
        """What stands in the folder by its id, and what of it cannot be read."""
        try:
            contents = [self._content(path, steps_since) for path in listed(self._folder)]
        except OSError as error:
            return {}, [f"{clean(str(self._folder))}: {reason(error)}"]
        records = union(record for each in contents for record in each.records)
        return records, [sentence for each in contents for sentence in each.unreadable]

    def _content(self, path: Path, steps_since: date) -> Content:
        if self._cache is None or steps_since == date.min:
            return content(path)
        found = summaries.content(path, self._cache)
        recent = any(isinstance(each, SessionRecord) and each.day >= steps_since for each in found.records)
        return content(path) if recent else found

    def write(self, *records: Record, import_name: str = "") -> None:
        """Adds records, each to the file of this device and the year of its day; of an import with its name.

        Raises OSError.
        """
        name = {IMPORT: import_name} if import_name else {}
        self._append(fields_of(record) | name for record in records)

    def take_in(self, lines: Iterable[Mapping[str, Any]], import_name: str) -> None:
        """Adds records of elsewhere, of unknown kinds too; not among those that this device made. Raises OSError."""
        self._append(({**fields, IMPORT: import_name} for fields in lines), "-imported")

    def _append(self, lines: Iterable[Mapping[str, Any]], mark: str = "") -> None:
        for year, group in groupby(sorted(lines, key=_year), key=_year):
            path = self._folder / f"{self._device()}{mark}-{year}.jsonl"
            jsonl.append(path, [line(fields) for fields in group])

    def lines(self) -> list[dict[str, Any]]:
        """The fields of all records with an id, of unknown kinds too. Raises OSError if the folder cannot be seen."""
        found = chain.from_iterable(map(jsonl.read, listed(self._folder)))
        return [fields for fields in found if not isinstance(fields, Unreadable) and isinstance(fields.get("id"), str)]

    def paths(self) -> dict[str, Path]:
        """All files by their names in an archive. Raises OSError if the folder cannot be seen."""
        found = {f"history/{path.name}": path for path in listed(self._folder) if path.is_file()}
        return found | {f"journal/{path.name}": path for path in self._journals() if path.is_file()}

    def begin(self, opening: Opening, planned: Sequence[StepRecord]) -> "Journal":
        """A journal for a session that starts."""
        head = opening_fields(opening) | {
            "v": VERSION,
            "kind": "journal",
            "steps": [step._asdict() for step in planned],
        }
        return Journal(self.journal_folder / f"{opening.id}.jsonl", opening, planned, [line(head)])

    def resume(self, left: "LeftOver") -> "Journal":
        """The journal of a left-over session, to go on with."""
        journal = Journal(left.path, left.opening, left.record().steps, [], left.hurts)
        journal.active_ms = left.active_ms
        return journal

    def running(self) -> "list[LeftOver]":
        """The sessions that a process is running at this moment."""
        found = (_read_journal(path) for path in self._journals() if _locked(path))
        return [left for left in found if left]

    def left_over(self) -> "list[LeftOver]":
        """The sessions that no process is running any more, the newest first."""
        found = (_read_journal(path) for path in self._journals() if not _locked(path))
        return sorted(filter(None, found), key=lambda left: left.opening.start, reverse=True)

    def close(self, left: "LeftOver") -> None:
        """Turns a left-over journal into records. Raises OSError; then the journal stays."""
        self.write(*left.records())
        left.path.unlink(missing_ok=True)

    def _journals(self) -> list[Path]:
        try:
            return listed(self.journal_folder)
        except OSError:
            return []

    def former_host(self) -> str | None:
        """The name of the machine that this home was copied from, until this one has an id of its own."""
        device, seen = self._noted_device()
        return seen if device and seen != _host() else None

    def _noted_device(self) -> tuple[str, str]:
        """(id, host name) as they were noted; empty where they cannot be read."""
        try:
            device, _, seen = read_regular(self._state / "device", 1000).decode().strip().partition(" ")
        except (OSError, UnicodeDecodeError):
            return "", ""
        return (device, seen) if device.isalnum() else ("", "")

    def _device(self) -> str:
        """This machine's id. A copied home folder that finds itself under another host name takes a new one."""
        device, seen = self._noted_device()
        if device and seen == _host():
            return device
        device = os.urandom(4).hex()
        path = self._state / "device"
        make_folder(path.parent)
        write(path, f"{device} {_host()}\n".encode())
        return device


def _host() -> str:
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")


class Journal:
    """The running session on disk: its opening, then one line for each step that ends.

    What the disk refuses stays in memory and is tried again with the next line; `trouble` says so meanwhile. The file
    is locked while the session runs, so a journal without a lock is a left-over. The leader keeps `active_ms`
    up to date: how long the session takes without its pauses.
    """

    def __init__(
        self, path: Path, opening: Opening, steps: Sequence[StepRecord], lines: list[str], hurts: Sequence[Hurt] = ()
    ) -> None:
        self.opening = opening
        self.active_ms: int | None = None
        self.trouble: str | None = None
        self._hurts = list(hurts)
        self._path = path
        self._steps = list(steps)
        self._file: jsonl.Appending | None = None
        self._waiting = lines
        self.flush()

    def add(self, number: int, step: StepRecord, at: datetime, *, running: bool = False) -> None:
        """How the step with index `number` stands, `running` or at its end; a later line replaces an earlier one."""
        self._steps[number] = step
        fields = {"step": number, "held_ms": step.held_ms, "end": step.end, "at": instant(at)}
        if self.active_ms is not None:
            fields["active_ms"] = self.active_ms
        if running:
            fields["running"] = True
        self._waiting.append(line(fields))
        self.flush()

    def hurt(self, hurt: Hurt) -> None:
        """Something hurt: it goes into the history with the session."""
        self._hurts.append(hurt)
        self._waiting.append(line(fields_of(hurt)))
        self.flush()

    def insert(self, number: int, step: StepRecord) -> None:
        """A step that was not planned comes in at index `number`; those from there on move up by one."""
        self._steps.insert(number, step)
        self._waiting.append(line({"insert": number} | step._asdict()))
        self.flush()

    def flush(self) -> None:
        try:
            if self._file is None:
                file = jsonl.Appending(self._path)
                try:
                    file.lock()
                except OSError:
                    file.close()
                    raise
                self._file = file
            if self._waiting:
                self._file.append(self._waiting)
            self._waiting = []
            self.trouble = None
        except OSError as error:
            self.trouble = f"cannot be saved yet ({reason(error)}): {clean(str(self._path.parent))}"

    def record(self, end: datetime) -> SessionRecord:
        return closed(self.opening, end, self._steps, self.active_ms)

    def records(self, end: datetime) -> tuple[Record, ...]:
        """What goes into the history if the session ends then."""
        return _records(self.record(end), self._hurts)

    def leave(self) -> None:
        """Lets go of the file and leaves it for later."""
        if self._file:
            self._file.close()
            self._file = None

    def remove(self) -> None:
        self.leave()
        self._path.unlink(missing_ok=True)


RECENT = timedelta(weeks=10)
"""How far back a plan for a day looks at the steps of sessions."""
RESUME_WITHIN = timedelta(hours=5)


class LeftOver(NamedTuple):
    """A session that was broken off: what its journal holds of steps that ended, and of the one that was running.

    `inserted` are (index, id of the exercise) of the steps in `planned` that came in on the way, in order.
    """

    path: Path
    opening: Opening
    planned: tuple[StepRecord, ...]
    ended: dict[int, StepRecord]
    running: dict[int, StepRecord]
    last: datetime
    """When the journal was last written to."""
    hurts: tuple[Hurt, ...] = ()
    inserted: tuple[tuple[int, str], ...] = ()
    active_ms: int | None = None
    """How long it took without its pauses, if that is known."""
    unreadable: tuple[str, ...] = ()
    """Sentences on its lines that cannot be read."""

    def record(self) -> SessionRecord:
        held = {**self.running, **self.ended}
        steps = [held.get(number, step) for number, step in enumerate(self.planned)]
        return closed(self.opening, self.last, steps, self.active_ms)

    def records(self) -> tuple[Record, ...]:
        return _records(self.record(), self.hurts)

    def fresh(self, now: datetime) -> bool:
        """Whether it may still be resumed; not if the clock was set back meanwhile."""
        return timedelta(0) <= now - self.last < RESUME_WITHIN and len(self.ended) < len(self.planned)


def _records(session: SessionRecord, hurts: Sequence[Hurt]) -> tuple[Record, ...]:
    """A session in which nothing was held is not worth a record; what hurt is."""
    return (*([session] if any(step.held_ms for step in session.steps) else []), *hurts)


def _not_voided(records: Mapping[str, Record]) -> list[Record]:
    voids = in_force(records.values())
    return [record for each, record in records.items() if each not in voids]


def _year(fields: Mapping[str, Any]) -> str:
    """The year that the fields of a record say: of its day, or else of when it was made."""
    text = str(fields.get("day") or fields.get("from") or fields.get("at"))[:4]
    return text if text.isascii() and text.isdigit() else "0000"


def _read_journal(path: Path) -> LeftOver | None:
    return journal(path, jsonl.numbered(path))


def journal(path: Path, lines: Iterable[tuple[int, dict[str, Any] | Unreadable]]) -> LeftOver | None:
    """What the numbered lines of a journal say; None where not even the first can be read.

    Other lines that cannot be read are passed over, and told in it.
    """
    left: LeftOver | None = None
    unreadable: list[str] = []
    for number, found in lines:
        if isinstance(found, Unreadable):
            unreadable.append(str(found))
            continue
        try:
            left = _with_line(left, found) if left else _begun(path, found)
        except NOT_WHOLE as error:
            unreadable.append(f"{clean(str(path))}:{number}: {fault(error)}")
            if left is None:
                return None
    return left and _within_bounds(left._replace(unreadable=tuple(unreadable)))


def _begun(path: Path, fields: Mapping[str, Any]) -> LeftOver:
    """What the first line of a journal says. Raises one of NOT_WHOLE."""
    if fields.get("kind") != "journal":
        raise ValueError("not the first line of a journal")
    opening = read_opening(fields)
    return LeftOver(path, opening, read_steps(fields["steps"]), {}, {}, opening.start)


def _within_bounds(left: LeftOver) -> LeftOver | None:
    """The left-over, if what becomes of it can be read again."""
    try:
        read_record(fields_of(left.record()))
    except NOT_WHOLE:
        return None
    return left


def _with_line(left: LeftOver, fields: Mapping[str, Any]) -> LeftOver:
    """The left-over with one more line of its journal. Raises one of NOT_WHOLE."""
    if max(len(left.planned), len(left.hurts)) >= MOST_STEPS:
        raise ValueError(f"there are {MOST_STEPS} already")
    if fields.get("kind") == "hurt":
        hurt = KINDS["hurt"].read(fields)
        assert isinstance(hurt, Hurt)
        return left._replace(hurts=(*left.hurts, hurt), last=hurt.at)
    if "insert" in fields:
        number, step = whole(0, len(left.planned))(fields["insert"]), read_step(fields)
        return left._replace(
            planned=(*left.planned[:number], step, *left.planned[number:]),
            ended={key + (key >= number): step for key, step in left.ended.items()},
            running={key + (key >= number): step for key, step in left.running.items()},
            inserted=(*left.inserted, (number, step.exercise)),
        )
    number = whole(0, len(left.planned) - 1)(fields["step"])
    step = read_step({**left.planned[number]._asdict(), **fields})
    left = left._replace(last=read_instant(fields["at"]), active_ms=read_active_ms(fields.get("active_ms")))
    if fields.get("running"):
        return left._replace(running={**left.running, number: step})
    return left._replace(ended={**left.ended, number: step})


def _holds_something(path: Path) -> bool:
    """Not so where a session was killed as it began, or ended while we looked."""
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _locked(path: Path) -> bool:
    """Whether a running process holds the journal."""
    try:
        with jsonl.Appending(path) as file:
            file.lock()
    except OSError:
        return True
    return False
