"""What a leader does when it hurts and after a gap, what the journal keeps of it, and what is left after a crash."""

import os
import pickle
import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import sets_of
from hiproutine.coach.session import find
from hiproutine.history.records import ChangeRecord, Effort, Hurt, Opening, SessionRecord, StepRecord, closed
from hiproutine.history.store import Store
from hiproutine.practice.cues import CueKind
from hiproutine.practice.hurting import CHOICES, Hurting, answers, question
from hiproutine.practice.resume import course, elsewhere, resumed, tidy
from hiproutine.practice.runner import Leader
from hiproutine.practice.timeline import Timeline, compile_session
from hiproutine.settings.model import Breath, Manner
from tests.conftest import HandClock

USUAL = Manner()
AT = datetime(2026, 11, 22, 17, tzinfo=UTC)
NERVE = "sciatic-slider-seated"


class Bench:
    """One session after another of the same person."""

    def __init__(self, catalogue: Catalogue, store: Store, clock: HandClock) -> None:
        self.catalogue = catalogue
        self.store = store
        self.clock = clock

    def begin(self, plan: str, manner: Manner = USUAL) -> Leader:
        ahead = course(find(self.catalogue, plan), manner)
        return self._lead(Leader(self.store, self.clock, ahead, self.catalogue.exercises, "1"))

    def resume(self, manner: Manner = USUAL) -> Leader | None:
        again = tidy(self.store, self.catalogue, manner, self.clock.now())
        return self._lead(Leader(self.store, self.clock, again, self.catalogue.exercises, "1")) if again else None

    def _lead(self, leader: Leader) -> Leader:
        leader.begin()
        return leader

    def work(self, leader: Leader, seconds: int) -> None:
        """Ends the get-ready, and lets that much of practice pass."""
        leader.next()
        for _ in range(seconds):
            self.clock.turn(1000)
            leader.tick()

    def end_segment(self, leader: Leader) -> None:
        at = leader.player.at
        while leader.player.at == at:
            self.clock.turn(leader.wait_ms)
            leader.tick()

    def end(self, leader: Leader) -> None:
        while not leader.over:
            self.clock.turn(leader.wait_ms)
            leader.tick()


@pytest.fixture
def bench(catalogue: Catalogue, store: Store, clock: HandClock) -> Bench:
    return Bench(catalogue, store, clock)


def practised(timeline: Timeline) -> list[object]:
    """What is done in each step, whatever comes before it."""
    return [(step.item, step.exercise.id, step.side, step.planned_ms, step.parts[1:]) for step in timeline.steps]


def answer(leader: Leader, *keys: str) -> None:
    leader.hurts()
    for key in keys:
        assert leader.answer(key) is not None, key


# ---- what is asked ----


@pytest.mark.parametrize(
    ("exercise", "red"), [("couch-stretch", 4), ("supine-hip-circles", 4), ("glute-bridge", 6), (NERVE, 3)]
)
def test_from_the_red_on_the_advice_is_to_leave_it(catalogue: Catalogue, exercise: str, red: int) -> None:
    asked = Hurting(catalogue.exercises[exercise], None)
    said = [question(asked._replace(score=score)) for score in range(1, 11)]
    assert [score for score, words in enumerate(said, 1) if "leave this one for today" in words] == [*range(red, 11)]
    assert f"{red} of 10 is too much" in said[red - 1]


def test_what_hurts_too_much_is_left_with_its_other_side(bench: Bench) -> None:
    leader = bench.begin("four-everyday")
    bench.work(leader, 12)
    answer(leader, "3")
    assert leader.hurting
    assert answers(leader.hurting)["n"] == "n  next, leave the rest of it"
    leader.answer("escape")
    answer(leader, "4")
    assert answers(leader.hurting)["n"] == "n  next exercise, leave both sides of this one (advised)"
    leader.answer("n")
    assert leader.player.step.exercise.id == "supine-figure-four"
    bench.end(leader)
    (session,) = bench.store.read().of(SessionRecord)
    assert [step.end for step in session.steps] == ["hurt", "skipped", *["done"] * 5]


def test_without_an_easier_variant_it_is_not_offered(bench: Bench) -> None:
    leader = bench.begin("wall-calf-stretch")
    answer(leader, "3")
    assert leader.hurting
    assert list(answers(leader.hurting)) == ["s", "n"]
    assert leader.answer("e") is None
    assert leader.hurting


def test_the_clock_and_the_cues_stop_at_once(bench: Bench) -> None:
    leader = bench.begin("four-everyday")
    bench.work(leader, 12)
    cues = leader.hurts()
    assert [cue.kind for cue in cues] == [CueKind.HURT]
    assert (leader.player.paused, leader.wait_ms) == (True, 0)
    bench.clock.turn(60_000)
    assert leader.tick() == ()
    assert leader.answer("4") == ()
    cues = leader.answer("enter") or ()
    assert [(cue.kind, cue.number) for cue in cues] == [(CueKind.HURT, 1)]
    bench.clock.turn(60_000)
    assert [cue.kind for cue in leader.answer("s") or ()] == [CueKind.GO_ON]
    assert leader.player.held_ms[0] == 12_000
    assert leader.gap == ""


