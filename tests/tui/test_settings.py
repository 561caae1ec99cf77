"""The Settings screen, the screening questions and the page of today alone: by keys and by mouse, at every size."""

from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.vocabulary import CONDITIONS
from hiproutine.coach.profile import FLOOR
from hiproutine.coach.questions import QUESTIONS
from hiproutine.coach.session import of_exercise
from hiproutine.settings import model as settings
from hiproutine.settings.choices import Elsewhere, Marks, OneOf
from hiproutine.settings.model import Profile, Settings, values
from hiproutine.settings.options import Row, groups, only_today
from hiproutine.tui.app import HiproutineApp
from hiproutine.tui.dialogs.only_today import OnlyTodayScreen
from hiproutine.tui.dialogs.setting_rows import MarksScreen, PickScreen, Rows
from hiproutine.tui.screens.library import LibraryScreen
from hiproutine.tui.screens.screening import ScreeningScreen
from hiproutine.tui.screens.settings import SettingsScreen
from hiproutine.tui.screens.today import TodayScreen
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
    assert set(ROWS) == set(settings.KEYS) == set(values(Settings()))
    assert all(row.help and row.label for row in ROWS.values())


@pytest.mark.parametrize("row", [*ROWS.values(), *only_today(Profile())], ids=lambda row: row.key)
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
            assert " ".join(row.help.split()) in shown(app)
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
        assert "Minutes a day 10 min" in shown(app)
        assert "Saved." in shown(app)
        assert desk.settings_file.read_text() == "# mine\nlevel: 1 # for now\nminutes: 10\n"
        mark(app, "level")
        await pilot.press("right", "escape")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert "Today's session" in shown(app)
        assert desk.settings_file.read_text() == "# mine\nlevel: 2 # for now\nminutes: 10\n"
    assert app.day.settings.profile == Profile(minutes=10, level=2)


async def test_a_key_goes_back_to_its_default_and_its_line_goes(desk: Desk) -> None:
    desk.set("minutes: 10\nlevel: 2\n")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("comma", "delete")
        await pilot.pause()
        assert "Minutes a day not set: a routine (default)" in shown(app)
        assert desk.settings_file.read_text() == "level: 2\n"
        await pilot.press("escape")
        await pilot.pause()
        assert "4 stretches to do everyday" in shown(app)


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
        assert "front of hip 2, outside of hip 3" in shown(app)
    found = settings.load(desk.settings_file).profile
    assert found.minutes == 4
    assert found.rest_days == ("mon", "tue")
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
        assert app.day.settings == Settings()


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


async def test_it_is_asked_once_after_the_safety_page_and_hides_at_once(desk: Desk) -> None:
    app = desk.app(safety_read=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        while not isinstance(app.screen, ScreeningScreen):
            await pilot.press("enter")
            await pilot.pause()
        assert "question 1 of 26" in text_of(app)
        await pilot.press("u", "n", "y", "left")
        await pilot.pause()
        assert "question 3 of 26" in text_of(app)
        assert "Your answer: yes" in text_of(app)
        await pilot.press(*"n" * 24)
        await pilot.pause()
        assert "29 exercises are hidden" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
    assert desk.settings_file.read_text() == "conditions: [thr_posterior]\n"
    assert not planned(app) & set(app.day.screened.hidden)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)


async def test_skipping_keeps_what_was_answered_and_the_rest_as_it_was(desk: Desk) -> None:
    desk.set("conditions: [fai, balance]\n")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("comma")
        mark(app, "conditions")
        assert "Screening 2 with a yes" in shown(app)
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert isinstance(app.screen, SettingsScreen)
        await pilot.press("enter", *"nnnnn", "escape", "enter")
        await pilot.pause()
        assert "Screening 1 with a yes" in shown(app)
    assert desk.settings_file.read_text() == "conditions: [balance]\n"


@sizes
async def test_the_questions_fit(desk: Desk, size: tuple[int, int]) -> None:
    desk.set("conditions: [fai, balance]\n")
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        app.action_screening()
        await pilot.pause()
        for code, question in QUESTIONS.items():
            assert question in shown(app)
            assert "u not sure" in shown(app)
            assert list(cut_off(app)) == []
            await pilot.press("y" if code in ("fai", "surgery_recent") else "n")
            await pilot.pause()
        assert "Please do not practise for now: so soon after surgery" in shown(app)
        assert list(cut_off(app)) == []


@pytest.mark.parametrize("code", ["surgery_recent", "neuro_progressive"])
@sizes
async def test_where_nothing_may_be_done_it_opens_with_the_reason_and_what_can_be_read(
    desk: Desk, size: tuple[int, int], code: str
) -> None:
    desk.set(f"conditions: [{code}]\n")
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert list(cut_off(app)) == []
        assert "No session today" in shown(app)
        assert app.day.screened.stop
        assert app.day.screened.stop[1:] in shown(app)
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
        await pilot.press("enter", *"n" * len(CONDITIONS), "enter", "escape")
        await pilot.pause()
        assert "4 stretches to do everyday" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert practice(app).player.segment.phase == "ready"


async def test_an_answer_that_stops_everything_takes_the_session_away(desk: Desk) -> None:
    desk.set("minutes: 10\n")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("m", "right", "escape")
        app.action_screening()
        await pilot.press(*"nnn", "u", "escape", "enter")
        await pilot.pause()
        assert "No session today So soon after surgery" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
    assert desk.settings_file.read_text() == "minutes: 10\nconditions: [surgery_recent]\n"


async def test_an_answer_that_hides_the_session_ends_it(desk: Desk) -> None:
    chosen = of_exercise(desk.catalogue.exercises["pigeon-floor"])
    app = desk.app(chosen, safety_read=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        while not isinstance(app.screen, ScreeningScreen):
            await pilot.press("enter")
            await pilot.pause()
        await pilot.press(*("y" if code == "knee_twist" else "n" for code in QUESTIONS), "enter")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert ["hidden by your screening" in note.message for note in app._notifications] == [True]


async def test_answers_that_cannot_be_saved_hold_all_the_same(desk: Desk) -> None:
    desk.set("conditions:\n  - fai # since May\n")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("comma")
        mark(app, "conditions")
        await pilot.press("enter", *"ynnnn", "escape")
        await pilot.pause()
        assert "For now only:" in shown(app)
        assert "`conditions` stands there in a way that a change would break" in shown(app)
        assert "29 exercises are hidden" in shown(app)
        await pilot.press("enter")
        mark(app, "minutes")
        await pilot.press("right")
        await pilot.pause()
        assert "Saved." in shown(app)
    assert desk.settings_file.read_text() == "conditions:\n  - fai # since May\nminutes: 10\n"
    assert app.day.settings.profile == Profile(minutes=10, conditions=("thr_posterior",))
    assert not planned(app) & set(app.day.screened.hidden)


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
        assert "Today, Tuesday" in shown(app)
        assert app.day.draft.made.session == desk.app().day.plan.session


async def test_what_does_not_fit_today_is_told_and_today_stays(desk: Desk) -> None:
    desk.set("equipment: [mat]\n")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        before = app.day.draft.made
        await pilot.press("m", "down", "down", "right")
        await pilot.pause()
        assert "Choose the minutes too" in shown(app)
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
        await pilot.press("n", "n", "n", "y", "escape", "enter")
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
    chosen = of_exercise(desk.catalogue.exercises["half-kneeling-hip-flexor"])
    app = desk.app(chosen)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "Careful: Put a thick pad under the knee. Careful: Shorter holds" in shown(app)
        assert "sitting bone" not in shown(app)
        assert list(cut_off(app)) == []
