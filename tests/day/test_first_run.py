"""The first run: which page follows which, what an answer makes of the profile, and what is told of the session."""

from datetime import date
from pathlib import Path

import pytest

from hiproutine.catalogue.conditions import STOPS
from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.vocabulary import ALWAYS_AT_HAND, EQUIPMENT
from hiproutine.coach.profile import FLOOR, obstacle
from hiproutine.coach.questions import CLEARANCES, QUESTIONS, TICK_PAGES, TickPage
from hiproutine.coach.screening import EASY_DAY
from hiproutine.day import first_run
from hiproutine.day.events import Follow, SetUp
from hiproutine.day.first_run import AT_HAND, NOT_SURE, SCREENING, WHOLE, FirstRun, Kind
from hiproutine.day.runner import Runner
from hiproutine.day.today import Day
from hiproutine.settings.model import Profile
from tests.conftest import HandClock
from tests.screens import Desk

TODAY = date(2026, 11, 23)


def through(run: FirstRun, **ticks: str) -> FirstRun:
    """Goes to the last page; of each page that has a row in `ticks` it is ticked, or marked as not sure by `u`."""
    while not run.last:
        page = run.page
        if page.kind is Kind.QUESTION:
            run = first_run.answer(run, ticks.get(page.id, "n"))
            continue
        for row in page.rows:
            if row.id in ticks:
                run = first_run.mark(run, row.id, ticks[row.id])
        run = first_run.forward(run)
    return run


def ids(run: FirstRun) -> list[str]:
    """The pages from where it is to the last, each answered as it is marked."""
    found = [run.at]
    while not run.last:
        run = first_run.answer(run, "u") if run.page.kind is Kind.QUESTION else first_run.forward(run)
        found.append(run.at)
    return found


# ---- the table of the questions ----


def test_every_question_is_a_line_of_one_page_those_that_stop_on_the_first() -> None:
    lines = [code for page in TICK_PAGES for tick in page.ticks for code in tick.questions]
    assert sorted(lines) == sorted(QUESTIONS)
    assert len(TICK_PAGES) <= 4
    for page in TICK_PAGES:
        assert {code for tick in page.ticks for code in tick.questions} & STOPS == (STOPS if page.stops else set())
        assert page.stops is (page is TICK_PAGES[0])


def test_every_page_that_is_declared_is_come_to() -> None:
    declared = {*first_run._OWN_PAGES, *(page.id for page in TICK_PAGES)}
    assert declared - {first_run._STOPPED} == {*WHOLE, *SCREENING}


def test_what_a_line_cannot_decide_follows_it() -> None:
    follow_ups = {tick.id: [each.id for each in tick.follow_ups] for page in TICK_PAGES for tick in page.ticks}
    assert {code: found for code, found in follow_ups.items() if found} == {
        **{code: [clearance.id] for code, clearance in CLEARANCES.items()},
        "preg": ["preg"],
        "thr": ["thr_posterior", "thr_anterior", "thr_lateral"],
    }


def test_everything_that_the_settings_call_equipment_is_in_one_row() -> None:
    words = [word for row in AT_HAND for word in row.gives]
    assert sorted(words) == sorted(EQUIPMENT.keys() - ALWAYS_AT_HAND)


# ---- from page to page ----


def test_the_pages_come_in_order_and_back_again() -> None:
    run = first_run.begin(Profile())
    assert ids(run) == list(WHOLE)
    assert (run.page.number, run.page.of) == (2, 8)
    last = through(run)
    assert (last.page.number, last.page.of, last.page.kind) == (8, 8, Kind.SESSION)
    while not last.first:
        last = first_run.back(last)
    assert last.at == "minutes"


def test_nothing_is_ticked_at_first_but_what_most_homes_have() -> None:
    run = first_run.begin(Profile())
    assert {page: marks for page, marks in run.marks.items() if marks} == {
        "minutes": {"10": "y"},
        "at hand": dict.fromkeys(first_run.HOUSEHOLD, "y"),
    }


def test_a_page_that_is_skipped_changes_nothing() -> None:
    before = Profile(minutes=20, conditions=("fai",), screened="2026-10-01", focus=(("buttock", 3),))
    run = first_run.begin(before)
    while not run.last:
        run = first_run.skip(run)
    assert first_run.result(run, TODAY) == before
    assert ids(first_run.begin(before, SCREENING))[-1] == "meaning"


