"""What a user's own files add, change and hide; a bad entry takes nothing but itself away."""

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hiproutine.catalogue import cache, overlay
from hiproutine.catalogue.describe import Section, describe
from hiproutine.catalogue.lint import lint
from hiproutine.catalogue.model import Catalogue, Link, caption
from hiproutine.catalogue.overlay import Laid
from hiproutine.catalogue.prescription import Hold
from hiproutine.coach import session
from hiproutine.paths import shipped
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Manner
from tests.conftest import HandClock
from tests.screens import Desk, text_of

LIZARD = """\
exercises:
  - id: lizard
    name: Lizard
    category: stretch
    position: prone
    sides: both
    areas: [inner-thigh]
    prescription: {kind: hold, sets: 1, hold_s: 20, rest_s: 0}
    setup: [Lie down.]
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    own = tmp_path / "own"
    own.mkdir()
    return own


def lay(catalogue: Catalogue, folder: Path, **files: str) -> Laid:
    for name, content in files.items():
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    return overlay.lay(cache.files(folder), catalogue)


def good(catalogue: Catalogue, folder: Path, **files: str) -> Catalogue:
    laid = lay(catalogue, folder, **files)
    assert laid.problems == ()
    return laid.catalogue


def told(laid: Laid) -> list[str]:
    return [f"{problem.line}:{problem.column}: {problem.sentence}" for problem in laid.problems]


# ---- adding ----


def test_a_new_id_adds_and_changes_nothing_else(catalogue: Catalogue, own: Path) -> None:
    found = good(catalogue, own, mine=LIZARD)
    assert list(found.exercises) == [*catalogue.exercises, "lizard"]
    assert {**found.exercises, "lizard": None} == {**catalogue.exercises, "lizard": None}
    assert found._replace(exercises={}) == catalogue._replace(exercises={})


def test_little_is_asked_of_an_exercise_of_ones_own(catalogue: Catalogue, own: Path) -> None:
    lizard = good(catalogue, own, mine=LIZARD).exercises["lizard"]
    assert (lizard.level, lizard.muscles, lizard.equipment, lizard.evidence) == (1, (), (), ())
    assert lizard.cues == lizard.setup == ("Lie down.",)
    assert ("Works on", ("inner thigh",)) in [(each.heading, each.lines) for each in describe(catalogue, lizard)[2]]


def test_what_a_therapist_gave_is_said_wherever_it_is_offered(catalogue: Catalogue, own: Path) -> None:
    given = "    prescribed_by: Anna Rey, physiotherapist\n    notes: Left side first.\n    until: 2026-12-31\n"
    routine = (
        f"routines:\n  - id: from-anna\n    name: From Anna\n    why: Knee.\n    steps: [{{exercise: lizard}}]\n{given}"
    )
    found = good(catalogue, own, mine=LIZARD + given + routine)
    sentence = "Given by Anna Rey, physiotherapist, until 2026-12-31."
    for entry in (found.exercises["lizard"], found.routines["from-anna"]):
        assert describe(found, entry).sections[0] == Section("Notes", (sentence, "Left side first."))
    assert session.find(found, "from-anna").honest == sentence


def test_a_source_that_nobody_knows_is_shown_as_that(catalogue: Catalogue, own: Path) -> None:
    found = good(catalogue, own, mine=f"{LIZARD}    evidence: [E1, E99]\n")
    (evidence,) = (each for each in describe(found, found.exercises["lizard"]).sections if each.heading == "Evidence")
    assert evidence.lines[0].startswith("E1 (guideline; ")
    assert evidence.lines[1] == "E99: not known"


def test_a_video_may_be_one_of_another_host(catalogue: Catalogue, own: Path) -> None:
    video = "videos:\n  - {id: vimeo-1, url: 'https://vimeo.com/1', section: Mine, caption: Slow}\n"
    found = good(catalogue, own, mine=f"{video}{LIZARD}    videos: {{vimeo-1: likely}}\n")
    assert found.exercises["lizard"].videos == (Link("vimeo-1", "likely"),)
    assert 'your catalogue calls it "Slow"' in str(describe(found, found.exercises["lizard"]))
    assert describe(found, found.videos["vimeo-1"]).subtitle == 'video, under "Mine"; your caption'
    assert told(lay(catalogue, own, mine=video.replace("url: 'https://vimeo.com/1', ", ""))) == [
        '2:5: "url" is missing'
    ]


def test_the_notes_caption_stays_the_notes_until_one_gives_another(catalogue: Catalogue, own: Path) -> None:
    found = good(catalogue, own, mine="videos:\n  - {extends: SoFxooQZVlQ, checked: 2026-11-23}\n").videos[
        "SoFxooQZVlQ"
    ]
    assert found == catalogue.videos["SoFxooQZVlQ"]._replace(checked="2026-11-23")
    assert caption(found) == 'the note calls it "4 stretches to do everyday"'
    found = good(catalogue, own, mine="videos:\n  - {extends: SoFxooQZVlQ, caption: Four}\n").videos["SoFxooQZVlQ"]
    assert caption(found) == 'your catalogue calls it "Four"'


# ---- changing ----


def test_extends_changes_only_the_fields_that_it_names(catalogue: Catalogue, own: Path) -> None:
    before = catalogue.exercises["couch-stretch"]
    found = good(catalogue, own, mine="exercises:\n  - {extends: couch-stretch, cues: [Slowly], until: 2027-01-01}\n")
    assert found.exercises["couch-stretch"] == before._replace(cues=("Slowly",), until="2027-01-01")
    assert list(found.exercises) == list(catalogue.exercises)


def drawn_like(other: str) -> str:
    """What an exercise that extends another one has for a figure."""
    return json.dumps({"like": other})


def test_extends_with_an_id_makes_another_entry(catalogue: Catalogue, own: Path) -> None:
    found = good(
        catalogue,
        own,
        mine="exercises:\n  - {id: mine, extends: couch-stretch, name: Mine}\n"
        "routines:\n  - {id: ours, extends: five-minute, steps: [{exercise: mine}]}\n",
    )
    assert found.exercises["mine"] == catalogue.exercises["couch-stretch"]._replace(
        id="mine", name="Mine", figure=drawn_like("couch-stretch")
    )
    assert found.exercises["couch-stretch"] == catalogue.exercises["couch-stretch"]
    assert (found.routines["ours"].why, len(found.routines["ours"].steps)) == (
        catalogue.routines["five-minute"].why,
        1,
    )


def test_one_may_extend_what_comes_later_or_in_another_file(catalogue: Catalogue, own: Path) -> None:
    found = good(
        catalogue,
        own,
        a="exercises:\n  - {id: third, extends: second, level: 2}\n  - {id: second, extends: lizard, name: Second}\n",
        b=LIZARD,
    )
    third = found.exercises["lizard"]._replace(id="third", name="Second", level=2, figure=drawn_like("lizard"))
    assert found.exercises["third"] == third


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ("{extends: couch-strech}", '2:15: there is no exercise "couch-strech" (did you mean "couch-stretch"?)'),
        ("{extends: five-minute}", '2:15: there is no exercise "five-minute"'),
        ("{id: a, extends: a}", '2:22: there is no exercise "a"'),
        ("{extends: [a]}", "2:15: an id is expected here: small letters, digits and hyphens, at most 64"),
        ("{extends: couch-stretch, level: 9}", '2:37: a whole number from 1 to 3 is expected here, not "9"'),
        ("{extends: couch-stretch, dose: 9}", '2:30: "dose" is not a field here'),
        (
            "{extends: couch-stretch, until: 2026-02-30}",
            '2:37: a day such as 2026-11-23 is expected here, not "2026-02',
        ),
        ("{extends: couch-stretch, prescription: {reps: 2}}", '2:45: "reps" is not a field here'),
        ("{extends: couch-stretch, easier: [couch-stretch]}", '2:38: "couch-stretch" is easier than itself, by way of'),
    ],
)
def test_a_faulty_change_leaves_the_entry_as_it_was(catalogue: Catalogue, own: Path, entry: str, sentence: str) -> None:
    laid = lay(catalogue, own, mine=f"exercises:\n  - {entry}\n")
    (found,) = told(laid)
    assert found.startswith(sentence)
    assert laid.catalogue == catalogue


def test_another_dose_of_an_exercise_holds_in_the_routines_that_do_not_say_otherwise(
    catalogue: Catalogue, own: Path
) -> None:
    change = "exercises:\n  - {extends: half-kneeling-hip-flexor, prescription: {hold_s: 45}}\n"
    found = good(catalogue, own, mine=change)
    assert found.exercises["half-kneeling-hip-flexor"].prescription == Hold(2, 45, 10)
    assert found.routines["four-everyday"].steps[0].prescription == Hold(2, 45, 10)
    five_minute = {step.exercise: step.prescription for step in found.routines["five-minute"].steps}
    assert five_minute["half-kneeling-hip-flexor"] == Hold(1, 45, 10)
    assert found.routines["bedtime-easy"] == catalogue.routines["bedtime-easy"]


# ---- hiding ----


def test_what_is_hidden_leaves_no_way_to_it(catalogue: Catalogue, own: Path) -> None:
    hidden = ["half-kneeling-hip-flexor", "-2vO8QfdLFg", "edu-pelvic-tilt", "desk-chair"]
    found = good(catalogue, own, mine=f"hide: {hidden}\n")
    named = (found.exercises, found.routines, found.cards, found.videos)
    assert not [name for section in named for name in section if name in hidden]
    for exercise in found.exercises.values():
        assert not {*exercise.easier, *exercise.harder, *(link.video for link in exercise.videos)} & {*hidden}
        describe(found, exercise)
    for routine in found.routines.values():
        assert hidden[0] not in {step.exercise for step in routine.steps}
    assert len(found.routines["four-everyday"].steps) == 3


def test_a_routine_without_any_step_goes_and_another_becomes_todays(catalogue: Catalogue, own: Path) -> None:
    everyday = [step.exercise for step in catalogue.routines["four-everyday"].steps]
    found = good(catalogue, own, mine=f"hide: {everyday}\n")
    assert "four-everyday" not in found.routines
    assert session.find(found, None).plan == "desk-chair"


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("edu-red-flags", '"edu-red-flags" cannot be hidden'),
        ("couch-strech", 'nothing has the id "couch-strech" (did you mean "couch-stretch"?)'),
        ("E1", 'nothing has the id "E1"'),
        ("[]", 'nothing has the id ""'),
    ],
)
def test_what_cannot_be_hidden_is_told(catalogue: Catalogue, own: Path, word: str, sentence: str) -> None:
    laid = lay(catalogue, own, mine=f"hide: [{word}]\n")
    assert told(laid) == [f"1:8: {sentence}"]
    assert laid.catalogue == catalogue


def test_the_warning_signs_cannot_be_changed(catalogue: Catalogue, own: Path) -> None:
    card = "cards:\n  - {id: edu-red-flags, name: All is well, parts: [{points: [Push on.]}]}\n"
    laid = lay(catalogue, own, mine=card)
    assert told(laid) == ['2:10: "edu-red-flags" cannot be changed']
    assert laid.catalogue == catalogue
    assert told(lay(catalogue, own, mine="cards: [{extends: edu-red-flags, name: None}]\n"))


def test_the_example_of_the_docs_is_a_good_file(catalogue: Catalogue, own: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "own-exercises.md").read_text("utf-8")
    (example,) = (block for block in re.findall("```yaml\n(.*?)```", page, re.DOTALL) if "exercises:" in block)
    found = good(catalogue, own, mine=example)
    assert found.routines["from-anna"].steps[0].exercise == "heel-raise"
    assert found.exercises["couch-stretch"].prescription == Hold(3, 20, 15)
    assert "pigeon-floor" not in found.exercises


# ---- faults ----

BAD = {
    "not yaml": "exercises: [\n",
    "not text": "\udcff",
    "a list": "- a\n",
    "an alias": "exercises: &a []\nroutines: *a\n",
    "an unknown field": f"{LIZARD}    colour: green\n".replace("lizard", "toad"),
    "a dangling id": f"{LIZARD}    easier: [nothing]\n".replace("lizard", "toad"),
    "a wrong word": LIZARD.replace("prone", "upside-down").replace("lizard", "toad"),
    "a level": f"{LIZARD}    harder: [lizard]\n    level: 2\n".replace("id: lizard", "id: toad"),
    "an exercise of another section's id": LIZARD.replace("lizard", "five-minute"),
    "a routine": "routines: [{id: toad, name: Toad, why: So., steps: [{exercise: toads}]}]\n",
    "a video": "videos: [{id: toad, url: 'javascript:alert(1)', section: a, caption: b}]\n",
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
@pytest.mark.parametrize("name", ["a", "z"])
def test_a_bad_entry_takes_nothing_but_itself_away(catalogue: Catalogue, own: Path, bad: str, name: str) -> None:
    expected = good(catalogue, own, mine=LIZARD)
    (own / f"{name}.yaml").write_bytes(bad.encode("utf-8", "surrogateescape"))
    laid = lay(catalogue, own)
    assert len(laid.problems) == 1
    assert laid.problems[0].file == str(own / f"{name}.yaml")
    assert laid.catalogue == expected


def test_what_needs_a_bad_exercise_goes_with_it_and_a_link_to_it_is_cut(catalogue: Catalogue, own: Path) -> None:
    laid = lay(
        catalogue,
        own,
        a=LIZARD.replace("sets: 1", "sets: none"),
        b=LIZARD.replace("lizard", "toad") + "    easier: [lizard]\n",
        c="routines:\n  - {id: one, name: One, why: So., steps: [{exercise: lizard}, {exercise: toad}]}\n"
        "  - {id: two, name: Two, why: So., steps: [{exercise: toad}]}\n",
    )
    assert len(laid.problems) == 1
    assert set(laid.catalogue.routines) - set(catalogue.routines) == {"two"}
    assert laid.catalogue.exercises["toad"].easier == ()


def test_a_routine_never_loses_a_step_because_its_exercise_leads_nowhere(catalogue: Catalogue, own: Path) -> None:
    laid = lay(
        catalogue,
        own,
        a=f"{LIZARD}    easier: [nothing]\n"
        "  - {extends: couch-stretch, prescription: {hold_s: 99}, harder: [nothing]}\n",
        b="routines:\n  - {id: one, name: One, why: So., steps: [{exercise: lizard}, {exercise: frog-rock}]}\n"
        "  - {id: two, name: Two, why: So., steps: [{exercise: frog-rock}]}\n"
        "  - {id: three, name: Three, why: So., steps: [couch-stretch]}\n",
    )
    assert len(laid.problems) == 2
    assert set(laid.catalogue.routines) - set(catalogue.routines) == {"two"}
    assert laid.catalogue.exercises == catalogue.exercises


STRUCTURE = ["null", "[]", "{}", "''", "- ", ": ", "\n", " ", "#", "exercises:", "\u202e", '"\\e"']
FIELDS = ["extends: couch-stretch", "id: lizard", "hide: [frog-rock]", "easier: [toad]", "steps: [toad 3/dir]", "2x30s"]
WORDS = st.sampled_from(STRUCTURE) | st.sampled_from(FIELDS)
CHANGES = st.lists(st.tuples(st.integers(0, 1200), st.integers(0, 30), WORDS | st.text(max_size=5)), max_size=4)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES)
def test_whatever_stands_in_a_file_nothing_but_problems_comes_of_it(
    catalogue: Catalogue, own: Path, changes: list[tuple[int, int, str]]
) -> None:
    content = f"""{LIZARD}    videos: {{v1: likely}}
  - {{id: toad, extends: lizard, easier: [lizard], prescription: {{hold_s: 30}}}}
  - {{extends: couch-stretch, prescription: reps 3x8 @press 3-let go 2 effort 20-30%}}
