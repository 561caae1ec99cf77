"""Text from files made safe for a terminal."""

import time

import pytest

from hiproutine.text import clean, length_words


def test_no_run_of_marks_takes_long_to_clean() -> None:
    marks = "a" + "\u0301\u0323" * 60_000  # composed as a whole it would take 20 s
    began = time.process_time()
    assert clean(marks) == clean(marks[:1000])
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("ms", "words"), [(0, "0 s"), (30_000, "30 s"), (59_001, "1:00 min"), (60_000, "1:00 min"), (90_000, "1:30 min")]
)
def test_less_than_a_minute_is_said_in_seconds(ms: int, words: str) -> None:
    assert length_words(ms) == words
