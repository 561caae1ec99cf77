"""The history on disk: one append-only file per device and year, and a journal for each session that is running."""

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from hiproutine.history import files
from hiproutine.history.files import Unreadable
from hiproutine.history.records import (
    KINDS,
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
    Void,
    closed,
    fields_of,
    instant,
    line,
    opening_fields,
    read_instant,
    read_opening,
    read_step,
)
from hiproutine.regular import read_regular
from hiproutine.text import clean


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


class Store:
    """The history in `folder`, which the user may share between machines, and this machine's `state` folder."""

    def __init__(self, folder: Path, state: Path) -> None:
        self._folder = folder
        self._state = state

    def read(self) -> Past:
        """Everything that was done, sessions that are still journalled included."""
        records: dict[str, Record] = {}
        unreadable: list[str] = []
        try:
            paths = _listed(self._folder)
        except OSError as error:
            paths = []
            unreadable.append(f"{clean(str(self._folder))}: {error.strerror}")
        for path in paths:
            for found in files.read(path):
                try:
                    # What a newer version wrote, and kinds that this one does not know, are kept and passed over.
                    match found:
                        case Unreadable():
                            unreadable.append(str(found))
                        case {"v": 1, "kind": str(kind)} if kind in KINDS:
                            record = KINDS[kind].read(found)
                            records.setdefault(record.id, record)
                except NOT_WHOLE as error:
                    unreadable.append(f"{clean(str(path))}: record {clean(str(found))[:60]}: {error}")
        for path in self._journals():
            left = _read_journal(path)
            if left:
                records.update({record.id: record for record in left.records() if record.id not in records})
            else:
                unreadable.append(f"{clean(str(path))}: not a whole journal")
        voided = {void.ref for void in _of(Void, records.values())}
        kept = [record for record in records.values() if record.id not in voided]
        return Past(
            sessions=tuple(sorted(_of(SessionRecord, kept), key=lambda session: session.start)),
            unreadable=tuple(unreadable),
            pains=_by_day(_of(Pain, kept)),
            hurts=_by_day(_of(Hurt, kept)),
            checks=_by_day(_of(Check, kept)),
            rests=_by_day(_of(Rest, kept)),
            goals=_by_day(_of(Goal, kept)),
        )

    def write(self, *records: Record) -> None:
        """Adds records, each to the file of this device and the year of its day. Raises OSError."""
        for year, group in groupby(sorted(records, key=_year), key=_year):
            path = self._folder / f"{self._device()}-{year}.jsonl"
            files.append(path, [line(fields_of(record)) for record in group])

    def begin(self, opening: Opening, planned: Sequence[StepRecord]) -> "Journal":
        """A journal for a session that starts."""
        head = opening_fields(opening) | {
            "v": VERSION,
            "kind": "journal",
            "steps": [step._asdict() for step in planned],
        }
        return Journal(self._state / "journal" / f"{opening.id}.jsonl", opening, planned, [line(head)])

    def resume(self, left: "LeftOver") -> "Journal":
        """The journal of a left-over session, to go on with."""
        return Journal(left.path, left.opening, left.record().steps, [], left.hurts)

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
            return _listed(self._state / "journal")
        except OSError:
            return []

    def _device(self) -> str:
        """This machine's id. A copied home folder that finds itself under another host name takes a new one."""
        path = self._state / "device"
        host = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
        try:
            device, _, seen = read_regular(path, 1000).decode().strip().partition(" ")
        except (OSError, UnicodeDecodeError):
            device, seen = "", ""
        if seen == host and device.isalnum():
            return device
        device = os.urandom(4).hex()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f"device.{os.getpid()}")
        fresh.write_text(f"{device} {host}\n", encoding="utf-8")
        fresh.replace(path)
        return device


