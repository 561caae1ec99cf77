"""Whole files kept parsed: the same as reading them, whatever happens to what was kept."""

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from hiproutine.history import summaries
from hiproutine.history.past import Past
from hiproutine.history.records import Goal, Pain, SessionRecord, Void
from hiproutine.history.store import Store
from tests.history.test_records import AT, OPENING, RECORDS, STEP

KINDS_AND_YEARS = [record for record in RECORDS.values() if not isinstance(record, Void)]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "history", tmp_path / "state", tmp_path / "cache")


def old(days: int) -> SessionRecord:
    opening = OPENING._replace(id=f"old{days}", day=AT.date() - timedelta(days=days), start=AT - timedelta(days=days))
    return SessionRecord(opening, AT, True, (STEP,))


def without_steps(past: Past) -> Past:
    return Past(map(summaries.without_steps, past.all()), past.unreadable)


def test_what_is_kept_is_what_was_read(store: Store, tmp_path: Path) -> None:
    store.write(*KINDS_AND_YEARS, old(1), old(400))
    (path,) = (path for path in (tmp_path / "history").iterdir() if "2026" in path.name)
    with path.open("a") as stream:
        stream.write('torn\n{"v":2}\n')
    cold, warm = store.read(date.max), store.read(date.max)
    assert cold == warm == without_steps(store.read())
    assert len(warm.unreadable) == 1
    assert [type(each) for each in warm.of(Goal)] == [Goal]


def test_sessions_since_a_day_have_their_steps(store: Store) -> None:
    store.write(old(0), old(1), old(400))
    for _ in range(2):
        found = store.read(AT.date() - timedelta(days=30)).of(SessionRecord)
        assert [len(session.steps) for session in found] == [0, 1, 1]
    assert all(session.steps for session in store.read().of(SessionRecord))


def test_reading_again_reads_no_file_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.write(*KINDS_AND_YEARS)
    before = store.read(date.max)
    monkeypatch.setattr(summaries, "content", lambda path: pytest.fail(f"{path} was read"))
    assert store.read(date.max) == before


def test_a_file_that_changed_is_read_again(store: Store, tmp_path: Path) -> None:
    store.write(Pain("p", AT.date(), AT, "before", 3, None))
    assert store.read(date.max).of(Pain)[0].score == 3
    (path,) = (tmp_path / "history").iterdir()
    stat = path.stat()
    path.write_text(path.read_text("utf-8").replace('"score":3', '"score":4'), encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # as some synchronisers do
    assert store.read(date.max).of(Pain)[0].score == 4
    store.write(Void("v", AT, "p"))
    assert store.read(date.max).of(Pain) == ()
    path.unlink()
    assert store.read(date.max) == Past((), ())


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(os.urandom(500)),
        lambda path: path.write_bytes(path.read_bytes()[:-7]),
        lambda path: path.write_bytes(path.read_bytes().replace(b"couch", b"couth")),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: (path.unlink(), os.mkfifo(path)),  # type: ignore[func-returns-value]
        lambda path: path.chmod(0),
    ],
    ids=["deleted", "empty", "garbage", "cut", "edited", "a folder", "a pipe", "closed"],
)
def test_what_is_kept_may_be_lost_or_broken_at_any_time(
    store: Store, tmp_path: Path, harm: Callable[[Path], object]
) -> None:
    store.write(*KINDS_AND_YEARS, old(400))
    before = store.read(date.max)
    for path in (tmp_path / "cache").iterdir():
        harm(path)
    assert store.read(date.max) == before
    assert store.read(date.max) == before


def test_a_cache_that_cannot_be_made_is_done_without(store: Store, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way")
    store.write(*KINDS_AND_YEARS)
    assert store.read(date.max) == without_steps(store.read())


def test_what_was_kept_by_other_code_is_not_believed(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write(*KINDS_AND_YEARS)
    before = store.read(date.max)
    other = tmp_path / "records.py"
    other.write_text("")
    monkeypatch.setattr(summaries, "_CODE", [other])

    def refuse(path: Path) -> None:
        raise AssertionError(f"{path} was read again")

    monkeypatch.setattr(summaries, "content", refuse)
    with pytest.raises(AssertionError, match="was read again"):
        store.read(date.max)
    monkeypatch.undo()
    assert store.read(date.max) == before
