"""A session compiled to a flat row of segments before it is played. Pure; all lengths are whole milliseconds.

Left and right are steps of their own, each with its full prescription. How the kinds expand is the table of
`_one_side`; get-ready and change-over are our choice, 10 and 5 s.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import (
    Cars,
    ContractRelax,
    Hold,
    PailsRails,
    Prescription,
    Reps,
    TimedFlow,
)
from hiproutine.coach.session import Item, Session

READY_S = 10
SWITCH_S = 5


class Phase(StrEnum):
    """What the body does; the value is the one word for it."""

    READY = "ready"
    SWITCH = "switch"
    REST = "rest"
    HOLD = "hold"
    STRETCH = "stretch"
    CONTRACT = "contract"
    RELAX = "relax"
    DEEPEN = "deepen"
    RAMP = "ramp"
    PUSH = "push"
    PULL = "pull"
    SETTLE = "settle"
    MOVE = "move"
    CIRCLE = "circle"


# All other phases are exercise, and their time is what a history counts.
IDLE = frozenset({Phase.READY, Phase.SWITCH, Phase.REST})


class Segment(NamedTuple):
    """A stretch of time in one phase, of the step with the index `step`.

    `label` says what to do ("squeeze"), `where` says where in the exercise this is ("set 1 of 2, rep 3 of 10").
    """

    start_ms: int
    length_ms: int
    phase: Phase
    step: int
    label: str
    where: str

    @property
    def work(self) -> bool:
        return self.phase not in IDLE

    @property
    def end_ms(self) -> int:
        return self.start_ms + self.length_ms


class Step(NamedTuple):
    """One side of one exercise (`side` is left, right or None); `item` counts the session's exercises from 0."""

    item: int
    exercise: Exercise
    side: str | None
    planned_ms: int
    first: int
    """Index of the step's first segment, the get-ready or the switch."""

    @property
    def title(self) -> str:
        return f"{self.exercise.name}, {self.side} side" if self.side else self.exercise.name


class Timeline(NamedTuple):
    """The whole session: its segments without gaps, and the steps that they belong to."""

    segments: tuple[Segment, ...]
    steps: tuple[Step, ...]
    items: int

    @property
    def total_ms(self) -> int:
        return self.segments[-1].end_ms

    def item_ms(self, item: int) -> int:
        """All the time of one exercise: both sides, get-ready, switch and rests."""
        return sum(segment.length_ms for segment in self.segments if self.steps[segment.step].item == item)


def compile_session(session: Session) -> Timeline:
    """The timeline of a session with at least one item."""
    segments: list[Segment] = []
    steps: list[Step] = []

    def add(phase: Phase, length_s: int, label: str, where: str = "") -> None:
        if length_s:
            start_ms = segments[-1].end_ms if segments else 0
            segments.append(Segment(start_ms, length_s * 1000, phase, len(steps), label, where))

    for index, item in enumerate(session.items):
        for turn, side in enumerate(_sides(item)):
            first = len(segments)
            if turn == 0:
                add(Phase.READY, READY_S, "get ready")
            else:
                add(Phase.SWITCH, SWITCH_S, "switch sides")
            for part in _one_side(item.prescription):
                add(*part)
            planned_ms = sum(segment.length_ms for segment in segments[first:] if segment.work)
            steps.append(Step(index, item.exercise, side, planned_ms, first))
    return Timeline(tuple(segments), tuple(steps), len(session.items))


def length_ms(item: Item) -> int:
    """How long one exercise takes with everything around it."""
    return compile_session(Session("", None, "", None, (item,))).total_ms


def _sides(item: Item) -> tuple[str | None, ...]:
    return ("left", "right") if item.exercise.sides == "per_side" else (None,)


_Part = tuple[Phase, int, str, str]


def _one_side(prescription: Prescription) -> Iterator[_Part]:
    """What one side does: (phase, seconds, label, where)."""
    match prescription:
        case Hold(sets, hold_s, rest_s):
            for number in range(1, sets + 1):
                yield Phase.HOLD, hold_s, "hold", _of("set", number, sets)
                yield from _rest(number, sets, rest_s)
        case TimedFlow(sets, work_s, rest_s):
            for number in range(1, sets + 1):
                yield Phase.MOVE, work_s, "keep moving", _of("set", number, sets)
                yield from _rest(number, sets, rest_s)
        case Reps(sets, reps, tempo, rest_s, _):
            for number in range(1, sets + 1):
                for rep in range(1, reps + 1):
                    where = ", ".join(filter(None, (_of("set", number, sets), f"rep {rep} of {reps}")))
                    for label, beat_s in tempo:
                        # The tempo's own word "rest" is a rest: nothing is worked in it.
                        yield (Phase.REST if label == "rest" else Phase.MOVE), beat_s, label, where
                yield from _rest(number, sets, rest_s)
        case Cars(sets, per_direction, per_rep_s, _):
            for number in range(1, sets + 1):
                for way in ("one way", "the other way"):
                    for rep in range(1, per_direction + 1):
                        where = ", ".join(filter(None, (_of("set", number, sets), f"circle {rep} of {per_direction}")))
                        yield Phase.CIRCLE, per_rep_s, f"circle {way}", where
        case ContractRelax(settle_s, rounds, contract_s, _, relax_s, deepen_s):
            yield Phase.STRETCH, settle_s, "ease into the stretch", ""
            for number in range(1, rounds + 1):
                where = f"round {number} of {rounds}"
                yield Phase.CONTRACT, contract_s, "push gently, nothing moves", where
                yield Phase.RELAX, relax_s, "let go, breathe out", where
                yield Phase.DEEPEN, deepen_s, "ease a little deeper", where
        case PailsRails():
            for number in range(1, prescription.rounds + 1):
                where = f"round {number} of {prescription.rounds}"
                passive_s = prescription.passive_s if number == 1 else prescription.passive_next_s
                yield Phase.STRETCH, passive_s, "stay in the stretch", where
                yield Phase.RAMP, prescription.ramp_s, "build up slowly", where
                yield Phase.PUSH, prescription.pails_s, "PAILs: push into the floor", where
                yield Phase.PULL, prescription.rails_s, "RAILs: pull deeper", where
                yield Phase.SETTLE, prescription.settle_s, "relax into the new range", where


def _rest(number: int, sets: int, rest_s: int) -> Iterator[_Part]:
    if number < sets:
        yield Phase.REST, rest_s, "rest", f"before set {number + 1} of {sets}"


def _of(what: str, number: int, total: int) -> str:
    return f"{what} {number} of {total}" if total > 1 else ""