routines:
  - id: evening
    name: Evening
    why: So.
    steps: [toad 2x45s, couch-stretch, {{exercise: lizard, set: {{sets: 2}}}}]
  - {{extends: five-minute, until: 2027-01-31}}
videos: [{{id: v1, url: "https://vimeo.com/1", section: a, caption: b}}]
hide: [frog-rock]
"""
    for at, length, words in changes:
        content = content[:at] + words + content[at + length :]
    (own / "f.yaml").write_bytes(content.encode("utf-8", "surrogatepass"))
    laid = overlay.lay([own / "f.yaml"], catalogue)
    assert laid.problems or changes or len(laid.catalogue.exercises) == 103
    lint(laid, date(2026, 11, 23))
    for section in ("exercises", "routines", "cards", "videos"):
        for entry in getattr(laid.catalogue, section).values():
            if entry is not getattr(catalogue, section).get(entry.id):
                describe(laid.catalogue, entry)
    for routine in laid.catalogue.routines.values():
        compile_session(session.of_routine(laid.catalogue, routine), Manner())


def test_an_empty_file_is_no_fault(catalogue: Catalogue, own: Path) -> None:
    assert good(catalogue, own, mine="", other="# exercises:\n") == catalogue


# ---- the cache, and Today ----


def test_the_cache_notices_each_change_of_ones_own_files(own: Path, tmp_path: Path) -> None:
    kept = tmp_path / "cache"

    def found() -> tuple[int, str, int]:
        loaded = cache.load(shipped(), kept, own)
        return len(loaded.catalogue.exercises), loaded.catalogue.exercises["couch-stretch"].name, len(loaded.problems)

    assert found() == (102, "Couch stretch", 0)
    (own / "a.yaml").write_text(LIZARD, encoding="utf-8")
    assert found() == (103, "Couch stretch", 0)
    (own / "b.yaml").write_text("exercises: [{extends: couch-stretch, name: Sofa}]", encoding="utf-8")
    assert found() == found() == (103, "Sofa", 0)
    (own / "b.yaml").write_text("exercises: [{extends: couch-stretch, name: Sofas}]", encoding="utf-8")
    assert found() == (103, "Sofas", 0)
    (own / "a.yaml").write_text("nothing: []", encoding="utf-8")
    assert found() == found() == (102, "Sofas", 1)
    (own / "b.yaml").unlink()
    (own / "a.yaml").rename(own / "c.txt")
    assert found() == (102, "Couch stretch", 0)


def test_ones_own_entries_come_out_of_the_cache_as_they_went_in(own: Path, tmp_path: Path) -> None:
    (own / "a.yaml").write_text(f"{LIZARD}    notes: Slowly\n    colour: green\nhide: [frog-rock]\n", encoding="utf-8")
    (own / "b.yaml").write_text(
        "routines: [{extends: five-minute, until: 2027-01-01}]\n"
        "videos: [{id: v1, url: 'https://vimeo.com/1', section: a, caption: b, checked: 2026-01-01}]\n",
        encoding="utf-8",
    )
    cold, warm = (cache.load(shipped(), tmp_path / "cache", own) for _ in range(2))
    assert cold == warm
    for before, after in zip(cold.catalogue, warm.catalogue, strict=True):
        assert repr(list(before.values())) == repr(list(after.values()))
    assert warm.problems == (f'{own / "a.yaml"}:11:5: "colour" is not a field here',)


def test_a_fault_does_not_cost_the_import_of_yaml_each_time(own: Path, tmp_path: Path) -> None:
    (own / "a.yaml").write_text("nothing: []", encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from hiproutine import paths; from hiproutine.catalogue import cache;"
        f"print(len(cache.load(paths.shipped(), Path({str(tmp_path / 'c')!r}), Path({str(own)!r})).problems),"
        "'yaml' in sys.modules)"
    )
    said = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert said == ["1 True\n", "1 False\n"]


def test_the_lock_of_an_editor_and_a_folder_without_files_are_nothing(own: Path, tmp_path: Path) -> None:
    (own / ".#a.yaml").symlink_to("somebody@host.1234")
    for folder in (own, tmp_path / "none"):
        assert cache.load(shipped(), tmp_path / "c", folder).problems == ()
    os.mkfifo(own / "pipe.yaml")
    assert len(cache.load(shipped(), tmp_path / "c", own).problems) == 1


async def test_today_tells_quietly_that_something_was_left_out(
    tmp_path: Path, catalogue: Catalogue, clock: HandClock
) -> None:
    desk = Desk(tmp_path, catalogue, clock)
    for problems in (("own.yaml:1:1: something",), ()):
        desk.problems = problems
        sentence = "Your catalogue has 1 problem; see `hiproutine check`." if problems else ""
        app = desk.app()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert ("hiproutine check" in text_of(app)) == bool(sentence)
            assert sentence in text_of(app)
