"""What the Library changes in the user's own files: an entry to begin with, a copy, what is hidden; and the editor."""

import os
from pathlib import Path

import pytest

from hiproutine import editor
from hiproutine.catalogue import cache, overlay, user_files
from hiproutine.catalogue.lint import lint
from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.search import Entry, Index
from hiproutine.errors import HiproutineError
from hiproutine.paths import shipped
from tests.catalogue.test_lint import refused
from tests.catalogue.test_overlay import LIZARD
from tests.conftest import HandClock, Run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "own"


def lay(catalogue: Catalogue, folder: Path) -> overlay.Laid:
    return overlay.lay(cache.files(folder), catalogue)


def entries(catalogue: Catalogue) -> list[Entry]:
    return list(Index(catalogue).entries.values())


def uncommented(path: Path) -> str:
    head, offered = path.read_text("utf-8").split('Remove the "# "')
    return head + offered.replace("    # ", "    ")


# ---- an entry that is shipped, and a copy ----


def test_an_extended_entry_changes_nothing_until_a_comment_is_taken_away(
    catalogue: Catalogue, folder: Path, tmp_path: Path
) -> None:
    for entry in entries(catalogue):
        if entry.id in overlay.ALWAYS_THERE:
            continue
        path, line = user_files.extend(folder, catalogue, entry)
        assert path.read_text("utf-8").splitlines()[line - 1].startswith("  - extends: ")
        assert user_files.place(folder, entry.id) == (path, line)
    laid = lay(catalogue, folder)
    assert (laid.problems, laid.catalogue) == ((), catalogue)
    untouched = {path.name: path.read_text("utf-8") for path in cache.files(folder)}
    for path in cache.files(folder):
        path.write_text(uncommented(path), encoding="utf-8")
    changed = {f"changed-{path.name}": path.read_text("utf-8") for path in cache.files(folder)}
    assert refused(tmp_path, untouched | changed) == set()
    laid = lay(catalogue, folder)
    assert laid.problems == ()
    assert laid.catalogue.exercises == catalogue.exercises
    assert laid.catalogue.routines == catalogue.routines


def test_a_copy_is_the_same_under_another_id_and_offers_every_other_field(
    catalogue: Catalogue, folder: Path, tmp_path: Path
) -> None:
    there = entries(catalogue)
    for number, entry in enumerate(there):
        path, line = user_files.copy(folder, catalogue, entry, f"copy-{number}")
        assert user_files.place(folder, f"copy-{number}") == (path, line)
    laid = lay(catalogue, folder)
    assert laid.problems == ()
    made = Index(laid.catalogue).entries
    for number, entry in enumerate(there):
        copied = made[f"copy-{number}"]._asdict()
        assert copied | {"id": entry.id} == entry._asdict() | ({"own": True} if "own" in copied else {})
    for path in cache.files(folder):
        words = path.read_text("utf-8")
        every = {"id", *made[path.stem.partition("-")[2]]._fields} - {"own"}
        assert {name for name in every if f" {name}:" not in words} == set()
        if 'Remove the "# "' in words:
            path.write_text(uncommented(path), encoding="utf-8")
    assert lay(catalogue, folder).catalogue == laid.catalogue
    assert refused(tmp_path, {path.name: path.read_text("utf-8") for path in cache.files(folder)}) == set()


def test_the_warning_signs_are_neither_changed_nor_hidden(catalogue: Catalogue, folder: Path) -> None:
    with pytest.raises(HiproutineError, match='"edu-red-flags" cannot be changed'):
        user_files.extend(folder, catalogue, catalogue.cards["edu-red-flags"])
    with pytest.raises(HiproutineError, match='"edu-red-flags" cannot be hidden'):
        user_files.hide(folder, "edu-red-flags")
    assert not folder.exists()


# ---- where an entry stands ----


def test_an_entry_is_found_where_it_is_made_or_changed(folder: Path) -> None:
    folder.mkdir()
    (folder / "a.yaml").write_text(
        "# bridge\nexercises:\n  - extends: bridge\n    id: other\n\n  - {level: 1,\n     id: mine}\n", encoding="utf-8"
    )
    (folder / "b.yaml").write_text("routines: []\nexercises:\n\n- extends: bridge\n", encoding="utf-8")
    assert user_files.place(folder, "bridge") == (folder / "b.yaml", 4)
    assert user_files.place(folder, "other") == (folder / "a.yaml", 3)
    assert user_files.place(folder, "mine") == (folder / "a.yaml", 6)
    assert user_files.place(folder, "nothing") is None


