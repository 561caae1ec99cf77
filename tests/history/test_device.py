"""A history file has one writer: homes that are copies of each other part at the first sign of that."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from hiproutine.history import device, jsonl
from hiproutine.history.records import Rest
from hiproutine.history.store import Store

AT = datetime(2026, 11, 22, 17, tzinfo=UTC)


def rest(number: int) -> Rest:
    return Rest(f"rest-{number}", date(2026, 1, 1) + timedelta(days=number), AT)


def ids(folder: Path) -> set[str]:
    return {path.name.partition("-")[0] for path in jsonl.files(folder)}


def write_all(store: Store, *numbers: int) -> None:
    for number in numbers:
        store.write(rest(number))


def all_of(store: Store) -> list[str]:
    past = store.read()
    assert past.unreadable == ()
    return sorted(record.id for record in past.of(Rest))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "history"


@pytest.fixture
def store(folder: Path, tmp_path: Path) -> Store:
    return Store(folder, tmp_path / "state")


def copy_of(tmp_path: Path, name: str) -> Store:
    """A copy of the home, with a history folder of its own."""
    shutil.copytree(tmp_path / "state", tmp_path / name / "state")
    shutil.copytree(tmp_path / "history", tmp_path / name / "history")
    return Store(tmp_path / name / "history", tmp_path / name / "state")


def synchronise(winner: Path, loser: Path, known: dict[str, bytes]) -> None:
    """Carry files as Syncthing does within one second: the conflict copies of a file all have the same name."""
    for name in {path.name for each in (winner, loser) for path in jsonl.files(each)}:
        ours, theirs = winner / name, loser / name
        changed = [path for path in (ours, theirs) if path.exists() and path.read_bytes() != known.get(name)]
        if changed == [ours, theirs] and ours.read_bytes() != theirs.read_bytes():
            conflict = theirs.with_name(f"{theirs.stem}.sync-conflict-20261122-180000-XYZ.jsonl")
            theirs.rename(conflict)
            shutil.copyfile(conflict, winner / conflict.name)
            known[conflict.name] = conflict.read_bytes()
        if changed:
            known[name] = changed[0].read_bytes()
            for path in (ours, theirs):
                path.write_bytes(known[name])


def test_two_copies_of_a_home_lose_nothing_to_conflicts_of_one_second(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    write_all(store, 0)
    other = copy_of(tmp_path, "other")
    known: dict[str, bytes] = {}
    for number in (1, 3, 5):
        write_all(store, number)
        write_all(other, number + 1)
        synchronise(folder, tmp_path / "other/history", known)
    assert all_of(store) == all_of(other) == [f"rest-{number}" for number in range(7)]


def test_a_home_that_finds_its_file_changed_takes_a_new_id_once(store: Store, folder: Path) -> None:
    write_all(store, 0)
    (path,) = jsonl.files(folder)
    content = path.read_text("utf-8") + "\n"
    path.write_text(content, "utf-8")
    write_all(store, 1, 2)
    assert path.read_text("utf-8") == content
    assert len(ids(folder)) == 2
    assert all_of(store) == ["rest-0", "rest-1", "rest-2"]


def test_a_file_that_another_home_made_under_the_same_id_is_left_to_it(store: Store, folder: Path) -> None:
    write_all(store, 0)
    (own,) = ids(folder)
    theirs = folder / f"{own}-2027.jsonl"
    jsonl.append(theirs, ["{}"])
    write_all(store, 400)
    assert theirs.read_text("utf-8") == "{}\n"
    assert (len(ids(folder)), len(jsonl.files(folder))) == (2, 3)


def test_lines_are_written_again_if_the_file_is_replaced_meanwhile(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_all(store, 0)
    append = jsonl.append
    replaced: list[Path] = []

    def append_and_replace(path: Path, lines: list[str]) -> None:
        before = path.read_bytes() if path.exists() else b""
        append(path, lines)
        if not replaced:
            replaced.append(path)
            path.unlink()
            path.write_bytes(before)

    monkeypatch.setattr("hiproutine.history.jsonl.append", append_and_replace)
    write_all(store, 1)
    assert all_of(store) == ["rest-0", "rest-1"]


def test_lines_that_never_stay_in_the_file_are_not_called_saved(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hiproutine.history.jsonl.append", lambda *_: None)
    with pytest.raises(OSError, match="another program keeps changing the file"):
        write_all(store, 0)


def test_an_id_from_before_files_were_noted_is_kept(store: Store, folder: Path, tmp_path: Path) -> None:
    write_all(store, 0)
    noted = tmp_path / "state/device"
    noted.write_text(noted.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    write_all(store, 1, 2)
    assert len(ids(folder)) == 1


def test_a_state_folder_that_refuses_hinders_no_record(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_all(store, 0)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(device, "write", full)
    write_all(store, 1, 2)
    assert len(ids(folder)) == 1
    assert all_of(store) == ["rest-0", "rest-1", "rest-2"]


def test_programs_of_one_home_write_to_the_same_file(folder: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: write_all(Store(folder, tmp_path / "state"), number), range(40)))
    assert len(ids(folder)) == 1
    assert len(all_of(Store(folder, tmp_path / "state"))) == 40
