"""Interrupted sessions: resume the newest one, archive the rest."""

from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.notation import write
from hiproutine.catalogue.prescription import changed
from hiproutine.coach.session import TOGETHER, Item, Session, find
from hiproutine.errors import HiproutineError
from hiproutine.history.journal import Interrupted
from hiproutine.history.store import Store
from hiproutine.practice.recording import planned
from hiproutine.practice.timeline import Timeline, compile_session, instead
from hiproutine.settings.model import Manner

_OLDER = "today:"
"""Begins the plan of a journal of version 0.1 that the coach made."""


class Course(NamedTuple):
    """A session to be practised, and its timeline; of one that was `left`, with what came in on the way."""

    session: Session
    timeline: Timeline
    left: Interrupted | None = None


def course(session: Session, manner: Manner) -> Course:
    """A session from its beginning."""
    return Course(session, compile_session(session, manner))


def remaining(course: Course) -> Session:
    """The session without the exercises that were ended before it was interrupted."""
    ended = course.left.ended if course.left else {}
    steps = (step for number, step in enumerate(course.timeline.steps) if number not in ended)
    items = dict.fromkeys(Item(step.exercise, course.session.items[step.item].prescription) for step in steps)
    same = tuple(items) == course.session.items
    return course.session if same else course.session._replace(items=tuple(items))


def tidy(store: Store, catalogue: Catalogue, manner: Manner, now: datetime) -> Course | None:
    """The newest unfinished session that can still be resumed; any other becomes records of what was done."""
    found: Course | None = None
    for left in store.interrupted():
        again = resumed(catalogue, manner, left) if found is None and left.fresh(now) else None
        if again:
            found = again
        else:
            with suppress(OSError):  # it stays in its journal, which counts all the same
                store.close(left)
    return found


def resumed(catalogue: Catalogue, manner: Manner, left: Interrupted) -> Course | None:
    """The session of a journal, if the catalogue and the manner still make the very same one."""
    try:
        session = find(catalogue, _plan_code(catalogue, left.opening.plan))
        timeline = compile_session(session, manner)
        for number, exercise in left.inserted:
            timeline = instead(timeline, number - 1, catalogue.exercises[exercise])
    except (HiproutineError, KeyError, IndexError, ValueError):
        return None
    return Course(session, timeline, left) if tuple(planned(timeline)) == left.planned else None


def _plan_code(catalogue: Catalogue, plan: str) -> str:
    """The plan code of a journal. In older ones a dose is what differs from the exercise's own: `today:a,sets=1+b`."""
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
    """That another hiproutine is practising at this moment, if one is; `now` gives the zone."""
    since = [left.opening.start.astimezone(now.tzinfo) for left in store.running()]
    return f"Another hiproutine has been practising since {max(since):%H:%M}. Both are kept." if since else ""
