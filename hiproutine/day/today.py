"""One day as an immutable value, and what follows from each event: `decide(day, event) -> day, effects`. Pure.

Both front ends ask here; neither decides anything. No clock (`now` comes with the day), no widget, no print, no sound.
"""

from contextlib import suppress
from datetime import date, datetime
from typing import NamedTuple, assert_never

from hiproutine.catalogue.cache import Loaded
from hiproutine.catalogue.model import Catalogue
from hiproutine.coach import eligibility, pain, requested, self_checks, session_editing
from hiproutine.coach.planner import Plan, todays_or_none
from hiproutine.coach.profile import Only, for_today
from hiproutine.coach.progression import Suggestion
from hiproutine.coach.screening import Screened, find, screen
from hiproutine.coach.session import Session
from hiproutine.coach.session_editing import Choices, Draft
from hiproutine.day.events import (
    Add,
    Answer,
    Apply,
    Ask,
    AskWhatToAdd,
    Begin,
    CatalogueRead,
    Change,
    Choose,
    Consent,
    Differ,
    Dose,
    Drop,
    Edit,
    Effect,
    Event,
    FindInterrupted,
    HistoryRead,
    InterruptedFound,
    Keep,
    LevelUp,
    Move,
    Named,
    Note,
    OfferToAdd,
    Practise,
    Practised,
    Put,
    ReadHistory,
    Reply,
    Resume,
    Save,
    Saved,
    ShowWarningSigns,
    Start,
    Swap,
    TakeBack,
    Tell,
    Tick,
    Undo,
)
from hiproutine.errors import HiproutineError
from hiproutine.history import making
from hiproutine.history.past import Past
from hiproutine.history.records import Check, Hurt, Pain, Record, SessionRecord
from hiproutine.practice.asking import correctable
from hiproutine.practice.resume import Course, course, remaining
from hiproutine.settings.model import Profile, Settings


class Day(NamedTuple):
    """A day as it is at `now`."""

    now: datetime
    settings: Settings
    loaded: Loaded
    """The catalogue as its files have it."""
    screened: Screened
    past: Past
    planned_on: date
    """The day that the plan is for."""
    coached: Plan
    """What the coach plans."""
    draft: Draft
    """Today's session: the coach's or the chosen one, with its changes."""
    resumable: Course | None = None
    elsewhere: str = ""
    """That another hiproutine is practising, if one is."""
    chosen: str | None = None
    """The plan code of a session that was chosen instead of the coach's."""
    only: Only = Only()
    choices: Choices | None = None
    """What may come in today; found out only once somebody wants to change something."""
    row: int = 0
    """The row that the last change to the draft was about."""

    @property
    def date(self) -> date:
        return self.past.today(self.now)

    @property
    def outdated(self) -> bool:
        """Whether the plan is for another day."""
        return self.date != self.planned_on

    @property
    def catalogue(self) -> Catalogue:
        """What this person may do."""
        return self.screened.catalogue

    @property
    def profile(self) -> Profile:
        """The person's, as it is today."""
        return for_today(self.settings.profile, **self.only._asdict())

    @property
    def plan(self) -> Plan:
        """What Start starts."""
        return self.draft.plan

    @property
    def offered(self) -> Suggestion | None:
        """The progression on offer."""
        return next(iter(self.draft.made.suggestions), None)

    @property
    def gentle(self) -> bool:
        """Whether pain leaves only gentle moves."""
        return pain.of_day(self.past, self.date).advice is pain.Advice.GENTLE

    @property
    def checks_due(self) -> int:
        """How many self-checks are due."""
        return len(self_checks.due(self.past, self.screened, self.profile, self.date))

    def allows(self, action: str) -> bool:
        """Whether an action can be taken today; on a gentle day neither self-checks nor other plans are for it."""
        match action:
            case "start":
                return bool(self.plan.session.items)
            case "choose":
                return bool(self.catalogue.routines)
            case "only_today":
                return bool(self.catalogue.routines) and not self.gentle
            case "checks":
                return not self.gentle
            case "resume":
                return self.resumable is not None
        return True

    def named(self, session: Session, *, anyway: bool = False) -> Plan:
        """A session named by hand, as pain lets it be done today."""
        return requested.named(self.screened, session, self.past, self.date, anyway=anyway)


class Decision(NamedTuple):
    """The day as it is after an event, and what has to be done outside."""

    day: Day
    effects: tuple[Effect, ...] = ()


