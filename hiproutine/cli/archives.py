"""Add missing records from a zip or a file of records, after a preview. Nothing is ever overwritten."""

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
from hiproutine.settings import file as settings
from hiproutine.settings.model import OF_THIS_MACHINE
from hiproutine.text import clean, counted, of_file
from hiproutine.yaml.edit import Value
from hiproutine.yaml.nodes import FileProblems

if TYPE_CHECKING:
    from argparse import Namespace

    from hiproutine.day.context import Context

_MOST_KINDS = 12


class _Missing(NamedTuple):
    """The parts of an archive that this machine lacks: lines of records, voids of voids, journals, settings."""

    lines: tuple[dict[str, Any], ...]
    voids: tuple[Void, ...]
    journals: Mapping[str, bytes]
    settings: Sequence[settings.Lack]


def add(args: "Namespace", context: "Context", path: Path, content: archive.Archive) -> int:
    """Preview what an archive would add, ask, and add it. Return the exit code: 1 also if part of it is unreadable."""
    unreadable = content.unreadable_lines + content.unreadable_journals
    return max(_add(args, context, path, content), 1 if unreadable else 0)


def _add(args: "Namespace", context: "Context", path: Path, content: archive.Archive) -> int:
    try:
        missing = _show_missing(context, path, content)
    except OSError as error:
        raise HiproutineError(of_file(error, context.history_folder)) from error
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
        _write(context, path, content, missing)
    except OSError as error:
        raise HiproutineError(of_file(error, "history")) from error
    say("Added.")
    return 0


def _show_missing(context: "Context", path: Path, content: archive.Archive) -> _Missing:
    """Print what an archive would add, and return it. Raises OSError if the history cannot be read."""
    here = context.store.lines()
    hidden = in_force(record for content in context.store.contents().values() for record in content.records)
    merged = archive.merge(content.lines, here)
    known = {fields.get("id") for fields in (*here, *merged.lines)}
    hidden_there = in_force(archive.records(content.lines))
    again = sorted({fields["id"] for fields in content.lines} & (hidden.keys() - hidden_there.keys()))
    journals = {
        name: data
        for name, data in content.journals.items()
        if name.removesuffix(".jsonl") not in known and not (context.store.journal_folder / name).exists()
    }
    say(f"{clean(str(path))}:")
    for sentence in _preview(content, merged, len(journals)):
        say(f"- {sentence}")
    if again:
        say(f"- taken back here, to be restored: {len(again)}")
    voids = tuple(void for each in again for void in hidden[each])
    return _Missing(merged.lines, voids, journals, _settings(context, path, content))


def _write(context: "Context", path: Path, content: archive.Archive, missing: _Missing) -> None:
    """Write the missing records, journals and settings. Raises OSError."""
    now = context.now()
    source = making.import_name(now, path.name)
    context.store.take_in(missing.lines, source)
    context.store.write(*(making.void(now, void) for void in missing.voids), import_name=source)
    make_folder(context.store.journal_folder)
    for name, data in missing.journals.items():
        write(context.store.journal_folder / name, data, new=True)
    if missing.settings and _is_own(path, context) and not context.settings_file.exists():
        make_folder(context.settings_file.parent)
        write(context.settings_file, content.settings or b"", new=True)  # with its comments
    elif missing.settings:
        settings.put_all(context.settings_file, {lack.key: lack.after for lack in missing.settings})


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
        yield f"{merged.different} different here, left unchanged"
    if content.unreadable_lines:
        yield f"{counted(content.unreadable_lines, 'unreadable line')} omitted"
    if content.unreadable_journals:
        yield f"{counted(content.unreadable_journals, 'unreadable journal')} omitted"
    if journals:
        yield f"{counted(journals, 'interrupted session')} missing here"


def _settings(context: "Context", path: Path, content: archive.Archive) -> list[settings.Lack]:
    """Print line by line which settings of an archive are missing here, and return them.

    Settings that name a command or a folder come only from backups that this machine made.
    """
    if not content.settings:
        return []
    try:
        lacks = settings.lacks(context.settings_file, content.settings, clean(f"{path}: {archive.SETTINGS}"))
    except FileProblems as error:
        say(f"- its settings are omitted: {error.problems[0]}")
        return []
    own = _is_own(path, context)
    added = [lack for lack in lacks if own or lack.key not in OF_THIS_MACHINE]
    for lack in added:
        say(f"- {lack.key} in the settings: {_words(lack.before)} -> {_words(lack.after)}")
    for key in (lack.key for lack in lacks if lack not in added):
        say(f"- {key} in the settings is from another machine and omitted; set it yourself if needed")
    return added


def _is_own(path: Path, context: "Context") -> bool:
    """Return whether the file is a backup that this machine made."""
    return path.resolve().parent == context.backups.resolve()


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
