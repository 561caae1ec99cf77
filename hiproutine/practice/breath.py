"""Holds that are counted in breaths: where in a breath a moment is. Pure; all times are whole milliseconds."""

from collections.abc import Iterator
from typing import NamedTuple

from hiproutine.catalogue.prescription import Phase
from hiproutine.practice.timeline import Segment, Timeline
from hiproutine.settings.model import Breath


class Moment(NamedTuple):
    """A moment of a breath, in or out, and its remaining time; `breaths` remain, the current one included."""

    inward: bool
    remaining_ms: int
    length_ms: int
    breaths: int

    @property
    def fullness(self) -> float:
        """Fullness of the lungs, from 0 to 1."""
        left = self.remaining_ms / self.length_ms
        return 1 - left if self.inward else left


def breath_of(timeline: Timeline, segment: Segment) -> Breath | None:
    """Return the breath in which a segment is counted, if any."""
    return timeline.manner.breath if segment.phase is Phase.HOLD else None


def moment(breath: Breath, remaining_ms: int) -> Moment:
    """Return the moment of the breath at a time before the end of a hold, which ends on a breath out."""
    before, part_ms = divmod(remaining_ms - 1, breath.whole_s * 1000)
    part_ms += 1
    in_ms, out_ms = breath.in_s * 1000, breath.out_s * 1000
    if part_ms > out_ms:
        return Moment(True, part_ms - out_ms, in_ms, before + 1)
    return Moment(False, part_ms, out_ms, before + 1)


def turns(breath: Breath, length_ms: int) -> Iterator[tuple[int, bool]]:
    """Yield (milliseconds before the end, whether it turns inward) for each turn of the breath within a hold."""
    whole_ms, out_ms = breath.whole_s * 1000, breath.out_s * 1000
    for end_ms in range(0, length_ms, whole_ms):
        yield from ((ms, inward) for ms, inward in ((end_ms, True), (end_ms + out_ms, False)) if 0 < ms < length_ms)
