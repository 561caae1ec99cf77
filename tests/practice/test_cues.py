"""The grammar of the cues: what is due when, that no two sound alike, and that words are few and come in time."""

from itertools import combinations

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import Hold, Phase, Prescription, Reps
from hiproutine.coach.session import Item, Session, find
from hiproutine.practice.cues import (
    NOTES,
    ONLY_SAID,
    PHASES,
    CueKind,
    entered,
    rings,
    scheduled,
    within,
)
from hiproutine.practice.timeline import Timeline, compile_session
from hiproutine.settings.model import Manner
from hiproutine.tui.theme import THEMES

ADVICE = (8, "advice", 0)


def line_of(catalogue: Catalogue, *prescriptions: Prescription) -> Timeline:
    exercise = catalogue.exercises["glute-bridge"]
    items = tuple(Item(exercise, prescription) for prescription in prescriptions)
    return compile_session(Session("test", None, "Test", None, items), Manner())


def inside(catalogue: Catalogue, hold_s: int) -> list[tuple[float, str, int]]:
    """(seconds from the start, kind, number) of the cues within one hold."""
    line = line_of(catalogue, Hold(1, hold_s, 0))
    return [(hold_s - ahead / 1000, cue.kind.value, cue.number) for ahead, cue in within(line, 1)]


def test_a_phase_is_declared_whole() -> None:
    assert set(PHASES) == set(Phase)
    for phase, shown in PHASES.items():
        assert shown.word.isupper(), phase
        assert f"phase-{shown.role}" in THEMES[0].variables
        assert NOTES[shown.cue], phase


def test_every_kind_has_notes_but_those_that_are_only_said() -> None:
    assert set(NOTES) == set(CueKind)
    assert {kind for kind, notes in NOTES.items() if not notes} == {CueKind.REMAINING, *ONLY_SAID}


@pytest.mark.parametrize(("one", "other"), list(combinations([kind for kind, notes in NOTES.items() if notes], 2)))
def test_no_two_cues_are_alike_in_pitch_or_in_rhythm(one: CueKind, other: CueKind) -> None:
    assert [note.hz for note in NOTES[one]] != [note.hz for note in NOTES[other]]
    rhythms = [[(note.ms, note.gap_ms) for note in NOTES[kind]] for kind in (one, other)]
    assert rhythms[0] != rhythms[1]


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
            [ADVICE, (15, "halfway", 0), (20, "remaining", 10)] + [(27 + n, "countdown", 3 - n) for n in range(3)],
        ),
        (
            45,
            [ADVICE, (22.5, "halfway", 0), (35, "remaining", 10)] + [(42 + n, "countdown", 3 - n) for n in range(3)],
        ),
        (
            121,
            [
                (8, "advice", 0),
                (60.5, "halfway", 0),
                (61, "remaining", 60),
                (91, "remaining", 30),
                (111, "remaining", 10),
            ]
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


def test_the_bell_keeps_to_last_seconds_and_changes(catalogue: Catalogue) -> None:
    line = compile_session(find(catalogue, "ninety-front-pails-rails"), Manner())
    quiet = {(cue.kind, cue.number) for _, cue in scheduled(line) if not rings(cue)}
    assert quiet == {
        (CueKind.HALFWAY, 0),
        (CueKind.REMAINING, 10),
        (CueKind.ADVICE, 0),
        (CueKind.RAMP, 2),
        (CueKind.RAMP, 3),
    }


def test_a_ramp_and_a_short_contraction_are_filled_with_words_and_not_counted_down(catalogue: Catalogue) -> None:
    for plan, phase in (("ninety-front-pails-rails", Phase.RAMP), ("half-kneeling-contract-relax", Phase.CONTRACT)):
        line = compile_session(find(catalogue, plan), Manner())
        found = [index for index, segment in enumerate(line.segments) if segment.phase is phase]
        assert found
        assert not [cue for index in found for _, cue in within(line, index) if cue.kind is CueKind.COUNT]
