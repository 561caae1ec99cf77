"""The wall clock at its edges: after midnight, in zones that there are not, and in years that a zip cannot name."""

import json
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from typing import Self

import pytest

from hiproutine import paths
from hiproutine.catalogue.model import Catalogue
from hiproutine.clock import SystemClock
from hiproutine.coach.session import find
from hiproutine.errors import HiproutineError
from hiproutine.history import making
from hiproutine.history.calendar import past_midnight
from hiproutine.history.records import Pain, line, opening_fields, read_opening
from hiproutine.practice import recording
from tests.conftest import HandClock, Run
from tests.screens import Desk, text_of

FRIDAY = date(2026, 11, 27)
PARIS = timezone(timedelta(hours=1))


@pytest.fixture
def night(clock: HandClock, monkeypatch: pytest.MonkeyPatch, run: Run) -> HandClock:
    """Half past one, Saturday by the calendar."""
    clock.start = datetime(2026, 11, 28, 1, 30, tzinfo=PARIS)
    monkeypatch.setattr("hiproutine.day.context.SystemClock", lambda: clock)
    return clock


# ---- one day everywhere ----


def test_no_module_but_that_of_days_takes_the_day_from_the_calendar() -> None:
    package = Path(__file__).parent.parent / "hiproutine"
    calendar = re.compile(r"now(\(\))?\.date\(\)|date\.today\(|\bwall\.date\(")
    found = {path.name for path in package.rglob("*.py") if calendar.search(path.read_text("utf-8"))}
    assert found == {"calendar.py"}


def test_after_midnight_every_command_is_of_the_evening_before(run: Run, night: HandClock, tmp_path: Path) -> None:
    assert run("today", "--json").json["day"] == "2026-11-27"
    assert run("streak", "--json").json["day"] == "2026-11-27"
    for word in ("2026-11-28", "2026-11-27", "today"):
        assert run("log", "five-minute", "--day", word).out.startswith("Logged for Fri 2026-11-27: ")
    assert run("pain", "2").out.startswith("Fri 2026-11-27: ")
    assert run("goal", "5/7", "--json").json["from"] == "2026-11-27"
    assert run("self-check", "knee-to-wall", "--left", "9").code == 0
    assert run("rest").out.startswith("Fri 2026-11-27 is a rest day.")
    assert run("rest", "2026-11-28").out.startswith("Sat 2026-11-28 is a rest day.")
    days = [fields.get("day", fields.get("from")) for fields in run("history", "--json", "--until", "2026-11-27").json]
    assert days == ["2026-11-27"] * 7
    assert [path.name for path in (paths.find().data / "backups").iterdir()] == ["2026-11-27.zip"]
    said = run("log", "five-minute", "--day", "2026-11-29")
    assert (said.code, "2026-11-29 is too far away: the first day is 2026-11-20, the last 2026-11-27" in said.err) == (
        2,
        True,
    )


def test_by_day_a_day_to_come_is_still_too_far_away(run: Run, night: HandClock) -> None:
    night.turn(4 * 3_600_000)
    assert run("log", "five-minute", "--day", "2026-11-29").code == 2
    assert run("log", "five-minute", "--day", "2026-11-28").out.startswith("Logged for Sat 2026-11-28: ")


def test_what_is_said_of_a_video_is_of_the_same_day(night: HandClock) -> None:
    assert making.video_note(night.now(), "SoFxooQZVlQ", FRIDAY, "").day == FRIDAY
    assert making.checked(night.now(), "knee-to-wall", "left", 9, "cm").day == FRIDAY


async def test_the_title_says_until_when_it_is_still_the_day_before(
    tmp_path: Path, catalogue: Catalogue, night: HandClock
) -> None:
    desk = Desk(tmp_path, catalogue, night)
    app = desk.app()
    async with app.run_test(size=(100, 30)) as pilot:
        assert "Friday 27 November, until 04:00" in text_of(app)
        await pilot.press("2", "enter")
        await pilot.pause()
        assert [pain.day for pain in desk.store.read().of(Pain)] == [FRIDAY]
        assert [pain.day for pain in app.day.past.of(Pain)] == [FRIDAY]
        await pilot.press("g")
        await pilot.pause()
        assert "Fri 2026-11-27: " in text_of(app)


def test_at_four_the_next_day_begins(night: HandClock) -> None:
    assert past_midnight(night.now(), FRIDAY)
    assert not past_midnight(night.now() - timedelta(hours=2), FRIDAY)
    assert not past_midnight(night.now() + timedelta(hours=3), FRIDAY + timedelta(days=1))


# ---- zones and years ----


Put = Callable[[str], None]


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Put]:
    def put(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield put
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("name", ["XXX+24", "XXX-24", "XXX+30"])
def test_a_zone_a_day_away_is_told(zone: Put, name: str) -> None:
    zone(name)
    with pytest.raises(HiproutineError, match=re.escape(f"TZ={name}")):
        SystemClock().now()


@pytest.mark.parametrize("name", ["XXX+23:59:59", "XXX-23:59:59", "XXX+23:59", "Pacific/Kiritimati"])
def test_whatever_zone_there_is_can_be_recorded(zone: Put, name: str, catalogue: Catalogue) -> None:
    zone(name)
    opening = recording.opening(find(catalogue, "five-minute"), SystemClock(), "0")
    assert read_opening(json.loads(line(opening_fields(opening)))).offset_min == opening.offset_min


@pytest.mark.parametrize("year", [1, 1970, 9998, 9999])
def test_a_clock_that_no_record_could_hold_is_told(monkeypatch: pytest.MonkeyPatch, year: int) -> None:
    class Wrong(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls(year, 6, 1, tzinfo=tz)

        def astimezone(self, tz: tzinfo | None = None) -> Self:
            return self.replace(tzinfo=UTC)

    monkeypatch.setattr("hiproutine.clock.datetime.datetime", Wrong)
    with pytest.raises(HiproutineError, match="this computer's clock is set to"):
        SystemClock().now()


@pytest.mark.parametrize("year", [1975, 1979, 2107, 2108, 2200])
def test_years_that_a_zip_cannot_name_are_written_all_the_same(
    run: Run, clock: HandClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, year: int
) -> None:
    clock.start = clock.start.replace(year=year)
    monkeypatch.setattr("hiproutine.day.context.SystemClock", lambda: clock)
    monkeypatch.setattr(time, "localtime", lambda *_: clock.now().timetuple())
    assert run("log", "five-minute").code == 0
    assert run("export", str(tmp_path / "a.zip")).code == 0
    for path in (tmp_path / "a.zip", paths.find().data / "backups" / f"{year}-11-23.zip"):
        with zipfile.ZipFile(path) as packed:
            assert packed.testzip() is None
            assert {each.date_time[:3] for each in packed.infolist()} == {(min(max(year, 1980), 2107), 11, 23)}
            assert {each.external_attr >> 16 for each in packed.infolist()} == {0o600}
    assert len(run("history", "--json").json) == 1
