"""Plans: within the time, in order, by the rules, with reasons, and quick."""

import cProfile
import random
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise, permutations
from statistics import mean

import planner
import pytest
import simulate
from hypothesis import given
from hypothesis import strategies as st

from hiproutine.catalogue.conditions import CONDITIONS
from hiproutine.catalogue.model import Catalogue, Step
from hiproutine.catalogue.prescription import sets_of
from hiproutine.catalogue.vocabulary import AREA, CATEGORY, DOSED_AREAS, EQUIPMENT, Stage
from hiproutine.coach import session_editing
from hiproutine.coach.objective import MOST_NEW, WARM_UP_FROM_MIN
from hiproutine.coach.ordering import STAGES, stage_of
from hiproutine.coach.plan_words import LEAST_USED
from hiproutine.coach.planner import Plan, plan, todays
from hiproutine.coach.profile import FLOOR, obstacle
from hiproutine.coach.progression import ladder
from hiproutine.coach.screening import screen
from hiproutine.coach.self_checks import READINGS
from hiproutine.coach.session import find
from hiproutine.coach.weekly_volume import repeat_of, strengthens, stretches
from hiproutine.errors import HiproutineError
from hiproutine.history.past import Past
from hiproutine.history.records import Hurt, SessionRecord
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import GUIDES, Breath, Changes, Manner, Profile
from tests.coach.test_pain import level
from tests.coach.test_weekly_volume import TODAY, practised


def planned(catalogue: Catalogue, profile: Profile, *sessions: SessionRecord, manner: Manner = Manner()) -> Plan:  # noqa: B008
    return plan(screen(catalogue, profile.conditions), profile, manner, Past(sessions, ()), TODAY)


def ids(made: Plan) -> list[str]:
    return [item.exercise.id for item in made.session.items]


somebody = st.builds(
    Profile,
    minutes=st.integers(3, 60),
    days_per_week=st.integers(1, 7),
    focus=st.lists(st.sampled_from(list(DOSED_AREAS)), max_size=3, unique=True).map(lambda a: tuple((x, 2) for x in a)),
    equipment=st.none() | st.lists(st.sampled_from(list(EQUIPMENT)), max_size=9).map(tuple),
    avoid_positions=st.sampled_from([(), FLOOR, ("half-kneeling",)]),
    level=st.integers(1, 3),
    conditions=st.lists(st.sampled_from(list(CONDITIONS)), max_size=2).map(tuple),
    screened=st.sampled_from([None, "2026-01-05", "2026-11-20"]),
    rest_days=st.just(()),
    planned_less=st.none(),
)
# Every field is named: `builds` draws any text for the fields of a named tuple that it is not given.
somehow = st.builds(
    Manner,
    stiff_side=st.sampled_from([None, "left", "right"]),
    extra_set=st.booleans(),
    ready_factor=st.sampled_from([0.5, 1, 1.3, 2]),
    breath=st.none() | st.just(Breath()),
    guide=st.sampled_from(list(GUIDES)),
    learned_after=st.none(),
    familiar=st.sampled_from([None, frozenset(), frozenset({"couch-stretch", "glute-bridge", "clamshell"})]),
    changes=st.sampled_from([Changes(), Changes(9, 13, 28, 60), Changes(3, 4, 8, 10)]),
    codes=st.frozensets(st.sampled_from(list(CONDITIONS)), max_size=2),
)


