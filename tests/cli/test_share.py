"""A routine goes from one person to another whole; a hostile file changes nothing, and steers no terminal."""

import io
import os
import re
import signal
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hiproutine import links
from hiproutine.catalogue import cache, notation, overlay, user_files, writer
from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import Reps
from hiproutine.paths import find
from hiproutine.text import clean
from tests.catalogue.test_overlay import LIZARD
from tests.conftest import Run
from tests.terminal import Terminal

MINE = f"""\
{LIZARD}    cues: [Breathe]
    level: 2
    easier: [frog-rock]
    prescribed_by: Anna Rey
    notes: Private.
    videos: {{vimeo-1: likely}}
routines:
  - id: evening
    name: "Evening: slow"
    why: So.
    prescribed_by: Anna Rey
    steps: [lizard 2x45s, couch-stretch reps 3x8 @press 2-let go 1]
videos:
  - {{id: vimeo-1, url: "https://vimeo.com/1", section: Mine, caption: null}}
"""


@pytest.fixture
def folder() -> Path:
    return find().config / "catalogue"


def give(folder: Path, content: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mine.yaml").write_text(content, encoding="utf-8")


def added(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*.yaml") if path.name != "mine.yaml"] if folder.exists() else []


# ---- giving ----


def test_everything_shipped_is_written_as_it_was_read(catalogue: Catalogue, tmp_path: Path) -> None:
    entries: list[writer.Entry] = [*catalogue.exercises.values(), *catalogue.routines.values()]
    entries += [*catalogue.videos.values(), *catalogue.programmes.values()]
    (tmp_path / "f.yaml").write_text(writer.text(catalogue, entries), encoding="utf-8")
    nothing = catalogue._replace(exercises={}, routines={}, videos={}, programmes={})
    found = overlay.read([tmp_path / "f.yaml"], nothing)
    assert found.exercises == catalogue.exercises
    assert found.routines == catalogue.routines
    assert found.programmes == catalogue.programmes
    assert {name: each._replace(own=False) for name, each in found.videos.items()} == catalogue.videos


def test_a_word_that_the_grammar_does_not_know_is_written_field_by_field(catalogue: Catalogue, tmp_path: Path) -> None:
    odd = Reps(2, 8, (("lift-off", 2), ("90 degrees", 1)), 30, (10, 20))
    exercise = catalogue.exercises["glute-bridge"]._replace(id="odd", prescription=odd)
    assert notation.write(odd) != "2x8 @2-1 effort 10-20%"
    (tmp_path / "f.yaml").write_text(writer.text(catalogue, [exercise]), encoding="utf-8")
    assert overlay.read([tmp_path / "f.yaml"], catalogue).exercises["odd"] == exercise


def test_a_step_of_another_kind_stays_that_with_the_same_numbers(run: Run, folder: Path) -> None:
    step = "lizard flow 1x20s rest 0s"
    give(folder, f"{LIZARD}routines:\n  - {{id: evening, name: Evening, why: So., steps: [{step}]}}\n")
    shared = run("share", "evening").out
    assert "  - lizard flow 20s\n" in shared
    assert [row["label"] for row in run("rehearse", "evening", "--json").json if row["work"]] == ["keep moving"]


def test_a_routine_goes_from_one_home_to_another(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(folder, MINE)
    assert run("share", "evening", "--output", str(tmp_path / "evening.yaml")).lines[0].startswith("Written: ")
    text = (tmp_path / "evening.yaml").read_text("utf-8")
    assert run("share", "evening").out == text
    assert "Anna" not in text
    assert "Private" not in text
    before, other = run("today", "evening", "--json").json, tmp_path / "other"
    monkeypatch.setenv("HOME", str(other))
    said = run("add", "--yes", str(tmp_path / "evening.yaml")).lines
    assert [line.split()[:3] for line in said[:3]] == [
        ["video", "vimeo-1", "new"],
        ["exercise", "lizard", "new"],
        ["routine", "evening", "new"],
    ]
    assert said[3:5] == ["Its links lead to: vimeo.com", "You have 3 more of its entries already."]
    assert run("today", "evening", "--json").json == before
    assert run("check").lines[-1].endswith("no problems, 2 warnings")
    assert run("add", str(tmp_path / "evening.yaml")).lines == ["You have all of it already."]


def test_a_programme_goes_from_one_home_to_another(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    core = "[lizard 3x20s, {do: glute-bridge 2x8, days: 2}]"
    programme = "suits: Me., days_a_week: 3, minutes: 10, instead: {lizard: [frog-rock]}"
    phase = f"{{name: A, weeks: 2, core: {core}}}"
    give(folder, f"{LIZARD}programmes:\n  - {{id: weeks, name: Weeks, {programme}, phases: [{phase}]}}\n")
    (tmp_path / "weeks.yaml").write_text(run("share", "weeks").out, encoding="utf-8")
    before = run("programme", "--json").json["programmes"][-1]
    assert before["name"] == "Weeks"
    monkeypatch.setenv("HOME", str(tmp_path / "other"))
    said = run("add", "--yes", str(tmp_path / "weeks.yaml")).lines
    assert [line.split()[:3] for line in said[:2]] == [["exercise", "lizard", "new"], ["programme", "weeks", "new"]]
    assert run("programme", "--json").json["programmes"][-1] == before
    assert run("add", str(tmp_path / "weeks.yaml")).lines == ["You have all of it already."]


def test_a_file_that_is_there_is_not_written_over(run: Run, tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text("precious", encoding="utf-8")
    said = run("share", "five-minute", "--output", str(tmp_path / "f.yaml"))
    assert said == (1, "", f"hiproutine: {tmp_path}/f.yaml: exists already; choose another name\n")
    assert (tmp_path / "f.yaml").read_text("utf-8") == "precious"
    assert "did you mean" in run("share", "five-minutes").err


# ---- taking ----


def test_what_it_would_replace_is_said(run: Run, folder: Path, tmp_path: Path) -> None:
    content = run("share", "five-minute").out.replace("Glute bridge", "Bridge")
    (tmp_path / "f.yaml").write_text(content, encoding="utf-8")
    said = run("add", "--yes", str(tmp_path / "f.yaml")).lines
    assert said[0] == "exercise  glute-bridge  replaces the shipped one  Bridge"
    assert run("show", "glute-bridge").lines[0] == "Bridge"
    assert len(added(folder)) == 1


def test_conditions_that_a_replacement_would_not_mind_are_said(run: Run, folder: Path, tmp_path: Path) -> None:
    content = run("share", "four-everyday").out
    kept = re.sub(r"^  (mech|avoid|not_planned|caution):.*\n(  ( |-).*\n)*", "", content, flags=re.MULTILINE)
    (tmp_path / "f.yaml").write_text(kept, encoding="utf-8")
    said = "\n".join(run("add", "--yes", str(tmp_path / "f.yaml")).lines)
    assert "half-kneeling-hip-flexor would no longer be hidden with: " in said
    assert "half-kneeling-hip-flexor would no longer be left unplanned with: " in said
    assert "half-kneeling-hip-flexor would no longer say to be careful with: " in said
    (tmp_path / "g.yaml").write_text(content.replace("name: Lying", "name: My lying"), encoding="utf-8")
    assert "would no longer" not in run("add", str(tmp_path / "g.yaml")).out


def test_what_a_therapist_wrote_on_a_shipped_routine_is_new(run: Run, folder: Path, tmp_path: Path) -> None:
    content = run("share", "five-minute").out
    (tmp_path / "f.yaml").write_text(content, encoding="utf-8")
    assert run("add", str(tmp_path / "f.yaml")).lines == ["You have all of it already."]
    name = "  name: Five-minute hips\n"
    given = content.replace(name, f"{name}  prescribed_by: Anna Rey\n  until: 2027-01-31\n")
    (tmp_path / "f.yaml").write_text(given, encoding="utf-8")
    said = run("add", "--yes", str(tmp_path / "f.yaml")).lines
    assert said[0] == "routine  five-minute  replaces the shipped one  Five-minute hips"
    assert run("today", "five-minute").lines[1] == "Given by Anna Rey, until 2027-01-31."


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has the full disk to test with")
def test_a_disk_that_is_full_leaves_no_half_file(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "f.yaml").write_text(LIZARD, encoding="utf-8")

    def full(draft: int, mode: str) -> Any:
        os.close(draft)
        return Path("/dev/full").open(mode)

    with monkeypatch.context() as disk:
        disk.setattr("hiproutine.files.open", full, raising=False)
        with pytest.raises(OSError, match="No space left"):
            user_files.put(folder, "added", "text")
    assert list(folder.iterdir()) == []


def test_another_entry_of_ones_own_is_never_replaced(run: Run, folder: Path, tmp_path: Path) -> None:
    give(folder, MINE)
    (tmp_path / "f.yaml").write_text(LIZARD.replace("Lizard", "Other"), encoding="utf-8")
    said = run("add", "--yes", str(tmp_path / "f.yaml"))
    assert said.code == 1
    assert f'your own files have another "lizard" ({folder}/mine.yaml:2); rename one of them first' in said.err
    assert added(folder) == []


def test_what_would_break_an_entry_of_ones_own_is_not_added(run: Run, folder: Path, tmp_path: Path) -> None:
    give(folder, LIZARD + "    easier: [supine-butterfly]\n")
    content = LIZARD.replace("id: lizard", "id: supine-butterfly") + "    level: 3\n    easier: []\n"
    (tmp_path / "f.yaml").write_text(content, encoding="utf-8")
    said = run("add", "--yes", str(tmp_path / "f.yaml"))
    assert said.code == 1
    assert '"supine-butterfly" has level 3, not easier than 1' in said.err
    assert added(folder) == []


def test_without_anybody_to_ask_nothing_is_added(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "f.yaml").write_text(LIZARD, encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    said = run("add", str(tmp_path / "f.yaml"))
    assert (said.code, said.err) == (1, "hiproutine: Add it? There is no terminal to answer at; add --yes\n")
    assert added(folder) == []


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("yes", 0), ("n", 1), ("", 1), ("yess", 1)])
def test_at_a_terminal_one_is_asked(home: Path, folder: Path, tmp_path: Path, answer: str, code: int) -> None:
    (tmp_path / "f.yaml").write_text(LIZARD, encoding="utf-8")
    with Terminal(home, "add", str(tmp_path / "f.yaml")) as terminal:
        terminal.wait_for("Add it? [y/N]")
        assert "lizard" in terminal.text()
        terminal.send(f"{answer}\r")
        assert terminal.end() == code
    assert len(added(folder)) == (code == 0)


def test_standard_input_may_be_the_file(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LIZARD.encode())))
    assert run("add", "--yes", "-").code == 0
    assert len(added(folder)) == 1
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"routines: 1\n")))
    assert run("add", "-").err == "standard input:1:11: a list is expected here\n"


