"""Every kind of record at everything that works with records: a kind that one of them forgets fails here."""

import errno
import shutil
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest

from hiproutine import paths
from hiproutine.catalogue.model import Catalogue
from hiproutine.day.runner import Runner
from hiproutine.history.past import Past, lasts
from hiproutine.history.records import KINDS, Hurt, Record, Void, fields_of
from hiproutine.history.store import Store
from hiproutine.history.words import record_words
from tests.conftest import HandClock, Run
from tests.history.test_records import AT, DAY, RECORDS
from tests.screens import Desk, text_of

_DAY = timedelta(days=1)
OF_PAST = {kind: record for kind, record in RECORDS.items() if kind != "void"}
PAST = Past(OF_PAST.values())
kinds = pytest.mark.parametrize("kind", OF_PAST)


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Desk:
    return Desk(tmp_path, catalogue, clock)


@pytest.fixture
def here() -> Store:
    where = paths.find()
    return Store(where.data / "history", where.state)


def all_of(past: Past) -> list[Record]:
    return sorted(past.all(), key=lambda record: record.id)


EVERYTHING = sorted(OF_PAST.values(), key=lambda record: record.id)


def test_the_past_holds_every_kind_that_can_be_taken_back() -> None:
    assert all_of(PAST) == EVERYTHING
    assert [PAST.of(type(record)) for record in OF_PAST.values()] == [(record,) for record in OF_PAST.values()]
    assert PAST.of(Void) == ()


def test_the_union_of_records_names_every_kind_and_no_two_kinds_are_equal() -> None:
    assert [kind.type for kind in KINDS.values()] == list(get_args(Record))
    ones = [kind.type._make([1] * len(kind.type._fields)) for kind in KINDS.values()]
    for one in ones:
        assert [other for other in ones if one == other] == [one]
        assert len([other for other in ones if one != other]) == len(ones) - 1


@kinds
def test_a_day_and_a_span_of_days_hold_it(kind: str) -> None:
    record = OF_PAST[kind]
    assert record in PAST.of_day(record.day)
    assert PAST.of_day(record.day + _DAY) == []
    assert record in PAST.within(record.day, record.day).all()
    after = list(PAST.within(record.day + _DAY, record.day + 7 * _DAY).all())
    assert (record in after) == lasts(record)


@kinds
def test_it_is_added_once_and_taken_back(kind: str) -> None:
    record = OF_PAST[kind]
    past = Past((), ("one line",)).adding([record]).adding([record])
    assert list(past.all()) == [record]
    assert past.adding([Void("w", AT, record.id)]) == Past((), ("one line",))


def test_what_no_disk_has_taken_yet_is_read_all_the_same(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("hiproutine.history.jsonl.append", full)
    runner = Runner(desk.context())
    assert runner.keep(*OF_PAST.values())
    assert all_of(runner.read()) == EVERYTHING
    runner.keep(Void("w", AT, "h"))
    assert runner.read().of(Hurt) == ()


@kinds
def test_the_history_tells_it_and_undo_takes_it_back(run: Run, here: Store, kind: str) -> None:
    record = OF_PAST[kind]
    here.write(record)
    words = record_words(record)
    assert run("history").lines == [f"{record.day:%a} {record.day}  {words}"]
    assert run("history", "--json").json == [fields_of(record)]
    assert run("undo").lines[0] == f"Taken back: {record.day:%a} {record.day}, {words}."
    assert run("history").lines == ["Nothing yet."]
    assert here.read() == Past((), ())


async def test_the_page_of_a_day_shows_it(desk: Desk) -> None:
    from hiproutine.tui.dialogs.day_records import DayScreen

    app = desk.app()
    async with app.run_test(size=(120, 40)) as pilot:
        await app.push_screen(DayScreen(PAST, DAY, str))
        await pilot.pause()
        shown = text_of(app)
        for record in OF_PAST.values():
            assert record_words(record) in shown


def test_an_export_takes_it_to_another_machine(run: Run, here: Store, tmp_path: Path, home: Path) -> None:
    here.write(*OF_PAST.values())
    out = str(tmp_path / "all.zip")
    assert run("export", out).code == 0
    for each in home.iterdir():
        shutil.rmtree(each)
    assert here.read() == Past((), ())
    assert run("import", out, "--yes").code == 0
    assert all_of(here.read()) == EVERYTHING