@given(profile=somebody, manner=somehow)
def test_a_plan_fits_the_time_and_keeps_order_and_limits(
    catalogue: Catalogue, profile: Profile, manner: Manner
) -> None:
    assert profile.minutes
    try:
        made = planned(catalogue, profile, manner=manner)
    except HiproutineError:
        return
    items = made.session.items
    assert compile_session(made.session, manner).total_ms <= profile.minutes * 60_000
    assert len(set(ids(made))) == len(items) == len(made.reasons)
    phases = [STAGES.index(stage_of(item.exercise)) for item in items]
    assert phases == sorted(phases)
    assert all(made.reasons)
    for item in items:
        assert not obstacle(item.exercise, profile)
        assert not set(item.exercise.avoid) & set(profile.conditions)
    gentler = {name for each in catalogue.exercises.values() if stage_of(each) is Stage.WARM for name in each.easier}
    # Where no warm-up may be done, its easier variant comes first, before anything is chosen.
    first = items[:1] if profile.minutes >= WARM_UP_FROM_MIN and items and items[0].exercise.id in gentler else ()
    new = [item for item in items[len(first) :] if stage_of(item.exercise) not in (Stage.WARM, Stage.SETTLE)]
    assert len(new) <= MOST_NEW
    left = {each.exercise.id for each in made.omitted}
    assert left | set(ids(made)) == set(catalogue.exercises)
    assert not left & set(ids(made))


@given(profile=somebody, sore=st.sampled_from([None, 3, 7]))
def test_the_profile_holds_without_minutes_too(catalogue: Catalogue, profile: Profile, sore: int | None) -> None:
    profile = profile._replace(minutes=None)
    past = Past(() if sore is None else (level(4, 0), level(0, sore)))
    try:
        made = todays(screen(with_chair_day(catalogue), profile.conditions), profile, Manner(), past, TODAY)
    except HiproutineError:
        return
    assert made.session.items
    for item in made.session.items:
        assert obstacle(item.exercise, profile) is None
    assert len(set(ids(made))) == len(made.session.items)


def with_chair_day(catalogue: Catalogue) -> Catalogue:
    """The catalogue with an easy day on a chair, of three exercises."""
    names = ("seated-pelvic-tilt", "seated-march", "seated-breathing")
    steps = tuple(Step(name, catalogue.exercises[name].prescription) for name in names)
    chair = catalogue.routines["bedtime-easy"]._replace(id="chair-easy-day", name="Easy day on a chair", steps=steps)
    return catalogue._replace(routines={**catalogue.routines, chair.id: chair})


def test_the_usual_routine_is_replaced_item_by_item_by_what_does_most_nearly_the_same(catalogue: Catalogue) -> None:
    chair_only = Profile(avoid_positions=FLOOR, equipment=("chair",))
    made = todays(screen(catalogue, ()), chair_only, Manner(), Past(), TODAY)
    assert ids(made) == [
        "standing-lunge-hip-flexor",
        "seated-figure-four",
        "seated-adductor-opener",
        "seated-hamstring-chair",
    ]
    assert made.reasons[1] == ("in place of Lying figure-four stretch, which needs mat",)
    no_strap = todays(screen(catalogue, ()), Profile(equipment=("mat", "cushion")), Manner(), Past(), TODAY)
    assert "Lying hamstring stretch with strap is omitted: it needs strap or towel." in no_strap.notes
    assert ids(no_strap) == ["half-kneeling-hip-flexor", "supine-figure-four", "supine-butterfly"]


@pytest.mark.parametrize("minutes", [None, 5, 10])
@pytest.mark.parametrize("equipment", [None, ("chair",), ()])
def test_a_painful_day_on_a_chair_is_an_easy_one(
    catalogue: Catalogue, minutes: int | None, equipment: tuple[str, ...] | None
) -> None:
    profile = Profile(minutes=minutes, avoid_positions=FLOOR, equipment=equipment)
    screened = screen(with_chair_day(catalogue), ())
    if equipment == ():
        with pytest.raises(HiproutineError):
            todays(screened, profile, Manner(), Past((level(0, 7),)), TODAY)
        return
    made = todays(screened, profile, Manner(), Past((level(0, 7),)), TODAY)
    assert set(ids(made)) == {"seated-pelvic-tilt", "seated-march", "seated-breathing"}


