"""A practised session in the terms of the history: what was planned, and how each step ended."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from hiproutine.catalogue.prescription import load_of
from hiproutine.clock import Clock
from hiproutine.coach.session import Session
from hiproutine.errors import HiproutineError
from hiproutine.history import calendar
from hiproutine.history.making import effort, new_id
from hiproutine.history.records import (
    TOO_EASY,
    ChangeRecord,
    Effort,
    Hurt,
    Opening,
    Record,
    SessionRecord,
    StepRecord,
    closed,
)
from hiproutine.practice.player import Player, begin
from hiproutine.practice.timeline import Step, Timeline
from hiproutine.practice.words import effort_words
from hiproutine.text import clock_length

LATE_DAYS = 7
"""A session may be logged this many days later."""
REST_PAST_DAYS = 31
REST_AHEAD_DAYS = 366
"""A rest day may be declared this many days later, and earlier."""
_DAY_MS = 86_400_000


def opening(session: Session, clock: Clock, app: str) -> Opening:
    """Return what is fixed at this moment, the start of the session."""
    now: datetime = clock.now()
    offset = now.utcoffset()
    assert offset is not None, "a clock gives aware times"
    return Opening(
        id=new_id(now),
        day=calendar.day_of(now),
        start=now,
        offset_min=int(offset.total_seconds() / 60),
        zone=clock.zone(),
        rollover_min=calendar.day_start_min,
        plan=session.plan,
        routine=session.routine,
        app=app,
        micro_break=session.micro_break,
        left_out=session.left_out,
    )


def planned(timeline: Timeline) -> list[StepRecord]:
    """Return every step as it is before it is practised."""
    return [_record(step, 0, "skipped") for step in timeline.steps]


def ended(player: Player, step: int) -> StepRecord:
    """Return a step as the player ended it."""
    record = _record(player.timeline.steps[step], player.held_ms[step], player.end_of(step))
    change, took_ms = player.timeline.steps[step].change, player.change_ms.get(step)
    if change is None or took_ms is None:
        return record
    return record._replace(change=ChangeRecord(change.kind, change.usual_ms, took_ms))


def logged(
    course: tuple[Session, Timeline, object], clock: Clock, app: str, day: date, minutes: int | None = None
) -> SessionRecord:
    """Return the session as if practised without a pause, or its first `minutes`: from noon, or just now if sooner.

    Raises HiproutineError if it takes fewer minutes than that, or more than a day.
    """
    session, line, _ = course
    if minutes and minutes * 60_000 > line.total_ms:
        raise HiproutineError(
            f"{session.plan} takes {clock_length(line.total_ms)} min; leave --minutes out if it was done in full"
        )
    length_ms = minutes * 60_000 if minutes else line.total_ms
    if length_ms > _DAY_MS:
        raise HiproutineError(f"{session.plan} takes more than a day; say with --minutes how much of it was done")
    played = begin(line, {}, {}).player.advance(length_ms).player
    now = clock.now()
    start = min(datetime.combine(day, time(12), now.tzinfo), now - timedelta(milliseconds=length_ms))
    started = opening(session, clock, app)._replace(day=day, start=start)
    steps = [ended(played, number)._replace(change=None) for number in range(len(line.steps))]
    return closed(started, start + timedelta(milliseconds=length_ms), steps)._replace(logged_at=now)


def felt(
    now: datetime, session: Opening, known: Iterable[Record], *, exercise: str, name: str, how: str
) -> tuple[tuple[Effort, ...], str]:
    """Return the record of how an exercise felt, and what follows; what hurt in its session is never too easy.

    `known` has what hurt in the session, among other records.
    """
    if how == TOO_EASY and any(
        isinstance(each, Hurt) and (each.session, each.exercise) == (session.id, exercise) for each in known
    ):
        return (), f"{name} hurt in this session, so it does not count as too easy."
    return (effort(now, session.day, session.id, exercise, how),), effort_words(name, how)


def _record(step: Step, held_ms: int, end: str) -> StepRecord:
    load = load_of(step.prescription)
    return StepRecord(step.exercise.id, step.exercise.name, step.side, step.planned_ms, held_ms, end, load)
