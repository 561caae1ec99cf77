"""The former place of what is in `calendar` and `streak`."""

from collections.abc import Iterable
from datetime import date, datetime

from hiproutine.history.calendar import day_of, day_start_min, over_at, past_midnight, week_of
from hiproutine.history.past import Past
from hiproutine.history.records import SessionRecord
from hiproutine.history.streak import HALF_LIFE_DAYS, Streak, done_days, goal_on, last_days, streak

ROLLOVER_MIN = day_start_min


def today(now: datetime, sessions: Iterable[SessionRecord]) -> date:
    return Past(sessions).today(now)


__all__ = [
    "HALF_LIFE_DAYS",
    "ROLLOVER_MIN",
    "Streak",
    "day_of",
    "done_days",
    "goal_on",
    "last_days",
    "over_at",
    "past_midnight",
    "streak",
    "today",
    "week_of",
]
