"""`new` writes a file that is valid as it stands, asks in plain words at a terminal, and opens the user's editor."""

import sys
from pathlib import Path

import pytest

from hiproutine import links
from hiproutine.catalogue import cache, overlay
from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import Hold, Reps
from hiproutine.catalogue.schema import NAME
from hiproutine.catalogue.search import sections
from hiproutine.catalogue.user_files import free_ids
from hiproutine.paths import find, shipped
from hiproutine.yaml.nodes import is_id
from tests.catalogue.test_lint import refused
from tests.conftest import Run
from tests.terminal import Terminal


def written() -> list[Path]:
    return cache.files(find().config / "catalogue")


def own(catalogue: Catalogue) -> Catalogue:
    return overlay.read(written(), catalogue)


@pytest.mark.parametrize(
    "words", [["exercise"], ["routine"], ["programme"], ["video"], ["exercise", "Toe raise"], ["programme", "Übung: 1"]]
)
def test_a_new_file_is_valid_as_it_stands_and_as_editors_see_it(
    run: Run, catalogue: Catalogue, tmp_path: Path, words: list[str]
) -> None:
    said = run("new", *words).lines
    (file,) = written()
    assert said == [f"Written: {file}"]
    found = own(catalogue)
    assert sum(map(len, sections(found))) == sum(map(len, sections(catalogue))) + 1
    assert run("check").lines[-1].endswith("no problems")
    assert refused(tmp_path, {"mine": file.read_text("utf-8")}) == set()
    assert (file.parent / NAME).read_bytes() == (shipped() / NAME).read_bytes()


def test_every_line_that_is_offered_as_a_comment_may_be_used(run: Run, catalogue: Catalogue) -> None:
    for kind in ("exercise", "routine", "programme", "video"):
        run("new", kind)
    for file in written():
        head, offered = file.read_text("utf-8").split('Remove the "# "')
        file.write_text(head + offered.replace("    # ", "    "), encoding="utf-8")
    found = own(catalogue)
    assert found.exercises["my-exercise"].until == found.routines["my-routine"].until == "2027-01-31"
    assert found.programmes["my-programme"].instead == (("glute-bridge", ("sit-to-stand",)),)
    assert found.exercises["my-exercise"].equipment == (("mat", "cushion"), ("wall",))


def test_a_name_becomes_an_id_that_nothing_has(run: Run, catalogue: Catalogue) -> None:
    for name in ("Frog rock", "Frog rock!", "../../etc/passwd", "Größe", "***", "a" * 90):
        assert run("new", "exercise", name).code == 0
    ids = set(own(catalogue).exercises) - set(catalogue.exercises)
    assert ids == {"frog-rock-2", "frog-rock-3", "etc-passwd", "groe", "mine", "a" * 60}
    assert {file.parent for file in written()} == {find().config / "catalogue"}


@pytest.mark.parametrize(
    ("url", "name", "address"),
    [
        ("https://youtu.be/dQw4w9WgXcQ", "dQw4w9WgXcQ", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://vimeo.com/76979871", "vimeo-com-76979871", "https://vimeo.com/76979871"),
    ],
)  # fmt: skip
def test_a_video_comes_from_its_address(run: Run, catalogue: Catalogue, url: str, name: str, address: str) -> None:
    assert run("new", "video", "Slow and low", "--from", url).code == 0
    video = own(catalogue).videos[name]
    assert (video.url, video.caption, video.checked) == (address, "Slow and low", "2026-11-23")
    assert video.start_s is None
    again = run("new", "video", "--from", url)
    assert again.code == (name == "dQw4w9WgXcQ")


@pytest.mark.parametrize("query", ["watch?v=dQw4w9WgXcQ&t=90", "watch?v=dQw4w9WgXcQ&t=1m30s", "live/dQw4w9WgXcQ?t=90s"])
def test_the_second_of_an_address_becomes_the_start_of_the_video(run: Run, catalogue: Catalogue, query: str) -> None:
    assert run("new", "video", "--from", f"https://www.youtube.com/{query}").code == 0
    video = own(catalogue).videos["dQw4w9WgXcQ"]
    assert (video.url, video.start_s) == ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", 90)
    assert run("video", "--print", "dQw4w9WgXcQ").lines == ["https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=90"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["video", "--from", "http://vimeo.com/1"], "http://vimeo.com/1: the address does not begin with https://"),
        (
            ["video", "--from", "https://youtu.be/SoFxooQZVlQ"],
            "has this video already; `hiproutine show SoF",
        ),
        (["exercise", "--from", "https://vimeo.com/1"], "--from is for a video"),
        (["exercize"], '"exercize" is not one of'),
    ],
)
def test_what_cannot_be_made_is_told_and_nothing_is_written(run: Run, words: list[str], told: str) -> None:
    said = run("new", *words)
    assert said.code in (1, 2)
    assert told in said.err
    assert written() == []


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://www.youtube.com/watch?v=-2vO8QfdLFg", ("-2vO8QfdLFg", 0)),
        ("https://m.youtube.com/watch?list=PL1&v=-2vO8QfdLFg&t=1m30s", ("-2vO8QfdLFg", 90)),
        ("https://youtube.com/shorts/-2vO8QfdLFg?t=5", ("-2vO8QfdLFg", 5)),
        ("https://www.youtube.com/embed/-2vO8QfdLFg?start=219", ("-2vO8QfdLFg", 219)),
        ("https://www.youtube.com/live/-2vO8QfdLFg", ("-2vO8QfdLFg", 0)),
        ("https://youtu.be/-2vO8QfdLFg?t=1h2m3s", ("-2vO8QfdLFg", 3723)),
        ("https://youtu.be/-2vO8QfdLFgx", None),
        ("https://youtube.com.example.org/watch?v=-2vO8QfdLFg", None),
        ("https://www.youtube.com/playlist?list=PL_a-b", None),
        ("https://vimeo.com/76979871#t=1m30s", None),
    ],
)
def test_an_address_of_youtube_tells_its_video_and_second(url: str, found: tuple[str, int] | None) -> None:
    assert links.youtube(url) == found