# ---- hostile files ----

VIDEO = "videos:\n  - {{id: v, url: {}, section: a, caption: b}}\n"
REFUSED: dict[str, tuple[str | bytes, str]] = {
    "aliases": ("exercises: &a [*a]\n", "anchors and aliases (& and *) are not allowed"),
    "a billion laughs": (
        "a: &a [x]\n" + "".join(f"{n}: &{n} [*{p}, *{p}]\n" for p, n in zip("abcdefgh", "bcdefghi", strict=True)),
        "anchors and aliases",
    ),
    "a merge key": ("exercises: [{<<: {id: a}}]\n", '"<<" is not a field here'),
    "deep nesting": ("[" * 100_000, "nested deeper than 12"),
    "equal keys": ("exercises: []\nexercises: []\n", 'duplicate key "exercises"'),
    "a tag": ("exercises: !!python/object/apply:os.system ['true']\n", "are not allowed"),
    "two documents": (f"{LIZARD}---\n{LIZARD}", "a file holds one document"),
    "megabytes": (b"#" * (2 * 1024 * 1024), "is larger than 1 MiB"),
    "not text": (b"\xff\xfe", "is not UTF-8 text"),
    "a raw escape": ("exercises: [{name: \x1b]0;owned\x07}]\n", "a character that YAML does not allow"),
    "nothing": ("", "a mapping (key: value) is expected here"),
    "an id as a path": (LIZARD.replace("id: lizard", "id: ../../.bashrc"), "an id is expected here"),
    "an absolute path": (LIZARD.replace("id: lizard", "id: /etc/passwd"), "an id is expected here"),
    "an id with an escape": (LIZARD.replace("id: lizard", 'id: "a\\e[2J"'), "an id is expected here"),
    "an endless id": (LIZARD.replace("id: lizard", f"id: {'a' * 65}"), "an id is expected here"),
    "a script as an address": (VIDEO.format("'javascript:alert(1)'"), "does not begin with https://"),
    "a file as an address": (VIDEO.format("'file:///etc/passwd'"), "does not begin with https://"),
    "an address with a login": (VIDEO.format("'https://youtube.com@evil.example/'"), "is not a plain https address"),
    "an address with a port": (VIDEO.format("'https://evil.example:8080/'"), "is not a plain https address"),
    "an address with a bare number": (VIDEO.format("'https://127.0.0.1/'"), "is not a plain https address"),
    "an address with an escape": (VIDEO.format('"https://evil.example/\\e]8;;"'), "is not a plain https address"),
    "hiding": ("hide: [couch-stretch]\n", '"hide" is not a field here'),
    "changing quietly": ("exercises: [{extends: couch-stretch, level: 1}]\n", '"extends" is not a field here'),
    "other warning signs": ("cards: [{id: edu-red-flags, name: a, parts: []}]\n", '"cards" is not a field here'),
    "evidence of its own": ("sources: [{id: E1, title: a, says: It cures.}]\n", '"sources" is not a field here'),
    "an hour of holding": (LIZARD.replace("hold_s: 20", "hold_s: 999999"), "a whole number from 1 to 3600"),
    "a number of 5000 digits": (LIZARD.replace("hold_s: 20", f"hold_s: {'9' * 5000}"), "a whole number from 1 to 3600"),
    "a dose of 5000 digits": (re.sub("{.*}", "9" * 5000, LIZARD), "an amount is expected here"),
    "one fault among good ones": (f"{LIZARD}routines: [{{id: a}}]\n", '"name" is missing'),
}  # fmt: skip


