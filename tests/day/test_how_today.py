"""How it is today: an off day, where it hurts, and what that makes of the plan of the day."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.pain import OFF_DAY, WELCOME, Advice, in_a_sore_area, of_day
from hiproutine.coach.planner import usual
from hiproutine.coach.screening import screen
from hiproutine.coach.session import find
from hiproutine.day.events import Drop, Note, NoteOff, Tell, Undo
from hiproutine.day.runner import Runner
from hiproutine.history.records import Effort, Hurt, Off, Pain, SessionRecord
from hiproutine.practice.pain_prompt import Where
from hiproutine.practice.words import minutes_question
from hiproutine.settings.model import Profile, Settings
from hiproutine.tui.app import HiproutineApp
from hiproutine.tui.screens.practice import PracticeScreen
from hiproutine.tui.screens.today import TodayScreen
from tests.coach.test_pain import level
from tests.coach.test_pain import past as past_of
from tests.coach.test_weekly_volume import TODAY, practised
from tests.conftest import HandClock, Run
from tests.plain.test_plain import Bench, bench
from tests.screens import Desk, cut_off, text_of

__all__ = ["bench"]


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Desk:
    return Desk(tmp_path, catalogue, clock)


@pytest.fixture
def runner(desk: Desk) -> Runner:
    desk.settings = Settings(sound="bell", profile=Profile(minutes=10))
    return Runner(desk.context())


# ---- an off day ----


def test_an_off_day_is_easy_and_pain_can_only_make_it_easier() -> None:
    off = Off("o", TODAY, level(0, 1).at)
    assert of_day(past_of(days=(1,)).adding([off]), TODAY)[:3] == (Advice.EASY_DAY, OFF_DAY, "an off day")
    assert of_day(past_of(level(0, 2)).adding([off]), TODAY).level == 2
    assert of_day(past_of(level(0, 7)).adding([off]), TODAY).advice is Advice.GENTLE
    assert of_day(past_of().adding([off._replace(day=TODAY.replace(day=22))]), TODAY).advice is Advice.GO_ON


def test_an_off_day_is_planned_at_once_and_taken_back(runner: Runner) -> None:
    usual = runner.day.plan
    runner.send(NoteOff())
    assert OFF_DAY in runner.day.plan.notes
    assert runner.day.plan.session != usual.session
    runner.send(NoteOff())
    assert len(runner.day.past.of(Off)) == 1
    runner.send(Undo(0))
    assert runner.day.plan == usual
    assert runner.read().of(Off) == ()


def test_undo_takes_back_the_last_of_a_change_a_score_and_an_off_day(runner: Runner, desk: Desk) -> None:
    runner.send(NoteOff())
    desk.clock.turn(1000)
    runner.send(Note(1))
    runner.send(Drop(0))
    runner.send(Undo(0))
    assert (len(runner.day.past.of(Off)), len(runner.day.past.of(Pain))) == (1, 1)
    runner.send(Undo(0))
    assert (len(runner.day.past.of(Off)), len(runner.day.past.of(Pain))) == (1, 0)
    runner.send(Undo(0))
    assert len(runner.day.past.of(Off)) == 0


def test_undo_takes_back_what_hurt_in_its_turn_and_says_what(runner: Runner, desk: Desk) -> None:
    told: list[object] = []
    runner.front_end = told.append
    runner.send(Note(3))
    desk.clock.turn(1000)
    desk.store.write(Hurt("h", runner.day.date, desk.clock.now(), None, "couch-stretch", "left", 5, "skip", "knee"))
    desk.clock.turn(3_600_000)
    again = Runner(desk.context())
    again.front_end = told.append
    left = []
    for _ in range(3):
        again.send(Undo(0))
        left.append((len(again.read().of(Hurt)), len(again.read().of(Pain))))
    assert left == [(0, 1), (0, 0), (0, 0)]
    assert [each.words for each in told if isinstance(each, Tell)] == [
        "Taken back: hurt 5 of 10 in Couch stretch, left, knee, chose skip.",
        "Taken back: pain 3 of 10 before.",
        "There is nothing to take back.",
    ]


async def test_one_key_on_today(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x")
        await pilot.pause()
        assert OFF_DAY in text_of(app)
        await pilot.press("z")
        await pilot.pause()
        assert OFF_DAY not in text_of(app)


def test_one_key_in_plain_mode(bench: Bench) -> None:
    bench.levels = ["x"]
    bench.play(None, "q", "q")
    assert "x: off day" in bench.asked[0]
    assert OFF_DAY in bench.text
    assert len(bench.store.read().of(Off)) == 1
    assert bench.store.read().of(Pain) == ()


def test_the_command(run: Run) -> None:
    assert run("off").lines == [f"Mon 2026-11-23: {OFF_DAY}"]
    assert run("off").lines == ["Mon 2026-11-23 is already an off day; `hiproutine undo` takes the last record back."]
    assert OFF_DAY in run("today").out
    assert run("undo").code == 0
    assert OFF_DAY not in run("today").out


# ---- where it hurts ----


def footer(app: HiproutineApp) -> str:
    return text_of(app).splitlines()[-1].strip()


def test_what_is_for_the_sore_area_is_eased_that_day_and_the_next(catalogue: Catalogue) -> None:
    exercises = catalogue.exercises
    sore = level(0, 3)._replace(area="front-of-hip", side="left")
    found = in_a_sore_area(past_of(sore), exercises, TODAY)
    assert found["half-kneeling-hip-flexor"] == "pain was 3 of 10 in the front of hip on the left"
    assert set(found) == {name for name, each in exercises.items() if "front-of-hip" in each.areas}
    tomorrow = in_a_sore_area(past_of(sore), exercises, TODAY + timedelta(days=1))
    assert tomorrow["half-kneeling-hip-flexor"].endswith("on the left yesterday")
    assert in_a_sore_area(past_of(sore), exercises, TODAY + timedelta(days=2)) == {}
    assert in_a_sore_area(past_of(sore._replace(score=2)), exercises, TODAY) == {}
    assert in_a_sore_area(past_of(sore._replace(area="of an older version")), exercises, TODAY) == {}
    better = level(0, 1)._replace(id="later", at=sore.at + timedelta(hours=1))
    assert in_a_sore_area(past_of(sore, better), exercises, TODAY) == {}


def test_the_session_of_the_day_has_half_of_it(runner: Runner) -> None:
    name = "half-kneeling-hip-flexor"
    runner.day = runner.day._replace(settings=Settings())
    runner.send(Note(4, where=Where("front-of-hip")))
    (at,) = (n for n, each in enumerate(runner.day.plan.session.items) if each.exercise.id == name)
    assert any("pain was 4 of 10" in why for why in runner.day.plan.reasons[at])


async def test_the_keys_of_places_are_the_prompts_while_a_number_is_typed(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        assert footer(app).startswith("enter Start")
        await pilot.press("4", "o", "l", "r")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert footer(app).startswith("enter Note it")
        await pilot.press("enter")
        await pilot.pause()
        assert ": 4 of 10, outside of hip, right · z undo" in text_of(app)
        await pilot.press("l")
        await pilot.pause()
        assert not isinstance(app.screen, TodayScreen)
    (pain,) = desk.store.read().of(Pain)
    assert (pain.score, pain.area, pain.side) == (4, "outside-of-hip", "right")


def test_a_place_that_was_said_of_an_exercise_eases_its_area_too(catalogue: Catalogue) -> None:
    hurt = Hurt("h", TODAY, level(0, 1).at, None, "couch-stretch", "left", 4, "shorter", "front-of-hip")
    found = in_a_sore_area(past_of().adding([hurt]), catalogue.exercises, TODAY + timedelta(days=1))
    assert found["half-kneeling-hip-flexor"] == "pain was 4 of 10 in the front of hip on the left yesterday"
    assert in_a_sore_area(past_of().adding([hurt._replace(area=None)]), catalogue.exercises, TODAY) == {}
    # Without a place it says nothing of the area that was said before.
    sore = level(0, 3)._replace(area="buttock", at=hurt.at - timedelta(hours=1))
    found = in_a_sore_area(past_of(sore).adding([hurt._replace(area=None)]), catalogue.exercises, TODAY)
    assert found["glute-bridge"] == "pain was 3 of 10 in the buttock"


async def test_in_practice_the_place_has_its_keys_all_the_time_that_it_needs_and_can_be_corrected(desk: Desk) -> None:
    app = desk.app(find(desk.catalogue, "couch-stretch"))
    async with app.run_test(size=(80, 24)) as pilot:
        await desk.work(pilot, 5)
        await pilot.press("h", "4")
        await pilot.pause()
        asked = "Where, if you like: f front, o outside, b buttock, g groin, t back of thigh, w low back, k knee, "
        asked += "l left (working side), r right."
        assert asked in " ".join(text_of(app).split())
        await desk.turn(pilot, 600)
        for key, said in {"b": "4 of 10, buttock, left", "g": "4 of 10, groin", "r": ", right,"}.items():
            await pilot.press(key)
            await pilot.pause()
            assert said in " ".join(text_of(app).split())
        assert "Which side" not in text_of(app)
        assert not list(cut_off(app))
        await pilot.press("s")
        await desk.end_session(pilot)
    (hurt,) = desk.store.read().of(Hurt)
    assert (hurt.score, hurt.side, hurt.area, hurt.chose) == (4, "right", "inner-thigh", "shorter")


def test_in_practice_in_lines_too_and_without_a_side_that_one_as_well(bench: Bench) -> None:
    bench.play("supine-butterfly", "n", None, "h", "4", None, None, "w", "r", "s", "q", "q")
    (hurt,) = bench.store.read().of(Hurt)
    assert (hurt.side, hurt.area) == ("right", "low-back")
    assert any(line.startswith("Where, if you like: f front") and "l left" in line for line in bench.lines)
    assert any(line.startswith("4 of 10, low back and pelvis, right") for line in bench.lines)


def test_plain_mode_takes_a_place_too(bench: Bench) -> None:
    bench.levels = ["4bl"]
    bench.play(None, "q", "q")
    (pain,) = bench.store.read().of(Pain)
    assert (pain.score, pain.area, pain.side) == (4, "buttock", "left")


def test_the_shell_and_the_report_name_the_place(run: Run) -> None:
    told = ["Mon 2026-11-23: pain 4 of 10 before, buttock, left.", "Exercises for the buttock are eased."]
    assert run("pain", "4", "--where", "buttock", "--side", "left").lines == told
    assert re.search(r"\| buttock +\| left +\| 1 +\| 4 +\| 2026-11-23 \|", run("report", "--md").out)


# ---- coming back ----


def test_the_first_session_after_two_weeks_is_eased_and_welcomes(catalogue: Catalogue) -> None:
    assert of_day(past_of(days=(13,)), TODAY).advice is Advice.GO_ON
    assert of_day(past_of(), TODAY).advice is Advice.GO_ON
    known = past_of(days=(14, 20))
    assert of_day(known, TODAY)[:2] == (Advice.HALVE, WELCOME)
    assert of_day(past_of(level(0, 7), days=(14,)), TODAY).advice is Advice.GENTLE
    assert of_day(known.adding([practised(0, ("couch-stretch", None, 30))]), TODAY + timedelta(days=1)).words == ""
    made = usual(screen(catalogue, ()), Profile(), known, TODAY)
    assert made.notes[0] == WELCOME
    assert any("1 set, was 2: the first session after two weeks or more" in why for why in made.reasons)


# ---- too easy and too hard ----


async def test_one_key_in_practice_and_one_at_the_end(desk: Desk) -> None:
    app = desk.app(find(desk.catalogue, "supine-butterfly"))
    async with app.run_test(size=(80, 24)) as pilot:
        await desk.work(pilot, 5)
        await pilot.press("d")
        await pilot.pause()
        assert "Noted: Lying butterfly felt too hard; next time it is a step less." in text_of(app)
        await desk.end_session(pilot)
        await pilot.press("u")
        await pilot.pause()
        assert "Noted: Lying butterfly felt too easy; a step up comes sooner." in text_of(app)
    said = desk.store.read().of(Effort)
    assert sorted(each.felt for each in said) == ["too easy", "too hard"]
    assert len({each.session for each in said}) == 1


def test_the_same_keys_in_plain_mode(bench: Bench) -> None:
    bench.play("supine-butterfly", "n", None, "u")
    assert any(line.startswith("Noted: Lying butterfly felt too easy") for line in bench.lines)
    (said,) = bench.store.read().of(Effort)
    assert (said.exercise, said.felt) == ("supine-butterfly", "too easy")


async def test_what_hurt_is_not_too_easy_in_practice_nor_at_the_end(desk: Desk) -> None:
    app = desk.app(find(desk.catalogue, "supine-butterfly"))
    async with app.run_test(size=(80, 24)) as pilot:
        await desk.work(pilot, 5)
        await pilot.press("h", "2", "enter", "s", "u")
        await pilot.pause()
        refused = "Lying butterfly hurt in this session, so it does not count as too easy."
        assert refused in text_of(app)
        await desk.end_session(pilot)
        await pilot.press("u")
        await pilot.pause()
        assert refused in " ".join(text_of(app).split())
    assert not desk.store.read().of(Effort)


# ---- minutes left ----


async def test_minutes_left_in_practice(desk: Desk) -> None:
    app = desk.app(find(desk.catalogue, "four-everyday"))
    async with app.run_test(size=(80, 24)) as pilot:
        await desk.work(pilot, 5)
        await pilot.press("m", "2")
        await pilot.pause()
        assert "Minutes left: 2" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, PracticeScreen)
        assert app.screen.player.session_remaining_ms <= 2 * 60_000 + app.screen.player.count_in_ms
        assert app.screen.player.dropped
        assert "Omitted: Lying figure-four stretch" in text_of(app)
        await desk.end_session(pilot)
    (record,) = desk.store.read().of(SessionRecord)
    assert any((step.end, step.held_ms) == ("shortened", 0) for step in record.steps)


def test_minutes_left_in_plain_mode(bench: Bench) -> None:
    bench.play("four-everyday", "n", None, "m", "2", "\r")
    at = bench.lines.index(minutes_question("2"))
    assert bench.lines[at + 1 : at + 3] == [
        (
            "Omitted: Lying figure-four stretch; Lying hamstring stretch with strap. "
            "Fewer sets: Half-kneeling hip flexor stretch; Lying butterfly."
        ),
        "Going on in 3 s.",
    ]
    assert "Lying figure-four stretch, left: no time" in bench.lines
    (record,) = bench.store.read().of(SessionRecord)
    assert any((step.end, step.held_ms) == ("shortened", 0) for step in record.steps)
