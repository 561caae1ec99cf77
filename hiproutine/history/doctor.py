"""Check of the history files, in sentences. It only reads: nothing is ever deleted or repaired here."""

import os
import re
import shlex
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from hiproutine.errors import HiproutineError
from hiproutine.history.records import Record, as_line, instant
from hiproutine.history.store import Store
from hiproutine.history.summaries import Content
from hiproutine.text import clean

_OWN_NAME = re.compile(r"([0-9a-z]+)(-imported)?-\d{4}\.jsonl")
SET_BACK = timedelta(days=1)
"""Interrupted sessions are saved a little late; more than this is worth a word."""

MOST_NAMED = 3


class Examination(NamedTuple):
    """How much there is, and what is wrong with it."""

    records: int
    files: int
    devices: int
    findings: tuple[str, ...]


def examine(store: Store, now: datetime, backups: Iterable[Path] = ()) -> Examination:
    """Check the history, and compare it with the backups, the best first. Raises OSError if it cannot be seen."""
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
    """Yield that others could read these files and folders until just now."""
    if paths:
        more = f" and {len(paths) - MOST_NAMED} more" if len(paths) > MOST_NAMED else ""
        named = ", ".join(map(clean, paths[:MOST_NAMED]))
        yield f"others on this machine could read {named}{more}; now only you can"


def _of_files(contents: Mapping[Path, Content], now: datetime) -> Iterator[str]:
    for path, content in contents.items():
        name = clean(path.name)
        if not _OWN_NAME.fullmatch(path.name):
            yield f"{name}: a copy that a synchroniser made of a conflict, or by hand; what it repeats is counted once"
        if content.passed_over:
            yield f"{name}: {content.passed_over} lines of a newer version of hiproutine; kept, not counted"
        if os.name == "posix" and content.records and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield f"{name}: others may read it; `chmod 600 {name}` in its folder keeps it yours"
        if "-imported-" not in path.name:
            yield from _of_clock(name, content, now)


def _of_clock(name: str, content: Content, now: datetime) -> Iterator[str]:
    ahead = [record for record in content.records if record.at > now]
    if ahead:
        last = instant(max(record.at for record in ahead))
        yield (
            f"{name}: {len(ahead)} records from after now, the last one of {last}: the "
            "clock was set back since, or ran ahead then; days to come are not counted yet"
        )
    latest: Record | None = None
    for record in content.records:
        if latest and latest.at - record.at > SET_BACK:
            yield (
                f"{name}: {instant(record.at)} was written after {instant(latest.at)}: the clock was set "
                "back, or an interrupted session was saved late; each record keeps its day"
            )
        latest = record


def _edited(records: list[Record]) -> Iterator[str]:
    lines: dict[str, set[str]] = {}
    for record in records:
        lines.setdefault(record.id, set()).add(as_line(record))
    for each, different in lines.items():
        if len(different) > 1:
            yield f"record {clean(each)[:40]} stands there in {len(different)} forms, so it was edited; one is counted"


def _of_this_machine(store: Store) -> Iterator[str]:
    if former := store.former_host():
        yield f"this home was copied from {clean(former)[:60]}; the next record begins a file of its own"
    interrupted = store.interrupted()
    for session in interrupted:
        yield from session.unreadable
    if interrupted:
        yield f"{len(interrupted)} interrupted sessions wait in {clean(str(store.journal_folder))}; they are counted"


def _of_backups(store: Store, backups: Iterable[Path]) -> Iterator[str]:
    """Yield which backups are damaged, and what the best one that holds more than the history would restore."""
    from hiproutine.history import archive

    here = store.lines()
    for path in backups:
        try:
            found = archive.unpack(path)
        except HiproutineError as error:
            yield f"{error}; `hiproutine restore` takes another backup"
            continue
        if missing := archive.merge(found.lines, here).lines:
            yield (
                f"{len(missing)} records of the backup {clean(path.stem)} are not in the history; "
                f"`hiproutine restore {clean(shlex.quote(str(path)))}` brings them back"
            )
            return
