"""The spoken instructions: to whom an exercise is explained, how it is said, and how long that takes."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.instructions import aloud, explained, guided, said_ms
from hiproutine.coach.planner import plan
from hiproutine.coach.screening import screen
from hiproutine.history.past import Past
from hiproutine.history.records import Opening, SessionRecord, StepRecord
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Manner, Profile, Settings

TODAY = date(2026, 11, 23)


def done(ago: int, *exercises: str, held_ms: int = 30_000) -> SessionRecord:
    start = datetime(2026, 11, 23, 7, tzinfo=UTC) - timedelta(days=ago)
    opening = Opening(f"s{ago}", TODAY - timedelta(days=ago), start, 0, None, 240, "", None, "")
    steps = tuple(StepRecord(name, name, None, 30_000, held_ms, "done") for name in exercises)
    return SessionRecord(opening, start, True, steps)


@pytest.mark.parametrize(
    ("days_ago", "new"),
    [
        ((), True),
        ((1,), True),
        ((1, 2), False),
        ((0, 1), True),
        ((28, 30), False),
        ((29, 30), True),
        ((1, 60), False),
        ((29, 30, 31, 32), True),
    ],
)
def test_auto_explains_twice_and_after_four_weeks(catalogue: Catalogue, days_ago: Sequence[int], new: bool) -> None:
    past = Past([done(ago, "couch-stretch") for ago in days_ago])
    manner = guided(Settings(), past, TODAY)
    assert explained(catalogue.exercises["couch-stretch"], manner) is new
    assert explained(catalogue.exercises["glute-bridge"], manner), "another one is new"


def test_what_was_only_skipped_is_not_known(catalogue: Catalogue) -> None:
    past = Past([done(ago, "couch-stretch", held_ms=0) for ago in (1, 2, 3)])
    assert explained(catalogue.exercises["couch-stretch"], guided(Settings(), past, TODAY))


@pytest.mark.parametrize(("guide", "new"), [("full", True), ("brief", False)])
def test_full_and_brief_ask_no_history(catalogue: Catalogue, guide: str, new: bool) -> None:
    settings = Settings(manner=Manner(guide=guide))
    for days_ago in ((), (1, 2, 3)):
        manner = guided(settings, Past([done(ago, "couch-stretch") for ago in days_ago]), TODAY)
        assert explained(catalogue.exercises["couch-stretch"], manner) is new


@pytest.mark.parametrize("sound", ["tones", "bell", "silent"])
def test_without_a_voice_nobody_waits_for_words(catalogue: Catalogue, sound: str) -> None:
    settings = Settings(sound=sound, manner=Manner(guide="full"))
    manner = guided(settings, Past(), TODAY)
    assert manner == settings.manner
    assert not explained(catalogue.exercises["couch-stretch"], manner)


@pytest.mark.parametrize("guide", ["auto", "full", "brief"])
@pytest.mark.parametrize("minutes", [5, 10, 20])
@pytest.mark.parametrize("factor", [0.5, 1, 1.5])
def test_the_minutes_of_a_plan_include_what_is_said(
    catalogue: Catalogue, guide: str, minutes: int, factor: float
) -> None:
    settings = Settings(profile=Profile(minutes=minutes), manner=Manner(guide=guide, ready_factor=factor))
    manner = guided(settings, Past(), TODAY)
    made = plan(screen(catalogue, ()), settings.profile, manner, Past(), TODAY)
    took_min = compile_session(made.session, manner).total_ms / 60_000
    assert took_min <= minutes
    assert minutes > 10 or took_min >= 0.7 * minutes


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Standing hip CARs", "Standing hip cars"),
        ("90/90 front leg PAILs/RAILs", "ninety ninety front leg pails and rails"),
        ("2x30 s, then x3", "2 times 30 seconds, then 3 times"),
        ("12 kg, 5 cm, 20-50 %", "12 kilograms, 5 centimetres, 20 to 50 per cent"),
        ("CONTRACT \u2013 press WHILE you breathe", "Contract: press While you breathe"),
        ("Kneel on one knee", "Kneel on one knee"),
        ("Lie back; 5 min", "Lie back; 5 minutes"),
    ],
)
def test_what_engines_spell_or_read_as_signs_is_said_in_words(written: str, said: str) -> None:
    assert aloud(written) == said
    assert aloud(said) == said


def test_more_to_say_takes_longer() -> None:
    texts = [
        "rest",
        "Lie down.",
        "Lie on your back.",
        "Lie on your back, knees bent.",
        "Lie on your back, knees bent 90.",
    ]
    lengths = [said_ms(text) for text in texts]
    assert lengths == sorted(set(lengths))
    assert 400 < lengths[0] < 800