@pytest.mark.parametrize(
    "keys", [("space",), ("h",), ("0", "enter"), ("0", "n"), ("7", "escape"), ("7", "enter", "escape"), ("escape",)]
)
def test_it_does_not_hurt_after_all(bench: Bench, keys: tuple[str, ...]) -> None:
    leader = bench.begin("four-everyday")
    bench.work(leader, 12)
    answer(leader, *keys)
    assert leader.hurting is None
    assert leader.player.count_in_ms == 3000
    bench.end(leader)
    assert {step.end for step in bench.store.read().of(SessionRecord)[0].steps} == {"done"}
    assert bench.store.read().of(Hurt) == ()


@pytest.mark.parametrize(
    ("keys", "score"),
    [
        (("1", "0"), 10),
        (("1",), 1),
        (("1", "0", "backspace"), 1),
        (("7", "3"), 3),
        (("1", "enter", "0", "4"), 4),
        (("7", "enter", "1", "0"), 10),
        (("7", "enter", "backspace", "2"), 2),
        (("7", "enter", "z", "2"), 2),
        (("7", "enter", "2", "z"), 7),
    ],
)
@pytest.mark.parametrize("confirm", [(), ("enter",)])
def test_the_number_shown_is_the_one_that_is_kept(
    bench: Bench, keys: tuple[str, ...], score: int, confirm: tuple[str, ...]
) -> None:
    leader = bench.begin("four-everyday")
    bench.work(leader, 12)
    answer(leader, *keys)
    if leader.hurting and leader.hurting.prompt.typed is not None:
        answered = [leader.answer(key) for key in confirm]
        assert None not in answered
    assert leader.hurting
    assert leader.hurting.number == score
    assert f"{score} of 10" in question(leader.hurting)
    leader.answer("s")
    assert [hurt.score for hurt in bench.store.read().of(Hurt)] == [score]


def test_a_number_counts_after_three_seconds_and_zero_resumes(bench: Bench) -> None:
    leader = bench.begin("four-everyday")
    bench.work(leader, 12)
    answer(leader, "1")
    assert (leader.wait_ms, leader.until_cue_ms) == (3000, None)
    bench.clock.turn(2_999)
    assert leader.tick() == ()
    assert leader.wait_ms == 1
    bench.clock.turn(1)
    assert [(cue.kind, cue.number) for cue in leader.tick()] == [(CueKind.HURT, 1)]
    assert leader.hurting
    assert leader.hurting.score == 1
    assert leader.wait_ms == 0
    leader.answer("0")
    bench.clock.turn(3_000)
    leader.tick()
    assert leader.hurting is None
    assert leader.player.count_in_ms == 3000
    assert bench.store.read().of(Hurt) == ()


# ---- what is kept ----


@pytest.mark.parametrize("key", CHOICES)
@pytest.mark.parametrize("leaves", [True, False])
def test_after_a_crash_the_same_session_goes_on_and_what_hurt_is_kept_once(
    bench: Bench, key: str, leaves: bool
) -> None:
    leader = bench.begin("four-everyday")
    bench.work(leader, 12)
    answer(leader, "3", key)
    bench.clock.turn(500)
    leader.tick()
    before = leader.timeline
    if leaves:
        leader.leave()
    else:
        assert leader._journal._file
        leader._journal._file.close()  # as if the process was killed
    assert len(bench.store.read().of(Hurt)) == 1
    again = bench.resume()
    assert again
    assert again.player.segment.step == 1
    assert [(step.exercise.id, step.side, step.planned_ms) for step in again.timeline.steps] == [
        (step.exercise.id, step.side, step.planned_ms) for step in before.steps
    ]
    assert (again.player.held_ms[0], again.player.end_of(0)) == (12_000, "hurt")
    bench.end(again)
    past = bench.store.read()
    (session,), (hurt,) = past.of(SessionRecord), past.of(Hurt)
    ends = ["hurt", *("done" if step.parts else "skipped" for step in before.steps[1:])]
    if key == "s":
        ends[1] = "shortened"  # its other side
    assert [step.end for step in session.steps] == ends
    assert ("skipped" in ends) is (key == "e")
    assert session.steps[0].held_ms == 12_000
    assert (hurt.session, hurt.day, hurt.exercise, hurt.side) == (
        session.id,
        session.day,
        "half-kneeling-hip-flexor",
        "left",
    )
    assert (hurt.score, hurt.chose) == (3, CHOICES[key])
    assert bench.store.interrupted() == []
    assert past.unreadable == ()


