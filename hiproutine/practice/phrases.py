"""Spoken phrases for cues, only where there is time for them: never over a countdown. Pure.

Whether an exercise is explained before it begins, and how long speech takes, is known to `coach.instructions`.
"""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from hiproutine.catalogue.prescription import Hold, Phase, TimedFlow, load_of
from hiproutine.coach.instructions import (
    COUNTDOWN_S,
    PAUSE_MS,
    SPARE_MS,
    aloud,
    announcement,
    change_of_side,
    dose_in_words,
    name_of,
    said_ms,
    time_in_words,
    with_side,
)
from hiproutine.practice.breath import breath_of
from hiproutine.practice.cues import (
    ADVICE_AT_MS,
    COUNT_IN_MS,
    HELD,
    NOTES,
    PAUSED_BY,
    PHASES,
    RAMP_WORDS,
    Cue,
    CueKind,
    counted,
    entered,
    scheduled,
    within,
)
from hiproutine.practice.timeline import Segment, Step, Timeline
from hiproutine.text import counted as some

SPOKEN_REP_FROM_MS = 3_000
_TIMED_FROM_MS = 10_000
"""Shorter waits need no announced length."""
MOST_TALK = 0.4
"""Of a hold: the rest of it is quiet."""
_HURT_QUESTIONS = (
    "Stopped. How much does it hurt, 0 to 10? 0 resumes.",
    "e for easier, s for shorter, n to skip it.",
)
_DONE = "Session done."
_SET = re.compile(r"(?:set|round) (\d+) of \d+")
_PHASE_SENTENCE = re.compile(r"(\w+) [\u2013\u2014-] (.+)")


class Weight(StrEnum):
    """Speech priority: higher interrupts lower; equal is dropped while one is being spoken.

    Instructions wait for each other instead.
    """

    NAME = "name"
    WORD = "word"
    NUMBER = "number"
    INSTRUCTION = "instruction"


class Speech(NamedTuple):
    text: str
    weight: Weight


def spoken(timeline: Timeline, cue: Cue) -> Speech | None:
    """The phrases of a cue, if any: names before they begin, ramps in words, times sparsely, never a count."""
    if cue.kind in _OF_SESSION:
        return _of_session(timeline, cue)
    segment = timeline.segments[cue.segment]
    step = timeline.steps[segment.step]
    match cue.kind:
        case CueKind.READY:
            return _fitting(segment, cue, Weight.NAME, *_announcements(timeline, step))
        case CueKind.EXPLAIN:
            return Speech(step.guide[cue.number].text, Weight.INSTRUCTION)
        case CueKind.SWITCH:
            return _fitting(segment, cue, Weight.NAME, *_switches(step))
        case CueKind.RAMP:
            return _ramp(segment, step, cue)
        case CueKind.REP if cue.number > 1 and _rep_ms(timeline, cue.segment) >= SPOKEN_REP_FROM_MS:
            return Speech(str(cue.number), Weight.NUMBER)
        case CueKind.START | CueKind.BEAT | CueKind.REP | CueKind.CONTRACT | CueKind.RELAX | CueKind.DEEPEN:
            return _fitting(segment, cue, Weight.WORD, *_beginnings(timeline, cue))
        case CueKind.REMAINING:
            return _call(timeline, cue)
        case CueKind.ADVICE:
            return _advice(timeline, cue)
        case CueKind.REST:
            return _fitting(segment, cue, Weight.WORD, *_rests(timeline, cue.segment))
        case _:
            return None


_OF_SESSION = frozenset({CueKind.HURT, CueKind.DONE, CueKind.PAUSED, CueKind.GO_ON})


def _of_session(timeline: Timeline, cue: Cue) -> Speech:
    """Phrases about the session as a whole."""
    match cue.kind:
        case CueKind.HURT:
            return Speech(_HURT_QUESTIONS[cue.number], Weight.NAME)
        case CueKind.DONE:
            return Speech(_DONE, Weight.NAME)
        case CueKind.GO_ON:
            step = timeline.steps[timeline.segments[cue.segment].step]
            name, side = name_of(step.exercise), f"{step.side} side" if step.side else ""
            whole = f"{name}, {side}." if side else name
            return _first((whole, name, side), Weight.NAME, COUNT_IN_MS) or Speech(whole, Weight.NAME)
        case _:
            why = PAUSED_BY[cue.number]
            return Speech(f"Paused: {why}." if why else "paused", Weight.NAME if why else Weight.WORD)


