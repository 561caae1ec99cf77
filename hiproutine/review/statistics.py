"""Statistics of the history: days, weeks, areas, pain, self-checks. Pure; times in ms."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from statistics import mean
from typing import NamedTuple

from hiproutine.catalogue.model import Exercise
from hiproutine.coach.weekly_volume import AreaWeek, of_days
from hiproutine.history.calendar import WEEKDAYS, day_of, week_of
from hiproutine.history.past import Past
from hiproutine.history.records import Check, Goal, Hurt, Off, Pain, Record, Rest, SessionRecord
from hiproutine.history.streak import HALF_LIFE_DAYS, goal_on, streak

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


class DayTotal(NamedTuple):
    """Totals of a day. `rest`: a declared rest day, or one of the goal."""

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


class HurtTotal(NamedTuple):
    """Hurts of an exercise on one side: their number, the worst score from 0 to 10, and the user's choice."""

    exercise: str
    side: str | None
    times: int
    worst: int
    chose: tuple[str, ...]
    last_day: date


class CheckSeries(NamedTuple):
    """The values of a self-check on one side, oldest first."""

    check: str
    side: str | None
    unit: str
    values: tuple[tuple[date, float], ...]


class DaysOff(NamedTuple):
    """Days in a row of one kind: `off`, on which the person was not well, or `rest`, as declared."""

    kind: str
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def days_off(past: Past, since: date, until: date) -> tuple[DaysOff, ...]:
    """Return the days off from `since` to `until`, and those ahead."""
    kinds = {each.day: "rest" for each in past.of(Rest) if each.day >= since}
    kinds |= {each.day: "off" for each in past.of(Off) if since <= each.day <= until}
    runs: list[DaysOff] = []
    for day, kind in sorted(kinds.items()):
        # Those ahead are a row of their own.
        ends = runs and runs[-1].last
        if runs and ends == day - _DAY != until and runs[-1].kind == kind:
            runs[-1] = runs[-1]._replace(last=day)
        else:
            runs.append(DaysOff(kind, day, day))
    return tuple(runs)


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
    """Return how many of these days, all of one week, the goal asked for; rest days excluded."""
    per_week = min((goal_on(past.of(Goal), each.day).days_per_week for each in days), default=0)
    return min(round(per_week * len(days) / 7), sum(not each.rest for each in days))


def weeks(past: Past, now: datetime, since: date, until: date) -> tuple[WeekTotal, ...]:
    """Return the weeks of `since` to `until`, limited to those days.

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
    """Return the mean score of each week."""
    scores: dict[date, list[int]] = defaultdict(list)
    for pain in pains:
        if pain.when == when:
            scores[week_of(pain.day, starts)].append(pain.score)
    return {week: mean(found) for week, found in scores.items()}


def _score(past: Past, now: datetime) -> float:
    """Return the score at `now`, from the last ten half-lives: older days change it by less than 0.1 %."""
    least = min((goal.days_per_week for goal in past.of(Goal)), default=7)
    day = day_of(now)
    since = day - timedelta(days=14 + 10 * HALF_LIFE_DAYS * (7 / least) ** 0.5)
    until = day + _DAY
    return streak(past.within(since + _DAY, until), now).score


def areas(past: Past, exercises: Mapping[str, Exercise], since: date, until: date) -> tuple[AreaWeek, ...]:
    """Return what the ledgers have of each area from `since` to `until`, in the order of AREAS.

    Exercises missing from `exercises` are ignored.
    """
    return of_days(past.of(SessionRecord), exercises, since, until).areas()


def hurts(past: Past) -> tuple[HurtTotal, ...]:
    """Return the exercises that hurt, by side, most frequent first."""
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
