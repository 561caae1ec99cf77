"""Catalogue files become a catalogue or problems with their place; the cache only ever answers with the same."""

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hiproutine.catalogue import cache, reading
from hiproutine.catalogue.model import Catalogue, Link, Step
from hiproutine.catalogue.prescription import Cars, ContractRelax, Hold, PailsRails, Reps, TimedFlow
from hiproutine.paths import shipped
from hiproutine.yamlnodes import FileProblems

GOOD = """\
sources:
  - {id: E1, title: A study, says: It helps., grade: trial, read: abstract}

videos:
  - {id: "-2vO8QfdLFg", section: Stretches, caption: null}
  - {id: "9zvEWGKt3xw", section: Stretches, caption: Slow, url: "https://youtu.be/9zvEWGKt3xw?t=5", note: Liked.}

exercises:
  - id: butterfly
    name: Lying butterfly
    category: stretch
    level: 1
    position: supine
    sides: both
    areas: [inner-thigh]
    muscles: [adductors]
    equipment: [mat, wall or chair]
    prescription: {kind: hold, sets: 2, hold_s: 30, rest_s: 10}
    evidence: [E1]
    setup: [Lie down.]
    cues: [Breathe]
    harder: [frog]
    videos: {"-2vO8QfdLFg": thematic, "9zvEWGKt3xw": likely}
  - id: frog
    name: Frog rock
    category: mobility
    level: 2
    position: quadruped
    sides: per_side
    areas: [inner-thigh]
    muscles: [adductors]
    equipment: []
    prescription:
      {kind: reps, sets: 1, reps: 5, tempo: [[rock back, 3], [come up, 2]], rest_s: 0, effort_pct: [20, 50]}
    evidence: []
    setup: [Kneel.]
    cues: [Breathe]
    easier: [butterfly]

routines:
  - id: both
    name: Both of them
    why: Because.
    steps:
      - {exercise: butterfly, set: {sets: 1}}
      - {exercise: frog}

cards:
  - id: read-me
    name: Read me
    evidence: [E1]
    parts:
      - {heading: First, points: [Breathe.]}
      - {points: [Rest.]}
"""


def read(folder: Path, content: str, known: Catalogue | None = None) -> Catalogue:
    (folder / "f.yaml").write_text(content, encoding="utf-8")
    return reading.read([folder / "f.yaml"], known)


def problems(folder: Path, content: str) -> list[str]:
    """Every problem of a file with that content, as `line:column: sentence`."""
    with pytest.raises(FileProblems) as caught:
        read(folder, content)
    return [str(problem).removeprefix(f"{folder / 'f.yaml'}:") for problem in caught.value.problems]


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)


# ---- reading ----


def test_a_good_file_becomes_values(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD)
    butterfly, frog = found.exercises["butterfly"], found.exercises["frog"]
    assert butterfly.equipment == (("mat",), ("wall", "chair"))
    assert butterfly.prescription == Hold(2, 30, 10)
    assert butterfly.videos == (Link("-2vO8QfdLFg", "thematic"), Link("9zvEWGKt3xw", "likely"))
    assert (butterfly.aliases, butterfly.side_is, butterfly.easier) == ((), None, ())
    assert frog.prescription == Reps(1, 5, (("rock back", 3), ("come up", 2)), 0, (20, 50))
    assert found.routines["both"].steps == (Step("butterfly", Hold(1, 30, 10)), Step("frog", frog.prescription))
    assert found.videos["-2vO8QfdLFg"].url == "https://www.youtube.com/watch?v=-2vO8QfdLFg"
    assert found.videos["9zvEWGKt3xw"].url == "https://youtu.be/9zvEWGKt3xw?t=5"
    assert [part.heading for part in found.cards["read-me"].parts] == ["First", None]


