"""The Progress screen, driven by its keys and the mouse. It is 2026-11-23, a Monday, 07:30."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from textual.widgets import Static

from hiproutine.catalogue.model import Catalogue
from hiproutine.history.records import Check, Goal, Hurt, Opening, Pain, Record, Rest, SessionRecord, StepRecord
from hiproutine.history.store import Store
from hiproutine.review.overview import Chart, Section, Series, table
from hiproutine.tui.app import HiproutineApp
from hiproutine.tui.dialogs.choose_routine import ChooseScreen
from hiproutine.tui.dialogs.day_records import DayScreen
from hiproutine.tui.screens.progress import ProgressScreen
from hiproutine.tui.screens.today import TodayScreen
from hiproutine.tui.widgets.charts import months, painted
from hiproutine.tui.widgets.heatmap import Heatmap
from tests.conftest import HandClock
from tests.screens import SIZES, Desk, cut_off, text_of

AT = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Desk:
    return Desk(tmp_path, catalogue, clock)


def session(day: date, *held_s: int, number: int = 0) -> SessionRecord:
    """Couch stretches of the left and the right in turn, each held so many seconds."""
    start = AT.replace(year=day.year, month=day.month, day=day.day, hour=6 + number)
    opening = Opening(f"s{day}{number}", day, start, 60, "Europe/Paris", 240, "p", "five-minute", "0.1.0")
    steps = tuple(
        StepRecord("couch-stretch", "Couch stretch", ("left", "right")[place % 2], 60_000, held * 1000, "done")
        for place, held in enumerate(held_s)
    )
    return SessionRecord(opening, start, True, steps)


RECORDS: list[Record] = [
    session(TODAY - timedelta(days=5), 60),
    session(TODAY - timedelta(days=4), 200, 130),
    session(TODAY - timedelta(days=3), 400, 220),
    session(TODAY - timedelta(days=2), 700, 600),
    session(TODAY - timedelta(days=2), 60, number=1),
    Rest("r", TODAY - timedelta(days=1), AT),
    Pain("p1", TODAY - timedelta(days=4), AT, "before", 4, None),
    Pain("p2", TODAY - timedelta(days=4), AT, "after", 0, None),
    Hurt("h", TODAY - timedelta(days=3), AT, "s", "couch-stretch", "left", 5, "easier"),
    Check("c", TODAY - timedelta(days=3), AT, "knee-to-wall", "left", 9.5, "cm"),
]


def heatmap(app: HiproutineApp) -> Heatmap:
    return app.screen.query_one(Heatmap)


def whole_page(app: HiproutineApp) -> str:
    """Everything on the page, what is scrolled away included."""
    parts = (part for part in app.screen.query(".part").results(Static) if part.display)
    return "\n".join(str(part.content) for part in parts).replace("\u00a0", " ")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("records", [[], RECORDS], ids=["empty", "some"])
async def test_the_page_fits(desk: Desk, size: tuple[int, int], records: list[Record]) -> None:
    desk.store.write(*records)
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        for keys in (("g",), ("t",)):
            await pilot.press(*keys)
            await pilot.pause()
            assert isinstance(app.screen, ProgressScreen)
            assert list(cut_off(app)) == []
            shown = text_of(app)
            for key in ("Day", "Back", "Add", "Rest", "Undo", "Tables", "Keys"):
                assert key in shown.splitlines()[-1]
            widths = {len(line) for line in whole_page(app).splitlines() if "┤" in line or "│" in line or "  " in line}
            assert max(widths, default=0) <= size[0] - 3


async def test_a_terminal_too_small_to_read_breaks_nothing(desk: Desk) -> None:
    desk.store.write(*RECORDS)
    app = desk.app()
    async with app.run_test(size=(20, 6)) as pilot:
        await pilot.press("g", "t", "t", "left", "enter", "escape")
        await pilot.resize_terminal(1, 1)
        await pilot.resize_terminal(200, 50)
        await pilot.pause()
        assert "Wed 2026" not in text_of(app)
        assert "Mon 2026-11-16: nothing recorded." in text_of(app)


async def test_days_are_shaded_by_shapes_without_colour(desk: Desk) -> None:
    desk.store.write(*RECORDS)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g")
        await pilot.pause()
        rows = text_of(app).splitlines()[4:11]
        assert [line[:4] for line in rows] == [" Mo▸", " Tu ", " We ", " Th ", " Fr ", " Sa ", " Su "]
        assert [f"{line:80}"[4 + 51 : 4 + 53] for line in rows] == ["··", "· ", "░ ", "▒ ", "▓ ", "█ ", "r "]
        assert text_of(app).splitlines()[11].index("▴") == 4 + 52
        await pilot.press("s")
        await pilot.pause()
        shown = text_of(app).splitlines()
        assert [line[4 + 51] for line in shown[4:11]] == ["·", "·", "░", "░", "░", "▒", "r"]
        assert "█ 4 sessions" in shown[12]


async def test_the_arrows_mark_a_day_and_enter_shows_its_sessions(desk: Desk) -> None:
    desk.store.write(*RECORDS)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g", "up", "up")
        await pilot.pause()
        assert "Sat 2026-11-21: 2 sessions, 22:40 min." in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, DayScreen)
        shown = text_of(app)
        assert "07:00  five-minute, 2 of 2 done, 21:40 min of exercise" in shown
        assert "✓ done     11:40  Couch stretch, left" in shown
        assert "08:00  five-minute" in shown
        await pilot.press("escape", "up", "enter")
        await pilot.pause()
        assert "hurt 5 of 10 in couch-stretch, left, chose easier" in text_of(app)
        assert "knee-to-wall, left: 9.5 cm" in text_of(app)
        await pilot.press("escape", "left", "down", "right", "end", "enter")
        await pilot.pause()
        assert "Mon 2026-11-23" in text_of(app)
        assert "Nothing recorded." in text_of(app)
        await pilot.press("escape", "escape")
        assert isinstance(app.screen, TodayScreen)


async def test_a_click_marks_a_day_and_a_second_one_opens_it(desk: Desk) -> None:
    desk.store.write(*RECORDS)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g")
        await pilot.pause()
        await pilot.click(Heatmap, offset=(3 + 51, 1 + 4))
        assert heatmap(app).marked == TODAY - timedelta(days=3)
        await pilot.click(Heatmap, offset=(3 + 51, 1 + 4))
        await pilot.pause()
        assert isinstance(app.screen, DayScreen)
        await pilot.press("escape")
        for outside in ((0, 3), (3 + 53, 3), (10, 0), (10, 9)):
            await pilot.click(Heatmap, offset=outside)
            assert heatmap(app).marked == TODAY - timedelta(days=3)


async def test_the_field_goes_back_through_the_years_and_stops_at_their_ends(desk: Desk, tmp_path: Path) -> None:
    desk.store = Store(tmp_path / "history", tmp_path / "state", tmp_path / "cache")
    desk.store.write(session(date(2023, 5, 3), 60), *RECORDS)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g")
        await pilot.pause()
        heatmap(app).mark(date(2023, 5, 3))
        await pilot.pause()
        assert "Wed 2023-05-03: 1 session, 1:00 min." in text_of(app)
        await pilot.press("left")
        assert heatmap(app).marked == date(2023, 5, 3)
        await pilot.press("end", "right", "down", "down", "down", "down", "down", "down", "down")
        assert heatmap(app).marked == TODAY + timedelta(days=6)


async def test_only_parts_with_records_are_shown(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g")
        await pilot.pause()
        assert whole_page(app) == ""
        assert "No day done yet" in text_of(app)
        await pilot.press("escape")
        desk.store.write(*RECORDS[:6])
        await pilot.press("g")
        await pilot.pause()
        page = whole_page(app)
        for heading in ("Minutes a week", "Dose of the last 7 days", "Dose by week", "Score"):
            assert heading in page
        for heading in ("Pain", "What hurt", "Self-checks"):
            assert heading not in page
        await pilot.press("escape")
        desk.store.write(*RECORDS[6:])
        await pilot.press("g")
        await pilot.pause()
        page = whole_page(app)
        assert "before: last 4.0, most 4.0" in page
        assert "after: last 0.0, most 0.0" in page
        assert "Couch stretch  left  1      5      easier  2026-11-20" in page
        assert "knee-to-wall, cm  9.5   -      -     2026-11-20" in page


async def test_tables_say_the_same_in_numbers(desk: Desk) -> None:
    desk.store.write(*RECORDS)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g", "t", "up", "up")
        await pilot.pause()
        assert " ▸ Sat 2026-11-21     22:40         2" in text_of(app)
        assert "   Sun 2026-11-22     rest" in text_of(app)
        page = whole_page(app)
        assert "2026-11-16  39:30    5         4 of 4     19%" in page
        assert "front of hip    23:40  15:50" in page
        assert "2026-11-16  4.0     0.0" in page
        assert not set("█▌┤▃") & set(page)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, DayScreen)
        await pilot.press("escape", "t")
        await pilot.pause()
        assert "┤" in whole_page(app)


def told(app: HiproutineApp) -> str:
    """The newest notice."""
    return list(app._notifications)[-1].message


async def test_a_session_is_written_down_for_the_marked_day(desk: Desk) -> None:
    desk.store.write(*RECORDS)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g", "up", "a")
        await pilot.pause()
        assert isinstance(app.screen, ChooseScreen)
        assert "What was done on Sun 2026-11-22?" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "Sun 2026-11-22: 1 session, 7:00 min." in text_of(app)
        found = desk.store.read().of(SessionRecord)[-1]
        assert (found.day, found.opening.routine, found.counts) == (TODAY - timedelta(days=1), "four-everyday", True)
        assert found.logged_at == desk.clock.now()
        await pilot.press("up", "up", "up", "up", "up", "up", "up", "a")
        await pilot.pause()
        assert isinstance(app.screen, ProgressScreen)
        assert "today and the 7 days before" in told(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "5 days in a row" in text_of(app)


async def test_a_day_of_rest_is_declared_once(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g", "r")
        await pilot.pause()
        assert "Mon 2026-11-23: a day of rest." in text_of(app)
        await pilot.press("r")
        await pilot.pause()
        assert told(app) == "Mon 2026-11-23 is a day of rest already."
        assert [rest.day for rest in desk.store.read().of(Rest)] == [TODAY]
        await pilot.press(*["left"] * 6, "r")
        assert len(desk.store.read().of(Rest)) == 1


async def test_undo_asks_once_and_moving_on_is_no(desk: Desk) -> None:
    desk.store.write(Goal("g", TODAY, AT, 5, ()))
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g", "u")
        await pilot.pause()
        assert told(app).startswith("u once more takes back what was written last, of Mon")
        await pilot.press("up", "u")
        assert len(desk.store.read().of(Goal)) == 1
        await pilot.press("u")
        await pilot.pause()
        assert told(app) == "Taken back, of Mon 2026-11-23: a goal of 5 of 7 days."
        assert desk.store.read().of(Goal) == ()
        await pilot.press("u")
        await pilot.pause()
        assert "nothing to undo" in told(app)


async def test_undo_takes_an_import_back_as_a_whole(desk: Desk) -> None:
    desk.store.write(Goal("g", TODAY, AT, 5, ()), Goal("h", TODAY, AT, 4, ()), import_name="x a.csv")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g", "u")
        await pilot.pause()
        whole = "all of the import of a.csv: 2 records, from Mon 2026-11-23 to Mon 2026-11-23."
        assert told(app) == f"u once more takes back what was written last, {whole}"
        await pilot.press("u")
        await pilot.pause()
        assert told(app) == f"Taken back, {whole}"
        assert desk.store.read().of(Goal) == ()


async def test_what_the_disk_refuses_is_told(desk: Desk, tmp_path: Path) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g")
        (tmp_path / "data").write_text("in the way")
        await pilot.press("r")
        await pilot.pause()
        assert told(app).startswith(str(tmp_path / "data"))
        assert "nothing recorded" in text_of(app)


async def test_the_palette_leads_there_and_the_keys_are_listed(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        titles = [command.title for command in app.get_system_commands(app.screen)]
        assert "Progress" in titles
        await pilot.press("g", "question_mark")
        await pilot.pause()
        shown = text_of(app)
        for words in ("The sessions of the marked day", "Tables in place of pictures", "Shade the days by sessions"):
            assert words in shown


async def test_all_keys_of_today_have_room_with_an_unfinished_session(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("enter")
        await desk.turn(pilot, 40)
        await pilot.press("q", "l")
        await pilot.pause()
        await pilot.pause()
        keys = text_of(app).splitlines()[-1]
        assert keys.endswith("r Resume l Library g Progress q Quit ? Keys")


# ---- plots ----


def test_bars_have_their_marks_where_they_belong() -> None:
    series = (Series("left", (2.5, 30)), Series("right", (0.01, 10)))
    picture = Chart(("hip", "buttock"), series, "min", 12, marks=(5, 10))
    assert painted(picture, 60) == [
        "         L   5    10               R   5    10",
        "hip      ██▌ │    │           2.5  ▏   │    │           0.0",
        "buttock  ████┃████┃████████▶ 30.0  ████┃████│          10.0",
    ]
    assert painted(picture, 80)[0].split() == ["left", "5", "10", "right", "5", "10"]


def test_columns_tell_nothing_from_nought() -> None:
    weeks = ("2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16")
    picture = Chart(weeks, (Series("before", (10, None, 0, 0.1)),), "", 10, days=True)
    assert painted(picture, 17) == [
        "before: last 0.1, most 10.0",
        " 10 ┤██",
        "    │██",
        "    │██",
        "  0 ┤██    __ ▁▁",
        "     Oct",
    ]


def test_the_last_columns_are_shown_where_there_is_no_room_for_all() -> None:
    weeks = tuple(str(date(2026, 1, 5) + timedelta(weeks=week)) for week in range(40))
    picture = Chart(weeks, (Series("minutes", tuple(range(40))),), "min", 10, days=True)
    assert painted(picture, 25) == [
        "minutes: last 39 min, most 39 min",
        " 39 ┤          ▁▁▂▃▄▅▆▆▇█",
        "    │ ▁▂▃▄▅▅▆▇███████████",
        "    │████████████████████",
        "  0 ┤████████████████████",
        "     May   Jul Aug  Sep",
    ]


def test_months_stand_at_their_first_week_where_there_is_room() -> None:
    weeks = [date(2026, 1, 19) + timedelta(weeks=week) for week in range(8)]
    assert months(weeks, 2) == "Jan Feb     Mar"
    assert months(weeks, 1) == "Jan"


def test_a_table_that_does_not_fit_has_its_names_on_lines_of_their_own() -> None:
    section = Section("", "", ("Exercise", "Left", "Last"), (("A long name indeed", "1:00", "2026-11-23"),))
    assert table(section, 40) == [
        "Exercise            Left  Last",
        "A long name indeed  1:00  2026-11-23",
    ]
    assert table(section, 34) == [
        "Exercise           Left Last",
        "A long name indeed 1:00 2026-11-23",
    ]
    assert table(section, 20) == ["Exercise", "  Left  Last", "A long name indeed", "  1:00  2026-11-23"]
