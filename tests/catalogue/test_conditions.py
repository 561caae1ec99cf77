"""The rules that grade an exercise by what it does, and the matrix that they give."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hiproutine.catalogue.conditions import (
    CONDITION,
    CONDITIONS,
    GRADES,
    STOPS,
    by_rule,
    caution_words,
    graded,
    with_implied,
)
from hiproutine.catalogue.demands import demands
from hiproutine.catalogue.mechanics import DEGREES, EFFORTS, TAGS, Mechanics
from hiproutine.catalogue.model import Catalogue, Exercise
from hiproutine.catalogue.prescription import usual
from hiproutine.catalogue.rules.rule import Rule
from hiproutine.catalogue.vocabulary import LEVELS

LETTERS = {"avoid": "A", "not_planned": "N", "caution": "c", "": "."}
_MATRIX = Path(__file__).parent / "matrix.tsv"
_LINES = [line.split("\t") for line in _MATRIX.read_text(encoding="utf-8").splitlines()]
MATRIX = {name: dict(zip(_LINES[0][1:], cells, strict=True)) for name, *cells in _LINES[1:]}
"""By exercise and condition: A avoid, N not planned, c caution, or a dot."""
RULED = [code for code, each in CONDITION.items() if not each.stop and code != "preg"]
OF_ITS_DOSE = {("ninety-front-pails-rails", "hf_strain"), ("ninety-front-pails-rails", "groin_strain")} | {
    ("ninety-trail-pails-rails", "hf_strain"),
    ("ninety-trail-pails-rails", "groin_strain"),
}
"""Pushing hard at the end of a range is not for an injured joint, whatever the exercise."""

# Pairs that had not even a caution while codes were given by hand.
FORGOTTEN = """
knee_kneel: pigeon-floor
shoulder_wrist: couch-stretch glute-ball-release frog-rock windshield-wipers ninety-ninety-supported
shoulder_wrist: ninety-front-pails-rails ninety-trail-pails-rails trail-leg-lift-off banded-hip-mob
balance: wall-calf-stretch soleus-wall-stretch supported-deep-squat squat-pry
preg_3: standing-lunge-hip-flexor couch-stretch elevated-pigeon pigeon-floor adductor-rock frog-rock
preg_3: seated-adductor-opener squat-pry banded-hip-mob worlds-greatest split-squat
thr_anterior: adductor-rock windshield-wipers supine-hip-circles ninety-ninety-switch ninety-trail-pails-rails
thr_anterior: trail-leg-lift-off seated-adductor-opener squat-pry glute-bridge single-leg-bridge
thr_anterior: clamshell side-lying-quad split-squat-assisted split-squat
thr_posterior: side-lying-quad glute-ball-release knee-to-wall-rock banded-ankle-mob weighted-ankle-hold clamshell
thr_posterior: side-lying-hip-abduction side-plank-knees hip-hike hamstring-resistance-stretch
hypermobile: half-kneeling-hip-flexor supine-edge-psoas side-lying-quad supine-figure-four seated-figure-four
hypermobile: half-kneeling-contract-relax figure-four-contract-relax supine-hamstring-contract-relax
hypermobile: wall-calf-stretch soleus-wall-stretch
disc_acute: couch-stretch pigeon-floor windshield-wipers supine-hip-flexion-hold supported-deep-squat squat-pry
disc_acute: worlds-greatest side-plank dead-bug split-squat
pgp: standing-lunge-hip-flexor half-kneeling-contract-relax chair-quad-resistance supine-figure-four elevated-pigeon
pgp: clamshell side-lying-hip-abduction dead-bug
hf_strain: half-kneeling-hip-flexor
"""


def letter(exercise: Exercise, code: str) -> str:
    """The grade of the rules for a person with a condition, as in the matrix."""
    grades = by_rule(exercise)
    found = [grades[each] for each in with_implied([code]) if each in grades]
    return LETTERS[min(found, key=GRADES.index, default="")]


def test_the_rules_give_the_matrix(catalogue: Catalogue) -> None:
    assert list(MATRIX) == list(catalogue.exercises) or set(MATRIX) == set(catalogue.exercises)
    assert set(RULED) == set(next(iter(MATRIX.values())))
    found = {(name, code): letter(each, code) for name, each in catalogue.exercises.items() for code in RULED}
    assert found == {(name, code): MATRIX[name][code] for name, code in found}


def test_the_catalogue_has_the_grades_of_the_rules_and_of_the_doses(catalogue: Catalogue) -> None:
    for name, each in catalogue.exercises.items():
        own = {code: grade for grade in GRADES for code in getattr(each, grade)}
        assert sum(len(getattr(each, grade)) for grade in GRADES) == len(own)
        differing = {(name, code) for code in CONDITION if own.get(code) != by_rule(each).get(code)}
        assert differing <= OF_ITS_DOSE
        assert all(own[code] == "avoid" for _, code in differing)


@pytest.mark.parametrize("line", FORGOTTEN.split("\n")[1:-1])
def test_no_pair_that_was_forgotten_is_without_a_word(line: str) -> None:
    code, _, names = line.partition(":")
    assert all(MATRIX[name][code] in "ANc" for name in names.split())


def test_no_kneeling_exercise_is_planned_for_those_who_cannot_kneel(catalogue: Catalogue) -> None:
    kneeling = [each for each in catalogue.exercises.values() if each.position in ("half-kneeling", "quadruped")]
    assert kneeling
    assert all(letter(each, "knee_kneel") in "AN" for each in kneeling)


# ---- monotone: more demanding is never milder ----


def more_demanding(exercise: Exercise) -> Iterator[Exercise]:
    """The exercise with one thing more: each tag, a wider angle, more effort, a higher level."""
    mech = exercise.mech
    assert mech
    yield from (exercise._replace(mech=mech._replace(tags=(*mech.tags, tag))) for tag in TAGS if tag not in mech.tags)
    for angle, most in DEGREES.items():
        wider = range(getattr(mech, angle) + 5, most + 1, 10)
        yield from (exercise._replace(mech=Mechanics(**(mech._asdict() | {angle: each}))) for each in wider)
    for effort in list(EFFORTS)[list(EFFORTS).index(mech.effort) + 1 :]:
        yield exercise._replace(mech=mech._replace(effort=effort))
    yield from (exercise._replace(level=level) for level in LEVELS if level > exercise.level)


def test_what_demands_more_is_never_graded_milder(catalogue: Catalogue) -> None:
    for each in catalogue.exercises.values():
        before = by_rule(each)
        for more in more_demanding(each):
            after = by_rule(more)
            milder = {c for c, grade in before.items() if c not in after or _GRADE[after[c]] > _GRADE[grade]}
            assert not milder, (each.id, more.mech, more.level)


_GRADE = {grade: number for number, grade in enumerate(GRADES)}


# ---- own exercises ----


def test_without_known_mechanics_what_is_said_by_hand_holds_and_so_do_position_and_dose(catalogue: Catalogue) -> None:
    bare = catalogue.exercises["ninety-front-pails-rails"]._replace(
        mech=None, avoid=(), not_planned=(), caution=("fai",)
    )
    assert graded(bare).avoid == ("fai", "hf_strain", "groin_strain")
    assert "fai" not in graded(bare).caution
    assert "hypermobile" in graded(bare).not_planned
    standing = bare._replace(position="standing", prescription=usual("hold"), caution=())
    assert graded(standing).caution == ("balance", "faint_cleared")


def test_the_stricter_of_two_grades_holds(catalogue: Catalogue) -> None:
    bridge = catalogue.exercises["glute-bridge"]
    assert "knee_flexion" in bridge.caution
    harder = graded(bridge._replace(not_planned=(*bridge.not_planned, "knee_flexion"), avoid=("achilles",)))
    assert "knee_flexion" in harder.not_planned
    assert "knee_flexion" not in harder.caution
    assert harder.avoid == ("achilles",)
    assert graded(bridge._replace(avoid=(), not_planned=(), caution=())) == bridge


def test_an_exercise_that_names_no_third_of_a_pregnancy_means_each(catalogue: Catalogue) -> None:
    raised = catalogue.exercises["heel-raise"]
    assert graded(raised._replace(avoid=("preg",))).avoid == ("preg_1",)


# ---- what is said of an exercise ----

ONLY: dict[str, Rule] = {
    "Sit ": lambda e: e.position == "seated-chair",
    "Hold on": lambda e: e.position in ("standing", "half-kneeling", "seated-chair", "seated-floor"),
    "One hand on": lambda e: e.position in ("standing", "half-kneeling", "seated-chair"),
    "Keep the head up": lambda e: e.position not in ("supine", "prone", "side-lying"),
    "turn over": lambda e: e.position in ("supine", "prone", "side-lying"),
    "never flat": lambda e: e.position == "supine",
    "pillow between": lambda e: e.position == "side-lying",
    "under the hands": lambda e: e.has("hands_loaded"),
    "elbow": lambda e: e.has("forearm_loaded"),
    "foot flat": lambda e: "calf" not in e.loads,
    "Widen the stance": lambda e: e.position == "standing",
    "sore side": lambda e: e.has("lying_on_side"),
    "Stop when the hip is straight": lambda e: e.has("extends_to_neutral"),
    "Shorter holds": lambda e: not e.repeated,
    "above the floor": lambda e: e.has("knee_near_floor"),
}
"""Words of cautions, and of which exercises alone they make sense."""


def test_a_caution_fits_its_exercise(catalogue: Catalogue) -> None:
    said = dict.fromkeys(ONLY, 0)
    for each in catalogue.exercises.values():
        for code in (*each.not_planned, *each.caution):
            caution = caution_words(each, code)
            assert caution, (each.id, code)
            for words, fits in ONLY.items():
                if words in caution:
                    said[words] += 1
                    assert fits(demands(each)), (each.id, code, caution)
    assert all(said.values()), said


def test_where_the_demands_are_not_known_the_caution_is_the_general_one(catalogue: Catalogue) -> None:
    rest = catalogue.exercises["constructive-rest"]
    assert "seat" not in caution_words(rest, "thr_posterior")
    assert caution_words(rest._replace(mech=None), "thr_posterior") == CONDITION["thr_posterior"].says


def test_a_hip_replacement_without_rules_of_a_surgeon_has_words_where_these_would_be_broken(
    catalogue: Catalogue,
) -> None:
    """At the end of a range in a deep bend, turned in or across; turned out behind the body; or pulled by a band."""
    for name, each in catalogue.exercises.items():
        e = demands(each)
        if e.has("end_range") and (e.flexion > 90 or e.turn_in > 15 or e.has("crosses_midline")):
            assert MATRIX[name]["thr"] in "ANc", name
        for code in ("thr_posterior", "thr_anterior", "thr_lateral"):
            assert "ANc.".index(MATRIX[name][code]) <= "ANc.".index(MATRIX[name]["thr"]), (name, code)
    assert MATRIX["banded-hip-mob"]["thr"] == "A"
    said = caution_words(catalogue.exercises["supine-figure-four"], "thr")
    assert said == "Bend at the hip only as far as is easy. Your surgeon's word comes first."


# ---- nobody is left without a session ----


@pytest.mark.parametrize("code", RULED)
def test_every_condition_leaves_enough_to_do(catalogue: Catalogue, code: str) -> None:
    free = [each for name, each in catalogue.exercises.items() if MATRIX[name][code] not in "AN"]
    assert len(free) >= 8
    assert sum(each.position in ("seated-chair", "standing") for each in free) >= 3


# ---- the table itself ----


def test_a_condition_is_declared_whole() -> None:
    for code, each in CONDITION.items():
        assert each.label, code
        assert each.label[0].islower() or each.label.startswith("a "), code
        assert bool(each.stop) == (code in STOPS)
        graded_by_it = any(getattr(each, grade) is not CONDITION["preg"].avoid for grade in GRADES)
        assert graded_by_it != bool(each.stop) or code == "preg"
        assert each.says or each.stop or each.implies, code
        assert each.says or not each.fitting, code
        assert each.source or each.stop or code == "preg", code
        assert not each.implies or each.implies in CONDITION
        assert not each.follows or CONDITION[each.follows].question
        assert not each.cleared or each.clearance
    assert len(set(CONDITIONS.values())) == len(CONDITIONS) - 1  # a pregnancy, whether its third is known or not


def test_what_a_condition_implies_ends() -> None:
    assert with_implied(["preg_3"]) == {"preg_1", "preg_2", "preg_3"}
    assert with_implied(["preg"]) == {"preg", "preg_1", "preg_2", "preg_3"}
    assert with_implied(["thr_lateral", "fai"]) == {"thr_lateral", "thr_posterior", "thr", "fai"}
