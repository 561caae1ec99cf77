"""Whatever a catalogue file holds, reading it ends in values that are safe to show or in problems with their place."""

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hiproutine.catalogue import overlay
from hiproutine.catalogue.model import Card, Catalogue, Exercise, Phase, Programme, Routine, Source, Step, Video
from hiproutine.catalogue.prescription import KINDS
from hiproutine.text import LONGEST, REPLACEMENT, clean
from hiproutine.yaml.nodes import (
    LARGEST_BYTES,
    MOST_HINTS,
    MOST_NODES,
    MOST_PROBLEMS,
    Fields,
    File,
    FileProblems,
    Reader,
    identifier,
    is_read,
    optional,
    pairs_of,
    parse,
    text,
    tuple_of,
    whole,
    word_of,
)

T = TypeVar("T")

STEERING = ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")


@pytest.fixture(params=["CBaseLoader", "BaseLoader"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """libyaml, and the pure Python that stands in where it is missing."""
    if request.param == "BaseLoader":
        monkeypatch.delattr(yaml, "CBaseLoader", raising=False)
    return str(request.param)


def problems(path: Path, content: str | bytes) -> list[str]:
    """Every problem of a file with that content, as `line:column: sentence`."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    try:
        overlay.read([path])
    except FileProblems as found:
        return [str(problem).removeprefix(f"{path}:") for problem in found.problems]
    return []


def value(written: str, read: Reader[T]) -> tuple[T, list[str]]:
    """What `read` makes of the value in `a: written`, and its problems."""
    file = File("f.yaml")
    top = parse(f"a: {written}\n", file)
    assert top is not None, file.problems
    found = Fields(top, file).take("a", read)
    return found, [str(problem) for problem in file.problems]


# ---- hostile files ----

LAUGHS = "a: &a [ha, ha]\nb: &b [*a, *a]\nc: [*b, *b]\n"
NO_ALIAS = "anchors and aliases (& and *) are not allowed"
DEEP = "nested deeper than 12"


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (LAUGHS, f"1:4: {NO_ALIAS}"),
        ("\n  a: &anchor 1\n", f"2:6: {NO_ALIAS}"),
        ("a: b\nc: *nowhere\n", f"2:4: {NO_ALIAS}"),
        ("<<: *base\n", f"1:5: {NO_ALIAS}"),
        ("<<: {a: b}\n", '1:1: "<<" is not a field here'),
        ("[" * 100_000, f"1:13: {DEEP}"),
        ("a: " + "[" * 30_000 + "]" * 30_000, f"1:15: {DEEP}"),
        ("{a: " * 30_000, f"1:49: {DEEP}"),
        ("- " * 30_000, f"1:25: {DEEP}"),
        ("exercises: []\nexercises: []\n", '2:1: duplicate key "exercises" (first in line 1)'),
        ("cards:\n  - id: a\n    name: b\n    id: c\n", '4:5: duplicate key "id" (first in line 2)'),
        ("cards: [{a: 1, a: 2}]\n", '1:16: duplicate key "a" (first in line 1)'),
        ('"\\x1b]0;": 1\n"\\x1b]0;": 2\n', f'2:1: duplicate key "{REPLACEMENT}]0;" (first in line 1)'),
        ("a: !!python/object/apply:os.system [id]\n", "1:4: tags such as"),
        ("a:\n  !!binary aGk=\n", '2:3: tags such as "tag:yaml.org,2002:binary" are not allowed'),
        ("a: !!set {b}\n", '1:4: tags such as "tag:yaml.org,2002:set" are not allowed'),
        ("a: !%1b%07 b\n", f'1:4: tags such as "!{REPLACEMENT * 2}" are not allowed'),
        ("! a: b\n", '1:1: tags such as "!" are not allowed'),
        ("a: b\n--- \nc: d\n", "2:1: a file holds one document, and this is a second one"),
        ("[a]: b\n", "1:1: a key must be a word"),
        ("a:\n  {b: c}: d\n", "2:3: a key must be a word"),
        ("~: b\n", '1:1: "~" is not a field here'),
        ("#" * (LARGEST_BYTES + 1), "1:1: is larger than 8 MiB"),
        ("a: b\n\tc: d\n", "2:1: not YAML: "),
        ("a: b: c\n", "1:5: not YAML: mapping values are not allowed"),
        ("a: @b\n", "1:4: not YAML: found character"),
        ("", "1:1: a mapping (key: value) is expected here"),
        ("# nothing but a comment\n", "1:1: a mapping (key: value) is expected here"),
        ("- a\n", "1:1: a mapping (key: value) is expected here"),
        ("word\n", "1:1: a mapping (key: value) is expected here"),
        ("cards:\n", "1:7: a list is expected here"),
        ("cards:\n  a: b\n", "2:3: a list is expected here"),
    ],
    ids=lambda part: repr(part[:24]),
)
def test_a_hostile_file_is_refused_at_its_place(tmp_path: Path, content: str | bytes, problem: str) -> None:
    (found,) = problems(tmp_path / "f.yaml", content)
    assert found.startswith(problem)
    assert found.isprintable()


NOT_UTF_8 = "is not UTF-8 text"
NOT_YAML = "holds a character that YAML does not allow"


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("content", "line", "sentence"),
    [
        (b"\xff", 1, NOT_UTF_8),
        (b"cards: []\n# \xff\n", 2, NOT_UTF_8),
        (b"\xef\xbb\xbfcards: []\n\xff", 2, NOT_UTF_8),
        ("cards: []\n".encode("utf-16"), 1, NOT_UTF_8),
        (b"# h\xe9l\xe9\n", 1, NOT_UTF_8),
        (b"\0", 1, NOT_YAML),
        (b"cards: []\n# \x1b]0;owned\a\n", 2, NOT_YAML),
        (b"# caf\xc3\xa9\n" * 9 + b"a: \0\nb: c\nd: e\nf: g\n", 10, NOT_YAML),
        (b"\n\na: \xc2\x9b2J\n\n", 3, NOT_YAML),
    ],
    ids=repr,
)
def test_a_byte_that_belongs_in_no_text_is_refused_with_its_line(
    tmp_path: Path, content: bytes, line: int, sentence: str
) -> None:
    (found,) = problems(tmp_path / "f.yaml", content)
    assert (int(found.split(":")[0]), found.split(": ", 1)[1]) == (line, sentence)


def test_a_byte_order_mark_is_no_problem(tmp_path: Path) -> None:
    assert problems(tmp_path / "f.yaml", b"\xef\xbb\xbfcards: []\n") == []


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    assert problems(tmp_path / "f.yaml", b"cards: []\n".ljust(LARGEST_BYTES, b"\n")) == []


@pytest.mark.parametrize(("name", "reason"), [("gone.yaml", "No such file"), (".", "Is a directory")])
def test_what_is_no_file_is_a_problem_and_no_crash(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(FileProblems) as caught:
        overlay.read([tmp_path / name])
    (found,) = caught.value.problems
    assert str(found).startswith(f"{tmp_path / name}:1:1: cannot be read: {reason}")


# ---- scalars ----


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("7", 7),
        ("0", 0),
        ("-3", -3),
        ("010", 10),
        ("10001", None),
        ("-4", None),
        ("yes", None),
        ("no", None),
        ("on", None),
        ("NO", None),
        ("true", None),
        ("1:30", None),
        ("0:45", None),
        ("1_000", None),
        ("1e3", None),
        ("0x10", None),
        ("0o7", None),
        ("+5", None),
        ("7.0", None),
        (".nan", None),
        (".inf", None),
        ("2024-13-45", None),
        ("9" * 5000, None),
        ("0x" + "f" * 5000, None),
        ("\N{ARABIC-INDIC DIGIT SEVEN}", None),
    ],
)
def test_a_plain_word_stays_text_and_only_plain_digits_are_a_number(written: str, number: int | None) -> None:
    assert value(written, text) == (written[:LONGEST], [])
    refusal = f'f.yaml:1:4: a whole number from -3 to 10000 is expected here, not "{written[:LONGEST]}"'
    assert value(written, whole(-3, 10_000)) == (number, [refusal] if number is None else [])


@pytest.mark.parametrize("written", ['"7"', "'7'", "[7]", "{b: 7}", "~", ""])
def test_what_is_quoted_nested_or_empty_is_no_number(written: str) -> None:
    found, complaints = value(written, whole(0, 9))
    assert not is_read(found)
    assert len(complaints) == 1


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r'"\x1b]0;owned\a"', f"{REPLACEMENT}]0;owned{REPLACEMENT}"),
        (r'"\x9b2Jgone"', f"{REPLACEMENT}2Jgone"),
        (r'"a\0b"', f"a{REPLACEMENT}b"),
        ("a\u202eb", f"a{REPLACEMENT}b"),
        (r'"a\u202eb"', f"a{REPLACEMENT}b"),
        ("hip\u200broutine", f"hip{REPLACEMENT}routine"),
        (r'"tag\U000E0041"', f"tag{REPLACEMENT}"),
        ('"  two\n\n   lines "', "two lines"),
        ("|\n  two\n  lines\n", "two lines"),
        ("[link='file:///etc/passwd']", None),
        ("'[b]markup stays text[/b]'", "[b]markup stays text[/b]"),
    ],
)
def test_words_come_out_as_one_line_that_cannot_steer_a_terminal(written: str, shown: str | None) -> None:
    found, complaints = value(written, text)
    assert found == shown
    assert bool(complaints) == (shown is None)


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("written", ['"\\ud800"', '"\\udc80\\U000E0001"'])
def test_a_lone_surrogate_is_refused_or_replaced(tmp_path: Path, written: str) -> None:
    found = problems(tmp_path / "f.yaml", f"{written}: []\n")
    assert len(found) == 1
    assert found[0].isprintable()


@pytest.mark.parametrize("written", ["''", '" "', "[]", "{}", ""])
def test_no_words_are_a_problem_where_words_belong(written: str) -> None:
    found, complaints = value(written, text)
    assert not is_read(found)
    assert [complaint.split(": ")[1] for complaint in complaints] == ["words are expected here"]


@pytest.mark.parametrize(
    "written", ["../etc/passwd", "A", "-a", "a_b", "a b", "a" * 65, "con\u0435", "''", "[a]", '"a\\n"']
)
def test_an_id_is_no_path_and_nothing_odd(written: str) -> None:
    found, complaints = value(written, identifier)
    assert not is_read(found)
    assert complaints == ["f.yaml:1:4: an id is expected here: small letters, digits and hyphens, at most 64"]


def test_null_is_nothing_only_where_nothing_may_be() -> None:
    for written in ("null", "~", ""):
        assert value(written, optional(text)) == (None, [])
    assert value('"null"', optional(text)) == ("null", [])
    assert value("null", text)[1] == ["f.yaml:1:4: words are expected here"]


@pytest.mark.parametrize(
    ("written", "read", "complaint"),
    [
        (
            "stretsh",
            word_of({"stretch": "", "hold": ""}),
            '"stretsh" is not one of stretch, hold (did you mean "stretch"?)',
        ),
        ("xyz", word_of({"stretch": "", "hold": ""}), '"xyz" is not one of stretch, hold'),
        ("[hold]", word_of({"hold": ""}), "this is not one of hold"),
        ("b", tuple_of(text), "a list is expected here"),
        ("[b]", tuple_of(text, 2, 3), "2 to 3 entries are expected here, not 1"),
        ("[b, c, d, e]", tuple_of(text, 2, 3), "2 to 3 entries are expected here, not 4"),
        ("[b]", pairs_of(text, text), "a mapping (key: value) is expected here"),
    ],
)
def test_a_value_of_another_shape_is_told_with_a_hint(written: str, read: Reader[Any], complaint: str) -> None:
    found, complaints = value(written, read)
    assert not is_read(found)
    assert complaints == [f"f.yaml:1:4: {complaint}"]


def test_each_faulty_item_of_a_list_is_told() -> None:
    _, complaints = value("[1, x, 3, 44]", tuple_of(whole(0, 9)))
    assert [complaint.split(":")[2] for complaint in complaints] == ["8", "14"]


# ---- several problems ----


def test_all_problems_of_a_file_are_told_at_once_in_its_own_order(tmp_path: Path) -> None:
    content = """\
cards:
  - id: Red_Flags
    nme: Warning signs
    videos: {"-2vO8QfdLFg": surely}
    parts:
      - {points: []}
      - points: a word
"""
    assert problems(tmp_path / "f.yaml", content) == [
        '2:5: "name" is missing',
        "2:9: an id is expected here: small letters, digits and hyphens, at most 64",
        '3:5: "nme" is not a field here (did you mean "name"?)',
        '4:14: there is no video "-2vO8QfdLFg"',
        '4:29: "surely" is not one of established, likely, thematic',
        "6:18: 1 to 1000 entries are expected here, not 0",
        "7:17: a list is expected here",
    ]


def test_the_problems_of_several_files_come_in_the_order_of_the_files(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yaml"):
        (tmp_path / name).write_text("routine: []\n\ncard: []\n", encoding="utf-8")
    with pytest.raises(FileProblems) as caught:
        overlay.read([tmp_path / "b.yaml", tmp_path / "a.yaml"])
    found = [(Path(problem.file).name, problem.line, problem.column) for problem in caught.value.problems]
    assert found == [("b.yaml", 1, 1), ("b.yaml", 3, 1), ("a.yaml", 1, 1), ("a.yaml", 3, 1)]
    assert '(did you mean "routines"?)' in str(caught.value).splitlines()[0]


# ---- fuzz: only problems may leave ----

SAMPLE = {
    "sources": [{"id": "E1", "title": "A", "says": "b", "grade": "c", "read": "report"}],
    "videos": [{"id": "-2vO8QfdLFg", "section": "S", "caption": None, "url": "https://youtu.be/-2vO8QfdLFg"}],
    "exercises": [
        {
            "id": "frog-rock",
            "name": "Frog rock",
            "category": "mobility",
            "level": 2,
            "position": "quadruped",
            "sides": "both",
            "areas": ["inner-thigh"],
            "muscles": ["adductors"],
            "equipment": ["mat", "wall or chair"],
            "prescription": {
                "kind": "reps",
                "sets": 1,
                "reps": 5,
                "tempo": [["go", 2]],
                "rest_s": 5,
                "effort_pct": [1, 2],
            },
            "evidence": ["E1"],
            "setup": ["Kneel."],
            "cues": ["Breathe"],
            "easier": [],
            "videos": {"-2vO8QfdLFg": "thematic"},
        }
    ],
    "routines": [
        {"id": "all", "name": "All", "why": "So.", "steps": [{"exercise": "frog-rock", "set": {"reps": 3}}]},
    ],
    "programmes": [
        {
            "id": "weeks",
            "name": "Weeks",
            "suits": "All.",
            "days_a_week": 3,
            "minutes": 10,
            "phases": [{"name": "A", "weeks": 2, "core": ["frog-rock 1x5", {"do": "frog-rock", "days": 2}]}],
            "instead": {"frog-rock": ["frog-rock"]},
        }
    ],
    "cards": [{"id": "read-me", "name": "Read", "videos": {}, "parts": [{"heading": "H", "points": ["P"]}]}],
}
NAMES = [
    *Catalogue._fields,
    "kind",
    "set",
    "points",
    "exercise",
    "frog-rock",
    "E1",
    "-2vO8QfdLFg",
    "both",
    "wall or or",
]
for made in (Source, Video, Exercise, Routine, Step, Card, Programme, Phase, *KINDS.values()):
    NAMES += made._fields
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from([*NAMES, *KINDS]) | st.text(max_size=9)
)
TREES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=8,
)


def strings(whole_value: Any) -> Iterator[str]:
    if isinstance(whole_value, str):
        yield whole_value
    elif isinstance(whole_value, dict):
        for key, each in whole_value.items():
            yield key
            yield from strings(each)
    elif isinstance(whole_value, tuple):
        for each in whole_value:
            yield from strings(each)


def read_bytes(path: Path, content: bytes) -> None:
    """Anything but FileProblems fails the test; what is read is safe to show."""
    path.write_bytes(content)
    catalogue, told = None, None
    try:
        catalogue = overlay.read([path])
    except FileProblems as found:
        told = found
    assert all(each == clean(each) for each in strings(catalogue))
    if told:
        assert told.problems
        assert all(problem.line > 0 < problem.column for problem in told.problems)
        assert not any(unicodedata.category(char) in STEERING for char in str(told).replace("\n", ""))


def places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every (parent, key) of a tree of lists and mappings."""
    for key in tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ():
        yield tree, key
        yield from places(tree[key])


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz") / "f.yaml"


def test_the_sample_that_the_fuzz_starts_from_is_good(scratch: Path) -> None:
    assert problems(scratch, json.dumps(SAMPLE)) == []


@settings(max_examples=150)
@given(data=st.data())
def test_a_good_file_with_parts_replaced_or_lost_gives_a_catalogue_or_problems(
    scratch: Path, data: st.DataObject
) -> None:
    tree = json.loads(json.dumps(SAMPLE))
    for _ in range(data.draw(st.integers(1, 3))):
        parent, key = data.draw(st.sampled_from(list(places(tree)) or [(tree, "cards")]))
        if data.draw(st.booleans()):
            parent[key] = data.draw(TREES)
        else:
            parent.pop(key, None) if isinstance(parent, dict) else parent.pop(key)
    read_bytes(scratch, json.dumps(tree, ensure_ascii=False).encode("utf-8", "replace"))


@settings(max_examples=150)
@given(content=st.binary() | st.text().map(str.encode) | st.text("ab:-?[]{}&*!|>'\"%@#,\n \t~").map(str.encode))
@example(content=b"%YAML 9.9\n---\n")
@example(content=b"? ? ? a\n")
@example(content=b"a: |9\n b")
def test_noise_gives_problems_and_never_a_crash(scratch: Path, content: bytes) -> None:
    read_bytes(scratch, content)


# ---- clean ----


@pytest.mark.parametrize(
    "kept",
    [
        "Half-kneeling hip flexor stretch",
        "\u05de\u05ea\u05d9\u05d7\u05ea \u05d9\u05e8\u05da",  # Hebrew
        "\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd",  # Hebrew with vowels
        "\u0915\u0942\u0932\u094d\u0939\u0947 \u0915\u093e \u0916\u093f\u0902\u091a\u093e\u0935",  # Hindi
        "\u0e17\u0e35\u0e48\u0e19\u0e31\u0e48\u0e07",  # Thai, two marks on one letter
        "\u0645\u064f\u0645\u062a\u064e\u062f\u0651",  # Arabic
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",  # a family, with joiners
        "\U0001f9d8\U0001f3fd\u200d\u2640\ufe0f",  # a woman in lotus position
        "90\u00b0 \u2013 \u201cquoted\u201d \u00bd \u2192",
    ],
)
def test_clean_keeps_words_of_every_script_and_emoji(kept: str) -> None:
    assert clean(unicodedata.normalize("NFC", kept)) == unicodedata.normalize("NFC", kept)


@pytest.mark.parametrize(
    "refused",
    [
        *"\x00\x07\x08\t\n\r\x1b\x7f\x80\x85\x9b\u2028\u2029",
        *"\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff\ufff9\U000e0001\U000e0041",
        *"\ue000\udc80\U0010fffe\u0378",
    ],
    ids=lambda char: f"U+{ord(char):04X}",
)
def test_clean_replaces_what_steers_hides_or_reorders(refused: str) -> None:
    assert clean(f"a{refused}b") == f"a{REPLACEMENT}b"


def test_clean_composes_thins_out_and_shortens() -> None:
    assert clean("e\u0301") == "\u00e9"
    assert clean("a" + "\u0335" * 99 + "b") == "a\u0335\u0335b"
    assert clean("a" * (LONGEST + 1)) == "a" * LONGEST
    assert len(clean("\ufb2c" * LONGEST)) <= LONGEST


@settings(max_examples=300)
@given(st.text(st.characters() | st.sampled_from("\u0300\u0316\u0338\u05b0\u09be\u09c7\u3099\u302e\u1161\u11a8\u200d")))
def test_clean_twice_is_clean_once(words: str) -> None:
    once = clean(words)
    assert clean(once) == once
    assert not any(unicodedata.category(char) in STEERING for char in once)


# ---- much of anything ----


def test_values_beyond_the_limit_are_not_read(loader: str) -> None:
    file = File("f.yaml")
    assert parse("a: [b, c]\n", file, room=4) is None
    assert str(file.problems[0]).startswith(f"f.yaml:1:8: more than {MOST_NODES:,} values cannot be read; ")
    assert parse("a: [b, c]\n", File("f.yaml"), room=5) is not None


def test_what_comes_first_in_a_file_is_told_though_the_parser_has_seen_more(loader: str) -> None:
    file = File("f.yaml")
    assert parse("a: [&b c, %]\n", file) is None
    assert [str(problem) for problem in file.problems] == ["f.yaml:1:5: anchors and aliases (& and *) are not allowed"]


def test_the_first_problems_of_a_file_are_named_and_the_nearest_word_of_fewer(tmp_path: Path) -> None:
    content = "cards:\n" + "".join(f"  - {{nam{number}: 1}}\n" for number in range(MOST_PROBLEMS))
    found = problems(tmp_path / "f.yaml", content)
    assert len(found) == MOST_PROBLEMS
    assert sum("did you mean" in problem for problem in found) == MOST_HINTS
    assert any(f"there are {MOST_PROBLEMS} problems or more; the rest is omitted" in each for each in found)