def test_what_was_eased_twice_is_resumed_with_both(bench: Bench) -> None:
    leader = bench.begin("hip-cars-standing")
    bench.work(leader, 5)
    answer(leader, "2", "e")
    first = leader.player.step.exercise
    bench.work(leader, 5)
    answer(leader, "3", "e")
    second = leader.player.step.exercise
    timeline = leader.timeline
    bench.work(leader, 5)
    leader.leave()
    again = bench.resume()
    assert again
    assert practised(again.timeline) == practised(timeline)
    assert [step.exercise for step in again.timeline.steps[1:3]] == [first, second]
    assert again.player.segment.step == 2
    bench.end(again)
    assert [hurt.score for hurt in bench.store.read().of(Hurt)] == [2, 3]


def test_what_is_added_is_recorded_also_after_an_interruption(bench: Bench) -> None:
    leader = bench.begin("glute-bridge 2x10 4kg+pelvic-tilt-supine")
    bench.work(leader, 5)
    leader.leave()
    again = bench.resume()
    assert again
    bench.end(again)
    (session,) = bench.store.read().of(SessionRecord)
    assert [(step.exercise, step.load) for step in session.steps] == [
        ("glute-bridge", "4 kg"),
        ("pelvic-tilt-supine", None),
    ]


def test_what_was_done_after_it_stays_with_its_step_in_the_journal(bench: Bench) -> None:
    leader = bench.begin("four-everyday")
    bench.work(leader, 20)
    leader.next()
    bench.work(leader, 7)
    leader.previous()
    leader.previous()
    answer(leader, "2", "e")
    bench.work(leader, 5)
    held = leader.player.held_ms
    assert held == (20_000, 5_000, 0, 7_000, *[0] * 5)
    leader.leave()
    (left,) = bench.store.interrupted()
    assert tuple(step.held_ms for step in left.record().steps) == held
    again = bench.resume()
    assert again
    assert again.player.held_ms == held


def test_each_thing_that_hurts_is_a_record_of_its_own_beside_the_session(bench: Bench) -> None:
    leader = bench.begin("four-everyday")
    for score in "132":
        bench.work(leader, 11)
        answer(leader, score, "n")
    bench.end(leader)
    past = bench.store.read()
    assert [(hurt.score, hurt.side) for hurt in past.of(Hurt)] == [(1, "left"), (3, "right"), (2, "left")]
    assert len({hurt.id for hurt in past.of(Hurt)} | {past.of(SessionRecord)[0].id}) == 4
    assert leader.records == (past.of(SessionRecord)[0], *past.of(Hurt))
    assert [step.end for step in past.of(SessionRecord)[0].steps] == ["hurt"] * 3 + ["done"] * 4


def test_what_hurts_before_anything_was_held_is_kept_without_a_session(bench: Bench) -> None:
    leader = bench.begin("supine-butterfly")
    answer(leader, "1", "0", "n")
    assert leader.over
    assert leader.record is None
    past = bench.store.read()
    assert past.of(SessionRecord) == ()
    assert [(hurt.score, hurt.chose) for hurt in past.of(Hurt)] == [(10, "skip")]
    assert leader.records == past.of(Hurt)


@pytest.mark.parametrize("end", ["q", "stop", "leave"])
@pytest.mark.parametrize("keys", [("6",), ("6", "enter")])
def test_ending_at_the_choice_is_written_down_as_stop(bench: Bench, end: str, keys: tuple[str, ...]) -> None:
    leader = bench.begin("four-everyday")
    bench.work(leader, 12)
    answer(leader, *keys)
    if end == "q":
        assert leader.answer("q") == ()
    elif end == "stop":
        leader.stop()
    else:
        leader.leave()
        (left,) = bench.store.interrupted()
        bench.store.close(left)
    past = bench.store.read()
    assert [(hurt.score, hurt.chose) for hurt in past.of(Hurt)] == [(6, "stop")]
    assert (past.of(SessionRecord)[0].steps[0].held_ms, past.of(SessionRecord)[0].steps[0].end) == (12_000, "hurt")


@pytest.mark.parametrize("end", ["stop", "leave"])
def test_without_a_score_nothing_hurt(bench: Bench, end: str) -> None:
    leader = bench.begin("four-everyday")
    bench.work(leader, 12)
    leader.hurts()
    getattr(leader, end)()
    past = bench.store.read()
    assert past.of(Hurt) == ()
    assert past.of(SessionRecord)[0].steps[0].end == "shortened"


def test_a_disk_that_refuses_keeps_what_hurt_for_later(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "history")

    leader = bench.begin("supine-butterfly")
    with monkeypatch.context() as patch:
        patch.setattr("hiproutine.history.jsonl.append", full)
        patch.setattr("hiproutine.history.jsonl.Appending.append", full)
        bench.work(leader, 12)
        answer(leader, "6", "n")
        assert leader.over
        assert leader.unsaved
    assert [type(record).__name__ for record in leader.records] == ["SessionRecord", "Hurt"]


