"""The objective: its points are those of its formula, and who asks for what."""

import random

import pytest
import simulate

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import sets_of
from hiproutine.catalogue.vocabulary import DOSED_AREAS, Stage
from hiproutine.coach.objective import (
    _MOVE,
    AGO_DAYS,
    WEIGHTS,
    Asked,
    areas_within,
    importance,
    lack,
    problem,
    time_words,
)
from hiproutine.coach.ordering import stage_of
from hiproutine.coach.selection import length_s, pack, worth
from hiproutine.settings.model import Manner, Profile
from tests.coach.test_planner import planned
from tests.coach.test_weekly_volume import known, practised


def test_without_a_focus_it_is_the_front_of_the_hip_which_is_not_called_the_person_s(catalogue: Catalogue) -> None:
    made = planned(catalogue, Profile(5))
    assert any(item.exercise.areas[0] == "front-of-hip" for item in made.session.items)
    assert not any("your focus" in reason for reason in made.reasons)


def test_an_area_that_is_only_moved_is_worth_twice_as_much_a_second_of_moving(catalogue: Catalogue) -> None:
    by_rocking, by_lunging = catalogue.exercises["quadruped-rock-back"], catalogue.exercises["desk-lunge"]
    assert (by_rocking.areas[0], by_lunging.areas[0]) == ("hip-joint", "front-of-hip")
    asked = problem(catalogue.exercises.values(), Asked(10, Profile(10), Manner(), known(catalogue)))
    slopes = {area: {slope for _, slope in asked.curves[_MOVE[area, "left"]]} for area in DOSED_AREAS}
    assert slopes["hip-joint"] == {WEIGHTS.move_alone} == {2 * WEIGHTS.move}
    assert slopes["buttock"] == {WEIGHTS.move}
    alone = problem([by_rocking, by_lunging], Asked(10, Profile(10), Manner(), known(catalogue)))
    important = importance("front-of-hip", Profile(10))
    assert alone.curves[_MOVE["front-of-hip", "left"]] == ((60, WEIGHTS.move_alone * important),)


@pytest.mark.parametrize("area", ["hip-joint", "low-back"])
def test_an_area_that_is_only_moved_is_in_most_sessions_as_a_focus(catalogue: Catalogue, area: str) -> None:
    profile = Profile(10, days_per_week=5, level=2, focus=((area, 2), ("calf", 2), ("trunk", 2)))
    year = simulate.live(catalogue, simulate.Person(profile, climbs=True, free=True), 28, random.Random(1))
    assert year.on_focus[area] >= 0.8


@pytest.mark.parametrize(
    ("minutes", "days", "areas"),
    [(3, 5, 0), (5, 2, 0), (5, 5, 1), (10, 2, 1), (10, 5, 2), (10, 1, 0), (20, 2, 2), (20, 7, 5)],
)
def test_a_time_is_enough_for_so_many_areas(minutes: int, days: int, areas: int) -> None:
    assert areas_within(minutes, days) == areas


def test_what_a_time_can_do_is_a_sentence() -> None:
    assert time_words(Profile()) == ""
    assert time_words(Profile(3)) == (
        "3 min on 5 days a week: less than one area needs for 5 minutes of stretching a week on each side."
    )
    assert time_words(Profile(60, days_per_week=7)).startswith("60 min on 7 days a week: time to stretch 11 areas")


def test_the_ankle_the_calf_and_the_low_back_count_for_less_unless_they_are_asked_for(catalogue: Catalogue) -> None:
    for area in DOSED_AREAS:
        less = area in ("ankle", "calf", "low-back")
        assert importance(area, Profile(focus=(("trunk", 1),))) == (3 if area == "trunk" else 0.3 if less else 1)
        assert importance(area, Profile(focus=((area, 2),))) == 5


def test_the_choice_is_worth_what_its_formula_says(catalogue: Catalogue) -> None:
    profile = Profile(10)
    asked = problem(catalogue.exercises.values(), Asked(10, profile, Manner(), known(catalogue)))
    march = [option for option in asked.options if option.exercise.id == "warm-up-march"]
    # 60 s of mobility; 10 s to the first exercise are 5 more than a place in the row.
    assert worth(asked, march) == 60 * WEIGHTS.mix - 5 * WEIGHTS.change
    assert length_s(asked, march) == 70
    assert worth(asked, pack(asked)) > worth(asked, march)


