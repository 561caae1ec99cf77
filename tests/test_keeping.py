"""Everything in one file, out and in again: nothing lost, nothing overwritten, nothing believed that is not whole."""

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from hiproutine import paths
from hiproutine.history import archive
from hiproutine.history.records import Pain, Rest, fields_of, line
from hiproutine.history.store import Store
from tests.conftest import HandClock, Run
from tests.test_looking_back import AT, COUCH, RECORDS, session


def store() -> Store:
    where = paths.find()
    return Store(where.data / "history", where.state)


@pytest.fixture
def clock_of_home(clock: HandClock, monkeypatch: pytest.MonkeyPatch, run: Run) -> HandClock:
    monkeypatch.setattr("hiproutine.day.context.SystemClock", lambda: clock)
    return clock


@pytest.fixture
def bare(home: Path) -> Callable[[], None]:
    """From its call on this is a machine on which hiproutine never ran."""

    def wipe() -> None:
        for each in home.iterdir():
            shutil.rmtree(each)

    return wipe


def test_an_export_makes_the_same_history_on_a_bare_machine(run: Run, bare: Callable[[], None], tmp_path: Path) -> None:
    store().write(*RECORDS)
    (path,) = (paths.find().data / "history").iterdir()
    with path.open("a") as stream:
        stream.write('{"v":2,"id":"new","kind":"dance","day":"2026-01-01"}\n{"v":1,"id":"d","kind":"dream"}\ntorn')
    settings = paths.find().config / "settings.yaml"
    settings.parent.mkdir(parents=True)
    settings.write_text("sound: bell\n")
    store().begin(session(23).opening, COUCH).leave()
    before = store().read()
    out = tmp_path / "all.zip"
    assert run("export", str(out)).lines == [f"Written: {out}"]
    assert out.stat().st_mode & 0o777 == 0o600
    bare()
    said = run("import", str(out), "--yes").lines
    kinds = "1 check, 1 dance, 1 dream, 1 goal, 1 hurt, 1 pain, 1 rest, 3 session"
    assert said == [
        f"{out}:",
        f"- 10 records are missing here: {kinds}, of 2026-01-01 to 2026-11-22",
        "- 1 lines cannot be read and are left out",
        "- 1 broken-off sessions are missing here",
        "- there are no settings here, so those in it are taken",
        "Taken in.",
    ]
    after = store().read()
    assert after == before._replace(unreadable=())
    assert settings.read_text() == "sound: bell\n"
    assert {fields["id"] for fields in store().lines()} >= {"new", "d"}
    assert {path.stat().st_mode & 0o777 for path in paths.find().data.rglob("*.jsonl")} == {0o600}
    assert run("import", str(out)).lines[-1] == "Nothing of it is missing here."
    assert run("doctor").out.count("clock") == 0


def test_the_zip_holds_the_files_as_they_are_and_a_table(run: Run, tmp_path: Path) -> None:
    store().write(*RECORDS)
    (path,) = (paths.find().data / "history").iterdir()
    run("export", str(tmp_path / "all.zip"))
    with zipfile.ZipFile(tmp_path / "all.zip") as packed:
        assert sorted(packed.namelist()) == [f"history/{path.name}", "sessions.csv"]
        assert packed.read(f"history/{path.name}") == path.read_bytes()
        table = packed.read("sessions.csv").decode()
    assert table == run("history", "--csv").out
    run("export", str(tmp_path / "all.csv"))
    assert (tmp_path / "all.csv").read_text() == table


