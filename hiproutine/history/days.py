"""Which day a session belongs to, and streaks of days. Pure; days are local dates, fixed when a session starts."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from typing import NamedTuple

from hiproutine.history.records import SessionRecord

ROLLOVER_MIN = 240
"""A day begins at 04:00: who practises after midnight does it for the evening before."""

_DAY = timedelta(days=1)


class Streak(NamedTuple):
    """`current` counts back from today, or from yesterday while today is still open; `best` is the longest ever."""

    day: date
    current: int
    best: int
    done_today: bool

    def words(self) -> str:
        """The streak in a kind sentence."""
        if not self.best:
            return "No day done yet. One finished exercise starts the streak."
        days = f"{self.current} day{'s' * (self.current != 1)} in a row, best {self.best}."
        if self.done_today:
            return f"{days} Today is done."
        return (
            f"{days} Today is still open." if self.current else f"Best so far: {self.best}. Today can start a new one."
        )


def day_of(wall: datetime, rollover_min: int = ROLLOVER_MIN) -> date:
    """The day of a local wall-clock time."""
    return (wall.replace(tzinfo=None) - timedelta(minutes=rollover_min)).date()


def today(now: datetime, sessions: Iterable[SessionRecord]) -> date:
    """The day of `now`; or the next one, if a session was done on it already and travel has set the date back since."""
    day = day_of(now)
    ahead = any(session.day == day + _DAY and session.start <= now for session in sessions)
    return day + _DAY if ahead else day


def done_days(sessions: Iterable[SessionRecord]) -> frozenset[date]:
    return frozenset(session.day for session in sessions if session.counts)


def streak(done: AbstractSet[date], day: date) -> Streak:
    """The streak on `day`. Days after it do not count yet; a `day` not yet practised does not break anything."""
    done = {each for each in done if each <= day}
    current = _run_to(done, day if day in done else day - _DAY)
    best = max((_run_to(done, each) for each in done if each + _DAY not in done), default=0)
    return Streak(day, current, best, day in done)


def last_days(done: AbstractSet[date], day: date, count: int = 7) -> tuple[tuple[date, bool], ...]:
    """The days up to `day`, the oldest first, each with whether it was practised."""
    days = [day - back * _DAY for back in reversed(range(count))]
    return tuple((each, each in done) for each in days)


def _run_to(done: AbstractSet[date], last: date) -> int:
    """The length of the run of done days that ends with `last`."""
    length = 0
    while last - length * _DAY in done:
        length += 1
    return length
