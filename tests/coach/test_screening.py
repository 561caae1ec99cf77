"""What a condition hides never appears, and what it leaves unplanned is in nothing that is planned."""

import random
import re
from datetime import date, timedelta

import pytest

from hiproutine.catalogue.conditions import CONDITION, CONDITIONS, GRADES, STOPS, caution_words, graded, with_implied
from hiproutine.catalogue.model import Catalogue, Exercise, Routine, Step
from hiproutine.catalogue.prescription import ContractRelax, Hold, PailsRails, effort, usual
from hiproutine.catalogue.rules.rule import ASKS_FOR
from hiproutine.catalogue.vocabulary import SESSION
from hiproutine.coach import session_editing
from hiproutine.coach.eligibility import on_the_way
from hiproutine.coach.objective import WEIGHTS, Asked, problem
from hiproutine.coach.planner import Plan, plan, todays_or_none
from hiproutine.coach.profile import obstacle
from hiproutine.coach.reasons import Cause, Reason
from hiproutine.coach.requested import named, sentences
from hiproutine.coach.screening import Screened, cautions, current, find, routine_changes, screen, screen_for
from hiproutine.coach.session import Item, of_items
from hiproutine.coach.weekly_volume import before
from hiproutine.errors import HiproutineError
from hiproutine.history.past import Past
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Manner, Profile
from tests.coach.test_weekly_volume import practised

TODAY = date(2026, 11, 23)
NOTHING_YET = Past((), ())


def grade(exercise: Exercise, codes: frozenset[str]) -> str:
    """The strictest grade of an exercise for a person with these conditions, by its own fields alone."""
    return next((each for each in GRADES if not codes.isdisjoint(getattr(exercise, each))), "")


def somebody(some: random.Random) -> Profile:
    """A person with one to five conditions that stop nothing."""
    codes = some.sample([code for code in CONDITION if code not in STOPS], some.randint(1, 5))
    return Profile(
        minutes=some.choice([5, 10, 20]),
        level=some.randint(1, 3),
        avoid_positions=some.choice([(), (), ("half-kneeling", "quadruped")]),
        conditions=tuple(codes),
    )


def test_over_ten_thousand_profiles_and_routines_nothing_hidden_appears(catalogue: Catalogue) -> None:
    some = random.Random(70)
    names = list(catalogue.exercises)
    for _ in range(10_000):
        codes = set(some.sample(list(CONDITIONS), some.randint(0, 5)))
        chosen = some.choices(names, k=some.randint(1, 8))
        steps = tuple(Step(name, catalogue.exercises[name].prescription) for name in chosen)
        routine = Routine("mine", "Mine", SESSION, None, "", None, (), (), steps)
        few = {name: catalogue.exercises[name] for name in {*chosen, *family(catalogue, chosen)}}
        check(catalogue._replace(exercises=few, routines={"mine": routine}), codes, chosen)


def family(catalogue: Catalogue, names: list[str]) -> set[str]:
    """The variants of exercises, and theirs, and so on."""
    found, ahead = set(names), list(names)
    while ahead:
        each = catalogue.exercises[ahead.pop()]
        new = {*each.easier, *each.harder} - found
        found |= new
        ahead += new
    return found


def check(catalogue: Catalogue, codes: set[str], chosen: list[str]) -> None:
    screened, every = screen(catalogue, codes), with_implied(codes)
    grades = {name: grade(each, every) for name, each in catalogue.exercises.items()}
    forbidden = {name for name in grades if grades[name] == "avoid" or codes & STOPS}
    out = forbidden | {name for name in grades if grades[name] == "not_planned"}
    left = screened.catalogue
    assert not forbidden & set(left.exercises)
    assert out - forbidden == set(screened.unplanned)
    shown = {name for each in left.exercises.values() for name in (*each.easier, *each.harder)}
    shown |= {step.exercise for each in left.routines.values() for step in each.steps}
    assert shown <= set(left.exercises) - out

    for name in chosen:
        if name in forbidden:
            with pytest.raises(HiproutineError):
                find(screened, name)
        else:
            assert find(screened, name).items[0].exercise.id == name
    kept = len(left.routines["mine"].steps) if left.routines else 0
    change = screened.changes.get("mine")
    assert kept + (len(change.dropped) if change else 0) == len(chosen)
    if change:
        assert change.enough == (2 * kept >= len(chosen))
        assert all(instead.id in family(catalogue, [before.id]) for before, instead in change.replaced)
        assert all(instead.level <= before.level for before, instead in change.replaced)


