"""A guest has a home of their own for a while, of which nothing is left, whatever ends the program."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hiproutine.cli import guest, sessions
from hiproutine.cli.main import main
from hiproutine.day.context import Context
from hiproutine.day.first_run import BEFORE_A_SESSION
from tests.conftest import Run
from tests.terminal import Terminal


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for what is temporary."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    return folder


def files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if not path.is_dir())


def test_the_home_is_gone_even_after_a_crash(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    homes: list[Context] = []

    def crash(context: Context) -> int:
        homes.append(context)
        (context.paths.state.parent / "left").write_text("something")
        raise RuntimeError("a bug")

    monkeypatch.setattr(sessions, "screen", crash)
    with pytest.raises(RuntimeError, match="a bug"):
        main(["--guest"])
    (context,) = homes
    assert context.home.parent == temporary
    assert {context.paths.config, context.paths.data, context.paths.state, context.paths.cache} == {
        context.home / kind for kind in ("config", "data", "state", "cache")
    }
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("words", [["streak"], ["--json"], ["today", "--json"]])
def test_it_is_for_the_screen_and_for_start(run: Run, temporary: Path, words: list[str]) -> None:
    said = run("--guest", *words)
    assert said.code == 2
    assert f'--guest is for the screen or for "start", not for "{words[0]}"' in said.err
    assert guest.words(["start", "five-minute"]) == ["start", "five-minute"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")
@pytest.mark.parametrize("ends", ["quit", signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_everything_is_tried_and_nothing_is_left(home: Path, temporary: Path, ends: str | signal.Signals) -> None:
    with Terminal(home, "--guest", size=(80, 24), safety_read=False) as terminal:
        terminal.read_safety()
        terminal.wait_for("Your session")
        assert any(temporary.rglob("safety-read"))
        terminal.send("T")
        terminal.wait_for("Library")
        if isinstance(ends, str):
            terminal.send("q")
        else:
            terminal.signal(ends)
        terminal.end()
    assert list(files(home)) == []
    left = list(temporary.glob("hiproutine-guest-*"))
    assert len(left) == (ends == signal.SIGKILL)


@pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals")
def test_a_session_in_lines_leaves_nothing_either(home: Path, temporary: Path) -> None:
    with Terminal(home, "--guest", "start", "supine-butterfly", "--plain", safety_read=False) as terminal:
        terminal.wait_for("Press Enter when you have read this")
        terminal.send("\r" + "s" * len(BEFORE_A_SESSION))
        terminal.wait_for("Enter or Space skips")
        terminal.press_until("\r", "Lying butterfly")
        terminal.send("qq")
        assert terminal.end() == 0
    assert list(files(home)) == []
    assert list(temporary.glob("hiproutine-guest-*")) == []
