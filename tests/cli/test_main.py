"""Every command: what it prints and where, its exit code, what it must not import or leave behind."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata
from itertools import chain, pairwise
from pathlib import Path

import pytest

from hiproutine import paths
from hiproutine.catalogue import model, vocabulary
from hiproutine.catalogue.conditions import CONDITIONS
from hiproutine.catalogue.model import Catalogue, Exercise, Link
from hiproutine.cli import commands, parser, sessions
from hiproutine.cli.main import main
from hiproutine.cli.parser import GROUPS
from hiproutine.coach.durations import changing_sides_s
from hiproutine.coach.profile import missing
from hiproutine.coach.session import Item, find, of_routine
from hiproutine.day.context import Context
from hiproutine.practice.timeline import compile_session, length_ms
from hiproutine.settings.model import Manner
from hiproutine.text import clock_length
from tests.conftest import HandClock, Run, Said

COMMANDS = {
    "start": ["--plain", "--anyway"],
    "today": ["--minutes", "--focus", "--no-floor", "--equipment", "--why", "--anyway", "--json"],
    "break": ["--print", "--sound", "--json"],
    "rehearse": ["--guide", "--anyway", "--json"],
    "page": ["--anyway", "--output", "--yes"],
    "phone": ["--anyway", "--address", "--yes"],
    "video": ["--print", "--qr"],
    "programme": ["--yes", "--json"],
    "log": ["--day", "--minutes", "--result"],
    "pain": ["--where", "--side", "--after"],
    "off": [],
    "rest": [],
    "self-check": ["--left", "--right", "--both", "--json"],
    "goal": ["--rest", "--week-starts", "--json"],
    "undo": ["--yes"],
    "streak": ["--json"],
    "status": ["--format", "--json", "--check"],
    "history": ["--since", "--until", "--exercise", "--json", "--csv"],
    "stats": ["--json", "--plain", "--svg", "--chart"],
    "report": ["--since", "--md", "--html"],
    "list": ["--routines", "--videos", "--category", "--area", "--equipment", "--position", "--level", "--json"],
    "show": ["--evidence", "--json"],
    "figure": ["--side", "--size", "--colours", "--svg", "--json", "--animate", "--sheet"],
    "new": ["--from"],
    "share": ["--output"],
    "add": ["--yes"],
    "check": ["--links", "--json"],
    "schema": [],
    "export": ["--csv", "--ics", "--fit", "--plan", "--at", "--yes"],
    "import": ["--from", "--habit", "--amounts", "--dry-run", "--yes"],
    "restore": ["--list", "--dry-run", "--yes"],
    "doctor": ["--paths"],
    "screening": ["--json"],
    "sound": [],
    "completion": [],
    "remind": ["--weekdays", "--every", "--from", "--to", "--dry-run", "--list", "--off"],
    "remote": [],
}


def python(*words: str, env: dict[str, str] | None = None, stdout: int = subprocess.PIPE) -> Said:
    """Runs an interpreter of its own, as a user's shell would: with a buffered stdout."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"} | (env or {})
    command = [sys.executable, *words]
    done = subprocess.run(command, env=environ, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False)
    return Said(done.returncode, done.stdout or "", done.stderr)


def words_as_id(value: object) -> str | None:
    return " ".join(value) if isinstance(value, list) else None


# ---- help, version, usage ----


def test_the_help_is_one_screen_and_names_every_command_in_its_group(run: Run) -> None:
    for words in (["--help"], ["-h"], ["help"]):
        lines = run(*words).lines
        assert len(lines) < 24
        assert max(map(len, lines)) <= 80
        groups = {
            line[2:13].strip(): line[13:].split() for line in lines[lines.index("") + 3 : lines.index("examples:")]
        }
        assert {name: names for name, names in groups.items() if name} == {
            group: list(names) for group, names in GROUPS.items()
        }
    assert list(parser.COMMANDS) == list(COMMANDS)


def test_help_of_all_has_each_summary(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = run("help", "--all").lines
    assert max(map(len, lines)) <= 60
    assert [line.split()[0] for line in lines if re.match("  [a-z]", line)] == list(COMMANDS)
    assert parser.COMMANDS["self-check"] in re.sub(r"\n +", " ", "\n".join(lines))


def test_help_of_a_command_is_its_help(run: Run) -> None:
    assert run("help", "list").out == run("list", "--help").out


def test_every_example_of_the_help_works(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))  # no other test practises here
    monkeypatch.setattr("hiproutine.links.can_open", lambda _: False)
    monkeypatch.setenv("PATH", "")  # nothing plays a tone during the tests
    examples = re.findall(r"^  hiproutine((?: \S+)*?)(?:  .*)?$", run("--help").out, re.MULTILINE)
    assert len(examples) >= 6
    for example in map(str.split, examples):
        said = run(*example)
        needs_practice = bool(example) and example[0] == "remote"
        needs_a_terminal = not example or example[0] == "start"
        assert said.code == (needs_a_terminal or needs_practice), example
        assert bool(said.out) != (needs_a_terminal or needs_practice)


@pytest.mark.parametrize(("command", "options"), COMMANDS.items())
def test_the_help_of_a_command_names_its_options(run: Run, command: str, options: list[str]) -> None:
    said = "\n".join(run(command, "--help").lines)
    assert said.startswith(f"usage: hiproutine {command} ")
    assert re.findall(r"^  (?:-\w(?: \S+)?, )?(--[\w-]+)", said, re.MULTILINE) == ["--help", *options]


