"""What was done is on the disk, private, whole and never overwritten; what cannot be read is told and kept."""

import errno
import json
import os
import re
import subprocess
import sys
import uuid
from datetime import timedelta
from pathlib import Path

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.session import find
from hiproutine.history import jsonl
from hiproutine.history.journal import Journal
from hiproutine.history.records import Rest, SessionRecord, StepRecord, step_fields, uuid7
from hiproutine.history.store import Store
from hiproutine.practice import recording
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Manner
from tests.conftest import HandClock

DONE = StepRecord("supine-butterfly", "Lying butterfly", None, 60_000, 60_000, "done")


def begin(store: Store, catalogue: Catalogue, clock: HandClock, plan: str = "four-everyday") -> Journal:
    session = find(catalogue, plan)
    opening = recording.opening(session, clock, "0.0")
    return store.begin(opening, recording.planned(compile_session(session, Manner())))


def practise(store: Store, catalogue: Catalogue, clock: HandClock, plan: str = "supine-butterfly") -> None:
    """A whole session of one step."""
    journal = begin(store, catalogue, clock, plan)
    journal.add(0, DONE, clock.now())
    store.write(journal.record(clock.now()))
    journal.remove()


def lines(folder: Path) -> list[str]:
    return [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]


def test_a_session_is_one_line_in_the_published_format(
    store: Store, catalogue: Catalogue, clock: HandClock, tmp_path: Path
) -> None:
    practise(store, catalogue, clock)
    (line,) = lines(tmp_path / "data" / "history")
    fields = json.loads(line)
    number = uuid.UUID(fields.pop("id"))
    assert (number.version, number.variant) == (7, uuid.RFC_4122)
    assert fields == {
        "v": 1,
        "kind": "session",
        "day": "2026-11-23",
        "start": "2026-11-23T06:30:00.000Z",
        "end": "2026-11-23T06:30:00.000Z",
        "counts": True,
        "offset_min": 60,
        "zone": "Europe/Paris",
        "rollover_min": 240,
        "routine": None,
        "app": "0.0",
        "steps": [step_fields(DONE)],
    }


def test_the_file_is_the_device_s_and_the_year_s_and_private(
    store: Store, catalogue: Catalogue, clock: HandClock, tmp_path: Path
) -> None:
    mask = os.umask(0)
    try:
        practise(store, catalogue, clock)
        clock.start += timedelta(days=60)
        practise(store, catalogue, clock)
    finally:
        os.umask(mask)
    folder = tmp_path / "data" / "history"
    names = sorted(path.name for path in folder.iterdir())
    assert [re.fullmatch(r"[0-9a-f]{8}-(\d{4})\.jsonl", name)[1] for name in names] == ["2026", "2027"]  # type: ignore[index]
    assert len({name[:8] for name in names}) == 1
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_what_was_written_is_read_again(store: Store, catalogue: Catalogue, clock: HandClock) -> None:
    practise(store, catalogue, clock)
    clock.turn(3_600_000)
    practise(store, catalogue, clock)
    past = store.read()
    assert past.unreadable == ()
    assert [session.steps for session in past.of(SessionRecord)] == [(DONE,), (DONE,)]
    assert past.of(SessionRecord)[0].start == clock.start


def test_a_home_copied_to_another_machine_gets_a_file_of_its_own(
    store: Store, catalogue: Catalogue, clock: HandClock, tmp_path: Path
) -> None:
    practise(store, catalogue, clock)
    device = tmp_path / "state" / "device"
    device.write_text(f"{device.read_text().split()[0]} another-machine\n")
    clock.turn(1000)
    practise(store, catalogue, clock)
    assert len(list((tmp_path / "data" / "history").iterdir())) == 2
    assert len(store.read().of(SessionRecord)) == 2


def test_a_line_after_a_torn_one_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "device-2026.jsonl"
    path.write_text('{}\n{"v":', "utf-8")
    jsonl.append(path, ["{}"])
    assert path.read_text("utf-8") == '{}\n{"v":\n{}\n'