def begin(
    *,
    now: datetime,
    settings: Settings,
    loaded: Loaded,
    screened: Screened,
    past: Past,
    chosen: Session | None = None,
) -> Day:
    """The day as it opens: with the coach's session, or with `chosen` where pain leaves all of it."""
    date = past.today(now)
    coached = todays_or_none(screened, settings.profile, settings.manner, past, date)
    day = Day(now, settings, loaded, screened, past, date, coached, session_editing.begin(coached))
    if chosen and chosen != coached.session and not day.named(chosen).left_out:
        return decide(day, Choose(chosen, Consent.EASED)).day
    return day


def decide(day: Day, event: Event) -> Decision:
    """What becomes of the day, and what has to be done. Raises HiproutineError for what cannot be: the day stays."""
    match event:
        case Practise() | Choose() | Add() | Resume():
            return _named(day, event)
        case Swap() | Drop() | Move() | Dose() | LevelUp() | AskWhatToAdd() | Undo():
            return _edited(day, event)
        case Put() | Apply() | Saved() | Answer() | Differ():
            return _changed(day, event)
        case Start():
            return _started(day)
        case Tick():
            return Decision(day, (ReadHistory(),) if day.outdated else ())
        case HistoryRead(past, resumable):
            return _remembering(day._replace(resumable=resumable), past)
        case InterruptedFound(resumable):
            return Decision(day._replace(resumable=resumable))
        case CatalogueRead(loaded):
            return _catalogue_read(day, loaded)
        case Practised(records):
            return _remembering(day, day.past.adding(records))
        case Note(score, after):
            return _noted(day, score, after)
        case TakeBack(after):
            return _taken_back(day, after)
        case _:
            assert_never(event)


def _then(decision: Decision, *effects: Effect) -> Decision:
    return decision._replace(effects=(*decision.effects, *effects))


# ---- starting ----


def _started(day: Day) -> Decision:
    if day.outdated:
        told = Tell("A new day: this is its session. Enter starts it.")
        return Decision(day, (ReadHistory(), told))
    plan = day.plan
    if not plan.session.items:
        raise HiproutineError(plan.session.honest or "there is no session today")
    return Decision(day, (Begin(course(plan.session, day.settings.manner), plan.notes),))


def _named(day: Day, event: Named) -> Decision:
    """A session named by hand: where pain objects to it, the person decides."""
    if isinstance(event, Resume) and not event.looked_up:
        # Meanwhile another window may have taken it, or its time may have run out.
        return Decision(day, (ReadHistory(event._replace(looked_up=True)),))
    if isinstance(event, Add):
        day = _with_choices(day)
    try:
        session = _session(day, event)
    except HiproutineError as error:  # an answer to the screening may have hidden it by now
        return Decision(day, (Tell(str(error), "Not for you"),))
    if session is None:
        return Decision(day)
    plan = day.named(session, anyway=event.consent is Consent.ANYWAY)
    if event.consent is Consent.UNASKED and plan.session != session:
        return Decision(day, (_ask(day, event, session, plan),))
    return _agreed(day, event, plan)


def _session(day: Day, event: Named) -> Session | None:
    """The session that an event names. Raises HiproutineError where the screening hides it."""
    match event:
        case Practise(session):
            return find(day.screened, session.plan)
        case Choose(session):
            return session
        case Add(exercise):
            assert day.choices
            return session_editing.alone(exercise, day.choices)
        case Resume():
            return remaining(day.resumable) if day.resumable else None
        case _:
            assert_never(event)


def _ask(day: Day, event: Named, session: Session, eased: Plan) -> Ask:
    whole = day.named(session, anyway=True).session
    # The steps of an interrupted session are in its journal: it is resumed as it was begun, or not at all.
    some = eased.session.items and not isinstance(event, Resume)
    if isinstance(event, Resume):  # the answer may take its time
        event = event._replace(looked_up=False)
    return Ask(
        session.name,
        requested.sentences(eased),
        event._replace(consent=Consent.EASED) if some else None,
        event._replace(consent=Consent.ANYWAY) if whole.items else None,
    )


