"""Lines that no history should hold: each is one unreadable line with its place, and no command does otherwise."""

import json
import zipfile
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiproutine import paths
from hiproutine.errors import HiproutineError
from hiproutine.exchange import fit
from hiproutine.exchange.csv import table
from hiproutine.exchange.icalendar import calendar
from hiproutine.history import jsonl
from hiproutine.history.doctor import examine
from hiproutine.history.past import Past
from hiproutine.history.records import (
    MOST_STEPS,
    NOT_WHOLE,
    SessionRecord,
    fields_of,
    instant,
    line,
    opening_fields,
    read_record,
)
from hiproutine.history.store import Store
from hiproutine.history.streak import streak
from hiproutine.history.summaries import content
from hiproutine.history.totals import totals
from hiproutine.history.words import record_words
from hiproutine.review.statistics import first_day, weeks
from tests.conftest import Run
from tests.history.test_records import AT, OPENING, RECORDS, STEP

SESSION, PAIN, HURT = (fields_of(RECORDS[kind]) for kind in ("session", "pain", "hurt"))
ONE_STEP = SESSION["steps"][0]
DEEP = "[" * 400 + "]" * 400


def stepped(**wrong: Any) -> str:
    return json.dumps(SESSION | {"steps": [ONE_STEP | wrong]})


def raw(fields: dict[str, Any], **values: str) -> str:
    """A line with values of JSON that no program writes."""
    more = "".join(f', "{name}": {value}' for name, value in values.items())
    return json.dumps(fields)[:-1] + more + "}"


HOSTILE = {
    "a start that is no time in UTC": json.dumps(SESSION | {"start": "9999-12-31T23:59:59-14:00"}),
    "an end that is no time further east": json.dumps(SESSION | {"end": "9999-12-31T23:59:59Z"}),
    "a start before 1970": json.dumps(SESSION | {"start": "0001-01-01T00:00:00+14:00"}),
    "a note of the last of all days": json.dumps(PAIN | {"day": "9999-12-31"}),
    "logged in the last year": json.dumps(SESSION | {"logged_at": "9999-12-31T23:59:59-23:59"}),
    "taken back in the last year": json.dumps(fields_of(RECORDS["void"]) | {"at": "9999-12-31T23:59:59-01:00"}),
    "a time that is a number": json.dumps(SESSION | {"start": 0}),
    "a time of a long text": json.dumps(SESSION | {"start": "9" * 300_000}),
    "a day of a long text": json.dumps(PAIN | {"day": "x" * 300_000}),
    "a day that is a list": json.dumps(PAIN | {"day": []}),
    "4000 digits": stepped(held_ms=10**3999),
    "5000 digits": raw(SESSION | {"steps": []}, more="9" * 5000),
    "held for 30 million years": stepped(held_ms=10**18),
    "planned for 30 million years": stepped(planned_ms=10**18),
    "held for less than nothing": stepped(held_ms=-1),
    "held as text": stepped(held_ms="60000"),
    "held with a point": stepped(held_ms=60000.5),
    "held for true": stepped(held_ms=True),
    "a zone beyond a day": json.dumps(SESSION | {"offset_min": 1440}),
    "a zone far beyond a day": json.dumps(SESSION | {"offset_min": -(10**6)}),
    "a day that begins the day after": json.dumps(SESSION | {"rollover_min": 1440}),
    "active beyond all years": json.dumps(SESSION | {"start": "9998-12-30T00:00:00Z", "active_ms": 10**12}),
    "a step too many": line(SESSION | {"steps": [ONE_STEP | {"exercise": "a", "name": "A"}] * (MOST_STEPS + 1)}),
    "steps of text": json.dumps(SESSION | {"steps": ["couch"]}),
    "steps of lists": json.dumps(SESSION | {"steps": [[]]}),
    "half a pair as a kind": json.dumps(SESSION | {"kind": "\ud800"}),
    "half a pair as an id": json.dumps(SESSION | {"id": "s\udfff"}),
    "half a pair as a name": stepped(name="\udc00"),
    "half a pair in an unknown field": json.dumps(SESSION | {"\ud800": 1}),
    "a kind of a kind": json.dumps(PAIN | {"id": ["p"]}),
    "an id of nothing": json.dumps(PAIN | {"id": ""}),
    "a long id": json.dumps(PAIN | {"id": "p" * 101}),
    "a long name": stepped(name="n" * 2001),
    "a name that is a number": stepped(name=5),
    "an infinite value": raw(fields_of(RECORDS["check"]), value="1e400"),
    "a large value": json.dumps(fields_of(RECORDS["check"]) | {"value": 10**7}),
    "no number in an unknown field": raw(PAIN, more="NaN"),
    "deep": raw(PAIN, more=DEEP),
    "deeper": raw(PAIN, more="[" * 30_000 + "]" * 30_000),
    "deep in a text's neighbour": raw(PAIN, more='{"a":' * 400 + "1" + "}" * 400),
    "rest for ever": json.dumps(fields_of(RECORDS["goal"]) | {"rest_days": ["sat"] * 8}),
    "in UTF-16": None,
    "not in UTF-8": None,
}
BYTES = {name: text.encode() for name, text in HOSTILE.items() if text is not None} | {
    "in UTF-16": json.dumps(PAIN).encode("utf-16-be"),
    "not in UTF-8": json.dumps(PAIN).encode().replace(b'"before"', b'"before\xed\xa0\x80"'),
}
hostile = pytest.mark.parametrize("name", HOSTILE)


