"""Everything in one zip and back: export and import of that form, and restore. Nothing is ever overwritten."""

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from hiproutine.cli.command import Command
from hiproutine.cli.console import say
from hiproutine.day.context import Home
from hiproutine.errors import HiproutineError
from hiproutine.exchange.csv import table
from hiproutine.files import make_folder, write
from hiproutine.history import archive, backup
from hiproutine.history.days import day_of
from hiproutine.history.folder import in_force
from hiproutine.history.records import Void
from hiproutine.practice import by_hand
from hiproutine.settings import model as settings
from hiproutine.text import clean, of_file
from hiproutine.yaml.edit import Value
from hiproutine.yaml.nodes import FileProblems

_MOST_KINDS = 12


def export(args: Namespace, home: Home) -> int:
    target = Path(args.file or f"hiproutine-{day_of(home.now())}.zip")
    steps = table(home.store.read().sessions)
    try:
        if target.suffix.lower() == ".csv":
            write(target, steps.encode(), new=True)
        else:
            archive.pack(target, backup.sources(home.store, home.settings_file), {archive.CSV: steps})
    except FileExistsError as error:
        raise HiproutineError(f"{target}: is there already; name another file") from error
    except OSError as error:
        raise HiproutineError(of_file(error, target)) from error
    say(f"Written: {clean(str(target))}")
    return 0


def import_(args: Namespace, home: Home) -> int:
    return _take_in(args, home, Path(args.file), archive.read(Path(args.file)))


def restore(args: Namespace, home: Home) -> int:
    backups = backup.taken(home.backups, day_of(home.now()))
    if args.list:
        for path in backups:
            say(clean(str(path)))
        return 0
    if args.file:
        return import_(args, home)
    if not backups:
        raise HiproutineError("there is no backup yet; one is made each week, and `hiproutine export` makes one now")
    for path in reversed(backups):
        try:
            found = archive.unpack(path)
        except HiproutineError as error:
            print(error.report(), file=sys.stderr)
        else:
            return _take_in(args, home, path, found)
    raise HiproutineError("none of the backups can be read; `hiproutine restore --list` names them")


class _Missing(NamedTuple):
    """What an archive has and this machine lacks: records as lines, voids of voids, journals, settings."""

    lines: tuple[dict[str, Any], ...]
    voids: tuple[Void, ...]
    journals: Mapping[str, bytes]
    settings: Sequence[settings.Lack]


def _take_in(args: Namespace, home: Home, path: Path, found: archive.Archive) -> int:
    """Adds what is missing here, after a preview and a question."""
    try:
        missing = _show_missing(home, path, found)
    except OSError as error:
        raise HiproutineError(of_file(error, home.history_folder)) from error
    if not any(missing):
        say("Nothing of it is missing here.")
        return 0
    if args.dry_run:
        say("Nothing was changed.")
        return 0
    if not agreed(args, f"Add them to the history{' and the settings' if missing.settings else ''}?"):
        say("Nothing was changed.")
        return 1
    try:
        _add(home, path, found, missing)
    except OSError as error:
        raise HiproutineError(of_file(error, "history")) from error
    say("Taken in.")
    return 0


def _show_missing(home: Home, path: Path, found: archive.Archive) -> _Missing:
    """Raises OSError if the history cannot be seen."""
    here = home.store.lines()
    hidden = in_force(record for content in home.store.contents().values() for record in content.records)
    merged = archive.merge(found.lines, here)
    known = {fields.get("id") for fields in (*here, *merged.lines)}
    hidden_there = in_force(archive.records(found.lines))
    again = sorted({fields["id"] for fields in found.lines} & (hidden.keys() - hidden_there.keys()))
    journals = {
        name: data
        for name, data in found.journals.items()
        if name.removesuffix(".jsonl") not in known and not (home.store.journal_folder / name).exists()
    }
    say(f"{clean(str(path))}:")
    for sentence in _preview(found, merged, len(journals)):
        say(f"- {sentence}")
    if again:
        say(f"- taken back here, and to come again: {len(again)}")
    voids = tuple(void for each in again for void in hidden[each])
    return _Missing(merged.lines, voids, journals, _settings(home, path, found))


def _add(home: Home, path: Path, found: archive.Archive, missing: _Missing) -> None:
    """Raises OSError."""
    now = home.now()
    source = by_hand.import_name(now, path.name)
    home.store.take_in(missing.lines, source)
    home.store.write(*(by_hand.void(now, void) for void in missing.voids), import_name=source)
    make_folder(home.store.journal_folder)
    for name, data in missing.journals.items():
        write(home.store.journal_folder / name, data, new=True)
    if missing.settings and _is_own(path, home) and not home.settings_file.exists():
        make_folder(home.settings_file.parent)
        write(home.settings_file, found.settings or b"", new=True)  # with its comments
    elif missing.settings:
        settings.put_all(home.settings_file, {lack.key: lack.after for lack in missing.settings})


def _preview(found: archive.Archive, merged: archive.Merge, journals: int) -> Iterable[str]:
    kinds = Counter(clean(fields["kind"]) for fields in merged.lines)
    shown = sorted(kinds.items())[:_MOST_KINDS]
    others = kinds.total() - sum(count for _, count in shown)
    words = ", ".join([*(f"{count} {kind}" for kind, count in shown), *([f"{others} others"] if others else [])])
    yield f"{len(merged.lines)} records are missing here{f': {words}' if words else ''}{_span(merged.lines)}"
    if merged.known:
        yield f"{merged.known} are here already"
    if merged.different:
        yield f"{merged.different} differ from those here, which stay"
    if found.unreadable:
        yield f"{found.unreadable} lines cannot be read and are left out"
    if journals:
        yield f"{journals} broken-off sessions are missing here"


def _settings(home: Home, path: Path, found: archive.Archive) -> list[settings.Lack]:
    """What the settings here lack of those in an archive, which is shown line by line.

    What names a command or a folder comes out of a backup that this machine made alone.
    """
    if not found.settings:
        return []
    try:
        lacks = settings.lacks(home.settings_file, found.settings, clean(f"{path}: {archive.SETTINGS}"))
    except FileProblems as error:
        say(f"- no settings are taken: {error.problems[0]}")
        return []
    own = _is_own(path, home)
    taken = [lack for lack in lacks if own or lack.key not in settings.OF_THIS_MACHINE]
    for lack in taken:
        say(f"- {lack.key} in the settings: {_words(lack.before)} -> {_words(lack.after)}")
    for key in (lack.key for lack in lacks if lack not in taken):
        say(f"- {key} in the settings is of another machine and left out; set it yourself if you want it")
    return taken


def _is_own(path: Path, home: Home) -> bool:
    """Whether it is a backup that this machine made."""
    return path.resolve().parent == home.backups.resolve()


def _words(value: Value | None) -> str:
    """A value of the settings on one line."""
    if value is None:
        return "not set"
    if isinstance(value, Mapping):
        value = [f"{name}: {each}" for name, each in value.items()]
    return clean(value if isinstance(value, str) else f"[{', '.join(value)}]")


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


def _restore_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", nargs="?", help="default: the newest weekly backup")
    parser.add_argument("--list", action="store_true", help="which backups there are")
    asking_arguments(parser)


def asking_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="only say what would be added")
    parser.add_argument("--yes", action="store_true", help="add it without asking")


COMMANDS = {"restore": Command(_restore_arguments, restore)}
