"""The large readout for the mat: what to do, the side, the number and what comes, in each state of a session. Pure."""

import re
from datetime import datetime, timedelta
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import Phase, load_of
from hiproutine.coach.instructions import HELD_FROM_S
from hiproutine.practice.breath import Moment, breath_of, moment
from hiproutine.practice.cues import PHASES, CueKind, within
from hiproutine.practice.hurting import Hurting
from hiproutine.practice.player import Player
from hiproutine.practice.timeline import Segment
from hiproutine.practice.words import segment_words
from hiproutine.text import clock_length

HALFWAY_MS = 3_000
"""Duration of the "halfway" display."""
# As wide as the words that they stand for, so that nothing around them has to be painted again.
_HALFWAY = {Phase.HOLD: "HALF", Phase.STRETCH: "HALFWAY"}
CUE_EVERY_MS = 15_000
"""Display time of an exercise's cue."""
NEARLY_MS = 10_000
"""Before the end of a side or an exercise, what comes is shown large."""
SIDES = {"left": "◀\N{NO-BREAK SPACE}LEFT", "right": "RIGHT\N{NO-BREAK SPACE}▶"}
_COUNT = re.compile(r"(set|rep|round|circle) (\d+) of (\d+)$")
_LONGEST_BEAT = 9
# What would have no room in a narrow window.
_SHORTER = {"STRAIGHTEN": "EXTEND"}
# What the blocks say, or an article.
_UNSAID = frozenset({"CIRCLE", "THE"})
# No good last words of a beat that is cut.
_JOINS = frozenset({"and", "to", "one", "while", "with", "free"})


def breath_now(player: Player) -> Moment | None:
    """Return the moment of the breath during a hold counted in breaths."""
    breath = breath_of(player.timeline, player.segment)
    goes_on = player.remaining_ms and not player.paused and not player.count_in_ms
    return moment(breath, player.remaining_ms) if breath and goes_on else None


def big_word(player: Player, hurting: Hurting | None) -> str:
    if hurting:
        return "HURTS?"
    if player.paused:
        return "PAUSED"
    if player.count_in_ms:
        return "RESUME"
    if breath := breath_now(player):
        return "IN" if breath.inward else "OUT"
    return _HALFWAY[player.segment.phase] if _just_halfway(player) else doing(player.segment)


def doing(segment: Segment) -> str:
    """Return the phase; in a repetition its beat, in a circle its way, in as many whole words as fit."""
    if not segment.rep:
        return PHASES[segment.phase].word
    words = segment.label.upper().replace(",", "").split()
    first, *others = [word for word in words if word not in _UNSAID] or words
    for word in others:
        if len(f"{first} {word}") > _LONGEST_BEAT or word.lower() in _JOINS:
            break
        first = f"{first} {word}"
    return _SHORTER.get(first, first)


def big_side(player: Player) -> str:
    """Return the side with an arrow to it; nothing where there are no sides."""
    return SIDES.get(player.step.side or "", "")


class Count(NamedTuple):
    """Which set, repetition, round or circle runs, of how many, and how many are begun."""

    what: str
    number: int
    total: int
    begun: int


def count(player: Player) -> Count | None:
    """Return the innermost of what is counted in the running step, if it is counted."""
    segment, step = player.segment, player.step
    if segment.phase in (Phase.READY, Phase.SWITCH):
        first = next((each for each in step.parts[1:] if _COUNT.search(each.where)), None)
        found = _COUNT.search(first.where) if first else None
        return Count(found[1], 1, int(found[3]), 0) if found else None
    found = _COUNT.search(segment.where)
    if not found:
        return None
    number, total = int(found[2]), int(found[3])
    return Count(found[1], number, total, number - segment.where.startswith("before"))


def short_name(exercise: Exercise) -> str:
    """Return the name for large letters."""
    return (exercise.short or exercise.name).upper()


def coming(player: Player) -> str:
    """Return the side or the exercise that comes, in the last seconds before it; nothing at any other time."""
    ahead = player.timeline.steps[player.segment.step + 1 :]
    following = next((step for step in ahead if step.parts), None)
    near = player.segment.phase not in (Phase.READY, Phase.SWITCH) and player.step_remaining_ms <= NEARLY_MS
    if player.finished or not near or not following:
        return ""
    here = player.step
    other_side = (following.item, following.exercise.id) == (here.item, here.exercise.id)
    return SIDES[following.side] if other_side and following.side else short_name(following.exercise)