def _agreed(day: Day, event: Named, plan: Plan) -> Decision:
    match event:
        case Practise():
            if not plan.session.items:
                return Decision(day)
            return Decision(day, (Begin(course(plan.session, day.settings.manner), requested.sentences(plan)),))
        case Choose(session):
            return _with_plan(day, day._replace(chosen=session.plan), plan)
        case Add():
            draft, row = session_editing.add(day.draft, plan)
            return Decision(day._replace(draft=draft, row=row))
        case Resume():
            return Decision(day, (Begin(day.resumable),) if day.resumable else ())
        case _:
            assert_never(event)


# ---- changes to today's session ----


def _edited(day: Day, event: Edit) -> Decision:
    day = _with_choices(day)
    assert day.choices
    match event:
        case Swap(row):
            draft = session_editing.swap(day.draft, row, day.choices)
            return _redrawn(day, draft, row, "Nothing else that fits today does the same; a adds something.")
        case Drop(row):
            return _redrawn(day, session_editing.drop(day.draft, row), row, "A session has at least one exercise.")
        case Move(row, down):
            by, way = (1, "down") if down else (-1, "up")
            return _redrawn(day, session_editing.move(day.draft, row, by), row + by, f"It cannot go further {way}.")
        case Dose(row, more):
            draft = session_editing.redose(day.draft, row, 1 if more else -1, day.choices)
            return _redrawn(day, draft, row, _same_dose(day.choices, day.draft, row, more=more))
        case LevelUp():
            accepted = session_editing.accept(day.draft, day.offered) if day.offered else None
            return _redrawn(day, *accepted, "") if accepted else Decision(day)
        case AskWhatToAdd():
            return Decision(day, (OfferToAdd(session_editing.addable(day.draft, day.choices), day.choices.sore),))
        case Undo(row):
            return _undone(day, row)
        case _:
            assert_never(event)


def _redrawn(day: Day, draft: Draft | None, row: int, nothing: str) -> Decision:
    """What has become of the session; where nothing has, `nothing` is said."""
    return Decision(day._replace(draft=draft, row=row)) if draft else Decision(day, (Tell(nothing),))


def _same_dose(choices: Choices, draft: Draft, row: int, *, more: bool) -> str:
    """Why a dose stays as it is."""
    if more and (why := choices.held.get(draft.items[row].exercise.id)):
        return f"No more of it today: {why}."
    return f"There is no step {'more' if more else 'less'} today; s swaps it."


def _undone(day: Day, row: int) -> Decision:
    if day.draft.before:
        return Decision(day._replace(draft=day.draft.before, row=row))
    taken_back = _taken_back(day, None)
    return taken_back if taken_back.effects else Decision(day, (Tell("There is nothing to take back."),))


def _with_choices(day: Day) -> Day:
    if day.choices:
        return day
    found = session_editing.choices(day.screened, day.profile, day.settings.manner, day.past, day.date)
    return day._replace(choices=found)


# ---- pain ----


def _noted(day: Day, score: int, after: SessionRecord | None) -> Decision:
    of_day, session = (after.day, after.id) if after else (day.date, None)
    records = tuple(making.pain(day.past, day.now, of_day, score, session))
    noted = _then(_remembering(day, day.past.adding(records)), Keep(records))
    if after:
        pain_record = records[-1]
        assert isinstance(pain_record, Pain)
        return _then(noted, Reply(pain.follows(noted.day.past, pain_record)))
    return _then(noted, ShowWarningSigns()) if noted.day.gentle else noted


def _taken_back(day: Day, after: SessionRecord | None) -> Decision:
    of_day, session = (after.day, after.id) if after else (day.date, None)
    wrong = correctable(day.past, day.now, of_day, session)
    if not wrong:
        return Decision(day)
    records: tuple[Record, ...] = (making.void(day.now, wrong),)
    return _then(_remembering(day, day.past.adding(records)), Keep(records))


# ---- settings, catalogue, history ----


def _changed(day: Day, event: Change) -> Decision:
    match event:
        case Put(key, value):
            return Decision(day, (Save(key, value, applied=False),))
        case Apply(settings, key, value):
            return _then(_with_settings(day, settings), Save(key, value, applied=True))
        case Saved(settings):
            # Answers to the screening hold even where they could not be saved.
            conditions = day.settings.profile.conditions
            return _with_settings(day, settings._replace(profile=settings.profile._replace(conditions=conditions)))
        case Answer(conditions):
            profile = day.settings.profile
            if conditions == profile.conditions:
                return Decision(day)
            settings = day.settings._replace(profile=profile._replace(conditions=conditions))
            return Decision(
                _with_settings(day, settings).day, (FindInterrupted(), Save("conditions", conditions, applied=True))
            )
        case Differ(only):
            return _differing(day, only)
        case _:
            assert_never(event)


