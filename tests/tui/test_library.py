"""The library, its cards and the videos of the note, by keys and by mouse."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.session import find
from hiproutine.history.records import Hurt, ProgrammeStep, VideoNote, closed
from hiproutine.practice import recording
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Manner, Profile, Settings
from hiproutine.tui.app import HiproutineApp
from hiproutine.tui.dialogs.filters import FilterScreen
from hiproutine.tui.dialogs.rehearsal import RehearsalScreen
from hiproutine.tui.screens import library
from hiproutine.tui.screens.card import CardScreen
from hiproutine.tui.screens.library import LibraryScreen
from hiproutine.tui.screens.today import TodayScreen
from hiproutine.tui.widgets.description import LinkRow
from hiproutine.tui.widgets.footer import Footer
from tests.conftest import HandClock
from tests.screens import SIZES, Desk, cut_off, practice, text_of


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Desk:
    return Desk(tmp_path, catalogue, clock)


def listed(app: HiproutineApp) -> list[str]:
    return [option.id for option in app.screen.query_one("#entries", OptionList).options if option.id]


def shown(app: HiproutineApp) -> str:
    return " ".join(text_of(app).split())


async def beside(pilot: Pilot[None]) -> None:
    """Shows the card and the counts of what is marked now, as the list does once nobody types."""
    await pilot.pause()
    assert isinstance(pilot.app.screen, LibraryScreen)
    pilot.app.screen._show_beside()
    await pilot.pause()


async def test_a_length_is_that_of_its_rehearsal(desk: Desk) -> None:
    desk.settings = Settings()  # a voice, whose words take their time
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", *"couch stretch")
        await pilot.pause()
        row = next(line for line in text_of(app).splitlines() if "Couch stretch" in line)
        found = re.search(r"\d:\d\d", row)
        assert found
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("p")
        await pilot.pause()
        assert f"every cue of its {found[0]} min" in shown(app)


async def test_typing_finds_in_spite_of_a_typo_the_best_first(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", *"glute brigde")
        await pilot.pause()
        assert listed(app)[0] == "glute-bridge"
        assert "Found, best first" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "Stretch  29" in text_of(app)


async def test_letters_search_although_a_row_was_marked_and_never_change_an_entry(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", "slash", "down", "down", "pagedown", "up", *"couch")
        await pilot.pause()
        assert app.screen.query_one("#search", Input).value == "couch"
        assert listed(app)[0] == "couch-stretch"
        await pilot.press("down")
        await pilot.pause()
        assert app.screen.query_one("#entries", OptionList).highlighted == 2  # after the heading and the first
        await pilot.press("tab", *"ceHh")  # the list has the keyboard now
        await pilot.pause()
        assert isinstance(app.screen, LibraryScreen)
        assert not desk.own.exists()
        await pilot.press("slash", *"bridge")
        await pilot.pause()
        assert app.screen.query_one("#search", Input).value == "bridge"


async def test_the_search_says_how_to_get_there_from_the_list(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l")
        await pilot.pause()
        assert "Type to search" in text_of(app)
        await pilot.press("tab")
        await pilot.pause()
        assert "Press / to search" in text_of(app)
        assert "/ Search" in text_of(app).splitlines()[-1]


async def test_filters_narrow_by_keys_are_told_in_words_and_cleared_by_one_key(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", "f2", "down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, FilterScreen)
        assert "[x] stretch" in text_of(app)
        assert "29 fit." in text_of(app)
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


async def test_from_120_columns_the_filters_stand_beside_the_list_with_live_counts(desk: Desk) -> None:
    app = desk.app()

    def count(label: str) -> int:
        (line,) = (line for line in text_of(app).splitlines() if f"] {label} " in line)
        return int(line.split(f"] {label} ")[1].split()[0])

    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.press("l")
        await beside(pilot)
        exercises = desk.catalogue.exercises.values()
        assert count("stretch") == sum(each.category == "stretch" for each in exercises)
        await pilot.press("f2", "down", "down", "space")  # fits my profile, stretch, mobility
        await beside(pilot)
        mobility = [each for each in exercises if each.category == "mobility"]
        assert {desk.catalogue.exercises[name].category for name in listed(app)} == {"mobility"}
        assert "31 found" in text_of(app)
        assert count("standing") == sum(each.position == "standing" for each in mobility)
        assert count("stretch") == sum(each.category == "stretch" for each in exercises)  # one more of its own filter
        await pilot.press("slash", *"ankle")
        await beside(pilot)
        assert count("standing") < sum(each.position == "standing" for each in mobility)
        await pilot.resize_terminal(119, 60)
        await beside(pilot)
        assert "] standing" not in text_of(app)


async def test_a_row_has_the_columns_for_its_width_and_a_long_name_gives_way_to_the_short_one(
    desk: Desk,
) -> None:
    app = desk.app()
    seen = {}
    async with app.run_test(size=(60, 30)) as pilot:
        await pilot.press("l")
        for width in (60, 80, 99, 200):
            await pilot.resize_terminal(width, 30)
            await pilot.pause()
            lines = text_of(app).splitlines()
            (seen[width],) = (line for line in lines if "Chair quads" in line)
            assert not any(line.strip().startswith("quads") for line in lines)
    words = ("2:17", "●●○", "front of thigh", "standing", "  chair")
    assert {width: [word in line for word in words] for width, line in seen.items()} == {
        60: [True, True, False, False, False],
        80: [True, True, True, True, False],
        99: [True, True, True, True, True],
        200: [True, True, True, True, True],
    }
    assert all("Chair quads " in line for line in seen.values())


async def test_beside_the_list_the_set_up_comes_first_and_then_when_to_stop(desk: Desk) -> None:
    desk.settings = desk.settings._replace(figure=False)
    app = desk.app()
    async with app.run_test(size=(120, 42)) as pilot:
        await pilot.press("l", *"lying butterfly")
        await beside(pilot)
        assert app.screen.query_one("#beside").region.right == app.screen.query_one("#search").region.right
        places = [text_of(app).index(heading) for heading in ("2 × 30 s", "Set-up", "Stop if you feel", "Dose")]
        assert places == sorted(places)


async def test_where_nothing_matches_enter_clears_and_no_old_card_stands_beside_it(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(120, 42)) as pilot:
        await pilot.press("l", "f2", "space", "slash", *"lying butterfly")
        await beside(pilot)
        assert "Stop if you feel" in text_of(app)
        await pilot.press(*"xyzzy")
        await beside(pilot)
        words = text_of(app)
        assert "Nothing matches." in words
        assert "Clear the search and the filters" in words
        assert app.screen.query_one(Footer).keys[0].does == " Clear"
        assert "Stop if you feel" not in words
        assert "Lying butterfly" not in words
        await pilot.press("enter")
        await pilot.pause()
        assert "Stretch  29" in text_of(app)
        assert "[x]" not in text_of(app)
        await beside(pilot)
        assert app.screen.query_one(Footer).keys[0].does == " Card"


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
    done = "F3 clears, Esc is done" if size[0] < 120 else "[ ] fits my profile"
    pages = {"f2": (done, "escape" if size[0] < 120 else "shift+tab"), "f4": ("F4 Everything F5 Video", "f4")}
    async with app.run_test(size=size) as pilot:
        await pilot.press("l")
        for key, (words, back) in pages.items():
            await pilot.press(key)
            await pilot.pause()
            assert list(cut_off(app)) == []
            assert words in shown(app)
            await pilot.press(back)
        await pilot.press("f4", "enter", "n")
        await pilot.pause()
        assert list(cut_off(app)) == []
        assert "Enter saves it" in text_of(app)
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
    desk.settings = desk.settings._replace(profile=profile, figure=False)
    app = desk.app()
    async with app.run_test(size=(80, 100)) as pilot:
        await pilot.press("l", *"assisted split squat", "enter")
        await pilot.pause()
        words = shown(app)
    assert "Keep the knee well above the floor" in words
    assert words.index("Keep the knee well") < words.index("It needs") < words.index("Set-up") < words.index("Evidence")


async def test_a_card_says_that_an_exercise_is_not_planned_for_this_person(desk: Desk) -> None:
    desk.settings = desk.settings._replace(profile=Profile(conditions=("knee_kneel",)), figure=False)
    app = desk.app()
    async with app.run_test(size=(80, 100)) as pilot:
        await pilot.press("l", *"half-kneeling hip flexor stretch", "enter")
        await pilot.pause()
        words = shown(app)
    assert "Not planned, for you" in words
    assert "It is not planned for you (kneeling that" in words
    assert words.index("Not planned, for you") < words.index("Set-up") < words.index("Not planned with")


async def test_a_card_tells_when_it_was_last_done_and_how_it_felt(desk: Desk) -> None:
    now = desk.clock.now()
    line = compile_session(find(desk.catalogue, "couch-stretch"), Manner())
    opening = recording.opening(find(desk.catalogue, "couch-stretch"), desk.clock, "0.1.0")
    for days in (3, 9):
        at = now - timedelta(days=days)
        steps = [step._replace(held_ms=step.planned_ms, end="done") for step in recording.planned(line)]
        desk.store.write(closed(opening._replace(id=str(days), day=at.date(), start=at), at, steps))
    desk.store.write(Hurt("h", now.date() - timedelta(days=3), now, None, "couch-stretch", "left", 4, "easier"))
    desk.set("figure: no")  # beside it the sentences are wrapped
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
        assert "every cue of its 3:15 min" in text_of(app)
        assert "hold 30 s, set 1 of 2" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, CardScreen)
        await pilot.press("p", "enter")
        await pilot.pause()
        assert practice(app).player.step.exercise.id == "couch-stretch"


async def test_the_preview_of_what_pain_omits_says_why_and_no_length(desk: Desk) -> None:
    now = desk.clock.now()
    desk.store.write(Hurt("h", now.date(), now, "s", "couch-stretch", "left", 5, "end"))
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", *"couch stretch", "enter", "p")
        await pilot.pause()
        assert isinstance(app.screen, RehearsalScreen)
        assert "hurt 5 of 10" in text_of(app)
        assert "every cue" not in text_of(app)


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
    assert words.count("come from a bookmark list; unverified ones are marked.") == 1
    unknown = [each for each in desk.catalogue.videos.values() if not (each.established or each.own)]
    assert words.count(" unverified ") == 1 + len(unknown) == 1 + 12  # and the line above
    assert "Top 3 Ankle Mobility Exercises partly verified" in words
    assert "Mine yours" in words


@pytest.mark.parametrize("size", [*SIZES, (120, 35)])
async def test_each_video_has_its_badge_at_every_size(desk: Desk, size: tuple[int, int]) -> None:
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("l", "f4")
        await pilot.pause()
        for name in ("Video 1  sTre4xSTuto", "Ultimate hip flexor and quad"):
            (line,) = (line for line in text_of(app).splitlines() if name in line)
            assert " unverified" in line


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
        assert "Video 1 sTre4xSTuto unverified" in words
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
        await pilot.press("down", "down", "up", "up")
        while "Kneel on a cushion" in text_of(app):
            await pilot.pause(0.01)
        assert desk.catalogue.exercises["glute-bridge"].setup[0][:20] in shown(app)


async def test_a_video_is_marked_as_watched_and_noted_on_and_that_is_kept(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", "f4", "down", "enter", "w")
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


async def test_the_tab_of_videos_is_one_click_away_and_a_filter_shows_what_goes_with_one(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l")
        await pilot.pause()
        await pilot.click("#tabs", offset=(17, 0))
        await pilot.pause()
        assert "● Videos" in text_of(app)
        await pilot.press("f4", "f2", "end", "enter", "escape")
        await pilot.pause()
        assert "Only: goes with Top 3 Ankle Mobility Exercises" in text_of(app)
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
        assert "Stretch  1029" in text_of(app)
        assert len(listed(app)) < 300
        app.screen.query_one(Input).value = "own 987"
        await pilot.pause()
        assert listed(app)[0] == "own-987"


@pytest.mark.parametrize("size", [*SIZES, (80, 90)])
async def test_programmes_have_their_section_and_a_card_that_begins_one(desk: Desk, size: tuple[int, int]) -> None:
    desk.set("minutes: 10\nconditions: [fai]\n")
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("l")
        await pilot.pause()
        assert set(desk.catalogue.programmes) <= set(listed(app))
        await pilot.press(*"sit all day", "enter")
        await pilot.pause()
        assert isinstance(app.screen, CardScreen)
        if size == (80, 90):
            for words in (
                "Ask a doctor or physiotherapist first",
                "Not begun yet.",
                "Phase 1, 2 weeks: Learn the tuck",
            ):
                assert words in shown(app)
        assert not list(cut_off(app))
        await pilot.press("v", "p", "enter")
        await pilot.pause()
        assert app.day.coached.programme
        assert app.day.coached.programme.programme.id == "desk-hips"
        if size == (80, 90):
            assert "Mon 2026-11-23: begun." in shown(app)
        await pilot.press("escape", "escape", "escape", "escape")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert app.screen.plan.programme
    (step,) = desk.store.read().of(ProgrammeStep)
    assert step.event == "start"
