"""Days and streaks: the edge cases that cost users of other programs their streaks."""

import random
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.session import find
from hiproutine.history import calendar
from hiproutine.history.calendar import day_of, over_at
from hiproutine.history.past import Past
from hiproutine.history.records import Goal, Opening, Rest, SessionRecord, Void
from hiproutine.history.store import Store
from hiproutine.history.streak import Streak, last_days, streak
from hiproutine.practice import recording
from tests.conftest import HandClock

MONDAY = date(2026, 11, 23)
SUNDAY = date(2026, 11, 22)
DAY = timedelta(days=1)
AT = datetime(2026, 1, 1, tzinfo=UTC)
days = st.dates(date(2026, 9, 1), date(2026, 11, 23))


def session(day: date, start: datetime | None = None, counts: bool = True, offset_min: int = 0) -> SessionRecord:
    start = start or datetime.combine(day, time(7, 30), UTC)
    opening = Opening(f"{day} {start} {offset_min}", day, start, offset_min, None, 240, "p", "p", "")
    return SessionRecord(opening, start, counts, ())


def past(done: Iterable[date | SessionRecord] = (), rests: Iterable[date] = (), goals: Iterable[Goal] = ()) -> Past:
    sessions = (session(each) if isinstance(each, date) else each for each in done)
    return Past([*sessions, *(Rest("", day, AT) for day in rests), *goals])


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def goal(days_per_week: int, *rest_days: str, since: date = date(2026, 1, 1), week_starts: str = "mon") -> Goal:
    return Goal("", since, AT, days_per_week, rest_days, week_starts)


def week(number: int, *done: int) -> list[date]:
    """Days (1 is Monday) of the week that lies `number` weeks before that of MONDAY."""
    return [MONDAY - number * 7 * DAY + (each - 1) * DAY for each in done]


@pytest.mark.parametrize(
    ("wall", "zone", "day"),
    [
        ("2026-11-22T23:50", "Europe/Paris", "2026-11-22"),
        ("2026-11-23T00:30", "Europe/Paris", "2026-11-22"),
        ("2026-11-23T03:59", "Europe/Paris", "2026-11-22"),
        ("2026-11-23T04:00", "Europe/Paris", "2026-11-23"),
        ("2026-10-25T02:30", "Europe/Paris", "2026-10-24"),  # twice that night
        ("2026-03-29T01:59", "Europe/Paris", "2026-03-28"),
        ("2026-03-29T03:01", "Europe/Paris", "2026-03-28"),
        ("2026-03-29T03:59", "Europe/Paris", "2026-03-28"),
        ("2026-03-29T04:00", "Europe/Paris", "2026-03-29"),
        ("2011-12-29T12:00", "Pacific/Apia", "2011-12-29"),
        ("2011-12-31T12:00", "Pacific/Apia", "2011-12-31"),
    ],
)
def test_a_day_runs_from_four_to_four_by_the_wall_clock(wall: str, zone: str, day: str) -> None:
    for fold in (0, 1):
        at = datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone), fold=fold)
        assert day_of(at) == date.fromisoformat(day)


def test_where_days_start_at_midnight_a_missing_midnight_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "day_start_min", 0)
    at = datetime(2026, 4, 24, 1, 10, tzinfo=ZoneInfo("Africa/Cairo"))
    assert day_of(at) == date(2026, 4, 24)


def test_when_days_start_is_said_in_one_place(monkeypatch: pytest.MonkeyPatch, catalogue: Catalogue) -> None:
    clock = HandClock()
    clock.start = datetime(2026, 11, 23, 5, 30, tzinfo=UTC)
    chosen = find(catalogue, "four-everyday")

    def seen() -> tuple[object, ...]:
        opening = recording.opening(chosen, clock, "")
        days = day_of(clock.now()), opening.day, Past().today(clock.now()), streak(Past(), clock.now()).day
        return {*days}, opening.rollover_min, over_at(clock.now())

    assert seen() == ({MONDAY}, 240, datetime(2026, 11, 24, 4, tzinfo=UTC))
    monkeypatch.setattr(calendar, "day_start_min", 6 * 60)
    assert seen() == ({SUNDAY}, 360, datetime(2026, 11, 23, 6, tzinfo=UTC))