def test_torn_lines_copies_unknown_kinds_and_newer_versions_are_passed_over_and_kept(
    store: Store, catalogue: Catalogue, clock: HandClock, tmp_path: Path
) -> None:
    practise(store, catalogue, clock)
    (path,) = (tmp_path / "data" / "history").iterdir()
    whole = path.read_text("utf-8")
    (path.parent / "device.sync-conflict-20261123-073000-ABC.jsonl").write_text(whole)
    newer = json.dumps({"v": 2, "id": "x", "kind": "session"})
    other = json.dumps({"v": 1, "id": "y", "kind": "dream", "day": "2026-11-23"})
    broken = json.dumps({"v": 1, "id": "z", "kind": "session", "day": "yesterday"})
    edited = f"{newer}\n{other}\n[]\n{broken}\n\n{whole}{whole[:40]}"
    path.write_text(edited)
    past = store.read()
    assert len(past.of(SessionRecord)) == 1
    assert len(past.unreadable) == 3
    assert any(sentence.startswith(f"{path}:7: ") for sentence in past.unreadable)
    clock.turn(1000)
    practise(store, catalogue, clock)
    assert path.read_text("utf-8") == edited
    assert len(store.read().of(SessionRecord)) == 2


def test_a_voided_session_is_gone_but_kept(
    store: Store, catalogue: Catalogue, clock: HandClock, tmp_path: Path
) -> None:
    practise(store, catalogue, clock)
    (path,) = (tmp_path / "data" / "history").iterdir()
    ref = store.read().of(SessionRecord)[0].opening.id
    with path.open("a") as stream:
        stream.write(
            json.dumps({"v": 1, "id": "w", "kind": "void", "ref": ref, "at": "2026-11-23T08:00:00.000Z"}) + "\n"
        )
    assert store.read().of(SessionRecord) == ()


def test_words_in_a_history_cannot_steer_the_terminal(
    store: Store, tmp_path: Path, catalogue: Catalogue, clock: HandClock
) -> None:
    practise(store, catalogue, clock)
    (path,) = (tmp_path / "data" / "history").iterdir()
    path.write_text(path.read_text("utf-8").replace("Lying butterfly", "\\u001b]0;owned\\u0007"))
    assert "\x1b" not in store.read().of(SessionRecord)[0].steps[0].name


def test_a_pipe_or_a_link_in_the_folder_does_not_hang_the_reader(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "history"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "pipe.jsonl")
    (folder / "link.jsonl").symlink_to("/dev/zero")
    assert store.read().of(SessionRecord) == ()


# ---- the journal ----


def test_each_finished_step_is_on_the_disk_at_once_and_counts_before_the_session_ends(
    store: Store, catalogue: Catalogue, clock: HandClock
) -> None:
    journal = begin(store, catalogue, clock)
    step = recording.planned(compile_session(find(catalogue, None), Manner()))[0]
    journal.add(0, step._replace(held_ms=60_000, end="done"), clock.now())
    (session,) = store.read().of(SessionRecord)
    assert session.counts
    assert [each.end for each in session.steps] == ["done"] + ["skipped"] * 6
    assert store.interrupted() == []  # it is still running


def test_a_session_without_a_done_step_does_not_count(store: Store, catalogue: Catalogue, clock: HandClock) -> None:
    journal = begin(store, catalogue, clock)
    journal.add(0, DONE._replace(held_ms=59_999, end="shortened"), clock.now())
    assert not journal.record(clock.now()).counts


def test_a_left_journal_becomes_a_record_once(store: Store, catalogue: Catalogue, clock: HandClock) -> None:
    journal = begin(store, catalogue, clock)
    clock.turn(90_000)
    journal.add(0, DONE, clock.now())
    journal.leave()
    (left,) = store.interrupted()
    assert left.last == clock.now()
    store.write(left.record())  # as if the power went between the record and the journal's end
    store.close(left)
    (session,) = store.read().of(SessionRecord)
    assert session.end == clock.now()
    assert store.interrupted() == []


