"""Personal notes on a catalogue entry: cautions, when it was last done, and how it felt. Pure."""

from datetime import date, timedelta

from hiproutine.catalogue.describe import Section
from hiproutine.catalogue.model import Card, Exercise, Programme, Routine, Video
from hiproutine.catalogue.search import Entry
from hiproutine.coach.profile import obstacle
from hiproutine.coach.programme import advice, refusal
from hiproutine.coach.screening import Screened, cautions
from hiproutine.history.past import Past
from hiproutine.history.records import Hurt, ProgrammeStep, SessionRecord, VideoNote
from hiproutine.history.words import phase_words
from hiproutine.settings.model import Profile
from hiproutine.text import counted, day_words

BACK = timedelta(weeks=52)
"""The time for which the steps of sessions are searched."""
_HURTS = 3
_AGO = {0: "today", 1: "yesterday"}


def to_mind(entry: Entry, screened: Screened, profile: Profile) -> tuple[Section, ...]:
    """Return why an entry is not for this person, the cautions, and why an exercise is out of reach, if it is."""
    if isinstance(entry, Programme):
        why_not = refusal(entry, screened, profile)
        read = (each for each in advice(entry, screened) if each != entry.say_before)
        found = (Section("Not for you", (why_not,) if why_not else ()), Section("Careful, for you", tuple(read)))
        return tuple(section for section in found if section.lines)
    if not isinstance(entry, Exercise):
        return ()
    why = obstacle(entry, profile)
    objection = screened.objection(entry.id) if entry.id in screened.unplanned else ""
    sections = (
        Section("Not planned, for you", (f"It {objection}.",) if objection else ()),
        Section("Careful, for you", cautions(entry, screened.codes)),
        Section("Ruled out by your settings", (f"It {why.words}.",) if why else ()),
    )
    return tuple(section for section in sections if section.lines)


def done(entry: Entry, past: Past, day: date) -> tuple[Section, ...]:
    """Return when an entry was last done and how it felt; for a video, when it was watched and the note on it."""
    match entry:
        case Exercise():
            days = {
                session.day
                for session in past.of(SessionRecord)
                if day - session.day <= BACK
                for step in session.steps
                if step.exercise == entry.id and step.held_ms
            }
            hurts = [hurt for hurt in past.of(Hurt) if hurt.exercise == entry.id][-_HURTS:]
            felt = (
                f"Hurt {hurt.score} of 10{f' on the {hurt.side}' if hurt.side else ''}, {day_words(hurt.day)}."
                for hurt in reversed(hurts)
            )
            return (Section("Done", (_last(days, day, " in the last 12 months"), *felt)),)
        case Routine():
            days = {session.day for session in past.of(SessionRecord) if session.opening.routine == entry.id}
            return (Section("Done", (_last(days, day),)),)
        case Programme():
            steps = [step for step in past.of(ProgrammeStep) if step.programme == entry.id]
            words = (f"{day_words(step.day)}: {phase_words(step)}{step.why and f', {step.why}'}." for step in steps)
            return (Section("Done", (*words, *(() if steps else ("Not begun yet.",)))),)
        case Video():
            note = note_of(past, entry)
            return (Section("Yours", tuple(filter(None, (watched_words(note), note.note if note else None)))),)
        case Card():
            return ()


def note_of(past: Past, video: Video) -> VideoNote | None:
    """Return the latest note on a video."""
    return next((note for note in reversed(past.of(VideoNote)) if note.video == video.id), None)


def watched_words(note: VideoNote | None) -> str:
    return f"Watched on {day_words(note.watched)}." if note and note.watched else "Not watched yet."


def _last(days: set[date], day: date, within: str = "") -> str:
    if not days:
        return f"Not{within}." if within else "Not yet."
    ago = (day - max(days)).days
    count = f"{counted(len(days), 'day')}{within}"
    return f"Last {_AGO.get(ago, f'{ago} days ago')}, {day_words(max(days))}; {count}."
