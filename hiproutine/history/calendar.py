"""The calendar of practice: which day a moment belongs to, when that day ends, and when weeks start. Pure."""

from datetime import date, datetime, time, timedelta

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = timedelta(days=1)
day_start_min = 4 * 60
"""Start of a day in minutes after midnight: practice before it counts for the evening before.

The only place that says it, read when a day is asked for; a session keeps the answer, for its day never changes.
"""


def day_of(wall: datetime) -> date:
    """Return the day of a local wall-clock time."""
    return (wall.replace(tzinfo=None) - timedelta(minutes=day_start_min)).date()


def past_midnight(now: datetime, day: date) -> bool:
    """Whether the date has changed already while it is still `day`."""
    return day < now.date()


def over_at(now: datetime) -> datetime:
    """Return when the day of `now` ends, by the clock of `now`."""
    return datetime.combine(day_of(now) + _DAY, time(), now.tzinfo) + timedelta(minutes=day_start_min)


def week_of(day: date, starts: str) -> date:
    """Return the first day of the week of `day`, where weeks start on that word of WEEKDAYS."""
    return day - (day.weekday() - WEEKDAYS.index(starts)) % 7 * _DAY
