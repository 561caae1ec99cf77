"""What is taken back at one go, and comes again. Whatever order its lines are in, the same stands."""

import json
import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from hiproutine.history.making import rests
from hiproutine.history.records import Opening, Record, Rest, SessionRecord, StepRecord, Void, fields_of, line, uuid7
from hiproutine.history.store import Store
from hiproutine.history.undo import Act
from hiproutine.history.words import act_words

AT = datetime(2026, 11, 22, 18, 30, 15, tzinfo=UTC)
FIRST, SECOND = (f"{uuid7(int((AT + timedelta(days=days)).timestamp() * 1000), bytes(10))} a.csv" for days in (1, 2))


def rest(name: str, at: datetime = AT) -> Rest:
    return Rest(name, date(2026, 11, 1), at)


def void(name: str, ref: str, at: datetime = AT) -> Void:
    return Void(name, at, ref)


def standing(store: Store) -> list[str]:
    return [each.id for each in store.read().of(Rest)]


def last(store: Store) -> list[str]:
    act = store.newest()
    return [record.id for record in act.records] if act else []


def into(folder: Path, name: str, *records: Record, mark: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("a") as stream:
        stream.writelines(line(fields_of(each) | ({"import": mark} if mark else {})) + "\n" for each in records)


# ---- voids ----


@pytest.mark.parametrize(
    ("voids", "stands"),
    [
        ((), True),
        ((void("v", "r"),), False),
        ((void("v", "r"), void("w", "v")), True),  # it stands again
        ((void("v", "r"), void("w", "v"), void("x", "w")), True),  # for good
        ((void("v", "r"), void("w", "v"), void("x", "r")), False),  # until it is taken back anew
        ((void("v", "r"), void("w", "v"), void("x", "r"), void("y", "x")), True),
        ((void("v", "r"), void("u", "r"), void("w", "v")), False),  # two machines took it back
        ((void("v", "w"), void("w", "v")), True),
        ((void("v", "v"),), True),
        ((void("v", "nothing"), void("w", "nothing")), True),
    ],
    ids=str,
)
def test_a_void_of_a_void_lets_its_record_stand_for_good(tmp_path: Path, voids: tuple[Void, ...], stands: bool) -> None:
    for turn in range(4):
        store = Store(tmp_path / str(turn), tmp_path / "state")
        lines: list[Record] = [rest("r"), *voids]
        random.Random(turn).shuffle(lines)
        store.write(*lines)
        assert standing(store) == ["r"] * stands


# ---- acts ----


def test_an_import_is_one_act_and_what_is_written_by_hand_one_each(store: Store) -> None:
    store.write(rest("a"), rest("b"))
    store.write(rest("d"), rest("c"), import_name=FIRST)
    store.write(rest("e"), import_name=SECOND)
    store.write(rest("f", AT + timedelta(days=3)))
    gone = []
    for number in range(6):
        gone.append(last(store))
        store.write(*(void(f"v{number}{each}", each) for each in gone[-1]))
    assert gone == [["f"], ["e"], ["c", "d"], ["b"], ["a"], []]


def test_an_act_says_what_it_came_out_of(store: Store) -> None:
    store.write(rest("a"))
    assert store.newest() == Act((rest("a"),))
    store.write(rest("b"), import_name=FIRST)
    assert store.newest() == Act((rest("b"),), "a.csv")


def test_what_came_again_goes_with_what_it_came_with(store: Store) -> None:
    store.write(rest("a"), rest("b"), import_name=FIRST)
    store.write(void("va", "a"), void("vb", "b"))
    store.write(void("wa", "va"), rest("c"), import_name=SECOND)
    assert last(store) == ["a", "c"]
    assert standing(store) == ["a", "c"]


def test_what_somebody_also_wrote_by_hand_is_no_part_of_an_import(store: Store, tmp_path: Path) -> None:
    store.write(rest("a"), rest("b"), import_name=FIRST)
    into(tmp_path / "data" / "history", "other-2026.jsonl", rest("a"))
    assert last(store) == ["b"]


def test_voids_that_a_zip_brought_go_with_it(store: Store) -> None:
    store.write(rest("mine"))
    lines = [fields_of(each) for each in (void("v", "mine"), rest("a"), rest("b"), void("w", "b"))]
    store.take_in(lines, FIRST)
    assert standing(store) == ["a"]
    assert last(store) == ["a", "v"]
    store.write(*(void(f"x{each}", each) for each in last(store)))
    assert standing(store) == ["mine"]


def test_imports_of_before_they_had_names_go_by_file_and_minute(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "history"

    def imported(day: date, at: datetime) -> Rest:
        noon = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp() * 1000)
        return Rest(uuid7(noon, str(day).encode()[:10]), day, at)

    older = [imported(date(2025, 12, 30), AT), imported(date(2026, 1, 2), AT)]
    newer = [
        imported(date(2025, 12, 31), AT + timedelta(minutes=1)),
        imported(date(2026, 1, 3), AT + timedelta(minutes=1)),
    ]
    for each in (*older, *newer):
        into(folder, f"dev-{each.day.year}.jsonl", each)
    into(folder, "dev-imported-2026.jsonl", rest("zip"), rest("zip too"), rest("later", AT + timedelta(hours=1)))
    into(folder, "dev-2026.jsonl", rest("hand"), rest("hand too"))
    gone = []
    for number in range(7):
        gone.append(last(store))
        store.write(*(void(f"v{number}{n}", each) for n, each in enumerate(gone[-1])))
    assert gone[:2] == [["later"], [each.id for each in newer]]
    assert sorted(gone[2:6]) == sorted([["zip", "zip too"], [each.id for each in older], ["hand"], ["hand too"]])
    assert gone[6] == []


@pytest.mark.parametrize("mark", ["", "x", "ffffffff-ffff a", "\x1b]0;x\x07", 5, None, ["a"], "\u0663" * 13])
def test_whatever_stands_for_an_import_is_one(store: Store, tmp_path: Path, mark: object) -> None:
    folder = tmp_path / "data" / "history"
    folder.mkdir(parents=True)
    with (folder / "dev-2026.jsonl").open("w") as stream:
        stream.writelines(json.dumps(fields_of(rest(each)) | {"import": mark}) + "\n" for each in "ab")
    act = store.newest()
    assert act
    assert len(act.records) == (2 if isinstance(mark, str) and mark else 1)
    assert "\x1b" not in act.source


def test_the_name_of_an_import_is_no_part_of_its_records(store: Store) -> None:
    step = StepRecord("a", "A", None, 1000, 1000, "done")
    session = SessionRecord(Opening("s", AT.date(), AT, 60, None, 240, "a", "a", ""), AT, True, (step,))
    store.write(session, import_name=FIRST)
    store.write(session, import_name=SECOND)
    assert store.read().of(SessionRecord) == (session,)
    assert [each["import"] for each in store.lines()] == [FIRST, SECOND]
    assert last(store) == ["s"]


# ---- rest days ----


def test_rest_days_declared_in_one_go_are_taken_back_as_one(tmp_path: Path) -> None:
    store = Store(tmp_path / "history", tmp_path / "state")
    later = AT + timedelta(seconds=1)
    one, other = rests(later, [date(2026, 11, 1), date(2026, 11, 3)])
    store.write(rest("a"), one, other)
    assert rests(later, [date(2026, 11, 1)])[0].span is None
    act = store.newest()
    assert act
    assert set(act.records) == {one, other}
    assert act.rests
    assert act_words(act) == "Sun 2026-11-01 to Tue 2026-11-03, 2 rest days"
    store.write(void("v", one.id), void("w", other.id))
    assert last(store) == ["a"]
