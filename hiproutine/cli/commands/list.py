"""List exercises, routines or videos."""

from argparse import ArgumentTypeError
from typing import TYPE_CHECKING

from hiproutine.catalogue import notation
from hiproutine.catalogue.model import NOTHING, caption
from hiproutine.cli.console import say_json, say_table
from hiproutine.cli.entry_fields import EXERCISE, ROUTINE, VIDEO, exercise_ms, routine_ms
from hiproutine.cli.json_fields import names, values_of
from hiproutine.coach import filters
from hiproutine.errors import HiproutineError, nearest
from hiproutine.text import clock_length

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterator, Mapping

    from hiproutine.catalogue.model import Catalogue, Exercise
    from hiproutine.day.context import Context
    from hiproutine.settings.model import Manner

_SPARE = ("CATEGORY", "LEVEL", "DOSE", "TIME")
"""Columns that a narrow terminal omits, in this order."""
_FILTERS = {name: each for name, each in filters.FILTERS.items() if each.option}


def arguments(parser: "ArgumentParser") -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--routines", action="store_true", help="list routines instead of exercises")
    what.add_argument("--videos", action="store_true", help="list the note's videos, in its order")
    for name, each in _FILTERS.items():
        words = each.words(NOTHING)
        listed = ", ".join(f"{word} {label}" if word.isdecimal() else word for word, label in words.items())
        parser.add_argument(f"--{name}", type=_words(words), metavar="A,B", help=f"{each.heading.lower()}: {listed}")
    objects = f"exercises: {names(EXERCISE)}; --routines: {names(ROUTINE)}; --videos: {names(VIDEO)}"
    parser.add_argument("--json", action="store_true", help=objects)


def run(args: "Namespace", context: "Context") -> int:
    catalogue, manner = context.catalogue, context.settings.manner
    if (args.routines or args.videos) and any(getattr(args, name) is not None for name in _FILTERS):
        args.wrong(f"--{', --'.join(_FILTERS)} filter exercises only")
    objects: Iterator[dict[str, object]]
    rows: Iterator[tuple[str, ...]]
    # Only one of the two is worked out.
    if args.routines:
        routines = catalogue.routines.values()
        heads: tuple[str, ...] = ("ID", "TIME", "NAME")
        rows = ((each.id, clock_length(routine_ms(catalogue, each, manner)), each.name) for each in routines)
        objects = (values_of(ROUTINE, each, catalogue, manner) for each in routines)
    elif args.videos:
        videos = catalogue.videos.values()
        heads = ("ID", "UNDER", "CAPTION")
        rows = ((each.id, each.section, each.caption or caption(each)) for each in videos)
        objects = (values_of(VIDEO, each) for each in videos)
    else:
        exercises = _matching(catalogue, args, context)
        heads = ("ID", "CATEGORY", "LEVEL", "TIME", "DOSE", "NAME")
        marks = _marks(context)
        rows = (_exercise_row(each, manner, marks) for each in exercises)
        objects = (values_of(EXERCISE, each, manner) for each in exercises)
    if args.json:
        say_json(list(objects))
    elif table := list(rows):
        say_table(heads, table, spare=_SPARE)
    else:
        raise HiproutineError("no exercise matches all of these filters; remove one of them")
    return 0


def _matching(catalogue: "Catalogue", args: "Namespace", context: "Context") -> "list[Exercise]":
    chosen = [filters.Choice(name, word) for name in _FILTERS for word in getattr(args, name) or ()]
    found = filters.matching(catalogue, chosen, context.settings.profile)
    return [each for name, each in catalogue.exercises.items() if found is None or name in found]


def _exercise_row(each: "Exercise", manner: "Manner", marks: "Mapping[str, str]") -> tuple[str, ...]:
    words, name = notation.write(each.prescription, each.prescription), f"{each.name}{marks.get(each.id, '')}"
    return each.id, each.category, str(each.level), clock_length(exercise_ms(each, manner)), words, name


def _marks(context: "Context") -> dict[str, str]:
    """Return what is said behind the names of exercises that are not for this person, or only with care."""
    if not context.settings.profile.conditions:
        return {}
    from hiproutine.coach.screening import cautions

    screened = context.screened
    careful = (name for name, each in screened.catalogue.exercises.items() if cautions(each, screened.codes))
    return {
        **dict.fromkeys(careful, " (careful)"),
        **dict.fromkeys(screened.unplanned, " (not planned for you)"),
        **dict.fromkeys(screened.hidden, " (removed for you)"),
    }


def _words(known: "Mapping[str, str]") -> "Callable[[str], tuple[str, ...]]":
    """Return an argument type for words of a closed vocabulary, in any case and spacing."""

    def read(given: str) -> tuple[str, ...]:
        return tuple(map(read_one, given.split(",")))

    def read_one(given: str) -> str:
        word = "-".join(given.lower().replace("_", " ").replace("-", " ").split())
        if word not in known:
            raise ArgumentTypeError(f'"{given}" is not one of {", ".join(known)}{nearest(word, list(known))}')
        return word

    return read
