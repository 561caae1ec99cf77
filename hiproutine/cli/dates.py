"""Days on the command line: dates, and words such as yesterday."""

import re
from argparse import ArgumentTypeError
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace

    from hiproutine.day.context import Context

_DAY = timedelta(days=1)
_NAMED = {"today": 0, "yesterday": -1, "tomorrow": 1}


def date_of(word: str) -> date:
    """Read a date such as 2026-11-23. Raises ArgumentTypeError."""
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise ArgumentTypeError(f'"{word}" is not a date such as 2026-11-23') from None


def day_of(args: "Namespace", word: str, home: "Context", back: int, ahead: int) -> date:
    """Read a date or a word, at most `back` days ago and `ahead` days from today. Ends as wrong usage otherwise."""
    from hiproutine.history.calendar import past_midnight

    today = home.today()
    if word in _NAMED:
        day = today + _NAMED[word] * _DAY
    elif re.fullmatch(r"\d{4}-\d\d-\d\d", word):
        try:
            day = date.fromisoformat(word)
        except ValueError:
            args.wrong(f"there is no day {word}")
    else:
        args.wrong(f'"{word}" is not a day: write {", ".join(_NAMED)} or a date such as {today}')
    if not ahead and day == today + _DAY and past_midnight(home.now(), today):
        day = today  # the calendar's date, while the day before is not over
    if not -back <= (day - today).days <= ahead:
        args.wrong(f"{day} is too far away: the first day is {today - back * _DAY}, the last {today + ahead * _DAY}")
    return day