@pytest.mark.parametrize(
    ("ago", "current", "best", "done_today"),
    [
        ([], 0, 0, False),
        ([0], 1, 1, True),
        ([1], 1, 1, False),
        ([1, 2, 3, 4, 5], 5, 5, False),
        ([0, 1, 2, 3, 4, 5], 6, 6, True),
        ([2, 3, 4, 5, 6], 0, 5, False),
        ([0, 2, 3, 4], 1, 3, True),
        ([0, 0, 0], 1, 1, True),
        ([-400, 0, 1, 2], 3, 3, True),  # a clock was wrong once
    ],
)
def test_a_day_not_yet_practised_breaks_nothing_and_a_missed_one_does(
    ago: list[int], current: int, best: int, done_today: bool
) -> None:
    found = streak(past(MONDAY - back * DAY for back in ago), noon(MONDAY))
    assert (found.day, found.current, found.best, found.done_today) == (MONDAY, current, best, done_today)


def test_a_session_that_does_not_count_makes_no_day() -> None:
    assert streak(past([session(MONDAY, counts=False)]), noon(MONDAY)).best == 0


def test_the_next_day_at_four_and_not_before_yesterday_is_over() -> None:
    """As in an application that stays open over night."""
    found = past([SUNDAY - DAY])
    before = streak(found, datetime(2026, 11, 23, 3, 59, tzinfo=UTC))
    assert (before.day, before.current) == (SUNDAY, 1)
    late = streak(found, datetime(2026, 11, 23, 4, 0, tzinfo=UTC))
    assert (late.day, late.current, late.best) == (MONDAY, 0, 1)


def test_a_session_across_the_rollover_is_of_the_day_on_which_it_began() -> None:
    began = datetime(2026, 11, 23, 3, 55, tzinfo=UTC)
    record = session(day_of(began), start=began)._replace(end=began + timedelta(minutes=9))
    found = streak(past([record]), datetime(2026, 11, 23, 4, 5, tzinfo=UTC))
    assert (found.day, found.current, found.done_today) == (MONDAY, 1, False)


def test_another_rollover_moves_no_day_that_is_written() -> None:
    at_one = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    midnight = session(MONDAY, start=at_one)
    midnight = midnight._replace(opening=midnight.opening._replace(rollover_min=0))
    assert streak(past([midnight, SUNDAY]), noon(MONDAY)).current == 2


def test_a_day_of_rest_neither_adds_nor_breaks() -> None:
    done = [MONDAY - back * DAY for back in (1, 2, 4, 5, 6)]
    assert streak(past(done, rests=[MONDAY - 3 * DAY]), noon(MONDAY)).current == 5
    assert streak(past(done), noon(MONDAY)).current == 2
    found = streak(past(done, rests=[MONDAY - 3 * DAY, MONDAY]), noon(MONDAY))
    assert (found.current, found.rest_today) == (5, True)


def test_who_practises_on_a_day_of_rest_adds_to_the_streak() -> None:
    assert streak(past([SUNDAY, MONDAY], rests=[SUNDAY]), noon(MONDAY)).current == 2


def test_with_weekends_free_ten_days_of_two_weeks_are_ten_in_a_row() -> None:
    done = week(2, 1, 2, 3, 4, 5) + week(1, 1, 2, 3, 4, 5)
    found = streak(past(done, goals=[goal(5, "sat", "sun")]), noon(SUNDAY))
    assert (found.current, found.weeks, found.rest_today) == (10, 2, True)


