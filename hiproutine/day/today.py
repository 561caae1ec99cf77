"""One day as an immutable value, and what follows from each event: `decide(day, event) -> day, effects`. Pure.

Both front ends use it; neither decides anything. No clock (`now` is part of the day), no widget, no print, no sound.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple, assert_never

from hiproutine.catalogue.cache import Loaded
from hiproutine.catalogue.conditions import with_implied
from hiproutine.catalogue.model import Catalogue, name_in, sessions
from hiproutine.coach import (
    eligibility,
    pain,
    programme,
    progression,
    requested,
    self_checks,
    session_editing,
)
from hiproutine.coach.durations import exercise_s
from hiproutine.coach.instructions import guided
from hiproutine.coach.objective import time_words
from hiproutine.coach.planner import Plan, todays_or_none
from hiproutine.coach.profile import Only, for_today, with_goal
from hiproutine.coach.progression import Suggestion
from hiproutine.coach.screening import Screened, current, find, screen
from hiproutine.coach.session import Session
from hiproutine.coach.session_editing import Choices, Draft
from hiproutine.coach.weekly_volume import planned_from
from hiproutine.day.events import (
    Add,
    Apply,
    Ask,
    AskWhatToAdd,
    Begin,
    ByHand,
    CatalogueRead,
    Change,
    Choose,
    Consent,
    DeclareRest,
    Differ,
    Dose,
    Drop,
    Edit,
    Effect,
    Event,
    Felt,
    FindInterrupted,
    FindLast,
    Follow,
    HistoryRead,
    InterruptedFound,
    Keep,
    LastFound,
    LevelUp,
    Log,
    Logged,
    Move,
    Named,
    Note,
    NoteOff,
    NoteVideo,
    OfferToAdd,
    PlanLess,
    Practise,
    Practised,
    Put,
    ReadHistory,
    RecordSession,
    Reply,
    Resume,
    Save,
    Saved,
    SetUp,
    ShowWarningSigns,
    Start,
    Swap,
    TakeBack,
    TakeBackLast,
    Tell,
    Tick,
    Undo,
)
from hiproutine.errors import HiproutineError, unknown
from hiproutine.history import making
from hiproutine.history.past import Past
from hiproutine.history.records import Check, Goal, Hurt, Off, Pain, ProgrammeStep, Record, Rest, SessionRecord
from hiproutine.history.streak import goal_on
from hiproutine.history.undo import Act
from hiproutine.history.words import act_words, record_words
from hiproutine.practice.pain_prompt import correctable
from hiproutine.practice.recording import LATE_DAYS, REST_PAST_DAYS
from hiproutine.practice.recording import felt as felt_records
from hiproutine.practice.resume import Course, course, remaining
from hiproutine.settings.model import GOAL, Manner, Profile, Settings, to_save
from hiproutine.text import counted, day_words

if TYPE_CHECKING:
    from hiproutine.yaml.edit import Value


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


def decide(day: Day, event: Event) -> Decision:
    """Return the day after an event, and the effects. Raises HiproutineError for what is impossible: the day stays."""
    match event:
        case Practise() | Choose() | Add() | Resume():
            return _named(day, event)
        case Swap() | Drop() | Move() | Dose() | LevelUp() | AskWhatToAdd() | Undo():
            return _edited(day, event)
        case Put() | Apply() | Saved() | SetUp() | Differ():
            return _changed(day, event)
        case Log() | Logged() | DeclareRest() | Follow() | NoteVideo() | TakeBackLast() | LastFound():
            return _by_hand(day, event)
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
            return _practised(day, records)
        case Note():
            return _noted(day, event)
        case Felt(exercise, felt, session):
            return _felt(day, exercise, felt, session)
        case PlanLess():
            return _planned_less(day)
        case NoteOff():
            return _off(day)
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
    return Decision(day, (Begin(course(plan.session, day.manner), plan.notes),))


def _named(day: Day, event: Named) -> Decision:
    """Handle a session chosen by hand: where pain or the screening objects, the person decides."""
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
    """Return the changed session; without a change, tell `nothing`."""
    return Decision(day._replace(draft=draft, row=row)) if draft else Decision(day, (Tell(nothing),))


def _same_dose(choices: Choices, draft: Draft, row: int, *, more: bool) -> str:
    """Return why a dose stays as it is."""
    if more and (why := choices.held.get(draft.items[row].exercise.id)):
        return f"No more of it today: {why}."
    return f"There is no step {'more' if more else 'less'} today; s swaps it."


def _undone(day: Day, row: int) -> Decision:
    if day.draft.before:
        return Decision(day._replace(draft=day.draft.before, row=row))
    wrong = correctable(day.past, day.now, day.date)
    off = _off_today(day)
    if off and not (wrong and wrong.at > off.at):
        return _kept(day, making.void(day.now, off))
    taken_back = _taken_back(day, None)
    return taken_back if taken_back.effects else Decision(day, (Tell("There is nothing to take back."),))


def _with_choices(day: Day) -> Day:
    if day.choices:
        return day
    found = session_editing.choices(day.screened, day.profile, day.manner, day.past, day.date)
    return day._replace(choices=found)


# ---- pain ----


def _noted(day: Day, note: Note) -> Decision:
    after = note.after
    of_day, session = (after.day, after.id) if after else (day.date, None)
    records = tuple(making.pain(day.past, day.now, of_day, note.score, session, where=note.where))
    noted = _kept(day, *records)
    if after:
        pain_record = records[-1]
        assert isinstance(pain_record, Pain)
        return _then(noted, Reply(pain.follows(noted.day.past, pain_record)))
    return _then(noted, ShowWarningSigns()) if noted.day.gentle else noted


def _felt(day: Day, exercise: str, how: str, session: SessionRecord) -> Decision:
    name = next(step.name for step in session.steps if step.exercise == exercise)
    records, words = felt_records(day.now, session.opening, day.past.of(Hurt), exercise=exercise, name=name, how=how)
    return _kept(day, *records, words=words) if records else Decision(day, (Reply(words),))


def _taken_back(day: Day, after: SessionRecord | None) -> Decision:
    of_day, session = (after.day, after.id) if after else (day.date, None)
    wrong = correctable(day.past, day.now, of_day, session)
    if not wrong:
        return Decision(day)
    return _kept(day, making.void(day.now, wrong))


def _planned_less(day: Day) -> Decision:
    skipped = day.coached.skipped
    if not skipped:
        return Decision(day)
    names = (*(day.settings.profile.planned_less or ()), skipped.id)
    told = Tell(f"{skipped.name} is planned less from now on. The settings have the list.")
    return Decision(day, (Save({"planned_less": " ".join(names)}, applied=False), told))


def _off(day: Day) -> Decision:
    if _off_today(day):
        return Decision(day, (Tell("An off day already; z takes it back."),))
    return _kept(day, making.off(day.now, day.date))


def _off_today(day: Day) -> Off | None:
    return next((each for each in reversed(day.past.of(Off)) if each.day == day.date), None)


# ---- written down by hand ----


def _by_hand(day: Day, event: ByHand) -> Decision:
    match event:
        case Log(session, on):
            why = day.against_logging(on)
            effect = Reply(why) if why else RecordSession(course(session, day.settings.manner), on)
            return Decision(day, (effect,))
        case Logged(record):
            what = record_words(record, day.called)
            return _kept(day, record, words=f"Logged for {day_words(record.day)}: {what}.")
        case DeclareRest(on):
            return _rested(day, on)
        case Follow(name):
            return _followed(day, name)
        case NoteVideo(video, watched, note):
            return _kept(day, making.video_note(day.now, video, watched, note))
        case TakeBackLast(asked):
            return Decision(day, (FindLast(asked),))
        case LastFound(act, asked):
            return _last_taken_back(day, act, asked=asked)
        case _:
            assert_never(event)


def _rested(day: Day, on: date) -> Decision:
    if any(rest.day == on for rest in day.past.of(Rest)):
        return Decision(day, (Reply(f"{day_words(on)} is a rest day already."),))
    if (day.date - on).days > REST_PAST_DAYS:
        return Decision(day, (Reply(f"A rest day can be added up to {REST_PAST_DAYS} days later."),))
    return _kept(day, making.rest(day.now, on), words=f"{day_words(on)} is a rest day.")


def _followed(day: Day, name: str | None) -> Decision:
    """Begin a programme, or end the one that runs."""
    running = programme.last_step(day.past, day.date)
    if name is None:
        if not running:
            return Decision(day, (Reply("No programme is running."),))
        ended = making.programme(day.now, day.date, running.programme, running.phase, event="stop")
        return _kept(day, ended, words="The programme is ended.")
    wanted = day.catalogue.programmes.get(name)
    if not wanted:
        raise unknown("programme", name, list(day.catalogue.programmes), "hiproutine programme")
    if running and running.programme == name:
        return Decision(day, (Reply(f"{wanted.name} is running already."),))
    if why := programme.refusal(wanted, day.screened, day.profile):
        return Decision(day, (Reply(why),))
    begun = making.programme(day.now, day.date, name, 1, event="start")
    words = f"{wanted.name} begins today: {counted(wanted.weeks, 'week')}, {wanted.days_a_week} days a week."
    return _kept(day, begun, words=words)


def _last_taken_back(day: Day, act: Act | None, *, asked: bool) -> Decision:
    if act is None:
        return Decision(day, (Reply("There is nothing to undo: the history is empty."),))
    words = f"{act_words(act, day.called)}."
    if not asked or act != day.to_undo:
        return Decision(day._replace(to_undo=act), (Reply(f"z once more takes back what was written last: {words}"),))
    voids = (making.void(day.now, record) for record in act.records)
    return _kept(day._replace(to_undo=None), *voids, words=f"Taken back: {words}")


def _kept(day: Day, *records: Record, words: str = "") -> Decision:
    """Add records to the day and write them; reply with `words`."""
    kept = _then(_remembering(day, day.past.adding(records)), Keep(records))
    return _then(kept, Reply(words)) if words else kept


def _practised(day: Day, records: tuple[Record, ...]) -> Decision:
    """The day after a session, with the steps of progression that it took or took back."""
    past = day.past.adding(records)
    steps: tuple[Record, ...] = tuple(
        making.ladder(day.now, session.day, *step[:3], taken=step.taken)
        for session in records
        if isinstance(session, SessionRecord)
        for step in progression.climbed(past, session, day.catalogue.exercises, day.profile.level)
    )
    steps = (*steps, *_phases(day, records))
    remembering = _remembering(day, past.adding(steps))
    return _then(remembering, Keep(steps)) if steps else remembering


def _phases(day: Day, records: tuple[Record, ...]) -> Iterator[Record]:
    """The changes of phase that a session makes final."""
    running = day.coached.programme
    if running and any(isinstance(each, SessionRecord) and each.counts for each in records):
        for step in running.steps:
            name = running.programme.id
            yield making.programme(day.now, step.day, name, step.phase, event=step.event, why=step.why)


# ---- settings, catalogue, history ----


def _changed(day: Day, event: Change) -> Decision:
    match event:
        case Put(key, value) if key in GOAL:
            return _aimed(day, key, value)
        case Put(key, value):
            return Decision(day, (Save({key: value}, applied=False),))
        case Apply(settings, key, value):
            return _then(_with_settings(day, settings), Save({key: value}, applied=True))
        case Saved(settings):
            # Answers to the screening hold even where they could not be saved.
            now = day.settings.profile
            profile = settings.profile._replace(conditions=now.conditions, screened=now.screened)
            saved = _with_settings(day, settings._replace(profile=profile))
            words = time_words(profile)
            return saved if words == time_words(now) else _then(saved, Reply(f"Saved. {words}"))
        case SetUp(profile):
            before = day.settings.profile
            if profile == before:
                return Decision(day)
            answered = _with_settings(day, day.settings._replace(profile=profile)).day
            return Decision(answered, (FindInterrupted(), Save(to_save(before, profile), applied=True)))
        case Differ(only):
            return _differing(day, only)
        case _:
            assert_never(event)


def _aimed(day: Day, key: str, value: "Value | None") -> Decision:
    """Set a goal of other days: the history has them, dated, and the settings no longer."""
    before, usual, settings = day.usual_profile, Profile(), day.settings
    if key == "days_per_week":
        after = before._replace(days_per_week=int(str(value)) if value else usual.days_per_week)
    else:
        after = before._replace(rest_days=tuple(value or ()))
    days, rests = after.days_per_week, after.rest_days
    if days + len(rests) > 7:
        words = f"{counted(days, 'day')} and {counted(len(rests), 'rest day')} are more than a week"
        return Decision(day, (Reply(f"Not saved: {words}; change the other first."),))
    goal = making.goal(day.now, day.date, days, rests, goal_on(day.past.of(Goal), day.date).week_starts)
    aimed = _kept(day, goal)
    without = settings.profile._replace(days_per_week=usual.days_per_week, rest_days=usual.rest_days)
    if without != settings.profile:
        applied = _with_settings(aimed.day, settings._replace(profile=without))
        save = Save(dict.fromkeys(GOAL), applied=True)
        aimed = applied._replace(effects=(*aimed.effects, *applied.effects, save))
    words = time_words(after)
    return aimed if words == time_words(before) else _then(aimed, Reply(f"Saved. {words}"))


def _with_settings(day: Day, settings: Settings) -> Decision:
    """Apply settings; say why there can be no session for them, if so."""
    before, day = day, day._replace(settings=settings)
    if (settings.profile, day.manner) == (before.settings.profile, before.manner):
        return Decision(day)
    if settings.profile != before.settings.profile:
        day = _screened(day)
    planned = _planned(before, day)
    return _then(planned, FindInterrupted(), *_refusal(planned.day))


def _screened(day: Day) -> Day:
    """The day with its catalogue screened anew; the same where the same conditions hold as before."""
    codes = with_implied(current(day.settings.profile, day.date))
    if codes == day.screened.codes and day.loaded.catalogue is day.screened.whole:
        return day
    return day._replace(screened=screen(day.loaded.catalogue, codes))


def _differing(day: Day, only: Only) -> Decision:
    if only.focus and not (only.minutes or day.settings.profile.minutes):
        return Decision(day, (Reply("Choose the minutes too: without them the coach cannot plan for an area."),))
    planned = _planned(day, day, only)
    if refusal := _refusal(planned.day):
        return Decision(day, (Reply(f"{refusal[0].words} Today stays as it was."),))
    return planned


def _catalogue_read(day: Day, loaded: Loaded) -> Decision:
    """Apply a catalogue. Raises HiproutineError if nothing to practise would remain."""
    planned = _planned(day, _screened(day._replace(loaded=loaded)))
    refusal = _refusal(planned.day)
    if refusal and day.coached.session.items:
        raise HiproutineError(refusal[0].words)
    return _then(planned, ReadHistory())


def _refusal(day: Day) -> tuple[Reply, ...]:
    """Say why there can be no session, if so."""
    possible = day.coached.session.items or day.chosen
    return () if possible else (Reply(day.coached.session.honest or ""),)


def _remembering(day: Day, past: Past) -> Decision:
    """Apply a history; plan again if anything that the plan depends on has changed."""
    before, day = day, day._replace(past=past, choices=None)
    same = not day.outdated and _basis(before.past, day.planned_on) == _basis(past, day.planned_on)
    return Decision(day) if same else _planned(before, day)


def _basis(past: Past, on: date) -> tuple[object, ...]:
    """Return what a plan for a day depends on in the history."""
    sessions = [each for each in past.of(SessionRecord) if planned_from(each, on)]
    return sessions, past.of(Goal), past.of(Pain), past.of(Hurt), past.of(Check), past.of(Off), past.of(ProgrammeStep)


# ---- planning ----


def _planned(before: Day, day: Day, only: Only | None = None) -> Decision:
    """Plan today's session anew; `before` is the day before the event.

    A chosen session stays, eased after pain, unless part of it has to go; where no session is possible, the previous
    one stays on the same condition.
    """
    date = day.date
    if only is None:
        only = Only() if day.outdated else day.only
    if day.outdated:
        day = _screened(day)
    day = day._replace(planned_on=date, only=only, choices=None)
    made = todays_or_none(day.screened, day.profile, day.manner, day.past, date)
    day = day._replace(coached=made)
    own = _found_again(day)
    if own:
        return _with_plan(before, day, own)
    day = day._replace(chosen=None)
    now = day.draft.made
    stays = not made.session.items and eligibility.look(day.screened, day.past, date).leaves(now.session)
    return _with_plan(before, day, now if stays else made)


def _found_again(day: Day) -> Plan | None:
    """Plan the chosen session as it can be done now; None if there is none, or part of it has to go."""
    if day.chosen:
        with suppress(HiproutineError):
            session = find(day.screened, day.chosen)
            plan, whole = day.named(session), day.named(session, anyway=True)
            return plan if plan.omitted == whole.omitted else None
    return None


def _with_plan(before: Day, day: Day, plan: Plan) -> Decision:
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
