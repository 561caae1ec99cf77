"""What is written down by hand: a session done without the program, pain, a day of rest, and taking something back."""

import os
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from hiproutine.clock import Clock
from hiproutine.errors import HiproutineError
from hiproutine.history.days import day_of
from hiproutine.history.records import Check, Pain, Record, Rest, SessionRecord, VideoNote, Void, closed, uuid7
from hiproutine.text import clean

if TYPE_CHECKING:
    from hiproutine.history.store import Past
    from hiproutine.practice.resume import Course

LATE_DAYS = 7
"""A session may be written down so many days later."""
REST_PAST_DAYS = 31
REST_AHEAD_DAYS = 366
_DAY_MS = 86_400_000
CORRECT_WITHIN = timedelta(minutes=5)
"""An answer that follows another so soon puts it right."""


def logged(course: "Course", clock: Clock, app: str, day: date, minutes: int | None = None) -> SessionRecord:
    """The session as if practised without a pause, or its first `minutes`; at noon, or just now if that is sooner.

    Raises HiproutineError if it does not take so many minutes, or takes more than a day.
    """
    from hiproutine.practice import player, recording
    from hiproutine.practice.words import clock_length

    session, line, _ = course
    if minutes and minutes * 60_000 > line.total_ms:
        raise HiproutineError(
            f"{session.plan} takes {clock_length(line.total_ms)} min; leave --minutes out if it was done in full"
        )
    length_ms = minutes * 60_000 if minutes else line.total_ms
    if length_ms > _DAY_MS:
        raise HiproutineError(f"{session.plan} takes more than a day; say with --minutes how much of it was done")
    played = player.begin(line, {}, {}).player.advance(length_ms).player
    now = clock.now()
    start = min(datetime.combine(day, time(12), now.tzinfo), now - timedelta(milliseconds=length_ms))
    opening = recording.opening(session, clock, app)._replace(day=day, start=start)
    steps = [recording.ended(played, number) for number in range(len(line.steps))]
    return closed(opening, start + timedelta(milliseconds=length_ms), steps)._replace(logged_at=now)


def rest(now: datetime, day: date) -> Rest:
    return Rest(new_id(now), day, now)


def pain(past: "Past", now: datetime, day: date, score: int, after: str | None = None) -> list[Record]:
    """The level of pain, 0 to 10, before practising, or after the session with that id; what it puts right is void."""
    noted = Pain(new_id(now), day, now, "before" if after is None else "after", score, after)
    wrong = [
        each
        for each in past.pains
        if (each.day, each.when, each.session) == (day, noted.when, after) and abs(now - each.at) <= CORRECT_WITHIN
    ]
    return [*(void(now, each) for each in wrong), noted]


def video_note(now: datetime, video: str, watched: date | None, note: str) -> VideoNote:
    return VideoNote(new_id(now), day_of(now), now, video, watched, clean(note))


def checked(now: datetime, what: str, side: str, value: float, unit: str) -> Check:
    """One value of a self-check, just looked at."""
    return Check(new_id(now), day_of(now), now, what, side, value, unit)


def void(now: datetime, record: Record) -> Void:
    """What takes a record back; of a void, lets it stand again."""
    return Void(new_id(now), now, record.id)


def import_name(now: datetime, file: str) -> str:
    """What the records of an import have in common."""
    return f"{new_id(now)} {clean(file)[:100]}"


def new_id(now: datetime) -> str:
    return uuid7(int(now.timestamp() * 1000), os.urandom(10))
