"""What is written is there whole or not at all, and is for its owner alone, whatever the umask."""

import errno
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hiproutine import files, paths
from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.session import find
from hiproutine.day.context import Context
from hiproutine.history.records import Rest
from hiproutine.history.store import Store
from hiproutine.practice import safety
from hiproutine.practice.resume import course
from hiproutine.practice.runner import Leader
from hiproutine.settings import file as settings
from hiproutine.settings.model import Manner
from hiproutine.sound import tones
from tests.conftest import HandClock, Run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o277], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    return path.lstat().st_mode & 0o7777


def modes(*folders: Path) -> set[int]:
    """Of all that is in them, folders with 0o700 taken away and files with 0o600: nothing but 0 should be left."""
    every = [each for folder in folders for each in (folder, *folder.rglob("*"))]
    return {mode(each) ^ (0o700 if each.is_dir() else 0o600) for each in every if each.exists()}


# ---- one file, one folder ----


def test_what_is_made_is_for_its_owner_alone(tmp_path: Path, umask: int) -> None:
    files.make_folder(tmp_path / "a" / "b" / "c")
    files.write(tmp_path / "a" / "b" / "file", b"1")
    files.write(tmp_path / "a" / "b" / "new", b"2", new=True)
    files.write(tmp_path / "a" / "b" / "quick", b"3", lasting=False)
    assert modes(tmp_path / "a") == {0}
    assert [path.read_bytes() for path in sorted((tmp_path / "a" / "b").glob("*[a-z][a-z]"))] == [b"1", b"2", b"3"]


def test_what_is_replaced_keeps_its_mode_and_a_link_stays_one(tmp_path: Path, umask: int) -> None:
    (tmp_path / "file").write_bytes(b"before")
    (tmp_path / "file").chmod(0o640)
    (tmp_path / "link").symlink_to("file")
    files.write(tmp_path / "link", b"after")
    assert (tmp_path / "link").is_symlink()
    assert ((tmp_path / "file").read_bytes(), mode(tmp_path / "file")) == (b"after", 0o640)
    assert {path.name for path in tmp_path.iterdir()} >= {"file", "link"}
    assert not list(tmp_path.glob(".*"))


def test_a_new_file_replaces_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"before")
    (tmp_path / "link").symlink_to("gone")
    for name in ("file", "link"):
        with pytest.raises(FileExistsError) as refused:
            files.write(tmp_path / name, b"after", new=True)
        assert refused.value.filename == str(tmp_path / name)
    assert (tmp_path / "file").read_bytes() == b"before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "home", "link"]


def test_a_device_is_not_written_over(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="is a device, not a file"):
        files.write("/dev/null", b"after")
    assert Path("/dev/null").is_char_device()


def test_a_relative_folder_is_made_where_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    files.make_folder("a/b")
    files.make_folder("c")
    assert modes(tmp_path / "a", tmp_path / "c") == {0}


def test_a_file_in_the_way_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(FileExistsError):
        files.make_folder(tmp_path / "a" / "b")


@pytest.mark.parametrize("refused", [errno.EPERM, None], ids=["refused", "ignored"])
def test_a_file_system_without_modes_is_written_to_and_told_of_once_at_most(
    run: Run, monkeypatch: pytest.MonkeyPatch, refused: int | None
) -> None:
    def chmod(path: str, _: int) -> None:
        if refused:
            raise OSError(refused, os.strerror(refused), path)

    every = old_home()
    monkeypatch.setattr("os.chmod", chmod)
    assert run("rest").err == ""
    assert len(Store(every[1] / "history", every[2]).read().of(Rest)) == 1
    assert "other users could read" not in run("doctor").out
    assert not (every[2] / "closed-off").exists()


# ---- folders that are there ----


def test_only_what_others_could_reach_is_told_and_links_stay_as_they_are(tmp_path: Path) -> None:
    ours, chosen, dotfile = tmp_path / "ours", tmp_path / "ours" / "chosen", tmp_path / "dotfile"
    for folder in (ours / "open", ours / "closed", chosen, ours / ".git"):
        folder.mkdir(parents=True)
        (folder / "file").write_bytes(b"")
    dotfile.write_bytes(b"")
    (ours / "link").symlink_to(dotfile)
    for path in (*ours.rglob("*"), dotfile, ours):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)
    (ours / "closed").chmod(0o700)
    told = files.close_off([ours, tmp_path / "none"], but=chosen)
    assert told == [str(ours), str(ours / "open"), str(ours / "open" / "file")]
    assert {mode(path) for path in (ours, ours / "open", ours / "closed")} == {0o700}
    assert {mode(ours / name / "file") for name in ("open", "closed")} == {0o600}
    assert (mode(chosen), mode(chosen / "file"), mode(dotfile), mode(ours / ".git")) == (0o755, 0o644, 0o644, 0o755)
    assert files.close_off([ours], but=chosen) == []


def test_a_folder_that_is_a_link_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir(mode=0o755)
    (tmp_path / "ours").symlink_to("dotfiles")
    assert not files.is_open(tmp_path / "ours")
    assert files.close_off([tmp_path / "ours"]) == []
    assert mode(tmp_path / "dotfiles") == 0o755