EFFORT = "an effort is [start, ceiling] in per cent, the smaller first"
BEAT = "a beat of the tempo is [what to do, seconds]"
CHANGE = '"hold" is not a field here (did you mean "hold_s"?)'
VIDEO_ID = "a video id is expected here: 11 letters, digits, hyphens or underscores, in quotes"
PLAIN = "is not a plain https address (no spaces, quotes, brackets, logins, ports or bare numbers as host)"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # fields and references
        ("    name: Frog rock", "    nam: Frog rock", ['24:5: "name" is missing', '25:5: "nam" is not a field here (did you mean "name"?)']),
        ("    name: Lying butterfly\n", "", ['9:5: "name" is missing']),
        ("cards:", "crads:", ['53:1: "crads" is not a field here (did you mean "cards"?)']),
        ("harder: [frog]", "harder: [forg]", ['21:14: there is no exercise "forg" (did you mean "frog"?)']),
        ("easier: [butterfly]", "easier: [zzz]", ['37:14: there is no exercise "zzz"']),
        ("{exercise: frog}", "{exercise: froggy}", ['51:20: there is no exercise "froggy" (did you mean "frog"?)']),
        ("  - id: frog\n", "  - id: butterfly\n", ['24:9: the id "butterfly" is taken (FILE:9)']),
        ('{id: "9zvEWGKt3xw"', '{id: "-2vO8QfdLFg"', ['6:10: the id "-2vO8QfdLFg" is taken (FILE:5)']),
        ("evidence: []", "evidence: [E2]", ['34:16: there is no source "E2" (did you mean "E1"?)']),
        ('"9zvEWGKt3xw": likely', '"9zvEWGKt3xv": likely', ['22:39: there is no video "9zvEWGKt3xv" (did you mean "9zvEWGKt3xw"?)']),
        ("frog\n    name", "[frog]\n    name", ["24:9: an id is expected here: small letters, digits and hyphens, at most 64"]),
        # levels
        ("level: 2", "level: 4", ['27:12: a whole number from 1 to 3 is expected here, not "4"']),
        ("level: 1", "level: 3", ['21:13: "frog" is of level 2, not harder than 3', '37:13: "butterfly" is of level 3, not easier than 2']),
        ("harder: [frog]", "easier: [frog]", ['21:13: "frog" is of level 2, not easier than 1']),
        # prescriptions
        ("kind: hold", "kind: holt", ['18:26: "holt" is not one of hold, reps, contract_relax, pails_rails, cars, timed_flow (did you mean "hold"?)']),
        ("hold_s: 30, ", "", ['18:19: "hold_s" is missing']),
        ("hold_s: 30", "hold_s: 0", ['18:49: a whole number from 1 to 3600 is expected here, not "0"']),
        ("hold_s: 30", "hold_s: 1:30", ['18:49: a whole number from 1 to 3600 is expected here, not "1:30"']),
        ("rest_s: 10}", "rest_s: 10, tempo: []}", ['18:65: "tempo" is not a field here']),
        ("[20, 50]", "[50, 20]", [f"33:93: {EFFORT}"]),
        ("[20, 50]", "[20]", ["33:93: 2 to 2 entries are expected here, not 1"]),
        ("[20, 50]", "[20, 101]", ['33:98: a whole number from 0 to 100 is expected here, not "101"']),
        ("[20, 50]", "50", ["33:93: a list is expected here"]),
        ("[rock back, 3]", "[3, rock back]", ['33:50: a whole number from 1 to 3600 is expected here, not "rock back"']),
        ("[rock back, 3]", "[rock back]", [f"33:46: {BEAT}"]),
        ("[rock back, 3]", "3-1-2", [f"33:46: {BEAT}"]),
        ("[[rock back, 3], [come up, 2]]", "[]", ["33:45: 1 to 12 entries are expected here, not 0"]),
        # steps
        ("set: {sets: 1}", "set: {hold: 1}", [f"50:38: {CHANGE}"]),
        ("set: {sets: 1}", "set: {reps: 1}", ['50:38: "reps" is not a field here (did you mean "rest_s"?)']),
        ("set: {sets: 1}", "set: {kind: hold}", ['50:38: "kind" is not a field here']),
        ("set: {sets: 1}", "set: {sets: 0}", ['50:44: a whole number from 1 to 100 is expected here, not "0"']),
        ("set: {sets: 1}", "set: [1]", ["50:37: a mapping (key: value) is expected here"]),
        ("set: {sets: 1}", "sets: 1", ['50:32: "sets" is not a field here (did you mean "set"?)']),
        ("{exercise: frog}", "frog", ["51:9: a mapping (key: value) is expected here"]),
        # videos
        ('"9zvEWGKt3xw": likely', '"9zvEWGKt3x": likely', [f"22:39: {VIDEO_ID}"]),
        ('{id: "-2vO8QfdLFg"', "{id: -2vO8QfdL/g", [f"5:10: {VIDEO_ID}", '22:14: there is no video "-2vO8QfdLFg"']),
        ("https://youtu.be/", "http://youtu.be/", ["6:72: the address does not begin with https://"]),
        ("https://youtu.be/", "file:///", ["6:72: the address does not begin with https://"]),
        ("https://youtu.be/", "https://you@tu.be/", [f"6:72: the address {PLAIN}"]),
        ("caption: Slow, ", "", ['6:5: "caption" is missing']),
        (": thematic", ": certain", ['22:29: "certain" is not one of established, likely, thematic']),
        # vocabularies
        ("[mat, wall or chair]", "[mat, wall or char]", ['17:22: "char" is not one of mat,']),
        ("[mat, wall or chair]", "[mat, wall or]", ['17:22: "wall or" is not one of mat,']),
        ("position: supine", "position: suppine", ['13:15: "suppine" is not one of standing,']),
        ("stretch\n    level", "education\n    level", ['11:15: "education" is not one of stretch, mobility, strength, release']),
        # too few
        ("setup: [Lie down.]", "setup: []", ["20:12: 1 to 1000 entries are expected here, not 0"][0:0] or ["20:12: 1 to 1000 entries are expected here, not 0"]),
        ("muscles: [adductors]\n    equipment: []", "muscles: []\n    equipment: []", ["31:14: 1 to 1000 entries are expected here, not 0"]),
        ("    parts:\n      - {heading: First, points: [Breathe.]}\n", "    parts:\n      - {heading: First}\n", ['58:9: "points" is missing']),
    ],
)
def test_a_fault_is_told_once_with_its_place(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    found = problems(tmp_path, changed(old, new))
    expected = [each.replace("FILE", str(tmp_path / "f.yaml")) for each in expected]
    assert [each[: len(wanted)] for each, wanted in zip(found, expected, strict=True)] == expected