@pytest.mark.parametrize("word", ["--version", "-V", "version"])
def test_the_version_is_that_of_the_package(run: Run, word: str) -> None:
    assert run(word).lines == [f"hiproutine {metadata.version('hiproutine')}"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["mobilty"], 'there is no command "mobilty"'),
        (["strek"], '(did you mean "streak"?)'),
        ([""], 'there is no command ""'),
        (["--nonsense"], "there is no option --nonsense"),
        (["help", "strek"], '(did you mean "streak"?)'),
        (["help", "--nonsense"], "there is no option --nonsense"),
        (["versoin"], '(did you mean "version"?)'),
        (["--json", "streak"], "--json belongs after the command: hiproutine streak --json"),
        (["--plain", "today"], '--plain does not go with "today"; `hiproutine help today` shows its options'),
        (["--anyway", "five-minute"], "--anyway belongs after the command: hiproutine start --anyway five-minute"),
        (["--level", "2", "list"], "--level belongs after the command: hiproutine list --level 2"),
        (["list", "--ro"], 'unrecognized arguments: --ro (did you mean "--routines"?)'),
        (["today", "--minuts=7"], '(did you mean "--minutes"?)'),
        (
            ["list", "--category", "mobilty"],
            '"mobilty" is not one of stretch, mobility, strength, release (did you mean "mobility"?)',
        ),
        (["list", "--area", "hip joints"], '(did you mean "hip-joint"?)'),
        (["list", "--position", "suppine"], '(did you mean "supine"?)'),
        (["list", "--equipment", "bands"], '(did you mean "band"?)'),
        (["list", "--level", "4"], '"4" is not one of 1, 2, 3'),
        (["list", "--level", "1,easy"], '"easy" is not one of 1, 2, 3'),
        (["list", "--category"], "expected one argument"),
        (["list", "--routines", "--videos"], "not allowed with argument"),
        (["list", "mobility"], "unrecognized arguments: mobility"),
        (["list", "-2vO8QfdLFg"], "-2vO8QfdLFg"),
        (["streak", "--jsn"], "unrecognized arguments: --jsn"),
        (["show"], "ID is missing"),
        (["pain"], ": error: N is missing; for example: hiproutine pain 3 --where groin"),
        (["log"], ": error: ROUTINE is missing; for example: hiproutine log five-minute"),
        (["pain", "3", "--where", "thigh"], '(did you mean "inner-thigh" or "front-of-thigh" or "back-of-thigh"?)'),
        (["pain", "3", "--where", "gron"], '(did you mean "groin"?)'),
        (["today", "--focus", "thigh"], '(did you mean "inner-thigh" or "front-of-thigh" or "back-of-thigh"?)'),
        (["export", "csv"], '"csv" is a format: hiproutine export --csv FILE.csv'),
        (["export", "fit"], '"fit" is a format: hiproutine export --fit FOLDER'),
        (["show", "frog-rock", "-2vO8QfdLFg"], "unrecognized arguments: -2vO8QfdLFg"),
        (["show", "-x"], "ID is missing"),
        (["video"], "ID is missing"),
        (["rehearse"], "ID is missing"),
        (["today", "--jsn"], "unrecognized arguments: --jsn"),
    ],
    ids=words_as_id,
)
def test_wrong_usage_is_told_on_stderr_with_code_2(run: Run, words: list[str], told: str) -> None:
    said = run(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("usage: hiproutine")
    assert told in said.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["show", "supine-buterfly"],
            'programme, card or video has the id "supine-buterfly" (did you mean "supine-butterfly"?)',
        ),
        (["show", "four-everyda"], '(did you mean "four-everyday"?)'),
        (["show", "edu-red-flag"], '(did you mean "edu-red-flags"?)'),
        (["show", "-2vO8QfdLFh"], '(did you mean "-2vO8QfdLFg"?)'),
        (["show", "E1"], "`hiproutine list` shows them all"),
        (["show", "../../etc/passwd"], "`hiproutine list` shows them all"),
        (["show", ""], "`hiproutine list` shows them all"),
        (["video", "half-kneeling-hip-flexo"], '(did you mean "half-kneeling-hip-flexor"?)'),
        (["today", "five-minutes"], 'no routine or exercise has the id "five-minutes" (did you mean "five-minute"?)'),
        (["rehearse", "couch-strech"], '(did you mean "couch-stretch"?)'),
        (["rehearse", "edu-red-flags"], 'no routine or exercise has the id "edu-red-flags"'),
        (["start", "desk-chairs"], '(did you mean "desk-chair"?)'),
    ],
    ids=words_as_id,
)
def test_an_unknown_id_gets_the_nearest_one_in_one_sentence(run: Run, words: list[str], told: str) -> None:
    said = run(*words)
    assert (said.code, said.out) == (1, "")
    assert re.fullmatch(r"hiproutine: .+\n", said.err)
    assert told in said.err


# ---- list ----


GEAR = [word for word in vocabulary.EQUIPMENT if word != "wall"]  # which everybody has
# The words by which each filter must find an exercise, and all the words that there are.
FILTERS: dict[str, tuple[Callable[[Exercise], Iterable[str]], Iterable[object]]] = {
    "--category": (lambda each: [each.category], vocabulary.CATEGORIES),
    "--area": (lambda each: each.areas, vocabulary.AREAS),
    "--position": (lambda each: [each.position], vocabulary.POSITIONS),
    "--level": (lambda each: [str(each.level)], vocabulary.LEVELS),
    "--equipment": (
        lambda each: ["none", *GEAR] if not missing(each, ()) else [word for word in GEAR if not missing(each, [word])],
        ["none", *GEAR],
    ),
}


@pytest.mark.parametrize("option", FILTERS)
def test_a_filter_lists_what_it_says_and_nothing_else(run: Run, catalogue: Catalogue, option: str) -> None:
    words_of, words = FILTERS[option]
    for word in map(str, words):
        expected = [each.id for each in catalogue.exercises.values() if word in words_of(each)]
        assert [each["id"] for each in run("list", option, word, "--json").json] == expected
        if expected:
            assert [line.split()[0] for line in run("list", option, word).lines] == expected


def test_filters_together_narrow_down(run: Run, catalogue: Catalogue) -> None:
    found = run("list", "--category", "stretch", "--level", "1", "--position", "supine", "--area", "buttock", "--json")
    assert [each["id"] for each in found.json] == ["supine-figure-four", "supine-knee-opposite-shoulder"]


def test_several_words_of_a_filter_widen_it(run: Run, catalogue: Catalogue) -> None:
    found = run("list", "--equipment", "Mat, chair", "--category", "strength,release", "--json").json
    assert [each["id"] for each in found] == [
        each.id
        for each in catalogue.exercises.values()
        if each.category in ("strength", "release") and not missing(each, ["mat", "chair"])
    ]


def test_a_filter_may_be_spelled_as_people_do(run: Run) -> None:
    expected = run("list", "--area", "front-of-hip").lines
    for word in ("Front of Hip", "front_of_hip", " front  of hip"):
        assert run("list", "--area", word).lines == expected


