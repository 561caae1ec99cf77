"""Keys that come faster than they take effect, as slow links, multiplexers and pastes bring them."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from textual.screen import Screen

from hiproutine import tui
from hiproutine.catalogue.model import Catalogue
from hiproutine.tui.app import HiproutineApp
from hiproutine.tui.dialogs.choose_routine import ChooseScreen
from hiproutine.tui.pages import Page, Palette
from hiproutine.tui.screens.card import CardScreen
from hiproutine.tui.screens.done import DoneScreen
from hiproutine.tui.screens.library import LibraryScreen
from hiproutine.tui.screens.today import TodayScreen
from tests.conftest import HandClock
from tests.places import PLACES, burst, go, in_one_packet, settled
from tests.screens import Desk, practice

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
            await settled(app)
        await go(desk, pilot, ())
        assert app.screen_stack == [app._today]


@pytest.mark.parametrize(
    ("place", "keys", "left_on"),
    [
        ("choose", "\r\r", "PracticeScreen"),
        ("choose", "\rq", "TodayScreen"),
        ("add", "\r\r", "PracticeScreen"),
        ("add", "\r\x1b", "TodayScreen"),
        ("settings: pick", "\r\x1b", "TodayScreen"),
        ("settings: marks", "qq", "TodayScreen"),
        ("filters", "qq", "LibraryScreen"),  # the second is typed into the search
        ("video: note", "\r\x1b", "LibraryScreen"),
        ("done", "\r", "TodayScreen"),
    ],
)
async def test_keys_in_one_packet_leave_a_screen_each(desk: Desk, place: str, keys: str, left_on: str) -> None:
    names = {"\r": "enter", "\x1b": "escape"}
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await go(desk, pilot, PLACES[place])
        in_one_packet(app, [names.get(key, key) for key in keys])
        await settled(app)
        assert type(app.screen).__name__ == left_on


async def test_a_command_of_the_palette_is_run_once(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await go(desk, pilot, ("ctrl+p", *"library"))
        await pilot.pause(0.5)
        in_one_packet(app, ["enter", "enter"])
        await pilot.pause(0.2)
        assert [type(screen) for screen in app.screen_stack] == [TodayScreen, LibraryScreen]


async def test_a_palette_that_is_left_before_it_comes_up_leaves_nothing_behind(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(3):
            in_one_packet(app, ["ctrl+p", "escape"])
            await pilot.pause()
            in_one_packet(app, ["ctrl+p", "x", "escape", "y"])
            await pilot.pause()
        assert app.screen_stack == [app._today]


async def test_one_card_opens_where_it_is_asked_for_twice(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await go(desk, pilot, ("down",))
        in_one_packet(app, ["i", "i"])
        await settled(app)
        assert [type(screen) for screen in app.screen_stack] == [TodayScreen, CardScreen]
        await go(desk, pilot, ("l",))
        library = app.screen
        assert isinstance(library, LibraryScreen)
        library.open_marked()
        library.open_marked()
        await settled(app)
        assert [type(screen) for screen in app.screen_stack] == [TodayScreen, LibraryScreen, CardScreen]


async def test_what_is_asked_to_leave_while_covered_leaves_once_it_comes_up(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await go(desk, pilot, ("c", "f1"))
        await go(desk, pilot, ("c",))
        choose = app.screen
        assert isinstance(choose, ChooseScreen)
        app.push_screen(Palette())
        await settled(app)
        choose.dismiss(None)
        await settled(app)
        assert isinstance(app.screen, Palette)
        in_one_packet(app, ["escape"])
        await pilot.pause()
        assert app.screen_stack == [app._today]


async def test_a_session_that_ends_behind_the_palette_is_summed_up_once_that_is_left(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await go(desk, pilot, ("enter",))
        led = practice(app)
        await desk.work(pilot, 5)
        in_one_packet(app, ["ctrl+p"])
        await settled(app)
        led._leader.stop()
        led.tick()
        await settled(app)
        assert isinstance(app.screen, Palette)
        in_one_packet(app, ["escape"])
        await pilot.pause()
        assert [type(screen) for screen in app.screen_stack] == [TodayScreen, DoneScreen]


def _calls(path: Path) -> set[str]:
    """The names of the methods that a module calls."""
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return {node.func.attr for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}


def test_screens_come_and_go_in_one_way() -> None:
    package = Path(str(tui.__file__)).parents[1]
    modules = [path for path in (package / "tui").rglob("*.py") if path.name not in ("pages.py", "__init__.py")]
    for path in modules:
        importlib.import_module(".".join(("hiproutine", *path.relative_to(package).with_suffix("").parts)))
        calls = _calls(path)
        assert not calls & {"pop_screen", "switch_screen", "pop_until_active"}, path
        assert path.name == "app.py" or "push_screen" not in calls, path
    found = [each for each in _descendants(Screen) if each.__module__.startswith("hiproutine.tui.")]
    assert len(found) > 25
    assert [each for each in found if not issubclass(each, Page)] == []


def _descendants(kind: type) -> Iterator[type]:
    below: list[type] = kind.__subclasses__()
    for each in below:
        yield each
        yield from _descendants(each)
