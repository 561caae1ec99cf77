"""A session for the player of the page, as JSON: the timeline with its cues, words and movement. Pure.

Whatever a segment, a cue or a step says is worked out here, by the modules that the other players use; the page only
counts the time. Values that recur are in tables, and segments refer to them by number.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.coach.instructions import change_of_side, stop_words, with_side
from hiproutine.figure.model import Figure
from hiproutine.figure.moving import DIGITS, FAR, LINES, Moving, moving
from hiproutine.figure.reels import FRAME_MS, Reel
from hiproutine.figure.stage import Sign
from hiproutine.page.result import ENDS, LETTERS
from hiproutine.practice import readout
from hiproutine.practice.breath import breath_of, turns
from hiproutine.practice.colours import PHASE_ROLES
from hiproutine.practice.cues import COUNT_IN_MS, NOTES, PHASES, Cue, CueKind, entered, within
from hiproutine.practice.hurting import (
    CHOICES,
    STOPPED,
    STOPS,
    Hurting,
    choice_words,
    counted_words,
    nearest_easier,
)
from hiproutine.practice.movement import reel_of
from hiproutine.practice.pain_prompt import MOST
from hiproutine.practice.phrases import Weight, spoken
from hiproutine.practice.player import Player
from hiproutine.practice.timeline import Step, Timeline, ending, instead, unit_ms
from hiproutine.practice.words import segment_words

_PERCENT = 100


class Detail(NamedTuple):
    """Resolution of figures: pictures between key frames, pictures of a circle, and corners of a path."""

    pictures: int
    round: int
    corners: int


DETAILS = (Detail(4, 16, 16), Detail(3, 12, 14), Detail(2, 8, 12), Detail(1, 6, 10))
"""From the finest to the smallest."""
UNIT = 2
"""Of drawings, in their own units."""


class _Table:
    """Values by number, each once."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}

    def number(self, value: Hashable) -> int:
        return self._numbers.setdefault(value, len(self._numbers))

    @property
    def values(self) -> list[Hashable]:
        return list(self._numbers)


class _World(NamedTuple):
    """References shared by all parts of the data: exercises by number, figures and variants by id, and the tables."""

    exercises: Sequence[Exercise]
    figures: Mapping[str, Figure]
    variants: Mapping[str, Exercise]
    tables: Mapping[str, _Table]

    def word(self, text: str) -> int:
        return self.tables["words"].number(text)


def session_data(
    timeline: Timeline,
    figures: Mapping[str, Figure],
    careful: Mapping[str, Sequence[str]],
    variants: Mapping[str, Exercise] = MappingProxyType({}),
) -> dict[str, Any]:
    """Return the data of a session but for its figures, which are known by their exercise, as are cautions.

    `variants` are the exercises that may replace one that hurts.
    """
    exercises = all_exercises(timeline, variants)
    drawn = [each.id for each in exercises if each.id in figures]
    tables = {name: _Table() for name in ("faces", "cues", "moves", "words", "answers", "rows")}
    world = _World(exercises, figures, variants, tables)
    steps = [_step(timeline, number, world) for number in range(len(timeline.steps))]
    done = _cues(timeline, ((0, cue) for cue in entered(timeline, len(timeline.segments))), world)
    return {
        "exercises": [_exercise(each, drawn, careful.get(each.id, ())) for each in exercises],
        "steps": steps,
        **{name: table.values for name, table in tables.items()},
        "done": done,
        "tones": {kind: notes for kind, notes in NOTES.items() if notes},
        "roles": PHASE_ROLES,
        "weights": list(Weight),
        "paused": readout.big_word(Player(timeline, (), paused=True), None),
        "countIn": readout.big_word(Player(timeline, (), count_in_ms=COUNT_IN_MS), None),
        "nearlyMs": readout.NEARLY_MS,
        "countInMs": COUNT_IN_MS,
        "frameMs": FRAME_MS,
        "packing": {"digits": DIGITS, "far": FAR, "lines": sorted(LINES)},
        "choices": {**CHOICES, STOPS: STOPPED},
        "ends": ENDS,
    }


