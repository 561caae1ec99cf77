"""Statistics of the history: days, weeks, dose by area, pain, self-checks. Pure; times in ms."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from statistics import mean
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.vocabulary import AREAS
from hiproutine.coach.weekly_volume import Place
from hiproutine.coach.weekly_volume import doses as doses_of
from hiproutine.history.calendar import day_of, week_of
from hiproutine.history.past import Past
from hiproutine.history.records import WEEKDAYS, Check, Goal, Hurt, Pain, Record, Rest, SessionRecord
from hiproutine.history.streak import HALF_LIFE_DAYS, goal_on, streak

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


class DayTotal(NamedTuple):
    """Totals of one day. `rest`: declared, or a rest day of the goal."""

    day: date
    held_ms: int
    sessions: int
    done: bool
    rest: bool


class WeekTotal(NamedTuple):
    """Totals of one week, up to today."""

    first: date
    held_ms: int
    sessions: int
    done: int
    planned: int
    """Days that the goal asked for."""
    score: float
    """Loop's score at the end of the week, from 0 to 1."""
    before: float | None
    """Mean pain before practising, from 0 to 10."""
    after: float | None


class AreaDose(NamedTuple):
    """The dose of an area (a word of AREAS) on each side."""

    area: str
    left_ms: int
    right_ms: int


class HurtTotal(NamedTuple):
    """How often one side of an exercise hurt, the worst score from 0 to 10, and what was chosen then."""

    exercise: str
    side: str | None
    times: int
    worst: int
    chose: tuple[str, ...]
    last_day: date


class CheckSeries(NamedTuple):
    """The values of one self-check on one side, the oldest first."""

    check: str
    side: str | None
    unit: str
    values: tuple[tuple[date, float], ...]


def first_day(past: Past) -> date | None:
    """Return the day of the first session, pain or self-check."""
    records: Iterable[Record] = chain(past.of(SessionRecord), past.of(Pain), past.of(Hurt), past.of(Check))
    return min((record.day for record in records), default=None)


def held_ms(session: SessionRecord) -> int:
    return sum(step.held_ms for step in session.steps)


def calendar(past: Past, since: date, until: date) -> tuple[DayTotal, ...]:
    """Return the totals of every day from `since` to `until`."""
    on: dict[date, list[SessionRecord]] = defaultdict(list)
    for session in past.of(SessionRecord):
        on[session.day].append(session)
    rests = {rest.day for rest in past.of(Rest)}
    days = (since + number * _DAY for number in range((until - since).days + 1))
    return tuple(
        DayTotal(
            day=day,
            held_ms=sum(map(held_ms, on.get(day, ()))),
            sessions=len(on.get(day, ())),
            done=any(session.counts for session in on.get(day, ())),
            rest=day in rests or WEEKDAYS[day.weekday()] in goal_on(past.of(Goal), day).rest_days,
        )
        for day in days
    )


def planned(past: Past, days: Sequence[DayTotal]) -> int:
    """Return how many of the days of one week, or part of it, the goal asked for; never a day of rest."""
    per_week = min((goal_on(past.of(Goal), each.day).days_per_week for each in days), default=0)
    return min(round(per_week * len(days) / 7), sum(not each.rest for each in days))


def weeks(past: Past, now: datetime, since: date, until: date) -> tuple[WeekTotal, ...]:
    """Return the weeks from that of `since` to that of `until`, without the days outside of the two.

    Today counts as planned only once it is done.
    """
    day = past.today(now)
    starts = goal_on(past.of(Goal), day).week_starts
    of_week: dict[date, list[DayTotal]] = defaultdict(list)
    for each in calendar(past, since, min(until, day)):
        of_week[week_of(each.day, starts)].append(each)
    pains = past.within(since, until).of(Pain)
    before, after = _pains(pains, "before", starts), _pains(pains, "after", starts)
    return tuple(
        WeekTotal(
            first=first,
            held_ms=sum(each.held_ms for each in days),
            sessions=sum(each.sessions for each in days),
            done=sum(each.done for each in days),
            planned=planned(past, [each for each in days if each.done or each.day < day]),
            score=_score(past, now - (day - days[-1].day)),
            before=before.get(first),
            after=after.get(first),
        )
        for first, days in of_week.items()
    )


def _pains(pains: Iterable[Pain], when: str, starts: str) -> dict[date, float]:
    """Return the mean of each week."""
    scores: dict[date, list[int]] = defaultdict(list)
    for pain in pains:
        if pain.when == when:
            scores[week_of(pain.day, starts)].append(pain.score)
    return {week: mean(found) for week, found in scores.items()}


def _score(past: Past, now: datetime) -> float:
    """Return the score at `now`, from the last ten half-lives: what is older changes less than a thousandth of it."""
    least = min((goal.days_per_week for goal in past.of(Goal)), default=7)
    day = day_of(now)
    since = day - timedelta(days=14 + 10 * HALF_LIFE_DAYS * (7 / least) ** 0.5)
    until = day + _DAY
    return streak(past.within(since + _DAY, until), now).score


def doses(past: Past, exercises: Mapping[str, Exercise], since: date, until: date) -> tuple[AreaDose, ...]:
    """Return the areas that got a dose from `since` to `until`, in the order of AREAS.

    Exercises that are no longer in `exercises` do not count.
    """
    totals = Counter[Place]()
    for session in past.of(SessionRecord):
        if since <= session.day <= until:
            for step in session.steps:
                if step.exercise in exercises:
                    totals.update(dict(doses_of(exercises[step.exercise], step.side, step.held_ms)))
    of_area = (AreaDose(area, int(totals[area, "left"]), int(totals[area, "right"])) for area in AREAS)
    return tuple(each for each in of_area if each.left_ms or each.right_ms)


def hurts(past: Past) -> tuple[HurtTotal, ...]:
    """Return every exercise that hurt, by side, the most frequent first."""
    found: dict[tuple[str, str | None], list[Hurt]] = defaultdict(list)
    for hurt in past.of(Hurt):
        found[hurt.exercise, hurt.side].append(hurt)
    totals = (
        HurtTotal(
            *of,
            times=len(each),
            worst=max(hurt.score for hurt in each),
            chose=tuple(dict.fromkeys(hurt.chose for hurt in each)),
            last_day=each[-1].day,
        )
        for of, each in found.items()
    )
    return tuple(sorted(totals, key=lambda total: -total.times))


def checks(past: Past) -> tuple[CheckSeries, ...]:
    """Return every self-check by side: left, right, then those without sides."""
    found: dict[tuple[str, str, str], list[Check]] = defaultdict(list)
    for check in past.of(Check):
        found[check.check, check.side or "", check.unit].append(check)
    order = ("left", "right", "")
    return tuple(
        CheckSeries(name, side or None, unit, tuple((each.day, each.value) for each in found[name, side, unit]))
        for name, side, unit in sorted(found, key=lambda of: (of[0], of[2], order.index(of[1])))
    )
