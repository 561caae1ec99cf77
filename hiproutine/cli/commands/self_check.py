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
            (what, side, newest[what, side])
            for what, side in sorted(newest, key=lambda each: (each[0], each[1] or ""))
            if what in self_checks.units(check)
        ),
    ),
}


def _rows(
    past: "Past", context: "Context", checks: "Sequence[SelfCheck]"
) -> "Iterator[tuple[SelfCheck, Collection[SelfCheck], Newest]]":
    """Yield each self-check with those that are due, and with the newest results."""
    due = self_checks.due(past, context.screened, context.settings.profile, context.today())
    newest = {(each.check, each.side): each for each in sorted(past.of(Check), key=lambda each: (each.day, each.at))}
    return ((check, due, newest) for check in checks)


_FIELDS: "Fields[Past, Context, Sequence[SelfCheck]]" = {
    "checks": Objects(_CHECK, _rows),
    "readings": lambda past, context, _: list(self_checks.readings(past, context.today())),
}


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("what", metavar="WHAT", nargs="?", help="record a result of this, such as knee-to-wall")
    parser.add_argument("--left", metavar="VALUE", help="the result on the left: 9.5, yes, no")
    parser.add_argument("--right", metavar="VALUE", help="the result on the right")
    parser.add_argument("--both", metavar="VALUE", help="the result of a check without sides, such as chair-stands")
    parser.add_argument("--json", action="store_true", help=names(_FIELDS))


def run(args: "Namespace", context: "Context") -> int:
    if args.what:
        return _record(args, context)
    if args.left or args.right or args.both:
        args.wrong("name what you checked, such as knee-to-wall --left 9.5 --right 10")
    past, day = context.store.read(date.max), context.today()
    checks = self_checks.within_reach(context.screened, context.settings.profile)
    if args.json:
        say_json(values_of(_FIELDS, past, context, checks))
        return 0
    if not checks:
        raise HiproutineError("your screening and your equipment leave no self-check")
    say("To follow over time; not a diagnosis. `hiproutine`, then e, guides you through them with a clock.")
    for each in checks:
        _say_check(each, context, past, day)
    for sentence in self_checks.readings(past, day):
        say()
        say(sentence)
    return 0


def _say_check(check: "SelfCheck", context: "Context", past: "Past", day: date) -> None:
    when, lines = so_far(check, past, day)
    say()
    say(f"{check.name}: {when}")
    for line in lines:
        say(f"  {line}")
    for number, line in enumerate((*check.setup, check.cue), 1):
        say(f"  {number}. {line}")
    for line in cautions(context.screened.catalogue.exercises[check.like], context.screened.codes):
        say(f"  Careful: {line}")
    for asked in check.asked:
        say(f"  {asked.check} ({asked.unit}): {asked.question}")


def _record(args: "Namespace", context: "Context") -> int:
    checks = {what: each for each in self_checks.CHECKS for what in self_checks.units(each)}
    if args.what not in checks:
        raise unknown("self-check", args.what, list(checks), "hiproutine self-check")
    check = checks[args.what]
    unit, most = self_checks.units(check)[args.what], self_checks.limits(check)[args.what]
    sided = context.catalogue.exercises[check.like].sides == "per_side"
    given = {"left": args.left, "right": args.right, None: args.both}
    sides = {side: words for side, words in given.items() if words is not None}
    if not sides or (None in sides) == sided or (not sided and len(sides) > 1):
        wanted = "--left VALUE --right VALUE" if sided else "--both VALUE"
        args.wrong(f"give a result: {args.what} {wanted}, in {unit}")
    values = {side: self_checks.answer(unit, most, words) for side, words in sides.items()}
    for side, value in values.items():
        if value is None:
            args.wrong(f'"{sides[side]}" is not a value in {unit}')
    records = [
        checked(context.now(), args.what, side, value, unit) for side, value in values.items() if value is not None
    ]
    context.write(*records)
    for record in records:
        say(f"Recorded: {record_words(record)}.")
    return 0
