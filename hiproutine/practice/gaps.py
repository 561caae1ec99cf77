"""Gap detection: credit the elapsed time, or none of it after a suspend or a stall."""

from typing import NamedTuple

from hiproutine.clock import Instant

# A wake-up later than this means that the process did not run: it was stopped, or the computer hung.
LATE_MS = 1500
ASLEEP_MS = 1000


class Gap(NamedTuple):
    """Time during which no guidance was given; never credited."""

    ms: int
    slept: bool

    def __str__(self) -> str:
        minutes, seconds = divmod(round(self.ms / 1000), 60)
        hours, minutes = divmod(minutes, 60)
        length = (
            f"{hours} h {minutes:02} min" if hours else f"{minutes} min {seconds:02} s" if minutes else f"{seconds} s"
        )
        return f"the computer slept for {length}" if self.slept else f"stopped for {length}"


def credit(before: Instant, now: Instant, waited_ms: int) -> tuple[int, Gap | None]:
    """Return (milliseconds to credit, gap) after a wait planned to take `waited_ms`.

    A gap is a suspended computer, or a wake-up more than LATE_MS late. How much was practised before the gap began is
    unknown, so none is credited.
    """
    ran_ms = now.running_ms - before.running_ms
    asleep_ms = now.asleep_ms - before.asleep_ms
    if asleep_ms > ASLEEP_MS:
        return 0, Gap(ran_ms + asleep_ms, slept=True)
    if ran_ms > waited_ms + LATE_MS:
        return 0, Gap(ran_ms, slept=False)
    return max(0, ran_ms), None
