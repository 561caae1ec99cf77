"""The grammar of the cues: what is due when, that no two sound alike, and that words are few and come in time."""

from itertools import combinations

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import Hold, Phase, Prescription, Reps
from hiproutine.coach.session import Item, Session, find
from hiproutine.practice.cues import (
    CHARACTERS_A_SECOND,
    NOTES,
    Cue,
    CueKind,
    Weight,
    entered,
    rings,
    scheduled,
    spoken,
    within,
)
from hiproutine.practice.timeline import Timeline, compile_session
from hiproutine.settings.model import Manner


def line_of(catalogue: Catalogue, *prescriptions: Prescription) -> Timeline:
    exercise = catalogue.exercises["glute-bridge"]
    items = tuple(Item(exercise, prescription) for prescription in prescriptions)
    return compile_session(Session("test", None, "Test", None, items), Manner())


def inside(catalogue: Catalogue, hold_s: int) -> list[tuple[float, str, int]]:
    """(seconds from the start, kind, number) of the cues within one hold."""
    line = line_of(catalogue, Hold(1, hold_s, 0))
    return [(hold_s - ahead / 1000, cue.kind.value, cue.number) for ahead, cue in within(line, 1)]


def test_every_kind_has_notes_but_the_one_that_is_only_said() -> None:
    assert set(NOTES) == set(CueKind)
    assert [kind for kind, notes in NOTES.items() if not notes] == [CueKind.REMAINING]


@pytest.mark.parametrize(("one", "other"), list(combinations([kind for kind, notes in NOTES.items() if notes], 2)))
def test_no_two_cues_are_alike_in_pitch_or_in_rhythm(one: CueKind, other: CueKind) -> None:
    assert [note.hz for note in NOTES[one]] != [note.hz for note in NOTES[other]]
    assert [note[1:] for note in NOTES[one]] != [note[1:] for note in NOTES[other]]


def test_a_hold_ends_falling_and_the_next_begins_rising() -> None:
    falling, rising = NOTES[CueKind.END], NOTES[CueKind.START]
    assert falling[0].hz > falling[1].hz
    assert rising[0].hz < rising[1].hz


@pytest.mark.parametrize(
    ("hold_s", "expected"),
    [
        (4, []),
        (5, [(2, "countdown", 3), (3, "countdown", 2), (4, "countdown", 1)]),
        (19, [(16, "countdown", 3), (17, "countdown", 2), (18, "countdown", 1)]),
        (20, [(10, "halfway", 0), (17, "countdown", 3), (18, "countdown", 2), (19, "countdown", 1)]),
        (
            30,
            [(15, "halfway", 0), (20, "remaining", 10)] + [(27 + n, "countdown", 3 - n) for n in range(3)],
        ),
        (45, [(22.5, "halfway", 0), (35, "remaining", 10)] + [(42 + n, "countdown", 3 - n) for n in range(3)]),
        (
            121,
            [(60.5, "halfway", 0), (61, "remaining", 60), (91, "remaining", 30), (111, "remaining", 10)]
            + [(118 + n, "countdown", 3 - n) for n in range(3)],
        ),
    ],
)
def test_long_holds_have_a_half_and_sparse_times(
    catalogue: Catalogue, hold_s: int, expected: list[tuple[float, str, int]]
) -> None:
    assert inside(catalogue, hold_s) == expected


def test_repetitions_start_once_a_set_and_then_beat(catalogue: Catalogue) -> None:
    line = line_of(catalogue, Reps(2, 2, (("lift", 2), ("lower", 2)), 10))
    kinds = [cue.kind.value for index in range(1, len(line.segments)) for cue in entered(line, index)]
    assert kinds == ["start", "beat", "repetition", "beat", "rest", "start", "beat", "repetition", "beat"]


def test_the_tempo_s_own_rest_does_not_break_the_rhythm(catalogue: Catalogue) -> None:
    line = line_of(catalogue, Reps(1, 2, (("lift", 2), ("rest", 1)), 10))
    kinds = [cue.kind.value for index in range(1, len(line.segments)) for cue in entered(line, index)]
    assert kinds == ["start", "rest", "repetition", "rest"]


def test_a_ramp_is_said_in_words_at_thirds(catalogue: Catalogue) -> None:
    line = compile_session(find(catalogue, "ninety-front-pails-rails"), Manner())
    said = [(at // 1000, spoken(line, cue)) for at, cue in scheduled(line) if cue.kind is CueKind.RAMP]
    ramp_s = next(segment.start_ms // 1000 for segment in line.segments if segment.phase is Phase.RAMP)
    assert [(at, speech.text) for at, speech in said if speech][:3] == [
        (ramp_s, "build up slowly"),
        (ramp_s + 3, "half"),
        (ramp_s + 6, "nearly there"),
    ]


def test_the_name_and_the_side_are_said_as_the_get_ready_begins(catalogue: Catalogue) -> None:
    line = compile_session(find(catalogue, None), Manner())
    speech = spoken(line, Cue(CueKind.READY, 0))
    assert speech == ("Next: Half-kneeling hip flexor stretch, left side, the kneeling leg", Weight.NAME)


def test_words_are_short_enough_for_their_time_and_no_second_is_counted_aloud(catalogue: Catalogue) -> None:
    for plan in (*catalogue.routines, *catalogue.exercises):
        line = compile_session(find(catalogue, plan), Manner())
        for _, cue in scheduled(line):
            speech = spoken(line, cue)
            assert cue.kind is not CueKind.COUNT or speech is None
            if speech and cue.kind is CueKind.READY:
                assert len(speech.text) / CHARACTERS_A_SECOND < line.segments[cue.segment].length_ms / 1000


def test_each_beat_is_named_once_an_exercise_and_slow_repetitions_are_numbered(catalogue: Catalogue) -> None:
    slow = line_of(catalogue, Reps(2, 2, (("lift", 2), ("lower", 1)), 10))
    assert said_in(slow) == ["lift", "lower", "2", "rest", "2"]
    fast = line_of(catalogue, Reps(2, 2, (("lift", 1), ("lower", 1)), 10))
    assert said_in(fast) == ["lift", "lower", "rest"]
    sides = compile_session(find(catalogue, "clamshell"), Manner())
    assert [len({cue.segment for cue in named}) for named in named_beats(sides)] == [
        len({segment.label for segment in sides.segments if segment.work})
    ] * 2


def said_in(line: Timeline) -> list[str]:
    """What is said after the get-ready and before the end."""
    words = [spoken(line, cue) for _, cue in scheduled(line) if cue.segment and cue.kind is not CueKind.DONE]
    return [speech.text for speech in words if speech]


def named_beats(line: Timeline) -> list[list[Cue]]:
    """For each step, the cues in which a beat is named."""
    found = [cue for _, cue in scheduled(line) if cue.kind in (CueKind.START, CueKind.BEAT) and spoken(line, cue)]
    return [[cue for cue in found if line.segments[cue.segment].step == step] for step in range(len(line.steps))]


def test_the_bell_keeps_to_last_seconds_and_changes(catalogue: Catalogue) -> None:
    line = compile_session(find(catalogue, "ninety-front-pails-rails"), Manner())
    quiet = {(cue.kind, cue.number) for _, cue in scheduled(line) if not rings(cue)}
    assert quiet == {
        (CueKind.HALFWAY, 0),
        (CueKind.REMAINING, 10),
        (CueKind.RAMP, 2),
        (CueKind.RAMP, 3),
    }
