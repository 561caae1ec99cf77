"""Durations: the coach reckons with the seconds that the timeline has, for everyone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import Hold, Prescription, Reps
from hiproutine.coach.durations import (
    alone_s,
    changing_sides_s,
    first_side,
    getting_ready_s,
    in_breaths,
    sides,
    together_s,
)
from hiproutine.coach.session import Item, Session
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Breath, Changes, Manner
from tests.practice.test_timeline import KINDS


@given(
    kinds=st.lists(st.sampled_from(sorted(KINDS)).flatmap(KINDS.__getitem__), min_size=1, max_size=4),
    manner=st.builds(
        Manner,
        ready_factor=st.sampled_from([0.5, 1, 1.5, 3.7]),
        stiff_side=st.sampled_from([None, "left", "right"]),
        extra_set=st.booleans(),
        breath=st.none() | st.builds(Breath, st.integers(2, 9), st.integers(2, 9)),
        guide=st.sampled_from(["auto", "full", "brief"]),
        changes=st.sampled_from([Changes(), Changes(9, 13, 28, 60)]),
        familiar=st.sampled_from([None, frozenset(), frozenset({"couch-stretch", "glute-bridge", "clamshell"})]),
        codes=st.sampled_from([frozenset(), frozenset({"thr_posterior"})]),
        learned_after=st.none(),
    ),
    data=st.data(),
)
def test_the_lengths_are_those_of_the_compiled_timeline(
    catalogue: Catalogue, kinds: list[Prescription], manner: Manner, data: st.DataObject
) -> None:
    exercises = st.sampled_from(list(catalogue.exercises.values()))
    items = tuple(Item(data.draw(exercises), prescription) for prescription in kinds)
    line = compile_session(Session("", None, "", None, items), manner)
    befores = [None, *(item.exercise for item in items)]
    took = [
        alone_s(*item, manner) + getting_ready_s(last, item.exercise, manner)
        for last, item in zip(befores, items, strict=False)
    ]
    assert took == [line.item_ms(number) // 1000 for number in range(len(items))]
    assert together_s(items, manner) == sum(took)
    work = {(step.item, step.side): step.planned_ms // 1000 for step in line.steps}
    assert work == {(n, side): its.work_s for n, item in enumerate(items) for side, its in sides(*item, manner)}


def test_holds_are_whole_breaths_where_breaths_are_counted_and_nothing_else_is() -> None:
    hold, reps = Hold(2, 30, 10), Reps(1, 8, (("move", 2),), 0)
    breath = Breath(3, 4)
    assert in_breaths(hold, Manner()) == hold
    found = in_breaths(hold, Manner(breath=breath))
    assert isinstance(found, Hold)
    assert found.hold_s % breath.whole_s == 0
    assert in_breaths(reps, Manner(breath=breath)) == reps


@pytest.mark.parametrize(
    ("stiff", "extra", "sets"), [(None, True, (2, 2)), ("left", True, (3, 2)), ("left", False, (2, 2))]
)
def test_the_stiff_side_comes_first_and_may_have_a_set_more(
    catalogue: Catalogue, stiff: str | None, extra: bool, sets: tuple[int, int]
) -> None:
    stretch, manner = catalogue.exercises["half-kneeling-hip-flexor"], Manner(stiff_side=stiff, extra_set=extra)
    found = dict(sides(stretch, Hold(2, 30, 10), manner))
    assert (found["left"].work_s // 30, found["right"].work_s // 30) == sets
    assert first_side(stretch, manner) == "left"
    assert first_side(catalogue.exercises["supine-butterfly"], manner) is None


def test_an_order_costs_what_its_changes_of_position_do(catalogue: Catalogue) -> None:
    stand, lie, lie_too = (catalogue.exercises[name] for name in ("heel-raise", "glute-bridge", "dead-bug-heel-tap"))
    items = {each: (each, each.prescription) for each in (stand, lie, lie_too)}
    manner = Manner()
    there_and_back = together_s([items[lie], items[stand], items[lie_too]], manner)
    together = together_s([items[stand], items[lie], items[lie_too]], manner)
    assert together < there_and_back
    assert getting_ready_s(lie, lie_too, manner) < getting_ready_s(stand, lie_too, manner)
    assert changing_sides_s(catalogue.exercises["half-kneeling-hip-flexor"], manner) > 0
