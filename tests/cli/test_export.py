"""Giving the history to other programs and taking from them, on the command line. It is 2026-11-23, a Monday."""

import os
import stat
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from garmin_fit_sdk import Decoder, Stream
from icalendar import Calendar

from hiproutine import paths
from hiproutine.history.past import Past
from hiproutine.history.records import Rest, SessionRecord
from hiproutine.history.store import Store
from tests.conftest import HandClock, Run

TABLE = "day,minutes,routine\n2025-01-02,10,five-minute\n2025-01-01,5,five-minute\n"


def past() -> Past:
    where = paths.find()
    return Store(where.data / "history", where.state).read()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "other"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def clock_of_home(clock: HandClock, monkeypatch: pytest.MonkeyPatch, run: Run) -> HandClock:
    monkeypatch.setattr("hiproutine.day.context.SystemClock", lambda: clock)
    return clock


# ---- export ----


def test_files_of_every_form_hold_the_sessions(run: Run, tmp_path: Path) -> None:
    run("log", "four-everyday", "--day", "yesterday")
    run("log", "glute-bridge")
    assert run("export", "--csv", f"{tmp_path}/a.csv").lines == [f"Written: {tmp_path}/a.csv"]
    assert (tmp_path / "a.csv").read_text("utf-8") == run("history", "--csv").out
    run("export", "--ics", f"{tmp_path}/a.ics")
    read = Calendar.from_ical((tmp_path / "a.ics").read_bytes())
    assert isinstance(read, Calendar)
    assert [event["SUMMARY"] for event in read.walk("VEVENT")] == ["Hips: four-everyday", "Hips"]
    assert run("export", "--fit", f"{tmp_path}/fit").lines == [f"2 files written to {tmp_path}/fit, 0 already there."]
    assert [fit_sub_sport(path) for path in sorted((tmp_path / "fit").iterdir())] == [
        "flexibility_training",
        "strength_training",
    ]
    written = [tmp_path / "a.csv", tmp_path / "a.ics", *(tmp_path / "fit").iterdir()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}


def fit_sub_sport(path: Path) -> str:
    messages, errors = Decoder(Stream.from_file(str(path))).read()
    assert errors == []
    return str(messages["session_mesgs"][0]["sub_sport"])


def test_exporting_again_writes_only_the_fit_files_that_are_new(run: Run, tmp_path: Path) -> None:
    run("log", "supine-butterfly", "--day", "yesterday")
    run("export", "--fit", f"{tmp_path}/fit")
    run("log", "supine-butterfly")
    assert run("export", "--fit", f"{tmp_path}/fit").lines == [f"1 file written to {tmp_path}/fit, 1 already there."]
    assert [path.name[:11] for path in sorted((tmp_path / "fit").iterdir())] == ["2026-11-22-", "2026-11-23-"]
    for path in (tmp_path / "fit").iterdir():
        path.write_bytes(b"torn")
    assert run("export", "--fit", f"{tmp_path}/fit").lines == [f"2 files written to {tmp_path}/fit, 0 already there."]


def test_a_session_that_a_fit_file_cannot_hold_is_told_and_the_others_are_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t").write_text("day,minutes\n1975-01-01,5\n2025-01-01,5\n")
    run("import", f"{tmp_path}/t", "--from", "csv", "--yes")
    said = run("export", "--fit", f"{tmp_path}/fit")
    assert (said.code, said.out.splitlines()) == (
        1,
        [
            f"1 file written to {tmp_path}/fit, 0 already there.",
            "- the session of 1975-01-01 is outside the years of FIT files, 1999 to 2125",
        ],
    )


def test_nothing_is_written_over_unasked(run: Run, tmp_path: Path) -> None:
    run("log", "supine-butterfly")
    path = tmp_path / "mine"
    path.write_text("precious")
    said = run("export", "--csv", str(path))
    assert (said.code, said.out) == (1, "")
    assert (
        said.err == f"hiproutine: {path} exists already. Overwrite it? There is no terminal to answer at; add --yes\n"
    )
    assert path.read_text() == "precious"
    assert run("export", "--csv", str(path), "--yes").code == 0
    assert path.read_text().startswith("day,start,")
    assert list(tmp_path.glob("mine*")) == [path], "nothing is left lying about"


