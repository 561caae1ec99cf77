"""Editing, copying and hiding from the screens, with the same files as the command line."""

import asyncio
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from hiproutine.catalogue import cache, user_files
from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.session import of_exercise
from hiproutine.day.events import Choose, Consent
from hiproutine.day.runner import Runner
from hiproutine.figure.model import Figure
from hiproutine.paths import shipped
from hiproutine.tui.app import HiproutineApp
from hiproutine.tui.screens.card import CardScreen
from hiproutine.tui.screens.library import LibraryScreen
from hiproutine.tui.user_files import AskScreen
from hiproutine.tui.widgets.description import LinkRow
from hiproutine.tui.widgets.figure import ExerciseView
from tests.catalogue.test_overlay import LIZARD
from tests.cli.test_new import editor
from tests.conftest import HandClock
from tests.screens import SIZES, Desk, cut_off, text_of
from tests.terminal import Terminal


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The user's own files hold the lizard; nothing has to be given back to an editor."""
    desk = Desk(tmp_path, catalogue, clock)
    desk.own.mkdir()
    (desk.own / "mine.yaml").write_text(f"# mine\n{LIZARD}", encoding="utf-8")
    desk.catalogue = cache.load(shipped(), None, desk.own).catalogue
    monkeypatch.setattr(HiproutineApp, "suspend", lambda _: nullcontext())
    return desk


def edits(desk: Desk, before: str, after: str) -> None:
    """Lets the editor note where it is opened, and change some words."""
    note = desk.own.parent / "opened"
    code = (
        "import sys, pathlib; file = pathlib.Path(sys.argv[1]); "
        f"pathlib.Path({str(note)!r}).write_text(':'.join(sys.argv[1:])); "
        f"file.write_text(file.read_text('utf-8').replace({before!r}, {after!r}), 'utf-8')"
    )
    desk.editor = [sys.executable, "-c", code]


def opened(desk: Desk) -> str:
    return (desk.own.parent / "opened").read_text("utf-8").removeprefix(f"{desk.own}/")


def shown(app: HiproutineApp) -> str:
    return " ".join(text_of(app).split())


def told(app: HiproutineApp) -> str:
    return " ".join(" ".join(note.message for note in app._notifications).split())


def ids(app: HiproutineApp) -> list[str]:
    return [option.id for option in app.screen.query_one("#entries", OptionList).options if option.id]


async def test_an_own_entry_is_edited_at_its_line_and_every_screen_follows(desk: Desk) -> None:
    edits(desk, "Lizard", "Gecko")
    app = desk.app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("l", *"lizard", "enter", "e")
        await pilot.pause()
        assert isinstance(app.screen, CardScreen)
        assert opened(desk) == "mine.yaml:3"
        assert "Gecko" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        app.screen.query_one(Input).value = "gecko"
        await pilot.pause()
        assert ids(app)[0] == "lizard"
        assert "Gecko" in shown(app)
    assert (desk.own / "mine.yaml").read_text("utf-8") == f"# mine\n{LIZARD}".replace("Lizard", "Gecko")


async def test_an_edited_figure_is_drawn_anew_on_every_screen(desk: Desk) -> None:
    (desk.own / "mine.yaml").write_text(f"{LIZARD}    figure: {{like: glute-bridge}}\n", encoding="utf-8")
    desk.catalogue = cache.load(shipped(), None, desk.own).catalogue
    edits(desk, "like: glute-bridge", "like: clamshell")
    desk.safety_read.parent.mkdir()
    desk.safety_read.touch()
    runner = Runner(desk.context())
    runner.send(Choose(of_exercise(desk.catalogue.exercises["lizard"]), Consent.EASED))
    app = HiproutineApp(runner)
    find = app.runner.context.figure
    before, after = (figure and figure._replace(id="lizard") for figure in map(find, ("glute-bridge", "clamshell")))
    async with app.run_test(size=(160, 40)) as pilot:
        await draws(app, before)
        await pilot.press("l", *"lizard", "down")
        await draws(app, before)
        await pilot.press("enter", "e")
        await draws(app, after)
        await pilot.press("escape")
        await draws(app, after)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert app.screen is app._today
        await draws(app, after)


async def draws(app: HiproutineApp, figure: Figure | None) -> None:
    """Waits until that figure is drawn on the screen, which looks it up in a thread, when no key came for a while."""
    while [cast.reel.figure for cast in app.screen.query_one(ExerciseView)._casts] != [figure]:
        await asyncio.sleep(0.01)


