"""List exercises, routines or videos."""

import sys
from argparse import ArgumentTypeError
from typing import TYPE_CHECKING

from hiproutine.catalogue import notation
from hiproutine.catalogue.model import NOTHING, caption
from hiproutine.cli.console import say_json, say_table
from hiproutine.cli.json_fields import Fields, names, values_of
from hiproutine.coach import filters, session
from hiproutine.errors import HiproutineError, nearest
from hiproutine.practice import timeline
from hiproutine.practice.words import clock_length

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Mapping

    from hiproutine.catalogue.model import Catalogue, Exercise, Routine, Video
    from hiproutine.day.context import Context
    from hiproutine.settings.model import Manner

_WIDE = 120
_FILTERS = {name: each for name, each in filters.FILTERS.items() if each.option}


def arguments(parser: "ArgumentParser") -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--routines", action="store_true", help="list routines instead of exercises")
    what.add_argument("--videos", action="store_true", help="list the note's videos, in its order")
    for name, each in _FILTERS.items():
        words = each.words(NOTHING)
        listed = ", ".join(f"{word} {label}" if word.isdecimal() else word for word, label in words.items())
        parser.add_argument(f"--{name}", type=_words(words), metavar="A,B", help=f"{each.heading.lower()}: {listed}")
    objects = f"exercises: {names(_EXERCISE)}; --routines: {names(_ROUTINE)}; --videos: {names(_VIDEO)}"
    parser.add_argument("--json", action="store_true", help=objects)


def run(args: "Namespace", home: "Context") -> int:
    catalogue, manner = home.catalogue, home.settings.manner
    if (args.routines or args.videos) and any(getattr(args, name) is not None for name in _FILTERS):
        args.wrong(f"--{', --'.join(_FILTERS)} filter exercises only")
    objects: list[dict[str, object]]
    heads: tuple[str, ...]
    rows: list[tuple[str, ...]]
    if args.routines:
        routines = list(catalogue.routines.values())
        heads = ("ID", "TIME", "NAME")
        rows = [(each.id, clock_length(_routine_ms(catalogue, each, manner)), each.name) for each in routines]
        objects = [values_of(_ROUTINE, each, catalogue, manner) for each in routines]
    elif args.videos:
        videos = list(catalogue.videos.values())
        heads = ("ID", "UNDER", "CAPTION")
        rows = [(each.id, each.section, each.caption or caption(each)) for each in videos]
        objects = [values_of(_VIDEO, each) for each in videos]
    else:
        exercises = _matching(catalogue, args, home)
        # Where there is no room for both, the id is almost the name.
        columns = 6 if _wide() else 5
        heads = ("ID", "CATEGORY", "LEVEL", "TIME", "DOSE", "NAME")[:columns]
        rows = [_exercise_row(each, manner)[:columns] for each in exercises]
        objects = [values_of(_EXERCISE, each, manner) for each in exercises]
    if args.json:
        say_json(objects)
    elif rows:
        say_table(heads, rows)
    else:
        raise HiproutineError("no exercise matches all of these filters; leave one of them out")
    return 0


def _matching(catalogue: "Catalogue", args: "Namespace", home: "Context") -> "list[Exercise]":
    chosen = [filters.Choice(name, word) for name in _FILTERS for word in getattr(args, name) or ()]
    found = filters.matching(catalogue, chosen, home.settings.profile)
    return [each for name, each in catalogue.exercises.items() if found is None or name in found]


def _gear(exercise: "Exercise") -> set[str]:
    return {word for choice in exercise.equipment for word in choice}


def _wide() -> bool:
    """Whether a row may be long: in a pipe, or on a wide terminal."""
    if not sys.stdout.isatty():
        return True
    import shutil

    return shutil.get_terminal_size().columns >= _WIDE


def _exercise_row(each: "Exercise", manner: "Manner") -> tuple[str, ...]:
    words = notation.write(each.prescription, each.prescription)
    return each.id, each.category, str(each.level), clock_length(_exercise_ms(each, manner)), words, each.name


def _exercise_ms(exercise: "Exercise", manner: "Manner") -> int:
    return timeline.length_ms(session.Item(exercise, exercise.prescription), manner)


def _routine_ms(catalogue: "Catalogue", routine: "Routine", manner: "Manner") -> int:
    return timeline.compile_session(session.of_routine(catalogue, routine), manner).total_ms


# ---- as JSON ----


_EXERCISE: "Fields[Exercise, Manner]" = {
    "id": lambda exercise, _: exercise.id,
    "name": lambda exercise, _: exercise.name,
    "category": lambda exercise, _: exercise.category,
    "level": lambda exercise, _: exercise.level,
    "position": lambda exercise, _: exercise.position,
    "sides": lambda exercise, _: exercise.sides,
    "areas": lambda exercise, _: exercise.areas,
    "muscles": lambda exercise, _: exercise.muscles,
    "equipment": lambda exercise, _: sorted(_gear(exercise)),
    "dose": lambda exercise, _: session.Item(exercise, exercise.prescription).dose,
    "seconds": lambda exercise, manner: _exercise_ms(exercise, manner) // 1000,
    "videos": lambda exercise, _: {link.video: link.strength for link in exercise.videos},
}
_ROUTINE: "Fields[Routine, Catalogue, Manner]" = {
    "id": lambda routine, *_: routine.id,
    "name": lambda routine, *_: routine.name,
    "honest": lambda routine, *_: routine.honest,
    "why": lambda routine, *_: routine.why,
    "not_for": lambda routine, *_: routine.not_for,
    "seconds": lambda routine, catalogue, manner: _routine_ms(catalogue, routine, manner) // 1000,
    "exercises": lambda routine, *_: [step.exercise for step in routine.steps],
    "videos": lambda routine, *_: {link.video: link.strength for link in routine.goes_with},
}
_VIDEO: "Fields[Video]" = {
    "id": lambda video: video.id,
    "url": lambda video: video.url,
    "section": lambda video: video.section,
    "caption": lambda video: video.caption,
    "note": lambda video: video.note,
    "established": lambda video: video.established,
    "likely": lambda video: video.likely,
    "checked": lambda video: video.checked,
    "own": lambda video: video.own,
    "start_s": lambda video: video.start_s,
    # The real title and the maker of no video are established; these fields say so to every reader of the JSON.
    "channel": lambda _: None,
    "title_verified": lambda _: False,
    "moves_verified": lambda video: bool(video.established),
}


def _words(known: "Mapping[str, str]") -> "Callable[[str], tuple[str, ...]]":
    """Return a type of argument that takes words of a closed vocabulary, with any case and spacing."""

    def read(given: str) -> tuple[str, ...]:
        return tuple(map(read_one, given.split(",")))

    def read_one(given: str) -> str:
        word = "-".join(given.lower().replace("_", " ").replace("-", " ").split())
        if word not in known:
            raise ArgumentTypeError(f'"{given}" is not one of {", ".join(known)}{nearest(word, list(known))}')
        return word

    return read