# ---- the whole program ----

# Every command that writes, and each kind of file: settings, own catalogue, history, backup, device, caches, tones.
COMMANDS = """\
list
status
today
streak
log four-everyday
pain 3
rest yesterday
goal 5/7
self-check knee-to-wall --left 9.5
undo
screening --help
new exercise
check
sound
share four-everyday --output {out}/shared.yaml
export {out}/all.zip
import {out}/all.zip --yes
restore --yes
history
"""


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077], indirect=True, ids=oct)
@pytest.mark.usefixtures("umask")
def test_after_many_commands_nothing_can_be_read_by_others(
    run: Run, catalogue: Catalogue, clock: HandClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Context, "close_off", lambda _: None)  # every writer is to do it right by itself
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home" / ".cache"))
    found, out = paths.find(), tmp_path / "out"
    out.mkdir()
    for command in COMMANDS.splitlines():
        said = run(*command.format(out=out).split())
        assert said.code in (0, 1, 2), (command, said.err)
    settings.put(found.config / "settings.yaml", "conditions", ["thr_lateral"])
    tones.silence_file(found.cache / "tones")
    safety.write_down(found.state / "safety-read", clock.now())
    store = Store(found.data / "history", found.state)
    leader = Leader(store, clock, course(find(catalogue, "four-everyday"), Manner()), catalogue.exercises, "0")
    leader.begin()
    home = Context()
    home.remember_host("videos.example")
    every = [found.config, found.data, found.state, found.cache]
    names = {path.name for folder in every for path in folder.rglob("*")}
    assert names >= {"settings.yaml", "catalogue", "history", "backups", "device", "tones", "schema.json", "journal"}
    assert modes(*every) == {0}


def old_home() -> tuple[Path, ...]:
    """What an older version left: everything open."""
    found = paths.find()
    every = (found.config, found.data, found.state, found.cache)
    for folder in every:
        (folder / "within").mkdir(parents=True, exist_ok=True)
        (folder / "within" / "file").write_text("x")
    (found.config / "settings.yaml").write_text("volume: 20\n")
    for folder in every:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
    return every


@pytest.mark.parametrize("command", ["list", "rest", "streak"])
def test_what_an_older_version_left_open_is_closed_once_and_told_by_doctor(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home" / ".cache"))
    every = old_home()
    run(command)
    assert modes(*every) == {0}
    said = run("doctor")
    assert said.code == 1
    assert f"- other users could read {every[0]}, {every[0]}/settings.yaml, {every[0]}/within and " in said.out
    assert said.out.rstrip().endswith(" more; now private")
    assert run("doctor").lines[-1] == "All is well."


def test_doctor_closes_what_is_open_itself(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home" / ".cache"))
    every = old_home()
    assert "now private" in run("doctor").out
    assert modes(*every) == {0}
    assert run("doctor").lines[-1] == "All is well."


def test_settings_that_are_a_link_to_dotfiles_keep_their_mode(run: Run, tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir(mode=0o755)
    (tmp_path / "dotfiles" / "hips.yaml").write_text("volume: 20\n")
    (tmp_path / "dotfiles" / "hips.yaml").chmod(0o644)
    config = paths.find().config
    config.mkdir(parents=True)
    (config / "settings.yaml").symlink_to(tmp_path / "dotfiles" / "hips.yaml")
    settings.put(config / "settings.yaml", "volume", "30")
    run("rest")
    assert mode(config) == 0o700
    assert (mode(tmp_path / "dotfiles"), mode(tmp_path / "dotfiles" / "hips.yaml")) == (0o755, 0o644)
    assert (tmp_path / "dotfiles" / "hips.yaml").read_text() == "volume: 30\n"


def test_a_file_that_was_named_keeps_its_mode(run: Run, tmp_path: Path) -> None:
    run("log", "four-everyday")
    for option in ("--csv", "--ics"):
        (tmp_path / "out").write_text("before")
        (tmp_path / "out").chmod(0o644)
        run("export", option, str(tmp_path / "out"), "--yes")
        assert (tmp_path / "out").read_text() != "before"
        assert mode(tmp_path / "out") == 0o644


def test_closing_off_imports_nothing_that_a_quick_command_would_wait_for(home: Path) -> None:
    code = "import sys; from hiproutine import files; print(*{*sys.modules})"
    said = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path[:0]=[{str(Path.cwd())!r}]; {code}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert not {"pathlib", "contextlib", "typing", "shutil"} & set(said)


_WRITES = re.compile(r"os\.replace|\brename\(|O_CREAT|mkstemp|\.write_(text|bytes)\(|open\([^)]*[\"'][wxa]b?[\"']")


def test_files_have_one_writer_and_the_history_one_that_appends() -> None:
    package = Path(__file__).parents[1] / "hiproutine"
    writers = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if _WRITES.search(line) and "buffer" not in line  # a stream in memory
    }
    assert writers == {"files.py", "history/jsonl.py"}


def test_a_file_in_place_of_the_home_is_named_as_it_is(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "file"
    home.touch()
    monkeypatch.setenv("HOME", str(home))
    assert run("doctor").err == f"hiproutine: {home}/.local/share/hiproutine/history: Not a directory\n"
