"""Where files are, and what stands there in place of a file: nothing of ours is ever below the current folder."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from hiproutine import paths
from hiproutine.cli import prompt
from hiproutine.errors import HiproutineError
from tests.conftest import Run

XDG = [f"XDG_{name}_HOME" for name in ("CONFIG", "DATA", "STATE", "CACHE")]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("folder", ["relative", ".", "~/here", "  ", ""])
def test_a_relative_base_folder_is_ignored(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    for name in XDG:
        monkeypatch.delenv(name, raising=False)
    usual = paths.find()
    for name in XDG:
        monkeypatch.setenv(name, folder)
    assert paths.find() == usual
    assert prompt.place() == str(usual.cache / "status")
    assert [os.environ[name] for name in XDG] == [folder] * 4
    assert run("log", "five-minute").code == 0
    assert [run("status").out for _ in range(2)] == ["1 d ✓ 4 min\n"] * 2
    assert list(here.iterdir()) == []


@pytest.mark.usefixtures("here")
def test_nothing_is_below_a_relative_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Newer releases of platformdirs look into the list of users; older ones know no home then."""
    for name in XDG:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "relative")
    assert prompt.place() == ""
    try:
        found = paths.find()
    except HiproutineError as error:
        assert "set HOME to the full path" in str(error)  # noqa: PT017 -- as above
    else:
        assert all(path.is_absolute() for path in found)


# ---- links that lead nowhere ----


def dangling(path: Path) -> None:
    path.symlink_to(path.with_name("gone"))


def looping(path: Path) -> None:
    path.symlink_to(path)


READING = ["streak", "history", "stats", "report", "today", "goal", "list", "status"]
links = pytest.mark.parametrize("link", [dangling, looping])


@links
@pytest.mark.usefixtures("here")
def test_a_link_that_leads_nowhere_in_place_of_a_file_is_told(run: Run, link: Callable[[Path], None]) -> None:
    assert run("rest").code == 0
    folder = paths.find().data / "history"
    path = folder / "other-2026.jsonl"
    link(path)
    for command in READING:
        said = run(command)
        assert said.code == 0
        assert "Traceback" not in said.err
    said = run("doctor")
    assert (said.code, f"- {path}: " in said.out) == (1, True)
    for command in ("pain 2", "log five-minute", "undo", "export a.zip"):
        assert run(*command.split()).code == 0
    assert path.is_symlink()


@links
@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", ["history", "config/settings.yaml", "state/journal", "state/device", "cache/history"])
def test_a_link_that_leads_nowhere_anywhere_else_is_a_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, link: Callable[[Path], None], name: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    where = paths.find()
    base, _, rest = name.partition("/")
    path = {"history": where.data / "history", "config": where.config, "state": where.state, "cache": where.cache}[base]
    path = path / rest if rest else path
    path.parent.mkdir(parents=True, exist_ok=True)
    link(path)
    for command in (*READING, "doctor", "pain 2", "log five-minute", "undo", "export a.zip", "restore --list"):
        said = run(*command.split())
        assert said.code in (0, 1), command
        assert len(said.err.splitlines()) <= 2, (command, said.err)
        if said.code and command != "doctor":
            assert said.err.startswith("hiproutine: "), command
    if name == "history":
        said = run("doctor")
        assert (said.code, str(path) in said.out + said.err) == (1, True)
