"""Show or set the goal: days per week, and fixed rest days."""

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING

from hiproutine.cli.console import say, say_json
from hiproutine.cli.json_fields import Fields, names, values_of
from hiproutine.history.calendar import WEEKDAYS
from hiproutine.history.records import Goal
from hiproutine.text import counted

if TYPE_CHECKING:
    from hiproutine.day.context import Context

_FIELDS: "Fields[Goal]" = {
    "from": lambda goal: goal.day.isoformat(),
    "days_per_week": lambda goal: goal.days_per_week,
    "rest_days": lambda goal: goal.rest_days,
    "week_starts": lambda goal: goal.week_starts,
}


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("days_per_week", metavar="N/7", nargs="?", type=_days_per_week, help="default: show the goal")
    parser.add_argument("--rest", type=_weekdays, metavar="DAYS", help="fixed rest days, such as sat,sun")
    parser.add_argument("--week-starts", type=_weekday, metavar="DAY", help="default: mon")
    parser.add_argument("--json", action="store_true", help=names(_FIELDS))


def run(args: Namespace, context: "Context") -> int:
    from hiproutine.history.streak import goal_on
    from hiproutine.history.words import record_words
    from hiproutine.settings.model import GOAL, Profile

    if args.days_per_week is None:
        if args.rest or args.week_starts:
            args.wrong("give the days per week as well, such as 5/7")
        goal = goal_on(context.past.of(Goal), context.today())
    else:
        goal = _new(args, context)
        context.write(goal)
        if any(getattr(context.settings.profile, key) != getattr(Profile(), key) for key in GOAL):
            context.save_settings(dict.fromkeys(GOAL))  # one place says it
    if args.json:
        say_json(values_of(_FIELDS, goal))
    else:
        say(f"Since {goal.day}: {record_words(goal)}." if goal.id else _unset(context))
    return 0


def _unset(context: "Context") -> str:
    days = counted(context.profile.days_per_week, "day")
    return f"No goal is set: every day counts for your streak, and the coach plans for {days} a week."


def _new(args: Namespace, context: "Context") -> Goal:
    from hiproutine.history import making

    rest_days = args.rest or ()
    if args.days_per_week + len(rest_days) > 7:
        args.wrong(
            f"{args.days_per_week} of 7 days leave {counted(7 - args.days_per_week, 'rest day')}, but "
            f"{', '.join(rest_days)} are {len(rest_days)}"
        )
    return making.goal(context.now(), context.today(), args.days_per_week, rest_days, args.week_starts or "mon")


def _days_per_week(word: str) -> int:
    match = re.fullmatch(r"([1-7])(/7)?", word)
    if not match:
        raise ArgumentTypeError(f'"{word}" is not a goal such as 5/7')
    return int(match[1])


def _weekday(word: str) -> str:
    day = word.strip().lower()[:3]
    if day not in WEEKDAYS:
        raise ArgumentTypeError(f'"{word}" is not one of {", ".join(WEEKDAYS)}')
    return day


def _weekdays(words: str) -> tuple[str, ...]:
    return tuple(sorted({_weekday(word) for word in words.split(",")}, key=WEEKDAYS.index))
