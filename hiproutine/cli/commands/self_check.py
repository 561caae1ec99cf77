"""List the self-checks with their results, or record a result."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from hiproutine.cli.console import say, say_json
from hiproutine.cli.json_fields import Fields, Objects, names, values_of
from hiproutine.coach import self_checks
from hiproutine.coach.screening import cautions
from hiproutine.errors import HiproutineError, unknown
from hiproutine.history.making import checked
from hiproutine.history.records import Check
from hiproutine.history.words import record_words
from hiproutine.practice.self_check import so_far

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.coach.self_checks import SelfCheck
    from hiproutine.day.context import Context
    from hiproutine.history.past import Past

    Newest = Mapping[tuple[str, str | None], Check]

_VALUE: "Fields[str, str | None, Check]" = {
    "what": lambda what, *_: what,
    "side": lambda _, side, __: side,
    "value": lambda *row: row[-1].value,
    "unit": lambda *row: row[-1].unit,
    "day": lambda *row: row[-1].day.isoformat(),
}
_CHECK: "Fields[SelfCheck, Collection[SelfCheck], Newest]" = {
    "check": lambda check, *_: check.id,
    "name": lambda check, *_: check.name,
    "due": lambda check, due, _: check in due,
    "values": Objects(
        _VALUE,
        lambda check, _, newest: (
            (what, side, value) for (what, side), value in sorted(newest.items()) if what in self_checks.units(check)
        ),
    ),
}


def _rows(
    past: "Past", home: "Context", checks: "Sequence[SelfCheck]"
) -> "Iterator[tuple[SelfCheck, Collection[SelfCheck], Newest]]":
    """Yield each self-check with those that are due, and with the newest results."""
    due = self_checks.due(past, home.screened, home.settings.profile, home.today())
    newest = {(each.check, each.side): each for each in sorted(past.of(Check), key=lambda each: (each.day, each.at))}
    return ((check, due, newest) for check in checks)


_FIELDS: "Fields[Past, Context, Sequence[SelfCheck]]" = {
    "checks": Objects(_CHECK, _rows),
    "readings": lambda past, home, _: list(self_checks.readings(past, home.today())),
}


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("what", metavar="WHAT", nargs="?", help="record a result of this, such as knee-to-wall")
    parser.add_argument("--left", metavar="VALUE", help="the result on the left: 9.5, yes, no")
    parser.add_argument("--right", metavar="VALUE", help="the result on the right")
    parser.add_argument("--json", action="store_true", help=names(_FIELDS))


def run(args: "Namespace", home: "Context") -> int:
    if args.what:
        return _record(args, home)
    if args.left or args.right:
        args.wrong("name what you checked, such as knee-to-wall --left 9.5 --right 10")
    past, day = home.store.read(date.max), home.today()
    checks = self_checks.within_reach(home.screened, home.settings.profile)
    if args.json:
        say_json(values_of(_FIELDS, past, home, checks))
        return 0
    if not checks:
        raise HiproutineError("your screening and your equipment leave no self-check")
    say("For you to follow over time, no diagnosis. `hiproutine`, then e, guides you through them with a clock.")
    for each in checks:
        _say_check(each, home, past, day)
    for sentence in self_checks.readings(past, day):
        say()
        say(sentence)
    return 0


def _say_check(check: "SelfCheck", home: "Context", past: "Past", day: date) -> None:
    when, lines = so_far(check, past, day)
    say()
    say(f"{check.name}: {when}")
    for line in lines:
        say(f"  {line}")
    for number, line in enumerate((*check.setup, check.cue), 1):
        say(f"  {number}. {line}")
    for line in cautions(home.screened.catalogue.exercises[check.like], home.settings.profile.conditions):
        say(f"  Careful: {line}")
    for asked in check.asked:
        say(f"  {asked.check} ({asked.unit}): {asked.question}")


def _record(args: "Namespace", home: "Context") -> int:
    units = {what: unit for each in self_checks.CHECKS for what, unit in self_checks.units(each).items()}
    if args.what not in units:
        raise unknown("self-check", args.what, list(units), "hiproutine self-check")
    unit = units[args.what]
    sides = {side: words for side, words in (("left", args.left), ("right", args.right)) if words is not None}
    if not sides:
        args.wrong(f"give a result: {args.what} --left VALUE --right VALUE, in {unit}")
    values = {side: self_checks.answer(unit, words) for side, words in sides.items()}
    for side, value in values.items():
        if value is None:
            args.wrong(f'"{sides[side]}" is not a value in {unit}')
    records = [checked(home.now(), args.what, side, value, unit) for side, value in values.items() if value is not None]
    home.write(*records)
    for record in records:
        say(f"Recorded: {record_words(record)}.")
    return 0
