"""Keys that come faster than they take effect, as slow links, multiplexers and pastes bring them."""

from pathlib import Path
from random import Random

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.tui.app import HiproutineApp
from tests.conftest import HandClock
from tests.places import PLACES, burst, go, in_one_packet
from tests.screens import Desk

APPS = 6
"""In each of so many apps every so-many-th place is tried: they start one beside the other."""


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Desk:
    return Desk(tmp_path, catalogue, clock)


@pytest.mark.parametrize("number", range(APPS))
async def test_bursts_of_keys_leave_every_screen_in_order(
    desk: Desk, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HiproutineApp, "exit", lambda *_, **__: None)
    random = Random(number)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        for place in list(PLACES)[number::APPS]:
            await go(desk, pilot, PLACES[place])
            keys = burst(random)
            print(place, keys)
            in_one_packet(app, keys)
            await pilot.pause()
        await go(desk, pilot, ())
        assert app.screen_stack == [app._today]


@pytest.mark.parametrize(
    ("place", "keys", "left_on"),
    [
        ("choose", "\r\r", "TodayScreen"),
        ("choose", "\rq", "TodayScreen"),
        ("add", "\r\r", "TodayScreen"),
        ("add", "\r\x1b", "TodayScreen"),
        ("settings: pick", "\r\r", "SettingsScreen"),
        ("settings: line", "\r\r", "SettingsScreen"),
        ("settings: marks", "qq", "TodayScreen"),
        ("filters", "qq", "LibraryScreen"),
        ("video: note", "\r\r", "CardScreen"),
        ("done", "\r", "TodayScreen"),
    ],
)
async def test_keys_in_one_packet_leave_one_screen(desk: Desk, place: str, keys: str, left_on: str) -> None:
    names = {"\r": "enter", "\x1b": "escape"}
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await go(desk, pilot, PLACES[place])
        in_one_packet(app, [names.get(key, key) for key in keys])
        await pilot.pause()
        assert type(app.screen).__name__ == left_on
