"""Plain mode: whole sessions by a hand-turned clock and scripted keys, and the real thing in a pseudo-terminal."""

import os
import re
import signal
import sys
import termios
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from hiproutine.catalogue.cache import Loaded
from hiproutine.catalogue.model import Catalogue, Exercise
from hiproutine.coach.pain import WARNING_SIGNS
from hiproutine.coach.profile import obstacle
from hiproutine.coach.session import find
from hiproutine.day.context import Context
from hiproutine.day.events import Practise
from hiproutine.day.runner import Runner
from hiproutine.history import jsonl, making
from hiproutine.history.records import Hurt, Pain, SessionRecord
from hiproutine.history.store import Store
from hiproutine.paths import Paths, shipped
from hiproutine.practice import recording, safety
from hiproutine.practice.cues import CueKind, scheduled
from hiproutine.practice.pain_prompt import PainPrompt
from hiproutine.practice.resume import course
from hiproutine.practice.runner import Leader
from hiproutine.practice.timeline import compile_session
from hiproutine.practice.words import segment_words
from hiproutine.sound.output import Recording
from tests.conftest import HandClock
from tests.terminal import Terminal
from tests.tui.test_terminal import history, journals

if sys.platform == "win32":
    pytest.skip("needs termios and POSIX signals", allow_module_level=True)

from hiproutine.plain import app as plain
from hiproutine.plain.keyboard import SUSPEND, Gone, Keyboard
from hiproutine.plain.keys import AT_ONCE
from hiproutine.plain.practice import HELP
from hiproutine.settings.model import Breath, Manner, Profile, Settings

# A key, None for a wait to its end, or a number of ms by which the process comes too late.
Script = Iterator[str | int | None]


class Bench:
    """A session in lines: `play` runs one with what a script does, and then lets it run to its end."""

    def __init__(self, folder: Path, catalogue: Catalogue, clock: HandClock, store: Store) -> None:
        self.clock = clock
        self.store = store
        self.marker = folder / "state" / "safety-read"
        self.marker.parent.mkdir(parents=True)
        self.marker.touch()
        self.catalogue = catalogue
        self.lines: list[str] = []
        self.at_once = 0
        """How often it was said that keys need no Enter."""
        self.asked: list[str] = []
        """The questions after pain, which `levels` answer one after the other; without any they are skipped."""
        self.levels: list[str] = []
        self.typed: list[str] = []
        self.answers: list[str] = []
        """Keys of the running answer."""
        self.manner = Manner()
        self.profile = Profile()
        self.sound = Recording(clock)
        self.sounds: list[str] = []
        """The words of the settings for which a sound was made."""

    def play(self, plan: str | None, *script: str | int | None) -> int:
        steps: Script = iter(script)
        answered = [len(self.asked)]

        def say(line: str) -> None:
            if line == AT_ONCE:
                self.at_once += 1
            elif line.endswith("Enter or Space skips."):
                self.asked.append(line)
            else:
                (self.typed if "Enter notes it" in line else self.lines).append(line)

        def keys(wait_ms: int) -> str | None:
            assert wait_ms > 0
            if len(self.asked) > answered[0]:
                answered[0] += 1
                self.answers = [*(self.levels.pop(0) if self.levels else ""), "\r"]
            if self.answers:
                self.clock.turn(1000)  # the question is read first
                return self.answers.pop(0)
            step = next(steps, None)
            if isinstance(step, str):
                if step == "gone":
                    raise Gone(129)
                return step
            self.clock.turn(wait_ms if step is None else step)
            assert self.clock.running_ms < 20_000_000, "the session never ends"
            return None

        named = Practise(find(self.catalogue, plan)) if plan else None
        return self.front_end(keys, say).run(named)

    def front_end(self, keys: Callable[[int], str | None], say: Callable[[str], None]) -> plain.Plain:
        folder = self.marker.parent.parent
        places = Paths(shipped(), *(folder / name for name in ("config", "data", "state", "cache")))
        context = Context(places=places, clock=self.clock)
        context.store = self.store
        context.settings = Settings(sound="tones", keep_awake=False, manner=self.manner, profile=self.profile)
        context.loaded = Loaded(self.catalogue, (), {})
        return plain.Plain(Runner(context), self.new_sound, keys, say)

    def new_sound(self, settings: Settings) -> Recording:
        self.sounds.append(settings.sound)
        return self.sound

    def kept(self, exercise: Exercise, *script: str | int | None) -> str:
        """Practises an exercise with what a script does 2 s after its first get-ready; the id of the second step."""
        self.play(exercise.id, "n", None, None, *script)
        return self.store.read().of(SessionRecord)[-1].steps[1].exercise

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@pytest.fixture
def bench(tmp_path: Path, catalogue: Catalogue, clock: HandClock, store: Store) -> Bench:
    return Bench(tmp_path, catalogue, clock, store)


def test_what_to_be_careful_with_comes_before_how_to_get_into_it(bench: Bench) -> None:
    bench.profile = Profile(conditions=("knee_kneel", "pht"))
    bench.play("split-squat-assisted")
    at = bench.lines.index("Careful: Keep the knee well above the floor.")
    assert bench.lines[at + 1].startswith("1. ")
    assert [line for line in bench.lines if line.startswith("Careful")] == [bench.lines[at]]
    exercise = bench.catalogue.exercises["split-squat-assisted"]
    assert bench.lines[at + 1 + len(exercise.setup)] == f"Stop at {', '.join(exercise.stop_if)}."