@pytest.fixture
def folder() -> Path:
    found = paths.find().data / "history"
    found.mkdir(parents=True)
    return found


@hostile
def test_a_hostile_line_is_unreadable_and_has_a_place(tmp_path: Path, name: str) -> None:
    path = tmp_path / "device-2026.jsonl"
    path.write_bytes(line(fields_of(RECORDS["rest"])).encode() + b"\n\n" + BYTES[name] + b"\n")
    found = content(path)
    assert (found.records, found.passed_over) == ((RECORDS["rest"],), 0)
    (told,) = found.unreadable
    assert told.startswith(f"{path}:3: ")
    assert "isoformat" not in told  # no words of Python's
    assert len(told) < len(str(path)) + 200


@hostile
def test_a_journal_is_read_by_the_same_rules(tmp_path: Path, name: str) -> None:
    store = Store(tmp_path / "history", tmp_path / "state")
    store.journal_folder.mkdir(parents=True)
    head = line({**opening_fields(OPENING), "v": 1, "kind": "journal", "steps": [STEP._asdict()]}).encode()
    (store.journal_folder / "whole.jsonl").write_bytes(head + b"\n" + BYTES[name] + b"\n")
    assert [session.id for session in store.read().of(SessionRecord)] == ["s"]
    assert [each.path.name for each in store.interrupted()] == ["whole.jsonl"]
    assert any("whole.jsonl:2: " in told for told in examine(store, AT).findings)


@pytest.mark.parametrize(
    "told",
    [
        {"step": 1, "held_ms": 1, "end": "done", "at": instant(AT)},
        {"step": -1, "held_ms": 1, "end": "done", "at": instant(AT)},
        {"step": True, "held_ms": 1, "end": "done", "at": instant(AT)},
        {"step": [], "held_ms": 1, "end": "done", "at": instant(AT)},
        {"step": 0, "held_ms": 10**18, "end": "done", "at": instant(AT)},
        {"step": 0, "held_ms": 1, "end": "done", "at": "9999-12-31T23:59:59-14:00"},
        {"insert": 2} | STEP._asdict(),
        {"insert": "0"} | STEP._asdict(),
        HURT | {"at": "9999-12-31T23:59:59-14:00"},
        {"hello": 1},
    ],
)
def test_a_hostile_line_of_a_journal_is_passed_over_and_told(tmp_path: Path, told: dict[str, Any]) -> None:
    store = Store(tmp_path / "history", tmp_path / "state")
    journal = store.begin(OPENING, [STEP])
    journal.leave()
    (path,) = store.journal_folder.iterdir()
    with path.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(told) + "\n")
    (left,) = store.interrupted()
    assert left.record().steps == (STEP,)
    (sentence,) = left.unreadable
    assert sentence.startswith(f"{path}:2: ")


def test_a_journal_of_more_time_than_a_record_may_hold_stays_a_journal(tmp_path: Path) -> None:
    store = Store(tmp_path / "history", tmp_path / "state")
    store.begin(OPENING, [STEP] * 3).leave()
    (path,) = store.journal_folder.iterdir()
    with path.open("a", encoding="utf-8") as stream:
        for number in range(2):
            stream.write(json.dumps({"step": number, "held_ms": 10**12, "end": "done", "at": instant(AT)}) + "\n")
    assert store.interrupted() == []
    assert store.read().unreadable == (f"{path}: not a whole journal",)


def test_the_largest_dose_of_the_catalogue_can_be_written_down() -> None:
    largest_ms = 100 * (100 * 12 * 3600 + 3600) * 1000  # sets, repetitions, beats, seconds, and rests
    fields = SESSION | {"steps": [ONE_STEP | {"planned_ms": largest_ms, "held_ms": largest_ms}]}
    assert read_record(fields)
    assert read_record(SESSION | {"steps": [ONE_STEP] * MOST_STEPS})


# ---- what is read can be used ----

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()) | st.datetimes().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
_EDGES = st.sampled_from(
    [
        *(
            "9998-12-30T23:59:59.999999-23:59",
            "1970-01-01T00:00:00Z",
            "9998-12-31T00:00:00Z",
            "1970-01-01T00:00:00-12:00",
        ),
        *("9998-12-30", "9998-12-31", "1970-01-01", "1969-12-31", "2125-11-01T00:00:00Z", "2126-01-01T00:00:00Z"),
        *(0, -1, 1439, 1440, -1439, 10**12, 10**12 + 1, 2**32, 2**31, 1e6, 1e300, -1e6),
        *("", "x" * 100, "x" * 2000, "x" * 2001, "\ud800", "e\u0301" * 1000, "\u202e", "=1", "a\nb"),
    ]
)


