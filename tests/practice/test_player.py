"""The laws of the player: time is neither lost nor made up, and every event is welcome in every state."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import Phase, sets_of
from hiproutine.coach.session import find
from hiproutine.coach.transitions import ready_s
from hiproutine.practice.cues import COUNT_IN_MS, Cue, CueKind, scheduled
from hiproutine.practice.hurting import CHOICES
from hiproutine.practice.player import Played, Player, begin
from hiproutine.practice.timeline import Timeline, compile_session
from hiproutine.settings.model import Changes, Manner

plans = st.sampled_from(["four-everyday", "kinstretch-beginner", "strength-base", "half-kneeling-contract-relax"])
times = st.integers(0, 40_000)

Event = Callable[[Player], Played]
events: st.SearchStrategy[tuple[str, Event]] = st.one_of(
    times.map(lambda ms: (f"advance {ms}", lambda player: player.advance(ms))),
    st.sampled_from([10_000, -10_000]).map(lambda ms: (f"adjust {ms}", lambda player: player.adjust(ms))),
    st.just(("pause", lambda player: player.pause())),
    st.just(("resume", lambda player: player.resume())),
    st.just(("next", lambda player: player.next())),
    st.just(("previous", lambda player: player.previous())),
)
minutes: st.SearchStrategy[tuple[str, Event]] = st.integers(1, 12).map(
    lambda left: (f"{left} minutes", lambda player: Played(player.fitted(left, {}), ()))
)
hurt_events: st.SearchStrategy[tuple[str, Event]] = st.sampled_from(["easier", "shorter", "skip"]).map(
    lambda choice: (choice, lambda player: hurts(player, choice))
)


def hurts(player: Player, choice: str) -> Played:
    """What a leader does with the player when something hurts."""
    if player.finished:
        return Played(player, ())
    player = player.pause().player
    if choice == "easier":
        # In a dose of its own, and not of both sides.
        return player.eased(player.step.exercise._replace(id="easier", position="prone", sides="both"))
    return player.shortened() if choice == "shorter" else player.passed_over()


def line_of(catalogue: Catalogue, plan: str) -> Timeline:
    return compile_session(find(catalogue, plan), Manner())


@given(plan=plans, parts=st.lists(times, max_size=60))
def test_many_short_steps_are_one_long_step(catalogue: Catalogue, plan: str, parts: list[int]) -> None:
    start = begin(line_of(catalogue, plan), {}, {}).player
    player, cues = start, list[Cue]()
    for ms in parts:
        player, due = player.advance(ms)
        cues += due
    once = start.advance(sum(parts))
    assert (player, tuple(cues)) == (once.player, once.cues)


@given(
    plan=plans,
    parts=st.lists(events | hurt_events | minutes, max_size=40),
    ms=st.integers(0, 90_000),
    cut=st.integers(0, 90_000),
)
def test_the_same_holds_from_wherever_the_keys_have_led(
    catalogue: Catalogue, plan: str, parts: list[tuple[str, Event]], ms: int, cut: int
) -> None:
    player = begin(line_of(catalogue, plan), {}, {}).player
    for _, event in parts:
        player = event(player).player
    cut = min(cut, ms)
    first = player.advance(cut)
    second = first.player.advance(ms - cut)
    once = player.advance(ms)
    assert (second.player, first.cues + second.cues) == (once.player, once.cues)


@given(plan=plans, ms=st.integers(0, 2_000_000))
def test_no_time_is_lost_or_made_up(catalogue: Catalogue, plan: str, ms: int) -> None:
    line = line_of(catalogue, plan)
    player = begin(line, {}, {}).player.advance(ms).player
    spent = min(ms, line.total_ms)
    assert line.total_ms - player.session_remaining_ms == spent
    worked = sum(max(0, min(spent, each.end_ms) - each.start_ms) for each in line.segments if each.work)
    assert sum(player.held_ms) == worked


@given(plan=plans)
def test_an_undisturbed_session_gives_every_scheduled_cue_at_its_time(catalogue: Catalogue, plan: str) -> None:
    line = line_of(catalogue, plan)
    player, cues = begin(line, {}, {})
    heard = [(0, cue) for cue in cues]
    now = 0
    while not player.finished:
        wait = player.until_change_ms
        player, cues = player.advance(wait)
        now += wait
        heard += [(now, cue) for cue in cues]
    assert heard == list(scheduled(line))
    assert player.held_ms == tuple(step.planned_ms for step in line.steps)
    assert {player.end_of(step) for step in range(len(line.steps))} == {"done"}


@given(plan=plans, parts=st.lists(events | hurt_events | minutes, max_size=60))
def test_every_event_is_welcome_in_every_state(catalogue: Catalogue, plan: str, parts: list[tuple[str, Event]]) -> None:
    line = line_of(catalogue, plan)
    player = begin(line, {}, {}).player
    advanced = 0
    for name, event in parts:
        before = player
        player, cues = event(player)
        if name.startswith("advance"):
            advanced += int(name.split()[1])
        line = player.timeline
        held, hurt = before.held_ms, before.hurt
        if len(player.held_ms) > len(held):
            number = before.segment.step + 1
            held = (*held[:number], 0, *held[number:])
            hurt = frozenset(step + (step >= number) for step in hurt)
        assert len(player.held_ms) == len(line.steps)
        if name in CHOICES.values() and not before.finished:
            hurt |= {before.segment.step}
        assert player.hurt == hurt
        assert all(player.end_of(step) == "hurt" for step in player.hurt)
        assert 0 <= player.at <= len(line.segments)
        assert player.finished or player.remaining_ms > 0
        assert player.session_remaining_ms >= 0
        assert all(old <= new for old, new in zip(held, player.held_ms, strict=True))
        assert sum(player.held_ms) <= advanced
        assert all(0 <= cue.segment <= len(line.segments) for cue in cues)
        assert not (player.finished and player.paused)
        if not player.finished:
            assert 1 <= player.until_change_ms <= 1000


@given(plan=plans, ms=times, more=times)
def test_paused_time_does_not_pass(catalogue: Catalogue, plan: str, ms: int, more: int) -> None:
    paused = begin(line_of(catalogue, plan), {}, {}).player.advance(ms).player.pause().player
    assert paused.advance(more) == (paused, ())


@given(plan=plans, ms=times, more=st.integers(0, 10_000))
def test_going_on_counts_three_seconds_in_and_then_stands_where_it_stood(
    catalogue: Catalogue, plan: str, ms: int, more: int
) -> None:
    running = begin(line_of(catalogue, plan), {}, {}).player.advance(ms).player
    resumed = running.pause().player.resume().player
    assert resumed.advance(COUNT_IN_MS).player == running
    assert resumed.advance(COUNT_IN_MS + more).player == running.advance(more).player
    assert resumed.advance(COUNT_IN_MS - 1).player.held_ms == running.held_ms


@pytest.mark.parametrize(
    ("events", "took_s"),
    [
        ([], 15),  # as planned
        (["longer"], 25),
        (["pause 20"], 35),
        (["pause 20", "longer"], 45),
        (["after 6", "next"], 6),
        (["shorter"], 5),
        (["again", "again"], 15),
    ],
)
def test_how_long_a_change_of_position_took(catalogue: Catalogue, events: list[str], took_s: int) -> None:
    """From standing to half-kneeling: 15 s."""
    player = begin(line_of(catalogue, "half-kneeling-hip-flexor"), {}, {}).player
    for event in events:
        what, _, seconds = event.partition(" ")
        match what:
            case "pause":
                player = player.pause().player.stand(1000 * int(seconds)).resume().player
            case "after":
                player = player.advance(1000 * int(seconds)).player
            case "next":
                player = player.next().player
            case "again":
                player = player.advance(20_000).player.previous().player
            case _:
                player = player.adjust(10_000 if what == "longer" else -10_000).player
    player = player.advance(50_000).player
    assert player.change_ms == {0: 1000 * took_s}
    assert player.step.change
    assert player.step.change.usual_ms == 15_000


def test_words_that_are_waited_for_are_no_part_of_a_change(catalogue: Catalogue) -> None:
    session = find(catalogue, "glute-bridge")
    explained = compile_session(session, Manner(familiar=frozenset()))
    known = compile_session(session, Manner(familiar=frozenset({"glute-bridge"}), changes=Changes(lie=26)))
    planned_ms = explained.steps[0].parts[0].length_ms
    assert planned_ms > 30_000
    took = []
    for line, at_ms in [(explained, planned_ms), (explained, planned_ms - 4000), (explained, 9000), (known, 26_000)]:
        player = begin(line, {}, {}).player.advance(at_ms).player
        took.append((player if player.segment.work else player.next().player).change_ms[0])
    # All of it; the words cut short; done while they were being said; as learned.
    assert took == [20_000, 20_000, 9000, 26_000]


def test_pausing_during_the_count_in_needs_a_whole_new_one(catalogue: Catalogue) -> None:
    resumed = (
        begin(line_of(catalogue, "four-everyday"), {}, {}).player.pause().player.resume().player.advance(2000).player
    )
    assert resumed.pause().player.resume().player.count_in_ms == COUNT_IN_MS


def held(catalogue: Catalogue, ms: int) -> Player:
    """Four stretches, `ms` after the first get-ready."""
    line = line_of(catalogue, "four-everyday")
    return begin(line, {}, {}).player.advance(line.segments[0].length_ms + ms).player


def test_next_ends_a_get_ready_a_switch_and_a_rest_at_once(catalogue: Catalogue) -> None:
    ready = begin(line_of(catalogue, "four-everyday"), {}, {}).player
    assert (ready.next().player.segment.phase, ready.next().player.segment.step) == ("hold", 0)
    rest = held(catalogue, 30_000)
    assert rest.segment.phase == "rest"
    assert (rest.next().player.segment.phase, rest.next().player.segment.where) == ("hold", "set 2 of 2")


def test_next_in_a_hold_goes_to_the_switch_and_never_straight_into_the_next_hold(catalogue: Catalogue) -> None:
    player = held(catalogue, 5_000).next().player
    assert (player.segment.phase, player.step.side) == ("switch", "right")
    assert player.end_of(0) == "shortened"
    assert player.held_ms[0] == 5_000
    assert player.next().player.next().player.segment.phase == "ready"


def test_next_at_the_end_finishes(catalogue: Catalogue) -> None:
    player = begin(line_of(catalogue, "supine-butterfly"), {}, {}).player.next().player
    assert player.next() == (player.next().player, (Cue(CueKind.END, 3), Cue(CueKind.DONE, 4)))
    assert player.next().player.finished


def test_previous_starts_the_side_again_and_then_the_one_before(catalogue: Catalogue) -> None:
    player = held(catalogue, 5_000).next().player.next().player
    again = player.previous().player
    assert (again.segment.phase, again.step.side) == ("switch", "right")
    before = again.previous().player
    assert (before.segment.phase, before.step.side) == ("ready", "left")
    assert before.previous().player.at == 0


def test_a_side_done_again_keeps_the_better_attempt_and_never_the_sum(catalogue: Catalogue) -> None:
    again = held(catalogue, 20_000).previous().player
    player = again.advance(again.remaining_ms + 5_000).player
    assert player.held_ms[0] == 20_000
    assert player.advance(20_000).player.held_ms[0] == 25_000


def test_ten_seconds_more_or_less_change_this_segment_alone(catalogue: Catalogue) -> None:
    player = held(catalogue, 5_000)
    assert player.adjust(10_000).player.remaining_ms == 35_000
    assert player.adjust(10_000).player.session_remaining_ms == player.session_remaining_ms + 10_000
    assert player.adjust(-10_000).player.remaining_ms == 15_000
    longer = player.adjust(10_000).player.advance(35_000).player
    assert longer.segment.phase == "rest"
    assert longer.held_ms[0] == 40_000
    assert longer.advance(10_000).player.remaining_ms == 30_000


def test_taking_more_than_is_left_ends_the_segment(catalogue: Catalogue) -> None:
    player, cues = held(catalogue, 25_000).adjust(-10_000)
    assert (player.segment.phase, player.remaining_ms) == ("rest", 10_000)
    assert cues == (Cue(CueKind.END, 1), Cue(CueKind.REST, 2))
    assert player.held_ms[0] == 25_000


@given(first=st.integers(0, 6))
def test_a_resumed_session_begins_at_the_first_step_without_a_record(catalogue: Catalogue, first: int) -> None:
    line = line_of(catalogue, "four-everyday")
    player, cues = begin(line, {step: 1000 * step for step in range(first)}, {})
    assert player.segment.step == first
    assert player.at == line.steps[first].first
    assert player.segment.phase is Phase.READY
    assert player.remaining_ms == 1000 * ready_s(None, player.step.exercise)
    assert player.held_ms == tuple(1000 * step if step < first else 0 for step in range(7))
    assert cues[-1] == Cue(CueKind.READY, player.at)


def test_a_session_whose_steps_all_have_records_is_finished(catalogue: Catalogue) -> None:
    assert begin(line_of(catalogue, "four-everyday"), dict.fromkeys(range(7), 1), {}).player.finished


def test_an_easier_exercise_takes_the_place_of_all_that_remains(catalogue: Catalogue) -> None:
    easier = catalogue.exercises["supine-edge-psoas"]
    player, cues = held(catalogue, 12_000).pause().player.eased(easier)
    assert (player.step.exercise, player.step.side, player.segment.phase) == (easier, "left", "ready")
    assert not player.paused
    assert cues[-1] == Cue(CueKind.READY, player.at)
    assert (player.held_ms, player.end_of(0)) == ((12_000, *[0] * 8), "hurt")
    over = player.advance(player.session_remaining_ms).player
    practised = [(step.exercise.id, step.side) for step in over.timeline.steps if step.parts][:3]
    hurt = "half-kneeling-hip-flexor"
    assert practised == [(hurt, "left"), (easier.id, "left"), (easier.id, "right")]
    left_out = over.timeline.steps[3]
    assert (left_out.exercise.id, left_out.side, over.end_of(3)) == (hurt, "right", "skipped")
    assert {over.end_of(step) for step in (1, 2, *range(4, 9))} == {"done"}


def test_an_easier_exercise_without_sides_comes_once(catalogue: Catalogue) -> None:
    line = line_of(catalogue, "split-squat-assisted 1x8+glute-bridge")
    player = begin(line, {}, {}).player.next().player.advance(5_000).player
    eased = player.eased(catalogue.exercises["sit-to-stand"]).player
    practised = [(step.exercise.id, step.side) for step in eased.timeline.steps if step.parts]
    assert practised == [("split-squat-assisted", "left"), ("sit-to-stand", None), ("glute-bridge", None)]
    assert sets_of(eased.step.prescription) == 1, "no more sets than were planned of what hurt"
    assert eased.passed_over(whole=True).player.step.exercise.id == "glute-bridge"


def test_an_easier_exercise_with_sides_comes_on_both_if_what_hurt_has_none(catalogue: Catalogue) -> None:
    player = begin(line_of(catalogue, "glute-bridge+supine-butterfly"), {}, {}).player.next().player
    eased = player.eased(catalogue.exercises["standing-hip-extension"]).player
    assert [step.side for step in eased.timeline.steps] == [None, "left", "right", None]
    assert all(step.parts for step in eased.timeline.steps)


def test_with_more_minutes_what_hurt_does_not_come_back(catalogue: Catalogue) -> None:
    line = line_of(catalogue, "split-squat-assisted+glute-bridge")
    eased = begin(line, {}, {}).player.next().player.eased(catalogue.exercises["sit-to-stand"]).player
    for minutes in (1, 60):
        eased = eased.fitted(minutes, {})
    assert [step.exercise.id for step in eased.timeline.steps if step.parts][1:] == ["sit-to-stand", "glute-bridge"]


def test_what_was_done_after_it_stays_with_its_step_when_another_comes_in(catalogue: Catalogue) -> None:
    first = held(catalogue, 20_000).next().player.next().player.advance(7_000).player
    assert first.held_ms[:2] == (20_000, 7_000)
    back = first.pause().player.shortened().player.previous().player.previous().player
    assert (back.segment.step, back.hurt) == (0, frozenset({1}))
    player = back.eased(catalogue.exercises["supine-edge-psoas"]).player
    assert player.held_ms == (20_000, 0, 0, 7_000, *[0] * 5)
    assert player.hurt == frozenset({0, 3})


def test_shorter_counts_in_and_then_takes_half_of_what_is_left(catalogue: Catalogue) -> None:
    before = held(catalogue, 45_000)  # 5 s into the second set of 30 s
    player, cues = before.pause().player.shortened()
    assert (player.count_in_ms, player.remaining_ms, cues) == (COUNT_IN_MS, 13_000, (Cue(CueKind.GO_ON, player.at),))
    other_ms = 30_000 + before.timeline.segments[before.at - 1].length_ms  # its second set, and the rest before it
    assert player.session_remaining_ms == before.session_remaining_ms - 12_000 - other_ms + COUNT_IN_MS
    after = player.advance(COUNT_IN_MS + 13_000).player
    assert (after.segment.phase, after.step.side) == ("switch", "right")
    assert (after.held_ms[0], after.end_of(0)) == (48_000, "hurt")


def test_skipping_goes_to_the_other_side_and_at_the_end_finishes(catalogue: Catalogue) -> None:
    player, cues = held(catalogue, 5_000).pause().player.passed_over()
    assert (player.segment.phase, player.step.side, player.paused) == ("switch", "right", False)
    assert cues[-1] == Cue(CueKind.SWITCH, player.at)
    last = begin(line_of(catalogue, "supine-butterfly"), {}, {}).player.next().player.passed_over()
    assert last.player.finished
    assert last.cues[-1].kind is CueKind.DONE


@given(plan=plans, parts=st.lists(events | hurt_events | minutes, max_size=20), first=st.integers(0, 3))
def test_whoever_comes_back_has_the_time_to_get_there_from_the_keyboard(
    catalogue: Catalogue, plan: str, parts: list[tuple[str, Event]], first: int
) -> None:
    line = line_of(catalogue, plan)
    first = min(first, len(line.steps) - 1)
    player = begin(line, dict.fromkeys(range(first), 0), {}).player
    assert player.remaining_ms >= max(10_000, line.segments[player.at].length_ms)