def test_of_the_minutes_one_is_chosen_and_no_matter_is_a_choice() -> None:
    run = first_run.mark(first_run.begin(Profile()), "20")
    assert run.here == {"20": "y"}
    assert first_run.result(first_run.forward(run), TODAY).minutes == 20
    run = first_run.mark(first_run.begin(Profile(minutes=12)), first_run.NO_MATTER)
    assert [row.id for row in run.page.rows] == ["5", "10", "12", "15", "20", first_run.NO_MATTER]
    assert first_run.result(first_run.forward(run), TODAY).minutes is None


def test_what_is_at_hand_and_stiff_becomes_the_profile() -> None:
    run = through(first_run.begin(Profile()), cushion="y", weight="y", sitting="y", **{"inner-thigh": "y"})
    profile = first_run.result(run, TODAY)
    assert profile.equipment == ("mat", "chair", "bed", "couch", "table", "support", "strap", "towel", "weight")
    # Inner thigh was named; the other two are because of sitting.
    assert profile.focus == (("front-of-hip", 1), ("buttock", 1), ("inner-thigh", 2))


def test_what_no_row_is_for_and_what_was_finer_stays() -> None:
    before = Profile(equipment=("towel", "mat"), focus=(("trunk", 3), ("buttock", 1), ("low-back", 2)))
    run = through(first_run.begin(before), **{"low-back": "y"})
    profile = first_run.result(run, TODAY)
    assert profile.equipment == ("mat", "towel")
    assert profile.focus == (("buttock", 1), ("trunk", 3))


def test_without_the_floor_all_that_needs_it_is_avoided_until_it_is_ticked_again() -> None:
    run = through(first_run.begin(Profile(avoid_positions=("standing", "prone"))), floor="y")
    assert set(first_run.result(run, TODAY).avoid_positions) == {"standing", *FLOOR}
    assert first_run.result(first_run.back(run), TODAY) == first_run.result(run, TODAY)
    again = first_run.begin(first_run.result(run, TODAY))
    assert "floor" not in again.marks["at hand"]
    assert first_run.result(through(again), TODAY).avoid_positions == first_run.result(run, TODAY).avoid_positions
    assert first_run.result(through(again, floor="y"), TODAY).avoid_positions == ("standing",)


def test_with_the_floor_the_positions_that_are_avoided_stay() -> None:
    before = Profile(avoid_positions=("half-kneeling", "standing"))
    assert first_run.result(through(first_run.begin(before)), TODAY).avoid_positions == before.avoid_positions


# ---- conditions ----


def test_none_of_these_on_every_page_is_an_answer_to_every_question_of_this_day() -> None:
    run = through(first_run.begin(Profile()))
    assert first_run.answers(run) == dict.fromkeys(QUESTIONS, "n")
    assert first_run.result(run, TODAY).screened == "2026-11-23"
    assert first_run.result(run, TODAY).conditions == ()


def test_a_tick_and_not_sure_are_yes_and_a_second_press_takes_the_mark_away() -> None:
    run = through(first_run.begin(Profile()), fai="y", balance=NOT_SURE)
    assert first_run.result(run, TODAY).conditions == ("fai", "balance")
    run = first_run.begin(Profile(), SCREENING)
    run = first_run.mark(first_run.mark(run, "under_18"), "under_18", NOT_SURE)
    assert run.here == {"under_18": "u"}
    assert first_run.mark(run, "under_18", NOT_SURE).here == {}


@pytest.mark.parametrize(
    ("key", "code"), [("1", "preg_1"), ("2", "preg_2"), ("3", "preg_3"), ("y", "preg"), ("u", "preg")]
)
def test_a_pregnancy_asks_for_its_third(key: str, code: str) -> None:
    run = first_run.begin(Profile(), SCREENING)
    while run.at != "preg":
        run = first_run.forward(first_run.mark(run, "preg") if "preg" in {row.id for row in run.page.rows} else run)
    assert run.page.number == 2
    assert first_run.result(run, TODAY).conditions == ("preg",)
    assert first_run.result(first_run.answer(run, key), TODAY).conditions == (code,)


def test_a_hip_replacement_asks_which_moves_are_forbidden_and_until_then_all_are() -> None:
    run = first_run.begin(Profile(), SCREENING)
    run = first_run.forward(first_run.mark(first_run.forward(run), "thr"))
    assert run.at == "thr_posterior"
    assert first_run.result(run, TODAY).conditions == ("thr", "thr_posterior", "thr_anterior", "thr_lateral")
    run = first_run.answer(first_run.answer(run, "n"), "y")
    assert first_run.result(first_run.answer(run, "n"), TODAY).conditions == ("thr", "thr_anterior")
    assert first_run.result(first_run.skip(run), TODAY).conditions == ("thr", "thr_anterior", "thr_lateral")


