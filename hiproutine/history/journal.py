"""Journals: the sessions that are running, and those that were interrupted, each in a file of this machine.

A journal holds how its session opened, then one line for each step that ends, each hurt and each step inserted.
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
    Hurt,
    Opening,
    Record,
    SessionRecord,
    StepRecord,
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
)
from hiproutine.text import clean, reason

RESUME_WITHIN = timedelta(hours=5)
"""An interrupted session may be resumed for this long."""


class Journal:
    """The journal of the running session.

    What the disk refuses stays in memory and is tried again with the next line; `trouble` says so meanwhile. The file
    is locked while the session runs, so a journal without a lock was interrupted. The runner keeps `active_ms` up to
    date: how long the session takes without its pauses.
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
        """Write how step `number` stands, `running` or at its end; a later line replaces an earlier one."""
        self._steps[number] = step
        fields = {"step": number, "held_ms": step.held_ms, "end": step.end, "at": instant(at)}
        if self.active_ms is not None:
            fields["active_ms"] = self.active_ms
        if running:
            fields["running"] = True
        self._waiting.append(line(fields))
        self.flush()

    def hurt(self, hurt: Hurt) -> None:
        """Write that something hurt; it goes into the history with the session."""
        self._hurts.append(hurt)
        self._waiting.append(line(fields_of(hurt)))
        self.flush()

    def insert(self, number: int, step: StepRecord) -> None:
        """Write that a step was inserted at index `number`; those from there on move up by one."""
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
        """Return what goes into the history if the session ends then."""
        return _records(self.record(end), self._hurts)

    def leave(self) -> None:
        """Close the file and keep it for later."""
        if self._file:
            self._file.close()
            self._file = None

    def remove(self) -> None:
        self.leave()
        self._path.unlink(missing_ok=True)


def begin(folder: Path, opening: Opening, planned: Sequence[StepRecord]) -> Journal:
    """Return a new journal for a session that starts."""
    head = opening_fields(opening) | {"v": VERSION, "kind": "journal", "steps": [step._asdict() for step in planned]}
    return Journal(folder / f"{opening.id}.jsonl", opening, planned, [line(head)])


def resume(session: "Interrupted") -> Journal:
    """Return the journal of an interrupted session, to add to."""
    journal = Journal(session.path, session.opening, session.record().steps, [], session.hurts)
    journal.active_ms = session.active_ms
    return journal


class Interrupted(NamedTuple):
    """An interrupted session, as its journal has it."""

    path: Path
    opening: Opening
    planned: tuple[StepRecord, ...]
    ended: dict[int, StepRecord]
    """By index: the steps that ended."""
    running: dict[int, StepRecord]
    """By index: the step that was running."""
    last: datetime
    """When the journal was last written to."""
    hurts: tuple[Hurt, ...] = ()
    inserted: tuple[tuple[int, str], ...] = ()
    """(index, id of the exercise) of the steps in `planned` that were inserted, in order."""
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
    """A session in which nothing was held makes no record; what hurt does."""
    return (*([session] if any(step.held_ms for step in session.steps) else []), *hurts)


def read(path: Path) -> Interrupted | None:
    """Return what a journal holds; None where not even its first line can be read."""
    return parse(path, jsonl.numbered(path))


def parse(path: Path, lines: Iterable[tuple[int, dict[str, Any] | Unreadable]]) -> Interrupted | None:
    """Return what the numbered lines of a journal say; None where not even the first can be read.

    Other lines that cannot be read are passed over, and reported in it.
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
    """What the first line of a journal says. Raises one of NOT_WHOLE."""
    if fields.get("kind") != "journal":
        raise ValueError("not the first line of a journal")
    opening = read_opening(fields)
    return Interrupted(path, opening, read_steps(fields["steps"]), {}, {}, opening.start)


def _within_bounds(session: Interrupted) -> Interrupted | None:
    """The session, if its record can be read again."""
    try:
        read_record(fields_of(session.record()))
    except NOT_WHOLE:
        return None
    return session


def _with_line(session: Interrupted, fields: Mapping[str, Any]) -> Interrupted:
    """The session with one more line of its journal. Raises one of NOT_WHOLE."""
    if max(len(session.planned), len(session.hurts)) >= MOST_STEPS:
        raise ValueError(f"there are {MOST_STEPS} already")
    if fields.get("kind") == "hurt":
        hurt = KINDS["hurt"].read(fields)
        assert isinstance(hurt, Hurt)
        return session._replace(hurts=(*session.hurts, hurt), last=hurt.at)
    if "insert" in fields:
        number, step = whole(0, len(session.planned))(fields["insert"]), read_step(fields)
        return session._replace(
            planned=(*session.planned[:number], step, *session.planned[number:]),
            ended={key + (key >= number): step for key, step in session.ended.items()},
            running={key + (key >= number): step for key, step in session.running.items()},
            inserted=(*session.inserted, (number, step.exercise)),
        )
    number = whole(0, len(session.planned) - 1)(fields["step"])
    step = read_step({**session.planned[number]._asdict(), **fields})
    session = session._replace(last=read_instant(fields["at"]), active_ms=read_active_ms(fields.get("active_ms")))
    if fields.get("running"):
        return session._replace(running={**session.running, number: step})
    return session._replace(ended={**session.ended, number: step})


def is_running(path: Path) -> bool:
    """Whether a running process holds the journal."""
    try:
        with jsonl.Appending(path) as file:
            file.lock()
    except OSError:
        return True
    return False