def test_nothing_that_is_planned_is_forbidden_or_unplanned(catalogue: Catalogue) -> None:
    """A sample; `benchmarks/conditions.py` has the whole."""
    some = random.Random(13)
    for _ in range(60):
        profile = somebody(some)
        screened, codes = screen_for(catalogue, profile, TODAY), with_implied(current(profile, TODAY))
        made = todays_or_none(screened, profile, Manner(), NOTHING_YET, TODAY)
        planned = [catalogue.exercises[item.exercise.id] for item in made.session.items]
        planned += [catalogue.exercises[each.exercise.id] for each in made.suggestions]
        found = session_editing.choices(screened, profile, Manner(), NOTHING_YET, TODAY)
        planned += [catalogue.exercises[name] for name in found.items]
        planned += [catalogue.exercises[name] for name in on_the_way(screened, profile, NOTHING_YET, TODAY)]
        assert not [each.id for each in planned if grade(each, codes) in ("avoid", "not_planned")]
        routines = (step for each in screened.catalogue.routines.values() for step in each.steps)
        graded_steps = (
            graded(catalogue.exercises[step.exercise]._replace(prescription=step.prescription)) for step in routines
        )
        assert not [each.id for each in graded_steps if grade(each, codes) in ("avoid", "not_planned")]


@pytest.mark.parametrize("code", [code for code in CONDITION if code not in STOPS])
def test_a_condition_changes_the_plan_wherever_it_must(catalogue: Catalogue, code: str) -> None:
    usual = Profile(minutes=20, level=2)
    known = Past((practised(9, *((name, None, 10) for name in catalogue.exercises)),))
    profile = usual._replace(conditions=(code,), screened=TODAY.isoformat())
    codes = with_implied([code])
    healthy = plan(screen(catalogue, ()), usual, Manner(), known, TODAY).session
    made = plan(screen_for(catalogue, profile, TODAY), profile, Manner(), known, TODAY)
    must = [item for item in healthy.items if grade(catalogue.exercises[item.exercise.id], codes) in GRADES[:2]]
    items = made.session.items
    assert not [item for item in items if grade(catalogue.exercises[item.exercise.id], codes) in GRADES[:2]]
    assert not must or made.session != healthy
    used = compile_session(made.session, Manner()).total_ms / 60_000 / 20
    assert used >= 0.9 or any("of 20 min: " in note for note in made.notes)


def test_without_conditions_the_catalogue_is_the_same(catalogue: Catalogue) -> None:
    screened = screen(catalogue, ())
    assert screened.catalogue is catalogue
    assert not screened.hidden
    assert routine_changes(screened, "four-everyday") == ()


def test_no_active_side_lifting_hides_the_posterior_list_and_what_lifts_to_the_side(catalogue: Catalogue) -> None:
    posterior = set(screen(catalogue, ["thr_posterior"]).hidden)
    lateral = set(screen(catalogue, ["thr_lateral"]).hidden)
    more = lateral - posterior
    assert posterior < lateral
    assert all(each.mech and "abductor" in each.mech.loads for each in map(catalogue.exercises.__getitem__, more))


@pytest.mark.parametrize("code", sorted(STOPS))
def test_some_answers_stop_everything_with_a_reason(catalogue: Catalogue, code: str) -> None:
    screened = screen(catalogue, [code])
    assert not screened.catalogue.exercises
    assert screened.catalogue.cards == catalogue.cards
    with pytest.raises(HiproutineError) as refusal:
        find(screened, None)
    assert str(refusal.value).startswith(CONDITION[code].stop)
    assert "answer again with `hiproutine screening`" in str(refusal.value)
    made = todays_or_none(screened, Profile(minutes=10), Manner(), NOTHING_YET, TODAY)
    assert made.session.items == ()
    assert CONDITION[code].stop[1:] in (made.session.honest or "")


@pytest.mark.parametrize(("days", "asked"), [(None, True), (83, False), (84, True)])
def test_a_stop_that_is_old_is_asked_about_and_not_only_told(
    catalogue: Catalogue, days: int | None, *, asked: bool
) -> None:
    """Twelve weeks after an operation nobody is told for ever that it is too soon."""
    since = None if days is None else (TODAY - timedelta(days=days)).isoformat()
    stop = screen_for(catalogue, Profile(conditions=("fai", "surgery_recent"), screened=since), TODAY).stop
    assert stop
    assert ("your answer is old" in stop, "once that has changed" in stop) == (asked, not asked)
    not_old = Profile(conditions=("infection", "eye_surgery"), screened=since)
    assert "once that has changed" in (screen_for(catalogue, not_old, TODAY).stop or "")


