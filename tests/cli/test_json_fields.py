"""JSON has the fields that the help of its command and the table of the docs name, and no others."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from hiproutine import paths
from hiproutine.cli.json_fields import ABSENT, Fields, Objects, names, values_of
from hiproutine.history.records import Rest, StepRecord
from hiproutine.history.store import Store
from tests.catalogue.test_overlay import LIZARD
from tests.cli.test_history import session
from tests.cli.test_main import COMMANDS
from tests.conftest import Run

# How each row of the docs' table is made, in so many runs that every field is printed once; and what stands before
# its fields in the help.
ROWS = {
    "list": (["list"], "exercises: "),
    "list --routines": (["list --routines"], "--routines: "),
    "list --videos": (["list --videos"], "--videos: "),
    "show EXERCISE": (["show couch-stretch"], "an exercise: "),
    "show ROUTINE": (["show four-everyday"], "a routine: "),
    "show PROGRAMME": (["show desk-hips"], "a programme: "),
    "show CARD": (["show edu-red-flags"], "a card: "),
    "show VIDEO": (["show FaQiDy9ci04"], "a video: "),
    "today": (["today", "today --minutes 15 --focus trunk"], ""),
    "break": (["break"], ""),
    "rehearse": (["rehearse couch-stretch"], "each segment of the timeline: "),
    "figure ID": (
        ["figure seated-hip-ir-lift", "figure adductor-squeeze", "figure supine-hamstring-strap"],
        "the joints in space, frame by frame: ",
    ),
    "streak": (["streak"], ""),
    "status": (["status"], "on one line: "),
    "stats": (["stats"], ""),
    "self-check": (["self-check"], ""),
    "screening": (["screening"], ""),
    "programme": (["programme", "programme desk-hips --yes"], ""),
    "goal": (["goal"], ""),
    "check": (["check"], ""),
}
_PAGE = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")


@pytest.fixture
def much() -> None:
    """A home where no list of any JSON is empty."""
    config = paths.find().config
    (config / "catalogue").mkdir(parents=True)
    (config / "catalogue" / "odd.yaml").write_text(LIZARD, encoding="utf-8")
    (config / "catalogue" / "wrong.yaml").write_text("hide: [nothing]\n", encoding="utf-8")
    (config / "settings.yaml").write_text("conditions: [gtps]\n", encoding="utf-8")
    step = StepRecord("dead-bug-heel-tap", "Dead bug heel taps", None, 80_000, 80_000, "done")
    store = Store(paths.find().data / "history", paths.find().state)
    store.write(session(18, step), session(20, step), Rest("r", date(2026, 12, 24), datetime(2026, 11, 20, tzinfo=UTC)))


def printed(value: Any) -> dict[str, Any]:
    """The names of the fields of an object, or of all objects in a list; of fields that hold objects, theirs."""
    found: dict[str, Any] = {}
    for each in value if isinstance(value, list) else [value]:
        for name, inner in each.items():
            has_objects = isinstance(inner, list) and any(isinstance(one, dict) for one in inner)
            found[name] = (found.get(name) or {}) | (printed(inner) if has_objects else {})
    return found


def named(text: str) -> dict[str, Any]:
    """The same of a text such as `day, items (exercise, name)`."""
    found: list[dict[str, Any]] = [{}]
    last = ""
    for token in re.findall(r"\w+|[(),]", text):
        if token == "(":
            found.append(found[-1][last])
        elif token == ")":
            found.pop()
        elif token != ",":
            last = token
            found[-1][last] = {}
    return found[0]


@pytest.mark.usefixtures("much")
@pytest.mark.parametrize("row", ROWS)
def test_json_has_the_fields_that_help_and_docs_name(run: Run, monkeypatch: pytest.MonkeyPatch, row: str) -> None:
    runs, before = ROWS[row]
    if row == "self-check":
        assert run("self-check", "knee-to-wall", "--left", "9.5").code == 0
    fields: dict[str, Any] = {}
    for words in runs:
        for name, inner in printed(json.loads(run(*words.split(), "--json").out)).items():
            fields[name] = fields.get(name, {}) | inner
    monkeypatch.setenv("COLUMNS", "2000")
    (told,) = re.findall(r"^  --json +(.*)$", run(row.split(maxsplit=1)[0], "--help").out, re.MULTILINE)
    (said,) = (
        part.removeprefix(before) for part in told.split("; ") if part.startswith(before) and "times" not in part
    )
    (documented,) = re.findall(rf"^\| `{row}` \| .*?`(.*?)`", _PAGE, re.MULTILINE)
    assert named(said) == fields
    assert said == documented


def test_every_command_with_json_has_a_row() -> None:
    assert {row.split()[0] for row in ROWS} == {name for name, has in COMMANDS.items() if "--json" in has} - {"history"}


def test_the_names_and_the_values_come_from_one_table() -> None:
    inner: Fields[str, int] = {"letter": lambda letter, _: letter, "place": lambda _, place: place or ABSENT}
    outer: Fields[str] = {"word": lambda word: word, "letters": Objects(inner, _numbered)}
    assert names(outer) == "word, letters (letter, place)"
    assert values_of(outer, "hip") == {
        "word": "hip",
        "letters": [{"letter": "h"}, {"letter": "i", "place": 1}, {"letter": "p", "place": 2}],
    }


def _numbered(word: str) -> Iterable[tuple[str, int]]:
    return ((letter, place) for place, letter in enumerate(word))
