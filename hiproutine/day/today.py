"""One day as an immutable value, and what may be asked of it. Pure: no clock (`now` is part of the day)."""

from datetime import date, datetime
from typing import NamedTuple

from hiproutine.catalogue.cache import Loaded
from hiproutine.catalogue.model import Catalogue, name_in, sessions
from hiproutine.coach import pain, requested, self_checks, session_editing
from hiproutine.coach.durations import exercise_s
from hiproutine.coach.instructions import guided
from hiproutine.coach.planner import Plan, todays_or_none
from hiproutine.coach.profile import Only, for_today, with_goal
from hiproutine.coach.progression import Suggestion
from hiproutine.coach.screening import Screened
from hiproutine.coach.session import Session
from hiproutine.coach.session_editing import Choices, Draft
from hiproutine.day.events import Effect
from hiproutine.history.past import Past
from hiproutine.history.undo import Act
from hiproutine.practice.recording import LATE_DAYS
from hiproutine.practice.resume import Course
from hiproutine.settings.model import Manner, Profile, Settings


class Day(NamedTuple):
    """A day as it is at `now`."""

    now: datetime
    settings: Settings
    loaded: Loaded
    """The catalogue before screening."""
    screened: Screened
    past: Past
    planned_on: date
    """The day that the plan is for."""
    coached: Plan
    """The coach's plan."""
    draft: Draft
    """Today's session: the coach's or the chosen one, with its changes."""
    resumable: Course | None = None
    elsewhere: str = ""
    """A notice that another hiproutine is practising, or nothing."""
    chosen: str | None = None
    """The plan code of a session that was chosen instead of the coach's."""
    only: Only = Only()
    choices: Choices | None = None
    """Exercises that may be added today; computed on the first change."""
    row: int = 0
    """Row of the last change to the draft."""
    to_undo: Act | None = None
    """The last record, while the question whether to undo it is open."""

    def against_logging(self, on: date) -> str:
        """Return why no session can be written down for a day; empty if it can."""
        late = 0 <= (self.date - on).days <= LATE_DAYS
        return "" if late else f"A session can be written down for today and the {LATE_DAYS} days before."

    @property
    def date(self) -> date:
        return self.past.today(self.now)

    @property
    def outdated(self) -> bool:
        """Whether the plan is for another day."""
        return self.date != self.planned_on

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue after screening."""
        return self.screened.catalogue

    def called(self, thing: str) -> str:
        """Return the name of what a record is of, by its id, also where screening hides it."""
        return name_in(self.screened.whole, thing)

    @property
    def profile(self) -> Profile:
        """The profile with today's differences."""
        return for_today(self.usual_profile, **self.only._asdict())

    @property
    def usual_profile(self) -> Profile:
        """The profile of the settings, with the days of the goal."""
        return with_goal(self.settings.profile, self.past, self.date)

    @property
    def manner(self) -> Manner:
        """Today's manner of guidance."""
        return guided(self.settings, self.past, self.date)

    @property
    def week_min(self) -> float:
        """Minutes of exercise in a week of sessions like today's, on as many days as are meant."""
        return self.profile.days_per_week * exercise_s(self.plan.session.items, self.settings.manner) / 60

    @property
    def plan(self) -> Plan:
        """The plan that Start begins."""
        return self.draft.plan

    @property
    def offered(self) -> Suggestion | None:
        """The progression on offer."""
        return session_editing.offered(self.draft)

    @property
    def gentle(self) -> bool:
        """Whether pain leaves only gentle moves."""
        return pain.of_day(self.past, self.date).advice is pain.Advice.GENTLE

    @property
    def checks_due(self) -> int:
        """Number of self-checks that are due."""
        return len(self_checks.due(self.past, self.screened, self.profile, self.date))

    def allows(self, action: str) -> bool:
        """Whether an action is available today; a gentle day has no self-checks and no other plans."""
        match action:
            case "start":
                return bool(self.plan.session.items) and self.resumable is None
            case "video":
                return bool(self.plan.session.items)
            case "anew":
                return bool(self.plan.session.items) and self.resumable is not None
            case "choose":
                return any(sessions(self.catalogue.routines))
            case "only_today":
                return any(sessions(self.catalogue.routines)) and not self.gentle
            case "checks":
                return not self.gentle
            case "resume":
                return self.resumable is not None
        return True

    def named(self, session: Session, *, anyway: bool = False) -> Plan:
        """Plan a session chosen by hand, reduced to what pain allows today."""
        return requested.named(self.screened, session, self.profile, self.past, self.date, anyway=anyway)


class Decision(NamedTuple):
    """The day after an event, and the effects to carry out."""

    day: Day
    effects: tuple[Effect, ...] = ()

    def then(self, *effects: Effect) -> "Decision":
        """Return the decision with more effects, after its own."""
        return self._replace(effects=(*self.effects, *effects))


def begin(
    *,
    now: datetime,
    settings: Settings,
    loaded: Loaded,
    screened: Screened,
    past: Past,
) -> Day:
    """Open the day, with the coach's session."""
    date = past.today(now)
    profile = with_goal(settings.profile, past, date)
    coached = todays_or_none(screened, profile, guided(settings, past, date), past, date)
    return Day(now, settings, loaded, screened, past, date, coached, session_editing.begin(coached))