@pytest.mark.parametrize(("content", "told"), REFUSED.values(), ids=REFUSED)
def test_a_hostile_file_is_refused_and_changes_nothing(
    run: Run, home: Path, tmp_path: Path, content: str | bytes, told: str
) -> None:
    file = tmp_path / "hostile.yaml"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    before = sorted(home.rglob("*"))
    said = run("add", "--yes", str(file))
    assert (said.code, said.out) == (1, "")
    assert told in said.err
    assert re.match(rf"{re.escape(str(file))}:\d+:\d+: ", said.err)
    assert harmless(said.err)
    assert sorted(home.rglob("*")) == before


@pytest.mark.parametrize("place", ["/dev/zero", "a pipe", "a folder", "nothing"])
def test_what_is_no_file_is_refused(run: Run, tmp_path: Path, place: str) -> None:
    if place == "a pipe":
        os.mkfifo(tmp_path / place)
    if place == "a folder":
        (tmp_path / place).mkdir()
    said = run("add", "--yes", str(tmp_path / place))
    assert said.code == 1
    assert re.fullmatch(r"hiproutine: .+\n", said.err)


def test_a_host_that_is_not_known_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text(VIDEO.format("'https://www.xn--yutube-wqf.com/watch'"), encoding="utf-8")
    said = run("add", "--yes", str(tmp_path / "f.yaml")).lines
    assert "Its links lead to: www.xn--yutube-wqf.com (not a known video host)" in said
    assert "www.xn--yutube-wqf.com" not in links.KNOWN_HOSTS


