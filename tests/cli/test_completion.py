"""Completion: the files of the shells are current, their words come from the kept catalogue, and Tab works in each."""

import os
import re
import shutil
import subprocess
import sys
from argparse import SUPPRESS
from pathlib import Path

import pytest

from docs import completion
from hiproutine.catalogue import cache as catalogue_cache
from hiproutine.catalogue.model import Catalogue
from hiproutine.cli.commands.completion import FOLDER, KINDS, SHELLS
from hiproutine.cli.parser import COMMANDS, command_parser
from tests.cli.test_main import python
from tests.conftest import Run
from tests.terminal import Terminal


@pytest.mark.parametrize(("path", "text"), [*completion.files()], ids=lambda each: getattr(each, "name", ""))
def test_what_is_shipped_is_current(path: Path, text: str) -> None:
    assert path.read_text("utf-8") == text, "run `python -m docs.completion`"


@pytest.mark.parametrize("shell", SHELLS)
def test_the_file_of_a_shell_is_printed(run: Run, shell: str) -> None:
    assert run("completion", shell).out == (FOLDER / SHELLS[shell]).read_text("utf-8")


def test_an_argument_with_a_value_is_completed_or_known_to_be_free() -> None:
    used = set()
    for name in COMMANDS:
        _, parser = command_parser(name)
        for action in parser._actions:
            words = completion.COMPLETED.get((name, action.dest))
            used |= {(name, action.dest)} if words else set()
            assert (
                SUPPRESS in (action.help, action.default)
                or action.nargs == 0
                or action.choices
                or words
                or action.metavar in (*completion.FILES, *completion.FREE)
            ), (name, action.dest)
    assert used == set(completion.COMPLETED)


# ---- words of the catalogue ----


def test_the_words_are_the_ids_with_their_names(run: Run, catalogue: Catalogue) -> None:
    names = {each.id: each.name for each in catalogue.exercises.values()}
    names |= {each.id: each.name for each in catalogue.routines.values()}
    for _ in ("made", "kept"):
        rows = [line.split("\t") for line in run("completion", "--words", "exercise", "routine").out.splitlines()]
        assert rows == [*map(list, names.items())]
    assert {kind for words in completion.COMPLETED.values() for kind in words.kinds} == set(KINDS)


