"""Catalogue files become a catalogue or problems with their place; the cache only ever answers with the same."""

import errno
import os
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiproutine.catalogue import cache, overlay
from hiproutine.catalogue.model import Catalogue, Link, Step
from hiproutine.catalogue.prescription import Cars, ContractRelax, Hold, PailsRails, Reps, TimedFlow
from hiproutine.paths import shipped
from hiproutine.yaml.nodes import MOST_HINTS, FileProblems

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
    return overlay.read([folder / "f.yaml"], known)


def problems(folder: Path, content: str) -> list[str]:
    """Every problem of a file with that content, as `line:column: sentence`."""
    with pytest.raises(FileProblems) as caught:
        read(folder, content)
    return [str(problem).removeprefix(f"{folder / 'f.yaml'}:") for problem in caught.value.problems]


def edited(old: str, new: str) -> tuple[str, list[str]]:
    """GOOD with `old` replaced, and the `line:column` of every ^ in `new`, which marks a place and is omitted."""
    assert GOOD.count(old) == 1, old
    before, *parts = GOOD.replace(old, new).split("^")
    places = []
    for part in parts:
        places.append(f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}")
        before += part
    return before, places


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


def whole(lowest: int, highest: int, found: str) -> str:
    return f'a whole number from {lowest} to {highest} is expected here, not "{found}"'


