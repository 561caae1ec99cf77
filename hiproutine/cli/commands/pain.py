"""Record a pain score, and print what it changes."""

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING

from hiproutine.cli.console import say, say_sentence
from hiproutine.errors import HiproutineError, nearest

if TYPE_CHECKING:
    from hiproutine.day.context import Context


def arguments(parser: ArgumentParser) -> None:
    from hiproutine.catalogue.vocabulary import PAIN_AREAS

    parser.epilog = "for example: hiproutine pain 3 --where groin --side left"
    parser.add_argument("score", metavar="N", type=_score, help="how much it hurts, from 0 (not at all) to 10")
    parser.add_argument(
        "--where", type=_area, choices=list(PAIN_AREAS), metavar="AREA", help=f"where: {', '.join(PAIN_AREAS)}"
    )
    parser.add_argument("--side", choices=("left", "right"), help="the side; default: both, or unknown")
    parser.add_argument("--after", action="store_true", help="after today's session; default: before practising")


def run(args: Namespace, context: "Context") -> int:
    from hiproutine.coach.pain import eased_words, follows, of_day
    from hiproutine.history import making
    from hiproutine.history.records import Pain, SessionRecord
    from hiproutine.history.store import RECENT
    from hiproutine.history.words import record_words
    from hiproutine.text import day_words

    day = context.today()
    session = next((each for each in reversed(context.past.of(SessionRecord)) if each.day == day), None)
    if args.after and not session:
        raise HiproutineError("no session today; leave out --after to record pain before practising")
    after = session.id if args.after and session else None
    records = making.pain(context.past, context.now(), day, args.score, after, where=(args.where, args.side))
    context.write(*records)
    past = context.store.read(day - RECENT)
    noted = records[-1]
    assert isinstance(noted, Pain)
    say(f"{day_words(day)}: {record_words(noted)}.")
    words = follows(past, noted) if args.after else of_day(past, day).words
    eased = eased_words(past, day)
    say_sentence(" ".join(filter(None, (words, eased))) or "Nothing changes today.")
    return 0


def _area(word: str) -> str:
    """Read an area by its id, or by the word for it that practice offers, such as `groin`."""
    from hiproutine.catalogue.vocabulary import PAIN_AREAS
    from hiproutine.practice.pain_prompt import PLACE_WORDS, PLACES

    offered = {"-".join(words.split()): PLACES[key] for key, words in PLACE_WORDS.items()}
    known = {area: area for area in PAIN_AREAS} | offered
    given = "-".join(word.lower().split())
    if given not in known:
        raise ArgumentTypeError(f'"{word}" is not one of {", ".join(PAIN_AREAS)}{nearest(given, known)}')
    return known[given]


def _score(word: str) -> int:
    if not re.fullmatch("[0-9]|10", word):
        raise ArgumentTypeError(f'"{word}" is not a whole number from 0 to 10')
    return int(word)
