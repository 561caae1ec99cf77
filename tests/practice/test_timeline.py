"""How the six kinds of prescription become segments, checked against the formulas of their sources."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import (
    IDLE,
    Cars,
    ContractRelax,
    Hold,
    PailsRails,
    Phase,
    Prescription,
    Reps,
    TimedFlow,
    sets_of,
    with_sets,
)
from hiproutine.coach.session import Item, Session, find, of_routine
from hiproutine.coach.transitions import FIRST_S
from hiproutine.practice.timeline import Step, Timeline, compile_session, instead, shorter
from hiproutine.settings.model import Breath, Manner

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


def timeline_of(
    catalogue: Catalogue,
    sides: str,
    *prescriptions: Prescription,
    manner: Manner = Manner(),  # noqa: B008 -- a value
) -> Timeline:
    exercise = catalogue.exercises["glute-bridge"]._replace(sides=sides)
    items = tuple(Item(exercise, prescription) for prescription in prescriptions)
    return compile_session(Session("test", None, "Test", None, items), manner)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sides", ["per_side", "both", "alternating"])
@given(data=st.data())
def test_an_exercise_takes_its_formula_for_each_side_with_get_ready_and_switch(
    catalogue: Catalogue, kind: str, sides: str, data: st.DataObject
) -> None:
    prescription = data.draw(KINDS[kind])
    line = timeline_of(catalogue, sides, prescription)
    turns = 2 if sides == "per_side" else 1
    # From the keyboard to the floor 20 s, over to the other side 5 s.
    assert line.total_ms == 1000 * (20 + turns * one_side_s(prescription) + (turns - 1) * 5)


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
    named = find(catalogue, "supine-hip-circles 1/dir")
    labels = [segment.label for segment in compile_session(named, Manner()).segments if segment.work]
    assert labels == ["circle outward", "circle inward"] * 2


def test_the_default_session_is_the_four_stretches_with_60_s_a_side(catalogue: Catalogue) -> None:
    session = find(catalogue, None)
    assert session == of_routine(catalogue, catalogue.routines["four-everyday"])
    line = compile_session(session, Manner())
    assert line.total_ms == 553_000
    assert [step.planned_ms for step in line.steps] == [60_000] * 7


# ---- how a person practises ----


@given(data=st.data(), factor=st.sampled_from([0.5, 1.5, 2.0, 5.0]))
def test_the_factor_multiplies_get_ready_and_switch_and_nothing_else(
    catalogue: Catalogue, data: st.DataObject, factor: float
) -> None:
    prescriptions = data.draw(st.lists(st.one_of(*KINDS.values()), min_size=1, max_size=3))
    usual = timeline_of(catalogue, "per_side", *prescriptions)
    slow = timeline_of(catalogue, "per_side", *prescriptions, manner=Manner(ready_factor=factor))
    for one, other in zip(usual.segments, slow.segments, strict=True):
        between = one.phase in (Phase.READY, Phase.SWITCH)
        assert other.length_ms == (round(one.length_ms / 1000 * factor) * 1000 if between else one.length_ms)


@given(data=st.data(), stiff=st.sampled_from([None, "left", "right"]), extra_set=st.booleans())
def test_the_stiff_side_goes_first_and_it_alone_has_the_extra_set(
    catalogue: Catalogue, data: st.DataObject, stiff: str | None, extra_set: bool
) -> None:
    prescription = data.draw(st.one_of(*KINDS.values()))
    manner = Manner(stiff_side=stiff, extra_set=extra_set)
    line = timeline_of(catalogue, "per_side", prescription, manner=manner)
    assert [step.side for step in line.steps] == (["right", "left"] if stiff == "right" else ["left", "right"])
    more = "rounds" if hasattr(prescription, "rounds") else "sets"
    for step in line.steps:
        extra = extra_set and step.side == stiff
        dose = prescription._replace(**{more: getattr(prescription, more) + 1}) if extra else prescription
        assert sum(part.length_ms for part in step.parts[1:]) == 1000 * one_side_s(dose)
    both = timeline_of(catalogue, "both", prescription, manner=manner)
    assert both.total_ms == timeline_of(catalogue, "both", prescription).total_ms


@given(data=st.data(), breath=st.builds(Breath, st.integers(2, 20), st.integers(2, 20)))
def test_holds_in_breaths_are_whole_never_shorter_and_less_than_a_breath_longer(
    catalogue: Catalogue, data: st.DataObject, breath: Breath
) -> None:
    prescription = data.draw(st.one_of(*KINDS.values()))
    usual = timeline_of(catalogue, "both", prescription)
    counted = timeline_of(catalogue, "both", prescription, manner=Manner(breath=breath))
    whole_ms = 1000 * (breath.in_s + breath.out_s)
    for one, other in zip(usual.segments, counted.segments, strict=True):
        if one.phase is Phase.HOLD:
            assert other.length_ms % whole_ms == 0
            assert 0 <= other.length_ms - one.length_ms < whole_ms
        else:
            assert other.length_ms == one.length_ms


# ---- changes on the way ----

plans = st.sampled_from(["four-everyday", "kinstretch-beginner", "strength-base", "half-kneeling-contract-relax"])


def parts_of(step: Step) -> list[tuple[str, int, str, str]]:
    return [(part.phase.value, part.length_ms, part.label, part.where) for part in step.parts[1:]]


@given(plan=plans, data=st.data())
def test_another_exercise_takes_the_place_of_what_remains_in_its_own_dose(
    catalogue: Catalogue, plan: str, data: st.DataObject
) -> None:
    line = compile_session(find(catalogue, plan), Manner())
    number = data.draw(st.integers(0, len(line.steps) - 1))
    exercise = catalogue.exercises[data.draw(st.sampled_from(list(catalogue.exercises)))]
    changed = instead(line, number, exercise)
    more = len(changed.steps) - len(line.steps)
    here, fresh = line.steps[number], changed.steps[number + 1 : number + 1 + more]
    assert changed.steps[: number + 1] == line.steps[: number + 1]
    assert changed.segments[: fresh[0].first] == line.segments[: fresh[0].first]
    same = {here.exercise.id, exercise.id}
    left = [step for step in line.steps[number + 1 :] if step.item == here.item]
    both = exercise.sides == "per_side"
    own = [here.side, *(step.side for step in left)] if here.side else ["left", "right"]
    assert [(step.item, step.side) for step in fresh] == [(here.item, side) for side in (own if both else [None])]
    assert fresh[0].parts[0].length_ms >= 1000 * (FIRST_S + exercise.setup_s), "as at the start of a session"
    sets = min(sets_of(exercise.prescription), sets_of(here.prescription))
    dose = with_sets(exercise.prescription, sets)
    (alone, *_) = compile_session(Session("", None, "", None, (Item(exercise, dose),)), Manner()).steps
    assert {(*parts_of(step), step.planned_ms) for step in fresh} == {(*parts_of(alone), alone.planned_ms)}
    for before, after in zip(line.steps[number + 1 :], changed.steps[number + 1 + more :], strict=True):
        gone = before.item == here.item and before.exercise.id in same
        assert (after.eased, bool(after.parts)) == (gone, not gone)
        assert gone or parts_of(after) == parts_of(before)
        assert (after.item, after.side, after.planned_ms) == (before.item, before.side, before.planned_ms)
    assert changed.segments[0].start_ms == 0
    assert all(one.end_ms == other.start_ms for one, other in pairwise(changed.segments))
    assert changed.items == line.items


@given(plan=plans, data=st.data())
def test_shorter_keeps_what_was_and_leaves_no_more_than_half_of_what_is_left(
    catalogue: Catalogue, plan: str, data: st.DataObject
) -> None:
    line = compile_session(find(catalogue, plan), Manner())
    at = data.draw(st.sampled_from([number for number, each in enumerate(line.segments) if each.work]))
    remaining_ms = data.draw(st.integers(1, line.segments[at].length_ms))
    changed, then_ms = shorter(line, at, remaining_ms)
    step = line.segments[at].step
    assert changed.segments[: at + 1] == line.segments[: at + 1]
    assert 0 < then_ms <= remaining_ms
    left_ms = remaining_ms + ahead_ms(line, at)
    assert then_ms + ahead_ms(changed, at) <= max(-(-left_ms // 2000) * 1000, 1000)
    kept, was = changed.steps[step].parts, line.steps[step].parts
    assert kept == was[: len(kept)]
    assert kept[-1].phase is not Phase.REST
    assert [each.planned_ms for each in changed.steps] == [each.planned_ms for each in line.steps]
    for before, after in zip(line.steps[step + 1 :], changed.steps[step + 1 :], strict=True):
        if before.item == line.steps[step].item:  # its other side, from its start
            assert 0 < work_ms(after) <= max(-(-work_ms(before) // 2000) * 1000, 1000)
            assert after.parts[:-1] == before.parts[: len(after.parts) - 1]
        else:
            assert parts_of(after) == parts_of(before)


def test_a_beat_called_pause_says_stay_since_the_session_runs_on(catalogue: Catalogue) -> None:
    tempo = (("lower", 3), ("pause", 1), ("rise", 2))
    line = timeline_of(catalogue, "both", Reps(1, 2, tempo, 0))
    assert [segment.label for segment in line.segments[1:]] == ["lower", "stay", "rise"] * 2


def test_shorter_in_a_get_ready_or_a_rest_leaves_something_to_do(catalogue: Catalogue) -> None:
    for plan in catalogue.routines:
        line = compile_session(find(catalogue, plan), Manner())
        for at, segment in enumerate(line.segments):
            if not segment.work and ahead_ms(line, at):
                changed, _ = shorter(line, at, segment.length_ms)
                step = line.steps[segment.step]
                assert 0 < ahead_ms(changed, at) < ahead_ms(line, at), (plan, step.title, segment)
                assert changed.steps[segment.step].parts[-1].phase not in IDLE


def work_ms(step: Step) -> int:
    return sum(part.length_ms for part in step.parts if part.phase not in IDLE)


def ahead_ms(line: Timeline, at: int) -> int:
    """The work that comes after the segment `at` in its step."""
    step = line.segments[at].step
    return sum(each.length_ms for each in line.segments[at + 1 :] if each.step == step and each.work)


@pytest.mark.parametrize(
    ("prescription", "at", "remaining_s", "expected"),
    [
        # In the first of four sets: it and the next; in the second one, what is left of it.
        (Hold(4, 20, 10), 1, 20, [("hold", 20), ("rest", 10), ("hold", 20)]),
        (Hold(2, 30, 10), 3, 21, [("hold", 11)]),
        (Hold(1, 45, 0), 1, 45, [("hold", 23)]),
        # Whole repetitions, and no rest after the last.
        (Reps(1, 5, (("lift", 2), ("lower", 2)), 0), 1, 2, [("move", 2), ("move", 2)] * 2),
        (Reps(2, 2, (("lift", 2), ("rest", 1)), 10), 1, 2, [("move", 2), ("rest", 1), ("move", 2)]),
    ],
)
def test_shorter_in_numbers(
    catalogue: Catalogue, prescription: Prescription, at: int, remaining_s: int, expected: list[tuple[str, int]]
) -> None:
    line = timeline_of(catalogue, "both", prescription)
    changed, then_ms = shorter(line, at, remaining_s * 1000)
    found = [(each.phase.value, each.length_ms // 1000) for each in changed.segments[at:]]
    assert [(found[0][0], then_ms // 1000), *found[1:]] == expected
