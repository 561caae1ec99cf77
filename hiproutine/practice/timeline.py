"""The timeline: a session compiled to a flat row of segments before it is played. Pure; lengths are milliseconds.

Left and right are steps of their own, each with its full prescription. A segment is a beat of its prescription; what
lies between two steps comes from the change of position (`coach.transitions`).
"""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise, own_dose
from hiproutine.catalogue.prescription import IDLE, Phase, Prescription, sets_of, with_sets
from hiproutine.coach.durations import in_breaths
from hiproutine.coach.session import Item, Session
from hiproutine.coach.transitions import INTO, ready_s, switch_s
from hiproutine.settings.model import Manner


class Part(NamedTuple):
    """A piece of a step. `label` says what to do ("squeeze"), `where` says where in the exercise this is.

    Before an exercise, `where` is how to get into its position; otherwise it is such as "set 1 of 2, rep 3 of 10".
    `rep` is the number of the repetition or the circle that the part belongs to, if any.
    """

    phase: Phase
    length_ms: int
    label: str
    where: str = ""
    rep: int = 0


class Step(NamedTuple):
    """One side of one exercise (`side` is left, right or None); `item` counts the session's exercises from 0.

    The first of its parts is the get-ready or the switch.
    """

    item: int
    exercise: Exercise
    prescription: Prescription
    side: str | None
    planned_ms: int
    parts: tuple[Part, ...]
    first: int = 0
    """Index of the step's first segment."""

    @property
    def dose(self) -> str:
        """The dose of this side in a few words, such as `2x30s`."""
        return own_dose(self.exercise, self.prescription)

    @property
    def title(self) -> str:
        return f"{self.exercise.name}, {self.side} side" if self.side else self.exercise.name


class Segment(NamedTuple):
    """A part at its time in the session; `step` is the index of its step."""

    start_ms: int
    length_ms: int
    phase: Phase
    step: int
    label: str
    where: str
    rep: int

    @property
    def work(self) -> bool:
        return self.phase not in IDLE

    @property
    def end_ms(self) -> int:
        return self.start_ms + self.length_ms


class Timeline(NamedTuple):
    """The whole session: its segments without gaps, and the steps that they belong to."""

    segments: tuple[Segment, ...]
    steps: tuple[Step, ...]
    manner: Manner

    @property
    def total_ms(self) -> int:
        return self.segments[-1].end_ms if self.segments else 0

    @property
    def items(self) -> int:
        return self.steps[-1].item + 1

    def item_ms(self, item: int) -> int:
        """All the time of one exercise: both sides, get-ready, switch and rests."""
        return sum(part.length_ms for step in self.steps if step.item == item for part in step.parts)


def compile_session(session: Session, manner: Manner) -> Timeline:
    """The timeline of a session; only one with an item can be practised."""
    steps: list[Step] = []
    for index, item in enumerate(session.items):
        for side in _sides(item.exercise, manner):
            extra = manner.extra_set and side is not None and side == manner.stiff_side
            prescription = with_sets(item.prescription, sets_of(item.prescription) + 1) if extra else item.prescription
            before = steps[-1] if steps else None
            steps.append(_step(index, Item(item.exercise, prescription), side, before, manner))
    return _lay(steps, manner)


def length_ms(item: Item, manner: Manner) -> int:
    """How long one exercise takes with everything around it."""
    return compile_session(Session("", None, "", None, (item,)), manner).total_ms


# ---- changes on the way; what lies before them stays as it is ----


def instead(timeline: Timeline, number: int, exercise: Exercise) -> Timeline:
    """After the step with that index one more: the same side of another exercise, in that one's own dose."""
    steps, manner = timeline.steps, timeline.manner
    here = steps[number]
    side = here.side if exercise.sides == "per_side" else None
    fresh = _step(here.item, Item(exercise, exercise.prescription), side, here, manner)
    after = steps[number + 1 :]
    if after:
        opening = _opening(after[0], fresh, manner)
        after = (after[0]._replace(parts=(opening, *after[0].parts[1:])), *after[1:])
    return _lay((*steps[: number + 1], fresh, *after), manner)


