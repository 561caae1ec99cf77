"""Done sessions as a calendar, read back with a library for calendars."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from icalendar.cal import Component

from hiproutine.exchange.icalendar import calendar
from hiproutine.history.records import Opening, SessionRecord, StepRecord

START = datetime(2026, 11, 22, 17, 0, 3, 120_000, tzinfo=UTC)
STEP = StepRecord("couch", "Couch stretch", "left", 60_000, 45_600, "shortened")


def session(
    *steps: StepRecord,
    id: str = "0193",  # noqa: A002 - a record's own word
    start: datetime = START,
    minutes: int = 9,
    routine: str | None = "four-everyday",
    logged_at: datetime | None = None,
) -> SessionRecord:
    opening = Opening(id, date(2026, 11, 22), start, 60, "Europe/Paris", 240, "p", routine, "0.1.0")
    return SessionRecord(opening, start + timedelta(minutes=minutes), True, steps, logged_at)


def events(*sessions: SessionRecord) -> list[Component]:
    text = calendar(sessions).encode()
    assert text.endswith(b"\r\n")
    assert max(map(len, text.split(b"\r\n"))) <= 75
    read = Calendar.from_ical(text)
    assert isinstance(read, Calendar)
    assert (read["VERSION"], read.errors) == ("2.0", [])
    assert all(not event.errors for event in read.walk("VEVENT"))
    return read.walk("VEVENT")


def test_an_event_tells_when_and_what() -> None:
    (event,) = events(session(STEP, STEP._replace(side=None, held_ms=0, end="done"), STEP._replace(end="skipped")))
    assert event["UID"] == "0193@hiproutine"
    assert event.decoded("DTSTART") == datetime(2026, 11, 22, 17, 0, 3, tzinfo=UTC)
    assert event.decoded("DTEND") == event.decoded("DTSTAMP") == datetime(2026, 11, 22, 17, 9, 3, tzinfo=UTC)
    assert event["SUMMARY"] == "Hips: four-everyday"
    assert event["DESCRIPTION"] == "Couch stretch, left: 46 s\nCouch stretch"
    assert event["TRANSP"] == "TRANSPARENT"


def test_text_is_escaped_and_long_lines_are_folded_between_characters() -> None:
    name = "a, b; c\\ " + "üx" + "x" * 300 + "ü" * 300
    (event,) = events(session(STEP._replace(name=name, side=None, held_ms=0)))
    assert event["DESCRIPTION"] == name
    assert r"DESCRIPTION:a\, b\; c\\ ü" in calendar([session(STEP._replace(name=name))])


def test_times_are_in_utc_wherever_the_session_was() -> None:
    paris = START.astimezone(datetime.fromisoformat("2026-01-01T00:00+01:00").tzinfo)
    assert calendar([session(STEP, start=paris)]) == calendar([session(STEP)])


def test_only_sessions_that_count_are_there_each_under_a_name_of_its_own() -> None:
    broken_off = session(STEP, id="b")._replace(counts=False)
    found = events(session(STEP, id="a"), broken_off, session(STEP, id="c", routine=None))
    assert [(event["UID"], event["SUMMARY"]) for event in found] == [
        ("a@hiproutine", "Hips: four-everyday"),
        ("c@hiproutine", "Hips"),
    ]
    assert events() == []


@pytest.mark.parametrize("minutes", [0, -60])
def test_a_session_without_a_length_has_no_end(minutes: int) -> None:
    (event,) = events(session(STEP, minutes=minutes))
    assert "DTEND" not in event


def test_what_was_logged_later_is_stamped_with_when() -> None:
    later = START + timedelta(days=2)
    (event,) = events(session(STEP, logged_at=later))
    assert event.decoded("DTSTAMP") == later.replace(microsecond=0)


NAMES = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=200)


@given(st.lists(NAMES.filter(lambda name: name.isprintable() and name == name.strip()), min_size=1, max_size=5))
def test_whatever_a_step_is_called_comes_back(names: list[str]) -> None:
    from hiproutine.text import clean

    names = [clean(name) for name in names]
    (event,) = events(session(*(STEP._replace(name=name, side=None, held_ms=0) for name in names)))
    assert event["DESCRIPTION"] == "\n".join(names)


@given(st.text(), st.text())
def test_nothing_in_a_record_can_add_a_line(routine: str, id: str) -> None:  # noqa: A002
    (event,) = events(session(STEP._replace(name="a\r\nEND:VEVENT"), id=id, routine=routine))
    assert set(event) <= {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "TRANSP"}


def test_a_pause_of_ten_hours_is_no_part_of_the_event() -> None:
    paused = session(STEP, minutes=600)._replace(active_ms=1_500_000)
    (event,) = events(paused)
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(minutes=25)
    (event,) = events(paused._replace(active_ms=None))
    assert event.decoded("DTEND") - event.decoded("DTSTART") < timedelta(minutes=5)
