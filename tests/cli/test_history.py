"""Looking back: what was done, what it adds up to, and what is odd about the files. It is 2026-11-23, a Monday."""

import csv
import json
import os
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from hiproutine import paths
from hiproutine.files import make_folder
from hiproutine.history.records import (
    Check,
    Goal,
    Hurt,
    Opening,
    Pain,
    Record,
    Rest,
    SessionRecord,
    StepRecord,
    fields_of,
    line,
)
from hiproutine.history.store import Store
from hiproutine.settings import file as settings
from tests.conftest import Run

AT = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


def session(day: int, *steps: StepRecord, routine: str | None = "five-minute") -> SessionRecord:
    start = AT.replace(day=day)
    opening = Opening(f"s{day}", start.date(), start, 60, "Europe/Paris", 240, "p", routine, "0.1.0")
    return SessionRecord(opening, start, True, steps)


COUCH = [StepRecord("couch-stretch", "Couch stretch", side, 60_000, 60_000, "done") for side in ("left", "right")]
BUTTERFLY = StepRecord("supine-butterfly", "Lying butterfly", None, 60_000, 45_000, "shortened")
RECORDS: list[Record] = [
    session(9, COUCH[0]),
    session(20, *COUCH, BUTTERFLY),
    Pain("p", date(2026, 11, 20), AT, "before", 3, "s20"),
    Hurt("h", date(2026, 11, 20), AT, "s20", "couch-stretch", "left", 5, "easier"),
    Check("c", date(2026, 11, 21), AT, "knee-to-wall", "left", 9.5, "cm"),
    Rest("r", date(2026, 11, 21), AT),
    Goal("g", date(2026, 11, 21), AT, 5, ("sat",)),
    session(22, BUTTERFLY, routine=None),
]


@pytest.fixture
def store() -> Store:
    where = paths.find()
    return Store(where.data / "history", where.state)


@pytest.fixture
def folder() -> Path:
    return paths.find().data / "history"


# ---- history ----


def test_the_history_is_told_day_by_day(run: Run, store: Store) -> None:
    store.write(*RECORDS)
    assert run("history").lines == [
        "Mon 2026-11-09  five-minute, 1 of 1 done, 1:00 min of exercise",
        "Fri 2026-11-20  hurt 5 of 10 in couch-stretch, left, chose easier",
        "Fri 2026-11-20  pain 3 of 10 before a session",
        "Fri 2026-11-20  five-minute, 1 of 2 done, 2:45 min of exercise",
        "Sat 2026-11-21  knee-to-wall, left: 9.5 cm",
        "Sat 2026-11-21  goal of 5 days a week, rest days sat",
        "Sat 2026-11-21  rest day",
        "Sun 2026-11-22  Lying butterfly, 1 of 1 begun, 45 s of exercise",
    ]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ((), ["s9", "h", "p", "s20", "c", "g", "r", "s22"]),
        (("--since", "2026-11-21"), ["c", "g", "r", "s22"]),
        (("--until", "2026-11-20"), ["s9", "h", "p", "s20"]),
        (("--since", "2026-11-20", "--until", "2026-11-20", "--exercise", "couch-stretch"), ["h", "s20"]),
        (("--exercise", "supine-butterfly"), ["s20", "s22"]),
        (("--exercise", "nothing"), []),
    ],
)
def test_what_is_asked_for_is_there_as_it_stands_in_the_files(
    run: Run, store: Store, words: tuple[str, ...], ids: list[str]
) -> None:
    store.write(*RECORDS)
    found = run("history", "--json", *words).json
    assert [record["id"] for record in found] == ids
    by_id = {record.id: json.loads(line(fields_of(record))) for record in RECORDS}
    assert found == [by_id[each] for each in ids]


def test_for_spreadsheets_there_is_a_row_for_each_side(run: Run, store: Store) -> None:
    store.write(*RECORDS)
    rows = list(csv.DictReader(run("history", "--csv", "--exercise", "couch-stretch").lines))
    assert [(row["day"], row["side"], row["held_s"], row["session"]) for row in rows] == [
        ("2026-11-09", "left", "60.0", "s9"),
        ("2026-11-20", "left", "60.0", "s20"),
        ("2026-11-20", "right", "60.0", "s20"),
    ]
    assert len(run("history", "--csv").lines) == 6


def test_what_was_added_stands_in_the_history_the_statistics_and_the_report(run: Run, store: Store) -> None:
    bridge = StepRecord("glute-bridge", "Glute bridge", None, 60_000, 60_000, "done", "4 kg")
    store.write(session(20, bridge._replace(load="3 kg")), session(22, bridge, BUTTERFLY))
    assert run("history").lines[-1].endswith("1 of 2 done, 1:45 min of exercise, with 4 kg")
    stats = run("stats")
    assert any(line.startswith("Glute bridge, 4 kg ") for line in stats.lines)
    assert run("stats", "--json").json["by_exercise"][0]["load"] == "4 kg"
    assert "Glute bridge, 4 kg" in run("report").out


