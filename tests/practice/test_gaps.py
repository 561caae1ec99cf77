"""Gaps in time are pauses: what nobody was led through is never credited."""

import pytest

from hiproutine.clock import Instant
from hiproutine.practice.gaps import ASLEEP_MS, LATE_MS, credit


@pytest.mark.parametrize("ran_ms", [0, 1, 999, 1000, 1004, 1000 + LATE_MS])
def test_time_that_ran_about_as_long_as_was_waited_is_credited_to_the_millisecond(ran_ms: int) -> None:
    assert credit(Instant(5000, 70), Instant(5000 + ran_ms, 70), 1000) == (ran_ms, None)


@pytest.mark.parametrize(
    ("ran_ms", "asleep_ms", "words"),
    [
        (1001 + LATE_MS, 0, "stopped for 3 s"),
        (5800, 0, "stopped for 6 s"),
        (400, ASLEEP_MS + 1, "the computer slept for 1 s"),
        (400, 8 * 3600_000 + 120_000, "the computer slept for 8 h 02 min"),
        (60_000, 14 * 60_000, "the computer slept for 15 min 00 s"),
    ],
)
def test_a_stop_or_a_sleep_is_a_gap_of_which_nothing_is_credited(ran_ms: int, asleep_ms: int, words: str) -> None:
    credit_ms, gap = credit(Instant(100, 5), Instant(100 + ran_ms, 5 + asleep_ms), 1000)
    assert credit_ms == 0
    assert str(gap) == words


def test_a_clock_that_counts_no_sleep_and_wobbles_back_gives_nothing_and_no_gap() -> None:
    assert credit(Instant(1000, 300), Instant(990, 290), 1000) == (0, None)
