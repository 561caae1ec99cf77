"""Styles: each screen brings its own, nothing is parsed twice, and the first frame has them all."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.parse import parse
from textual.css.types import CSSLocation
from textual.screen import Screen

from hiproutine import tui
from hiproutine.catalogue.model import Catalogue
from hiproutine.tui.app import HiproutineApp
from hiproutine.tui.screens.library import LibraryScreen
from tests.conftest import HandClock
from tests.screens import Desk, text_of


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Desk:
    return Desk(tmp_path, catalogue, clock)


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Counter[CSSLocation]:
    """How often each source of styles was parsed."""
    counts: Counter[CSSLocation] = Counter()

    def counting(scope: str, css: str, read_from: CSSLocation, **given: Any) -> Iterable[RuleSet]:
        counts[read_from] += 1
        return parse(scope, css, read_from, **given)

    monkeypatch.setattr("textual.css.stylesheet.parse", counting)
    return counts


def sheets(parsed: Counter[CSSLocation]) -> dict[str, int]:
    """Our own files among the sources, by their names."""
    return {Path(place).name: count for (place, _), count in parsed.items() if place.endswith(".tcss")}


async def test_each_stylesheet_is_parsed_once_and_only_with_its_screen(
    desk: Desk, parsed: Counter[CSSLocation]
) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert sheets(parsed) == {"app.tcss": 1, "today.tcss": 1}
        for key, sheet in (("l", "library.tcss"), ("g", "progress.tcss"), ("comma", "settings.tcss")):
            await pilot.press(key)
            await pilot.pause()
            assert sheet in sheets(parsed)
            await pilot.press("escape")
            await pilot.pause()
        await pilot.press("l")
        await pilot.pause()
        assert isinstance(app.screen, LibraryScreen)
    assert set(sheets(parsed).values()) == {1}
    assert "practice.tcss" not in sheets(parsed)


async def test_the_first_frame_is_complete_and_in_the_chosen_colours(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.settings = desk.settings._replace(theme="hiproutine-light", figure=False)  # a figure comes when it is drawn
    app = desk.app()
    frames: list[str] = []
    grounds: list[str] = []

    def look(self: HiproutineApp, screen: Screen[Any], frame: Any) -> None:
        display(self, screen, frame)
        if frame is not None:
            frames.append(text_of(self))
            grounds.append(screen.styles.background.hex)

    display = HiproutineApp._display
    monkeypatch.setattr(HiproutineApp, "_display", look)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert frames[0] == text_of(app)
    assert "Lying butterfly" in frames[0]
    assert "each side" in frames[0]
    assert " ".join(frames[0].splitlines()[-1].split()).endswith(
        "Start e Edit m Minutes v Video c Choose q Quit ? Help"
    )
    assert set(grounds) == {"#F8F9FA"}


def test_every_stylesheet_belongs_to_a_screen_beside_it() -> None:
    folder = Path(tui.__file__).parent
    for sheet in folder.rglob("*.tcss"):
        module = sheet.with_suffix(".py").read_text(encoding="utf-8")
        names = {line.split()[0] for line in sheet.read_text(encoding="utf-8").splitlines() if line[:1].isalpha()}
        ours = {name.rstrip(",").split(".")[0].split(":")[0] for name in names}
        assert sheet.name == "app.tcss" or all(f"class {name}(" in module for name in ours), sheet
