"""A disk that is really full, at each kind of write: it is told at once, and nothing that was told as saved is lost."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hiproutine import paths
from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.session import Session, find
from hiproutine.history.records import StepRecord
from hiproutine.history.store import Store
from hiproutine.practice import recording
from hiproutine.practice.resume import course
from hiproutine.practice.runner import Leader
from hiproutine.settings.model import Manner, put
from tests.conftest import HandClock, Run

if sys.platform != "linux" or os.geteuid() != 0:
    pytest.skip("a small file system can only be mounted by root on Linux", allow_module_level=True)

SIZE = "64k"


class Disk:
    """A file system of its own that can be filled to the last block."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self) -> None:
        with self._filler.open("wb", buffering=0) as stream:
            try:
                while True:
                    stream.write(b"x" * 512)
            except OSError:
                pass

    def empty(self) -> None:
        self._filler.unlink()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder], check=False)
    if mounted.returncode:
        pytest.skip("this root may not mount a file system")
    yield Disk(folder)
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def store(disk: Disk) -> Store:
    return Store(disk.folder / "history", disk.folder / "state", disk.folder / "cache")


def test_a_journal_that_cannot_begin_is_told_and_written_once_it_can_be(
    disk: Disk, store: Store, catalogue: Catalogue, clock: HandClock
) -> None:
    disk.fill()
    leader = Leader(store, clock, course(find(catalogue, "four-everyday"), Manner()), catalogue.exercises, "0")
    leader.begin()
    assert "No space left on device" in str(leader.trouble)
    practise(leader, clock, 80_000)
    assert leader.trouble
    disk.empty()
    practise(leader, clock, 80_000)
    assert leader.trouble is None
    assert [step.end for step in store.read().sessions[0].steps[:2]] == ["done", "done"]


def test_a_step_that_was_told_as_saved_is_there_though_a_later_one_is_not(
    disk: Disk, store: Store, clock: HandClock
) -> None:
    steps = [StepRecord(f"step-{number}", "A step", None, 1000, 0, "skipped") for number in range(100)]
    opening = recording.opening(find_any(), clock, "0")
    journal = store.begin(opening, steps)
    disk.fill()
    saved = -1
    for number, step in enumerate(steps):
        journal.add(number, step._replace(held_ms=1000, end="done"), clock.now())
        if not journal.trouble:
            saved = number
    assert -1 < saved < 99
    past = store.read()
    assert past.unreadable == ()
    assert [step.end for step in past.sessions[0].steps] == ["done"] * (saved + 1) + ["skipped"] * (99 - saved)
    disk.empty()
    journal.flush()
    assert journal.trouble is None
    assert {step.end for step in store.read().sessions[0].steps} == {"done"}


def test_a_session_that_no_disk_takes_stays_in_memory_and_says_so(
    disk: Disk, store: Store, catalogue: Catalogue, clock: HandClock
) -> None:
    disk.fill()
    leader = Leader(store, clock, course(find(catalogue, "supine-butterfly"), Manner()), catalogue.exercises, "0")
    leader.begin()
    practise(leader, clock, 200_000)
    assert leader.over
    assert leader.record
    assert "No space left on device" in str(leader.unsaved)
    disk.empty()
    store.write(leader.record)
    assert [session.id for session in store.read().sessions] == [leader.record.id]


def test_a_session_whose_record_no_disk_takes_stays_in_its_journal(
    disk: Disk, store: Store, catalogue: Catalogue, clock: HandClock
) -> None:
    leader = Leader(store, clock, course(find(catalogue, "supine-butterfly"), Manner()), catalogue.exercises, "0")
    leader.begin()
    disk.fill()
    practise(leader, clock, 200_000)
    assert leader.over
    assert leader.record
    assert leader.unsaved is None
    assert store.read().sessions[0].counts
    disk.empty()
    (left,) = store.left_over()
    store.close(left)
    assert [session.id for session in store.read().sessions] == [leader.record.id]
    assert store.left_over() == []


def test_of_what_is_written_by_hand_exactly_what_was_told_is_there(
    disk: Disk, run: Run, monkeypatch: pytest.MonkeyPatch, clock: HandClock
) -> None:
    for name in ("DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(disk.folder))
    run("goal", "5/7")
    disk.fill()
    said = [run("rest", str(clock.now().date() + timedelta(days=ahead))) for ahead in range(100)]
    saved = sum(each.code == 0 for each in said)
    assert 0 < saved < 100
    assert all("No space left on device" in each.err for each in said if each.code)
    assert run("log", "four-everyday").code == 1
    assert run("undo").code == 1
    where = paths.find()
    past = Store(where.data / "history", where.state).read()
    assert (len(past.rests), len(past.goals), past.unreadable) == (saved, 1, ())
    disk.empty()
    assert run("log", "four-everyday").code == 0
    assert run("doctor").lines[-1] == "All is well."


def test_where_nothing_can_be_kept_everything_is_read_all_the_same(
    disk: Disk, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("log", "four-everyday")
    disk.fill()
    monkeypatch.setenv("XDG_CACHE_HOME", str(disk.folder))
    assert run("status").out == "1 d ✓ 7 min\n"
    assert run("streak").code == 0
    kept = [path for path in disk.folder.rglob("*") if path.is_file() and path.name != "filler"]
    assert kept == []


def practise(leader: Leader, clock: HandClock, ms: int) -> None:
    for _ in range(ms // 1000):
        clock.turn(1000)
        leader.tick()


def find_any() -> Session:
    return Session("supine-butterfly", None, "Lying butterfly", None, ())


def test_settings_that_no_disk_takes_stay_as_they_were_and_leave_nothing_behind(disk: Disk) -> None:
    path = disk.folder / "settings.yaml"
    path.write_text("# mine\nlevel: 1\n")
    disk.fill()
    with pytest.raises(OSError, match="No space left"):
        put(path, "level", "2")
    assert path.read_text() == "# mine\nlevel: 1\n"
    assert {each.name for each in disk.folder.iterdir()} == {"settings.yaml", "filler"}
    disk.empty()
    assert put(path, "level", "2").profile.level == 2
