"""Commands about what comes from others and goes to them: share, add."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from hiproutine.catalogue.model import Card, Catalogue, Exercise, Routine, Video
from hiproutine.catalogue.vocabulary import CONDITIONS
from hiproutine.cli.command import Command
from hiproutine.cli.console import say, say_table
from hiproutine.day.context import Home
from hiproutine.errors import HiproutineError, unknown
from hiproutine.text import clean, reason

if TYPE_CHECKING:
    from hiproutine.catalogue.reader import Laid
    from hiproutine.catalogue.writer import Entry

LONGEST_NAME = 60


def share(args: Namespace, home: Home) -> int:
    from hiproutine.catalogue import writer

    catalogue = home.catalogue
    if args.routine not in catalogue.routines:
        raise unknown("routine", args.routine, list(catalogue.routines), "hiproutine list --routines")
    text = writer.text(catalogue, writer.to_share(catalogue, catalogue.routines[args.routine]))
    if not args.output:
        sys.stdout.write(text)
        return 0
    try:
        with Path(args.output).open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise HiproutineError(f"{args.output}: is there already; give another name") from None
    say(f"Written: {clean(str(args.output))}")
    return 0


def add(args: Namespace, home: Home) -> int:
    """Reads the file as strictly as one's own; one problem, and nothing of it is added."""
    from hiproutine.catalogue import cache, reader, writer
    from hiproutine.catalogue import user_files as own
    from hiproutine.yaml.nodes import FileProblems

    known = home.catalogue
    data = _read(args.file, reader.LARGEST_FROM_OTHERS)
    laid = reader.lay_from_others(data, "standard input" if args.file == "-" else args.file, known)
    if laid.problems:
        raise FileProblems(laid.problems)
    brought = [getattr(laid.catalogue, section)[name] for section, name in laid.places]
    fresh = [each for each in brought if not (there := _there(known, each)) or not writer.brings_nothing(each, there)]
    if not fresh:
        say("All of it is there already.")
        return 0
    shipped = reader.read(cache.files(home.paths.catalogue))
    before = reader.lay(cache.files(home.own), shipped)
    _refuse_ones_own(fresh, before)
    _show(fresh, known, len(brought) - len(fresh))
    if not args.yes and not _agreed(args.file):
        say("Nothing was added.")
        return 1
    path = own.put(home.own, f"added-{home.now():%Y-%m-%d}", writer.text(laid.catalogue, fresh))
    after = reader.lay(cache.files(home.own), shipped)
    old = {*before.problems}
    if new := [problem for problem in after.problems if problem not in old]:
        path.unlink()
        raise FileProblems(new)
    say(f"Added: {clean(str(path))}")
    return 0


def _read(name: str, largest: int) -> bytes:
    """At most one byte more than the `largest` file that is meant."""
    from hiproutine.regular import read_regular

    if name == "-":
        return sys.stdin.buffer.read(largest + 1)
    try:
        return read_regular(Path(name), largest + 1)
    except OSError as error:
        raise HiproutineError(f"{name}: {reason(error)}") from None


def _there(known: Catalogue, entry: "Entry") -> "Entry | None":
    match entry:
        case Exercise():
            return known.exercises.get(entry.id)
        case Routine():
            return known.routines.get(entry.id)
        case Video():
            return known.videos.get(entry.id)
        case Card():
            return known.cards.get(entry.id)


def _refuse_ones_own(entries: Iterable["Entry"], own: "Laid") -> None:
    """An id can be one's own only once; a shipped entry may be replaced."""
    places = {name: fields for (_, name), fields in own.places.items()}
    for entry in entries:
        if found := places.get(entry.id):
            place = f"{found.file.name}:{found.node.line}"
            raise HiproutineError(f'you have another "{entry.id}" of your own ({place}); rename one of them first')


def _show(entries: list["Entry"], known: Catalogue, there: int) -> None:
    from hiproutine import links

    rows = []
    for entry in entries:
        name = entry.caption or entry.url if isinstance(entry, Video) else entry.name
        replaces = "replaces what is shipped" if _there(known, entry) else "new"
        rows.append((type(entry).__name__.lower(), entry.id, replaces, name[:LONGEST_NAME]))
    say_table(("WHAT", "ID", "", "NAME"), rows)
    for entry in entries:
        if isinstance(entry, Exercise) and (shipped := known.exercises.get(entry.id)):
            _say_what_is_lost(entry, shipped)
    hosts = sorted({links.host(entry.url) for entry in entries if isinstance(entry, Video)})
    if hosts:
        told = (
            host if host in links.KNOWN_HOSTS else f"{host} (not a video host that is known here)" for host in hosts
        )
        say(f"Its links lead to: {', '.join(told)}")
    if there:
        say(f"{there} more of it {'are' if there > 1 else 'is'} there already.")


def _say_what_is_lost(entry: Exercise, shipped: Exercise) -> None:
    """Conditions that the shipped exercise minds, and the one in its place does not."""
    minded = {*entry.avoid, *entry.caution}
    hidden = [CONDITIONS[code] for code in shipped.avoid if code not in entry.avoid]
    told = [CONDITIONS[code] for code in shipped.caution if code not in minded]
    if hidden:
        say(f"{entry.id} would no longer be hidden with: {', '.join(hidden)}.")
    if told:
        say(f"{entry.id} would no longer say what to be careful with in: {', '.join(told)}.")


def _agreed(name: str) -> bool:
    """Asks at the terminal, which standard input may not be. Raises HiproutineError where there is none."""
    nobody = HiproutineError("nobody can be asked here; `--yes` adds without asking")
    if name != "-":
        if not sys.stdin.isatty():
            raise nobody
        return _says_yes(sys.stdin)
    try:
        with Path("/dev/tty").open(encoding="utf-8") as keyboard:
            return _says_yes(keyboard)
    except OSError:
        raise nobody from None


def _says_yes(keyboard: TextIO) -> bool:
    print("Add it? [y/N] ", end="", flush=True)
    return keyboard.readline().strip().lower() in ("y", "yes")


def _share_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("routine", metavar="ROUTINE", help="id of a routine")
    parser.add_argument("--output", metavar="FILE", help="a new file; default: standard output")


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="- for standard input")
    parser.add_argument("--yes", action="store_true", help="add without asking")


COMMANDS = {
    "share": Command(_share_arguments, share),
    "add": Command(_add_arguments, add),
}