class Journal:
    """The running session on disk: its opening, then one line for each step that ends.

    What the disk refuses stays in memory and is tried again with the next line; `trouble` says so meanwhile. The file
    is locked while the session runs, so a journal without a lock is a left-over.
    """

    def __init__(
        self, path: Path, opening: Opening, steps: Sequence[StepRecord], lines: list[str], hurts: Sequence[Hurt] = ()
    ) -> None:
        self.opening = opening
        self.trouble: str | None = None
        self._hurts = list(hurts)
        self._path = path
        self._steps = list(steps)
        self._file: files.Appending | None = None
        self._waiting = lines
        self.flush()

    def add(self, number: int, step: StepRecord, at: datetime, *, running: bool = False) -> None:
        """How the step with index `number` stands, `running` or at its end; a later line replaces an earlier one."""
        self._steps[number] = step
        fields = {"step": number, "held_ms": step.held_ms, "end": step.end, "at": instant(at)}
        self._waiting.append(line(fields | ({"running": True} if running else {})))
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
                file = files.Appending(self._path)
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
            self.trouble = f"cannot be saved yet ({error.strerror or error}): {self._path.parent}"

    def record(self, end: datetime) -> SessionRecord:
        return closed(self.opening, end, self._steps)

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

    def record(self) -> SessionRecord:
        held = {**self.running, **self.ended}
        return closed(self.opening, self.last, [held.get(number, step) for number, step in enumerate(self.planned)])

    def records(self) -> tuple[Record, ...]:
        return _records(self.record(), self.hurts)

    def fresh(self, now: datetime) -> bool:
        """Whether it may still be resumed; not if the clock was set back meanwhile."""
        return timedelta(0) <= now - self.last < RESUME_WITHIN and len(self.ended) < len(self.planned)


def _records(session: SessionRecord, hurts: Sequence[Hurt]) -> tuple[Record, ...]:
    """A session in which nothing was held is not worth a record; what hurt is."""
    return (*([session] if any(step.held_ms for step in session.steps) else []), *hurts)


_Kind = TypeVar("_Kind", bound=Record)
_Dated = TypeVar("_Dated", Pain, Hurt, Check, Rest, Goal)


def _of(kind: type[_Kind], records: Iterable[Record]) -> list[_Kind]:
    return [record for record in records if isinstance(record, kind)]


def _by_day(records: Iterable[_Dated]) -> tuple[_Dated, ...]:
    return tuple(sorted(records, key=lambda record: (record.day, record.at, record.id)))


def _year(record: Record) -> int:
    return record.day.year


def _listed(folder: Path) -> list[Path]:
    """The files of a folder; none where there is no folder. Raises OSError where they cannot be seen."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".jsonl")
    except FileNotFoundError:
        return []


def _read_journal(path: Path) -> LeftOver | None:
    """None where not even the first line can be read; other lines that cannot be are passed over."""
    lines = [found for found in files.read(path) if not isinstance(found, Unreadable)]
    try:
        opening = read_opening(lines[0])
        planned = tuple(read_step(step) for step in lines[0]["steps"])
    except (*NOT_WHOLE, IndexError):
        return None
    left = LeftOver(path, opening, planned, {}, {}, opening.start)
    for fields in lines[1:]:
        try:
            left = _with_line(left, fields)
        except NOT_WHOLE:
            continue
    return left


def _with_line(left: LeftOver, fields: Mapping[str, Any]) -> LeftOver:
    """The left-over with one more line of its journal. Raises one of NOT_WHOLE."""
    if fields.get("kind") == "hurt":
        hurt = KINDS["hurt"].read(fields)
        assert isinstance(hurt, Hurt)
        return left._replace(hurts=(*left.hurts, hurt), last=hurt.at)
    if "insert" in fields:
        number, step = int(fields["insert"]), read_step(fields)
        if not 0 <= number <= len(left.planned):
            raise ValueError(f"there is no place {number} for a step")
        return left._replace(
            planned=(*left.planned[:number], step, *left.planned[number:]),
            ended={key + (key >= number): step for key, step in left.ended.items()},
            running={key + (key >= number): step for key, step in left.running.items()},
            inserted=(*left.inserted, (number, step.exercise)),
        )
    number = fields["step"]
    step = read_step({**dict(enumerate(left.planned))[number]._asdict(), **fields})
    last = read_instant(fields["at"])
    if fields.get("running"):
        return left._replace(running={**left.running, number: step}, last=last)
    return left._replace(ended={**left.ended, number: step}, last=last)


def _locked(path: Path) -> bool:
    """Whether a running process holds the journal."""
    try:
        with files.Appending(path) as file:
            file.lock()
    except OSError:
        return True
    return False
