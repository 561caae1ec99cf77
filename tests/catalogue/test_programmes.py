"""Programmes in catalogue files: the shipped ones, own ones, and their faults with a place and a hint."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hiproutine.catalogue import cache, overlay
from hiproutine.catalogue.lint import lint
from hiproutine.catalogue.model import Catalogue, Core, Programme
from hiproutine.catalogue.prescription import Hold
from hiproutine.catalogue.vocabulary import CATEGORY
from hiproutine.paths import shipped
from tests.catalogue.test_lint import TODAY
from tests.conftest import Run

OWN = """\
programmes:
  - id: mine
    name: Mine
    suits: Me.
    days_a_week: 3
    minutes: 10
    phases:
      - name: First
        weeks: 2
        core: [glute-bridge 2x8, {do: frog-rock, days: 2}]
"""
EXERCISE = """\
exercises:
  - {extends: half-kneeling-hip-flexor, id: half-kneeling-hip-flexor, prescription: {rest_s: 9}}
"""


def laid(catalogue: Catalogue, folder: Path, content: str) -> overlay.Laid:
    (folder / "f.yaml").write_text(content, encoding="utf-8")
    return overlay.lay([folder / "f.yaml"], catalogue)


def cores(catalogue: Catalogue) -> Iterator[tuple[Programme, Core]]:
    for programme in catalogue.programmes.values():
        for phase in programme.phases:
            for core in phase.core:
                yield programme, core


def test_the_shipped_programmes(catalogue: Catalogue) -> None:
    assert list(catalogue.programmes) == [
        "desk-hips", "runners-hips", "deep-squat", "gentle", "gentle-chair", "side-split",
    ]  # fmt: skip
    assert catalogue.programmes["desk-hips"].weeks == 6
    assert catalogue.programmes["desk-hips"].phases[0].core[1].prescription == Hold(sets=2, hold_s=30, rest_s=10)


def test_shipped_strength_has_at_most_three_days_and_every_core_exercise_something_instead(
    catalogue: Catalogue,
) -> None:
    for programme, core in cores(catalogue):
        days = core.days or programme.days_a_week
        assert days <= programme.days_a_week, (programme.id, core)
        if CATEGORY[catalogue.exercises[core.exercise].category].strengthens:
            assert days <= 3, (programme.id, core)
    # A circle of substitutes would never end in something easier than itself.
    assert all(name not in others for each in catalogue.programmes.values() for name, others in each.instead)


def test_the_shipped_programmes_have_no_warning() -> None:
    found = lint(overlay.lay(cache.files(shipped())), TODAY)
    assert [str(each) for each in found if each.file.endswith("programmes.yaml")] == []


def test_an_own_programme(catalogue: Catalogue, tmp_path: Path) -> None:
    found = laid(catalogue, tmp_path, OWN)
    assert found.problems == ()
    mine = found.catalogue.programmes["mine"]
    assert [(core.exercise, core.days) for core in mine.phases[0].core] == [("glute-bridge", None), ("frog-rock", 2)]
    assert mine.advance == (0.7, 2)


def test_a_shipped_programme_can_be_extended(catalogue: Catalogue, tmp_path: Path) -> None:
    found = laid(catalogue, tmp_path, "programmes:\n  - {extends: desk-hips, id: desk-hips, days_a_week: 4}\n")
    assert found.problems == ()
    before, now = catalogue.programmes["desk-hips"], found.catalogue.programmes["desk-hips"]
    assert now == before._replace(days_a_week=4)


def test_a_core_follows_an_exercise_whose_prescription_was_changed(catalogue: Catalogue, tmp_path: Path) -> None:
    found = laid(
        catalogue,
        tmp_path,
        EXERCISE,
    )
    core = found.catalogue.programmes["desk-hips"].phases[0].core[1]
    assert core.prescription == Hold(sets=2, hold_s=30, rest_s=9)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("glute-bridge 2x8", "glute-bridg 2x8", '10:16: there is no exercise "glute-bridg" (did'),
        ("glute-bridge 2x8", "glute-bridge 2y8", "10:29: an amount is expected"),
        ("weeks: 2", "weeks: 0", "9:16: a whole number from 1 to 26 is expected here"),
        ("days: 2", "days: 8", "10:56: a whole number from 1 to 7"),
        ("    minutes: 10\n", "", '2:5: "minutes" is missing'),
        ("minutes: 10", "minutes: 10\n    tests: [ninty]", '7:13: "ninty" is not'),
        ("minutes: 10", "minutes: 10\n    not_for: [fay]", '7:15: "fay" is not'),
        ("minutes: 10", "minutes: 10\n    advance: {done: 70}", "7:21: a number from 0 to 1"),
        ("weeks: 2", "weeks: 2\n        rotate: 1\n        rotate_from: [hip-rotatio]", "11:23: no exercise"),
        ("minutes: 10", "minutes: 10\n    minute: 1", '7:5: "minute" is not a field here'),
    ],
)  # fmt: skip
def test_a_fault_has_its_place(catalogue: Catalogue, tmp_path: Path, before: str, after: str, told: str) -> None:
    found = laid(catalogue, tmp_path, OWN.replace(before, after))
    assert "mine" not in found.catalogue.programmes
    assert told in "\n".join(f"{each.line}:{each.column}: {each.sentence}" for each in found.problems)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("days: 2", "days: 4", "frog-rock is for 4 days a week, of 3"),
        ("days_a_week: 3", "days_a_week: 5", "glute-bridge is strength; more than 3 days a week bring no more (E13)"),
        ("glute-bridge 2x8", "frog-rock", "has an exercise twice in its core"),
        (
            "weeks: 2",
            "weeks: 2\n        rotate_from: [hip-rotation]",
            "`rotate_from` without `rotate`; nothing rotates",
        ),
    ],
)
def test_a_warning(catalogue: Catalogue, tmp_path: Path, before: str, after: str, told: str) -> None:
    found = laid(catalogue, tmp_path, OWN.replace(before, after))
    assert told in "\n".join(each.sentence for each in lint(found, TODAY))


def test_the_cache_keeps_programmes(catalogue: Catalogue, tmp_path: Path) -> None:
    cache.load(shipped(), tmp_path / "cache")
    again = cache.load(shipped(), tmp_path / "cache").catalogue
    assert dict(again.programmes) == dict(catalogue.programmes)


def test_a_programme_is_hidden_and_its_id_is_nothing_elses(catalogue: Catalogue, tmp_path: Path) -> None:
    found = laid(catalogue, tmp_path, "hide: [desk-hips]\n")
    assert found.problems == ()
    assert found.hidden["desk-hips"].name == "Hips that sit all day"
    assert list(found.catalogue.programmes) == [name for name in catalogue.programmes if name != "desk-hips"]
    taken = laid(catalogue, tmp_path, OWN.replace("id: mine", "id: glute-bridge"))
    assert [each.sentence for each in taken.problems] == ['the id "glute-bridge" is taken (by one of the exercises)']


def test_show_tells_the_whole_programme(run: Run) -> None:
    said = run("show", "side-split").out
    for words in ("programme, 12 weeks, 4 days a week, about 14 min, level 2", "Phase 1, ", "days a week", "Tests\n"):
        assert words in said
    assert "of its sessions done, and nothing that hurt more than" in " ".join(said.split())
    assert "E" in run("show", "side-split", "--evidence").out
    assert run("video", "side-split").code == 1
