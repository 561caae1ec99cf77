"""Records made now: a pain score, a day of rest, a note, a self-check, and taking a record back."""

import os
from datetime import date, datetime, timedelta

from hiproutine.history.calendar import day_of
from hiproutine.history.past import Past
from hiproutine.history.records import Check, Goal, Pain, Record, Rest, VideoNote, Void, uuid7
from hiproutine.text import clean

CORRECT_WITHIN = timedelta(minutes=5)
"""A pain score that follows another one within this time replaces it."""


def new_id(now: datetime) -> str:
    """Return the id of a record or a session that begins at `now`."""
    return uuid7(int(now.timestamp() * 1000), os.urandom(10))


def pain(past: Past, now: datetime, day: date, score: int, after: str | None = None) -> list[Record]:
    """Return a pain score, 0 to 10, before practising or `after` a session (its id), and voids of what it replaces."""
    noted = Pain(new_id(now), day, now, "before" if after is None else "after", score, after)
    replaced = [
        each
        for each in past.of(Pain)
        if (each.day, each.when, each.session) == (day, noted.when, after) and abs(now - each.at) <= CORRECT_WITHIN
    ]
    return [*(void(now, each) for each in replaced), noted]


def rest(now: datetime, day: date) -> Rest:
    """Return the declaration of a day of rest."""
    return Rest(new_id(now), day, now)


def goal(now: datetime, day: date, days_per_week: int, rest_days: tuple[str, ...], week_starts: str) -> Goal:
    """Return a goal that holds from `day` on."""
    return Goal(new_id(now), day, now, days_per_week, rest_days, week_starts)


def video_note(now: datetime, video: str, watched: date | None, note: str) -> VideoNote:
    """Return a note on a video."""
    return VideoNote(new_id(now), day_of(now), now, video, watched, clean(note))


def checked(now: datetime, what: str, side: str, value: float, unit: str) -> Check:
    """Return one value of a self-check, just measured."""
    return Check(new_id(now), day_of(now), now, what, side, value, unit)


def void(now: datetime, record: Record) -> Void:
    """Return what takes a record back; for a void, what restores its record."""
    return Void(new_id(now), now, record.id)


def import_name(now: datetime, file: str) -> str:
    """Return the name that all records of an import carry."""
    return f"{new_id(now)} {clean(file)[:100]}"
