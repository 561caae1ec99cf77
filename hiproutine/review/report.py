"""The report for a clinician, before it gets a form. Pure.

It lists what was practised and reported; it judges nothing and promises nothing.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.history.past import Past
from hiproutine.history.records import SessionRecord
from hiproutine.review import overview
from hiproutine.review.overview import Section
from hiproutine.review.statistics import first_day, held_ms

USUAL_DAYS = 28
TITLE = "Hip mobility practice at home"
HONEST = (
    "Written by the program hiproutine from what was recorded while practising at home. Times are those of its timer, "
    "or of the routine where a session was written down afterwards; pain is as it was told. This is no diagnosis, no "
    "measure of posture or health, and no promise of a result."
)
_PARTS = (
    overview.minutes,
    overview.dose,
    overview.weekly_dose,
    overview.pain,
    overview.hurts,
    overview.checks,
    overview.exercises,
)


class Report(NamedTuple):
    """Facts as (label, words), and sections; no sections if nothing was recorded."""

    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


def report(past: Past, exercises: Mapping[str, Exercise], now: datetime, since: date | None = None) -> Report:
    """Return the report from `since`, or USUAL_DAYS ago, to today, without the days before the first record."""
    until = past.today(now)
    since = since or until - timedelta(days=USUAL_DAYS - 1)
    first = min(first_day(past) or until, until)
    look = overview.looked_at(past, exercises, now, max(since, first))
    sessions = look.period.of(SessionRecord)
    done, planned = sum(week.done for week in look.weeks), sum(week.planned for week in look.weeks)
    minutes, days = sum(map(held_ms, sessions)) / 60_000, (until - look.since).days + 1
    later = sum(session.logged_at is not None for session in sessions)
    facts = (
        ("Period", f"{look.since} to {until}, {days} days"),
        ("Practised", f"on {done} days; the goal asked for {planned}"),
        ("Sessions", f"{len(sessions)}, {later} of them written down afterwards" if later else str(len(sessions))),
        ("Exercise", f"{minutes:.0f} minutes, {minutes * 7 / days:.0f} a week"),
    )
    return Report(facts, tuple(overview.sections(look, _PARTS)))
