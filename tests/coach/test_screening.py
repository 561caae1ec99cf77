"""What a condition hides never appears: in no routine, in no variant, under no name."""

import random
from datetime import date

import pytest

from hiproutine.catalogue.model import Catalogue, Routine, Step
from hiproutine.catalogue.prescription import PailsRails, effort
from hiproutine.catalogue.vocabulary import CONDITIONS
from hiproutine.coach.planner import todays_or_none
from hiproutine.coach.questions import QUESTIONS, answered, meaning
from hiproutine.coach.screening import CAUTIONS, cautions, find, screen, told
from hiproutine.coach.session import Item, of_items
from hiproutine.errors import HiproutineError
from hiproutine.history.past import Past
from hiproutine.settings.model import Manner, Profile

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
        if codes & {"fai", "hf_strain", "groin_strain"}:
            forbidden |= {name for name in names if isinstance(catalogue.exercises[name].prescription, PailsRails)}
        left = screened.catalogue
        assert not forbidden & set(left.exercises)
        shown = {name for each in left.exercises.values() for name in (*each.easier, *each.harder)}
        shown |= {step.exercise for each in left.routines.values() for step in each.steps}
        assert shown <= set(left.exercises)

        for name in chosen:
            if name in forbidden:
                with pytest.raises(HiproutineError):
                    find(screened, name)
            elif not screened.stop:
                assert find(screened, name).items[0].exercise.id == name
        if "mine" in left.routines:
            practised = {item.exercise.id for item in find(screened, "mine").items}
            assert practised.isdisjoint(forbidden)
            assert all(set(cautions(left.exercises[name], codes)) <= set(CAUTIONS.values()) for name in practised)

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


def test_the_doses_of_a_plan_are_screened_as_those_of_the_catalogue(catalogue: Catalogue) -> None:
    bridge = catalogue.exercises["glute-bridge"]
    hard = catalogue.exercises["figure-four-contract-relax"].prescription._replace(effort_pct=(40, 80))  # type: ignore[call-arg]
    pushing = catalogue.exercises["ninety-front-pails-rails"].prescription
    plan = of_items([Item(bridge, hard)]).plan
    assert effort(find(screen(catalogue, []), plan).items[0].prescription) == (40, 80)
    assert effort(find(screen(catalogue, ["bp_uncontrolled"]), plan).items[0].prescription) == (30, 30)
    plan = of_items([Item(bridge, pushing)]).plan
    assert find(screen(catalogue, ["gtps"]), plan).items[0].prescription == pushing
    with pytest.raises(HiproutineError, match="is hidden by your screening"):
        find(screen(catalogue, ["groin_strain"]), plan)


def test_every_caution_of_the_catalogue_has_its_line(catalogue: Catalogue) -> None:
    for each in catalogue.exercises.values():
        assert set(each.caution) <= set(CAUTIONS), each.id
    bridge = catalogue.exercises["single-leg-bridge"]
    assert cautions(bridge, ["pht", "fai"]) == (CAUTIONS["pht"],)
    assert cautions(bridge, ["thr_lateral"]) == (CAUTIONS["thr_posterior"],)


# ---- the questions ----


def test_each_condition_is_asked_for_once_in_plain_words() -> None:
    assert list(QUESTIONS) == list(CONDITIONS)
    assert len(set(QUESTIONS.values())) == len(QUESTIONS)
    assert all(question.endswith("?") for question in QUESTIONS.values())


def test_not_sure_counts_as_yes_and_no_answer_changes_nothing() -> None:
    answers = {"thr_posterior": "u", "fai": "n", "balance": "y"}
    assert answered(["fai", "pht"], answers) == ("thr_posterior", "pht", "balance")
    assert answered([], dict.fromkeys(QUESTIONS, "u")) == tuple(CONDITIONS)
    assert answered(list(CONDITIONS), dict.fromkeys(QUESTIONS, "n")) == ()


@pytest.mark.parametrize(
    ("codes", "says"),
    [
        ([], "Nothing is hidden."),
        (["spine_surgery_recent"], "1 exercise is hidden, and in no session of yours."),
        (["thr_posterior"], "29 exercises are hidden"),
        (["preg"], "0 exercises are hidden, and in no session of yours. 28 exercises are shown with a word"),
        (["fai", "surgery_recent"], "Please do not practise for now: so soon after surgery"),
        (["neuro_progressive"], "`hiproutine show edu-red-flags` says how soon."),
    ],
)
def test_what_the_answers_come_to_is_said(catalogue: Catalogue, codes: list[str], says: str) -> None:
    assert says in " ".join(meaning(screen(catalogue, codes), codes).words)


@pytest.mark.parametrize("code", sorted(EVERYTHING))
def test_where_there_can_be_no_session_today_says_why(catalogue: Catalogue, code: str) -> None:
    plan = todays_or_none(screen(catalogue, [code]), Profile(minutes=10), Manner(), Past((), ()), date(2026, 11, 23))
    assert plan.session.items == ()
    assert (plan.session.honest or "").startswith(("So soon after surgery", "A leg that gets weaker"))
