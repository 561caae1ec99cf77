"""The library, its cards and the videos of the note, by keys and by mouse."""

from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.session import find
from hiproutine.history.records import Hurt, VideoNote, closed
from hiproutine.practice import recording
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Manner, Profile
from hiproutine.tui.app import HiproutineApp
from hiproutine.tui.dialogs.filters import FilterScreen
from hiproutine.tui.dialogs.rehearsal import RehearsalScreen
from hiproutine.tui.screens import library
from hiproutine.tui.screens.card import CardScreen
from hiproutine.tui.screens.library import LibraryScreen
from hiproutine.tui.widgets.description import LinkRow
from tests.conftest import HandClock
from tests.screens import SIZES, Desk, cut_off, practice, text_of


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Desk:
    return Desk(tmp_path, catalogue, clock)


def listed(app: HiproutineApp) -> list[str]:
    return [option.id for option in app.screen.query_one("#entries", OptionList).options if option.id]


def shown(app: HiproutineApp) -> str:
    return " ".join(text_of(app).split())


async def test_typing_finds_in_spite_of_a_typo_the_best_first(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", *"glute brigde")
        await pilot.pause()
        assert listed(app)[0] == "glute-bridge"
        assert "Found, best first" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "Stretch (26)" in text_of(app)


async def test_filters_narrow_by_keys_are_told_in_words_and_cleared_by_one_key(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", "f2", "down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, FilterScreen)
        assert "[x] stretch" in text_of(app)
        assert "26 fit." in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "Only: stretch" in text_of(app)
        assert {desk.catalogue.exercises[name].category for name in listed(app)} == {"stretch"}
        await pilot.press(*"bridge")
        await pilot.pause()
        assert "glute-bridge" not in listed(app)
        await pilot.press("f3")
        await pilot.pause()
        assert "Only:" not in text_of(app)
        assert "glute-bridge" in listed(app)


async def test_filters_are_chosen_by_mouse_and_taken_back(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", "f2")
        await pilot.pause()
        for mark in ("[x]", "[ ]"):
            await pilot.click(OptionList, offset=(3, 4))
            await pilot.pause()
            assert f"{mark} mobility" in text_of(app)


async def test_what_fits_the_profile(desk: Desk) -> None:
    desk.settings = desk.settings._replace(profile=Profile(equipment=("mat",), level=1))
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", "f2", "enter", "escape")
        await pilot.pause()
        assert "Only: fits my profile" in text_of(app)
        assert "supine-hamstring-strap" not in listed(app)
        assert listed(app)


@pytest.mark.parametrize("size", SIZES)
async def test_every_page_of_the_library_fits(desk: Desk, size: tuple[int, int]) -> None:
    app = desk.app()
    pages = {"f2": ("Esc is done", "escape"), "f4": ("F5 Goes with it", "f4")}
    async with app.run_test(size=size) as pilot:
        await pilot.press("l")
        for key, (words, back) in pages.items():
            await pilot.press(key)
            await pilot.pause()
            assert list(cut_off(app)) == []
            assert words in text_of(app)
            await pilot.press(back)
        await pilot.press("f4", "enter", "n")
        await pilot.pause()
        assert list(cut_off(app)) == []
        assert "Enter keeps it" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "n Note" in text_of(app)


async def test_easier_and_harder_open_their_card_by_key_and_by_mouse(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 60)) as pilot:
        await pilot.press("l", *"couch stretch", "enter", "tab", "enter")
        await pilot.pause()
        easier = desk.catalogue.exercises["couch-stretch"].easier[0]
        assert isinstance(app.screen, CardScreen)
        assert app.screen._entry.id == easier
        await pilot.press("escape")
        await pilot.pause()
        await pilot.click(app.screen.query(LinkRow).first())
        await pilot.pause()
        assert isinstance(app.screen, CardScreen)
        assert app.screen._entry.id == easier


async def test_a_card_begins_with_what_concerns_this_person(desk: Desk) -> None:
    profile = Profile(conditions=("knee_kneel",), equipment=())
    desk.settings = desk.settings._replace(profile=profile)
    app = desk.app()
    async with app.run_test(size=(80, 100)) as pilot:
        await pilot.press("l", *"couch stretch", "enter")
        await pilot.pause()
        words = shown(app)
    assert "Put a thick pad under the knee." in words
    assert words.index("Put a thick pad") < words.index("It needs") < words.index("Set-up") < words.index("Evidence")


async def test_a_card_tells_when_it_was_last_done_and_how_it_felt(desk: Desk) -> None:
    now = desk.clock.now()
    line = compile_session(find(desk.catalogue, "couch-stretch"), Manner())
    opening = recording.opening(find(desk.catalogue, "couch-stretch"), desk.clock, "0.1.0")
    for days in (3, 9):
        at = now - timedelta(days=days)
        steps = [step._replace(held_ms=step.planned_ms, end="done") for step in recording.planned(line)]
        desk.store.write(closed(opening._replace(id=str(days), day=at.date(), start=at), at, steps))
    desk.store.write(Hurt("h", now.date() - timedelta(days=3), now, None, "couch-stretch", "left", 4, "easier"))
    app = desk.app()
    async with app.run_test(size=(80, 60)) as pilot:
        await pilot.press("l", *"couch stretch", "enter")
        await pilot.pause()
        words = shown(app)
    assert "Last 3 days ago, Fri 2026-11-20; 2 days in the last 12 months." in words
    assert "Hurt 4 of 10 on the left, Fri 2026-11-20." in words


async def test_a_card_is_previewed_and_done_now(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", *"couch stretch", "enter", "p")
        await pilot.pause()
        assert isinstance(app.screen, RehearsalScreen)
        assert "every cue of its 3:10 min" in text_of(app)
        assert "hold 30 s, set 1 of 2" in text_of(app)
        await pilot.press("escape")
        assert isinstance(app.screen, CardScreen)
        await pilot.press("p", "enter")
        await pilot.pause()
        assert practice(app).player.step.exercise.id == "couch-stretch"


async def test_the_videos_keep_the_order_and_the_headings_of_the_note(desk: Desk) -> None:
    mine = desk.catalogue.videos["sTre4xSTuto"]._replace(id="mine", caption="Mine", own=True)
    desk.catalogue = desk.catalogue._replace(videos={"mine": mine, **desk.catalogue.videos})
    app = desk.app()
    async with app.run_test(size=(200, 80)) as pilot:
        await pilot.press("l", "f4")
        await pilot.pause()
        words = shown(app)
        assert listed(app) == [name for name in desk.catalogue.videos if name != "mine"] + ["mine"]
    places = ["Stop stretching your hip flexors!", "watch why (just) stretching", "Ultimate hip flexor and quad"]
    places += ["Kinstretch Class", "Established: A banded ankle", "Videos of your own", "Mine"]
    assert [words.index(each) for each in places] == sorted(words.index(each) for each in places)
    assert words.count("Not watched yet.") == 14


async def test_typing_among_the_videos_keeps_their_order_and_headings(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 50)) as pilot:
        await pilot.press("l", "f4", *"hip flexor")
        await pilot.pause()
        found = listed(app)
        assert 1 < len(found) < 13
        assert found == [name for name in desk.catalogue.videos if name in found]
        words = shown(app)
        assert "Stop stretching your hip flexors! The note says: watch why (just) stretching" in words
        assert "Nothing is established." in words
        await pilot.press("escape")
        await pilot.pause()
        assert listed(app) == list(desk.catalogue.videos)


async def test_the_card_beside_the_list_comes_once_nobody_types(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "PREVIEW_AFTER_S", 3600)
    app = desk.app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("l", *"glute bridge")
        await pilot.pause()
        assert "Kneel on a cushion" in text_of(app)  # still that of the first
        monkeypatch.setattr(library, "PREVIEW_AFTER_S", 0.001)
        await pilot.press("down", "down", "up")
        await pilot.pause(0.1)
        assert "Kneel on a cushion" not in text_of(app)
        assert desk.catalogue.exercises["glute-bridge"].setup[0][:20] in shown(app)


async def test_a_video_is_marked_as_watched_and_noted_on_and_that_is_kept(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", "f4", "down", "down", "enter", "w")
        desk.clock.turn(1000)
        await pilot.press("n", *"slowly", "enter")
        await pilot.pause()
        assert "Watched on Mon 2026-11-23." in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "Watched on Mon 2026-11-23." in text_of(app)
        assert "Your note: slowly" in text_of(app)
        desk.clock.turn(1000)
        await pilot.press("enter", "w")
        await pilot.pause()
        assert "Not watched yet." in text_of(app)
    (last,) = (note for note in desk.store.read().of(VideoNote)[-1:])
    assert (last.video, last.watched, last.note) == ("KCADorwJ6Ik", None, "slowly")


async def test_what_goes_with_a_video_is_one_key_away_and_the_tab_one_click(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l")
        await pilot.pause()
        await pilot.click("#tabs", offset=(17, 0))
        await pilot.pause()
        assert "● Videos" in text_of(app)
        await pilot.press("down", "end", "f5")
        await pilot.pause()
        assert "Only: goes with IikP_teeLkI" in text_of(app)
        wanted = {"banded-ankle-mob", "weighted-ankle-hold"}
        assert wanted <= set(listed(app))


async def test_many_exercises_are_found_by_typing(desk: Desk) -> None:
    first = desk.catalogue.exercises["couch-stretch"]
    many = {f"own-{n}": first._replace(id=f"own-{n}", name=f"Own {n}") for n in range(1000)}
    desk.catalogue = desk.catalogue._replace(exercises={**desk.catalogue.exercises, **many})
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l")
        await pilot.pause()
        assert isinstance(app.screen, LibraryScreen)
        assert "Stretch (1026)" in text_of(app)
        assert len(listed(app)) < 300
        app.screen.query_one(Input).value = "own 987"
        await pilot.pause()
        assert listed(app)[0] == "own-987"
