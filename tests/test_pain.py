"""What pain makes of the next session: the traffic light, the morning after, and what hurt."""

from datetime import UTC, datetime, timedelta

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import sets_of
from hiproutine.coach.pain import Advice, Colour, colour, halved, of_day, resting
from hiproutine.coach.plan import Plan, plan
from hiproutine.coach.screening import screen
from hiproutine.history.records import Hurt, Pain
from hiproutine.history.store import Past
from hiproutine.settings import Manner, Profile
from tests.test_weekly_dose import TODAY, practised

AT = datetime(2026, 11, 23, 7, tzinfo=UTC)


def level(ago: int, score: int) -> Pain:
    return Pain(f"p{ago}", TODAY - timedelta(days=ago), AT - timedelta(days=ago), "before", score, None)


def hurt(ago: int, exercise: str, score: int, side: str | None = "left") -> Hurt:
    return Hurt(f"h{ago}", TODAY - timedelta(days=ago), AT, None, exercise, side, score, "skip")


def past(*pains: Pain, days: tuple[int, ...] = (1, 2, 3, 4, 5), hurts: tuple[Hurt, ...] = ()) -> Past:
    """Practised on each of the days ago."""
    sessions = tuple(practised(ago, ("supine-butterfly", None, 30)) for ago in days)
    return Past(sessions, (), pains, hurts)


def planned(catalogue: Catalogue, known: Past, minutes: int = 10) -> Plan:
    return plan(screen(catalogue, ()), Profile(minutes), Manner(), known, TODAY)


@pytest.mark.parametrize(
    ("exercise", "green", "amber"),
    [
        ("glute-bridge", 2, 5),
        ("supine-butterfly", 2, 3),
        ("ninety-front-pails-rails", 2, 3),
        ("sciatic-slider-seated", 2, 2),
    ],
)
def test_the_traffic_light_is_stricter_for_stretches_and_nerve_glides(
    catalogue: Catalogue, exercise: str, green: int, amber: int
) -> None:
    colours = [colour(catalogue.exercises[exercise], score) for score in range(11)]
    assert colours == [
        Colour.GREEN if score <= green else Colour.AMBER if score <= amber else Colour.RED for score in range(11)
    ]


@pytest.mark.parametrize(
    ("pains", "advice"),
    [
        ([], Advice.GO_ON),
        ([level(0, 2)], Advice.GO_ON),
        ([level(4, 1), level(3, 1), level(0, 2)], Advice.GO_ON),
        ([level(4, 1), level(3, 1), level(0, 3)], Advice.HALVE),
        ([level(4, 1), level(3, 1), level(1, 3), level(0, 3)], Advice.EASY_DAY),
        ([level(6, 1), level(5, 1), level(4, 1), level(2, 3), level(1, 3), level(0, 3)], Advice.ASK),
        ([level(4, 1), level(3, 1), level(1, 3), level(0, 1)], Advice.GO_ON),
        ([level(4, 1), level(3, 1), level(0, 4)], Advice.GENTLE),
        ([level(0, 6)], Advice.GENTLE),
        ([level(0, 5)], Advice.GO_ON),
    ],
)
def test_the_morning_after_decides(pains: list[Pain], advice: Advice) -> None:
    found = of_day(past(*pains), TODAY)
    assert found.advice is advice
    assert bool(found.words) == (advice is not Advice.GO_ON)


def test_pain_that_no_practice_came_before_is_not_held_against_it() -> None:
    assert of_day(past(level(4, 1), level(3, 1), level(0, 3), days=(4, 5)), TODAY).advice is Advice.GO_ON


def test_what_hurt_too_much_rests_for_a_week(catalogue: Catalogue) -> None:
    known = past(hurts=(hurt(2, "supine-butterfly", 4),))
    assert resting(known, catalogue.exercises, TODAY) == {
        "supine-butterfly": "hurt 4 of 10 on the left on Saturday, and rests for a week"
    }
    made = planned(catalogue, known, 30)
    assert "supine-butterfly" not in [item.exercise.id for item in made.session.items]
    assert ("supine-butterfly", "hurt 4 of 10 on the left on Saturday, and rests for a week") in [
        (left.exercise.id, left.why) for left in made.left_out
    ]
    assert not resting(past(hurts=(hurt(8, "supine-butterfly", 9),)), catalogue.exercises, TODAY)


def test_what_hurt_a_little_has_half_its_sets_until_it_was_done_again(catalogue: Catalogue) -> None:
    known = past(hurts=(hurt(3, "glute-bridge", 4, None),))
    assert halved(known, catalogue.exercises, TODAY) == {"glute-bridge": "half the sets: hurt 4 of 10 on Friday"}
    assert not halved(past(hurts=(hurt(3, "supine-butterfly", 3),)), catalogue.exercises, TODAY)  # done since
    made = planned(catalogue, known, 30)
    (why,) = [
        (sets_of(item.prescription), why[-1])
        for item, why in zip(made.session.items, made.reasons, strict=True)
        if item.exercise.id == "glute-bridge"
    ]
    assert why == (1, "half the sets: hurt 4 of 10 on Friday")


def test_a_painful_day_has_only_the_easy_exercises_and_says_why(catalogue: Catalogue) -> None:
    easy = {step.exercise for step in catalogue.routines["bedtime-easy"].steps}
    twice = planned(catalogue, past(level(4, 1), level(3, 1), level(1, 3), level(0, 3)))
    assert {item.exercise.id for item in twice.session.items} <= easy
    assert twice.notes[0] == (
        "An easy day: pain was 2 above your usual on Monday, the morning after practising, for the second time running."
    )
    gentle = planned(catalogue, past(level(0, 7)))
    assert {item.exercise.category for item in gentle.session.items} <= {"mobility", "release"}
    assert "constructive-rest" in [item.exercise.id for item in gentle.session.items]
    assert "edu-red-flags" in gentle.notes[0]


def test_after_one_bad_morning_every_exercise_has_half_its_sets(catalogue: Catalogue) -> None:
    made = planned(catalogue, past(level(4, 1), level(3, 1), level(0, 3)), 30)
    assert made.notes[0].startswith("Half the sets: pain was 2 above your usual on Monday")
    for item in made.session.items:
        assert sets_of(item.prescription) <= max(1, sets_of(item.exercise.prescription) // 2)
