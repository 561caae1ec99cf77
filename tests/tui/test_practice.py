"""Practice by eye from across the room: what is big, what is asked when it hurts, the breath, the sound and themes."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from rich.style import Style
from textual.color import Color
from textual.geometry import Size
from textual.widgets import Static

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.session import find, of_exercise
from hiproutine.errors import HiproutineError
from hiproutine.history.records import Hurt, SessionRecord
from hiproutine.practice import recording
from hiproutine.practice.cues import CueKind
from hiproutine.practice.pain_prompt import PAIN_SIDES, PLACES
from hiproutine.practice.readout import SIDES, doing, short_name
from hiproutine.practice.resume import course
from hiproutine.settings.model import Breath, Manner, Profile, Settings
from hiproutine.sound.output import Mode, Recording, Sound
from hiproutine.sound.self_test import Answer, Checked
from hiproutine.tui.app import HiproutineApp
from hiproutine.tui.screens.done import DoneScreen
from hiproutine.tui.screens.practice import PracticeScreen
from hiproutine.tui.screens.sound import SoundScreen
from hiproutine.tui.screens.today import TodayScreen
from hiproutine.tui.theme import THEMES
from hiproutine.tui.widgets.big_text import BigText
from hiproutine.tui.widgets.figure import LEAST
from hiproutine.yaml.edit import Value
from tests.conftest import HandClock
from tests.screens import SIZES, Desk, big, cut_off, laid_out, painted, practice, text_of

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
        await pilot.pause()
        assert big(app) == ("HURTS?", "0-10")
        await desk.turn(pilot, 30)
        await pilot.press(*digits, key)
        await pilot.pause()
        player = practice(app).player
        assert (player.held_ms[0], player.end_of(0), player.paused) == (5_000, "hurt", False)
        assert hurts(desk) == [("half-kneeling-hip-flexor", "left", score, chose)]
        if key == "s":
            assert (big(app)[0], player.segment.step) == ("RESUME", 0)
        else:  # what hurts too much is left with its other side
            both = key == "n" and score >= 4
            assert (player.segment.step, player.elapsed_ms) == (2 if both else 1, 0)
            assert big(app)[0] == ("READY" if key == "e" or both else "SWITCH")
        if key == "e":
            easier = desk.catalogue.exercises["half-kneeling-hip-flexor"].easier
            assert player.step.exercise.id in easier
            assert practice(app)._short.text == short_name(player.step.exercise)
        await desk.end_session(pilot)
        assert isinstance(app.screen, DoneScreen)
    (session,) = desk.store.read().of(SessionRecord)
    left = 1 if key == "n" and score < 4 else 2
    assert [step.end for step in session.steps].count("done") == len(session.steps) - left
    assert hurts(desk) == [("half-kneeling-hip-flexor", "left", score, chose)]


async def test_what_is_added_stands_there_before_and_during_the_set_and_at_the_end(desk: Desk) -> None:
    app = desk.app(find(desk.catalogue, "clamshell 1x2 red band"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert big(app)[0] == "READY"
        assert "red band" in text_of(app)
        await desk.work(pilot, 2)
        assert practice(app).player.segment.work
        assert "red band" in text_of(app)
        await desk.end_session(pilot)
        assert "Clamshell, red band" in text_of(app)


@pytest.mark.parametrize("keys", [("space",), ("escape",), ("h",), ("0", "enter"), ("9", "enter", "escape")])
async def test_it_can_be_taken_back(desk: Desk, keys: tuple[str, ...]) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("h", *keys)
        await pilot.pause()
        assert big(app)[0] == "RESUME"
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
        others = [key for key in others if not (score and key == "enter")]
        others = [key for key in others if not (score and key in {*PLACES, *PAIN_SIDES})]
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


@pytest.mark.parametrize(
    ("forward", "back", "takes"),
    [("pagedown", "pageup", "full_stop"), ("media_track_next", "media_track_previous", "media_play_pause")],
    ids=["presenter", "headset"],
)
async def test_a_presenter_says_how_much_and_what_then(desk: Desk, forward: str, back: str, takes: str) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("h", takes)  # without a number it stands still
        await pilot.pause()
        assert big(app) == ("HURTS?", "0-10")
        await pilot.press(*[forward] * 7, back)
        await pilot.pause()
        assert (practice(app)._number.text, painted(practice(app)._number)) == ("6", 6)
        await pilot.press(takes)
        await pilot.pause()
        answers = practice(app)._answers
        assert [text.text for text in answers] == ["▶\N{NO-BREAK SPACE}NEXT", "EASIER", "SHORTER"]
        await pilot.press(back)
        await pilot.pause()
        assert [text.has_class("-marked") for text in answers] == [False, False, True]
        await pilot.press(forward, forward, takes)
        await pilot.pause()
        assert big(app)[0] == "READY"
    assert hurts(desk) == [("half-kneeling-hip-flexor", "left", 6, "easier")]


async def test_a_presenter_that_sends_f5_and_escape_in_turn_takes_with_both(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("h", "pagedown", "pagedown", "f5")
        await pilot.pause()
        assert "esc Easier" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert practice(app)._leader.hurting is None
    assert hurts(desk) == [("half-kneeling-hip-flexor", "left", 2, "easier")]


async def test_escape_resumes_after_a_digit_in_place_of_a_presenters_number(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("h", "pagedown", "4")
        await pilot.pause()
        assert "esc Resume" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert practice(app)._leader.hurting is None
    assert hurts(desk) == []


async def test_an_answer_can_be_clicked(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("h")
        await pilot.pause()
        await pilot.click(offset=place(text_of(app), "8   9"))
        await pilot.pause()
        assert (hurting := practice(app)._leader.hurting)
        assert hurting.score == 8
        await pilot.click(offset=place(text_of(app), "9  10"))  # it can be corrected
        await pilot.pause()
        assert (hurting := practice(app)._leader.hurting)
        assert (hurting.score, practice(app)._answers[0].text) == (9, "▶\N{NO-BREAK SPACE}NEXT")
        await pilot.click(offset=place(text_of(app), "shorter, half"))
        await pilot.pause()
        assert big(app)[0] == "RESUME"
    assert hurts(desk) == [("half-kneeling-hip-flexor", "left", 9, "shorter")]


def place(shown: str, words: str) -> tuple[int, int]:
    """The column and the row of some words on the screen."""
    return next((line.index(words), row) for row, line in enumerate(shown.splitlines()) if words in line)


@pytest.mark.parametrize("size", [(60, 19), (60, 20), (80, 23), (80, 24)])
async def test_every_answer_has_its_large_letters_or_none(desk: Desk, size: tuple[int, int]) -> None:
    desk.set("minutes: 10\n")
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("h", "5", "enter")
        await pilot.pause()
        answers = practice(app)._answers
        assert [answer.text.removeprefix("▶\N{NO-BREAK SPACE}") for answer in answers] == ["NEXT", "EASIER", "SHORTER"]
        assert all(map(painted, answers))


@pytest.mark.parametrize("theme", ["hiproutine", "hiproutine-light"])
async def test_the_marked_number_can_be_read_on_its_colour(desk: Desk, theme: str) -> None:
    desk.settings = desk.settings._replace(theme=theme)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        for keys in (("4", "enter"), ("enter", "h", "4")):  # today's strip, and the scale of practice
            await pilot.press(*keys)
            await pilot.pause()
            warning = Color.parse(app.theme_variables["warning"]).rich_color
            segments = (segment for strip in app.screen._compositor.render_strips() for segment in strip)
            (marked,) = (each.style for each in segments if each.style and each.style.bgcolor == warning)
            assert marked.color
            assert Color.from_rich_color(marked.color) == Color.parse(app.theme_variables["background"])


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
        practice(app)._tell(
            "No sound: no program that can play it answered; the terminal's bell is used instead of tones."
        )
        await pilot.press(*("f" * floor), "h")
        await pilot.pause()
        assert list(cut_off(app)) == []
        assert painted(practice(app)._number) >= 4
        shown = " ".join(text_of(app).split())
        assert "How much does it hurt, 0 to 10?" in shown
        assert "digits Number" in shown or floor
        assert "0 1 2 3 4 5 6 7 8 9 10" in shown
        await pilot.press("1", "0")
        await pilot.pause()
        assert list(cut_off(app)) == []
        shown = " ".join(text_of(app).split())
        assert "10 of 10 is too much (at most 3 here): leave this" in shown
        assert floor or "k knee, l left (working side), r right." in shown
        for words in ("e easier: ", "s shorter, half", "n next exercise, leave", "Esc resumes, q stops."):
            assert words in shown
        assert practice(app)._number.text == "10"
        assert arc(app, practice(app)._number) >= 16
        await pilot.press("enter")
        await pilot.pause()
        assert list(cut_off(app)) == []
        assert all(arc(app, text) >= 16 for text in practice(app)._answers)


# ---- the big screen ----


SCREEN_MM, ARC_MM = 188, 0.8727
"""The height of a 14-inch screen of 16 to 10, and of a minute of arc at three metres."""


def arc(app: HiproutineApp, text: BigText) -> float:
    """How high its letters are from three metres, in minutes of arc, where the terminal fills the screen."""
    return text.drawn_rows * SCREEN_MM / app.size.height / ARC_MM


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 35), (200, 50)])
@pytest.mark.parametrize("floor", [False, True], ids=["all", "floor"])
async def test_what_matters_can_be_read_from_three_metres(desk: Desk, size: tuple[int, int], floor: bool) -> None:
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter", *("f" * floor))
        await pilot.pause()
        screen = practice(app)
        assert arc(app, screen._short) >= 16
        seen = set()
        while screen.player.step.item == 0:
            seen.add(screen._word.text)
            for text in (screen._word, screen._side, screen._number):
                assert arc(app, text) >= 16, text.text
            assert screen._number.drawn_rows * SCREEN_MM / app.size.height <= 48
            if screen._coming.text:
                seen.add(screen._coming.text)
                assert arc(app, screen._coming) >= 16, screen._coming.text
                assert not view_displayed(app)
            await laid_out(app, pilot)
            assert list(cut_off(app)) == []
            await desk.turn(pilot, 5)
        assert {"READY", "HOLD", "REST", "SWITCH", "NEXT RIGHT\N{NO-BREAK SPACE}▶", "NEXT LYING FIGURE 4"} <= seen


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 35), (200, 50)])
async def test_every_word_and_every_name_of_the_catalogue_can_be_read_from_there(
    desk: Desk, size: tuple[int, int]
) -> None:
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        screen = practice(app)
        right, below = (screen.query_one(f"#{name}").content_size for name in ("right", "below"))

        def seen(text: str, room: Size, *, wraps: bool = False) -> float:
            text_there = BigText(wraps=wraps)
            text_there._text = text
            (_, drawn) = text_there.lines(room)
            return drawn[0] * SCREEN_MM / size[1] / ARC_MM if drawn else 0

        every = desk.catalogue.exercises.values()
        segments = [segment for each in every for segment in course(of_exercise(each), Manner()).timeline.segments]
        for word in {doing(segment) for segment in segments} | {"PAUSED", "RESUME", "HALFWAY", "IN", "OUT", "HALF"}:
            assert seen(word, screen._word.size) >= 16, word
        for name in map(short_name, every):
            assert seen(name, below) >= 16, name
        for words in ("NEXT", *(f"NEXT {side}" for side in SIDES.values())):
            assert seen(words, right, wraps=True) >= 16, words


async def test_a_long_name_that_comes_is_shown_below(desk: Desk) -> None:
    app = desk.app(find(desk.catalogue, "supine-butterfly+copenhagen-short"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await desk.end_segment(pilot)
        await desk.turn(pilot, practice(app).player.step_remaining_ms / 1000 - 8)
        await pilot.pause()
        screen = practice(app)
        assert (screen._coming.text, painted(screen._coming) > 0) == ("NEXT", True)
        assert screen._short.text in ("COPENHAGEN 1", "COPENHAGEN 2")
        assert painted(screen._short) > 0
        assert list(cut_off(app)) == []


def view_displayed(app: HiproutineApp) -> bool:
    return practice(app)._figure.is_on_screen


async def test_a_repetition_shows_its_beat_and_its_number(desk: Desk) -> None:
    app = desk.app(of_exercise(desk.catalogue.exercises["glute-bridge"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await desk.end_segment(pilot)
        seen = []
        for _ in range(4):
            seen.append(big(app))
            await desk.end_segment(pilot)
        assert seen == [("LIFT", "1/10"), ("SQUEEZE", "1/10"), ("LOWER", "1/10"), ("LIFT", "2/10")]
        assert "rep 2 of 10" in text_of(app)


async def test_a_circle_shows_its_way(desk: Desk) -> None:
    app = desk.app(of_exercise(desk.catalogue.exercises["hip-cars-quadruped"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        seen = []
        for _ in range(4):
            await desk.end_segment(pilot)
            seen.append(big(app))
            assert "circle forward, out and back" in text_of(app) or len(seen) == 4
        assert seen == [("FORWARD", "1/3"), ("FORWARD", "2/3"), ("FORWARD", "3/3"), ("BACKWARD", "1/3")]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 35), (200, 50)])
@pytest.mark.parametrize("floor", [False, True], ids=["all", "floor"])
async def test_a_warning_moves_nothing_and_covers_nothing_that_matters(
    desk: Desk, size: tuple[int, int], floor: bool
) -> None:
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter", *("f" * floor))
        await pilot.pause()
        for _ in range(2):
            before = await laid_out(app, pilot)
            practice(app)._tell("The sound server is gone.")
            await pilot.pause()
            assert "The sound server is gone." in text_of(app)
            assert await laid_out(app, pilot) == before
            told = app.screen.query_one("#told").region
            for name in ("word", "side", "number", "drain", "short", "title", "next"):
                seen = app.screen.query_one(f"#{name}")
                assert not (seen.is_on_screen and seen.region.overlaps(told)), name
            await desk.work(pilot, 5)


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
@pytest.mark.parametrize("key", ["", "space"], ids=["running", "paused"])
async def test_the_pages_of_the_set_up_turn_while_one_gets_ready(desk: Desk, size: tuple[int, int], key: str) -> None:
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter")
        await app.workers.wait_for_complete()  # the figure has been looked up
        await pilot.press(*([key] if key else []))
        await pilot.pause()
        screen = practice(app)
        assert screen._figure.size.height >= LEAST.height
        names = ("word", "side", "number", "drain", "short")
        regions = [screen.query_one(f"#{name}").region for name in names]
        read: dict[str, str] = {}
        for _ in range(screen.player.segment.length_ms // 1000):
            shown = " ".join(str(screen._lines["setup"].text).split())
            read.setdefault(shown[shown.index("page ") :][:6], shown)
            assert list(cut_off(app)) == []
            assert [screen.query_one(f"#{name}").region for name in names] == regions
            assert screen._timer  # in a pause as well
            await desk.turn(pilot, 1)
        assert list(read) == [f"page {number + 1}" for number in range(len(read))]
        assert all("Stop at sharp or pinching feeling in the groin" in page for page in read.values())
        for number, sentence in enumerate(screen.player.step.exercise.setup, 1):
            assert f"{number}. {sentence}" in " ".join(read.values())


@pytest.mark.parametrize("size", [(40, 15), (50, 18), (80, 14), (30, 24)])
async def test_in_a_window_without_room_beside_the_word_the_set_up_is_below(desk: Desk, size: tuple[int, int]) -> None:
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        screen = practice(app)
        read = ""
        for _ in range(screen.player.segment.length_ms // 1000):
            shown = str(screen._lines["setup-below"].text)
            assert len(shown.splitlines()) <= screen.query_one("#setup-below").size.height
            read += shown
            await desk.turn(pilot, 1)
        assert list(cut_off(app)) == []
        for number in range(1, 5):
            assert f"{number}. " in read
        await pilot.press("p", "f")
        await pilot.pause()
        assert not screen.query_one("#setup-below").is_on_screen


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 50)])
async def test_minutes_left_are_asked_in_large_letters(desk: Desk, size: tuple[int, int]) -> None:
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("m")
        await pilot.pause()
        assert big(app) == ("MINUTES?", "1-99")
        await pilot.press("1", "2")
        await pilot.pause()
        assert big(app) == ("MINUTES?", "12")
        assert all(arc(app, text) >= 16 for text in (practice(app)._word, practice(app)._number))
        assert "Enter fits the rest into them" in " ".join(text_of(app).split())
        assert list(cut_off(app)) == []
        await pilot.press("escape")
        await pilot.pause()
        assert big(app)[0] == "RESUME"


async def test_stop_here_is_asked_in_large_letters(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        for floor in ("", "f"):
            await pilot.press(*floor, "q")
            await pilot.pause()
            assert [text.text for text in practice(app)._answers] == ["STOP", "LATER", "RESUME"]
            assert all(arc(app, text) >= 16 for text in practice(app)._answers)
            assert "Stop here? q stops and keeps what you did" in " ".join(text_of(app).split())
            await pilot.click(offset=place(text_of(app), "any other key"))
            await pilot.pause()
            assert big(app)[0] == "RESUME"
            assert not any(text.display for text in practice(app)._answers)
        await pilot.press("q")
        await pilot.pause()
        await pilot.click(offset=place(text_of(app), "leaves it for later"))
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)


async def test_a_beat_that_is_held_counts_its_seconds(desk: Desk) -> None:
    app = desk.app(of_exercise(desk.catalogue.exercises["copenhagen-short"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await desk.end_segment(pilot)
        assert big(app) == ("LIFT", "1/4")
        await desk.end_segment(pilot)
        assert big(app) == ("HOLD", "10")
        assert "rep 1 of 4" in text_of(app)
        await desk.turn(pilot, 4)
        assert big(app) == ("HOLD", "6")


async def test_the_footer_says_what_space_does_now(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert "Pause" in text_of(app).splitlines()[-1]
        await pilot.press("space")
        await pilot.pause()
        assert "Resume" in text_of(app).splitlines()[-1]


# ---- from afar ----


@pytest.mark.parametrize("key", ["full_stop", "b", "f5", "enter", "escape", "media_play", "media_play_pause"])
async def test_a_presenter_pauses_and_resumes(desk: Desk, key: str) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press(key)
        await pilot.pause()
        assert practice(app).player.paused
        await pilot.press(key)
        await pilot.pause()
        assert practice(app).player.count_in_ms


async def test_a_presenter_goes_onward_and_back_and_the_volume_keys_pass(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 60)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("raise_volume", "lower_volume", "mute_volume")
        await pilot.pause()
        assert not practice(app).player.paused
        await pilot.press("pageup")
        await pilot.pause()
        assert practice(app).player.at == 0
        await pilot.press("pagedown")
        await pilot.pause()
        assert practice(app).player.at == 1
        await pilot.press("f5", "pagedown")
        await pilot.pause()
        assert (practice(app).player.at, practice(app).player.paused) == (1, False)
        await pilot.press("pagedown")
        await pilot.pause()
        assert practice(app).player.segment.step == 1
        await pilot.press("question_mark")
        await pilot.pause()
        assert "With a presenter" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert practice(app).player.paused


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


@pytest.mark.parametrize("reduced", [False, True], ids=["moves", "reduced"])
async def test_the_word_of_a_new_phase_comes_out_of_its_colour(
    desk: Desk, reduced: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.settings = Settings(reduced_motion=reduced, figure=False)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        seen: list[float] = []
        screen = practice(app)
        monkeypatch.setattr(screen._word, "ink", seen.append)
        desk.pass_time(app, screen.player.remaining_ms / 1000)
        while seen[-1] < 1:
            await pilot.pause(0.01)
        assert seen == [1.0] if reduced else (seen[0] < 0.5 and seen == sorted(seen))
        desk.pass_time(app, 3)
        await pilot.pause(0.2)
        assert seen[-1:] == [1.0], "nothing fades within a phase"


async def test_letters_have_the_colour_of_their_ink_as_far_as_they_are_inked(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        screen = practice(app)
        found = []
        for part in (1.0, 0.0, 0.5):
            screen._word.ink(part)
            screen._drain.ink(part)
            await pilot.pause()
            strips = screen._word.children[0].render_line(1), screen._drain.render_line(0)
            found.append([next(iter(strip)).style or Style() for strip in strips])
        (full, bar), (none, no_bar), (half, half_bar) = found
        assert len({full.bgcolor, none.bgcolor, half.bgcolor}) == 3
        assert len({bar.color, no_bar.color, half_bar.color}) == 3
        assert no_bar.color == no_bar.bgcolor


# ---- breaths ----


@sizes
async def test_a_hold_in_breaths_shows_in_and_out_and_a_bar_that_breathes(desk: Desk, size: tuple[int, int]) -> None:
    desk.settings = BREATHING
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter")
        await desk.end_segment(pilot)
        seen: list[tuple[str, str]] = []
        rows: list[int] = []
        for _ in range(30):
            seen.append(big(app))
            rows.append(practice(app)._drain.cells)
            assert not any(each.id for each in cut_off(app))
            await desk.turn(pilot, 1)
        assert seen == [(word, n) for n in "321" for word in ["IN"] * 4 + ["OUT"] * 6]
        for start in (0, 10, 20):
            assert rows[start] < rows[start + 1] < rows[start + 2] < rows[start + 3] < rows[start + 4]
            assert rows[start + 4 : start + 10] == sorted(rows[start + 4 : start + 10], reverse=True)
            assert rows[start + 4] > rows[start + 9] > 0
        assert big(app)[0] == "REST"


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


def refuse(values: Mapping[str, Value | None]) -> None:
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
        assert desk.saved == [("sound", "silent"), ("volume", "90"), ("volume", "80"), ("volume", "90")]
        shown = text_of(app)
        assert "● nothing" in shown
        assert " 90 % of this" in shown
        assert "Saved." in shown
        await pilot.press("t")
        await pilot.pause()
        assert practice(app) is screen
        assert big(app)[0] == "PAUSED"
        assert isinstance(screen._sound, Sound)
        assert (screen._sound.mode, screen._sound.settings.volume) == (Mode.SILENT, 90)
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
        await pilot.pause()
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
        assert app.day.settings.sound == "silent"


@sizes
async def test_enter_plays_every_cue_and_tells_who_answered(desk: Desk, size: tuple[int, int]) -> None:
    desk.checked = [
        Checked(CueKind.READY, (Answer("pw-play", 8),)),
        Checked(CueKind.HALFWAY, (Answer("pw-play", 8, "failed with exit code 1"), Answer("aplay", 9))),
        Checked(CueKind.REST, (Answer("aplay", 9, "hung, and was stopped"),)),
        Checked(None, (Answer("espeak-ng live", 2, "ended without playing it"),)),
    ]
    desk.sound_fault = OSError(28, "No space left on device", "tones")
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("t")
        await pilot.pause()
        assert list(cut_off(app)) == []
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        shown = str(app.screen.query_one("#heard", Static).content)
        assert list(cut_off(app)) == []
        assert "speech-dispatcher." in text_of(app), "the end is in view"
    for words in (
        "pw-play, started in 8 ms",
        "failed with exit code 1;\n",
        "then aplay, started",
        "aplay hung",
        "espeak-ng live ended without playing it",
        "Nothing can be said aloud.",
        "tones: No space left on device",
        "start the sound server",
    ):
        assert words in shown
    assert "No tone can be played" not in shown


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


# ---- the end of the sound ----


class Noted(Recording):
    """A sound that notes how it came to its end, and may be broken."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.clock)
        self.ended: list[str] = []

    def hush(self) -> None:
        self.ended.append("hush")

    def close(self) -> None:
        self.ended.append("close")


