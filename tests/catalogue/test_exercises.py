"""The shipped exercises as they are heard, climbed and read by rules: set-ups, ladders, spoken names, mechanics."""

import re
from collections.abc import Iterator

import pytest

from hiproutine.catalogue.mechanics import DEGREES
from hiproutine.catalogue.model import Catalogue, Exercise
from hiproutine.catalogue.variants import circular
from hiproutine.catalogue.vocabulary import ALWAYS_AT_HAND
from hiproutine.coach.instructions import said_ms
from hiproutine.coach.transitions import USUAL

LEANING = re.compile(
    r"^(As|Take) (the|in)\b|\bversion\b|\b(exactly|same) as\b|\bas in the\b|\bas (before|above)\b|\bset up as\b",
    re.IGNORECASE,
)
LONGEST_SENTENCE = 34
"""Words: more are not kept from hearing them once."""
LONGEST_SETUP = 430
"""Characters of all steps: more leave no room for the large number of a small terminal."""
SOFT = {"mat", "cushion"}
"""Things to lie or kneel on, which no easier variant is ruled out for."""
NEEDS_MORE = {
    "lunge-hip-flexor-resistance": "a bed",
    "pigeon-floor": "a table",
    "supine-hip-flexion-hold": "a chair",
    "step-up": "a chair",
    "split-squat": "a chair or a support",
    "squat-pry": "a support",
    "cossack-squat": "a support",
}
"""Exercises above level 1 whose easier variants all need something that they do not."""
SPOKEN = re.compile(r"[a-z ,'-]+", re.IGNORECASE)
UNSPEAKABLE = re.compile(r"[\d/]|\b[A-Z]{2}")


@pytest.fixture(scope="module")
def exercises(catalogue: Catalogue) -> list[Exercise]:
    return list(catalogue.exercises.values())


def told(step: str) -> list[str]:
    return re.split(r"(?<=[.!]) ", step)


# ---- set-ups ----


@pytest.mark.parametrize(
    ("step", "leans"),
    [
        ("As the assisted version without the support.", True),
        ("Take the half-kneeling hip flexor stretch to a mild pull.", True),
        ("Set up and tuck exactly as in the half-kneeling hip flexor stretch.", True),
        ("Take the other knee with the opposite hand.", False),
        ("Lower as far as the knee likes.", False),
    ],
)
def test_a_set_up_that_leans_on_another_card_is_known(step: str, leans: bool, catalogue: Catalogue) -> None:
    assert leans_on_another(step, catalogue) == leans


def leans_on_another(step: str, catalogue: Catalogue) -> bool:
    names = [name for each in catalogue.exercises.values() for name in (each.name, *each.aliases) if " " in name]
    if any(name.lower() in step.lower() for name in names):
        return True
    return bool(LEANING.search(step)) and "Take the other" not in step


def test_every_set_up_stands_alone_and_can_be_heard_once(exercises: list[Exercise], catalogue: Catalogue) -> None:
    for each in exercises:
        assert [step for step in each.setup if leans_on_another(step, catalogue)] == [], each.id
        sentences = [sentence for step in each.setup for sentence in told(step)]
        assert [words for words in sentences if len(words.split()) > LONGEST_SENTENCE] == [], each.id
        assert sum(map(len, each.setup)) <= LONGEST_SETUP, each.id


def test_what_left_and_right_mean_stands_in_the_set_up(exercises: list[Exercise]) -> None:
    for each in exercises:
        if each.side_is:
            assert each.side_is.removeprefix("the ") in " ".join(each.setup), each.id


# ---- ladders ----


def test_easier_and_harder_are_of_the_same_movement_and_at_most_one_level_away(
    exercises: list[Exercise], catalogue: Catalogue
) -> None:
    for each in exercises:
        for name in (*each.easier, *each.harder):
            other = catalogue.exercises[name]
            assert other.alike == each.alike, (each.id, name)
            assert abs(other.level - each.level) <= 1, (each.id, name)
        assert all(each.id in catalogue.exercises[name].harder for name in each.easier), each.id
        assert all(each.id in catalogue.exercises[name].easier for name in each.harder), each.id


def test_no_way_up_comes_back_to_where_it_began(catalogue: Catalogue) -> None:
    assert circular(dict(catalogue.exercises)) == set()


def test_what_is_above_the_first_level_has_something_easier_that_needs_no_more(
    exercises: list[Exercise], catalogue: Catalogue
) -> None:
    above = [each for each in exercises if each.level > 1]
    without = {
        each.id for each in above if not any(needs_no_more(catalogue.exercises[name], each) for name in each.easier)
    }
    assert without == set(NEEDS_MORE)
    assert all(each.easier for each in above)


def needs_no_more(easier: Exercise, exercise: Exercise) -> bool:
    """Return whether each need of the easier one is at hand wherever the needs of the other are."""
    at_hand = ALWAYS_AT_HAND | SOFT
    return all(
        at_hand & {*need} or any({*other} <= {*need} for other in exercise.equipment) for need in easier.equipment
    )


# ---- names that are spoken ----


def test_every_name_can_be_spoken(exercises: list[Exercise]) -> None:
    for each in exercises:
        spoken = each.say or each.name
        assert not UNSPEAKABLE.search(each.name) or each.say, each.id
        assert SPOKEN.fullmatch(spoken), (each.id, spoken)


def test_a_name_with_its_side_is_said_within_the_least_time_to_get_ready(exercises: list[Exercise]) -> None:
    for each in exercises:
        words = f"Next: {each.say or each.name}" + (f", right side, {each.side_is}" if each.side_is else "")
        assert said_ms(words) < 1000 * (USUAL.same + each.setup_s), each.id


# ---- mechanics ----


def test_the_mechanics_agree_with_the_position_the_things_and_the_kind_of_work(exercises: list[Exercise]) -> None:
    assert [fault for each in exercises for fault in disagreements(each)] == []


def disagreements(exercise: Exercise) -> Iterator[str]:
    mech = exercise.mech
    assert mech
    things = {word for need in exercise.equipment for word in need}
    for tag, here in {
        "lying_flat": exercise.position == "supine",
        "lying_prone": exercise.position == "prone",
        "lying_on_side": exercise.position == "side-lying",
        "strong_band": "band" in things,
    }.items():
        if (tag in mech.tags) != here:
            yield f"{exercise.id}: {tag}"
    if exercise.position in ("half-kneeling", "quadruped") and "knee_loaded_kneeling" not in mech.tags:
        yield f"{exercise.id}: kneels without a knee that carries weight"
    if exercise.category == "stretch" and not mech.lengthens:
        yield f"{exercise.id}: a stretch of nothing"
    if exercise.category == "strength" and not mech.loads:
        yield f"{exercise.id}: strength of nothing"
    if any(getattr(mech, name) > most for name, most in DEGREES.items()):
        yield f"{exercise.id}: more degrees than there are"


def test_a_changed_exercise_whose_mechanics_do_not_agree_is_found(catalogue: Catalogue) -> None:
    bridge = catalogue.exercises["glute-bridge"]
    assert list(disagreements(bridge._replace(position="prone"))) == [
        "glute-bridge: lying_flat",
        "glute-bridge: lying_prone",
    ]
