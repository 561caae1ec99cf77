"""The only place that reads a clock: made once in `cli`, handed down, replaced in tests."""

import datetime
import os
import sys
import time
from typing import NamedTuple, Protocol


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
        return datetime.datetime.now().astimezone()

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
