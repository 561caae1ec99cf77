"""Add what is missing here from a zip or a file of records, after a preview. Nothing is ever overwritten."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hiproutine.cli.confirm import confirm
from hiproutine.cli.console import say
from hiproutine.errors import HiproutineError
from hiproutine.files import make_folder, write
from hiproutine.history import archive, making
from hiproutine.history.past import in_force
from hiproutine.history.records import Void
from hiproutine.settings import model as settings
from hiproutine.text import clean, counted, of_file
from hiproutine.yaml.edit import Value
from hiproutine.yaml.nodes import FileProblems

if TYPE_CHECKING:
    from argparse import Namespace

    from hiproutine.day.context import Context

_MOST_KINDS = 12


class _Missing(NamedTuple):
    """What an archive has and this machine lacks: records as lines, voids of voids, journals, settings."""

    lines: tuple[dict[str, Any], ...]
    voids: tuple[Void, ...]
    journals: Mapping[str, bytes]
    settings: Sequence[settings.Lack]


def add(args: "Namespace", home: "Context", path: Path, content: archive.Archive) -> int:
    """Preview what an archive would add, ask, and add it. Returns the exit code."""
    try:
        missing = _show_missing(home, path, content)
    except OSError as error:
        raise HiproutineError(of_file(error, home.history_folder)) from error
    if not any(missing):
        say("Nothing is missing here.")
        return 0
    if args.dry_run:
        say("Nothing was changed.")
        return 0
    if not confirm(f"Add them to the history{' and the settings' if missing.settings else ''}?", yes=args.yes):
        say("Nothing was changed.")
        return 1
    try:
        _write(home, path, content, missing)
    except OSError as error:
        raise HiproutineError(of_file(error, "history")) from error
    say("Added.")
    return 0


def _show_missing(home: "Context", path: Path, content: archive.Archive) -> _Missing:
    """Print what an archive would add, and return it. Raises OSError if the history cannot be read."""
    here = home.store.lines()
    hidden = in_force(record for content in home.store.contents().values() for record in content.records)
    merged = archive.merge(content.lines, here)
    known = {fields.get("id") for fields in (*here, *merged.lines)}
    hidden_there = in_force(archive.records(content.lines))
    again = sorted({fields["id"] for fields in content.lines} & (hidden.keys() - hidden_there.keys()))
    journals = {
        name: data
        for name, data in content.journals.items()
        if name.removesuffix(".jsonl") not in known and not (home.store.journal_folder / name).exists()
    }
    say(f"{clean(str(path))}:")
    for sentence in _preview(content, merged, len(journals)):
        say(f"- {sentence}")
    if again:
        say(f"- taken back here, to be restored: {len(again)}")
    voids = tuple(void for each in again for void in hidden[each])
    return _Missing(merged.lines, voids, journals, _settings(home, path, content))


def _write(home: "Context", path: Path, content: archive.Archive, missing: _Missing) -> None:
    """Write the missing records, journals and settings. Raises OSError."""
    now = home.now()
    source = making.import_name(now, path.name)
    home.store.take_in(missing.lines, source)
    home.store.write(*(making.void(now, void) for void in missing.voids), import_name=source)
    make_folder(home.store.journal_folder)
    for name, data in missing.journals.items():
        write(home.store.journal_folder / name, data, new=True)
    if missing.settings and _is_own(path, home) and not home.settings_file.exists():
        make_folder(home.settings_file.parent)
        write(home.settings_file, content.settings or b"", new=True)  # with its comments
    elif missing.settings:
        settings.put_all(home.settings_file, {lack.key: lack.after for lack in missing.settings})


def _preview(content: archive.Archive, merged: archive.Merge, journals: int) -> Iterable[str]:
    """Yield a line for each group: missing here, already here, different, unreadable."""
    kinds = Counter(clean(fields["kind"]) for fields in merged.lines)
    shown = sorted(kinds.items())[:_MOST_KINDS]
    others = kinds.total() - sum(count for _, count in shown)
    words = ", ".join([*(f"{count} {kind}" for kind, count in shown), *([f"{others} others"] if others else [])])
    yield f"{counted(len(merged.lines), 'record')} missing here{f': {words}' if words else ''}{_span(merged.lines)}"
    if merged.known:
        yield f"{merged.known} already here"
    if merged.different:
        yield f"{merged.different} different here, where nothing changes"
    if content.unreadable:
        yield f"{counted(content.unreadable, 'unreadable line')} omitted"
    if journals:
        yield f"{counted(journals, 'interrupted session')} missing here"


def _settings(home: "Context", path: Path, content: archive.Archive) -> list[settings.Lack]:
    """Print line by line which settings of an archive are missing here, and return them.

    Settings that name a command or a folder come only from backups that this machine made.
    """
    if not content.settings:
        return []
    try:
        lacks = settings.lacks(home.settings_file, content.settings, clean(f"{path}: {archive.SETTINGS}"))
    except FileProblems as error:
        say(f"- its settings are omitted: {error.problems[0]}")
        return []
    own = _is_own(path, home)
    added = [lack for lack in lacks if own or lack.key not in settings.OF_THIS_MACHINE]
    for lack in added:
        say(f"- {lack.key} in the settings: {_words(lack.before)} -> {_words(lack.after)}")
    for key in (lack.key for lack in lacks if lack not in added):
        say(f"- {key} in the settings is from another machine and omitted; set it yourself if needed")
    return added


def _is_own(path: Path, home: "Context") -> bool:
    """Return whether the file is a backup that this machine made."""
    return path.resolve().parent == home.backups.resolve()


def _words(value: Value | None) -> str:
    """Return a value of the settings on one line."""
    if value is None:
        return "not set"
    if isinstance(value, Mapping):
        value = [f"{name}: {each}" for name, each in value.items()]
    return clean(value if isinstance(value, str) else f"[{', '.join(value)}]")


def _span(lines: Iterable[Mapping[str, Any]]) -> str:
    days = sorted(clean(str(fields["day"]))[:10] for fields in lines if "day" in fields)
    return f", from {days[0]} to {days[-1]}" if days else ""
