"""The history on disk: one append-only file per device and year, and a journal for each session that is running."""

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain, groupby
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from hiproutine.history import jsonl, summaries
from hiproutine.history.folder import Content, content, listed, union
from hiproutine.history.jsonl import Unreadable
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
    VideoNote,
    Void,
    closed,
    fields_of,
    instant,
    line,
    opening_fields,
    read_instant,
    read_opening,
    read_step,
    written,
)
from hiproutine.regular import read_regular
from hiproutine.text import clean

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
        kept = _not_voided(records)
        others = [record for record in kept if not isinstance(record, SessionRecord)]
        return Past(
            sessions=tuple(sorted(_of(SessionRecord, kept), key=lambda session: (session.opening.start, session.id))),
            unreadable=tuple(unreadable),
            pains=_by_day(_of(Pain, others)),
            hurts=_by_day(_of(Hurt, others)),
            checks=_by_day(_of(Check, others)),
            rests=_by_day(_of(Rest, others)),
            goals=_by_day(_of(Goal, others)),
            videos=_by_day(_of(VideoNote, others)),
        )

    def newest(self) -> Record | None:
        """What was written down last, of what was not taken back; not a session that is still journalled."""
        kept = [record for record in _not_voided(self._records(date.min)[0]) if not isinstance(record, Void)]
        return max(kept, key=lambda record: (written(record), record.id), default=None)

    def contents(self) -> dict[Path, Content]:
        """What each file of the history folder holds. Raises OSError if the folder cannot be seen."""
        return {path: content(path) for path in listed(self._folder)}

    def _records(self, steps_since: date) -> tuple[dict[str, Record], list[str]]:
        """What stands in the folder by its id, and what of it cannot be read."""
        try:
            contents = [self._content(path, steps_since) for path in listed(self._folder)]
        except OSError as error:
            return {}, [f"{clean(str(self._folder))}: {error.strerror}"]
        records = union(record for each in contents for record in each.records)
        return records, [sentence for each in contents for sentence in each.unreadable]

    def _content(self, path: Path, steps_since: date) -> Content:
        if self._cache is None or steps_since == date.min:
            return content(path)
        found = summaries.content(path, self._cache)
        recent = any(isinstance(each, SessionRecord) and each.day >= steps_since for each in found.records)
        return content(path) if recent else found

    def write(self, *records: Record) -> None:
        """Adds records, each to the file of this device and the year of its day. Raises OSError."""
        self._append(map(fields_of, records))

    def take_in(self, lines: Iterable[Mapping[str, Any]]) -> None:
        """Adds records of elsewhere, of unknown kinds too; not among those that this device made. Raises OSError."""
        self._append(lines, "-imported")

    def _append(self, lines: Iterable[Mapping[str, Any]], mark: str = "") -> None:
        for year, group in groupby(sorted(lines, key=_year), key=_year):
            path = self._folder / f"{self._device()}{mark}-{year}.jsonl"
            jsonl.append(path, [line(fields) for fields in group])

    def lines(self) -> list[dict[str, Any]]:
        """The fields of all records, of unknown kinds too. Raises OSError if the folder cannot be seen."""
        found = chain.from_iterable(map(jsonl.read, listed(self._folder)))
        return [fields for fields in found if not isinstance(fields, Unreadable)]

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
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f"device.{os.getpid()}")
        fresh.write_text(f"{device} {_host()}\n", encoding="utf-8")
        fresh.replace(path)
        return device


def _host() -> str:
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")


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
        self._file: jsonl.Appending | None = None
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


def _not_voided(records: Mapping[str, Record]) -> list[Record]:
    voided = {void.ref for void in _of(Void, records.values())}
    return [record for each, record in records.items() if each not in voided]


_Kind = TypeVar("_Kind", bound=Record)
_Dated = TypeVar("_Dated", Pain, Hurt, Check, Rest, Goal, VideoNote)


def _of(kind: type[_Kind], records: Iterable[Record]) -> list[_Kind]:
    return [record for record in records if isinstance(record, kind)]


def _by_day(records: Iterable[_Dated]) -> tuple[_Dated, ...]:
    return tuple(sorted(records, key=lambda record: (record.day, record.at, record.id)))


def _year(fields: Mapping[str, Any]) -> str:
    """The year that the fields of a record say: of its day, or else of when it was made."""
    text = str(fields.get("day") or fields.get("from") or fields.get("at"))[:4]
    return text if text.isascii() and text.isdigit() else "0000"


def _read_journal(path: Path) -> LeftOver | None:
    """None where not even the first line can be read; other lines that cannot be are passed over."""
    lines = [found for found in jsonl.read(path) if not isinstance(found, Unreadable)]
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