def test_a_hip_replacement_with_which_nothing_is_forbidden_is_one_still() -> None:
    run = first_run.forward(first_run.begin(Profile(), SCREENING))
    run = first_run.forward(first_run.mark(run, "thr"))
    for _ in range(3):
        run = first_run.answer(run, "n")
    profile = first_run.result(run, TODAY)
    assert profile.conditions == ("thr",)
    again = first_run.begin(profile, SCREENING)
    assert again.marks[TICK_PAGES[1].id] == {"thr": "y"}
    assert {again.keys[code] for code in ("thr_posterior", "thr_anterior", "thr_lateral")} == {"n"}


@pytest.mark.parametrize("page", TICK_PAGES[1:], ids=lambda page: page.id)
def test_a_tick_stays_a_condition_whatever_the_questions_after_it_leave_open(page: TickPage) -> None:
    """Only the question whether one is pregnant takes its own tick back."""
    for tick in page.ticks:
        run = first_run.begin(Profile(), (page.id,))
        run = first_run.forward(first_run.mark(run, tick.id))
        while not run.over and run.page.kind is Kind.QUESTION:
            run = first_run.answer(run, "n")
        assert bool(first_run.result(run, TODAY).conditions) is (tick.id != "preg"), tick.text


@pytest.mark.parametrize("code", sorted(STOPS))
def test_a_stop_is_the_last_page_unless_a_doctor_allowed_exercise(code: str) -> None:
    run = first_run.begin(Profile())
    while run.page.kind is not Kind.STOPS:
        run = first_run.forward(run)
    run = first_run.forward(first_run.mark(run, code, NOT_SURE))
    if code in CLEARANCES:
        assert run.at == CLEARANCES[code].id
        assert first_run.answer(run, "y").at == TICK_PAGES[1].id
        run = first_run.answer(run, "u")
    assert run.page.kind is Kind.STOPPED
    assert run.last
    assert first_run.stops(run) == (code,)
    ((ticked, words),) = first_run.stopped_words(run)
    assert ticked == next(tick.text for tick in TICK_PAGES[0].ticks if tick.id == code)
    assert words.endswith(".")
    again = first_run.forward(first_run.mark(first_run.to_stops(run), code, NOT_SURE))
    assert first_run.result(again, TODAY).conditions == ()
    assert again.at == TICK_PAGES[1].id


def test_a_stop_that_holds_already_is_met_even_if_the_page_is_skipped() -> None:
    run = first_run.skip(first_run.begin(Profile(conditions=("under_18",)), SCREENING))
    assert run.page.kind is Kind.STOPPED


def test_a_tick_on_a_condition_is_confirmed_or_taken_away_but_not_skipped() -> None:
    run = first_run.begin(Profile(), SCREENING)
    assert {"none", "skip"} <= first_run.actions(run)
    ticked = first_run.mark(run, "under_18")
    assert first_run.actions(ticked) == {"tick", "unsure", "remind", "remind_ticked", "confirm"}
    stopped = first_run.forward(ticked)
    assert "skip" not in first_run.actions(first_run.back(stopped))
    run = first_run.forward(run)
    assert first_run.actions(first_run.mark(run, "pgp")) == {"tick", "unsure", "next", "remind_ticked", "back"}


def test_gone_through_again_it_begins_with_what_holds_and_keeps_it() -> None:
    held = ("thr", "thr_anterior", "preg_2", "knee_kneel", "heart_cleared")
    before = Profile(minutes=15, conditions=held, screened="2026-11-01", equipment=("mat",), focus=(("buttock", 2),))
    run = first_run.begin(before)
    while not run.last:
        run = first_run.skip(run) if run.page.kind is Kind.QUESTION else first_run.forward(run)
    assert first_run.result(run, TODAY) == before._replace(screened="2026-11-23")


# ---- the session ----