def test_a_routine_cannot_steer_the_terminal(run: Run, store: Store) -> None:
    store.write(session(9, COUCH[0], routine="a\x1b[2Jb"))
    assert "a\N{REPLACEMENT CHARACTER}[2Jb, 1 of 1 done" in run("history").lines[0]


def test_an_empty_history_is_said_to_be_empty(run: Run) -> None:
    assert run("history").lines == ["Nothing yet."]
    assert run("history", "--json").json == []
    assert run("stats").lines == ["No day done yet. One finished exercise starts your streak."]
    assert run("stats", "--json").json["by_exercise"] == []


def test_what_a_file_says_cannot_steer_the_terminal(run: Run, store: Store) -> None:
    evil = "\x1b]0;owned\x07\x9b2J\u202e"
    start = session(20, COUCH[0])
    store.write(start._replace(opening=start.opening._replace(id=evil, routine=evil, zone=evil, app=evil)))
    store.write(Hurt("h", date(2026, 11, 20), AT, evil, evil, None, 5, evil))
    for words in (
        ("history",),
        ("history", "--json"),
        ("history", "--csv"),
        ("stats",),
        ("stats", "--json"),
        ("undo",),
    ):
        said = run(*words)
        assert said.code == 0
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(said.out + said.err), words


def test_what_cannot_be_read_is_told_beside_what_can(run: Run, store: Store, folder: Path) -> None:
    store.write(*RECORDS)
    (path,) = folder.iterdir()
    with path.open("a") as stream:
        stream.write("torn")
    for command in ("history", "stats", "streak"):
        said = run(command)
        assert said.code == 0
        assert said.err == f"hiproutine: {path}:9: not a whole record (kept, not counted)\n"


# ---- stats ----


def test_the_totals_are_by_week_exercise_and_side(run: Run, store: Store) -> None:
    store.write(*RECORDS[:2], RECORDS[-1])
    found = run("stats", "--json").json
    assert (found["sessions"], found["days"], found["held_ms"], found["first_day"]) == (3, 3, 270_000, "2026-11-09")
    weeks = {week["from"]: week["held_ms"] for week in found["by_week"]}
    assert len(weeks) == 8
    assert {week: held for week, held in weeks.items() if held} == {"2026-11-09": 60_000, "2026-11-16": 210_000}
    assert found["by_exercise"] == [
        {"exercise": "couch-stretch", "name": "Couch stretch", "sessions": 2, "left_ms": 120_000, "right_ms": 60_000}
        | {"both_ms": 0, "last_day": "2026-11-20", "load": None},
        {"exercise": "supine-butterfly", "name": "Lying butterfly", "sessions": 2, "left_ms": 0, "right_ms": 0}
        | {"both_ms": 90_000, "last_day": "2026-11-22", "load": None},
    ]
    assert found["streak"] == run("streak", "--json").json["streak"]
    said = run("stats").lines
    assert said[1] == "3 sessions on 3 days since 2026-11-09, score 12%."
    assert "Couch stretch    2:00  1:00  0:00  2  2026-11-20" in said


def test_totals_have_their_plurals_and_count_a_day_with_a_session_whether_it_is_done(run: Run, store: Store) -> None:
    store.write(session(20, COUCH[0]._replace(end="skipped"))._replace(counts=False))
    assert run("stats").lines[1] == "1 session on 1 day (0 done) since 2026-11-20, score 0%."


