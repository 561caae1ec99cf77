"""Interrupted sessions: resume the newest one, archive the rest."""

from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.notation import write
from hiproutine.catalogue.prescription import changed
from hiproutine.coach.session import TOGETHER, Item, Session, find
from hiproutine.errors import HiproutineError
from hiproutine.history.journal import Adjusted, Change, Counted, Halved, Inserted, Interrupted
from hiproutine.history.store import Store
from hiproutine.practice.recording import planned
from hiproutine.practice.timeline import Timeline, adjusted, compile_session, cut, halved, instead, most_sets
from hiproutine.settings.model import Manner

_OLDER = "today:"
"""Prefix of the coach's plans in journals of version 0.1."""


class Course(NamedTuple):
    """A session to practise, and its timeline; one that was interrupted has the exercises added on the way."""

    session: Session
    timeline: Timeline
    interrupted: Interrupted | None = None


def course(session: Session, manner: Manner) -> Course:
    """Return the course of a session from its beginning."""
    return Course(session, compile_session(session, manner))


def remaining(course: Course) -> Session:
    """Return the session without the exercises that ended before the interruption."""
    ended = course.interrupted.ended if course.interrupted else {}
    steps = (step for number, step in enumerate(course.timeline.steps) if step.parts and number not in ended)
    items = dict.fromkeys(Item(step.exercise, course.session.items[step.item].prescription) for step in steps)
    same = tuple(items) == course.session.items
    return course.session if same else course.session._replace(items=tuple(items))


def remaining_ms(course: Course) -> int:
    """Return the length of a session without the steps that ended before the interruption."""
    ended = course.interrupted.ended if course.interrupted else {}
    return sum(segment.length_ms for segment in course.timeline.segments if segment.step not in ended)


def tidy(store: Store, catalogue: Catalogue, manner: Manner, now: datetime) -> Course | None:
    """Return the newest session that can still be resumed; archive the others, and any micro-break."""
    found: Course | None = None
    for interrupted in store.interrupted():
        may = (
            found is None and interrupted.fresh(now) and not interrupted.opening.micro_break
        )  # which is over in a minute
        again = resumed(catalogue, manner, interrupted) if may else None
        if again:
            found = again
        else:
            with suppress(OSError):  # it stays in its journal, which counts all the same
                store.close(interrupted)
    return found


def resumed(catalogue: Catalogue, manner: Manner, interrupted: Interrupted) -> Course | None:
    """Return the session of a journal, if catalogue and manner still make the same one."""
    try:
        session = find(catalogue, _plan_code(catalogue, interrupted.opening.plan))
        timeline = compile_session(session, manner)
        changes = iter(interrupted.changes)
        for change in changes:
            longer = _changed(timeline, change, catalogue)
            for _ in range(len(timeline.steps) + 1, len(longer.steps)):
                next(changes, None)  # the other side of what was inserted
            timeline = longer
    except (HiproutineError, KeyError, IndexError, ValueError):
        return None
    return Course(session, timeline, interrupted) if tuple(planned(timeline)) == interrupted.planned else None


def _changed(timeline: Timeline, change: Change, catalogue: Catalogue) -> Timeline:
    """Change what is ahead as it was changed. Raises IndexError, KeyError, ValueError where that makes no sense."""
    match change:
        case Inserted(step, exercise):
            return instead(timeline, step - 1, catalogue.exercises[exercise])
        case Counted(sets, running):
            if any(count > most_sets(timeline.steps[step]) for step, count in sets):
                raise ValueError("more sets than planned")
            return cut(timeline, dict(sets), running)
        case Halved(step):
            return halved(timeline, step)
        case Adjusted(step, part, ms):
            return adjusted(timeline, step, part, ms)


def _plan_code(catalogue: Catalogue, plan: str) -> str:
    """Return the plan code of a journal. Older ones write a dose as a difference: `today:a,sets=1+b`."""
    if not plan.startswith(_OLDER):
        return plan
    return TOGETHER.join(_step_code(catalogue, step) for step in plan.removeprefix(_OLDER).split(TOGETHER))


def _step_code(catalogue: Catalogue, step: str) -> str:
    name, in_words, words = step.partition(",dose=")
    if in_words:
        return f"{name} {words}"
    name, *changes = step.split(",")
    own = catalogue.exercises[name].prescription
    dose = own
    for field, _, value in (change.partition("=") for change in changes):
        dose = changed(dose, field, int(value))
    return f"{name} {write(dose, own)}"


def elsewhere(store: Store, now: datetime) -> str:
    """Return a notice if another hiproutine is practising at this moment; `now` gives the zone."""
    since = [interrupted.opening.start.astimezone(now.tzinfo) for interrupted in store.running()]
    return f"Another hiproutine has been practising since {max(since):%H:%M}. Both are kept." if since else ""