async def test_what_is_shipped_gets_a_file_of_ones_own_and_todays_plan_follows(desk: Desk) -> None:
    edits(desk, "    # name: Lying butterfly", "    name: Frog at rest")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", *"lying butterfly", "enter", "e")
        await pilot.pause()
        assert isinstance(app.screen, AskScreen)
        assert app.screen._words.startswith("Lying butterfly is shipped with hiproutine. Your changes")
        await pilot.press("n")
        await pilot.pause()
        assert len(cache.files(desk.own)) == 1
        await pilot.press("e", "y")
        await pilot.pause()
        assert opened(desk) == "exercise-supine-butterfly.yaml:4"
        assert "Your changes to it are in" in told(app)
        await pilot.press("escape", "escape", "escape")
        await pilot.pause()
        assert "Frog at rest" in shown(app)
        await pilot.press("l", *"frog at rest", "enter", "e")
        await pilot.pause()
        assert len(cache.files(desk.own)) == 2


async def test_a_fault_is_told_with_its_line_and_what_was_there_before_stays(desk: Desk) -> None:
    edits(desk, "category: stretch", "category: strech")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", *"lizard", "enter", "e")
        await pilot.pause()
        assert 'mine.yaml:5:15: "strech" is not one of' in told(app)
        assert "Lizard" in shown(app)
        edits(desk, "strech", "stretch")
        await pilot.press("e")
        await pilot.pause()
        assert len(app._notifications) == 1


