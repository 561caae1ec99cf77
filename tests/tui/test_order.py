"""Keys that arrive in one packet take effect as if they were pressed one after the other."""

import time
from pathlib import Path

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.history.records import Pain
from hiproutine.tui.app import HiproutineApp
from hiproutine.tui.dialogs.add_exercise import AddScreen
from hiproutine.tui.screens.card import CardScreen
from hiproutine.tui.screens.done import DoneScreen
from hiproutine.tui.screens.practice import PracticeScreen
from hiproutine.tui.screens.progress import ProgressScreen
from hiproutine.tui.screens.today import TodayScreen
from tests.conftest import HandClock
from tests.places import PLACES, go, in_one_packet, settled
from tests.screens import Desk, text_of


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Desk:
    desk = Desk(tmp_path, catalogue, clock)
    desk.set("minutes: 10\nsound: bell\nfigure: no\n")
    return desk


async def packet(app: HiproutineApp, *keys: str) -> None:
    await settled(app)
    in_one_packet(app, keys)
    await settled(app)


async def test_what_is_typed_behind_a_key_that_opens_a_page_is_typed_there(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await packet(app, "l", *"couch", "enter")
        await pilot.pause()
        assert isinstance(app.screen, CardScreen)
        assert "Couch stretch" in text_of(app).splitlines()[1]


async def test_enter_adds_nothing_that_was_not_searched_for(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)):
        before = app.day.plan.session.items
        await packet(app, "a", *"zzz", "enter")
        assert isinstance(app.screen, AddScreen)
        assert app.day.plan.session.items == before


async def test_a_value_is_changed_before_its_page_is_left(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)):
        await packet(app, "comma", "right", "escape", "g")
        assert desk.saved == [("minutes", "12")]
        assert isinstance(app.screen, ProgressScreen)


async def test_a_choice_is_made_in_the_dialog_that_a_key_before_it_opens(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await packet(app, "m", "enter", "down", "enter")
        await pilot.pause()
        assert app.day.only.minutes == 4  # after 3, which is the first of all


async def test_keys_of_a_page_that_another_key_has_closed_go_to_the_one_below(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)):
        await packet(app, "w", "escape", "d", "enter")
        assert isinstance(app.screen, PracticeScreen)
        assert len(app.day.plan.session.items) == len(app.day.coached.session.items) - 1


@pytest.mark.parametrize("leave", ["q", "ctrl+q", "enter"])
async def test_what_much_pain_means_is_read_before_the_program_is_left(desk: Desk, leave: str) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await packet(app, "1", "0", leave)
        await pilot.pause()
        assert app.is_running
        assert isinstance(app.screen, CardScreen)
        assert [pain.score for pain in desk.store.read().of(Pain)] == [10]
        await packet(app, "escape", "q")
    assert app.return_code == 0


@pytest.mark.parametrize("leave", ["q", "escape"])
async def test_what_follows_from_a_number_is_read_before_the_end_of_a_session_is_left(desk: Desk, leave: str) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await go(desk, pilot, PLACES["done"])
        await packet(app, "2", leave)
        assert isinstance(app.screen, DoneScreen)
        assert "2 of 10." in text_of(app)
        await packet(app, leave)
        assert isinstance(app.screen, TodayScreen)


async def test_a_key_that_is_lost_with_its_widget_blocks_no_other_for_long(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)):
        await settled(app)
        app._in_flight, app._handed_on_s = True, time.monotonic() - 2
        await packet(app, "g")
        assert isinstance(app.screen, ProgressScreen)
