"""Reminders: when they are due, and the command that a scheduler of the system runs then. Pure."""

import re
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

_MOST = 100
_TIME = re.compile(r"(\d{1,2}):(\d\d)", re.ASCII)
_SATURDAY = 5


class Kind(StrEnum):
    """The subject of a reminder."""

    SESSION = "session"
    BREAK = "break"


LATEST: Mapping[Kind, timedelta] = {Kind.SESSION: timedelta(hours=3), Kind.BREAK: timedelta(minutes=15)}
"""Maximum delay of a reminder, such as after the computer slept; our choice."""


class Reminder(NamedTuple):
    """The times of one kind of reminder, each day or from Monday to Friday only."""

    kind: Kind
    times: tuple[time, ...]
    weekdays: bool = False

    @property
    def words(self) -> str:
        """The reminder as a sentence says it."""
        return f"{', '.join(map(_written, self.times))}, {'Monday to Friday' if self.weekdays else 'every day'}"

    @property
    def arguments(self) -> list[str]:
        """The arguments of hiproutine for a scheduler."""
        at = ",".join(map(_written, self.times))
        return ["remind", "now", "--for", self.kind, "--at", at, *(["--weekdays"] if self.weekdays else [])]

    def is_due(self, now: datetime) -> bool:
        """Whether one of its times has come, not too long ago; always without times."""
        return not self.times or any(
            at <= now <= at + LATEST[self.kind]
            for days in (0, 1)
            for each in self.times
            if self._holds_on(at := _at(each, now - timedelta(days=days)))
        )

    def _holds_on(self, at: datetime) -> bool:
        return not self.weekdays or at.weekday() < _SATURDAY


def of_program(arguments: Sequence[str]) -> list[str]:
    """Return hiproutine's command with the full path of the interpreter, which never looks in the working folder."""
    return [sys.executable, "-P", "-m", "hiproutine", *arguments]


def of_arguments(words: Sequence[str]) -> Reminder | None:
    """Return the reminder whose `arguments` end these words; None if there are none."""
    for kind in Kind:
        match list(words):
            case [*_, "remind", "now", "--for", kind.value, "--at", at, "--weekdays"]:
                return Reminder(kind, times(at), weekdays=True)
            case [*_, "remind", "now", "--for", kind.value, "--at", at]:
                return Reminder(kind, times(at))
    return None


def times(words: str) -> tuple[time, ...]:
    """Read such as `08:00,17:30`, sorted. Raises ValueError with a sentence."""
    found = {time_of(word) for word in words.split(",")}
    if len(found) > _MOST:
        raise ValueError(f"more than {_MOST} times")
    return tuple(sorted(found))


def time_of(word: str) -> time:
    """Read such as `8:00`. Raises ValueError with a sentence."""
    match = _TIME.fullmatch(word.strip())
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise ValueError(f'"{word}" is not a time such as 08:00')
    return time(int(match[1]), int(match[2]))


def every(minutes: int, first: time, last: time) -> tuple[time, ...]:
    """Return the times from the first to the last, with the minutes between. Raises ValueError with a sentence."""
    begins, ends = (60 * each.hour + each.minute for each in (first, last))
    if ends < begins:
        raise ValueError(f"{_written(last)} is before {_written(first)}")
    return times(",".join(_written(time(*divmod(at, 60))) for at in range(begins, ends + 1, minutes)))


def _at(when: time, day: datetime) -> datetime:
    return day.replace(hour=when.hour, minute=when.minute, second=0, microsecond=0)


def _written(at: time) -> str:
    return f"{at:%H:%M}"
