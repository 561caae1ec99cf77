"""How much of the time between two readings of the clock was practised: all of it, or, after a gap, nothing."""

from typing import NamedTuple

from hiproutine.clock import Instant

# Later than this after the moment that was waited for, the process did not run: stopped, or the computer hung.
LATE_MS = 1500
ASLEEP_MS = 1000


class Gap(NamedTuple):
    """Time that passed without the person being led: nothing of it is credited."""

    ms: int
    slept: bool

    def __str__(self) -> str:
        minutes, seconds = divmod(round(self.ms / 1000), 60)
        hours, minutes = divmod(minutes, 60)
        length = (
            f"{hours} h {minutes:02} min" if hours else f"{minutes} min {seconds:02} s" if minutes else f"{seconds} s"
        )
        return f"the computer slept for {length}" if self.slept else f"stopped for {length}"


def lapse(before: Instant, now: Instant, waited_ms: int) -> tuple[int, Gap | None]:
    """(milliseconds to credit, gap) after a wait that was to take `waited_ms`.

    A gap is a suspension of the computer, or a wait that took more than LATE_MS too long. How much of it was still
    practised before the gap began cannot be known, so none is credited.
    """
    ran_ms = now.running_ms - before.running_ms
    asleep_ms = now.asleep_ms - before.asleep_ms
    if asleep_ms > ASLEEP_MS:
        return 0, Gap(ran_ms + asleep_ms, slept=True)
    if ran_ms > waited_ms + LATE_MS:
        return 0, Gap(ran_ms, slept=False)
    return max(0, ran_ms), None