def met(catalogue: Catalogue) -> SessionRecord:
    """A session of long ago in which somebody met every exercise."""
    return practised(9, *((name, None, 10) for name in catalogue.exercises))


@pytest.mark.parametrize("minutes", [3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 45, 50])
def test_most_of_the_time_is_used_once_the_exercises_are_known(catalogue: Catalogue, minutes: int) -> None:
    made = planned(catalogue, Profile(minutes), met(catalogue))
    used = compile_session(made.session, Manner()).total_ms / minutes / 60_000
    assert 0.85 <= used <= 1
    assert bool(made.notes) == (used < LEAST_USED)


def test_two_exercises_at_most_are_new_and_a_session_that_is_shorter_for_that_says_so(catalogue: Catalogue) -> None:
    first = planned(catalogue, Profile(20))
    assert len(first.session.items) == 2 + 2  # with the warm-up and the end
    said = r"(\d+) of 20 min: 2 new exercises are enough\. For more: (.+) \(`hiproutine start (.+)`\)\."
    shorter = re.fullmatch(said, first.notes[-1])
    assert shorter
    assert int(shorter[1]) == round(compile_session(first.session, Manner()).total_ms / 60_000)
    more = catalogue.exercises[shorter[3]]
    assert more.name == shorter[2]
    assert more.id not in ids(first)
    assert "at most 2 exercises are new in a session" in {each.why for each in first.omitted}
    sore = Past((level(0, 3)._replace(area=more.areas[0]),))
    on_a_sore_day = plan(screen(catalogue, ()), Profile(20), Manner(), sore, TODAY).notes[-1]
    other = catalogue.exercises[on_a_sore_day.split("`")[1].removeprefix("hiproutine start ")]
    assert more.areas[0] not in other.areas
    next_day = planned(catalogue, Profile(20), practised(1, *((name, None, 60) for name in ids(first))))
    assert len(set(ids(next_day)) - set(ids(first))) == 2


def test_a_session_that_is_shorter_since_nothing_else_is_due_says_so(catalogue: Catalogue) -> None:
    some = {name: catalogue.exercises[name] for name in ("warm-up-march", "glute-bridge", "supine-figure-four")}
    few = screen(catalogue._replace(exercises=some, routines={}, programmes={}), ())
    past = Past((met(catalogue._replace(exercises=some)),))
    made = plan(few, Profile(20), Manner(), past, TODAY)
    used = round(compile_session(made.session, Manner()).total_ms / 60_000)
    assert used < 18
    assert made.notes[-1].startswith(f"{used} of 20 min: what else you can do has had enough this week")


def test_an_exercise_on_a_chair_gives_way_to_the_same_off_it_where_that_may_be_done(catalogue: Catalogue) -> None:
    def why(profile: Profile) -> dict[str, str]:
        screened = screen(catalogue, profile.conditions)
        made = plan(screened, profile, Manner(), Past((met(catalogue),)), TODAY)
        return {each.exercise.id: each.why for each in made.omitted}

    on_a_chair = ("seated-heel-raise", "sit-to-stand-high")
    able = why(Profile(10))
    assert able["seated-heel-raise"] == "is Heel raise, both legs made easier, on a chair"
    assert able["sit-to-stand-high"] == "is Sit-to-stand made easier, on a chair"
    seated = why(Profile(10, avoid_positions=(*FLOOR, "standing")))
    assert not any("made easier" in seated.get(name, "") for name in on_a_chair)
    # The low seat has a caution for a hip that pinches, and the high one has none.
    assert "made easier" not in why(Profile(10, conditions=("fai",))).get("sit-to-stand-high", "")
    assert (
        "seated-heel-raise"
        in session_editing.choices(screen(catalogue, ()), Profile(10), Manner(), Past(()), TODAY).items
    )


