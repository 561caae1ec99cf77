"""Holds counted in breaths: they end on a breath out, the breaths count down, and the times of each add up."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import Phase
from hiproutine.coach.session import find
from hiproutine.practice.breath import moment, turns
from hiproutine.practice.cues import CueKind, scheduled
from hiproutine.practice.phrases import spoken
from hiproutine.practice.timeline import compile_session
from hiproutine.practice.words import segment_words
from hiproutine.settings.model import Breath, Manner

breaths = st.builds(Breath, st.integers(2, 20), st.integers(2, 20))


@given(breath=breaths, count=st.integers(1, 6))
def test_a_hold_goes_in_and_out_and_ends_on_a_breath_out(breath: Breath, count: int) -> None:
    length_ms = 1000 * count * (breath.in_s + breath.out_s)
    seen = [moment(breath, remaining_ms) for remaining_ms in range(length_ms, 0, -500)]
    halves = [(each.breaths, each.inward) for each in seen]
    expected = []
    for number in range(count, 0, -1):
        expected += [(number, True)] * (2 * breath.in_s) + [(number, False)] * (2 * breath.out_s)
    assert halves == expected
    assert seen[0].fullness == 0
    assert all(each.length_ms == 1000 * (breath.in_s if each.inward else breath.out_s) for each in seen)
    assert all(0 < each.remaining_ms <= each.length_ms and 0 <= each.fullness <= 1 for each in seen)
    for one, other in pairwise(seen):
        assert other.fullness > one.fullness if one.inward else other.fullness < one.fullness


@given(breath=breaths, count=st.integers(1, 6), less_ms=st.integers(0, 30_000))
def test_the_turns_are_the_moments_at_which_the_breath_turns(breath: Breath, count: int, less_ms: int) -> None:
    length_ms = 1000 * count * (breath.in_s + breath.out_s) - less_ms
    found = dict(turns(breath, length_ms))
    assert all(0 < ms < length_ms for ms in found)
    for ms, inward in found.items():
        assert moment(breath, ms).inward is inward
        assert moment(breath, ms + 1).inward is not inward
    whole = sum(moment(breath, ms).inward is not moment(breath, ms + 1).inward for ms in range(500, length_ms, 500))
    assert len(found) == whole


def test_turns_are_heard_only_if_asked_for_and_breaths_are_called_instead_of_seconds(catalogue: Catalogue) -> None:
    for tone in (False, True):
        line = compile_session(find(catalogue, "supine-butterfly"), Manner(breath=Breath(tone=tone)))
        kinds = [cue.kind for _, cue in scheduled(line)]
        calls = [spoken(line, cue) for _, cue in scheduled(line) if cue.kind is CueKind.REMAINING]
        assert [call.text for call in calls if call] == ["1 breath to go"] * 2
        # Two holds of three breaths: the first breath in begins with the hold, and the last one out ends it.
        assert kinds.count(CueKind.BREATHE_IN) == (4 if tone else 0)
        assert kinds.count(CueKind.BREATHE_OUT) == (6 if tone else 0)


@pytest.mark.parametrize(("breath", "words"), [(Breath(), "3 breaths, 30 s"), (Breath(10, 20), "1 breath, 30 s")])
def test_a_hold_is_announced_in_breaths(catalogue: Catalogue, breath: Breath, words: str) -> None:
    line = compile_session(find(catalogue, "supine-butterfly"), Manner(breath=breath))
    hold = next(segment for segment in line.segments if segment.phase is Phase.HOLD)
    assert segment_words(line, hold) == f"hold {words}, set 1 of 2"