@pytest.fixture
def noted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Noted:
    noted = Noted(desk)
    monkeypatch.setattr("tests.screens._Noting.sound", lambda *_: noted)
    return noted


async def test_what_is_heard_at_the_end_of_a_session_outlives_its_screen(desk: Desk, noted: Noted) -> None:
    app = desk.app(find(desk.catalogue, "supine-butterfly"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await desk.end_segment(pilot)
        await desk.end_session(pilot)
        await pilot.pause()
        assert isinstance(app.screen, DoneScreen)
        assert noted.heard[-1].kinds[-1] is CueKind.DONE
        assert noted.ended == ["close"]


async def test_leaving_in_the_middle_is_silent_at_once(desk: Desk, noted: Noted) -> None:
    app = desk.app(find(desk.catalogue, "supine-butterfly"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await desk.work(pilot, 5)
    assert noted.ended == ["hush", "close"]


async def test_a_sound_that_breaks_is_told_in_any_phase(desk: Desk, noted: Noted) -> None:
    app = desk.app(find(desk.catalogue, "supine-butterfly"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        noted.trouble = "nothing here can speak"
        await desk.turn(pilot, 1)
        assert "nothing here can speak" in text_of(app)
        await desk.work(pilot, 5)
        assert "nothing here can speak" not in text_of(app), "known from the start, it is told once"
        noted.trouble, noted.broken = "paplay gave no sound", True
        await desk.turn(pilot, 1)
        assert "paplay gave no sound" in text_of(app)


async def test_a_gap_is_heard_again_each_minute_though_no_key_is_pressed(desk: Desk, noted: Noted) -> None:
    app = desk.app(find(desk.catalogue, "supine-butterfly"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await desk.work(pilot, 5)
        desk.clock.turn(20_000)
        practice(app).tick()
        for _ in range(2):
            assert practice(app)._timer is not None
            desk.clock.turn(60_000)
            practice(app).tick()
    paused = [each.said[0].text for each in noted.heard if CueKind.PAUSED in each.kinds]
    assert paused == ["Paused: the program was stopped."] * 3


@pytest.mark.parametrize("size", SIZES)
async def test_while_it_hurts_the_question_stands_alone(desk: Desk, size: tuple[int, int]) -> None:
    desk.set("conditions: [knee_kneel, pht]\n")
    app = desk.app(of_exercise(desk.catalogue.exercises["split-squat-assisted"]), anyway=True)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "Careful:" in text_of(app)
        assert "1. " in text_of(app) or size[0] < 100  # there on a later page
        practice(app)._tell("Sent to the clipboard")
        await pilot.pause()
        assert "Sent to the clipboard" in text_of(app)
        await pilot.press("h")
        await pilot.pause()
        assert "How much does it hurt" in text_of(app)
        assert "Sent to the clipboard" not in text_of(app)
        assert "Careful:" not in text_of(app)
        assert "1. " not in text_of(app)
