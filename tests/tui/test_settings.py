"""The Settings screen, the screening questions and the page of today alone: by keys and by mouse, at every size."""

from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList, Static

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.profile import FLOOR
from hiproutine.coach.questions import TICK_PAGES
from hiproutine.coach.session import of_exercise
from hiproutine.day.events import Practise
from hiproutine.day.words import with_keys
from hiproutine.history.records import ChangeRecord, Goal
from hiproutine.settings import file as settings
from hiproutine.settings.choices import Elsewhere, Marks, OneOf
from hiproutine.settings.model import GOAL, KEYS, Changes, Profile, Settings, values
from hiproutine.settings.options import Row, groups, only_today
from hiproutine.tui.app import HiproutineApp
from hiproutine.tui.dialogs.only_today import OnlyTodayScreen
from hiproutine.tui.dialogs.setting_rows import MarksScreen, PickScreen, Rows
from hiproutine.tui.screens.library import LibraryScreen
from hiproutine.tui.screens.practice import PracticeScreen
from hiproutine.tui.screens.settings import SettingsScreen
from hiproutine.tui.screens.today import TodayScreen
from hiproutine.tui.widgets.painted import Painted
from tests.coach.test_weekly_volume import practised
from tests.conftest import HandClock
from tests.screens import SIZES, Desk, cut_off, practice, text_of

sizes = pytest.mark.parametrize("size", SIZES)
ROWS = {row.key: row for rows in groups(["hiproutine", "nord"]).values() for row in rows}


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Desk:
    return Desk(tmp_path, catalogue, clock)


def mark(app: HiproutineApp, key: str) -> None:
    rows = app.screen.query_one(Rows)
    rows.highlighted = rows.get_option_index(key)


def shown(app: HiproutineApp) -> str:
    return " ".join(text_of(app).split())


def planned(app: HiproutineApp) -> set[str]:
    return {item.exercise.id for item in app.day.draft.made.session.items}


# ---- every setting as data ----


def test_every_key_of_the_file_has_its_row_and_its_value() -> None:
    assert set(ROWS) == set(KEYS) == set(values(Settings()))
    assert all(row.help and row.label for row in ROWS.values())


@pytest.mark.parametrize("row", [*ROWS.values(), *only_today(Profile(), floor=True)], ids=lambda row: row.key)
def test_every_value_that_is_offered_can_stand_in_the_file(tmp_path: Path, row: Row) -> None:
    path = tmp_path / "settings.yaml"
    match row.kind:
        case OneOf(words) if row.key != "no_floor":
            for word in words:
                assert values(settings.put(path, row.key, word))[row.key] == word
                assert row.words(word)
        case Marks(words, highest, _):
            weights = {word: 1 + number % highest for number, word in enumerate(list(words)[1:])}
            put = row.kind.value(weights)
            if row.key == "focus" and highest == 1:
                return
            found = values(settings.put(path, row.key, put))[row.key]
            assert row.kind.weights(found) == weights
            assert all(words[word] in row.words(found) for word in weights)


def test_numbers_end_at_their_ends_and_words_begin_again() -> None:
    days, sound, minutes = ROWS["days_per_week"], ROWS["sound"], ROWS["minutes"]
    assert (days.step("5", 1), days.step("7", 1), days.step("1", -1)) == ("6", "7", "1")
    assert (sound.step("voice", 1), sound.step("silent", 1), sound.step("voice", -1)) == ("tones", "voice", "silent")
    assert (minutes.step(None, 1), minutes.step("11", 1), minutes.step("11", -1)) == ("10", "12", "10")
    assert ROWS["theme"].step("gone", 1) == "hiproutine"
    assert ROWS["rest_days"].step(["sun"], 1) == ["sun"]


def test_everything_marked_is_everything() -> None:
    kind = ROWS["equipment"].kind
    assert isinstance(kind, Marks)
    everything = kind.weights(None)
    assert kind.value(everything) is None
    assert kind.value(everything | {"mat": 0}) == [word for word in kind.words if word != "mat"]


# ---- the screen ----