def big_number(player: Player, hurting: Hurting | None) -> str:
    """Return the repetition, seconds, minutes and seconds from 100 s on, or breaths, counted down to 0."""
    if hurting:
        return "0-10" if hurting.number is None else str(hurting.number)
    if player.count_in_ms:
        return _seconds(player.count_in_ms)
    if breath := breath_now(player):
        return str(breath.breaths)
    if shows_repetition(player.segment) and (repetition := count(player)):
        return f"{repetition.number}/{repetition.total}"
    return clock_length(player.remaining_ms) if player.remaining_ms > 99_000 else _seconds(player.remaining_ms)


def shows_repetition(segment: Segment) -> bool:
    """Whether the large number is the repetition or the circle; a beat that is held long counts its seconds."""
    return segment.rep > 0 and (segment.phase is Phase.CIRCLE or segment.length_ms < 1000 * HELD_FROM_S)


def small_word(player: Player, hurting: Hurting | None) -> str:
    """Return the big word with the phase, where there is no room for large letters."""
    word, phase = big_word(player, hurting), doing(player.segment)
    return phase if word == phase else f"{word} {phase}"


# ---- in lines of text ----


def session_words(player: Player, now: datetime) -> str:
    """Return which exercise it is, of how many, and until when."""
    left_ms = player.session_remaining_ms
    exercise = f"{player.step.item + 1} of {player.timeline.items}"
    ends = now + timedelta(milliseconds=left_ms)
    return f"{exercise} · {clock_length(left_ms)}, ends {ends:%H:%M}"


def status_line(player: Player, now: datetime, width: int) -> str:
    """Return the state of the session and what follows, in the longest wording that `width` cells hold."""
    session = session_words(player, now)
    heads = f"{session} · ", f"{session.partition(',')[0]} · ", ""
    lines = (f"{head}{words}" for head in heads for words in next_words(player))
    return next((line for line in lines if len(line) <= width), session)


def next_words(player: Player) -> tuple[str, ...]:
    """Return what follows: with what comes after it, without that, without the set, and without any place."""
    following = player.coming
    if player.paused:
        return "Space resumes. Nothing counts while you pause.", "Space resumes."
    if following is None:
        return ("next: that was all",)
    if following.phase is Phase.REST:
        following = following._replace(where="")
    wheres = (following.where, following.where.rpartition(", ")[2], "")
    whole, *shorter = (segment_words(player.timeline, following._replace(where=where)) for where in wheres)
    if following.phase is Phase.READY:
        shorter = [player.timeline.steps[following.step].title]
    then = f"{whole}   then: {_then(player)}" if _then(player) else whole
    return tuple(dict.fromkeys(f"next: {words}" for words in (then, whole, *shorter)))


def _then(player: Player) -> str:
    """Return what comes after what follows: the set after a rest, or another side or exercise; otherwise nothing."""
    timeline = player.timeline
    following, *after = timeline.segments[player.at + 1 : player.at + 3]
    if following.phase in (Phase.READY, Phase.SWITCH) or not after:
        return ""
    if after[0].phase is Phase.READY:
        return timeline.steps[after[0].step].title
    if after[0].phase is Phase.SWITCH:
        return f"{timeline.steps[after[0].step].side} side"
    return segment_words(timeline, after[0]) if following.phase is Phase.REST else ""


def minds(player: Player) -> tuple[str, ...]:
    """Return what to mind in the running exercise: what the side means, or what is added, what to do and a cue."""
    segment, step = player.segment, player.step
    if segment.phase is Phase.SWITCH:
        return (f"{step.side}: {step.exercise.side_is}",) if step.exercise.side_is else ()
    since_ms = segment.start_ms - player.timeline.segments[step.first].start_ms + player.elapsed_ms
    label = "" if segment.label.upper() in small_word(player, None) else segment.label
    cues = step.exercise.cues
    found = (load_of(step.prescription), label, cues[since_ms // CUE_EVERY_MS % len(cues)])
    return tuple(words for words in found if words)


def _seconds(ms: int) -> str:
    return str(-(-ms // 1000))


def _just_halfway(player: Player) -> bool:
    cues = () if player.finished else within(player.timeline, player.at)
    since_ms = (ahead_ms - player.remaining_ms for ahead_ms, cue in cues if cue.kind is CueKind.HALFWAY)
    return any(0 <= ms < HALFWAY_MS for ms in since_ms)
