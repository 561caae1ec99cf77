"""The first read of many entries of one's own shows how far it is, and only where somebody sees it."""

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hiproutine.catalogue import cache, overlay
from hiproutine.catalogue.model import Catalogue
from hiproutine.cli import progress_bar
from hiproutine.files import make_folder, write
from tests.catalogue.test_overlay import LIZARD
from tests.terminal import Terminal

BAR = re.compile(rb"\rReading your catalogue \[#*-*\] +\d+%")
REMOVED = b"\r\x1b[K"


@pytest.fixture
def many(home: Path) -> Path:
    """Enough for a second or more, on a quick machine too."""
    folder = home / ".config" / "hiproutine" / "catalogue"
    make_folder(folder)
    head, _, body = LIZARD.partition("\n")
    entries = "".join(body.replace("id: lizard", f"id: lizard-{number}") for number in range(6000))
    write(folder / "many.yaml", f"{head}\n{entries}".encode())
    return home


def test_how_much_is_read_only_grows_from_0_to_1(catalogue: Catalogue, tmp_path: Path) -> None:
    head, _, body = LIZARD.partition("\n")
    for name in "ab":
        entries = "".join(body.replace("id: lizard", f"id: {name}-{number}") for number in range(300))
        (tmp_path / f"{name}.yaml").write_text(f"{head}\n{entries}", encoding="utf-8")
    told: list[float] = []
    overlay.lay(cache.files(tmp_path), catalogue, told.append)
    assert told == sorted(told)
    assert 0 <= told[0] < 0.2
    assert 0.9 < told[-1] <= 1
    assert len(told) > 10


def test_the_bar_goes_to_a_terminal_and_is_removed_and_the_next_start_needs_none(many: Path) -> None:
    with Terminal(many, "list", "--routines") as terminal:
        assert terminal.end() == 0
        first = terminal.written
    assert len(BAR.findall(first)) > 3
    assert first.rindex(b"Reading") < first.rindex(REMOVED)
    assert "Reading" not in terminal.text()
    with Terminal(many, "list", "--routines") as terminal:
        assert terminal.end() == 0
        assert b"Reading" not in terminal.written


def test_the_first_screen_follows_the_bar(many: Path) -> None:
    with Terminal(many) as terminal:
        terminal.wait_for("Reading your catalogue [")
        terminal.wait_for("Library")
        assert "Reading" not in terminal.text()


@pytest.mark.parametrize("words", [["list", "--routines", "--json"], ["streak"]])
def test_json_and_what_needs_no_catalogue_show_none(many: Path, words: list[str]) -> None:
    with Terminal(many, *words) as terminal:
        assert terminal.end() == 0
        assert b"Reading" not in terminal.written
        assert REMOVED not in terminal.written


def test_a_terminal_that_cannot_be_drawn_on_shows_none(many: Path) -> None:
    with Terminal(many, "list", "--routines", term="dumb") as terminal:
        assert terminal.end() == 0
        assert b"Reading" not in terminal.written


def test_a_pipe_gets_none(many: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hiproutine", "list", "--routines"], capture_output=True, text=True, check=True
    )
    assert (done.stderr, "Reading" in done.stdout) == ("", False)


def test_reading_imports_no_rich(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    code = (
        "import sys; from hiproutine.cli.main import main; sys.stderr.isatty = lambda: True; "
        "main(['list', '--routines']); assert not {'rich', 'textual'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Reading your catalogue" in done.stderr


class _Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_what_is_read_at_once_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    stream = _Screen()
    bar = progress_bar.Bar("Reading", stream)
    bar.show(0.5)
    bar.remove()
    assert stream.getvalue() == ""
    monkeypatch.setattr(progress_bar, "AFTER_S", 0)
    bar.show(0.5)
    bar.remove()
    assert stream.getvalue() == "\rReading [##########----------]  50%\r\x1b[K"
