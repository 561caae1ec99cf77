"""Every screen at every size that a window can be dragged to, down to a single cell."""

from collections import Counter
from itertools import product
from pathlib import Path

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.tui.app import HiproutineApp
from tests.conftest import HandClock
from tests.places import PLACES, go, resize
from tests.screens import Desk, painted, practice, text_of

SIZES = tuple(
    dict.fromkeys(
        [(width, height) for height in (1, 5, 12, 24) for width in range(1, 61)]
        + list(product((5, 22, 40, 60), range(1, 61)))
    )
)
"""(columns, rows), as a window is dragged: each differs little from the one before, so that few rules of style change.

benchmarks/sizes.py tries all of them.
"""
_LIKE_ANOTHER = {
    "only today: pick", "videos", "card: copy", "video", "video: note", "progress: log", "themes", "practice: sound"
}  # fmt: skip
_TRIED = [place for place in PLACES if place not in _LIKE_ANOTHER]
_STATES = [[place for place in _TRIED if place.split(":")[0] == page] for page in ("practice", "first run")]
"""Places that are states of one page, which all lay it out in the same way: each size is tried with two of them."""


def sizes_for(place: str) -> tuple[tuple[int, int], ...]:
    for states in _STATES:
        if place in states:
            share = len(states) // 2
            return SIZES[states.index(place) % share :: share]
    return SIZES


def test_the_states_of_a_page_share_all_its_sizes_two_to_each() -> None:
    for states in _STATES:
        tried = Counter(size for state in states for size in sizes_for(state))
        assert set(tried) == set(SIZES)
        assert set(tried.values()) == {2}


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Desk:
    return Desk(tmp_path, catalogue, clock)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("place", _TRIED)
async def test_no_size_ends_the_program(desk: Desk, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HiproutineApp, "_background_screens", [])  # they have their own turn
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await go(desk, pilot, PLACES[place])
        await pilot.pause()
        before = app.screen
        for size in sizes_for(place):
            print(size)
            await resize(app, *size)
        assert app.screen is before
        assert app.size == sizes_for(place)[-1]


@pytest.mark.parametrize("place", ["practice: work", "practice: floor"])
@pytest.mark.parametrize("size", [(20, 6), (24, 8), (39, 11), (40, 12), (60, 20)])
async def test_practice_shows_its_phase_and_its_seconds_whole_in_a_small_window(
    desk: Desk, size: tuple[int, int], place: str
) -> None:
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await go(desk, pilot, PLACES[place])
        await pilot.pause()
        seconds = str(practice(app).player.remaining_ms // 1000)
        shown = text_of(app)
        number, word = practice(app)._number, practice(app)._word
        assert number.text == seconds
        assert painted(number) >= 4 or f" {seconds}" in shown
        assert painted(word) >= 4 or "HOLD" in shown
