"""The table of keys: every page has its bindings from it, and a global key means the same everywhere."""

import ast
import importlib
import pkgutil
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.widget import Widget
from textual.widgets import Input, OptionList

from hiproutine import tui
from hiproutine.catalogue.model import Catalogue
from hiproutine.settings.model import Settings
from hiproutine.tui.app import HiproutineApp
from hiproutine.tui.dialogs.keys import KeysScreen
from hiproutine.tui.keys import AFAR, GROUPS, LIST, MOST, TABLE, bindings, commands, usable
from hiproutine.tui.pages import Page, back_to
from hiproutine.tui.screens.library import LibraryScreen
from hiproutine.tui.screens.progress import ProgressScreen
from hiproutine.tui.screens.safety import SafetyScreen
from hiproutine.tui.screens.settings import SettingsScreen
from hiproutine.tui.screens.today import TodayScreen
from hiproutine.tui.widgets.footer import Footer
from tests.conftest import HandClock
from tests.places import PLACES, go, in_one_packet, resize, settled
from tests.screens import Desk, text_of

WIDTHS = (60, 80, 120, 200)
MEANINGS = {
    "question_mark": {"app.keys"},
    "f1": {"app.keys"},
    "escape": {"back", "skip"},
    "q": {"back", "skip", "app.quit"},
    "z": {"undo"},
    "slash": {"search"},
    "space": {"tick", "tick(1)", "still"},
    "v": {"video", "video(1)", "app.video"},
    "T": {"today"},
    "f6": {"today"},
    "l": {"library"},
    "f7": {"library"},
    "g": {"progress"},
    "f8": {"progress"},
    "comma": {"settings"},
    "f9": {"settings"},
}
"""What a global key may do. `skip` closes a page, too, and on Today `q` quits."""
LONGEST = 100
"""Characters of a line of prose, however wide the window is."""
OF_TEXTUAL = {"palette", "themes"}
ANSWERS_ALONE = {"practice: hurts", "practice: what then", "practice: stop"}
"""Where only an answer counts."""
TAB_SKIPS = {"self-check: asked"}
OWN_RULES = {"practice", "self-check", "unsaved"}
"""Practice and self-checks are led by the body; where records would be lost, `l` needs an answer first."""


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Desk:
    return Desk(tmp_path, catalogue, clock)


def test_no_module_beside_the_table_declares_a_binding() -> None:
    for file in Path(str(tui.__file__)).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Name(id="Binding"):
                    assert file.name == "keys.py", file
                case ast.Assign(targets=[ast.Name(id="BINDINGS")], value=value):
                    match value:
                        case ast.Call(func=ast.Name(id="bindings"), args=[ast.Constant(value=place)]):
                            assert place in TABLE
                        case _:
                            pytest.fail(f"{file}: {ast.unparse(node)}")


def test_every_place_of_the_table_is_used_once() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in Path(str(tui.__file__)).parent.rglob("*.py"))
    assert [place for place in TABLE if text.count(f'bindings("{place}")') == 0] == []


@pytest.mark.parametrize("place", TABLE)
def test_a_place_says_what_its_keys_do_and_has_no_key_twice(place: str) -> None:
    for key in TABLE[place]:
        assert key.words
        assert not key.help[0].islower()
        assert key.group in GROUPS
        assert key.rank in range(10)
        assert key.keys or key.command
    made = bindings(place)
    assert len({binding.id for binding in made if not isinstance(binding, tuple)}) == sum(
        bool(key.keys) for key in TABLE[place]
    )


def test_every_key_does_something() -> None:
    """Textual passes over an action that nobody has, without a word."""
    for module in pkgutil.walk_packages(tui.__path__, f"{tui.__name__}."):
        importlib.import_module(module.name)
    kinds: list[type[DOMNode]] = [DOMNode]
    for kind in kinds:
        kinds += [each for each in kind.__subclasses__() if each not in kinds]
    bound = [kind for kind in kinds if kind.__module__.startswith(tui.__name__) and "BINDINGS" in vars(kind)]
    assert len(bound) >= len(TABLE)
    for kind in bound:
        for binding in kind.BINDINGS:
            assert isinstance(binding, Binding)
            name = binding.action.partition("(")[0]
            owner = HiproutineApp if name.startswith("app.") else kind
            assert hasattr(owner, f"action_{name.removeprefix('app.')}"), (kind, binding.key, name)


