"""The cue grammar: every cue of a session, when it is due, what it sounds like and what is said with it. Pure.

This is the one place that defines them. How a tone or a word becomes audible is the business of `sound`.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from hiproutine.catalogue.prescription import Phase
from hiproutine.practice.breath import breath_of, turns
from hiproutine.practice.timeline import Segment, Timeline

# Shorter segments are over before a countdown would help.
COUNTDOWN_FROM_MS = 5_000
HALFWAY_FROM_MS = 20_000
# A remaining time is said only where at least as much again has gone by: 10 s of 20, 30 s of 60, 60 s of 120.
REMAINING_S = (60, 30, 10)
CHARACTERS_A_SECOND = 14
"""How fast a calm voice speaks: words are only said where they fit."""


class CueKind(StrEnum):
    READY = "get ready"
    COUNT = "countdown"
    START = "start"
    HALFWAY = "halfway"
    REMAINING = "remaining"
    END = "end of hold"
    SWITCH = "switch sides"
    REST = "rest"
    CONTRACT = "contract"
    RELAX = "relax"
    DEEPEN = "deepen"
    RAMP = "ramp"
    REP = "repetition"
    BEAT = "beat"
    BREATHE_IN = "breathe in"
    BREATHE_OUT = "breathe out"
    DONE = "session done"
    PAUSED = "paused"
    RESUMED = "resumed"
    HURT = "that hurts"


class Cue(NamedTuple):
    """Something due at an instant of the segment with the index `segment`.

    `number` is the second of a countdown, the seconds remaining, the step of a ramp, the repetition, or what is asked
    when it hurts: 0 how much, 1 what to do.
    """

    kind: CueKind
    segment: int
    number: int = 0


class Note(NamedTuple):
    """A tone of `hz` for `ms`, then silence for `gap_ms`."""

    hz: int
    ms: int
    gap_ms: int = 0


# No two are alike in rhythm or in pitch, so that neither weak highs nor a poor loudspeaker makes them one.
NOTES: dict[CueKind, tuple[Note, ...]] = {
    CueKind.READY: (Note(440, 140, 90), Note(440, 140)),
    CueKind.COUNT: (Note(660, 80),),
    CueKind.START: (Note(523, 120, 20), Note(784, 260)),
    CueKind.HALFWAY: (Note(587, 70, 120), Note(587, 70)),
    CueKind.REMAINING: (),
    CueKind.END: (Note(784, 130, 20), Note(494, 280)),
    CueKind.SWITCH: (Note(523, 100, 40), Note(698, 100, 40), Note(523, 100)),
    CueKind.REST: (Note(330, 420),),
    CueKind.CONTRACT: (Note(740, 70, 40), Note(740, 70, 40), Note(740, 70)),
    CueKind.RELAX: (Note(370, 600),),
    CueKind.DEEPEN: (Note(392, 110, 20), Note(466, 110, 20), Note(554, 240)),
    CueKind.RAMP: (Note(622, 90, 60), Note(831, 60)),
    CueKind.REP: (Note(988, 30, 30), Note(988, 35)),
    CueKind.BEAT: (Note(880, 45),),
    CueKind.BREATHE_IN: (Note(262, 200, 10), Note(330, 350)),
    CueKind.BREATHE_OUT: (Note(330, 230, 10), Note(262, 450)),
    CueKind.DONE: (Note(523, 150, 20), Note(659, 150, 20), Note(784, 150, 20), Note(1047, 480)),
    CueKind.PAUSED: (Note(466, 90, 30), Note(349, 160)),
    CueKind.RESUMED: (Note(349, 60, 70), Note(466, 200)),
    CueKind.HURT: (Note(311, 180, 60), Note(277, 400)),
}

_ENTERED: dict[Phase, CueKind] = {
    Phase.READY: CueKind.READY,
    Phase.SWITCH: CueKind.SWITCH,
    Phase.REST: CueKind.REST,
    Phase.HOLD: CueKind.START,
    Phase.STRETCH: CueKind.START,
    Phase.CONTRACT: CueKind.CONTRACT,
    Phase.RELAX: CueKind.RELAX,
    Phase.DEEPEN: CueKind.DEEPEN,
    Phase.RAMP: CueKind.RAMP,
    Phase.PUSH: CueKind.CONTRACT,
    Phase.PULL: CueKind.CONTRACT,
    Phase.SETTLE: CueKind.RELAX,
    Phase.MOVE: CueKind.START,
    Phase.CIRCLE: CueKind.START,
}
_TOO_MANY_FOR_A_BELL = frozenset({CueKind.HALFWAY, CueKind.REMAINING, CueKind.BREATHE_IN, CueKind.BREATHE_OUT})
# Phases whose parts follow each other as beats: only the first of a set is announced as a start.
_BEATEN = frozenset({Phase.MOVE, Phase.CIRCLE})
_HELD = frozenset({Phase.HOLD, Phase.STRETCH})
SPOKEN_REP_FROM_MS = 3_000
_HURT_QUESTIONS = (
    "Stopped. How much does it hurt, from 1 to 10? 0 is never mind.",
    "e for easier, s for shorter, n to skip it.",
)
RAMP_WORDS = ("build up slowly", "half", "nearly there")


def entered(timeline: Timeline, index: int) -> tuple[Cue, ...]:
    """What is due at the instant when the segment with that index begins; past the last one, the session is done."""
    before = timeline.segments[index - 1] if index else None
    ended = (Cue(CueKind.END, index - 1),) if before and before.phase is Phase.HOLD else ()
    if index == len(timeline.segments):
        return (*ended, Cue(CueKind.DONE, index))
    segment = timeline.segments[index]
    kind = _ENTERED[segment.phase]
    if segment.phase in _BEATEN and before and before.step == segment.step and _in_rhythm(before):
        kind = CueKind.BEAT if before.where == segment.where else CueKind.REP
    return (*ended, Cue(kind, index, 1 if kind is CueKind.RAMP else segment.rep))


def _in_rhythm(before: Segment) -> bool:
    """Whether a beat after that one follows another, even the tempo's own rest; a rest between sets is in none."""
    return before.phase in _BEATEN or before.rep > 0