def test_what_cannot_be_exported_is_told(run: Run, tmp_path: Path) -> None:
    said = run("export", "--csv", f"{tmp_path}/a.csv")
    assert (said.code, said.err) == (1, "hiproutine: there is nothing to export: the history has no session yet\n")
    run("log", "supine-butterfly")
    said = run("export", "--ics", f"{tmp_path}/nowhere/a.ics")
    assert (said.code, said.err) == (
        1,
        f"hiproutine: {tmp_path}/nowhere/a.ics: No such file or directory\n",
    )
    (tmp_path / "file").touch()
    assert run("export", "--fit", f"{tmp_path}/file").err == f"hiproutine: {tmp_path}/file: File exists\n"
    assert run("export", "--csv", "a", "--ics", "b").code == 2


# ---- import ----


def test_what_would_be_added_is_shown_first(run: Run, file: Path) -> None:
    preview = "To add: 2 sessions and 0 other records, from Wed 2025-01-01 to Thu 2025-01-02; none already there."
    assert run("import", str(file), "--from", "csv", "--dry-run").lines == [preview]
    said = run("import", str(file), "--from", "csv")
    assert (said.code, said.out) == (1, f"{preview}\n")
    assert said.err == "hiproutine: Add them to the history? There is no terminal to answer at; add --yes\n"
    assert past() == Past()
    assert run("import", str(file), "--from", "csv", "--yes").lines[:2] == [preview, "Added."]
    assert [session.day for session in past().of(SessionRecord)] == [date(2025, 1, 1), date(2025, 1, 2)]
    assert run("doctor").code == 0


def test_importing_twice_adds_nothing(run: Run, file: Path) -> None:
    run("import", str(file), "--from", "csv", "--yes")
    assert run("import", str(file), "--from", "csv", "--yes").lines == ["Nothing to add; 2 already there."]
    file.write_text(TABLE + "2025-01-03,1,five-minute\n")
    assert (
        "1 session and 0 other records, from Fri 2025-01-03" in run("import", str(file), "--from", "csv", "--yes").out
    )
    assert [session.day.day for session in past().of(SessionRecord)] == [1, 2, 3]


def test_an_import_is_taken_back_as_a_whole_and_comes_again(run: Run, file: Path, clock_of_home: HandClock) -> None:
    run("log", "supine-butterfly")
    clock_of_home.turn(1)
    file.write_text("2025-01-01 : Hips : y\n2024-12-31 : Hips : y\n2025-01-03 : Hips : s\n")
    words = ("import", str(file), "--from", "harsh", "--yes")
    run(*words)
    whole = "the whole import of other: 3 records, from Tue 2024-12-31 to Fri 2025-01-03."
    asked = run("undo")
    assert (asked.code, asked.out) == (1, f"To take back: {whole}\n")
    assert asked.err == "hiproutine: Take all of it back? There is no terminal to answer at; add --yes\n"
    assert len(past().of(SessionRecord)) == 3
    for _ in range(2):
        assert run("undo", "--yes").lines[:2] == [f"To take back: {whole}", f"Taken back: {whole}"]
        assert [session.steps[0].exercise for session in past().of(SessionRecord)] == ["supine-butterfly"]
        assert past().of(Rest) == ()
        assert run(*words).lines[0] == (
            "To add: 2 sessions and 1 other record, from Tue 2024-12-31 to Fri 2025-01-03; none already there; "
            "taken back before, to be restored: 3."
        )
        assert (len(past().of(SessionRecord)), len(past().of(Rest))) == (3, 1)
        assert run(*words).lines == ["Nothing to add; 3 already there."]
    run("undo", "--yes")
    assert run("undo").lines[0].startswith("Taken back: Mon 2026-11-23, Lying butterfly")
    assert run("undo").err == "hiproutine: there is nothing to undo: the history is empty\n"
    assert run("doctor").code == 0


def test_what_came_again_is_taken_back_with_what_came_with_it(run: Run, file: Path, clock_of_home: HandClock) -> None:
    file.write_text("day\n2025-01-01\n")
    run("import", str(file), "--from", "csv", "--yes")
    assert run("undo").lines[0].startswith("Taken back: Wed 2025-01-01, ")
    file.write_text("day\n2025-01-01\n2025-01-02\n")
    clock_of_home.turn(1)
    said = run("import", str(file), "--from", "csv", "--yes").lines
    assert said[0].endswith("none already there; taken back before, to be restored: 1.")
    assert run("undo", "--yes").lines[0].startswith("To take back: the whole import of other: 2 records")
    assert past().of(SessionRecord) == ()


def test_an_import_makes_a_streak(run: Run, file: Path) -> None:
    file.write_text("day\n2026-11-20\n2026-11-21\n2026-11-22\n")
    assert run("import", str(file), "--from", "csv", "--yes").lines[-1].startswith("3 days in a row")
    assert run("streak", "--json").json["streak"] == 3


