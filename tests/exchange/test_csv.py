"""Steps as comma-separated values."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiproutine.exchange.csv import HEADS, table
from hiproutine.history.records import Opening, SessionRecord, StepRecord
from hiproutine.text import clean

START = datetime(2026, 11, 22, 17, 0, 3, 120_000, tzinfo=UTC)
STEP = StepRecord("couch", "Couch stretch", "left", 60_000, 45_600, "shortened")


def session(*steps: StepRecord, routine: str | None = "four-everyday") -> SessionRecord:
    opening = Opening("0193", date(2026, 11, 22), START, 60, "Europe/Paris", 240, "p", routine, "0.1.0")
    return SessionRecord(opening, START, True, steps)


def rows(*sessions: SessionRecord) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table(sessions), newline="")))


def test_each_step_is_a_row_with_its_session() -> None:
    logged = session(STEP._replace(side=None), routine=None)._replace(logged_at=START)
    assert table([session(STEP, STEP._replace(exercise="bridge", load="4 kg")), logged]).splitlines() == [
        ",".join(HEADS),
        "2026-11-22,2026-11-22T17:00:03.120Z,four-everyday,couch,Couch stretch,left,60.0,45.6,shortened,,0193,",
        "2026-11-22,2026-11-22T17:00:03.120Z,four-everyday,bridge,Couch stretch,left,60.0,45.6,shortened,,0193,4 kg",
        "2026-11-22,2026-11-22T17:00:03.120Z,,couch,Couch stretch,,60.0,45.6,shortened,2026-11-22T17:00:03.120Z,0193,",
    ]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|'/C calc'!A0", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_a_formula(name: str) -> None:
    (row,) = rows(session(STEP._replace(name=name), routine=name))
    assert row["name"] == row["routine"]
    assert row["name"].removeprefix("'") == clean(name)
    assert row["name"][0] in "'\N{REPLACEMENT CHARACTER}"


@given(st.text(), st.text())
def test_whatever_a_step_is_called_stays_in_its_cell(name: str, routine: str) -> None:
    (row,) = rows(session(STEP._replace(name=name), routine=routine))
    assert row["name"].removeprefix("'") == clean(name).removeprefix("'")
    assert (row["held_s"], row["session"]) == ("45.6", "0193")
