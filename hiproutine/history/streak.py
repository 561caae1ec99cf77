"""Streaks, weeks and the score. Pure; days are local dates, fixed when a session starts.

Invariant: another session never makes a streak shorter or the score lower.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime, timedelta
from itertools import dropwhile
from typing import NamedTuple

from hiproutine.history.calendar import WEEKDAYS, day_of, week_of
from hiproutine.history.past import Past
from hiproutine.history.records import Goal, Rest, SessionRecord
from hiproutine.text import counted

TRAVEL_MIN = 180
"""If the UTC offset changed by at least this much between two days, travel may have skipped the date between them."""
RECENT_DAYS = 14
HALF_LIFE_DAYS = 13
"""Missed days of a daily goal that halve the score, as in Loop Habit Tracker."""

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_DAILY = Goal("", date.min, datetime.min.replace(tzinfo=UTC), 7, ())


class Streak(NamedTuple):
    """The streak as of `day`."""

    day: date
    current: int
    """Done days in a row; an unfinished today does not break the row."""
    best: int
    done_today: bool
    rest_today: bool
    days_per_week: int
    weeks: int
    """Done weeks in a row; an unfinished current week does not break the row."""
    best_weeks: int
    week_done: int
    """Done days of the current week."""
    week_needed: int
    """Done days needed for the current week: the goal, or fewer after extra rest days."""
    recent_done: int
    recent_rests: int
    """Recent rest days without practice."""
    recent_days: int
    """Number of recent days: the last 14, or fewer at the beginning."""
    score: float
    """From 0 to 1."""

    def words(self) -> str:
        """Return the streak as a sentence: in weeks if the goal is below seven days a week, else in days."""
        if not self.best:
            return "No day done yet. One finished exercise starts your streak."
        if self.done_today:
            today = "Today is done."
        elif self.rest_today:
            today = "Today is a rest day."
        elif self.current or self.weeks:
            today = "Today is still open."
        else:
            today = "Today can start a new one."
        if self.days_per_week < 7:
            run = _run_words(self.weeks, self.best_weeks, "week")
            return f"{run}{counted(self.week_done, 'day')} this week, goal {self.week_needed}. {today}"
        if self.recent_done and not self.current:
            return f"{self.recent_words()}, best streak {self.best}. {today}"
        return f"{_run_words(self.current, self.best, 'day')}{today}"

    def recent_words(self) -> str:
        """Return such as `12 of the last 14 days`."""
        return f"{self.recent_done} of the last {counted(self.recent_days, 'day')}"


def done_days(sessions: Iterable[SessionRecord]) -> frozenset[date]:
    return frozenset(session.day for session in sessions if session.counts)


def last_days(done: AbstractSet[date], day: date, count: int = 7) -> tuple[tuple[date, bool], ...]:
    """Return (date, whether it was done) of the last days up to `day`, oldest first."""
    days = [day - back * _DAY for back in reversed(range(count))]
    return tuple((each, each in done) for each in days)


def goal_on(goals: Sequence[Goal], day: date) -> Goal:
    """Return the goal in force on `day`, from goals sorted by day; a daily goal if there is none."""
    return next((goal for goal in reversed(goals) if goal.day <= day), _DAILY)


def streak(past: Past, now: datetime) -> Streak:
    """Return the streak as of the day of `now`. Future days do not count yet."""
    day = past.today(now)
    local = day_of(now)
    # Up to `local`, not `day`: if `day` lies ahead, a session would activate a future goal.
    goals = [goal for goal in past.of(Goal) if goal.day <= local] or [_DAILY]
    days = _calendar(past, goals, local, day)
    here = next(each for each in days if each.day == day)
    weeks = [days[first : first + 7] for first in range(0, len(days), 7)]
    current, best = _in_a_row(_day_verdict(each) for each in days)
    current_weeks, best_weeks = _in_a_row(_week_verdict(week, first=week is weeks[0]) for week in weeks)
    over = (each for each in days if each.day <= day and (each.done or not each.open))
    recent = list(dropwhile(lambda each: not each.done, over))[-RECENT_DAYS:]
    return Streak(
        day=day,
        current=current,
        best=best,
        done_today=here.done,
        rest_today=here.rest,
        days_per_week=goals[-1].days_per_week,
        weeks=current_weeks,
        best_weeks=best_weeks,
        week_done=_done(weeks[-1]),
        week_needed=_needed(weeks[-1]),
        recent_done=_done(recent),
        recent_rests=sum(each.rest and not each.done for each in recent),
        recent_days=len(recent),
        score=_score(days),
    )


class _Day(NamedTuple):
    """One day of the calendar."""

    day: date
    done: bool
    rest: bool
    travelled: bool
    """Whether travel may have skipped the date."""
    open: bool
    """Whether the day is not over yet."""
    goal: Goal


def _calendar(past: Past, goals: Sequence[Goal], local: date, day: date) -> list[_Day]:
    """Return the days of whole weeks, from the week of the first done day to that of `day`.

    If travel set the date back, the current date `local` is before `day`, and still open as well.
    """
    offsets: dict[date, set[int]] = {}
    for session in past.of(SessionRecord):
        if session.counts and session.day <= day:
            offsets.setdefault(session.day, set()).add(session.opening.offset_min)
    rests = {rest.day for rest in past.of(Rest)}
    starts = goals[-1].week_starts
    first = week_of(min(offsets, default=day), starts)
    days = []
    for number in range((week_of(day, starts) + _WEEK - first).days):
        each = first + number * _DAY
        goal = goal_on(goals, each)
        days.append(
            _Day(
                day=each,
                done=each in offsets,
                rest=each in rests or WEEKDAYS[each.weekday()] in goal.rest_days,
                travelled=each not in offsets
                and _far(offsets.get(each - _DAY, set()), offsets.get(each + _DAY, set())),
                open=each >= local,
                goal=goal,
            )
        )
    return days


def _far(before: AbstractSet[int], after: AbstractSet[int]) -> bool:
    return any(abs(one - other) >= TRAVEL_MIN for one in before for other in after)


def _day_verdict(day: _Day) -> bool | None:
    return True if day.done else None if day.rest or day.travelled or day.open else False


def _week_verdict(week: Sequence[_Day], *, first: bool) -> bool | None:
    """Return whether a week is done; None if it neither adds nor breaks: the first, the current or an all-rest week."""
    needed = _needed(week)
    if _done(week) >= max(1, needed):
        return True
    return None if first or week[-1].open or not needed else False


def _needed(week: Sequence[_Day]) -> int:
    """Return the done days that a week needs. If the goal changed during the week, the easier one counts."""
    return min(*(day.goal.days_per_week for day in week), sum(not day.rest for day in week))


def _done(days: Iterable[_Day]) -> int:
    return sum(day.done for day in days)


def _in_a_row(verdicts: Iterable[bool | None]) -> tuple[int, int]:
    """Return (current, best): the number done in a row, where None neither adds nor breaks."""
    run = best = 0
    for verdict in verdicts:
        if verdict is not None:
            run = run + 1 if verdict else 0
            best = max(best, run)
    return run, best


def _score(days: Sequence[_Day]) -> float:
    """Return Loop Habit Tracker's score: an exponential moving average of done days, which free days never lower.

    For a goal below seven days a week, the average is of the share of the goal reached in the last two weeks.
    """
    score = 0.0
    done = [day.done for day in days]
    for number, day in enumerate(days):
        per_week = day.goal.days_per_week
        value = float(day.done) if per_week == 7 else min(1, sum(done[max(0, number - 13) : number + 1]) / 2 / per_week)
        kept = 0.5 ** ((per_week / 7) ** 0.5 / HALF_LIFE_DAYS)
        moved = score * kept + value * (1 - kept)
        free = day.rest or day.open
        if not free or day.done:
            score = max(score, moved) if free else moved
    return score


def _run_words(run: int, best: int, what: str) -> str:
    if not run:
        return f"Best so far: {counted(best, what)}. " if best else ""
    return f"{counted(run, what)} in a row, best {best}. "