def texts(timeline: Timeline) -> Iterator[str]:
    """Each phrase that a session may say, once, in the order in which it needs them."""
    found = dict.fromkeys(speech.text for _, cue in scheduled(timeline) if (speech := spoken(timeline, cue)))
    others = [Cue(CueKind.HURT, 0, number) for number in range(len(_HURT_QUESTIONS))]
    others += [Cue(CueKind.PAUSED, 0, number) for number in range(len(PAUSED_BY))]
    others += [Cue(CueKind.GO_ON, step.first) for step in timeline.steps if step.parts]
    yield from dict.fromkeys([*found, *(_of_session(timeline, cue).text for cue in others)])


# ---- where there is time ----


def _fitting(segment: Segment, cue: Cue, weight: Weight, *texts: str) -> Speech | None:
    """The first of the texts that there is time for after the tone; of a hold, only so much is talk."""
    room_ms = segment.length_ms - _tone_ms(cue.kind) - _counted_ms(segment)
    if segment.phase in HELD:
        room_ms = min(room_ms, int(segment.length_ms * MOST_TALK))
    return _first(texts, weight, room_ms)


def _first(texts: Iterable[str], weight: Weight, room_ms: int) -> Speech | None:
    return next((Speech(text, weight) for text in texts if text and said_ms(text) <= room_ms), None)


def _counted_ms(segment: Segment) -> int:
    """Quiet time before the end of a segment."""
    return (1000 * COUNTDOWN_S + SPARE_MS) * counted(segment)


@cache
def _tone_ms(kind: CueKind) -> int:
    return sum(note.ms + note.gap_ms for note in NOTES[kind])


# ---- before an exercise ----


def _announcements(timeline: Timeline, step: Step) -> Iterator[str]:
    """The exercise, the side and what is ahead, the longest first; what is explained says the rest by itself."""
    whole = announcement(step.exercise, step.side, first=not step.first)
    if not step.guide:
        name, load = whole.removesuffix("."), aloud(load_of(step.prescription) or "")
        side_is = step.exercise.side_is if step.side else ""
        if not isinstance(step.prescription, Hold | TimedFlow):  # these say how long as they begin
            dose = dose_in_words(step.exercise, step.prescription, timeline.manner)
            yield f"{', '.join(filter(None, (name, side_is)))}. {dose}"
            yield f"{name}. {dose}"
        yield f"{', '.join(filter(None, (name, side_is, load)))}."
        yield f"{', '.join(filter(None, (name, load)))}."
    yield whole
    yield whole.partition(": ")[2]
    if step.side:
        yield f"{step.side} side"


def _switches(step: Step) -> Iterator[str]:
    whole = change_of_side(step.exercise, step.side or "")
    yield whole
    yield f"{whole.partition(' is ')[0].removesuffix('.')}."
    yield f"Now your {step.side} side."
    yield f"{step.side} side"


def _rests(timeline: Timeline, index: int) -> Iterator[str]:
    """The length of a rest, and that the side stays; a rest within repetitions is named once, as any beat."""
    segment = timeline.segments[index]
    if counted(segment):
        words = f"Rest, {_length(timeline, segment)}."
        if timeline.steps[segment.step].side:
            yield f"{words} Same side again."
        yield words
    if counted(segment) or _is_new(timeline, index):
        yield "rest"


# ---- during it ----


def _beginnings(timeline: Timeline, cue: Cue) -> Iterator[str]:
    """Announcements of a work segment: its set, its action and its length; the longest first."""
    segment, later = timeline.segments[cue.segment], _later_set(timeline, cue.segment)
    if cue.kind in (CueKind.CONTRACT, CueKind.RELAX, CueKind.DEEPEN):
        yield from _efforts(timeline, segment, later)
        return
    what = ""
    if not segment.rep:
        what = _sentence(f"{segment.label}, {_length(timeline, segment)}")
    elif _is_new(timeline, cue.segment):
        what = aloud(segment.label)
    yield f"{later} {what}".strip()
    yield later or what
    yield what
    yield "" if segment.rep else segment.label


def _efforts(timeline: Timeline, segment: Segment, later: str) -> Iterator[str]:
    """The exercise's own words on pushing or letting go, with the round or the length."""
    own = list(_own_words(timeline.steps[segment.step], segment.phase))
    own.append(segment.label.rpartition(": ")[2])  # without the name of the technique
    if later:
        yield from (f"{later} {words}" for words in own[1:])
    if segment.length_ms >= _TIMED_FROM_MS:
        yield f"{_sentence(own[0])} {_length(timeline, segment)}."
    yield from own


