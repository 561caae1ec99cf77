"""The first run in lines: the same pages by keys, one a row, and nothing that starts after a stop."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.questions import TICK_PAGES
from hiproutine.day.first_run import BEFORE_A_SESSION, WHOLE
from hiproutine.day.runner import Runner
from tests.conftest import HandClock
from tests.screens import Desk
from tests.terminal import Terminal

if sys.platform == "win32":
    pytest.skip("needs termios and POSIX signals", allow_module_level=True)

from hiproutine.plain.first_run import Lines, ask
from hiproutine.plain.keys import AT_ONCE, Keys


class Asked:
    """A first run in lines, answered by keys; without more keys it is left."""

    def __init__(self, desk: Desk) -> None:
        self.clock = desk.clock
        self.runner = Runner(desk.context())
        self.lines: list[str] = []
        self.pace_ms = 2_000
        """How long the question is read before a key."""

    def answer(self, *answers: str, parts: tuple[str, ...] = WHOLE) -> bool:
        typed: Iterator[str] = iter(answers)

        def key(_: int) -> str:
            self.clock.turn(self.pace_ms)
            return next(typed, "q")

        keys = Keys(key, self.lines.append, self.clock)
        warn = lambda: self.lines.append("the warning signs")  # noqa: E731 -- a function of one line
        return ask(self.runner, parts, Lines(keys, self.lines.append, warn))

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@pytest.fixture
def asked(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Asked:
    return Asked(Desk(tmp_path, catalogue, clock))


def test_enter_and_n_lead_to_the_session_which_enter_starts(asked: Asked) -> None:
    assert asked.answer(*"\r\r\rn\rn\r", "\r")
    assert [line.split(":")[0] for line in asked.lines if line[1:].startswith(" of 8")] == [
        f"{number} of 8" for number in range(2, 9)
    ]
    profile = asked.runner.day.settings.profile
    assert (profile.minutes, profile.conditions, profile.screened) == (10, (), "2026-11-23")
    for item in asked.runner.day.plan.session.items:
        assert any(line.startswith(f"{item.exercise.name}, ") for line in asked.lines)


def test_a_presenter_starts_on_the_last_page(asked: Asked) -> None:
    assert not asked.answer("\x1b[15~")
    assert asked.answer(*"\r\r\rn\rn\r", "\x1b[15~")


def test_a_row_has_a_key_that_chooses_or_ticks_and_u_marks_it_as_not_sure(asked: Asked) -> None:
    asked.answer("d", "\r", "2", "\r", "1", "1", "8", "\r", "n", "\r", "u", "1", "2", "\r")
    assert "d  15" in asked.lines
    assert {"15: chosen", "Mat or carpet: not ticked", "I sit all day: ticked", "Front of hip: not ticked"} <= set(
        asked.lines
    )
    assert f"{TICK_PAGES[2].ticks[0].text}: not sure" in asked.lines
    profile = asked.runner.day.settings.profile
    assert profile.minutes == 15
    assert profile.equipment
    assert "mat" not in profile.equipment
    assert profile.focus == (("front-of-hip", 2), ("buttock", 1))
    assert profile.conditions == ("fai", "hip_oa")


def test_a_stop_is_answered_by_keys_of_its_own_and_starts_nothing(asked: Asked) -> None:
    assert not asked.answer("\r", "\r", "\r", "\r", "3", "\r", "n", "y", "\r", "n", "\r", "o")
    assert sum(line.startswith("Press n if none of these is true.") for line in asked.lines) == 1
    assert asked.lines.count("Something is ticked: y confirms it, or take the tick away.") == 2
    assert sum(line.startswith("No session starts as long as this holds.") for line in asked.lines) == 1
    assert "STOP. You marked: Heart condition, or chest pain or pressure." in asked.lines
    assert asked.lines[-1] == "the warning signs"
    assert asked.runner.day.screened.stop


def test_a_stop_can_be_changed_and_a_chosen_session_follows_the_last_page(asked: Asked) -> None:
    assert asked.answer(*"sss9yc9nnnn", parts=BEFORE_A_SESSION)
    assert asked.runner.day.settings.profile.conditions == ()
    assert "Your session" not in asked.text


def test_back_skip_and_leave(asked: Asked) -> None:
    assert not asked.answer("b", "s", "b", "\r", "s", "q")
    pages = [line.split(":")[0] for line in asked.lines if line[1:].startswith(" of 8")]
    assert pages == ["2 of 8", "3 of 8", "2 of 8", "3 of 8", "4 of 8"]
    assert asked.runner.day.settings.profile.minutes == 10
    assert asked.runner.day.settings.profile.equipment is None


def test_a_programme_that_fits_is_read_and_begun(asked: Asked) -> None:
    assert asked.answer("\r", "\r", "8", "\r", *"nnnn", "p", "y", "\r")
    assert "A programme that fits: Hips that sit all day: 6 weeks, 5 days a week, about 12 min." in asked.lines
    assert any(line.startswith("People who sit most of the day") for line in asked.lines)
    assert asked.lines[-1].startswith("Hips that sit all day begins today")


def test_where_none_fits_better_any_programme_is_chosen_by_its_key(asked: Asked) -> None:
    assert asked.answer(*"\r\r\rnnn", "p", "z", "p", "2", "n", "p", "2", "y", "\r")
    assert any(line.startswith("2  Runner's hips: 8 weeks") for line in asked.lines)
    assert asked.lines.count("No programme.") == 1
    assert asked.lines[-1].startswith("Runner's hips begins today")


def test_what_is_removed_is_told_by_name(asked: Asked) -> None:
    asked.answer(*"\r\r\rnna\r")
    assert any(line.startswith("Removed for you (3): Couch stretch; ") for line in asked.lines)


def test_it_comes_after_the_safety_text_in_a_terminal_and_leads_to_the_session(home: Path) -> None:
    with Terminal(home, "start", "--plain", size=(100, 100), safety_read=False) as terminal:
        terminal.wait_for("Press Enter when you have read this")
        terminal.send("\r")
        terminal.wait_for("2 of 8: How many minutes a day?")
        terminal.send("e\r\r\rnnnn")
        terminal.wait_for("8 of 8: Your session")
        terminal.press_until("\r", "How much does it hurt right now?")
        terminal.press_until("\r", "get ready")
        assert terminal.text().count("of 20 min: ") == 1
        assert b"\x1b" not in terminal.written


def test_a_key_that_does_nothing_gets_the_keys_of_the_page(asked: Asked) -> None:
    asked.answer("7", "q")
    hint = "A letter chooses; b is kept for back. Enter: next. s: skip. q: leave."
    assert asked.lines[-2:] == [hint, hint]


def test_an_enter_after_a_mark_is_for_its_page_and_after_an_answer_for_none(asked: Asked) -> None:
    asked.pace_ms = 0
    asked.answer("d", "\r", *"ss", "n", "\r", "q")
    assert asked.runner.day.settings.profile.minutes == 15
    assert asked.lines[-1] == AT_ONCE
    assert sum(line[1:].startswith(" of 8") for line in asked.lines) == 5