@pytest.mark.parametrize(("key", "practised"), [("a", True), ("q", False)])
def test_what_is_not_planned_is_done_after_a_yes(bench: Bench, key: str, *, practised: bool) -> None:
    bench.profile = Profile(conditions=("knee_kneel",))
    bench.play("half-kneeling-hip-flexor", key)
    assert bench.lines[0] == (
        "Half-kneeling hip flexor stretch: is not planned for you (kneeling that hurts): Put a thick pad under the "
        "knee, or leave it."
    )
    assert bench.lines[1] == "a starts it anyway, in full, q leaves."
    assert bool(bench.store.read().of(SessionRecord)) == practised


def test_a_whole_session_in_lines(bench: Bench) -> None:
    assert bench.play("supine-butterfly") == 0
    exercise = bench.catalogue.exercises["supine-butterfly"]
    countdown = ["3", "2", "1"]
    assert bench.lines == [
        "Lying butterfly, 1:30 min. ? prints the keys.",
        "1:30 left  get ready 20 s, lie on your back: Lying butterfly",
        "2 times 30 s",
        *(f"{number}. {line}" for number, line in enumerate(exercise.setup, 1)),
        f"Stop at {', '.join(exercise.stop_if)}.",
        *countdown,
        "1:10 left  hold 30 s, set 1 of 2",
        *(f"- {line}" for line in exercise.cues),
        *("halfway", "10 s left", *countdown, "end of hold"),
        "0:40 left  rest 10 s, before set 2 of 2",
        *countdown,
        "0:30 left  hold 30 s, set 2 of 2",
        *("halfway", "10 s left", *countdown, "end of hold", "session done"),
        "Well done.",
        "Lying butterfly: 1 of 1 done, 1:00 min of exercise",
        "Lying butterfly: done, 1:00",
        "1 day in a row, best 1. Today is done.",
    ]
    (record,) = bench.store.read().of(SessionRecord)
    assert [(step.held_ms, step.end) for step in record.steps] == [(60_000, "done")]
    assert bench.store.interrupted() == []


def test_a_micro_break_asks_nothing_and_is_not_the_session_of_the_day(bench: Bench) -> None:
    assert bench.play("break-desk-lunge") == 0
    assert bench.asked == []
    assert bench.lines[-1] == "Noted. Today's session needs less of it."
    (record,) = bench.store.read().of(SessionRecord)
    assert (record.opening.routine, record.opening.micro_break, record.counts) == ("break-desk-lunge", True, False)


def test_an_interrupted_micro_break_is_kept_and_not_offered_again(bench: Bench) -> None:
    bench.play("break-desk-lunge", "n", None, "q", "l")
    bench.lines.clear()
    bench.play(None, "q", "q")
    assert not any("Unfinished" in line for line in bench.lines)
    assert bench.store.interrupted() == []


def test_every_routine_is_told_to_its_end_as_it_is_heard(bench: Bench, catalogue: Catalogue) -> None:
    for plan in catalogue.routines:
        bench.lines.clear()
        bench.sound.heard.clear()
        line = compile_session(find(catalogue, plan), Manner())
        assert bench.play(plan) == 0
        planned = [cue for _, cue in scheduled(line)]
        assert [kind for heard in bench.sound.heard for kind in heard.kinds] == [cue.kind for cue in planned]
        long = [segment_words(line, segment) for segment in line.segments if segment.length_ms >= 5000]
        assert [told.partition(" left  ")[2] for told in bench.lines if " left  " in told] == long
        assert bench.lines.count("halfway") == sum(cue.kind is CueKind.HALFWAY for cue in planned)
        assert not re.search(r"[^\n -~\u00a0-\uffff]", bench.text)


def test_what_is_short_is_told_shortly(bench: Bench) -> None:
    bench.play("glute-bridge")
    at = bench.lines.index("lift, set 1 of 2, rep 1 of 10")
    assert bench.lines[at : at + 5] == [
        *("lift, set 1 of 2, rep 1 of 10", "squeeze", "lower"),
        *("lift, rep 2 of 10", "squeeze"),
    ]
    for beat in ("lift", "squeeze", "lower"):
        assert sum(line.partition(",")[0] == beat for line in bench.lines) == 20


def test_advice_comes_once_an_exercise(bench: Bench) -> None:
    bench.play("half-kneeling-hip-flexor")
    for line in bench.catalogue.exercises["half-kneeling-hip-flexor"].cues:
        assert bench.lines.count(f"- {line}") == 1
    assert sum(line.startswith("right: ") for line in bench.lines) == 1


@pytest.mark.parametrize("key", [" ", "x", "k", "\x1b", "\x1b[C", "\r", SUSPEND])
def test_a_key_pauses_and_space_goes_on(bench: Bench, key: str) -> None:
    bench.play("supine-butterfly", "n", None, None, key, None, None, " ")
    at = bench.lines.index("paused, 1:08 left. Space resumes.")
    assert bench.lines[at + 1 : at + 4] == [
        "Going on in 3 s.",
        "go on: hold 30 s, set 1 of 2, 0:28 of it to go",
        "halfway",
    ]
    assert bench.store.read().of(SessionRecord)[0].steps[0].held_ms == 60_000