def _with_settings(day: Day, settings: Settings) -> Decision:
    """The day with other settings, and why there can be no session for them, if there cannot."""
    before, day = day, day._replace(settings=settings)
    if (settings.profile, settings.manner) == (before.settings.profile, before.settings.manner):
        return Decision(day)
    if settings.profile.conditions != before.settings.profile.conditions:
        day = day._replace(screened=screen(day.loaded.catalogue, settings.profile.conditions))
    planned = _planned(before, day)
    return _then(planned, FindInterrupted(), *_refusal(planned.day))


def _differing(day: Day, only: Only) -> Decision:
    if only != Only() and not (only.minutes or day.settings.profile.minutes):
        return Decision(day, (Reply("Choose the minutes too: without them the coach cannot plan."),))
    planned = _planned(day, day, only)
    if refusal := _refusal(planned.day):
        return Decision(day, (Reply(f"{refusal[0].words} Today stays as it was."),))
    return planned


def _catalogue_read(day: Day, loaded: Loaded) -> Decision:
    """The day with another catalogue. Raises HiproutineError if nothing to practise would be left."""
    screened = screen(loaded.catalogue, day.settings.profile.conditions)
    planned = _planned(day, day._replace(loaded=loaded, screened=screened))
    refusal = _refusal(planned.day)
    if refusal and day.coached.session.items:
        raise HiproutineError(refusal[0].words)
    return _then(planned, ReadHistory())


def _refusal(day: Day) -> tuple[Reply, ...]:
    """Why there can be no session, if there can be none."""
    possible = day.coached.session.items or day.chosen
    return () if possible else (Reply(day.coached.session.honest or ""),)


def _remembering(day: Day, past: Past) -> Decision:
    """The day with another history, planned again if anything that its plan follows from has changed."""
    before, day = day, day._replace(past=past, choices=None)
    same = not day.outdated and _basis(before.past, day.planned_on) == _basis(past, day.planned_on)
    return Decision(day) if same else _planned(before, day)


def _basis(past: Past, on: date) -> tuple[object, ...]:
    """What a plan for a day follows from in the history."""
    return [each for each in past.of(SessionRecord) if each.day < on], past.of(Pain), past.of(Hurt), past.of(Check)


# ---- planning ----


def _planned(before: Day, day: Day, only: Only | None = None) -> Decision:
    """The day with today's session made anew; `before` is the day as the event found it.

    One that was chosen stays, eased after pain, as long as none of it has to go; where there can be none, the one of
    before stays on the same condition.
    """
    date = day.date
    if only is None:
        only = Only() if day.outdated else day.only
    day = day._replace(planned_on=date, only=only, choices=None)
    made = todays_or_none(day.screened, day.profile, day.settings.manner, day.past, date)
    day = day._replace(coached=made)
    own = _found_again(day)
    if own and not own.left_out:
        return _with_plan(before, day, own)
    day = day._replace(chosen=None)
    now = day.draft.made
    stays = not made.session.items and eligibility.look(day.screened, day.past, date).leaves(now.session)
    return _with_plan(before, day, now if stays else made)


def _found_again(day: Day) -> Plan | None:
    """The session that was chosen, as it can be done now; None if there is none, or it is hidden now."""
    if day.chosen:
        with suppress(HiproutineError):
            return day.named(find(day.screened, day.chosen))
    return None


def _with_plan(before: Day, day: Day, plan: Plan) -> Decision:
    """The day with a plan. What was changed about the same one stays, unless pain came to object to it."""
    draft = before.draft
    if draft.made != plan:
        return Decision(day._replace(draft=session_editing.begin(plan), row=0))
    if draft.before and (name := _came_to_hurt(before, day)):
        told = Tell(f"Your changes are undone, because of {name}: a adds it again.")
        return Decision(day._replace(draft=session_editing.begin(plan), row=0), (told,))
    return Decision(day)


def _came_to_hurt(before: Day, day: Day) -> str | None:
    """The name of an exercise of the draft that pain objects to now, and did not before."""
    then, now = (eligibility.look(each.screened, each.past, each.date) for each in (before, day))
    items = day.draft.items
    return next((each.name for each, _ in items if now.against(each.id) not in ("", then.against(each.id))), None)