# What would steer a terminal, run an action, crash the markup or read other than it is written.
TRICKS = (
    r"\e]0;owned\a \e[2J\e[31m \x9b2J \x00\b\x7f \e]8;;https://evil.example\e\\x \eP1$r\e\\"
    r" \u202Etxt.exe\u202C \u2066a\u2069 \u200B\u200E\uFEFF\U000E0041 Z\u0300\u0301\u0302\u0303\u0304"
    r" [@click=app.quit()]click[/] [/b] [left] [link='file:///etc/passwd']x[/link] [type=x, v={'a[0]'}] [TODO] $panel"
)


def hostile() -> str:
    """A file whose every text is a trick, each beginning with a word to wait for."""

    def trick(word: str) -> str:
        return f'"{word} {TRICKS}"'

    return f"""\
exercises:
  - id: evil
    name: {trick("Evilname")}
    aliases: [{trick("Evilalias")}]
    category: stretch
    position: supine
    sides: per_side
    side_is: {trick("Evilside")}
    areas: [inner-thigh]
    prescription: {{kind: reps, sets: 1, reps: 2, tempo: [[{trick("Evilbeat")}, 9], [b, 3]], rest_s: 0}}
    evidence: [{trick("Eviltag")}]
    setup: [{trick("Evilsetup")}]
    cues: [{trick("Evilcue")}]
    mistakes: [{trick("Evilmistake")}]
    stop_if: [{trick("Evilstop")}]
    videos: {{evil-video: likely}}
    prescribed_by: {trick("Evilgiver")}
    notes: {trick("Evilnote")}
routines:
  - id: evil-routine
    name: {trick("Evilroutine")}
    honest: {trick("Evilhonest")}
    why: {trick("Evilwhy")}
    not_for: {trick("Evilnotfor")}
    steps: [evil]
    goes_with: {{evil-video: likely}}
videos:
  - id: evil-video
    url: "https://evil.example/x"
    section: {trick("Evilsection")}
    caption: {trick("Evilcaption")}
    note: {trick("Evilword")}
    established: [{trick("Evilfact")}]
    likely: [{trick("Evilguess")}]
"""


