"""The map of the house says what the code says."""

import ast
import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"


def test_the_picture_of_the_imports_is_that_of_the_code() -> None:
    drawn = runpy.run_path(str(DOCS / "imports.py"))
    now = drawn["picture"](drawn["rooms"](), drawn["imports"]())
    assert (DOCS / "imports.svg").read_text("utf-8") == now, "python docs/imports.py draws it anew"


def test_the_keys_of_the_guide_are_those_of_the_table() -> None:
    drawn = runpy.run_path(str(DOCS / "keys.py"))
    text = (DOCS / "guide.md").read_text("utf-8")
    assert text.count("\n| `") > 40
    assert text == drawn["written"](text), "python docs/keys.py writes them anew"


def test_every_file_that_the_map_names_is_there() -> None:
    package = DOCS.parent / "hiproutine"
    text = (DOCS / "architecture.md").read_text("utf-8")
    named = {word for word in text.replace("`", " ").split() if word.endswith(".py") and "/" in word}
    assert len(named) > 15
    assert {word for word in named if not ((package / word).is_file() or (DOCS.parent / word).is_file())} == set()


@pytest.mark.parametrize("front_end", ["tui", "plain"])
def test_no_front_end_reads_or_writes_the_store_itself(front_end: str) -> None:
    """Records are made and kept by `day`; what waits for a disk is tried again through its runner."""
    files = list((DOCS.parent / "hiproutine" / front_end).rglob("*.py"))
    assert files
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Attribute(attr="store"):
                    pytest.fail(f"{file}:{node.lineno} uses the store")
                case ast.ImportFrom(module=str(module), names=names):
                    imported = {module, *(f"{module}.{each.name}" for each in names)}
                    assert not imported & {f"hiproutine.history.{name}" for name in ("store", "making", "jsonl")}, file
