"""Commands that look at the catalogue: list, show, video."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hiproutine.catalogue import notation, vocabulary
from hiproutine.catalogue.model import (
    Catalogue,
    Exercise,
    Link,
    Routine,
    Video,
    address,
    caption,
    goes_how,
    linked,
    strongest,
)
from hiproutine.cli.command import Command
from hiproutine.cli.console import (
    say,
    say_code,
    say_description,
    say_json,
    say_link,
    say_table,
)
from hiproutine.coach import session
from hiproutine.day.context import Home
from hiproutine.errors import HiproutineError, nearest, unknown
from hiproutine.practice import timeline
from hiproutine.practice.words import clock_length
from hiproutine.settings.model import Manner

_WIDE = 120
_FILTERS = ("category", "area", "equipment", "position", "level")


def list_entries(args: Namespace, home: Home) -> int:
    catalogue, manner = home.catalogue, home.settings.manner
    if (args.routines or args.videos) and any(getattr(args, name) is not None for name in _FILTERS):
        args.wrong(f"--{', --'.join(_FILTERS)} filter exercises only")
    heads: tuple[str, ...]
    rows: list[tuple[str, ...]]
    if args.routines:
        routines = list(catalogue.routines.values())
        heads = ("ID", "TIME", "NAME")
        rows = [(each.id, clock_length(_routine_ms(catalogue, each, manner)), each.name) for each in routines]
        found = [_routine_fields(catalogue, each, manner) for each in routines]
    elif args.videos:
        videos = list(catalogue.videos.values())
        heads = ("ID", "UNDER", "CAPTION")
        rows = [(each.id, each.section, _caption(each)) for each in videos]
        found = [_video_fields(each) for each in videos]
    else:
        exercises = list(_matching(catalogue.exercises.values(), args))
        # Where there is no room for both, the id says nearly what the name says.
        columns = 6 if _wide() else 5
        heads = ("ID", "CATEGORY", "LEVEL", "TIME", "DOSE", "NAME")[:columns]
        rows = [_exercise_row(each, manner)[:columns] for each in exercises]
        found = [_exercise_fields(each, manner) for each in exercises]
    if args.json:
        say_json(found)
    elif rows:
        say_table(heads, rows)
    else:
        raise HiproutineError("nothing in the catalogue matches all of that; leave out one of the filters")
    return 0


def _matching(exercises: Iterable[Exercise], args: Namespace) -> Iterable[Exercise]:
    for each in exercises:
        gear = {word for choice in each.equipment for word in choice}
        wanted = (
            args.category in (None, each.category)
            and args.level in (None, each.level)
            and args.position in (None, each.position)
            and (args.area is None or args.area in each.areas)
            and (args.equipment is None or args.equipment in gear or (args.equipment == "none" and not gear))
        )
        if wanted:
            yield each


def _wide() -> bool:
    """Whether a row may be long: in a pipe, or on a wide terminal."""
    if not sys.stdout.isatty():
        return True
    import shutil

    return shutil.get_terminal_size().columns >= _WIDE


def _exercise_row(each: Exercise, manner: Manner) -> tuple[str, ...]:
    words = notation.write(each.prescription, each.prescription)
    return each.id, each.category, str(each.level), clock_length(_exercise_ms(each, manner)), words, each.name


def _exercise_ms(each: Exercise, manner: Manner) -> int:
    return timeline.length_ms(session.Item(each, each.prescription), manner)


def _exercise_fields(each: Exercise, manner: Manner) -> dict[str, Any]:
    return {
        "id": each.id,
        "name": each.name,
        "category": each.category,
        "level": each.level,
        "position": each.position,
        "sides": each.sides,
        "areas": each.areas,
        "muscles": each.muscles,
        "equipment": sorted({word for choice in each.equipment for word in choice}),
        "dose": session.Item(each, each.prescription).dose,
        "seconds": _exercise_ms(each, manner) // 1000,
        "videos": {link.video: link.strength for link in each.videos},
    }


def _routine_ms(catalogue: Catalogue, routine: Routine, manner: Manner) -> int:
    return timeline.compile_session(session.of_routine(catalogue, routine), manner).total_ms


def _routine_fields(catalogue: Catalogue, routine: Routine, manner: Manner) -> dict[str, Any]:
    return {
        "id": routine.id,
        "name": routine.name,
        "honest": routine.honest,
        "why": routine.why,
        "not_for": routine.not_for,
        "seconds": _routine_ms(catalogue, routine, manner) // 1000,
        "exercises": [step.exercise for step in routine.steps],
        "videos": {link.video: link.strength for link in routine.goes_with},
    }


def _caption(video: Video) -> str:
    return video.caption or caption(video)


def _video_fields(video: Video) -> dict[str, Any]:
    # Of no video are the real title and the maker established; the fields say so to whoever reads the JSON.
    return video._asdict() | {"channel": None, "title_verified": False, "moves_verified": bool(video.established)}


def show(args: Namespace, home: Home) -> int:
    from hiproutine.catalogue.describe import describe, evidence

    catalogue = home.catalogue
    entry = _find(catalogue, args.id)
    say_description(evidence(catalogue, entry) if args.evidence else describe(catalogue, entry))
    return 0


def _find(catalogue: Catalogue, wanted: str) -> Any:
    sections: tuple[Any, ...] = (catalogue.exercises, catalogue.routines, catalogue.cards, catalogue.videos)
    for section in sections:
        if wanted in section:
            return section[wanted]
    ids = [each for section in sections for each in section]
    raise unknown("exercise, routine, card or video", wanted, ids, "hiproutine list")


def video(args: Namespace, home: Home) -> int:
    from hiproutine import links

    link, chosen = _video_of(home.catalogue, args.id)
    url = address(chosen)
    if args.print:
        say_link(url)
        return 0
    if link:
        say(f"Goes with it ({goes_how(link)}); {caption(chosen)}.")
    if args.qr:
        say(url)  # above, since the prompt comes below, and the code must not scroll
        say_code(url)
        return 0
    host = links.host(url)
    if not home.knows_host(host) and not _agreed(host, url, home):
        say(f"Not opened, because {host} is not a video host that is known here. The address to copy:")
        say_link(url)
        return 0
    helper = home.open_link(url)
    opened = links.took_it(helper) if helper else False
    if opened is False:
        say(f"{links.refused(home.settings.video_command, helper)}. The address to copy:")
        say_link(url)
    else:
        say(f"{'Opened' if opened else 'Opening'} {url}")
    return 0


def _agreed(host: str, url: str, home: Home) -> bool:
    """Asks at a terminal whether videos of the host may be opened, and remembers a yes."""
    if sys.stdin is None or not sys.stdin.isatty() or not sys.stdout.isatty():
        return False
    print(f"{host} is not a video host that is known here. Open {url}? [y/N] ", end="", flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        return False
    home.remember_host(host)
    return True


def _video_of(catalogue: Catalogue, wanted: str) -> tuple[Link | None, Video]:
    """The video with that id; or the one that goes best with the exercise, routine or card of that id."""
    entry = _find(catalogue, wanted)
    if isinstance(entry, Video):
        return None, entry
    found = strongest(entry.goes_with if isinstance(entry, Routine) else entry.videos)
    if not found:
        raise HiproutineError(
            f"no video of the note goes with {wanted}; `hiproutine show {wanted}` says what is known of it"
        )
    return found[0], linked(catalogue.videos, found[0])


def _list_arguments(parser: ArgumentParser) -> None:
    gear = {**vocabulary.EQUIPMENT, "none": "nothing"}
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--routines", action="store_true", help="routines instead of exercises")
    what.add_argument("--videos", action="store_true", help="the note's videos, in its own order")
    for option, words in (
        ("--category", vocabulary.CATEGORIES),
        ("--area", vocabulary.AREAS),
        ("--equipment", gear),
        ("--position", vocabulary.POSITIONS),
    ):
        parser.add_argument(option, type=_word(words), help=", ".join(words))
    parser.add_argument("--level", type=int, choices=list(vocabulary.LEVELS), help="1 easy, 2 middle, 3 hard")
    parser.add_argument("--json", action="store_true", help="a list of objects")


def _word(words: Mapping[str, str]) -> Callable[[str], str]:
    """An option that takes a word of a closed vocabulary, however it is spaced."""

    def read(given: str) -> str:
        word = "-".join(given.lower().replace("_", " ").replace("-", " ").split())
        if word not in words:
            raise ArgumentTypeError(f'"{given}" is not one of {", ".join(words)}{nearest(word, list(words))}')
        return word

    return read


def _show_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID")
    parser.add_argument("--evidence", action="store_true", help="what it rests on alone, with the title of each source")


def _video_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="id of a video, an exercise, a routine or a card")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--print", action="store_true", help="print the address instead of opening it")
    instead.add_argument("--qr", action="store_true", help="draw the address as a QR code, for a telephone")


COMMANDS = {
    "list": Command(_list_arguments, list_entries),
    "show": Command(_show_arguments, show),
    "video": Command(_video_arguments, video),
}