# Every sequence that the program itself writes: styles, cursor, modes, questions to the terminal, and nothing else.
KNOWN = re.compile(
    r"\x1b\[[0-9;:]*[mHABCDGJK]|\x1b\[[?<>=][0-9;:]*[a-zA-Z]|\x1b\[[0-9;]*[ut]|\x1b\[\??[0-9;]*\$p|\x1b\[6n|\x1b[=>78]"
    r"|\x1b\]22;[a-z-]*\x07|\x1bP\+q[0-9A-Fa-f;]*\x1b\\|\x1b\]1[01];\?\x1b\\"
    r"|\x1b_Gi=[^\x1b]*\x1b\\"
    r"|\x1b\]8;(?:id=[0-9-]*)?;(?:https://(?:www\.youtube\.com|youtu\.be)/[\w?=&/-]*)?\x1b\\"
)


# Shown outside of the terminal's screen; its words are text like any other.
NOTICE = re.compile(r"\x1b\]9;([^\x1b\x07]*)\x1b\\")


def harmless(text: str) -> bool:
    """Whether nothing but known sequences, and text that is what it seems, is in it."""
    rest = KNOWN.sub("", NOTICE.sub(r"\1", text))
    kept = "".join(char for char in rest if char not in "\r\n\t\b\x07\x0f")
    return clean_all(kept) == kept and "\x1b" not in rest


def clean_all(text: str) -> str:
    """`clean` for a text of any length, whose marks may come from several cells."""
    return "".join(char if unicodedata.category(char) in ("Mn", "Me") else clean(char) for char in text)


def test_the_judge_of_what_is_harmless_knows_harm() -> None:
    assert harmless("\x1b[31mred\x1b[0m \x1b[?1049h plain é ─ \r\n")
    for bad in ("\x1b]0;owned\x07", "\x9b2J", "\u202e", "\x1b]8;;https://x\x1b\\", "\x1b[2J\x1b]52;c;\x07", "\u200b"):
        assert not harmless(bad), bad


@pytest.fixture
def owned(run: Run, tmp_path: Path) -> None:
    """A home to which the hostile file was added."""
    (tmp_path / "hostile.yaml").write_text(hostile(), encoding="utf-8")
    said = run("add", "--yes", str(tmp_path / "hostile.yaml"))
    assert said.code == 0, said.err
    assert harmless(said.out)
    assert "evil.example (not a known video host)" in said.out