def test_the_same_day_gives_the_same_session_whatever_was_done_on_it(catalogue: Catalogue) -> None:
    before = (practised(1, ("glute-bridge", None, 60)), practised(3, ("supine-butterfly", None, 60)))
    profile = Profile(10, focus=(("calf", 1),))
    first = planned(catalogue, profile, *before)
    assert planned(catalogue, profile, *before) == first
    assert planned(catalogue, profile, *before, practised(0, ("calf-roll", "left", 60))) == first


def test_a_warm_up_comes_first_where_there_is_room_and_settling_last(catalogue: Catalogue) -> None:
    assert "warm-up-march" not in ids(planned(catalogue, Profile(7)))
    ten = planned(catalogue, Profile(10))
    assert (ids(ten)[0], ten.session.items[0].dose) == ("warm-up-march", "1min")
    assert ten.reasons[0] == ("to get warm",)
    half_hour = planned(catalogue, Profile(30))
    assert (ids(half_hour)[0], half_hour.session.items[-1].exercise.alike) == ("warm-up-march", "rest")
    assert half_hour.session.items[0].dose == "2min"


def test_the_focus_and_what_is_missing_are_chosen_and_named(catalogue: Catalogue) -> None:
    steps = [("seated-hamstring-chair", side, 65) for side in ("left", "right")]
    made = planned(catalogue, Profile(7, focus=(("back-of-thigh", 3),)), practised(2, *steps))
    words = {
        "stretch": "back of thigh, stretch: 1 of 7 min this week",
        "strength": "back of thigh, strength: 0 of 2 days",
    }
    words["mobility"] = "moves the back of thigh"
    found = {
        item.exercise.category: reason
        for item, reason in zip(made.session.items, made.reasons, strict=True)
        if "back-of-thigh" in item.exercise.areas
    }
    assert "stretch" in found
    assert all(reason[:2] == (words[category], "your focus") for category, reason in found.items())


def test_what_has_its_ten_minutes_waits(catalogue: Catalogue) -> None:
    full = practised(1, *(("wall-calf-stretch", side, 590) for side in ("left", "right")))
    made = planned(catalogue, Profile(10, focus=(("calf", 3),)), full)
    assert not any("calf" in item.exercise.areas and stretches(item.exercise) for item in made.session.items)
    left = {each.exercise.id: each.why for each in made.omitted}
    assert left["wall-calf-stretch"] == "one of its areas has had enough of it today, or this week"


def test_one_side_that_had_less_is_said(catalogue: Catalogue) -> None:
    made = planned(catalogue, Profile(5, focus=(("calf", 3),)), practised(1, ("wall-calf-stretch", "left", 130)))
    assert any("calf, stretch: left 2, right 0 of 7 min this week" in reason for reason in made.reasons)


def test_days_bring_other_exercises(catalogue: Catalogue) -> None:
    profile, screened = Profile(10), screen(catalogue, ())
    records: list[SessionRecord] = []
    seen = []
    for ago in range(14, 0, -1):
        made = plan(screened, profile, Manner(), Past(tuple(records), ()), TODAY - timedelta(days=ago))
        steps = [(name, side, 30) for name in ids(made) for side in ("left", "right")]
        records.append(practised(ago, *steps))
        seen.append(set(ids(made)))
    assert all(before != after for before, after in pairwise(seen))
    assert len(set().union(*seen)) >= 16


def test_kind_words_after_a_week_of_hip_flexor_stretching(catalogue: Catalogue) -> None:
    stretch = ("half-kneeling-hip-flexor", "left", 30)
    made = planned(catalogue, Profile(10), met(catalogue), practised(1, stretch), practised(2, stretch))
    assert any("edu-stretch-or-strengthen" in note for note in made.notes)
    categories = {item.exercise.category for item in made.session.items}
    assert {"strength", "mobility"} <= categories


