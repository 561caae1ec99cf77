"""Files of other programs as records. It is 2026-11-23, a Monday."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiproutine.exchange import habits as others
from hiproutine.exchange.csv import HEADS
from hiproutine.exchange.habits import Entry, File, Here
from hiproutine.history.jsonl import Unreadable
from hiproutine.history.records import KINDS, Rest, SessionRecord, StepRecord, fields_of
from tests.conftest import PARIS_WINTER

Reader = Callable[[File], Iterator[Entry | Unreadable]]
HERE = Here(datetime(2026, 11, 23, 7, 30, tzinfo=PARIS_WINTER), date(2026, 11, 23), "Europe/Paris", "0.1.0")
MINUTE = 60_000


def read(reader: Reader, text: str, name: str = "log", habit: str = "") -> tuple[list[tuple[object, ...]], list[str]]:
    """(day, what, name, amount) of each entry, and what could not be read."""
    found = list(reader(File(name, text, habit)))
    entries: list[tuple[object, ...]] = [(str(e.day), e.what, e.name, e.amount) for e in found if isinstance(e, Entry)]
    return entries, [str(each) for each in found if isinstance(each, Unreadable)]


def records(reader: Reader, text: str, unit_ms: int = MINUTE) -> tuple[list[SessionRecord | Rest], list[str]]:
    entries = [entry for entry in reader(File("log", text)) if isinstance(entry, Entry)]
    found = list(others.records("a program", entries, unit_ms, HERE))
    return [r for r in found if not isinstance(r, Unreadable)], [str(r) for r in found if isinstance(r, Unreadable)]


def sessions(found: Iterable[SessionRecord | Rest]) -> list[SessionRecord]:
    return [record for record in found if isinstance(record, SessionRecord)]


# ---- harsh ----


def test_a_line_of_harsh_is_an_entry() -> None:
    log = """\
# Test log
2025-01-01 : Hips : y : Leg day : 1.5

