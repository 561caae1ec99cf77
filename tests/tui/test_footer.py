"""The footer: the keys that have a use, and the mouse on them."""

from pathlib import Path

import pytest
from textual.widgets import Tooltip

from hiproutine.catalogue.model import Catalogue
from hiproutine.tui.app import HiproutineApp
from hiproutine.tui.widgets.footer import Footer
from tests.conftest import HandClock
from tests.screens import Desk, text_of


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Desk:
    return Desk(tmp_path, catalogue, clock)


def footer(app: HiproutineApp) -> str:
    return " ".join(text_of(app).splitlines()[-1].split())


async def test_the_footer_follows_the_keys_that_have_a_use(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert "space Pause n Next" in footer(app)
        await pilot.press("h")
        await pilot.pause()
        assert footer(app) == "esc Resume digits Number"
        await pilot.press("4")
        await pilot.pause()
        assert footer(app) == "esc Resume digits Number enter Note it e Easier s Shorter n Next q Stop"
        await pilot.press("enter")
        await pilot.pause()
        assert footer(app) == "esc Resume digits Number enter Next e Easier s Shorter n Next q Stop"
        await pilot.press("escape", "q")
        await pilot.pause()
        assert footer(app) == "esc Resume l Later q Stop"
        await pilot.press("escape", "m")
        await pilot.pause()
        assert footer(app) == "esc Resume digits Number enter Fit"


async def test_the_key_below_the_mouse_is_marked_and_explained(desk: Desk) -> None:
    app = desk.app()
    app.TOOLTIP_DELAY = 0.01
    async with app.run_test(size=(80, 24), tooltips=True) as pilot:
        await pilot.pause()
        footer = app.screen.query_one(Footer)
        video = next(key for key in footer.keys if "Video" in key.does)

        def marked() -> list[str]:
            rest = footer.rich_style.bgcolor
            return [
                segment.text for segment in footer.render_line(0) if segment.style and segment.style.bgcolor != rest
            ]

        assert marked() == []
        await pilot.hover(Footer, offset=(video.start + 1, 0))
        await pilot.pause(0.05)
        assert marked() == ["v", " Video"]
        assert footer.styles.pointer == "pointer"
        assert str(app.screen.query_one(Tooltip).content) == "Open the video that goes best with the marked exercise"
        await pilot.hover(Footer, offset=(79, 0))
        assert marked() == []
        assert footer.tooltip is None


async def test_a_narrow_terminal_shows_the_most_important_keys_and_always_how_to_leave_and_help(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        assert footer(app) == "enter Start e Edit m Minutes v Video c Choose q Quit ? Help"
        await pilot.resize_terminal(30, 20)
        await pilot.pause()
        assert footer(app) == "enter Start q Quit ? Help"
        helps = next(key for key in app.screen.query_one(Footer).keys if "Help" in key.does)
        await pilot.click(Footer, offset=(helps.start + 1, 0))
        await pilot.pause()
        assert "Start the session" in " ".join(text_of(app).replace("▁", " ").split())


async def test_the_footer_names_a_key_that_works_while_typing(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l")
        await pilot.pause()
        assert footer(app) == "enter Card F2 Filter F4 Videos F5 Video esc Back F1 Help"
        await pilot.press("tab")
        await pilot.pause()
        assert footer(app) == "enter Choose F2 Filter / Search F4 Videos v Video esc Back ? Help"


async def test_the_keys_stand_apart_where_there_is_room(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 20)) as pilot:
        for width, line in (
            (80, "  enter Start   e Edit   m Minutes   v Video   c Choose   q Quit   ? Help"),
            (70, "  enter Start  e Edit  m Minutes  v Video  c Choose  q Quit  ? Help"),
            (60, "enter Start e Edit m Minutes v Video c Choose q Quit ? Help"),
        ):
            await pilot.resize_terminal(width, 20)
            await pilot.pause()
            assert text_of(app).splitlines()[-1] == line