FORWARD, BACK, F5 = "\x1b[6~", "\x1b[5~", "\x1b[15~"


@pytest.mark.parametrize("key", [".", "b", F5, "\x1b[[E", "\x1b", "\r", "\n"])
def test_a_key_of_a_presenter_pauses_and_goes_on(bench: Bench, key: str) -> None:
    bench.play("supine-butterfly", "n", None, None, key, None, None, key)
    at = bench.lines.index("paused, 1:08 left. Space resumes.")
    assert bench.lines[at + 1] == "Going on in 3 s."
    assert bench.store.read().of(SessionRecord)[0].steps[0].held_ms == 60_000


def test_forward_is_next_or_goes_on_and_back_is_again(bench: Bench) -> None:
    bench.play("supine-butterfly", FORWARD, None, ".", FORWARD, *[None] * 5, BACK, "q", "q")
    assert bench.lines.count("Going on in 3 s.") == 1
    assert sum(": Lying butterfly" in line and "get ready" in line for line in bench.lines) == 2
    assert sum("hold 30 s, set 1" in line for line in bench.lines) == 2  # the one, and where it goes on


@pytest.mark.parametrize("key", [F5, "\x1b[[E"])
def test_a_presenter_passes_the_question_of_pain_and_starts(bench: Bench, key: str) -> None:
    bench.play(None, key, "q", "q")
    assert any("? prints the keys." in line for line in bench.lines)
    answer = bench.front_end(lambda _: key, lambda _: None)._ask_score("How much?")
    assert answer is None


def test_a_presenter_answers_what_hurts(bench: Bench) -> None:
    exercise = bench.catalogue.exercises["half-kneeling-hip-flexor"]
    bench.kept(exercise, "h", FORWARD, FORWARD, F5, FORWARD, ".")
    assert [(hurt.score, hurt.chose) for hurt in bench.store.read().of(Hurt)] == [(2, "shorter")]