@pytest.mark.parametrize("place", TABLE)
def test_a_global_key_means_the_same_everywhere(place: str) -> None:
    if place in OWN_RULES:
        return
    for key in TABLE[place]:
        for name in key.keys.split(","):
            assert key.action in MEANINGS.get(name, {key.action}), name


@pytest.mark.parametrize("number", range(3))
@pytest.mark.timeout(120)
async def test_every_page_names_its_keys_within_its_width_and_all_of_it_is_reached(
    desk: Desk, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HiproutineApp, "exit", lambda *_, **__: None)
    desk.settings = Settings(figure=False)  # what is drawn needs no key, and takes most of the time
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        for place in list(PLACES)[number::3]:
            await go(desk, pilot, PLACES[place])
            print(place)
            if place not in OF_TEXTUAL:
                helped = {name for each in usable(app.screen) for name in each.names}
                assert "f1" in helped or place in ANSWERS_ALONE
                assert helped & {"escape", "q"} or place in ANSWERS_ALONE
            for width in WIDTHS:
                await resize(app, width, 24)
                for footer in app.screen.query(Footer):
                    assert len(footer.keys) <= MOST
                    assert all(key.end <= width for key in footer.keys) or not footer.visible  # fits when it is shown
            assert [prose for prose in _prose(app) if len(prose) > LONGEST] == []
            chain = app.screen.focus_chain
            if place not in TAB_SKIPS:
                assert set(chain) <= {focused async for focused in _tabbed(app)}
            for widget in chain:
                widget.scroll_visible(animate=False, immediate=True)
                await settled(app)
                app.screen._refresh_layout()  # what was scrolled is where it is seen only once it was laid out
                hit, _ = app.screen.get_widget_at(*_middle(widget))
                assert widget in hit.ancestors_with_self


def _prose(app: HiproutineApp) -> Iterator[str]:
    """The sentences on the screen, line by line: what has words, and no border and no gap of columns in it."""
    for line in text_of(app).splitlines():
        yield from (
            part.strip() for part in re.split(r" {2,}|[│╭╮╰╯]", line) if len(re.findall(r"[a-z]{2,}", part)) > 7
        )


async def _tabbed(app: HiproutineApp) -> AsyncIterator[Widget | None]:
    """What gets the focus as Tab is pressed."""
    for _ in app.screen.focus_chain:
        in_one_packet(app, ["tab"])
        await settled(app)
        yield app.screen.focused


def _middle(widget: Widget) -> tuple[int, int]:
    """A cell in the middle of what is seen of a widget."""
    seen = widget.screen.find_widget(widget).visible_region
    return seen.x + seen.width // 2, seen.y + seen.height // 2


# ---- from page to page ----


GOES: dict[tuple[str, str], type[Page[None]]] = {
    ("T", "f6"): TodayScreen,
    ("l", "f7"): LibraryScreen,
    ("g", "f8"): ProgressScreen,
    ("comma", "f9"): SettingsScreen,
    ("slash", "slash"): LibraryScreen,
}
"""The pages with their keys, of which the second works in a text field, too."""


@pytest.mark.parametrize("start", ["library", "card", "settings"])
async def test_one_key_leads_to_each_page_from_anywhere(desk: Desk, start: str) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        for keys, page in GOES.items():
            await go(desk, pilot, PLACES[start])
            in_one_packet(app, [keys[start == "library"]])
            await settled(app)
            assert isinstance(app.screen, page), keys
            assert len(app.screen_stack) == (1 if page is TodayScreen else 2)


