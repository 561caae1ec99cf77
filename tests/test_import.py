"""The public-domain data set becomes exercises of one's own, each marked as guessed."""

import json
from pathlib import Path
from typing import Any

import pytest

from hiproutine.catalogue import cache, reader
from hiproutine.catalogue.free_exercise_db import NOTE
from hiproutine.catalogue.model import Catalogue, Exercise
from hiproutine.catalogue.prescription import Hold, Reps, TimedFlow
from hiproutine.catalogue.user_files import free_ids
from hiproutine.paths import find
from hiproutine.yaml.nodes import is_id
from tests.conftest import Run


def row(name: str, *instructions: str, **other: Any) -> dict[str, Any]:
    fields = {
        "id": name.replace(" ", "_"),
        "name": name,
        "force": "static",
        "level": "beginner",
        "mechanic": None,
        "equipment": None,
        "primaryMuscles": ["hamstrings"],
        "secondaryMuscles": ["calves", "biceps"],
        "instructions": list(instructions),
        "category": "stretching",
        "images": [],
    }
    return fields | other


def imported(run: Run, catalogue: Catalogue, folder: Path, *rows: dict[str, Any]) -> list[Exercise]:
    (folder / "exercises.json").write_text(json.dumps(rows), encoding="utf-8")
    said = run("import-exercises", "free-exercise-db", str(folder / "exercises.json")).lines
    assert said[0].startswith(f"{len(rows)} exercises written: ")
    found = reader.read(cache.files(find().config / "catalogue"), catalogue).exercises
    return [each for name, each in found.items() if name not in catalogue.exercises]


MOVES = (("move", 2), ("hold", 1), ("return", 2))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (row("A", "Hold for 15 seconds."), ("stretch", Hold(2, 30, 10))),
        (row("A", "Swing the leg. Repeat 5-10 times."), ("mobility", Reps(1, 10, MOVES, 15))),
        (row("A", "Do 5 repetitions and hold for 10 seconds."), ("stretch", Hold(2, 30, 10))),
        (row("Calves-SMR", "Roll."), ("release", TimedFlow(1, 30, 0))),
        (row("A", "Run.", category="cardio"), ("mobility", TimedFlow(1, 120, 0))),
        (row("A", "Lift.", category="olympic weightlifting"), ("strength", Reps(2, 10, MOVES, 60))),
    ],
)
def test_the_dose_follows_from_what_is_done(
    run: Run, catalogue: Catalogue, tmp_path: Path, fields: dict[str, Any], expected: tuple[object, ...]
) -> None:
    (found,) = imported(run, catalogue, tmp_path, fields)
    assert (found.category, found.prescription) == expected
    assert found.notes == NOTE
    assert run("check", "--json").json["problems"] == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Get on your hands and knees.", ("quadruped", "both")),
        ("Lie on your back. Then do the other leg.", ("supine", "per_side")),
        ("Lie on your left side. Switch sides.", ("side-lying", "per_side")),
        ("Lie face down.", ("prone", "both")),
        ("Sit upright in a chair.", ("seated-chair", "both")),
        ("Sit on the floor.", ("seated-floor", "both")),
        ("Kneel on one knee.", ("half-kneeling", "both")),
        ("Put one foot forward.", ("standing", "both")),
    ],
)
def test_position_and_sides_are_guessed_from_its_words(
    run: Run, catalogue: Catalogue, tmp_path: Path, words: str, expected: tuple[str, str]
) -> None:
    (found,) = imported(run, catalogue, tmp_path, row("A", words))
    assert (found.position, found.sides) == expected


def test_its_words_become_ours(run: Run, catalogue: Catalogue, tmp_path: Path) -> None:
    ids = imported(
        run,
        catalogue,
        tmp_path,
        row("Couch Stretch", "Sit.", "", "  Lean\nback. ", level="expert", equipment="dumbbell"),
        row("Couch_Stretch", primaryMuscles=["biceps"], secondaryMuscles=[], equipment="foam roll"),
        row("\x1b]0;owned\x07", "\u202e"),
    )
    assert [each.id for each in ids] == ["couch-stretch-2", "couch-stretch-3", "0-owned"]
    first, second, third = ids
    assert (first.level, first.equipment, first.setup) == (3, (("weight",),), ("Sit.", "Lean back."))
    assert (first.areas, first.muscles) == (("back-of-thigh", "calf"), ("hamstrings", "calf"))
    assert (second.areas, second.muscles, second.equipment) == (("whole-body",), (), (("roller",),))
    assert (third.name, third.setup) == ("\ufffd]0;owned\ufffd", ("\ufffd",))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", "not JSON that can be read"),
        (b"\xff", "not JSON that can be read"),
        (b"[" * 100_000, "not JSON that can be read"),
        (b'{"a": 1}', "not the list of free-exercise-db"),
        (b"[1]", "not the list of free-exercise-db"),
        (b"null", "not the list of free-exercise-db"),
        (json.dumps([row("A", level="hero")]).encode(), "not the list of free-exercise-db"),
        (json.dumps([row("A") | {"name": 1}]).encode(), "not the list of free-exercise-db"),
        (b" " * (8 * 1024 * 1024 + 1), "is larger than 8 MiB"),
        (f"[{', '.join(['{}'] * 5001)}]".encode(), "more than 5000 exercises"),
        (b"7", "not the list of free-exercise-db"),
    ],
)
def test_what_is_something_else_is_refused(run: Run, home: Path, tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "f.json").write_bytes(content)
    said = run("import-exercises", "free-exercise-db", str(tmp_path / "f.json"))
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(f"hiproutine: {tmp_path}/f.json: {told}")
    assert not (find().config / "catalogue").exists()


def test_an_import_is_never_written_over(run: Run, catalogue: Catalogue, tmp_path: Path) -> None:
    imported(run, catalogue, tmp_path, row("A", "Sit."))
    said = run("import-exercises", "free-exercise-db", str(tmp_path / "exercises.json"))
    assert said.code == 1
    assert "they are imported already" in said.err


def test_the_same_name_again_and_again_makes_ids_that_are_free_and_short_enough() -> None:
    free_id = free_ids({"frog", "frog-3"})
    assert [free_id("Frog") for _ in range(3)] == ["frog-2", "frog-4", "frog-5"]
    many = {free_id("x" * 70) for _ in range(2000)}
    assert len(many) == 2000
    assert all(map(is_id, many))


def test_words_that_almost_match_are_looked_through_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "f.json").write_text(json.dumps([row("a", *["lying sit " * 190] * 300), row("b", "Lie on the side.")]))
    assert run("import-exercises", "free-exercise-db", str(tmp_path / "f.json")).lines[0].startswith("2 exercises")