def test_two_sessions_on_a_day_are_one_day() -> None:
    twice = [session(MONDAY, noon(MONDAY)), session(MONDAY, noon(MONDAY) + timedelta(hours=3))]
    assert streak(past(twice), noon(MONDAY)).current == 1


def test_the_same_id_twice_is_once_and_a_voided_session_never_was(store: Store) -> None:
    record = session(MONDAY)
    store.write(record, record, session(SUNDAY))
    assert streak(store.read(), noon(MONDAY)).current == 2
    store.write(Void("v", AT, record.id))
    assert streak(store.read(), noon(MONDAY)).current == 1
    assert streak(store.read(), noon(MONDAY)).done_today is False


@pytest.mark.parametrize(
    ("before_min", "after_min", "current"),
    [
        (-600, 840, 2),  # over the date line to the east
        (0, 60, 1),  # a change to summer time is no excuse
        (0, 179, 1),
        (0, 180, 2),
        (180, 0, 2),
    ],
)
def test_a_date_lost_on_a_journey_breaks_nothing(before_min: int, after_min: int, current: int) -> None:
    done = [session(MONDAY - 2 * DAY, offset_min=before_min), session(MONDAY, offset_min=after_min)]
    found = streak(past(done), noon(MONDAY))
    assert (found.current, found.best) == (current, current)


def test_two_dates_are_not_lost_on_a_journey() -> None:
    done = [session(MONDAY - 3 * DAY, offset_min=-600), session(MONDAY, offset_min=840)]
    assert streak(past(done), noon(MONDAY)).current == 1


