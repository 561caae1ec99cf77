"""The only place that reads a clock: made once in `cli`, handed down, replaced in tests."""

import datetime
import os
import sys
import time
from typing import NamedTuple, Protocol

from hiproutine.errors import HiproutineError

# Times from the one to the other can be recorded; at their very ends a zone or a day's start may lead out of them.
_FIRST_YEAR, _LAST_YEAR = 1970, 9998


class Instant(NamedTuple):
    """One reading of the stopwatch: `running_ms` counts while the computer runs, `asleep_ms` while it is suspended."""

    running_ms: int
    asleep_ms: int


class Clock(Protocol):
    """What the program needs of time. Holds use `instant` alone, so a change of the wall clock never touches one."""

    def instant(self) -> Instant: ...

    def now(self) -> datetime.datetime:
        """The wall clock, aware, in the local zone."""
        ...

    def zone(self) -> str | None:
        """The name of the local zone, such as `Europe/Paris`, if it is known."""
        ...


class SystemClock:
    """The computer's clocks."""

    def instant(self) -> Instant:
        running = time.monotonic_ns()
        return Instant(running // 1_000_000, (_counting_sleep_ns() - running) // 1_000_000)

    def now(self) -> datetime.datetime:
        """Raises HiproutineError where the computer's clock or zone is none that a record could hold."""
        try:
            now = datetime.datetime.now().astimezone()
        except ValueError as error:  # `TZ=XXX+30`
            zone = os.environ.get("TZ", "")
            raise HiproutineError(
                f"the time zone TZ={zone} is a day or more from UTC; set it to such as Europe/Paris"
            ) from error
        if not _FIRST_YEAR < now.year < _LAST_YEAR:
            raise HiproutineError(f"the clock of this computer says {now:%Y-%m-%d}; set it first")
        return now

    def zone(self) -> str | None:
        name = os.environ.get("TZ", "").lstrip(":")
        if not name:
            name = os.path.realpath("/etc/localtime").partition("/zoneinfo/")[2]
        return name if "/" in name or name == "UTC" else None


def _counting_sleep_ns() -> int:
    """A clock that goes on while the computer is suspended, where the system has one beside `time.monotonic`.

    Linux: CLOCK_BOOTTIME. macOS: CLOCK_MONOTONIC, which counts sleep there while `time.monotonic` does not. Elsewhere
    (Windows) the monotonic clock itself: a suspension then shows as one long step of it.
    """
    if sys.platform == "linux":
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime_ns(time.CLOCK_MONOTONIC)
    return time.monotonic_ns()