@sizes
async def test_settings_fit(desk: Desk, size: tuple[int, int]) -> None:
    desk.set("focus: {ankle: 3, front-of-hip: 2, hip-joint: 1, calf: 1}\nminutes: 10\n")
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        assert isinstance(app.screen, SettingsScreen)
        for _ in ROWS:
            assert list(cut_off(app)) == []
            row = app.screen.query_one(Rows).marked
            assert row
            about = str(app.screen.query_one("#told", Static).content)
            assert about.startswith(f"{row.help}\nDefault: ")
            assert (
                "in the shell hiproutine goal" if row.key in GOAL else f"called {row.key} in settings.yaml"
            ) in about
            assert app.screen.query_one("#told").region.height >= 3
            if not isinstance(row.kind, Elsewhere):
                await pilot.press("enter")
                await pilot.pause()
                assert list(cut_off(app)) == []
                opened: object = app.screen
                assert isinstance(opened, PickScreen | MarksScreen) or app.screen.query(Input)
                await pilot.press("escape")
                await pilot.pause()
            await pilot.press("down")
            await pilot.pause()
    assert desk.saved == []


async def test_a_change_is_saved_at_once_and_today_follows(desk: Desk) -> None:
    desk.set("# mine\nlevel: 1 # for now\n")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("comma", "right")
        await pilot.pause()
        assert "Minutes a day ◂ 10 min ▸" in shown(app)
        assert "Saved." in shown(app)
        assert desk.settings_file.read_text() == "# mine\nlevel: 1 # for now\nminutes: 10\n"
        mark(app, "level")
        await pilot.press("right", "escape")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert "Today's session" in shown(app)
        assert desk.settings_file.read_text() == "# mine\nlevel: 2 # for now\nminutes: 10\n"
    assert app.day.settings.profile == Profile(minutes=10, level=2)


async def test_days_a_week_are_the_goal_of_the_history_and_no_longer_in_the_file(desk: Desk) -> None:
    desk.set("minutes: 10\ndays_per_week: 4\nrest_days: [sun]\n")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.day.profile.days_per_week == 4  # as before, until a goal is set
        await pilot.press("comma")
        mark(app, "days_per_week")
        await pilot.press("right")
        await pilot.pause()
        assert "Days a week ◂ 5 days ▸" in shown(app)
        assert "Saved. 10 min on 5 days a week" in shown(app)
        (goal,) = desk.store.read().of(Goal)
        assert (goal.day, goal.days_per_week, goal.rest_days) == (desk.clock.now().date(), 5, ("sun",))
        assert desk.settings_file.read_text() == "minutes: 10\n"
        assert app.day.profile[1:3] == (5, ("sun",))
        for _ in range(2):
            desk.clock.turn(1000)
            await pilot.press("right")
            await pilot.pause()
        assert "Not saved: 7 days and 1 rest day are more than a week" in shown(app)
        assert app.day.profile.days_per_week == 6
        desk.clock.turn(1000)
        desk.store.write(goal._replace(id="shell", at=desk.clock.now(), days_per_week=3))
        app.runner.refresh()
        assert app.day.profile.days_per_week == 3  # what the shell sets is the same setting
        await pilot.press("escape", "comma")
        await pilot.pause()
        assert "Days a week 3 days" in shown(app)


async def test_a_key_goes_back_to_its_default_and_its_line_goes(desk: Desk) -> None:
    desk.set("minutes: 10\nlevel: 2\n")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("comma", "delete")
        await pilot.pause()
        assert "Minutes a day ◂ a fixed routine ▸" in shown(app)
        rows = app.screen.query_one(Rows)
        dim = {key: str(rows.get_option(key).prompt.spans) for key in ("minutes", "level")}  # type: ignore[union-attr]
        assert "muted" in dim["minutes"]
        assert "muted" not in dim["level"]
        assert desk.settings_file.read_text() == "level: 2\n"
        await pilot.press("escape")
        await pilot.pause()
        assert "4 stretches to do everyday" in shown(app)


async def test_z_takes_back_each_change_and_says_so(desk: Desk) -> None:
    desk.set("minutes: 10\nlevel: 2\n")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        assert "z Undo" not in text_of(app)
        await pilot.press("delete", "down", "left")
        await pilot.pause()
        assert app.day.profile.minutes is None
        assert app.day.profile.days_per_week == 4
        assert "z takes it back." in text_of(app)
        assert "z Undo" in text_of(app)
        desk.clock.turn(1000)  # of two goals the later one holds
        await pilot.press("end", "z")
        await pilot.pause()
        assert app.day.profile.days_per_week == 5
        assert app.screen.query_one(Rows).marked == ROWS["days_per_week"]
        assert "Taken back." in text_of(app)
        await pilot.press("z", "z")
        await pilot.pause()
        assert app.day.profile.minutes == 10
        assert "z Undo" not in text_of(app)
    assert "minutes: 10" in desk.settings_file.read_text()