def test_the_day_that_samoa_left_out() -> None:
    apia = ZoneInfo("Pacific/Apia")
    walls = [datetime(2011, 12, day, 12, tzinfo=apia) for day in (28, 29, 31)]
    done = [
        session(day_of(wall), wall, offset_min=int(wall.utcoffset().total_seconds() // 60))  # type: ignore[union-attr]
        for wall in walls
    ]
    assert streak(past(done), walls[-1]).current == 3


def test_a_monday_lived_twice_and_the_tuesday_after_it_are_two_days() -> None:
    done = [
        session(MONDAY, noon(MONDAY) - timedelta(hours=14), True, 840),
        session(MONDAY, noon(MONDAY) + timedelta(hours=8), True, -600),
        session(MONDAY + DAY, noon(MONDAY) + timedelta(hours=32), True, -600),
    ]
    assert streak(past(done), noon(MONDAY + DAY) + timedelta(hours=10)).current == 2


def test_who_flew_west_may_still_fill_the_day_that_is_not_over_there() -> None:
    """It is Sunday in Los Angeles; on Monday, in Tokyo, something was done."""
    now = datetime(2026, 11, 22, 20, 0, tzinfo=ZoneInfo("America/Los_Angeles"))
    done = [
        session(SUNDAY - DAY, offset_min=540),
        session(MONDAY, now.astimezone(UTC) - timedelta(hours=11), offset_min=540),
    ]
    found = streak(past(done), now)
    assert (found.day, found.current, found.done_today) == (MONDAY, 2, True)
    assert streak(past([*done, SUNDAY]), now).current == 3


def test_a_record_of_a_day_to_come_waits_for_it() -> None:
    done = [MONDAY, SUNDAY, SUNDAY - DAY, MONDAY + 400 * DAY]
    found = streak(past(done), noon(MONDAY))
    assert (found.current, found.best) == (3, 3)
    assert streak(past(done), noon(MONDAY + 400 * DAY)).current == 1


def test_what_another_device_sends_late_fills_the_gap() -> None:
    done = [MONDAY - back * DAY for back in (0, 1, 2, 4, 5, 6)]
    late = session(MONDAY - 3 * DAY, offset_min=60)
    assert streak(past(done), noon(MONDAY)).current == 3
    assert streak(past([*done, late]), noon(MONDAY)).current == 7


def test_a_clock_set_back_before_the_last_record_loses_nothing_for_good() -> None:
    done = [MONDAY - back * DAY for back in range(5)]
    back = streak(past(done), noon(MONDAY - 2 * DAY))
    assert (back.current, back.best, back.done_today) == (3, 3, True)
    assert streak(past(done), noon(MONDAY)).current == 5


@pytest.mark.parametrize(
    "now", ["1970-01-01T00:00:00", "1970-01-02T12:00:00", "2038-01-19T03:14:08", "2100-02-28T23:00"]
)
def test_a_clock_of_another_century_breaks_only_what_is_its_own(now: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    found = streak(past([session(day_of(at), at), MONDAY]), at)
    assert (found.current, found.done_today) == (1, True)


# ---- weeks ----

FIVE = goal(5)


@pytest.mark.parametrize(
    ("done", "rests", "goals", "now", "weeks"),
    [
        pytest.param(
            week(2, 1, 2, 3, 4, 5) + week(1, 2, 3, 4, 5, 6) + week(0, 1),
            [],
            [FIVE],
            MONDAY + DAY,
            2,
            id="5, 5, Tuesday",
        ),
        pytest.param(
            week(3, 1, 2, 3, 4, 5) + week(2, 1, 2, 3, 4) + week(1, 1, 2, 3, 4, 5), [], [FIVE], SUNDAY, 1, id="5, 4, 5"
        ),
        pytest.param(week(2, 4, 5, 6) + week(1, 1, 2, 3, 4, 5), [], [FIVE], SUNDAY, 1, id="begun on a Thursday, 5"),
        pytest.param(
            week(3, 1, 2, 3, 4, 5) + week(1, 1, 2, 3, 4, 5),
            week(2, 1, 2, 3, 4, 5, 6, 7),
            [FIVE],
            MONDAY,
            2,
            id="5, a week of rest, 5",
        ),
        pytest.param(
            week(2, 1, 2, 3, 4, 5) + week(1, 1, 2, 3, 4), week(1, 5, 6, 7), [FIVE], MONDAY, 2, id="5, 4 with 3 of rest"
        ),
        pytest.param(
            week(2, 1, 2, 3, 4, 5) + week(1, 1, 2, 3, 4), week(1, 5, 6), [FIVE], MONDAY, 0, id="5, 4 with 2 of rest"
        ),
        pytest.param(
            week(3, 1, 2, 3) + week(2, 1, 2, 3) + week(1, 1, 2, 3, 4, 5),
            [],
            [goal(3), goal(5, since=MONDAY - 7 * DAY)],
            MONDAY,
            3,
            id="3, 3, 5 as the goal rises",
        ),
        pytest.param(
            week(2, 1, 2, 3) + week(1, 1, 2, 3),
            [],
            [goal(3), goal(5, since=SUNDAY)],
            MONDAY,
            2,
            id="raised on a Sunday",
        ),
        pytest.param([], [], [FIVE], MONDAY, 0, id="nothing yet"),
        pytest.param(week(0, 1, 2, 3, 4, 5), [], [FIVE], MONDAY + 4 * DAY, 1, id="the first week is done already"),
    ],
)
def test_weeks_in_a_row(done: list[date], rests: list[date], goals: list[Goal], now: date, weeks: int) -> None:
    assert streak(past(done, rests, goals), noon(now)).weeks == weeks


def test_a_week_may_start_on_a_sunday() -> None:
    done = week(2, 7) + week(1, 1, 2) + week(1, 7) + week(0, 1, 2)
    monday, sunday = (
        streak(past(done, goals=[goal(3, week_starts=starts)]), noon(MONDAY + 2 * DAY)) for starts in ("mon", "sun")
    )
    assert (monday.weeks, monday.week_done) == (1, 2)
    assert (sunday.weeks, sunday.week_done) == (2, 3)


# ---- the law ----


class History(NamedTuple):
    """A random history, one more session, and a moment to look at both."""

    sessions: list[SessionRecord]
    more: SessionRecord
    rests: list[date]
    goals: list[Goal]
    now: datetime


def history(seed: int) -> History:
    dice = random.Random(seed)
    local = datetime(2026, 11, 23, dice.randrange(24), 30, tzinfo=UTC) + dice.randrange(7) * DAY

    def some() -> SessionRecord:
        offset = dice.choice((0, 0, 0, 60, 300, -600, 840))
        start = local - timedelta(hours=dice.choice((dice.randrange(-30, 48), dice.randrange(24 * 25))))
        return session(day_of(start + timedelta(minutes=offset)), start, dice.random() < 0.9, offset)

    def a_day() -> date:
        return local.date() - dice.randrange(25) * DAY

    weekdays = ("mon", "wed", "sat", "sun")
    goals = [
        goal(
            dice.randint(1, 7),
            *dice.sample(weekdays, dice.randrange(3)),
            since=a_day(),
            week_starts=dice.choice(weekdays),
        )
        for _ in range(dice.randrange(4))
    ]
    return History(
        sessions=[some() for _ in range(dice.choice((0, 3, 12, 25, 50)))],
        more=some(),
        rests=[a_day() for _ in range(dice.choice((0, 0, 2, 10)))],
        goals=sorted(goals, key=lambda each: each.day),
        now=local,
    )


def look(history: History, *more: SessionRecord) -> Streak:
    return streak(past([*history.sessions, *more], history.rests, history.goals), history.now)


@pytest.mark.parametrize("quarter", range(4))
@settings(max_examples=50)
@example(first=32_900)  # a session of tomorrow, to the west, with a goal of tomorrow
@given(first=st.integers(0, 10**9))
def test_one_more_session_never_shortens_a_streak_nor_lowers_the_score(quarter: int, first: int) -> None:
    """4 times 50 times 100 histories: choosing days one by one would take Hypothesis minutes for so many."""
    for seed in range(first, first + 100):
        found = history(seed)
        before, after = look(found), look(found, found.more)
        for name in ("current", "best", "weeks", "best_weeks", "score"):
            assert getattr(after, name) >= getattr(before, name) - 1e-12, (name, seed)
        assert after.best >= after.current


@given(seed=st.integers(0, 10**9))
def test_neither_order_nor_repetition_of_records_matters(seed: int) -> None:
    found = history(seed)
    again = found._replace(sessions=found.sessions[::-1] + found.sessions[:5], rests=found.rests[::-1] * 2)
    assert look(found) == look(again)


@given(done=st.frozensets(days, max_size=60))
def test_the_streak_is_what_counting_by_hand_gives(done: frozenset[date]) -> None:
    found = streak(past(done), noon(MONDAY))
    runs, run = [0], 0
    for back in range(120):
        run = run + 1 if MONDAY - timedelta(days=back) in done else 0
        runs.append(run)
    assert found.best == max(runs)
    last = MONDAY if MONDAY in done else MONDAY - timedelta(days=1)
    hand = 0
    while last - timedelta(days=hand) in done:
        hand += 1
    assert found.current == hand


# ---- the score ----


@pytest.mark.parametrize(("days_done", "score"), [(7, 0.31), (14, 0.53), (30, 0.80), (60, 0.96), (90, 0.99)])
def test_the_score_grows_as_in_loop(days_done: int, score: float) -> None:
    found = streak(past(MONDAY - back * DAY for back in range(days_done)), noon(MONDAY))
    assert found.score == pytest.approx(score, abs=0.005)


@pytest.mark.parametrize(("missed", "score"), [(1, 0.948), (3, 0.852), (7, 0.689)])
def test_the_score_falls_as_in_loop(missed: int, score: float) -> None:
    done = [MONDAY - back * DAY for back in range(missed + 1, 600)]
    assert streak(past(done), noon(MONDAY)).score == pytest.approx(score, abs=0.001)


def test_a_day_of_rest_and_a_day_that_is_still_open_leave_the_score() -> None:
    done = [MONDAY - back * DAY for back in range(2, 40)]
    before = streak(past(done), noon(SUNDAY)).score
    assert streak(past(done, rests=[SUNDAY]), noon(MONDAY)).score == before
    assert streak(past(done), noon(MONDAY)).score < before


def test_three_days_a_week_are_all_that_a_goal_of_three_asks() -> None:
    done = [day for number in range(60) for day in week(number, 1, 3, 5) if day <= MONDAY]
    assert streak(past(done, goals=[goal(3, since=date(2025, 1, 1))]), noon(MONDAY)).score == pytest.approx(1, abs=0.01)
    assert streak(past(done), noon(MONDAY)).score < 0.5


def test_flying_west_does_not_turn_the_day_back() -> None:
    now = datetime(2026, 11, 22, 22, 0, tzinfo=ZoneInfo("America/Los_Angeles"))
    practised = session(MONDAY, start=now.astimezone(UTC) - timedelta(hours=3))
    assert Past([practised]).today(now) == MONDAY
    assert Past([]).today(now) == date(2026, 11, 22)


def test_one_wrong_day_far_ahead_does_not_move_today() -> None:
    now = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
    wrong = session(date(2027, 5, 5), start=now - timedelta(days=1))
    assert Past([wrong]).today(now) == MONDAY


def test_a_session_from_a_clock_that_ran_ahead_does_not_move_today() -> None:
    now = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
    ahead = session(date(2027, 1, 1), start=datetime(2027, 1, 1, tzinfo=UTC))
    assert Past([ahead]).today(now) == MONDAY


def test_the_last_seven_days_end_today() -> None:
    found = last_days({MONDAY, MONDAY - timedelta(days=6), MONDAY - timedelta(days=7)}, MONDAY)
    assert [was for _, was in found] == [True, False, False, False, False, False, True]
    assert found[-1][0] == MONDAY


@pytest.mark.parametrize(
    ("ago", "rests", "goals", "words"),
    [
        ([], [], [], "No day done yet. One finished exercise starts your streak."),
        ([0], [], [], "1 day in a row, best 1. Today is done."),
        ([1, 2], [], [], "2 days in a row, best 2. Today is still open."),
        ([1, 2], [0], [], "2 days in a row, best 2. Today is a rest day."),
        ([3, 4], [], [], "2 of the last 4 days, best streak 2. Today can start a new one."),
        (
            [2, *range(4, 9), *range(10, 15)],
            [9],
            [],
            "11 of the last 14 days, best streak 10. Today can start a new one.",
        ),
        ([30, 31], [], [], "Best so far: 2 days. Today can start a new one."),
        (
            [1, 2, 3, 5, 6, 8, 9, 10, 11, 12],
            [],
            [FIVE],
            "2 weeks in a row, best 2. 0 days this week, goal 5. Today is still open.",
        ),
        ([0, 22, 23, 24, 25, 26], [], [FIVE], "Best so far: 1 week. 1 day this week, goal 5. Today is done."),
        ([0], [], [goal(1)], "1 week in a row, best 1. 1 day this week, goal 1. Today is done."),
    ],
)
def test_the_words_are_kind(ago: list[int], rests: list[int], goals: list[Goal], words: str) -> None:
    found = past((MONDAY - back * DAY for back in ago), (MONDAY - back * DAY for back in rests), goals)
    assert streak(found, noon(MONDAY)).words() == words


def test_of_the_last_fourteen_days_those_of_rest_are_told_apart() -> None:
    found = past((MONDAY - back * DAY for back in (1, 2, 3, 6, 7)), [MONDAY - 4 * DAY, MONDAY - 5 * DAY, SUNDAY])
    looked = streak(found, noon(MONDAY))
    assert (looked.recent_words(), looked.recent_rests) == ("5 of the last 7 days", 2)
