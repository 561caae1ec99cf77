"""Every screen at every size that a window can be dragged to, down to a single cell."""

from itertools import chain, product
from pathlib import Path

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.tui.app import HiproutineApp
from tests.conftest import HandClock
from tests.places import PLACES, go, resize
from tests.screens import Desk

SIZES = tuple(dict.fromkeys(chain(product(range(1, 61), (1, 5, 12, 24)), product((5, 22, 40, 60), range(1, 61)))))
"""(columns, rows)"""


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Desk:
    return Desk(tmp_path, catalogue, clock)


@pytest.mark.parametrize("place", PLACES)
async def test_no_size_ends_the_program(desk: Desk, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HiproutineApp, "_background_screens", [])
    import time
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await go(desk, pilot, PLACES[place])
        t=time.process_time()
        for size in SIZES:
            await resize(app, *size)
        print(place, len(SIZES), 1000*(time.process_time()-t)/len(SIZES))