def test_nothing_found_is_a_sentence_for_people_and_an_empty_list_for_programs(run: Run) -> None:
    assert run("list", "--position", "prone", "--level", "3") == (
        1,
        "",
        "hiproutine: no exercise matches all of these filters; remove one of them\n",
    )
    assert run("list", "--position", "prone", "--level", "3", "--json").json == []


def test_a_listed_exercise_is_the_one_of_the_catalogue(run: Run, catalogue: Catalogue) -> None:
    found = run("list", "--json").json
    assert [each["id"] for each in found] == list(catalogue.exercises)
    for fields in found:
        each = catalogue.exercises[fields["id"]]
        for name in ("name", "category", "level", "position", "sides"):
            assert fields[name] == getattr(each, name)
        assert fields["areas"] == list(each.areas)
        assert fields["equipment"] == sorted(set(chain(*each.equipment)))
        assert fields["seconds"] == length_ms(Item(each, each.prescription), Manner()) / 1000
        assert fields["videos"] == {link.video: link.strength for link in each.videos}


def test_routines_and_videos_are_listed_too(run: Run, catalogue: Catalogue) -> None:
    routines, videos = run("list", "--routines", "--json").json, run("list", "--videos", "--json").json
    assert [each["id"] for each in routines] == list(catalogue.routines)
    assert [each["id"] for each in videos] == list(catalogue.videos)
    for fields in routines:
        routine = catalogue.routines[fields["id"]]
        assert fields["exercises"] == [step.exercise for step in routine.steps]
        steps = run("rehearse", routine.id, "--guide", "brief", "--json").json
        usual_ms = compile_session(of_routine(catalogue, routine), Manner()).total_ms
        assert fields["seconds"] == usual_ms // 1000
        words_s = sum(
            changing_sides_s(exercise, Manner(familiar=frozenset())) - changing_sides_s(exercise, Manner())
            for exercise in (catalogue.exercises[name] for name in fields["exercises"])
            if exercise.sides == "per_side"
        )
        most_ms = usual_ms + 1000 * (words_s + 2 * len(fields["exercises"]))
        assert usual_ms <= sum(each["length_ms"] for each in steps) <= most_ms
        assert fields["honest"] == routine.honest
    for fields in videos:
        assert fields["caption"] == catalogue.videos[fields["id"]].caption
        assert (fields["channel"], fields["title_verified"]) == (None, False)
    assert [each["id"] for each in videos if each["moves_verified"]] == ["IikP_teeLkI"]


@pytest.mark.parametrize("words", [["list"], ["list", "--routines"], ["list", "--videos"], ["list", "--level", "3"]])
def test_in_a_pipe_the_columns_stand_under_each_other(run: Run, words: list[str]) -> None:
    rows = run(*words).lines
    ids = [each["id"] for each in run(*words, "--json").json]
    assert [row.split("  ")[0] for row in rows] == ids
    starts = [[match.start() for match in re.finditer(r"(?<=  )\S|^\S", row)] for row in rows]
    assert all(each == starts[0] for each in starts)
    assert len(starts[0]) == (3 if words[1:] in (["--routines"], ["--videos"]) else 6)
    assert not any(row.endswith(" ") for row in rows)


@pytest.mark.parametrize(("columns", "heads"), [(60, "ID TIME NAME"), (120, "ID CATEGORY LEVEL TIME DOSE NAME")])
def test_at_a_terminal_the_name_is_always_seen_and_the_dose_where_there_is_room(
    run: Run, monkeypatch: pytest.MonkeyPatch, columns: int, heads: str
) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("LINES", "24")
    monkeypatch.setenv("TERM", "dumb")
    assert run("list", "--level", "3").code == 0
    assert screen.getvalue().splitlines()[0].split() == heads.split()
    assert "90/90 back foot lift-offs" in screen.getvalue()
    assert ("2x5 @1-3-2" in screen.getvalue()) == ("DOSE" in heads)