def test_an_injured_joint_is_not_pushed_at_its_end(catalogue: Catalogue) -> None:
    assert screen(catalogue, ["groin_strain"]).hidden["ninety-front-pails-rails"] == ("groin_strain",)


def test_a_routine_says_what_was_replaced_and_dropped(catalogue: Catalogue) -> None:
    assert routine_changes(screen(catalogue, ["thr_anterior"]), "five-minute")[0] == (
        "Omitted, because it is removed for you: Windshield wipers, Half-kneeling hip flexor stretch, Lying "
        "figure-four stretch."
    )
    kneeling = screen(catalogue, ["knee_kneel"])
    assert kneeling.catalogue.routines["four-everyday"].steps[0].exercise == "standing-lunge-hip-flexor"
    (sentence,) = routine_changes(kneeling, "four-everyday")
    assert sentence == (
        "Standing split-stance hip flexor stretch in place of Half-kneeling hip flexor stretch, which is not planned "
        "for you."
    )


def test_an_easier_one_of_an_easier_one_takes_a_place_as_well(catalogue: Catalogue) -> None:
    reach = catalogue.exercises["half-kneeling-psoas-reach"]
    assert reach.easier == ("half-kneeling-hip-flexor",)
    mine = Routine("mine", "Mine", SESSION, None, "", None, (), (), (Step(reach.id, reach.prescription),))
    screened = screen(catalogue._replace(routines={"mine": mine}), ["knee_kneel"])
    assert screened.catalogue.routines["mine"].steps[0].exercise == "standing-lunge-hip-flexor"


def test_a_routine_with_another_dose_than_the_exercise_is_graded_by_that(catalogue: Catalogue) -> None:
    step = Step("glute-bridge", usual("pails_rails"))
    mine = Routine("mine", "Mine", SESSION, None, "", None, (), (), (step,))
    (left,) = screen(catalogue._replace(routines={"mine": mine}), ["hypermobile"]).catalogue.routines["mine"].steps
    assert left.exercise == "standing-hip-extension"
    assert "glute-bridge" not in screen(catalogue, ["hypermobile"]).unplanned


def test_less_than_half_of_a_routine_offers_the_easy_day_or_something_to_read(catalogue: Catalogue) -> None:
    posterior = screen(catalogue, ["thr_posterior"])
    assert not posterior.changes["kinstretch-beginner"].enough
    assert posterior.changes["bedtime-easy"].enough
    assert "bedtime-easy" in routine_changes(posterior, "kinstretch-beginner")[-1]
    with pytest.raises(HiproutineError, match=r"nothing of .* bedtime-easy"):
        find(posterior, "kinstretch-beginner")
    pregnant = screen(catalogue, ["preg_3"])
    assert not pregnant.changes["bedtime-easy"].enough
    assert "chair-easy-day" in routine_changes(pregnant, "bedtime-easy")[-1]
    none = screen(catalogue._replace(routines={"bedtime-easy": catalogue.routines["bedtime-easy"]}), ["preg_3"])
    assert "edu-stretch-or-strengthen" in routine_changes(none, "bedtime-easy")[-1]


def test_a_weight_that_a_condition_rules_out_is_no_load(catalogue: Catalogue) -> None:
    assert catalogue.exercises["glute-bridge"].load == "kg"
    for code, load in (("disc_acute", None), ("hernia", None), ("heart_cleared", "kg"), ("achilles", "kg")):
        left = screen(catalogue, [code]).catalogue.exercises
        assert left["glute-bridge"].load == load, code
        assert left["seated-knee-extension"].load == "band", code
    with pytest.raises(HiproutineError, match="Glute bridge takes no load"):
        find(screen(catalogue, ["disc_acute"]), "glute-bridge 2x10 4kg")


def test_asking_for_something_hidden_gives_the_reason(catalogue: Catalogue) -> None:
    screened = screen(catalogue, ["knee_twist"])
    with pytest.raises(HiproutineError, match="ligament or meniscus"):
        find(screened, "glute-bridge+pigeon-floor")
    assert find(screened, "glute-bridge").items[0].exercise.id == "glute-bridge"


# ---- what is not planned, and named by hand ----


def by_hand(screened: Screened, name: str, *, anyway: bool = False) -> Plan:
    return named(screened, find(screened, name), Profile(), NOTHING_YET, TODAY, anyway=anyway)


