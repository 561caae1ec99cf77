"""The events that begin a session: the one of today, one chosen by hand, an interrupted one."""

from typing import assert_never

from hiproutine.coach import requested, session_editing
from hiproutine.coach.planner import Plan
from hiproutine.coach.screening import find
from hiproutine.coach.session import Session
from hiproutine.day.editing import with_choices
from hiproutine.day.events import Add, Ask, Begin, Choose, Consent, Named, Practise, ReadHistory, Resume, Tell
from hiproutine.day.replanning import with_plan
from hiproutine.day.today import Day, Decision
from hiproutine.errors import HiproutineError
from hiproutine.practice.resume import course, remaining


def start(day: Day) -> Decision:
    if day.outdated:
        told = Tell("A new day: this is its session. Enter starts it.")
        return Decision(day, (ReadHistory(), told))
    plan = day.plan
    if not plan.session.items:
        raise HiproutineError(plan.session.honest or "there is no session today")
    return Decision(day, (Begin(course(plan.session, day.manner), plan.notes),))


def start_named(day: Day, event: Named) -> Decision:
    """Handle a session chosen by hand: where pain or the screening objects, the person decides."""
    if isinstance(event, Resume) and not event.looked_up:
        # Meanwhile another window may have taken it, or its time may have run out.
        return Decision(day, (ReadHistory(event._replace(looked_up=True)),))
    if isinstance(event, Add):
        day = with_choices(day)
    try:
        session = _session(day, event)
    except HiproutineError as error:  # an answer to the screening may have hidden it by now
        return Decision(day, (Tell(str(error), "Not for you"),))
    if session is None:
        return Decision(day)
    plan = day.named(session, anyway=event.consent is Consent.ANYWAY)
    if event.consent is Consent.UNASKED:
        whole = day.named(session, anyway=True)
        if plan.session != (session if isinstance(event, Resume) else whole.session):
            return Decision(day, (_ask(event, session.name, plan, whole),))
    return _agreed(day, event, plan)


def _session(day: Day, event: Named) -> Session | None:
    """Return the session that an event names. Raises HiproutineError where the screening hides it."""
    match event:
        case Practise(session):
            return find(day.screened, session.plan)
        case Choose(session):
            return session
        case Add(exercise):
            assert day.choices
            return session_editing.alone(exercise, day.choices)
        case Resume():
            # As it was begun, whatever the profile says of its routine by now.
            return remaining(day.resumable)._replace(routine=None) if day.resumable else None
        case _:
            assert_never(event)


def _ask(event: Named, name: str, eased: Plan, whole: Plan) -> Ask:
    # The steps of an interrupted session are in its journal: it is resumed as it was begun, or not at all.
    some = eased.session.items and not isinstance(event, Resume)
    if isinstance(event, Resume):  # the answer may take its time
        event = event._replace(looked_up=False)
    return Ask(
        name,
        requested.sentences(eased),
        event._replace(consent=Consent.EASED) if some else None,
        event._replace(consent=Consent.ANYWAY) if whole.session.items else None,
    )


def _agreed(day: Day, event: Named, plan: Plan) -> Decision:
    match event:
        case Practise():
            if not plan.session.items:
                return Decision(day)
            return Decision(day, (Begin(course(plan.session, day.manner), requested.sentences(plan)),))
        case Choose(session):
            return with_plan(day, day._replace(chosen=session.plan), plan)
        case Add():
            draft, row = session_editing.add(day.draft, plan)
            return Decision(day._replace(draft=draft, row=row))
        case Resume():
            return Decision(day, (Begin(day.resumable),) if day.resumable else ())
        case _:
            assert_never(event)
