"""The events that go into the history: pain, off days, what is written down by hand, and a session that is over."""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import assert_never

from hiproutine.coach import pain, programme, progression
from hiproutine.day.events import (
    ByHand,
    DeclareRest,
    FindLast,
    Follow,
    Keep,
    LastFound,
    Log,
    Logged,
    Note,
    NoteVideo,
    RecordSession,
    Reply,
    ShowWarningSigns,
    TakeBackLast,
    Tell,
)
from hiproutine.day.replanning import remember
from hiproutine.day.today import Day, Decision
from hiproutine.errors import unknown
from hiproutine.history import making
from hiproutine.history.records import Hurt, Off, Pain, Record, Rest, SessionRecord
from hiproutine.history.undo import Act
from hiproutine.history.words import act_words, record_words
from hiproutine.practice.pain_prompt import correctable
from hiproutine.practice.recording import REST_PAST_DAYS
from hiproutine.practice.recording import felt as felt_records
from hiproutine.practice.resume import course
from hiproutine.text import counted, day_words


def note_pain(day: Day, note: Note) -> Decision:
    after = note.after
    of_day, session = (after.day, after.id) if after else (day.date, None)
    records = tuple(making.pain(day.past, day.now, of_day, note.score, session, where=note.where))
    noted = keep(day, *records)
    if after:
        pain_record = records[-1]
        assert isinstance(pain_record, Pain)
        return noted.then(Reply(pain.follows(noted.day.past, pain_record)))
    return noted.then(ShowWarningSigns()) if noted.day.gentle else noted


def note_effort(day: Day, exercise: str, how: str, session: SessionRecord) -> Decision:
    name = next(step.name for step in session.steps if step.exercise == exercise)
    records, words = felt_records(day.now, session.opening, day.past.of(Hurt), exercise=exercise, name=name, how=how)
    return keep(day, *records, words=words) if records else Decision(day, (Reply(words),))


def take_back(day: Day, after: SessionRecord | None) -> Decision:
    of_day, session = (after.day, after.id) if after else (day.date, None)
    wrong = correctable(day.past, day.now, of_day, session)
    if not wrong:
        return Decision(day)
    return keep(day, making.void(day.now, wrong))


def note_off(day: Day) -> Decision:
    if off_today(day):
        return Decision(day, (Tell("An off day already; z takes it back."),))
    return keep(day, making.off(day.now, day.date))


def noted_last(day: Day) -> Hurt | Off | Pain | None:
    """Return what was noted last today of how one feels: a pain score, what hurt in practice, or an off day."""
    noted: Iterator[Hurt | Off | Pain] = chain(day.past.of(Pain), day.past.of(Hurt), day.past.of(Off))
    return max((each for each in noted if each.day == day.date), key=lambda each: (each.at, each.id), default=None)


def off_today(day: Day) -> Off | None:
    return next((each for each in reversed(day.past.of(Off)) if each.day == day.date), None)


def by_hand(day: Day, event: ByHand) -> Decision:
    match event:
        case Log(session, on):
            why = day.against_logging(on)
            effect = Reply(why) if why else RecordSession(course(session, day.settings.manner), on)
            return Decision(day, (effect,))
        case Logged(record):
            what = record_words(record, day.called)
            return keep(day, record, words=f"Logged for {day_words(record.day)}: {what}.")
        case DeclareRest(on):
            return _rested(day, on)
        case Follow(name):
            return _followed(day, name)
        case NoteVideo(video, watched, note):
            return keep(day, making.video_note(day.now, video, watched, note))
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
    return keep(day, making.rest(day.now, on), words=f"{day_words(on)} is a rest day.")


def _followed(day: Day, name: str | None) -> Decision:
    """Begin a programme, or end the one that runs."""
    running = programme.last_step(day.past, day.date)
    if name is None:
        if not running:
            return Decision(day, (Reply("No programme is running."),))
        ended = making.programme(day.now, day.date, running.programme, running.phase, event="stop")
        return keep(day, ended, words="The programme is ended.")
    wanted = day.catalogue.programmes.get(name)
    if not wanted:
        raise unknown("programme", name, list(day.catalogue.programmes), "hiproutine programme")
    if running and running.programme == name:
        return Decision(day, (Reply(f"{wanted.name} is running already."),))
    if why := programme.refusal(wanted, day.screened, day.profile):
        return Decision(day, (Reply(why),))
    begun = making.programme(day.now, day.date, name, 1, event="start")
    words = f"{wanted.name} begins today: {counted(wanted.weeks, 'week')}, {wanted.days_a_week} days a week."
    return keep(day, begun, words=words)


def _last_taken_back(day: Day, act: Act | None, *, asked: bool) -> Decision:
    if act is None:
        return Decision(day, (Reply("There is nothing to undo: the history is empty."),))
    words = f"{act_words(act, day.called)}."
    if not asked or act != day.to_undo:
        return Decision(day._replace(to_undo=act), (Reply(f"z once more takes back what was written last: {words}"),))
    voids = (making.void(day.now, record) for record in act.records)
    return keep(day._replace(to_undo=None), *voids, words=f"Taken back: {words}")


def note_session(day: Day, records: tuple[Record, ...]) -> Decision:
    """The day after a session, with the steps of progression that it took or took back."""
    past = day.past.adding(records)
    steps: tuple[Record, ...] = tuple(
        making.ladder(day.now, session.day, *step[:3], taken=step.taken)
        for session in records
        if isinstance(session, SessionRecord)
        for step in progression.climbed(past, session, day.catalogue.exercises, day.profile.level)
    )
    steps = (*steps, *_phases(day, records))
    remembering = remember(day, past.adding(steps))
    return remembering.then(Keep(steps)) if steps else remembering


def _phases(day: Day, records: tuple[Record, ...]) -> Iterator[Record]:
    """The changes of phase that a session makes final."""
    running = day.coached.programme
    if running and any(isinstance(each, SessionRecord) and each.counts for each in records):
        for step in running.steps:
            name = running.programme.id
            yield making.programme(day.now, step.day, name, step.phase, event=step.event, why=step.why)


def keep(day: Day, *records: Record, words: str = "") -> Decision:
    """Add records to the day and write them; reply with `words`."""
    kept = remember(day, day.past.adding(records)).then(Keep(records))
    return kept.then(Reply(words)) if words else kept
