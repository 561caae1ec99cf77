"""Practice by eye from across the room: what is big, what is asked when it hurts, the breath, the sound and themes."""

from pathlib import Path

import pytest
from textual.widgets import Static

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.session import find, of_exercise
from hiproutine.errors import HiproutineError
from hiproutine.history.records import Hurt, SessionRecord
from hiproutine.practice import recording
from hiproutine.practice.cues import CueKind
from hiproutine.practice.resume import course
from hiproutine.settings.model import Breath, Manner, Profile, Settings
from hiproutine.sound.output import Mode, Sound
from hiproutine.sound.self_test import Answer, Checked
from hiproutine.tui.screens.done import DoneScreen
from hiproutine.tui.screens.practice import PracticeScreen
from hiproutine.tui.screens.sound import SoundScreen
from hiproutine.tui.screens.today import TodayScreen
from hiproutine.tui.theme import THEMES
from tests.conftest import HandClock
from tests.screens import SIZES, Desk, big, cut_off, painted, practice, text_of

sizes = pytest.mark.parametrize("size", SIZES)
BREATHING = Settings(manner=Manner(breath=Breath()))


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Desk:
    return Desk(tmp_path, catalogue, clock)


def hurts(desk: Desk) -> list[tuple[str, str | None, int, str]]:
    return [(each.exercise, each.side, each.score, each.chose) for each in desk.store.read().of(Hurt)]


# ---- that hurts ----


async def test_an_easier_variant_that_needs_what_is_not_at_hand_is_not_offered(desk: Desk) -> None:
    desk.settings = Settings(profile=Profile(equipment=("mat",), avoid_positions=("standing",)))
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("h", "4")
        await pilot.pause()
        assert "s  shorter, half" in text_of(app)
        assert "e  easier" not in text_of(app)


@pytest.mark.parametrize(("digits", "score"), [("1", 1), ("7", 7), ("10", 10)])
@pytest.mark.parametrize(("key", "chose"), [("e", "easier"), ("s", "shorter"), ("n", "skip")])
async def test_two_keys_say_how_much_and_what_then(desk: Desk, digits: str, score: int, key: str, chose: str) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("h")
        assert big(app) == ("HURTS?", "1-10")
        await desk.turn(pilot, 30)
        await pilot.press(*digits, key)
        await pilot.pause()
        player = practice(app).player
        assert (player.held_ms[0], player.end_of(0), player.paused) == (5_000, "hurt", False)
        assert hurts(desk) == [("half-kneeling-hip-flexor", "left", score, chose)]
        if key == "s":
            assert (big(app)[0], player.segment.step) == ("GO ON", 0)
        else:
            assert (player.segment.step, player.elapsed_ms) == (1, 0)
            assert big(app)[0] == ("GET READY" if key == "e" else "SWITCH")
        if key == "e":
            easier = desk.catalogue.exercises["half-kneeling-hip-flexor"].easier
            assert player.step.exercise.id in easier
            assert player.step.title in text_of(app)
        await desk.end_session(pilot)
        assert isinstance(app.screen, DoneScreen)
    (session,) = desk.store.read().of(SessionRecord)
    assert [step.end for step in session.steps].count("done") == len(session.steps) - 1
    assert hurts(desk) == [("half-kneeling-hip-flexor", "left", score, chose)]


@pytest.mark.parametrize("keys", [("space",), ("escape",), ("h",), ("0", "enter"), ("9", "enter", "escape")])
async def test_it_can_be_taken_back(desk: Desk, keys: tuple[str, ...]) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("h", *keys)
        await pilot.pause()
        assert big(app)[0] == "GO ON"
        await desk.end_segment(pilot)
        assert practice(app).player.end_of(0) == "shortened"
    assert hurts(desk) == []


@pytest.mark.parametrize("score", [None, "3"])
async def test_no_other_key_and_no_click_has_an_effect(desk: Desk, score: str | None) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("h", *([score, "enter"] if score else []))
        await pilot.pause()
        before = (practice(app)._leader.hurting, practice(app).player, text_of(app))
        others = ["p", "plus", "minus", "v", "f", "t", "y", "l", "x", "up", "left", "enter", "question_mark", "f1"]
        others += ["space", "h"] if score else ["e", "s", "n", "q", "backspace", "z"]
        for key in others:
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(app.screen, PracticeScreen), key
            assert (practice(app)._leader.hurting, practice(app).player, text_of(app)) == before, key
        for action in ("pause", "next", "previous", "adjust(1)", "stop", "video", "hurt"):
            await app.run_action(action, practice(app))
            await pilot.pause()
            assert isinstance(app.screen, PracticeScreen), action
            assert (practice(app)._leader.hurting, practice(app).player, text_of(app)) == before, action
        assert desk.opened == []