def test_every_line_that_cannot_be_read_is_told_and_the_others_are_added(run: Run, file: Path) -> None:
    file.write_text("day,minutes\n2025-01-01,5\nnever,5\n2025-01-03,\x1b[31m\n2027-01-01,1\n")
    said = run("import", str(file), "--from", "csv", "--yes")
    assert (said.code, said.err) == (1, "")
    assert said.out.splitlines()[:4] == [
        f'- {file}:3: "never" is not a day such as 2025-01-15',
        f'- {file}:4: "\N{REPLACEMENT CHARACTER}[31m" is not an amount',
        f"- {file}:5: 2027-01-01 is in the future",
        "To add: 1 session and 0 other records, from Wed 2025-01-01 to Wed 2025-01-01; none already there.",
    ]
    assert len(past().of(SessionRecord)) == 1


def test_of_many_habits_the_user_names_those_of_the_hips(run: Run, file: Path) -> None:
    file.write_text(
        "2025-01-01 : Hips : y : : \n2025-01-01 : Gym : y :  : 1\n2025-01-02 : Hips : s\n2025-01-03 : Back : y\n"
    )
    said = run("import", str(file), "--from", "harsh", "--yes")
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        'hiproutine: the file has 3 habits (Hips, Gym, Back); name each one for your hips: --habit "Hips"\n'
    )
    assert (
        'there is no habit "Hip" (did you mean "Hips"?); the file has Hips, Gym, Back'
        in run("import", str(file), "--from", "harsh", "--habit", "Hip").err
    )
    run("import", str(file), "--from", "harsh", "--habit", "hips", "--habit", "Back", "--yes")
    assert [session.steps[0].exercise for session in past().of(SessionRecord)] == ["hips", "back"]
    assert [rest.day for rest in past().of(Rest)] == [date(2025, 1, 2)]


def test_amounts_are_times_if_the_user_says_so(run: Run, file: Path) -> None:
    file.write_text("2025-01-01 : Hips : y :  : 1.5\n")
    run("import", str(file), "--from", "harsh", "--amounts", "hours", "--yes")
    assert past().of(SessionRecord)[0].steps[0].held_ms == 5_400_000


def test_the_zip_of_loop_is_read_habit_by_habit(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "Loop Habits CSV 2026-11-23.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Habits.csv", "Position,Name\n001,Hips\n")
        archive.writestr("Checkmarks.csv", "Date,Hips,French,\n2025-01-01,UNKNOWN,YES_MANUAL,\n")
        archive.writestr("001 Hips/Checkmarks.csv", "Date,Value,Notes\n2025-01-02,YES_MANUAL,\n2025-01-01,what,\n")
        archive.writestr("001 Hips/Scores.csv", "Date,Score\n2025-01-02,0.1\n")
        archive.writestr("002 French/Checkmarks.csv", "Date,Value,Notes\n2025-01-01,YES_MANUAL,oui\n")
    said = run("import", str(path), "--habit", "Hips", "--yes")
    assert said.out.startswith(f'- {path}/001 Hips/Checkmarks.csv:3: "what" is not an amount\nTo add: 1 session')
    assert [session.day for session in past().of(SessionRecord)] == [date(2025, 1, 2)]


