"""Commands that write the history by hand: log, pain, rest, goal, undo."""

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from datetime import date, timedelta

from hiproutine.cli.command import Command
from hiproutine.cli.console import say, say_json
from hiproutine.day.context import Home
from hiproutine.errors import HiproutineError
from hiproutine.history.records import WEEKDAYS, Goal
from hiproutine.history.words import act_words, day_words, record_words
from hiproutine.practice import by_hand
from hiproutine.text import clean

_DAY = timedelta(days=1)
_NAMED = {"today": 0, "yesterday": -1, "tomorrow": 1}


def log(args: Namespace, home: Home) -> int:
    from importlib.metadata import version

    from hiproutine.coach import session
    from hiproutine.practice.resume import course

    day = _day(args, args.day, home, by_hand.LATE_DAYS, 0)
    chosen = session.find(home.catalogue, args.routine)
    record = by_hand.logged(course(chosen, home.settings.manner), home.clock, version("hiproutine"), day, args.minutes)
    home.write(record)
    say(f"Logged for {day_words(day)}: {record_words(record)}.")
    if not record.counts:
        say("No exercise of it was finished, so it does not make a done day.")
    say(_streak_words(home))
    return 0


def pain(args: Namespace, home: Home) -> int:
    from hiproutine.coach.pain import follows, of_day
    from hiproutine.history.records import Pain
    from hiproutine.history.store import RECENT

    day = home.today()
    session = next((each for each in reversed(home.past.sessions) if each.day == day), None)
    if args.after and not session:
        raise HiproutineError("nothing was practised today; without --after the level is that of before practising")
    after = session.id if args.after and session else None
    records = by_hand.pain(home.past, home.now(), day, args.score, after)
    home.write(*records)
    past = home.store.read(day - RECENT)
    noted = records[-1]
    assert isinstance(noted, Pain)
    say(f"{day_words(day)}: {record_words(noted)}.")
    say(follows(past, noted) if args.after else of_day(past, day).words or "Nothing changes today.")
    return 0


def rest(args: Namespace, home: Home) -> int:
    now = home.now()
    days = [_day(args, word, home, by_hand.REST_PAST_DAYS, by_hand.REST_AHEAD_DAYS) for word in args.days or ["today"]]
    known = {each.day for each in home.past.rests}
    home.write(*(by_hand.rest(now, day) for day in sorted({*days} - known)))
    for day in days:
        say(f"{day_words(day)} is a day of rest{' already' if day in known else ''}.")
    say(_streak_words(home))
    return 0


def goal(args: Namespace, home: Home) -> int:
    from hiproutine.history import days

    if args.days_per_week is None:
        if args.rest or args.week_starts:
            args.wrong("say how many days a week as well, such as 5/7")
        found = days.goal_on(home.past.goals, home.today())
    else:
        rest_days = args.rest or ()
        if args.days_per_week + len(rest_days) > 7:
            args.wrong(
                f"{args.days_per_week} of 7 days leave {7 - args.days_per_week} for rest, but {', '.join(rest_days)} "
                f"are {len(rest_days)}"
            )
        now = home.now()
        found = Goal(by_hand.new_id(now), home.today(), now, args.days_per_week, rest_days, args.week_starts or "mon")
        home.write(found)
    if args.json:
        fields = {"from": found.day.isoformat(), "days_per_week": found.days_per_week}
        say_json(fields | {"rest_days": found.rest_days, "week_starts": found.week_starts})
        return 0
    say(f"Since {found.day}: {record_words(found)}." if found.id else "No goal is set, so every day is asked for.")
    return 0


