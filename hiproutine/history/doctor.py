"""Checks of the history files, reported in sentences. Read-only: nothing is deleted or repaired."""

import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from hiproutine.errors import HiproutineError
from hiproutine.history.records import Record, as_line, instant
from hiproutine.history.store import Store
from hiproutine.history.summaries import Content
from hiproutine.systems import join
from hiproutine.text import clean, counted

_OWN_NAME = re.compile(r"([0-9a-z]+)(-imported)?-\d{4}\.jsonl")
SET_BACK = timedelta(days=1)
"""The most that a record may be earlier than the line before it: interrupted sessions are saved a little late."""

MOST_NAMED = 3


class Examination(NamedTuple):
    """Totals and findings."""

    records: int
    files: int
    devices: int
    findings: tuple[str, ...]


def examine(store: Store, now: datetime, backups: Iterable[Path] = ()) -> Examination:
    """Check the history and compare it with the backups, best first. Raises OSError if the folder cannot be read."""
    contents = store.contents()
    records = [record for content in contents.values() for record in content.records]
    devices = {found[1] for path in contents if (found := _OWN_NAME.fullmatch(path.name))}
    findings = [
        *store.read().unreadable,
        *_of_files(contents, now),
        *_edited(records),
        *_of_this_machine(store),
        *_of_backups(store, backups),
    ]
    return Examination(len({record.id for record in records}), len(contents), len(devices), tuple(findings))


def open_to_others(paths: Sequence[str]) -> Iterator[str]:
    """Yield a sentence on files and folders that other users could read until just now."""
    if paths:
        more = f" and {len(paths) - MOST_NAMED} more" if len(paths) > MOST_NAMED else ""
        named = ", ".join(map(clean, paths[:MOST_NAMED]))
        yield f"other users could read {named}{more}; now private"


def _of_files(contents: Mapping[Path, Content], now: datetime) -> Iterator[str]:
    for path, content in contents.items():
        name = clean(path.name)
        if not _OWN_NAME.fullmatch(path.name):
            yield f"{name}: a sync conflict copy, or one made by hand; repeated records are counted once"
        if content.passed_over:
            yield f"{name}: {counted(content.passed_over, 'line')} from a newer hiproutine; kept, not counted"
        if os.name == "posix" and content.records and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield f"{name}: other users can read it; run `chmod 600 {name}` in its folder"
        if "-imported-" not in path.name:
            yield from _of_clock(name, content, now)


def _of_clock(name: str, content: Content, now: datetime) -> Iterator[str]:
    ahead = [record for record in content.records if record.at > now]
    if ahead:
        last = instant(max(record.at for record in ahead))
        yield (
            f"{name}: {counted(len(ahead), 'record')} dated in the future, the latest {last}: the clock was set back "
            "since, or ran ahead then; future days are not counted yet"
        )
    latest: Record | None = None
    for record in content.records:
        if latest and latest.at - record.at > SET_BACK:
            yield (
                f"{name}: {instant(record.at)} was written after {instant(latest.at)}: the clock was set back, or an "
                "interrupted session was saved late; each record keeps its day"
            )
        latest = record


def _edited(records: list[Record]) -> Iterator[str]:
    lines: dict[str, set[str]] = {}
    for record in records:
        lines.setdefault(record.id, set()).add(as_line(record))
    for each, different in lines.items():
        if len(different) > 1:
            yield f"record {clean(each)[:40]} has {len(different)} versions, so it was edited; one of them is counted"


def _of_this_machine(store: Store) -> Iterator[str]:
    if former := store.former_host():
        yield f"this home was copied from {clean(former)[:60]}; the next record starts a new file"
    interrupted = store.interrupted()
    for session in interrupted:
        yield from session.unreadable
    if interrupted:
        sessions = counted(len(interrupted), "interrupted session")
        yield f"{sessions} in {clean(str(store.journal_folder))}, already counted"


def _of_backups(store: Store, backups: Iterable[Path]) -> Iterator[str]:
    """Yield the damaged backups, and the best one that holds records which the history lacks."""
    from hiproutine.history import archive

    here = store.lines()
    for path in backups:
        try:
            found = archive.unpack(path)
        except HiproutineError as error:
            yield f"{error}; `hiproutine restore` uses another backup"
            continue
        if missing := archive.merge(found.lines, here).lines:
            yield (
                f"{counted(len(missing), 'record')} in the backup {clean(path.stem)} missing from the history; "
                f"to restore: `hiproutine restore {clean(join([str(path)]))}`"
            )
            return
