"""Today's screen: reasons, changes before the session begins, a step more, and pain."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.screening import cautions
from hiproutine.coach.session import find
from hiproutine.day.events import Apply, Choose, Consent
from hiproutine.history.records import Pain, ProgrammeStep, SessionRecord
from hiproutine.practice import recording
from hiproutine.practice.resume import course
from hiproutine.settings.model import Manner, Profile, Settings
from hiproutine.tui.app import HiproutineApp
from hiproutine.tui.dialogs.add_exercise import AddScreen
from hiproutine.tui.dialogs.anyway import AnywayScreen
from hiproutine.tui.dialogs.choose_programme import ProgrammeScreen
from hiproutine.tui.dialogs.keys import KeysScreen
from hiproutine.tui.dialogs.why import WhyScreen
from hiproutine.tui.screens.card import CardScreen
from hiproutine.tui.screens.done import DoneScreen
from hiproutine.tui.screens.practice import PracticeScreen
from hiproutine.tui.screens.today import TodayScreen
from hiproutine.tui.screens.today_parts import SessionHead
from hiproutine.tui.widgets.figure import ExerciseView
from hiproutine.tui.widgets.painted import Painted
from hiproutine.tui.widgets.session_list import ItemRow
from tests.conftest import HandClock
from tests.places import end_of_session, go, work
from tests.screens import SIZES, Desk, cut_off, practice, text_of

COACHED = Settings(profile=Profile(minutes=10, focus=(("front-of-hip", 2),)))
QUESTION = "Pain now?"
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


def part(app: HiproutineApp, name: str) -> str:
    """The text of a part of the page."""
    return app.screen.query_one(f"#{name}", Painted).text


def told(app: HiproutineApp) -> str:
    return list(app._notifications)[-1].message


# ---- reasons ----


@pytest.mark.parametrize("size", [(120, 35), (200, 50)])
async def test_the_card_of_the_marked_exercise_says_why_it_is_there_and_when_to_stop(
    desk: Desk, size: tuple[int, int]
) -> None:
    desk.settings = COACHED
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for item, why in zip(app._today.plan.session.items, app._today.plan.reasons, strict=True):
            card = " ".join(part(app, "card").split())
            # Where not all has room, the whole set-up goes before the reason, which w tells, too.
            whole = all(" ".join(step.split()) in card for step in item.exercise.setup)
            assert f"Why: {'; '.join(why)}" in card or (size == (120, 35) and whole)
            assert all(sign in card for sign in item.exercise.stop_if)
            await pilot.press("down")
            await pilot.pause()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 35), (200, 50)])
async def test_what_to_be_careful_with_and_when_to_stop_is_never_cut(desk: Desk, size: tuple[int, int]) -> None:
    desk.settings = Settings(profile=Profile(conditions=("pht", "knee_kneel")))
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        card = " ".join(part(app, "card").split())
        exercise = app._today.plan.session.items[0].exercise
        assert all(sign in card for sign in exercise.stop_if)
        assert all(f"Careful: {each}" in card for each in cautions(exercise, app.day.screened.codes))


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
        said = str(app.screen.text).splitlines()
        assert "- Warm-up march: to get warm" in said
        assert said[-1].endswith("  not needed today")
        assert any(line.endswith("  above the level of your settings") for line in said)
        await pilot.press("enter")
        await pilot.pause()
        assert list(cut_off(app)) == []
        assert "     is level 3 (hard), above level 1 of your settings: Couch stretch; Floor pigeon" in str(
            app.screen.text
        )
        await pilot.press("enter")
        await pilot.pause()
        assert str(app.screen.text).splitlines() == said
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)


async def test_the_pictures_of_the_rows_go_where_the_window_gets_too_low_for_them(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(200, 50)) as pilot:
        while not (rows := app.screen.query(ItemRow)) or not all(row.query(ExerciseView) for row in rows):
            await pilot.pause()
        pictures = [picture for row in rows for picture in row.query(ExerciseView)]
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert not any(picture.display for picture in pictures)
        assert all(item.exercise.name in text_of(app) for item in app.day.plan.session.items)
        await pilot.resize_terminal(200, 50)
        await pilot.pause()
        assert all(picture.display for picture in pictures)


async def test_a_routine_has_nothing_to_explain(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("w")
        await pilot.pause()
        assert "4 stretches to do everyday is a fixed routine" in text_of(app)


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


async def test_a_note_that_is_cut_off_says_so(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        head = app.screen.query_one(SessionHead)
        head.show(head._words, [("First.", ""), ("The second one needs three rows of these columns, whole.", "")])
        assert [line.plain.rstrip() for line in head.lines(22, 4)][1:] == [
            "First.",
            "The second one needs…",
            "1 more: w",
        ]
        assert "…" not in "".join(line.plain for line in head.lines(22, 5)[1:])


@pytest.mark.parametrize("size", SIZES)
async def test_what_screening_did_is_said_and_fits(desk: Desk, size: tuple[int, int]) -> None:
    desk.settings = Settings(profile=Profile(conditions=("thr_posterior", "thr_anterior", "balance")))
    practised(desk, 1)
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert list(cut_off(app)) == []
        shown = " ".join(text_of(app).split())
        assert "Omitted, because it is removed for you:" in shown
        item = app._today.plan.session.items[0]
        assert item.exercise.name in shown or (item.exercise.short or "") in shown
        assert "Fewer than half" in shown or "more: w" in shown
        await pilot.press("w")
        await pilot.pause()
        assert "Fewer than half of this routine is left; chair-easy-day (c) is the careful choice." in " ".join(
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
        assert "in place of Lying butterfly" in part(app, "card")
        await pilot.press("s")
        await pilot.pause()
        assert names(app)[2] not in (first[2], second[2])
        await pilot.press("z", "z")
        await pilot.pause()
        assert names(app) == first
        assert part(app, "session").split("\n")[0].split("  ")[0] == "4 stretches to do everyday"
        assert "9 min, done by 07:39" in text_of(app)


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
        assert "2 × 40 s each side" in text_of(app)
        assert "10 min, done by 07:39" in text_of(app)
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
        listing = app.screen.query_one(OptionList)
        assert listing.virtual_size.height == listing.option_count  # no name is wrapped
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
        await pilot.press("e")
        await pilot.pause()
        keys = app.screen.query_one("#edit", Painted)
        at = keys.text.index("d drop")
        await pilot.click(keys, offset=(2 + at + len("d "), 0))
        await pilot.pause()
        assert names(app) == first[1:]
        await pilot.press("e")
        await pilot.pause()
        assert not app.screen.query("#edit")


@pytest.mark.parametrize("size", SIZES)
async def test_a_click_on_the_pain_strip_is_a_score(desk: Desk, size: tuple[int, int]) -> None:
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        strip = app.screen.query_one("#pain", Painted)
        scale = strip.text.split("\n")[-1]
        await pilot.click(strip, offset=(2 + scale.index("4"), strip.size.height - 1))
        await pilot.pause()
        assert "4 of 10. Enter notes it" in part(app, "pain")
        await pilot.press("enter")
        await pilot.pause()
        assert [pain.score for pain in desk.store.read().of(Pain)] == [4]
        assert "Pain at 07:30: 4 of 10 · z undo" in part(app, "pain")
        assert list(cut_off(app)) == []


@pytest.mark.parametrize("size", [(60, 20), (100, 20), (140, 24)])
async def test_a_long_session_is_reached_whole_and_the_editing_keys_are_one_key_away(
    desk: Desk, size: tuple[int, int]
) -> None:
    app = desk.app()
    async with app.run_test(size=size) as pilot:
        app._send(Choose(find(desk.catalogue, "twenty-minute"), Consent.EASED))
        await pilot.pause()
        for row in app.screen.query(ItemRow):
            await pilot.pause()
            assert app.screen.focused is row
            assert app.screen.find_widget(row).visible_region.height >= 1
            await pilot.press("down")
        await pilot.press("e")
        await pilot.pause()
        assert "s swap" in text_of(app)
        assert "> more" in text_of(app)
        assert list(cut_off(app)) == []


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
        await pilot.press("enter")
        await pilot.pause()
        assert practice(again)._leader.session.items == plan.items


async def test_a_session_started_by_hand_is_not_todays_and_enter_resumes_it_or_n_starts_todays(desk: Desk) -> None:
    app = desk.app(find(desk.catalogue, "glute-bridge"))
    async with app.run_test(size=(80, 24)) as pilot:
        await desk.work(pilot, 5)
        await pilot.press("q", "l")
        await pilot.pause()
        assert app.day.plan.session.plan == "four-everyday"
        assert "Enter resumes it, n starts a new one." in " ".join(text_of(app).split())
        assert text_of(app).splitlines()[-1].strip().startswith("enter Resume   n Start new")
        await pilot.press("enter")
        await pilot.pause()
        assert practice(app)._leader.session.plan == "glute-bridge"
        await pilot.press("q", "l", "n")
        await pilot.pause()
        assert practice(app)._leader.session.plan == "four-everyday"


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
        keys = {each.key.help: each.displays for each in app.screen._keys}
        for says, shown in (
            ("Swap the marked exercise for the next best; goes round", "s"),
            ("Omit the marked exercise today", "d del"),
            ("Take back a number, a change, or what was noted last: pain, what hurt, an off day", "z"),
            ("Erase the last digit of a pain score", "backspace"),
            ("How much it hurts now, 0 to 10; right after it the letters that it names say where", "0-9"),
        ):
            assert keys[says] == shown
        assert not any("Scroll" in says for says in keys)


# ---- one step more ----


async def test_a_step_more_is_offered_taken_and_taken_back(desk: Desk) -> None:
    practised(desk, *range(1, 20))
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        offered = "Half-kneeling hip flexor stretch: 2 × 40 s instead of 2 × 30 s"
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
        assert part(app, "pain").startswith(
            "3 of 10. Enter notes it, Backspace corrects it. Where, if you like: f front"
        )
        desk.clock.turn(600_000)
        app._today.count()
        assert desk.store.read().of(Pain) == ()  # there is no hurry
        await pilot.press("enter")
        await pilot.pause()
        (pain,) = desk.store.read().of(Pain)
        assert (pain.when, pain.score, pain.session) == ("before", 3, None)
        assert QUESTION not in text_of(app)
        assert "Pain at 07:40: 3 of 10 · z undo" in text_of(app)
        desk.clock.turn(FIVE_MINUTES_MS + 1000)
        app._today.show_texts()
        await pilot.pause()
        assert part(app, "pain").startswith("Pain at 07:40 none")
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
        (("2", "comma"), [2]),
        (("2", "l"), []),  # on the left; it counts after 3 s
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
        assert "Pain at 07:30: 2 of 10" in part(app, "pain")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, PracticeScreen)


async def test_a_presenter_starts_and_closes_the_end(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.press("3", "f5")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)  # it notes the number first, as Enter does
        assert [pain.score for pain in desk.store.read().of(Pain)] == [3]
        await go(desk, pilot, ("f1",))
        helped = text_of(app)
        assert helped.index("With a presenter or a headset") < helped.index("Start the session, or resume")
        await go(desk, pilot, ("f5",))
        practice(app)
        await end_of_session(desk, pilot)
        assert isinstance(app.screen, DoneScreen)
        await pilot.press("f5")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)


async def test_a_presenter_resumes_what_is_unfinished_and_starts_nothing_where_nothing_may_be_started(
    desk: Desk,
) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await go(desk, pilot, ("f5", work, "n", work, "n", work, "q", "l", "f5"))
        assert practice(app).player.at > 0
    desk.settings = Settings(profile=Profile(conditions=("surgery_recent",)))
    app = desk.app()
    async with app.run_test(size=(80, 50)) as pilot:
        await go(desk, pilot, ("f5",))
        assert isinstance(app.screen, TodayScreen)
        await pilot.press("f1")
        await pilot.pause()
        assert "With a presenter" not in text_of(app)


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
        assert "Pain this morning?" in text_of(app)
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
        shown = " ".join(part(app, "session").split())
        assert "Pain is 10 of 10: gentle moves lying or sitting only. o has the warning signs." in shown
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
        await pilot.press("C")
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
        said = "Pain is 7 of 10: gentle moves lying or sitting only. o has the warning signs."
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
        await pilot.press("enter")
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
        assert "\nHalf " in part(app, "session")
        assert {item.dose for item in app._today.plan.session.items} == {"30s, each side", "30s"}


async def test_after_practising_it_is_asked_on_the_end_page_and_may_be_skipped(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "enter", "enter")
        await desk.end_session(pilot)
        assert isinstance(app.screen, DoneScreen)
        assert "Pain now?" in text_of(app)
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
        await pilot.pause()
        assert len([pain for pain in desk.store.read().of(Pain) if pain.when == "after"]) == 1


async def test_the_level_after_practising_is_built_counted_and_taken_back_like_the_one_before(desk: Desk) -> None:
    def after() -> list[int]:
        return [pain.score for pain in desk.store.read().of(Pain) if pain.when == "after"]

    app = desk.app(find(desk.catalogue, "supine-butterfly"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await desk.end_session(pilot)
        await pilot.press("1", "0")
        await pilot.pause()
        assert "10 of 10. Enter notes it" in text_of(app)
        assert after() == []
        desk.clock.turn(600_000)
        assert isinstance(app.screen, DoneScreen)
        app.screen.count()
        assert after() == []
        await pilot.press("enter")
        await pilot.pause()
        assert after() == [10]
        assert "z Undo" in text_of(app).splitlines()[-1]
        await pilot.press("z")
        await pilot.pause()
        assert after() == []
        assert "z Undo" not in text_of(app).splitlines()[-1]
        assert part(app, "pain").startswith("Pain now?")
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
        assert "Practised at 07:30: 4 of 4 done. Enter starts it again." in said
        assert QUESTION not in said
        await pilot.press("s")
        await pilot.pause()
        assert "Enter starts this one." in " ".join(text_of(app).split())


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


# ---- programmes ----


async def test_p_begins_a_programme_and_ends_it(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("p")
        await pilot.pause()
        assert isinstance(app.screen, ProgrammeScreen)
        assert "The coach plans each session from" in text_of(app)
        assert "This ends" not in text_of(app)
        await pilot.press("down")
        await pilot.pause()
        assert "Phase 1, 2 weeks, Learn the tuck" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "\nHips that sit all day: week 1 of 6, phase 1" in part(app, "session")
        assert told(app) == "Hips that sit all day begins today: 6 weeks, 5 days a week."
        desk.clock.turn(1000)  # two changes of one millisecond have no order
        await pilot.press("p")
        await pilot.pause()
        assert "phase 1" in text_of(app)
        await pilot.press("up")
        await pilot.pause()
        assert "The coach plans" in text_of(app)
        assert "This ends the" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "Hips that sit all day" not in text_of(app)
    assert [step.event for step in desk.store.read().of(ProgrammeStep)] == ["start", "stop"]


async def test_the_whole_text_of_every_programme_can_be_read_in_a_small_window(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p")
        for programme in desk.catalogue.programmes.values():
            await pilot.press("down")
            await pilot.pause()
            screen = app.screen
            assert isinstance(screen, ProgrammeScreen)
            about = "\n".join(screen._about(programme.id))
            assert not re.search(r"\(E\d", about)
            last = about.split()[-1]
            for _ in range(9):
                await pilot.press("pagedown")
                await pilot.pause()
            assert last in text_of(app)
            marked = screen.query_one(OptionList).highlighted_option
            assert marked
            assert marked.id == programme.id
            for _ in range(9):
                await pilot.press("pageup")


async def test_a_programme_that_is_not_for_the_person_says_why_and_does_not_begin(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("p", "end")
        await pilot.pause()
        assert "Side split is level 2 (middle), and your level is 1 (easy)." in text_of(app)
        (row,) = (line for line in text_of(app).splitlines() if "Side split  " in line)
        assert "min  not for you now" in row
        await pilot.press("enter")
        await pilot.pause()
        assert told(app) == "Side split is level 2 (middle), and your level is 1 (easy)."
    assert desk.store.read().of(ProgrammeStep) == ()


async def test_settings_that_change_in_a_row_leave_one_figure_that_follows_them(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(120, 35)) as pilot:
        await pilot.pause()
        for skin in ("dark", "pale"):
            app._send(Apply(app.day.settings._replace(skin=skin), "skin", skin))
            app._today.show(app.day)
        await pilot.pause()
        (view,) = app._today.query("#figure").results(ExerciseView)
        assert view.settings.skin == "pale"
        assert view._tones == ("pale", "neutral")
        app._send(Apply(app.day.settings._replace(figure=False), "figure", "no"))
        await pilot.pause(0.2)
        assert not view.display