def test_an_export_never_overwrites(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("hiproutine-2026-11-23.zip", "table.csv"):
        Path(name).write_text("mine")
        said = run("export", *([] if name.endswith("zip") else [name]))
        assert (said.code, said.err) == (1, f"hiproutine: {name}: is there already; name another file\n")
        assert Path(name).read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == [
        "hiproutine-2026-11-23.zip",
        "table.csv",
    ]


def test_an_import_adds_what_is_missing_and_replaces_nothing(run: Run, tmp_path: Path) -> None:
    store().write(Pain("p", date(2026, 11, 20), AT, "before", 3, None), Rest("r", date(2026, 11, 21), AT))
    other = Store(tmp_path / "other", tmp_path / "state")
    other.write(Pain("p", date(2026, 11, 20), AT, "before", 9, None), Rest("r", date(2026, 11, 21), AT))
    other.write(Rest("new", date(2026, 11, 22), AT))
    archive.pack(tmp_path / "other.zip", other.paths(), {})
    before = {path: path.read_bytes() for path in (paths.find().data / "history").iterdir()}
    preview = [
        f"{tmp_path}/other.zip:",
        "- 1 records are missing here: 1 rest, of 2026-11-22 to 2026-11-22",
        "- 1 are here already",
        "- 1 differ from those here, which stay",
    ]
    assert run("import", str(tmp_path / "other.zip"), "--dry-run").lines == [*preview, "Nothing was changed."]
    assert {path: path.read_bytes() for path in (paths.find().data / "history").iterdir()} == before
    said = run("import", str(tmp_path / "other.zip"))
    assert (said.code, said.out.splitlines()) == (1, preview)
    assert said.err == "hiproutine: Add them to the history? Nobody can be asked here; add --yes\n"
    assert run("import", str(tmp_path / "other.zip"), "--yes").lines == [*preview, "Taken in."]
    assert {path: path.read_bytes() for path in before} == before
    past = store().read()
    assert [pain.score for pain in past.pains] == [3]
    assert [rest.id for rest in past.rests] == ["r", "new"]


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("Yes ", 0), ("n", 1), ("", 1)])
def test_at_a_terminal_it_is_asked(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    other = Store(tmp_path / "other", tmp_path / "state")
    other.write(Rest("new", date(2026, 11, 22), AT))
    archive.pack(tmp_path / "other.zip", other.paths(), {})
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: answer)
    assert run("import", str(tmp_path / "other.zip")).code == code
    assert len(store().read().rests) == 1 - code


def zip_of(path: Path, contents: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in contents.items():
            packed.writestr(name, data)
    return path


REST = line(fields_of(Rest("r", date(2026, 11, 21), AT))).encode()


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: path.write_bytes(b"PK\x03\x04" + os.urandom(50)), "not a whole zip file"),
        (lambda path: path.write_bytes(b""), "not a whole zip file"),
        (lambda path: None, "No such file or directory"),
        (lambda path: path.mkdir(), "Is a directory"),
        (lambda path: zip_of(path, {"letter.txt": b"hello"}), "no history of hiproutine is in it"),
        (lambda path: zip_of(path, {"../history/x.jsonl": REST}), "no history of hiproutine is in it"),
        (lambda path: zip_of(path, {"history/../../x.jsonl": REST}), "no history of hiproutine is in it"),
        (lambda path: zip_of(path, {"journal/../x.jsonl": REST}), "no history of hiproutine is in it"),
    ],
    ids=["garbage", "empty", "none", "folder", "another zip", "outside", "outside by a way round", "journal outside"],
)
def test_what_is_no_export_is_refused(run: Run, tmp_path: Path, make: Callable[[Path], object], sentence: str) -> None:
    path = tmp_path / "odd.zip"
    make(path)
    said = run("import", str(path), "--yes")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(f"hiproutine: {path}: ")
    assert sentence in said.err


def test_a_cut_or_turned_export_is_refused(run: Run, tmp_path: Path) -> None:
    store().write(*RECORDS)
    run("export", str(tmp_path / "all.zip"))
    data = (tmp_path / "all.zip").read_bytes()
    for number, harmed in enumerate((data[:-30], data[:200] + bytes([data[200] ^ 255]) + data[201:])):
        path = tmp_path / f"harmed{number}.zip"
        path.write_bytes(harmed)
        said = run("import", str(path), "--yes")
        assert said.code == 1
        assert "not a whole zip file" in said.err


