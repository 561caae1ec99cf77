"""The first run on the screen: from nothing to the first get-ready, what stops it, and all of it again later."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.profile import FLOOR
from hiproutine.coach.questions import QUESTIONS, TICK_PAGES, asked
from hiproutine.coach.session import of_exercise
from hiproutine.day.first_run import YES, Kind
from hiproutine.settings import file as settings
from hiproutine.settings.model import Profile, Settings
from hiproutine.tui.app import HiproutineApp
from hiproutine.tui.dialogs.choose_programme import ProgrammeScreen
from hiproutine.tui.dialogs.why import WhyScreen
from hiproutine.tui.screens.card import CardScreen
from hiproutine.tui.screens.first_run import FirstRunScreen
from hiproutine.tui.screens.practice import PracticeScreen
from hiproutine.tui.screens.safety import SafetyScreen
from hiproutine.tui.screens.settings import SettingsScreen
from hiproutine.tui.screens.today import TodayScreen
from hiproutine.tui.widgets.choices import Ticks, Tiles
from hiproutine.tui.widgets.figure import ExerciseView, FigureView
from hiproutine.tui.widgets.footer import Footer
from tests.conftest import HandClock
from tests.screens import SIZES, Desk, cut_off, practice, text_of

sizes = pytest.mark.parametrize("size", SIZES)
LINES = [tick.id for page in TICK_PAGES for tick in page.ticks]


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Desk:
    return Desk(tmp_path, catalogue, clock)


def shown(app: HiproutineApp) -> str:
    return " ".join(text_of(app).split())


def screen(app: HiproutineApp) -> FirstRunScreen:
    found = app.screen
    assert isinstance(found, FirstRunScreen)
    return found


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def read(pilot: Pilot[None]) -> None:
    """Reads the safety page."""
    await pilot.pause()
    while isinstance(pilot.app.screen, SafetyScreen):
        await press(pilot, "enter")


async def tick(pilot: Pilot[None], codes: Iterable[str]) -> None:
    """Marks lines of the page, each by the keys that lead to it."""
    listing = pilot.app.screen.query_one(Ticks)
    for code in codes:
        at = listing.get_option_index(code)
        now = listing.highlighted or 0
        await press(pilot, *(["down"] * (at - now) if at > now else ["up"] * (now - at)), "space")


@sizes
async def test_from_nothing_to_the_first_get_ready(desk: Desk, size: tuple[int, int]) -> None:
    app = desk.app(safety_read=False)
    async with app.run_test(size=size) as pilot:
        await read(pilot)
        titles = []
        while isinstance(app.screen, FirstRunScreen):
            assert list(cut_off(app)) == []
            titles.append(f"{screen(app)._run.page.title} {screen(app)._run.page.number} of 8")
            await press(pilot, "n" if screen(app)._kind is Kind.STOPS else "enter")
        assert list(dict.fromkeys(titles)) == [
            "How many minutes a day? 2 of 8",
            "What is at hand? 3 of 8",
            "Where is it stiff? 4 of 8",
            *(f"Any of these? {number} of 8" for number in (5, 6, 7)),
            "Your session 8 of 8",
        ]
        assert practice(app).player.segment.phase == "ready"
    assert desk.settings_file.read_text().splitlines()[0] == "minutes: 10"
    assert "screened: 2026-11-23" in desk.settings_file.read_text()
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)


async def test_a_presenter_starts_on_the_last_page_alone(desk: Desk) -> None:
    app = desk.app(safety_read=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await read(pilot)
        await press(pilot, "f5")
        assert screen(app)._run.page.number == 2
        await press(pilot, "enter", "enter", "enter", "n", "n", "n")
        assert screen(app)._kind is Kind.SESSION
        await press(pilot, "f5")
        assert practice(app).player.segment.phase == "ready"


@sizes
async def test_every_line_is_there_whole_and_can_be_marked(desk: Desk, size: tuple[int, int]) -> None:
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        app.action_screening()
        for page in TICK_PAGES:
            await pilot.pause()
            for line in page.ticks:
                listing = app.screen.query_one(Ticks)
                listing.highlighted = listing.get_option_index(line.id)
                await pilot.pause()
                lines = (text[: listing.region.right] for text in text_of(app).splitlines())
                assert f"[ ] {line.text}" in " ".join(" ".join(lines).split())
            await press(pilot, "n")


async def test_what_is_stiff_is_shown_on_a_body_where_there_is_room(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        app.action_set_up()
        await press(pilot, "s", "s")
        await tick(pilot, ["front-of-hip", "low-back"])
        await pilot.pause()
        bodies = [each for each in app.screen.query(FigureView) if not isinstance(each, ExerciseView)]
        assert [each.region.width for each in bodies] == [24, 24]
        for each in bodies:
            (scene,) = each._scenes
            assert {region.name for region in scene.reel.figure.show} == {"front-of-hip", "low-back"}
        await pilot.resize_terminal(60, 20)
        await press(pilot)
        assert not any(each.display for each in bodies)
        await pilot.resize_terminal(120, 35)
        await press(pilot)
        assert all(each.display for each in bodies)
        await press(pilot, "enter")
        assert not any(each.display for each in bodies)


async def test_a_large_screen_has_larger_tiles_that_can_be_clicked(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        app.action_set_up()
        await pilot.pause()
        tiles = app.screen.query_one(Tiles)
        before = tiles.size.height
        for size in ((120, 35), (200, 50)):
            await pilot.resize_terminal(*size)
            await press(pilot)
            assert tiles.size.height > before
            before = tiles.size.height
            lines = text_of(app).splitlines()
            (y,) = (number for number, line in enumerate(lines) if "min   " in line)
            across = lines[y].rindex("min") - tiles.region.x
            await pilot.click(Tiles, offset=(across, y - tiles.region.y))
            assert [*screen(app)._run.here] == ["20"]
            await press(pilot, "left")
            assert [*screen(app)._run.here] == ["15"]


async def test_the_whole_question_is_beside_the_marked_line_where_there_is_room(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(200, 50)) as pilot:
        app.action_screening()
        await press(pilot, "down")
        whole = app.screen.query_one("#whole", Static)
        assert str(whole.render()) == QUESTIONS["neuro_progressive"].text
        await press(pilot, "n")
        assert str(whole.render()) == QUESTIONS["thr"].text
        await pilot.resize_terminal(80, 24)
        await press(pilot)
        assert not whole.display


async def test_none_of_these_answers_only_what_was_on_the_screen(desk: Desk) -> None:
    app = desk.app(safety_read=False)
    async with app.run_test(size=(60, 16)) as pilot:
        await read(pilot)
        await press(pilot, "enter", "enter", "enter")
        assert "Under 18" not in shown(app)
        await press(pilot, "n")
        assert screen(app)._kind is Kind.STOPS
        assert "More below" in shown(app)
        assert "Under 18" in shown(app)
        await press(pilot, "n")
        assert screen(app)._kind is Kind.CONDITIONS
        app.pop_screen()
    desk.settings_file.unlink()
    app = desk.app()
    async with app.run_test(size=(60, 20)) as pilot:
        app.action_screening()
        await pilot.pause()
        listing = app.screen.query_one(Ticks)
        listing.highlighted = listing.option_count - 1
        await pilot.pause()
        await press(pilot, "n")
        assert screen(app)._kind is Kind.CONDITIONS


# ---- what stops ----


@sizes
async def test_a_stop_has_keys_of_its_own_and_today_offers_no_start(desk: Desk, size: tuple[int, int]) -> None:
    app = desk.app(safety_read=False)
    async with app.run_test(size=size) as pilot:
        await read(pilot)
        await press(pilot, "enter", "enter", "enter")
        assert screen(app)._kind is Kind.STOPS
        await press(pilot, "enter", "enter")
        assert screen(app)._kind is Kind.STOPS
        assert "Press n if none of these is true" in shown(app)
        await tick(pilot, ["heart_chest"])
        await press(pilot, "n", "n")
        assert "Something is ticked: y confirms it" in shown(app)
        await press(pilot, "enter")
        assert screen(app)._kind is Kind.STOPS
        await press(pilot, "y", "enter")
        assert screen(app)._kind is Kind.QUESTION
        assert "Has a doctor seen this and allowed exercise" in shown(app)
        await press(pilot, "n", "enter", "space", "n", "y")
        assert screen(app)._kind is Kind.STOPPED
        text = shown(app)
        assert "Do not practise yet" in text
        assert "You marked: Heart condition, or chest pain or pressure" in text.replace(" │ │ ", " ")
        border, _ = app.screen.query_one("#text").styles.border_top
        assert border == "round"
        assert list(cut_off(app)) == []
        await press(pilot, "o")
        assert isinstance(app.screen, CardScreen)
        await press(pilot, "escape", "T")
        assert isinstance(app.screen, TodayScreen)
        assert "No session today" in shown(app)
        assert not any("Start" in key.does for key in app.screen.query_one(Footer).keys)
        await press(pilot, "enter")
        assert isinstance(app.screen, TodayScreen)
    assert "conditions: [heart_chest]" in desk.settings_file.read_text()


async def test_an_answer_that_stops_can_be_changed(desk: Desk) -> None:
    app = desk.app(safety_read=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await read(pilot)
        await press(pilot, "enter", "enter", "enter")
        await tick(pilot, ["under_18"])
        await press(pilot, "y", "c")
        await tick(pilot, ["under_18"])
        await press(pilot, "n")
        assert screen(app)._run.at == TICK_PAGES[1].id
    assert app.day.settings.profile.conditions == ()


# ---- what the answers change ----


async def test_what_is_removed_is_told_by_name_and_never_planned(desk: Desk) -> None:
    desk.settings = Settings(figure=False)
    app = desk.app(safety_read=False)
    async with app.run_test(size=(80, 60)) as pilot:
        await read(pilot)
        await press(pilot, "enter", "enter", "enter", "n", "enter")
        await tick(pilot, ["knee_kneel"])
        await press(pilot, "enter")
        assert "Removed for you (3) Couch stretch; " in shown(app)
        assert "Done only if you name it (15) Half-kneeling hip flexor stretch; " in shown(app)
        assert "All of them: w." in shown(app)
        planned = {item.exercise.id for item in app.day.plan.session.items}
        assert not planned & {*app.day.screened.hidden, *app.day.screened.unplanned}
        await press(pilot, "w")
        assert isinstance(app.screen, WhyScreen)
        await press(pilot, "escape", "enter")
        assert isinstance(app.screen, PracticeScreen)


async def test_a_programme_that_fits_is_proposed_and_can_be_begun(desk: Desk) -> None:
    desk.settings = Settings(figure=False)
    app = desk.app(safety_read=False)
    async with app.run_test(size=(80, 40)) as pilot:
        await read(pilot)
        await press(pilot, "enter", "enter")
        await tick(pilot, ["sitting"])
        await press(pilot, "enter", "n", "enter", "enter")
        assert "A programme that fits (p): Hips that sit all day: 6 weeks" in shown(app)
        await press(pilot, "p")
        assert isinstance(app.screen, ProgrammeScreen)
        assert "People who sit most of the day" in shown(app)
        await press(pilot, "enter")
        assert "Hips that sit all day begins today" in shown(app)
        assert "A programme that fits" not in shown(app)
        assert app.day.coached.programme
        await press(pilot, "enter")
        assert isinstance(app.screen, PracticeScreen)


async def test_an_answer_that_hides_the_chosen_session_ends_it(desk: Desk) -> None:
    chosen = of_exercise(desk.catalogue.exercises["pigeon-floor"])
    app = desk.app(chosen, safety_read=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await read(pilot)
        await press(pilot, "s", "s", "s", "n", "n")
        await tick(pilot, ["knee_twist"])
        await press(pilot, "enter")
        assert isinstance(app.screen, TodayScreen)
        assert ["hidden by your screening" in note.message for note in app._notifications] == [True]


async def test_answers_that_cannot_be_saved_hold_all_the_same(desk: Desk) -> None:
    desk.set("conditions:\n  - fai # since May\n")
    app = desk.app()
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, "comma")
        listing = app.screen.query_one("#rows", OptionList)
        listing.highlighted = listing.get_option_index("conditions")
        await press(pilot, "enter", "n", "space", "enter", "u", "u", "u")
        await tick(pilot, ["fai"])
        await press(pilot, "enter", "n")
        assert screen(app)._kind is Kind.MEANING
        assert "For now only:" in shown(app)
        assert "`conditions` cannot be changed without breaking its layout" in shown(app)
        assert "Removed (" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, SettingsScreen)
    assert "  - fai # since May\n" in desk.settings_file.read_text()
    held = ("thr", "thr_posterior", "thr_anterior", "thr_lateral")
    assert app.day.settings.profile == Profile(conditions=held, screened="2026-11-23")


# ---- back, skip, and again ----


async def test_back_leads_to_the_page_before_and_skip_leaves_it_unanswered(desk: Desk) -> None:
    app = desk.app(safety_read=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await read(pilot)
        await press(pilot, "escape")
        assert screen(app)._run.at == "minutes"
        await press(pilot, "enter", "enter", "escape", "escape")
        assert screen(app)._run.at == "minutes"
        await press(pilot, "right", "enter", "s", "s", "s", "s", "s", "s")
        assert screen(app)._kind is Kind.SESSION
        await press(pilot, "T")
        assert isinstance(app.screen, TodayScreen)
    profile = Profile(minutes=15, equipment=app.day.settings.profile.equipment)
    assert app.day.settings.profile == profile
    assert profile.screened is None


async def test_all_of_it_comes_again_from_the_settings_with_what_holds(desk: Desk) -> None:
    desk.set("minutes: 20\nconditions: [fai]\n")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "comma", "S")
        assert screen(app)._run.page.title == "How many minutes a day?"
        assert screen(app)._run.here == {"20": "y"}
        await press(pilot, "enter", "enter", "enter", "n", "enter")
        assert "[✓] Impingement" in shown(app)
        await press(pilot, "enter")
        assert screen(app)._kind is Kind.SESSION
        await press(pilot, "enter")
        assert isinstance(app.screen, PracticeScreen)
    assert app.day.settings.profile.conditions == ("fai",)
    assert app.day.settings.profile.screened == "2026-11-23"


async def test_a_click_marks_and_chooses(desk: Desk) -> None:
    app = desk.app(safety_read=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await read(pilot)
        await pilot.click(Tiles, offset=(2 + 14 * 2, 3))
        await pilot.pause()
        assert screen(app)._run.here == {"15": "y"}
        await pilot.click(Tiles, offset=(5, 7))
        await pilot.pause()
        assert screen(app)._run.here == {"no-matter": "y"}
        await press(pilot, "enter")
        await pilot.click(Ticks, offset=(5, 0))
        await pilot.pause()
        assert "floor" not in screen(app)._run.here
        await press(pilot, "enter")
    assert settings.load(desk.settings_file).profile.avoid_positions == FLOOR


def test_the_lines_answer_every_question_that_the_shell_asks() -> None:
    answers = {code: "n" for page in TICK_PAGES for line in page.ticks for code in line.questions} | {"thr": "y"}
    assert [each.id for each in asked(answers)] == list(QUESTIONS)


@sizes
async def test_each_question_that_follows_a_tick_is_shown_whole(desk: Desk, size: tuple[int, int]) -> None:
    ticked = {page.id: {tick.id: YES for tick in page.ticks if not page.stops} for page in TICK_PAGES}
    app = desk.app(safety_read=False)
    async with app.run_test(size=size) as pilot:
        await read(pilot)
        run = screen(app)._run
        answering = run._replace(marks={**run.marks, **ticked}, answered=frozenset(ticked))
        for page in TICK_PAGES:
            for question in (each for tick in page.ticks if not page.stops for each in tick.follow_ups):
                screen(app)._go(answering._replace(at=question.id))
                await pilot.pause()
                assert list(cut_off(app)) == []
                assert " ".join(question.text.split()) in shown(app)