2025-01-02 : Hips : n : Too tired : 0
2025-01-03 : Hips : s\r
2025-01-04 : Hip opening : y :  :\x20
2025-01-05 : Hips : y : with : in it : 10
"""
    assert read(others.harsh, log) == (
        [
            ("2025-01-01", "done", "Hips", 1.5),
            ("2025-01-02", "missed", "Hips", 0),
            ("2025-01-03", "rest", "Hips", None),
            ("2025-01-04", "done", "Hip opening", None),
            ("2025-01-05", "done", "Hips", 10),
        ],
        [],
    )


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("2025-02-30 : Hips : y", '"2025-02-30" is not a day such as 2025-01-15'),
        ("1905-01-01 : Hips : y", "1905-01-01 is before 1970"),
        ("2025-01-01 : Hips : maybe", "not a line such as `2025-01-15 : Hips : y : a comment : 10`"),
        ("2025-01-01: Hips: y", "not a line such as `2025-01-15 : Hips : y : a comment : 10`"),
        ("\x1b[2J : Hips : y", '"\N{REPLACEMENT CHARACTER}[2J" is not a day such as 2025-01-15'),
    ],
)
def test_a_line_that_harsh_would_not_write_is_told_with_its_place(line: str, says: str) -> None:
    entries, unreadable = read(others.harsh, f"# a head\n{line}\n2025-01-03 : Hips : y\n")
    assert unreadable == [f"log:2: {says}"]
    assert [entry[0] for entry in entries] == ["2025-01-03"]


@pytest.mark.parametrize("word", ["note", "-1", "nan", "inf"])
def test_what_is_no_amount_costs_nothing_unless_amounts_are_asked_for(word: str) -> None:
    log = (
        f"2026-11-20 : Hips : y : see : {word}\n2026-11-21 : Hips : y : good : 3,14\n2026-11-22 : Hips : n :  : {word}"
    )
    assert [session.day.day for session in sessions(records(others.harsh, log, 0)[0])] == [20, 21]
    found, unreadable = records(others.harsh, log, MINUTE)
    assert [(session.day.day, session.steps[0].held_ms) for session in sessions(found)] == [(21, 188_400)]
    assert unreadable == [f'log:1: "{word}" is not an amount']


def test_the_last_line_of_a_day_is_true() -> None:
    found, _ = records(
        others.harsh, "2025-01-01 : Hips : y\n2025-01-02 : Hips : n\n2025-01-01 : Hips : n\n2025-01-02 : Hips : y"
    )
    assert [record.day for record in found] == [date(2025, 1, 2)]


# ---- Loop Habit Tracker ----


def test_the_table_of_all_habits_is_read_column_by_column() -> None:
    text = "Date,Hips,French,Water,\n2026-02-02,YES_MANUAL,YES_AUTO,10000,\n2026-02-01,SKIP,UNKNOWN,NO,\n"
    assert read(others.loop, text) == (
        [
            ("2026-02-02", "done", "Hips", None),
            ("2026-02-02", "missed", "French", None),
            ("2026-02-02", "done", "Water", 10),
            ("2026-02-01", "rest", "Hips", None),
            ("2026-02-01", "missed", "French", None),
            ("2026-02-01", "missed", "Water", None),
        ],
        [],
    )


@pytest.mark.parametrize("heads", ["Date,Value,Notes", "Date,Value"])
def test_the_table_of_one_habit_is_called_like_its_folder(heads: str) -> None:
    text = f'{heads}\n2026-02-02,2,"a, ""b""\nc"\n2026-02-01,SKIP,\n2026-01-31,what,\n'
    entries, unreadable = read(others.loop, text, "Loop.zip/012 Hip opening/Checkmarks.csv")
    assert entries == [("2026-02-02", "done", "Hip opening", None), ("2026-02-01", "rest", "Hip opening", None)]
    assert unreadable == ['Loop.zip/012 Hip opening/Checkmarks.csv:5: "what" is not an amount']


def test_the_numbers_of_older_versions_are_known() -> None:
    entries, _ = read(others.loop, "Date,Value\n" + "".join(f"2020-01-0{day},{day - 2}\n" for day in range(1, 6)))
    assert [what for _, what, *_ in entries] == ["missed", "missed", "missed", "done", "rest"]


def test_what_is_no_table_of_loop_is_told() -> None:
    says = "log:1: not a table of Loop's checkmarks, which begins with Date"
    for text in ("", "\n", "day,minutes\n2026-01-01,3\n"):
        assert read(others.loop, text) == ([], [says])
    entries, unreadable = read(others.loop, "Date,a,b,\n2026-01-01,NO,NO,NO,\n2026-01-02,NO\n2026-01-03,NO,NO,\n")
    assert len(entries) == 2
    assert [each.partition(": import")[0] for each in unreadable] == [
        "log:2: 3 values for 2 habits, probably because of a comma in a habit's name",
        "log:3: 1 values for 2 habits, probably because of a comma in a habit's name",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Date,Hips,Walk\n2026-11-26,,2\n2026-11-25,,\n",
        "Date,Hips,Walk,\n2026-11-26,,2,\n2026-11-25,,,\n",
        "Date,Hips,Walk\n2026-11-26, ,2,\n2026-11-25\n" + "2026-11-25,-1,0,\n",
    ],
)
def test_what_is_empty_or_nought_was_not_done(text: str) -> None:
    found, _ = read(others.loop, text)
    assert found == [
        ("2026-11-26", "missed", "Hips", None),
        ("2026-11-26", "done", "Walk", None),
        ("2026-11-25", "missed", "Hips", None),
        ("2026-11-25", "missed", "Walk", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Date,Read, write,Hips,\n2026-11-26,YES_MANUAL,NO,\n2026-11-25,YES_MANUAL,UNKNOWN,\n",
        "Date,Hips,\n2026-11-26,NO,YES_MANUAL,\n2026-11-25,NO,YES_MANUAL\n",
        "Date,Hips\n2026-11-26,NO,YES_MANUAL,\n2026-11-25,NO,YES_MANUAL\n",
    ],
)
def test_values_that_do_not_stand_under_their_names_are_refused(text: str) -> None:
    entries, unreadable = read(others.loop, text)
    assert entries == []
    assert [each.partition(" values")[0] for each in unreadable] == ["log:2: 2", "log:3: 2"]
    assert unreadable[0].endswith(
        "probably because of a comma in a habit's name: import Loop's whole zip, where each habit has a table, or "
        "rename the habit in Loop"
    )


def test_a_name_with_a_comma_stands_between_quotes_where_a_spreadsheet_wrote_it() -> None:
    text = 'Date,"Read, write",Hips\n2026-11-26,NO,YES_MANUAL\n'
    assert [entry[1:3] for entry in read(others.loop, text)[0]] == [("missed", "Read, write"), ("done", "Hips")]


def test_quotes_of_a_name_are_no_quotes_of_a_table() -> None:
    text = 'Date,"Deep" squat,Hips,\n2026-11-26,NO,YES_MANUAL,\n'
    assert [entry[1:3] for entry in read(others.loop, text)[0]] == [("missed", '"Deep" squat'), ("done", "Hips")]


@pytest.mark.parametrize("value", ["0", "0.0", "0,0", "0000"])
def test_a_measured_nought_was_not_done(value: str) -> None:
    assert [entry[1] for entry in read(others.loop, f'Date,Value\n2026-11-26,"{value}"\n')[0]] == ["missed"]


# Versions before 2.3.1.


def test_a_table_of_one_habit_may_be_without_heads() -> None:
    text = "2026-11-26,2\n2026-11-25,3\n2026-11-24,0\n2026-11-23,15000\n"
    assert read(others.loop, text, "Loop.zip/001 Hips/Checkmarks.csv") == (
        [
            ("2026-11-26", "done", "Hips", None),
            ("2026-11-25", "rest", "Hips", None),
            ("2026-11-24", "missed", "Hips", None),
            ("2026-11-23", "done", "Hips", 15),
        ],
        [],
    )
    assert read(others.loop, "", "Loop.zip/001 Hips/Checkmarks.csv", "Hips") == ([], [])


@pytest.mark.parametrize(
    "cell", ["Entry(timestamp=2026-11-26, value={})", "Entry(timestamp=2026-11-26, value={}, notes=a, b)"]
)
def test_cells_may_be_as_the_program_prints_them(cell: str) -> None:
    cells = ",".join(cell.format(value) for value in (2, 0, -1, 3, 90_000))
    entries, unreadable = read(others.loop, f"Date,a,b,c,d,e,\n2026-11-26,{cells},\n")
    assert [entry[1:] for entry in entries] == [
        ("done", "a", None),
        ("missed", "b", None),
        ("missed", "c", None),
        ("rest", "d", None),
        ("done", "e", 90),
    ]
    assert unreadable == []


# ---- its zip ----


HABITS = 'Position,Name,Question\n001,Hüfte,"a\n, b"\n002,Растяжка,\n003,Stretch 🌙,\n004,Stretch ☀,\n'
FOLDERS = ("001 Hfte", "002", "003 Stretch", "004 Stretch")


def tables(habits: str | None, of_all: str | None, folders: Iterable[str] = FOLDERS) -> list[tuple[str, str]]:
    """(name of the file, habit) of each table to be read in a zip."""
    texts = {"Habits.csv": habits, "Checkmarks.csv": of_all} | dict.fromkeys(
        (f"{folder}/Checkmarks.csv" for folder in folders), "Date,Value\n"
    )
    members = {name: File(f"x.zip/{name}", text) for name, text in texts.items() if text is not None}
    return [(file.name, file.habit) for file in others.loop_tables(members)]


SHOWN = ["Hüfte", "Растяжка", "Stretch 🌙", "Stretch ☀"]


@pytest.mark.parametrize(
    ("habits", "of_all", "expected"),
    [
        (HABITS, None, SHOWN),
        (HABITS, "Date,x,y,z,w,\n", SHOWN),
        (None, f"Date,{','.join(SHOWN)},\n", SHOWN),
        (None, "Date,a,Растяжка,b,c,d,\n", ["Hfte", "002", "003 Stretch", "004 Stretch"]),
        (None, None, ["Hfte", "002", "003 Stretch", "004 Stretch"]),
        ("Position,Name\n1,Hips\n2,Hips\n3,Back\n4,\n", None, ["001 Hips", "002 Hips", "Back", "Practice"]),
        ("nothing", None, ["Hfte", "002", "003 Stretch", "004 Stretch"]),
        ("Name,Description\na,b\n", f"Date,{','.join(SHOWN)},\n", SHOWN),
        (
            "Position,Name\n" + "9" * 5000 + ",a\n²,b\n1,Hüfte\n2\n",
            None,
            ["Hüfte", "Practice", "003 Stretch", "004 Stretch"],
        ),
        ("", None, ["Hfte", "002", "003 Stretch", "004 Stretch"]),
    ],
)
def test_habits_are_called_as_loop_shows_them(habits: str | None, of_all: str | None, expected: list[str]) -> None:
    assert tables(habits, of_all) == [
        (f"x.zip/{folder}/Checkmarks.csv", name) for folder, name in zip(FOLDERS, expected, strict=True)
    ]


def test_without_tables_of_habits_that_of_all_is_read() -> None:
    assert tables(HABITS, "Date,a\n", ()) == [("x.zip/Checkmarks.csv", "")]
    assert tables(HABITS, None, ()) == []


def test_two_habits_of_one_name_are_two_in_the_table_of_all_as_well() -> None:
    found, _ = read(others.loop, "Date,Hips,Back,Hips,\n2026-11-26,2,2,0,\n")
    assert [entry[1:3] for entry in found] == [("done", "001 Hips"), ("done", "Back"), ("missed", "003 Hips")]


@pytest.mark.parametrize(
    ("one", "other"), [("Hüfte", "hu\u0308fte"), ("Straße", "STRASSE"), ("☀", "☀\ufe0f"), (" Растяжка", "растяжка")]
)
def test_names_are_the_same_however_they_are_typed(one: str, other: str) -> None:
    assert others.folded(one) == others.folded(other)


# ---- a plain table ----


@pytest.mark.parametrize(
    "text",
    [
        "day,minutes,routine\n2025-01-01,12.5,Four Everyday\n2025-01-02,,Desk\n2025-01-03,5,\n",
        "Routine;Minutes;Day\r\nFour Everyday;12,5;2025-01-01\r\nDesk;;2025-01-02\r\n;5;2025-01-03\r\n",
        "day,mood,minutes,routine\n\n2025-01-01,good,12.5,Four Everyday\n2025-01-02,,,Desk\n2025-01-03,,5\n",
    ],
)
def test_a_table_is_read_by_its_heads(text: str) -> None:
    assert read(others.table, text) == (
        [
            ("2025-01-01", "done", "Four Everyday", 12.5),
            ("2025-01-02", "done", "Desk", None),
            ("2025-01-03", "done", "Practice", 5),
        ],
        [],
    )


@pytest.mark.parametrize("heads", ["day,minutes", "day,routine", "day,minutes,routine", "day,mood,minutes"])
@pytest.mark.parametrize("line", ["2025-01-01", "2025-01-01,", "2025-01-01, ,"])
def test_a_day_whose_cells_are_empty_is_told_and_not_done(heads: str, line: str) -> None:
    assert read(others.table, f"{heads}\n{line}\n") == (
        [],
        ["log:2: a day without minutes or a routine, so perhaps without practice"],
    )


def test_days_alone_are_enough_and_the_rest_is_told() -> None:
    assert read(others.table, "day\n2025-01-01\nyesterday\n") == (
        [("2025-01-01", "done", "Practice", None)],
        ['log:3: "yesterday" is not a day such as 2025-01-15'],
    )
    says = "log:1: no column named day; start with a line such as day,minutes,routine"
    for text in ("", "2025-01-01,12,x\n"):
        assert read(others.table, text) == ([], [says])


def test_a_cell_that_is_too_large_to_read_is_told() -> None:
    entries, (says,) = read(others.table, f"day\n2025-01-01\n{'x' * 200_000}\n2025-01-02\n")
    assert len(entries) == 1
    assert says == "log:3: field larger than field limit (131072); lines 3 to 4 were not read"


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ('2026-11-20,5,"x\n2026-11-21,5,y\n2026-11-22,5,z', "log:3: a quote that is never closed; lines 3 to 5 were"),
        ('2026-11-20,5,"x', "log:3: a quote that is never closed; this line was"),
        ('2026-11-20,5,"x"y\n2026-11-21,5,y', "log:3: ',' expected after '\"'; lines 3 to 4 were"),
    ],
)
@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_quote_that_is_out_of_place_ends_the_reading_and_is_told(rows: str, says: str, end: str) -> None:
    for reader, heads in ((others.table, "day,minutes,routine"), (others.loop, "Date,Value,Notes")):
        entries, unreadable = read(reader, f"{heads}\n2026-11-19,2,\n{rows}{end}")
        assert len(entries) == 1
        assert unreadable == [f"{says} not read"]
    assert read(others.table, f'"day{end}') == ([], ["log:1: a quote that is never closed; this line was not read"])


def test_the_lines_of_any_system_are_lines() -> None:
    for end in ("\n", "\r\n", "\r"):
        assert len(read(others.table, f"day,minutes{end}2025-01-01,5{end}2025-01-02,6{end}")[0]) == 2


def test_a_value_too_many_is_no_value_of_another_head() -> None:
    entries, unreadable = read(others.table, "day,minutes,routine,\n2025-01-01,12,5,a\n2025-01-02,5,a,,,\n")
    assert [entry[0] for entry in entries] == ["2025-01-02"]
    assert unreadable == ['log:2: 4 values for 3 columns; quote values that contain ","']


@pytest.mark.parametrize("head", ["Date", "date", " DAY "])
def test_the_day_may_be_called_a_date_and_have_a_time(head: str) -> None:
    text = f"{head},minutes\n2026-11-20 07:10,5\n2026-11-21T03:59:00+01:00,5\n2026-11-22 04:00:00.5,5\n"
    entries, unreadable = read(others.table, f"{text}2026-11-22T07:10:00Z,5\n2026-11-22 25:00,5\n0001-01-01 00:00,5\n")
    assert [entry[0] for entry in entries] == ["2026-11-20", "2026-11-20", "2026-11-22"]
    assert unreadable == [
        'log:5: "2026-11-22T07:10:00Z" is a UTC time; write the local time, or only the day',
        'log:6: "2026-11-22 25:00" is not a day such as 2025-01-15',
        'log:7: "0001-01-01 00:00" is not a day such as 2025-01-15',
    ]


@pytest.mark.parametrize("heads", ["Date,Hips,", "Date,Value,Notes", "day;done", "date,mood"])
def test_a_table_whose_rows_may_be_days_of_nothing_is_refused(heads: str) -> None:
    entries, (says,) = read(others.table, f"{heads}\n2025-01-01,0,\n")
    assert entries == []
    assert says.startswith("log:1: no column named minutes or routine")


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_table_of_ours_is_known_and_refused(delimiter: str) -> None:
    ours = delimiter.join(HEADS) + "\n" + delimiter.join(["2026-11-20", *["x"] * 10]) + "\n"
    entries, unreadable = read(others.table, ours)
    assert entries == []
    (says,) = unreadable
    assert says.startswith("log:1: the table of `export --csv` or `history --csv`, which has only a part of each")
    assert says.endswith("import the zip that `hiproutine export` writes")


# ---- records ----


def test_a_session_stands_at_noon_and_says_that_it_was_added_later() -> None:
    ((session,), _) = records(others.table, "day,minutes,routine\n2025-01-01,12.5,Four Everyday!\n")
    assert isinstance(session, SessionRecord)
    assert (session.day, session.logged_at, session.counts) == (date(2025, 1, 1), HERE.now, True)
    assert session.start == datetime(2025, 1, 1, 11, tzinfo=UTC)
    assert session.end - session.start == timedelta(minutes=12.5)
    assert session.opening[3:9] == (60, "Europe/Paris", 240, "four-everyday", "four-everyday", "0.1.0")
    assert session.steps == (StepRecord("four-everyday", "Four Everyday!", None, 750_000, 750_000, "done"),)
    assert UUID(session.id).version == 7
    assert KINDS["session"].read(fields_of(session)) == session


def test_today_is_just_now_and_days_to_come_are_told() -> None:
    (session, *others_), unreadable = records(
        others.table, "day,minutes\n2026-11-23,10\n2026-11-24,10\n2026-11-22,2000\n"
    )
    assert isinstance(session, SessionRecord)
    assert (session.end, others_) == (HERE.now, [])
    assert unreadable == ["log:3: 2026-11-24 is in the future", "log:4: 2000 is more than a day"]


@pytest.mark.parametrize("minutes", ["0", "0.0", "0,0", "00"])
def test_no_minutes_are_no_session(minutes: str) -> None:
    assert records(others.table, f"day;minutes\n2025-01-01;{minutes}\n") == ([], [])


@pytest.mark.parametrize("unit_ms", [1000, MINUTE, 3_600_000])
def test_nought_of_any_unit_is_no_session_if_amounts_are_times(unit_ms: int) -> None:
    log = "2025-01-01 : Hips : y :  : 0\n2025-01-02 : Hips : y :  : \n2025-01-03 : Hips : s :  : 0\n"
    found, _ = records(others.harsh, log, unit_ms)
    assert [record.day.day for record in found] == [2, 3]
    assert [record.day.day for record in records(others.harsh, log, 0)[0]] == [1, 2, 3]


def test_no_amount_is_too_large_to_be_told() -> None:
    for minutes in ("1e308", "1441"):
        _, (says,) = records(others.table, f"day,minutes\n2025-01-01,{minutes}\n")
        assert says.endswith("is more than a day")


def test_an_amount_is_no_time_unless_its_unit_is_known() -> None:
    log = "2025-01-01 : Hip opening : y : far : 10"
    for unit_ms, held_ms in ((0, 0), (1000, 10_000), (3_600_000, 36_000_000)):
        (session,) = sessions(records(others.harsh, log, unit_ms)[0])
        assert session.steps == (StepRecord("hip-opening", "Hip opening", None, held_ms, held_ms, "done"),)
        assert (session.counts, session.opening.routine) == (True, None)


def test_what_was_skipped_is_a_day_of_rest_once() -> None:
    found, _ = records(others.harsh, "2025-01-01 : Hips : s\n2025-01-01 : Back : s\n2025-01-02 : Hips : n")
    assert {(type(record), record.day) for record in found} == {(Rest, date(2025, 1, 1))}
    assert len({record.id for record in found}) == 1


def test_two_sessions_of_a_day_are_two() -> None:
    text = "day,minutes,routine\n2025-01-01,5,a\n2025-01-01,5,a\n2025-01-01,6,a\n2025-01-01,5,b\n"
    assert len({record.id for record in records(others.table, text)[0]}) == 4


LINES = st.lists(
    st.sampled_from(["2025-01-01,5,a", "2025-01-01,5,b", "2025-01-02,5,a", "2025-01-02,,c", "x"]),
    unique=False,
    max_size=8,
)


@given(LINES, LINES)
def test_what_was_read_once_has_the_same_ids_again_wherever_lines_were_added(lines: list[str], more: list[str]) -> None:
    def ids(rows: list[str]) -> set[str]:
        return {record.id for record in records(others.table, "\n".join(["day,minutes,routine", *rows]))[0]}

    assert ids(lines) <= ids(more + lines)
    assert len(ids(lines)) == sum(row != "x" for row in lines)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from((others.harsh, others.loop, others.table)))
def test_no_text_is_too_strange(text: str, reader: Reader) -> None:
    for head in ("", "Date,Value\n", "Date,a,b,\n", "day,minutes\n", "2025-01-01 : a : y : "):
        assert all(isinstance(each, Entry | Unreadable) for each in reader(File("log", head + text)))
