"""Today's screen: reasons, changes before the session begins, a step more, and pain."""

from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.session import find
from hiproutine.history.records import Pain, SessionRecord
from hiproutine.practice import recording
from hiproutine.practice.resume import course
from hiproutine.settings.model import Manner, Profile, Settings
from hiproutine.tui.app import HiproutineApp
from hiproutine.tui.dialogs.add_exercise import AddScreen
from hiproutine.tui.dialogs.anyway import AnywayScreen
from hiproutine.tui.dialogs.keys import KeysScreen
from hiproutine.tui.dialogs.why import WhyScreen
from hiproutine.tui.screens.card import CardScreen
from hiproutine.tui.screens.done import DoneScreen
from hiproutine.tui.screens.practice import PracticeScreen
from hiproutine.tui.screens.today import TodayScreen
from hiproutine.tui.widgets.session_list import ItemRow
from tests.conftest import HandClock
from tests.screens import SIZES, Desk, cut_off, practice, text_of

COACHED = Settings(profile=Profile(minutes=10, focus=(("front-of-hip", 2),)))
QUESTION = "How much does it hurt right now? 0 to 10."
FIVE_MINUTES_MS = 5 * 60_000


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Desk:
    return Desk(tmp_path, catalogue, clock)


def practised(desk: Desk, *days_ago: int, plan: str | None = None) -> None:
    for ago in days_ago:
        day = desk.clock.now().date() - timedelta(days=ago)
        done = course(find(desk.catalogue, plan), Manner())
        desk.store.write(recording.logged(done, desk.clock, "1", day))


def hurt_before(desk: Desk, ago: int, score: int) -> None:
    at = desk.clock.now() - timedelta(days=ago)
    desk.store.write(Pain(f"pain-{ago}", at.date(), at, "before", score, None))


def names(app: HiproutineApp) -> list[str]:
    return [item.exercise.name for item in app._today.plan.session.items]


def line(app: HiproutineApp, name: str) -> str:
    return "".join(str(static.content) for static in app.screen.query(f"#{name}").results(Static) if static.display)


def told(app: HiproutineApp) -> str:
    return list(app._notifications)[-1].message


# ---- reasons ----


async def test_reasons_stand_in_wide_rows_and_else_below_for_the_marked_one(desk: Desk) -> None:
    desk.settings = COACHED
    app = desk.app()
    async with app.run_test(size=(200, 50)) as pilot:
        await pilot.pause()
        reasons = ["; ".join(why) for why in app._today.plan.reasons]
        shown = text_of(app)
        assert all(shown.count(why) >= reasons.count(why) for why in reasons)
        assert line(app, "why") == ""
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        for number, why in enumerate(reasons):
            assert line(app, "why") == f"Why: {why}"
            assert text_of(app).count(why) == 1, number
            await pilot.press("down")
            await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_why_shows_what_was_left_out_and_why(desk: Desk, size: tuple[int, int]) -> None:
    desk.settings = COACHED
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("w")
        await pilot.pause()
        assert isinstance(app.screen, WhyScreen)
        assert list(cut_off(app)) == []
        assert "Why this session" in text_of(app)
        said = str(app.screen._text)
        assert "- Warm-up march: to get warm" in said
        assert "- is of level 3 (hard): Couch stretch, Floor pigeon" in said
        await pilot.press("w")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)


