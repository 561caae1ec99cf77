"""In a real pseudo-terminal: a short session, and every way in which a terminal or a process can go."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.terminal import Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs pseudo-terminals and POSIX signals")


def history(home: Path) -> list[dict[str, object]]:
    folder = home / ".local" / "share" / "hiproutine" / "history"
    return [json.loads(line) for path in folder.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()]


def journals(home: Path) -> list[Path]:
    return list((home / ".local" / "state" / "hiproutine" / "journal").glob("*.jsonl"))


def test_a_short_session_from_start_to_quit(home: Path) -> None:
    with Terminal(home, size=(80, 24), safety_read=False) as terminal:
        terminal.wait_for("Before you practise")
        terminal.read_safety()
        terminal.wait_for("4 stretches to do everyday")
        terminal.send("\r")
        terminal.wait_for("next: hold 30 s")
        terminal.send("n")
        terminal.wait_for("next: rest 10 s")
        terminal.read(2.2)
        terminal.send("q")
        terminal.wait_for("Stop here?")
        terminal.send("q")
        terminal.wait_for("A start.")
        terminal.send("\r")
        terminal.wait_for("Today,")
        terminal.send("q")
        assert terminal.end() == 0
        assert terminal.restored()
        assert b"\x07" in terminal.written
    (session,) = history(home)
    steps = session["steps"]
    assert isinstance(steps, list)
    assert 2000 <= steps[0]["held_ms"] <= 4000
    assert steps[0]["end"] == "shortened"
    assert journals(home) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_with_the_terminal_restored_and_the_journal_kept(home: Path, number: signal.Signals) -> None:
    with Terminal(home, "start", "supine-butterfly") as terminal:
        terminal.wait_for("GET READY")
        terminal.send("n")
        terminal.wait_for("HOLD")
        terminal.read(1.5)
        terminal.signal(number)
        assert terminal.end() == 128 + number
        assert terminal.restored()
    (journal,) = journals(home)
    held_ms = json.loads(journal.read_text("utf-8").splitlines()[-1])["held_ms"]
    assert 1000 <= held_ms < 4000


def test_keys_in_one_go_change_the_session_which_is_resumed_after_it_was_killed(home: Path) -> None:
    with Terminal(home, size=(80, 24)) as terminal:
        terminal.wait_for("How much does it hurt right now?")
        terminal.send("jjd>jz0")
        terminal.wait_for("Noted: 0 of 10.")
        terminal.wait_for("Today's session")
        assert "Lying butterfly" not in terminal.text()
        terminal.send("\r")
        terminal.wait_for("1 of 3")
        terminal.send("n")
        terminal.wait_for("next: rest 10 s")
        terminal.signal(signal.SIGKILL)
        assert terminal.end() == -signal.SIGKILL
    with Terminal(home, size=(80, 24)) as terminal:
        terminal.wait_for("Unfinished since")
        terminal.send("r")
        terminal.wait_for("1 of 3")


@pytest.mark.parametrize(
    ("first", "shows", "then"),
    [
        ("c", "Which routine today?", "\r\r"),
        ("c", "Which routine today?", "\rq\rq"),
        ("a", "Which one more today?", "lizard\r\r"),
        ("\x10", "Search", "zz\x1b\x1b\x1b"),
    ],
)
def test_keys_in_one_write_do_not_end_it(home: Path, first: str, shows: str, then: str) -> None:
    with Terminal(home, size=(80, 24)) as terminal:
        terminal.wait_for("4 stretches to do everyday")
        terminal.send(first)
        terminal.wait_for(shows)
        terminal.read(0.3)
        terminal.send(then)
        terminal.read(1)
        terminal.signal(signal.SIGTERM)
        code = terminal.end()
        assert "Error" not in terminal.text()
        assert code in (0, 128 + signal.SIGTERM)
        assert terminal.restored()


def test_a_terminal_that_goes_away_ends_it_soon(home: Path) -> None:
    with Terminal(home, "start", "supine-butterfly") as terminal:
        terminal.wait_for("GET READY")
        terminal.hang_up()
        begun = time.monotonic()
        terminal.end()
        assert time.monotonic() - begun < 8
    assert len(journals(home)) == 1


def test_a_stopped_process_pauses_and_paints_again(home: Path) -> None:
    with Terminal(home, "start", "supine-butterfly") as terminal:
        terminal.wait_for("GET READY")
        terminal.send("n")
        terminal.wait_for("HOLD")
        terminal.read(1.5)
        terminal.signal(signal.SIGSTOP)
        time.sleep(4)
        terminal.signal(signal.SIGCONT)
        terminal.wait_for("PAUSED HOLD")
        terminal.wait_for("Nothing of it was counted")
        terminal.send("qq")
        terminal.wait_for("A start.")
    (session,) = history(home)
    steps = session["steps"]
    assert isinstance(steps, list)
    assert 1000 <= steps[0]["held_ms"] < 2500


def test_ctrl_z_pauses_before_it_stops(home: Path) -> None:
    with Terminal(home, "start", "supine-butterfly") as terminal:
        terminal.wait_for("GET READY")
        terminal.send("\x1a")
        status = terminal.changed(os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        terminal.read(0.3)
        assert terminal.restored()
        terminal.signal(signal.SIGCONT)
        terminal.wait_for("PAUSED GET READY")


def test_killed_outright_it_offers_to_resume(home: Path) -> None:
    with Terminal(home, "start", "supine-butterfly") as terminal:
        terminal.wait_for("GET READY")
        terminal.signal(signal.SIGKILL)
        assert terminal.end() == -signal.SIGKILL
    with Terminal(home) as terminal:
        terminal.wait_for("Unfinished since")
        terminal.send("r")
        terminal.wait_for("GET READY")


def test_two_at_once_do_each_other_no_harm(home: Path) -> None:
    with Terminal(home, "start", "supine-butterfly") as first:
        first.wait_for("GET READY")
        with Terminal(home) as second:
            second.wait_for("Today,")
            assert "Unfinished" not in second.text()
            second.send("q")
            assert second.end() == 0
        assert len(journals(home)) == 1
        first.send("n")
        first.wait_for("HOLD")


@pytest.mark.parametrize("term", ["dumb", None])
def test_without_a_terminal_to_draw_on_it_says_so(home: Path, term: str | None) -> None:
    environ = {**os.environ, "HOME": str(home), **({"TERM": term} if term else {})}
    run = subprocess.run([sys.executable, "-m", "hiproutine"], env=environ, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stdout == ""
    assert "needs a terminal" in run.stderr
    assert "\x1b" not in run.stderr


def test_a_read_only_home_is_told_and_the_session_runs(home: Path) -> None:
    (home / ".local" / "state").mkdir(parents=True)
    (home / ".local" / "state" / "hiproutine").write_text("a file in the way of the folder")
    with Terminal(home, "start", "supine-butterfly", safety_read=False) as terminal:
        terminal.wait_for("Before you practise")
        terminal.read_safety()
        terminal.wait_for("GET READY")
        terminal.wait_for("cannot be saved yet")
        terminal.send("n")
        terminal.wait_for("HOLD")


def test_the_screening_is_asked_at_a_terminal_and_its_answers_are_kept(home: Path) -> None:
    with Terminal(home, "screening", size=(100, 70)) as terminal:
        terminal.wait_for("1/26")
        terminal.send("xub")
        terminal.wait_for("counts as yes")
        terminal.send("u" + "n" * 24 + "y")
        terminal.wait_for("exercises are hidden")
        assert terminal.end() == 0
        assert b"\x1b" not in terminal.written
    settings = home / ".config" / "hiproutine" / "settings.yaml"
    assert settings.read_text() == "conditions: [thr_posterior, clot_bleed]\n"
    with Terminal(home, "screening", size=(100, 70)) as terminal:
        terminal.wait_for("(now: yes)")
        terminal.send("nq")
        terminal.wait_for("4 exercises are hidden")
    assert settings.read_text() == "conditions: [clot_bleed]\n"


def test_where_nothing_may_be_practised_the_screen_opens_and_the_answers_can_be_changed(home: Path) -> None:
    settings = home / ".config" / "hiproutine" / "settings.yaml"
    settings.parent.mkdir(parents=True)
    settings.write_text("conditions: [surgery_recent] # since May\n")
    with Terminal(home, size=(80, 24)) as terminal:
        terminal.wait_for("No session today")
        terminal.wait_for("l Library")
        terminal.send(",")
        terminal.wait_for("Stiffer side")
        terminal.send("\x1b[B" * 7 + "\r")
        terminal.wait_for("question 1 of 26")
        terminal.send("n" * 26)
        terminal.wait_for("Nothing is hidden.")
        terminal.send("\r,")
        terminal.wait_for("4 stretches to do everyday")
        terminal.send("q")
        assert terminal.end() == 0
    assert settings.read_text() == "conditions: [] # since May\n"
