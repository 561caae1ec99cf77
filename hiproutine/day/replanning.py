"""Planning the day anew where its history, its settings or the date ask for it; changes stay where they can."""

from contextlib import suppress
from datetime import date

from hiproutine.catalogue.conditions import with_implied
from hiproutine.coach import eligibility, session_editing
from hiproutine.coach.planner import Plan, todays_or_none
from hiproutine.coach.profile import Only
from hiproutine.coach.screening import current, find, screen
from hiproutine.coach.weekly_volume import planned_from
from hiproutine.day.events import Tell
from hiproutine.day.today import Day, Decision
from hiproutine.errors import HiproutineError
from hiproutine.history.past import Past
from hiproutine.history.records import Check, Goal, Hurt, Off, Pain, ProgrammeStep, SessionRecord


def screen_again(day: Day) -> Day:
    """The day with its catalogue screened anew; the same where the same conditions hold as before."""
    codes = with_implied(current(day.settings.profile, day.date))
    if codes == day.screened.codes and day.loaded.catalogue is day.screened.whole:
        return day
    return day._replace(screened=screen(day.loaded.catalogue, codes))


def remember(day: Day, past: Past) -> Decision:
    """Apply a history; plan again if anything that the plan depends on has changed."""
    before, day = day, day._replace(past=past, choices=None)
    same = not day.outdated and _basis(before.past, day.planned_on) == _basis(past, day.planned_on)
    return Decision(day) if same else replan(before, day)


def _basis(past: Past, on: date) -> tuple[object, ...]:
    """Return what a plan for a day depends on in the history."""
    sessions = [each for each in past.of(SessionRecord) if planned_from(each, on)]
    return sessions, past.of(Goal), past.of(Pain), past.of(Hurt), past.of(Check), past.of(Off), past.of(ProgrammeStep)


def replan(before: Day, day: Day, only: Only | None = None) -> Decision:
    """Plan today's session anew; `before` is the day before the event.

    A chosen session stays, eased after pain, unless part of it has to go; where no session is possible, the previous
    one stays on the same condition.
    """
    date = day.date
    if only is None:
        only = Only() if day.outdated else day.only
    if day.outdated:
        day = screen_again(day)
    day = day._replace(planned_on=date, only=only, choices=None)
    made = todays_or_none(day.screened, day.profile, day.manner, day.past, date)
    day = day._replace(coached=made)
    own = _found_again(day)
    if own:
        return with_plan(before, day, own)
    day = day._replace(chosen=None)
    now = day.draft.made
    stays = not made.session.items and eligibility.look(day.screened, day.past, date).leaves(now.session)
    return with_plan(before, day, now if stays else made)


def _found_again(day: Day) -> Plan | None:
    """Plan the chosen session as it can be done now; None if there is none, or part of it has to go."""
    if day.chosen:
        with suppress(HiproutineError):
            session = find(day.screened, day.chosen)
            plan, whole = day.named(session), day.named(session, anyway=True)
            return plan if plan.omitted == whole.omitted else None
    return None


def with_plan(before: Day, day: Day, plan: Plan) -> Decision:
    """Apply a plan. Changes to the same plan stay, unless pain now objects to them."""
    draft = before.draft
    if draft.made != plan:
        return Decision(day._replace(draft=session_editing.begin(plan), row=0))
    if draft.before and (name := _came_to_hurt(before, day)):
        told = Tell(f"Your changes are undone, because of {name}: a adds it again.")
        return Decision(day._replace(draft=session_editing.begin(plan), row=0), (told,))
    return Decision(day)


def _came_to_hurt(before: Day, day: Day) -> str | None:
    """Return the name of an exercise in the draft that pain newly objects to."""
    then, now = (eligibility.look(each.screened, each.past, each.date) for each in (before, day))
    items = day.draft.items
    return next((each.name for each, _ in items if now.against(each.id) not in ("", then.against(each.id))), None)