def test_the_points_of_a_stretch_and_of_strength_are_those_of_the_formula(catalogue: Catalogue) -> None:
    asked = problem(catalogue.exercises.values(), Asked(10, Profile(10), Manner(), known(catalogue)))
    of = {(option.exercise.id, sets_of(option.prescription)): option for option in asked.options}
    once = WEIGHTS.ago * AGO_DAYS + WEIGHTS.level
    stretch = of["half-kneeling-hip-flexor", 2]  # 60 s a side: all of it of the front of the hip, half of the thigh
    both = 2 * 60 * WEIGHTS.to_floor * (1 + 2 * WEIGHTS.focus + 0.5)
    assert worth(asked, [stretch]) == pytest.approx(both + once - 10 * WEIGHTS.change)
    bridge = of["glute-bridge", 2]  # two sets for both buttocks, which is a set for the backs of the thighs
    assert worth(asked, [bridge]) == pytest.approx(2 * (2 + 1) * WEIGHTS.first_sets + once - 15 * WEIGHTS.change)
    again = practised(3, ("glute-bridge", None, 140)), practised(5, ("glute-bridge", None, 140))
    third = problem(catalogue.exercises.values(), Asked(10, Profile(10), Manner(), known(catalogue, *again)))
    option = next(each for each in third.options if each.prescription == bridge.prescription == each.prescription)
    assert worth(third, [option]) == pytest.approx(
        2 * (2 + 1) * WEIGHTS.first_sets * WEIGHTS.third_day + WEIGHTS.ago * 3 + WEIGHTS.level - 15 * WEIGHTS.change
    )


def test_with_very_bendy_joints_no_area_is_the_focus_unasked(catalogue: Catalogue) -> None:
    bendy = Profile(10, conditions=("hypermobile",))
    assert importance("front-of-hip", Profile(10)) == 5
    assert importance("front-of-hip", bendy) == 1
    assert importance("front-of-hip", bendy._replace(focus=(("front-of-hip", 2),))) == 5
    first = planned(catalogue, bendy)
    assert {item.exercise.category for item in first.session.items[1:]} == {"strength"}


def test_of_what_gets_one_warm_or_settles_the_first_is_offered(catalogue: Catalogue) -> None:
    exercises = list(catalogue.exercises.values())
    around = [each for each in exercises if stage_of(each) in (Stage.WARM, Stage.SETTLE)]
    for given in (exercises, exercises[::-1]):
        asked = problem(given, Asked(20, Profile(20), Manner(), known(catalogue)))
        firsts = {stage: next(each for each in given if stage_of(each) is stage) for stage in map(stage_of, around)}
        assert {option.exercise.id for option in asked.options if option.must} == {each.id for each in firsts.values()}


def test_close_variants_are_apart_unless_both_are_of_the_core(catalogue: Catalogue) -> None:
    names = ("dead-bug-heel-tap", "dead-bug")
    core = {name: catalogue.exercises[name].prescription for name in names}
    for given, apart in (({}, True), ({names[0]: core[names[0]]}, True), (core, False)):
        asked = problem(
            catalogue.exercises.values(), Asked(10, Profile(10), Manner(), known(catalogue), core=given)
        ).apart
        assert (names in asked) is apart
        assert ("glute-bridge", "clamshell") not in asked  # they are for other areas


def test_what_the_week_lacks_is_weighted_by_the_person(catalogue: Catalogue) -> None:
    bridge, profile = catalogue.exercises["glute-bridge"], Profile(focus=(("buttock", 1),))
    assert lack(bridge, known(catalogue), profile) == (3, "buttock")
    once = known(catalogue, practised(2, ("glute-bridge", None, 140)))
    assert lack(bridge, once, profile) == (1.5, "buttock")
    assert lack(catalogue.exercises["warm-up-march"], once, profile) == (0, "")
