"""Questions with yes and no: who answers, and what counts as yes."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hiproutine.cli.confirm import confirm
from hiproutine.cli.console import interactive
from hiproutine.errors import HiproutineError
from hiproutine.paths import find
from tests.catalogue.test_overlay import LIZARD
from tests.cli.test_main import Terminal


@pytest.mark.parametrize(
    ("answer", "agreed"), [("y\n", True), ("Yes \n", True), ("yess\n", False), ("n\n", False), ("\n", False)]
)
def test_only_yes_is_yes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer: str, agreed: bool
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    assert confirm("Add \x1bit?") is agreed
    assert capsys.readouterr().out == "Add \ufffdit? [y/N] "


def test_the_end_of_the_input_is_no_and_leaves_the_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(""))
    assert not confirm("Add it?")
    assert capsys.readouterr().out == "Add it? [y/N] \n"


def test_yes_in_advance_asks_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert confirm("Add it?", yes=True)
    assert confirm("Add it?", yes=True, piped=True)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("stdin", [None, io.StringIO("y\n")], ids=["closed", "a pipe"])
def test_without_a_terminal_nothing_counts_as_yes(monkeypatch: pytest.MonkeyPatch, stdin: io.StringIO | None) -> None:
    monkeypatch.setattr(sys, "stdin", stdin)
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert not interactive()
    with pytest.raises(HiproutineError, match=r"^Add it\? There is no terminal to answer at; add --yes$"):
        confirm("Add it?")


@pytest.mark.skipif(sys.platform == "win32", reason="a controlling terminal is needed")
@pytest.mark.parametrize(("answer", "added"), [(b"y\n", 1), (b"n\n", 0)])
def test_a_file_from_a_pipe_is_confirmed_at_the_terminal(answer: bytes, added: int) -> None:
    near, far = os.openpty()
    # The first terminal that the leader of a session opens becomes its own.
    code = f"import os, sys; os.setsid(); os.open({os.ttyname(far)!r}, os.O_RDWR); os.execv(sys.argv[1], sys.argv[1:])"
    command = [sys.executable, "-c", code, sys.executable, "-m", "hiproutine", "add", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=far, stderr=far) as asking:
        assert asking.stdin
        asking.stdin.write(LIZARD.encode())
        asking.stdin.close()
        said = b""
        while b"[y/N] " not in said:
            said += os.read(near, 1000)
        os.write(near, answer)
        assert asking.wait(20) == 1 - added
    os.close(near)
    os.close(far)
    folder: Path = find().config / "catalogue"
    assert len(list(folder.glob("*.yaml")) if folder.exists() else []) == added