def test_what_is_not_planned_is_done_when_it_is_named_with_its_sentence_and_a_yes(catalogue: Catalogue) -> None:
    screened = screen(catalogue, ["knee_kneel"])
    asked = by_hand(screened, "pigeon-floor+glute-bridge")
    assert [item.exercise.id for item in asked.session.items] == ["glute-bridge"]
    against = "is not planned for you (kneeling that hurts): Put a thick pad under the knee, or leave it"
    assert sentences(asked) == (f"Floor pigeon: {against}.",)
    done = by_hand(screened, "pigeon-floor+glute-bridge", anyway=True)
    assert {item.exercise.id for item in done.session.items} == {"pigeon-floor", "glute-bridge"}
    assert (f"anyway, though it {against}",) in done.reasons
    assert by_hand(screened, "pigeon-floor").session.items == ()


def test_every_sentence_is_said_where_several_conditions_fit(catalogue: Catalogue) -> None:
    screened = screen(catalogue, ["fai", "knee_kneel"])
    assert "pigeon-floor" in screened.unplanned
    words = screened.objection("pigeon-floor")
    pigeon = catalogue.exercises["pigeon-floor"]
    assert all(caution_words(pigeon, code).rstrip(".") in words for code in ("fai", "knee_kneel"))


def test_a_dose_that_makes_an_exercise_unplanned_is_asked_about(catalogue: Catalogue) -> None:
    screened = screen(catalogue, ["hip_oa"])
    bridge = catalogue.exercises["glute-bridge"]
    pushing = of_items([Item(bridge, usual("pails_rails"))]).plan
    assert by_hand(screened, "glute-bridge").session.items
    assert by_hand(screened, pushing).session.items == ()
    assert by_hand(screened, pushing, anyway=True).session.items


def test_the_reason_why_it_is_not_planned_is_in_the_plan(catalogue: Catalogue) -> None:
    profile = Profile(minutes=10, conditions=("knee_kneel",))
    made = plan(screen_for(catalogue, profile, TODAY), profile, Manner(), NOTHING_YET, TODAY)
    why = {each.exercise.id: each.why for each in made.omitted}
    assert why["cat-cow"].startswith("is not planned for you (kneeling that hurts)")
    assert why["couch-stretch"] == "hidden: kneeling that hurts"


# ---- doses ----


@pytest.mark.parametrize(
    ("code", "most"), [("bp_uncontrolled", 30), ("hernia", 30), ("eye_surgery", 30), ("heart_cleared", 50)]
)
def test_some_conditions_cap_every_effort(catalogue: Catalogue, code: str, most: int) -> None:
    screened = screen(catalogue, [code]).catalogue
    steps = [step for routine in screened.routines.values() for step in routine.steps]
    every = [each.prescription for each in screened.exercises.values()] + [step.prescription for step in steps]
    assert max(pair[1] for pair in map(effort, every) if pair) == most


@pytest.mark.parametrize("code", ["dysplasia", "hypermobile"])
def test_holds_at_the_end_of_a_range_are_short_where_they_stay_short(catalogue: Catalogue, code: str) -> None:
    left = screen(catalogue, [code]).catalogue.exercises
    for each in left.values():
        assert each.mech
        dose = each.prescription
        if "end_range" in each.mech.tags and isinstance(dose, Hold | ContractRelax | PailsRails):
            held_s = {Hold: "hold_s", ContractRelax: "deepen_s", PailsRails: "passive_s"}[type(dose)]
            assert getattr(dose, held_s) <= 15
        else:
            assert dose == catalogue.exercises[each.id].prescription
    assert left["constructive-rest"].prescription == catalogue.exercises["constructive-rest"].prescription


def test_the_doses_of_a_plan_are_screened_as_those_of_the_catalogue(catalogue: Catalogue) -> None:
    bridge = catalogue.exercises["glute-bridge"]
    hard = catalogue.exercises["figure-four-contract-relax"].prescription._replace(effort_pct=(40, 80))  # type: ignore[call-arg]
    pushing = catalogue.exercises["ninety-front-pails-rails"].prescription
    doses = of_items([Item(bridge, hard)]).plan
    assert effort(find(screen(catalogue, []), doses).items[0].prescription) == (40, 80)
    assert effort(find(screen(catalogue, ["bp_uncontrolled"]), doses).items[0].prescription) == (30, 30)
    doses = of_items([Item(bridge, pushing)]).plan
    assert find(screen(catalogue, ["gtps"]), doses).items[0].prescription == pushing
    with pytest.raises(HiproutineError, match="is hidden by your screening"):
        find(screen(catalogue, ["groin_strain"]), doses)