def test_a_day_of_rest_and_a_focus_out_of_reach_are_said(catalogue: Catalogue) -> None:
    profile = Profile(5, rest_days=("mon",), focus=(("back-of-thigh", 1), ("calf", 1)), conditions=("clot_bleed",))
    without = {name: each for name, each in catalogue.exercises.items() if each.alike != "calf-strength"}
    only = catalogue._replace(exercises=without, routines={})
    notes = planned(only, profile._replace(avoid_positions=("half-kneeling",))).notes
    assert notes[0].startswith("Today is one of your rest days")
    assert notes[1] == "Nothing for calf can be done today: your conditions rule it out."


@pytest.mark.parametrize(
    ("profile", "way"),
    [
        (Profile(10, equipment=("chair",)), "needs mat, or is level 2 (middle), above level 1 of your settings"),
        (
            Profile(10, equipment=("mat",), avoid_positions=FLOOR),
            "is level 2 (middle), above level 1 of your settings, or n",
        ),
    ],
)
def test_what_would_open_a_place_that_is_out_of_reach_is_said(catalogue: Catalogue, profile: Profile, way: str) -> None:
    notes = planned(catalogue, profile._replace(focus=(("hip-joint", 1),))).notes
    assert notes[0].startswith(f"Nothing for hip joint can be done today: what there is for it {way}")


def test_close_variants_do_not_come_together(catalogue: Catalogue) -> None:
    for own in (1, 2, 3):
        for area in DOSED_AREAS:
            items = planned(catalogue, Profile(30, level=own, focus=((area, 3),))).session.items
            for one, other in permutations(
                [each for item in items if stage_of(each := item.exercise) is not Stage.WARM], 2
            ):
                related = other.id in (*one.easier, *one.harder)
                assert not (related and one.category == other.category and set(one.areas) & set(other.areas))


def test_nothing_at_all_is_a_sentence(catalogue: Catalogue) -> None:
    with pytest.raises(HiproutineError, match="nothing fits into 1 min"):
        planned(catalogue, Profile(1, equipment=(), avoid_positions=("standing", "seated-chair")))
    with pytest.raises(HiproutineError, match="surgeon"):
        planned(catalogue, Profile(10, conditions=("surgery_recent",)))


def test_a_plan_can_be_made_again_from_its_text(catalogue: Catalogue) -> None:
    for minutes in (5, 10, 30):
        session = planned(catalogue, Profile(minutes, level=3)).session
        assert find(catalogue, session.plan) == session


def test_without_any_routine_the_coach_is_named(catalogue: Catalogue) -> None:
    with pytest.raises(HiproutineError, match="no routine is left"):
        find(catalogue._replace(routines={}), None)


@pytest.mark.parametrize(
    "plan",
    [
        "glute-bridge 0x10",
        "glute-bridge 2x10 @3-",
        "glute-bridge 9999x9999",
        "glute-bridge 2x10 ",
        "glute-bridge 2x10+",
        "glute-bridge 2x10+nothing",
        "nothing 2x10",
        "four-everyday 2x10",
        "today:glute-bridge,sets=1",
        "+",
    ],
)
def test_a_plan_that_was_never_made_is_refused(catalogue: Catalogue, plan: str) -> None:
    with pytest.raises(HiproutineError):
        find(catalogue, plan)


def test_planning_is_quick(catalogue: Catalogue) -> None:
    """In calls of functions, which are as many on any machine; benchmarks/planner.py has the milliseconds."""

    def calls(catalogue: Catalogue, runs: int) -> float:
        profile = cProfile.Profile(builtins=False)
        profile.runcall(planner.times_ms, catalogue, runs)
        return sum(each.callcount for each in profile.getstats()) / runs

    assert calls(catalogue, 8) < 50_000
    assert calls(planner.many(catalogue, 10_000), 1) < 1_500_000