ID = "an id is expected here: small letters, digits and hyphens, at most 64"
VIDEO_ID = "a video id is expected here: the 11 characters of YouTube, in quotes, or an id"
BEAT = "a beat of the tempo is [what to do, seconds]"
MAPPING = "a mapping (key: value) is expected here"
PLAIN = "is not a plain https address (no spaces, quotes, brackets, logins, ports or bare numbers as host)"


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        # fields
        ("cards:", "^crads:", ['"crads" is not a field here (did you mean "cards"?)']),
        (
            "id: frog\n    name:",
            "^id: frog\n    ^nam:",
            ['"name" is missing', '"nam" is not a field here (did you mean "name"?)'],
        ),
        ("id: frog\n", "id: frog\n    ^pond: big\n", ['"pond" is not a field here']),
        ("{exercise: frog}", "^[frog]", [MAPPING]),
        ("{points: [Rest.]}", "^{heading: Then}", ['"points" is missing']),
        ("setup: [Lie down.]", "setup: ^[]", ["1 to 1000 entries are expected here, not 0"]),
        (
            "muscles: [adductors]\n    equipment: []",
            "muscles: ^adductors\n    equipment: ^none",
            ["a list is expected here"] * 2,
        ),
        # references
        ("harder: [frog]", "harder: [^forg]", ['there is no exercise "forg" (did you mean "frog"?)']),
        ("easier: [butterfly]", "easier: [butterfly, ^zzz]", ['there is no exercise "zzz"']),
        ("{exercise: frog}", "{exercise: ^froggy}", ['there is no exercise "froggy" (did you mean "frog"?)']),
        ("evidence: []", "evidence: [^E11]", ['there is no source "E11" (did you mean "E1"?)']),
        (
            '"9zvEWGKt3xw": likely',
            '^"9zvEWGKt3xv": likely',
            ['there is no video "9zvEWGKt3xv" (did you mean "9zvEWGKt3xw"?)'],
        ),
        ("easier: [butterfly]", "easier: [^../etc]", [ID]),
        # levels
        ("level: 2", "level: ^4", [whole(1, 3, "4")]),
        ("harder: [frog]", "easier: ^[frog]", ['"frog" has level 2, not easier than 1']),
        ("easier: [butterfly]", "harder: ^[butterfly]", ['"butterfly" has level 1, not harder than 2']),
        ("easier: [butterfly]", "easier: ^[frog]", ['"frog" is easier than itself, by way of its variants']),
        # prescriptions
        (
            "kind: hold",
            "kind: ^holt",
            ['"holt" is not one of hold, reps, contract_relax, pails_rails, cars, timed_flow (did you mean "hold"?)'],
        ),
        (
            "{kind: hold, sets: 2, hold_s: 30, rest_s: 10}",
            "^{kind: hold, sets: 2, rest_s: 10}",
            ['"hold_s" is missing'],
        ),
        ("hold_s: 30", "hold_s: ^0", [whole(1, 3600, "0")]),
        ("hold_s: 30", "hold_s: ^1:30", [whole(1, 3600, "1:30")]),
        ("hold_s: 30", "hold_s: 30, ^reps: 2", ['"reps" is not a field here']),
        ("[20, 50]", "^[50, 20]", ["an effort is [start, ceiling] in per cent, the smaller first"]),
        ("[20, 50]", "^[20]", ["2 entries are expected here, not 1"]),
        ("[20, 50]", "[20, ^101]", [whole(0, 100, "101")]),
        ("[20, 50]", "^50", ["a list is expected here"]),
        ("[rock back, 3]", "[3, ^rock back]", [whole(1, 3600, "rock back")]),
        ("[rock back, 3]", "^[rock back]", [BEAT]),
        ("[rock back, 3]", "^3-1-2", [BEAT]),
        ("[[rock back, 3], [come up, 2]]", "^[]", ["1 to 12 entries are expected here, not 0"]),
        # steps
        ("set: {sets: 1}", "set: {^hold: 1}", ['"hold" is not a field here (did you mean "hold_s"?)']),
        ("set: {sets: 1}", "set: {^effort_pct: [1, 2]}", ['"effort_pct" is not a field here']),
        ("set: {sets: 1}", "set: {^kind: reps}", ['"kind" is not a field here']),
        ("set: {sets: 1}", "set: {sets: ^0}", [whole(1, 100, "0")]),
        ("set: {sets: 1}", "set: ^[1]", [MAPPING]),
        ("set: {sets: 1}", "^sets: 1", ['"sets" is not a field here (did you mean "set"?)']),
        # videos
        ('"9zvEWGKt3xw": likely', '^"9zvEWGKt3x": likely', [VIDEO_ID]),
        ('"https://youtu.be/', '^"http://youtu.be/', ["the address does not begin with https://"]),
        ('"https://youtu.be/', '^"javascript:', ["the address does not begin with https://"]),
        ('"https://youtu.be/', '^"https://me@youtu.be/', [f"the address {PLAIN}"]),
        (
            '{id: "9zvEWGKt3xw", section: Stretches, caption: Slow',
            '^{id: "9zvEWGKt3xw", section: Stretches',
            ['"caption" is missing'],
        ),
        (": thematic", ": ^certain", ['"certain" is not one of established, likely, thematic']),
        # words
        ("[mat, wall or chair]", "[mat, ^wall or char]", ['"char" is not one of mat, cushion, ']),
        ("[mat, wall or chair]", "[mat, ^wall or]", ['"wall or" is not one of mat, cushion, ']),
        ("position: supine", "position: ^suppine", ['"suppine" is not one of standing, ']),
        (
            "category: stretch",
            "category: ^education",
            ['"education" is not one of stretch, mobility, strength, release'],
        ),
    ],
)
def test_a_fault_is_told_once_with_its_place(tmp_path: Path, old: str, new: str, sentences: list[str]) -> None:
    content, places = edited(old, new)
    found = problems(tmp_path, content)
    expected = [f"{place}: {sentence}" for place, sentence in zip(places, sentences, strict=True)]
    assert [each[: len(start)] for each, start in zip(found, expected, strict=True)] == expected


def test_a_step_changes_only_what_it_names_even_to_nothing(tmp_path: Path) -> None:
    content, _ = edited("set: {sets: 1}", "set: {rest_s: 0}")
    assert read(tmp_path, content).routines["both"].steps[0].prescription == Hold(2, 30, 0)


