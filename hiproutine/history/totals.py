"""Totals of sessions: time held by week and by exercise. Pure; all times in ms."""

from collections import Counter
from datetime import date, timedelta
from typing import NamedTuple

from hiproutine.history.calendar import week_of
from hiproutine.history.past import Past
from hiproutine.history.records import Goal, SessionRecord
from hiproutine.history.streak import goal_on

WEEKS = 8


class ExerciseTotal(NamedTuple):
    """Time held in one exercise, by side; `both_ms` is for exercises without sides."""

    exercise: str
    name: str
    sessions: int
    left_ms: int
    right_ms: int
    both_ms: int
    last_day: date
    load: str | None
    """The load added the last time, such as `4 kg`."""

    @property
    def title(self) -> str:
        """The name, with the load if there was any."""
        return f"{self.name}, {self.load}" if self.load else self.name


class Totals(NamedTuple):
    """Totals of all sessions up to a day; `by_week` has (first day, ms) of the last weeks, oldest first."""

    sessions: int
    days: int
    """The days that are done."""
    session_days: int
    """The days with a session, in which perhaps no exercise was finished."""
    held_ms: int
    first_day: date | None
    by_week: tuple[tuple[date, int], ...]
    by_exercise: tuple[ExerciseTotal, ...]


def totals(past: Past, day: date) -> Totals:
    """Return the totals as of `day`; exercises sorted by time, longest first."""
    sessions = [session for session in past.of(SessionRecord) if session.day <= day]
    starts = goal_on(past.of(Goal), day).week_starts
    weekly = Counter[date]()
    times = Counter[tuple[str, str | None]]()
    within = Counter[str]()
    names: dict[str, str] = {}
    last: dict[str, date] = {}
    loads: dict[str, str | None] = {}
    for session in sessions:
        for step in session.steps:
            weekly[week_of(session.day, starts)] += step.held_ms
            times[step.exercise, step.side] += step.held_ms
        held = {step.exercise: step.name for step in session.steps if step.held_ms}
        within.update(list(held))
        names |= held
        last |= dict.fromkeys(held, session.day)
        loads |= {step.exercise: step.load for step in session.steps if step.held_ms}
    exercises = [
        ExerciseTotal(
            exercise=each,
            name=name,
            sessions=within[each],
            left_ms=times[each, "left"],
            right_ms=times[each, "right"],
            both_ms=times[each, None],
            last_day=last[each],
            load=loads[each],
        )
        for each, name in names.items()
    ]
    this_week = week_of(day, starts)
    weeks = [this_week - back * timedelta(weeks=1) for back in reversed(range(WEEKS))]
    return Totals(
        sessions=len(sessions),
        days=len({session.day for session in sessions if session.counts}),
        session_days=len({session.day for session in sessions}),
        held_ms=sum(weekly.values()),
        first_day=min((session.day for session in sessions), default=None),
        by_week=tuple((week, weekly[week]) for week in weeks),
        by_exercise=tuple(sorted(exercises, key=lambda each: -(each.left_ms + each.right_ms + each.both_ms))),
    )
