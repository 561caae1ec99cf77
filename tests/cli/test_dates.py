"""Days on the command line: words, weekdays, counts of days, and what is no day. Today is Monday, 2026-11-23."""

from argparse import Namespace
from typing import NoReturn

import pytest

from hiproutine.cli import dates
from hiproutine.day.context import Context
from tests.conftest import HandClock, Run


class Wrong(Exception):
    """The usage error of a command."""


def arguments() -> Namespace:
    def wrong(sentence: str) -> NoReturn:
        raise Wrong(sentence)

    return Namespace(wrong=wrong)


@pytest.mark.parametrize(
    ("word", "past", "coming"),
    [
        ("today", "2026-11-23", "2026-11-23"),
        ("Yesterday", "2026-11-22", "2026-11-22"),
        ("monday", "2026-11-23", "2026-11-23"),
        ("tue", "2026-11-17", "2026-11-24"),
        ("Sunday", "2026-11-22", "2026-11-29"),
        ("7 days ago", "2026-11-16", "2026-11-16"),
        ("1-day-ago", "2026-11-22", "2026-11-22"),
        ("2 weeks ago", "2026-11-09", "2026-11-09"),
        ("in 3 days", "2026-11-26", "2026-11-26"),
        ("in-1-week", "2026-11-30", "2026-11-30"),
        ("2026-11-01", "2026-11-01", "2026-11-01"),
    ],
)
def test_a_weekday_is_the_last_one_or_the_coming_one(clock: HandClock, word: str, past: str, coming: str) -> None:
    context = Context(clock=clock)
    assert str(dates.since_or_until(arguments(), word, context)) == past
    assert str(dates.day_of(arguments(), word, context, 30, 30)) == coming


@pytest.mark.parametrize(
    "word",
    ["", "soon", "mo", "3 days", "ago", "in 3 days ago", "-1 days ago", "2026-02-30", "٣ days ago"],
)
def test_what_is_no_day_is_a_usage_error(clock: HandClock, word: str) -> None:
    with pytest.raises(Wrong, match=r"is not a day|there is no day"):
        dates.since_or_until(arguments(), word, Context(clock=clock))


def test_a_day_that_is_not_given_is_none(clock: HandClock) -> None:
    assert dates.since_or_until(arguments(), None, Context(clock=clock)) is None


def test_every_command_that_takes_a_day_takes_such_words(run: Run) -> None:
    assert run("log", "couch-stretch", "--day", "sunday").lines[0].startswith("Logged for Sun 2026-11-22")
    assert "Sun 2026-11-22" in run("history", "--since", "7 days ago").out
    assert run("history", "--until", "3-days-ago").lines == ["Nothing yet."]
    run("log", "couch-stretch", "--day", "7 days ago")
    assert "- Period: 2026-11-22 to 2026-11-23, 2 days" in run("report", "--since", "1-day-ago").lines
    assert run("rest", "wednesday").lines[0] == "Wed 2026-11-25 is a rest day."