def shorter(timeline: Timeline, at: int, remaining_ms: int) -> tuple[Timeline, int]:
    """The step of the segment `at` with half of what is left of it, and the time that the segment then has left.

    What stays are whole repetitions, sets or rounds, the running one included; if not even one of them fits into the
    half, the first piece of exercise alone, halved.
    """
    number = timeline.segments[at].step
    step = timeline.steps[number]
    here = at - step.first
    ahead = (step.parts[here]._replace(length_ms=remaining_ms), *step.parts[here + 1 :])
    room_ms = _work_ms(ahead) // 2
    kept: list[Part] = []
    for _, group in groupby(ahead, key=lambda part: part.where):
        parts = list(group)
        if _work_ms(kept) + _work_ms(parts) > room_ms:
            break
        kept += parts
    while kept and kept[-1].phase is Phase.REST:
        kept.pop()
    if not _work_ms(kept):
        until = next((index for index, part in enumerate(ahead) if part.phase not in IDLE), 0)
        kept = [*ahead[:until], _halved(ahead[until], timeline.manner)]
    fresh = step._replace(parts=(*step.parts[: here + 1], *kept[1:]))
    return _lay((*timeline.steps[:number], fresh, *timeline.steps[number + 1 :]), timeline.manner), kept[0].length_ms


def afresh(timeline: Timeline, number: int) -> Timeline:
    """The step with that index begins with getting into its position from the keyboard."""
    step = timeline.steps[number]
    fresh = step._replace(parts=(_opening(step, None, timeline.manner), *step.parts[1:]))
    return _lay((*timeline.steps[:number], fresh, *timeline.steps[number + 1 :]), timeline.manner)


def _halved(part: Part, manner: Manner) -> Part:
    """Half of a part, rounded up to whole seconds, or to whole breaths where it is counted in them."""
    unit_ms = manner.breath.whole_s * 1000 if manner.breath and part.phase is Phase.HOLD else 1000
    return part._replace(length_ms=min(part.length_ms, -(-part.length_ms // (2 * unit_ms)) * unit_ms))


# ---- how a step is made ----


def _lay(steps: Iterable[Step], manner: Manner) -> Timeline:
    """The steps one after the other."""
    segments: list[Segment] = []
    laid: list[Step] = []
    start_ms = 0
    for number, step in enumerate(steps):
        laid.append(step._replace(first=len(segments)))
        for part in step.parts:
            segments.append(Segment(start_ms, part.length_ms, part.phase, number, part.label, part.where, part.rep))
            start_ms += part.length_ms
    return Timeline(tuple(segments), tuple(laid), manner)


def _sides(exercise: Exercise, manner: Manner) -> tuple[str | None, ...]:
    if exercise.sides != "per_side":
        return (None,)
    return ("right", "left") if manner.stiff_side == "right" else ("left", "right")


def _step(index: int, item: Item, side: str | None, before: Step | None, manner: Manner) -> Step:
    parts = tuple(
        Part(beat.phase, beat.seconds * 1000, beat.label, beat.where, beat.rep)
        for beat in in_breaths(item.prescription, manner).beats()
        if beat.seconds
    )
    step = Step(index, *item, side, _work_ms(parts), parts)
    return step._replace(parts=(_opening(step, before, manner), *parts))


def _opening(step: Step, before: Step | None, manner: Manner) -> Part:
    """The get-ready before a step, or the switch before the other side of the same exercise."""
    if before and (before.item, before.exercise.id) == (step.item, step.exercise.id):
        return Part(Phase.SWITCH, _scaled_ms(switch_s(step.exercise), manner), "switch sides")
    exercise, last = step.exercise, before.exercise if before else None
    into = "" if last and last.position == exercise.position else INTO[exercise.position]
    return Part(Phase.READY, _scaled_ms(ready_s(last, exercise), manner), "get ready", into)


def _scaled_ms(seconds: int, manner: Manner) -> int:
    return round(seconds * manner.ready_factor) * 1000


def _work_ms(parts: Iterable[Part]) -> int:
    return sum(part.length_ms for part in parts if part.phase not in IDLE)