@pytest.mark.parametrize("key", ["escape", "space", "n"])
def test_any_key_but_those_of_the_answers_resumes_when_it_is_asked_whether_to_stop(bench: Bench, key: str) -> None:
    leader = bench.begin("four-everyday")
    bench.work(leader, 12)
    leader.ask_to_stop()
    assert leader.asking
    assert list(leader.choices) == ["q", "l", "escape"]
    leader.answer_stop(key)
    assert not leader.asking
    assert not leader.player.paused
    assert leader.choices == {}
    assert not leader.over
    assert not leader.for_later


@pytest.mark.parametrize(
    "resume",
    [Leader.pause_or_go_on, lambda leader: answer(leader, "escape"), lambda leader: answer(leader, "2", "enter", "s")],
    ids=["pause", "never mind", "shorter"],
)
def test_what_resumes_it_otherwise_ends_the_question_whether_to_stop(
    bench: Bench, resume: Callable[[Leader], object]
) -> None:
    """A presenter, a headset or the remote control may."""
    leader = bench.begin("four-everyday")
    bench.work(leader, 12)
    leader.ask_to_stop()
    resume(leader)
    assert (leader.asking, leader.player.paused) == (False, False)
    leader.hold_still()
    assert leader.choices == {}


def test_a_session_is_left_for_later_or_stopped_by_its_key(bench: Bench) -> None:
    leader = bench.begin("four-everyday")
    bench.work(leader, 12)
    leader.ask_to_stop()
    leader.answer_stop("l")
    assert (leader.for_later, leader.over, len(bench.store.interrupted())) == (True, False, 1)
    again = bench.resume()
    assert again
    again.ask_to_stop()
    again.answer_stop("q")
    assert (again.for_later, again.over) == (False, True)