@pytest.mark.parametrize(
    "pieces", [("\x1b", "[6~"), ("n\x1b[", "1", "5~"), ("\x1b[[", "E"), ("\x1bO", "A"), ("\x1b[6~",)]
)
def test_a_key_that_comes_in_pieces_is_one_key(pieces: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    (reads, writes), (woken, _) = os.pipe(), os.pipe()
    os.write(writes, b"there is more")
    keyboard, more = Keyboard(reads), iter(pieces)
    monkeypatch.setattr(keyboard, "_read", lambda: next(more))
    keyboard._woken = woken
    whole = "".join(pieces)
    assert "".join(keyboard.key(0) or "" for _ in range(2 if whole[0] == "n" else 1)) == whole
    assert list(more) == []


def test_esc_alone_is_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    reads, _ = os.pipe()
    keyboard = Keyboard(reads)
    monkeypatch.setattr("hiproutine.plain.keyboard._REST_S", 0)
    assert keyboard._whole("\x1b") == "\x1b"


def test_next_previous_and_ten_seconds(bench: Bench) -> None:
    bench.play("supine-butterfly", "n", "+", "-", "-", "p", "n", None, "n")
    assert "10 s more, 0:40 of this to go" in bench.lines
    assert "10 s less, 0:20 of this to go" in bench.lines
    assert bench.lines.count("1:30 left  get ready 20 s, lie on your back: Lying butterfly") == 2
    assert "You made a start." in bench.lines
    assert bench.store.read().of(SessionRecord)[0].steps[0].held_ms == 1000


def test_what_hurts_is_asked_and_told_in_lines(bench: Bench) -> None:
    exercise = bench.catalogue.exercises["half-kneeling-hip-flexor"]
    easier = bench.catalogue.exercises[bench.kept(exercise, "h", "x", "1", "0", "\x7f", "3", "\r", "y", "e")]
    at = bench.lines.index("How much does it hurt, 0 to 10?")
    choices = [
        f"e  easier: {easier.name} (advised)",
        "s  shorter, half of what is left",
        "n  next, leave the rest of it",
    ]
    asked = ["How much does it hurt, 0 to 10?", "Type the number; 0 or Esc resumes."]
    keys = "Digits correct it, Esc resumes, q stops."
    advice = "is too much (at most 3 here): leave this one for today, and stop if it does not ease."
    one, three = f"1 of 10. What then? {keys}", f"3 of 10. What then? {keys}"
    where = "Where, if you like: f front, o outside, b buttock, g groin, t back of thigh, w low back, k knee, "
    where += "l left (working side), r right."
    notes, takes = "Enter: note this number.", f"Enter: easier: {easier.name} (advised)."
    assert bench.lines[at : at + 4] == [*asked, *asked]
    numbers = [line for line in bench.lines if " of 10" in line]
    assert numbers == [one, f"10 of 10 {advice} {keys}", one, three, three]
    at = bench.lines.index(three)
    told = [*(three, *choices, where, notes, takes), *(three, *choices, where, takes)]
    assert bench.lines[at : at + len(told)] == told
    assert f": {easier.name}, left side" in bench.lines[at + len(told) + 1]
    assert f"{exercise.name}, left: hurt, 0:02" in bench.lines
    past = bench.store.read()
    assert [(hurt.score, hurt.chose, hurt.side) for hurt in past.of(Hurt)] == [(3, "easier", "left")]
    assert [step.end for step in past.of(SessionRecord)[0].steps] == ["hurt", "done", "done", "skipped"]


def test_an_easier_variant_out_of_reach_is_not_offered(bench: Bench) -> None:
    exercise = bench.catalogue.exercises["half-kneeling-hip-flexor"]
    bench.profile = Profile(equipment=("mat",), avoid_positions=("standing",))
    assert all(obstacle(bench.catalogue.exercises[name], bench.profile) for name in exercise.easier)
    bench.kept(exercise, "h", "3", "\r", "e", "n")
    assert any(line.startswith("3 of 10. What then?") for line in bench.lines)
    assert "s  shorter, half of what is left (advised)" in bench.lines
    assert not any(line.startswith("e  easier") for line in bench.lines)
    assert [hurt.chose for hurt in bench.store.read().of(Hurt)] == ["skip"]


def test_shorter_and_never_mind_count_in(bench: Bench) -> None:
    for script in (("h", " "), ("h", "9", "\x1b"), ("h", "0", "\r"), ("h", "0", None), ("h", "3", "s")):
        bench.lines.clear()
        bench.play("supine-butterfly", "n", None, None, *script)
        assert bench.lines.count("Going on in 3 s.") == 1
        assert any(line.startswith("go on: hold 30 s, set 1 of 2") for line in bench.lines)
    assert [hurt.chose for hurt in bench.store.read().of(Hurt)] == ["shorter"]


def test_where_it_hurts_too_much_the_advice_comes_first_and_q_stops(bench: Bench) -> None:
    bench.play("supine-butterfly", "n", None, None, "h", "1", "0", "q")
    assert any(line.startswith("10 of 10 is too much (at most 3 here): leave this one") for line in bench.lines)
    past = bench.store.read()
    assert [(hurt.score, hurt.chose) for hurt in past.of(Hurt)] == [(10, "stop")]
    assert [step.end for step in past.of(SessionRecord)[0].steps] == ["hurt"]


def test_what_hurt_too_much_itself_is_not_offered_as_easier(bench: Bench) -> None:
    def offered(*resting: str) -> str:
        bench.lines.clear()
        bench.play("couch-stretch", *resting, "n", None, None, "h", "7", "\r", "q")
        return next(line for line in bench.lines if line.startswith("e  easier"))

    before = offered()
    easier = next(each for each in bench.catalogue.exercises.values() if before == f"e  easier: {each.name}")
    bench.play(easier.id, "n", None, None, "h", "7", "q")
    assert easier.name not in offered("a")


def test_a_terminal_that_goes_while_it_hurts_keeps_it(bench: Bench) -> None:
    assert bench.play("supine-butterfly", "n", None, None, "h", "5", "gone") == 129
    assert [(hurt.score, hurt.chose) for hurt in bench.store.read().of(Hurt)] == [(5, "stop")]


def test_another_hiproutine_that_practises_is_told(bench: Bench) -> None:
    usual = course(find(bench.catalogue, "supine-butterfly"), Manner())
    journal = bench.store.begin(recording.opening(usual.session, bench.clock, "1"), recording.planned(usual.timeline))
    bench.play("glute-bridge", "q", "q")
    assert bench.lines[0] == "Another hiproutine has been practising since 07:30. Both are kept."
    journal.leave()


def test_a_hold_in_breaths_tells_each_turn_only_with_a_tone(bench: Bench) -> None:
    for tone, turns in ((False, 0), (True, 4)):
        bench.lines.clear()
        bench.manner = Manner(breath=Breath(tone=tone))
        bench.play("supine-butterfly")
        assert any(line.endswith("hold 3 breaths, 30 s, set 1 of 2") for line in bench.lines)
        assert bench.lines.count("breathe in") == turns


def test_next_while_paused_says_that_it_still_is(bench: Bench) -> None:
    bench.play("supine-butterfly", " ", "n", " ", "n")
    assert "Still paused. Space resumes." in bench.lines


def test_stopping_asks_once_and_keeps_what_was_done(bench: Bench) -> None:
    assert bench.play("supine-butterfly", "n", None, None, "q", None, SUSPEND, "q") == 0
    assert bench.lines[-5:-1] == [
        "Stop here? q stops and keeps what you did, l leaves it for later, any other key resumes.",
        "You made a start.",
        "Lying butterfly: 1 of 1 begun, 2 s of exercise",
        "Lying butterfly: in part, 0:02",
    ]
    bench.lines.clear()
    bench.play("supine-butterfly", "q", "q")
    assert bench.lines[-1] == "Nothing was done, so there is no session to keep."
    bench.lines.clear()
    bench.play("supine-butterfly", "n", "q", "z", "?", " ")
    assert bench.lines.count("Going on in 3 s.") == 2
    assert bench.lines[bench.lines.index(HELP[0]) :][: len(HELP)] == list(HELP)
    assert {"space: Pause; resume after a count-in of 3 s", "any other key: pause"} < set(HELP)
    assert "Well done." in bench.lines


def test_leaving_it_for_later_is_not_offered_where_no_disk_takes_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Leader, "trouble", "No space left on device")
    bench.play("supine-butterfly", "n", None, "q", "l", "q", "q")
    assert bench.lines.count("Stop here? q stops and keeps what you did, any other key resumes.") == 2
    assert bench.lines.count("Going on in 3 s.") == 1