def test_an_id_is_taken_across_the_sections_too(tmp_path: Path) -> None:
    again = "\n  - {id: frog, name: Frog, why: Rest., steps: [{exercise: frog}]}\n"
    content = GOOD.replace("routines:\n", f"routines:{again}", 1)
    assert any('the id "frog" is taken (by one of the exercises)' in found for found in problems(tmp_path, content))


def test_an_id_taken_twice_names_the_first_place(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    again = "cards:\n  - id: read-me\n    name: Again\n    parts: [{points: [Rest.]}]\n"
    (tmp_path / "b.yaml").write_text(again, encoding="utf-8")
    with pytest.raises(FileProblems) as caught:
        overlay.read([tmp_path / "a.yaml", tmp_path / "b.yaml"])
    first = GOOD[: GOOD.index("- id: read-me")].count("\n") + 1
    (found,) = map(str, caught.value.problems)
    assert found == f'{tmp_path / "b.yaml"}:2:9: the id "read-me" is taken ({tmp_path / "a.yaml"}:{first})'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("grade: trial, ", ""),  # a source that three entries cite
        ("caption: Slow, ", "caption: [], "),  # a video that an exercise goes with
        ("sets: 2", "sets: two"),  # an exercise that a step changes
        ("name: Frog rock", "name: []"),  # an exercise that another one and a step name
    ],
)
def test_a_faulty_entry_makes_no_noise_where_it_is_referred_to(tmp_path: Path, old: str, new: str) -> None:
    assert len(problems(tmp_path, edited(old, new)[0])) == 1


def test_files_may_come_in_any_order(tmp_path: Path) -> None:
    head, routines = GOOD.split("routines:")
    (tmp_path / "a.yaml").write_text(f"routines:{routines}", encoding="utf-8")
    (tmp_path / "b.yaml").write_text(head, encoding="utf-8")
    found = [overlay.read(paths) for paths in ([tmp_path / "a.yaml", tmp_path / "b.yaml"], cache.files(tmp_path)[::-1])]
    assert found[0] == found[1] == read(tmp_path, GOOD)


# ---- laid over what is known ----

OWN = """exercises:
  - id: lizard
    name: Lizard
    category: stretch
    level: 3
    position: prone
    sides: both
    areas: [inner-thigh]
    muscles: [adductors]
    equipment: []
    prescription: {kind: hold, sets: 1, hold_s: 20, rest_s: 0}
    evidence: [E1]
    setup: [Lie down.]
    cues: [Breathe]
    easier: [frog]
    videos: {"-2vO8QfdLFg": thematic}
routines:
  - {id: both, name: Mine, why: So., steps: [{exercise: lizard}, {exercise: butterfly, set: {hold_s: 9}}]}
"""


def test_a_file_of_ones_own_refers_to_what_is_known_and_replaces_it(tmp_path: Path) -> None:
    known = read(tmp_path, GOOD)
    found = read(tmp_path, OWN, known)
    assert list(found.exercises) == ["butterfly", "frog", "lizard"]
    assert found.routines["both"].name == "Mine"
    assert found.routines["both"].steps[1] == Step("butterfly", Hold(2, 9, 10))
    assert (found.sources, found.videos, found.cards) == (known.sources, known.videos, known.cards)
    assert (list(known.exercises), known.routines["both"].name) == (["butterfly", "frog"], "Both of them")


def test_a_file_of_ones_own_is_held_against_what_is_known(tmp_path: Path) -> None:
    known = read(tmp_path, GOOD)
    with pytest.raises(FileProblems) as caught:
        read(tmp_path, OWN.replace("[frog]", "[frogs]").replace("level: 3", "level: 1"), known)
    (found,) = map(str, caught.value.problems)
    assert found.endswith('15:14: there is no exercise "frogs" (did you mean "frog"?)')
    with pytest.raises(FileProblems, match='"frog" has level 2, not easier than 1'):
        read(tmp_path, OWN.replace("level: 3", "level: 1"), known)


