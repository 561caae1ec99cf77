"""The pager: what is longer than the terminal goes through it, and nothing else does."""

import sys
from pathlib import Path

import pytest

from hiproutine.cli import pager
from hiproutine.cli.parser import COMMANDS
from tests.cli.test_main import Terminal
from tests.conftest import Run


def at_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Make standard output a terminal of 80 by 24."""
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    for name, value in {"COLUMNS": "80", "LINES": "24", "TERM": "xterm-256color"}.items():
        monkeypatch.setenv(name, value)
    return screen


@pytest.fixture
def paged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file with what the pager was given, and its LESS."""
    script, told = tmp_path / "pager", tmp_path / "told"
    script.write_text(f"#!/bin/sh\nexec >{told}\necho $1 $LESS\ncat\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PAGER", f"{script} -x")
    monkeypatch.delenv("LESS", raising=False)
    return told


@pytest.mark.skipif(sys.platform == "win32", reason="the pager of the test is a shell script")
def test_what_is_longer_than_the_terminal_is_paged_in_its_colours(
    run: Run, monkeypatch: pytest.MonkeyPatch, paged: Path
) -> None:
    screen = at_terminal(monkeypatch)
    assert run("list").code == 0
    assert screen.getvalue() == ""
    first, *rest = paged.read_text("utf-8").splitlines()
    assert first == "-x FRX"
    assert len(rest) > 100
    assert "\x1b[36m" in rest[1]


@pytest.mark.skipif(sys.platform == "win32", reason="the pager of the test is a shell script")
@pytest.mark.parametrize("words", [["list", "--level", "3"], ["list", "--json"], ["streak"], ["show", "nothing"]])
def test_what_fits_and_what_is_for_programs_is_not_paged(
    run: Run, monkeypatch: pytest.MonkeyPatch, paged: Path, words: list[str]
) -> None:
    screen = at_terminal(monkeypatch)
    run(*words)
    assert not paged.exists()
    assert bool(screen.getvalue()) == (words[0] != "show")


@pytest.mark.skipif(sys.platform == "win32", reason="the pager of the test is a shell script")
@pytest.mark.parametrize(("term", "words"), [("dumb", ["list"]), ("xterm-256color", ["stats", "--plain"])])
def test_lines_for_screen_readers_are_not_paged(
    run: Run, monkeypatch: pytest.MonkeyPatch, paged: Path, term: str, words: list[str]
) -> None:
    at_terminal(monkeypatch)
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("LINES", "1")
    assert run(*words).code == 0
    assert not paged.exists()


@pytest.mark.parametrize("pager", ["", "/nowhere/pager", "less '"])
def test_without_a_pager_everything_is_printed(run: Run, monkeypatch: pytest.MonkeyPatch, pager: str) -> None:
    monkeypatch.setenv("PAGER", pager)
    screen = at_terminal(monkeypatch)
    assert run("list").code == 0
    assert screen.getvalue().count("\n") > 100


def test_windows_has_no_pager_but_ones_own(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PAGER", raising=False)
    monkeypatch.setattr("hiproutine.cli.pager.sys.platform", "win32")
    screen = at_terminal(monkeypatch)
    assert run("list").code == 0
    assert screen.getvalue().count("\n") > 100


def test_only_commands_that_never_ask_are_paged() -> None:
    assert set(COMMANDS) >= pager.PAGED
    for name in pager.PAGED:
        source = Path(str(pager.__file__)).parent / "commands" / f"{name}.py"
        assert "confirm" not in source.read_text("utf-8")
