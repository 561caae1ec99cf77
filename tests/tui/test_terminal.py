"""In a real pseudo-terminal: a short session, and every way in which a terminal or a process can go."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hiproutine.catalogue.conditions import STOPS
from hiproutine.coach.questions import QUESTIONS
from tests.terminal import PATIENCE_S, Terminal

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
        terminal.wait_for("Your session")
        terminal.send("\r")
        terminal.wait_for("h Hurts")
        terminal.send("n")
        terminal.wait_for("next: rest 10 s")
        terminal.read(2.2)
        terminal.send("q")
        terminal.wait_for("Stop here?")
        terminal.send("q")
        terminal.wait_for("Less than planned")
        terminal.send("\r")
        terminal.wait_for("m Minutes")
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
        terminal.wait_for("READY")
        begun = time.monotonic()
        terminal.send("n")
        terminal.wait_for("HOLD")
        terminal.read(1.5)
        terminal.signal(number)
        assert terminal.end() == 128 + number
        assert terminal.restored()
    (journal,) = journals(home)
    held_ms = json.loads(journal.read_text("utf-8").splitlines()[-1])["held_ms"]
    assert 1000 <= held_ms < 1000 * (time.monotonic() - begun)


def test_keys_in_one_go_change_the_session_which_is_resumed_after_it_was_killed(home: Path) -> None:
    with Terminal(home, size=(80, 24)) as terminal:
        terminal.wait_for("Pain now?")
        terminal.send("jjd>jz0")
        terminal.wait_for(": 0 of 10 · z")
        terminal.wait_for("Today's session")
        assert "Lying butterfly" not in terminal.text()
        terminal.send("\r")
        terminal.wait_for("h Hurts")
        terminal.send("n")
        terminal.wait_for("next: rest 10 s")
        terminal.signal(signal.SIGKILL)
        assert terminal.end() == -signal.SIGKILL
    with Terminal(home, size=(80, 24)) as terminal:
        terminal.wait_for("Unfinished since")
        terminal.send("\r")
        terminal.wait_for("h Hurts")


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
        terminal.wait_for("READY")
        terminal.hang_up()
        terminal.end()
    assert len(journals(home)) == 1


def test_a_stopped_process_pauses_and_paints_again(home: Path) -> None:
    with Terminal(home, "start", "supine-butterfly") as terminal:
        terminal.wait_for("READY")
        terminal.send("n")
        terminal.wait_for("HOLD")
        terminal.read(1.5)
        terminal.signal(signal.SIGSTOP)
        time.sleep(4)
        terminal.signal(signal.SIGCONT)
        terminal.wait_for("Space resumes.")
        terminal.wait_for("Nothing of it was counted")
        terminal.send("qq")
        terminal.wait_for("Less than planned")
    (session,) = history(home)
    steps = session["steps"]
    assert isinstance(steps, list)
    assert 1000 <= steps[0]["held_ms"] < 2500


def test_ctrl_z_pauses_before_it_stops(home: Path) -> None:
    with Terminal(home, "start", "supine-butterfly") as terminal:
        terminal.wait_for("READY")
        terminal.send("\x1a")
        status = terminal.changed(os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        terminal.read(0.3)
        assert terminal.restored()
        terminal.signal(signal.SIGCONT)
        terminal.wait_for("PAUSED READY")


def test_killed_outright_it_offers_to_resume(home: Path) -> None:
    with Terminal(home, "start", "supine-butterfly") as terminal:
        terminal.wait_for("READY")
        terminal.signal(signal.SIGKILL)
        assert terminal.end() == -signal.SIGKILL
    with Terminal(home) as terminal:
        terminal.wait_for("Unfinished since")
        terminal.send("\r")
        terminal.wait_for("READY")


def test_two_at_once_do_each_other_no_harm(home: Path) -> None:
    with Terminal(home, "start", "supine-butterfly") as first:
        first.wait_for("READY")
        with Terminal(home) as second:
            second.wait_for("m Minutes")
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
        terminal.wait_for("READY")
        terminal.wait_for("cannot be saved yet")
        terminal.send("n")
        terminal.read(2)
        terminal.send("qq")
        terminal.wait_for("Less than planned")


def test_the_screening_is_asked_at_a_terminal_and_its_answers_are_kept(home: Path) -> None:
    with Terminal(home, "screening", size=(100, 70)) as terminal:
        terminal.wait_for(f"1/{len(QUESTIONS)}")
        stops = [code for code in QUESTIONS if code in STOPS]
        terminal.send("x" + "n" * len(stops) + "ub")
        terminal.wait_for("counts as yes")
        terminal.send("u" + "n" * (len(QUESTIONS) - len(stops) - 3) + "yn")
        terminal.wait_for("Removed (")
        assert terminal.end() == 0
        assert b"\x1b" not in terminal.written
    settings = home / ".config" / "hiproutine" / "settings.yaml"
    before, dated = settings.read_text().splitlines()
    assert before == "conditions: [thr, bp_uncontrolled]"
    assert dated.startswith("screened: 20")
    with Terminal(home, "screening", size=(100, 70)) as terminal:
        terminal.send("n" * len(stops))
        terminal.wait_for("(now: yes)")
        terminal.send("nq")
        terminal.wait_for("Removed (9)")
    assert settings.read_text() == f"conditions: [bp_uncontrolled]\n{dated}\n"


def test_no_word_of_the_screening_is_cut_at_the_edge_of_the_terminal(home: Path) -> None:
    before = list(QUESTIONS).index("fai")
    with Terminal(home, "screening", size=(60, 90)) as terminal:
        terminal.wait_for("1/")
        terminal.send("n" * before + "y")
        terminal.wait_for("Not planned (")
        terminal.send("q")
        assert terminal.end() == 0
    lines = terminal.written.decode().splitlines()
    assert len(lines) > 2 * before
    assert [line for line in lines if len(line) > 60 + len(" yes")] == []


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
        terminal.wait_for("1/4")
        terminal.send(" nnn")
        terminal.wait_for("Nothing is removed.")
        terminal.send("\rq")
        terminal.wait_for("4 stretches to do everyday")
        terminal.send("q")
        assert terminal.end() == 0
    assert settings.read_text().startswith("conditions: [] # since May\nscreened: 20")


MOST_KEYS, MOST_WORDS = 10, 3 * 240
"""From nothing to the first get-ready: keys, and words for three minutes of reading (without footer, progress bar)."""


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
def test_a_newcomer_is_at_the_first_get_ready_after_ten_keys_and_three_minutes_of_reading(
    home: Path, size: tuple[int, int]
) -> None:
    keys: list[str] = []
    words: list[list[str]] = []
    before: list[str] = []
    with Terminal(home, size=size, safety_read=False) as terminal:
        terminal.wait_for("Before you practise")
        terminal.rest()
        while "Pause" not in terminal.text() and len(keys) <= MOST_KEYS:
            *page, footer = terminal.text().splitlines()
            new = " ".join(line for line in page if line not in before)
            words.append([word for word in new.split() if any(map(str.isalnum, word)) and not word.endswith("/8")])
            before = page
            keys.append(footer.split()[0])
            terminal.send({"enter": "\r", "n": "n"}[keys[-1]])
            until = time.monotonic() + PATIENCE_S
            while terminal.text().splitlines()[:-1] == page and time.monotonic() < until:
                terminal.read(0.1)
            if "Pause" not in terminal.text():
                terminal.rest()
    read = sum(map(len, words))
    print(read, words)
    assert len(keys) <= MOST_KEYS, keys
    assert read <= MOST_WORDS
    assert read > 500  # the pages were read


def test_keys_of_one_packet_take_effect_in_their_order(home: Path) -> None:
    with Terminal(home, size=(80, 24)) as terminal:
        terminal.wait_for("Pain now?")
        terminal.read(0.5)
        terminal.send("4\r")
        terminal.wait_for(": 4 of 10 · z")
        terminal.send("q")
        assert terminal.end() == 0


def test_a_tick_and_enter_in_one_packet_are_a_tick_and_then_enter(home: Path) -> None:
    with Terminal(home, size=(80, 24), safety_read=False) as terminal:
        terminal.wait_for("Read on")
        terminal.send("\r")
        terminal.wait_for("I have read this")
        terminal.send("\r")
        terminal.wait_for("How many minutes a day?")
        terminal.send("\x1b[C\r")
        terminal.wait_for("What is at hand?")
        terminal.send("\r")
        terminal.wait_for("Where is it stiff?")
        terminal.send(" \r")
        terminal.wait_for("What may stop practice")
        terminal.rest()  # `n` answers only what is on the screen
        terminal.send("n")
        terminal.wait_for("General health")
        terminal.send(" \r")
        terminal.wait_for("After your hip replacement")
    text = (home / ".config" / "hiproutine" / "settings.yaml").read_text("utf-8")
    assert "minutes: 15" in text
    assert "front-of-hip" in text
    assert "thr" in text
