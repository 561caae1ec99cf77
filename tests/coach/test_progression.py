"""Level-ups: one thing at a time, only after two good sessions, a step back after a week off; variants left behind."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiproutine.catalogue.model import Catalogue, Exercise
from hiproutine.catalogue.notation import write
from hiproutine.catalogue.prescription import Hold, Prescription, length, sets_of, with_load, with_sets
from hiproutine.coach.planner import Plan, plan
from hiproutine.coach.progression import (
    Reached,
    Suggestion,
    below,
    climbed,
    ladder,
    lowered_words,
    moved_up,
    reached,
    suggestion,
    suggestions,
)
from hiproutine.coach.screening import screen
from hiproutine.coach.weekly_volume import SESSION_S, before
from hiproutine.history.making import ladder as ladder_record
from hiproutine.history.past import Past
from hiproutine.history.records import Check, Effort, Hurt, Ladder, Pain, SessionRecord
from hiproutine.settings.model import Manner, Profile
from tests.coach.test_pain import AT, hurt, level
from tests.coach.test_weekly_volume import TODAY, known, practised

BRIDGE, TOP = "glute-bridge", 168
"""An exercise whose ladder has two steps, of 140 and 168 s."""


def past(name: str, *done: tuple[int, int], pains: tuple[Pain, ...] = (), hurts: tuple[Hurt, ...] = ()) -> Past:
    """Sessions of one exercise: (days ago, seconds), the oldest first."""
    return Past((*tuple(practised(ago, (name, None, seconds)) for ago, seconds in done), *pains, *hurts))


def shown(prescription: Prescription) -> str:
    return write(prescription, prescription)


def suggested(catalogue: Catalogue, name: str, known: Past) -> Suggestion | None:
    return suggestion(known, catalogue, catalogue.exercises[name], TODAY)


def now(catalogue: Catalogue, name: str, past: Past) -> Reached:
    return reached(known(catalogue, *past.of(SessionRecord)), past.of(Hurt), catalogue.exercises[name])


def planned(catalogue: Catalogue, past: Past, profile: Profile = Profile(30)) -> Plan:  # noqa: B008
    return plan(screen(catalogue, ()), profile, Manner(), past, TODAY)


def why(made: Plan, name: str) -> Sequence[str]:
    return next(why for item, why in zip(made.session.items, made.reasons, strict=True) if item.exercise.id == name)


@pytest.mark.parametrize(
    ("name", "doses"),
    [
        ("supine-butterfly", ["2x30s", "2x40s", "2x50s", "2x1min", "3x1min"]),
        ("glute-bridge", ["2x10 @2-2-3", "2x12 @2-2-3"]),
        ("single-leg-bridge", ["2x8 @2-1-3", "2x10 @2-1-3", "2x12 @2-1-3", "3x12 @2-1-3"]),
        ("lunge-hip-flexor-resistance", ["1x8 @5-3", "1x10 @5-3", "2x10 @5-3"]),
        ("hip-cars-quadruped", ["3/dir @8"]),
    ],
)
def test_each_step_is_one_thing_more(catalogue: Catalogue, name: str, doses: list[str]) -> None:
    assert [shown(each) for each in ladder(catalogue.exercises[name])] == doses


def test_every_ladder_only_rises_and_no_step_is_more_than_a_session_may_have(catalogue: Catalogue) -> None:
    for exercise in catalogue.exercises.values():
        steps = [length(each).work_s for each in ladder(exercise)]
        assert steps == sorted(set(steps)), exercise.id
        assert exercise.category == "release" or max(steps) <= SESSION_S, exercise.id


def test_two_whole_sessions_without_pain_suggest_one_step(catalogue: Catalogue) -> None:
    found = suggested(catalogue, "glute-bridge", past("glute-bridge", (4, 140), (2, 140)))
    assert found
    assert found.words == "Glute bridge: 2 × 12 slow instead of 2 × 10 slow"
    assert (found.exercise.id, found.instead.id, found.since) == (BRIDGE, BRIDGE, TODAY - timedelta(days=4))


@pytest.mark.parametrize(
    "known",
    [
        past("glute-bridge", (2, 140)),
        past("glute-bridge", (4, 140), (2, 70)),
        past("glute-bridge", (12, 140), (9, 140)),
        past("glute-bridge", (4, 140), (2, 140), hurts=(hurt(2, "glute-bridge", 3),)),
        past("glute-bridge", (4, 140), (2, 140), pains=(level(1, 3),)),
        past("glute-bridge", (5, 140), (2, 140), pains=(level(5, 0), level(2, 0), level(1, 2))),
    ],
)
def test_one_session_half_a_dose_a_week_off_or_pain_suggest_nothing(catalogue: Catalogue, known: Past) -> None:
    assert suggested(catalogue, "glute-bridge", known) is None


def test_a_stretch_needs_two_weeks(catalogue: Catalogue) -> None:
    assert suggested(catalogue, "supine-butterfly", past("supine-butterfly", (4, 60), (2, 60))) is None
    found = suggested(catalogue, "supine-butterfly", past("supine-butterfly", (15, 60), (4, 60), (2, 60)))
    assert found
    assert shown(found.prescription) == "2x40s"


def test_after_the_last_step_comes_the_harder_variant_that_is_allowed_and_new(catalogue: Catalogue) -> None:
    known = past(BRIDGE, (6, TOP), (4, TOP))
    found = suggested(catalogue, BRIDGE, known)
    assert found
    assert (found.exercise.id, found.instead.id) == ("single-leg-bridge", BRIDGE)
    assert found.words == "Single-leg bridge instead of Glute bridge"
    tried = known.adding([practised(2, ("single-leg-bridge", "left", 96))])
    found = suggested(catalogue, BRIDGE, tried)
    assert found
    assert found.exercise.id == "long-lever-bridge"
    both = known.adding([practised(2, ("single-leg-bridge", "left", 96), ("long-lever-bridge", None, 60))])
    found = suggested(catalogue, BRIDGE, both)
    assert found
    assert found.words == "Glute bridge: 2 × 10 slow, 1 kg instead of 2 × 12 slow"


# ---- load ----


def loaded(load: str | None, *done: tuple[int, int], hurts: tuple[Hurt, ...] = ()) -> Past:
    """Sessions of the bridge with a load: (days ago, seconds), the oldest first."""
    sessions = [practised(ago, (BRIDGE, None, seconds)) for ago, seconds in done]
    with_it = [each._replace(steps=tuple(step._replace(load=load) for step in each.steps)) for each in sessions]
    return Past((*with_it, *hurts))


@pytest.mark.parametrize(
    ("known", "says"),
    [
        (loaded("4 kg", (4, 140), (2, 140)), "2 × 12 slow, 4 kg instead of 2 × 10 slow, 4 kg"),
        (loaded("4 kg", (4, TOP), (2, TOP)), "2 × 10 slow, 5 kg instead of 2 × 12 slow, 4 kg"),
        (loaded(None, (4, TOP), (2, TOP)), "2 × 10 slow, 1 kg instead of 2 × 12 slow"),
        (loaded("20 kg", (4, TOP), (2, TOP)), None),
        (loaded("4 kg", (2, TOP)).adding(loaded("3 kg", (4, TOP)).of(SessionRecord)), None),
    ],
)
def test_after_the_top_of_the_repetitions_comes_more_load_with_the_first_of_them(
    catalogue: Catalogue, known: Past, says: str | None
) -> None:
    found = suggested(only(catalogue, BRIDGE), BRIDGE, known)
    assert (found and found.words) == (says and f"Glute bridge: {says}")


@pytest.mark.parametrize(
    ("known", "says"),
    [
        (loaded("4 kg", (2, TOP)), "2x12 @2-2-3 4 kg"),
        (loaded("4 kg", (8, TOP)), "2x10 @2-2-3 4 kg"),
        (loaded("4 kg", (8, 140)), "2x10 @2-2-3 3 kg"),
        (loaded("1 kg", (2, 140), hurts=(hurt(2, BRIDGE, 6),)), "2x10 @2-2-3"),
        (loaded("red band", (2, 140)), "2x10 @2-2-3"),
        (loaded("four kilos", (2, 140)), "2x10 @2-2-3"),
    ],
)
def test_the_load_of_the_last_time_stays_and_is_lighter_below_the_first_dose(
    catalogue: Catalogue, known: Past, says: str
) -> None:
    own = catalogue.exercises[BRIDGE].prescription
    assert write(now(catalogue, BRIDGE, known).prescription, own) == says


def test_no_load_is_suggested_that_is_not_at_hand_or_that_the_exercise_does_not_take(catalogue: Catalogue) -> None:
    few, past_ = only(catalogue, BRIDGE), loaded(None, (4, TOP), (2, TOP))
    before = known(catalogue, *past_.of(SessionRecord))
    bridge = few.exercises[BRIDGE]
    assert [each.words for each in suggestions(past_, before, few, (bridge,), ("mat",))] == []
    assert len(list(suggestions(past_, before, few, (bridge,), ("mat", "weight")))) == 1
    plain = bridge._replace(load=None)
    assert list(suggestions(past_, before, few, (plain,))) == []


def test_a_lower_dose_keeps_its_load(catalogue: Catalogue) -> None:
    bridge = catalogue.exercises[BRIDGE]
    top = with_load(ladder(bridge)[-1], "4 kg")
    assert below(bridge, top) == with_load(bridge.prescription, "4 kg")


def test_what_only_keeps_is_never_raised(catalogue: Catalogue) -> None:
    for name, seconds in (("constructive-rest", 120), ("sciatic-slider-seated", 40)):
        assert suggested(catalogue, name, past(name, (15, seconds), (4, seconds), (2, seconds))) is None


@pytest.mark.parametrize(
    ("known", "says", "because"),
    [
        (past(BRIDGE), "2x10 @2-2-3", ""),
        (past(BRIDGE, (2, TOP)), "2x12 @2-2-3", ""),
        (past(BRIDGE, (8, TOP)), "2x10 @2-2-3", "a week off"),
        (past(BRIDGE, (7, TOP)), "2x12 @2-2-3", ""),
        (past(BRIDGE, (2, TOP), hurts=(hurt(2, BRIDGE, 6),)), "2x10 @2-2-3", "hurt 6 of 10 on the left on Saturday"),
        (past(BRIDGE, (2, TOP), hurts=(hurt(2, BRIDGE, 5),)), "2x12 @2-2-3", ""),
        # Fewer of its sets leave it where it was, and so does a dose that is no step; a lower step does not.
        (past(BRIDGE, (4, TOP), (2, TOP // 2)), "2x12 @2-2-3", ""),
        (past(BRIDGE, (4, TOP), (2, 49)), "2x12 @2-2-3", ""),
        (past(BRIDGE, (4, TOP), (2, 140)), "2x10 @2-2-3", ""),
        # What came before is forgotten step by step.
        (past(BRIDGE, (20, TOP), (10, TOP // 2), (4, TOP // 2)), "2x10 @2-2-3", ""),
    ],
)
def test_how_far_somebody_is_follows_from_the_records(
    catalogue: Catalogue, known: Past, says: str, because: str
) -> None:
    found = now(catalogue, BRIDGE, known)
    assert (shown(found.prescription), found.why) == (says, because)


def test_other_work_for_the_same_area_is_no_week_off(catalogue: Catalogue) -> None:
    busy = past(BRIDGE, (12, TOP)).of(SessionRecord)
    for name, is_off in (("sit-to-stand", False), ("wall-calf-stretch", True)):
        other = practised(6, (name, None, 30))
        assert bool(now(catalogue, BRIDGE, Past((*busy, other), ())).why) is is_off


def test_the_one_set_more_of_a_stiff_side_is_no_step(catalogue: Catalogue) -> None:
    session = practised(2, ("half-kneeling-hip-flexor", "left", 90), ("half-kneeling-hip-flexor", "right", 60))
    assert shown(now(catalogue, "half-kneeling-hip-flexor", Past((session,), ())).prescription) == "2x30s"


def test_what_was_skipped_was_not_reached(catalogue: Catalogue) -> None:
    session = practised(2, (BRIDGE, None, TOP))
    skipped = session._replace(steps=tuple(step._replace(held_ms=0, end="skipped") for step in session.steps))
    assert shown(now(catalogue, BRIDGE, Past((skipped,), ())).prescription) == "2x10 @2-2-3"


@given(st.data())
def test_doing_what_was_reached_in_any_number_of_sets_changes_nothing(
    catalogue: Catalogue, data: st.DataObject
) -> None:
    exercise: Exercise = data.draw(st.sampled_from(list(catalogue.exercises.values())))
    step = data.draw(st.sampled_from(ladder(exercise)))
    counts = data.draw(st.lists(st.integers(1, sets_of(step)), max_size=5))
    seconds = [length(step).work_s, *(length(with_sets(step, count)).work_s for count in counts)]
    done = tuple((len(seconds) - n, each) for n, each in enumerate(seconds))
    assert now(catalogue, exercise.id, past(exercise.id, *done)).prescription == step


def test_less_is_said_in_words(catalogue: Catalogue) -> None:
    butterfly = catalogue.exercises["supine-butterfly"]
    assert lowered_words(Hold(2, 30, 10), Hold(2, 45, 10)) == "30 s, was 45"
    assert lowered_words(Hold(1, 30, 10), Hold(2, 40, 10)) == "1 set, was 2 and 30 s, was 40"
    assert lowered_words(Hold(2, 40, 10), Hold(2, 40, 10)) == ""
    assert below(butterfly, Hold(2, 40, 10)) == Hold(2, 30, 10) == below(butterfly, Hold(2, 30, 10))
    assert below(butterfly, Hold(2, 35, 10)) == Hold(2, 35, 10)


# ---- in the plan ----


def test_the_plan_has_the_dose_that_was_reached(catalogue: Catalogue) -> None:
    steps = past("supine-butterfly", (3, 100))
    few = only(catalogue, "supine-butterfly", "supine-hamstring-strap", BRIDGE)
    made = planned(few, steps, Profile(30, focus=(("inner-thigh", 3),)))
    item = next(item for item in made.session.items if item.exercise.id == "supine-butterfly")
    assert isinstance(item.prescription, Hold)
    assert item.prescription.hold_s == 50
    assert item.exercise.id == "supine-butterfly"
    assert f"supine-butterfly {item.dose.split(',')[0]}" in made.session.plan


def test_a_step_back_is_explained(catalogue: Catalogue) -> None:
    few = only(catalogue, "supine-butterfly", "supine-hamstring-strap", BRIDGE)
    made = planned(few, past("supine-butterfly", (9, 100)), Profile(30, focus=(("inner-thigh", 3),)))
    assert why(made, "supine-butterfly")[-1] == "40 s, was 50: a week off"


def only(catalogue: Catalogue, *names: str) -> Catalogue:
    return catalogue._replace(exercises={name: catalogue.exercises[name] for name in names})


def test_one_suggestion_a_session_and_that_which_waits_longest(catalogue: Catalogue) -> None:
    doses = {"glute-bridge": 140, "clamshell": 120, "dead-bug-heel-tap": 80}
    few = only(catalogue, *doses)
    for longest, whole_s in doses.items():
        days = [practised(3, *((each, None, seconds) for each, seconds in doses.items() if each != longest))]
        days += [practised(5, *((each, None, seconds) for each, seconds in doses.items()))]
        days += [practised(6, (longest, None, whole_s))]
        made = planned(few, Past(tuple(days[::-1]), ()), Profile(20))
        assert len(made.session.items) == 3
        assert [each.exercise.id for each in made.suggestions] == [longest]
        assert not planned(few, Past((*tuple(days), level(0, 4))), Profile(20)).suggestions


def test_a_harder_variant_is_suggested_only_where_it_can_be_done(catalogue: Catalogue) -> None:
    known = past("adductor-squeeze", (4, 180), (2, 180))
    few = only(catalogue, "adductor-squeeze", "copenhagen-short-supported", "copenhagen-short")
    for gear, found in ((None, ["copenhagen-short-supported"]), (("mat", "cushion"), [])):
        made = planned(few, known, Profile(20, equipment=gear))
        assert [item.exercise.id for item in made.session.items] == ["adductor-squeeze"]
        assert [each.exercise.id for each in made.suggestions] == found


def test_a_suggestion_keeps_to_the_room_of_the_day(catalogue: Catalogue) -> None:
    butterfly = past("supine-butterfly", (15, 60), (4, 60), (2, 60)).of(SessionRecord)
    few = only(catalogue, "supine-butterfly", "seated-adductor-opener", "wall-calf-stretch")
    for more_s, fits in ((166, True), (170, False)):  # one step more is 80 s, and 0.6 of what is missing has room
        made = planned(few, Past((*butterfly, practised(1, ("seated-adductor-opener", None, more_s))), ()))
        assert "supine-butterfly" in {item.exercise.id for item in made.session.items}
        assert bool(made.suggestions) is fits


def _up(*more: SessionRecord, hurts: tuple[Hurt, ...] = ()) -> Past:
    """The bridge at its top, then its harder variant, of level 2."""
    sides = (("single-leg-bridge", "left", 96), ("single-leg-bridge", "right", 96))
    return Past((*past(BRIDGE, (9, TOP), (7, TOP)).of(SessionRecord), practised(4, *sides), *more, *hurts))


def test_a_harder_variant_takes_the_place_of_the_easier_one(catalogue: Catalogue) -> None:
    made = planned(catalogue, _up(), Profile(30, focus=(("buttock", 3),)))
    left = {each.exercise.id: each.why for each in made.omitted}
    assert left[BRIDGE] == "its harder variant took its place"
    assert "single-leg-bridge" in {item.exercise.id for item in made.session.items}


@pytest.mark.parametrize(
    "known",
    [
        _up(hurts=(hurt(4, "single-leg-bridge", 6),)),
        _up(practised(2, (BRIDGE, None, TOP))),
        Past(_up().of(SessionRecord)[1:], ()),  # the bridge was done but once
    ],
)
def test_the_easier_one_comes_back_when_the_harder_hurt_or_was_left(catalogue: Catalogue, known: Past) -> None:
    left = {each.exercise.id: each.why for each in planned(catalogue, known).omitted}
    assert left.get(BRIDGE) != "its harder variant took its place"
    assert left["single-leg-bridge"].startswith(("is level 2", "hurt 6 of 10"))


def test_the_easier_one_comes_back_where_the_harder_cannot_be_done_today(catalogue: Catalogue) -> None:
    sides = (("copenhagen-short-supported", "left", 72), ("copenhagen-short-supported", "right", 72))
    squeeze = past("adductor-squeeze", (9, 180), (7, 180)).of(SessionRecord)
    known = Past((*squeeze, practised(4, *sides)), ())
    for gear, taken in ((None, True), (("mat", "cushion"), False)):
        left = {each.exercise.id: each.why for each in planned(catalogue, known, Profile(30, equipment=gear)).omitted}
        assert (left.get("adductor-squeeze") == "its harder variant took its place") is taken


def test_no_exercise_moves_up_by_two_levels_or_by_a_routine_once(catalogue: Catalogue) -> None:
    single = practised(2, ("ninety-front-pails-rails", "left", 170), ("ninety-front-pails-rails", "right", 170))
    exercises = catalogue.exercises
    assert moved_up(known(catalogue, single), (), exercises, 1) == {}
    again = single._replace(opening=single.opening._replace(day=TODAY - timedelta(days=5)))
    assert set(moved_up(known(catalogue, again, single), (), exercises, 1)) == {"ninety-front-pails-rails"}
    plank = past("side-plank-knees", (9, 180), (7, 180)).of(SessionRecord)
    assert moved_up(known(catalogue, *plank, practised(2, ("side-plank", "left", 45))), (), exercises, 1) == {}


# ---- what is remembered for longer than sessions are read ----


def recorded(catalogue: Catalogue, sessions: Sequence[SessionRecord], level: int = 1) -> tuple[Ladder, ...]:
    """The steps of progression that are written down as these sessions are practised, one after the other."""
    past = Past()
    for session in sorted(sessions, key=lambda each: each.day):
        past = past.adding([session])
        steps = climbed(past, session, catalogue.exercises, level)
        made = [ladder_record(AT, session.day, *step[:3], taken=step.taken) for step in steps]
        past = past.adding(made)
    return past.of(Ladder)


def lately(sessions: Sequence[SessionRecord], steps: Sequence[Ladder] = ()) -> Past:
    """What is read for a plan: the sessions of ten weeks, and all steps of progression."""
    return Past((*(each for each in sessions if TODAY - each.day <= timedelta(weeks=10)), *steps))


def test_a_dose_is_not_forgotten_while_less_of_it_is_practised(catalogue: Catalogue) -> None:
    """One set of 50 s is a part of 2x50s, and of no lower dose."""
    sessions = [practised(100, ("supine-butterfly", None, 100))]
    sessions += [practised(ago, ("supine-butterfly", None, 50)) for ago in range(95, 0, -5)]
    steps = recorded(catalogue, sessions)
    assert [(each.exercise, each.dose, each.instead, each.event) for each in steps] == [
        ("supine-butterfly", "2x50s", "supine-butterfly", "taken")
    ]

    def dose(past: Past) -> str:
        known = before(past.of(SessionRecord), catalogue.exercises, TODAY, past.of(Ladder))
        return shown(reached(known, (), catalogue.exercises["supine-butterfly"]).prescription)

    assert dose(lately(sessions)) == "2x30s"
    assert dose(lately(sessions, steps)) == "2x50s"
    assert dose(lately([], steps)) == "2x50s"
    assert dose(lately([practised(20, ("wall-calf-stretch", None, 30))], steps)) == "2x40s"  # since then, weeks off


def test_a_step_back_is_remembered_too(catalogue: Catalogue) -> None:
    sessions = [practised(100, ("supine-butterfly", None, 100)), practised(90, ("supine-butterfly", None, 80))]
    assert [(each.dose, each.event) for each in recorded(catalogue, sessions)] == [
        ("2x50s", "taken"),
        ("2x40s", "taken back"),
    ]


def test_a_load_is_remembered_with_its_dose_and_more_of_it_is_a_step_up(catalogue: Catalogue) -> None:
    sessions = [
        *loaded("3 kg", (100, 140), (98, TOP)).of(SessionRecord),
        *loaded("4 kg", (96, 140)).of(SessionRecord),
        *loaded("2 kg", (94, 140)).of(SessionRecord),
    ]
    steps = recorded(catalogue, sessions)
    assert [(each.dose, each.event) for each in steps] == [
        ("2x10 @2-2-3 3 kg", "taken"),
        ("2x12 @2-2-3 3 kg", "taken"),
        ("2x10 @2-2-3 4 kg", "taken"),
        ("2x10 @2-2-3 2 kg", "taken back"),
    ]
    for ladders, says in ((steps[:2], "2x12 @2-2-3 3 kg"), (steps[:3], "2x10 @2-2-3 4 kg")):
        known_ = before((), catalogue.exercises, TODAY, ladders)
        assert shown(reached(known_, (), catalogue.exercises[BRIDGE]).prescription) == says


def test_moving_up_is_not_forgotten_after_ten_weeks(catalogue: Catalogue) -> None:
    both = [("single-leg-bridge", side, 96) for side in ("left", "right")]
    sessions = [practised(110, (BRIDGE, None, TOP)), practised(108, (BRIDGE, None, TOP))]
    sessions += [practised(ago, *both) for ago in range(105, 80, -4)]
    steps = recorded(catalogue, sessions)
    assert [(each.exercise, each.instead, each.event) for each in steps] == [
        (BRIDGE, BRIDGE, "taken"),
        ("single-leg-bridge", BRIDGE, "taken"),
    ]
    other = [practised(ago, ("clamshell", None, 30)) for ago in range(60, 0, -7)]
    for past, taken in ((lately(sessions + other), False), (lately(sessions + other, steps), True)):
        left = {each.exercise.id: each.why for each in planned(catalogue, past).omitted}
        assert (left.get(BRIDGE) == "its harder variant took its place") is taken

    again = [*sessions, practised(2, (BRIDGE, None, 140))]
    back = recorded(catalogue, again)
    assert (BRIDGE, "single-leg-bridge", "taken back") in [(each.exercise, each.instead, each.event) for each in back]
    left = {each.exercise.id: each.why for each in planned(catalogue, lately(other, back)).omitted}
    assert left.get(BRIDGE) != "its harder variant took its place"


def test_a_harder_variant_is_of_the_same_movement_and_one_level_up_at_most(catalogue: Catalogue) -> None:
    bridge = catalogue.exercises[BRIDGE]
    known = past(BRIDGE, (6, TOP), (4, TOP))
    for change, fits in (({}, True), ({"level": 3}, False), ({"alike": "hinge"}, False)):
        harder = catalogue.exercises["single-leg-bridge"]._replace(**change)
        few = catalogue._replace(exercises={BRIDGE: bridge._replace(harder=(harder.id,), load=None), harder.id: harder})
        assert bool(suggested(few, BRIDGE, known)) is fits


def test_a_check_that_speaks_for_strength_is_followed_and_named(catalogue: Catalogue) -> None:
    checks = tuple(
        Check(f"{check} {side}", TODAY, AT, check, side, 1, "")
        for check in ("hanging-leg-thigh", "hanging-leg-knee")
        for side in ("left", "right")
    )
    profile = Profile(10, level=2)
    kinds = []
    for found in ((), checks):
        done = practised(9, *((name, None, 10) for name in catalogue.exercises))
        made = planned(catalogue, Past((*found, done)), profile)
        front = [
            (item.exercise.category, why)
            for item, why in zip(made.session.items, made.reasons, strict=True)
            if "front-of-hip" in item.exercise.areas
        ]
        kinds.append([category for category, _ in front].count("strength"))
        assert all(
            ("your check: strength before stretching" in why) is (bool(found) and c == "strength") for c, why in front
        )
    assert kinds[1] > kinds[0]


# ---- too easy and too hard ----


def felt(ago: int, exercise: str, how: str) -> Effort:
    return Effort(f"f{ago}{how}", TODAY - timedelta(days=ago), AT - timedelta(days=ago), "s", exercise, how)


def test_after_too_easy_one_good_session_earns_a_step(catalogue: Catalogue) -> None:
    once = past(BRIDGE, (1, 140))
    assert suggested(catalogue, BRIDGE, once) is None
    found = suggested(catalogue, BRIDGE, once.adding([felt(1, BRIDGE, "too easy")]))
    assert found
    assert shown(found.prescription) == "2x12 @2-2-3"
    assert suggested(catalogue, BRIDGE, once.adding([felt(1, "dead-bug", "too easy")])) is None
    assert suggested(catalogue, BRIDGE, past(BRIDGE, (1, 70)).adding([felt(1, BRIDGE, "too easy")])) is None
    earlier = past(BRIDGE, (3, 70), (1, 140)).adding([felt(3, BRIDGE, "too easy")])
    assert suggested(catalogue, BRIDGE, earlier) is None
    for score in (1, 3):
        hurts = past(BRIDGE, (1, 140), hurts=(hurt(1, BRIDGE, score, None),)).adding([felt(1, BRIDGE, "too easy")])
        assert suggested(catalogue, BRIDGE, hurts) is None
    both = [felt(1, BRIDGE, "too easy"), felt(1, BRIDGE, "too hard")._replace(at=AT)]
    assert suggested(catalogue, BRIDGE, once.adding(both)) is None


def test_after_too_hard_it_is_a_step_less_and_no_step_more(catalogue: Catalogue) -> None:
    exercise = catalogue.exercises[BRIDGE]
    sessions = [practised(ago, (BRIDGE, None, TOP)) for ago in (3, 1)]
    known_now = before(sessions, catalogue.exercises, TODAY, efforts=[felt(1, BRIDGE, "too hard")])
    found = reached(known_now, (), exercise)
    assert (shown(found.prescription), shown(found.was)) == ("2x10 @2-2-3", "2x12 @2-2-3")
    assert found.why == "was too hard on Sunday"
    lower = before([*sessions, practised(0, (BRIDGE, None, 140))], catalogue.exercises, TODAY + timedelta(days=1))
    assert shown(reached(lower, (), exercise).prescription) == "2x10 @2-2-3"
    made = planned(
        catalogue, Past(sessions).adding([felt(1, BRIDGE, "too hard")]), Profile(30, focus=(("buttock", 3),))
    )
    assert not any(each.exercise.id == BRIDGE for each in made.suggestions)