def test_a_journal_of_nothing_leaves_no_record(store: Store, catalogue: Catalogue, clock: HandClock) -> None:
    begin(store, catalogue, clock).leave()
    (left,) = store.interrupted()
    store.close(left)
    assert store.read().of(SessionRecord) == ()


def test_a_resumed_journal_goes_on_in_the_same_session(store: Store, catalogue: Catalogue, clock: HandClock) -> None:
    journal = begin(store, catalogue, clock)
    journal.add(0, DONE, clock.now())
    journal.leave()
    (left,) = store.interrupted()
    again = store.resume(left)
    assert store.interrupted() == []
    again.add(1, DONE, clock.now())
    record = again.record(clock.now())
    assert record.opening.id == journal.opening.id
    assert [step.end for step in record.steps[:3]] == ["done", "done", "skipped"]


def test_a_journal_held_by_another_process_is_told_and_never_waited_for(
    store: Store, catalogue: Catalogue, clock: HandClock
) -> None:
    begin(store, catalogue, clock).leave()
    (left,) = store.interrupted()
    first, second = store.resume(left), store.resume(left)
    assert first.trouble is None
    second.add(0, DONE, clock.now())
    assert second.trouble is not None
    first.leave()
    second.add(1, DONE, clock.now())
    assert second.trouble is None


@pytest.mark.parametrize(
    "odd",
    [
        {"step": 99, "held_ms": 1, "end": "done", "at": "2026-11-23T06:31:00.000Z"},
        {"step": -1, "held_ms": 1, "end": "done", "at": "2026-11-23T06:31:00.000Z"},
        {"step": 1, "held_ms": 1, "end": "flown", "at": "2026-11-23T06:31:00.000Z"},
        {"step": 1, "held_ms": 1, "end": "done", "at": "2026-11-23T06:31:00"},
        {"step": [], "held_ms": "x"},
        {},
    ],
)
def test_an_odd_line_in_a_journal_costs_nothing_but_itself(
    store: Store, catalogue: Catalogue, clock: HandClock, tmp_path: Path, odd: dict[str, object]
) -> None:
    journal = begin(store, catalogue, clock)
    journal.add(0, DONE, clock.now())
    journal.leave()
    (path,) = (tmp_path / "state" / "journal").iterdir()
    with path.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(odd) + "\n")
    (left,) = store.interrupted()
    assert [step.end for step in left.record().steps] == ["done"] + ["skipped"] * 6


def test_a_journal_without_a_head_is_told_and_kept(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "state" / "journal" / "x.jsonl"
    path.parent.mkdir(parents=True)
    path.write_text("{")
    assert store.read().unreadable == (f"{path}: not a whole journal",)
    assert store.interrupted() == []
    assert path.exists()


def test_an_empty_journal_of_a_session_killed_as_it_began_is_nothing(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "state" / "journal" / "x.jsonl"
    path.parent.mkdir(parents=True)
    path.touch()
    assert store.read().unreadable == ()


@pytest.mark.parametrize("day", ["0001-01-01", "1969-12-31", "9999-99-99", 5, None])
def test_a_day_that_cannot_be_is_told(
    store: Store, catalogue: Catalogue, clock: HandClock, tmp_path: Path, day: object
) -> None:
    practise(store, catalogue, clock)
    (path,) = (tmp_path / "data" / "history").iterdir()
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"day": day}) + "\n")
    past = store.read()
    assert past.of(SessionRecord) == ()
    assert len(past.unreadable) == 1


