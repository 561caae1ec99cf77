"""Everything in one file, out and in again: nothing lost, nothing overwritten, nothing believed that is not whole."""

import json
import os
import shutil
import sys
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from hiproutine import paths, zips
from hiproutine.catalogue.conditions import CONDITIONS
from hiproutine.catalogue.vocabulary import DOSED_AREAS
from hiproutine.history import archive, backup
from hiproutine.history.past import Past
from hiproutine.history.records import Pain, Rest, SessionRecord, fields_of, line
from hiproutine.history.store import Store
from hiproutine.settings import file as settings
from hiproutine.settings.model import KEYS, OF_THIS_MACHINE
from hiproutine.yaml.nodes import FileProblems
from tests import hostile_zips
from tests.cli.test_history import AT, COUCH, RECORDS, session
from tests.cli.test_main import Terminal
from tests.conftest import HandClock, Run

AREA = next(iter(DOSED_AREAS))
OTHER_CONDITION = next(each for each in CONDITIONS if each != "thr_lateral")


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
    exported = run("export", str(out))
    assert (exported.code, exported.out) == (0, f"Written: {out}\n")
    assert exported.err == f"hiproutine: {path}:{len(RECORDS) + 3}: not a whole record (kept, not counted)\n"
    assert out.stat().st_mode & 0o777 == 0o600
    bare()
    imported = run("import", str(out), "--yes")
    kinds = "1 check, 1 dance, 1 dream, 1 goal, 1 hurt, 1 pain, 1 rest, 3 session"
    assert imported.code == 1  # because of the torn line
    assert imported.out.splitlines() == [
        f"{out}:",
        f"- 10 records missing here: {kinds}, from 2026-01-01 to 2026-11-22",
        "- 1 unreadable line omitted",
        "- 1 interrupted session missing here",
        "- sound in the settings: not set -> bell",
        "Added.",
    ]
    after = store().read()
    assert after == Past(before.all())
    assert settings.read_text() == "sound: bell\n"
    assert {fields["id"] for fields in store().lines()} >= {"new", "d"}
    assert {path.stat().st_mode & 0o777 for path in paths.find().data.rglob("*.jsonl")} == {0o600}
    assert run("import", str(out)).out.splitlines()[-1] == "Nothing is missing here."
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
        assert (said.code, said.err) == (1, f"hiproutine: {name}: exists already; choose another name\n")
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
        "- 1 record missing here: 1 rest, from 2026-11-22 to 2026-11-22",
        "- 1 already here",
        "- 1 different here, left unchanged",
    ]
    assert run("import", str(tmp_path / "other.zip"), "--dry-run").lines == [*preview, "Nothing was changed."]
    assert {path: path.read_bytes() for path in (paths.find().data / "history").iterdir()} == before
    said = run("import", str(tmp_path / "other.zip"))
    assert (said.code, said.out.splitlines()) == (1, preview)
    assert said.err == "hiproutine: Add them to the history? There is no terminal to answer at; add --yes\n"
    assert run("import", str(tmp_path / "other.zip"), "--yes").lines == [*preview, "Added."]
    assert {path: path.read_bytes() for path in before} == before
    past = store().read()
    assert [pain.score for pain in past.of(Pain)] == [3]
    assert [rest.id for rest in past.of(Rest)] == ["r", "new"]


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("Yes ", 0), ("n", 1), ("", 1)])
def test_at_a_terminal_it_is_asked(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    other = Store(tmp_path / "other", tmp_path / "state")
    other.write(Rest("new", date(2026, 11, 22), AT))
    archive.pack(tmp_path / "other.zip", other.paths(), {})
    monkeypatch.setattr(sys, "stdin", Terminal(f"{answer}\n"))
    assert run("import", str(tmp_path / "other.zip")).code == code
    assert len(store().read().of(Rest)) == 1 - code


# ---- settings that come along ----


def settings_file() -> Path:
    return paths.find().config / "settings.yaml"


def given(text: str) -> Path:
    """Puts settings here."""
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(text, encoding="utf-8")
    return settings_file()


def test_settings_of_others_bring_no_command_and_no_folder(run: Run, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    content = f"video_command: sh -c 'touch {ran}' {{url}}\nhistory_folder: {tmp_path}/elsewhere\nvolume: 30\n"
    path = zip_of(tmp_path / "all.zip", {"history/x.jsonl": REST, "settings.yaml": content.encode()})
    for command in ("import", "restore"):
        said = run(command, str(path), "--yes").lines
        assert "- volume in the settings: not set -> 30" in said
        for key in ("video_command", "history_folder"):
            assert f"- {key} in the settings is from another machine and omitted; set it yourself if needed" in said
        assert settings_file().read_text() == "volume: 30\n"
        settings_file().unlink()
    run("video", "supine-figure-four")
    assert not ran.exists()
    assert [rest.id for rest in store().read().of(Rest)] == ["r"]


def test_whatever_names_a_command_or_a_folder_is_of_this_machine(tmp_path: Path) -> None:
    named = {key for key in KEYS if any(word in key for word in ("command", "folder", "file", "path"))}
    assert OF_THIS_MACHINE >= named == {"video_command", "speech_command", "history_folder"}
    # Of every other setting no value is text that somebody else could fill with a command.
    for key in set(KEYS) - OF_THIS_MACHINE:
        with pytest.raises(FileProblems):
            settings.put(tmp_path / "settings.yaml", key, "sh -c 'touch /tmp/x'")


def test_what_is_set_here_stays_and_every_condition_holds(run: Run, tmp_path: Path) -> None:
    here = given("# mine\nsound: bell\nconditions: [thr_lateral] # since May\nminutes: null\n")
    theirs = "conditions: [pregnancy, thr_lateral]\nsound: voice\nminutes: 30\nlevel: 2\nfocus: {rotation: 2}\n"
    theirs = theirs.replace("rotation", AREA).replace("pregnancy", OTHER_CONDITION)
    path = zip_of(tmp_path / "all.zip", {"history/x.jsonl": REST, "settings.yaml": theirs.encode()})
    before = here.read_text()
    preview = run("import", str(path), "--dry-run").lines
    assert here.read_text() == before
    assert [line for line in preview if "settings" in line] == [
        f"- conditions in the settings: [thr_lateral] -> [thr_lateral, {OTHER_CONDITION}]",
        "- level in the settings: not set -> 2",
        f"- focus in the settings: not set -> [{AREA}: 2]",
    ]
    run("import", str(path), "--yes")
    assert here.read_text().startswith(
        f"# mine\nsound: bell\nconditions: [thr_lateral, {OTHER_CONDITION}] # since May\nminutes: null\n"
    )
    found = settings.load(here)
    assert (found.profile.level, found.profile.focus) == (2, ((AREA, 2),))
    assert run("import", str(path)).lines[-1] == "Nothing is missing here."


def test_settings_without_conditions_take_none_away(run: Run, tmp_path: Path) -> None:
    here = given("conditions: [thr_lateral]\n")
    for number, theirs in enumerate((b"conditions: []\n", b"level: 2\n", b"", b"conditions:\n")):
        path = zip_of(tmp_path / f"{number}.zip", {"history/x.jsonl": REST, "settings.yaml": theirs})
        run("import", str(path), "--yes")
        assert settings.load(here).profile.conditions == ("thr_lateral",)


@pytest.mark.parametrize(
    "theirs",
    [
        b'sound: "\\e]0;pwned\\a"\n',
        b'"\\e[2J": 1\n',
        b"sound: \x1b[2J\n",
        b"- a\n",
        b"sound: loud\n",
        b"\xff",
        b"[" * 30_000,
        b"a: &a [*a]\n",
        b"sound: bell\nsound: voice\n",
    ],
)
def test_settings_that_cannot_be_read_are_left_out_without_steering_the_terminal(
    run: Run, tmp_path: Path, theirs: bytes
) -> None:
    path = zip_of(tmp_path / "all.zip", {"history/x.jsonl": REST, "settings.yaml": theirs})
    said = run("import", str(path), "--yes").lines
    assert said[2].startswith(f"- its settings are omitted: {path}: settings.yaml:")
    assert said[-1] == "Added."
    assert not settings_file().exists()


def test_a_backup_of_this_machine_brings_its_settings_back_as_they_were(run: Run) -> None:
    mine = "# all mine\nvideo_command: mpv {url}\nvolume: 30\n"
    given(mine)
    run("rest")
    settings_file().unlink()
    said = run("restore", "--yes").lines
    assert said[-3:] == [
        "- video_command in the settings: not set -> mpv {url}",
        "- volume in the settings: not set -> 30",
        "Added.",
    ]
    assert settings_file().read_text() == mine
    given("volume: 10\n")
    run("restore", "--yes")
    assert settings_file().read_text() == "volume: 10\nvideo_command: mpv {url}\n"


def zip_of(path: Path, contents: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in contents.items():
            packed.writestr(name, data)
    return path


REST = line(fields_of(Rest("r", date(2026, 11, 21), AT))).encode()


def test_what_came_out_of_a_zip_is_taken_back_as_a_whole_and_comes_again(
    run: Run, bare: Callable[[], None], tmp_path: Path, clock_of_home: HandClock
) -> None:
    store().write(*RECORDS)
    out = tmp_path / "all.zip"
    run("export", str(out))
    there = store().read()
    bare()
    run("rest", "yesterday")
    clock_of_home.turn(1)
    run("import", str(out), "--yes")
    with_it = store().read()
    for _ in range(2):
        said = run("undo", "--yes").lines
        assert said[1].startswith(f"Taken back: the whole import of all.zip: {len(RECORDS)} records, from ")
        (rest,) = store().read().all()
        assert isinstance(rest, Rest)
        assert rest.day == date(2026, 11, 22)
        again = run("import", str(out), "--yes").lines
        assert again[1:-1] == [
            "- 0 records missing here",
            f"- {len(RECORDS)} already here",
            f"- taken back here, to be restored: {len(RECORDS)}",
        ]
        assert store().read() == with_it
        assert run("restore", str(out), "--yes").lines[-1] == "Nothing is missing here."
    assert with_it.of(SessionRecord) == there.of(SessionRecord)


def test_what_was_taken_back_in_a_zip_as_well_stays_so(run: Run, tmp_path: Path) -> None:
    run("rest")
    run("export", str(tmp_path / "before.zip"))
    run("undo")
    run("export", str(tmp_path / "after.zip"))
    assert run("import", str(tmp_path / "after.zip"), "--yes").lines[-1] == "Nothing is missing here."
    assert store().read().of(Rest) == ()
    assert "- taken back here, to be restored: 1" in run("restore", str(tmp_path / "before.zip"), "--yes").lines
    assert len(store().read().of(Rest)) == 1


def test_the_name_of_an_import_makes_no_record_differ(run: Run, bare: Callable[[], None], tmp_path: Path) -> None:
    store().write(*RECORDS)
    run("export", str(tmp_path / "first.zip"))
    bare()
    run("import", str(tmp_path / "first.zip"), "--yes")
    run("export", str(tmp_path / "second.zip"))
    for name in ("first", "second"):
        said = run("import", str(tmp_path / f"{name}.zip"), "--yes").lines
        assert said[1:] == [
            "- 0 records missing here",
            f"- {len(RECORDS)} already here",
            "Nothing is missing here.",
        ]


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: path.write_bytes(b"PK\x03\x04" + os.urandom(50)), "not a whole zip file"),
        (lambda path: path.write_bytes(b""), "empty file"),
        (lambda path: None, "No such file or directory"),
        (lambda path: path.mkdir(), "a folder; import the exported zip"),
        (lambda path: zip_of(path, {"letter.txt": b"hello"}), "contains no history of hiproutine"),
        (lambda path: zip_of(path, {"../history/x.jsonl": REST}), "contains no history of hiproutine"),
        (lambda path: zip_of(path, {"history/../../x.jsonl": REST}), "contains no history of hiproutine"),
        (lambda path: zip_of(path, {"journal/../x.jsonl": REST}), "contains no history of hiproutine"),
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


@pytest.mark.parametrize("name", hostile_zips.CONTENTS)
def test_what_takes_long_to_read_is_refused_or_left_out(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(hostile_zips, "MB", 10_000)
    for limit in ("LONGEST_LINE", "MOST_LINES", "MOST_FIELDS"):
        monkeypatch.setattr(archive, limit, getattr(archive, limit) // 100)
    for member in ("history/x-2026.jsonl", "journal/a.jsonl"):
        (tmp_path / "odd.zip").write_bytes(hostile_zips.packed((member, hostile_zips.CONTENTS[name]())))
        said = run("import", str(tmp_path / "odd.zip"), "--yes")
        assert "contains more than anyone" in said.err or " 0 records missing here" in said.out
    assert store().read() == Past((), ())


def test_a_file_of_records_that_is_too_large_is_refused_as_a_whole(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(REST + b"\n" + REST + b"\n")
    monkeypatch.setattr(zips, "MOST_BYTES", len(REST) + 1)
    said = run("import", str(path), "--yes")
    assert (said.code, said.out) == (1, "")
    assert said.err == f"hiproutine: {path}: larger than 0 MB\n"
    assert store().read() == Past((), ())


def test_a_journal_that_is_none_is_left_out(run: Run, tmp_path: Path) -> None:
    store().begin(session(23).opening, COUCH).leave()
    (path,) = store().journal_folder.iterdir()
    good = path.read_bytes()
    path.unlink()
    head, rest = good.split(b"\n", 1)
    odd = {"a": b"", "b": rest, "c": b"[]\n", "d": head[:-9], "e": head.replace(b'"side"', b'"edis"')}
    odd["f"] = good  # of a session with another id
    members = {f"journal/{name}.jsonl": data for name, data in odd.items()} | {f"journal/{path.name}": good}
    said = run("import", str(zip_of(tmp_path / "all.zip", members)), "--yes")
    assert said.code == 1
    assert said.out.splitlines()[2:] == [
        "- 6 unreadable journals omitted",
        "- 1 interrupted session missing here",
        "Added.",
    ]
    assert [each.name for each in store().journal_folder.iterdir()] == [path.name]


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
    said = run("import", str(path), "--yes")
    assert said.code == 1
    assert said.out.splitlines()[1:3] == [
        "- 1 record missing here: 1 rest, from 2026-11-21 to 2026-11-21",
        "- 1 unreadable line omitted",
    ]
    assert run("restore", str(path)).code == 1  # nothing is missing any more, but the line is unreadable still
    assert [rest.id for rest in store().read().of(Rest)] == ["r"]


def test_many_unknown_kinds_are_counted_together(run: Run, tmp_path: Path) -> None:
    odd = [{"v": 2, "id": f"r{number}", "kind": f"k{number:03}"} for number in range(300)]
    path = zip_of(tmp_path / "all.zip", {"history/x.jsonl": "\n".join(map(json.dumps, odd)).encode()})
    assert run("import", str(path), "--yes").lines[1].endswith("1 k010, 1 k011, 288 others")


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


def test_a_backup_that_another_program_makes_meanwhile_is_no_trouble(
    run: Run, monkeypatch: pytest.MonkeyPatch, clock_of_home: HandClock
) -> None:
    sources = backup.sources

    def meanwhile(store: Store, settings: Path) -> Mapping[str, Path]:
        folder = paths.find().data / "backups"
        folder.mkdir(parents=True)
        (folder / f"{clock_of_home.now().date()}.zip").touch()
        return sources(store, settings)

    monkeypatch.setattr(backup, "sources", meanwhile)
    assert run("rest").err == ""
    assert len(backups()) == 1


def test_the_newest_backup_brings_back_what_was_lost(run: Run, clock_of_home: HandClock) -> None:
    run("rest", "2026-12-24")
    clock_of_home.start += timedelta(days=8)
    run("rest", "2026-12-25")
    for path in (paths.find().data / "history").iterdir():
        path.unlink()
    assert run("restore", "--dry-run").lines[1].startswith("- 2 records missing here: 2 rest")
    assert run("restore", "--yes").lines[-1] == "Added."
    assert len(store().read().of(Rest)) == 2


def test_a_clock_that_ran_ahead_ends_no_backups_and_is_not_preferred(run: Run, clock_of_home: HandClock) -> None:
    run("rest", "today")
    clock_of_home.start += timedelta(days=4000)
    run("rest", "today")
    clock_of_home.start -= timedelta(days=4000)
    for _ in range(70):
        clock_of_home.start += timedelta(days=1)
        run("rest", "today")
    first = date(2026, 11, 23)
    good = [f"{first + timedelta(weeks=week)}.zip" for week in range(3, 11)]
    assert backups() == [*good, f"{first + timedelta(days=4000)}.zip"]
    newest = paths.find().data / "backups" / good[-1]
    assert run("restore", "--list").lines[-1] == str(newest)
    assert run("restore").lines[0] == f"{newest}:"


def test_a_clock_that_is_set_back_deletes_no_backup(run: Run, clock_of_home: HandClock) -> None:
    for _ in range(9):
        run("rest", "today")
        clock_of_home.start += timedelta(days=7)
    before = backups()
    clock_of_home.start -= timedelta(days=10_000)
    for _ in range(9):
        run("rest", "today")
        clock_of_home.start += timedelta(days=7)
    assert set(backups()) > set(before)


def test_a_damaged_backup_is_told_and_the_one_before_is_offered(run: Run, clock_of_home: HandClock) -> None:
    run("rest", "today")
    clock_of_home.start += timedelta(days=8)
    run("rest", "today")
    for path in (paths.find().data / "history").iterdir():
        path.unlink()
    old, new = (paths.find().data / "backups" / name for name in backups())
    good = new.read_bytes()
    packed = zipfile.ZipFile(new).infolist()[0].compress_size
    assert packed > 60
    for at in (0, 14, 30, 60, 90, len(good) - packed, len(good) - 30, len(good) - 1, *range(100, 150, 7)):
        new.write_bytes(good[:at] + bytes([good[at] ^ 255]) + good[at + 1 :])
        said = run("restore", "--dry-run")
        assert said.code == 0
        if said.out.startswith(f"{new}:\n- 2 records"):  # a byte that means nothing
            continue
        assert said.err.startswith(f"hiproutine: {new}: not a whole zip file")
        assert said.out.startswith(f"{old}:\n- 1 record missing here")
        told = run("doctor")
        assert (told.code, told.err) == (1, "")
        assert f"- {new}: not a whole zip file" in told.out
        assert f"- 1 record in the backup {old.stem} missing from the history; to restore: `hipr" in told.out
    new.write_bytes(b"")
    old.write_bytes(good[:99])
    said = run("restore")
    assert (said.code, said.out) == (1, "")
    assert said.err.splitlines()[-1].startswith("hiproutine: none of the backups can be read")


def test_doctor_says_what_restore_would_bring_back(run: Run, clock_of_home: HandClock) -> None:
    run("rest", "today")
    clock_of_home.start += timedelta(days=8)
    run("rest", "today")
    assert run("doctor").lines[-1] == "All is well."
    (path,) = (paths.find().data / "history").iterdir()
    path.write_text("")
    said = run("doctor")
    newest = paths.find().data / "backups" / backups()[-1]
    assert said.code == 1
    sentence = (
        f"- 2 records in the backup {newest.stem} missing from the history; to restore: `hiproutine restore {newest}`"
    )
    assert sentence in said.out
    run("restore", str(newest), "--yes")
    assert run("doctor").lines[-1] == "All is well."


def test_what_only_an_older_backup_holds_is_told_too(run: Run, clock_of_home: HandClock) -> None:
    run("rest", "today")
    (path,) = (paths.find().data / "history").iterdir()
    path.write_text("")
    clock_of_home.start += timedelta(days=8)
    run("rest", "today")
    oldest = paths.find().data / "backups" / backups()[0]
    assert f"to restore: `hiproutine restore {oldest}`" in run("doctor").out


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
    assert len(store().read().of(Rest)) == 1


@pytest.mark.parametrize(("platform", "quote"), [("linux", "'"), ("win32", '"')])
def test_the_command_to_copy_has_the_quotes_of_the_system(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, platform: str, quote: str
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "My Files"))
    run("rest", "today")
    (path,) = (paths.find().data / "history").iterdir()
    path.write_text("")
    monkeypatch.setattr("sys.platform", platform)
    backup = paths.find().data / "backups" / backups()[0]
    assert f"to restore: `hiproutine restore {quote}{backup}{quote}`" in run("doctor").out