def test_what_no_disk_takes_cannot_be_left_for_later(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    leader = bench.begin("four-everyday")
    bench.work(leader, 12)
    leader.ask_to_stop()
    monkeypatch.setattr(Leader, "trouble", "No space left on device")
    assert list(leader.choices) == ["q", "escape"]
    leader.answer_stop("l")
    assert (leader.for_later, leader.player.paused) == (False, False)


def test_another_manner_makes_another_session_that_is_not_resumed(bench: Bench) -> None:
    leader = bench.begin("four-everyday")
    bench.work(leader, 12)
    leader.leave()
    assert bench.resume(Manner(stiff_side="right")) is None
    assert bench.store.read().of(SessionRecord)[0].steps[0].held_ms == 12_000


@pytest.mark.parametrize("manner", [Manner(stiff_side="right", extra_set=True), Manner(breath=Breath(5, 6))])
def test_in_the_same_manner_it_is_resumed(bench: Bench, manner: Manner) -> None:
    leader = bench.begin("four-everyday", manner)
    bench.work(leader, 12)
    answer(leader, "2", "e")
    leader.leave()
    again = bench.resume(manner)
    assert again
    assert practised(again.timeline) == practised(leader.timeline)


@pytest.mark.parametrize(
    ("older", "plan"),
    [
        ("today:couch-stretch,sets=1", "couch-stretch 30s"),
        (
            "today:couch-stretch,sets=1,hold_s=45+knee-to-wall-rock+glute-bridge,dose=2x8 @5-5-5",
            "couch-stretch 45s+knee-to-wall-rock 2x10 @2-1-1+glute-bridge 2x8 @5-5-5",
        ),
    ],
)
def test_the_plan_of_an_older_journal_is_read(bench: Bench, older: str, plan: str) -> None:
    leader = bench.begin(plan)
    bench.work(leader, 12)
    leader.leave()
    (journal,) = bench.store.journal_folder.iterdir()
    written = journal.read_text()
    assert f'"plan":"{plan}"' in written
    journal.write_text(written.replace(plan, older))
    again = bench.resume()
    assert again
    assert practised(again.timeline) == practised(leader.timeline)


def test_the_older_plan_of_a_journal_without_sense_is_no_session(bench: Bench) -> None:
    leader = bench.begin("couch-stretch 30s")
    bench.work(leader, 12)
    leader.leave()
    (journal,) = bench.store.journal_folder.iterdir()
    written = journal.read_text()
    for older in ("today:couch-stretch,sets=", "today:couch-stretch,nothing=1", "today:nothing,sets=1", "today:"):
        journal.write_text(written.replace("couch-stretch 30s", older))
        (left,) = bench.store.interrupted()
        assert resumed(bench.catalogue, USUAL, left) is None
    assert bench.resume() is None
    assert bench.store.read().of(SessionRecord)[0].steps[0].held_ms == 12_000


def test_a_session_that_runs_elsewhere_is_told_and_left_alone(bench: Bench) -> None:
    assert elsewhere(bench.store, bench.clock.now()) == ""
    first = bench.begin("four-everyday")
    bench.work(first, 12)
    told = elsewhere(bench.store, bench.clock.now())
    assert "07:30" in told
    assert bench.resume() is None
    second = bench.begin("supine-butterfly")
    bench.end(second)
    first.stop()
    assert len(bench.store.read().of(SessionRecord)) == 2
    assert elsewhere(bench.store, bench.clock.now()) == ""


def test_what_takes_time_after_the_clock_was_read_makes_the_wait_shorter(bench: Bench) -> None:
    leader = bench.begin("four-everyday")
    assert leader.wait_ms == 1000
    bench.clock.turn(30)
    assert leader.wait_ms == 970
    bench.clock.turn(1070)
    assert leader.wait_ms == 1
    leader.tick()
    assert leader.wait_ms == 900
    leader.hold_still()
    assert leader.wait_ms == 0


# ---- how long it took ----


@pytest.mark.parametrize("how", ["paused", "asleep", "left", "killed"])
def test_pauses_are_no_part_of_how_long_it_took(bench: Bench, how: str) -> None:
    leader = bench.begin("glute-bridge")
    bench.work(leader, 20)
    if how == "paused":
        leader.pause_or_go_on()
        for _ in range(10):
            bench.clock.turn(3_600_000)
            leader.tick()
        leader.pause_or_go_on()
    elif how == "asleep":
        bench.clock.sleep(36_000_000)
        leader.tick()
        leader.pause_or_go_on()
    else:
        if how == "left":
            leader.leave()
        else:
            assert leader._journal._file
            leader._journal._file.close()
        bench.clock.turn(4 * 3_600_000)
        again = bench.resume()
        assert again
        leader = again
    bench.end(leader)
    record = leader.record
    assert record
    assert bench.store.read().of(SessionRecord)[0].lasted == record.lasted
    whole = compile_session(find(bench.catalogue, "glute-bridge"), USUAL).total_ms
    assert record.end - record.start > timedelta(hours=4)
    # The first get-ready was cut short; counting in, or a new get-ready, comes on top; a kill loses some seconds.
    assert timedelta(milliseconds=whole - 25_000) <= record.lasted <= timedelta(milliseconds=whole + 30_000)


def test_what_is_broken_off_for_good_knows_it_as_well(bench: Bench) -> None:
    leader = bench.begin("glute-bridge")
    bench.work(leader, 20)
    leader.pause_or_go_on()
    bench.clock.turn(36_000_000)
    leader.leave()
    (session,) = bench.store.read().of(SessionRecord)
    assert timedelta(seconds=20) <= session.lasted <= timedelta(seconds=30)


def test_where_no_record_says_so_nothing_that_is_shipped_is_taken_for_paused(catalogue: Catalogue) -> None:
    for plan in [*catalogue.routines, *catalogue.exercises]:
        line = compile_session(find(catalogue, plan), USUAL)
        length = timedelta(milliseconds=line.total_ms)
        opening = Opening(plan, AT.date(), AT, 60, None, 240, plan, None, "0.1.0")
        steps = [StepRecord(step.exercise.id, "n", step.side, step.planned_ms, 0, "done") for step in line.steps]
        assert closed(opening, AT + length, steps).lasted == length
        assert closed(opening, AT + timedelta(hours=10), steps).lasted < timedelta(hours=2)


# ---- a gap ----


def told(bench: Bench, leader: Leader, minutes: int) -> list[tuple[int, CueKind, int]]:
    """(second, kind, number) of what is heard while nobody presses a key, woken as a front end would be."""
    found = []
    until_ms = bench.clock.running_ms + minutes * 60_000
    begun_ms = bench.clock.running_ms
    while bench.clock.running_ms < until_ms:
        bench.clock.turn(min(leader.wait_ms, until_ms - bench.clock.running_ms) or 60_000)
        found += [((bench.clock.running_ms - begun_ms) // 1000, cue.kind, cue.number) for cue in leader.tick()]
    return found


@pytest.mark.parametrize(("slept", "why"), [(False, 1), (True, 2)])
def test_a_gap_is_heard_as_soon_as_one_is_back_and_each_minute_for_five(bench: Bench, slept: bool, why: int) -> None:
    leader = bench.begin("supine-butterfly")
    bench.work(leader, 4)
    if slept:
        bench.clock.sleep(3_600_000)
    bench.clock.turn(20_000)
    assert [(cue.kind, cue.number) for cue in leader.tick()] == [(CueKind.PAUSED, why)]
    assert leader.player.paused
    assert told(bench, leader, 12) == [(60 * minute, CueKind.PAUSED, why) for minute in range(1, 6)]
    assert leader.wait_ms == 0
    assert leader.player.held_ms[0] == 4_000


def test_whoever_goes_on_after_a_gap_is_reminded_no_more(bench: Bench) -> None:
    leader = bench.begin("supine-butterfly")
    bench.work(leader, 4)
    bench.clock.turn(20_000)
    leader.tick()
    bench.clock.turn(61_000)
    assert [cue.kind for cue in leader.tick()] == [CueKind.PAUSED]
    assert [cue.kind for cue in leader.pause_or_go_on()] == [CueKind.GO_ON]
    assert leader.gap == ""
    leader.pause_or_go_on()
    assert (leader.wait_ms, told(bench, leader, 3)) == (0, [])
    assert leader.hold_still() == ()


def test_a_pause_by_a_key_is_not_repeated(bench: Bench) -> None:
    leader = bench.begin("supine-butterfly")
    bench.work(leader, 4)
    assert [(cue.kind, cue.number) for cue in leader.pause_or_go_on()] == [(CueKind.PAUSED, 0)]
    assert told(bench, leader, 6) == []


def test_the_question_how_much_it_hurts_is_not_talked_over_after_a_gap(bench: Bench) -> None:
    leader = bench.begin("supine-butterfly")
    bench.work(leader, 4)
    bench.clock.turn(20_000)
    leader.tick()
    leader.hurts()
    assert (leader.wait_ms, told(bench, leader, 3)) == (0, [])
    leader.score(4)
    leader.choose("shorter")
    assert leader.gap == ""
    assert leader.player.count_in_ms == 3000


# ---- too easy and too hard ----


def test_how_the_exercise_just_done_felt_goes_into_the_history_with_the_session(bench: Bench) -> None:
    leader = bench.begin("supine-butterfly+glute-bridge")
    assert leader.feel("too hard") == "No exercise has begun yet."
    bench.work(leader, 5)
    assert leader.feel("too hard").startswith("Noted: Lying butterfly felt too hard")
    leader.next()
    bench.clock.turn(1)
    assert leader.feel("too easy").startswith("Noted: Lying butterfly felt too easy")
    bench.work(leader, 5)
    leader.feel("too easy")
    leader.stop()
    efforts = bench.store.read().of(Effort)
    said = [(each.exercise, each.felt) for each in sorted(efforts, key=lambda each: each.at)]
    assert said == [("supine-butterfly", "too hard"), ("supine-butterfly", "too easy"), ("glute-bridge", "too easy")]
    assert {each.session for each in efforts} == {bench.store.read().of(SessionRecord)[0].id}
    assert leader.feel("too easy") == ""


def test_what_hurt_in_this_session_is_never_too_easy(bench: Bench) -> None:
    leader = bench.begin("supine-butterfly+glute-bridge")
    bench.work(leader, 5)
    answer(leader, "2", "s")
    assert leader.feel("too easy") == "Lying butterfly hurt in this session, so it does not count as too easy."
    assert leader.feel("too hard").startswith("Noted: Lying butterfly felt too hard")
    leader.next()
    bench.work(leader, 5)
    assert leader.feel("too easy").startswith("Noted: Glute bridge felt too easy")
    leader.stop()
    said = sorted((each.exercise, each.felt) for each in bench.store.read().of(Effort))
    assert said == [("glute-bridge", "too easy"), ("supine-butterfly", "too hard")]


def test_a_crash_keeps_how_it_felt(bench: Bench) -> None:
    leader = bench.begin("supine-butterfly")
    bench.work(leader, 5)
    leader.feel("too hard")
    leader.leave()
    (left,) = bench.store.interrupted()
    assert [type(note) for note in left.notes] == [Effort]
    assert [each.felt for each in bench.store.read().of(Effort)] == ["too hard"]


# ---- minutes left ----

FOUR = "half-kneeling-hip-flexor 1x30s+glute-bridge 2x10+supine-butterfly 2x30s+supine-figure-four 1x30s"


def minutes(leader: Leader, keys: str) -> None:
    leader.ask_minutes()
    assert leader.player.paused
    for key in [*keys, "enter"]:
        leader.type_minutes(key)


def ids(leader: Leader) -> list[tuple[str, str | None]]:
    """What is still in the session."""
    return [(step.exercise.id, step.side) for step in leader.timeline.steps if step.parts]


def sets(leader: Leader) -> list[int]:
    """The sets of each step that are left."""
    return [sets_of(step.prescription) if step.parts else 0 for step in leader.timeline.steps]


@pytest.mark.parametrize(
    ("worked_s", "typed", "left"),
    [
        (5, "1", [1, 0, 0, 0, 0, 0]),  # there is no time for the other side
        (15, "1", [1, 1, 0, 0, 0, 0]),  # what was begun has both its sides
        (5, "2", [1, 1, 0, 1, 0, 0]),  # there is no time for the bridge
        (28, "3", [1, 1, 1, 1, 0, 0]),
        (5, "4", [1, 1, 1, 2, 0, 0]),
        (28, "5", [1, 1, 1, 2, 1, 1]),  # everything has a set before the bridge has two
        (28, "6", [1, 1, 2, 1, 1, 1]),  # which is worth more than a second set of the butterfly
        (5, "7", [1, 1, 2, 2, 1, 1]),
    ],
)
def test_minutes_left_go_to_a_set_of_everything_and_then_to_more_of_what_is_worth_most(
    bench: Bench, worked_s: int, typed: str, left: list[int]
) -> None:
    leader = bench.begin(FOUR)
    leader._worth = {"supine-figure-four": 1, "glute-bridge": 3, "supine-butterfly": 2}
    bench.work(leader, worked_s)
    minutes(leader, typed)
    assert sets(leader) == left
    assert leader.player.session_remaining_ms - leader.player.count_in_ms <= int(typed) * 60_000


def test_less_time_is_named_and_in_the_record_and_more_minutes_bring_back_what_went(bench: Bench) -> None:
    leader = bench.begin(FOUR)
    leader._worth = {"supine-figure-four": 1, "glute-bridge": 3, "supine-butterfly": 2}
    bench.work(leader, 5)
    whole = leader.timeline
    minutes(leader, "2")
    assert leader.fitted == ("Omitted: Glute bridge; Lying figure-four stretch. Fewer sets: Lying butterfly.")
    minutes(leader, "20")
    assert leader.fitted == "All of it fits into 20 min."
    assert practised(leader.timeline) == practised(whole)
    assert not leader.player.dropped
    minutes(leader, "2")
    bench.end(leader)
    (record,) = bench.store.read().of(SessionRecord)
    assert [(step.exercise, step.end, step.held_ms) for step in record.steps[2:]] == [
        ("glute-bridge", "shortened", 0),
        ("supine-butterfly", "shortened", 30_000),
        ("supine-figure-four", "shortened", 0),
        ("supine-figure-four", "shortened", 0),
    ]


def test_the_running_set_is_finished_and_the_other_side_has_what_there_is_time_for(bench: Bench) -> None:
    leader = bench.begin("clamshell 3x5+supine-butterfly 3x30s")
    bench.work(leader, 2)
    minutes(leader, "2")
    assert sets(leader) == [1, 1, 1]
    while leader.player.segment.where != "set 2 of 3, rep 1 of 5" and leader.player.segment.step == 0:
        minutes(leader, "20")
        bench.end_segment(leader)
    assert leader.player.segment.step == 0
    minutes(leader, "1")
    assert sets(leader) == [2, 0, 0]
    assert leader.fitted == "Omitted: Clamshell, right side; Lying butterfly. Fewer sets: Clamshell, left side."


def test_what_was_shortened_because_it_hurt_is_not_made_longer(bench: Bench) -> None:
    leader = bench.begin("supine-butterfly 3x30s+glute-bridge 2x10")
    bench.work(leader, 5)
    answer(leader, "3", "s")
    shortened = leader.timeline.steps[0].parts
    minutes(leader, "2")
    assert leader.timeline.steps[0].parts == shortened


def test_a_session_that_dropped_something_comes_to_its_end_and_back(bench: Bench) -> None:
    leader = bench.begin(FOUR)
    leader._worth = {"supine-butterfly": 2}
    bench.work(leader, 5)
    minutes(leader, "2")
    kept = ids(leader)
    assert ("glute-bridge", None) not in kept
    assert ("supine-butterfly", None) in kept
    leader.leave()
    again = bench.resume()
    assert again
    assert ids(again) == kept
    again.next()
    bench.work(again, 1)
    while again.player.step.exercise.id != "supine-butterfly":
        again.next()
    again.previous()
    again.previous()
    assert again.player.step.exercise.id == "half-kneeling-hip-flexor"
    bench.end(again)
    (record,) = bench.store.read().of(SessionRecord)
    assert [step.end for step in record.steps if step.exercise == "glute-bridge"] == ["shortened"]
    assert [step.end for step in record.steps if step.exercise == "supine-butterfly"] == ["shortened"]


def test_enough_minutes_none_and_a_change_of_mind_drop_nothing(bench: Bench) -> None:
    leader = bench.begin(FOUR)
    bench.work(leader, 5)
    whole = leader.timeline
    for keys in ("99", "", "0"):
        minutes(leader, keys)
        assert leader.timeline == whole
    leader.ask_minutes()
    leader.type_minutes("1")
    leader.type_minutes("backspace")
    assert leader.minutes == ""
    leader.type_minutes("2")
    leader.type_minutes("escape")
    assert (leader.timeline, leader.player.paused) == (whole, False)


def test_what_hurts_after_that_still_has_its_easier_variant(bench: Bench) -> None:
    leader = bench.begin("couch-stretch 1x30s+glute-bridge 2x10+supine-butterfly 2x30s")
    leader._worth = {"supine-butterfly": 2}
    bench.work(leader, 5)
    minutes(leader, "4")
    bridge = next(n for n, step in enumerate(leader.timeline.steps) if step.exercise.id == "glute-bridge")
    if not leader.timeline.steps[bridge].parts:
        answer(leader, "3", "e")
        assert not leader.timeline.steps[bridge + 1].parts
        assert leader.player.end_of(bridge + 1) == "shortened"
    bench.end(leader)


# ---- what is changed on the way, and a process that is killed ----


def killed(bench: Bench, plan: str, *events: Callable[[Leader], object]) -> tuple[list[object], frozenset[int]]:
    """Practise in a process that kills itself after these events; return its timeline and the steps it omitted."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        leader = bench.begin(plan)
        for event in events:
            event(leader)
        os.write(writing, pickle.dumps((practised(leader.timeline), leader.player.dropped)))
        os.kill(os.getpid(), signal.SIGKILL)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        line, dropped = pickle.loads(stream.read())
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    bench.clock.turn(3_600_000)
    return line, dropped


def hurt(*keys: str) -> Callable[[Leader], object]:
    return lambda leader: answer(leader, *keys)


def fit(typed: str) -> Callable[[Leader], object]:
    return lambda leader: minutes(leader, typed)


TWO_SIDES = "clamshell 3x10+supine-butterfly 3x30s+supine-figure-four 2x30s"
CHANGED: list[list[Callable[[Leader], object]]] = [
    [hurt("3", "s")],
    [fit("6")],
    [fit("3"), fit("20")],
    [fit("3"), fit("5")],
    [fit("6"), hurt("3", "s")],
    [fit("4"), hurt("3", "e")],
    [hurt("3", "e"), Leader.next, fit("5")],
]


@pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")
@pytest.mark.parametrize("events", CHANGED)
def test_a_killed_session_is_resumed_as_it_was_changed(bench: Bench, events: list[Callable[[Leader], object]]) -> None:
    before, dropped = killed(bench, TWO_SIDES, lambda leader: bench.work(leader, 5), *events)
    (left,) = bench.store.interrupted()
    assert left.unreadable == ()
    again = bench.resume()
    assert again
    here = again.player.segment.step
    assert practised(again.timeline)[here:] == before[here:]
    assert again.player.dropped == dropped
    minutes(again, "99")
    assert not again.player.dropped
    bench.end(again)
    assert not bench.store.interrupted()


@pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")
def test_a_killed_session_is_resumed_with_what_was_made_longer_and_shorter(bench: Bench) -> None:
    def lengths(leader: Leader) -> None:
        leader.adjust(60_000)  # of the get-ready, which comes anew
        bench.work(leader, 12)
        leader.adjust(10_000)
        leader.adjust(10_000)
        bench.end_segment(leader)
        leader.adjust(-5_000)
        bench.end_segment(leader)
        for _ in range(20):
            bench.clock.turn(1000)
            leader.tick()
        leader.adjust(-15_000)  # ends it

    killed(bench, "supine-butterfly 3x30s+glute-bridge 1x5", lengths)
    again = bench.resume()
    assert again
    assert [part.length_ms for part in again.player.step.parts[1:]] == [50_000, 5_000, 20_000, 10_000, 30_000]
    assert again.player.held_ms[0] == 70_000
    assert again.player.step.parts[0].length_ms < 60_000


def test_a_journal_whose_changes_make_no_sense_is_no_session(bench: Bench) -> None:
    for senseless in (
        '{"sets":[[0,9]],"running":0}',
        '{"adjusted":0,"part":99,"ms":1000}',
    ):
        leader = bench.begin(FOUR)
        bench.work(leader, 5)
        leader.leave()
        (left,) = bench.store.interrupted()
        with left.path.open("a") as journal:
            journal.write(f"{senseless}\n")
        assert bench.resume() is None
        assert not bench.store.interrupted(), "what was done is in the history"


def test_a_change_that_cannot_be_read_is_passed_over(bench: Bench) -> None:
    leader = bench.begin(FOUR)
    bench.work(leader, 5)
    leader.leave()
    (left,) = bench.store.interrupted()
    broken = ['{"sets":[[0]],"running":0}', '{"sets":[[99,1]],"running":0}', '{"adjusted":0,"part":1,"ms":-1}']
    with left.path.open("a") as journal:
        journal.writelines(f"{line}\n" for line in (*broken, '{"halved":"x"}'))
    (left,) = bench.store.interrupted()
    assert len(left.unreadable) == 4
    assert bench.resume()


# ---- how long a change of position took ----


def test_a_session_and_its_journal_keep_how_long_changes_took_without_a_gap_or_a_question(bench: Bench) -> None:
    leader = bench.begin("half-kneeling-hip-flexor")
    for _ in range(5):
        bench.clock.turn(1000)
        leader.tick()
    leader.pause_or_go_on()
    bench.clock.turn(12_000)  # paused
    leader.pause_or_go_on()
    bench.end_segment(leader)
    while leader.player.segment.step == 0:
        bench.clock.turn(leader.wait_ms)
        leader.tick()
    leader.hurts()
    bench.clock.turn(30_000)
    leader.never_mind()
    bench.end_segment(leader)
    leader.leave()
    again = bench.resume()
    assert again
    bench.clock.asleep_ms += 60_000
    bench.clock.turn(60_000)
    again.tick()
    bench.clock.turn(30_000)
    again.pause_or_go_on()
    bench.end(again)
    assert again.record
    assert [step.change for step in again.record.steps] == [
        ChangeRecord("kneel", 15_000, 27_000),
        ChangeRecord("kneel", 15_000, 15_000),  # from the keyboard, once it was resumed
    ]
