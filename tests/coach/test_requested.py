"""What was named by hand on a day of pain: one rule for the shell, plain lines and the screen, and the own decision."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiproutine import paths
from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import Prescription, length
from hiproutine.coach.planner import Plan, todays
from hiproutine.coach.profile import FLOOR, obstacle
from hiproutine.coach.requested import named, sentences
from hiproutine.coach.screening import find, screen
from hiproutine.coach.session import Session, of_exercise
from hiproutine.day.events import Practise
from hiproutine.history.past import Past
from hiproutine.history.records import Hurt, Pain, Record
from hiproutine.history.store import Store
from hiproutine.settings.model import Manner, Profile
from hiproutine.tui.dialogs.add_exercise import AddScreen
from hiproutine.tui.dialogs.anyway import AnywayScreen
from hiproutine.tui.dialogs.rehearsal import RehearsalScreen
from hiproutine.tui.screens.practice import PracticeScreen
from hiproutine.tui.screens.today import TodayScreen
from tests.coach.test_pain import after, hurt, level, past
from tests.coach.test_planner import somebody
from tests.coach.test_weekly_volume import TODAY, practised
from tests.conftest import HandClock, Run
from tests.plain.test_plain import Bench
from tests.screens import Desk, practice, text_of

STRETCH = "couch-stretch"
RED, AMBER = (hurt(2, STRETCH, 8),), (hurt(2, STRETCH, 3),)
YESTERDAY = practised(1, ("supine-butterfly", None, 30))
SITUATIONS: dict[str, tuple[Record, ...]] = {
    "well": (YESTERDAY,),
    "red": (YESTERDAY, *RED),
    "amber": (YESTERDAY, *AMBER),
    "risen": (YESTERDAY, level(1, 1), after(1, 3)._replace(session=YESTERDAY.id)),
    "much": (YESTERDAY, level(0, 7)),
}
RESTS = "Couch stretch: hurt 8 of 10 on the left on Saturday, and rests for a week."
GENTLE = "Pain is 7 of 10: gentle moves lying or sitting only. `hiproutine show edu-red-flags` has the warning signs."
HALF = "Half the sets: pain was 2 above what it was before practising on Sunday."
DAY = "is not for a day like this."

HALVED, HURT = f"{STRETCH} 30s", "hurt 3 of 10 on the left on Saturday."

# What is left of each, with its doses, and what is said; None is the whole of it.
TABLE: dict[tuple[str, str], tuple[str | None, tuple[str, ...]]] = {
    ("well", STRETCH): (None, ()),
    ("well", "desk-chair"): (None, ()),
    ("red", STRETCH): ("", (RESTS,)),
    ("red", HALVED): ("", (RESTS,)),
    ("red", f"{STRETCH}+glute-bridge"): ("glute-bridge 2x10 @2-2-3", (RESTS,)),
    ("red", "glute-bridge"): (None, ()),
    ("amber", STRETCH): (HALVED, (f"Couch stretch: 1 set, was 2: {HURT}",)),
    ("amber", HALVED): (None, (f"Couch stretch: 1 set, was 2: {HURT}",)),
    ("amber", f"{STRETCH} 3x30s"): (HALVED, (f"Couch stretch: 1 set, was 3: {HURT}",)),
    ("risen", STRETCH): (HALVED, (HALF, "Couch stretch: 1 set, was 2: pain rose by 2 on Sunday.")),
    ("risen", "constructive-rest"): (None, (HALF,)),
    ("much", STRETCH): ("", (GENTLE, f"Couch stretch: {DAY}")),
    ("much", "constructive-rest"): (None, (GENTLE,)),
    ("much", f"{STRETCH}+constructive-rest"): ("constructive-rest 2min", (GENTLE, f"Couch stretch: {DAY}")),
}
cases = pytest.mark.parametrize(("situation", "name"), TABLE, ids=str)


def known(situation: str) -> Past:
    records = SITUATIONS[situation]
    pains = tuple(each for each in records if isinstance(each, Pain))
    return Past((YESTERDAY, *pains, *tuple(each for each in records if isinstance(each, Hurt))))


def ruled(catalogue: Catalogue, situation: str, name: str, *, anyway: bool = False) -> tuple[Session, Plan]:
    screened = screen(catalogue, ())
    session = find(screened, name)
    return session, named(screened, session, Profile(), known(situation), TODAY, anyway=anyway)


def remember(store: Store, situation: str) -> None:
    store.write(*SITUATIONS[situation])


# ---- the rule ----


@cases
def test_the_table(catalogue: Catalogue, situation: str, name: str) -> None:
    left, said = TABLE[situation, name]
    session, plan = ruled(catalogue, situation, name)
    assert plan.session.plan == (session.plan if left is None else left)
    assert (plan.session == session) is (left is None)
    assert sentences(plan) == said
    assert {each.exercise.id for each in plan.omitted} == {item.exercise.id for item in session.items} - {
        item.exercise.id for item in plan.session.items
    }


@cases
def test_anyway_restores_the_whole_and_says_what_speaks_against_it(
    catalogue: Catalogue, situation: str, name: str
) -> None:
    session, plan = ruled(catalogue, situation, name, anyway=True)
    assert plan.session == session
    assert plan.omitted == ()
    less = ruled(catalogue, situation, name)[1]
    kept = {item.exercise.id for item, why in zip(less.session.items, less.reasons, strict=True) if not why}
    against = {item.exercise.id for item, why in zip(session.items, plan.reasons, strict=True) if why}
    assert against == {item.exercise.id for item in session.items} - kept
    assert all(why[0].startswith("anyway, though ") for why in plan.reasons if why)


@settings(max_examples=40)
@given(
    profile=somebody,
    scores=st.lists(st.integers(0, 10), max_size=3),
    red=st.integers(1, 10),
    anyway=st.booleans(),
    number=st.integers(0, 99),
)
def test_nothing_hidden_comes_in_and_nothing_is_more_than_it_was(
    catalogue: Catalogue, profile: Profile, scores: list[int], red: int, *, anyway: bool, number: int
) -> None:
    screened = screen(catalogue, profile.conditions)
    routines = list(catalogue.routines)
    routine = routines[number % len(routines)]
    hurts = tuple(hurt(2, step.exercise, red) for step in catalogue.routines[routine].steps[::2])
    before = Past((YESTERDAY, *tuple(level(ago, score) for ago, score in enumerate(scores)), *hurts))
    whole = find(screen(catalogue, ()), routine)
    plan = named(screened, whole, Profile(), before, TODAY, anyway=anyway)
    given: dict[str, int] = {}  # a routine may have an exercise twice
    for item in whole.items:
        given[item.exercise.id] = max(work_s(item.prescription), given.get(item.exercise.id, 0))
    for item in plan.session.items:
        assert item.exercise.id in screened.catalogue.exercises
        assert work_s(item.prescription) <= given[item.exercise.id]
    if anyway:
        allowed = screened.catalogue.exercises
        assert [item.prescription for item in plan.session.items] == [
            item.prescription for item in whole.items if item.exercise.id in allowed
        ]


def work_s(prescription: Prescription) -> int:
    return length(prescription).work_s


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("profile", [Profile(), Profile(12), Profile(25, level=2)])
def test_the_coach_s_own_plan_stays_as_it_is(catalogue: Catalogue, situation: str, profile: Profile) -> None:
    screened = screen(catalogue, ())
    plan = todays(screened, profile, Manner(), known(situation), TODAY)
    again = named(screened, find(screened, plan.session.plan), profile, known(situation), TODAY)
    assert again.session.items == plan.session.items


@given(profile=somebody, number=st.integers(0, 99))
def test_in_a_routine_the_equipment_and_the_positions_of_the_profile_hold(
    catalogue: Catalogue, profile: Profile, number: int
) -> None:
    screened = screen(catalogue, profile.conditions)
    routines = list(screened.catalogue.routines)
    if screened.stop:
        return
    whole = find(screened, routines[number % len(routines)])
    able = profile._replace(level=3)
    asked, anyway = (named(screened, whole, profile, past(), TODAY, anyway=each) for each in (False, True))
    assert asked.session == anyway.session
    assert len({item.exercise.id for item in asked.session.items}) <= len(whole.items)
    assert not any(obstacle(item.exercise, able) for item in asked.session.items)
    for item, why in zip(asked.session.items, asked.reasons, strict=True):
        assert bool(why) == (item not in whole.items)
        assert not why or (why[0].startswith("in place of ") and item.exercise.level <= max(profile.level, 1))
    count = sum(map(bool, asked.reasons))
    said = f"Replaced to fit your profile: {count} of {len(whole.items)} exercise"
    assert any(note.startswith(said) for note in asked.notes) == (count > 0)
    for each in asked.omitted:
        assert f"{each.exercise.name} is omitted: it {each.why}." in asked.notes
    assert len(asked.session.items) + len(asked.omitted) == len(whole.items)


def test_an_exercise_that_is_named_itself_is_done_as_it_is(catalogue: Catalogue) -> None:
    screened = screen(catalogue, ())
    for name in (STRETCH, f"{STRETCH}+glute-bridge", "glute-bridge 1x10 @2-2-3"):
        session = find(screened, name)
        plan = named(screened, session, Profile(equipment=(), avoid_positions=FLOOR), past(), TODAY)
        assert plan.session == session


def test_what_the_screening_hides_stays_hidden_anyway(catalogue: Catalogue) -> None:
    whole = of_exercise(catalogue.exercises[STRETCH])
    conditions = next(code for code in catalogue.exercises[STRETCH].avoid)
    plan = named(screen(catalogue, (conditions,)), whole, Profile(), past(), TODAY, anyway=True)
    assert plan.session.items == ()
    assert plan.notes[0] == "Couch stretch: is hidden by your screening."


# ---- the same in the shell, in plain lines and on the screen ----


@cases
def test_the_shell(run: Run, catalogue: Catalogue, situation: str, name: str) -> None:
    remember(Store(paths.find().data / "history", paths.find().state), situation)
    session, plan = ruled(catalogue, situation, name)
    for words in (("today", name, "--json"), ("rehearse", name, "--json")):
        said = run(*words)
        if plan.session.items:
            assert said.code == 0
        else:
            why = " ".join(plan.notes)
            assert (said.code, said.out) == (1, "")
            assert said.err == f"hiproutine: nothing of it is for today. {why} If you decide otherwise: --anyway\n"
        whole = run(*words, "--anyway")
        assert whole.code == 0
    if plan.session.items:
        fields = run("today", name, "--json").json
        assert fields["plan"] == plan.session.plan
        assert tuple(fields["notes"]) == plan.notes
        assert [tuple(item.get("why", ())) for item in fields["items"]] == list(plan.reasons)
        assert [left["why"] for left in fields["omitted"]] == [left.why for left in plan.omitted]
        told = " ".join(run("today", name, "--why").lines)
        assert all(left.why in told for left in plan.omitted)
        assert all("; ".join(why) in told for why in plan.reasons)
    assert run("today", name, "--json", "--anyway").json["plan"] == session.plan


def test_rehearse_says_the_reasons_beside_its_cues(run: Run) -> None:
    remember(Store(paths.find().data / "history", paths.find().state), "amber")
    eased = run("rehearse", STRETCH)
    assert "hiproutine: Couch stretch: 1 set, was 2: hurt 3 of 10" in eased.err
    assert len(run("rehearse", STRETCH, "--anyway").out) > len(eased.out)


@pytest.mark.parametrize("words", [("today",), ("start",)])
def test_anyway_is_for_what_is_named(run: Run, words: tuple[str, ...]) -> None:
    said = run(*words, "--anyway")
    assert said.code == 2
    assert "--anyway is for what you name: give an ID as well" in said.err


@pytest.fixture
def bench(tmp_path: Path, catalogue: Catalogue, clock: HandClock, store: Store) -> Bench:
    return Bench(tmp_path, catalogue, clock, store)


@cases
def test_plain_lines(bench: Bench, situation: str, name: str) -> None:
    remember(bench.store, situation)
    session, plan = ruled(bench.catalogue, situation, name)
    if plan.session == session:
        assert begun(bench, name) == session.plan
        return
    assert begun(bench, name, "x", "q") is None
    assert begun(bench, name, "a") == session.plan
    assert begun(bench, name, *(["\r"] if plan.session.items else ["\r", "q"])) == (plan.session.plan or None)
    said = sentences(plan)
    assert tuple(bench.lines[: len(said)]) == said


def begun(bench: Bench, name: str, *answer: str) -> str | None:
    """The plan of the session that begins after an answer; None if none does."""
    bench.lines.clear()
    bench.play(name, *answer, "n", None, "q", "l")
    left = bench.store.interrupted()
    if not left:
        return None
    left[0].path.unlink()
    return left[0].opening.plan


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Desk:
    return Desk(tmp_path, catalogue, clock)


@pytest.mark.parametrize("situation", ["red", "amber", "risen", "much"])
async def test_the_screen(desk: Desk, situation: str) -> None:
    remember(desk.store, situation)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for name in [name for each, name in TABLE if each == situation][::2]:
            session, plan = ruled(desk.catalogue, situation, name)
            app._send(Practise(session))
            await pilot.pause()
            if plan.session == session:
                assert practice(app)._leader.session == session
                await pilot.press("q", "q")
                await pilot.pause()
                continue
            assert isinstance(app.screen, AnywayScreen)
            shown = " ".join(text_of(app).split())
            assert all(why in shown for why in sentences(plan)[1:])
            await pilot.press("escape")
            await pilot.pause()
            assert isinstance(app.screen, TodayScreen)
            for key, chosen in (("enter", plan.session), ("a", session)):
                app._send(Practise(session))
                await pilot.pause()
                await pilot.press(key)
                await pilot.pause()
                if not chosen.items:
                    assert isinstance(app.screen, AnywayScreen)
                    await pilot.press("escape")
                    continue
                assert practice(app)._leader.session == chosen
                await pilot.press("q", "q")
                await pilot.pause()


@pytest.mark.parametrize(("anyway", "sets"), [(False, None), (True, 2)])
async def test_a_session_from_the_shell_asks_on_the_screen_unless_it_is_decided(
    desk: Desk, *, anyway: bool, sets: int | None
) -> None:
    remember(desk.store, "red")
    app = desk.app(find(screen(desk.catalogue, ()), STRETCH), anyway=anyway)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        if not anyway:
            assert isinstance(app.screen, AnywayScreen)
            assert STRETCH not in app.day.draft.made.session.plan
            return
        assert [item.prescription for item in practice(app)._leader.session.items] == [
            desk.catalogue.exercises[STRETCH].prescription
        ]


async def test_the_card_the_preview_and_the_list_of_what_may_be_added_say_the_reason(desk: Desk) -> None:
    remember(desk.store, "red")
    desk.store.write(hurt(2, "glute-bridge", 8, None)._replace(id="bridge"))
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("l", *"couch", "enter", "p")
        await pilot.pause()
        assert isinstance(app.screen, RehearsalScreen)
        assert RESTS in " ".join(text_of(app).split())
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, AnywayScreen)
        await pilot.press("escape", "a", *"glute bridge")
        await pilot.pause()
        assert isinstance(app.screen, AddScreen)
        assert "hurt 8 of 10 on Saturday, and rests for a week" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, AnywayScreen)
        assert "Glute bridge: hurt 8 of 10 on Saturday, and rests for a week." in " ".join(text_of(app).split())
        await pilot.press("a")
        await pilot.pause()
        draft = app.day.draft
        assert [entry.why for entry in draft.entries if entry.item.exercise.id == "glute-bridge"] == [
            ("your choice", "anyway, though it hurt 8 of 10 on Saturday, and rests for a week")
        ]


async def test_a_routine_that_is_chosen_is_eased_on_today_or_taken_in_full(desk: Desk) -> None:
    remember(desk.store, "risen")
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for key, eased_too in (("enter", True), ("a", False)):
            await pilot.press("c", "home", "enter")
            await pilot.pause()
            assert isinstance(app.screen, AnywayScreen)
            await pilot.press(key)
            await pilot.pause()
            routine = next(iter(desk.catalogue.routines))
            session, plan = ruled(desk.catalogue, "risen", routine)
            assert app._today.plan.session == (plan.session if eased_too else session)
            assert any(app._today.plan.reasons)


async def test_what_was_interrupted_is_resumed_in_spite_of_pain_only_if_the_person_says_so(desk: Desk) -> None:
    app = desk.app(find(screen(desk.catalogue, ()), "four-everyday"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await desk.work(pilot, 31)
        await pilot.press("q", "l")
        await pilot.pause()
        await pilot.press("8", "enter", "escape", "enter")
        await pilot.pause()
        assert isinstance(app.screen, AnywayScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, AnywayScreen)
        await pilot.press("a")
        await pilot.pause()
        assert isinstance(app.screen, PracticeScreen)
        assert app.screen._leader.session.plan == "four-everyday"


async def test_what_was_added_and_then_hurt_does_not_start_again_without_a_word(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("a", *"knee circles", "enter")
        await pilot.pause()
        entries = app.day.draft.entries
        (added,) = [item.exercise for item, why in entries if why == ("your choice",)]
        desk.store.write(hurt(0, added.id, 8, None))
        app._refresh_today()
        await pilot.pause()
        assert added.id not in app._today.plan.session.plan
        assert app._today.plan == app.day.draft.made
        assert f"because of {added.name}" in list(app._notifications)[-1].message
