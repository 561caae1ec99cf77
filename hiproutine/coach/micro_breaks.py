"""Micro-breaks: which one fits now, by what was sat since the last one and by what the week lacks. Pure.

Getting up once an hour is our choice; active breaks were studied for backs and necks, not for hips (E36).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from hiproutine.catalogue.vocabulary import AREAS, BREAK
from hiproutine.coach.eligibility import look
from hiproutine.coach.objective import lack
from hiproutine.coach.planner import Plan
from hiproutine.coach.profile import obstacle
from hiproutine.coach.requested import ruled
from hiproutine.coach.screening import Screened, find
from hiproutine.coach.session import Session
from hiproutine.errors import HiproutineError
from hiproutine.history.past import Past
from hiproutine.history.records import SessionRecord
from hiproutine.settings.model import Profile

SAT = timedelta(minutes=45)
"""After sitting as long as this, a break that gets you up comes first."""


class Break(NamedTuple):
    """A micro-break, what pain leaves of it now, and why it is this one."""

    session: Session
    plan: Plan
    why: str


class _Candidate(NamedTuple):
    """A break that can be done, and the ranks by which one is picked."""

    session: Session
    plan: Plan
    repeated: bool
    """Whether it was the last one of the day."""
    sits: bool
    """Whether it stays on the chair."""
    lack: float
    area: str
    """The area of its moves that the week lacks most."""


def pick(screened: Screened, profile: Profile, past: Past, day: date, now: datetime) -> Break:
    """Return the break for now. Raises HiproutineError if none can be done, or none may be."""
    if screened.stop:
        raise HiproutineError(screened.stop)
    last = _last(past, day)
    sat = last is None or now - last.end >= SAT
    found = list(_candidates(screened, profile, past, day, last))
    if not found:
        raise HiproutineError(
            "no micro-break is for you today: each has something that your profile, your screening or pain rules out. "
            "A minute of walking does as well"
        )
    best = min(found, key=lambda each: (sat and each.sits, each.repeated, -each.lack, each.session.plan))
    why = f"the week has least for the {AREAS[best.area]}" if best.lack > 0 else "the week lacks nothing"
    if last is None:
        return Break(best.session, best.plan, f"the first one today; {why}")
    minutes = int((now - last.end) / timedelta(minutes=1))
    return Break(best.session, best.plan, f"{minutes} min since the last one; {why}")


def _last(past: Past, day: date) -> SessionRecord | None:
    """Return the last session of the day, a micro-break or not."""
    return max((each for each in past.of(SessionRecord) if each.day == day), key=lambda each: each.end, default=None)


def _candidates(
    screened: Screened, profile: Profile, past: Past, day: date, last: SessionRecord | None
) -> Iterator[_Candidate]:
    today = look(screened, past, day)
    done = {step.exercise for step in last.steps} if last and last.opening.micro_break else set[str]()
    for routine in screened.catalogue.routines.values():
        if routine.kind != BREAK:
            continue
        session = find(screened, routine.id)
        if any(obstacle(item.exercise, profile) for item in session.items):
            continue
        plan = ruled(today, session)
        if plan.session.items and not plan.omitted:
            most, area = max(lack(item.exercise, today.known, profile) for item in session.items)
            sits = all(item.exercise.position != "standing" for item in session.items)
            repeated = {item.exercise.id for item in session.items} == done
            yield _Candidate(session, plan, repeated, sits, most, area)
