"""The words for records."""

from datetime import UTC, date, datetime

import pytest

from hiproutine.catalogue.model import Catalogue, name_in
from hiproutine.catalogue.vocabulary import AREA, PAIN_AREAS
from hiproutine.history.records import Effort, Hurt, Ladder, Pain, ProgrammeStep, Record, StepRecord, VideoNote
from hiproutine.history.words import done_words, record_words


def step(exercise: str, side: str | None, end: str = "done", held_ms: int = 30_000) -> StepRecord:
    return StepRecord(exercise, exercise, side, 30_000, held_ms, end)


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ((step("a", "left"), step("a", "right"), step("b", None)), "2 of 2 done"),
        ((step("a", "left"), step("a", "right", "skipped", 0), step("b", None)), "1 of 2 done"),
        ((step("a", "left"), step("a", "right"), step("a", "left"), step("a", "right", "hurt")), "1 of 2 done"),
        ((step("a", None), step("a", None)), "2 of 2 done"),
        ((step("a", "left"), step("a", "right", "skipped", 0), step("b", None, "skipped", 0)), "1 of 2 begun"),
        ((step("a", "left", "skipped", 0), step("a", "right", "skipped", 0)), "0 of 1 done"),
    ],
)
def test_exercises_are_counted_and_not_their_sides(steps: tuple[StepRecord, ...], words: str) -> None:
    assert done_words(steps) == words


def test_a_place_and_the_exercises_are_in_words() -> None:
    day, at = date(2026, 11, 23), datetime(2026, 11, 23, 7, tzinfo=UTC)
    pain = Pain("p", day, at, "before", 4, None, area="front-of-hip", side="left")
    assert record_words(pain) == "pain 4 of 10 before, front of hip, left"
    hurt = Hurt("h", day, at, None, "couch-stretch", None, 3, "easier", "low-back")
    assert record_words(hurt) == "hurt 3 of 10 in couch-stretch, low back, chose easier"


@pytest.mark.parametrize("area", [area for area, each in AREA.items() if each.pain_key and each.pain_label])
def test_a_place_is_called_as_beside_its_key(area: str) -> None:
    day, at = date(2026, 11, 23), datetime(2026, 11, 23, 7, tzinfo=UTC)
    assert record_words(Pain("p", day, at, "before", 4, None, area=area)) == f"pain 4 of 10 before, {PAIN_AREAS[area]}"


def test_entries_have_their_names_where_they_are_known(catalogue: Catalogue) -> None:
    day, at = date(2026, 11, 23), datetime(2026, 11, 23, 7, tzinfo=UTC)
    records: tuple[Record, ...] = (
        Hurt("h", day, at, None, "couch-stretch", "left", 3, "easier"),
        Effort("e", day, at, None, "couch-stretch", "too hard"),
        Ladder("l", day, at, "couch-stretch", "3x30s", "side-lying-quad", "taken"),
        ProgrammeStep("p", day, at, "desk-hips", 2, "advance", ""),
        VideoNote("v", day, at, "gone", None, ""),
    )
    assert [record_words(each, lambda name: name_in(catalogue, name)) for each in records] == [
        "hurt 3 of 10 in Couch stretch, left, chose easier",
        "Couch stretch felt too hard",
        "a step taken: Couch stretch 3x30s in place of Side-lying quad and hip flexor stretch",
        "programme Hips that sit all day, on to phase 2",
        "video gone not watched",
    ]