# ---- the cache ----


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "catalogue"
    folder.mkdir()
    (folder / "f.yaml").write_text(GOOD, encoding="utf-8")
    return folder


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "hiproutine" / "catalogue"


class Reads(list[object]):
    """How often catalogue files were read instead of the cache."""


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    reads, read_files = Reads(), overlay.read

    def counted(*args: Any) -> Catalogue:
        reads.append(args)
        return read_files(*args)

    monkeypatch.setattr(overlay, "read", counted)
    return reads


def test_the_cache_answers_with_what_reading_answers(tmp_path: Path, reads: Reads) -> None:
    found = [cache.load(shipped(), tmp_path / "c").catalogue for _ in range(3)]
    assert len(reads) == 1
    assert found[0] == found[1] == found[2]
    kinds = {type(each.prescription) for each in found[2].exercises.values()}
    assert kinds == {Hold, Reps, ContractRelax, PailsRails, Cars, TimedFlow}
    for cold, warm in zip(found[0], found[2], strict=True):
        assert list(cold) == list(warm)
        assert repr(list(cold.values())) == repr(list(warm.values()))  # types too: tuples alone would be equal


def test_without_a_cache_nothing_is_written(folder: Path, tmp_path: Path, reads: Reads) -> None:
    before = sorted(tmp_path.rglob("*"))
    assert cache.load(folder, None) == cache.load(folder, None)
    assert len(reads) == 2
    assert sorted(tmp_path.rglob("*")) == before


def test_a_faulty_catalogue_is_told_each_time_and_never_cached(folder: Path, kept: Path) -> None:
    (folder / "f.yaml").write_text("cards: 1\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(FileProblems):
            cache.load(folder, kept)
    assert not kept.exists()


def touch(path: Path) -> None:
    """A later time for a file, as an edit leaves it."""
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))


def test_an_edit_of_the_same_length_is_seen(folder: Path, kept: Path) -> None:
    cache.load(folder, kept)
    (folder / "f.yaml").write_text(GOOD.replace("Frog rock", "Toad rock"), encoding="utf-8")
    touch(folder / "f.yaml")
    assert cache.load(folder, kept).catalogue.exercises["frog"].name == "Toad rock"


