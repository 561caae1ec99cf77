"""Note that the person is not well today, and print what it changes."""

from typing import TYPE_CHECKING

from hiproutine.cli.console import say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Context


def arguments(_: "ArgumentParser") -> None:
    """Take none: that it is an off day is all there is to say."""


def run(_: "Namespace", context: "Context") -> int:
    from hiproutine.coach.pain import of_day
    from hiproutine.history.making import off
    from hiproutine.history.records import Off
    from hiproutine.text import day_words

    day, past = context.today(), context.past
    if any(each.day == day for each in past.of(Off)):
        say(f"{day_words(day)} is already an off day; `hiproutine undo` takes the last record back.")
        return 0
    noted = off(context.now(), day)
    context.write(noted)
    say(f"{day_words(day)}: {of_day(past.adding([noted]), day).words}")
    return 0
