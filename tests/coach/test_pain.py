"""What pain makes of the next session: the traffic light, the morning after, and what hurt."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import Cars, Hold, Prescription, Reps, length, sets_of
from hiproutine.catalogue.vocabulary import CATEGORY
from hiproutine.coach.pain import (
    TOO_MUCH,
    Advice,
    Colour,
    Day,
    asks,
    colour,
    eased,
    eased_words,
    follows,
    halved,
    in_a_sore_area,
    last_words,
    limits,
    of_day,
    outcomes,
    resting,
)
from hiproutine.coach.planner import Plan, plan, todays, usual
from hiproutine.coach.progression import ladder
from hiproutine.coach.screening import EASY_DAYS, screen
from hiproutine.errors import HiproutineError
from hiproutine.history.past import Past
from hiproutine.history.records import Hurt, Pain
from hiproutine.settings.model import Manner, Profile
from hiproutine.text import day_words
from tests.coach.test_weekly_volume import TODAY, practised

AT = datetime(2026, 11, 23, 7, tzinfo=UTC)


def level(ago: int, score: int) -> Pain:
    return Pain(f"p{ago}", TODAY - timedelta(days=ago), AT - timedelta(days=ago), "before", score, None)


def after(ago: int, score: int) -> Pain:
    return level(ago, score)._replace(id=f"a{ago}", when="after")


def hurt(ago: int, exercise: str, score: int, side: str | None = "left") -> Hurt:
    return Hurt(f"h{ago}", TODAY - timedelta(days=ago), AT, None, exercise, side, score, "skip")


def past(*pains: Pain, days: tuple[int, ...] = (1, 2, 3, 4, 5), hurts: tuple[Hurt, ...] = ()) -> Past:
    """Practised on each of the days ago."""
    sessions = tuple(practised(ago, ("supine-butterfly", None, 30)) for ago in days)
    return Past((*sessions, *pains, *hurts))


def planned(catalogue: Catalogue, known: Past, minutes: int = 10) -> Plan:
    return plan(screen(catalogue, ()), Profile(minutes), Manner(), known, TODAY)


@pytest.mark.parametrize(
    ("exercise", "green", "amber"),
    [
        ("glute-bridge", 2, 5),
        ("adductor-squeeze", 2, 3),
        ("cossack-squat", 2, 3),
        ("supine-butterfly", 2, 3),
        ("ninety-front-pails-rails", 2, 3),
        ("sciatic-slider-seated", 2, 2),
    ],
)
def test_the_traffic_light_is_stricter_for_stretches_nerve_glides_and_the_inner_thigh(
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
        # Worse after practising counts until the next level says otherwise.
        ([level(1, 1), after(1, 3)], Advice.HALVE),
        ([level(1, 1), after(1, 2)], Advice.GO_ON),
        ([after(1, 3)], Advice.GO_ON),
        # Red needs nothing to be compared with.
        ([after(1, 6)], Advice.HALVE),
        ([level(1, 5), after(1, 6)], Advice.HALVE),
        ([after(1, 6), level(0, 1)], Advice.GO_ON),
        ([level(2, 1), after(2, 4)], Advice.GO_ON),  # it was practised since
        ([level(1, 1), after(1, 3), level(0, 1)], Advice.GO_ON),
        ([level(4, 1), level(2, 3), after(2, 3), level(1, 3), after(1, 5)], Advice.ASK),
    ],
)
def test_the_morning_after_decides(pains: list[Pain], advice: Advice) -> None:
    found = of_day(past(*pains), TODAY)
    assert found.advice is advice
    assert bool(found.words) == (advice is not Advice.GO_ON)


def test_what_was_said_after_practising_today_is_for_today_and_tomorrow() -> None:
    for days in ((0,), (0, 3)):
        known = past(level(0, 1), after(0, 4), days=days)
        assert of_day(known, TODAY) == Day(
            Advice.HALVE,
            "Half the sets if you practise again: pain is 3 above what it was before practising.",
            "pain is 3 above what it was before practising",
            4,
        )
        assert of_day(past(level(0, 3), after(0, 4), days=days), TODAY).advice is Advice.GO_ON
        assert of_day(past(level(0, 5), after(0, 6), days=days), TODAY).advice is Advice.GENTLE
        assert of_day(known, TODAY + timedelta(days=1)).advice is Advice.HALVE


def test_a_level_noted_later_on_the_day_does_not_hide_that_it_rose() -> None:
    later = level(1, 4)._replace(id="later")
    known = past(level(1, 1), after(1, 4), later)
    assert of_day(known, TODAY).advice is Advice.HALVE
    assert follows(known, after(1, 4)).startswith("3 above what it was before")


def test_worse_after_practising_is_said_with_its_day_for_the_doses() -> None:
    found = of_day(past(level(1, 1), after(1, 3)), TODAY)
    assert found.words == "Half the sets: pain was 2 above what it was before practising on Sunday."
    assert found.why == "pain rose by 2 on Sunday"
    assert of_day(past(level(9, 1), after(9, 4), days=(9,)), TODAY).advice is Advice.GO_ON  # more than a week ago


@pytest.mark.parametrize(
    ("whole", "half"),
    [
        (Hold(3, 30, 10), Hold(1, 30, 10)),
        (Hold(2, 40, 10), Hold(1, 40, 10)),
        (Hold(1, 45, 0), Hold(1, 30, 0)),
        (Hold(1, 40, 0), Hold(1, 25, 0)),
        (Hold(1, 5, 0), Hold(1, 5, 0)),
        (Hold(1, 3, 0), Hold(1, 3, 0)),
        (Reps(1, 10, (("move", 2),), 0), Reps(1, 6, (("move", 2),), 0)),
        (Reps(1, 1, (("move", 2),), 0), Reps(1, 1, (("move", 2),), 0)),
        (Cars(1, 3, 8, (10, 30)), Cars(1, 2, 8, (10, 30))),
    ],
)
def test_half_of_the_sets_or_two_thirds_of_the_only_one(whole: Prescription, half: Prescription) -> None:
    assert eased(whole) == half


def test_every_dose_can_be_eased_and_is_never_nothing(catalogue: Catalogue) -> None:
    for exercise in catalogue.exercises.values():
        for dose in ladder(exercise):
            assert 0 < length(eased(dose)).work_s < length(dose).work_s
            assert length(eased(eased(dose))).work_s > 0


def test_pails_and_rails_wait_while_it_hurts(catalogue: Catalogue) -> None:
    for score, waits in ((2, False), (3, True)):
        known = past(level(2, 3), level(0, score), days=(4,))
        made = plan(screen(catalogue, ()), Profile(30, level=2), Manner(), known, TODAY)
        left = {each.exercise.id: each.why for each in made.omitted}
        why = left.get("ninety-front-pails-rails", "")
        assert why.startswith("has to be free of pain, which is 3 of 10") if waits else "free of pain" not in why


FORMER, LAST = range(14, 26, 3), range(0, 12, 3)
"""Days ago: just enough of the two weeks before, and of the last two."""


def levels(ago: range, score: int) -> list[Pain]:
    return [level(each, score) for each in ago]


@pytest.mark.parametrize(
    ("pains", "said"),
    [
        ([*levels(FORMER, 4), *levels(LAST, 4)], True),
        ([*levels(FORMER, 3), *levels(LAST, 4)], True),
        ([*levels(FORMER, 4), *levels(LAST[1:], 4), level(0, 3)], False),  # less
        ([*levels(FORMER, 2), *levels(LAST, 2)], False),  # little
        ([*levels(FORMER[1:], 4), *levels(LAST, 4)], False),  # too few to say
        ([*levels(FORMER, 4), *levels(LAST[1:], 4), level(2, 4)], False),  # nothing is known of today
    ],
)
def test_two_weeks_that_are_no_better_ask_for_a_professional(pains: list[Pain], said: bool) -> None:
    assert bool(asks(past(*pains), TODAY)) is said


def test_a_professional_is_asked_for_once_a_week_at_most(catalogue: Catalogue) -> None:
    known = past(*levels(range(80), 4), days=())
    days = [ago for ago in range(60) if asks(known, TODAY - timedelta(days=ago))]
    assert {later - earlier for earlier, later in pairwise(days)} == {7}
    told = TODAY - timedelta(days=days[0])
    notes = plan(screen(catalogue, ()), Profile(10), Manner(), known, told).notes
    assert notes[0].startswith("Pain has not become less for 2 weeks. A professional could have a look")


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
        (left.exercise.id, left.why) for left in made.omitted
    ]
    assert not resting(past(hurts=(hurt(8, "supine-butterfly", 9),)), catalogue.exercises, TODAY)


@pytest.mark.parametrize(
    ("name", "score", "follows"),
    [
        (
            "split-squat-assisted",
            5,
            "Assisted split squat hurt 5 of 10 on the left {}: half the sets next time.",
        ),
        ("split-squat-assisted", 6, "Assisted split squat hurt 6 of 10 on the left {}: rests until {}."),
        ("split-squat-assisted", 2, ""),
    ],
)
def test_what_follows_from_what_hurt_is_said_before_the_next_session(
    catalogue: Catalogue, name: str, score: int, follows: str
) -> None:
    for ago, when in {0: "today", 2: "on Saturday"}.items():
        known = past(days=(2, 3), hurts=(hurt(ago, name, score),))
        said = follows.format(when, day_words(TODAY + timedelta(days=7 - ago)))
        assert outcomes(known, catalogue.exercises, TODAY) == said
        assert not said or said in planned(catalogue, known).notes
    assert outcomes(past(days=(1,), hurts=(hurt(2, name, score),)), catalogue.exercises, TODAY) == ""


def test_what_hurt_too_much_today_is_left_for_today(catalogue: Catalogue) -> None:
    known = past(hurts=(hurt(0, "supine-butterfly", 4),))
    assert "supine-butterfly" in resting(known, catalogue.exercises, TODAY)
    assert "supine-butterfly" not in [item.exercise.id for item in planned(catalogue, known, 30).session.items]


def test_what_hurt_a_little_has_half_its_sets_until_it_was_done_again(catalogue: Catalogue) -> None:
    known = past(hurts=(hurt(3, "glute-bridge", 4, None),))
    assert halved(known, catalogue.exercises, TODAY) == {"glute-bridge": "hurt 4 of 10 on Friday"}
    assert not halved(past(hurts=(hurt(3, "supine-butterfly", 3),)), catalogue.exercises, TODAY)  # done since
    done = [practised(9, *((name, None, 10) for name in catalogue.exercises))]
    made = plan(screen(catalogue, ()), Profile(30, focus=(("buttock", 3),)), Manner(), known.adding(done), TODAY)
    (why,) = [
        (sets_of(item.prescription), why[-1])
        for item, why in zip(made.session.items, made.reasons, strict=True)
        if item.exercise.id == "glute-bridge"
    ]
    assert why == (1, "1 set, was 2: hurt 4 of 10 on Friday")


def test_a_painful_day_without_anything_easy_within_reach_is_one_of_rest(catalogue: Catalogue) -> None:
    profile = Profile(5, avoid_positions=("supine", "seated-chair"))
    with pytest.raises(HiproutineError, match=r"^Pain is 7 of 10.* Nothing gentle is within reach.*fine\.$"):
        plan(screen(catalogue, ()), profile, Manner(), past(level(0, 7)), TODAY)


def test_a_painful_day_without_the_easy_routine_is_one_of_rest_too(catalogue: Catalogue) -> None:
    routines = {name: each for name, each in catalogue.routines.items() if name not in EASY_DAYS}
    screened = screen(catalogue._replace(routines=routines), ())
    with pytest.raises(HiproutineError, match=r"Pain is 7 of 10: .* a rest day is fine"):
        usual(screened, Profile(), past(level(0, 7)), TODAY)


def test_a_painful_day_has_only_the_easy_exercises_and_says_why(catalogue: Catalogue) -> None:
    easy = {step.exercise for name in EASY_DAYS for step in catalogue.routines[name].steps}
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
    warm, *others, settle = zip(made.session.items, made.reasons, strict=True)
    assert [why for _, why in (warm, settle)] == [("to get warm",), ("to settle",)]
    for item, why in others:
        assert sets_of(item.prescription) <= max(1, sets_of(item.exercise.prescription) // 2)
        assert length(item.prescription).work_s < length(item.exercise.prescription).work_s
        assert why[-1].endswith(": pain rose by 2 on Monday")


@pytest.mark.parametrize("category", CATEGORY)
def test_every_category_has_its_traffic_light(catalogue: Catalogue, category: str) -> None:
    green, amber = CATEGORY[category].pain
    assert 0 < green < amber < TOO_MUCH
    exercise = catalogue.exercises["glute-bridge"]._replace(category=category)
    colours = [colour(exercise, score) for score in range(11)]
    assert colours == sorted(colours)
    assert (colours.count(Colour.GREEN), colours.count(Colour.RED)) == (green + 1, 10 - amber)


def test_a_limit_that_a_card_names_is_that_of_the_traffic_light(catalogue: Catalogue) -> None:
    named = {
        each.id: (int(found[1]), limits(each).amber)
        for each in catalogue.exercises.values()
        for text in each.stop_if
        if (found := re.search(r"above (\d+) out of 10", text))
    }
    assert len({said for said, _ in named.values()}) > 1
    assert {name for name, (said, holds) in named.items() if said != holds} == set()


# ---- where it hurt last ----


def test_the_last_score_is_named_on_the_next_days_until_there_is_another() -> None:
    place = level(1, 2)._replace(area="front-of-hip", side="left")
    assert last_words(Past((place,)), TODAY) == "Pain yesterday: 2 of 10 (front of hip, left)."
    assert last_words(Past((place,)), place.day) == ""
    later = place.day + timedelta(days=3)
    assert last_words(Past((place,)), later) == f"Pain on {place.day:%A}: 2 of 10 (front of hip, left)."
    assert last_words(Past((place,)), place.day + timedelta(days=8)) == ""
    assert last_words(Past((place, level(0, 1))), TODAY) == ""
    assert last_words(Past((place._replace(score=0),)), TODAY) == ""
    assert last_words(Past((place._replace(area="of another version", side=None),)), TODAY) == (
        "Pain yesterday: 2 of 10."
    )
    assert last_words(Past((hurt(1, "glute-bridge", 3)._replace(area="buttock"),)), TODAY) == (
        "Pain yesterday: 3 of 10 (buttock, left). Exercises for the buttock are eased."
    )


def test_the_last_score_is_said_once_where_the_advice_of_the_day_speaks_of_it(catalogue: Catalogue) -> None:
    said = Past((practised(1, ("glute-bridge", None, 60)), level(1, 1), after(1, 4)._replace(area="buttock")))
    assert of_day(said, TODAY).words
    assert last_words(said, TODAY) == ""
    for minutes in (None, 10):
        made = todays(screen(catalogue, ()), Profile(minutes), Manner(), Past((level(1, 2),)), TODAY)
        assert "Pain yesterday: 2 of 10." in made.notes


def test_a_sore_knee_halves_what_strains_it(catalogue: Catalogue) -> None:
    sore = Past((level(0, 4)._replace(area="knee", side="right"),))
    eased = in_a_sore_area(sore, catalogue.exercises, TODAY)
    assert eased["split-squat-assisted"] == "pain was 4 of 10 in the knee on the right"
    assert {"half-kneeling-hip-flexor", "sit-to-stand", "pigeon-floor"} <= eased.keys()
    assert eased.keys().isdisjoint({"clamshell", "hip-hinge", "seated-heel-raise", "dead-bug-heel-tap"})
    assert eased_words(sore, TODAY) == "What strains the knee is eased."
    made = todays(screen(catalogue, ()), Profile(), Manner(), sore, TODAY)
    assert made.less["half-kneeling-hip-flexor"] == "1 set, was 2: pain was 4 of 10 in the knee on the right"
    strained = {item.exercise.id for item in made.session.items} & eased.keys()
    assert made.less.keys() == strained
