"""Where files are, and what stands there in place of a file: nothing of ours is ever below the current folder."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from hiproutine import paths
from hiproutine.catalogue.model import Catalogue
from hiproutine.cli import status_cache
from hiproutine.errors import HiproutineError
from tests.conftest import HandClock, Run
from tests.screens import Desk

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
    assert status_cache.place() == str(usual.cache / "status")
    assert [os.environ[name] for name in XDG] == [folder] * 4
    assert run("log", "five-minute").code == 0
    assert [run("status").out for _ in range(2)] == ["1 d ✓ 4 min this week\n"] * 2
    assert list(here.iterdir()) == []


@pytest.mark.usefixtures("here")
def test_nothing_is_below_a_relative_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Newer releases of platformdirs look into the list of users; older ones know no home then."""
    for name in XDG:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "relative")
    assert status_cache.place() == ""
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
            assert said.err.startswith(("hiproutine: ", str(path))), command
    if name.startswith("config"):  # what the screening hides must not come back
        said = run("today")
        assert (said.code, f"{path}:1:1: cannot be read" in said.err) == (1, True)
    if name == "history":
        said = run("doctor")
        assert (said.code, str(path) in said.out + said.err) == (1, True)


# ---- names of folders that steer a terminal ----

EVIL = "\x1b]0;owned\x07\x9b2J\u202e"


@pytest.fixture
def evil(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / EVIL
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.chdir(folder)
    return folder


def test_the_name_of_a_folder_cannot_steer_the_terminal(run: Run, evil: Path) -> None:
    entry = "exercises:\n- id: [\n"
    commands: list[list[str]] = [
        *([word] for word in ("doctor", "history", "log five-minute", "restore --list", "check", "sound")),
        *(["export", f"{evil}/{name}"] for name in ("a.zip", "a.zip", "a.csv", "no/where.csv")),
        ["export", "--csv", f"{evil}/b.csv"],
        ["export", "--fit", f"{evil}/a.zip"],
        ["import", f"{evil}/a.zip", "--dry-run"],
        ["import", f"{evil}/b.csv"],
        ["import", f"{evil}/none.zip"],
        ["import", "--from", "csv", f"{evil}/none.csv"],
        ["share", "five-minute", "-o", f"{evil}/five.yaml"],
        ["add", f"{evil}/none.yaml"],
        ["check", f"{evil}/broken.yaml"],
        ["doctor"],
    ]
    (evil / "broken.yaml").write_text(entry, encoding="utf-8")

    def tell() -> None:
        for words in commands:
            said = run(*(words[0].split() if len(words) == 1 else words))
            assert "\nTraceback" not in said.err
            assert not set(said.out + said.err) & set(EVIL.replace("2J", "").replace("]0;owned", "")), words

    tell()
    history = paths.find().data / "history"
    for path in (history / "bad-2026.jsonl", paths.find().state / "journal" / "bad.jsonl"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("torn\n", encoding="utf-8")
    tell()
    for path in history.iterdir():
        path.unlink()
    history.rmdir()
    history.write_text("in the way")
    tell()


async def test_nor_can_that_of_a_disk_that_is_full(
    evil: Path, tmp_path: Path, catalogue: Catalogue, clock: HandClock
) -> None:
    desk = Desk(evil, catalogue, clock)
    app = desk.app()
    (evil / "data").mkdir()
    (evil / "data" / "history").write_text("in the way")
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.press("2", "enter")
        await pilot.pause()
        trouble = app.runner.keep()
        assert trouble
        assert trouble.isprintable()
        assert "owned" in trouble
