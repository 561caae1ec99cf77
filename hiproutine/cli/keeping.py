"""Everything in one zip and back: export and import of that form, and restore. Nothing is ever overwritten."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from hiproutine.cli import backup
from hiproutine.cli.command import Command
from hiproutine.cli.console import say
from hiproutine.day.context import Home
from hiproutine.errors import HiproutineError
from hiproutine.exchange.csv import table
from hiproutine.history import archive
from hiproutine.text import clean


def export(args: Namespace, home: Home) -> int:
    target = Path(args.file or f"hiproutine-{home.now().date()}.zip")
    steps = table(home.store.read().sessions)
    try:
        if target.suffix.lower() == ".csv":
            _write_new(target, steps.encode())
        else:
            archive.pack(target, backup.sources(home), {archive.CSV: steps})
    except FileExistsError as error:
        raise HiproutineError(f"{target}: is there already; name another file") from error
    except OSError as error:
        raise HiproutineError(f"{error.filename or target}: {error.strerror or error}") from error
    say(f"Written: {target}")
    return 0


def import_(args: Namespace, home: Home) -> int:
    return _take_in(args, home, Path(args.file))


def restore(args: Namespace, home: Home) -> int:
    backups = backup.taken(home)
    if args.list:
        for path in backups:
            say(str(path))
        return 0
    if not args.file and not backups:
        raise HiproutineError("there is no backup yet; one is made each week, and `hiproutine export` makes one now")
    return _take_in(args, home, Path(args.file) if args.file else backups[-1])


def _take_in(args: Namespace, home: Home, path: Path) -> int:
    """Adds what is missing here, after a preview and a question."""
    found = archive.unpack(path)
    try:
        here = home.store.lines()
    except OSError as error:
        raise HiproutineError(f"{home.history_folder}: {error.strerror or error}") from error
    merged = archive.merge(found.lines, here)
    ids = {fields.get("id") for fields in (*here, *merged.lines)}
    journals = {name: data for name, data in found.journals.items() if name.removesuffix(".jsonl") not in ids}
    journals = {name: data for name, data in journals.items() if not (home.store.journal_folder / name).exists()}
    settings_file = home.paths.config / archive.SETTINGS
    settings = None if settings_file.exists() else found.settings
    say(f"{path}:")
    for sentence in _preview(found, merged, len(journals), settings):
        say(f"- {sentence}")
    if not (merged.lines or journals or settings):
        say("Nothing of it is missing here.")
        return 0
    if args.dry_run:
        say("Nothing was changed.")
        return 0
    if not agreed(args, "Add them to the history?"):
        say("Nothing was changed.")
        return 1
    try:
        home.store.take_in(merged.lines)
        for name, data in journals.items():
            _write_new(home.store.journal_folder / name, data)
        if settings:
            _write_new(settings_file, settings)
    except OSError as error:
        raise HiproutineError(f"{error.filename}: {error.strerror or error}") from error
    say("Taken in.")
    return 0


def _preview(found: archive.Archive, merged: archive.Merge, journals: int, settings: bytes | None) -> Iterable[str]:
    kinds = Counter(clean(fields["kind"]) for fields in merged.lines)
    words = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    yield f"{len(merged.lines)} records are missing here{f': {words}' if words else ''}{_span(merged.lines)}"
    if merged.known:
        yield f"{merged.known} are here already"
    if merged.different:
        yield f"{merged.different} differ from those here, which stay"
    if found.unreadable:
        yield f"{found.unreadable} lines cannot be read and are left out"
    if journals:
        yield f"{journals} broken-off sessions are missing here"
    if settings:
        yield "there are no settings here, so those in it are taken"


def _span(lines: Iterable[Mapping[str, Any]]) -> str:
    days = sorted(clean(str(fields["day"]))[:10] for fields in lines if "day" in fields)
    return f", of {days[0]} to {days[-1]}" if days else ""


def agreed(args: Namespace, question: str) -> bool:
    """Asks at a terminal. Raises HiproutineError where nobody can be asked, unless --yes was given."""
    if args.yes:
        return True
    if sys.stdin is None or not sys.stdin.isatty():
        raise HiproutineError(f"{question} Nobody can be asked here; add --yes")
    try:
        return input(clean(f"{question} [y/N] ")).strip().lower() in ("y", "yes")
    except EOFError:
        say()
        return False


def _write_new(path: Path, data: bytes) -> None:
    """Raises OSError: FileExistsError if there is such a file."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(data)


def _restore_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", nargs="?", help="default: the newest weekly backup")
    parser.add_argument("--list", action="store_true", help="which backups there are")
    asking_arguments(parser)


def asking_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="only say what would be added")
    parser.add_argument("--yes", action="store_true", help="add it without asking")


COMMANDS = {"restore": Command(_restore_arguments, restore)}
