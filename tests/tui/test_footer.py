"""The footer: the keys that have a use, and the mouse on them."""

from pathlib import Path

import pytest
from textual.widgets import Tooltip

from hiproutine.catalogue.model import Catalogue
from hiproutine.tui.widgets.footer import Footer
from tests.conftest import HandClock
from tests.screens import Desk, text_of


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Desk:
    return Desk(tmp_path, catalogue, clock)


async def test_the_footer_follows_the_keys_that_have_a_use(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert "␣ Pause n Next" in text_of(app).splitlines()[-1]
        await pilot.press("h")
        await pilot.pause()
        assert "Pause" not in text_of(app).splitlines()[-1]


async def test_the_key_below_the_mouse_is_marked_and_explained(desk: Desk) -> None:
    app = desk.app()
    app.TOOLTIP_DELAY = 0.01
    async with app.run_test(size=(80, 24), tooltips=True) as pilot:
        await pilot.pause()
        footer = app.screen.query_one(Footer)
        library = next(key for key in footer.keys if "Library" in key.does)

        def marked() -> list[str]:
            rest = footer.rich_style.bgcolor
            return [
                segment.text for segment in footer.render_line(0) if segment.style and segment.style.bgcolor != rest
            ]

        assert marked() == []
        await pilot.hover(Footer, offset=(library.start + 2, 0))
        await pilot.pause(0.05)
        assert marked() == [" l", " Library"]
        assert footer.styles.pointer == "pointer"
        assert str(app.screen.query_one(Tooltip).content) == "Browse and search all exercises and videos"
        await pilot.hover(Footer, offset=(79, 0))
        assert marked() == []
        assert footer.tooltip is None


async def test_the_wheel_shows_the_keys_that_a_narrow_terminal_has_no_room_for(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(30, 20)) as pilot:
        await pilot.pause()
        assert "Keys" not in text_of(app).splitlines()[-1]
        footer = app.screen.query_one(Footer)
        footer.scroll_to(x=footer.max_scroll_x, animate=False)
        await pilot.pause()
        assert text_of(app).splitlines()[-1].endswith("q Quit ? Keys")
        quits = next(key for key in footer.keys if "Keys" in key.does)
        await pilot.click(Footer, offset=(quits.start + 1 - footer.scroll_offset.x, 0))
        await pilot.pause()
        assert "Choose another routine for today" in " ".join(text_of(app).split())