def test_every_name_is_whole_at_60_columns(run: Run, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("LINES", "1000")
    monkeypatch.setenv("TERM", "dumb")
    assert run("list").code == 0
    lines = screen.getvalue().splitlines()
    assert max(map(len, lines)) <= 60
    starts = lines[0].index("NAME")
    names = " ".join(line[starts:].strip() for line in lines[1:])
    assert all(each.name in names for each in catalogue.exercises.values())


def test_forced_colour_is_a_table_in_a_pipe(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    plain = run("list", "--level", "3").out
    assert "\x1b" not in plain
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = run("list", "--level", "3").out
    assert "\x1b[36m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured).split()[:2] == ["ID", "TIME"]
    assert "\x1b[" in run("show", "couch-stretch").out


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_at_a_terminal_of_any_width_today_has_its_times_doses_and_reasons(
    run: Run, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    found = run("today", "--minutes", "10", "--json").json
    items, planned = found["items"], find(catalogue, found["plan"]).items
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("LINES", "24")
    monkeypatch.setenv("TERM", "dumb")
    assert run("today", "--minutes", "10").code == 0
    lines = screen.getvalue().splitlines()[2:]
    assert max(map(len, lines)) <= columns
    assert len(lines) <= len(items) * (5 if columns == 40 else 3) + 1
    words = " ".join(" ".join(lines).split())
    for item, meant in zip(items, planned, strict=True):
        assert clock_length(1000 * item["seconds"]) in words
        assert meant.brief in words
        assert all(why in words for why in item["why"])


# ---- show ----


def test_every_entry_can_be_shown_whole_and_within_the_width(
    run: Run, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    for width in (40, 200):
        monkeypatch.setenv("COLUMNS", str(width))
        for name in chain(catalogue.exercises, catalogue.routines, catalogue.cards, catalogue.videos):
            lines = run("show", name).lines
            assert not [line for line in lines[1:] if len(line) > min(width, 100) and "https://" not in line], name


def test_an_exercise_is_shown_with_everything_that_a_body_needs_to_know(run: Run, catalogue: Catalogue) -> None:
    for each in catalogue.exercises.values():
        lines = run("show", each.id).lines
        assert lines[0] == each.name
        words = " ".join(" ".join(lines).split())
        for sentence in chain(each.setup, each.cues, each.mistakes, each.stop_if, each.aliases):
            assert sentence in words
        for code in chain(each.avoid, each.not_planned, each.caution):
            assert CONDITIONS[code] in words
        for link in each.videos:
            assert f"{model.address(model.linked(catalogue.videos, link))} {link.strength}" in words
        for tag in each.evidence:
            assert f"- {tag} ({catalogue.sources[tag].grade}" in words


@pytest.mark.parametrize(
    ("name", "title", "holds"),
    [
        ("half-kneeling-hip-flexor", "Half-kneeling hip flexor stretch", "  - 2 times 30 s, each side (2x30s)"),
        (
            "four-everyday",
            "4 stretches to do everyday",
            "  1. Half-kneeling hip flexor stretch: 2 times 30 s, each side (2x30s)",
        ),
        ("edu-red-flags", "Warning signs", "Emergency, now"),
        ("sTre4xSTuto", "Stop stretching your hip flexors!, video 1", "  - Nothing beyond the note."),
        (
            "IikP_teeLkI",
            "Top 3 Ankle Mobility Exercises",
            "  - Banded ankle mobilisation (established, from about 3:39)",
        ),
    ],
)
def test_each_kind_of_entry_is_shown(run: Run, name: str, title: str, holds: str) -> None:
    lines = run("show", name).lines
    assert lines[0] == title
    assert holds in lines


def test_an_entry_is_found_by_its_name_or_a_part_of_one(run: Run) -> None:
    for words in ("couch STRETCH", "Half-kneeling hip flexor stretch", "warning signs"):
        assert run("show", words).lines[0].casefold() == words.casefold()
    assert run("show", "desk lunge").lines[0] == "Standing desk lunge"
    several = run("show", "hip flexor")
    assert several.code == 1
    assert several.err.startswith(
        'hiproutine: "hip flexor" is in several names; give an id: half-kneeling-hip-flexor, '
    )
    assert 'has the id "nonsense"' in run("show", "nonsense").err


def test_a_dose_has_words_and_the_notation_in_brackets(run: Run) -> None:
    assert "  - 2 sets of 10, slow: lift 2 s, squeeze 2 s, lower 3 s (2x10 @2-2-3)" in run("show", "glute-bridge").lines
    said = " ".join(run("show", "half-kneeling-contract-relax").out.split())
    assert "3 rounds: contract 6 s, relax 4 s, deepen 20 s, each side (contract-relax 3x(6/4/20))" in said


def test_show_and_list_say_what_an_exercise_is_to_this_person(run: Run, home: Path) -> None:
    plain = run("list").lines
    (home / ".config" / "hiproutine").mkdir(parents=True, exist_ok=True)
    (home / ".config" / "hiproutine" / "settings.yaml").write_text("conditions: [knee_kneel, preg]\n")
    lines = run("show", "couch-stretch").lines
    at = lines.index("Removed, for you")
    assert lines[at + 1] == "  - By your answers: kneeling that hurts. It is in no session."
    assert at < lines.index("Dose")
    assert "Careful, for you" in run("show", "standing-lunge-hip-flexor").lines
    marked = {
        line.split()[0]: line.partition(" (")[2] for line in run("list").lines if line.endswith(("you)", "(careful)"))
    }
    assert marked["couch-stretch"].endswith("removed for you)")
    assert marked["supine-edge-psoas"].endswith("not planned for you)")
    assert marked["standing-lunge-hip-flexor"].endswith("careful)")
    assert not any(line.endswith(("for you)", "(careful)")) for line in plain)


def test_a_video_whose_id_begins_with_a_hyphen_is_no_option(run: Run) -> None:
    shown = run("show", "-2vO8QfdLFg").lines
    assert shown[0] == "Ultimate Hip Flexor (Psoas) Stretches x3 Standing, Kneeling, or Lying"
    assert run("show", "--", "-2vO8QfdLFg").lines == shown
    address = ["https://www.youtube.com/watch?v=-2vO8QfdLFg"]
    for words in (["-2vO8QfdLFg", "--print"], ["--print", "-2vO8QfdLFg"], ["--print", "--", "-2vO8QfdLFg"]):
        assert run("video", *words).lines == address


# ---- today and rehearse ----


def test_today_is_the_days_routine_with_an_honest_length(run: Run, catalogue: Catalogue) -> None:
    today = run("today", "--json").json
    assert (today["day"], today["routine"]) == ("2026-11-23", "four-everyday")
    assert [each["exercise"] for each in today["items"]] == [
        step.exercise for step in catalogue.routines["four-everyday"].steps
    ]
    for each in today["items"]:
        assert set(each) == {"exercise", "name", "seconds", "dose"}
        assert each["name"] == catalogue.exercises[each["exercise"]].name
    assert sum(each["seconds"] for each in today["items"]) == today["seconds"] == 688
    lines = run("today").lines
    assert lines[0] == "4 stretches to do everyday: 11:28 min, ends 07:41 if you start now"
    assert lines[1] == catalogue.routines["four-everyday"].honest
    assert lines[3].split("  ")[0] == "Half-kneeling hip flexor stretch"


def test_today_may_be_any_routine_or_one_exercise(run: Run, catalogue: Catalogue) -> None:
    for name in catalogue.routines:
        found = run("today", name, "--json").json
        assert found["routine"] == name
        assert sum(each["seconds"] for each in found["items"]) == found["seconds"]
    found = run("today", "couch-stretch", "--json").json
    line = compile_session(find(catalogue, "couch-stretch"), Manner(familiar=frozenset()))
    assert (found["routine"], found["seconds"], len(found["items"])) == (None, line.total_ms / 1000, 1)


def test_before_four_in_the_morning_it_is_still_yesterday(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HandClock, "now", lambda _: HandClock().start.replace(hour=3, minute=59))
    assert run("today", "--json").json["day"] == "2026-11-22"
    assert run("streak", "--json").json["day"] == "2026-11-22"


def test_a_rehearsal_is_every_cue_with_its_time(run: Run, catalogue: Catalogue) -> None:
    for name in chain(catalogue.routines, ["couch-stretch"]):
        lines = run("rehearse", name).lines
        found = [re.fullmatch(r"(\d\d):(\d\d)  (\S.*)", line) for line in lines]
        assert all(found)
        times = [int(match[1]) * 60 + int(match[2]) for match in found if match]
        assert times == sorted(times)
        assert re.match(r"00:00  get ready (\d+ s|\d:\d\d min), [a-z ]+: ", lines[0])
        total = run("today", name, "--json").json["seconds"]
        assert lines[-1] == f'{total // 60:02}:{total % 60:02}  session done  [session done]  says "Session done."'


def test_a_rehearsal_counts_down_and_names_the_sides(run: Run, catalogue: Catalogue) -> None:
    name = "Lying figure-four stretch, left side"
    lines = run("rehearse", "supine-figure-four", "--guide", "brief").lines
    assert lines[:13] == [
        f'00:00  get ready 20 s, lie on your back: {name}  [get ready]  says "First: {name}, the crossed leg."',
        "00:17  3  [countdown]",
        "00:18  2  [countdown]",
        "00:19  1  [countdown]",
        '00:20  hold 30 s, set 1 of 2  [start]  says "Hold, 30 seconds."',
        '00:28  advice  says "Tailbone heavy."',
        "00:35  halfway  [halfway]",
        '00:40  10 s left  says "10 seconds to go"',
        "00:47  3  [countdown]",
        "00:48  2  [countdown]",
        "00:49  1  [countdown]",
        "00:50  end of hold  [end of hold]",
        '00:50  rest 10 s, before set 2 of 2  [rest]  says "Rest, 10 seconds. Same side again."',
    ]
    assert '01:20  10 s left  says "10 seconds to go. Next: right side."' in lines
    assert (
        '01:30  switch 7 s: right side  [switch sides]  says "Change sides. Now your right leg is the crossed leg."'
        in lines
    )


def test_a_rehearsal_with_the_full_guide_says_all_of_the_set_up(run: Run, catalogue: Catalogue) -> None:
    exercise = catalogue.exercises["supine-figure-four"]
    lines = run("rehearse", exercise.id, "--guide", "full").lines
    said = [line.partition(' says "')[2].removesuffix('"') for line in lines]
    assert said[1:6] == [
        "Lie on your back, knees bent, and rest your left ankle just above the other knee.",
        exercise.setup[1],
        "Keep your tailbone down and your left foot gently flexed.",
        f"Stop at {', '.join(exercise.stop_if)}.",
        "2 holds of 30 seconds, on each side.",
    ]
    assert run("rehearse", exercise.id).lines == lines, "it is new"


def test_the_segments_of_a_rehearsal_leave_no_gap_and_know_work_from_rest(run: Run, catalogue: Catalogue) -> None:
    for name in chain(catalogue.routines, catalogue.exercises):
        segments = run("rehearse", name, "--json").json
        assert segments[0]["start_ms"] == 0
        for one, next_one in pairwise(segments):
            assert one["start_ms"] + one["length_ms"] == next_one["start_ms"]
        for each in segments:
            assert each["length_ms"] > 0
            assert each["work"] == (each["phase"] not in ("ready", "switch", "rest"))
            sides = ("left", "right") if catalogue.exercises[each["exercise"]].sides == "per_side" else (None,)
            assert each["side"] in sides
        total_ms = segments[-1]["start_ms"] + segments[-1]["length_ms"]
        assert total_ms == run("today", name, "--json").json["seconds"] * 1000


# ---- streak ----


def session(day: str, **other: object) -> str:
    """A line as the published format has it, by hand."""
    fields = {
        "v": 1,
        "id": f"id of {day}",
        "kind": "session",
        "day": day,
        "start": f"{day}T17:00:03.120Z",
        "end": f"{day}T17:09:10.000Z",
        "offset_min": 60,
        "zone": "Europe/Paris",
        "rollover_min": 240,
        "counts": True,
        "routine": "four-everyday",
        "steps": [
            {
                "exercise": "half-kneeling-hip-flexor",
                "name": "Half-kneeling hip flexor stretch",
                "side": "left",
                "planned_ms": 60000,
                "held_ms": 60000,
                "end": "done",
            }
        ],
        "app": "0.1.0",
    }
    return json.dumps(fields | other)


def note(kind: str, **other: object) -> str:
    return json.dumps(
        {"v": 1, "id": f"a {kind}", "kind": kind, "day": "2026-11-21", "at": "2026-11-21T08:00:00.000Z"} | other
    )


def write_history(lines: list[str], name: str = "0a1b2c3d-2026.jsonl") -> Path:
    folder = paths.find().data / "history"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder / name


THREE = [session("2026-11-20"), session("2026-11-21"), session("2026-11-22")]
GOAL = note("goal", **{"from": "2026-11-01", "days_per_week": 5, "rest_days": ["sat", "sun"]})
EARLY = "2026-11-23T06:00:00.000Z"
STEP = json.loads(THREE[0])["steps"][0]


@pytest.mark.parametrize(
    ("lines", "streak", "best", "done_today"),
    [
        ([], 0, 0, False),
        (THREE, 3, 3, False),
        ([*THREE, session("2026-11-23", start=EARLY)], 4, 4, True),
        (THREE[:2], 0, 2, False),
        ([THREE[0], THREE[2]], 1, 1, False),
        ([*THREE, session("2026-11-22", id="another")], 3, 3, False),
        ([*THREE, THREE[1]], 3, 3, False),
        ([*THREE[:2], session("2026-11-22", counts=False)], 0, 2, False),
        ([*THREE, note("void", ref="id of 2026-11-21")], 1, 1, False),
        ([note("void", ref="id of 2026-11-21"), *THREE], 1, 1, False),
        ([*THREE, note("void", ref="id of nothing")], 3, 3, False),
        ([note("rest"), *THREE[:1], *THREE[2:]], 2, 2, False),
        ([*THREE, GOAL, note("pain", when="before", score=3, session=None), note("dance")], 3, 3, False),
        ([*THREE[:2], session("2026-11-22", v=2)], 0, 2, False),
        ([*THREE, *(session(f"2027-01-0{day}") for day in range(1, 6))], 3, 3, False),
        ([*THREE, "", "   "], 3, 3, False),
        ([session("2026-11-22", routine=None, zone=None, dance=[1])], 1, 1, False),
        ([session("2026-11-22", steps=[])], 1, 1, False),
    ],
)
def test_the_streak_is_what_the_history_says(
    run: Run, lines: list[str], streak: int, best: int, done_today: bool
) -> None:
    write_history(lines)
    expected = {"day": "2026-11-23", "streak": streak, "best": best, "done_today": done_today}
    said = run("streak", "--json").json
    assert said == said | expected
    sentence = run("streak").lines[0]
    assert (f"best {best}" in sentence.lower()) == (streak > 0 and said["days_per_week"] == 7)


def test_without_a_history_the_streak_is_kind_and_leaves_no_trace(run: Run, home: Path) -> None:
    assert run("streak").lines == ["No day done yet. One finished exercise starts your streak."]
    assert run("streak", "--json").json == {
        "day": "2026-11-23",
        "streak": 0,
        "best": 0,
        "done_today": False,
        "rest_today": False,
        "days_per_week": 7,
        "weeks": 0,
        "best_weeks": 0,
        "week_done": 0,
        "week_needed": 7,
        "recent_done": 0,
        "recent_rests": 0,
        "recent_days": 0,
        "score": 0,
    }
    assert list(home.iterdir()) == []


def test_the_history_of_all_devices_and_conflict_copies_counts_once(run: Run) -> None:
    write_history(THREE[:2])
    write_history(THREE[1:], "0a1b2c3d-2026.sync-conflict-20261122-180000-XYZ.jsonl")
    write_history([session("2026-11-19")], "ffffffff-2026.jsonl")
    assert run("streak", "--json").json["streak"] == 4


@pytest.mark.parametrize(
    "bad",
    [
        THREE[2][: len(THREE[2]) // 2],
        "[1, 2]",
        '"a word"',
        "null",
        "\x00\x01",
        "[" * 100_000,
        '{"v": 1' + "1" * 5000 + "}",
        session("2026-11-22", steps=None),
        session("2026-11-22", steps=[{"exercise": "a"}]),
        session("2026-11-22", steps=[STEP | {"end": "won"}]),
        session("2026-11-22", steps=[STEP | {"held_ms": "long"}]),
        session("2026-11-22", steps=[STEP | {"held_ms": float("inf")}]),
        THREE[2].replace('"day": "2026-11-22"', '"day": "2026-02-30"'),
        THREE[2].replace('"day": "2026-11-22"', '"day": 20261122'),
        session("2026-11-22", start="2026-11-22T17:00:03"),
        session("2026-11-22", end="later"),
        session("2026-11-22", offset_min=None),
        note("void", ref=["odd"]),
    ],
    ids=lambda bad: bad[:30] if len(bad) > 1000 else bad[-60:],
)
def test_a_bad_line_is_told_and_costs_nothing_but_itself(run: Run, bad: str) -> None:
    place = write_history([THREE[0], bad, THREE[1]])
    said = run("streak")
    assert said.code == 0
    assert (
        said.out == "2 of the last 3 days, best streak 2. Today can start a new one.\n"
        "2 of the last 3 days. Habit score 10% (every planned day for months: 100%).\n"
    )
    assert re.fullmatch(rf"hiproutine: {re.escape(str(place))}:.+ \(kept, not counted\)\n", said.err)
    assert json.loads(run("streak", "--json").out)["best"] == 2


def test_a_file_that_fails_without_an_output_is_told(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write_history(THREE)
    run("export", "--fit", str(tmp_path / "fit"))
    for path in (tmp_path / "fit").iterdir():
        path.unlink()
        path.mkdir()
    monkeypatch.setattr(sys, "stdout", None)  # as after >&-
    assert main(["export", "--fit", str(tmp_path / "fit")]) == 1
    sys.stdout.close()


def test_a_torn_last_line_is_told_with_its_place(run: Run) -> None:
    place = write_history(THREE)
    place.write_text(place.read_text("utf-8")[:-40], encoding="utf-8")
    said = run("streak", "--json")
    assert json.loads(said.out)["best"] == 2
    assert said.err == f"hiproutine: {place}:3: not a whole record (kept, not counted)\n"


@pytest.mark.parametrize(
    "words", ["history", "stats", "report", "report --html", "export --csv -", "export --ics -", "export all.zip"]
)
def test_every_view_of_the_history_tells_what_it_lacks(
    run: Run, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    place = write_history([*THREE, "torn"])
    assert run(*words.split()).err == f"hiproutine: {place}:4: not a whole record (kept, not counted)\n"


def test_a_file_of_a_shared_folder_cannot_steer_the_terminal_by_its_name(run: Run) -> None:
    write_history(["torn"], "\x1b]0;owned\x07.jsonl")
    said = run("streak")
    assert said.code == 0
    assert "\x1b" not in said.err


# ---- check ----

OWN = """\
routines:
  - id: mine
    name: Mine
    why: So.
    steps:
      - {exercise: couch-stretch, set: {sets: 1}}
"""


def test_the_shipped_catalogue_has_no_problems(run: Run) -> None:
    assert run("check").lines == [
        "51 sources, 13 videos, 102 exercises, 20 routines, 4 cards, 6 programmes: no problems"
    ]


def test_files_of_ones_own_are_checked_with_what_is_shipped(run: Run, tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(OWN.replace("mine", name[0]), encoding="utf-8")
    assert run("check", f"{tmp_path}/a.yaml").lines == ["1 file: no problems"]
    assert run("check", f"{tmp_path}/a.yaml", f"{tmp_path}/b.yaml").lines == ["2 files: no problems"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            OWN.replace("couch-stretch", "couch-strech"),
            ['6:20: there is no exercise "couch-strech" (did you mean "couch-stretch"?)'],
        ),
        (
            OWN.replace("sets: 1", "set: 1").replace("why", "wy"),
            ['2:5: "why" is missing', '4:5: "wy" is not', '6:41: "set" is not'],
        ),
        ("routines: []]", ["1:13: not YAML: "]),
        ("\xff", ["1:1: is not UTF-8 text"]),
        ('"\\x1b]0;owned\\a": 1\n"\\x9b2J": 2\n', ['1:1: "\ufffd]0;owned\ufffd" is not', '2:1: "\ufffd2J" is not']),
        (None, ["1:1: cannot be read: No such file or directory"]),
    ],
)
def test_each_problem_is_a_line_that_begins_with_its_place(
    run: Run, tmp_path: Path, content: str | None, expected: list[str]
) -> None:
    path = tmp_path / "own.yaml"
    if content is not None:
        path.write_text(content, encoding="latin-1" if content == "\xff" else "utf-8")
    said = run("check", str(path))
    assert (said.code, said.out) == (1, "")
    for line, start in zip(said.err.splitlines(), expected, strict=True):
        assert line.startswith(f"{path}:{start}")


def test_the_problems_of_all_files_are_told_at_once(run: Run, tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yaml"):
        (tmp_path / name).write_text("crads: []\n", encoding="utf-8")
    said = run("check", f"{tmp_path}/b.yaml", f"{tmp_path}/a.yaml")
    assert said.code == 1
    assert [line.partition(": ")[0] for line in said.err.splitlines()] == [
        f"{tmp_path}/{name}.yaml:1:1" for name in "ba"
    ]


def test_a_file_name_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    assert "\x1b" not in run("check", f"{tmp_path}/\x1b]0;owned\x07.yaml").err


# ---- video ----


def test_the_surest_video_of_an_entry_is_printed(run: Run, catalogue: Catalogue) -> None:
    for name, links in with_links(catalogue):
        surest = min((list(vocabulary.STRENGTHS).index(link.strength) for link in links), default=None)
        said = run("video", name, "--print")
        if surest is None:
            assert said.code == 1
            assert said.err.startswith(f"hiproutine: no video of the note goes with {name}; ")
        else:
            (address,) = said.lines
            assert address in [
                model.address(model.linked(catalogue.videos, link))
                for link in links
                if link.strength == list(vocabulary.STRENGTHS)[surest]
            ]


def with_links(catalogue: Catalogue) -> Iterator[tuple[str, tuple[Link, ...]]]:
    yield from ((each.id, each.videos) for each in catalogue.exercises.values())
    yield from ((each.id, each.videos) for each in catalogue.cards.values())
    yield from ((each.id, each.goes_with) for each in catalogue.routines.values())


def test_the_address_of_a_video_is_printed(run: Run, catalogue: Catalogue) -> None:
    for video in catalogue.videos.values():
        assert run("video", "--print", video.id).lines == [video.url]


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="would open the real browser")
@pytest.mark.parametrize(("browser", "opened"), [(None, False), ("true", True), ("false", False)])
def test_a_video_is_opened_or_its_address_given(
    run: Run, monkeypatch: pytest.MonkeyPatch, browser: str | None, opened: bool
) -> None:
    if browser:
        monkeypatch.setenv("BROWSER", str(shutil.which(browser)))
    lines = run("video", "banded-ankle-mob").lines
    address = "https://www.youtube.com/watch?v=IikP_teeLkI"
    goes = 'Goes with it (established, from about 3:39); the note calls it "Top 3 Ankle Mobility Exercises".'

    def told(address: str) -> list[str]:
        return [f"Opened {address}"] if opened else ["No browser opens from here. The address to copy:", address]

    assert lines == [goes, *told(f"{address}&t=219")]
    assert run("video", "IikP_teeLkI").lines == told(address)


# ---- where there is no terminal, no home, no reader, no space ----


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("words", "prints"),
    [
        ([], "today"),
        (["start"], "today"),
        (["--plain"], "today"),
        (["start", "five-minute"], "rehearse five-minute"),
        (["start", "frog-rock", "couch-stretch"], "rehearse frog-rock couch-stretch"),
    ],
)
def test_practising_without_a_terminal_is_refused_with_what_to_do_instead(
    run: Run, words: list[str], prints: str
) -> None:
    said = run(*words)
    assert (said.code, said.out) == (1, "")
    assert re.fullmatch(
        rf"hiproutine: practising needs a terminal .+`hiproutine {prints}` prints it as text\n", said.err
    )
    assert run(*prints.split()).code == 0


@pytest.mark.parametrize("missing", ["stdin", "stdout", "stderr", "TERM"])
def test_what_cannot_be_drawn_on_gets_lines_if_it_has_keys(
    run: Run, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setenv("TERM", "dumb" if missing == "TERM" else "xterm")
    error = Terminal()
    for name in {"stdin", "stdout", "stderr"} - {missing}:
        monkeypatch.setattr(sys, name, error if name == "stderr" else Terminal())
    if missing == "stdin":
        assert run().code == 1
        assert "needs a terminal" in error.getvalue()
        return
    monkeypatch.setattr("hiproutine.cli.sessions._in_lines", lambda *_, **__: 7)
    assert run().code == 7


@pytest.mark.parametrize("words", [["today"], ["list"], ["streak"], ["show", "frog-rock"], ["check", "a.yaml"]])
def test_without_a_home_a_sentence_says_what_to_set(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    def nobody(_: int) -> None:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.delenv("HOME")
    monkeypatch.setattr(pytest.importorskip("pwd"), "getpwuid", nobody)
    said = run(*words)
    assert (said.code, said.out) == (1, "")
    assert re.fullmatch(r"hiproutine: no home folder found; set HOME to .+\n", said.err)
    assert run("--help").code == 0


@pytest.mark.parametrize(
    "words", [["list"], ["--help"], ["--version"], ["list", "--help"], ["rehearse", "four-everyday"]], ids=words_as_id
)
def test_a_reader_that_has_had_enough_is_no_error(words: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert python("-m", "hiproutine", *words, stdout=writing) == (0, "", "")
    finally:
        os.close(writing)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has the full disk to test with")
@pytest.mark.parametrize("words", [["streak"], ["rehearse", "twenty-minute"], ["--help"]], ids=words_as_id)
def test_a_full_disk_is_told_in_a_sentence(words: list[str]) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        said = python("-m", "hiproutine", *words, stdout=full)
    finally:
        os.close(full)
    assert said.code == 1
    assert re.fullmatch(r"hiproutine: .*No space left on device.*\n", said.err)


def test_the_module_runs_like_the_command() -> None:
    said = python("-m", "hiproutine", "today", "five-minute")
    assert said.lines[0].startswith("Five-minute hips: 7:00 min")
    assert python("-m", "hiproutine", "show", "nothing").code == 1


def test_a_copy_without_its_catalogue_says_so(tmp_path: Path) -> None:
    shutil.copytree(Path(str(commands.__file__)).parents[2], tmp_path / "hiproutine")
    for words in (["list"], ["today"], ["check"], ["list", "--json"]):
        said = python(
            "-P",
            "-c",
            f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import hiproutine.__main__ as main;"
            f"sys.argv[1:] = {words!r}; main.main()",
        )
        assert (said.code, said.out) == (1, "")
        assert said.err.startswith("hiproutine: the catalogue is missing from this installation ")


def test_doctor_says_where_everything_is_and_makes_nothing(run: Run, home: Path) -> None:
    places = [line.split("  ")[-1].strip() for line in run("doctor", "--paths").lines]
    assert [each.replace(str(home), "~") for each in places[:4]] == [
        "~/.config/hiproutine/settings.yaml",
        "~/.config/hiproutine/catalogue",
        "~/.local/share/hiproutine/history",
        "~/.local/share/hiproutine/backups",
    ]
    assert places[-1] == sys.executable
    assert list(home.iterdir()) == []


def test_help_and_version_leave_nothing_behind(home: Path) -> None:
    for word in ("--help", "--version"):
        assert python("-m", "hiproutine", word).lines
    assert list(home.rglob("*")) == []


@pytest.mark.parametrize("columns", ["60", "100", "0", "wide"])
def test_help_is_as_wide_as_the_terminal(run: Run, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    wide = shutil.get_terminal_size().columns
    widest = max(map(len, run("list", "--help").lines))
    assert widest <= wide - 2
    assert widest > 0.7 * wide


def test_a_command_imports_no_more_than_it_needs(run: Run, warm: Path) -> None:
    run("list")  # fills the cache
    heavy: tuple[str, ...] = (
        "textual",
        "rich",
        "importlib.metadata",
        "yaml",
        "asyncio",
        "subprocess",
        "hiproutine.tui",
    )
    heavy += ("platformdirs", "tempfile") if sys.platform == "linux" else ()
    code = (
        "import sys; from hiproutine.cli.main import main\n"
        "for words in ('streak', 'streak --json', 'list', 'list --json', 'today', 'rehearse couch-stretch',"
        " 'show frog-rock', 'video --print frog-rock'):\n"
        f" main(words.split()); print(words, *set({heavy}) & set(sys.modules), sep=',', file=sys.stderr)"
    )
    said = python("-c", code, env={"XDG_CACHE_HOME": str(warm)})
    assert said.code == 0
    assert [line for line in said.err.splitlines() if "," in line] == []
    assert len(said.err.splitlines()) == 8


@pytest.mark.parametrize(
    ("command", "unused"),
    [("list", {"json", "hiproutine.history.records"}), ("streak", {"json", "hiproutine.history.journal"})],
)
def test_a_start_imports_nothing_of_the_history_that_it_does_not_read(
    warm: Path, command: str, unused: set[str]
) -> None:
    code = (
        f"import sys; from hiproutine.cli.main import main; main(['{command}']); print(*sys.modules, file=sys.stderr)"
    )
    for _ in range(2):  # the first may have to read the catalogue
        said = python("-c", code, env={"XDG_CACHE_HOME": str(warm)})
        assert said.code == 0
    assert not unused & {*said.err.split()}


def test_a_command_is_a_module_of_its_name_and_imports_no_other(run: Run, warm: Path) -> None:
    folder = Path(str(commands.__file__)).parent
    modules = {name.replace("-", "_") + ("_" if name in ("break", "import") else "") for name in COMMANDS}
    assert {path.stem for path in folder.glob("*.py")} == modules | {"__init__"}
    look = "[name.rpartition('.')[2] for name in sys.modules if name.startswith('hiproutine.cli.commands.')]"
    for words in ("list --help", "streak", "self-check --json", "import --help"):
        code = (
            "import atexit, sys; from hiproutine.cli.main import main; "
            f"atexit.register(lambda: print(*{look}, file=sys.stderr)); main({words.split()})"
        )
        imported = python("-c", code, env={"XDG_CACHE_HOME": str(warm)}).err.split()
        name = words.split()[0]
        assert imported == [name.replace("-", "_") + ("_" if name == "import" else "")]


def test_today_imports_nothing_of_other_screens() -> None:
    heavy = {"importlib.metadata", "email", "zipfile", "yaml"}
    code = "import sys, hiproutine.tui.app; print(*sys.modules)"
    said = python("-c", code)
    named = said.out.split()
    assert not heavy & set(named)
    screens = {name for name in named if name.startswith(("hiproutine.tui.screens.", "hiproutine.tui.dialogs."))}
    assert screens == {f"hiproutine.tui.screens.{name}" for name in ("pain", "today", "today_layout", "today_parts")}


def test_show_evidence_gives_every_source_with_its_grade(run: Run, catalogue: Catalogue) -> None:
    for name in ("couch-stretch", "four-everyday", "edu-red-flags"):
        shown = " ".join(" ".join(run("show", name, "--evidence").lines).split())
        routine = catalogue.routines.get(name)
        names = [step.exercise for step in routine.steps] if routine else [name]
        tags = [catalogue.cards[each].evidence for each in names if each in catalogue.cards]
        tags += [catalogue.exercises[each].evidence for each in names if each in catalogue.exercises]
        for source in (catalogue.sources[tag] for each in tags for tag in each):
            assert f"{source.id}: {source.title} - {source.grade}; " in shown
            assert source.says in shown
        assert "Set up" not in shown
    assert "Nothing beyond the note." in run("show", "FaQiDy9ci04", "--evidence").out


@pytest.mark.parametrize(
    "words",
    [["--plain"], ["--plain", "start"], ["--guest", "--plain"], ["--plain", "five-minute"], ["--plain", "--anyway"]],
)
def test_plain_alone_is_that_of_start(monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    asked: list[Namespace] = []

    def start(args: Namespace, _: Context) -> int:
        asked.append(args)
        return 0

    monkeypatch.setattr(sessions, "start", start)
    assert main(words) == 0
    (args,) = asked
    assert args.plain
    assert args.plan == [word for word in words if word == "five-minute"]
    assert args.anyway == ("--anyway" in words)
