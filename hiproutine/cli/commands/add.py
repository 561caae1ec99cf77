"""Add a shared file to the user's catalogue, after a preview."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from hiproutine.catalogue.conditions import CONDITIONS, GRADES
from hiproutine.catalogue.model import Card, Catalogue, Exercise, Programme, Routine, Video
from hiproutine.cli.confirm import confirm
from hiproutine.cli.console import say, say_table
from hiproutine.cli.file_errors import file_errors
from hiproutine.errors import HiproutineError
from hiproutine.text import clean

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.catalogue.overlay import Laid
    from hiproutine.catalogue.writer import Entry
    from hiproutine.day.context import Context

_LONGEST_NAME = 60


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("file", metavar="FILE", help="- for standard input")
    parser.add_argument("--yes", action="store_true", help="add without asking")


def run(args: "Namespace", context: "Context") -> int:
    """Read the file as strictly as the user's own; with one problem, add nothing."""
    from hiproutine.catalogue import cache, overlay, writer
    from hiproutine.catalogue import user_files as own
    from hiproutine.yaml.nodes import FileProblems

    known = context.catalogue
    data = _read(args.file, overlay.LARGEST_FROM_OTHERS)
    laid = overlay.lay_from_others(data, "standard input" if args.file == "-" else args.file, known)
    if laid.problems:
        raise FileProblems(laid.problems)
    brought = [getattr(laid.catalogue, section)[name] for section, name in laid.places]
    fresh = [
        each for each in brought if not (present := _present(known, each)) or not writer.brings_nothing(each, present)
    ]
    if not fresh:
        say("You have all of it already.")
        return 0
    shipped = overlay.read(cache.files(context.paths.catalogue))
    before = overlay.lay(cache.files(context.user_catalogue), shipped)
    _refuse_duplicates(fresh, before)
    _show(fresh, known, len(brought) - len(fresh))
    if not confirm("Add it?", yes=args.yes, piped=args.file == "-"):
        say("Nothing was added.")
        return 1
    path = own.put(context.user_catalogue, f"added-{context.now():%Y-%m-%d}", writer.text(laid.catalogue, fresh))
    after = overlay.lay(cache.files(context.user_catalogue), shipped)
    old = {*before.problems}
    if new := [problem for problem in after.problems if problem not in old]:
        path.unlink()
        raise FileProblems(new)
    say(f"Added: {clean(str(path))}")
    return 0


def _read(name: str, largest: int) -> bytes:
    """Return at most one byte more than the `largest` size, so that a larger file can be refused."""
    from hiproutine.files import read_regular

    if name == "-":
        return sys.stdin.buffer.read(largest + 1)
    with file_errors(Path(name)):
        return read_regular(Path(name), largest + 1)


def _present(known: Catalogue, entry: "Entry") -> "Entry | None":
    """Return the entry of that kind and id that exists already."""
    match entry:
        case Exercise():
            return known.exercises.get(entry.id)
        case Routine():
            return known.routines.get(entry.id)
        case Video():
            return known.videos.get(entry.id)
        case Card():
            return known.cards.get(entry.id)
        case Programme():
            return known.programmes.get(entry.id)


def _refuse_duplicates(entries: Iterable["Entry"], own: "Laid") -> None:
    """Raise HiproutineError if the user's own files have the same id; a shipped entry may be replaced."""
    places = {name: fields for (_, name), fields in own.places.items()}
    for entry in entries:
        if fields := places.get(entry.id):
            place = f"{fields.file.name}:{fields.node.line}"
            raise HiproutineError(f'your own files have another "{entry.id}" ({place}); rename one of them first')


def _show(entries: list["Entry"], known: Catalogue, there: int) -> None:
    """Print what each entry is and what it replaces."""
    from hiproutine import links

    rows = []
    for entry in entries:
        name = entry.caption or entry.url if isinstance(entry, Video) else entry.name
        replaces = "replaces the shipped one" if _present(known, entry) else "new"
        rows.append((type(entry).__name__.lower(), entry.id, replaces, name[:_LONGEST_NAME]))
    say_table(("WHAT", "ID", "", "NAME"), rows)
    for entry in entries:
        if isinstance(entry, Exercise) and (shipped := known.exercises.get(entry.id)):
            _say_lost_cautions(entry, shipped)
    hosts = sorted({links.host(entry.url) for entry in entries if isinstance(entry, Video)})
    if hosts:
        marked = (host if host in links.KNOWN_HOSTS else f"{host} (not a known video host)" for host in hosts)
        say(f"Its links lead to: {', '.join(marked)}")
    if there:
        say(f"You have {there} more of its entries already.")


_WOULD_NO_LONGER = {
    "avoid": "be hidden",
    "not_planned": "be left unplanned",
    "caution": "say to be careful",
}
"""The protection that a replacement would no longer give under a condition, by the grade that it lacks."""


def _say_lost_cautions(entry: Exercise, shipped: Exercise) -> None:
    """Print the conditions that the shipped exercise heeds and its replacement heeds less, or not at all."""
    heeded: set[str] = set()
    for grade in GRADES:
        heeded |= {*getattr(entry, grade)}
        if lost := [CONDITIONS[code] for code in getattr(shipped, grade) if code not in heeded]:
            say(f"{entry.id} would no longer {_WOULD_NO_LONGER[grade]} with: {', '.join(lost)}.")