def test_a_full_disk_is_told_and_everything_is_written_when_it_can_be(
    store: Store, catalogue: Catalogue, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = begin(store, catalogue, clock)
    write = os.write

    def torn(descriptor: int, data: bytes) -> int:
        write(descriptor, data[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", torn)
    journal.add(0, DONE, clock.now())
    assert journal.trouble is not None
    assert "No space left on device" in journal.trouble
    monkeypatch.setattr(os, "write", write)
    journal.add(1, DONE, clock.now())
    assert journal.trouble is None
    (session,) = store.read().of(SessionRecord)
    assert [step.end for step in session.steps[:3]] == ["done", "done", "skipped"]


def test_a_state_folder_that_cannot_be_made_is_told_and_the_session_stays_in_memory(
    tmp_path: Path, catalogue: Catalogue, clock: HandClock
) -> None:
    (tmp_path / "file").write_text("in the way")
    journal = begin(Store(tmp_path / "history", tmp_path / "file"), catalogue, clock)
    journal.add(0, DONE, clock.now())
    assert journal.trouble
    assert journal.record(clock.now()).counts


_KILLED = """
import os, signal, sys
from pathlib import Path
from hiproutine.catalogue import cache
from hiproutine.clock import SystemClock
from hiproutine.coach.session import find
from hiproutine.history.store import Store
from hiproutine.paths import shipped
from hiproutine.practice import recording
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Manner
store, clock = Store(Path(sys.argv[1]), Path(sys.argv[2])), SystemClock()
session = find(cache.load(shipped(), None).catalogue, None)
planned = recording.planned(compile_session(session, Manner()))
journal = store.begin(recording.opening(session, clock, "0"), planned)
for number in range(int(sys.argv[3])):
    journal.add(number, planned[number]._replace(held_ms=60000, end="done"), clock.now())
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("steps", [0, 1, 4, 7])
def test_a_killed_session_keeps_every_step_that_had_ended(tmp_path: Path, steps: int) -> None:
    folders = (str(tmp_path / "history"), str(tmp_path / "state"))
    code = subprocess.run([sys.executable, "-c", _KILLED, *folders, str(steps)], check=False).returncode
    assert code == -9
    (left,) = Store(tmp_path / "history", tmp_path / "state").interrupted()
    assert sum(step.end == "done" for step in left.record().steps) == steps


_WRITER = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from hiproutine.history.records import Rest
from hiproutine.history.store import Store
store = Store(Path(sys.argv[1]), Path(sys.argv[2]))
for number in range(1000):
    store.write(Rest(f"{sys.argv[3]}{number}", date(2026, 11, 23), datetime(2026, 11, 23, tzinfo=UTC)))
"""


def test_two_processes_may_write_at_once(store: Store, tmp_path: Path) -> None:
    folders = (str(tmp_path / "data" / "history"), str(tmp_path / "state"))
    writers = [subprocess.Popen([sys.executable, "-c", _WRITER, *folders, name]) for name in "ab"]
    assert [writer.wait() for writer in writers] == [0, 0]
    past = store.read()
    assert past.unreadable == ()
    assert len(past.of(Rest)) == 2000


def test_ids_sort_by_time() -> None:
    ids = [uuid7(ms, os.urandom(10)) for ms in (0, 1, 1_700_000_000_000, 1_800_000_000_000)]
    assert ids == sorted(ids)
    assert all(uuid.UUID(each).version == 7 for each in ids)


def test_a_folder_that_cannot_be_seen_is_told(tmp_path: Path) -> None:
    (tmp_path / "history").write_text("a file in the way")
    past = Store(tmp_path / "history", tmp_path / "state").read()
    assert past.unreadable == (f"{tmp_path / 'history'}: Not a directory",)


def test_a_pipe_in_place_of_the_device_id_hangs_nothing(
    store: Store, catalogue: Catalogue, clock: HandClock, tmp_path: Path
) -> None:
    (tmp_path / "state").mkdir()
    os.mkfifo(tmp_path / "state" / "device")
    practise(store, catalogue, clock)
    assert len(store.read().of(SessionRecord)) == 1
