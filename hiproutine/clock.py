"""The only place that reads a clock: made once in `cli`, handed down, replaced in tests."""

import datetime
import os
import sys
import time
from typing import NamedTuple, Protocol

from hiproutine.errors import HiproutineError

# Records accept times between these years; a zone or the day's start may shift a time at either end out of range.
_FIRST_YEAR, _LAST_YEAR = 1970, 9998


class Instant(NamedTuple):
    """One reading of the stopwatch: `running_ms` counts while the computer runs, `asleep_ms` while it is suspended."""

    running_ms: int
    asleep_ms: int


class Clock(Protocol):
    """Access to time. Holds use only `instant`, so setting the wall clock never affects one."""

    def instant(self) -> Instant: ...

    def now(self) -> datetime.datetime:
        """Return the local wall-clock time, timezone-aware."""
        ...

    def zone(self) -> str | None:
        """Return the name of the local time zone, such as `Europe/Paris`, if known."""
        ...


class SystemClock:
    """The computer's clocks."""

    def instant(self) -> Instant:
        running = time.monotonic_ns()
        return Instant(running // 1_000_000, (_counting_sleep_ns() - running) // 1_000_000)

    def now(self) -> datetime.datetime:
        """Return the local time. Raises HiproutineError if the clock or the zone is out of the range of records."""
        try:
            now = datetime.datetime.now().astimezone()
        except ValueError as error:  # `TZ=XXX+30`
            zone = os.environ.get("TZ", "")
            raise HiproutineError(
                f"the time zone TZ={zone} is a day or more from UTC; set TZ to a zone such as Europe/Paris"
            ) from error
        if not _FIRST_YEAR < now.year < _LAST_YEAR:
            raise HiproutineError(f"this computer's clock is set to {now:%Y-%m-%d}; correct it first")
        return now

    def zone(self) -> str | None:
        name = os.environ.get("TZ", "").lstrip(":")
        if not name:
            name = os.path.realpath("/etc/localtime").partition("/zoneinfo/")[2]
        return name if "/" in name or name == "UTC" else None


def _counting_sleep_ns() -> int:
    """Return a monotonic time that includes suspends, on systems that have one besides `time.monotonic`.

    Linux: CLOCK_BOOTTIME. macOS: CLOCK_MONOTONIC, which counts sleep there while `time.monotonic` does not. Elsewhere
    (Windows) the monotonic clock itself: a suspend then appears as one long step.
    """
    if sys.platform == "linux":
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime_ns(time.CLOCK_MONOTONIC)
    return time.monotonic_ns()
