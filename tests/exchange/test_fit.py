"""Sessions as FIT files, read back with the SDK of those who made the format."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import pytest
from garmin_fit_sdk import Decoder, Stream
from hypothesis import given
from hypothesis import strategies as st

from hiproutine.errors import HiproutineError
from hiproutine.exchange import fit
from hiproutine.history.records import Opening, SessionRecord, StepRecord

START = datetime(2026, 11, 22, 17, 0, 3, 120_000, tzinfo=UTC)
END = datetime(2026, 11, 22, 17, 9, 10, tzinfo=UTC)
OPENING = Opening("i", date(2026, 11, 22), START, 60, "Europe/Paris", 240, "p", "four-everyday", "0.1.0")
STEPS = (
    StepRecord("half-kneeling", "Half-kneeling stretch", "left", 60_000, 60_000, "done"),
    StepRecord("half-kneeling", "Half-kneeling stretch", "right", 60_000, 45_500, "shortened"),
    StepRecord("couch", "Couch stretch", "left", 60_000, 0, "skipped"),
    StepRecord("bridge", "Brücke für die Hüfte", None, 90_000, 90_250, "done"),
    StepRecord("half-kneeling", "Half-kneeling stretch", "left", 60_000, 60_000, "done"),
)
SESSION = SessionRecord(OPENING, END, True, STEPS)


def decoded(content: bytes) -> dict[str, list[dict[str, Any]]]:
    """The messages of a file by their kinds, if the SDK finds nothing amiss."""

    def decoder() -> Decoder:
        return Decoder(Stream.from_byte_array(bytearray(content)))

    assert decoder().is_fit()
    assert decoder().check_integrity()
    messages, errors = decoder().read()
    assert errors == []
    assert all(str(name).endswith("_mesgs") for name in messages), "each is known to the SDK"
    return cast("dict[str, list[dict[str, Any]]]", messages)


def test_times_durations_and_names_are_those_of_the_record() -> None:
    messages = decoded(fit.activity(SESSION, frozenset()))
    (session,) = messages["session_mesgs"]
    assert session["start_time"] == START.replace(microsecond=0)
    assert session["timestamp"] == END
    assert session["total_elapsed_time"] == 546.88
    assert session["total_timer_time"] == 255.75
    assert (session["sport"], session["sub_sport"]) == ("training", "flexibility_training")
    assert session["sport_profile_name"] == "four-everyday"
    titles = {title["exercise_name"]: title["wkt_step_name"] for title in messages["exercise_title_mesgs"]}
    assert [(titles[each["category_subtype"]], each["duration"]) for each in messages["set_mesgs"]] == [
        ("Half-kneeling stretch, left", 60.0),
        ("Half-kneeling stretch, right", 45.5),
        ("Brücke für die Hüfte", 90.25),
        ("Half-kneeling stretch, left", 60.0),
    ]
    assert all(each["set_type"] == "active" for each in messages["set_mesgs"])


def test_it_is_the_file_of_an_activity_with_all_that_one_must_have() -> None:
    messages = decoded(fit.activity(SESSION, frozenset()))
    (head,), (activity,), (lap,) = (messages[f"{kind}_mesgs"] for kind in ("file_id", "activity", "lap"))
    assert (head["type"], head["manufacturer"], head["product_name"]) == ("activity", "development", "hiproutine")
    assert head["time_created"] == START.replace(microsecond=0)
    assert (activity["num_sessions"], activity["total_timer_time"]) == (1, 255.75)
    assert datetime(1989, 12, 31, tzinfo=UTC) + timedelta(seconds=activity["local_timestamp"]) == END + timedelta(
        hours=1
    )
    assert (lap["start_time"], lap["total_elapsed_time"]) == (START.replace(microsecond=0), 546.88)
    assert [record["timestamp"] for record in messages["record_mesgs"]] == [START.replace(microsecond=0), END]


@pytest.mark.parametrize(
    ("strength", "sub_sport"),
    [
        ({"bridge"}, "flexibility_training"),
        ({"half-kneeling"}, "strength_training"),
        ({"couch"}, "flexibility_training"),
    ],
    ids=str,
)
def test_what_took_most_of_the_time_says_what_training_it_was(strength: set[str], sub_sport: str) -> None:
    assert decoded(fit.activity(SESSION, strength))["session_mesgs"][0]["sub_sport"] == sub_sport


def test_a_clock_that_was_set_back_makes_no_negative_time() -> None:
    (session,) = decoded(fit.activity(SESSION._replace(end=START - timedelta(hours=1)), frozenset()))["session_mesgs"]
    assert (session["total_elapsed_time"], session["total_timer_time"]) == (255.75, 255.75)


@pytest.mark.parametrize("year", [1970, 1998, 2127, 2900])
def test_a_time_that_the_format_cannot_hold_is_told(year: int) -> None:
    start = START.replace(year=year, month=1)
    session = SessionRecord(OPENING._replace(start=start), start, True, STEPS)
    with pytest.raises(HiproutineError, match=f"the session of {year}-01-22 is outside the years of FIT files"):
        fit.activity(session, frozenset())


STEP = st.builds(
    StepRecord,
    exercise=st.text(max_size=5),
    name=st.text(max_size=300),
    side=st.sampled_from(("left", "right", None)),
    planned_ms=st.integers(0, 600_000),
    held_ms=st.integers(0, 600_000),
    end=st.just("done"),
)


@given(st.lists(STEP, max_size=12), st.integers(-86_400_000, 86_400_000), st.integers(-840, 840))
def test_whatever_was_practised_decodes(steps: list[StepRecord], length_ms: int, offset_min: int) -> None:
    end = START + timedelta(milliseconds=length_ms)
    session = SessionRecord(OPENING._replace(offset_min=offset_min), end, True, tuple(steps))
    sets = decoded(fit.activity(session, frozenset())).get("set_mesgs", [])
    assert [round(each["duration"] * 1000) for each in sets] == [step.held_ms for step in steps if step.held_ms]


def test_a_pause_is_no_part_of_the_elapsed_time() -> None:
    paused = SESSION._replace(end=END + timedelta(hours=10), active_ms=546_000)
    (session,) = decoded(fit.activity(paused, frozenset()))["session_mesgs"]
    assert (session["total_elapsed_time"], session["total_timer_time"]) == (546.0, 255.75)
    (session,) = decoded(fit.activity(paused._replace(active_ms=None), frozenset()))["session_mesgs"]
    assert session["total_elapsed_time"] < 1500


@pytest.mark.parametrize(
    "session",
    [
        SESSION._replace(active_ms=10**12),
        SESSION._replace(steps=(STEPS[0]._replace(held_ms=10**12),)),
        SESSION._replace(opening=OPENING._replace(start=datetime(9998, 12, 30, tzinfo=UTC))),
        SESSION._replace(opening=OPENING._replace(start=datetime(2126, 2, 6, tzinfo=UTC), offset_min=1439)),
    ],
)
def test_what_no_fit_file_can_hold_is_told(session: SessionRecord) -> None:
    with pytest.raises(HiproutineError, match="FIT"):
        fit.activity(session, frozenset())
