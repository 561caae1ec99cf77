"""The weekly dose and the limits of frequency, from records; and that lengths are those of the timeline."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import Prescription
from hiproutine.coach.durations import alone_s, getting_ready_s, sides, together_s
from hiproutine.coach.session import Item, Session
from hiproutine.coach.weekly_volume import Before, before, too_soon
from hiproutine.history.records import Opening, SessionRecord, StepRecord
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Breath, Manner
from tests.practice.test_timeline import KINDS

TODAY = date(2026, 11, 23)


def practised(ago: int, *steps: tuple[str, str | None, int]) -> SessionRecord:
    """A session so many days ago, of (exercise, side, seconds held)."""
    start = datetime(2026, 11, 23, 7, tzinfo=UTC) - timedelta(days=ago)
    opening = Opening(f"s{ago}", TODAY - timedelta(days=ago), start, 0, None, 240, "", None, "")
    records = tuple(StepRecord(name, name, side, held * 1000, held * 1000, "done") for name, side, held in steps)
    return SessionRecord(opening, start, True, records)


def known(catalogue: Catalogue, *sessions: SessionRecord) -> Before:
    return before(sessions, catalogue.exercises, TODAY)


@given(
    kinds=st.lists(st.sampled_from(sorted(KINDS)).flatmap(KINDS.__getitem__), min_size=1, max_size=4),
    manner=st.builds(
        Manner,
        st.sampled_from([0.5, 1, 1.5, 3.7]),
        st.sampled_from([None, "left", "right"]),
        st.booleans(),
        st.none() | st.builds(Breath, st.integers(2, 9), st.integers(2, 9)),
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


def test_a_dose_is_the_seconds_held_of_each_area_and_side(catalogue: Catalogue) -> None:
    found = known(
        catalogue,
        practised(1, ("half-kneeling-hip-flexor", "left", 60), ("half-kneeling-hip-flexor", "right", 30)),
        practised(6, ("supine-butterfly", None, 50), ("windshield-wipers", None, 40)),
        practised(7, ("supine-butterfly", None, 1000)),
        practised(0, ("supine-butterfly", None, 1000)),
    )
    assert found.dose_s == {
        ("front-of-hip", "left"): 60,
        ("front-of-thigh", "left"): 60,
        ("front-of-hip", "right"): 30,
        ("front-of-thigh", "right"): 30,
        ("inner-thigh", "left"): 50,
        ("inner-thigh", "right"): 50,
        ("hip-joint", "left"): 20,
        ("hip-joint", "right"): 20,
    }
    assert found.category_s == {"stretch": 140, "mobility": 40}
    assert found.last_of_exercise["supine-butterfly"] == TODAY - timedelta(days=6)


def test_rest_release_and_getting_warm_are_no_dose(catalogue: Catalogue) -> None:
    steps = [("constructive-rest", None, 120), ("calf-roll", "left", 60), ("warm-up-march", None, 60)]
    found = known(catalogue, practised(2, *steps))
    assert found.dose_s == {}
    assert set(found.days_of_area) == {"whole-body"}


def test_what_was_skipped_or_is_unknown_counts_for_nothing(catalogue: Catalogue) -> None:
    found = known(catalogue, practised(1, ("glute-bridge", None, 0), ("moonwalk", None, 60)))
    assert (found.dose_s, found.worked, found.practised) == ({}, {}, frozenset())


@pytest.mark.parametrize(
    ("exercise", "ago", "waits"),
    [
        ("glute-bridge", [1], "was yesterday"),
        ("glute-bridge", [2, 4], None),
        ("glute-bridge", [2, 4, 6], "on 3 days this week"),
        ("lunge-hip-flexor-resistance", [1], "was yesterday"),
        ("supine-hamstring-contract-relax", [1, 2], None),
        ("supine-hamstring-contract-relax", [1, 2, 3], "on 3 days"),
        ("ninety-front-pails-rails", [1, 3, 5], "on 3 days"),
        ("supine-butterfly", [1, 2, 3, 4, 5, 6], None),
        ("hip-cars-quadruped", [1, 2, 3, 4, 5, 6], None),
    ],
)
def test_work_that_needs_days_between_gets_them(
    catalogue: Catalogue, exercise: str, ago: list[int], waits: str | None
) -> None:
    found = known(catalogue, *(practised(days, (exercise, None, 30)) for days in ago))
    told = too_soon(catalogue.exercises[exercise], found)
    assert waits in told if waits and told else told == waits


def test_the_limit_is_that_of_the_area_not_of_the_exercise(catalogue: Catalogue) -> None:
    found = known(catalogue, practised(1, ("glute-bridge", None, 60)))
    assert too_soon(catalogue.exercises["single-leg-bridge"], found)
    assert not too_soon(catalogue.exercises["clamshell"], found)


def test_a_week_of_hip_flexor_stretching_alone_is_noticed(catalogue: Catalogue) -> None:
    stretch = ("half-kneeling-hip-flexor", "left", 30)
    assert known(catalogue, practised(1, stretch), practised(2, stretch)).hip_flexors_alone
    assert not known(catalogue, practised(1, stretch)).hip_flexors_alone
    assert not known(
        catalogue, practised(1, stretch), practised(2, stretch, ("clamshell", "left", 30))
    ).hip_flexors_alone