async def test_from_100_columns_on_the_choices_stand_beside_the_row(desk: Desk) -> None:
    desk.set("focus: {front-of-hip: 2}\nlevel: 2\n")
    app = desk.app()
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("comma")
        mark(app, "level")
        await pilot.pause()
        assert {"○ 1, easy", "● 2, middle"} <= {
            line.strip(" │").split("│")[-1].strip() for line in text_of(app).split("\n")
        }
        mark(app, "focus")
        await pilot.pause()
        assert "■ front of hip" in text_of(app)
        assert "□ buttock" in text_of(app)
        await pilot.resize_terminal(99, 40)
        await pilot.pause()
        assert "□ buttock" not in text_of(app)


async def test_a_wide_row_says_what_it_is_about(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(200, 50)) as pilot:
        await pilot.press(",")
        await pilot.pause()
        rows = app.screen.query_one(Rows)
        lines = [line[: rows.region.right] for line in text_of(app).splitlines()]
        for line in (
            "Rest days none Days without practice, which do not break your streak.",
            "Level 1, easy Nothing above",
        ):
            assert any(line in " ".join(each.split()) for each in lines)
        await pilot.resize_terminal(120, 35)
        await pilot.pause()
        assert "Nothing above" not in shown(app)


async def test_lists_are_chosen_from_by_key_and_by_mouse(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("comma")
        mark(app, "minutes")
        await pilot.press("enter", "home", "down", "enter")
        mark(app, "rest_days")
        await pilot.press("enter", "space", "down", "enter", "escape")
        mark(app, "focus")
        await pilot.press("enter", "enter", "enter", "down", "left", "escape")
        mark(app, "equipment")
        await pilot.press("enter", "enter", "escape")
        await pilot.pause()
        rows = app.screen.query_one(Rows)
        await pilot.click(rows, offset=(5, rows.get_option_index("avoid_positions") - int(rows.scroll_offset.y)))
        await pilot.pause()
        await pilot.click(app.screen.query_one(OptionList), offset=(3, 1))
        await pilot.press("escape")
        await pilot.pause()
        assert "front of hip (more), outside of hip (most)" in shown(app)
    found = settings.load(desk.settings_file).profile
    assert found.minutes == 4
    assert desk.store.read().of(Goal)[-1].rest_days == ("mon", "tue")
    assert found.focus == (("front-of-hip", 2), ("outside-of-hip", 3))
    assert found.equipment
    assert "mat" not in found.equipment
    assert found.avoid_positions == ("half-kneeling",)


async def test_the_video_command_is_written_and_a_wrong_one_refused_with_its_reason(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("comma")
        mark(app, "video_command")
        await pilot.press("enter", *"mpv", "enter")
        await pilot.pause()
        assert "is not a program with {url} after it" in shown(app)
        assert not desk.settings_file.exists()
        await pilot.press("enter", *"mpv {url}", "enter")
        await pilot.pause()
        assert "Videos open in mpv {url}" in shown(app)
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert app.day.settings.video_command == ("mpv", "{url}")
        await pilot.press("enter", "ctrl+u", "enter")
        await pilot.pause()
    assert desk.settings_file.read_text() == ""


async def test_a_file_with_a_fault_is_told_with_its_place_and_left_alone(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("comma")
        desk.set("level: 2\n")
        desk.settings_file.write_text("level: 9\n")
        await pilot.press("right")
        await pilot.pause()
        assert "yaml:1:8:awholenumberfrom1to3isexpectedhere" in "".join(shown(app).split())  # however long the path is
        assert list(cut_off(app)) == []
        assert desk.settings_file.read_text() == "level: 9\n"
        assert app.day.settings == Settings(sound="bell")


async def test_where_nothing_fits_it_is_told_and_the_plan_stays(desk: Desk) -> None:
    desk.set("minutes: 3\n")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        before = app.day.draft.made
        await pilot.press("comma")
        mark(app, "avoid_positions")
        await pilot.press("enter", *["space", "down"] * 8, "escape")
        await pilot.pause()
        assert "Nothing fits into 3 min" in shown(app)
        assert app.day.draft.made is before
    assert set(FLOOR) < set(settings.load(desk.settings_file).profile.avoid_positions)


async def test_the_theme_is_worn_at_once_and_saved_once(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("comma")
        mark(app, "theme")
        await pilot.press("right")
        await pilot.pause()
        assert app.theme == "hiproutine-light"
    assert desk.saved == [("theme", "hiproutine-light")]


async def test_how_one_practises_changes_lengths_and_keeps_a_chosen_routine(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("c", "end", "enter")
        await pilot.pause()
        chosen = app.day.draft.made.session
        before = text_of(app)
        await pilot.press("comma")
        mark(app, "ready_factor")
        await pilot.press("right", "escape")
        await pilot.pause()
        assert app.day.draft.made.session == chosen
        assert chosen.name in text_of(app)
        assert text_of(app) != before


# ---- the screening ----


async def test_the_screening_is_a_row_and_begins_with_what_holds(desk: Desk) -> None:
    desk.set("conditions: [fai, balance]\n")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("comma")
        mark(app, "conditions")
        assert "Conditions 2 apply" in shown(app)
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert isinstance(app.screen, SettingsScreen)
        await pilot.press("enter", "n", "enter", "space", "enter", "enter")
        await pilot.pause()
        assert "Conditions 1 applies" in shown(app)
    assert desk.settings_file.read_text() == "conditions: [balance]\nscreened: 2026-11-23\n"


async def test_a_session_that_is_not_planned_asks_and_is_done_after_a_yes(desk: Desk) -> None:
    desk.set("conditions: [knee_kneel]\n")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app._send(Practise(of_exercise(desk.catalogue.exercises["half-kneeling-hip-flexor"])))
        await pilot.pause()
        assert "is not planned for you (kneeling that hurts): Put a thick pad under the knee" in shown(app)
        await pilot.press("a")
        await pilot.pause()
        assert practice(app)._leader.session.plan == "half-kneeling-hip-flexor"


@pytest.mark.parametrize(
    ("code", "to_untick"), [("surgery_recent", ("space",)), ("neuro_progressive", ("down", "space"))]
)
@sizes
async def test_where_nothing_may_be_done_it_opens_with_the_reason_and_what_can_be_read(
    desk: Desk, size: tuple[int, int], code: str, to_untick: tuple[str, ...]
) -> None:
    desk.set(f"conditions: [{code}]\n")
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert list(cut_off(app)) == []
        assert app.day.screened.stop
        said = " ".join(app.screen.query_one("#session", Painted).text.split())
        assert said.startswith("No session today")
        assert with_keys(app.day.screened.stop[1:]) in said
        assert "Start" not in shown(app)
        for key in ("enter", "c", "m", "i", "down", "r"):
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(app.screen, TodayScreen), key
        await pilot.press("l")
        await pilot.pause()
        assert isinstance(app.screen, LibraryScreen)
        listing = app.screen.query_one("#entries", OptionList)
        assert {"edu-red-flags"} <= {option.id for option in listing.options}
        assert not {option.id for option in listing.options} & set(desk.catalogue.exercises)
        await pilot.press("escape", "comma")
        await pilot.pause()
        mark(app, "conditions")
        await pilot.press("enter", *to_untick)
        await pilot.pause()
        for _ in range(2 * len(TICK_PAGES)):  # in a low window a page is scrolled through first
            await pilot.press("n")
            await pilot.pause()
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert "4 stretches to do everyday" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert practice(app).player.segment.phase == "ready"


# ---- only today ----


@sizes
async def test_other_minutes_for_today_alone_are_shown_and_not_saved(desk: Desk, size: tuple[int, int]) -> None:
    desk.set("minutes: 20\n")
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("m")
        await pilot.pause()
        assert isinstance(app.screen, OnlyTodayScreen)
        assert list(cut_off(app)) == []
        await pilot.press("left", "left", "left", "left", "left", "left", "down", "down", "right")
        await pilot.pause()
        assert list(cut_off(app)) == []
        await pilot.press("escape")
        await pilot.pause()
        assert "Only today: 7 min, no floor" in shown(app)
        assert list(cut_off(app)) == []
        positions = {item.exercise.position for item in app.day.draft.made.session.items}
        assert positions
        assert not positions & set(FLOOR)
        await pilot.press("m", "delete", "down", "down", "delete", "escape")
        await pilot.pause()
        assert "Only today" not in shown(app)
    assert desk.saved == []
    assert app.day.draft.made.session == desk.app().day.plan.session


async def test_who_avoids_the_floor_is_not_asked_about_it_today(desk: Desk) -> None:
    for positions, offered in (((), True), (FLOOR, False)):
        desk.settings = Settings(profile=Profile(avoid_positions=positions))
        app = desk.app()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("m")
            await pilot.pause()
            assert isinstance(app.screen, OnlyTodayScreen)
            assert ("No floor" in shown(app)) == offered


async def test_the_next_day_is_as_usual_again(desk: Desk) -> None:
    desk.set("minutes: 20\n")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("m", "left", "escape")
        await pilot.pause()
        assert "Only today: 15 min" in shown(app)
        desk.clock.turn(24 * 3_600_000)
        app._refresh_today()
        await pilot.pause()
        assert "Only today" not in shown(app)
        assert "Tuesday" in shown(app)
        assert app.day.draft.made.session == desk.app().day.plan.session


async def test_what_does_not_fit_today_is_told_and_today_stays(desk: Desk) -> None:
    desk.set("equipment: [mat]\n")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        before = app.day.draft.made
        await pilot.press("m", "down", "down", "right")
        await pilot.pause()
        assert "Only today: no floor" in " ".join(app.day.only.words.split())
        await pilot.press("home", "right", "down", "enter", "down", "down", "enter", "escape")
        await pilot.press("end", "enter", "down", "enter", "escape")
        await pilot.pause()
        assert "Focus buttock" in shown(app)
        assert "Equipment at hand mat, cushion or pad" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "Only today: 10 min, for buttock, no floor, with mat and cushion or pad" in shown(app)
        assert app.day.draft.made is not before
        before = app.day.draft.made
        desk.set("avoid_positions: [standing, seated-chair]\n")
        app.runner.day = app.day._replace(settings=desk.settings)
        await pilot.press("m", "right")
        await pilot.pause()
        assert "Nothing fits into 12 min" in shown(app)
        assert "Today stays as it was." in shown(app)
        assert app.day.draft.made is before
        await pilot.press("escape")
        app._show_today()
        await pilot.pause()
        assert "Only today: 10 min" in shown(app)


@sizes
async def test_answers_that_leave_no_session_leave_the_keys(desk: Desk, size: tuple[int, int]) -> None:
    desk.set("minutes: 10\n")
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        app.action_screening()
        await pilot.pause()
        await pilot.press("down", "down", "down", "space", "y", "n", "T")
        await pilot.pause()
        assert "No session today" in shown(app)
        assert "Library" in shown(app)
        await pilot.press("comma")
        await pilot.pause()
        assert isinstance(app.screen, SettingsScreen)


# ---- careful ----


@sizes
async def test_practice_says_what_to_be_careful_with_while_one_gets_ready(desk: Desk, size: tuple[int, int]) -> None:
    desk.set("conditions: [pht, dysplasia, knee_kneel]\n")
    chosen = of_exercise(desk.catalogue.exercises["split-squat-assisted"])
    app = desk.app(chosen)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, PracticeScreen)
        setup = app.screen.query_one("#setup", Static)
        assert setup.display
        assert setup.size.height
        told = " ".join(str(setup.content).split())
        assert "in the middle of your range. Careful: Keep the knee well above the floor" in told
        assert "sitting bone" not in shown(app)
        assert list(cut_off(app)) == []


# ---- what is learned ----


@sizes
async def test_every_exercise_that_is_planned_less_can_be_read(desk: Desk, size: tuple[int, int]) -> None:
    desk.set("planned_less: side-plank glute-bridge couch-stretch\n")
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        mark(app, "planned_less")
        await pilot.pause()
        assert "Now: side-plank glute-bridge" in shown(app)
        assert "couch-stretch" in shown(app)
        await pilot.press("delete")
        await pilot.pause()
        assert "Now:" not in shown(app)
    assert "planned_less" not in desk.settings_file.read_text("utf-8")


async def test_what_was_learned_about_changes_of_position_is_shown_and_forgotten(desk: Desk) -> None:
    slow = [ChangeRecord("lie", 20_000, 30_000)] * 3
    desk.set("figure: no\n")
    context = desk.context()
    done = practised(1, *(("glute-bridge", None, 140) for _ in slow))
    opening = done.opening._replace(day=context.today() - timedelta(days=1), start=desk.clock.now() - timedelta(days=1))
    steps = tuple(step._replace(change=change) for step, change in zip(done.steps, slow, strict=True))
    context.store.write(done._replace(opening=opening, end=opening.start, steps=steps))
    app = desk.app()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        assert app.day.manner.changes == Changes(lie=30)
        mark(app, "learned_after")
        await pilot.pause()
        assert "lying down or getting up 30 s instead of 20" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "learned_after: 2026-11-23" in desk.settings_file.read_text("utf-8")
        assert app.day.manner.changes == Changes()
        assert "30 s instead of 20" not in shown(app)
        assert not list(cut_off(app))