async def test_a_routine_has_nothing_to_explain(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("w")
        await pilot.pause()
        assert "4 stretches to do everyday is a routine" in text_of(app)


async def test_a_card_that_a_note_names_is_one_key_away(desk: Desk) -> None:
    desk.settings = COACHED
    practised(desk, 1, 2, plan="half-kneeling-hip-flexor")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "strength and mobility belong beside it. o says why." in " ".join(text_of(app).split())
        assert "`" not in text_of(app)
        await pilot.press("o")
        await pilot.pause()
        assert isinstance(app.screen, CardScreen)
        assert desk.catalogue.cards["edu-stretch-or-strengthen"].name in text_of(app)


async def test_without_such_a_note_the_key_does_nothing(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("o", "u")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        await pilot.press("question_mark")
        await pilot.pause()
        assert "The card that a note names" not in text_of(app)


@pytest.mark.parametrize("size", SIZES)
async def test_what_screening_did_is_said_and_fits(desk: Desk, size: tuple[int, int]) -> None:
    desk.settings = Settings(profile=Profile(conditions=("thr_posterior", "thr_anterior", "preg")))
    practised(desk, 1)
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert list(cut_off(app)) == []
        shown = " ".join(text_of(app).split())
        assert "Left out, because it is hidden:" in shown
        assert names(app)[0] in shown
        assert "Fewer than half" in shown or "more: w" in shown
        await pilot.press("w")
        await pilot.pause()
        assert "Fewer than half of this routine is left; o is something to read instead." in " ".join(
            text_of(app).split()
        )


# ---- changes before it begins ----


async def test_swap_goes_on_and_the_total_and_the_end_follow(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        first = names(app)
        await pilot.press("down", "down", "s")
        await pilot.pause()
        second = names(app)
        assert second[2] != first[2]
        assert [second[n] for n in (0, 1, 3)] == [first[n] for n in (0, 1, 3)]
        shown = text_of(app)
        assert second[2] in shown
        assert shown.count(first[2]) == 1
        assert "Why: in place of Lying butterfly" in shown
        assert "9:08 min, ends 07:39" not in shown
        await pilot.press("s")
        await pilot.pause()
        assert names(app)[2] not in (first[2], second[2])
        await pilot.press("z", "z")
        await pilot.pause()
        assert names(app) == first
        assert "4 stretches to do everyday   9:08 min, ends 07:39" in text_of(app)


async def test_quick_keys_are_all_taken(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        first = names(app)
        await pilot.press("down", "d", "d", "J", "K", "z", "z", "z", "z")
        await pilot.pause()
        assert names(app) == first
        await pilot.press("d", "delete", "d", "d", "d")
        await pilot.pause()
        assert len(names(app)) == 1
        assert told(app) == "A session has at least one exercise."
        assert len(list(app.screen.query(ItemRow))) == 1
        assert app.screen.focused is app.screen.query_one(ItemRow)


async def test_moving_takes_the_mark_along(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        first = names(app)
        await pilot.press("J", "shift+down")
        await pilot.pause()
        assert names(app) == [*first[1:3], first[0], first[3]]
        await pilot.press("d")
        await pilot.pause()
        assert names(app) == [*first[1:3], first[3]]
        await pilot.press("K", "shift+up", "K")
        await pilot.pause()
        assert names(app) == [first[3], *first[1:3]]
        assert told(app) == "It cannot go further up."


async def test_the_dose_goes_by_steps(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(">")
        await pilot.pause()
        assert "2x40s, each side" in text_of(app)
        assert "9:48 min, ends 07:39" in text_of(app)
        await pilot.press("<", "<", "<")
        await pilot.pause()
        assert told(app) == "There is no step less today; s swaps it."
        assert app._today.plan.session.items[0].dose == "30s, each side"


@pytest.mark.parametrize("size", SIZES)
async def test_an_exercise_is_found_and_added(desk: Desk, size: tuple[int, int]) -> None:
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("a")
        await pilot.pause()
        assert isinstance(app.screen, AddScreen)
        assert list(cut_off(app)) == []
        assert "supine-butterfly" not in app.screen._items  # it is in already
        await pilot.press(*"bridge", "down", "up")
        await pilot.pause()
        assert app.screen.query_one(Input).value == "bridge"
        await pilot.press("enter")
        await pilot.pause()
        assert names(app)[0] == "Glute bridge"
        assert len(names(app)) == 5
        assert list(cut_off(app)) == []
        await pilot.press("a", *"no such thing", "enter")
        await pilot.pause()
        assert isinstance(app.screen, AddScreen)
        assert "Nothing that can be added today matches." in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert len(names(app)) == 5


async def test_the_mouse_changes_too(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        first = names(app)
        hint = app.screen.query_one("#hint", Static)
        at = str(hint.content).replace("\u00a0", " ").index("d drops")
        await pilot.click(hint, offset=(at, 0))
        await pilot.pause()
        assert names(app) == first[1:]


async def test_a_changed_session_is_led_and_resumed_after_it_was_killed(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s", ">", "down", "d", "enter")
        await pilot.pause()
        plan = app._today.plan.session
        assert practice(app)._leader.session == plan
        await desk.work(pilot, 200)
        assert plan.plan.startswith(f"{plan.items[0].exercise.id} ")
        practice(app)._leader._journal.leave()  # as when the process is killed: nothing else is written
    again = desk.app()
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Unfinished since" in text_of(again)
        await pilot.press("r")
        await pilot.pause()
        assert practice(again)._leader.session.items == plan.items


async def test_coming_back_from_a_page_keeps_what_was_changed(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "s")
        await pilot.pause()
        changed = names(app)
        await pilot.press("enter", "q", "q")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert names(app) == changed


@pytest.mark.parametrize("size", SIZES)
async def test_the_keys_page_names_them(desk: Desk, size: tuple[int, int]) -> None:
    desk.settings = COACHED
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, KeysScreen)
        keys = {says: shown for shown, says in app.screen._rows}
        for says, shown in (
            ("Swap the marked exercise for the next best; goes round", "s"),
            ("Leave the marked exercise out today", "d del"),
            ("Take back the last change", "z"),
            ("Erase the last digit of a pain score", "⌫"),
            ("How much it hurts before practising", "0-9"),
        ):
            assert keys[says] == shown
        assert not any("Scroll" in says for says in keys)


# ---- one step more ----


async def test_a_step_more_is_offered_taken_and_taken_back(desk: Desk) -> None:
    practised(desk, *range(1, 20))
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        offered = "Half-kneeling hip flexor stretch: 2x40s instead of 2x30s"
        assert f"Ready for more? {offered}. u takes it." in " ".join(text_of(app).split())
        await pilot.press("u")
        await pilot.pause()
        assert app._today.plan.session.items[0].dose == "2x40s, each side"
        assert f"{offered}: taken for today. u takes it back." in " ".join(text_of(app).split())
        await pilot.press("u")
        await pilot.pause()
        assert app._today.plan.session.plan == "four-everyday"
        await pilot.press("u", "z")
        await pilot.pause()
        assert app._today.plan.session.plan == "four-everyday"
    newest = desk.store.newest()
    assert newest
    assert newest.records == (max(desk.store.read().of(SessionRecord), key=lambda each: each.id),)  # nothing was stored


# ---- pain ----


async def test_pain_is_asked_once_and_answered_with_a_number(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert QUESTION in text_of(app)
        await pilot.press("3")
        await pilot.pause()
        assert line(app, "pain") == "3 of 10. Enter notes it (or wait 3 s), Backspace corrects it."
        assert desk.store.read().of(Pain) == ()
        desk.clock.turn(3_000)
        app._today.count()
        await pilot.pause()
        (pain,) = desk.store.read().of(Pain)
        assert (pain.when, pain.score, pain.session) == ("before", 3, None)
        assert QUESTION not in text_of(app)
        assert "Noted: 3 of 10." in text_of(app)
        desk.clock.turn(FIVE_MINUTES_MS + 1000)
        app._today.show_texts()
        await pilot.pause()
        assert line(app, "pain") == ""
    again = desk.app()
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert QUESTION not in text_of(again)


@pytest.mark.parametrize(
    ("keys", "scores"),
    [
        (("1", "0", "enter"), [10]),
        (("1", "0", "backspace", "enter"), [1]),
        (("1", "0", "z"), []),
        (("1", "0", "down"), [10]),
        (("7", "5", "s"), [5]),
        (("2", "l"), [2]),
        (("3", "ctrl+p"), [3]),
        (("2", "q"), [2]),
        (("2", "ctrl+q"), [2]),
        (("2",), []),
    ],
)
async def test_a_number_counts_with_enter_or_with_the_next_choice(
    desk: Desk, keys: tuple[str, ...], scores: list[int]
) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        assert [pain.score for pain in desk.store.read().of(Pain)] == scores


async def test_the_first_enter_confirms_and_the_next_one_starts(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "enter")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert "Noted: 2 of 10." in line(app, "pain")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, PracticeScreen)


async def test_the_right_key_within_minutes_takes_the_wrong_one_back(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("9", "enter")
        await pilot.pause()
        assert isinstance(app.screen, CardScreen)
        await pilot.press("escape", "1", "enter")
        await pilot.pause()
        assert [pain.score for pain in desk.store.read().of(Pain)] == [1]
        assert app._today.plan.session.plan == "four-everyday"
        await pilot.press("z")
        await pilot.pause()
        assert desk.store.read().of(Pain) == ()
        assert QUESTION in text_of(app)
        await pilot.press("2", "enter")
        desk.clock.turn(FIVE_MINUTES_MS + 1000)
        await pilot.press("3", "enter")
        await pilot.pause()
        assert [pain.score for pain in desk.store.read().of(Pain)] == [2, 3]


async def test_the_morning_after_practising_has_its_own_question(desk: Desk) -> None:
    practised(desk, 1)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "This morning, how much does it hurt? 0 to 10." in text_of(app)
        desk.clock.turn(5 * 3_600_000)
        app._today.show_texts()
        await pilot.pause()
        assert QUESTION in text_of(app)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("settings", [Settings(), COACHED])
async def test_much_pain_leaves_the_gentle_choice_and_the_warning_signs(
    desk: Desk, size: tuple[int, int], settings: Settings
) -> None:
    desk.settings = settings
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("1", "0", "enter")
        await pilot.pause()
        assert isinstance(app.screen, CardScreen)
        assert "Warning signs" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert list(cut_off(app)) == []
        shown = " ".join(text_of(app).split())
        assert "Pain is 10 of 10: gentle moves lying down only. o has the warning signs." in shown
        assert {item.exercise.category for item in app._today.plan.session.items} <= {"mobility", "release"}
        await pilot.press("o")
        await pilot.pause()
        assert "Warning signs" in text_of(app)
        await pilot.press("escape", "a")
        await pilot.pause()
        assert isinstance(app.screen, AddScreen)
        gentle = {each.exercise.category for name, each in app.screen._items.items() if name not in app.screen._sore}
        assert gentle <= {"mobility", "release"}


async def test_much_pain_and_no_session_are_so_for_the_palette_and_the_self_checks_too(desk: Desk) -> None:
    hurt_before(desk, 0, 7)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        titles = {each.title for each in app.get_system_commands(app.screen)}
        assert "Start" in titles
        assert titles.isdisjoint({"Only today", "Self-checks"})
    desk.settings = Settings(profile=Profile(conditions=("surgery_recent",)))
    app = desk.app()
    async with app.run_test(size=(80, 24)):
        assert "Start" not in {each.title for each in app.get_system_commands(app.screen)}


async def test_much_pain_asks_before_the_library_and_the_shell_start_anything_else(desk: Desk) -> None:
    hurt_before(desk, 0, 7)
    app = desk.app(find(desk.catalogue, "couch-stretch"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        said = "Pain is 7 of 10: gentle moves lying down only. o has the warning signs."
        assert isinstance(app.screen, AnywayScreen)
        assert said in " ".join(text_of(app).split())
        await pilot.press("enter", "escape", "l", *"couch", "enter")
        await pilot.pause()
        assert isinstance(app.screen, CardScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, AnywayScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert practice(app)._leader.session == app.day.draft.made.session


async def test_clearly_worse_than_usual_is_much_pain_too(desk: Desk) -> None:
    hurt_before(desk, 5, 1)
    hurt_before(desk, 3, 1)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("4", "enter")
        await pilot.pause()
        assert "Warning signs" in text_of(app)


async def test_what_was_left_or_chosen_does_not_go_on_by_itself_on_a_day_of_much_pain(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("c", "end", "enter", "enter")
        await desk.work(pilot, 5)
        await pilot.press("q", "l")
        await pilot.pause()
        assert "Unfinished since" in text_of(app)
        await pilot.press("8", "enter", "escape")
        await pilot.pause()
        assert "Unfinished since" in text_of(app)
        assert names(app) == ["Lying pelvic tilt", "Lying knee circles", "Constructive rest"]
        await pilot.press("r")
        await pilot.pause()
        assert isinstance(app.screen, AnywayScreen)


async def test_an_answer_that_changes_nothing_keeps_the_changes(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "s", "1", "enter")
        await pilot.pause()
        assert names(app)[1] != "Lying figure-four stretch"
        assert app._today._items.marked == 1


async def test_a_worse_morning_halves_the_sets_and_says_so(desk: Desk) -> None:
    practised(desk, 1)
    hurt_before(desk, 5, 0)
    hurt_before(desk, 3, 0)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "enter")
        await pilot.pause()
        assert line(app, "notes").startswith("Half ")
        assert {item.dose for item in app._today.plan.session.items} == {"30s, each side", "30s"}


async def test_after_practising_it_is_asked_on_the_end_page_and_may_be_skipped(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "enter", "enter")
        await desk.end_session(pilot)
        assert isinstance(app.screen, DoneScreen)
        assert "How much does it hurt now? 0 to 10; Enter skips." in text_of(app)
        await pilot.press("4", "enter", "3", "enter")
        await pilot.pause()
        assert "3 of 10. 2 above what it was before: " in text_of(app)
        past = desk.store.read()
        (session,) = past.of(SessionRecord)
        after = [(pain.score, pain.session) for pain in past.of(Pain) if pain.when == "after"]
        assert after == [(3, session.id)]
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        await pilot.press("enter")
        await desk.end_session(pilot)
        await pilot.press("enter")
        assert len([pain for pain in desk.store.read().of(Pain) if pain.when == "after"]) == 1


async def test_the_level_after_practising_is_built_counted_and_taken_back_like_the_one_before(desk: Desk) -> None:
    def after() -> list[int]:
        return [pain.score for pain in desk.store.read().of(Pain) if pain.when == "after"]

    app = desk.app(find(desk.catalogue, "supine-butterfly"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await desk.end_session(pilot)
        await pilot.press("1", "0")
        assert "10 of 10. Enter notes it" in text_of(app)
        assert after() == []
        desk.clock.turn(3_000)
        assert isinstance(app.screen, DoneScreen)
        app.screen.count()
        assert after() == [10]
        await pilot.press("z")
        await pilot.pause()
        assert after() == []
        assert "How much does it hurt now?" in text_of(app)
        await pilot.press("2", "q")
        await pilot.pause()
        assert isinstance(app.screen, DoneScreen)  # so that it is seen what follows
        assert after() == [2]
        await pilot.press("z", "z", "q")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
    assert after() == []


@pytest.mark.parametrize("size", SIZES)
async def test_much_pain_after_practising_has_the_warning_signs(desk: Desk, size: tuple[int, int]) -> None:
    app = desk.app(find(desk.catalogue, "supine-butterfly"))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await desk.end_session(pilot)
        await pilot.press("7", "enter")
        await pilot.pause()
        assert list(cut_off(app)) == []
        said = " ".join(text_of(app).split())
        follows = "leave it at that for today; tomorrow half the sets. o has the warning signs."
        assert f"7 of 10. That is too much: {follows}" in said
        await pilot.press("o")
        await pilot.pause()
        assert "Warning signs" in text_of(app)


async def test_a_level_that_no_disk_takes_counts_all_the_same(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "history")

    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        with monkeypatch.context() as patch:
            patch.setattr("hiproutine.history.jsonl.append", full)
            await pilot.press("8", "enter", "escape")
            await pilot.pause()
            assert len(app._today.plan.session.items) == 3
        await pilot.press("g", "escape")
        await pilot.pause()
    assert app.runner.keep() is None
    assert [pain.score for pain in desk.store.read().of(Pain)] == [8]


# ---- practised already ----


@pytest.mark.parametrize("size", SIZES)
async def test_a_day_that_was_practised_says_what_enter_does(desk: Desk, size: tuple[int, int]) -> None:
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter")
        await desk.end_session(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert list(cut_off(app)) == []
        said = " ".join(text_of(app).split())
        assert "Practised at 07:30: 7 of 7 done. Enter would practise it once more." in said
        assert QUESTION not in said
        await pilot.press("s")
        await pilot.pause()
        assert "Enter would start this one as well." in " ".join(text_of(app).split())


async def test_a_new_day_is_planned_anew(desk: Desk) -> None:
    desk.settings = COACHED
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.end_session(pilot)
        await pilot.press("enter")
        await pilot.pause()
        before = names(app)
        desk.clock.start += timedelta(days=1)
        await pilot.press("g", "escape", "1", "enter")
        await pilot.pause()
        assert names(app) != before
        assert "Practised at" not in text_of(app)


# ---- a day that ends while Today is open ----


async def test_after_a_night_today_has_the_session_of_the_new_day(desk: Desk) -> None:
    desk.settings = COACHED
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        practised(desk, 0, plan="strength-base")
        app._refresh_today()
        await pilot.pause()
        before = app._today.plan
        desk.clock.turn(24 * 3_600_000)
        app._today.look_at_the_clock()
        await pilot.pause()
        wanted = desk.app().day.draft.made
        assert app._today.plan == wanted != before


async def test_enter_after_a_night_shows_the_new_session_before_it_starts(desk: Desk) -> None:
    desk.settings = COACHED
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        practised(desk, 0, plan="strength-base")
        desk.clock.turn(24 * 3_600_000)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert told(app) == "A new day: this is its session. Enter starts it."
        await pilot.press("enter")
        await pilot.pause()
        assert practice(app)._leader.session == desk.app().day.plan.session