def test_what_is_left_for_later_is_gone_on_with(bench: Bench) -> None:
    assert bench.play("half-kneeling-hip-flexor", "n", None, "n", "n", None, "q", "l") == 0
    assert "Saved for later" in bench.lines[-1]
    assert len(bench.store.interrupted()) == 1
    bench.lines.clear()
    assert bench.play(None, None, "r") == 0
    assert bench.lines[0].startswith("Unfinished since 07:30: ")
    ready = " left  get ready 15 s, kneel on one knee: Half-kneeling hip flexor stretch, right side"
    assert any(line.endswith(ready) for line in bench.lines[2:4])
    setup = bench.catalogue.exercises["half-kneeling-hip-flexor"].setup
    assert f"1. {setup[0]}" in bench.lines
    (record,) = bench.store.read().of(SessionRecord)
    assert [step.end for step in record.steps] == ["shortened", "done"]


def test_what_is_left_may_stay_left(bench: Bench) -> None:
    bench.play("supine-butterfly", "n", None, "q", "l")
    bench.play("glute-bridge", "q", "q")
    assert len(bench.store.interrupted()) == 1
    bench.lines.clear()
    bench.play(None, "x", "q", "q")
    assert bench.lines[1].startswith(find(bench.catalogue, None).name)


def test_a_gap_is_told_with_its_length_and_not_counted(bench: Bench) -> None:
    bench.play("supine-butterfly", "n", None, 65_000, None, " ")
    assert "Paused: stopped for 1 min 05 s. Nothing of it was counted. Space resumes." in bench.lines
    assert bench.store.read().of(SessionRecord)[0].steps[0].held_ms == 60_000


def test_a_terminal_that_goes_leaves_the_journal(bench: Bench) -> None:
    assert bench.play("supine-butterfly", "n", None, "gone") == 129
    (left,) = bench.store.interrupted()
    assert left.running[0].held_ms == 1000


def test_the_safety_text_comes_first_and_once(bench: Bench) -> None:
    bench.marker.unlink()
    assert bench.play("supine-butterfly", "x", None, "q") == 0
    assert not bench.marker.exists()
    assert not any("get ready" in line for line in bench.lines)
    assert bench.play("supine-butterfly", "x", None, "\r", *"ssssss", "q", "q") == 0
    assert bench.marker.read_text() == "2026-11-23\n"
    assert "not medical advice" in bench.text
    assert "7 of 7: Any of these?" in bench.text
    assert bench.lines[-1] == "Nothing was done, so there is no session to keep."
    assert "Ask a professional first" in bench.text
    bench.lines.clear()
    bench.play("supine-butterfly", "q", "q")
    assert bench.lines[0].startswith("Lying butterfly")


def test_a_full_disk_is_told(bench: Bench, monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "history")

    monkeypatch.setattr("hiproutine.history.jsonl.append", full)
    monkeypatch.setattr("hiproutine.history.jsonl.Appending.append", full)
    waits: list[str | int | None] = [None] * 3000
    assert bench.play("supine-butterfly", *waits, "l") == 0
    assert sum("cannot be saved yet" in line for line in bench.lines) == 1
    assert [line for line in bench.lines if line.startswith("Not saved yet")] == [
        "Not saved yet: history: No space left on device"
    ] * 2
    assert bench.lines[-1] == "Left without saving."