def test_a_file_that_is_no_yaml_is_opened_at_its_fault(folder: Path) -> None:
    folder.mkdir()
    (folder / "a.yaml").write_text("exercises:\n  - id: bridge\n    name: [\n", encoding="utf-8")
    assert user_files.place(folder, "bridge") == (folder / "a.yaml", 4)
    assert user_files.place(folder, "other") is None


# ---- what is hidden ----

_LISTS = {
    "hide: []\n": "hide: [new]\n",
    "hide: [a] # why\n": "hide: [a, new] # why\n",
    "# one\nhide: [ 'a', \"b\" ]\nexercises: [] # two\n": "# one\nhide: [ 'a', \"b\", new ]\nexercises: [] # two\n",
    "hide: [\n  a, # first\n  # then\n  b # last\n]\n": "hide: [\n  a, # first\n  # then\n  b, new # last\n]\n",
    "hide:\n  - a # why\n\n# end\n": "hide:\n  - a # why\n  - new\n\n# end\n",
    "hide:\r\n- a\r\n- b\r\ncards: []\r\n": "hide:\r\n- a\r\n- b\r\n- new\r\ncards: []\r\n",
    "cards: []\nhide:\n- a": "cards: []\nhide:\n- a\n- new\n",
}


@pytest.mark.parametrize(("before", "after"), _LISTS.items())
def test_a_list_is_changed_in_its_line_and_everything_else_stays(folder: Path, before: str, after: str) -> None:
    folder.mkdir()
    file = folder / "mine.yaml"
    file.write_bytes(before.encode())
    user_files.hide(folder, "new")
    assert file.read_bytes().decode() == after
    assert cache.files(folder) == [file]
    user_files.show(folder, "new")
    assert file.read_bytes().decode() in (before, f"{before}\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("hide: [new]\n", "hide: []\n"),
        ("hide: [new, a] # why\n", "hide: [a] # why\n"),
        ("hide:\n  - new # why\n  - a # too\n", "hide:\n  - a # too\n"),
        ("hide: # what\n  - new\n# end\n", "hide: [] # what\n# end\n"),
        ("hide: [\n  new, # first\n  a,\n]\n", "hide: [\n  # first\n  a,\n]\n"),
        ("hide: [\n  a,\n  'new',\n]\n", "hide: [\n  a,\n]\n"),
        ("hide: [\n  a, # first\n  new\n]\n", "hide: [\n  a, # first\n]\n"),
        ("hide: [new, a, new]\n", "hide: [a]\n"),
        ('"hide":\n- new\n', '"hide": []\n'),
        ('hide: ["n\\u0065w"]\n', "hide: []\n"),
        ("hide:\n- new\n- new\n", "hide: []\n"),
    ],
)
def test_showing_again_takes_a_name_away_and_nothing_else(folder: Path, before: str, after: str) -> None:
    folder.mkdir()
    (folder / "mine.yaml").write_text(before, encoding="utf-8")
    user_files.show(folder, "new")
    assert (folder / "mine.yaml").read_text("utf-8") == after


def test_without_a_list_one_is_made_and_the_other_files_are_left_alone(catalogue: Catalogue, folder: Path) -> None:
    folder.mkdir()
    (folder / "mine.yaml").write_text("# mine\nexercises: []\n", encoding="utf-8")
    for name in ("pigeon-floor", "-2vO8QfdLFg"):
        user_files.hide(folder, name)
    assert (folder / "mine.yaml").read_text("utf-8") == "# mine\nexercises: []\n"
    assert (folder / "hidden.yaml").read_text("utf-8").endswith('hide: [pigeon-floor, "-2vO8QfdLFg"]\n')
    laid = lay(catalogue, folder)
    assert laid.problems == ()
    assert {name: each.name for name, each in laid.hidden.items()} == {
        "pigeon-floor": catalogue.exercises["pigeon-floor"].name,
        "-2vO8QfdLFg": catalogue.videos["-2vO8QfdLFg"].caption,
    }


@pytest.mark.parametrize("odd", ["hide:\n  -\n    new\n", "hide: [{new: 1}, new]\n"])
def test_a_list_that_cannot_be_changed_safely_is_left_alone(folder: Path, odd: str) -> None:
    folder.mkdir()
    (folder / "mine.yaml").write_text(odd, encoding="utf-8")
    with pytest.raises(HiproutineError, match=r"mine\.yaml: its `hide` list cannot be edited automatically"):
        user_files.show(folder, "new")
    assert (folder / "mine.yaml").read_text("utf-8") == odd
    assert cache.files(folder) == [folder / "mine.yaml"]


def test_a_name_on_a_line_below_its_hyphen_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    (folder / "mine.yaml").write_text("hide:\n  -\n    clamshell\n", encoding="utf-8")
    with pytest.raises(HiproutineError, match="edit it by hand"):
        user_files.hide(folder, "new")


