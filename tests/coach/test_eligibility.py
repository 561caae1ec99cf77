"""Eligibility: what may be done on a day, in which dose, and why not or why less."""

from collections.abc import Collection

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import Hold, sets_of
from hiproutine.coach.eligibility import Today, dose, look, lowered, on_the_way, rests, waiting
from hiproutine.coach.pain import Advice, Day
from hiproutine.coach.reasons import Cause, Reason
from hiproutine.coach.screening import screen
from hiproutine.coach.session import find
from hiproutine.history.past import Past
from hiproutine.history.records import Record
from hiproutine.settings.model import Profile
from tests.coach.test_pain import hurt, level
from tests.coach.test_weekly_volume import TODAY, practised

BRIDGE, FLEXOR, MARCH = "glute-bridge", "half-kneeling-hip-flexor", "warm-up-march"


def today(catalogue: Catalogue, *records: Record, conditions: Collection[str] = ()) -> Today:
    return look(screen(catalogue, conditions), Past(records), TODAY)


def test_without_records_everything_of_the_level_may_be_done_and_nothing_is_less(catalogue: Catalogue) -> None:
    found = today(catalogue)
    assert waiting(found, Profile(level=3)) == {}
    for exercise in catalogue.exercises.values():
        assert dose(found, exercise).prescription == exercise.prescription
        assert lowered(dose(found, exercise)) == ()
    assert found.leaves(find(catalogue, None))


@pytest.mark.parametrize(
    ("profile", "exercise", "why"),
    [
        (Profile(level=1), "couch-stretch", "is level"),
        (Profile(level=3, equipment=()), BRIDGE, "needs mat"),
        (Profile(level=3, avoid_positions=("supine",)), BRIDGE, "is done lying on the back"),
    ],
)
def test_the_profile_is_a_reason_to_wait(catalogue: Catalogue, profile: Profile, exercise: str, why: str) -> None:
    (reason,) = waiting(today(catalogue), profile)[exercise]
    assert reason.words.startswith(why)


def test_strength_waits_for_a_day_between_and_after_red_pain_for_a_week(catalogue: Catalogue) -> None:
    strong = today(catalogue, practised(1, (BRIDGE, None, 140)))
    soon = "strength for the buttock was yesterday, and needs a day between"
    assert rests(catalogue.exercises[BRIDGE], strong) == Reason(Cause.SOON, soon)
    assert rests(catalogue.exercises[FLEXOR], strong) is None
    sore = today(catalogue, practised(4, (FLEXOR, "left", 60)), hurt(4, FLEXOR, 8))
    rest = rests(catalogue.exercises[FLEXOR], sore)
    assert rest
    assert rest.cause is Cause.PAIN
    assert rest.words.endswith("and rests for a week")
    assert not sore.leaves(find(catalogue, FLEXOR))


def test_the_weightiest_reason_comes_first(catalogue: Catalogue) -> None:
    """A condition or pain keeps out what lacks a mat, too: with a mat it would still wait."""
    profile = Profile(level=1, equipment=(), avoid_positions=("half-kneeling",))
    found = today(catalogue, hurt(4, FLEXOR, 8), conditions=("knee_kneel",))
    causes = [reason.cause for reason in waiting(found, profile)[FLEXOR]]
    assert causes == [Cause.CONDITION, Cause.PAIN, Cause.EQUIPMENT, Cause.POSITION]


def test_what_is_never_planned_waits_and_replaces_nothing(catalogue: Catalogue) -> None:
    screened = screen(catalogue, ("knee_kneel",))
    found = today(catalogue, conditions=("knee_kneel",))
    assert found.objection(FLEXOR).startswith("is not planned for you (")
    assert waiting(found, Profile(level=3))[FLEXOR] == (Reason(Cause.CONDITION, found.objection(FLEXOR)),)
    assert found.objection(FLEXOR) == found.against(FLEXOR)
    assert FLEXOR not in on_the_way(screened, Profile(), Past(()), TODAY)
    assert BRIDGE in on_the_way(screened, Profile(), Past(()), TODAY)


def test_what_hurt_a_little_is_done_in_half_of_its_sets_and_says_so(catalogue: Catalogue) -> None:
    found = today(catalogue, practised(2, (FLEXOR, "left", 60)), hurt(2, FLEXOR, 3))
    less = dose(found, catalogue.exercises[FLEXOR])
    assert sets_of(less.prescription) == 1
    assert lowered(less)[0].startswith("1 set, was 2: hurt 3 of 10 on the left on")


@pytest.mark.parametrize("advice", [Advice.HALVE, Advice.EASY_DAY])
def test_after_pain_all_is_less_but_for_getting_warm(catalogue: Catalogue, advice: Advice) -> None:
    found = look(screen(catalogue, ()), Past(()), TODAY)._replace(pains=Day(advice, "Less.", "pain was more"))
    long = Hold(3, 60, 10)
    eased = dose(found, catalogue.exercises[FLEXOR], long)
    assert (eased.prescription == Hold(1, 60, 10)) is (advice is Advice.HALVE)
    assert dose(found, catalogue.exercises[MARCH]).prescription == catalogue.exercises[MARCH].prescription


def test_a_day_is_as_careful_as_it_is_asked_to_be_at_least(catalogue: Catalogue) -> None:
    easy = Day(Advice.EASY_DAY, "An easy day.", "so")
    screened = screen(catalogue, ())
    assert look(screened, Past(()), TODAY, easy).pains == easy
    gentle = look(screened, Past((level(0, 7),)), TODAY, easy)
    assert gentle.pains.advice is Advice.GENTLE
    assert gentle.sore[FLEXOR] == "is not for a day like this"


def test_holds_stay_in_their_own_dose_where_they_must_not_get_longer(catalogue: Catalogue) -> None:
    days = [practised(ago, (FLEXOR, "left", 120), (FLEXOR, "right", 120)) for ago in (2, 4)]
    longer = dose(today(catalogue, *days), catalogue.exercises[FLEXOR]).prescription
    bendy = today(catalogue, *days, conditions=("hypermobile",))
    short = dose(bendy, bendy.exercises[FLEXOR]).prescription
    assert isinstance(longer, Hold)
    assert isinstance(short, Hold)
    assert short == bendy.exercises[FLEXOR].prescription
    assert short.hold_s < longer.hold_s
