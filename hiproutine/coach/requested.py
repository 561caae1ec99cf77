"""Requested sessions: a session that was named by hand, under the rules of pain. Pure.

The traffic light, the 24-hour rule and the day's level hold for it as for the coach's own sessions. A person may decide
otherwise ("anyway"), which restores what pain takes away, and never what the screening hides.
"""

from collections.abc import Iterator
from datetime import date

from hiproutine.catalogue.prescription import length
from hiproutine.coach.eligibility import Today, dose, look, lowered
from hiproutine.coach.planner import Left, Plan, by_reason, concerned
from hiproutine.coach.progression import Reached
from hiproutine.coach.screening import Screened, told
from hiproutine.coach.session import Item, Session, has_doses, of_items
from hiproutine.history.past import Past

_HIDDEN = "is hidden by your screening"


def named(screened: Screened, session: Session, past: Past, day: date, *, anyway: bool = False) -> Plan:
    """A session that was named as it will be done on `day`, with the reasons; see `ruled`."""
    plan = ruled(look(concerned(screened, session, past), past, day), session, anyway=anyway)
    return plan._replace(notes=(*plan.notes, *told(screened, session.plan)))


def ruled(today: Today, session: Session, *, anyway: bool = False) -> Plan:
    """The session without what rests today, each exercise in the dose of the day and with the reason if that is less.

    The session itself where pain changes nothing, and with `anyway`; one without items where nothing of it is left.
    The notes say what pain says of the day, and what rests and why.
    """
    left = tuple(_left(today, session, anyway=anyway))
    out = {each.exercise.id for each in left}
    meant = [item for item in session.items if item.exercise.id not in out]
    doses = [_dose(today, session, item) for item in meant]
    if anyway:
        items, reasons = meant, [_anyway(today, item, now) for item, now in zip(meant, doses, strict=True)]
    else:
        items = [Item(item.exercise, now.prescription) for item, now in zip(meant, doses, strict=True)]
        reasons = [lowered(now) for now in doses]
    omitted = (f"{', '.join(names)}: {why}." for why, names in by_reason(left).items())
    notes = tuple(filter(None, (today.pains.words, *omitted)))
    return Plan(_with(session, tuple(items)), tuple(reasons), left, notes)


def sentences(plan: Plan) -> tuple[str, ...]:
    """Everything that is to be said of a plan before it is done: its notes, and why there is less of an exercise."""
    reasons = zip(plan.session.items, plan.reasons, strict=True)
    return (*plan.notes, *(f"{item.exercise.name}: {'; '.join(why)}." for item, why in reasons if why))


def _with(session: Session, items: tuple[Item, ...]) -> Session:
    if items == session.items:
        return session
    if not items:
        return session._replace(plan="", routine=None, items=())
    return of_items(items)._replace(name=session.name, honest=session.honest)


def _left(today: Today, session: Session, *, anyway: bool) -> Iterator[Left]:
    for exercise, _ in session.items:
        if exercise.id not in today.exercises:
            yield Left(exercise, _HIDDEN)
        elif exercise.id in today.sore and not anyway:
            yield Left(exercise, today.sore[exercise.id])


def _dose(today: Today, session: Session, item: Item) -> Reached:
    """The dose of the day. A dose in the plan code that is no more than the eased one is not eased once more."""
    own = item.prescription
    if has_doses(session.plan):
        planned = dose(today, item.exercise)
        if planned.why and length(own).work_s <= length(planned.prescription).work_s:
            return planned._replace(prescription=own)
    return dose(today, item.exercise, own)


def _anyway(today: Today, item: Item, now: Reached) -> tuple[str, ...]:
    """The reason against an exercise that is done in spite of pain."""
    if why := today.against(item.exercise.id):
        return (f"anyway, though it {why}",)
    return (f"anyway, though {now.why}",) if lowered(now) else ()