def test_an_edit_that_keeps_the_time_is_seen_by_its_length(folder: Path, kept: Path) -> None:
    cache.load(folder, kept)
    stat = (folder / "f.yaml").stat()
    (folder / "f.yaml").write_text(GOOD.replace("Frog rock", "Crocodile rock"), encoding="utf-8")
    os.utime(folder / "f.yaml", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert cache.load(folder, kept).catalogue.exercises["frog"].name == "Crocodile rock"


def test_a_file_that_comes_goes_or_is_renamed_is_seen(folder: Path, kept: Path) -> None:
    cache.load(folder, kept)
    (folder / "g.yaml").write_text("cards: [{id: new, name: New, parts: [{points: [Rest.]}]}]\n", encoding="utf-8")
    assert list(cache.load(folder, kept).catalogue.cards) == ["read-me", "new"]
    (folder / "g.yaml").rename(folder / "e.yaml")
    assert list(cache.load(folder, kept).catalogue.cards) == ["new", "read-me"]
    (folder / "e.yaml").unlink()
    assert list(cache.load(folder, kept).catalogue.cards) == ["read-me"]


def test_another_catalogue_of_the_same_size_and_time_is_not_taken_for_this_one(
    folder: Path, kept: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "f.yaml").write_text(GOOD.replace("Frog rock", "Toad rock"), encoding="utf-8")
    stat = (folder / "f.yaml").stat()
    os.utime(other / "f.yaml", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert cache.load(folder, kept).catalogue.exercises["frog"].name == "Frog rock"
    assert cache.load(other, kept).catalogue.exercises["frog"].name == "Toad rock"


def test_other_code_does_not_trust_the_cache(
    folder: Path, kept: Path, tmp_path: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "reading.py").write_text("", encoding="utf-8")
    monkeypatch.setattr(cache, "_CODE", (*cache._CODE, tmp_path / "reading.py"))
    for _ in range(2):
        cache.load(folder, kept)
    touch(tmp_path / "reading.py")
    cache.load(folder, kept)
    monkeypatch.setattr(sys.implementation, "cache_tag", "cpython-399")
    cache.load(folder, kept)
    assert len(reads) == 3


def test_all_code_that_reads_and_grades_is_in_the_key_of_the_cache(folder: Path) -> None:
    package = Path(cache.__file__).parent
    code = {str(path) for place in (package, package.parent / "yaml") for path in place.rglob("*.py")}
    assert code <= {name for name, *_ in cache._key(folder, None)[1:]}


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "emptied": lambda data: b"",
    "cut in the checksum": lambda data: data[:3],
    "cut after the checksum": lambda data: data[:4],
    "cut in half": lambda data: data[: len(data) // 2],
    "cut by one": lambda data: data[:-1],
    "longer by one": lambda data: data + b"\0",
    "four zeros": lambda data: bytes(4),
    "all zeros": lambda data: bytes(len(data)),
    "other bytes": lambda data: b"not a cache at all",
    "a bit of the checksum": lambda data: bytes([data[0] ^ 1]) + data[1:],
    "a bit of the content": lambda data: data[:99] + bytes([data[99] ^ 0x80]) + data[100:],
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_cache_is_ignored_and_made_again(
    folder: Path, kept: Path, reads: Reads, damage: Callable[[bytes], bytes]
) -> None:
    good = cache.load(folder, kept)
    kept.write_bytes(damage(kept.read_bytes()))
    assert cache.load(folder, kept) == good
    assert len(reads) == 2
    assert cache.load(folder, kept) == good
    assert len(reads) == 2


@pytest.mark.parametrize("place", ["a file where the folder should be", "a folder where the file should be"])
def test_a_cache_that_cannot_be_written_is_done_without(folder: Path, tmp_path: Path, reads: Reads, place: str) -> None:
    kept = tmp_path / "taken" / "catalogue"
    if place.startswith("a file"):
        kept.parent.write_bytes(b"")
    else:
        kept.mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    assert cache.load(folder, kept) == cache.load(folder, kept)
    assert len(reads) == 2
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("refused", "number"),
    [
        (["os.mkdir"], errno.EACCES),
        (["hiproutine.files.open"], errno.ENOSPC),
        (["os.replace"], errno.EACCES),
    ],
)
def test_a_disk_that_refuses_is_done_without(
    folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, refused: list[str], number: int
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as disk:
        for name in refused:
            disk.setattr(name, refuse, raising=False)
        assert cache.load(folder, kept).catalogue.exercises
    assert list(kept.parent.glob("*")) == []


def test_a_disk_that_is_only_read_is_done_without(folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = os.open

    def only_read(path: str, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_CREAT:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return really(path, flags, mode)

    def refuse(path: str) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), path)  # not even for a missing file it is another error

    kept.parent.mkdir(parents=True)
    with monkeypatch.context() as disk:
        disk.setattr("os.open", only_read)
        disk.setattr("os.unlink", refuse)
        assert cache.load(folder, kept).catalogue.exercises
    assert list(kept.parent.glob("*")) == []


def test_a_warm_cache_spares_the_import_of_yaml(kept: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from hiproutine import paths; from hiproutine.catalogue import cache;"
        f"cache.load(paths.shipped(), Path({str(kept)!r}));"
        "print(sorted({'yaml', 'hiproutine.yaml.nodes', 'hiproutine.catalogue.reader'} & set(sys.modules)))"
    )
    cold, warm = (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    )
    assert "yaml" in cold
    assert warm == "[]\n"


# ---- much of anything ----


def exercises(easier: dict[str, list[str]], level: dict[str, int] | None = None) -> str:
    """A file of exercises with these easier variants."""
    return "exercises:\n" + "".join(
        f"  - {{id: {name}, name: {name}, category: stretch, position: supine, sides: both, areas: [calf], "
        f"level: {(level or {}).get(name, 1)}, prescription: 2x30s, setup: [a], easier: [{', '.join(others)}]}}\n"
        for name, others in easier.items()
    )


def circular(
    path: Path, easier: dict[str, list[str]], known: Catalogue, level: dict[str, int] | None = None
) -> set[str]:
    path.write_text(exercises(easier, level))
    told = (
        re.search(r'"(\w+)" is easier than itself', problem.sentence) for problem in overlay.lay([path], known).problems
    )
    return {found[1] for found in told if found}


@given(st.dictionaries(st.sampled_from("abcdefg"), st.lists(st.sampled_from("abcdefg"), unique=True), min_size=1))
def test_what_is_easier_than_itself_is_found(
    tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue, easier: dict[str, list[str]]
) -> None:
    reached = {name: set(others) for name, others in easier.items()}
    for through, name in product(easier, easier):  # Warshall's closure
        if through in reached[name]:
            reached[name] |= reached[through]
    path = tmp_path_factory.getbasetemp() / "circular.yaml"
    assert circular(path, easier, catalogue) == {name for name in easier if name in reached[name]}


def test_a_circle_through_a_higher_level_is_told_at_the_level_alone(tmp_path: Path, catalogue: Catalogue) -> None:
    easier = {"a": ["b"], "b": ["c"], "c": ["b", "a"]}
    assert circular(tmp_path / "f.yaml", easier, catalogue, {"a": 2}) == {"b", "c"}


def test_long_chains_of_variants_and_extensions_are_followed_without_recursion_and_once(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    last = 1000
    ring = {f"e{number}": [f"e{(number + 1) % last}"] for number in range(last)}
    (tmp_path / "ring.yaml").write_text(exercises(ring))
    laid = overlay.lay([tmp_path / "ring.yaml"], catalogue)
    assert len(laid.problems) == last
    assert "e1" not in laid.catalogue.exercises
    (tmp_path / "chain.yaml").write_text(exercises(ring | {f"e{last - 1}": []}))
    assert overlay.lay([tmp_path / "chain.yaml"], catalogue).problems == ()
    extending = "".join(f"  - {{id: e{number}, extends: e{number + 1}}}\n" for number in range(last))
    (tmp_path / "extends.yaml").write_text(
        f"exercises:\n{extending}{exercises({f'e{last}': []}).partition(chr(10))[2]}"
    )
    laid = overlay.lay([tmp_path / "extends.yaml"], catalogue)
    assert laid.problems == ()
    assert laid.catalogue.exercises["e0"].name == f"e{last}"


def test_the_nearest_id_is_looked_for_a_few_times_in_all_files_together(
    tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def nearest(word: str, _: object) -> str:
        looked.append(word)
        return ""

    monkeypatch.setattr("hiproutine.yaml.nodes.nearest", nearest)
    paths = [tmp_path / "a.yaml", tmp_path / "b.yaml"]
    for path in paths:
        path.write_text(exercises({f"{path.stem}{number}": [f"nothing-{number}"] for number in range(100)}))
    assert len(overlay.lay(paths, catalogue).problems) == 200
    assert len(looked) == MOST_HINTS


def test_files_that_are_read_together_hold_so_many_values_together(
    tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overlay, "MOST_NODES", 70)
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.yaml").write_text(exercises({name: []}))
    told = [
        (Path(each.file).name, each.sentence[:9])
        for each in overlay.lay(sorted(tmp_path.glob("*.yaml")), catalogue).problems
    ]
    assert told == [("c.yaml", "more than")]