def undo(args: Namespace, home: Home) -> int:
    from hiproutine.cli.keeping import agreed

    try:
        newest = home.store.newest()
    except OSError as error:
        raise HiproutineError(f"{clean(str(home.history_folder))}: {error.strerror or error}") from error
    if not newest:
        raise HiproutineError("there is nothing to undo: the history is empty")
    words = act_words(newest)
    if len(newest.records) > 1:
        say(f"To take back, {words}.")
        if not agreed(args, "Take all of it back?"):
            say("Nothing was taken back.")
            return 1
    now = home.now()
    home.write(*(by_hand.void(now, record) for record in newest.records))
    say(f"Taken back, {words}.")
    say(_streak_words(home))
    return 0


def _streak_words(home: Home) -> str:
    from hiproutine.history import days

    return days.streak(home.store.read(steps_since=date.max), home.now()).words()


def _day(args: Namespace, word: str, home: Home, back: int, ahead: int) -> date:
    """The day that a word names; ends with a sentence on wrong usage if it is none, or too far from today."""
    from hiproutine.history.days import past_midnight

    today = home.today()
    if word in _NAMED:
        day = today + _NAMED[word] * _DAY
    elif re.fullmatch(r"\d{4}-\d\d-\d\d", word):
        try:
            day = date.fromisoformat(word)
        except ValueError:
            args.wrong(f"there is no day {word}")
    else:
        args.wrong(f'"{word}" is not a day: write {", ".join(_NAMED)} or a date such as {today}')
    if not ahead and day == today + _DAY and past_midnight(home.now(), today):
        day = today  # the calendar's date, while the day before is not over
    if not -back <= (day - today).days <= ahead:
        args.wrong(
            f"{day} is too far away: from {today - back * _DAY} to {today + ahead * _DAY} it can be written down"
        )
    return day


def _days_per_week(word: str) -> int:
    found = re.fullmatch(r"([1-7])(/7)?", word)
    if not found:
        raise ArgumentTypeError(f'"{word}" is not a goal such as 5/7')
    return int(found[1])


def _weekday(word: str) -> str:
    found = word.strip().lower()[:3]
    if found not in WEEKDAYS:
        raise ArgumentTypeError(f'"{word}" is not one of {", ".join(WEEKDAYS)}')
    return found


def _weekdays(words: str) -> Sequence[str]:
    return tuple(sorted({_weekday(word) for word in words.split(",")}, key=WEEKDAYS.index))


def _minutes(word: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,2}", word):
        raise ArgumentTypeError(f'"{word}" is not a whole number of minutes')
    return int(word)


def _score(word: str) -> int:
    if not re.fullmatch("[0-9]|10", word):
        raise ArgumentTypeError(f'"{word}" is not a whole number from 0 to 10')
    return int(word)


def _log_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("routine", metavar="ROUTINE", help="id of a routine or an exercise")
    parser.add_argument(
        "--day", default="today", help=f"today, yesterday or a date, up to {by_hand.LATE_DAYS} days ago"
    )
    parser.add_argument("--minutes", type=_minutes, metavar="N", help="only the first N minutes of it were done")


def _pain_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("score", metavar="N", type=_score, help="how much it hurts, from 0, not at all, to 10")
    parser.add_argument("--after", action="store_true", help="after today's session; without it, before practising")


def _rest_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("days", metavar="DAY", nargs="*", help="today (the default), yesterday, tomorrow or a date")


def _goal_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("days_per_week", metavar="N/7", nargs="?", type=_days_per_week, help="default: say what it is")
    parser.add_argument("--rest", type=_weekdays, metavar="DAYS", help="weekdays that are always free, such as sat,sun")
    parser.add_argument("--week-starts", type=_weekday, metavar="DAY", help="default: mon")
    parser.add_argument("--json", action="store_true", help="from, days_per_week, rest_days, week_starts")


def _undo_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="take an import back without asking")


COMMANDS = {
    "log": Command(_log_arguments, log),
    "pain": Command(_pain_arguments, pain),
    "rest": Command(_rest_arguments, rest),
    "goal": Command(_goal_arguments, goal),
    "undo": Command(_undo_arguments, undo),
}