def test_what_the_disk_takes_later_is_waited_for(bench: Bench, monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    append, lock, free_from_ms = jsonl.append, jsonl.Appending.lock, 300_000

    def full(path: Path, lines: list[str]) -> None:
        if bench.clock.running_ms < free_from_ms:
            raise OSError(28, "No space left on device", "history")
        append(path, lines)

    def refused(appending: jsonl.Appending, *, wait: bool = False) -> None:
        if not wait:
            raise OSError(28, "No space left on device", "journal")
        lock(appending, wait=wait)

    monkeypatch.setattr("hiproutine.history.jsonl.append", full)
    monkeypatch.setattr(jsonl.Appending, "lock", refused)
    assert bench.play("supine-butterfly") == 0
    assert bench.lines[-1] == "Saved."
    assert bench.clock.running_ms >= free_from_ms
    assert len(store.read().of(SessionRecord)) == 1


@pytest.fixture
def only_home_has_room(monkeypatch: pytest.MonkeyPatch, home: Path) -> Path:
    """The home folder, where alone a disk takes anything."""
    append, lock = jsonl.append, jsonl.Appending.lock

    def full(path: Path, lines: list[str]) -> None:
        if path.parent != home:
            raise OSError(28, "No space left on device", "history")
        append(path, lines)

    def refused(appending: jsonl.Appending, *, wait: bool = False) -> None:
        if not wait:
            raise OSError(28, "No space left on device", "journal")
        lock(appending, wait=wait)

    monkeypatch.setattr("hiproutine.history.jsonl.append", full)
    monkeypatch.setattr(jsonl.Appending, "lock", refused)
    return home


def test_what_no_disk_takes_goes_to_a_file_in_the_home_folder_if_that_is_wished_or_nobody_can_be_asked(
    bench: Bench, only_home_has_room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = only_home_has_room
    waits: list[str | int | None] = [None] * 3000
    assert bench.play("supine-butterfly", *waits, "w") == 0
    assert bench.lines[-1] == f"Written to {home / 'hiproutine-unsaved.jsonl'}, which `hiproutine import` takes."
    assert bench.play("supine-butterfly", "n", None, None, None, "gone") == 129
    told = capsys.readouterr().err
    assert f"The rest is in {home / 'hiproutine-unsaved-2.jsonl'}" in told
    for number, name in enumerate(("hiproutine-unsaved.jsonl", "hiproutine-unsaved-2.jsonl")):
        (record,) = jsonl.read(home / name)
        assert isinstance(record, dict)
        assert (record["kind"], record["steps"][0]["end"]) == ("session", ("done", "shortened")[number])


def test_what_hurt_before_anything_was_held_is_not_lost_on_a_full_disk(bench: Bench, only_home_has_room: Path) -> None:
    home = only_home_has_room
    assert bench.play("supine-butterfly", "h", "7", "\r", "q", "w") == 0
    assert "Nothing was done, so there is no session to keep." in bench.lines
    (record,) = jsonl.read(home / "hiproutine-unsaved.jsonl")
    assert isinstance(record, dict)
    assert (record["kind"], record["score"]) == ("hurt", 7)


# ---- pain ----


def test_pain_is_asked_before_and_after_and_may_be_skipped(bench: Bench) -> None:
    bench.play("supine-butterfly")
    assert bench.asked == [
        "How much does it hurt right now? 0 to 10. x: off day. Enter or Space skips.",
        "How much does it hurt now? 0 to 10; Enter or Space skips.",
    ]
    assert bench.store.read().of(Pain) == ()


def test_pain_is_noted_with_what_follows_and_not_asked_twice(bench: Bench) -> None:
    bench.levels = ["1", "?", "4"]
    bench.play("supine-butterfly")
    past = bench.store.read()
    (session,) = past.of(SessionRecord)
    assert [(pain.when, pain.score, pain.session) for pain in past.of(Pain)] == [
        ("before", 1, None),
        ("after", 4, session.id),
    ]
    assert bench.lines[-1].startswith("3 above what it was before: ")
    assert len(bench.asked) == 3  # a key that is no answer hears the question again
    bench.play("supine-butterfly", "n", "q", "q")
    assert len(bench.asked) == 3


@pytest.mark.parametrize(
    ("script", "typed", "score"),
    [
        (("1", "0", "\r"), (1, 10), 10),
        (("1", "0", None, None, "\r"), (1, 10), 10),
        (("0", None), (0,), 0),
        (("1", "0", "\x7f", "\n"), (1, 10, 1), 1),
        (("7", "3", " ", "\r"), (7, 3, 3), 3),
        ((None, SUSPEND, "0", "\r"), (None, 0), 0),
        (("4", "z", None, "\r"), (4, None), None),
    ],
)
def test_a_number_is_told_as_it_is_typed_and_only_0_counts_by_itself(
    bench: Bench, script: tuple[str | None, ...], typed: tuple[int | None, ...], score: int | None
) -> None:
    steps, said = iter(script), list[str]()

    def keys(wait_ms: int) -> str | None:
        key = next(steps)
        bench.clock.turn(0 if key else wait_ms)
        return key

    answer = bench.front_end(keys, said.append)._ask_score("How much?")
    assert (answer and answer.counted) == score
    assert said == ["How much?", *(PainPrompt(each).words or "How much?" for each in typed)]
    assert all(each is None or f"{each} of 10. " in line for each, line in zip(typed, said[1:], strict=True))
    assert next(steps, "all of it") == "all of it"


def test_much_pain_leaves_only_gentle_moves_whatever_was_named(bench: Bench) -> None:
    bench.levels = ["10"]
    assert bench.play("squat-prep", "x", None, "\r", "q") == 0
    *signs, pain, reason, keys, again, once_more = bench.lines
    assert keys == again == once_more  # none of the other keys answers
    assert "Emergency, now" in signs
    assert pain.startswith("Pain is 10 of 10: gentle moves lying or sitting only.")
    assert "edu-red-flags" in pain
    assert reason.endswith(": is not for a day like this.")
    assert keys == "a starts it anyway, in full, q leaves."
    bench.play(None, "\r", "q", "q")
    assert any(line.startswith("Bedtime, or an easy day, 5:10 min") for line in bench.lines)
    assert not bench.store.read().of(SessionRecord)


def test_what_was_left_is_resumed_on_a_day_of_much_pain_only_if_the_person_says_so(bench: Bench) -> None:
    bench.play("supine-butterfly", "n", None, "q", "l")
    bench.lines.clear()
    records = making.pain(bench.store.read(), bench.clock.now(), bench.clock.now().date(), 7)
    bench.store.write(*records)
    for keys, starts in ((("a",), "Lying butterfly, 1:"), (("x", None, "\r"), "Bedtime, or an easy day, 5:10 min")):
        bench.lines.clear()
        bench.play(None, "r", *keys, "q", "l")
        assert bench.lines[0].startswith("Unfinished since 07:30: Lying butterfly.")
        at = bench.lines.index("a resumes it anyway, in full; any other key goes to today's session.")
        assert bench.lines[1:at] == [
            f"Pain is 7 of 10: gentle moves lying or sitting only. {WARNING_SIGNS}",
            "Lying butterfly: is not for a day like this.",
        ]
        assert any(line.startswith(starts) for line in bench.lines[at:])


# ---- in a real terminal ----


def begun(terminal: Terminal) -> None:
    """Skips the question after pain, and waits for the first get-ready."""
    terminal.wait_for("Enter or Space skips")
    terminal.send("\r")
    terminal.wait_for("get ready")


def test_in_a_terminal_from_start_to_end(home: Path) -> None:
    with Terminal(home, "start", "--plain", "supine-butterfly") as terminal:
        before = termios.tcgetattr(terminal._master)
        begun(terminal)
        assert not termios.tcgetattr(terminal._master)[3] & termios.ICANON
        terminal.send("n")
        terminal.wait_for("hold 30 s")
        terminal.read(1.2)
        terminal.send("qq")
        terminal.wait_for("You made a start.")
        terminal.wait_for("How much does it hurt now?")
        terminal.send(" ")
        assert terminal.end() == 0
        assert termios.tcgetattr(terminal._master) == before
        assert b"\x1b" not in terminal.written
        assert b"\x07" in terminal.written
    assert len(history(home)) == 1
    assert journals(home) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_leaves_the_terminal_restored_and_the_journal(home: Path, number: signal.Signals) -> None:
    with Terminal(home, "start", "--plain", "supine-butterfly") as terminal:
        before = termios.tcgetattr(terminal._master)
        begun(terminal)
        terminal.send("n")
        terminal.wait_for("hold 30 s")
        terminal.signal(number)
        assert terminal.end() == 128 + number
        assert termios.tcgetattr(terminal._master) == before
        assert b"\x1b" not in terminal.written
    assert len(journals(home)) == 1


def test_a_terminal_that_goes_away_ends_it(home: Path) -> None:
    with Terminal(home, "start", "--plain", "supine-butterfly") as terminal:
        begun(terminal)
        terminal.hang_up()
        assert terminal.end() == 129
    assert len(journals(home)) == 1


@pytest.mark.parametrize("stop", [lambda terminal: terminal.send("\x1a"), lambda t: t.signal(signal.SIGTSTP)])
def test_stopped_by_ctrl_z_it_gives_the_terminal_back_and_takes_it_again(
    home: Path, stop: Callable[[Terminal], None]
) -> None:
    with Terminal(home, "start", "--plain", "supine-butterfly") as terminal:
        before = termios.tcgetattr(terminal._master)
        begun(terminal)
        stop(terminal)
        assert os.WIFSTOPPED(terminal.changed(os.WUNTRACED))
        assert termios.tcgetattr(terminal._master) == before
        terminal.signal(signal.SIGCONT)
        terminal.send(" ")
        terminal.wait_for("Going on in 3 s.")
        assert "paused, 1:" in terminal.text()
        assert not termios.tcgetattr(terminal._master)[3] & termios.ICANON
        terminal.send("qq")
        assert terminal.end() == 0


def test_a_stopped_process_tells_the_gap(home: Path) -> None:
    with Terminal(home, "start", "--plain", "supine-butterfly") as terminal:
        begun(terminal)
        terminal.signal(signal.SIGSTOP)
        time.sleep(3)
        terminal.signal(signal.SIGCONT)
        terminal.wait_for("Nothing of it was counted")


@pytest.mark.parametrize("words", [(), ("start",), ("start", "supine-butterfly")])
def test_a_dumb_terminal_chooses_it(home: Path, words: tuple[str, ...]) -> None:
    with Terminal(home, *words, term="dumb") as terminal:
        if "supine-butterfly" not in words:
            terminal.wait_for("Enter or Space skips")
            terminal.send("\r")
            terminal.wait_for("Enter starts it.")
            terminal.send("\r")
            terminal.wait_for("get ready")
        else:
            begun(terminal)
        terminal.send("qq")
        assert terminal.end() == 0
        assert b"\x1b" not in terminal.written


def test_an_output_that_is_no_terminal_chooses_it(home: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with Terminal(home, "start", "supine-butterfly", stdout=log) as terminal:
        until = time.monotonic() + 20
        while "Space skips" not in (log.read_text() if log.exists() else ""):
            assert time.monotonic() < until
            time.sleep(0.05)
        terminal.send("\r")
        while "get ready" not in (log.read_text() if log.exists() else ""):
            assert time.monotonic() < until
            time.sleep(0.05)
        terminal.send("qq")
        assert terminal.end() == 0
    assert b"Nothing was done" in log.read_bytes()
    assert not re.search(rb"[\x07\x1b]", log.read_bytes())


def test_a_gap_is_told_once_however_often_it_is_heard(bench: Bench) -> None:
    bench.play("supine-butterfly", "n", None, 65_000, None, None, None, " ")
    paused = [line for line in bench.lines if "aused" in line]
    assert paused == ["Paused: stopped for 1 min 05 s. Nothing of it was counted. Space resumes."]
    heard = [each.at_ms for each in bench.sound.heard if CueKind.PAUSED in each.kinds]
    assert [after - before for before, after in pairwise(heard)] == [60_000] * 3


def test_today_is_said_before_it_starts_and_may_be_left(bench: Bench) -> None:
    assert bench.play(None, "q") == 0
    assert bench.lines[0] == "4 stretches to do everyday, 9 min, done by 07:39"
    assert "Half-kneeling hip flexor stretch, 2 × 30 s each side" in bench.lines
    assert bench.lines[-1] == "Enter starts it. t: change today only. s: settings. q: leave."
    assert not bench.store.interrupted()


def test_today_alone_may_have_other_minutes_and_no_floor(bench: Bench) -> None:
    bench.play(None, "t", "1", "e", "3", "2", "b", "q")
    assert "1  Minutes: as usual" in bench.lines
    assert "e  6 min" in bench.lines
    assert "3  No floor: no" in bench.lines
    assert bench.lines[-2] == "Only today: 6 min, no floor"
    assert bench.lines[-1] == "Enter starts it. t: change today only. s: settings. q: leave."
    bench.lines.clear()
    bench.play(None, "t", "1", "e", "1", "x", "b", "q")  # the default again
    assert not any(line.startswith("Only today:") for line in bench.lines)


def test_every_setting_with_choices_has_a_key_and_is_saved(bench: Bench) -> None:
    bench.play(None, "s", "1", "1", "i", "4", "1", "1", None, "\r", "b", "b", "q")
    assert "1  You" in bench.lines
    assert any(line.startswith("1  Minutes a day: ") for line in bench.lines)
    assert "i  10 min" in bench.lines
    assert any(line.startswith("Minutes a day: 10 min. Saved.") for line in bench.lines)
    saved = (bench.marker.parent.parent / "config" / "settings.yaml").read_text()
    assert saved == "minutes: 10\nfocus: {front-of-hip: 2}\n"
    assert bench.lines[-1].startswith("Enter starts it.")
    assert "Today's session, " in "\n".join(bench.lines)


def test_sound_that_fails_comes_back_and_fails_again_is_told_each_time(bench: Bench) -> None:
    class Failing(Recording):
        def look(self, ahead_ms: int | None = None) -> None:
            failing = len(self.heard) in {*range(5, 10), *range(15, 20)}
            self.trouble = "paplay gave no sound; using the terminal bell" if failing else None

    bench.sound = Failing(bench.clock)
    bench.play("glute-bridge")
    told = [line for line in bench.lines if "sound" in line.lower()]
    assert told == 2 * ["paplay gave no sound; using the terminal bell", "Sound works again."]


def test_a_setting_goes_back_to_its_default_and_a_sound_holds_at_once(bench: Bench) -> None:
    file = bench.marker.parent.parent / "config" / "settings.yaml"
    bench.play(None, "s", "3", "2", "4", "b", "b", "q")
    assert any(line.startswith("Sound: ") for line in bench.lines)
    assert file.read_text() == "sound: silent\n"
    assert bench.sounds == ["tones", "silent"]
    bench.play(None, "s", "3", "2", "x", "b", "b", "q")
    assert "sound" not in file.read_text()


def test_a_programme_is_named_before_its_session(bench: Bench) -> None:
    bench.store.write(making.programme(bench.clock.now(), bench.clock.now().date(), "desk-hips", 1, event="start"))
    bench.play(None, "\r")
    assert "Hips that sit all day: week 1 of 6, phase 1" in bench.lines
    (record,) = bench.store.read().of(SessionRecord)
    assert {step.exercise for step in record.steps} == {
        "warm-up-march", "windshield-wipers", "half-kneeling-hip-flexor",
    }  # fmt: skip


def test_keys_are_said_to_act_at_once_and_an_enter_right_after_one_answers_nothing_more(bench: Bench) -> None:
    bench.play(None, "q")
    assert bench.at_once == 1
    bench.play(None, "t", "\r", "q", "q")  # the Enter would have gone back from the menu
    assert bench.at_once == 3
    assert bench.lines[-1].startswith("Enter starts it.")
    bench.lines.clear()
    bench.play(None, "t", 1_000, "\r", "q")
    assert bench.at_once == 4
    bench.lines.clear()
    bench.play("supine-butterfly", "n", "\r", None, "q", "q")
    assert sum("paused" in line for line in bench.lines) == 1  # by q, and not by Enter


def test_a_key_that_does_nothing_gets_the_keys_that_do(bench: Bench) -> None:
    bench.play(None, "y", "t", "-", "q", "q")
    assert bench.lines.count("Enter starts it. t: change today only. s: settings. q: leave.") == 3
    assert bench.lines.count("A key chooses. b: back.") == 2
    bench.lines.clear()
    bench.play("supine-butterfly", "n", None, " ", "y", "y", "q", "q")
    assert bench.lines.count("Paused. Space resumes. n: next. p: previous. h: it hurts. q: stop. ?: all keys.") == 2


def test_why_the_session_is_shorter_is_said_with_it_and_not_again_at_its_start(bench: Bench) -> None:
    bench.profile = Profile(minutes=90)
    bench.play(None, "\r", "q", "q")
    (note,) = (line for line in bench.lines if "shorter" in line.lower() or "of 90 min" in line)
    assert bench.lines.index(note) < bench.lines.index("Enter starts it. t: change today only. s: settings. q: leave.")


def test_lines_break_between_words_where_the_width_is_known(home: Path) -> None:
    with Terminal(home, "start", "--plain", size=(30, 100), safety_read=False) as terminal:
        terminal.wait_for("Press Enter when")
        lines = terminal.text().splitlines()
        terminal.send("q")
        assert terminal.end() == 0
    about = " ".join(line for line in lines if line)
    assert safety.ABOUT in about
    assert safety.STOP_AT in about
