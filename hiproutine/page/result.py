"""The result of a session on the page: a word of text, and the records that follow from it. Pure.

The page writes `START/LASTED/PRACTISED/STEP,STEP,…/pN`: when it began, in how many seconds it was over, how many of
them without pauses; of each step its side and the seconds held, such as `l30`, with `h4` each time it hurt, 4 of 10,
and what was chosen then: nothing for the next exercise, `s` for shorter, `x` for the end, `e0` for the first of its
easier variants, whose sides are the next steps; and how much it hurt afterwards, if that was answered, with the keys of
the place and the side, such as `p2fl`. It is read as strictly as what another program wrote: it must be a result of
that session, and no longer than that can have taken.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.clock import Clock
from hiproutine.errors import HiproutineError
from hiproutine.history import calendar, making
from hiproutine.history.past import Past
from hiproutine.history.records import (
    NOT_WHOLE,
    Hurt,
    Opening,
    Pain,
    Record,
    SessionRecord,
    closed,
    fault,
    fields_of,
    read_instant,
    read_record,
)
from hiproutine.practice.hurting import STOPPED
from hiproutine.practice.pain_prompt import PAIN_SIDES, PLACES, Where
from hiproutine.practice.player import Player
from hiproutine.practice.recording import LATE_DAYS, ended, opening
from hiproutine.practice.resume import Course
from hiproutine.practice.timeline import Timeline, instead

LETTERS = {"left": "l", "right": "r", None: "b"}
"""Sides in a result; b for both, or none."""
ENDS = {"skip": "", "shorter": "s", "easier": "e", STOPPED: "x"}
"""Choices in a result, by the words of the history; `e` is followed by the number of the variant."""
LONGEST = 20_000
"""In characters; a session of a thousand steps takes half of it."""
_AHEAD = timedelta(minutes=10)
"""Maximum lead of the phone's clock over this computer's."""
_SECOND = r"\d{1,5}(?:\.\d)?"
_WHERE = rf"(?P<place>[{''.join(PLACES)}]?)(?P<pain_side>[{''.join(PAIN_SIDES)}]?)"
_HURT = rf"h(?:10|[1-9])[{''.join(PLACES)}]?[{''.join(PAIN_SIDES)}]?(?:[sx]|e\d)?"
_STEP = rf"[{''.join(LETTERS.values())}]{_SECOND}(?:{_HURT})*"
_RESULT = re.compile(
    rf"(?P<start>[0-9TZ:.-]{{20,24}})/(?P<lasted>{_SECOND})/(?P<active>{_SECOND})/(?P<steps>{_STEP}(?:,{_STEP})*)"
    rf"(?:/p(?P<pain>10|\d){_WHERE})?"
)
_PARTS = re.compile(rf"(?P<side>[a-z])(?P<held>{_SECOND})(?P<hurts>.*)")
_HURT_PARTS = re.compile(rf"h(?P<score>\d+){_WHERE}(?P<end>[{''.join(ENDS.values())}]?)(?P<variant>\d?)")


class _Hurt(NamedTuple):
    score: int
    chose: str
    variant: int | None
    """The number of the easier variant that was chosen."""
    where: Where
    """Where it hurt, as far as that was said."""


class _Step(NamedTuple):
    side: str
    held_ms: int
    hurts: tuple[_Hurt, ...]

    @property
    def variant(self) -> int | None:
        """The number of the easier variant that the next steps are of, if they are."""
        return next((each.variant for each in self.hurts if each.variant is not None), None)


class Result(NamedTuple):
    """A session as reported by a page."""

    start: datetime
    lasted_ms: int
    active_ms: int
    steps: tuple[_Step, ...]
    pain: int | None
    where: Where = Where()


def read(text: str) -> Result:
    """Read a result. Raises HiproutineError."""
    found = _RESULT.fullmatch(text.strip()) if len(text) <= LONGEST else None
    try:
        if not found:
            raise ValueError("it does not have the form that the page writes")
        start = read_instant(found["start"])
    except ValueError as error:
        raise HiproutineError(f"that is no result of a page: {error}; copy the whole line from it") from None
    steps = tuple(
        _Step(each["side"], _ms(each["held"]), tuple(map(_hurt, _HURT_PARTS.finditer(each["hurts"]))))
        for each in map(_PARTS.fullmatch, found["steps"].split(","))
        if each
    )
    pain = None if found["pain"] is None else int(found["pain"])
    return Result(start, _ms(found["lasted"]), _ms(found["active"]), steps, pain, _where(found) if pain else Where())


def _hurt(found: re.Match[str]) -> _Hurt:
    chose = next(choice for choice, letter in ENDS.items() if letter == found["end"])
    return _Hurt(int(found["score"]), chose, int(found["variant"]) if found["variant"] else None, _where(found))


def _where(found: re.Match[str]) -> Where:
    return Where(PLACES.get(found["place"] or ""), PAIN_SIDES.get(found["pain_side"] or ""))


def _ms(seconds: str) -> int:
    return round(float(seconds) * 1000)


def records(
    result: Result, course: Course, exercises: Mapping[str, Exercise], past: Past, clock: Clock, *, app: str
) -> list[Record]:
    """Return the records of a result that the past lacks: the session, what hurt in it, and the pain after it.

    `exercises` has the easier variants, by id. Raises HiproutineError if it cannot be a result of that session.
    """
    now = clock.now()
    timeline = _with_variants(result, course.timeline, exercises)
    _check(result, timeline, now)
    start = result.start.astimezone(now.tzinfo)
    opened = opening(course.session, clock, app)._replace(day=calendar.day_of(start), start=start)
    known = next((each for each in past.of(SessionRecord) if _is_same(each.opening, opened)), None)
    session = known or _session(result, timeline, opened)
    hurts = _hurts(result, timeline, session)
    if not any(step.held_ms for step in result.steps):  # no session, as when one leaves practice before an exercise
        found: list[Record] = [each for each in hurts if not any(_is_same_hurt(each, other) for other in past.of(Hurt))]
    else:
        found = [] if known else [session, *hurts]
        if result.pain is not None and not any(each.session == session.id for each in past.of(Pain)):
            found += making.pain(past, now, session.day, result.pain, session.id, where=result.where)
    try:
        for record in found:
            read_record(fields_of(record))  # the same bounds as for a record from elsewhere
    except NOT_WHOLE as error:
        raise HiproutineError(f"that result cannot be recorded: {fault(error)}") from error
    return found


def _with_variants(result: Result, timeline: Timeline, exercises: Mapping[str, Exercise]) -> Timeline:
    """Return the timeline with the easier variants that were chosen on the way."""
    for number, step in enumerate(result.steps):
        if step.variant is None:
            continue
        easier = timeline.steps[number].exercise.easier if number < len(timeline.steps) else ()
        if step.variant >= len(easier) or easier[step.variant] not in exercises:
            raise _other_session()
        timeline = instead(timeline, number, exercises[easier[step.variant]])
    return timeline


def _other_session() -> HiproutineError:
    return HiproutineError("that is the result of another session, or of a page made before something was changed")


def _is_same(one: Opening, other: Opening) -> bool:
    return (one.start, one.routine) == (other.start, other.routine)


def _is_same_hurt(one: Hurt, other: Hurt) -> bool:
    return (one.at, one.exercise, one.side) == (other.at, other.exercise, other.side)


def _check(result: Result, timeline: Timeline, now: datetime) -> None:
    """Raises HiproutineError if the session could not have gone like that."""
    sides = tuple(LETTERS[step.side] for step in timeline.steps)
    if sides != tuple(step.side for step in result.steps):
        raise _other_session()
    if any(step.held_ms > planned.planned_ms for step, planned in zip(result.steps, timeline.steps, strict=True)):
        raise HiproutineError("that result holds something longer than the session asks for")
    if not sum(step.held_ms for step in result.steps) <= result.active_ms <= result.lasted_ms:
        raise HiproutineError("the times of that result do not fit together")
    if not any(step.held_ms or step.hurts for step in result.steps):
        raise HiproutineError("nothing was practised in that result")
    if result.start + timedelta(milliseconds=result.lasted_ms) > now + _AHEAD:
        raise HiproutineError("that result is of a time to come: compare the clocks of both devices")
    if result.start < now - timedelta(days=LATE_DAYS):
        raise HiproutineError(f"that result is more than {LATE_DAYS} days old")


def _session(result: Result, timeline: Timeline, opened: Opening) -> SessionRecord:
    hurt = frozenset(number for number, step in enumerate(result.steps) if step.hurts)
    held = tuple(step.held_ms for step in result.steps)
    player = Player(timeline, held, len(timeline.segments), hurt=hurt)
    steps = [ended(player, number) for number in range(len(held))]
    return closed(opened, opened.start + timedelta(milliseconds=result.lasted_ms), steps, result.active_ms)


def _hurts(result: Result, timeline: Timeline, record: SessionRecord) -> list[Hurt]:
    """Return a record of each time that a step hurt."""
    return [
        Hurt(
            making.new_id(record.end),
            record.day,
            record.end,
            record.id,
            step.exercise.id,
            hurt.where.side or step.side,
            hurt.score,
            hurt.chose,
            hurt.where.area,
        )
        for each, step in zip(result.steps, timeline.steps, strict=True)
        for hurt in each.hurts
    ]
