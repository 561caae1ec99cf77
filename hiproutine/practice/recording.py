"""A practised session in the terms of the history: what was planned, and how each step ended."""

import os
from datetime import datetime

from hiproutine.clock import Clock
from hiproutine.coach.session import Session
from hiproutine.history.days import ROLLOVER_MIN, day_of
from hiproutine.history.records import Opening, StepRecord, uuid7
from hiproutine.practice.player import Player
from hiproutine.practice.timeline import Step, Timeline


def opening(session: Session, clock: Clock, app: str) -> Opening:
    """What is fixed at this moment, the start of the session."""
    now: datetime = clock.now()
    offset = now.utcoffset()
    assert offset is not None, "a clock gives aware times"
    return Opening(
        id=uuid7(int(now.timestamp() * 1000), os.urandom(10)),
        day=day_of(now),
        start=now,
        offset_min=int(offset.total_seconds() / 60),
        zone=clock.zone(),
        rollover_min=ROLLOVER_MIN,
        plan=session.plan,
        routine=session.routine,
        app=app,
    )


def planned(timeline: Timeline) -> list[StepRecord]:
    """Every step as it stands before it is practised."""
    return [_record(step, 0, "skipped") for step in timeline.steps]


def ended(player: Player, step: int) -> StepRecord:
    """A step as the player has left it."""
    return _record(player.timeline.steps[step], player.held_ms[step], player.end_of(step))


def _record(step: Step, held_ms: int, end: str) -> StepRecord:
    return StepRecord(step.exercise.id, step.exercise.name, step.side, step.planned_ms, held_ms, end)
