"""Days on the command line: dates, and words such as yesterday, monday or "7 days ago"."""

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace

    from hiproutine.day.context import Context

WORDS = "a date such as 2026-11-23, today, yesterday, a weekday, or 7-days-ago"
_COMING = "a date such as 2026-12-24, today, tomorrow, a weekday, or in-2-days"
_DAY = timedelta(days=1)
_NAMED = {"today": 0, "yesterday": -1, "tomorrow": 1}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COUNTED = re.compile(r"(?:(in)[ -])?(\d{1,4})[ -](day|week)s?(?(1)|[ -]ago)", re.ASCII)


def since_or_until(args: "Namespace", word: str | None, context: "Context") -> date | None:
    """Read any day; a weekday is its last one, today included. Anything else is a usage error."""
    return None if word is None else _read(args, word, context.today(), coming=False)


def days_of(args: "Namespace", word: str, context: "Context", back: int, ahead: int) -> list[date]:
    """Read a day as `day_of` does, or a span such as 2026-12-24..2027-01-02, both days included."""
    first, span, last = word.partition("..")
    begins = day_of(args, first, context, back, ahead)
    if not span:
        return [begins]
    ends = day_of(args, last, context, back, ahead)
    if ends < begins:
        args.wrong(f"{word} ends before it begins")
    return [begins + number * _DAY for number in range((ends - begins).days + 1)]


def day_of(args: "Namespace", word: str, context: "Context", back: int, ahead: int) -> date:
    """Read a day that is at most `back` days ago and `ahead` days from today; anything else is a usage error.

    A weekday is the coming one where days ahead are allowed, else its last one; today is either.
    """
    from hiproutine.history.calendar import past_midnight

    today = context.today()
    day = _read(args, word, today, coming=bool(ahead))
    if not ahead and day == today + _DAY and past_midnight(context.now(), today):
        day = today  # the calendar's date, while the day before is not over
    if not -back <= (day - today).days <= ahead:
        args.wrong(f"{day} is too far away: the first day is {today - back * _DAY}, the last {today + ahead * _DAY}")
    return day


def _read(args: "Namespace", word: str, today: date, *, coming: bool) -> date:
    lower = word.lower().strip()
    if lower in _NAMED:
        return today + _NAMED[lower] * _DAY
    for number, name in enumerate(_WEEKDAYS):
        if lower in (name, name[:3]):
            return today + ((number - today.weekday()) % 7 if coming else -((today.weekday() - number) % 7)) * _DAY
    try:
        if counted := _COUNTED.fullmatch(lower):
            days = int(counted[2]) * (7 if counted[3] == "week" else 1)
            return today + (days if counted[1] else -days) * _DAY
        if re.fullmatch(r"\d{4}-\d\d-\d\d", word):
            return date.fromisoformat(word)
    except (ValueError, OverflowError):
        args.wrong(f"there is no day {word}")
    args.wrong(f'"{word}" is not a day: write {_COMING if coming else WORDS}')
    raise AssertionError("a usage error ends the program")
