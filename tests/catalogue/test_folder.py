"""A copy that a sync program or an editor left in the folder of one's own catalogue changes nothing, and is told."""

from pathlib import Path

import pytest

from hiproutine.catalogue import cache
from hiproutine.catalogue.folder import listing
from hiproutine.catalogue.user_files import hide
from hiproutine.paths import find, shipped
from tests.catalogue.test_overlay import LIZARD
from tests.conftest import Run

COPIES = {
    "mine.sync-conflict-20260101-120000-ABCDEFG.yaml": "Syncthing",
    "mine.sync-conflict-20260101-120000-ABCDEFG.yml": "Syncthing",
    "mine (Anna's conflicted copy 2026-01-01).yaml": "Dropbox",
    "mine (Annas-MacBook's conflicted copy 2026-01-01).yaml": "Dropbox",
    "mine (conflicted copy 2026-01-01 120000).yaml": "Nextcloud",
    "mine (Case Conflicted Copy).yaml": "Dropbox",
    "mine (In Konflikt stehende Kopie von Anna 2026-01-01).yaml": "Dropbox",
    "mine_conflict-20260101-120000.yaml": "Nextcloud",
    "mine (SFConflict anna@example.org 2026-01-01-12-00-00).yaml": "Seafile",
    "mine [conflicted].yaml": "pCloud",
    "mine 2.yaml": "iCloud",
    "mine (1).yaml": "Google Drive",
    "mine-DESKTOP-1AB2C3D.yaml": "OneDrive",
    "mine-ANNA-PC.yaml": "OneDrive",
    "mine_LOCAL_4711.yaml": "git",
    "mine.orig.yaml": "backup",
    "mine.bak.yml": "backup",
}
BACKUPS = ("mine.yaml~", "mine.yaml.orig", "mine.yaml.bak", ".mine.yaml.swp", ".#mine.yaml", "#mine.yaml#", "mine.bak")
READ = ("mine.yaml", "other.yml", "week 1.yaml", "week 2.yaml", "mine-2.yaml", "mine-LEFT.yaml", "my conflict.yaml")


@pytest.fixture
def own() -> Path:
    own = find().config / "catalogue"
    own.mkdir(parents=True)
    (own / "mine.yaml").write_text(LIZARD)
    return own


@pytest.mark.parametrize(("name", "maker"), COPIES.items())
def test_a_copy_is_left_out_and_told(own: Path, name: str, maker: str) -> None:
    (own / name).write_text(LIZARD.replace("hold_s: 20", "hold_s: 90"))
    if name.endswith(".yml"):
        (own / "mine.yml").write_text("")
    found = listing(own)
    assert own / name not in found.read
    assert own / "mine.yaml" in found.read
    assert maker in found.copies[own / name]


def test_only_a_file_beside_which_its_original_stands_may_be_a_numbered_copy(own: Path) -> None:
    for name in READ:
        (own / name).touch()
    assert listing(own) == (tuple(own / name for name in sorted(READ)), {}, {})


def test_the_dose_of_a_losing_copy_is_not_planned(own: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    assert cache.load(shipped(), kept, own).told == ""
    (own / "mine.sync-conflict-20260101-120000-ABCDEFG.yaml").write_text(LIZARD.replace("hold_s: 20", "hold_s: 90"))
    for _ in range(2):  # read, and out of the cache
        loaded = cache.load(shipped(), kept, own)
        assert loaded.catalogue.exercises["lizard"].prescription[1] == 20
        assert loaded.told == "Your catalogue has 1 problem; see `hiproutine check`."
    (own / "mine.yaml").unlink()
    assert "lizard" not in cache.load(shipped(), kept, own).catalogue.exercises


def test_a_yml_is_read_and_each_change_of_it_is_noticed(own: Path, tmp_path: Path) -> None:
    (own / "mine.yaml").rename(own / "mine.yml")
    for seconds in (20, 30):
        (own / "mine.yml").write_text(LIZARD.replace("hold_s: 20", f"hold_s: {seconds}"))
        loaded = cache.load(shipped(), tmp_path / "kept", own)
        assert loaded.catalogue.exercises["lizard"].prescription[1] == seconds


def test_check_names_copies_and_all_else_that_is_not_read(run: Run, own: Path) -> None:
    copy = own / "mine (conflicted copy 2026-01-01 120000).yaml"
    copy.write_text(LIZARD)
    for name in (*BACKUPS, "notes.txt", ".DS_Store", "schema.json"):
        (own / name).touch()
    (own / "more").mkdir()
    said = run("check")
    assert said.code == 1
    (problem,) = said.err.splitlines()
    assert problem.startswith(f"{copy}:1:1: looks like a conflict copy of Dropbox or Nextcloud, and is not read; ")
    for name, words in (*((name, "is a backup") for name in BACKUPS), ("notes.txt", "is not read"), ("more", "folder")):
        (line,) = [line for line in said.out.splitlines() if line.startswith(f"{own / name}:1:1: warning: ")]
        assert words in line
    assert not any(name in said.out for name in (".DS_Store", "schema.json"))
    assert run("check", str(own)) == said


def test_hiding_leaves_copies_alone(own: Path) -> None:
    copy = own / "hidden.sync-conflict-20260101-120000-ABCDEFG.yaml"
    copy.write_text("hide: [frog-rock]\n")
    hide(own, "couch-stretch")
    assert copy.read_text() == "hide: [frog-rock]\n"
    assert "couch-stretch" in (own / "hidden.yaml").read_text()


def test_a_link_to_itself_takes_no_other_file_away(run: Run, own: Path) -> None:
    (own / "loop.yaml").symlink_to(own / "loop.yaml")
    (own / "loop").symlink_to(own / "loop")
    assert run("show", "lizard").code == 0
    for words in (["check"], ["check", str(own / "loop.yaml")]):
        said = run(*words)
        assert said.code == 1
        assert said.err.startswith(f"{own / 'loop.yaml'}:1:1: cannot be read: Too many levels")