# ---- at a terminal ----


def editor(folder: Path, code: str) -> str:
    (folder / "an editor.py").write_text(f"import sys, pathlib\nfile = pathlib.Path(sys.argv[1])\n{code}\n", "utf-8")
    return f"{sys.executable} '{folder / 'an editor.py'}'"


def test_the_questions_make_an_exercise_and_the_editor_opens(
    tmp_path: Path, home: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", editor(tmp_path, "print('EDITING', file.name)"))
    with Terminal(home, "new", "exercise", size=(120, 24)) as terminal:
        for question, answer in (
            ("Name [My exercise]", "Toe raise"),
            ("Category: ", "strenght"),
            ('not one of these (did you mean "strength"?)', "strength"),
            ("Position: ", ""),
            ("Sides: ", "both"),
            ("Area: ", "calf"),
            ("Dose", "2 x 10"),
            ("has no meaning here", "0x10"),
            ("a whole number from 1 to 100 is expected here", "2x10 @2-1-3"),
            ("How to get into position", "Stand on a step."),
        ):
            terminal.wait_for(question)
            terminal.send(f"{answer}\r")
        terminal.wait_for("EDITING exercise-toe-raise.yaml")
        assert terminal.end() == 0
    found = own(catalogue).exercises["toe-raise"]
    assert (found.category, found.position, found.sides, found.areas) == ("strength", "standing", "both", ("calf",))
    assert found.prescription == Reps(2, 10, (("move", 2), ("hold", 1), ("return", 3)), 30)


def test_the_steps_of_a_routine_are_asked_one_by_one(home: Path, catalogue: Catalogue) -> None:
    with Terminal(home, "new", "routine", "Evening", size=(120, 24)) as terminal:
        for question, answer in (
            ("Purpose", "To sleep."),
            ("Step 1", "couch-strech 3x20s"),
            ('did you mean "couch-stretch"', "couch-stretch 3x20s"),
            ("Step 2", "couch-stretch 3/dir"),
            ("usually this is 2x30s", ""),
        ):
            terminal.wait_for(question)
            terminal.send(f"{answer}\r")
        terminal.wait_for("No editor is set")
        assert terminal.end() == 0
    (step,) = own(catalogue).routines["evening"].steps
    assert step == ("couch-stretch", Hold(3, 20, 15))


def test_what_the_editor_leaves_behind_is_checked(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", editor(tmp_path, "file.write_text('exercizes: []')"))
    with Terminal(home, "new", "video", "Slow", "--from", "https://vimeo.com/1", size=(200, 24)) as terminal:
        terminal.wait_for("Heading in the library")
        terminal.send("\r")
        terminal.wait_for(':1:1: "exercizes" is not a field here (did you mean "exercises"?)')
        assert terminal.end() == 1


def test_leaving_the_questions_writes_nothing(home: Path) -> None:
    with Terminal(home, "new", "exercise") as terminal:
        terminal.wait_for("Name")
        terminal.send("\x03")
        assert terminal.end() == 130
    assert written() == []


def test_ctrl_d_leaves_the_questions_as_well(home: Path) -> None:
    with Terminal(home, "new", "exercise") as terminal:
        terminal.wait_for("Name")
        terminal.send("\x04")
        terminal.wait_for("you left a question open, so nothing was written")
        assert "Traceback" not in terminal.text()
        assert terminal.end() == 1
    assert written() == []


def test_the_same_name_again_and_again_makes_ids_that_are_free_and_short_enough() -> None:
    free_id = free_ids({"frog", "frog-3"})
    assert [free_id("Frog") for _ in range(3)] == ["frog-2", "frog-4", "frog-5"]
    many = {free_id("x" * 70) for _ in range(2000)}
    assert len(many) == 2000
    assert all(map(is_id, many))