def test_weeks_of_varied_people_break_no_rule(catalogue: Catalogue) -> None:
    some = random.Random(4)
    people = [simulate.somebody(some) for _ in range(6)] + [simulate.target_person(some) for _ in range(3)]
    years = [simulate.live(catalogue, person, 35, some) for person in people]
    assert not sum((+year.broken for year in years), start=Counter())
    for year in years[6:]:
        assert all(share >= 0.8 for area, share in year.on_focus.items() if area in year.stretched)
        focus = year.on_focus.keys() & year.stretched
        assert all(240 <= week[area] <= 450 for area in focus for week in year.weeks[1:])
        assert mean(year.crowded or [0]) <= 0.53


@pytest.mark.parametrize("category", CATEGORY)
def test_a_category_has_all_that_the_coach_asks_of_it(catalogue: Catalogue, category: str) -> None:
    """Whatever an exercise of the category is, it has a stage, a dose of the day and, where it is trained, a ladder."""
    for each in catalogue.exercises.values():
        moved = each._replace(category=category)
        assert stage_of(moved) in STAGES
        assert ladder(moved)[0] == moved.prescription
        repeat = repeat_of(moved)
        assert repeat is None or 0 < repeat.days < 7
        assert not (stretches(moved) and strengthens(moved))


def test_what_a_self_check_may_prefer_has_words_for_the_plan() -> None:
    assert all(CATEGORY[reading.prefers].self_check and reading.area in AREA for reading in READINGS)


def test_an_easier_variant_gets_one_warm_while_the_warm_up_rests_after_pain(catalogue: Catalogue) -> None:
    def after(*exercises: str, minutes: int = 10) -> Plan:
        yesterday, at = TODAY - timedelta(days=1), datetime(2026, 11, 22, 18, tzinfo=UTC)
        hurts = [Hurt(each, yesterday, at, "s", each, None, 4, "easier") for each in exercises]
        return plan(screen(catalogue, ()), Profile(minutes), Manner(), Past(hurts, ()), TODAY)

    assert "seated-march" not in ids(after())
    made = after("warm-up-march")
    assert ids(made)[0] == "seated-march"
    assert made.reasons[0][0] == "to get warm, in place of Warm-up march"
    assert sets_of(made.session.items[0].prescription) == 1
    assert "seated-march" not in ids(after("warm-up-march", "seated-march"))
    assert "seated-march" not in ids(after("warm-up-march", minutes=6))


@pytest.mark.parametrize(
    ("profile", "warm"),
    [
        (Profile(10, avoid_positions=("standing",)), True),
        (Profile(10, conditions=("balance",), screened=TODAY.isoformat()), True),
        (Profile(10, conditions=("pgp",), screened=TODAY.isoformat()), False),  # it would need a caution
        (Profile(10, avoid_positions=("standing", "seated-chair")), False),
        (Profile(7, avoid_positions=("standing",)), False),
    ],
)
def test_who_cannot_march_gets_warm_sitting_where_that_needs_no_caution(
    catalogue: Catalogue, profile: Profile, warm: bool
) -> None:
    made = planned(catalogue, profile)
    assert "warm-up-march" not in ids(made)
    assert (made.reasons[0] == ("to get warm, in place of Warm-up march",)) == warm
    assert (ids(made)[0] == "seated-march") == warm
    # What gets one warm takes the place of nothing new.
    assert len(ids(made)) - warm == 2


def test_a_focus_that_only_strength_serves_says_that_it_needs_a_day_between(catalogue: Catalogue) -> None:
    profile = Profile(10, focus=(("front-of-hip", 2),), conditions=("thr_anterior",), screened=TODAY.isoformat())
    said = "Nothing for front of hip can be done today: strength for the front of hip was yesterday"
    for ago in (1, 2):
        made = planned(catalogue, profile, practised(ago, ("seated-knee-lift-hold", "left", 40)))
        assert not any(
            stretches(item.exercise) and "front-of-hip" in item.exercise.areas for item in made.session.items
        )
        assert any(note.startswith(said) for note in made.notes) == (ago == 1)
        assert any("front-of-hip" in item.exercise.areas for item in made.session.items) == (ago == 2)
