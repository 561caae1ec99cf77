"""Record how much it hurts, and say what changes."""

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING

from hiproutine.cli.console import say
from hiproutine.errors import HiproutineError

if TYPE_CHECKING:
    from hiproutine.day.context import Context


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("score", metavar="N", type=_score, help="how much it hurts, from 0 (not at all) to 10")
    parser.add_argument("--after", action="store_true", help="after today's session; default: before practising")


def run(args: Namespace, home: "Context") -> int:
    from hiproutine.coach.pain import follows, of_day
    from hiproutine.history import making
    from hiproutine.history.records import Pain, SessionRecord
    from hiproutine.history.store import RECENT
    from hiproutine.history.words import day_words, record_words

    day = home.today()
    session = next((each for each in reversed(home.past.of(SessionRecord)) if each.day == day), None)
    if args.after and not session:
        raise HiproutineError("you have not practised today; without --after the score is that before practising")
    after = session.id if args.after and session else None
    records = making.pain(home.past, home.now(), day, args.score, after)
    home.write(*records)
    past = home.store.read(day - RECENT)
    noted = records[-1]
    assert isinstance(noted, Pain)
    say(f"{day_words(day)}: {record_words(noted)}.")
    say(follows(past, noted) if args.after else of_day(past, day).words or "Nothing changes today.")
    return 0


def _score(word: str) -> int:
    if not re.fullmatch("[0-9]|10", word):
        raise ArgumentTypeError(f'"{word}" is not a whole number from 0 to 10')
    return int(word)
