"""`check` tells every problem and warning with its place; the published schema agrees with our reader."""

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from hiproutine.catalogue import cache, overlay
from hiproutine.catalogue.lint import lint
from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.schema import MODELINE, NAME, schema
from hiproutine.paths import find, shipped
from hiproutine.yaml.nodes import MOST_PROBLEMS, FileProblems
from tests.catalogue.test_overlay import LIZARD
from tests.catalogue.test_reader import edited
from tests.conftest import Run

TODAY = date(2026, 11, 23)
WHOLE = f"{LIZARD}    cues: [Breathe]\n"
VIDEO = "videos:\n  - {{id: v1, url: 'https://vimeo.com/1', section: a, caption: b{}}}\n"
ROUTINE = "routines:\n  - {{id: mine, name: Mine, why: So., steps: [{}]}}\n"


def warnings(catalogue: Catalogue, folder: Path, content: str) -> list[str]:
    (folder / "f.yaml").write_text(content, encoding="utf-8")
    laid = overlay.lay([folder / "f.yaml"], catalogue)
    assert laid.problems == ()
    return [f"{each.line}:{each.column}: {each.sentence}" for each in lint(laid, TODAY)]


# ---- warnings ----


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (WHOLE, []),
        (LIZARD, ["2:5: has no cue; the set-up is shown instead"]),
        (WHOLE.replace("{kind: hold, sets: 1, hold_s: 20, rest_s: 0}", "reps 2x8 @press 3"), []),
        (f"{WHOLE}    level: 2\n", ["2:5: has level 2 and no easier variant"]),
        (f"{WHOLE}    level: 2\n    easier: [frog-rock]\n", []),
        (f"{WHOLE}    side_is: the leg\n", ["11:14: names a side, but the sides are not done one after the other"]),
        (f"{WHOLE}    ways: [out, in]\n", ["11:11: names ways to circle, but the dose has no circles"]),
        (
            f"{WHOLE}    ways: [out]\n",
            [
                "11:11: names ways to circle, but the dose has no circles",
                "11:11: names one way to circle: name both, or none",
            ],
        ),
        (f"{WHOLE}    evidence: [E1, GKK]\n", ['11:15: there is no source "GKK" (did you mean "GK"?)']),
        (f"{WHOLE}    until: 2026-11-22\n", ["11:12: was prescribed until 2026-11-22; ask whether it still applies"]),
        (f"{WHOLE}    until: 2026-11-23\n", []),
        (WHOLE.replace("hold_s: 20", "hold_s: 150"), ["8:19: hold_s is 150; the sources carry 5 to 120 (E1, E2)"]),
        (WHOLE.replace("sets: 1", "sets: 4").replace("20", "90"), ["8:19: is held for 360 s; more than 240 s"]),
        (VIDEO.format(""), ["2:10: has no date of a check"]),
        (VIDEO.format(", checked: 2025-11-22"), ["2:75: was last checked on 2025-11-22, more than a year ago"]),
        (VIDEO.format(", checked: 2025-11-23"), []),
        (ROUTINE.format("windshield-wipers"), []),
        (ROUTINE.format("windshield-wipers 1x7"), ["2:46: 7 reps in turn give one side more than the other"]),
        (ROUTINE.format("couch-stretch, couch-stretch 5x3s"), [
            "2:61: sets is 5; the sources carry 1 to 4 (E1, E13)",
            "2:61: hold_s is 3; the sources carry 5 to 120 (E1, E2)",
        ]),
        (ROUTINE.format("couch-stretch contract-relax 3x(6/4/20) effort 20-90%"), ["2:46: effort_pct is 90; the"]),
    ],
)  # fmt: skip
def test_what_is_worth_a_second_look_is_told_at_its_place(
    catalogue: Catalogue, tmp_path: Path, content: str, expected: list[str]
) -> None:
    found = warnings(catalogue, tmp_path, content)
    assert [each[: len(start)] for each, start in zip(found, expected, strict=True)] == expected


def test_the_first_warnings_of_a_file_are_told(catalogue: Catalogue, tmp_path: Path) -> None:
    tags = ", ".join(["E99"] * 900)
    twice = LIZARD + LIZARD.partition("\n")[2].replace("id: lizard", "id: toad")
    (tmp_path / "f.yaml").write_text(twice.replace("sides: both", f"sides: both\n    evidence: [{tags}]"))
    found = lint(overlay.lay([tmp_path / "f.yaml"], catalogue), date(2026, 11, 23))
    assert len(found) == MOST_PROBLEMS
    assert found[-1].sentence == f"there are {MOST_PROBLEMS} problems or more; the rest is omitted"


