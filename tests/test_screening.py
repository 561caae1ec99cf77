"""What a condition hides never appears: in no routine, in no variant, under no name."""

import random

import pytest

from hiproutine.catalogue.model import Catalogue, Routine, Step
from hiproutine.catalogue.prescription import PailsRails, effort
from hiproutine.catalogue.vocabulary import CONDITIONS
from hiproutine.coach.screening import CAUTIONS, cautions, find, screen, told
from hiproutine.errors import HiproutineError

EVERYTHING = {"surgery_recent", "neuro_progressive"}
SIDE_LIFTS = {"clamshell", "side-lying-hip-abduction", "side-plank-knees", "side-plank", "hip-hike"}


def test_over_ten_thousand_profiles_and_routines_nothing_hidden_appears(catalogue: Catalogue) -> None:
    some = random.Random(70)
    names = list(catalogue.exercises)
    for _ in range(10_000):
        codes = set(some.sample(list(CONDITIONS), some.randint(0, 5)))
        chosen = some.choices(names, k=some.randint(1, 8))
        steps = tuple(Step(name, catalogue.exercises[name].prescription) for name in chosen)
        routine = Routine("mine", "Mine", None, "", None, (), steps)
        screened = screen(catalogue._replace(routines={"mine": routine}), codes)

        hiding = codes | ({"thr_posterior"} if "thr_lateral" in codes else set())
        forbidden = {name for name in names if hiding & {*catalogue.exercises[name].avoid, *EVERYTHING}}
        left = screened.catalogue
        assert not forbidden & set(left.exercises)
        shown = {name for each in left.exercises.values() for name in (*each.easier, *each.harder)}
        shown |= {step.exercise for each in left.routines.values() for step in each.steps}
        assert shown <= set(left.exercises)

        kept = len(left.routines["mine"].steps) if left.routines else 0
        change = screened.changes.get("mine")
        assert kept + (len(change.dropped) if change else 0) == len(chosen)
        if change:
            assert change.enough == (2 * kept >= len(chosen))
            assert all(instead.id in before.easier for before, instead in change.replaced)


def test_without_conditions_the_catalogue_is_the_same(catalogue: Catalogue) -> None:
    screened = screen(catalogue, ())
    assert screened.catalogue is catalogue
    assert not screened.hidden
    assert told(screened, "four-everyday") == ()


def test_no_active_side_lifting_hides_the_posterior_list_and_five_more(catalogue: Catalogue) -> None:
    posterior = set(screen(catalogue, ["thr_posterior"]).hidden)
    assert set(screen(catalogue, ["thr_lateral"]).hidden) == posterior | SIDE_LIFTS


@pytest.mark.parametrize("code", sorted(EVERYTHING))
def test_some_answers_stop_everything_with_a_reason(catalogue: Catalogue, code: str) -> None:
    screened = screen(catalogue, [code])
    assert not screened.catalogue.exercises
    assert screened.catalogue.cards == catalogue.cards
    with pytest.raises(HiproutineError, match=r"surgeon|red-flags"):
        find(screened, None)


def test_an_injured_joint_is_not_pushed_at_its_end(catalogue: Catalogue) -> None:
    assert screen(catalogue, ["groin_strain"]).hidden["ninety-front-pails-rails"] == ("groin_strain",)


def test_a_routine_says_what_was_replaced_and_dropped(catalogue: Catalogue) -> None:
    screened = screen(catalogue, ["thr_anterior"])
    assert told(screened, "five-minute") == (
        "Left out, because it is hidden: Half-kneeling hip flexor stretch, Lying figure-four stretch.",
    )
    assert told(screen(catalogue, ["knee_twist"]), "kinstretch-beginner")[-1].startswith("Left out")
    steps = screen(catalogue, ["pgp"]).catalogue.routines["four-everyday"].steps
    assert [step.exercise for step in steps][2] == "windshield-wipers"
    assert told(screen(catalogue, ["pgp"]), "four-everyday") == (
        "Windshield wipers in place of Lying butterfly, which is hidden.",
    )


def test_less_than_half_of_a_routine_offers_the_easy_day_or_something_to_read(catalogue: Catalogue) -> None:
    posterior = screen(catalogue, ["thr_posterior"])
    assert [name for name, change in posterior.changes.items() if not change.enough] == ["kinstretch-beginner"]
    assert "bedtime-easy" in told(posterior, "kinstretch-beginner")[-1]
    with pytest.raises(HiproutineError, match=r"nothing of .* bedtime-easy"):
        find(posterior, "kinstretch-beginner")
    both = screen(catalogue, ["thr_posterior", "thr_anterior"])
    assert not both.changes["bedtime-easy"].enough
    assert "edu-stretch-or-strengthen" in told(both, "four-everyday")[-1]


def test_asking_for_something_hidden_gives_the_reason(catalogue: Catalogue) -> None:
    screened = screen(catalogue, ["knee_twist"])
    with pytest.raises(HiproutineError, match="ligament or meniscus"):
        find(screened, "glute-bridge+pigeon-floor")
    assert find(screened, "glute-bridge").items[0].exercise.id == "glute-bridge"


def test_uncontrolled_blood_pressure_caps_every_effort(catalogue: Catalogue) -> None:
    screened = screen(catalogue, ["bp_uncontrolled"]).catalogue
    steps = [step for routine in screened.routines.values() for step in routine.steps]
    every = [each.prescription for each in screened.exercises.values()] + [step.prescription for step in steps]
    assert max(pair[1] for pair in map(effort, every) if pair) == 30
    assert {each.rails_effort_pct for each in every if isinstance(each, PailsRails)} == {(20, 30)}


def test_every_caution_of_the_catalogue_has_its_line(catalogue: Catalogue) -> None:
    for each in catalogue.exercises.values():
        assert set(each.caution) <= set(CAUTIONS), each.id
    bridge = catalogue.exercises["single-leg-bridge"]
    assert cautions(bridge, ["pht", "fai"]) == (CAUTIONS["pht"],)
    assert cautions(bridge, ["thr_lateral"]) == (CAUTIONS["thr_posterior"],)
