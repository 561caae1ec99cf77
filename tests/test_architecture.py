"""The map of the house says what the code says."""

import runpy
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"


def test_the_picture_of_the_imports_is_that_of_the_code() -> None:
    drawn = runpy.run_path(str(DOCS / "imports.py"))
    now = drawn["picture"](drawn["rooms"](), drawn["imports"]())
    assert (DOCS / "imports.svg").read_text("utf-8") == now, "python docs/imports.py draws it anew"


def test_every_file_that_the_map_names_is_there() -> None:
    package = DOCS.parent / "hiproutine"
    text = (DOCS / "architecture.md").read_text("utf-8")
    named = {word for word in text.replace("`", " ").split() if word.endswith(".py") and "/" in word}
    assert len(named) > 15
    assert {word for word in named if not ((package / word).is_file() or (DOCS.parent / word).is_file())} == set()