def all_exercises(timeline: Timeline, variants: Mapping[str, Exercise]) -> list[Exercise]:
    """Return the exercises of a session, and after them those that may replace one that hurts."""
    found = dict.fromkeys(step.exercise for step in timeline.steps)
    for exercise in list(found):
        easier = nearest_easier(exercise, variants)
        while easier:
            found[easier] = None
            easier = nearest_easier(easier, variants)
    return list(found)


# ---- exercises and steps ----


def _exercise(exercise: Exercise, drawn: Sequence[str], careful: Sequence[str]) -> dict[str, Any]:
    return {
        "id": exercise.id,
        "name": exercise.name,
        "figure": drawn.index(exercise.id) if exercise.id in drawn else None,
        "cues": exercise.cues,
        "careful": careful,
        "stop": stop_words(exercise.stop_if) if exercise.stop_if else "",
    }


def _step(timeline: Timeline, number: int, world: _World) -> dict[str, Any]:
    step = timeline.steps[number]
    return {
        "exercise": world.exercises.index(step.exercise),
        "side": step.side,
        "sideWord": readout.SIDES.get(step.side or "", ""),
        "letter": LETTERS[step.side],
        "plannedMs": step.planned_ms,
        "setup": _setup(timeline, number, world),
        "coming": _coming(timeline, number),
        "goOn": _said(timeline, Cue(CueKind.GO_ON, step.first), world),
        "segments": [_segment(timeline, step.first + part, world) for part in range(len(step.parts))],
        "answers": list(_answers(step, world)),
        "easier": _easier(timeline, number, world),
    }


def _coming(timeline: Timeline, number: int) -> str:
    """Return what comes after a step, as said shortly before its end."""
    step = timeline.steps[number]
    last = len(step.parts) - 1
    return readout.coming(Player(timeline, (), step.first + last, elapsed_ms=step.parts[last].length_ms))


def _setup(timeline: Timeline, number: int, world: _World) -> list[int]:
    """Return what to read before a step, by numbers: the set-up, or between two sides, that they change."""
    return [world.word(line) for line in _setup_lines(timeline, number)]


def _setup_lines(timeline: Timeline, number: int) -> list[str]:
    step = timeline.steps[number]
    before = timeline.steps[number - 1] if number else None
    if before and (before.item, before.exercise) == (step.item, step.exercise):
        return [change_of_side(step.exercise, step.side or "")]
    return [with_side(line, step.exercise, step.side) for line in step.exercise.setup]


# ---- when it hurts ----


def _answers(step: Step, world: _World) -> Iterator[tuple[int, int]]:
    """Yield from which score on there are which choices, with the advice after the number, in a table."""
    before = None
    hurting = Hurting(step.exercise, nearest_easier(step.exercise, world.variants), step.side)
    for score in range(1, MOST + 1):
        scored = hurting._replace(score=score)
        advice = world.word(counted_words(scored).removeprefix(f"{score} "))
        said = choice_words(scored).items()
        choices = tuple((choice, world.word(f"{words[0].upper()}{words[1:]}")) for choice, words in said)
        number = world.tables["answers"].number((advice, int(scored.red), choices))
        if number != before:
            yield score, number
        before = number


def _easier(timeline: Timeline, number: int, world: _World) -> dict[str, Any] | None:
    """Return the easier variant as the steps after this one, and what it changes of the others; None without.

    `leaves` of the steps that then follow lose their segments; `then` is the first one that keeps them.
    """
    exercise = timeline.steps[number].exercise
    easier = nearest_easier(exercise, world.variants)
    if not easier:
        return None
    longer = instead(timeline, number, easier)
    first = number + 1 + len(longer.steps) - len(timeline.steps)
    coming = next((at for at in range(first, len(longer.steps)) if longer.steps[at].parts), None)
    then = None
    if coming is not None:
        opening = _segment(longer, longer.steps[coming].first, world)
        then = {"setup": _setup(longer, coming, world), "opening": opening}
    return {
        "which": exercise.easier.index(easier.id),
        "coming": _coming(longer, number),
        "steps": [_step(longer, fresh, world) for fresh in range(number + 1, first)],
        "leaves": sum(bool(step.parts) for step in timeline.steps[number + 1 :])
        - sum(bool(step.parts) for step in longer.steps[first:]),
        "then": then,
    }


