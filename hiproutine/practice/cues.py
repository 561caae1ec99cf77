"""The cue grammar: every cue of a session, when it is due and what it sounds like. Pure.

This is the one place that defines them. The words spoken with a cue are in `phrases`; how a tone or a word becomes
audible is up to `sound`.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from hiproutine.catalogue.prescription import Phase
from hiproutine.practice.breath import breath_of, turns
from hiproutine.practice.timeline import Segment, Timeline

# Shorter segments are over before a countdown would help.
COUNTDOWN_FROM_MS = 5_000
# A contraction of a few seconds is filled by the words for it.
_CONTRACTION_FROM_MS = 8_000
HALFWAY_FROM_MS = 20_000
# A remaining time is said only where at least as much again has gone by: 10 s of 20, 30 s of 60, 60 s of 120.
REMAINING_S = (60, 30, 10)
REMAINING_BREATHS = (5, 2, 1)
COUNT_IN_MS = 3_000
"""Countdown before resuming after a pause; it takes no time of the session."""
ADVICE_FROM_MS = 30_000
ADVICE_AT_MS = 8_000
"""One piece of advice in a long hold, after settling into it."""


class CueKind(StrEnum):
    READY = "get ready"
    EXPLAIN = "set-up"
    COUNT = "countdown"
    START = "start"
    HALFWAY = "halfway"
    REMAINING = "remaining"
    ADVICE = "advice"
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
    GO_ON = "go on"
    RESUMED = "resumed"
    HURT = "that hurts"


class Cue(NamedTuple):
    """Something due at an instant of the segment with the index `segment`.

    `number` is the second of a countdown, the seconds or breaths remaining, the step of a ramp, the repetition, the
    sentence of a set-up, what is asked when it hurts (0 how much, 1 what to do), or why it is paused, of PAUSED_BY.
    """

    kind: CueKind
    segment: int
    number: int = 0


class Note(NamedTuple):
    """A tone of `hz` for `ms`, then silence for `gap_ms`; a `soft` one does not rouse."""

    hz: int
    ms: int
    gap_ms: int = 0
    soft: bool = False


# No two are alike in rhythm or in pitch, so that neither weak highs nor a poor loudspeaker makes them one.
NOTES: dict[CueKind, tuple[Note, ...]] = {
    CueKind.READY: (Note(440, 140, 90), Note(440, 140)),
    CueKind.COUNT: (Note(660, 80),),
    CueKind.START: (Note(523, 120, 20), Note(784, 260)),
    CueKind.HALFWAY: (Note(587, 70, 120), Note(587, 70)),
    CueKind.EXPLAIN: (),
    CueKind.REMAINING: (),
    CueKind.ADVICE: (),
    CueKind.END: (Note(784, 130, 20), Note(494, 280)),
    CueKind.SWITCH: (Note(523, 100, 40), Note(698, 100, 40), Note(523, 100)),
    CueKind.REST: (Note(330, 420),),
    CueKind.CONTRACT: (Note(740, 70, 40), Note(740, 70, 40), Note(740, 70)),
    CueKind.RELAX: (Note(370, 600),),
    CueKind.DEEPEN: (Note(392, 110, 20), Note(466, 110, 20), Note(554, 240)),
    CueKind.RAMP: (Note(622, 90, 60), Note(831, 60)),
    CueKind.REP: (Note(988, 30, 30), Note(988, 35)),
    CueKind.BEAT: (Note(880, 45),),
    CueKind.BREATHE_IN: (Note(262, 200, 10, soft=True), Note(330, 350, soft=True)),
    CueKind.BREATHE_OUT: (Note(330, 230, 10, soft=True), Note(262, 450, soft=True)),
    CueKind.DONE: (Note(523, 150, 20), Note(659, 150, 20), Note(784, 150, 20), Note(1047, 480)),
    CueKind.PAUSED: (Note(466, 90, 30), Note(349, 160)),
    CueKind.GO_ON: (),
    CueKind.RESUMED: (Note(349, 60, 70), Note(466, 200)),
    CueKind.HURT: (Note(311, 180, 60), Note(277, 400)),
}


class Shown(NamedTuple):
    """Look and sound of a phase: its word, the role of its colour in the themes, and the cue of its beginning."""

    word: str
    role: str
    cue: CueKind
    sentence: str = ""
    """The word before the dash in a set-up sentence on it: CONTRACT, then "press the heel into the strap"."""


PHASES: dict[Phase, Shown] = {
    Phase.READY: Shown("READY", "ready", CueKind.READY),
    Phase.SWITCH: Shown("SWITCH", "ready", CueKind.SWITCH),
    Phase.REST: Shown("REST", "rest", CueKind.REST),
    Phase.HOLD: Shown("HOLD", "hold", CueKind.START),
    Phase.STRETCH: Shown("STRETCH", "hold", CueKind.START),
    Phase.CONTRACT: Shown("CONTRACT", "contract", CueKind.CONTRACT, "CONTRACT"),
    Phase.RELAX: Shown("RELAX", "relax", CueKind.RELAX, "RELAX"),
    Phase.DEEPEN: Shown("DEEPEN", "hold", CueKind.DEEPEN, "DEEPEN"),
    Phase.RAMP: Shown("BUILD UP", "contract", CueKind.RAMP, "PAILs"),
    Phase.PUSH: Shown("PUSH", "contract", CueKind.CONTRACT),
    Phase.PULL: Shown("PULL", "contract", CueKind.CONTRACT, "RAILs"),
    Phase.SETTLE: Shown("SETTLE", "relax", CueKind.RELAX, "SETTLE"),
    Phase.MOVE: Shown("MOVE", "move", CueKind.START),
    Phase.CIRCLE: Shown("CIRCLE", "move", CueKind.START),
}
_TOO_MANY_FOR_A_BELL = frozenset(
    {
        CueKind.EXPLAIN,
        CueKind.HALFWAY,
        CueKind.REMAINING,
        CueKind.ADVICE,
        CueKind.BREATHE_IN,
        CueKind.BREATHE_OUT,
        CueKind.GO_ON,
    }
)
ENTERING = frozenset({*(each.cue for each in PHASES.values()), CueKind.BEAT, CueKind.REP, CueKind.DONE})
"""Cues that mark the start of something new."""
ONLY_SAID = frozenset({CueKind.EXPLAIN, CueKind.ADVICE, CueKind.GO_ON})
"""Cues that change nothing on the screen."""
# Phases whose parts follow each other as beats: only the first of a set is announced as a start.
_BEATEN = frozenset({Phase.MOVE, Phase.CIRCLE})
HELD = frozenset({Phase.HOLD, Phase.STRETCH})
"""Phases that are held still, long enough for words."""
PAUSED_BY = ("", "the program was stopped", "the computer slept")
"""Reasons for a pause, by the number of the cue; none if a key was pressed."""
RAMP_WORDS = ("build up slowly", "half", "nearly there")


def entered(timeline: Timeline, index: int) -> tuple[Cue, ...]:
    """Return the cues due when the segment with that index begins; past the last one, the session is done."""
    before = timeline.segments[index - 1] if index else None
    ended = (Cue(CueKind.END, index - 1),) if before and before.phase is Phase.HOLD else ()
    if index == len(timeline.segments):
        return (*ended, Cue(CueKind.DONE, index))
    segment = timeline.segments[index]
    kind = PHASES[segment.phase].cue
    if segment.phase in _BEATEN and before and before.step == segment.step and _in_rhythm(before):
        kind = CueKind.BEAT if before.where == segment.where else CueKind.REP
    return (*ended, Cue(kind, index, 1 if kind is CueKind.RAMP else segment.rep))


def _in_rhythm(before: Segment) -> bool:
    """Whether the previous segment belongs to the same rhythm of repetitions (a rest between sets does not)."""
    return before.phase in _BEATEN or before.rep > 0


def within(timeline: Timeline, index: int) -> tuple[tuple[int, Cue], ...]:
    """Return (milliseconds before the planned end, cue) for each cue inside the segment, in order of time."""
    segment = timeline.segments[index]
    length_ms = segment.length_ms
    found: list[tuple[int, Cue]] = []
    if segment.phase is Phase.READY:
        said = timeline.steps[segment.step].guide
        found += ((length_ms - each.at_ms, Cue(CueKind.EXPLAIN, index, number)) for number, each in enumerate(said))
    if segment.phase in HELD:
        if length_ms >= HALFWAY_FROM_MS:
            found.append((length_ms // 2, Cue(CueKind.HALFWAY, index)))
        if length_ms >= ADVICE_FROM_MS:
            found.append((length_ms - ADVICE_AT_MS, Cue(CueKind.ADVICE, index)))
        breath = breath_of(timeline, segment)
        unit_ms, calls = (breath.whole_s * 1000, REMAINING_BREATHS) if breath else (1000, REMAINING_S)
        found += ((n * unit_ms, Cue(CueKind.REMAINING, index, n)) for n in calls if length_ms > 2 * n * unit_ms)
        if breath and breath.tone:
            for ms, inward in turns(breath, length_ms):
                found.append((ms, Cue(CueKind.BREATHE_IN if inward else CueKind.BREATHE_OUT, index)))
    if segment.phase is Phase.REST and length_ms > 2000 * REMAINING_S[-1]:
        found.append((1000 * REMAINING_S[-1], Cue(CueKind.REMAINING, index, REMAINING_S[-1])))
    if segment.phase is Phase.RAMP:
        parts = len(RAMP_WORDS)
        found += (
            (length_ms - length_ms * part // parts, Cue(CueKind.RAMP, index, part + 1)) for part in range(1, parts)
        )
    if counted(segment):
        found += ((number * 1000, Cue(CueKind.COUNT, index, number)) for number in (3, 2, 1))
    return tuple(sorted(found, key=lambda pair: -pair[0]))


def counted(segment: Segment) -> bool:
    """Whether the last three seconds of a segment are counted down; a ramp is led by words to its end."""
    if segment.phase is Phase.RAMP:
        return False
    return segment.length_ms >= (_CONTRACTION_FROM_MS if segment.phase is Phase.CONTRACT else COUNTDOWN_FROM_MS)


def scheduled(timeline: Timeline) -> Iterator[tuple[int, Cue]]:
    """Yield every cue of an uninterrupted session, with its time from the start in ms."""
    for index, segment in enumerate(timeline.segments):
        for cue in entered(timeline, index):
            yield segment.start_ms, cue
        for before_end_ms, cue in within(timeline, index):
            yield segment.end_ms - before_end_ms, cue
    for cue in entered(timeline, len(timeline.segments)):
        yield timeline.total_ms, cue


def rings(cue: Cue) -> bool:
    """Whether the terminal's bell, which has only one sound, marks the cue: countdowns and changes of phase."""
    return cue.kind not in _TOO_MANY_FOR_A_BELL and not (cue.kind is CueKind.RAMP and cue.number > 1)