@pytest.mark.usefixtures("owned")
def test_what_was_cleaned_stays_clean_on_the_disk_and_in_every_command(run: Run, folder: Path) -> None:
    (file,) = added(folder)
    assert harmless(file.read_text("utf-8"))
    shown = "show evil,show evil-routine,show evil-video,list,list --routines,list --videos,list --json,video evil"
    done = "today evil-routine,rehearse evil,rehearse evil-routine --json,check,check --json,share evil-routine,streak"
    for command in f"{shown},{done}".split(","):
        said = run(*command.split())
        assert said.code == 0, command
        assert harmless(said.out + said.err), command


def today(terminal: Terminal) -> None:
    terminal.wait_for("4 stretches")
    terminal.wait_for("Library")
    terminal.send("c")
    terminal.wait_for("Which routine")
    terminal.send("\x1b[F")  # the last of the list
    terminal.wait_for("Evilroutine")
    terminal.wait_for("Evilhonest")
    terminal.send("\r")
    terminal.wait_for("2 slow")


def library(terminal: Terminal) -> None:
    terminal.wait_for("Library")
    terminal.send("l")
    terminal.wait_for("Type to search")
    terminal.send("evil")
    for words in ("Evilname", "Evilroutine", "Evilcaption"):
        terminal.wait_for(words)
    terminal.send("name")
    while "Evilcaption" in terminal.text():
        terminal.read(0.05)
    terminal.send("\r")
    terminal.wait_for("Evilgiver")
    terminal.send("\x1b[F")
    terminal.wait_for("Evilcaption")


def changing(terminal: Terminal) -> None:
    terminal.wait_for("Library")
    terminal.send("l")
    terminal.wait_for("Type to search")
    terminal.send("evilname")
    terminal.wait_for("Found, best first")
    terminal.send("\r")
    terminal.wait_for("e Edit")
    terminal.send("c")
    terminal.wait_for("evil-2")
    terminal.wait_for("Enter copies it")
    terminal.send("\r")
    terminal.wait_for("No editor is set")
    terminal.send("H")
    terminal.wait_for("These routines lose steps")
    terminal.wait_for("Evilroutine")
    terminal.send("y")
    terminal.wait_for("Hidden: Evilname")
    terminal.send("\x1b")
    terminal.wait_for("Stretch  3")
    terminal.press_until("\x1b[A", "Hidden by you  1")


def practice(terminal: Terminal) -> None:
    terminal.wait_for("Evilsetup")
    terminal.send("n")
    terminal.wait_for("Evilname")
    terminal.wait_for("next: Evilbeat")  # during the beat before it
    terminal.send("f")
    terminal.read(1)
    terminal.send("fnnnn")
    terminal.wait_for("Gained this week")


def in_lines(terminal: Terminal) -> None:
    terminal.wait_for("Enter or Space skips")
    terminal.send("\r")
    terminal.wait_for("Evilsetup")
    terminal.send("n")
    terminal.wait_for("Evilbeat")
    terminal.send("nnnnnn")
    terminal.wait_for("Evilname �]0;owned")


@pytest.mark.usefixtures("owned")
@pytest.mark.parametrize(
    ("words", "visit"),
    [
        ([], today),
        ([], library),
        ([], changing),
        (["start", "evil-routine"], practice),
        (["start", "--plain", "evil-routine"], in_lines),
    ],
)
def test_on_every_screen_only_known_sequences_are_written(
    home: Path, words: list[str], visit: Callable[[Terminal], None]
) -> None:
    size = (400, 50) if visit is practice else (80, 20)  # room for the set-up, and for the beat in the status line
    with Terminal(home, *words, size=size) as terminal:
        visit(terminal)
        terminal.signal(signal.SIGTERM)
        terminal.end()  # and so to the end of its last sequence
        assert harmless(terminal.written.decode(errors="replace"))
        # A notice (OSC 9) may name an exercise: its text is judged above like any other.
        assert not re.search(rb"\x1b(?!\]9;)[\]P_^X][^\x1b\x07]*(?:owned|evil|passwd)", terminal.written)


def test_the_cache_holds_nothing_raw_either(catalogue: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "f.yaml").write_text(hostile(), encoding="utf-8")
    for _ in range(2):
        loaded = cache.load(find().catalogue, tmp_path / "c", tmp_path / "own")
        assert not re.search(r"(?<!\\)\\[xuU]", repr(loaded.catalogue.exercises["evil"]))
