"""The pages: no link leads nowhere, the README is short and true, the forms and workflows can be read."""

import re
import shlex
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest
import yaml

from hiproutine.cli.parser import COMMANDS, command_parser
from hiproutine.tui.keys import TABLE, shown

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
README = (ROOT / "README.md").read_text("utf-8")


def prose(page: Path) -> str:
    """A page without its blocks of code."""
    return re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.*)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


def links(page: Path) -> list[str]:
    return re.findall(r"\]\(([^)\s]+)\)", prose(page))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in links(page):
        if not re.match(r"https?://", link):
            path, _, anchor = link.partition("#")
            target = page.parent / path if path else page
            assert target.exists(), link
            assert not anchor or anchor in anchors(target), link


def test_the_index_has_every_page() -> None:
    index = ROOT / "docs" / "README.md"
    assert {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"} <= {*links(index)}


def test_the_readme_is_read_in_three_minutes() -> None:
    assert 500 <= len(README.split()) <= 700
    pictures = re.findall(r"!\[.+\]\((.+)\)", README)
    assert [Path(path).suffix for path in pictures] == [".svg"]
    assert "@keyframes" in (ROOT / pictures[0]).read_text("utf-8")


def test_the_readme_names_eight_keys_and_only_commands_that_there_are() -> None:
    bound = {
        place: {
            shown(name)
            for key in chain.from_iterable(map(TABLE.__getitem__, places))
            for name in key.keys.split(",")
            if name
        }
        for place, places in {"today": ("app", "page", "today", "session row"), "practice": ("practice",)}.items()
    }
    rows = re.findall(r"^\| `(.+?)` \| .+? \| `(.+?)` \| .+ \|$", README, re.MULTILINE)
    assert len(rows) == 4
    assert {today for today, _ in rows} <= bound["today"]
    assert {practice for _, practice in rows} <= bound["practice"]
    commands = set(re.findall(r"`hiproutine ([a-z][a-z-]*)", README))
    assert len(commands) > 6
    assert commands <= set(COMMANDS)


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "CHANGELOG.md"], ids=lambda page: page.name)
def test_every_command_is_one_that_the_program_takes(page: Path) -> None:
    text = page.read_text("utf-8")
    blocks = re.findall(r"```.*?```", text, re.DOTALL)
    written = [line for block in blocks for line in block.splitlines() if line.startswith("hiproutine ")]
    named = re.findall(r"`hiproutine ([a-z][^`]*)`", prose(page))
    for line in [*written, *(f"hiproutine {words}" for words in named)]:
        command, _, remark = line.partition(" #")
        name, *words = shlex.split(re.split(r" (?:>>?|\|) ", command)[0])[1:]
        if name.startswith("-") or name in ("help", "version"):
            continue
        assert name in COMMANDS, line
        parser = command_parser(name)[1]
        options = [word.partition("=")[0] for word in [*words, *re.findall(r"--[a-z][a-z-]*", remark)]]
        known = parser._option_string_actions
        assert {option for option in options if option.startswith("--")} <= {*known, "--"}, line
        if line in written and not re.search(r"\b[A-Z]{2,}\b", command):
            parser.parse_args(words)  # ends in SystemExit if it is wrong


@pytest.mark.skipif(not (ROOT / ".github").is_dir(), reason="not a part of the sdist")
@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("github-workflows", "workflows/*.yml"),
        ("github-issue-forms", "ISSUE_TEMPLATE/[!c]*.yml"),
        ("github-issue-config", "ISSUE_TEMPLATE/config.yml"),
    ],
)
def test_forms_and_workflows_are_as_their_schema_says(schema: str, files: str) -> None:
    found = [str(path) for path in (ROOT / ".github").glob(files)]
    assert found
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *found]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.skipif(not (ROOT / ".github").is_dir(), reason="not a part of the sdist")
def test_workflows_may_do_no_more_than_they_need() -> None:
    for path in (ROOT / ".github" / "workflows").iterdir():
        flow = yaml.safe_load(path.read_text("utf-8"))
        assert flow["permissions"] == {"contents": "read"}
        assert all(job["runs-on"] and job["steps"] for job in flow["jobs"].values())
    assert yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
