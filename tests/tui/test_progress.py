"""The Progress screen, driven by its keys and the mouse. It is 2026-11-23, a Monday, 07:30."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from textual.widgets import Static

from hiproutine.catalogue.model import Catalogue
from hiproutine.history.records import (
    Check,
    Goal,
    Hurt,
    Opening,
    Pain,
    ProgrammeStep,
    Record,
    Rest,
    SessionRecord,
    StepRecord,
)
from hiproutine.history.store import Store
from hiproutine.review.overview import Chart, Section, Series, table
from hiproutine.tui.app import HiproutineApp
from hiproutine.tui.dialogs.choose_routine import ChooseScreen
from hiproutine.tui.dialogs.day_records import DayScreen
from hiproutine.tui.screens.progress import ProgressScreen
from hiproutine.tui.screens.today import TodayScreen
from hiproutine.tui.widgets.charts import ChartView, drawn, months
from hiproutine.tui.widgets.heatmap import Heatmap
from tests.conftest import HandClock
from tests.screens import SIZES, Desk, cut_off, text_of

AT = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
sizes = pytest.mark.parametrize("size", SIZES)


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
    charts = (str(view.render()) for view in app.screen.query(ChartView) if view.display)
    titles = (str(view.border_title) for view in app.screen.query(ChartView) if view.display)
    parts = (str(part.content) for part in app.screen.query(".part").results(Static) if part.display)
    return "\n".join((*charts, *titles, *parts)).replace("\u00a0", " ")


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
            for key in ("Day", "Back", "Add", "Rest", "Undo", "Tables", "Help"):
                assert key in shown.splitlines()[-1]
            widths = {len(line) for line in whole_page(app).splitlines() if "│" in line or "  " in line}
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
        assert "Mon 2026-11-16" in text_of(app)
        assert "nothing recorded." in text_of(app)


async def test_days_are_shaded_by_shapes_without_colour(desk: Desk) -> None:
    desk.store.write(*RECORDS)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g")
        await pilot.pause()
        rows = text_of(app).splitlines()[4:11]
        last = 4 + 2 * 35  # two cells a week, the last but one
        assert [line[:4] for line in rows] == [" Mo▸", " Tu ", " We ", " Th ", " Fr ", " Sa ", " Su "]
        assert [f"{line:80}"[last : last + 3] for line in rows] == ["· ·", "·  ", "░  ", "▒  ", "▓  ", "█  ", "r  "]
        assert text_of(app).splitlines()[11].index("▴") == last + 2
        await pilot.press("s")
        await pilot.pause()
        shown = text_of(app).splitlines()
        assert [line[last] for line in shown[4:11]] == ["·", "·", "░", "░", "░", "▒", "r"]
        assert "█ 4  sessions" in shown[12]


async def test_before_the_first_day_are_dots_and_today_has_its_square(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Heatmap, "_many_colours", True)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g")
        await pilot.pause()
        field = [line[4:].split() for line in text_of(app).splitlines()[4:11]]
        assert field[0] == ["·"] * 36 + ["▆"]
        assert field[6] == ["·"] * 36
        await pilot.press("escape")
        desk.store.write(*RECORDS)
        await pilot.press("g")
        await pilot.pause()
        count = "".join(text_of(app).splitlines()[4:11]).count("·")
        first = min(each.day for each in RECORDS)
        assert count == (first - (TODAY - timedelta(weeks=36))).days


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
        assert "07:00  Five-minute hips, 1 of 1 done, 21:40 min of exercise" in shown
        assert "✓ done     11:40  Couch stretch, left" in shown
        assert "08:00  Five-minute hips" in shown
        await pilot.press("escape", "up", "enter")
        await pilot.pause()
        assert "hurt 5 of 10 in Couch stretch, left, chose easier" in text_of(app)
        assert "Knee to the wall, left: 9.5 cm" in text_of(app)
        await pilot.press("escape", "left", "down", "right", "end", "enter")
        await pilot.pause()
        assert "Mon 2026-11-23" in text_of(app)
        assert "Nothing recorded." in text_of(app)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)


async def test_a_click_marks_a_day_and_a_second_one_opens_it(desk: Desk) -> None:
    desk.store.write(*RECORDS)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g")
        await pilot.pause()
        await pilot.click(Heatmap, offset=(3 + 2 * 35, 1 + 4))
        assert heatmap(app).marked == TODAY - timedelta(days=3)
        await pilot.click(Heatmap, offset=(3 + 2 * 35, 1 + 4))
        await pilot.pause()
        assert isinstance(app.screen, DayScreen)
        await pilot.press("escape")
        for outside in ((0, 3), (3 + 2 * 37 - 1, 0), (10, 0), (10, 9)):
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
        await pilot.pause()
        assert heatmap(app).marked == date(2023, 5, 3)
        await pilot.press("end", "right", "down", "down", "down", "down", "down", "down", "down")
        await pilot.pause()
        assert heatmap(app).marked == TODAY + timedelta(days=6)


async def test_only_parts_with_records_are_shown(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g")
        await pilot.pause()
        assert whole_page(app) == ""
        assert "No day done yet" in text_of(app)
        assert "Your first square is waiting" in text_of(app)
        assert "T  Go to Today" in text_of(app)
        await pilot.press("escape")
        desk.store.write(*RECORDS[:6])
        await pilot.press("g")
        await pilot.pause()
        page = whole_page(app)
        for heading in ("Exercise a week", "Stretching of the last 7 days", "Stretching by week", "Score"):
            assert heading in page
        assert "Your first square" not in text_of(app)
        for heading in ("Pain", "What hurt", "Self-checks"):
            assert heading not in page
        await pilot.press("escape")
        desk.store.write(*RECORDS[6:])
        await pilot.press("g")
        await pilot.pause()
        page = whole_page(app)
        assert "Pain · ━ before 4 ╌ after 0" in page
        assert "Knee to the wall · 9.5 cm" in page
        assert "Couch stretch  left  1      5      easier  2026-11-20" in page
        assert "knee-to-wall, cm  9.5   -      -     2026-11-20" in page


async def test_from_140_columns_a_days_sessions_stand_beside_the_calendar(desk: Desk) -> None:
    desk.store.write(*RECORDS)
    app = desk.app()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("g", "up", "up", "up", "up")
        await pilot.pause()
        beside = "\n".join(line[100:] for line in text_of(app).splitlines()[3:13])
        assert "Thu 2026-11-19" in beside
        assert "Five-minute hips" in beside
        assert "pain 4 of 10 before" in beside
        await pilot.resize_terminal(139, 40)
        await pilot.pause()
        assert "pain 4 of 10 before" not in text_of(app)


async def test_charts_fill_the_page(desk: Desk) -> None:
    desk.store.write(*RECORDS)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g")
        for size, columns in (((80, 24), 1), ((120, 35), 2), ((200, 50), 3)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            views = [view for view in app.screen.query(ChartView) if view.display]
            assert len({view.region.x for view in views}) == columns
            assert len({view.region.height for view in views}) == 1
            for view in views:
                drawing = str(view.render()).split("\n")
                assert len(drawing) == view.content_size.height or " left │ right" in drawing[0] + drawing[1]
                assert len(drawing) <= view.content_size.height
            if columns == 3:
                assert app.size.height - 4 <= max(view.region.bottom for view in views) <= app.size.height - 1


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
        assert "front of hip, stretch: left 11, right 7 of 7 min this week 11:50 7:55" in " ".join(page.split())
        assert "2026-11-16  4.0     0.0" in page
        assert not set("█┈━▃") & set(page)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, DayScreen)
        await pilot.press("escape", "t")
        await pilot.pause()
        assert "┈" in whole_page(app)


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
        assert "days in a row" in text_of(app)
        assert app._today._said.streak.number == 5


async def test_a_day_of_rest_is_declared_once(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g", "r")
        await pilot.pause()
        assert "Mon 2026-11-23: a rest day." in text_of(app)
        await pilot.press("r")
        await pilot.pause()
        assert told(app) == "Mon 2026-11-23 is a rest day already."
        assert [rest.day for rest in desk.store.read().of(Rest)] == [TODAY]
        await pilot.press(*["left"] * 6, "r")
        await pilot.pause()
        assert len(desk.store.read().of(Rest)) == 1


async def test_undo_asks_once_and_moving_on_is_no(desk: Desk) -> None:
    desk.store.write(Goal("g", TODAY, AT, 5, ()))
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g", "z")
        await pilot.pause()
        assert told(app).startswith("z once more takes back what was written last: Mon")
        await pilot.press("up", "z")
        await pilot.pause()
        assert len(desk.store.read().of(Goal)) == 1
        await pilot.press("z")
        await pilot.pause()
        assert told(app) == "Taken back: Mon 2026-11-23, goal of 5 days a week."
        assert desk.store.read().of(Goal) == ()
        await pilot.press("z")
        await pilot.pause()
        assert "nothing to undo" in told(app)


async def test_undo_takes_an_import_back_as_a_whole(desk: Desk) -> None:
    desk.store.write(Goal("g", TODAY, AT, 5, ()), Goal("h", TODAY, AT, 4, ()), import_name="x a.csv")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g", "z")
        await pilot.pause()
        whole = "the whole import of a.csv: 2 records, from Mon 2026-11-23 to Mon 2026-11-23."
        assert told(app) == f"z once more takes back what was written last: {whole}"
        await pilot.press("z")
        await pilot.pause()
        assert told(app) == f"Taken back: {whole}"
        assert desk.store.read().of(Goal) == ()


async def test_what_the_disk_refuses_is_told(desk: Desk, tmp_path: Path) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("g")
        (tmp_path / "data").write_text("in the way")
        await pilot.press("r")
        await pilot.pause()
        failed, reply = list(app._notifications)
        assert failed.title == "Not saved yet"
        assert failed.message.startswith(str(tmp_path / "data"))
        assert reply.message == "Mon 2026-11-23 is a rest day. z takes it back."
        assert "Mon 2026-11-23: a rest day." in text_of(app)
        await pilot.press("z")
        await pilot.pause()
        assert told(app).startswith("Not saved yet")
        (tmp_path / "data").unlink()
        await pilot.press("z", "z")
        await pilot.pause()
        assert told(app) == "Taken back: Mon 2026-11-23, rest day."
        assert desk.store.read().of(Rest) == ()


async def test_the_palette_leads_there_and_the_keys_are_listed(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        titles = [command.title for command in app.get_system_commands(app.screen)]
        assert "Progress" in titles
        await pilot.press("g", "question_mark")
        await pilot.pause()
        shown = text_of(app)
        for words in ("The sessions of the marked day", "Tables instead of charts", "Shade the days by sessions"):
            assert words in shown


async def test_all_keys_of_today_have_room_with_an_unfinished_session(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("enter")
        await desk.turn(pilot, 40)
        await pilot.press("q", "l")
        await pilot.pause()
        await pilot.pause()
        keys = " ".join(text_of(app).splitlines()[-1].split())
        assert keys.endswith("enter Resume n Start new e Edit m Minutes q Quit ? Help")


# ---- charts ----


def lines(chart: Chart, width: int, height: int) -> list[str]:
    return [line.rstrip() for line in drawn(chart, width, height).plain.split("\n")]


def weekly(measure: str, *values: float | None, goal: float | None = None) -> Chart:
    weeks = tuple(str(date(2026, 1, 5) + timedelta(weeks=week)) for week in range(len(values)))
    return Chart(weeks, (Series(measure, values),), "min", 10, measure, days=True, goal=goal)


def test_left_and_right_grow_from_the_middle_with_the_goal_on_each() -> None:
    series = (Series("left", (2.5, 30, 7)), Series("right", (0.01, 10, 0)))
    chart = Chart(("hip", "buttock", "calf"), series, "min", 12, "stretching", marks=(5, 10), goal=5)
    assert lines(chart, 45, 4) == [
        "                     left │ right",
        "hip      2.5 ────────│─━━ │ ━──│────────  0.0",
        "buttock 30.0 ◀━━━━━━━┃━━━ │ ━━━┃━━────── 10.0",
        "calf     7.0 ────────┃━━━ │ ───│────────  0.0",
    ]
    assert len(lines(chart, 45, 7)) == 7  # with a line between, where there is room


def test_areas_without_room_are_counted_instead_of_missing() -> None:
    series = (Series("left", (1.0,) * 5), Series("right", (2.0,) * 5))
    chart = Chart(("hip", "buttock", "calf", "thigh", "ankle"), series, "min", 12, "stretching")
    assert [line.split()[0] for line in lines(chart, 45, 6)[1:]] == ["hip", "buttock", "calf", "thigh", "ankle"]
    assert lines(chart, 45, 5)[-1] == "… 2 more in the tables (t)"
    assert [line.split()[0] for line in lines(chart, 45, 5)[1:]] == ["hip", "buttock", "calf", "…"]


def test_columns_have_the_goal_as_a_line_and_tell_nothing_from_nought() -> None:
    assert lines(weekly("minutes", 10, None, 0, 0.1, goal=5), 30, 6) == [
        "  10 █████",
        "     █████",
        "   5 █████╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌",
        "     █████",
        "   0 █████       _____ ▁▁▁▁▁",
        "     Jan",
    ]


def test_the_last_columns_are_shown_where_there_is_no_room_for_all() -> None:
    assert lines(weekly("minutes", *range(40)), 30, 4) == [
        "  39 ▁ ▂ ▂ ▃ ▄ ▄ ▅ ▆ ▆ ▇ ▇ █",
        "     █ █ █ █ █ █ █ █ █ █ █ █",
        "   0 █ █ █ █ █ █ █ █ █ █ █ █",
        "     Jul Aug       Sep",
    ]


def test_a_second_curve_is_dashed_and_what_is_not_known_is_passed_over() -> None:
    one, other = Series("before", (8.0,) * 12), Series("after", (2.0,) * 12)
    chart = weekly("pain", *[8.0] * 12)._replace(series=(one, other), curve=True)
    assert lines(chart, 45, 9) == [
        f"  10 {'┈' * 40}",
        f"      {'⠤' * 38}",
        "",
        f"     {'┈' * 40}",
        "",
        "",
        f"      ⠂{' ⠒⠂' * 12}",
        f"   0 {'┈' * 40}",
        "     Jan          Feb          Mar",
    ]
    gap = weekly("score", *[5.0] * 6, *[None] * 6)._replace(curve=True)
    assert f"      {'⠉' * 18}" in lines(gap, 45, 9)


@pytest.mark.parametrize("size", [(1, 1), (20, 4), (24, 30), (300, 4)])
def test_a_chart_fits_its_room_whatever_it_is(size: tuple[int, int]) -> None:
    sides = (Series("left", (2.5, 30)), Series("right", (0.01, 10)))
    bars = Chart(("low back and pelvis", "buttock"), sides, "min", 12, "stretching", marks=(5, 10), goal=5)
    for chart in (bars, weekly("minutes", 3, 80, goal=45), weekly("score", 3, None)._replace(curve=True)):
        drawing = drawn(chart, *size).plain.split("\n")
        assert len(drawing) <= size[1]
        assert max(map(len, drawing)) <= size[0]


def test_months_stand_at_their_first_week_where_there_is_room() -> None:
    weeks = [date(2026, 1, 19) + timedelta(weeks=week) for week in range(8)]
    assert months(weeks, 2) == "Jan Feb     Mar"
    assert months(weeks, 1) == "  Feb"


def test_of_months_too_close_together_the_one_shown_whole_is_named() -> None:
    weeks = [date(2026, 5, 25) + timedelta(weeks=week) for week in range(11)]
    assert months(weeks, 2) == "  Jun       Jul"
    assert months(weeks[:2], 2) == "May"


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


def test_a_long_reason_is_wrapped_below_its_row() -> None:
    rows = (("2026-11-16", "Hips", "phase 1 again", "3 of 10 sessions done, and 7 are needed"),)
    section = Section("", "", ("Day", "Programme", "Phase", "Why"), rows)
    assert table(section, 36) == [
        "Day         Programme  Phase",
        "  Why",
        "2026-11-16  Hips       phase 1 again",
        "  3 of 10 sessions done, and 7 are",
        "  needed",
    ]


@sizes
async def test_a_programme_has_a_section_with_its_week_why_it_repeats_and_its_tests(
    desk: Desk, size: tuple[int, int]
) -> None:
    desk.set("minutes: 10\n")
    desk.store.write(
        *RECORDS,
        ProgrammeStep("y1", TODAY - timedelta(days=20), AT, "desk-hips", 1, "start"),
        ProgrammeStep(
            "y2", TODAY - timedelta(days=6), AT, "desk-hips", 1, "repeat", "3 of 10 sessions done, and 7 are needed"
        ),
        Check("c1", TODAY - timedelta(days=20), AT, "knee-lift", "left", 8, "s"),
        Check("c2", TODAY - timedelta(days=1), AT, "knee-lift", "left", 14, "s"),
    )
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("g")
        await pilot.pause()
        page = whole_page(app)
        assert "Hips that sit all day: week 1 of 6, phase 1. The phases" in page
        for words in ("phase 1 again", "3 of 10 sessions done, and 7 are", "Tests of Hips that sit all day", "8 → 14"):
            assert words in " ".join(page.split())
        assert "Off days and rest days" in page
        assert not list(cut_off(app))
