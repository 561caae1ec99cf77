"""`remind`: what it sets up, lists and ends with a crontab of the test's own, and when it is silent."""

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from hiproutine.coach import session
from hiproutine.day.context import Context
from hiproutine.practice import recording
from tests.conftest import HandClock, Run

if sys.platform == "win32":
    pytest.skip("the programs of the tests are shell scripts", allow_module_level=True)

HOUR_MS = 3_600_000


@pytest.fixture(autouse=True)
def linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)


@pytest.fixture
def crontab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's crontab, which a `crontab` on the path reads and writes."""
    table, program = tmp_path / "table", tmp_path / "programs" / "crontab"
    table.write_text("0 1 * * * mine\n", encoding="utf-8")
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\n[ "$1" = -l ] && exec /bin/cat {table}\nexec /bin/cat >{table}\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    return table


def test_reminders_are_set_up_listed_and_ended(run: Run, crontab: Path) -> None:
    before = crontab.read_text("utf-8")
    assert run("remind", "--list").lines == run("remind").lines
    assert run("remind").lines == ["No reminders are set. `hiproutine remind 08:00 --weekdays` sets one."]
    assert run("remind", "08:00,17:30", "--weekdays").lines == [
        "Session reminder: 08:00, 17:30, Monday to Friday. `hiproutine remind --off` turns it off."
    ]
    assert run("remind", "break", "--every", "240", "--from", "9:00").code == 0
    assert run("remind", "--list").lines == [
        "Session: 08:00, 17:30, Monday to Friday",
        "Break: 09:00, 13:00, 17:00, every day",
    ]
    assert run("remind", "break", "--off").code == 0
    assert run("remind").lines == ["Session: 08:00, 17:30, Monday to Friday"]
    assert run("remind", "--off").lines == ["All reminders are off."]
    assert crontab.read_text("utf-8") == before


def test_a_dry_run_prints_everything_and_changes_nothing(run: Run, crontab: Path) -> None:
    before = crontab.read_text("utf-8")
    lines = run("remind", "08:00", "--dry-run").lines
    assert lines[0] == "# command: crontab -"
    assert any(line.startswith("0 8 * * * ") and line.endswith("remind now --for session --at 08:00") for line in lines)
    assert crontab.read_text("utf-8") == before


def test_the_files_of_systemd_are_named_before_and_listed_after(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    systemctl = tmp_path / "programs" / "systemctl"
    systemctl.parent.mkdir()
    systemctl.write_text("#!/bin/sh\n", encoding="utf-8")
    systemctl.chmod(0o755)
    (tmp_path / "run" / "systemd").mkdir(parents=True)
    monkeypatch.setenv("PATH", str(systemctl.parent))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    units = home / ".config" / "systemd" / "user"
    files = [str(units / f"hiproutine-session.{ending}") for ending in ("service", "timer")]
    dry = run("remind", "08:00", "--dry-run").lines
    assert [line for line in dry if line.startswith("# /")] == [f"# {file}:" for file in files]
    assert not units.exists()
    assert run("remind", "08:00").lines[:-1] == [f"Written: {file}" for file in files]
    assert run("remind").lines == ["Session: 08:00, every day", *(f"  {file}" for file in files)]
    (units / "hiproutine-session.service").write_text("ExecStart=edited 'by hand\n", encoding="utf-8")
    assert run("remind").lines[0].startswith("No reminders are set.")
    assert sorted(run("remind", "--off").lines[:-1]) == sorted(f"Removed: {file}" for file in files)
    assert list(units.iterdir()) == []


def test_without_a_scheduler_a_dry_run_still_shows_how_it_would_be(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    said = run("remind", "08:00")
    assert (said.code, said.err) == (
        1,
        "hiproutine: no scheduler found: neither systemd nor cron runs here; install cron\n",
    )
    assert "OnCalendar=*-*-* 08:00:00" in run("remind", "08:00", "--dry-run").lines
    for words in (["--off"], ["break", "--off"], ["--list"], [], ["--off", "--dry-run"], ["--dry-run"]):
        said = run("remind", *words)
        assert (said.code, said.lines) == (0, ["No reminders are set: neither systemd nor cron runs here."])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["8 o'clock"], "is not a time such as 08:00"),
        (["08:00", "--every", "60"], "are for breaks"),
        (["break", "--every", "5"], "is not a number of minutes from 15 to 720"),
        (["break", "--from", "25:00"], '"25:00" is not a time'),
        (["break", "--from", "18:00"], "17:30 is before 18:00"),
        (["08:00", "--off"], "--off turns all reminders off"),
    ],
)
def test_wrong_usage_is_told(run: Run, crontab: Path, words: list[str], told: str) -> None:
    said = run("remind", *words)
    assert (said.code, told in said.err) == (2, True)


# ---- now ----

Shown = list[tuple[str, str, Sequence[str]]]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch, run: Run, clock: HandClock) -> Shown:
    """The notifications: title, text, command."""
    shown: Shown = []
    monkeypatch.setattr("hiproutine.day.context.SystemClock", lambda: clock)
    monkeypatch.setattr(
        "hiproutine.desktop.notifications.notify", lambda title, text, command, *_: shown.append((title, text, command))
    )
    return shown


def test_now_names_the_session_with_its_minutes(run: Run, shown: Shown) -> None:
    today = run("today", "--json").json
    assert run("remind", "now") == (0, "", "")
    ((title, _, command),) = shown
    assert title == f"4 stretches to do everyday, {-(-today['seconds'] // 60)} min"
    assert command[-2:] == ["-m", "hiproutine"]


def test_now_names_a_break_with_its_moves(run: Run, shown: Shown) -> None:
    assert run("remind", "now", "--for", "break") == (0, "", "")
    ((title, text, command),) = shown
    assert title.endswith(" min")
    assert text.startswith("Time to get up: ")
    assert command[-1] == "break"


@pytest.mark.parametrize(
    ("words", "of_session", "of_break"),
    [
        (["log", "couch-stretch"], False, True),
        (["rest"], False, False),
        (["log", "couch-stretch", "--day", "yesterday"], True, True),
    ],
)
def test_now_is_silent_when_today_is_done_or_of_rest(
    run: Run, shown: Shown, words: list[str], of_session: bool, of_break: bool
) -> None:
    assert run(*words).code == 0
    assert run("remind", "now").code == 0
    assert len(shown) == of_session
    assert run("remind", "now", "--for", "break").code == 0
    assert len(shown) == of_session + of_break


def test_now_is_silent_more_than_three_hours_late(run: Run, shown: Shown, clock: HandClock) -> None:
    for late_ms, count in ((0, 1), (3 * HOUR_MS, 2), (3 * HOUR_MS + 60_000, 2)):
        clock.running_ms = late_ms
        assert run("remind", "now", "--at", "07:30").code == 0
        assert len(shown) == count


def test_now_is_silent_while_practising(run: Run, shown: Shown, clock: HandClock) -> None:
    context = Context(clock=clock)
    found = session.find(context.catalogue, "couch-stretch")
    running = context.store.begin(recording.opening(found, clock, "0"), [])
    assert run("remind", "now").code == 0
    assert shown == []
    running.leave()
    assert run("remind", "now").code == 0
    assert len(shown) == 1


def test_now_is_silent_when_the_screening_stops_everything(run: Run, home: Path, shown: Shown) -> None:
    settings = home / ".config" / "hiproutine" / "settings.yaml"
    settings.parent.mkdir(parents=True)
    settings.write_text("conditions: [surgery_recent]\n", encoding="utf-8")
    for kind in ("session", "break"):
        assert run("remind", "now", "--for", kind).code == 0
    assert shown == []
