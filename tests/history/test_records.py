"""Every kind of record: to a line of its file and back, strictly, and gone from the past once it is taken back."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from hiproutine.history.past import Past
from hiproutine.history.records import (
    KINDS,
    NOT_WHOLE,
    ChangeRecord,
    Check,
    Effort,
    Goal,
    Hurt,
    Ladder,
    Off,
    Opening,
    Pain,
    ProgrammeStep,
    Record,
    Rest,
    SessionRecord,
    StepRecord,
    VideoNote,
    Void,
    fields_of,
    line,
    read_step,
)
from hiproutine.history.store import Store

DAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 17, 0, 3, 120_000, tzinfo=UTC)
NOTED = "2026-11-22T17:00:03.120Z"
OPENING = Opening("s", DAY, AT, 60, "Europe/Paris", 240, "four-everyday", "four-everyday", "0.1.0")
STEP = StepRecord("couch-stretch", "Couch stretch", "left", 60_000, 60_000, "done")

RECORDS: dict[str, Record] = {
    "session": SessionRecord(OPENING, AT, True, (STEP,), logged_at=AT, active_ms=75_000),
    "pain": Pain("p", DAY, AT, "before", 3, "s"),
    "hurt": Hurt("h", DAY, AT, "s", "couch-stretch", "left", 5, "easier"),
    "check": Check("c", DAY, AT, "knee-to-wall", "left", 9.5, "cm"),
    "rest": Rest("r", DAY, AT),
    "goal": Goal("g", DAY, AT, 5, ("sat", "sun")),
    "video": VideoNote("n", DAY, AT, "SoFxooQZVlQ", DAY, "Slowly."),
    "ladder": Ladder("l", DAY, AT, "single-leg-bridge", "2x8 @2-1-3", "glute-bridge", "taken"),
    "programme": ProgrammeStep("y", DAY, AT, "desk-hips", 2, "advance", "9 of 10 sessions done"),
    "effort": Effort("e", DAY, AT, "s", "glute-bridge", "too easy"),
    "off": Off("o", DAY, AT),
    "void": Void("v", AT, "s"),
}
kinds = pytest.mark.parametrize("kind", RECORDS)


def test_there_is_an_example_of_every_kind() -> None:
    assert list(RECORDS) == list(KINDS)


def test_a_load_is_a_field_of_a_step_that_older_records_do_not_have() -> None:
    loaded = STEP._replace(load="4 kg")
    record = SessionRecord(OPENING, AT, True, (loaded, STEP))
    fields = json.loads(line(fields_of(record)))
    assert [step.get("load", "absent") for step in fields["steps"]] == ["4 kg", "absent"]
    assert KINDS["session"].read(fields) == record
    with pytest.raises(NOT_WHOLE):
        read_step({**STEP._asdict(), "load": 4})


def test_a_change_of_position_is_a_field_of_a_step_that_older_records_do_not_have() -> None:
    timed = STEP._replace(change=ChangeRecord("lie", 20_000, 26_000))
    record = SessionRecord(OPENING, AT, True, (timed, STEP))
    fields = json.loads(line(fields_of(record)))
    took = {"kind": "lie", "usual_ms": 20_000, "took_ms": 26_000}
    assert [step.get("change", "absent") for step in fields["steps"]] == [took, "absent"]
    assert KINDS["session"].read(fields) == record
    for wrong in (4, {**took, "took_ms": -1}, {"kind": "lie"}):
        with pytest.raises(NOT_WHOLE):
            read_step({**STEP._asdict(), "change": wrong})


def test_where_it_hurts_is_said_only_if_it_is_known() -> None:
    pain = Pain("p", DAY, AT, "before", 3, None, "front-of-hip", "left")
    fields = json.loads(line(fields_of(pain)))
    assert (fields["area"], fields["side"]) == ("front-of-hip", "left")
    assert KINDS["pain"].read(fields) == pain
    assert {"area", "side"}.isdisjoint(fields_of(pain._replace(area=None, side=None)))
    with pytest.raises(NOT_WHOLE):
        KINDS["pain"].read({**fields, "side": "both"})


@kinds
def test_a_record_comes_back_as_it_went(kind: str) -> None:
    record = RECORDS[kind]
    fields = json.loads(line(fields_of(record)))
    assert (fields["v"], fields["kind"], fields["id"]) == (1, kind, record.id)
    assert KINDS[kind].read(fields) == record


@pytest.mark.parametrize(
    "fields",
    [
        {"v": 1, "id": "r", "kind": "rest", "day": "2026-11-22", "at": NOTED},
        {"v": 1, "id": "g", "kind": "goal", "from": "2026-11-22", "at": NOTED, "days_per_week": 5}
        | {"rest_days": ["sat", "sun"], "week_starts": "mon"},
        {"v": 1, "id": "p", "kind": "pain", "day": "2026-11-22", "at": NOTED, "when": "before", "score": 3}
        | {"session": "s"},
        {"v": 1, "id": "h", "kind": "hurt", "day": "2026-11-22", "at": NOTED, "session": "s", "side": "left"}
        | {"exercise": "couch-stretch", "score": 5, "chose": "easier"},
        {"v": 1, "id": "c", "kind": "check", "day": "2026-11-22", "at": NOTED, "check": "knee-to-wall"}
        | {"side": "left", "value": 9.5, "unit": "cm"},
        {"v": 1, "id": "l", "kind": "ladder", "day": "2026-11-22", "at": NOTED, "exercise": "single-leg-bridge"}
        | {"dose": "2x8 @2-1-3", "instead": "glute-bridge", "event": "taken"},
        {"v": 1, "id": "e", "kind": "effort", "day": "2026-11-22", "at": NOTED, "session": "s"}
        | {"exercise": "glute-bridge", "felt": "too easy"},
        {"v": 1, "id": "o", "kind": "off", "day": "2026-11-22", "at": NOTED},
        {"v": 1, "id": "v", "kind": "void", "ref": "s", "at": NOTED},
    ],
)
def test_a_line_is_in_the_published_form(fields: dict[str, Any]) -> None:
    assert json.loads(line(fields_of(RECORDS[fields["kind"]]))) == fields


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("session", {"logged_at": "yesterday"}),
        ("pain", {"score": 11}),
        ("ladder", {"event": "climbed"}),
        ("pain", {"score": True}),
        ("pain", {"score": 3.5}),
        ("pain", {"when": "during"}),
        ("pain", {"day": "1969-12-31"}),
        ("pain", {"session": 5}),
        ("hurt", {"exercise": None}),
        ("hurt", {"side": "both"}),
        ("check", {"value": "9"}),
        ("check", {"value": float("nan")}),
        ("check", {"value": True}),
        ("rest", {"day": "2026-11-31"}),
        ("rest", {"at": "2026-11-22T17:00:03"}),
        ("rest", {"id": None}),
        ("goal", {"days_per_week": 0}),
        ("goal", {"days_per_week": 8}),
        ("goal", {"rest_days": ["saturday"]}),
        ("goal", {"rest_days": "sat"}),
        ("void", {"ref": None}),
    ],
)
def test_what_is_not_what_it_should_be_is_told_and_kept_out(
    store: Store, tmp_path: Path, kind: str, wrong: dict[str, Any]
) -> None:
    write(tmp_path, fields_of(RECORDS[kind]) | wrong)
    unreadable = store.read().unreadable
    assert len(unreadable) == 1
    assert store.read() == Past((), unreadable)


@pytest.mark.parametrize(("kind", "field"), [(kind, field) for kind in KINDS for field in fields_of(RECORDS[kind])])
def test_a_missing_field_is_told_if_it_is_needed(store: Store, tmp_path: Path, kind: str, field: str) -> None:
    fields = fields_of(RECORDS[kind])
    del fields[field]
    write(tmp_path, fields)
    needed = field not in ("v", "kind", "zone", "app", "logged_at", "active_ms", "week_starts", "why")
    assert len(store.read().unreadable) == needed


def test_words_in_a_record_cannot_steer_the_terminal(store: Store) -> None:
    store.write(Hurt("h", DAY, AT, None, "\x1b]0;owned\x07", None, 5, "skip"))
    assert "\x1b" not in store.read().of(Hurt)[0].exercise


def test_all_kinds_are_written_by_device_and_year_and_read_by_day(store: Store, tmp_path: Path) -> None:
    earlier = Pain("old", date(2025, 12, 31), AT, "after", 2, None)
    store.write(*RECORDS.values(), earlier)
    names = sorted(path.name for path in (tmp_path / "data" / "history").iterdir())
    assert [name[8:] for name in names] == ["-2025.jsonl", "-2026.jsonl"]
    past = store.read()
    assert past.unreadable == ()
    assert past.of(SessionRecord) == ()  # voided
    assert past.of(Pain) == (earlier, RECORDS["pain"])
    assert (*past.of(Hurt), *past.of(Check), *past.of(Rest), *past.of(Goal)) == tuple(
        RECORDS[kind] for kind in ("hurt", "check", "rest", "goal")
    )


@kinds
def test_whatever_kind_was_voided_is_gone_but_kept(store: Store, tmp_path: Path, kind: str) -> None:
    store.write(RECORDS[kind])
    store.write(Void("w", AT, RECORDS[kind].id))
    assert store.read() == Past()
    (path,) = (tmp_path / "data" / "history").iterdir()
    assert len(path.read_text("utf-8").splitlines()) == 2


def test_a_void_may_stand_before_what_it_voids(store: Store) -> None:
    store.write(Void("w", AT, "r"))
    store.write(RECORDS["rest"])
    assert store.read().of(Rest) == ()


@kinds
def test_of_a_kind_a_newer_version_is_passed_over(store: Store, tmp_path: Path, kind: str) -> None:
    write(tmp_path, fields_of(RECORDS[kind]) | {"v": 2})
    assert store.read() == Past()


def write(tmp_path: Path, fields: dict[str, Any]) -> None:
    folder = tmp_path / "data" / "history"
    folder.mkdir(parents=True)
    (folder / "device-2026.jsonl").write_text(line(fields) + "\n", encoding="utf-8")


def test_the_published_page_shows_every_kind_as_it_is_read() -> None:
    page = (Path(__file__).parents[2] / "docs" / "history-format.md").read_text("utf-8")
    examples = [json.loads(each) for each in page.splitlines() if each.startswith("{")]
    assert [fields["kind"] for fields in examples] == list(KINDS)
    for fields in examples:
        assert json.loads(line(fields_of(KINDS[fields["kind"]].read(fields)))) == fields
