"""The order of a session: stages, groups, and the fastest way through them."""

from collections.abc import Sequence
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.vocabulary import POSITIONS, Stage
from hiproutine.coach.ordering import changes_s, group_of, in_order, stage_of
from hiproutine.coach.transitions import change_s


@pytest.mark.parametrize(
    ("exercise", "stage"),
    [
        ("warm-up-march", Stage.WARM),
        ("windshield-wipers", Stage.MOBILISE),
        ("calf-roll", Stage.MOBILISE),
        ("glute-bridge", Stage.STRENGTHEN),
        ("half-kneeling-hip-flexor", Stage.STRETCH),
        ("constructive-rest", Stage.SETTLE),
    ],
)
def test_a_stage_follows_from_the_category_the_kind_and_the_areas(
    catalogue: Catalogue, exercise: str, stage: Stage
) -> None:
    assert stage_of(catalogue.exercises[exercise]) is stage


def test_a_group_is_a_bit_of_its_own_for_each_stage_and_position(catalogue: Catalogue) -> None:
    by_group: dict[int, set[tuple[Stage, str]]] = {}
    for each in catalogue.exercises.values():
        by_group.setdefault(group_of(each), set()).add((stage_of(each), each.position))
    assert all(len(places) == 1 and group.bit_count() == 1 for group, places in by_group.items())
    assert changes_s(0) == 0


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 7)), min_size=1, max_size=7, unique=True))
def test_the_order_of_groups_is_the_quickest_that_keeps_the_phases(places: list[tuple[int, int]]) -> None:
    positions = list(POSITIONS)

    def took(order: Sequence[tuple[int, int]]) -> int:
        names = [positions[position] for _, position in order]
        return max(10, change_s("standing", names[0])) + sum(change_s(*pair) for pair in pairwise(names))

    bits = {1 << phase * 8 + position: (phase, position) for phase, position in places}
    order = [bits[group] for group in in_order(sum(bits))]
    assert sorted(order) == sorted(places)
    assert [phase for phase, _ in order] == sorted(phase for phase, _ in places)
    every = (each for each in permutations(places) if [p for p, _ in each] == sorted(p for p, _ in places))
    assert took(order) == changes_s(sum(bits)) == min(map(took, every))