def test_what_would_fill_the_memory_is_refused(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_BYTES", 1 << 20)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("history/x-2026.jsonl", b" " * (1 << 21))
    assert "would unpack to more than" in run("import", str(tmp_path / "bomb.zip")).err


@pytest.mark.parametrize(
    "odd",
    [
        b"[]",
        b"{}",
        b'{"v":1,"kind":"rest"}',
        b'{"v":1,"id":"r","kind":"rest","day":"never","at":"2026-11-22T17:00:00Z"}',
        b'{"v":1,"id":["r"],"kind":"dream"}',
        b'{"v":2,"id":5,"kind":"dream"}',
    ],
)
def test_a_line_that_is_no_record_is_left_out(run: Run, tmp_path: Path, odd: bytes) -> None:
    path = zip_of(tmp_path / "all.zip", {"history/x-2026.jsonl": odd + b"\n" + REST + b"\n"})
    said = run("import", str(path), "--yes").lines
    assert said[1:3] == [
        "- 1 records are missing here: 1 rest, of 2026-11-21 to 2026-11-21",
        "- 1 lines cannot be read and are left out",
    ]
    assert [rest.id for rest in store().read().rests] == ["r"]


def test_a_record_without_a_day_has_a_file_all_the_same(run: Run, tmp_path: Path) -> None:
    dream = {"v": 3, "id": "d", "kind": "dream", "day": "../../x"}
    path = zip_of(tmp_path / "all.zip", {"history/x.jsonl": json.dumps(dream).encode()})
    run("import", str(path), "--yes")
    (made,) = (paths.find().data / "history").iterdir()
    assert made.name.endswith("-imported-0000.jsonl")


# ---- backups ----


def backups() -> list[str]:
    return sorted(path.name for path in (paths.find().data / "backups").glob("*"))


def test_each_week_there_is_a_backup_and_the_newest_eight_stay(run: Run, clock_of_home: HandClock) -> None:
    for _ in range(70):
        run("rest", "today")
        clock_of_home.start += timedelta(days=1)
    first = date(2026, 11, 23)
    assert backups() == [f"{first + timedelta(weeks=week)}.zip" for week in range(2, 10)]
    newest = paths.find().data / "backups" / backups()[-1]
    assert newest.stat().st_mode & 0o777 == 0o600
    assert newest.parent.stat().st_mode & 0o777 == 0o700
    assert run("restore", "--list").lines[-1] == str(newest)


def test_the_newest_backup_brings_back_what_was_lost(run: Run, clock_of_home: HandClock) -> None:
    run("rest", "2026-12-24")
    clock_of_home.start += timedelta(days=8)
    run("rest", "2026-12-25")
    for path in (paths.find().data / "history").iterdir():
        path.unlink()
    assert run("restore", "--dry-run").lines[1].startswith("- 2 records are missing here: 2 rest")
    assert run("restore", "--yes").lines[-1] == "Taken in."
    assert len(store().read().rests) == 2


def test_a_clock_that_ran_ahead_does_not_end_the_backups(run: Run, clock_of_home: HandClock) -> None:
    clock_of_home.start += timedelta(days=4000)
    run("rest", "today")
    clock_of_home.start -= timedelta(days=4000)
    run("rest", "today")
    assert len(backups()) == 2


def test_without_a_backup_there_is_a_hint(run: Run) -> None:
    said = run("restore")
    assert (said.code, said.out) == (1, "")
    assert "`hiproutine export` makes one now" in said.err


def test_a_backup_that_fails_is_told_and_what_was_written_stays(run: Run) -> None:
    folder = paths.find().data / "backups"
    folder.parent.mkdir(parents=True)
    folder.write_text("in the way")
    said = run("rest")
    assert said.code == 0
    assert said.err.startswith(f"hiproutine: no backup: {folder}")
    assert len(store().read().rests) == 1