def test_a_byte_order_mark_and_who_may_read_a_file_stay(folder: Path) -> None:
    folder.mkdir()
    file = folder / "mine.yaml"
    file.write_bytes(b"\xef\xbb\xbfhide: [a]\r\n")
    file.chmod(0o640)
    user_files.hide(folder, "b")
    assert file.read_bytes() == b"\xef\xbb\xbfhide: [a, b]\r\n"
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_new_file_that_is_killed_meanwhile_is_empty_and_no_fault(
    catalogue: Catalogue, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace

    def killed(draft: str, path: str) -> None:
        if path.endswith(".yaml"):
            raise KeyboardInterrupt
        replace(draft, path)

    monkeypatch.setattr("os.replace", killed)
    with pytest.raises(KeyboardInterrupt):
        user_files.put(folder, "mine", "exercises: [{extends: couch-stretch, level: 9}]\n")
    assert lay(catalogue, folder).problems == ()


def test_a_link_to_somebodys_dotfiles_stays_one(folder: Path, tmp_path: Path) -> None:
    folder.mkdir()
    (tmp_path / "dotfile").write_text("hide: [a]\n", encoding="utf-8")
    (folder / "mine.yaml").symlink_to(tmp_path / "dotfile")
    user_files.hide(folder, "b")
    assert (folder / "mine.yaml").is_symlink()
    assert (tmp_path / "dotfile").read_text("utf-8") == "hide: [a, b]\n"


def test_check_warns_of_a_step_that_is_hidden(catalogue: Catalogue, folder: Path, run: Run) -> None:
    folder.mkdir()
    routines = "routines: [{id: mine, name: Mine, why: Because., steps: [couch-stretch]}]\n"
    (folder / "mine.yaml").write_text(f"{routines}hide:\n  - couch-stretch\n  - edu-pelvic-tilt\n", encoding="utf-8")
    laid = lay(catalogue, folder)
    assert "mine" not in laid.catalogue.routines
    with_it = [each.id for each in catalogue.routines.values() if "couch-stretch" in {s.exercise for s in each.steps}]
    told = [each for each in lint(laid, HandClock().now().date()) if "couch-stretch" in each.sentence]
    sentence = f'"couch-stretch" is a step of {", ".join([*with_it, "mine"])}; hidden, it is omitted there'
    assert [(each.line, each.column, each.sentence) for each in told] == [(3, 5, sentence)]
    said = run("check", str(folder / "mine.yaml"))
    assert (said.code, said.err) == (0, "")
    assert f"mine.yaml:3:5: warning: {sentence}" in said.out


def test_what_is_at_fault_may_be_hidden_as_well(catalogue: Catalogue, folder: Path) -> None:
    folder.mkdir()
    (folder / "mine.yaml").write_text(
        f"{LIZARD}    easier: [nothing]\nhide: [lizard, pigeon-floor]\n", encoding="utf-8"
    )
    laid = lay(catalogue, folder)
    assert [each.sentence for each in laid.problems] == ['there is no exercise "nothing"']
    assert list(laid.hidden) == ["pigeon-floor"]
    assert not {"lizard", "pigeon-floor"} & set(laid.catalogue.exercises)


def test_the_cache_knows_what_is_hidden(catalogue: Catalogue, folder: Path, tmp_path: Path) -> None:
    user_files.hide(folder, "pigeon-floor")
    for _ in range(2):
        loaded = cache.load(shipped(), tmp_path / "cache", folder)
        assert loaded.hidden == {"pigeon-floor": catalogue.exercises["pigeon-floor"].name}


# ---- the editor ----


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"EDITOR": "vim"}, ["vim", "+7", "/a b"]),
        ({"EDITOR": "ed", "VISUAL": "/usr/bin/emacsclient -t"}, ["/usr/bin/emacsclient", "-t", "+7", "/a b"]),
        ({"EDITOR": "code --wait"}, ["code", "--wait", "--goto", "/a b:7"]),
        ({"EDITOR": "hx"}, ["hx", "/a b:7"]),
        ({"EDITOR": "'my editor' -x"}, ["my editor", "-x", "/a b"]),
        ({"EDITOR": " "}, []),
        ({}, []),
    ],
)
def test_editors_are_told_the_line_in_their_own_way(environ: dict[str, str], words: list[str]) -> None:
    assert editor.command(Path("/a b"), 7, environ) == words


def test_an_editor_that_is_none_is_told() -> None:
    with pytest.raises(HiproutineError, match="the editor /nowhere/editor cannot be started"):
        editor.run(["/nowhere/editor"])
    with pytest.raises(HiproutineError, match="VISUAL or EDITOR is not a command"):
        editor.command(Path("x"), 1, {"EDITOR": "vi 'x"})
