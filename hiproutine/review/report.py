"""The content of the report for a clinician. Pure.

It lists practice and reported pain, without judgement or promises.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.programme import Standing
from hiproutine.history.past import Past
from hiproutine.history.records import SessionRecord
from hiproutine.history.totals import totals
from hiproutine.review import overview
from hiproutine.review.overview import Section
from hiproutine.review.statistics import first_day, held_ms
from hiproutine.text import counted

USUAL_DAYS = 28
TITLE = "Hip mobility practice at home"
HONEST = (
    "Written by the program hiproutine from what was recorded while practising at home. Times are those of its timer, "
    "or of the routine for sessions logged afterwards; pain is as reported. This is not a diagnosis, not a measure of "
    "posture or health, and no promise of a result."
)
_PARTS = (
    overview.minutes,
    overview.programmes,
    overview.programme_tests,
    overview.stretching,
    overview.strength,
    overview.stretching_by_week,
    overview.strength_by_week,
    overview.pain,
    overview.places,
    overview.hurts,
    overview.days_off,
    overview.checks,
    overview.exercises,
)


class Report(NamedTuple):
    """Facts as (label, words), and sections; no sections if nothing was recorded.

    `exercises` are those of the period, as (id, name).
    """

    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    exercises: tuple[tuple[str, str], ...]


def report(
    past: Past, catalogue: Catalogue, now: datetime, since: date | None = None, running: Standing | None = None
) -> Report:
    """Return the report from `since`, or USUAL_DAYS ago, to today, without the days before the first record."""
    until = past.today(now)
    since = since or until - timedelta(days=USUAL_DAYS - 1)
    first = min(first_day(past) or until, until)
    look = overview.looked_at(past, catalogue, now, max(since, first), running=running)
    sessions = look.period.of(SessionRecord)
    done, planned = sum(week.done for week in look.weeks), sum(week.planned for week in look.weeks)
    minutes, days = sum(map(held_ms, sessions)) / 60_000, (until - look.since).days + 1
    later = sum(session.logged_at is not None for session in sessions)
    facts = (
        ("Period", f"{look.since} to {until}, {counted(days, 'day')}"),
        ("Practised", f"on {counted(done, 'day')}; the goal asked for {planned}"),
        ("Sessions", f"{len(sessions)}, {later} of them written down afterwards" if later else str(len(sessions))),
        ("Exercise", f"{minutes:.0f} minutes, {minutes * 7 / days:.0f} a week"),
    )
    done_in = totals(look.period, until).by_exercise
    return Report(facts, tuple(overview.sections(look, _PARTS)), tuple((each.exercise, each.name) for each in done_in))
