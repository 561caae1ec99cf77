"""Days and streaks: the edge cases that cost users of other programs their streaks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiproutine.history.days import day_of, done_days, last_days, streak, today
from hiproutine.history.records import Opening, SessionRecord

MONDAY = date(2026, 11, 23)
days = st.dates(date(2026, 9, 1), date(2026, 11, 23))


def session(day: date, start: datetime | None = None, counts: bool = True) -> SessionRecord:
    start = start or datetime(day.year, day.month, day.day, 7, 30, tzinfo=UTC)
    opening = Opening("id", day, start, 0, None, 240, "four-everyday", "four-everyday", "")
    return SessionRecord(opening, start, counts, ())


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


def test_with_a_rollover_at_midnight_a_missing_midnight_does_no_harm() -> None:
    at = datetime(2026, 4, 24, 1, 10, tzinfo=ZoneInfo("Africa/Cairo"))
    assert day_of(at, rollover_min=0) == date(2026, 4, 24)


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
    done = done_days(session(MONDAY - timedelta(days=back)) for back in ago)
    assert streak(done, MONDAY) == (MONDAY, current, best, done_today)


def test_a_session_that_does_not_count_makes_no_day() -> None:
    assert done_days([session(MONDAY, counts=False)]) == frozenset()


@given(done=st.frozensets(days, max_size=60), more=days)
def test_one_more_session_never_shortens_a_streak(done: frozenset[date], more: date) -> None:
    before, after = streak(done, MONDAY), streak(done | {more}, MONDAY)
    assert after.current >= before.current
    assert after.best >= before.best
    assert after.best >= after.current


@given(done=st.frozensets(days, max_size=60))
def test_the_streak_is_what_counting_by_hand_gives(done: frozenset[date]) -> None:
    found = streak(done, MONDAY)
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


def test_flying_west_does_not_turn_the_day_back() -> None:
    now = datetime(2026, 11, 22, 22, 0, tzinfo=ZoneInfo("America/Los_Angeles"))
    practised = session(MONDAY, start=now.astimezone(UTC) - timedelta(hours=3))
    assert today(now, [practised]) == MONDAY
    assert today(now, []) == date(2026, 11, 22)


def test_one_wrong_day_far_ahead_does_not_move_today() -> None:
    now = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
    wrong = session(date(2027, 5, 5), start=now - timedelta(days=1))
    assert today(now, [wrong]) == MONDAY


def test_a_session_from_a_clock_that_ran_ahead_does_not_move_today() -> None:
    now = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
    ahead = session(date(2027, 1, 1), start=datetime(2027, 1, 1, tzinfo=UTC))
    assert today(now, [ahead]) == MONDAY


def test_the_last_seven_days_end_today() -> None:
    found = last_days({MONDAY, MONDAY - timedelta(days=6), MONDAY - timedelta(days=7)}, MONDAY)
    assert [was for _, was in found] == [True, False, False, False, False, False, True]
    assert found[-1][0] == MONDAY


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        ([], "No day done yet. One finished exercise starts the streak."),
        ([0], "1 day in a row, best 1. Today is done."),
        ([1, 2], "2 days in a row, best 2. Today is still open."),
        ([3, 4], "Best so far: 2. Today can start a new one."),
    ],
)
def test_the_words_are_kind(ago: list[int], words: str) -> None:
    done = {MONDAY - timedelta(days=back) for back in ago}
    assert streak(done, MONDAY).words() == words
