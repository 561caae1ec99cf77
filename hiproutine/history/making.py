"""Constructors of new records: pain scores, rest days, goals, notes, self-checks and voids."""

import os
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from hiproutine.history.calendar import day_of
from hiproutine.history.past import Past
from hiproutine.history.records import (
    Check,
    Effort,
    Goal,
    Ladder,
    Off,
    Pain,
    ProgrammeStep,
    Record,
    Rest,
    VideoNote,
    Void,
    uuid7,
)
from hiproutine.text import clean

CORRECT_WITHIN = timedelta(minutes=5)
"""A pain score replaces an earlier one within this time."""


def new_id(now: datetime) -> str:
    """Return a new id for a record or session of `now`."""
    return uuid7(int(now.timestamp() * 1000), os.urandom(10))


def pain(
    past: Past,
    now: datetime,
    day: date,
    score: int,
    after: str | None = None,
    *,
    where: tuple[str | None, str | None] = (None, None),
) -> list[Record]:
    """Return a pain score, 0 to 10, before practising or `after` a session (its id), and voids of what it replaces.

    `where` is an area and a side, if known.
    """
    noted = Pain(new_id(now), day, now, "before" if after is None else "after", score, after, *where)
    replaced = [
        each
        for each in past.of(Pain)
        if (each.day, each.when, each.session) == (day, noted.when, after) and abs(now - each.at) <= CORRECT_WITHIN
    ]
    return [*(void(now, each) for each in replaced), noted]


def rest(now: datetime, day: date) -> Rest:
    """Return the record of a rest day."""
    return Rest(new_id(now), day, now)


def effort(now: datetime, day: date, session: str, exercise: str, felt: str) -> Effort:
    """Return the record of an exercise that felt too easy or too hard in a session."""
    return Effort(new_id(now), day, now, session, exercise, felt)


def off(now: datetime, day: date) -> Off:
    """Return the record of a day on which the person is not well."""
    return Off(new_id(now), day, now)


def rests(now: datetime, days: Sequence[date]) -> list[Rest]:
    """Return the records of rest days that are declared in one go."""
    found = [rest(now, day) for day in days]
    return [each._replace(span=found[0].id) for each in found] if len(found) > 1 else found


def goal(now: datetime, day: date, days_per_week: int, rest_days: tuple[str, ...], week_starts: str) -> Goal:
    """Return a goal in force from `day` on."""
    return Goal(new_id(now), day, now, days_per_week, rest_days, week_starts)


def video_note(now: datetime, video: str, watched: date | None, note: str) -> VideoNote:
    """Return a note on a video."""
    return VideoNote(new_id(now), day_of(now), now, video, watched, clean(note))


def checked(now: datetime, what: str, side: str | None, value: float, unit: str) -> Check:
    """Return a value of a self-check measured now."""
    return Check(new_id(now), day_of(now), now, what, side, value, unit)


def ladder(now: datetime, day: date, exercise: str, dose: str, instead: str, *, taken: bool) -> Ladder:
    """Return a step of progression that was taken on a day, or taken back."""
    return Ladder(new_id(now), day, now, exercise, dose, instead, "taken" if taken else "taken back")


def programme(now: datetime, day: date, name: str, phase: int, *, event: str, why: str = "") -> ProgrammeStep:
    """Return a change of phase of a programme; its start and its end are the first and the last one."""
    return ProgrammeStep(new_id(now), day, now, name, phase, event, why)


def void(now: datetime, record: Record) -> Void:
    """Return a void that takes back a record; voiding a void restores its record."""
    return Void(new_id(now), now, record.id)


def import_name(now: datetime, file: str) -> str:
    """Return the name shared by all records of an import."""
    return f"{new_id(now)} {clean(file)[:100]}"
