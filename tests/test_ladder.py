"""Level-ups: one thing at a time, only after two good sessions, and a step back after a week off."""

import pytest

from hiproutine.catalogue.dose import write
from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import Prescription, length
from hiproutine.coach.ladder import Suggestion, ladder, reached, suggestion
from hiproutine.history.records import Hurt, Pain
from hiproutine.history.store import Past
from tests.test_pain import hurt, level
from tests.test_weekly_dose import TODAY, practised


def past(name: str, *done: tuple[int, int], pains: tuple[Pain, ...] = (), hurts: tuple[Hurt, ...] = ()) -> Past:
    """Sessions of one exercise: (days ago, seconds)."""
    return Past(tuple(practised(ago, (name, None, seconds)) for ago, seconds in done), (), pains, hurts)


def shown(prescription: Prescription) -> str:
    return write(prescription, prescription)


def suggested(catalogue: Catalogue, name: str, known: Past) -> Suggestion | None:
    return suggestion(known, catalogue, catalogue.exercises[name], TODAY)


@pytest.mark.parametrize(
    ("name", "doses"),
    [
        ("supine-butterfly", ["2x30s", "2x40s", "2x50s", "2x1min", "3x1min"]),
        ("glute-bridge", ["2x10 @2-2-3", "2x12 @2-2-3", "3x12 @2-2-3"]),
        ("lunge-hip-flexor-resistance", ["1x8 @5-3", "1x10 @5-3", "2x10 @5-3"]),
        ("hip-cars-quadruped", ["3/dir @8"]),
    ],
)
def test_each_step_is_one_thing_more(catalogue: Catalogue, name: str, doses: list[str]) -> None:
    assert [shown(each) for each in ladder(catalogue.exercises[name])] == doses


def test_every_ladder_only_rises(catalogue: Catalogue) -> None:
    for exercise in catalogue.exercises.values():
        steps = [length(each).work_s for each in ladder(exercise)]
        assert steps == sorted(set(steps)), exercise.id


def test_two_whole_sessions_without_pain_suggest_one_step(catalogue: Catalogue) -> None:
    found = suggested(catalogue, "glute-bridge", past("glute-bridge", (4, 140), (2, 140)))
    assert found
    assert found.words == "Glute bridge: 2x12 @2-2-3 instead of 2x10 @2-2-3"


@pytest.mark.parametrize(
    "known",
    [
        past("glute-bridge", (2, 140)),
        past("glute-bridge", (4, 140), (2, 70)),
        past("glute-bridge", (12, 140), (9, 140)),
        past("glute-bridge", (4, 140), (2, 140), hurts=(hurt(2, "glute-bridge", 3),)),
        past("glute-bridge", (4, 140), (2, 140), pains=(level(1, 3),)),
    ],
)
def test_one_session_half_a_dose_a_week_off_or_pain_suggest_nothing(catalogue: Catalogue, known: Past) -> None:
    assert suggested(catalogue, "glute-bridge", known) is None


def test_a_stretch_needs_two_weeks(catalogue: Catalogue) -> None:
    assert suggested(catalogue, "supine-butterfly", past("supine-butterfly", (4, 60), (2, 60))) is None
    found = suggested(catalogue, "supine-butterfly", past("supine-butterfly", (15, 60), (4, 60), (2, 60)))
    assert found
    assert shown(found.prescription) == "2x40s"


def test_after_the_last_step_comes_the_harder_variant_that_is_allowed(catalogue: Catalogue) -> None:
    known = past("glute-bridge", (4, 252), (2, 252))
    found = suggested(catalogue, "glute-bridge", known)
    assert found
    assert found.exercise.id == "single-leg-bridge"
    without = {name: each for name, each in catalogue.exercises.items() if name != "single-leg-bridge"}
    assert suggested(catalogue._replace(exercises=without), "glute-bridge", known) is None


def test_what_only_keeps_is_never_raised(catalogue: Catalogue) -> None:
    for name, seconds in (("constructive-rest", 120), ("sciatic-slider-seated", 40)):
        assert suggested(catalogue, name, past(name, (15, seconds), (4, seconds), (2, seconds))) is None


@pytest.mark.parametrize(
    ("known", "says"),
    [
        (past("glute-bridge"), "2x10 @2-2-3"),
        (past("glute-bridge", (2, 168)), "2x12 @2-2-3"),
        (past("glute-bridge", (8, 168)), "2x10 @2-2-3"),
        (past("glute-bridge", (2, 168), hurts=(hurt(2, "glute-bridge", 6),)), "2x10 @2-2-3"),
    ],
)
def test_how_far_somebody_is_follows_from_the_records(catalogue: Catalogue, known: Past, says: str) -> None:
    assert shown(reached(known, catalogue.exercises["glute-bridge"], TODAY)) == says
