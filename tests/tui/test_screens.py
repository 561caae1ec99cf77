"""Every screen, driven by its keys, with a clock that is turned by hand."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from hiproutine.catalogue.model import Catalogue, sessions
from hiproutine.catalogue.prescription import Phase
from hiproutine.coach.session import find, of_exercise
from hiproutine.day.events import Choose, Consent
from hiproutine.day.words import minutes
from hiproutine.history.records import SessionRecord, instant
from hiproutine.practice.cues import PHASES, rings, scheduled
from hiproutine.practice.readout import short_name
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Manner, Settings
from hiproutine.tui.dialogs.choose_routine import ChooseScreen
from hiproutine.tui.dialogs.keys import KeysScreen
from hiproutine.tui.screens import today
from hiproutine.tui.screens.card import CardScreen
from hiproutine.tui.screens.done import DoneScreen, Less
from hiproutine.tui.screens.library import LibraryScreen
from hiproutine.tui.screens.safety import SafetyScreen
from hiproutine.tui.screens.today import TodayScreen
from hiproutine.tui.widgets.footer import Footer
from hiproutine.tui.widgets.session_list import ItemRow
from tests.conftest import HandClock
from tests.places import settled
from tests.screens import SIZES, Desk, bells, big, cut_off, painted, practice, text_of


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Desk:
    return Desk(tmp_path, catalogue, clock)


def session_lines(tmp_path: Path) -> list[dict[str, object]]:
    folder = tmp_path / "data" / "history"
    return [json.loads(line) for path in folder.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()]


# ---- Today ----


async def test_today_shows_the_streak_the_week_and_the_honest_session(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = text_of(app)
    assert "Monday 23 November" in shown
    assert "No day done yet" in shown
    assert "T  W  T  F  S  S  M" in shown
    assert "○  ○  ○  ○  ○  ○  ◌" in shown
    assert "4 stretches to do everyday" in shown
    assert "9 min, done by 07:39" in shown
    assert "These four are ours, not the video's." not in shown  # but on its card
    assert "Lying figure-four stretch" in shown
    assert "2 × 30 s each side" in shown


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("routine", ["four-everyday", "twenty-minute"])
async def test_today_fits(desk: Desk, size: tuple[int, int], routine: str) -> None:
    app = desk.app()
    session = find(desk.catalogue, routine)
    async with app.run_test(size=size) as pilot:
        app._send(Choose(session, Consent.EASED))
        await pilot.pause()
        assert list(cut_off(app)) == []
        shown = text_of(app)
    for key in ("Start", "Edit", "Library", "Quit", "Help"):
        assert key in shown
    first = session.items[0].exercise
    assert first.name in shown or (first.short or "") in shown
    assert session.items[0].brief in shown


async def test_the_finishing_time_follows_the_clock(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        desk.clock.turn(60_000)
        app._today.show_texts()
        await pilot.pause()
        assert "done by 07:40" in text_of(app)


async def test_c_chooses_another_routine_for_today(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(app.screen, ChooseScreen)
        for routine in sessions(desk.catalogue.routines):  # the list is longer than its room
            assert routine.name in text_of(app)
            await pilot.press("down")
        line = compile_session(find(desk.catalogue, "five-minute"), Manner())
        chosen = f"{minutes(line.total_ms)}, done by"
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert "Five-minute hips" in text_of(app)
        assert chosen in text_of(app)
        await pilot.press("c", "escape")
        await pilot.pause()
        assert chosen in text_of(app)


async def test_an_exercise_is_marked_by_key_and_its_card_opens_by_key_and_by_mouse(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "i")
        await pilot.pause()
        assert isinstance(app.screen, CardScreen)
        assert "Lying figure-four stretch" in text_of(app)
        await pilot.press("escape")
        await pilot.click(app.screen.query(ItemRow).last())
        await pilot.pause()
        assert "Lying hamstring stretch with strap" in text_of(app)


async def test_the_footer_starts_by_mouse(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        (start,) = (key for key in app.screen.query_one(Footer).keys if "Start" in key.does)
        await pilot.click(Footer, offset=(start.start, 0))
        await pilot.pause()
        assert practice(app).player.segment.phase == "ready"


# ---- Safety ----


@pytest.mark.parametrize("size", SIZES)
async def test_the_safety_page_comes_first_and_only_once(desk: Desk, size: tuple[int, int]) -> None:
    app = desk.app(safety_read=False)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, SafetyScreen)
        assert "Do not practise, but get help" in text_of(app)
        assert list(cut_off(app)) == []
        await desk.read_safety(pilot)
        assert isinstance(app.screen, TodayScreen)
    assert desk.safety_read.read_text() == "2026-11-23\n"


async def test_a_chosen_session_waits_for_the_safety_page(desk: Desk) -> None:
    app = desk.app(find(desk.catalogue, "five-minute"), safety_read=False)
    async with app.run_test() as pilot:
        await pilot.pause()
        await desk.read_safety(pilot)
        assert practice(app).player.step.exercise.id == "windshield-wipers"


async def test_the_safety_page_comes_again_from_the_palette(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await pilot.press(*"safety")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert isinstance(app.screen, SafetyScreen)


# ---- Practice ----


@pytest.mark.parametrize("reduced", [False, True], ids=["moves", "reduced"])
async def test_at_the_end_the_dot_and_the_bars_fill_unless_motion_is_reduced(
    desk: Desk, reduced: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[float] = []
    monkeypatch.setattr(DoneScreen, "_move", lambda _, part: seen.append(part))
    desk.settings = Settings(reduced_motion=reduced, figure=False)
    app = desk.app(find(desk.catalogue, "supine-butterfly"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await desk.end_session(pilot)
        assert isinstance(app.screen, DoneScreen)
        while seen[-1] < 1:
            await pilot.pause(0.01)
    assert seen == [1.0] if reduced else (seen[0] == 0 and seen == sorted(seen))


async def test_a_whole_session_is_led_recorded_and_shown(desk: Desk, tmp_path: Path) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert big(app)[0] == "READY"
        shown = " ".join(text_of(app).split())
        assert f"1. {desk.catalogue.exercises['half-kneeling-hip-flexor'].setup[0][:30]}" in shown
        await desk.end_session(pilot)
        assert isinstance(app.screen, DoneScreen)
        shown = text_of(app)
        assert "7 min, 4 of 4 done" in shown
        assert "day in a row" in shown
        assert "Your first session." in shown
        assert "Gained this week" in shown
        assert "Less than planned" not in shown
        assert "Tomorrow" in shown
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert "day in a row" in text_of(app)
        assert "Practised at 07:30: 4 of 4 done." in text_of(app)
    (fields,) = session_lines(tmp_path)
    assert fields["counts"] is True
    assert fields["routine"] == "four-everyday"
    assert fields["start"] == "2026-11-23T06:30:00.000Z"
    assert fields["end"] == "2026-11-23T06:39:13.000Z"
    steps = fields["steps"]
    assert isinstance(steps, list)
    assert {(step["held_ms"], step["end"]) for step in steps} == {(60_000, "done")}
    assert list((tmp_path / "state" / "journal").iterdir()) == []


async def test_at_the_end_a_low_window_says_whole_what_hurt_and_how_a_streak_starts(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("h", "5", "enter", "n", "q", "q")
        await pilot.pause()
        assert isinstance(app.screen, DoneScreen)
        assert "One exercise starts your streak." in text_of(app)
        less = [line.plain for line in app.screen.query_one(Less).lines(54, 20)]
        assert any("it hurt 5 of 10" in line for line in less)
        assert [line for line in less if "…" in line or len(line) > 54] == []


async def test_at_the_end_of_a_painful_session_all_that_was_less_is_seen_without_scrolling(desk: Desk) -> None:
    desk.set("minutes: 20\n")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 70)
        await desk.work(pilot, 5)
        await pilot.press("h", "5", "enter", "n")
        await desk.work(pilot, 5)
        await pilot.press("q", "q")
        await pilot.pause()
        assert isinstance(app.screen, DoneScreen)
        assert app.screen.query_one("#done").max_scroll_y == 0
        shown = " ".join(text_of(app).split())
        less = app.screen.query_one(Less)._less
        assert len(less) > 3
        assert "it hurt 5 of 10" in shown
        assert "↓ Skipped" in shown
        assert all(name in shown for name, _ in less)


async def test_every_phase_shows_its_word_its_count_and_what_comes(desk: Desk) -> None:
    app = desk.app(of_exercise(desk.catalogue.exercises["half-kneeling-contract-relax"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        seen: list[str] = []
        while not isinstance(app.screen, DoneScreen):
            word = big(app)[0]
            if not seen or seen[-1] != word:
                seen.append(word)
            await desk.end_segment(pilot)
    side = ["STRETCH", *["CONTRACT", "RELAX", "DEEPEN"] * 3]
    assert seen == ["READY", *side, "SWITCH", *side]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("plan", ["couch-stretch", "ninety-front-pails-rails", "chair-quad-resistance", "dead-bug"])
async def test_practice_fits_in_every_phase(desk: Desk, size: tuple[int, int], plan: str) -> None:
    app = desk.app(find(desk.catalogue, plan))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        phases: set[str] = set()
        for segment in practice(app)._leader.timeline.segments:
            phase = segment.phase
            if phase in phases:
                continue
            phases.add(phase)
            await desk.turn(pilot, (segment.start_ms - practice(app).player.segment.start_ms) / 1000)
            await settled(app)  # a figure that has just been found takes its room
            assert practice(app).player.segment == segment
            assert list(cut_off(app)) == []
            shown = text_of(app)
            assert painted(practice(app)._number) >= 4
            assert painted(practice(app)._word) >= 4 or PHASES[phase].word in shown
            exercise = practice(app).player.step.exercise
            assert practice(app)._short.text == short_name(exercise)
            if phase is not Phase.READY:  # its set-up stands there instead
                assert exercise.name in shown
                assert "next:" in shown
            for key in ("Pause", "Next", "Again", "Hurts", "Big", "Stop", "Help"):
                assert key in shown, size


async def test_today_leaves_the_screen_in_front_of_it_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[int] = []
    monkeypatch.setattr(today, "_MINUTE_CHECK_S", 0.01)
    monkeypatch.setattr(TodayScreen, "show_texts", lambda _: shown.append(1))
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.1)
        assert shown
        await pilot.press("enter")
        await pilot.pause()
        shown.clear()
        await pilot.pause(0.1)
        assert not shown


async def test_the_screen_says_which_set_and_what_is_next(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 2)
        shown = text_of(app)
        assert "1 of 4 · 8:56, ends 07:39" in shown
        assert "Half-kneeling hip flexor stretch, left side" in shown
        assert "set 1 of 2" in shown
        assert "next: rest 10 s   then: hold 30 s, set 2 of 2" in shown
        assert big(app) == ("HOLD", "28")


async def test_tempo_repetitions_are_counted_by_the_clock(desk: Desk) -> None:
    app = desk.app(of_exercise(desk.catalogue.exercises["glute-bridge"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await desk.work(pilot, 7 + 2)
        shown = text_of(app)
        assert big(app) == ("SQUEEZE", "2/10")
        assert "1 of 1 · " in shown
        assert "rep 2 of 10" in shown
        assert "next: lower 3 s, set 1 of 2, rep 2 of 10" in shown


async def test_space_pauses_and_goes_on_after_a_count_in(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5.4)
        await pilot.press("space")
        await pilot.pause()
        assert big(app)[0] == "PAUSED"
        await desk.turn(pilot, 100)
        await pilot.press("space")
        await desk.turn(pilot, 2)
        assert big(app) == ("RESUME", "1")
        await desk.turn(pilot, 1.6)
        assert big(app)[0] == "HOLD"
        assert practice(app).player.held_ms[0] == 6_000


async def test_next_again_and_ten_seconds_work_while_paused(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("space", "plus")
        await pilot.pause()
        assert practice(app).player.remaining_ms == 35_000
        await pilot.press("minus", "minus")
        await pilot.pause()
        assert practice(app).player.remaining_ms == 15_000
        await pilot.press("n")
        await pilot.pause()
        assert (practice(app).player.segment.phase, practice(app).player.paused) == ("switch", True)
        await pilot.press("p", "p")
        await pilot.pause()
        assert practice(app).player.at == 0
        assert practice(app).player.paused


async def test_the_bell_marks_the_last_three_seconds_and_each_change_of_phase(desk: Desk) -> None:
    app = desk.app(of_exercise(desk.catalogue.exercises["supine-butterfly"]))
    async with app.run_test() as pilot:
        await pilot.pause()
        with bells(app) as rung:
            at: list[int] = []
            for second in range(1, practice(app).player.session_remaining_ms // 1000 + 1):
                before = len(rung)
                desk.pass_time(app, 1)
                at += [second] * (len(rung) - before)
    line = compile_session(find(desk.catalogue, "supine-butterfly"), Manner())
    assert at == sorted({ms // 1000 for ms, cue in scheduled(line) if ms and rings(cue)})


async def test_a_late_wake_up_loses_no_time(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test() as pilot:
        await pilot.press("enter")
        ready_ms = practice(app).player.remaining_ms
        for _ in range(60):
            await desk.turn(pilot, 0.337)
        assert practice(app).player.held_ms[0] == 60 * 337 - ready_ms


async def test_a_stopped_process_pauses_and_is_credited_nothing(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        desk.clock.turn(5_400)
        practice(app).tick()
        await pilot.pause()
        shown = text_of(app)
        assert big(app)[0] == "PAUSED"
        assert "Paused: stopped for 5 s. Nothing of it was counted." in shown
        assert practice(app).player.held_ms[0] == 5_000


async def test_a_suspended_computer_pauses_and_is_credited_nothing(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        desk.clock.sleep(2 * 3_600_000)
        desk.clock.turn(300)
        practice(app).tick()
        await pilot.pause()
        assert "the computer slept for 2 h 00 min" in text_of(app)
        assert practice(app).player.held_ms[0] == 5_000


async def test_a_sleep_while_paused_changes_nothing(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("space")
        desk.clock.sleep(3_600_000)
        await pilot.press("space")
        await pilot.pause()
        assert big(app)[0] == "RESUME"


KEYS = ["space", "n", "p", "plus", "v", "q"]


@pytest.mark.parametrize("key", KEYS)
async def test_a_key_just_after_the_end_ends_the_session_once(desk: Desk, tmp_path: Path, key: str) -> None:
    app = desk.app(of_exercise(desk.catalogue.exercises["supine-butterfly"]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await desk.turn(pilot, practice(app).player.session_remaining_ms / 1000 - 1)
        desk.clock.turn(1400)
        await pilot.press(key)
        await pilot.pause()
        assert len(app.screen_stack) == 2
        assert isinstance(app.screen, DoneScreen)
        assert desk.opened == []
        assert len(session_lines(tmp_path)) == 1
    assert len(session_lines(tmp_path)) == 1


@pytest.mark.parametrize("key", KEYS)
async def test_a_key_that_wakes_the_computer_finds_the_session_paused(desk: Desk, key: str) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        desk.clock.sleep(3_600_000)
        await pilot.press(key)
        await pilot.pause()
        assert practice(app).player.paused
        assert practice(app).player.held_ms[0] == 5_000
        assert practice(app)._leader.gap == "Paused: the computer slept for 1 h 00 min. Nothing of it was counted."


async def test_the_safety_page_in_practice_starts_nothing_else(desk: Desk) -> None:
    app = desk.app(find(desk.catalogue, "five-minute"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.action_safety()
        await pilot.pause()
        await desk.read_safety(pilot)
        assert len(app.screen_stack) == 2
        assert practice(app).player.paused


async def test_ctrl_q_asks_even_behind_another_page(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("question_mark", "ctrl+q")
        await pilot.pause()
        assert "Stop here?" in text_of(app)


async def test_what_no_disk_takes_still_counts_and_is_told_at_the_end(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = desk.app(of_exercise(desk.catalogue.exercises["supine-butterfly"]))

    def full(descriptor: int, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.write", full)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await desk.end_session(pilot)
            assert isinstance(app.screen, DoneScreen)
            await pilot.press("enter")
            await pilot.pause()
            assert "day in a row" in text_of(app)
            assert "Practised at 07:30" in text_of(app)
        assert app.runner.keep() == "history: No space left on device"
    assert app.runner.keep() is None
    assert len(desk.store.read().of(SessionRecord)) == 1


async def test_q_asks_once_and_keeps_what_was_done(desk: Desk, tmp_path: Path) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 70)
        await desk.work(pilot, 20)
        await pilot.press("q")
        await pilot.pause()
        assert "Stop here?" in text_of(app)
        assert session_lines(tmp_path) == []
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(app.screen, DoneScreen)
        assert "1 min, 1 of 4 begun" in text_of(app)
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert "Half-kneeling hip flexor stretch, right  0:20 of 1:00" in text_of(app)
        assert "Lying butterfly  skipped" in text_of(app)
    (fields,) = session_lines(tmp_path)
    steps = fields["steps"]
    assert isinstance(steps, list)
    assert [(step["held_ms"], step["end"]) for step in steps[:3]] == [
        (60_000, "done"),
        (20_000, "shortened"),
        (0, "skipped"),
    ]


async def test_any_other_key_answers_the_question_with_going_on(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("q", "n")
        await pilot.pause()
        assert "Stop here?" not in text_of(app)
        assert big(app)[0] == "RESUME"
        assert practice(app).player.segment.step == 0


async def test_leaving_before_anything_was_held_leaves_no_trace(desk: Desk, tmp_path: Path) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.turn(pilot, 5)
        await pilot.press("q", "q")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert "No day done yet" in text_of(app)
    assert session_lines(tmp_path) == []
    assert list((tmp_path / "state" / "journal").iterdir()) == []


async def test_ctrl_q_in_practice_asks_too(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert "Stop here?" in text_of(app)


async def test_v_pauses_and_opens_the_surest_video(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("v")
        await pilot.pause()
        assert desk.opened == ["https://www.youtube.com/watch?v=-2vO8QfdLFg"]
        shown = text_of(app)
        assert big(app)[0] == "PAUSED"
        assert "No browser" not in shown


async def test_the_keys_page_pauses_the_practice(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, KeysScreen)
        assert "resume after a count-in of 3 s" in text_of(app)
        assert list(cut_off(app)) == []
        await pilot.press("escape")
        await pilot.pause()
        assert practice(app).player.paused


async def test_nothing_goes_on_behind_the_palette(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        screen = practice(app)
        await pilot.press("ctrl+p")
        await pilot.pause()
        assert screen.player.paused
        await pilot.press("escape")
        await pilot.pause()
        assert big(app)[0] == "PAUSED"


async def test_resizing_in_the_middle_keeps_everything(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        before = (painted(practice(app)._word), painted(practice(app)._number))
        for size in ((200, 50), (60, 20), (20, 5), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert practice(app).player.held_ms[0] == 5_000
        assert list(cut_off(app)) == []
        assert big(app)[0] == "HOLD"
        assert (painted(practice(app)._word), painted(practice(app)._number)) == before
        assert min(before) >= 4


@pytest.mark.parametrize("size", [(20, 8), (30, 10)])
async def test_a_tiny_terminal_still_shows_the_phase_and_the_number(desk: Desk, size: tuple[int, int]) -> None:
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        shown = text_of(app)
        assert "HOLD" in shown
        assert painted(practice(app)._number)


@pytest.mark.parametrize("size", SIZES)
async def test_floor_mode_shows_what_is_large_and_no_footer(desk: Desk, size: tuple[int, int]) -> None:
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("f")
        await pilot.pause()
        screen = practice(app)
        assert big(app) == ("HOLD", "25")
        assert list(cut_off(app)) == []
        assert "".join(char for char in text_of(app) if char.isalnum()) == "set1of2"
        assert screen._side.text == "◀\N{NO-BREAK SPACE}LEFT"
        assert screen._short.text == "KNEELING LUNGE"
        assert all(painted(text) for text in (screen._side, screen._short))
        assert painted(screen._word) + painted(screen._number) >= 0.4 * size[1]
        assert screen.styles.background.hex.lower() == app.get_css_variables()["phase-hold"]
        await pilot.press("space")
        await pilot.pause()
        assert big(app)[0] == "PAUSED"
        await pilot.press("f")
        await pilot.pause()
        assert big(app)[0] == "PAUSED"


async def test_every_key_without_a_use_pauses(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)
        await pilot.press("x")
        await pilot.pause()
        assert practice(app).player.paused
        await pilot.press("x")
        await pilot.pause()
        assert practice(app).player.paused


async def test_a_disk_that_refuses_is_told_and_the_session_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk.safety_read.parent / "journal").mkdir(parents=True)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 5)

        def full(descriptor: int, data: bytes) -> int:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr("os.write", full)
            await desk.end_segment(pilot)
            await desk.end_segment(pilot)
            await desk.end_segment(pilot)
            assert "cannot be saved yet (No space left on device)" in text_of(app)
        await desk.end_session(pilot)
        assert isinstance(app.screen, DoneScreen)
        assert desk.store.read().of(SessionRecord)[0].steps[0].end == "done"


# ---- unfinished sessions ----


async def leave_one_step_done(desk: Desk) -> datetime:
    """Leaves in the second of the seven steps, and says when."""
    app = desk.app()
    async with app.run_test() as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 70)
        await desk.work(pilot, 20)
        await pilot.press("q", "l")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert "1 of 4 begun" in text_of(app)
    return desk.clock.now()


async def test_an_unfinished_session_is_offered_and_resumed_where_it_was_left(desk: Desk, tmp_path: Path) -> None:
    await leave_one_step_done(desk)
    desk.clock.turn(2 * 3_600_000)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Unfinished since" in text_of(app)
        assert "1 of 4 begun" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert (practice(app).player.step.side, practice(app).player.segment.phase) == ("right", "ready")
        assert "Kneel on a cushion" in text_of(app)
        await desk.end_session(pilot)
        assert isinstance(app.screen, DoneScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert "Unfinished" not in text_of(app)
    (fields,) = session_lines(tmp_path)
    steps = fields["steps"]
    assert isinstance(steps, list)
    assert {step["end"] for step in steps} == {"done"}
    assert fields["start"] == "2026-11-23T06:30:00.000Z"


async def test_going_back_and_leaving_skips_nothing_on_resuming(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test() as pilot:
        await pilot.press("enter")
        while practice(app).player.segment.step < 6:
            await desk.end_segment(pilot)
        await pilot.press("p")
        await pilot.pause()
        assert practice(app).player.segment.step == 5
        await pilot.press("q", "l")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert practice(app).player.segment.step == 6


async def test_a_running_side_is_noted_as_it_goes(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test() as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 30 + 10 + 17)
        assert desk.store.read().of(SessionRecord)[0].steps[0].held_ms == 40_000
        await pilot.press("q", "l")
        await pilot.pause()
        assert desk.store.read().of(SessionRecord)[0].steps[0].held_ms == 47_000
        await pilot.press("enter")
        await pilot.pause()
        assert practice(app).player.segment.step == 0
        assert practice(app).player.held_ms[0] == 47_000


async def test_another_window_that_took_the_session_is_noticed(desk: Desk) -> None:
    await leave_one_step_done(desk)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        journal = desk.store.resume(desk.store.interrupted()[0])
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert "Unfinished" not in text_of(app)
        journal.leave()


async def test_after_five_hours_it_is_closed_with_what_was_done(desk: Desk, tmp_path: Path) -> None:
    left_at = await leave_one_step_done(desk)
    desk.clock.turn(round(timedelta(hours=5, minutes=5).total_seconds() * 1000))
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Unfinished" not in text_of(app)
        assert "Practised at 07:30: 1 of 4 begun." in text_of(app)
    (fields,) = session_lines(tmp_path)
    assert fields["end"] == instant(left_at)


async def test_a_routine_that_has_changed_since_is_not_resumed(desk: Desk, tmp_path: Path) -> None:
    await leave_one_step_done(desk)
    routine = desk.catalogue.routines["four-everyday"]
    shorter = routine._replace(steps=routine.steps[:2])
    desk.catalogue = desk.catalogue._replace(routines={**desk.catalogue.routines, routine.id: shorter})
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Unfinished" not in text_of(app)
    assert len(session_lines(tmp_path)) == 1


# ---- Library ----


async def test_the_library_finds_by_name_alias_area_muscle_position_and_equipment(desk: Desk) -> None:
    wanted = {
        "figure": "supine-figure-four",
        "reclined pigeon": "supine-figure-four",
        "ankle band": "banded-ankle-mob",
        "adductors hands and knees": "adductor-rock",
        "kettlebell": "weighted-ankle-hold",
        "piriformis relief": "piriformis-relief",
        "warning": "edu-red-flags",
        "kinstretch class": "VHfaGtkJz2o",
    }
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l")
        await pilot.pause()
        assert isinstance(app.screen, LibraryScreen)
        assert "Stretch  29" in text_of(app)
        for words, found in wanted.items():
            app.screen.query_one(Input).value = words
            await pilot.pause()
            listing = app.screen.query_one("#entries", OptionList)
            assert found in {option.id for option in listing.options}, words
            assert listing.option_count < 30
        app.screen.query_one(Input).value = "no such thing"
        await pilot.pause()
        assert "Nothing matches" in text_of(app)
        await pilot.press("enter", "escape", "escape")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)


async def test_everything_in_the_library_can_be_read_in_full(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(70, 400)) as pilot:
        await pilot.press("l")
        await pilot.pause()
        library = app.screen
        assert isinstance(library, LibraryScreen)
        assert len(library._entries) == 102 + 20 + 6 + 4 + 13
        for exercise in list(desk.catalogue.exercises.values())[::9]:
            library._open(exercise.id)
            await pilot.pause()
            shown = " ".join(text_of(app).split())
            for sentence in (*exercise.setup, *exercise.cues, *exercise.mistakes, *exercise.stop_if):
                assert sentence in shown
            for link in exercise.videos:
                assert desk.catalogue.videos[link.video].url in shown
            await pilot.press("escape")


@pytest.mark.parametrize("size", SIZES)
async def test_library_and_card_fit(desk: Desk, size: tuple[int, int]) -> None:
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("l")
        await pilot.pause()
        assert list(cut_off(app)) == []
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, CardScreen)
        assert list(cut_off(app)) == []
        assert "Do this now" in text_of(app)


async def test_a_card_opens_any_of_its_videos_and_starts_its_exercise(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l")
        await pilot.press(*"weighted")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("v", "1", "2")
        await pilot.pause()
        assert desk.opened == ["https://www.youtube.com/watch?v=IikP_teeLkI"] * 2
        await pilot.press("y")
        await pilot.pause()
        assert app.clipboard == desk.opened[0]
        await pilot.press("enter")
        await pilot.pause()
        assert practice(app).player.step.exercise.id == "weighted-ankle-hold"
        await pilot.press("q", "q")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)


async def test_markup_in_a_catalogue_is_shown_as_it_stands(desk: Desk) -> None:
    hostile = "[@click=app.quit]Quit[/] [/b] [left]"
    exercises = dict(desk.catalogue.exercises)
    first = exercises["half-kneeling-hip-flexor"]
    exercises[first.id] = first._replace(name=hostile, cues=(hostile,), setup=(hostile,), aliases=(hostile,))
    routines = dict(desk.catalogue.routines)
    routines["four-everyday"] = routines["four-everyday"]._replace(name=hostile, honest=hostile, why=hostile)
    desk.catalogue = desk.catalogue._replace(exercises=exercises, routines=routines)
    app = desk.app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert text_of(app).count(hostile) == 4
        await pilot.press("c")
        await pilot.pause()
        assert hostile in text_of(app)
        await pilot.press("escape", "l")
        await pilot.pause()
        assert hostile in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert hostile in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert hostile in text_of(app)
        await desk.work(pilot, 5)
        assert hostile in text_of(app)
        await pilot.press("q", "q")
        await pilot.pause()
        assert hostile in text_of(app)