def test_two_habits_whose_folders_are_called_the_same_are_two(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "loop"  # under another name
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Checkmarks.csv", "Date,Stretch ☀,Stretch 🌙,\n2026-11-22,2,0,\n")
        archive.writestr("001 Stretch/Checkmarks.csv", "2026-11-22,2\n2026-11-21,2\n2026-11-20,0\n")
        archive.writestr("002 Stretch/Checkmarks.csv", "2026-11-22,0\n2026-11-21,2\n2026-11-20,2\n")
    said = run("import", str(path))
    assert said.err == (
        'hiproutine: the file has 2 habits (Stretch ☀, Stretch 🌙); name each one for your hips: --habit "Stretch ☀"\n'
    )
    run("import", str(path), "--habit", "stretch 🌙", "--yes")
    assert [session.day.day for session in past().of(SessionRecord)] == [20, 21]
    run("import", str(path), "--habit", "Stretch ☀", "--yes")
    assert [session.day.day for session in past().of(SessionRecord)] == [20, 21, 21, 22]


def test_a_name_of_two_habits_is_none(run: Run, file: Path) -> None:
    file.write_text("2025-01-01 : Hips : y\n2025-01-01 : hips : y\n2025-01-02 : HIP : y\n")
    words = ("import", str(file), "--from", "harsh", "--dry-run", "--habit")
    assert run(*words, "hips").lines[0].startswith("To add: 1 session")
    assert 'there is no habit "HIPS"' in run(*words, "HIPS").err


def test_a_habit_does_not_hide_why_nothing_can_be_read(run: Run, file: Path) -> None:
    file.write_text("2025-01-01: Hips: y\n")
    said = run("import", str(file), "--from", "harsh", "--habit", "Hips", "--yes")
    assert (said.code, said.out) == (
        1,
        f"- {file}:1: not a line such as `2025-01-15 : Hips : y : a comment : 10`\n",
    )
    assert said.err == 'hiproutine: there is no habit "Hips"; nothing in the file can be read\n'


def test_of_many_lines_that_cannot_be_read_the_first_are_told(run: Run, file: Path) -> None:
    file.write_text("day\n" + "never\n" * 1101)
    said = run("import", str(file), "--from", "csv", "--yes")
    assert said.code == 1
    assert len(said.out.splitlines()) == 102
    assert said.out.splitlines()[-2] == "- and 1,001 more unreadable lines"


ZIP = "a zip file; use --from loop for Loop's, and no --from for hiproutine's"


@pytest.mark.parametrize(
    ("content", "program", "says"),
    [
        (b"SQLite format 3\0x", None, "a database, such as Loop's full backup; choose Export as CSV in Loop"),
        (b"SQLite format 3\0x", "loop", "a database, such as Loop's full backup; choose Export as CSV in Loop"),
        (b"\x1f\x8b\x08x", "csv", "packed by gzip; unpack it first"),
        (b"2025-01-01 : Hips : y", None, "text of an unknown program; name it with --from harsh, loop or csv"),
        (b"", None, "empty file"),
        ("day\n".encode("utf-16"), "csv", "UTF-16, or not text; save it as UTF-8 first"),
        ("day\n".encode("utf-16-le"), "csv", "UTF-16, or not text; save it as UTF-8 first"),
        (b"PK\5\6" + bytes(18), "csv", ZIP),
        (b"PK\5\6" + bytes(18), "harsh", ZIP),
        (b"PK\5\6" + bytes(18), "loop", "no checkmarks of Loop; import a zip of hiproutine without --from"),
        (b"PK\5\6" + bytes(18), None, "contains no history of hiproutine"),
        (b"x" * 20_000_001, "csv", "more than 20 MB, too much for a habit log"),
        (b"x" * 1_000_001, "harsh", "a line of more than 1,000,000 bytes, too long for a habit log"),
        (b"day\n" * 300_001, "csv", "more than 300,000 lines, too many for a habit log"),
    ],
)
def test_what_a_file_is_shows_in_its_first_bytes(
    run: Run, tmp_path: Path, content: bytes, program: str | None, says: str
) -> None:
    file = tmp_path / "given"
    file.write_bytes(content)
    said = run("import", str(file), *(["--from", program] if program else []), "--yes")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(f"hiproutine: {file}: {says}")


@pytest.mark.parametrize(
    ("text", "program", "bound", "says"),
    [
        ("day\n2025-01-01\n2025-01-02\n2025-01-03\n", "csv", "_MOST_RECORDS", "more than 2 sessions"),
        ("2025-01-01 : Hips : n\n" * 3, "harsh", "_MOST_ENTRIES", "more than 2 entries"),
        ("Date,a,b,c,\n2025-01-01,0,0,2,\n", "loop", "_MOST_HABITS", "more than 2 habits"),
    ],
)
def test_more_than_anybody_can_have_noted_is_a_sentence(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch, *, text: str, program: str, bound: str, says: str
) -> None:
    file.write_text(text)
    monkeypatch.setattr(f"hiproutine.cli.commands.import_.{bound}", 2)
    said = run("import", str(file), "--from", program, "--yes")
    assert (said.code, said.out) == (1, "")
    assert says in said.err
    monkeypatch.setattr(f"hiproutine.cli.commands.import_.{bound}", 3)
    assert says not in run("import", str(file), "--from", program, "--yes").err


@pytest.mark.parametrize(
    ("content", "program", "says"),
    [
        (None, "csv", "{file}: No such file or directory"),
        (b"day\n2025-01-01\n\xff", "csv", "{file}:3: not UTF-8; save it as UTF-8 first"),
        (b"PK\3\4 no zip", "loop", "{file}: not a whole zip file (File is not a zip file)"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(
    run: Run, tmp_path: Path, content: bytes | None, program: str, says: str
) -> None:
    file = tmp_path / "file.zip"
    if content is not None:
        file.write_bytes(content)
    said = run("import", str(file), "--from", program, "--yes")
    assert (said.code, said.out, said.err) == (1, "", f"hiproutine: {says.format(file=file)}\n")


def test_what_is_no_file_is_told(run: Run, tmp_path: Path) -> None:
    said = run("import", str(tmp_path), "--from", "csv", "--yes")
    assert (said.code, said.err) == (
        1,
        f"hiproutine: {tmp_path}: a folder; import the exported zip, or one table of the folder\n",
    )


def test_an_empty_file_adds_nothing(run: Run, file: Path) -> None:
    file.write_text("")
    assert run("import", str(file), "--from", "harsh", "--yes").lines == ["Nothing to add."]


@pytest.mark.parametrize(
    "words", [["--from", "csv", "--habit", "x"], ["--from", "csv", "--amounts", "hours"], ["--habit", "x"]], ids=str
)
def test_what_would_do_nothing_is_wrong_usage(run: Run, file: Path, words: list[str]) -> None:
    assert run("import", str(file), *words).code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is needed")
@pytest.mark.parametrize(("answer", "added"), [("y", True), ("n", False), ("", False), ("\x04", False)], ids=repr)
def test_at_a_terminal_the_user_is_asked(file: Path, answer: str, added: bool) -> None:
    near, far = os.openpty()
    command = [sys.executable, "-m", "hiproutine", "import", str(file), "--from", "csv"]
    with subprocess.Popen(command, stdin=far, stdout=far, stderr=far) as asked:
        os.close(far)
        said = b""
        while b"[y/N] " not in said:
            said += os.read(near, 1000)
        assert b"To add: 2 sessions" in said
        os.write(near, answer.encode() if answer == "\x04" else f"{answer}\n".encode())
        assert asked.wait(20) == (0 if added else 1)
    os.close(near)
    assert bool(past().of(SessionRecord)) is added


# ---- the coming two weeks ----


def coming(run: Run, file: Path, *words: str) -> list[Any]:
    """The events of a calendar of the coming two weeks."""
    assert run("export", "--ics", str(file), "--plan", "--yes", *words).code == 0
    return list(Calendar.from_ical(file.read_bytes()).walk("VEVENT"))


def test_the_coming_two_weeks_have_an_alarm_a_day_except_on_days_of_rest(run: Run, tmp_path: Path) -> None:
    assert run("goal", "5/7", "--rest", "sat,sun").code == 0
    assert run("rest", "2026-11-25").code == 0
    events = coming(run, tmp_path / "a.ics", "--at", "7:45")
    days = [f"{each['DTSTART'].dt:%a %d %H:%M}" for each in events]
    assert days == [
        f"{day} 07:45"
        for day in ("Mon 23", "Tue 24", "Thu 26", "Fri 27", "Mon 30", "Tue 01", "Wed 02", "Thu 03", "Fri 04")
    ]
    first = events[0]
    today = run("today", "--json").json
    assert first["SUMMARY"] == f"Hips: {today['routine'] and '4 stretches to do everyday'}"
    assert all(item["name"] in first["DESCRIPTION"] for item in today["items"])
    assert (first["DTEND"].dt - first["DTSTART"].dt).total_seconds() // 1 == today["seconds"]
    assert all(each["DTSTART"].dt.tzinfo is None for each in events)  # local time, wherever one is then
    assert [alarm["TRIGGER"].dt.total_seconds() for each in events for alarm in each.walk("VALARM")] == [0] * len(
        events
    )


def test_what_is_done_or_past_is_not_to_come_and_a_newer_plan_replaces_the_older(run: Run, tmp_path: Path) -> None:
    first = coming(run, tmp_path / "a.ics")
    assert f"{first[0]['DTSTART'].dt:%d %H:%M}" == "23 08:00"
    assert len({each["UID"] for each in first}) == 14
    assert len(coming(run, tmp_path / "b.ics", "--at", "7:00")) == 13  # it is half past seven
    run("log", "couch-stretch")
    after = coming(run, tmp_path / "c.ics")
    assert [each["UID"] for each in after] == [each["UID"] for each in first[1:]]


@pytest.mark.parametrize("words", [["--plan"], ["--csv", "a.csv", "--plan"], ["--ics", "a.ics", "--at", "8:00"]])
def test_a_plan_is_a_calendar(run: Run, words: list[str]) -> None:
    said = run("export", *words)
    assert (said.code, "--ics FILE --plan" in said.err) == (2, True)
