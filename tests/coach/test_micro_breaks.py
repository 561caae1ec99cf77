"""Micro-breaks: which one is picked, that it is dose and no done day, and that the day's plan needs less."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import length
from hiproutine.coach.micro_breaks import SAT, Break, pick
from hiproutine.coach.planner import plan
from hiproutine.coach.screening import screen
from hiproutine.coach.weekly_volume import stretches, too_soon
from hiproutine.errors import HiproutineError
from hiproutine.history.past import Past
from hiproutine.history.records import Record, SessionRecord, StepRecord, as_line, closed, read_record
from hiproutine.history.streak import streak
from hiproutine.practice.pain_prompt import before_question
from hiproutine.settings.model import Manner, Profile
from tests.coach.test_pain import level
from tests.coach.test_weekly_volume import TODAY, known, practised
from tests.conftest import Run

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


def taken(minutes_ago: int, *steps: tuple[str, str | None, int]) -> SessionRecord:
    """A micro-break of today, of (exercise, side, seconds held)."""
    session = practised(0, *steps)
    opening = session.opening._replace(id=f"b{minutes_ago}", micro_break=True)
    return closed(opening, NOW - timedelta(minutes=minutes_ago), session.steps)


def picked(catalogue: Catalogue, profile: Profile = Profile(), records: Sequence[Record] = ()) -> Break:  # noqa: B008
    return pick(screen(catalogue, profile.conditions), profile, Past(records), TODAY, NOW)


LUNGE = ("desk-lunge", "left", 30), ("desk-lunge", "right", 30)
STANDING = (("sit-to-stand", None, 36), ("heel-raise", None, 36))


def test_the_first_one_is_for_what_the_week_lacks_most(catalogue: Catalogue) -> None:
    assert picked(catalogue).session.plan == "break-desk-lunge"
    legs = Profile(focus=(("front-of-thigh", 3),))
    assert picked(catalogue, legs).session.plan == "break-stand-up"
    strong = [practised(ago, ("sit-to-stand", None, 96), ("heel-raise", None, 120)) for ago in (1, 3)]
    assert picked(catalogue, legs, strong).session.plan == "break-desk-lunge"


def test_no_break_follows_itself_and_after_much_sitting_it_gets_you_up(catalogue: Catalogue) -> None:
    long = int(SAT / timedelta(minutes=1))
    assert picked(catalogue, records=[taken(long, *LUNGE)]).session.plan == "break-stand-up"
    full = [practised(ago, ("sit-to-stand", None, 96), ("heel-raise", None, 120)) for ago in (1, 3)]
    seated = Profile(focus=(("low-back", 3),))
    assert picked(catalogue, seated, [*full, taken(long, *STANDING)]).session.plan == "break-desk-lunge"
    assert picked(catalogue, seated, [*full, taken(long - 1, *STANDING)]).session.plan == "break-seated"


def test_standing_or_seated_as_the_profile_says(catalogue: Catalogue) -> None:
    assert picked(catalogue, Profile(avoid_positions=("standing",))).session.plan == "break-seated"
    nothing = Profile(avoid_positions=("standing", "seated-chair"))
    with pytest.raises(HiproutineError, match="no micro-break is for you today"):
        picked(catalogue, nothing)


def test_on_a_painful_day_only_what_is_for_one(catalogue: Catalogue) -> None:
    assert picked(catalogue, records=[level(0, 7)]).session.plan == "break-seated"


def test_it_is_dose_and_no_done_day(catalogue: Catalogue) -> None:
    session = taken(5, ("half-kneeling-hip-flexor", "left", 60), ("half-kneeling-hip-flexor", "right", 60))
    assert not session.counts
    assert streak(Past([session]), NOW).best == 0
    assert known(catalogue, session).week.of("front-of-hip").stretch_s == (60, 60)
    assert known(catalogue, practised(0, *LUNGE)).week.areas() == ()
    assert known(catalogue, session).practised == frozenset()
    assert before_question(Past([session]), NOW, TODAY)


def test_a_few_repetitions_are_no_hard_work_that_needs_a_day_between(catalogue: Catalogue) -> None:
    exercise = catalogue.exercises["sit-to-stand"]
    assert too_soon(exercise, known(catalogue, practised(1, ("sit-to-stand", None, 96))))
    assert too_soon(exercise, known(catalogue, taken(5, *STANDING))) is None


def test_tonights_plan_shrinks_by_it(catalogue: Catalogue) -> None:
    profile = Profile(minutes=10)
    screened = screen(catalogue, ())

    def planned_s(*records: Record) -> float:
        made = plan(screened, profile, Manner(), Past(records), TODAY)
        found = [each for each in made.session.items if each.exercise.areas[0] == "front-of-hip"]
        return sum(length(each.prescription).work_s for each in found if stretches(each.exercise))

    much = [("half-kneeling-hip-flexor", side, 300) for side in ("left", "right")]
    assert planned_s(taken(5, *much)) < planned_s()


def test_its_line_says_so_and_the_lines_of_others_do_not() -> None:
    session = taken(5, *LUNGE)
    assert '"break":true' in as_line(session)
    assert "break" not in as_line(practised(0, ("couch-stretch", None, 30)))
    assert session.steps[0] == StepRecord("desk-lunge", "desk-lunge", "left", 30_000, 30_000, "done")
    assert read_record(json.loads(as_line(session))) == session


def test_the_command_says_what_to_do(run: Run) -> None:
    lines = run("break", "--print").lines
    name, _, rest = lines[0].partition(": ")
    assert name == "Two lunges at the desk"
    assert rest.endswith("min (the first one today; the week has least for the front of hip)")
    assert lines[2] == "Standing desk lunge, 4 slow each side"


def test_logging_one_says_that_it_is_no_done_day_by_itself(run: Run) -> None:
    assert "and no done day by itself" in run("log", "break-stand-up")[1]