def test_cautions_have_their_lines_once(catalogue: Catalogue) -> None:
    single = catalogue.exercises["single-leg-bridge"]
    assert cautions(single, ["pht", "fai"]) == tuple(caution_words(single, code) for code in ("fai", "pht"))
    march = catalogue.exercises["warm-up-march"]
    assert cautions(march, ["thr_lateral"]) == (caution_words(march, "thr_posterior"),)


def test_each_caution_costs_the_session_the_same(catalogue: Catalogue) -> None:
    codes = with_implied(["hip_oa", "balance"])
    known = before((), catalogue.exercises, TODAY)
    asked = Asked(20, Profile(), Manner(), known)
    free = problem(catalogue.exercises.values(), asked).options
    costly = problem(catalogue.exercises.values(), asked._replace(codes=codes)).options
    lines = [len(cautions(each.exercise, codes)) for each in free if not each.must]
    lost = [one.points - other.points for one, other in zip(free, costly, strict=True) if not one.must]
    assert set(lines) == {0, 1, 2}
    assert lost == pytest.approx([WEIGHTS.caution * count for count in lines])


def test_strength_is_worth_more_to_the_hypermobile(catalogue: Catalogue) -> None:
    exercises = [each for each in catalogue.exercises.values() if not cautions(each, ["hypermobile"])]
    asked = Asked(20, Profile(), Manner(), before((), catalogue.exercises, TODAY))
    plain = problem(exercises, asked).options
    bendy = problem(exercises, asked._replace(codes=frozenset({"hypermobile"}))).options
    gained = {one.exercise.category: two.points - one.points for one, two in zip(plain, bendy, strict=True)}
    assert gained.pop("strength") == WEIGHTS.check
    assert set(gained.values()) == {0}
    todays = plan(screen(catalogue, ["hypermobile"]), Profile(minutes=10), Manner(), NOTHING_YET, TODAY)
    why = {item.exercise.category: why for item, why in zip(todays.session.items, todays.reasons, strict=True)}
    assert "preferred with very bendy joints" in why["strength"]


# ---- a pregnancy goes on ----


@pytest.mark.parametrize(
    ("answer", "weeks", "now"),
    [
        ("preg_1", 0, "preg_1"),
        ("preg_1", 3, "preg_1"),
        ("preg_1", 4, "preg_2"),
        ("preg_1", 17, "preg_2"),
        ("preg_1", 18, "preg_3"),
        ("preg_1", 60, "preg_3"),
        ("preg_2", 3, "preg_2"),
        ("preg_2", 4, "preg_3"),
        ("preg_3", 0, "preg_3"),
        ("preg", 0, "preg_3"),
        ("preg_1", None, "preg_3"),
    ],
)
def test_the_third_is_counted_on(answer: str, weeks: int | None, now: str) -> None:
    since = None if weeks is None else (TODAY - timedelta(weeks=weeks)).isoformat()
    assert current(Profile(conditions=("fai", answer), screened=since), TODAY) == ("fai", now)


GEAR = re.compile(r"\b(pads?|cushions?|pillows?|propped|straps?|chairs?|towels?|blocks?)\b", re.IGNORECASE)
OPTIONAL = {
    "A rolled towel behind the knee helps.",
    "Only as far as the knee bends without pain; a towel behind it helps.",
    "Fists or a folded towel under the hands, or leave it.",
}


def test_a_caution_that_asks_for_a_thing_needs_it(catalogue: Catalogue) -> None:
    side_plank = screen(catalogue, ("knee_kneel",)).catalogue.exercises["side-plank-knees"]
    assert obstacle(side_plank, Profile(equipment=("mat",))) == Reason(Cause.EQUIPMENT, "needs cushion or pad")
    assert obstacle(side_plank, Profile(equipment=("mat", "cushion"))) is None
    assert obstacle(catalogue.exercises["side-plank-knees"], Profile(equipment=("mat",))) is None
    for code in CONDITION:
        for exercise in screen(catalogue, (code,)).catalogue.exercises.values():
            said = " ".join(cautions(exercise, (code,)))
            asked = [each for each in re.split(r"(?<=\.) ", said) if GEAR.search(each) and each not in OPTIONAL]
            assert all(ASKS_FOR[each] in exercise.equipment for each in asked), (code, exercise.id, asked)
