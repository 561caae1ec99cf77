"""Keys that come faster than they take effect, as slow links, multiplexers and pastes bring them."""

from pathlib import Path
from random import Random

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.tui.app import HiproutineApp
from tests.conftest import HandClock
from tests.places import PLACES, burst, go, in_one_packet
from tests.screens import Desk

BURSTS = 6


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Desk:
    return Desk(tmp_path, catalogue, clock)


@pytest.mark.parametrize("place", PLACES)
async def test_bursts_of_keys_leave_every_screen_in_order(
    desk: Desk, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HiproutineApp, "exit", lambda *_, **__: None)
    random = Random(place)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(BURSTS):
            await go(desk, pilot, PLACES[place])
            keys = burst(random)
            print(keys)
            in_one_packet(app, keys)
            await pilot.pause()
        await go(desk, pilot, ())
        assert app.screen_stack == [app._today]
