"""Text from files made safe for a terminal."""

import time

from hiproutine.text import clean


def test_no_run_of_marks_takes_long_to_clean() -> None:
    marks = "a" + "\u0301\u0323" * 60_000  # composed as a whole it would take 20 s
    began = time.process_time()
    assert clean(marks) == clean(marks[:1000])
    assert time.process_time() - began < 2
