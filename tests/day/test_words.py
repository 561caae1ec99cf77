"""`today` with a profile: what screening, the planner and their reasons look like to whoever runs the command."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.cli.main import main
from hiproutine.coach.plan_words import PLAN_LESS
from hiproutine.coach.planner import plan
from hiproutine.coach.questions import QUESTIONS
from hiproutine.coach.screening import screen
from hiproutine.coach.session import find
from hiproutine.day.context import Context
from hiproutine.day.runner import Runner
from hiproutine.day.words import for_paper, with_keys, without_commands
from hiproutine.history.past import Past
from hiproutine.settings.model import Manner, Profile
from tests.conftest import Run


def settings(home: Path, text: str) -> None:
    folder = home / ".config" / "hiproutine"
    folder.mkdir(parents=True)
    (folder / "settings.yaml").write_text(text)


def today(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["today", *words]) == 0
    return capsys.readouterr().out


def test_what_screening_did_to_a_routine_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings(home, "conditions: [thr_anterior, preg]\n")
    said = today(capsys, "ten-minute")
    assert "Omitted, because it is removed for you: Hip CARs on hands and knees, Half-kneeling" in said
    assert "Careful with Warm-up march: Hold on to something that cannot move." in said


def test_the_screening_is_printed_where_nobody_can_be_asked(run: Run, home: Path) -> None:
    settings(home, "conditions: [knee_twist, balance]\n")
    lines = run("screening").lines
    assert [line.partition("  ")[2] for line in lines if line.startswith("yes")] == [
        QUESTIONS["knee_twist"].text,
        QUESTIONS["balance"].text,
    ]
    assert lines[-3].startswith("Removed (10): ")
    found = run("screening", "--json").json
    assert found["conditions"] == ["knee_twist", "balance"]
    assert (len(found["hidden"]), len(found["not_planned"]), found["stop"]) == (10, 22, None)
    assert found["careful"] == int(lines[-1].rpartition(" ")[2].rstrip("."))
    assert found["changes"] == lines[-3:]
    assert [each["code"] for each in found["questions"] if each["yes"]] == ["knee_twist", "balance"]


def test_something_hidden_is_refused_with_its_reason(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings(home, "conditions: [knee_twist]\n")
    assert main(["today", "pigeon-floor"]) == 1
    assert '"pigeon-floor" is hidden by your screening (ligament or meniscus' in capsys.readouterr().err


def test_a_routine_named_in_the_shell_keeps_to_the_profile(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings(home, "avoid_positions: [half-kneeling, seated-floor, supine, prone, side-lying, quadruped]\n")
    found = json.loads(today(capsys, "ten-minute", "--json"))
    assert any(why.startswith("in place of ") for item in found["items"] for why in item.get("why", ()))
    assert main(["today", "couch-stretch", "--json"]) == 0
    assert '"couch-stretch"' in capsys.readouterr().out


def test_the_coach_is_asked_for_minutes_and_gives_its_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    said = today(capsys, "--minutes", "7", "--focus", "ankle", "--no-floor", "--equipment", "chair", "--why")
    assert said.startswith("Today's session: 6:")
    assert "6 of 7 min: 2 new exercises are enough." in said
    assert "ankle, stretch: 0 of 7 min this week; your focus; not done yet" in said
    assert "\n     needs ball: Buttock ball release\n" in said
    assert max(map(len, said.split("Omitted:")[1].splitlines())) <= 80


def test_the_json_of_a_plan_has_every_reason_and_can_be_started(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(today(capsys, "--minutes", "10", "--json"))
    assert found["routine"] is None
    assert 300 <= found["seconds"] <= 600
    assert sum(item["seconds"] for item in found["items"]) == found["seconds"]
    assert all(item["why"] for item in found["items"])
    assert len(found["items"]) + len(found["omitted"]) == 102
    again = json.loads(today(capsys, found["plan"], "--json"))
    names = ("exercise", "seconds", "dose")
    assert [[item[name] for name in names] for item in again["items"]] == [
        [item[name] for name in names] for item in found["items"]
    ]


def test_a_profile_with_minutes_makes_every_day_a_plan(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings(home, "minutes: 5\nfocus: {calf: 3}\nconditions: [achilles]\n")
    found = json.loads(today(capsys, "--json"))
    assert found["seconds"] <= 300
    careful = [item["careful"] for item in found["items"] if "heel-raise" in item["exercise"]]
    assert careful
    assert all("Slowly, both feet at once. Stop if the tendon hurts." in lines[0] for lines in careful)
    assert json.loads(today(capsys, "five-minute", "--json"))["routine"] == "five-minute"


def practise(home: Path, days_ago: int, exercise: str, sides: Sequence[str | None], seconds: int) -> None:
    """A session of one exercise, written into the history."""
    folder = home / ".local" / "share" / "hiproutine" / "history"
    folder.mkdir(parents=True, exist_ok=True)
    start = datetime.now(UTC) - timedelta(days=days_ago)
    ms = seconds * 1000
    steps = [
        {"exercise": exercise, "name": "", "side": side, "planned_ms": ms, "held_ms": ms, "end": "done"}
        for side in sides
    ]
    session = {
        "v": 1, "id": f"s{days_ago}", "kind": "session", "day": start.date().isoformat(), "start": start.isoformat(),
        "end": start.isoformat(), "counts": True, "offset_min": 0, "zone": None, "rollover_min": 240, "routine": None,
        "app": "", "steps": steps,
    }  # fmt: skip
    with (folder / "0a1b2c3d-2026.jsonl").open("a") as file:
        file.write(json.dumps(session) + "\n")


def test_the_records_of_the_week_are_the_reasons(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    practise(home, 3, "wall-calf-stretch", ("left", "right"), 125)
    assert "calf, stretch: 2 of 7 min this week; your focus" in today(capsys, "--minutes", "9", "--focus", "calf")


def test_a_step_that_was_earned_is_suggested(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for ago in (5, 3):
        practise(home, ago, "side-plank-knees", ("left", "right"), 60)
    # In 10 min the day has room for two of its three sets only.
    assert "Ready for more" not in today(capsys, "--minutes", "10", "--focus", "trunk")
    words = ("--minutes", "11", "--focus", "trunk")
    more = "Side plank from the knees: 3 × 30 s instead of 3 × 20 s; Hip hinge in another dose"
    assert f"Ready for more: {more}.\n" in today(capsys, *words)
    (found,) = json.loads(today(capsys, *words, "--json"))["suggestions"]
    taken = json.loads(today(capsys, found.pop("plan"), "--json"))
    assert taken["seconds"] <= 11 * 60
    assert [item["dose"] for item in taken["items"] if item["exercise"] == "side-plank-knees"] == ["3x30s, each side"]
    assert [found] == [
        {
            "exercise": "side-plank-knees",
            "dose": "3x30s, each side",
            "instead_of": "side-plank-knees",
            "words": more,
        }
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--focus", "ankle"], "the coach needs to know the time"),
        (["--why"], "the coach needs to know the time"),
        (["--minutes", "7", "five-minute"], "do not give an ID"),
        (["--minutes", "0"], '"0" is not a whole number from 1 to 240'),
        (["--minutes", "7", "--equipment", "chiar"], 'did you mean "chair"?'),
        (["--minutes", "7", "--focus", "whole-body"], '"whole-body" is not one of'),
    ],
)
def test_wrong_usage_is_told(capsys: pytest.CaptureFixture[str], words: list[str], told: str) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["today", *words])
    assert caught.value.code == 2
    assert told in capsys.readouterr().err


def test_what_the_coach_plans_is_what_the_screen_begins_with_and_can_be_made_again(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert Runner(Context()).day.plan.session.plan == "four-everyday"
    settings(home, "minutes: 8\nfocus: {front-of-hip: 2}\n")
    planned = Runner(Context()).day.plan.session
    assert json.loads(today(capsys, "--json"))["plan"] == planned.plan
    assert find(Context().screened.catalogue, planned.plan) == planned


def test_what_could_be_done_more_is_named_with_the_key_that_adds_it(catalogue: Catalogue) -> None:
    made = plan(screen(catalogue, ()), Profile(20), Manner(), Past(()), date(2026, 11, 23))
    assert re.fullmatch(r"\d+ of 20 min: .+ For more: .+ \(`hiproutine start [\w-]+`\)\.", made.notes[-1])
    assert re.fullmatch(r"\d+ of 20 min: .+ For more: [^`]+ \(a\)\.", with_keys(made.notes[-1]))
    assert re.fullmatch(r"\d+ of 20 min: .+ For more: [^`(]+[^ ]\.", without_commands(made.notes[-1]))


def test_beside_a_session_that_is_not_on_today_no_sentence_names_a_key_but_w() -> None:
    assert without_commands("Not due; `--why` says which.") == "Not due; w says which."
    assert without_commands(f"Omitted twice. {PLAN_LESS.format('pigeon')} Rest.") == "Omitted twice. Rest."
    assert without_commands("`hiproutine show edu-pain` says why.") == ""
    assert for_paper("Not due; `--why` says which.") == "Not due."
    assert (
        for_paper("For more: Heel raise (`hiproutine start heel-raise`). `--why` says why.") == "For more: Heel raise."
    )