async def test_without_an_editor_it_is_said_how_to_set_one(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", *"lizard", "enter", "e")
        await pilot.pause()
    assert "No editor is set. Set EDITOR" in told(app)
    assert f"The file is {desk.own}/mine.yaml, line 3." in told(app)


async def test_of_many_faults_the_first_is_told_and_how_many_more(desk: Desk) -> None:
    edits(desk, "    category: stretch\n    position: prone\n    sides: both\n", "")
    app = desk.app()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("l", *"lizard", "enter", "e")
        await pilot.pause()
        assert told(app).endswith('mine.yaml:3:5: "category" is missing and 2 more: see `hiproutine check`')


@pytest.mark.parametrize("key", ["e", "H"])
async def test_what_cannot_be_written_is_told_in_a_sentence(desk: Desk, key: str) -> None:
    (desk.own / "schema.json").mkdir()
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", *"couch", "enter", key, "y")
        await pilot.pause()
        assert told(app) == f"{desk.own}/schema.json: Is a directory"


async def test_the_name_of_a_file_reaches_the_terminal_cleaned(desk: Desk) -> None:
    (desk.own / "mine.yaml").rename(desk.own / "m\x1b]0;evil\x07.yaml")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", *"lizard", "enter", "e")
        await pilot.pause()
        assert "]0;evil" in told(app)
        assert "\x1b" not in told(app)


async def test_an_editor_that_does_not_start_is_told(desk: Desk) -> None:
    desk.editor = ["/nowhere/editor"]
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", *"lizard", "enter", "e")
        await pilot.pause()
    assert "the editor /nowhere/editor cannot be started" in told(app)


async def test_a_copy_is_made_under_an_id_that_is_free(desk: Desk) -> None:
    edits(desk, "name: Couch stretch", "name: Sofa stretch")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", *"couch stretch", "enter", "c")
        await pilot.pause()
        field = app.screen.query_one(Input)
        assert field.value == "couch-stretch-2"
        for wrong, said in (("pigeon-floor", 'The id "pigeon-floor" is taken.'), ("../x", "An id is small letters")):
            field.value = wrong
            await pilot.press("enter")
            await pilot.pause()
            assert said in shown(app)
        field.value = "sofa"
        await pilot.press("enter")
        await pilot.pause()
        assert opened(desk) == "exercise-sofa.yaml:4"
        await pilot.press("escape")
        await pilot.pause()
        assert "sofa" in ids(app)
    assert user_files.place(desk.own, "sofa")


async def test_leaving_the_id_copies_nothing(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", *"couch stretch", "enter", "c", "escape")
        await pilot.pause()
        assert isinstance(app.screen, CardScreen)
    assert len(cache.files(desk.own)) == 1


async def test_what_is_hidden_is_gone_at_once_and_shown_again_at_the_end_of_the_list(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", *"lizard", "enter", "H", "n")
        await pilot.pause()
        assert isinstance(app.screen, CardScreen)
        await pilot.press("H", "y")
        await pilot.pause()
        assert "lizard" not in ids(app)
        assert "Hidden: Lizard. Enter at the end of the Library shows it again." in told(app)
        await pilot.press("escape", "up")
        await pilot.pause()
        assert "Hidden by you  1" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "Hidden by you" not in text_of(app)
        assert "lizard" in ids(app)


async def test_a_programme_is_hidden_and_shown_again(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", *"sit all day", "enter", "H", "y")
        await pilot.pause()
        assert "desk-hips" not in app.day.catalogue.programmes
        assert "Hidden: Hips that sit all day." in told(app)
        await pilot.press("escape", "up", "enter")
        await pilot.pause()
        assert "desk-hips" in app.day.catalogue.programmes


async def test_beside_a_hidden_row_stands_that_it_is_hidden(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("l", *"lizard", "enter", "H", "y")
        await pilot.pause()
        await pilot.press("escape", "up")
        await pilot.pause(0.2)
        assert "Hidden by you. Enter shows it again." in shown(app)


@pytest.mark.parametrize("size", SIZES)
async def test_a_hide_that_breaks_routines_is_asked_for_once(desk: Desk, size: tuple[int, int]) -> None:
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("l", *"lying butterfly", "enter", "H")
        await pilot.pause()
        assert isinstance(app.screen, AskScreen)
        assert list(cut_off(app)) == []
        assert "Hide Lying butterfly? Enter at the end" in app.screen._words
        assert "\n4 stretches to do everyday: 1 of 4\n" in app.screen._words
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(app.screen, CardScreen)
        await pilot.press("H", "y")
        await pilot.pause()
        assert "supine-butterfly" not in ids(app)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert "Lying butterfly" not in shown(app)


async def test_a_question_before_a_hide_names_what_is_left_of_a_routine(desk: Desk) -> None:
    routine = "routines: [{id: alone, name: Alone, why: Because., steps: [lizard]}]\n"
    (desk.own / "alone.yaml").write_text(routine, encoding="utf-8")
    desk.catalogue = cache.load(shipped(), None, desk.own).catalogue
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", *"lizard", "enter", "H")
        await pilot.pause()
        assert isinstance(app.screen, AskScreen)
        assert app.screen._words.endswith("These routines lose steps:\nAlone: every step")


async def test_a_card_that_is_hidden_is_left_with_all_cards_of_it(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 60)) as pilot:
        await pilot.press("l", *"couch stretch", "enter", "tab", "enter")
        await pilot.pause()
        card = app.screen
        assert isinstance(card, CardScreen)
        easier = card.entry().id
        card.on_link_row_opened(LinkRow.Opened("couch-stretch"))
        await pilot.pause()
        await pilot.press("H", "y")
        await pilot.pause()
        assert isinstance(app.screen, CardScreen)
        assert app.screen.entry().id == easier
        assert "Couch stretch" not in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, LibraryScreen)


async def test_the_warning_signs_stay(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", *"warning signs", "enter", "H", "y", "e", "y")
        await pilot.pause()
    assert '"edu-red-flags" cannot be hidden' in told(app)
    assert '"edu-red-flags" cannot be changed' in told(app)
    assert len(cache.files(desk.own)) == 1


async def test_without_the_usual_routine_today_has_another(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", *"routine four everyday", "enter", "H", "y")
        await pilot.pause()
        assert "Hidden: 4 stretches to do everyday." in told(app)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert "Desk and chair hips" in shown(app)


async def test_a_hide_that_leaves_nothing_to_practise_is_taken_back(desk: Desk, catalogue: Catalogue) -> None:
    routines = [name for name in catalogue.routines if name != "four-everyday"]
    (desk.own / "mine.yaml").write_text(f"hide: [{', '.join(routines)}]\n", encoding="utf-8")
    desk.catalogue = cache.load(shipped(), None, desk.own).catalogue
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", *"routine four everyday", "enter", "H", "y")
        await pilot.pause()
        assert isinstance(app.screen, CardScreen)
        assert "No routine is left" in told(app)
    assert (desk.own / "mine.yaml").read_text("utf-8") == f"hide: [{', '.join(routines)}]\n"


# ---- in a real terminal ----


@pytest.mark.parametrize(("key", "found"), [("\r", "Gecko"), ("\x03", "Lizard")])
def test_a_real_editor_gets_the_terminal_with_ctrl_c_and_gives_it_back(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, key: str, found: str
) -> None:
    folder = home / ".config" / "hiproutine" / "catalogue"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(LIZARD, encoding="utf-8")
    code = "print('EDITING', file.name); input(); file.write_text(file.read_text().replace('Lizard', 'Gecko'))"
    monkeypatch.setenv("EDITOR", editor(tmp_path, code))
    with Terminal(home, size=(100, 30)) as terminal:
        terminal.wait_for("Library")
        terminal.send("l")
        terminal.wait_for("Type to search")
        terminal.send("lizard")
        terminal.wait_for("Found, best first")
        terminal.send("\r")
        terminal.wait_for("e Edit")
        terminal.send("e")
        terminal.wait_for("EDITING mine.yaml")
        terminal.screen.reset()
        terminal.send(key)
        terminal.wait_for("e Edit")
        terminal.wait_for(found)
        terminal.send("\x11")
        assert terminal.end() == 0
        assert terminal.restored()