@given(st.data())
def test_a_record_that_was_changed_anyhow_is_unreadable_or_usable(data: st.DataObject) -> None:
    fields = json.loads(line(fields_of(data.draw(st.sampled_from(list(RECORDS.values()))))))
    for _ in range(data.draw(st.integers(1, 3))):
        steps = fields["steps"] if isinstance(fields.get("steps"), list) else []
        target = data.draw(st.sampled_from([fields, *(step for step in steps if isinstance(step, dict) and step)]))
        name = data.draw(st.sampled_from(sorted(target)))
        if name not in ("v", "kind"):
            target[name] = data.draw(_EDGES | _JSON)
    for found in jsonl.parse(json.dumps(fields).encode(), "file"):
        if isinstance(found, jsonl.Unreadable):
            return
        try:
            record = read_record(found)
        except NOT_WHOLE:
            return
        assert record
        used(record)


def used(record: Any) -> None:
    """Everything that any command does with a record."""
    again = line(fields_of(record))
    assert again.encode()
    read_again = read_record(json.loads(again))
    assert read_again
    assert fields_of(read_again) == fields_of(record)
    assert record_words(record).encode()
    for minutes in (-1439, 1439):
        for at in (value for value in record if isinstance(value, datetime)):
            at.astimezone(timezone(timedelta(minutes=minutes)))
    sessions = (record,) if isinstance(record, SessionRecord) else ()
    past = Past(sessions)
    assert table(sessions).encode()
    assert calendar(sessions).encode()
    for session in sessions:
        session.start.astimezone(timezone(timedelta(minutes=session.opening.offset_min)))
        try:
            fit.activity(session, frozenset())
        except HiproutineError as error:
            assert "FIT" in str(error)  # noqa: PT017 -- it may, and may not
    now = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
    streak(past, now)
    totals(past, date(2026, 11, 23))
    first = first_day(past)
    if first and first <= date(2026, 11, 23):
        weeks(past, now, max(first, date(2026, 1, 1)), date(2026, 11, 23))


# ---- every command ----

COMMANDS = [
    *("status", "streak", "streak --json", "history", "history --json", "history --csv"),
    *("stats", "stats --json", "stats --plain", "report", "report --html", "today", "today --json", "goal"),
    *("self-check", "list", "export --yes --csv {}/a.csv", "export --yes --ics {}/a.ics", "export --yes --fit {}/fit"),
    *("export {}/a.zip", "restore --list", "import --dry-run {}/a.zip"),
    *("pain 2", "rest yesterday", "undo", "log five-minute"),
]


def test_no_command_does_otherwise_because_of_hostile_lines(run: Run, folder: Path, tmp_path: Path) -> None:
    whole = "".join(f"{line(fields_of(RECORDS[kind]))}\n" for kind in RECORDS if kind != "void").encode()
    ours, theirs = folder / "device-2026.jsonl", folder / "other-2026.jsonl"
    data = b"".join(each + b"\n" for each in BYTES.values())

    def outcomes(target: Path) -> dict[str, tuple[int, str]]:
        ours.write_bytes(whole)
        target.mkdir()
        found = {}
        for command in COMMANDS:
            said = run(*command.format(target).split())
            found[command] = said.code, said.out.replace(str(target), "")
        for path in folder.parent.rglob("*"):
            if path.is_file() and path != theirs:
                path.unlink()
        return found

    before = outcomes(tmp_path / "before")
    assert all(code == 0 for code, _ in before.values()), before
    theirs.write_bytes(data)
    after = outcomes(tmp_path / "after")
    imported = "import --dry-run {}/a.zip"
    assert f"{len(BYTES)} unreadable lines omitted" in after[imported][1]
    del before[imported], after[imported]
    assert after == before
    for name in ("a.csv", "a.ics"):
        assert (tmp_path / "after" / name).read_text("utf-8") == (tmp_path / "before" / name).read_text("utf-8")
    with zipfile.ZipFile(tmp_path / "after" / "a.zip") as packed:
        assert packed.read("history/other-2026.jsonl") == data
    told = run("doctor")
    assert told.code == 1
    for number in range(1, len(BYTES) + 1):
        assert f"{theirs}:{number}: " in told.out
    assert theirs.read_bytes() == data


@hostile
def test_a_journal_out_of_a_zip_is_read_by_the_same_rules(run: Run, tmp_path: Path, name: str) -> None:
    head = line({**opening_fields(OPENING), "v": 1, "kind": "journal", "steps": [STEP._asdict()]}).encode()
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("journal/hostile.jsonl", BYTES[name] + b"\n")
        packed.writestr("journal/s.jsonl", head + b"\n" + BYTES[name] + b"\n")
    said = run("import", str(tmp_path / "a.zip"), "--yes")
    assert (said.code, said.err) == (1, "")
    assert "1 unreadable journal omitted" in said.out
    assert [path.name for path in (paths.find().state / "journal").iterdir()] == ["s.jsonl"]
    assert len(run("history", "--json").json) == 1