def test_totals_keep_their_numbers_on_a_narrow_terminal(
    run: Run, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write(session(20, *(step._replace(name="Couch stretch with a very long name") for step in COUCH)))
    for name, value in {"COLUMNS": "60", "LINES": "20", "FORCE_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    said = re.sub(r"\x1b\[\d*m", "", run("stats").out).splitlines()
    at = said.index("Couch stretch with a very long name")
    assert said[at + 1].split() == ["1:00", "1:00", "0:00", "1", "2026-11-20"]
    assert len(said[at + 1]) <= 60


# ---- doctor ----


def odd(run: Run) -> list[str]:
    said = run("doctor")
    assert said.err == ""
    assert said.code == 1
    return [each.removeprefix("- ") for each in said.out.splitlines()[1:]]


def test_a_healthy_history_is_said_to_be_well(run: Run, store: Store, folder: Path) -> None:
    assert run("doctor").lines == [f"{folder}: 0 records in 0 files of 0 devices.", "All is well."]
    store.write(*RECORDS)
    assert run("doctor").lines == [f"{folder}: 8 records in 1 file of 1 device.", "All is well."]


def test_torn_lines_copies_and_newer_records_are_reported_and_kept(run: Run, store: Store, folder: Path) -> None:
    store.write(*RECORDS)
    (path,) = folder.iterdir()
    whole = path.read_text("utf-8")
    path.write_text(
        whole + '{"v":2,"kind":"session"}\n{"v":1,"id":"x","kind":"dream"}\n' + whole[:50], encoding="utf-8"
    )
    copy = folder / f"{path.stem}.sync-conflict-20261123-073000-ABC.jsonl"
    copy.write_text(whole, encoding="utf-8")
    copy.chmod(0o644)
    before = path.read_bytes()
    assert odd(run) == [
        f"{path}:11: not a whole record",
        f"{path.name}: 2 lines from a newer hiproutine; kept, not counted",
        f"{copy.name}: a sync conflict copy, or one made by hand; repeated records are counted once",
    ]
    assert copy.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes() == before
    assert len(store.read().of(SessionRecord)) == 3


def test_a_folder_that_the_user_chose_keeps_its_modes(run: Run, tmp_path: Path) -> None:
    chosen = Store(tmp_path / "shared", paths.find().state)
    chosen.write(*RECORDS)
    (path,) = (tmp_path / "shared").iterdir()
    modes = {tmp_path / "shared": 0o755, path: 0o640}
    for each, mode in modes.items():
        each.chmod(mode)
    settings.put(paths.find().config / "settings.yaml", "history_folder", str(tmp_path / "shared"))
    for _ in range(2):
        assert odd(run) == [f"{path.name}: other users can read it; run `chmod 600 {path.name}` in its folder"]
        run("rest")
    assert {each: each.stat().st_mode & 0o777 for each in modes} == modes


def test_an_edited_line_is_reported_and_all_machines_count_the_same_one(run: Run, store: Store, folder: Path) -> None:
    store.write(Pain("p", date(2026, 11, 20), AT, "before", 3, None))
    (path,) = folder.iterdir()
    other = path.read_text("utf-8").replace('"score":3', '"score":1')
    for name in ("00000000-2026.jsonl", "zzzzzzzz-2026.jsonl"):
        (folder / name).write_text(other, encoding="utf-8")
        (folder / name).chmod(0o600)
        assert [pain.score for pain in store.read().of(Pain)] == [1]
        assert odd(run) == ["record p has 2 versions, so it was edited; one of them is counted"]
        (folder / name).unlink()


def test_a_clock_that_was_set_back_is_reported(run: Run, store: Store) -> None:
    store.write(Rest("early", date(2026, 11, 22), AT), Rest("ahead", date(2026, 11, 23), AT.replace(day=30)))
    store.write(Rest("back", date(2026, 11, 21), AT))
    assert [each.partition(": ")[2][:30] for each in odd(run)] == [
        "1 record dated in the future, ",
        "2026-11-20T17:00:00.000Z was w",
    ]


def test_a_cloned_home_is_reported_until_it_has_an_id_of_its_own(run: Run, store: Store, folder: Path) -> None:
    store.write(RECORDS[0])
    device = paths.find().state / "device"
    device.write_text(f"{device.read_text().split()[0]} laptop\n")
    assert odd(run) == ["this home was copied from laptop; the next record starts a new file"]
    store.write(RECORDS[1])
    assert run("doctor").lines == [f"{folder}: 2 records in 2 files of 2 devices.", "All is well."]


def test_files_that_cannot_be_read_are_reported(run: Run, folder: Path) -> None:
    make_folder(folder)
    os.mkfifo(folder / "0a1b2c3d-2026.jsonl", 0o600)
    (folder / "0a1b2c3d-2025.jsonl").symlink_to("gone")
    (folder / "0a1b2c3d-2024.jsonl").mkdir(mode=0o700)
    assert odd(run) == [
        f"{folder}/0a1b2c3d-2024.jsonl: Is a directory",
        f"{folder}/0a1b2c3d-2025.jsonl: No such file or directory",
        f"{folder}/0a1b2c3d-2026.jsonl: not a regular file",
    ]


@pytest.mark.parametrize("command", ["doctor", "undo"])
def test_a_folder_that_cannot_be_seen_is_an_error_with_its_place(run: Run, folder: Path, command: str) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("in the way")
    said = run(command)
    assert (said.code, said.out) == (1, "")
    assert said.err == f"hiproutine: {folder}: Not a directory\n"


def test_broken_off_sessions_are_reported(run: Run, store: Store) -> None:
    opening = session(22).opening
    store.begin(opening, COUCH).leave()
    assert odd(run) == [f"1 interrupted session in {paths.find().state / 'journal'}, already counted"]


def test_days_off_ahead_are_declared_in_one_go_and_taken_back_as_one(run: Run) -> None:
    assert run("rest", "2026-12-25").lines[0] == "Fri 2026-12-25 is a rest day."
    told = run("rest", "2026-12-24..2027-01-02").lines[0]
    assert told == "Thu 2026-12-24 to Sat 2027-01-02: 10 rest days, 1 of them already."
    assert run("history", "--until", "2027-02-01", "--json").out.count('"rest"') == 10
    assert run("rest", "today..tomorrow").lines[0] == "Mon 2026-11-23 to Tue 2026-11-24: 2 rest days."


@pytest.mark.parametrize(
    ("span", "why"),
    [
        ("2026-12-24..2026-12-23", "ends before it begins"),
        ("2026-12-24..", '"" is not a day'),
        ("24.12.", "today, tomorrow, a weekday, or in-2-days"),
        ("today..2030-01-01", "too far away"),
    ],
)
def test_a_span_that_is_none_is_refused_whole(run: Run, span: str, why: str) -> None:
    found = run("rest", span)
    assert (found.code, why in found.err) == (2, True)
    assert '"rest"' not in run("history", "--json").out