def test_kept_words_need_no_catalogue_and_are_made_anew_after_an_edit(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    own = home / ".config" / "hiproutine" / "catalogue"

    def words() -> str:
        return run("completion", "--words", "exercise").out

    before = words()
    with monkeypatch.context() as patched:
        patched.setattr(catalogue_cache, "load", None)  # fails if it is called
        assert words() == before
    own.mkdir(parents=True)
    (own / "mine.yaml").write_text("hide: [couch-stretch]\n", encoding="utf-8")
    hidden = words()
    assert set(before.splitlines()) - set(hidden.splitlines()) == {"couch-stretch\tCouch stretch"}
    (own / "mine.yaml").unlink()
    assert words() == before


def test_kept_words_import_next_to_nothing(run: Run, warm: Path) -> None:
    run("completion", "--words", "exercise")
    code = (
        "import sys; from hiproutine.cli.main import main; main(['completion', '--words', 'exercise']);"
        "print(*sys.modules, file=sys.stderr)"
    )
    imported = set(python("-c", code, env={"XDG_CACHE_HOME": str(warm)}).err.split())
    ours = {name for name in imported if name.startswith("hiproutine.")} - {"hiproutine.cli"}
    assert ours == {
        f"hiproutine.{name}"
        for name in ("cache", "cli.main", "cli.status_cache", "cli.words_cache", "errors", "files", "xdg")
    }
    assert not imported & {"argparse", "pathlib", "datetime", "json", "typing", "shtab", "yaml"}


@pytest.mark.parametrize("content", ["routines: [", "\x00"])
def test_a_faulty_file_of_ones_own_disturbs_no_completion(run: Run, home: Path, content: str) -> None:
    own = home / ".config" / "hiproutine" / "catalogue"
    own.mkdir(parents=True)
    (own / "mine.yaml").write_text(content, encoding="utf-8")
    said = run("completion", "--words", "routine")
    assert (said.code, said.err) == (0, "")
    assert "five-minute\t" in said.out


# ---- in a real shell ----

TABBED = {
    "hiproutine rehea": "hiproutine rehearse",
    "hiproutine show couch-str": "hiproutine show couch-stretch",
    "hiproutine list --cat": "hiproutine list --category",
    "hiproutine list --area front-of-h": "hiproutine list --area front-of-hip",
    "hiproutine list --area ankle,front-of-t": "hiproutine list --area ankle,front-of-thigh",
    "hiproutine today --focus low": "hiproutine today --focus low-back",
    "hiproutine start couch-stretch five-m": "hiproutine start couch-stretch five-minute",
    "hiproutine programme sto": "hiproutine programme stop",
    "hiproutine programme desk-h": "hiproutine programme desk-hips",
    "hiproutine video FaQiD": "hiproutine video FaQiDy9ci04",
    "hiproutine log five-minute --day yes": "hiproutine log five-minute --day yesterday",
    "hiproutine export --csv my-hi": "hiproutine export --csv my-hips.csv",
    "hiproutine help scree": "hiproutine help screening",
    "hiproutine completion fis": "hiproutine completion fish",
}
START = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "source <(hiproutine completion bash)"),
    "zsh": (
        ["zsh", "-f", "-i"],
        "hiproutine completion zsh >_hiproutine; fpath=($PWD $fpath); autoload -U compinit; compinit -D -u",
    ),
    "fish": (["fish", "--no-config", "-i"], "hiproutine completion fish | source"),
}


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A PATH on which `hiproutine` is, beside the programs of the system."""
    script = tmp_path / "bin" / "hiproutine"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\nexec {sys.executable} -m hiproutine "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return f"{script.parent}:/usr/local/bin:/usr/bin:/bin"


@pytest.mark.parametrize("shell", START)
def test_tab_completes_in_a_real_shell(
    shell: str, home: Path, path: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    run("completion", "--words", "exercise")  # fills the cache
    (home / "my-hips.csv").touch()
    monkeypatch.chdir(home)
    command, first = START[shell]
    with Terminal(home, *command, size=(100, 20), path=path) as terminal:
        terminal.send(f"{first}; echo rea''dy\r")
        terminal.wait_for("ready")
        for typed, whole in TABBED.items():
            terminal.send(f"{typed}\t")
            terminal.wait_for(whole)
            terminal.send("\x15")  # an empty line again
            terminal.send("clear\r")
            while whole in terminal.text():
                terminal.read(0.05)


def test_powershell_completes(path: str, warm: Path, run: Run) -> None:
    shell = shutil.which("pwsh")
    if not shell:
        pytest.skip("PowerShell is not installed")
    script = (
        "hiproutine completion powershell | Out-String | Invoke-Expression; "
        "[System.Management.Automation.CommandCompletion]::CompleteInput('hiproutine show couch-str', 25, $null)"
        ".CompletionMatches.CompletionText"
    )
    command = [shell, "-NoProfile", "-Command", script]
    environ = os.environ | {"PATH": f"{path}:{Path(shell).parent}"}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["couch-stretch"]


# ---- the man page ----


def test_the_man_page_has_each_command_with_its_options_and_no_fault() -> None:
    page = completion.MAN_PAGE.read_text("utf-8").replace(r"\-", "-")
    for name in COMMANDS:
        _, parser = command_parser(name)
        part = page.partition(f"\n.B {name}")[2].partition("\n.RE\n")[0]
        assert COMMANDS[name].partition("'")[0][1:] in part
        for option, action in parser._option_string_actions.items():
            assert action.help == SUPPRESS or action.dest == "help" or option in part
    if groff := shutil.which("groff"):
        done = subprocess.run(
            [groff, "-man", "-ww", "-Tutf8", str(completion.MAN_PAGE)], capture_output=True, check=True
        )
        assert done.stderr == b""
        assert b"rehearse" in re.sub(rb".\x08", b"", done.stdout)