def within(timeline: Timeline, index: int) -> tuple[tuple[int, Cue], ...]:
    """(milliseconds before the planned end, cue) of everything due inside the segment, in order of time."""
    segment = timeline.segments[index]
    length_ms = segment.length_ms
    found: list[tuple[int, Cue]] = []
    if segment.phase in _HELD:
        if length_ms >= HALFWAY_FROM_MS:
            found.append((length_ms // 2, Cue(CueKind.HALFWAY, index)))
        breath = breath_of(timeline, segment)
        if not breath:
            found += ((s * 1000, Cue(CueKind.REMAINING, index, s)) for s in REMAINING_S if length_ms > 2000 * s)
        elif breath.tone:
            for ms, inward in turns(breath, length_ms):
                found.append((ms, Cue(CueKind.BREATHE_IN if inward else CueKind.BREATHE_OUT, index)))
    if segment.phase is Phase.RAMP:
        parts = len(RAMP_WORDS)
        found += (
            (length_ms - length_ms * part // parts, Cue(CueKind.RAMP, index, part + 1)) for part in range(1, parts)
        )
    if length_ms >= COUNTDOWN_FROM_MS:
        found += ((number * 1000, Cue(CueKind.COUNT, index, number)) for number in (3, 2, 1))
    return tuple(sorted(found, key=lambda pair: -pair[0]))


def scheduled(timeline: Timeline) -> Iterator[tuple[int, Cue]]:
    """Every cue of an undisturbed session, with its time from the start in ms."""
    for index, segment in enumerate(timeline.segments):
        for cue in entered(timeline, index):
            yield segment.start_ms, cue
        for before_end_ms, cue in within(timeline, index):
            yield segment.end_ms - before_end_ms, cue
    for cue in entered(timeline, len(timeline.segments)):
        yield timeline.total_ms, cue


def rings(cue: Cue) -> bool:
    """Whether the terminal's bell, which has one sound only, marks it: the last seconds and each change of phase."""
    return cue.kind not in _TOO_MANY_FOR_A_BELL and not (cue.kind is CueKind.RAMP and cue.number > 1)


# ---- what is said ----


class Weight(StrEnum):
    """What is said wins over what weighs less, and is dropped while something that weighs as much is being said."""

    NAME = "name"
    WORD = "word"
    NUMBER = "number"


class Speech(NamedTuple):
    text: str
    weight: Weight


def spoken(timeline: Timeline, cue: Cue) -> Speech | None:
    """What is said with a cue, if anything: names before they begin, ramps in words, times sparsely, never a count."""
    match cue.kind:
        case CueKind.READY | CueKind.SWITCH:
            return Speech(_announcement(timeline, cue.segment), Weight.NAME)
        case CueKind.CONTRACT | CueKind.RELAX | CueKind.DEEPEN:
            return Speech(timeline.segments[cue.segment].label, Weight.WORD)
        case CueKind.RAMP:
            return Speech(RAMP_WORDS[cue.number - 1], Weight.WORD)
        case CueKind.START | CueKind.BEAT if _first_of_its_name(timeline, cue.segment):
            return Speech(timeline.segments[cue.segment].label, Weight.WORD)
        case CueKind.REP if cue.number > 1 and _rep_ms(timeline, cue.segment) >= SPOKEN_REP_FROM_MS:
            return Speech(str(cue.number), Weight.NUMBER)
        case CueKind.HURT:
            return Speech(_HURT_QUESTIONS[cue.number], Weight.NAME)
        case CueKind.REMAINING:
            return Speech(f"{cue.number} seconds", Weight.NUMBER)
        case CueKind.REST:
            long_enough = timeline.segments[cue.segment].length_ms >= COUNTDOWN_FROM_MS
            return Speech("rest", Weight.WORD) if long_enough else None
        case CueKind.DONE:
            return Speech("Session done.", Weight.NAME)
        case CueKind.PAUSED:
            return Speech("paused", Weight.WORD)
        case _:
            return None


def _first_of_its_name(timeline: Timeline, index: int) -> bool:
    """Whether a beat is the first with its label in its step; later ones are only heard."""
    segment = timeline.segments[index]
    first = timeline.steps[segment.step].first
    before = timeline.segments[first:index]
    return segment.rep > 0 and all(each.label != segment.label for each in before)


def _rep_ms(timeline: Timeline, index: int) -> int:
    """How long the repetition is that begins with that segment."""
    segment = timeline.segments[index]
    parts = timeline.steps[segment.step].parts
    return sum(part.length_ms for part in parts if part.where == segment.where)


def _announcement(timeline: Timeline, index: int) -> str:
    """The exercise and the side that come, and the first set-up sentence if there is time to say it."""
    segment = timeline.segments[index]
    step = timeline.steps[segment.step]
    side = f"{step.side} side" if step.side else ""
    if segment.phase is Phase.SWITCH:
        return f"Switch. {side}"
    name = f"Next: {step.exercise.name}" + (f", {side}" if side else "")
    if step.side and step.exercise.side_is:
        name += f", {step.exercise.side_is}"
    longer = f"{name}. {step.exercise.setup[0]}"
    fits_ms = segment.length_ms - 3000
    return longer if 1000 * len(longer) / CHARACTERS_A_SECOND <= fits_ms else name