def test_what_goes_with_a_bad_exercise_is_told_too(catalogue: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(WHOLE.replace("level", "lvl").replace("prone", "up"), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(ROUTINE.format("lizard"), encoding="utf-8")
    laid = overlay.lay(cache.files(tmp_path), catalogue)
    (found,) = lint(laid, TODAY)
    assert str(found) == f'{tmp_path / "b.yaml"}:2:10: "mine" is omitted, with what it needs'


def test_of_what_is_shipped_only_the_videos_are_worth_a_second_look() -> None:
    found = lint(overlay.lay(cache.files(shipped())), TODAY)
    assert {Path(each.file).name for each in found} == {"videos.yaml"}
    assert len(found) == 13


# ---- the command ----


def own_files(**files: str) -> Path:
    folder = find().config / "catalogue"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    return folder


def test_without_a_file_everything_that_is_read_is_checked(run: Run) -> None:
    folder = own_files(a=LIZARD, b=ROUTINE.format("lizard"))
    assert run("check").lines == [
        f"{folder / 'a.yaml'}:2:5: warning: has no cue; the set-up is shown instead",
        "51 sources, 13 videos, 103 exercises, 21 routines, 4 cards, 6 programmes: no problems, 1 warning",
    ]
    own_files(b=ROUTINE.format("lizzard"))
    said = run("check")
    assert said.code == 1
    assert said.err == f'{folder / "b.yaml"}:2:46: there is no exercise "lizzard" (did you mean "lizard"?)\n'
    assert "warning" in said.out


def test_a_file_is_checked_together_with_the_others_and_told_alone(run: Run, tmp_path: Path) -> None:
    folder = own_files(a=WHOLE, bad="nothing: []")
    (tmp_path / "mine.yaml").write_text(ROUTINE.format("lizard"), encoding="utf-8")
    assert run("check", str(tmp_path / "mine.yaml")).lines == ["1 file: no problems"]
    assert run("check", str(folder / "a.yaml")).lines == ["1 file: no problems"]
    assert run("check", str(folder)).code == 1


def test_a_folder_may_be_checked_the_shipped_one_too(run: Run, tmp_path: Path) -> None:
    assert run("check", str(shipped())).lines[-1] == "6 files: no problems, 13 warnings"
    assert run("check", str(tmp_path)) == (
        1,
        "",
        f"hiproutine: {tmp_path}: this folder has no .yaml or .yml file\n",
    )


def test_programs_get_problems_and_warnings_as_json(run: Run) -> None:
    folder = own_files(a=LIZARD, b="hide: [nothing]\n")
    said = run("check", "--json")
    assert (said.code, said.err) == (1, "")
    warning = {"file": str(folder / "a.yaml"), "line": 2, "column": 5}
    problem = {"file": str(folder / "b.yaml"), "line": 1, "column": 8, "sentence": 'nothing has the id "nothing"'}
    found = json.loads(said.out)
    assert found["problems"] == [problem]
    assert [{key: each[key] for key in warning} for each in found["warnings"]] == [warning]
    (folder / "b.yaml").unlink()
    assert run("check", "--json").json["problems"] == []


@pytest.mark.parametrize("words", [["today"], ["start", "--plain"]])
def test_a_bad_file_of_ones_own_is_told_quietly_where_one_practises(run: Run, words: list[str]) -> None:
    own_files(a="nothing: []", b="hide: [no]")
    assert run("list").err == ""
    said = run(*words)
    if words == ["today"]:
        assert said.code == 0
        assert said.err == "hiproutine: Your catalogue has 2 problems; see `hiproutine check`.\n"
        assert run("today", "--json").err == ""


# ---- the schema ----

WRONG = {
    "an unknown section": ("cards:", "crads:"),
    "an unknown field": ("id: frog\n", "id: frog\n    pond: big\n"),
    "a missing field": ("    name: Frog rock\n", ""),
    "a wrong word": ("position: supine", "position: suppine"),
    "a wrong kind": ("kind: hold", "kind: holt"),
    "a field of another kind": ("hold_s: 30", "reps: 30"),
    "a number too large": ("level: 2", "level: 4"),
    "a number in words": ("hold_s: 30", "hold_s: thirty"),
    "a time as a number": ("hold_s: 30", "hold_s: 1:30"),
    "a list as a word": ("areas: [inner-thigh]\n    muscles: [adductors]\n    equipment: []", "areas: inner-thigh"),
    "an empty list": ("setup: [Lie down.]", "setup: []"),
    "an id as a path": ("easier: [butterfly]", "easier: [../etc]"),
    "a wrong choice": ("[mat, wall or chair]", "[mat, wall or char]"),
    "an effort of three": ("[20, 50]", "[20, 50, 60]"),
    "a beat without its seconds": ("[rock back, 3]", "[rock back]"),
    "a step that is no line": ("{exercise: frog}", "frog 2 x 10"),
    "a strength that is none": (": thematic", ": certain"),
    "an address without https": ('"https://youtu.be/9zvEWGKt3xw?t=5"', '"http://youtu.be/9zvEWGKt3xw"'),
    "no name": ("name: Frog rock", "name: NULL"),
    "a day that is none": ("id: frog\n", "id: frog\n    until: tomorrow\n"),
}
RIGHT = {
    "as it is": ("id: frog\n", "id: frog\n"),
    "lines": ("{exercise: frog}", "frog 2x10 @2-2 rest 5s effort 20-30%"),
    "a dose in words": ("{kind: hold, sets: 2, hold_s: 30, rest_s: 10}", "2x30s"),
    "days": ("id: frog\n", "id: frog\n    until: 2026-12-31\n    prescribed_by: Anna\n    notes: Slowly\n"),
    "a name that is a number": ("name: Frog rock", "name: 5.5"),
    "a name that is true": ("name: Frog rock", "name: true"),
    "null": ("id: frog\n", "id: frog\n    side_is: null\n"),
}
# What only reading tells: where references lead, levels, equal ids, and what no number can say.
READER_ALONE = {
    "a dangling id": ("harder: [frog]", "harder: [forg]"),
    "a wrong level": ("harder: [frog]", "easier: [frog]"),
    "an effort the wrong way round": ("[20, 50]", "[50, 20]"),
    "a dose that is out of range": ("{exercise: frog}", "frog 0x10"),
    "an address with a login": ("https://youtu.be/", "https://me@youtu.be/"),
}


def refused(folder: Path, contents: dict[str, str]) -> set[str]:
    """The files that check-jsonschema refuses."""
    (folder / NAME).write_text(json.dumps(schema()), encoding="utf-8")
    for name, content in contents.items():
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "-o", "json", "--schemafile", str(folder / NAME)]
    files = [str(folder / f"{name}.yaml") for name in contents]
    found = json.loads(subprocess.run([*command, *files], capture_output=True, text=True, check=False).stdout)
    assert not found.get("parse_errors")
    return {Path(each["filename"]).stem for each in found.get("errors", [])}


def read_refused(folder: Path, known: Catalogue | None, contents: dict[str, str]) -> set[str]:
    bad = set()
    for name, content in contents.items():
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
        try:
            overlay.read([folder / f"{name}.yaml"], known)
        except FileProblems:
            bad.add(name)
    return bad


def test_the_schema_and_our_reader_agree_on_what_is_wrong(tmp_path: Path) -> None:
    contents = {name: edited(*change)[0] for name, change in (WRONG | RIGHT | READER_ALONE).items()}
    assert refused(tmp_path, contents) == set(WRONG)
    assert read_refused(tmp_path, None, contents) == {*WRONG, *READER_ALONE}


FIGURE = (
    "exercises: [{id: mine, extends: couch-stretch, figure: {base: standing, path: still, show: [buttock], "
    "camera: [90, 10], frames: [{l.hip: [80, 5, 0], l.knee: 90}]}}]"
)
PROGRAMME = (
    "programmes: [{id: mine, name: Mine, suits: Me., days_a_week: 3, minutes: 10, advance: {done: 0.5}, "
    "phases: [{name: A, weeks: 2, core: [glute-bridge 2x8, {do: frog-rock, days: 2}], rotate: 1, "
    "rotate_from: [hip-rotation]}], instead: {frog-rock: [glute-bridge]}}]"
)
OWN_WRONG = {
    "a programme without phases": PROGRAMME.replace("phases: [{", "phases: [], x: [{"),
    "a core of no days": PROGRAMME.replace("days: 2", "days: 0"),
    "a core with an unknown field": PROGRAMME.replace("days: 2", "day: 2"),
    "an unknown test of a programme": PROGRAMME.replace("minutes: 10", "minutes: 10, tests: [splits]"),
    "a share above the whole": PROGRAMME.replace("done: 0.5", "done: 50"),
    "nothing instead": PROGRAMME.replace("frog-rock: [glute-bridge]", "frog-rock: []"),
    "extending with an unknown field": "exercises: [{extends: couch-stretch, pond: big}]",
    "extending with a wrong value": "exercises: [{extends: couch-stretch, level: 9}]",
    "extending by a path": "exercises: [{extends: ../etc}]",
    "neither whole nor extending": "exercises: [{id: mine, name: Mine}]",
    "a change without what it changes": LIZARD.replace("kind: hold, ", ""),
    "hiding a word": "hide: couch-stretch",
    "an extended source": "sources: [{extends: E1}]",
    "a list": "[]",
    "a video that begins at no second": VIDEO.format(", start_s: 3:39"),
    "a link of no strength": "exercises: [{extends: couch-stretch, videos: {SoFxooQZVlQ: {start_s: 9}}}]",
    "a figure of no base": FIGURE.replace("base: standing, ", ""),
    "a figure with an unknown field": FIGURE.replace("path:", "way: 1, path:"),
    "an angle beyond the limit": FIGURE.replace("[80, 5, 0]", "[180, 5, 0]"),
    "two numbers for a hip": FIGURE.replace("[80, 5, 0]", "[80, 5]"),
    "a part of no body": FIGURE.replace("[buttock]", "[elbow]"),
    "a figure of a word": "exercises: [{extends: couch-stretch, figure: couch-stretch}]",
    "a figure like a path": "exercises: [{extends: couch-stretch, figure: {like: ../etc}}]",
    "a link that ends": "cards: [{extends: edu-pelvic-tilt, videos: {SoFxooQZVlQ: {strength: likely, end_s: 9}}}]",
}
OWN_RIGHT = {
    "a programme": PROGRAMME,
    "an extended programme": "programmes: [{extends: desk-hips, minutes: 15}]",
    "a video that begins later": VIDEO.format(", start_s: 219"),
    "a link to a second": "cards: [{extends: edu-pelvic-tilt, videos: {SoFxooQZVlQ: {strength: likely, start_s: 9}}}]",
    "nothing": "# nothing\n",
    "a whole exercise": LIZARD,
    "extending": "exercises: [{extends: couch-stretch, prescription: {hold_s: 20}}]",
    "extending in words": "exercises: [{id: mine, extends: couch-stretch, prescription: 3x20s}]",
    "an extended routine": "routines: [{extends: five-minute, name: Five, steps: [couch-stretch 30s]}]",
    "an extended video": "videos: [{extends: SoFxooQZVlQ, checked: 2026-11-01}]",
    "an extended card": "cards: [{extends: edu-pelvic-tilt, name: The tuck}]",
    "a video of its own": VIDEO.format(""),
    "hidden": "hide: [couch-stretch]",
    "a figure": FIGURE,
    "a figure like another": "exercises: [{extends: couch-stretch, figure: {like: glute-bridge, camera: [90, 10]}}]",
    "no figure": "exercises: [{extends: couch-stretch, figure: null}]",
}


def test_they_agree_on_ones_own_files_too(catalogue: Catalogue, tmp_path: Path) -> None:
    contents = OWN_WRONG | OWN_RIGHT
    assert refused(tmp_path, contents) == set(OWN_WRONG)
    assert read_refused(tmp_path, catalogue, contents) == set(OWN_WRONG)


def test_the_shipped_files_name_the_shipped_schema_and_follow_it() -> None:
    assert json.loads((shipped() / NAME).read_text("utf-8")) == schema(), "run `hiproutine schema > data/schema.json`"
    for file in cache.files(shipped()):
        assert file.read_text("utf-8").splitlines()[0] == MODELINE
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(shipped() / NAME)]
    said = subprocess.run([*command, *cache.files(shipped())], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout


def test_the_schema_is_one(run: Run) -> None:
    assert run("schema").json == schema()
    command = [sys.executable, "-m", "check_jsonschema", "--check-metaschema", str(shipped() / NAME)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_video_is_worth_a_look_once_a_year(catalogue: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text(VIDEO.format(", checked: 2026-11-23"), encoding="utf-8")
    laid = overlay.lay([tmp_path / "f.yaml"], catalogue)
    assert [bool(lint(laid, TODAY + timedelta(days=days))) for days in (0, 365, 366)] == [False, False, True]
