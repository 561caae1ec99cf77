"""What the history says over time, as numbers. Today is 2026-11-23, a Monday."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.weekly_volume import AreaWeek
from hiproutine.history.past import Past
from hiproutine.history.records import Check, Goal, Hurt, Off, Opening, Pain, Rest, SessionRecord, StepRecord
from hiproutine.history.streak import streak
from hiproutine.review.statistics import (
    CheckSeries,
    DaysOff,
    HurtTotal,
    areas,
    calendar,
    checks,
    days_off,
    hurts,
    weeks,
)

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
TODAY = NOW.date()


def step(exercise: str, side: str | None, seconds: int, end: str = "done") -> StepRecord:
    return StepRecord(exercise, exercise.capitalize(), side, 60_000, seconds * 1000, end)


def practised(ago: int, *steps: StepRecord, name: str = "") -> SessionRecord:
    """A session so many days ago."""
    start = NOW - timedelta(days=ago, hours=1)
    opening = Opening(f"s{ago}{name}", start.date(), start, 60, None, 240, "p", "five-minute", "")
    done = steps or (step("supine-butterfly", None, 60),)
    return SessionRecord(opening, start, any(each.end == "done" for each in done), done)


def pain(ago: int, when: str, score: int) -> Pain:
    return Pain(f"p{ago}{when}{score}", TODAY - timedelta(days=ago), NOW, when, score, None)


def test_a_day_holds_its_seconds_its_sessions_and_whether_it_was_done_or_of_rest() -> None:
    goal = Goal("g", date(2026, 11, 16), NOW, 5, ("sun",))
    sessions = (practised(3), practised(3, name="b"), practised(2, step("couch-stretch", "left", 20, "shortened")))
    past = Past((*sessions, Rest("r", date(2026, 11, 21), NOW), goal))
    found = [tuple(each)[1:] for each in calendar(past, date(2026, 11, 20), TODAY)]
    assert found == [
        (120_000, 2, True, False),
        (20_000, 1, False, True),
        (0, 0, False, True),
        (0, 0, False, False),
    ]


def test_weeks_hold_their_minutes_days_and_pain_and_today_is_asked_for_once_it_is_done() -> None:
    goal = Goal("g", date(2026, 11, 9), NOW, 5, ("sat", "sun"))
    sessions = tuple(practised(ago) for ago in (14, 13, 12, 11, 7, 6))
    pains = (pain(7, "before", 4), pain(6, "before", 5), pain(6, "after", 2), pain(14, "after", 0))
    past = Past((*sessions, *pains, Rest("r", date(2026, 11, 18), NOW), goal))
    found = weeks(past, NOW, date(2026, 11, 9), TODAY)
    assert [(each.first.day, each.held_ms, each.sessions, each.done, each.planned) for each in found] == [
        (9, 240_000, 4, 4, 5),
        (16, 120_000, 2, 2, 4),
        (23, 0, 0, 0, 0),
    ]
    assert [(each.before, each.after) for each in found] == [(None, 0), (4.5, 2), (None, None)]
    (part,) = weeks(past, NOW, date(2026, 11, 17), date(2026, 11, 17))
    assert (part.before, part.after) == (5, 2)
    done = weeks(past.adding([practised(0)]), NOW, TODAY, TODAY)
    assert [(each.done, each.planned) for each in done] == [(1, 1)]


def test_a_part_of_a_week_is_asked_for_in_part() -> None:
    (week,) = weeks(Past((), ()), NOW, date(2026, 11, 19), date(2026, 11, 22))
    assert (week.first, week.planned) == (date(2026, 11, 16), 4)


@given(
    ago=st.lists(st.integers(0, 1200), unique=True, max_size=300),
    goals=st.lists(st.tuples(st.integers(0, 900), st.integers(1, 7)), max_size=2),
)
def test_the_curve_of_the_score_ends_at_the_score(ago: list[int], goals: list[tuple[int, int]]) -> None:
    sessions = tuple(practised(each) for each in sorted(ago, reverse=True))
    dated = tuple(Goal(str(since), TODAY - timedelta(days=since), NOW, days, ()) for since, days in sorted(goals)[::-1])
    past = Past((*sessions, *dated))
    *_, last = weeks(past, NOW, TODAY, TODAY)
    assert last.score == pytest.approx(streak(past, NOW).score, abs=0.001)


def test_the_curve_knows_nothing_of_what_came_later() -> None:
    sessions = tuple(practised(ago) for ago in (9, 8, 7, 2, 1))
    before = weeks(Past(sessions[:3], ()), NOW - timedelta(days=7), date(2026, 11, 9), date(2026, 11, 15))
    after = weeks(Past(sessions, ()), NOW, date(2026, 11, 9), TODAY)
    assert after[0].score == before[0].score
    assert after[1].score != after[0].score


def test_the_ledgers_are_by_area_and_side(catalogue: Catalogue) -> None:
    sessions = (
        practised(8, step("supine-butterfly", None, 600)),
        practised(7, step("couch-stretch", "left", 60), step("gone", "left", 60)),
        practised(6, step("couch-stretch", "left", 20)),
        practised(1, step("couch-stretch", "left", 40), step("couch-stretch", "right", 30)),
        practised(0, step("supine-butterfly", None, 45), step("glute-ball-release", "left", 60)),
        practised(0, step("glute-bridge", None, 140)),
    )
    assert areas(Past(sessions, ()), catalogue.exercises, TODAY - timedelta(days=6), TODAY) == (
        AreaWeek("front-of-hip", (30, 15), (0, 0)),
        AreaWeek("buttock", (0, 0), (1, 1)),
        AreaWeek("inner-thigh", (45, 45), (0, 0)),
        AreaWeek("front-of-thigh", (60, 30), (0, 0)),
        AreaWeek("back-of-thigh", (0, 0), (1, 1)),
    )
    assert areas(Past((), ()), catalogue.exercises, TODAY, TODAY) == ()


def test_what_hurt_is_counted_by_exercise_and_side() -> None:
    def hurt(day: int, exercise: str, side: str | None, score: int, chose: str) -> Hurt:
        return Hurt(str(day), date(2026, 11, day), NOW, None, exercise, side, score, chose)

    found = (hurt(1, "b", None, 3, "skip"), hurt(2, "a", "left", 5, "easier"), hurt(9, "a", "left", 4, "stop"))
    assert hurts(Past(found)) == (
        HurtTotal("a", "left", 2, 5, ("easier", "stop"), date(2026, 11, 9)),
        HurtTotal("b", None, 1, 3, ("skip",), date(2026, 11, 1)),
    )


def test_self_checks_are_series_by_side_left_first() -> None:
    def check(day: int, side: str | None, value: float) -> Check:
        return Check(f"{day}{side}", date(2026, 11, day), NOW, "knee-to-wall", side, value, "cm")

    found = checks(Past((check(1, "right", 9), check(1, "left", 8), check(15, "left", 9.5))))
    assert found == (
        CheckSeries("knee-to-wall", "left", "cm", ((date(2026, 11, 1), 8), (date(2026, 11, 15), 9.5))),
        CheckSeries("knee-to-wall", "right", "cm", ((date(2026, 11, 1), 9),)),
    )


def test_a_period_holds_its_own_records_and_every_goal() -> None:
    goal = Goal("g", date(2020, 1, 1), NOW, 3, ())
    past = Past((practised(9), practised(1), pain(9, "after", 1), pain(1, "after", 2), goal))
    found = past.within(TODAY - timedelta(days=1), TODAY)
    assert ([each.id for each in found.of(SessionRecord)], [each.score for each in found.of(Pain)]) == (["s1"], [2])
    assert found.of(Goal) == (goal,)


def test_days_off_in_a_row_are_one_and_those_ahead_another() -> None:
    def rest(ahead: int) -> Rest:
        return Rest(f"r{ahead}", TODAY + timedelta(days=ahead), NOW)

    def off(ago: int) -> Off:
        return Off(f"o{ago}", TODAY - timedelta(days=ago), NOW)

    past = Past([*map(rest, (-40, -4, -3, -1, 0, 1, 2, 9)), *map(off, (2, 35, 1))])
    found = [(each.kind, (each.first - TODAY).days, each.days) for each in days_off(past, TODAY - timedelta(28), TODAY)]
    assert found == [("rest", -4, 2), ("off", -2, 2), ("rest", 0, 1), ("rest", 1, 2), ("rest", 9, 1)]
    assert days_off(Past(), TODAY, TODAY) == ()
    assert DaysOff("off", TODAY, TODAY).days == 1