# ---- segments ----


def _segment(timeline: Timeline, index: int, world: _World) -> int:
    """Return the number of its row; what differs when the step is made shorter comes last there, if anything does."""
    row = _row(timeline, index, world)
    short = tuple(_short(timeline, index, row, world))
    return world.tables["rows"].number((*row, short) if short else row)


def _row(timeline: Timeline, index: int, world: _World) -> tuple[Hashable, ...]:
    """Return its length, role of colour, whether it is exercise, and numbers in the tables, as the page reads."""
    segment = timeline.segments[index]
    step, tables = timeline.steps[segment.step], world.tables
    ms = segment.length_ms
    due = (
        *((0, cue) for cue in entered(timeline, index)),
        *((ms - ahead, cue) for ahead, cue in within(timeline, index)),
    )
    return (
        ms,
        PHASE_ROLES.index(PHASES[segment.phase].role),
        int(segment.work),
        tables["faces"].number(tuple(_faces(timeline, index))),
        tables["cues"].number(_cues(timeline, iter(due), world)),
        tables["moves"].number(_moves(timeline, index, world.figures.get(step.exercise.id))),
        world.word(segment.where),
        world.word(_announced(timeline, index)),
    )


def _short(timeline: Timeline, index: int, row: Hashable, world: _World) -> Iterator[tuple[str, int]]:
    """Yield the row of a segment as the last of its step, that of half of it, and the unit of halves, by names."""
    segment = timeline.segments[index]
    if not segment.work:
        return
    step = timeline.steps[segment.step]
    after = timeline.segments[index + 1 : step.first + len(step.parts)]
    if after and (after[0].where != segment.where or after[-1].where == segment.where):
        last = _row(ending(timeline, index), index, world)
        if last != row:
            yield "last", world.tables["rows"].number(last)
    if not timeline.segments[index - 1].work:
        halved = ending(timeline, index, halved=True)
        if halved.segments[index].length_ms < segment.length_ms:
            yield "half", _segment(halved, index, world)
    unit = unit_ms(segment.phase, timeline.manner)
    if unit != 1000:
        yield "unitMs", unit


def _announced(timeline: Timeline, index: int) -> str:
    """Return what a screen reader says as the segment begins; the beats of a repetition are too short for words."""
    quiet = any(cue.kind in (CueKind.BEAT, CueKind.REP) for cue in entered(timeline, index))
    return "" if quiet else segment_words(timeline, timeline.segments[index])


def _faces(timeline: Timeline, index: int) -> Iterator[tuple[int, str, str]]:
    """Yield how long before its end the word of the segment changes, the word, and the number in place of seconds."""
    segment = timeline.segments[index]
    before: tuple[str, str] | None = None
    for ahead_ms in _changes(timeline, index):
        player = Player(timeline, (), index, elapsed_ms=segment.length_ms - ahead_ms)
        counted = readout.shows_repetition(segment) or readout.breath_now(player)
        face = readout.big_word(player, None), readout.big_number(player, None) if counted else ""
        if face != before:
            yield ahead_ms, *face
        before = face


def _changes(timeline: Timeline, index: int) -> list[int]:
    """Return when the word or the number of a segment may change, in milliseconds before its end."""
    segment = timeline.segments[index]
    found = {segment.length_ms}
    for ahead_ms, cue in within(timeline, index):
        if cue.kind is CueKind.HALFWAY:
            found |= {ahead_ms, ahead_ms - readout.HALFWAY_MS}
    if breath := breath_of(timeline, segment):
        found |= {ahead_ms for ahead_ms, _ in turns(breath, segment.length_ms)}
    return sorted(found, reverse=True)