async def test_an_answer_can_be_clicked(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("h")
        await pilot.pause()
        await pilot.click(offset=place(text_of(app), "8  9"))
        await pilot.pause()
        assert (hurting := practice(app)._leader.hurting)
        assert hurting.score == 8
        await pilot.click(offset=place(text_of(app), "shorter, half"))
        await pilot.pause()
        assert big(app)[0] == "GO ON"
    assert hurts(desk) == [("half-kneeling-hip-flexor", "left", 8, "shorter")]


def place(shown: str, words: str) -> tuple[int, int]:
    """The column and the row of some words on the screen."""
    return next((line.index(words), row) for row, line in enumerate(shown.splitlines()) if words in line)


async def test_q_at_the_choice_stops_and_is_written_down(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("h", "9", "q")
        await pilot.pause()
        assert isinstance(app.screen, DoneScreen)
    assert hurts(desk) == [("half-kneeling-hip-flexor", "left", 9, "stop")]


async def test_the_end_of_the_program_at_the_choice_keeps_what_hurts(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("h", "9")
    assert hurts(desk) == [("half-kneeling-hip-flexor", "left", 9, "stop")]


async def test_a_number_that_nothing_follows_counts_and_can_still_be_corrected(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("h", "1")
        await pilot.pause()
        assert (hurting := practice(app)._leader.hurting)
        assert hurting.score is None
        await desk.turn(pilot, 3)
        assert (hurting := practice(app)._leader.hurting)
        assert hurting.score == 1
        await pilot.press("8", "backspace", "1", "0", "enter", "s")
        await pilot.pause()
    assert hurts(desk) == [("half-kneeling-hip-flexor", "left", 10, "shorter")]


@sizes
@pytest.mark.parametrize("settings", [Settings(), BREATHING], ids=["seconds", "breaths"])
@pytest.mark.parametrize("floor", [False, True], ids=["all", "floor"])
async def test_what_is_asked_fits_and_can_be_read(
    desk: Desk, size: tuple[int, int], settings: Settings, floor: bool
) -> None:
    desk.settings = settings
    app = desk.app(of_exercise(desk.catalogue.exercises["couch-stretch"]))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await desk.work(pilot, 5)
        await pilot.press(*("f" * floor), "h")
        await pilot.pause()
        assert list(cut_off(app)) == []
        assert painted(practice(app)._number) >= 4
        shown = " ".join(text_of(app).split())
        assert "How much does it hurt, from 1 to 10?" in shown
        assert "1 2 3 4 5 6 7 8 9 10 0: never mind, resume" in shown
        await pilot.press("1", "0")
        await pilot.pause()
        assert list(cut_off(app)) == []
        shown = " ".join(text_of(app).split())
        assert "10 of 10 is too much: leave this one for today" in shown
        for words in ("e easier: ", "s shorter, half", "n next, leave", "Esc takes it back, q stops."):
            assert words in shown
        if floor or size != (60, 20):
            assert all(painted(text) >= 4 for text in practice(app)._choices.values())


# ---- the big screen ----


async def test_the_digits_of_a_hold_are_fourteen_rows_tall_at_80x24(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.end_segment(pilot)
        for second in range(30, 0, -1):
            assert practice(app).player.remaining_ms == second * 1000
            assert painted(practice(app)._number) >= 14, second
            assert painted(practice(app)._word) >= 4
            assert list(cut_off(app)) == []
            await desk.turn(pilot, 1)


@sizes
@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_the_whole_screen_is_in_the_colour_of_the_phase_and_not_while_paused(
    desk: Desk, size: tuple[int, int], theme: str
) -> None:
    desk.settings = Settings(theme=theme)
    app = desk.app(of_exercise(desk.catalogue.exercises["half-kneeling-contract-relax"]))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        colours = app.get_css_variables()
        seen = []
        for _ in range(5):
            seen.append(practice(app).styles.background.hex.lower())
            await desk.end_segment(pilot)
        roles = ("ready", "hold", "contract", "relax", "hold")
        assert seen == [colours[f"phase-{role}"].lower() for role in roles]
        await pilot.press("space")
        await pilot.pause()
        assert practice(app).styles.background.hex.lower() == colours["background"].lower()


# ---- breaths ----


@sizes
async def test_a_hold_in_breaths_shows_in_and_out_and_a_pacer(desk: Desk, size: tuple[int, int]) -> None:
    desk.settings = BREATHING
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter")
        await desk.end_segment(pilot)
        seen: list[tuple[str, str]] = []
        rows: list[int] = []
        for _ in range(30):
            seen.append(big(app))
            rows.append(len(pacer(desk, app.screen.query_one("#pacer", Static))))
            assert not any(each.id for each in cut_off(app))
            if size == (80, 24):
                assert painted(practice(app)._number) == 14
            await desk.turn(pilot, 1)
        assert seen == [(word, n) for n in "321" for word in ["IN"] * 4 + ["OUT"] * 6]
        for start in (0, 10, 20):
            assert rows[start] < rows[start + 1] < rows[start + 2] < rows[start + 3] < rows[start + 4]
            assert rows[start + 4 : start + 10] == sorted(rows[start + 4 : start + 10], reverse=True)
            assert rows[start + 4] > rows[start + 9] > 0
        assert big(app)[0] == "REST"
        assert not app.screen.query_one("#pacer").display


def pacer(desk: Desk, widget: Static) -> str:
    """One row of the pacer as it is on the screen."""
    assert widget.display
    return text_of(widget.app).splitlines()[widget.region.y].strip()


# ---- themes ----


@pytest.mark.parametrize("theme", [*THEMES, None], ids=lambda theme: theme.name if theme else "gone")
async def test_the_theme_of_the_settings_is_worn(desk: Desk, theme: object) -> None:
    name = getattr(theme, "name", "a-theme-that-is-no-more")
    desk.settings = Settings(theme=name)
    app = desk.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.theme == (name if theme else "hiproutine")
    assert desk.saved == []


async def test_another_theme_is_saved_once(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test() as pilot:
        await pilot.pause()
        app.theme = "hiproutine-contrast"
        await pilot.pause()
        app.theme = "hiproutine-contrast"
        await pilot.pause()
        assert desk.saved == [("theme", "hiproutine-contrast")]
        app.theme = "hiproutine"
        await pilot.pause()
    assert desk.saved[1:] == [("theme", "hiproutine")]


async def test_a_theme_that_cannot_be_saved_is_worn_and_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "_save", refuse)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.theme = "hiproutine-light"
        await pilot.pause()
        assert app.theme == "hiproutine-light"
        assert [note.message for note in app._notifications] == ["settings.yaml: Read-only file system"]


def refuse(key: str, value: str) -> None:
    raise HiproutineError("settings.yaml: Read-only file system")


# ---- the sound page ----


async def test_the_sound_page_changes_the_running_session_and_the_settings(desk: Desk) -> None:
    desk.settings = Settings(sound="bell")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        screen = practice(app)
        await pilot.press("t")
        await pilot.pause()
        assert isinstance(app.screen, SoundScreen)
        assert screen.player.paused
        assert "● the terminal's bell" in text_of(app)
        await pilot.press("m", "minus", "minus", "plus")
        await pilot.pause()
        assert desk.saved == [("sound", "silent"), ("volume", "70"), ("volume", "60"), ("volume", "70")]
        shown = text_of(app)
        assert "● nothing" in shown
        assert " 70 % of this" in shown
        assert "Saved." in shown
        await pilot.press("t")
        await pilot.pause()
        assert practice(app) is screen
        assert big(app)[0] == "PAUSED"
        assert isinstance(screen._sound, Sound)
        assert (screen._sound.mode, screen._sound._volume) == (Mode.SILENT, 70)
        await pilot.press("q", "q")
        await pilot.pause()
        await pilot.press("enter", "t")
        await pilot.pause()
        assert "● nothing" in text_of(app)
    assert desk.store.read().of(SessionRecord)[0].steps[0].held_ms == 5_000


async def test_the_volume_stays_within_its_bounds(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        await pilot.press(*["plus"] * 3)
        assert " 100 % of this" in text_of(app)
        await pilot.press(*["minus"] * 12)
        await pilot.pause()
        assert " 0 % of this" in text_of(app)


async def test_what_cannot_be_saved_holds_for_now(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "_save", refuse)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t", "m")
        await pilot.pause()
        assert "For now only: settings.yaml: Read-only file system" in text_of(app)
        assert app.day.settings.sound == "tones"


@sizes
async def test_enter_plays_every_cue_and_tells_who_answered(desk: Desk, size: tuple[int, int]) -> None:
    desk.checked = [
        Checked(CueKind.READY, (Answer("pw-play", 8, 0, 0),)),
        Checked(CueKind.HALFWAY, (Answer("pw-play", 8, 0, 1), Answer("aplay", 9, 0, 0))),
        Checked(CueKind.REST, (Answer("aplay", 9, 0, None),)),
        Checked(None, ()),
    ]
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("t")
        assert list(cut_off(app)) == []
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        shown = text_of(app)
        assert list(cut_off(app)) == []
    for words in ("pw-play, started in 8 ms", "failed with 1; then aplay", "aplay hung", "voice         nothing plays"):
        assert words in shown


# ---- a second hiproutine ----


async def test_another_hiproutine_that_practises_is_told(desk: Desk) -> None:
    usual = course(find(desk.catalogue, "supine-butterfly"), Manner())
    opening = recording.opening(usual.session, desk.clock, "1")
    journal = desk.store.begin(opening, recording.planned(usual.timeline))
    desk.clock.turn(60_000)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        told = "Another hiproutine has been practising since 07:30."
        assert told in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert told in text_of(app)
        await desk.end_segment(pilot)
        await desk.end_session(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert told in text_of(app)
    journal.leave()


async def test_nothing_is_told_of_one_s_own_session(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert "Another hiproutine" not in text_of(app)
        await desk.work(pilot, 5)
        await pilot.press("q", "l")
        await pilot.pause()
        assert "Another hiproutine" not in text_of(app)
