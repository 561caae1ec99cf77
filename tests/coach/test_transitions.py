"""Changes of position: what each takes, and the order with the fewest of them against every order there is."""

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiproutine.catalogue.model import Catalogue, Exercise
from hiproutine.catalogue.vocabulary import POSITIONS
from hiproutine.coach.durations import changing_sides_s
from hiproutine.coach.transitions import INTO, change_s, fewest_changes, ready_s, switch_s
from hiproutine.settings.model import Manner

# The positions by the height of the hips, written out apart from the program.
UP = ["standing", "seated-chair"]
KNEELING = ["half-kneeling", "quadruped"]
DOWN = ["seated-floor", "supine", "prone", "side-lying"]

positions = st.sampled_from(UP + KNEELING + DOWN)


def test_every_position_has_its_change_and_its_words() -> None:
    assert {*UP, *KNEELING, *DOWN} == set(POSITIONS) == set(INTO)


def test_the_table_of_changes() -> None:
    for one in POSITIONS:
        for other in POSITIONS:
            groups = [next(group for group in (UP, KNEELING, DOWN) if each in group) for each in (one, other)]
            if one == other:
                expected = 5
            elif UP not in groups or groups == [UP, UP]:
                expected = 8
            else:
                expected = 15 if KNEELING in groups else 20
            assert change_s(one, other) == expected, (one, other)


def placed(catalogue: Catalogue, position: str, setup_s: int = 0) -> Exercise:
    return catalogue.exercises["glute-bridge"]._replace(position=position, setup_s=setup_s)


@pytest.mark.parametrize(
    ("position", "setup_s", "seconds"),
    [
        ("standing", 0, 10),
        ("seated-chair", 0, 10),
        ("seated-chair", 5, 15),
        ("half-kneeling", 10, 25),
        ("supine", 0, 20),
        ("side-lying", 10, 30),
    ],
)
def test_from_the_keyboard_one_comes_standing_and_has_ten_seconds_at_least(
    catalogue: Catalogue, position: str, setup_s: int, seconds: int
) -> None:
    assert ready_s(None, placed(catalogue, position, setup_s)) == seconds


def test_between_exercises_only_the_set_up_of_the_next_one_counts(catalogue: Catalogue) -> None:
    assert ready_s(placed(catalogue, "supine", 30), placed(catalogue, "prone", 5)) == 8 + 5
    assert ready_s(placed(catalogue, "supine", 30), placed(catalogue, "supine")) == 5


@pytest.mark.parametrize(
    ("side_is", "seconds"),
    [
        (None, dict.fromkeys(POSITIONS, 5) | {"side-lying": 15}),
        ("the circling leg", dict.fromkeys(POSITIONS, 5) | {"side-lying": 15}),
        ("the leg out in front", dict.fromkeys(POSITIONS, 5) | {"side-lying": 15}),
        ("the front leg", dict.fromkeys(UP, 8) | dict.fromkeys(KNEELING, 10) | dict.fromkeys(DOWN, 15)),
    ],
)
def test_who_lies_on_the_side_or_whose_legs_change_places_turns_round(
    catalogue: Catalogue, side_is: str | None, seconds: dict[str, int]
) -> None:
    found = {each: placed(catalogue, each)._replace(side_is=side_is) for each in POSITIONS}
    assert {position: switch_s(exercise) for position, exercise in found.items()} == seconds
    assert switch_s(found["side-lying"]._replace(setup_s=10)) == 25


def test_the_time_to_turn_round_of_every_kind_of_exercise(catalogue: Catalogue) -> None:
    shipped = catalogue.exercises.values()
    turning = {each.id: switch_s(each) for each in shipped if each.sides == "per_side" and switch_s(each) >= 15}
    sided = {each.id for each in shipped if each.sides == "per_side"}
    assert {name for name in sided if name.startswith(("copenhagen", "ninety", "side-plank"))} <= {*turning}
    assert {switch_s(each) for each in shipped if each.id.startswith("copenhagen")} == {25}
    assert max(turning.values()) <= 30


@pytest.mark.parametrize(("familiar", "seconds"), [(None, 10), (True, 10), (False, 14)])
def test_a_new_change_of_side_is_heard_first_and_then_made(
    catalogue: Catalogue, familiar: bool | None, seconds: int
) -> None:
    exercise = catalogue.exercises["half-kneeling-hip-flexor"]
    known = None if familiar is None else frozenset({exercise.id} if familiar else ())
    assert changing_sides_s(exercise, Manner(familiar=known)) == seconds


def changes_s(order: tuple[str, ...]) -> int:
    return sum(change_s(*each) for each in pairwise(("standing", *order)))


@given(found=st.lists(positions, min_size=1, max_size=6))
def test_no_order_needs_less_getting_up_and_down(catalogue: Catalogue, found: list[str]) -> None:
    exercises = [placed(catalogue, position)._replace(id=str(number)) for number, position in enumerate(found)]
    ordered = fewest_changes(exercises)
    order = tuple(each.position for each in ordered)
    assert changes_s(order) == min(map(changes_s, permutations(found)))
    assert sorted(each.id for each in ordered) == sorted(each.id for each in exercises)
    for position in set(found):
        ids = [int(each.id) for each in ordered if each.position == position]
        assert ids == sorted(ids), "what shares a position keeps its order"
    assert fewest_changes(ordered) == ordered, "what is in order stays"
