"""How the six kinds of prescription become segments, checked against the formulas of their sources."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import Cars, ContractRelax, Hold, PailsRails, Prescription, Reps, TimedFlow
from hiproutine.coach.session import Item, Session, find, of_routine
from hiproutine.practice.timeline import IDLE, READY_S, SWITCH_S, Phase, Timeline, compile_session

count = st.integers(1, 4)
length = st.integers(1, 40)
pause = st.integers(0, 30)
effort = st.just((20, 50))
tempo = st.lists(st.tuples(st.sampled_from(["lift", "hold", "rest"]), length), min_size=1, max_size=4).map(tuple)

KINDS: dict[str, st.SearchStrategy[Prescription]] = {
    "hold": st.builds(Hold, count, length, pause),
    "reps": st.builds(Reps, count, count, tempo, pause),
    "contract_relax": st.builds(ContractRelax, pause, count, length, effort, length, length),
    "pails_rails": st.builds(PailsRails, count, length, length, length, length, effort, length, effort, length),
    "cars": st.builds(Cars, count, count, length, effort),
    "timed_flow": st.builds(TimedFlow, count, length, pause),
}


def one_side_s(prescription: Prescription) -> int:
    """The formulas as they are published beside the kinds, written out apart from the program."""
    match prescription:
        case Hold(sets, hold_s, rest_s):
            return sets * hold_s + (sets - 1) * rest_s
        case Reps(sets, reps, beats, rest_s, _):
            return sets * reps * sum(seconds for _, seconds in beats) + (sets - 1) * rest_s
        case ContractRelax(settle_s, rounds, contract_s, _, relax_s, deepen_s):
            return settle_s + rounds * (contract_s + relax_s + deepen_s)
        case PailsRails(rounds, passive_s, passive_next_s, ramp_s, pails_s, _, rails_s, _, settle_s):
            return passive_s + (rounds - 1) * passive_next_s + rounds * (ramp_s + pails_s + rails_s + settle_s)
        case Cars(sets, per_direction, per_rep, _):
            return sets * per_direction * 2 * per_rep
        case TimedFlow(sets, work_s, rest_s):
            return sets * work_s + (sets - 1) * rest_s


def timeline_of(catalogue: Catalogue, sides: str, *prescriptions: Prescription) -> Timeline:
    exercise = catalogue.exercises["glute-bridge"]._replace(sides=sides)
    items = tuple(Item(exercise, prescription) for prescription in prescriptions)
    return compile_session(Session("test", None, "Test", None, items))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sides", ["per_side", "both", "alternating"])
@given(data=st.data())
def test_an_exercise_takes_its_formula_for_each_side_with_get_ready_and_switch(
    catalogue: Catalogue, kind: str, sides: str, data: st.DataObject
) -> None:
    prescription = data.draw(KINDS[kind])
    line = timeline_of(catalogue, sides, prescription)
    turns = 2 if sides == "per_side" else 1
    assert line.total_ms == 1000 * (READY_S + turns * one_side_s(prescription) + (turns - 1) * SWITCH_S)


@given(data=st.data())
def test_segments_follow_each_other_without_gaps_and_steps_without_mixing(
    catalogue: Catalogue, data: st.DataObject
) -> None:
    prescriptions = data.draw(st.lists(st.one_of(*KINDS.values()), min_size=1, max_size=3))
    line = timeline_of(catalogue, "per_side", *prescriptions)
    assert line.segments[0].start_ms == 0
    for before, after in zip(line.segments, line.segments[1:], strict=False):
        assert after.start_ms == before.end_ms
        assert after.step in (before.step, before.step + 1)
    assert all(segment.length_ms > 0 for segment in line.segments)
    assert [step.side for step in line.steps] == ["left", "right"] * len(prescriptions)
    for number, step in enumerate(line.steps):
        own = [segment for segment in line.segments if segment.step == number]
        assert own[0] == line.segments[step.first]
        assert own[0].phase is (Phase.READY if step.side == "left" else Phase.SWITCH)
        assert step.planned_ms == sum(segment.length_ms for segment in own if segment.phase not in IDLE)
    assert sum(line.item_ms(item) for item in range(line.items)) == line.total_ms


@given(data=st.data())
def test_both_sides_get_the_same(catalogue: Catalogue, data: st.DataObject) -> None:
    line = timeline_of(catalogue, "per_side", data.draw(st.one_of(*KINDS.values())))
    left, right = (
        [(each.phase, each.length_ms, each.label) for each in line.segments if each.step == step][1:] for step in (0, 1)
    )
    assert left == right


def phases(catalogue: Catalogue, prescription: Prescription) -> list[tuple[str, int]]:
    line = timeline_of(catalogue, "both", prescription)
    return [(segment.phase.value, segment.length_ms // 1000) for segment in line.segments[1:]]


def test_contract_relax_settles_then_contracts_relaxes_and_deepens_in_rounds(catalogue: Catalogue) -> None:
    found = phases(catalogue, ContractRelax(15, 2, 6, (20, 50), 4, 20))
    assert found == [("stretch", 15)] + [("contract", 6), ("relax", 4), ("deepen", 20)] * 2


def test_pails_rails_shortens_the_stretch_after_the_first_round(catalogue: Catalogue) -> None:
    found = phases(catalogue, PailsRails(2, 60, 20, 10, 10, (20, 50), 10, (20, 50), 15))
    rest = [("ramp", 10), ("push", 10), ("pull", 10), ("settle", 15)]
    assert found == [("stretch", 60), *rest, ("stretch", 20), *rest]


def test_rests_stand_between_sets_and_never_at_the_end(catalogue: Catalogue) -> None:
    assert phases(catalogue, Hold(3, 20, 10)) == [("hold", 20), ("rest", 10), ("hold", 20), ("rest", 10), ("hold", 20)]
    assert phases(catalogue, Hold(2, 20, 0)) == [("hold", 20), ("hold", 20)]


def test_repetitions_are_timed_beat_by_beat_and_a_beat_called_rest_is_no_work(catalogue: Catalogue) -> None:
    line = timeline_of(catalogue, "both", Reps(1, 2, (("lift", 2), ("rest", 1)), 30))
    found = [(segment.label, segment.where, segment.work) for segment in line.segments[1:]]
    assert found == [
        ("lift", "rep 1 of 2", True),
        ("rest", "rep 1 of 2", False),
        ("lift", "rep 2 of 2", True),
        ("rest", "rep 2 of 2", False),
    ]


def test_circles_go_one_way_and_then_the_other(catalogue: Catalogue) -> None:
    line = timeline_of(catalogue, "both", Cars(1, 2, 8, (10, 30)))
    assert [segment.label for segment in line.segments[1:]] == ["circle one way"] * 2 + ["circle the other way"] * 2


def test_the_default_session_is_the_four_stretches_with_60_s_a_side(catalogue: Catalogue) -> None:
    session = find(catalogue, None)
    assert session == of_routine(catalogue, catalogue.routines["four-everyday"])
    line = compile_session(session)
    assert line.total_ms == 545_000
    assert [step.planned_ms for step in line.steps] == [60_000] * 7