async def test_a_search_from_anywhere_is_typed_into_the_library(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await go(desk, pilot, ("g", "slash", *"lizard"))
        assert app.screen.query_one("#search", Input).value == "lizard"
        await go(desk, pilot, ("l", *"couch", "enter", "slash", *"x"))
        assert app.screen.query_one("#search", Input).value == "x"


@pytest.mark.parametrize("place", ["practice: work", "practice: stop", "practice: sound", "self-check", "screening"])
async def test_no_key_leads_from_what_is_left_on_its_own_terms(desk: Desk, place: str) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await go(desk, pilot, PLACES[place])
        before = list(app.screen_stack)
        for key in ("f6", "f7", "f8", "f9", "T", "g", "comma", "slash"):
            in_one_packet(app, [key])
            await settled(app)
            assert app.screen_stack == before, key


async def test_the_safety_page_of_the_first_start_cannot_be_passed(desk: Desk) -> None:
    app = desk.app(safety_read=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f6", "f7", "T", "l", "slash", "escape", "q", "v")
        await pilot.pause()
        assert isinstance(app.screen, SafetyScreen)


async def test_help_is_grouped_without_textuals_own_keys_and_its_key_closes_it(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 50)) as pilot:
        await go(desk, pilot, ("l", "f1"))
        assert isinstance(app.screen, KeysScreen)
        lines = [line.strip() for line in text_of(app).splitlines()]
        headings = [line for line in lines if line in GROUPS]
        assert headings == [group for group in GROUPS if group in headings] != []
        assert not any("cursor" in line or "Delete" in line or "word" in line for line in lines)
        await go(desk, pilot, ("l", "f1", "question_mark"))
        assert isinstance(app.screen, LibraryScreen)


async def test_what_a_key_does_is_wrapped_beside_the_key_in_help(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(60, 20)) as pilot:
        await go(desk, pilot, ("f1",))
        lines = text_of(app).splitlines()
        first = next(number for number, line in enumerate(lines) if "Why this session: reasons" in line)
        assert lines[first + 1].index("omitted") == lines[first].index("Why this session")


async def test_v_opens_the_video_of_the_marked_exercise_on_today_and_in_the_library(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await go(desk, pilot, ("v",))
        await go(desk, pilot, ("l", *"couch stretch", "f5"))
        await go(desk, pilot, ("l", *"couch stretch", "tab", "v"))
    assert len(desk.opened) == 3
    assert all(url.startswith("https://") for url in desk.opened)


async def test_what_a_page_has_scheduled_comes_to_nothing_once_it_was_left(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await go(desk, pilot, PLACES["settings"])
        called: list[str] = []
        app.screen.call_after_refresh(called.append, "there")
        await pilot.pause()
        app.screen.call_after_refresh(called.append, "gone")
        back_to(app, app._today)
        await pilot.pause()
        assert called == ["there"]


@pytest.mark.parametrize("place", ["today", "library", "card", "progress", "settings"])
async def test_the_palette_has_every_key_of_the_page_but_moves(desk: Desk, place: str) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await go(desk, pilot, PLACES[place])
        offered = [command.help for command in app.get_system_commands(app.screen)]
        assert len(offered) == len(set(offered))
        said = {key.action.removeprefix("app.") for key in commands("today", "app", "page")}  # perhaps in other words
        for key in (each.key for each in usable(app.screen)):
            if key.group not in (AFAR, LIST) and "{key}" not in key.action:
                assert key.help in offered or key.action.removeprefix("app.") in said


async def test_a_command_of_the_palette_does_what_its_key_does(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await go(desk, pilot, ("l", *"couch stretch", "ctrl+p", *"video"))
        while "Open the best video" not in text_of(app):
            await pilot.pause(0.02)
        listing = app.screen.query_one(OptionList)
        listing.highlighted = next(
            place for place, option in enumerate(listing.options) if "Open the best video" in str(option.prompt)
        )
        await pilot.press("enter")
        while not desk.opened:
            await pilot.pause(0.02)
        assert isinstance(app.screen, LibraryScreen)
