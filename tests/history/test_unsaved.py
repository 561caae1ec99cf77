"""A disk that is really full, at each kind of write: it is told at once, and nothing that was told as saved is lost."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hiproutine import paths
from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.session import Session, find
from hiproutine.history import jsonl, making
from hiproutine.history.records import Goal, Pain, Rest, SessionRecord, StepRecord
from hiproutine.history.store import Store
from hiproutine.history.unsaved import FILE, Unsaved
from hiproutine.practice import recording
from hiproutine.practice.resume import course
from hiproutine.practice.runner import Leader
from hiproutine.settings.file import put
from hiproutine.settings.model import Manner
from hiproutine.tui.app import HiproutineApp
from hiproutine.tui.dialogs.unsaved import UnsavedScreen
from hiproutine.tui.screens.today import TodayScreen
from tests.conftest import HandClock, Run
from tests.screens import Desk, text_of
from tests.terminal import Terminal

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
    practise(leader, clock, 90_000)
    assert leader.trouble is None
    assert [step.end for step in store.read().of(SessionRecord)[0].steps[:2]] == ["done", "done"]


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
    assert [step.end for step in past.of(SessionRecord)[0].steps] == ["done"] * (saved + 1) + ["skipped"] * (99 - saved)
    disk.empty()
    journal.flush()
    assert journal.trouble is None
    assert {step.end for step in store.read().of(SessionRecord)[0].steps} == {"done"}


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
    assert [session.id for session in store.read().of(SessionRecord)] == [leader.record.id]


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
    assert store.read().of(SessionRecord)[0].counts
    disk.empty()
    (left,) = store.interrupted()
    store.close(left)
    assert [session.id for session in store.read().of(SessionRecord)] == [leader.record.id]
    assert store.interrupted() == []


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
    assert (len(past.of(Rest)), len(past.of(Goal)), past.unreadable) == (saved, 1, ())
    disk.empty()
    assert run("log", "four-everyday").code == 0
    assert run("doctor").lines[-1] == "All is well."


def test_where_nothing_can_be_kept_everything_is_read_all_the_same(
    disk: Disk, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("log", "four-everyday")
    disk.fill()
    monkeypatch.setenv("XDG_CACHE_HOME", str(disk.folder))
    assert run("status").out == "1 d ✓ 7 min this week\n"
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


# ---- leaving while something is only in memory ----


def open_app(disk: Disk, catalogue: Catalogue, clock: HandClock) -> tuple[Desk, HiproutineApp]:
    """Today, on a disk that is full."""
    desk = Desk(disk.folder, catalogue, clock)
    desk.safety_read.parent.mkdir(parents=True)
    desk.safety_read.touch()
    disk.fill()
    return desk, desk.app(safety_read=False)


def told_as_done(store: Store) -> list[int]:
    return [pain.score for pain in store.read().of(Pain)]


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_leaving_with_something_unsaved_asks_and_stays(
    disk: Disk, catalogue: Catalogue, clock: HandClock, key: str
) -> None:
    desk, app = open_app(disk, catalogue, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("4", key)
        await pilot.pause()
        shown = text_of(app)
        assert "- pain 4 of 10 before" in shown
        assert "No space left on device" in shown
        await pilot.press("ctrl+q", "r", "r")
        await pilot.pause()
        assert isinstance(app.screen, UnsavedScreen)
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        await pilot.press("q")
        disk.empty()
        await pilot.press("r")
        await pilot.pause()
        assert not app.is_running or app._exit
    assert told_as_done(desk.store) == [4]


async def test_what_is_unsaved_can_be_written_to_another_file_which_import_takes(
    disk: Disk, catalogue: Catalogue, clock: HandClock, home: Path, run: Run
) -> None:
    _, app = open_app(disk, catalogue, clock)
    (home / FILE).write_text("something else")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("4", "q", "w", "enter")
        await pilot.pause()
        assert app._exit
        assert not app.runner.unsaved
    assert (home / FILE).read_text() == "something else"
    written = str(home / "hiproutine-unsaved-2.jsonl")
    assert run("import", written, "--yes").code == 0
    assert run("import", written, "--yes").lines[-1] == "Nothing is missing here."
    assert told_as_done(Store(paths.find().data / "history", paths.find().state)) == [4]


async def test_it_can_be_left_without(disk: Disk, catalogue: Catalogue, clock: HandClock) -> None:
    desk, app = open_app(disk, catalogue, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("4", "q", "l")
        await pilot.pause()
        assert app._exit
    disk.empty()
    assert app.runner.unsaved.rescue(disk.folder) == ""
    assert told_as_done(desk.store) == []


def test_where_nobody_can_be_asked_it_goes_wherever_it_can(disk: Disk, store: Store, tmp_path: Path) -> None:
    record = making.pain(store.read(), HandClock().now(), HandClock().now().date(), 4)[0]
    disk.fill()
    unsaved = Unsaved(store)
    assert "No space left" in str(unsaved.add(record))
    told = unsaved.rescue(disk.folder)
    assert '"kind":"pain"' in told.replace(" ", "")
    assert len(unsaved) == 1
    assert str(tmp_path / FILE) in unsaved.rescue(tmp_path)
    assert len(unsaved) == 0

    elsewhere = Store(disk.folder / "history", tmp_path / "state")
    unsaved = Unsaved(elsewhere)
    unsaved.add(record)
    assert "the next run of hiproutine saves it" in unsaved.rescue(tmp_path)
    Unsaved(elsewhere).take_up()
    disk.empty()
    assert told_as_done(elsewhere) == []
    Unsaved(elsewhere).take_up()
    assert told_as_done(elsewhere) == [4]
    assert not (tmp_path / "state" / "unsaved.jsonl").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_what_is_unsaved_in_the_home_folder(
    disk: Disk, home: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    for name in ("DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(disk.folder))
    (disk.folder / "hiproutine").mkdir()
    (disk.folder / "hiproutine" / "safety-read").touch()
    with Terminal(home, size=(80, 24)) as terminal:
        terminal.wait_for("Pain now?")
        disk.fill()
        terminal.send("4")
        terminal.wait_for("4 of 10. Enter notes it")
        terminal.send("\r")
        terminal.wait_for("No space")
        terminal.signal(number)
        assert terminal.end() == 1
        assert terminal.restored()
    (record,) = jsonl.read(home / FILE)
    assert isinstance(record, dict)
    assert (record["kind"], record["score"]) == ("pain", 4)


def test_a_session_in_memory_alone_ends_where_its_process_does(
    disk: Disk, store: Store, catalogue: Catalogue, clock: HandClock
) -> None:
    disk.fill()
    leader = Leader(store, clock, course(find(catalogue, "supine-butterfly"), Manner()), catalogue.exercises, "0")
    leader.begin()
    practise(leader, clock, 60_000)
    (record,) = leader.abandon()
    assert isinstance(record, SessionRecord)
    assert record.steps[0].held_ms > 10_000
    disk.empty()
    leader = Leader(store, clock, course(find(catalogue, "supine-butterfly"), Manner()), catalogue.exercises, "0")
    leader.begin()
    practise(leader, clock, 60_000)
    assert leader.abandon() == ()
    assert len(store.interrupted()) == 1
