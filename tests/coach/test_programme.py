"""Programmes: the phase by the records, what of the core is due, what takes its place, and what is said."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import Hold
from hiproutine.coach.eligibility import look
from hiproutine.coach.plan_words import LEAST_USED
from hiproutine.coach.planner import Plan, todays, todays_or_none
from hiproutine.coach.profile import FLOOR
from hiproutine.coach.programme import Standing, advice, last_step, refusal, room_for_new, standing
from hiproutine.coach.screening import screen
from hiproutine.coach.self_checks import CHECKS, due
from hiproutine.coach.weekly_volume import strengthens
from hiproutine.history.past import Past
from hiproutine.history.records import Hurt, Opening, ProgrammeStep, Record, SessionRecord, closed
from hiproutine.practice.recording import planned
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Manner, Profile

FIRST = date(2026, 1, 5)  # a Monday
DESK = Profile(minutes=10, days_per_week=5)
WEEKDAYS = {0, 1, 2, 3, 4}
FLEXOR, WIPERS, BRIDGE = "half-kneeling-hip-flexor", "windshield-wipers", "glute-bridge"


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 7, tzinfo=UTC)


def step(day: date, phase: int = 1, event: str = "start", programme: str = "desk-hips") -> ProgrammeStep:
    return ProgrammeStep(f"step {day} {event}", day, at(day), programme, phase, event)


def hurt(day: date, score: int, exercise: str = FLEXOR) -> Hurt:
    return Hurt(f"hurt {day}", day, at(day), None, exercise, "left", score, "stopped")


def done(made: Plan, day: date) -> SessionRecord:
    steps = [
        each._replace(held_ms=each.planned_ms, end="done") for each in planned(compile_session(made.session, Manner()))
    ]
    return closed(Opening(str(day), day, at(day), 0, None, 240, "", None, ""), at(day), steps)


def practise(
    catalogue: Catalogue,
    days: Iterable[date],
    *extra: Record,
    profile: Profile = DESK,
    programme: str = "desk-hips",
    phase: int = 1,
) -> tuple[Past, dict[date, Plan]]:
    """Practise what is planned on each of the days, from the start of a programme on FIRST."""
    records: list[Record] = [step(FIRST, phase, programme=programme)]
    plans = {}
    for day in days:
        past = Past([*records, *(each for each in extra if each.day < day)])
        plans[day] = todays_or_none(screen(catalogue, profile.conditions), profile, Manner(), past, day)
        if plans[day].session.items:
            records.append(done(plans[day], day))
    return Past([*records, *extra]), plans


def weekdays(count: int, weeks: int = 2, first: date = FIRST) -> list[date]:
    """The first days of so many weeks."""
    return [first + timedelta(weeks=week, days=day) for week in range(weeks) for day in range(count)]


def ids(made: Plan) -> list[str]:
    return [item.exercise.id for item in made.session.items]


def where(catalogue: Catalogue, past: Past, day: date, profile: Profile = DESK) -> Standing:
    found = standing(screen(catalogue, profile.conditions), profile, past, day)
    assert found
    return found


# ---- the phase ----


def test_the_week_and_the_phase_are_counted_from_the_start(catalogue: Catalogue) -> None:
    past = Past([step(FIRST)])
    assert where(catalogue, past, FIRST).words == "Hips that sit all day: week 1 of 6, phase 1"
    assert where(catalogue, past, FIRST + timedelta(days=7)).words == "Hips that sit all day: week 2 of 6, phase 1"
    assert last_step(Past([step(FIRST)]), FIRST - timedelta(days=1)) is None


@pytest.mark.parametrize(
    "records", [(), (step(FIRST), step(FIRST + timedelta(days=1), event="stop")), (step(FIRST, programme="gone"),)]
)
def test_without_a_running_programme_the_plan_is_the_coach_s(catalogue: Catalogue, records: tuple[Record, ...]) -> None:
    day = FIRST + timedelta(days=2)
    assert standing(screen(catalogue, ()), DESK, Past(records), day) is None
    assert todays(screen(catalogue, ()), DESK, Manner(), Past(records), day).programme is None


def test_a_phase_advances_when_seven_of_ten_sessions_were_done(catalogue: Catalogue) -> None:
    past, _ = practise(catalogue, weekdays(5)[:7])
    now = where(catalogue, past, FIRST + timedelta(weeks=2))
    assert (now.number, now.week, now.told) == (2, 3, "Phase 2 begins: 7 of 10 sessions done.")


def test_a_phase_is_repeated_once_and_then_goes_one_back(catalogue: Catalogue) -> None:
    week = timedelta(weeks=1)
    past, _ = practise(catalogue, weekdays(3), phase=2)
    now = where(catalogue, past, FIRST + 2 * week)
    assert (now.number, now.told) == (2, "Phase 2 begins again: 6 of 10 sessions done, and 7 are needed.")
    again = step(FIRST + 2 * week, 2, "repeat")
    past, _ = practise(catalogue, weekdays(3, weeks=4), again, phase=2)
    now = where(catalogue, past, FIRST + 4 * week)
    assert (now.number, now.steps[-1].event) == (1, "repeat")
    assert "phase 2 was not passed twice: 6 of 10" in now.told


def test_the_first_phase_offers_to_stop_when_it_was_repeated_already(catalogue: Catalogue) -> None:
    now = where(catalogue, Past([step(FIRST, 1, "repeat")]), FIRST + timedelta(weeks=2))
    assert (now.number, "`hiproutine programme stop`" in now.told) == (1, True)


def test_pain_in_the_last_week_repeats_a_phase_pain_in_the_first_does_not(catalogue: Catalogue) -> None:
    late, early = hurt(FIRST + timedelta(days=8), 3), hurt(FIRST + timedelta(days=1), 3)
    past, _ = practise(catalogue, weekdays(5), late)
    now = where(catalogue, past, FIRST + timedelta(weeks=2))
    assert (now.number, now.told) == (
        1,
        "Phase 1 begins again: something hurt 3 of 10 in its last week, and at most 2 is fine.",
    )
    past, _ = practise(catalogue, weekdays(5), early)
    assert where(catalogue, past, FIRST + timedelta(weeks=2)).number == 2


def test_red_pain_is_an_easy_day_and_then_the_phase_begins_again(catalogue: Catalogue) -> None:
    past, plans = practise(catalogue, weekdays(5)[:8], hurt(FIRST + timedelta(days=3), 7))
    easy = plans[FIRST + timedelta(days=4)]
    assert easy.programme
    assert easy.programme.easy
    assert any(note.startswith("An easy day: Half-kneeling") for note in easy.notes)
    assert not {FLEXOR, WIPERS, BRIDGE} & set(ids(easy))
    now = where(catalogue, past, FIRST + timedelta(days=8))
    assert (now.number, now.since, now.easy, now.week) == (1, FIRST + timedelta(days=4), "", 1)
    assert [each.event for each in now.steps] == ["repeat"]
    # What hurt rests for a week; the rest of the core is done.
    assert WIPERS in ids(plans[FIRST + timedelta(days=7)])
    assert FLEXOR not in ids(plans[FIRST + timedelta(days=7)])


def test_the_next_phase_begins_when_practice_does_after_a_time_away(catalogue: Catalogue) -> None:
    past, _ = practise(catalogue, weekdays(5))
    back = FIRST + timedelta(weeks=6)
    now = where(catalogue, past, back)
    assert (now.number, now.since, now.week, len(now.steps)) == (2, back, 3, 1)


def test_the_last_phase_ends_the_programme_with_its_tests(catalogue: Catalogue) -> None:
    past, _ = practise(catalogue, weekdays(5), phase=3)
    day = FIRST + timedelta(weeks=2)
    now = where(catalogue, past, day)
    assert (now.over, now.steps[-1].event) == (True, "stop")
    made = todays(screen(catalogue, ()), DESK, Manner(), past, day)
    assert made.notes[:2] == (
        "Hips that sit all day: finished",
        "The programme is finished: 10 of 10 sessions done. The self-checks show what changed.",
    )


# ---- the core of a day ----


def test_the_first_days_bring_two_new_exercises_and_the_first_week_five(catalogue: Catalogue) -> None:
    for programme in catalogue.programmes.values():
        profile = Profile(minutes=programme.minutes, days_per_week=programme.days_a_week, level=3)
        days = weekdays(programme.days_a_week, weeks=1)
        _, plans = practise(catalogue, days, profile=profile, programme=programme.id)
        met: set[str] = {"warm-up-march", "constructive-rest"}
        for made in plans.values():
            assert len(set(ids(made)) - met) <= 2, programme.id
            met |= set(ids(made))
        assert 3 <= len(met) - 2 <= 5, programme.id


def test_sessions_have_five_items_at_most_in_ten_minutes_and_are_alike(catalogue: Catalogue) -> None:
    for name in ("desk-hips", "deep-squat", "gentle", "gentle-chair", "side-split"):
        programme = catalogue.programmes[name]
        profile = Profile(minutes=10, days_per_week=programme.days_a_week, level=2)
        _, plans = practise(catalogue, weekdays(programme.days_a_week, 4), profile=profile, programme=name)
        sessions = [set(ids(made)) for made in plans.values() if made.session.items]
        assert max(map(len, sessions)) <= 5
        shared = [len(now & before) / len(now) for before, now in pairwise(sessions)]
        assert sum(shared) / len(shared) >= 0.6, name


def test_strength_never_comes_two_days_running_and_as_often_as_it_is_meant_to(catalogue: Catalogue) -> None:
    _, plans = practise(catalogue, [FIRST + timedelta(days=n) for n in range(14)])
    on = [day for day, made in plans.items() if BRIDGE in ids(made)]
    assert all((later - earlier).days >= 2 for earlier, later in pairwise(on))
    for day in plans:
        assert sum(day - timedelta(days=6) <= each <= day for each in on) <= 3
        assert sum(FLEXOR in ids(plans[each]) for each in plans if day - timedelta(days=6) <= each <= day) <= 5
    assert len(on) >= 5


def test_what_rotates_leaves_the_core_its_day_of_strength(catalogue: Catalogue) -> None:
    """The bridge of phase 3 is for two days a week; nothing for the buttock comes in on the others."""
    profile = Profile(minutes=20, days_per_week=5, level=3)
    _, plans = practise(catalogue, weekdays(5), profile=profile, phase=3)
    resting = [
        made
        for day, made in plans.items()
        if "single-leg-bridge" not in ids(made) and day >= FIRST + timedelta(weeks=1)
    ]
    assert resting
    hard = {name for name, each in catalogue.exercises.items() if strengthens(each) and "buttock" in each.areas}
    core = {"split-squat-assisted"}
    assert not {name for made in resting for name in ids(made)} & (hard - core)


def test_a_session_of_a_programme_that_is_shorter_than_its_minutes_says_so(catalogue: Catalogue) -> None:
    said = 0
    for minutes in (6, 10):
        _, plans = practise(catalogue, weekdays(5), profile=DESK._replace(minutes=minutes))
        for made in plans.values():
            used = compile_session(made.session, Manner()).total_ms / 60_000
            words = f"{round(used)} of {minutes} min: that is what is due of your programme today."
            said += made.notes[-1] == words
            assert (made.notes[-1] == words) == (used < LEAST_USED * minutes), made.notes
    assert 10 <= said < 20


def test_the_core_has_the_dose_of_the_phase_and_says_that_it_is_the_core(catalogue: Catalogue) -> None:
    _, plans = practise(catalogue, [FIRST])
    made = plans[FIRST]
    assert ids(made) == ["warm-up-march", WIPERS, FLEXOR]
    assert made.session.items[2].prescription == Hold(sets=2, hold_s=30, rest_s=10)
    assert made.reasons[2] == ("core of your programme", "not done yet")
    assert made.suggestions == ()
    assert made.notes[0] == "Hips that sit all day: week 1 of 6, phase 1"


def test_without_minutes_the_programme_has_its_own(catalogue: Catalogue) -> None:
    made = todays(screen(catalogue, ()), Profile(), Manner(), Past([step(FIRST)]), FIRST)
    assert WIPERS in ids(made)
    assert compile_session(made.session, Manner()).total_ms <= 12 * 60_000


def test_what_is_not_possible_is_replaced_or_left_out_with_the_reason(catalogue: Catalogue) -> None:
    chair = DESK._replace(avoid_positions=(*FLOOR, "standing"), equipment=("chair",))
    _, plans = practise(catalogue, weekdays(2, 1), profile=chair)
    made = plans[FIRST]
    assert not {item.exercise.position for item in made.session.items} & {*FLOOR, "standing"}
    why = next(why for item, why in zip(made.session.items, made.reasons, strict=True) if "flexor" in item.exercise.id)
    assert why[1] == "in place of Half-kneeling hip flexor stretch, which needs mat or cushion or pad"
    assert "Glute bridge is omitted: it needs mat." in made.notes


def test_what_is_not_planned_for_a_person_is_replaced(catalogue: Catalogue) -> None:
    stiff = DESK._replace(conditions=("knee_kneel",), screened=FIRST.isoformat())
    _, plans = practise(catalogue, weekdays(2, 1), profile=stiff)
    reasons = {why for made in plans.values() for each in made.reasons for why in each}
    assert "in place of Half-kneeling hip flexor stretch, which is not planned for you" in reasons


def test_a_programme_on_a_chair_needs_one_for_each_exercise_and_for_what_replaces_it(catalogue: Catalogue) -> None:
    programme = catalogue.programmes["gentle-chair"]
    core = {each.exercise for phase in programme.phases for each in phase.core}
    instead = {other for _, others in programme.instead for other in others}
    assert all(("chair",) in catalogue.exercises[name].equipment for name in core | instead)


def test_what_is_not_planned_for_a_person_is_in_no_programme_of_theirs(catalogue: Catalogue) -> None:
    for code in ("knee_kneel", "fai", "hypermobile", "thr_posterior", "balance", "osteoporosis"):
        profile = Profile(minutes=15, days_per_week=5, level=2, conditions=(code,), screened=FIRST.isoformat())
        screened = screen(catalogue, (code,))
        for programme in catalogue.programmes.values():
            _, plans = practise(catalogue, weekdays(5, 1), profile=profile, programme=programme.id)
            for made in plans.values():
                assert not {*ids(made)} & {*screened.unplanned, *screened.hidden}, (code, programme.id)


def test_holds_stay_short_for_a_hypermobile_person(catalogue: Catalogue) -> None:
    bendy = DESK._replace(conditions=("hypermobile",), screened=FIRST.isoformat())
    _, plans = practise(catalogue, weekdays(5, 1), profile=bendy)
    holds = [i.prescription.hold_s for p in plans.values() for i in p.session.items if i.exercise.id == FLEXOR]  # type: ignore[union-attr]
    assert holds
    assert max(holds) <= 15


def test_a_day_without_anything_due_is_a_day_of_rest(catalogue: Catalogue) -> None:
    runner = Profile(minutes=18, days_per_week=3, level=2)
    _, plans = practise(
        catalogue, [FIRST + timedelta(days=n) for n in range(9)], profile=runner, programme="runners-hips"
    )
    rest = [made for made in plans.values() if not made.session.items]
    assert rest
    assert "Nothing of it is due today: rest, or choose a routine" in (rest[0].session.honest or "")


def test_variants_of_one_movement_come_together_where_both_are_of_the_core(catalogue: Catalogue) -> None:
    day = FIRST
    profile = Profile(minutes=14, days_per_week=4, level=2)
    past = Past([step(day, programme="side-split")])
    made = todays(screen(catalogue, ()), profile, Manner(), past, day)
    assert {"adductor-rock", "supine-butterfly"} <= {*ids(made)}


def test_where_time_is_short_the_core_comes_in_fewer_sets_and_says_so(catalogue: Catalogue) -> None:
    profile = Profile(minutes=10, days_per_week=4, level=2)
    days = [day for day in weekdays(6, weeks=2) if day.weekday() in (0, 2, 4, 5)]
    _, plans = practise(catalogue, days, profile=profile, programme="side-split", phase=3)
    whole = {core.exercise for core in catalogue.programmes["side-split"].phases[2].core}
    made = next(made for made in plans.values() if whole <= {*ids(made)})
    assert not any("No time today" in note for each in plans.values() for note in each.notes)
    assert any("1 set, was 2: there is no time for more in 10 min" in reason for reason in made.reasons)
    assert all(compile_session(each.session, Manner()).total_ms <= 600_000 for each in plans.values())


@pytest.mark.parametrize("programme", ["desk-hips", "deep-squat"])
def test_an_easier_variant_gets_one_warm_while_the_warm_up_rests_after_pain(
    catalogue: Catalogue, programme: str
) -> None:
    def after(minutes: int) -> list[Plan]:
        profile, pained = DESK._replace(minutes=minutes), FIRST + timedelta(days=1)
        extra = hurt(pained, 4, "warm-up-march")
        _, plans = practise(catalogue, weekdays(5), extra, profile=profile, programme=programme)
        # One easy day, which has nothing to get warm, and then the phase begins again.
        return [plans[day] for day in weekdays(5) if timedelta(days=1) < day - pained <= timedelta(days=7)]

    for made in after(10):
        assert "warm-up-march" not in ids(made)
        assert ids(made)[0] == "seated-march"
        assert made.reasons[0] == ("to get warm, in place of Warm-up march",)
    assert not any("seated-march" in ids(made) for made in after(7))


def test_what_gets_one_warm_after_pain_is_not_new(catalogue: Catalogue) -> None:
    day = FIRST + timedelta(days=3)
    past, plans = practise(catalogue, weekdays(5)[:3], hurt(FIRST, 4, "warm-up-march"))
    met = {name for made in plans.values() for name in ids(made)} - {"warm-up-march", "constructive-rest"}
    assert "seated-march" in met
    assert room_for_new(look(screen(catalogue, ()), past, day)) == 5 - len(met - {"seated-march"}) == 1


def test_a_dose_that_is_less_says_why_in_its_row(catalogue: Catalogue) -> None:
    pained = FIRST + timedelta(days=1)
    _, plans = practise(catalogue, weekdays(5, 1), hurt(pained, 3))
    assert plans[pained + timedelta(days=1)].less == {FLEXOR: "1 set, was 2: hurt 3 of 10 on the left on Tuesday"}
    assert plans[pained].less == {}


def test_what_rotates_may_be_of_any_movement_where_the_phase_names_none(catalogue: Catalogue) -> None:
    desk = catalogue.programmes["desk-hips"]
    for rotate in (1, 0):
        first = desk.phases[0]._replace(rotate=rotate, rotate_from=())
        own = catalogue._replace(programmes={"desk-hips": desk._replace(phases=(first, *desk.phases[1:]))})
        past, _ = practise(own, weekdays(5, weeks=2), profile=DESK._replace(minutes=12))
        core = {*(core.exercise for core in first.core), *(name for _, others in desk.instead for name in others)}
        found = {each.exercise for session in past.of(SessionRecord) for each in session.steps} - core
        assert bool(found - {"warm-up-march"}) == bool(rotate)


def test_too_few_minutes_say_what_they_leave_out(catalogue: Catalogue) -> None:
    short = Profile(minutes=3, days_per_week=5)
    past, _ = practise(catalogue, weekdays(5, 1))
    made = todays(screen(catalogue, ()), short, Manner(), past, FIRST + timedelta(days=7))
    assert any(note.startswith("No time today for ") for note in made.notes)
    assert compile_session(made.session, Manner()).total_ms <= 3 * 60_000


# ---- who may begin ----


def test_a_programme_is_refused_with_a_condition_it_is_not_for_and_above_the_level(catalogue: Catalogue) -> None:
    squat, split = catalogue.programmes["deep-squat"], catalogue.programmes["side-split"]
    assert refusal(squat, screen(catalogue, ("fai",)), DESK).startswith("Deep squat is not for you: ")
    assert refusal(split, screen(catalogue, ()), DESK) == (
        "Side split is level 2 (middle), and your level is 1 (easy)."
    )
    assert refusal(squat, screen(catalogue, ()), DESK) == ""
    # Whatever stops practice stops every programme.
    assert refusal(catalogue.programmes["gentle"], screen(catalogue, ("infection",)), DESK)


def test_a_programme_of_which_too_little_is_possible_is_refused_with_the_reasons(catalogue: Catalogue) -> None:
    chair = Profile(avoid_positions=(*FLOOR, "standing"), equipment=("chair",), level=2)
    screened = screen(catalogue, ())
    split = refusal(catalogue.programmes["side-split"], screened, chair)
    assert split.startswith("Too little of Side split is possible for you: ")
    assert "Lying butterfly needs mat" in split
    assert refusal(catalogue.programmes["gentle-chair"], screened, chair) == ""
    nothing = Profile(equipment=())
    assert refusal(catalogue.programmes["gentle"], screened, nothing).startswith("Too little of Gentle hips")


def test_who_is_to_ask_first_is_told_so(catalogue: Catalogue) -> None:
    desk = catalogue.programmes["desk-hips"]
    assert advice(desk, screen(catalogue, ())) == ()
    assert advice(desk, screen(catalogue, ("hip_oa",)))[0].startswith("Ask a doctor or physiotherapist first: ")


def test_the_tests_of_a_programme_are_due_while_it_runs_and_two_weeks_after(catalogue: Catalogue) -> None:
    runner = Profile(minutes=18, days_per_week=3, level=2)
    past, _ = practise(catalogue, weekdays(5, 1), profile=runner, programme="runners-hips")
    screened, day = screen(catalogue, ()), FIRST + timedelta(days=9)
    stopped = past.adding([step(day, 1, "stop", "runners-hips")])

    def asked(past: Past, day: date) -> set[str]:
        return {check.id for check in due(past, screened, runner._replace(equipment=None), day)}

    assert "heel-raise-count" in asked(past, day)
    assert "heel-raise-count" in asked(stopped, day + timedelta(days=14))
    assert "heel-raise-count" not in asked(stopped, day + timedelta(days=15))
    assert "squat-sit" not in asked(past, day)


def test_a_programme_of_the_catalogue_names_only_tests_that_exist(catalogue: Catalogue) -> None:
    known = {check.id for check in CHECKS}
    for programme in catalogue.programmes.values():
        assert set(programme.tests) <= known, programme.id
