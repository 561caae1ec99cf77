"""The command self-check: what there is to look at, what was found, and writing a value down."""

from argparse import ArgumentParser, Namespace
from datetime import date

from hiproutine.cli.command import Command
from hiproutine.cli.console import say, say_json
from hiproutine.coach import self_checks
from hiproutine.coach.screening import cautions
from hiproutine.day.context import Home
from hiproutine.errors import HiproutineError, unknown
from hiproutine.history.store import Past
from hiproutine.history.words import record_words
from hiproutine.practice.by_hand import checked
from hiproutine.practice.self_check import so_far


def self_check(args: Namespace, home: Home) -> int:
    if args.what:
        return _write(args, home)
    if args.left or args.right:
        args.wrong("say what the value is of, such as knee-to-wall --left 9.5 --right 10")
    past, day = home.store.read(date.max), home.today()
    found = self_checks.within_reach(home.screened, home.settings.profile)
    if args.json:
        due = self_checks.due(past, home.screened, home.settings.profile, day)
        newest = {(each.check, each.side): each for each in sorted(past.checks, key=lambda each: (each.day, each.at))}
        fields = [
            {
                "check": each.id,
                "name": each.name,
                "due": each in due,
                "values": [
                    {"what": what, "side": side, "value": value.value, "unit": value.unit, "day": value.day.isoformat()}
                    for (what, side), value in sorted(newest.items())
                    if what in self_checks.units(each)
                ],
            }
            for each in found
        ]
        say_json({"checks": fields, "readings": list(self_checks.readings(past, day))})
        return 0
    if not found:
        raise HiproutineError("your screening, and what is at hand, leave none of the self-checks")
    say("For you to follow over time, no diagnosis. `hiproutine`, then e, leads through them with a clock.")
    for each in found:
        _say_check(each, home, past, day)
    for sentence in self_checks.readings(past, day):
        say()
        say(sentence)
    return 0


def _say_check(check: self_checks.SelfCheck, home: Home, past: Past, day: date) -> None:
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


def _write(args: Namespace, home: Home) -> int:
    units = {what: unit for each in self_checks.CHECKS for what, unit in self_checks.units(each).items()}
    if args.what not in units:
        raise unknown("thing to look at", args.what, list(units), "hiproutine self-check")
    unit = units[args.what]
    sides = {side: words for side, words in (("left", args.left), ("right", args.right)) if words is not None}
    if not sides:
        args.wrong(f"give a value: {args.what} --left VALUE --right VALUE, in {unit}")
    values = {side: self_checks.answer(unit, words) for side, words in sides.items()}
    for side, value in values.items():
        if value is None:
            args.wrong(f'"{sides[side]}" is no value in {unit}')
    records = [checked(home.now(), args.what, side, value, unit) for side, value in values.items() if value is not None]
    home.write(*records)
    for record in records:
        say(f"Written down: {record_words(record)}.")
    return 0


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", metavar="WHAT", nargs="?", help="what was looked at, such as knee-to-wall")
    parser.add_argument("--left", metavar="VALUE", help="the value of the left side: 9.5, yes, no")
    parser.add_argument("--right", metavar="VALUE", help="the value of the right side")
    parser.add_argument("--json", action="store_true", help="checks, readings")


COMMANDS = {"self-check": Command(_arguments, self_check)}
