"""Journals: running and interrupted sessions, each in a file of this machine.

A journal holds the opening of its session, then a line for each finished step, each hurt and each change of the plan.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from hiproutine.history import jsonl
from hiproutine.history.jsonl import Unreadable
from hiproutine.history.records import (
    KINDS,
    MOST_STEPS,
    NOT_WHOLE,
    VERSION,
    Effort,
    Hurt,
    Opening,
    Record,
    SessionRecord,
    StepRecord,
    change_fields,
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
    step_fields,
    whole,
)
from hiproutine.text import clean, reason

RESUME_WITHIN = timedelta(hours=5)
"""An interrupted session may be resumed for this long."""
_LONGEST_MS = 86_400_000
Note = Hurt | Effort
"""An answer about an exercise during the session."""


class Inserted(NamedTuple):
    """A step of another exercise."""

    step: int
    exercise: str


class Counted(NamedTuple):
    """Other numbers of sets, as (step, sets), when there were other minutes left in step `running`."""

    sets: tuple[tuple[int, int], ...]
    running: int


class Halved(NamedTuple):
    """What was left of an exercise after a step of it, halved because that hurt."""

    step: int


class Adjusted(NamedTuple):
    """Another length of a part of a step."""

    step: int
    part: int
    ms: int


Change = Inserted | Counted | Halved | Adjusted
"""A change of the plan on the way; the indexes of steps are those of its moment."""


class Journal:
    """The journal of the running session.

    Lines that cannot be written stay in memory and are retried with the next one; meanwhile `trouble` says why. The
    file is locked while the session runs, so a journal without a lock was interrupted. The runner updates `active_ms`,
    the duration of the session without pauses.
    """

    def __init__(
        self, path: Path, opening: Opening, steps: Sequence[StepRecord], lines: list[str], notes: Sequence[Note] = ()
    ) -> None:
        self.opening = opening
        self.active_ms: int | None = None
        self.trouble: str | None = None
        self.notes = list(notes)
        self._path = path
        self._steps = list(steps)
        self._file: jsonl.Appending | None = None
        self._waiting = lines
        self.flush()

    def add(self, number: int, step: StepRecord, at: datetime, *, running: bool = False) -> None:
        """Write the state of step `number`, `running` or finished; a later line replaces an earlier one."""
        self._steps[number] = step
        fields = {"step": number, "held_ms": step.held_ms, "end": step.end, "at": instant(at), **change_fields(step)}
        if self.active_ms is not None:
            fields["active_ms"] = self.active_ms
        if running:
            fields["running"] = True
        self._waiting.append(line(fields))
        self.flush()

    def note(self, note: Note) -> None:
        """Write a hurt, or how an exercise felt, which goes into the history with the session."""
        self.notes.append(note)
        self._waiting.append(line(fields_of(note)))
        self.flush()

    def insert(self, number: int, step: StepRecord) -> None:
        """Write a step inserted at index `number`; later steps move up by one."""
        self._steps.insert(number, step)
        self._waiting.append(line({"insert": number} | step_fields(step)))
        self.flush()

    def change(self, change: Counted | Halved | Adjusted) -> None:
        """Write a change of the plan."""
        match change:
            case Counted(sets, running):
                fields: dict[str, Any] = {"sets": sets, "running": running}
                for number in _restored(change, dict(enumerate(self._steps))):
                    self._steps[number] = self._steps[number]._replace(end="skipped")
            case Halved(step):
                fields = {"halved": step}
            case Adjusted(step, part, ms):
                fields = {"adjusted": step, "part": part, "ms": ms}
        self._waiting.append(line(fields))
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
        """Return the records of the session if it ends then."""
        return _records(self.record(end), self.notes)

    def leave(self) -> None:
        """Close the file and keep it for later."""
        if self._file:
            self._file.close()
            self._file = None

    def remove(self) -> None:
        self.leave()
        self._path.unlink(missing_ok=True)


def begin(folder: Path, opening: Opening, planned: Sequence[StepRecord]) -> Journal:
    """Return a new journal for a starting session."""
    head = opening_fields(opening) | {"v": VERSION, "kind": "journal", "steps": [step_fields(step) for step in planned]}
    return Journal(folder / f"{opening.id}.jsonl", opening, planned, [line(head)])


def resume(session: "Interrupted") -> Journal:
    """Return the journal of an interrupted session, to add to."""
    journal = Journal(session.path, session.opening, session.record().steps, [], session.notes)
    journal.active_ms = session.active_ms
    return journal


class Interrupted(NamedTuple):
    """An interrupted session, as read from its journal."""

    path: Path
    opening: Opening
    planned: tuple[StepRecord, ...]
    ended: dict[int, StepRecord]
    """Finished steps, by index."""
    running: dict[int, StepRecord]
    """The step that was running, by index."""
    last: datetime
    """Time of the last write to the journal."""
    notes: tuple[Note, ...] = ()
    changes: tuple[Change, ...] = ()
    """In order; the inserted steps are in `planned` already."""
    active_ms: int | None = None
    """Duration without pauses, if known."""
    unreadable: tuple[str, ...] = ()
    """Sentences on unreadable lines."""

    def record(self) -> SessionRecord:
        held = {**self.running, **self.ended}
        steps = [held.get(number, step) for number, step in enumerate(self.planned)]
        return closed(self.opening, self.last, steps, self.active_ms)

    def records(self) -> tuple[Record, ...]:
        return _records(self.record(), self.notes)

    def fresh(self, now: datetime) -> bool:
        """Whether it may still be resumed; False if the clock was set back meanwhile."""
        return timedelta(0) <= now - self.last < RESUME_WITHIN and len(self.ended) < len(self.planned)


def _records(session: SessionRecord, notes: Sequence[Note]) -> tuple[Record, ...]:
    """Return the records of a session; without any time held, only its notes."""
    return (*([session] if any(step.held_ms for step in session.steps) else []), *notes)


def read(path: Path) -> Interrupted | None:
    """Return the session in a journal; None if its first line cannot be read."""
    return parse(path, jsonl.numbered(path))


def parse(path: Path, lines: Iterable[tuple[int, dict[str, Any] | Unreadable]]) -> Interrupted | None:
    """Return the session in the numbered lines of a journal; None if the first line cannot be read.

    Other unreadable lines are skipped, and reported in `unreadable`.
    """
    session: Interrupted | None = None
    unreadable: list[str] = []
    for number, fields in lines:
        if isinstance(fields, Unreadable):
            unreadable.append(str(fields))
            continue
        try:
            session = _with_line(session, fields) if session else _opened(path, fields)
        except NOT_WHOLE as error:
            unreadable.append(f"{clean(str(path))}:{number}: {fault(error)}")
            if session is None:
                return None
    return session and _within_bounds(session._replace(unreadable=tuple(unreadable)))


def _opened(path: Path, fields: Mapping[str, Any]) -> Interrupted:
    """Return the session that the first line opens. Raises one of NOT_WHOLE."""
    if fields.get("kind") != "journal":
        raise ValueError("not the first line of a journal")
    opening = read_opening(fields)
    return Interrupted(path, opening, read_steps(fields["steps"]), {}, {}, opening.start)


def _within_bounds(session: Interrupted) -> Interrupted | None:
    """Return the session if its record could be read again, else None."""
    try:
        read_record(fields_of(session.record()))
    except NOT_WHOLE:
        return None
    return session


def _with_line(session: Interrupted, fields: Mapping[str, Any]) -> Interrupted:
    """Return the session with another line of its journal applied. Raises one of NOT_WHOLE."""
    if max(map(len, (session.planned, session.notes, session.changes))) >= MOST_STEPS:
        raise ValueError(f"there are {MOST_STEPS} already")
    if fields.get("kind") in ("hurt", "effort"):
        note = KINDS[fields["kind"]].read(fields)
        assert isinstance(note, Hurt | Effort)
        return session._replace(notes=(*session.notes, note), last=note.at)
    if "insert" in fields:
        number, step = whole(0, len(session.planned))(fields["insert"]), read_step(fields)
        return session._replace(
            planned=(*session.planned[:number], step, *session.planned[number:]),
            ended={key + (key >= number): step for key, step in session.ended.items()},
            running={key + (key >= number): step for key, step in session.running.items()},
            changes=(*session.changes, Inserted(number, step.exercise)),
        )
    if change := _read_change(fields, len(session.planned) - 1):
        gone = _restored(change, session.ended) if isinstance(change, Counted) else ()
        return session._replace(
            ended={number: step for number, step in session.ended.items() if number not in gone},
            changes=(*session.changes, change),
        )
    number = whole(0, len(session.planned) - 1)(fields["step"])
    step = read_step({**session.planned[number]._asdict(), **fields})
    session = session._replace(last=read_instant(fields["at"]), active_ms=read_active_ms(fields.get("active_ms")))
    if fields.get("running"):
        return session._replace(running={**session.running, number: step})
    return session._replace(ended={**session.ended, number: step})


def _read_change(fields: Mapping[str, Any], last: int) -> Counted | Halved | Adjusted | None:
    """Return the change of a line; None if it is another kind of line. Raises one of NOT_WHOLE."""
    number = whole(0, last)
    if "sets" in fields:
        sets = tuple((number(step), whole(0, MOST_STEPS)(count)) for step, count in fields["sets"])
        return Counted(sets, number(fields["running"]))
    if "halved" in fields:
        return Halved(number(fields["halved"]))
    if "adjusted" in fields:
        part, ms = whole(0, MOST_STEPS)(fields["part"]), whole(0, _LONGEST_MS)(fields["ms"])
        return Adjusted(number(fields["adjusted"]), part, ms)
    return None


def _restored(change: Counted, steps: Mapping[int, StepRecord]) -> list[int]:
    """Return the steps that were omitted, and have sets again."""
    return [number for number, count in change.sets if count and number in steps and steps[number].no_time]


def is_running(path: Path) -> bool:
    """Whether a running process holds the lock of the journal."""
    try:
        with jsonl.Appending(path) as file:
            file.lock()
    except OSError:
        return True
    return False