@pytest.fixture
def runner(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Runner:
    return Runner(Desk(tmp_path, catalogue, clock).context())


def set_up(runner: Runner, **ticks: str) -> tuple[FirstRun, Day]:
    run = through(first_run.begin(Profile()), **ticks)
    runner.send(SetUp(first_run.result(run, runner.day.date)))
    return run, runner.day


@pytest.mark.parametrize("minutes", ["5", "15", "20", first_run.NO_MATTER])
def test_without_the_floor_nothing_is_planned_on_it(runner: Runner, minutes: str) -> None:
    _, day = set_up(runner, floor="y", hip_oa="y", **{minutes: "y", "outside-of-hip": "y"})
    positions = {item.exercise.position for item in day.plan.session.items}
    assert positions
    assert positions.isdisjoint(FLOOR)


def test_the_session_is_for_the_places_that_were_marked(runner: Runner) -> None:
    run, day = set_up(runner, sitting="y")
    built = first_run.built(run, day)
    today, _, later = built.why.partition(", because you sit all day.")
    assert today.startswith("Today: ")
    worked = {item.exercise.areas[0] for item in day.plan.session.items}
    for area, words in (("front-of-hip", "front of hip"), ("buttock", "buttock")):
        assert (words in today, words in later) == (area in worked, area not in worked)
    assert worked & {"front-of-hip", "buttock"}
    assert built.changes == ()


def test_a_place_that_was_ticked_is_the_reason_before_sitting(runner: Runner) -> None:
    run, day = set_up(runner, sitting="y", **{"front-of-hip": "y"})
    assert "front-of-hip" in {item.exercise.areas[0] for item in day.plan.session.items}
    why = first_run.built(run, day).why
    assert why.startswith("Today: front of hip, where it is stiff.")
    assert "front of hip" not in why.partition(".")[2]


def test_a_place_that_is_not_in_it_is_told(runner: Runner) -> None:
    run, day = set_up(runner, sitting="y", knee_kneel="y")
    built = first_run.built(run, day)
    worked = {item.exercise.areas[0] for item in day.plan.session.items}
    assert ("front-of-hip" in worked) is ("Other days: front of hip" not in built.why)
    headings = [heading for heading, _ in built.changes]
    assert headings == ["Removed for you (3)", "Done only if you name it (15)", "To be careful with"]
    assert built.changes[0][1].startswith("Couch stretch; ")
    few, _, all_of_them = built.changes[1][1].partition(". ")
    assert few.count("; ") == 2
    assert all_of_them == "All of them: `hiproutine today --why`."


def test_a_place_for_which_nothing_is_left_is_told(runner: Runner) -> None:
    run, day = set_up(runner, buttock="y", groin_strain="y", **{"inner-thigh": "y"})
    assert first_run.built(run, day).why == "Today: buttock, where it is stiff."
    assert "Nothing for inner thigh can be done today: your conditions rule it out." in day.plan.notes
    left = {name for name, each in day.catalogue.exercises.items() if "inner-thigh" in each.areas}
    assert not {
        name
        for name in left - day.screened.unplanned.keys()
        if not obstacle(day.catalogue.exercises[name], day.profile)
    }


def test_a_programme_is_proposed_where_one_fits_and_none_runs(runner: Runner) -> None:
    _, day = set_up(runner, sitting="y")
    proposed = first_run.proposed(day)
    assert proposed
    assert first_run.programme_words(proposed) == ("Hips that sit all day: 6 weeks, 5 days a week, about 12 min.")
    runner.send(Follow(proposed.id))
    assert first_run.proposed(runner.day) is None


@pytest.mark.parametrize(
    ("ticks", "fits"),
    [
        ({"sitting": "y", "hip_oa": "y"}, "gentle"),
        ({"hip_oa": "y", "knee_kneel": "y"}, "gentle"),
        ({"sitting": "y", "hip_oa": NOT_SURE, "floor": "y"}, "gentle-chair"),
        ({"hip_oa": "y", "heart_chest": "y", "heart_chest_cleared": "y"}, None),
        ({"sitting": "y", "dysplasia": "y"}, "desk-hips"),
    ],
)
def test_a_programme_made_for_a_condition_comes_first_on_a_chair_without_the_floor(
    runner: Runner, ticks: dict[str, str], fits: str | None
) -> None:
    proposed = first_run.proposed(set_up(runner, **ticks)[1])
    assert (proposed.id if proposed else None) == fits


@pytest.mark.parametrize(
    "ticks",
    [{}, {"sitting": "y", "disc_acute": "y"}, {"sitting": "y", "5": "y"}, {"hip_oa": "y", "5": "y"}],
)
def test_none_is_proposed_without_a_place_before_advice_or_that_takes_longer(
    runner: Runner, ticks: dict[str, str]
) -> None:
    assert first_run.proposed(set_up(runner, **ticks)[1]) is None


def test_without_minutes_it_is_a_routine(runner: Runner) -> None:
    run, day = set_up(runner, sitting="y", **{first_run.NO_MATTER: "y"})
    assert day.plan.session.plan != EASY_DAY
    assert first_run.built(run, day).why.startswith("A routine for every day.")


def test_a_place_that_was_named_has_its_stretch_on_the_first_day_beside_sitting(runner: Runner) -> None:
    run, day = set_up(runner, sitting="y", **{"front-of-hip": "y"})
    assert day.settings.profile.focus == (("front-of-hip", 2), ("buttock", 1))
    assert "front-of-hip" in {item.exercise.areas[0] for item in day.plan.session.items}
    assert "Today: front of hip" in first_run.built(run, day).why
