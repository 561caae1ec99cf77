"""Segments and cues in words: one wording for the screen, the shell and the ear."""

from collections.abc import Iterator

from hiproutine.catalogue.prescription import Phase, seconds
from hiproutine.history.records import TOO_EASY, SessionRecord
from hiproutine.history.words import done_words, held_ms
from hiproutine.practice.breath import breath_of
from hiproutine.practice.cues import NOTES, RAMP_WORDS, Cue, CueKind, scheduled
from hiproutine.practice.phrases import spoken
from hiproutine.practice.timeline import Segment, Timeline
from hiproutine.text import counted, length_words

KEYS = {
    "pause": "Pause; resume after a count-in of 3 s",
    "next": "Next side or exercise; ends a rest at once",
    "previous": "This side again, or the one before",
    "longer": "10 seconds more",
    "shorter": "10 seconds less",
    "hurt": "It hurts: stop and choose what to do",
    "minutes": "Minutes left: type how many; sets and exercises that do not fit are omitted",
    "easy": "Too easy: the exercise just done; a step up comes sooner",
    "hard": "Too hard: the exercise just done; next time a step less",
    "stop": "Stop: q keeps what was done, l leaves it for later",
    "help": "These keys",
}
"""Actions of the practice keys, in every front end."""
STOP_QUESTION = "Stop here?"
LATER = "l"
STOP_ANSWERS = {
    "q": "q stops and keeps what you did",
    LATER: "l leaves it for later",
    "escape": "any other key resumes",
}
"""The answers by key."""


def minutes_question(typed: str) -> str:
    """Return the question of how many minutes are left, with what is typed."""
    return f"Minutes left: {typed or '_'}   Enter fits the rest into them, Esc changes nothing."


def fitted_words(timeline: Timeline, here: int, minutes: int) -> str:
    """Return what is omitted, or has fewer sets, from the step `here` on, so that it takes these minutes."""
    ahead = [step for step in timeline.steps[here:] if not step.eased]
    own = {(bool(step.parts), step.prescription) for step in ahead if step.item == ahead[0].item}
    gone, less = dict[str, None](), dict[str, None]()
    for step in ahead:
        name = step.title if step.item == ahead[0].item and len(own) > 1 else step.exercise.name
        if not step.parts:
            gone[name] = None
        elif step.full not in (None, step.prescription):
            less[name] = None
    found = [f"{what}: {'; '.join(which)}." for what, which in (("Omitted", gone), ("Fewer sets", less)) if which]
    return " ".join(found) or f"All of it fits into {minutes} min."


def effort_words(name: str, felt: str) -> str:
    """Return what follows from how an exercise felt."""
    follows = "a step up comes sooner" if felt == TOO_EASY else "next time it is a step less"
    return f"Noted: {name} felt {felt}; {follows}."


def ending_words(name: str, record: SessionRecord) -> tuple[str, str]:
    """Return the praise at the end of a session, and a summary of it."""
    done = [step.end == "done" for step in record.steps]
    held = length_words(held_ms(record.steps))
    praise = "Well done." if all(done) else "That counts." if any(done) else "You made a start."
    return praise, f"{name}: {done_words(record.steps)}, {held} of exercise"


def breaths(count: int) -> str:
    return counted(count, "breath")


def segment_words(timeline: Timeline, segment: Segment) -> str:
    """Return the words of a segment, such as `hold 30 s, set 1 of 2`; before an exercise or a side, its name."""
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
            in_breaths = breath_of(timeline, timeline.segments[cue.segment])
            return f"{breaths(cue.number) if in_breaths else seconds(cue.number)} left"
        case CueKind.HALFWAY | CueKind.END | CueKind.DONE | CueKind.PAUSED | CueKind.BREATHE_IN | CueKind.BREATHE_OUT:
            return cue.kind.value
        case CueKind.EXPLAIN | CueKind.ADVICE | CueKind.GO_ON:
            return cue.kind.value
        case CueKind.RAMP if cue.number > 1:
            return RAMP_WORDS[cue.number - 1]
        case _:
            return segment_words(timeline, timeline.segments[cue.segment])


def rehearsal(timeline: Timeline) -> Iterator[tuple[int, str]]:
    """Every cue of a session in a line, with its time: what will be seen, heard and said; before it, which exercise."""
    if not timeline.segments:  # nothing of what was named is for today
        return
    last = len(timeline.segments) - 1
    for at_ms, cue in scheduled(timeline):
        minutes, rest = divmod(at_ms // 1000, 60)
        tone = f"  [{cue.kind}]" if NOTES[cue.kind] else ""
        speech = spoken(timeline, cue)
        said = f'  says "{speech.text}"' if speech else ""
        item = timeline.steps[timeline.segments[min(cue.segment, last)].step].item
        yield item, f"{minutes:02}:{rest:02}  {cue_words(timeline, cue)}{tone}{said}"
