"""Requested sessions: a session that was named by hand, under the rules of pain and of the screening. Pure.

The traffic light, the 24-hour rule and the day's level hold for it as for the coach's own sessions, and so does what is
not planned for the person. They may decide otherwise ("anyway"), which restores what pain takes away and what is not
planned, and never what the screening hides. In a routine the equipment and the positions of the profile hold as well,
item by item; an exercise that is named itself is done as it is.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from hiproutine.catalogue.prescription import length
from hiproutine.catalogue.vocabulary import LEVELS
from hiproutine.coach.eligibility import Today, dose, look, lowered, reductions
from hiproutine.coach.omissions import Omitted, by_reason, omitted_words
from hiproutine.coach.plan_words import replaced_words
from hiproutine.coach.planner import Plan, concerned, suited
from hiproutine.coach.profile import obstacle
from hiproutine.coach.progression import Reached
from hiproutine.coach.reasons import Cause, Reason
from hiproutine.coach.screening import Screened, routine_changes
from hiproutine.coach.session import Item, Session, has_doses, of_items
from hiproutine.history.past import Past
from hiproutine.settings.model import Profile

_HIDDEN = Reason(Cause.CONDITION, "is hidden by your screening")


class _Suited(NamedTuple):
    """A session as the profile allows it, the reasons by id of what took a place, what is omitted, and sentences."""

    session: Session
    why: Mapping[str, tuple[str, ...]] = {}
    omitted: tuple[Omitted, ...] = ()
    notes: tuple[str, ...] = ()


def named(
    screened: Screened, session: Session, profile: Profile, past: Past, day: date, *, anyway: bool = False
) -> Plan:
    """A session that was named as it will be done on `day`, with the reasons; see `ruled`."""
    mine = _suited(screened, session, profile, past, day)
    today = look(concerned(screened, mine.session, past), past, day)
    # A plan code may hold another kind of work than the catalogue.
    asked = {
        each.id: screened.objection(each.id, dose) for each, dose in mine.session.items if each.id in today.exercises
    }
    plan = ruled(today._replace(unplanned=asked), mine.session, anyway=anyway)
    reasons = zip(plan.session.items, plan.reasons, strict=True)
    as_planned = (*mine.notes, *routine_changes(screened, session.plan))
    return plan._replace(
        reasons=tuple((*mine.why.get(item.exercise.id, ()), *why) for item, why in reasons),
        omitted=(*mine.omitted, *plan.omitted),
        notes=(*plan.notes, *as_planned),
        as_planned=(*plan.as_planned, *as_planned),
    )


def _suited(screened: Screened, session: Session, profile: Profile, past: Past, day: date) -> _Suited:
    """Replace in a routine what the equipment or the positions of the profile rule out, or leave it out."""
    able = profile._replace(level=max(LEVELS))
    if not session.routine or not any(obstacle(item.exercise, able) for item in session.items):
        return _Suited(session)
    found = suited(((item, ()) for item in session.items), look(screened, past, day), profile, any_level=True)
    omitted = tuple(Omitted(item.exercise, out) for item, _, out in found if out)
    replaced = replaced_words(session.items, [item for item, _, _ in found])
    return _Suited(
        _with(session, tuple(item for item, _, out in found if not out)),
        {item.exercise.id: why for item, why, _ in found if why},
        omitted,
        tuple(filter(None, (replaced, *(omitted_words(each.exercise.name, each.why) for each in omitted)))),
    )


def ruled(today: Today, session: Session, *, anyway: bool = False) -> Plan:
    """The session without exercises that rest today, each in the dose of the day, with the reason if it is reduced.

    Unchanged without pain and with `anyway`; without items if none remain. The notes state the advice for the day, and
    which exercises rest and why.
    """
    omitted = tuple(_omitted(today, session, anyway=anyway))
    out = {each.exercise.id for each in omitted}
    meant = [item for item in session.items if item.exercise.id not in out]
    doses = [_dose(today, session, item) for item in meant]
    if anyway:
        items, reasons = meant, [_anyway(today, item, now) for item, now in zip(meant, doses, strict=True)]
    else:
        items = [Item(item.exercise, now.prescription) for item, now in zip(meant, doses, strict=True)]
        reasons = [lowered(now) for now in doses]
    sentences = tuple(f"{', '.join(names)}: {why}." for why, names in by_reason(omitted).items())
    notes = (*filter(None, (today.pains.words,)), *sentences)
    ids = (item.exercise.id for item in meant)
    less = {} if anyway else reductions(dict(zip(ids, doses, strict=True)))
    return Plan(_with(session, tuple(items)), tuple(reasons), omitted, notes, less=less, as_planned=sentences)


def sentences(plan: Plan) -> tuple[str, ...]:
    """The sentences to show before a plan is done: its notes, and the reasons of reduced doses."""
    reasons = zip(plan.session.items, plan.reasons, strict=True)
    return (*plan.notes, *(f"{item.exercise.name}: {'; '.join(why)}." for item, why in reasons if why))


def _with(session: Session, items: tuple[Item, ...]) -> Session:
    if items == session.items:
        return session
    if not items:
        return session._replace(plan="", routine=None, items=())
    return of_items(items)._replace(name=session.name, honest=session.honest, micro_break=session.micro_break)


def _omitted(today: Today, session: Session, *, anyway: bool) -> Iterator[Omitted]:
    for exercise, _ in session.items:
        if exercise.id not in today.exercises:
            yield Omitted(exercise, _HIDDEN)
        elif not anyway and (whys := today.objections(exercise.id)):
            yield Omitted(exercise, whys[0]._replace(words=today.objection(exercise.id)))


def _dose(today: Today, session: Session, item: Item) -> Reached:
    """The dose of the day. A dose in the plan code that does not exceed the eased one is not eased again."""
    own = item.prescription
    if has_doses(session.plan):
        planned = dose(today, item.exercise)
        if planned.why and length(own).work_s <= length(planned.prescription).work_s:
            return planned._replace(prescription=own)
    return dose(today, item.exercise, own)


def _anyway(today: Today, item: Item, now: Reached) -> tuple[str, ...]:
    """The reason against an exercise that is done all the same."""
    if why := today.against(item.exercise.id):
        return (f"anyway, though it {why}",)
    return (f"anyway, though {now.why}",) if lowered(now) else ()