def _cues(timeline: Timeline, due: Iterator[tuple[int, Cue]], world: _World) -> tuple[tuple[Any, ...], ...]:
    """Return when each cue is due after the start, its kind, and what is said, with its weight, if anything is."""
    return tuple((at_ms, cue.kind.value, *_said(timeline, cue, world)) for at_ms, cue in due)


def _said(timeline: Timeline, cue: Cue, world: _World) -> tuple[int, ...]:
    """Return the number of the words, and their weight; nothing if nothing is said."""
    speech = spoken(timeline, cue)
    return (world.word(speech.text), list(Weight).index(speech.weight)) if speech else ()


# ---- movement ----


def _moves(timeline: Timeline, index: int, figure: Figure | None) -> tuple[str, tuple[tuple[int, int, int], ...]]:
    """Return which effort is shown, and where the figure is when: frames, share and width in per cent.

    Between two such times it moves evenly. What turns round a circle goes beyond 100 per cent.
    """
    if not figure:
        return "", ()
    reel = reel_of(timeline, index, figure, reduced=False)
    effort = next((sign.value for sign in reel.frames[0].signs if sign in (Sign.PUSH, Sign.PULL)), "")
    return effort, tuple(_bends(_track(reel, _coming_from(timeline, index, figure))))


def _coming_from(timeline: Timeline, index: int, figure: Figure) -> float | None:
    """Return the share at which the segment before ended, if it was of the same step."""
    segments = timeline.segments
    if not index or segments[index - 1].step != segments[index].step:
        return None
    return reel_of(timeline, index - 1, figure, reduced=False).frames[-1].share


def _track(reel: Reel, before: float | None) -> list[tuple[int, int, int]]:
    """Return every frame of a reel at the time at which it is reached, after the share from which it comes."""
    shares = [frame.share for frame in reel.frames]
    shares.insert(0, shares[0] if before is None or len(shares) == 1 else before)
    if reel.figure.path == "circle":
        shares = _unwound(shares)
    widths = [reel.frames[0].width, *(frame.width for frame in reel.frames)]
    return [
        (number, round(share * _PERCENT), round(width * _PERCENT))
        for number, (share, width) in enumerate(zip(shares, widths, strict=True))
    ]


def _unwound(shares: Sequence[float]) -> list[float]:
    """Return the shares of a circle without the jump from its end to its start."""
    found, turned = list(shares[:1]), 0
    for one, other in pairwise(shares):
        turned += (one - other > 0.5) - (other - one > 0.5)
        found.append(other + turned)
    return found


def _bends(track: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield the first point, those between which the movement is even, and the last unless nothing moves."""
    yield track[0]
    last = 0
    for number in range(1, len(track) - 1):
        if not all(_is_between(each, track[last], track[number + 1]) for each in track[last + 1 : number + 1]):
            yield track[number]
            last = number
    if any(each[1:] != track[-1][1:] for each in track):
        yield track[-1]


def _is_between(point: tuple[int, int, int], start: tuple[int, int, int], end: tuple[int, int, int]) -> bool:
    """Whether a point is on the line from one to another, as near as whole numbers can be."""
    part = (point[0] - start[0]) / (end[0] - start[0])
    return all(abs(a + (b - a) * part - here) <= 1 for here, a, b in zip(point[1:], start[1:], end[1:], strict=True))


def moving_figure(figure: Figure, detail: Detail) -> Moving:
    if figure.keys == 1:
        shares = [0.0]
    elif figure.path == "circle":
        shares = [number / detail.round for number in range(detail.round)]
    else:
        count = detail.pictures * (figure.keys - 1)
        shares = [number / count for number in range(count + 1)]
    return moving(figure, shares, detail.corners, UNIT)
