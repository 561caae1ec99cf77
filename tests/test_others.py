"""Files of other programs as records. It is 2026-11-23, a Monday."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiproutine.exchange import habits
from hiproutine.exchange.habits import Entry, File, Here
from hiproutine.history.jsonl import Unreadable
from hiproutine.history.records import KINDS, Rest, SessionRecord, fields_of
from tests.conftest import PARIS_WINTER

Reader = Callable[[File], Iterator[Entry | Unreadable]]
HERE = Here(datetime(2026, 11, 23, 7, 30, tzinfo=PARIS_WINTER), date(2026, 11, 23), "Europe/Paris", "0.1.0")
MINUTE = 60_000


def read(reader: Reader, text: str, name: str = "log") -> tuple[list[tuple[str, str, str, float | None]], list[str]]:
    """(day, what, name, amount) of each entry, and what could not be read."""
    found = list(reader(File(name, text)))
    entries = [(str(e.day), e.what, e.name, e.amount) for e in found if isinstance(e, Entry)]
    return entries, [str(each) for each in found if isinstance(each, Unreadable)]


def records(reader: Reader, text: str, unit_ms: int = MINUTE) -> tuple[list[SessionRecord | Rest], list[str]]:
    entries = [entry for entry in reader(File("log", text)) if isinstance(entry, Entry)]
    found = list(habits.records("a program", entries, unit_ms, HERE))
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
    assert read(habits.harsh, log) == (
        [
            ("2025-01-01", "done", "Hips", 1.5),
            ("2025-01-02", "missed", "Hips", 0),
            ("2025-01-03", "rest", "Hips", None),
            ("2025-01-04", "done", "Hip opening", 0),
            ("2025-01-05", "done", "Hips", 10),
        ],
        [],
    )


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("2025-02-30 : Hips : y", '"2025-02-30" is not a day such as 2025-01-15'),
        ("1905-01-01 : Hips : y", "1905-01-01 is before there were computers to practise at"),
        ("2025-01-01 : Hips : maybe", "not a line such as `2025-01-15 : Hips : y : a comment : 10`"),
        ("2025-01-01: Hips: y", "not a line such as `2025-01-15 : Hips : y : a comment : 10`"),
        ("2025-01-01 : Hips : y : so : much", '"much" is no amount'),
        ("2025-01-01 : Hips : y : so : -1", '"-1" is no amount'),
        ("2025-01-01 : Hips : y : so : nan", '"nan" is no amount'),
        ("2025-01-01 : Hips : y : so : inf", '"inf" is no amount'),
        ("\x1b[2J : Hips : y", '"\N{REPLACEMENT CHARACTER}[2J" is not a day such as 2025-01-15'),
    ],
)
def test_a_line_that_harsh_would_not_write_is_told_with_its_place(line: str, says: str) -> None:
    entries, unreadable = read(habits.harsh, f"# a head\n{line}\n2025-01-03 : Hips : y\n")
    assert unreadable == [f"log:2: {says}"]
    assert [entry[0] for entry in entries] == ["2025-01-03"]


def test_the_last_line_of_a_day_is_true() -> None:
    found, _ = records(
        habits.harsh, "2025-01-01 : Hips : y\n2025-01-02 : Hips : n\n2025-01-01 : Hips : n\n2025-01-02 : Hips : y"
    )
    assert [record.day for record in found] == [date(2025, 1, 2)]


# ---- Loop Habit Tracker ----


def test_the_table_of_all_habits_is_read_column_by_column() -> None:
    text = "Date,Hips,French,Water,\n2026-02-02,YES_MANUAL,YES_AUTO,10000,\n2026-02-01,SKIP,UNKNOWN,NO,\n"
    assert read(habits.loop, text) == (
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
    entries, unreadable = read(habits.loop, text, "Loop.zip/012 Hip opening/Checkmarks.csv")
    assert entries == [("2026-02-02", "done", "Hip opening", None), ("2026-02-01", "rest", "Hip opening", None)]
    assert unreadable == ['Loop.zip/012 Hip opening/Checkmarks.csv:5: "what" is no amount']


def test_the_numbers_of_older_versions_are_known() -> None:
    entries, _ = read(habits.loop, "Date,Value\n" + "".join(f"2020-01-0{day},{day - 2}\n" for day in range(1, 6)))
    assert [what for _, what, *_ in entries] == ["missed", "missed", "missed", "done", "rest"]


def test_what_is_no_table_of_loop_is_told() -> None:
    says = "log:1: not a table of Loop's checkmarks, which begins with Date"
    for text in ("", "\n", "day,minutes\n2026-01-01,3\n"):
        assert read(habits.loop, text) == ([], [says])
    entries, unreadable = read(habits.loop, "Date,a,b,\n2026-01-01,NO,NO,NO,\n2026-01-02,NO\n2026-01-03,NO,NO,\n")
    assert len(entries) == 2
    assert [each.partition(";")[0] for each in unreadable] == [
        "log:2: 4 values for 2 habits",
        "log:3: 1 values for 2 habits",
    ]


# ---- a plain table ----


@pytest.mark.parametrize(
    "text",
    [
        "day,minutes,routine\n2025-01-01,12.5,Four Everyday\n2025-01-02,,\n",
        "Routine;Minutes;Day\r\nFour Everyday;12,5;2025-01-01\r\n;;2025-01-02\r\n",
        "day,mood,minutes,routine\n\n2025-01-01,good,12.5,Four Everyday\n2025-01-02\n",
    ],
)
def test_a_table_is_read_by_its_heads(text: str) -> None:
    assert read(habits.table, text) == (
        [("2025-01-01", "done", "Four Everyday", 12.5), ("2025-01-02", "done", "Practice", None)],
        [],
    )


def test_days_alone_are_enough_and_the_rest_is_told() -> None:
    assert read(habits.table, "day\n2025-01-01\nyesterday\n") == (
        [("2025-01-01", "done", "Practice", None)],
        ['log:3: "yesterday" is not a day such as 2025-01-15'],
    )
    says = "log:1: no head called day; the first line is such as day,minutes,routine"
    for text in ("", "2025-01-01,12,x\n"):
        assert read(habits.table, text) == ([], [says])


def test_a_cell_that_is_too_large_to_read_is_told() -> None:
    entries, (says,) = read(habits.table, f"day\n2025-01-01\n{'x' * 200_000}\n2025-01-02\n")
    assert len(entries) == 1
    assert says == "log:3: field larger than field limit (131072); nothing after it was read"


# ---- records ----


def test_a_session_stands_at_noon_and_says_that_it_was_added_later() -> None:
    ((session,), _) = records(habits.table, "day,minutes,routine\n2025-01-01,12.5,Four Everyday!\n")
    assert isinstance(session, SessionRecord)
    assert (session.day, session.logged_at, session.counts) == (date(2025, 1, 1), HERE.now, True)
    assert session.start == datetime(2025, 1, 1, 11, tzinfo=UTC)
    assert session.end - session.start == timedelta(minutes=12.5)
    assert session.opening[3:] == (60, "Europe/Paris", 240, "four-everyday", "four-everyday", "0.1.0")
    assert session.steps == (("four-everyday", "Four Everyday!", None, 750_000, 750_000, "done"),)
    assert UUID(session.id).version == 7
    assert KINDS["session"].read(fields_of(session)) == session


def test_today_is_just_now_and_days_to_come_are_told() -> None:
    (session, *others_), unreadable = records(
        habits.table, "day,minutes\n2026-11-23,10\n2026-11-24,10\n2026-11-22,2000\n"
    )
    assert isinstance(session, SessionRecord)
    assert (session.end, others_) == (HERE.now, [])
    assert unreadable == ["log:3: 2026-11-24 is still to come", "log:4: 2000 is more than a whole day"]


def test_an_amount_is_no_time_unless_its_unit_is_known() -> None:
    log = "2025-01-01 : Hip opening : y : far : 10"
    for unit_ms, held_ms in ((0, 0), (1000, 10_000), (3_600_000, 36_000_000)):
        (session,) = sessions(records(habits.harsh, log, unit_ms)[0])
        assert session.steps == (("hip-opening", "Hip opening", None, held_ms, held_ms, "done"),)
        assert (session.counts, session.opening.routine) == (True, None)


def test_what_was_skipped_is_a_day_of_rest_once() -> None:
    found, _ = records(habits.harsh, "2025-01-01 : Hips : s\n2025-01-01 : Back : s\n2025-01-02 : Hips : n")
    assert {(type(record), record.day) for record in found} == {(Rest, date(2025, 1, 1))}
    assert len({record.id for record in found}) == 1


def test_two_sessions_of_a_day_are_two() -> None:
    text = "day,minutes,routine\n2025-01-01,5,a\n2025-01-01,5,a\n2025-01-01,6,a\n2025-01-01,5,b\n"
    assert len({record.id for record in records(habits.table, text)[0]}) == 4


LINES = st.lists(
    st.sampled_from(["2025-01-01,5,a", "2025-01-01,5,b", "2025-01-02,5,a", "2025-01-02,,", "x"]),
    unique=False,
    max_size=8,
)


@given(LINES, LINES)
def test_what_was_read_once_has_the_same_ids_again_wherever_lines_were_added(lines: list[str], more: list[str]) -> None:
    def ids(rows: list[str]) -> set[str]:
        return {record.id for record in records(habits.table, "\n".join(["day,minutes,routine", *rows]))[0]}

    assert ids(lines) <= ids(more + lines)
    assert len(ids(lines)) == sum(row != "x" for row in lines)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from((habits.harsh, habits.loop, habits.table)))
def test_no_text_is_too_strange(text: str, reader: Reader) -> None:
    for head in ("", "Date,Value\n", "Date,a,b,\n", "day,minutes\n", "2025-01-01 : a : y : "):
        assert all(isinstance(each, Entry | Unreadable) for each in reader(File("log", head + text)))
