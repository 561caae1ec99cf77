"""Segments and cues in words: one wording for the screen, the shell and the ear."""

from hiproutine.catalogue.prescription import Phase, seconds
from hiproutine.history.records import SessionRecord
from hiproutine.practice.breath import breath_of
from hiproutine.practice.cues import RAMP_WORDS, Cue, CueKind
from hiproutine.practice.timeline import Segment, Timeline
from hiproutine.text import clock_length, counted

PHASES = {
    Phase.READY: "GET READY",
    Phase.SWITCH: "SWITCH",
    Phase.REST: "REST",
    Phase.HOLD: "HOLD",
    Phase.STRETCH: "STRETCH",
    Phase.CONTRACT: "CONTRACT",
    Phase.RELAX: "RELAX",
    Phase.DEEPEN: "DEEPEN",
    Phase.RAMP: "BUILD UP",
    Phase.PUSH: "PUSH",
    Phase.PULL: "PULL",
    Phase.SETTLE: "SETTLE",
    Phase.MOVE: "MOVE",
    Phase.CIRCLE: "CIRCLE",
}


STOP_QUESTION = "Stop here?"
STOP_ANSWERS = ("q stops and keeps what you did", "l leaves it for later", "any other key goes on")


def ending_words(name: str, record: SessionRecord) -> tuple[str, str]:
    """What is said at the end of the session of that name, and what was done of it."""
    steps = record.steps
    done = sum(step.end == "done" for step in steps)
    held = clock_length(sum(step.held_ms for step in steps))
    praise = "Well done." if done == len(steps) else "That counts." if done else "A start."
    return praise, f"{name}: {done} of {len(steps)} done, {held} min of exercise"


def breaths(count: int) -> str:
    return counted(count, "breath")


def segment_words(timeline: Timeline, segment: Segment) -> str:
    """What a segment asks for: `hold 30 s, set 1 of 2`; before an exercise or a side, which one it is."""
    step = timeline.steps[segment.step]
    length = seconds(segment.length_ms // 1000)
    if segment.phase is Phase.READY:
        return f"get ready {length}{segment.where and f', {segment.where}'}: {step.title}"
    if segment.phase is Phase.SWITCH:
        return f"switch {length}: {step.side} side"
    if breath := breath_of(timeline, segment):
        length = f"{breaths(segment.length_ms // 1000 // breath.whole_s)}, {length}"
    words = f"{segment.label} {length}"
    return f"{words}, {segment.where}" if segment.where else words


def cue_words(timeline: Timeline, cue: Cue) -> str:
    match cue.kind:
        case CueKind.COUNT:
            return str(cue.number)
        case CueKind.REMAINING:
            return f"{cue.number} s left"
        case CueKind.HALFWAY | CueKind.END | CueKind.DONE | CueKind.PAUSED | CueKind.BREATHE_IN | CueKind.BREATHE_OUT:
            return cue.kind.value
        case CueKind.RAMP if cue.number > 1:
            return RAMP_WORDS[cue.number - 1]
        case _:
            return segment_words(timeline, timeline.segments[cue.segment])