def _ramp(segment: Segment, step: Step, cue: Cue) -> Speech | None:
    """The push at the start of a ramp, and the effort due at each third of it."""
    words = RAMP_WORDS[cue.number - 1]
    own = _own_words(step, segment.phase) if cue.number == 1 else ()
    return _first((*own, words), Weight.WORD, segment.length_ms // len(RAMP_WORDS) - _tone_ms(cue.kind))


def _own_words(step: Step, phase: Phase) -> Iterator[str]:
    """The exercise's own words for a phase: all of them, then fewer."""
    sentences = (_PHASE_SENTENCE.fullmatch(line) for line in step.exercise.setup)
    own = next((found[2] for found in sentences if found and found[1] == PHASES[phase].sentence), None)
    if own:
        words = with_side(own, step.exercise, step.side)
        yield _sentence(words)
        for stop in (r"[.;]", r"[.;,]"):
            yield _sentence(re.split(rf"{stop}\s", words)[0])


def _later_set(timeline: Timeline, index: int) -> str:
    """`Set 2 of 2.`, where a set or round begins, but not the first."""
    here = _SET.match(timeline.segments[index].where)
    before = _SET.match(timeline.segments[index - 1].where) if index else None
    begins = here and here[1] != "1" and not (before and before[0] == here[0])
    return _sentence(here[0]) if here and begins else ""


def _is_new(timeline: Timeline, index: int) -> bool:
    """Whether a beat is to be named: the first with its label in its step, and a circle whenever the way changes."""
    segment = timeline.segments[index]
    first = timeline.steps[segment.step].first
    before = timeline.segments[first:index]
    if segment.phase is Phase.CIRCLE:
        return before[-1].label != segment.label
    return all(each.label != segment.label for each in before)


def _rep_ms(timeline: Timeline, index: int) -> int:
    """Length of the repetition that begins with that segment."""
    segment = timeline.segments[index]
    parts = timeline.steps[segment.step].parts
    return sum(part.length_ms for part in parts if part.where == segment.where)


def _call(timeline: Timeline, cue: Cue) -> Speech | None:
    """The remaining time; with the last such call, the next side."""
    segment = timeline.segments[cue.segment]
    breath = breath_of(timeline, segment)
    left = f"{some(cue.number, 'breath' if breath else 'second')} to go"
    ahead_ms = cue.number * 1000 * (breath.whole_s if breath else 1)
    return _first((*_with_side(timeline, cue, left), left), Weight.NUMBER, ahead_ms - _counted_ms(segment))


def _with_side(timeline: Timeline, cue: Cue, left: str) -> Iterator[str]:
    last = all(other.number >= cue.number for _, other in within(timeline, cue.segment) if other.kind is cue.kind)
    coming = timeline.segments[cue.segment + 1 : cue.segment + 2]
    if last and coming and coming[0].phase is Phase.SWITCH:
        yield f"{left}. Next: {timeline.steps[coming[0].step].side} side."


def _advice(timeline: Timeline, cue: Cue) -> Speech | None:
    """A cue of the exercise, another one in each hold: if it is over before the next call, and not too much is said."""
    segment = timeline.segments[cue.segment]
    item = timeline.steps[segment.step].item
    earlier = sum(
        any(other.kind is CueKind.ADVICE for _, other in within(timeline, index))
        for index, each in enumerate(timeline.segments[: cue.segment])
        if timeline.steps[each.step].item == item and each.phase in HELD
    )
    advice = timeline.steps[segment.step].exercise.cues
    calls = [
        (segment.length_ms - before_end_ms, other)
        for before_end_ms, other in within(timeline, cue.segment)
        if NOTES[other.kind] or other.kind is CueKind.REMAINING
    ]
    following_ms = min((at_ms for at_ms, _ in calls if at_ms > ADVICE_AT_MS), default=segment.length_ms)
    others = (*entered(timeline, cue.segment), *(other for _, other in calls))
    said = sum(said_ms(speech.text) for other in others if (speech := spoken(timeline, other)))
    room_ms = min(following_ms - ADVICE_AT_MS - PAUSE_MS, int(segment.length_ms * MOST_TALK) - said)
    return _first([_sentence(advice[earlier % len(advice)])] if advice else [], Weight.INSTRUCTION, room_ms)


def _length(timeline: Timeline, segment: Segment) -> str:
    seconds = segment.length_ms // 1000
    if breath := breath_of(timeline, segment):
        return some(seconds // breath.whole_s, "breath")
    return time_in_words(seconds)


def _sentence(words: str) -> str:
    words = aloud(words).strip()
    return f"{words[0].upper()}{words[1:].removesuffix('.')}." if words else ""
