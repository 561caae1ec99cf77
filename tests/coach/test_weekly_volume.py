"""The two ledgers and the limits of frequency, from records."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.weekly_volume import AreaWeek, Before, before, stretch_room_s, too_soon
from hiproutine.history.records import Opening, SessionRecord, StepRecord

TODAY = date(2026, 11, 23)


def practised(ago: int, *steps: tuple[str, str | None, int]) -> SessionRecord:
    """A session so many days ago, of (exercise, side, seconds held)."""
    start = datetime(2026, 11, 23, 7, tzinfo=UTC) - timedelta(days=ago)
    opening = Opening(f"s{ago}", TODAY - timedelta(days=ago), start, 0, None, 240, "", None, "")
    records = tuple(StepRecord(name, name, side, held * 1000, held * 1000, "done") for name, side, held in steps)
    return SessionRecord(opening, start, True, records)


def known(catalogue: Catalogue, *sessions: SessionRecord) -> Before:
    return before(sessions, catalogue.exercises, TODAY)


def test_stretching_is_counted_in_seconds_its_first_area_in_full_and_the_others_half(catalogue: Catalogue) -> None:
    found = known(
        catalogue,
        practised(1, ("half-kneeling-hip-flexor", "left", 60), ("half-kneeling-hip-flexor", "right", 30)),
        practised(6, ("supine-butterfly", None, 50), ("ninety-ninety-switch", None, 40)),
        practised(7, ("supine-butterfly", None, 1000)),
        practised(0, ("supine-butterfly", None, 1000)),
    )
    assert found.week.stretch_s == {
        ("front-of-hip", "left"): 60,
        ("front-of-thigh", "left"): 30,
        ("front-of-hip", "right"): 30,
        ("front-of-thigh", "right"): 15,
        ("inner-thigh", "left"): 50,
        ("inner-thigh", "right"): 50,
    }
    assert found.week.strength == {}
    assert found.last_of_exercise["supine-butterfly"] == TODAY - timedelta(days=6)


def test_strength_is_counted_in_days_with_a_whole_set_of_a_place(catalogue: Catalogue) -> None:
    found = known(
        catalogue,
        practised(5, ("glute-bridge", None, 140)),  # both sets of its first area, one whole set of the second
        practised(3, ("glute-bridge", None, 70)),  # one set of the first, half a one of the second
        practised(1, ("glute-bridge", None, 20), ("clamshell", "left", 60)),
    )
    days = {place: sorted((TODAY - day).days for day in days) for place, days in found.week.strength.items() if days}
    assert days == {
        ("buttock", "left"): [3, 5],
        ("buttock", "right"): [3, 5],
        ("back-of-thigh", "left"): [5],
        ("back-of-thigh", "right"): [5],
        ("outside-of-hip", "left"): [1],
    }
    assert found.week.stretch_s == {}


def test_moving_gliding_a_nerve_release_and_getting_warm_are_in_neither_ledger(catalogue: Catalogue) -> None:
    steps = [("constructive-rest", None, 120), ("calf-roll", "left", 60), ("warm-up-march", None, 60)]
    moves = [
        ("sciatic-slider-seated", "left", 40),
        ("pelvic-tilt-supine", None, 70),
        ("hip-cars-quadruped", "left", 48),
    ]
    found = known(catalogue, practised(2, *steps))
    assert found.week.areas() == ()
    assert set(found.days_of_area) == {"whole-body"}
    assert known(catalogue, practised(2, *moves)).week.areas() == ()


def test_the_week_of_an_area_in_words(catalogue: Catalogue) -> None:
    steps = [("half-kneeling-hip-flexor", side, 130) for side in ("left", "right")]
    week = known(
        catalogue, practised(2, *steps, ("glute-bridge", None, 70)), practised(1, ("clamshell", "left", 60))
    ).week
    assert [words for area in week.areas() for words in area.words] == [
        "front of hip, stretch: 2 of 7 min this week",
        "outside of hip, strength: left 1, right 0 of 2 days",
        "buttock, strength: 1 of 2 days",
        "front of thigh, stretch: 1 of 7 min this week",
    ]
    assert AreaWeek("calf").words == ()


@pytest.mark.parametrize(
    ("per_week", "had_s", "days", "room_s"),
    [
        (5, 0, [], 92.4),  # little more than an even share of 420 s
        (5, 420, [1, 2, 3, 4], 60),  # the target is reached
        (5, 380, [1, 2, 3], 60),  # 40 s are missing, on two days
        (5, 100, [1, 2, 3, 4], 92.4),  # what was missed is not made up for in one day
        (3, 330, [1, 3], 108),  # 90 s are missing, on one day
        (2, 0, [], 231),
        (1, 0, [], 240),  # never more than in a session
        (7, 0, [], 66),
        (5, 570, [1], 30),  # nor more than the ceiling
        (5, 700, [1], 0),
    ],
)
def test_a_day_has_room_for_little_more_than_its_share(
    catalogue: Catalogue, per_week: int, had_s: int, days: list[int], room_s: float
) -> None:
    sessions = [practised(ago, ("supine-butterfly", None, had_s // len(days))) for ago in days]
    found = known(catalogue, *sessions)
    assert stretch_room_s(found, ("inner-thigh", "left"), per_week) == pytest.approx(room_s, abs=2)


def test_what_was_skipped_or_is_unknown_counts_for_nothing(catalogue: Catalogue) -> None:
    found = known(catalogue, practised(1, ("glute-bridge", None, 0), ("moonwalk", None, 60)))
    assert (found.week.areas(), found.worked, found.practised) == ((), {}, frozenset())


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
    assert (waits or "") in told.words if told else waits is None


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
