"""What is said: all that helps, in time, as engines say it right, and never over a countdown or for too long."""

import re
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.prescription import Cars, Hold, Phase, Prescription, Reps, sets_of, with_load
from hiproutine.coach.durations import getting_ready_s, into
from hiproutine.coach.instructions import (
    COUNTDOWN_S,
    DOSE_MS,
    PAUSE_MS,
    SPARE_MS,
    change_s,
    dose_in_words,
    guide,
    guided,
    said_ms,
    spoken_s,
    warnings,
    with_side,
)
from hiproutine.coach.screening import cautions
from hiproutine.coach.session import Item, Session, find, of_items
from hiproutine.coach.transitions import INTO, SAYS_POSITION
from hiproutine.history.past import Past
from hiproutine.practice.cues import HELD, NOTES, Cue, CueKind, counted, entered, scheduled
from hiproutine.practice.phrases import MOST_TALK, Speech, Weight, spoken, texts
from hiproutine.practice.timeline import Timeline, compile_session
from hiproutine.settings.model import Breath, Manner, Profile, Settings
from tests.practice.test_timeline import KINDS

FULL = Manner(guide="full", familiar=frozenset())
BRIEF = Manner(guide="brief", familiar=frozenset())
IN_BREATHS = Manner(breath=Breath(), familiar=frozenset())
HURRIED = Manner(guide="full", familiar=frozenset(), ready_factor=0.5)
manners = pytest.mark.parametrize(
    "manner", [Manner(), FULL, BRIEF, IN_BREATHS, HURRIED], ids=["usual", "full", "brief", "breaths", "hurried"]
)


class Talk(NamedTuple):
    """What is said from `begin_ms` on, after the tones that are due at once."""

    begin_ms: int
    end_ms: int
    speech: Speech
    cue: Cue


def line_of(catalogue: Catalogue, *prescriptions: Prescription, exercise: str = "glute-bridge") -> Timeline:
    items = tuple(Item(catalogue.exercises[exercise], prescription) for prescription in prescriptions)
    return compile_session(Session("test", None, "Test", None, items), Manner())


def talk(line: Timeline) -> list[Talk]:
    tones: dict[int, int] = {}
    found = []
    for at_ms, cue in scheduled(line):
        tones[at_ms] = tones.get(at_ms, 0) + sum(note.ms + note.gap_ms for note in NOTES[cue.kind])
    for at_ms, cue in scheduled(line):
        if speech := spoken(line, cue):
            begin_ms = at_ms + sum(note.ms + note.gap_ms for note in NOTES[cue.kind])
            found.append(Talk(begin_ms, begin_ms + said_ms(speech.text), speech, cue))
    return found


def said_in(line: Timeline) -> list[str]:
    """What is said after the get-ready and before the end."""
    words = [spoken(line, cue) for _, cue in scheduled(line) if cue.segment and cue.kind is not CueKind.DONE]
    return [speech.text for speech in words if speech]


def lines(catalogue: Catalogue, manner: Manner) -> list[tuple[str, Timeline]]:
    plans = (*catalogue.routines, *catalogue.exercises)
    return [(plan, compile_session(find(catalogue, plan), manner)) for plan in plans]


# ---- there is time for it ----


@manners
def test_nothing_is_said_over_a_countdown(catalogue: Catalogue, manner: Manner) -> None:
    for plan, line in lines(catalogue, manner):
        for each in talk(line):
            if each.cue.kind is CueKind.DONE:
                continue
            segment = line.segments[each.cue.segment]
            quiet_ms = segment.end_ms - 1000 * COUNTDOWN_S * counted(segment)
            assert each.end_ms <= quiet_ms or segment.rep, (plan, each, segment)


@manners
def test_no_two_phrases_are_due_at_once(catalogue: Catalogue, manner: Manner) -> None:
    for plan, line in lines(catalogue, manner):
        found = [each for each in talk(line) if not line.segments[min(each.cue.segment, len(line.segments) - 1)].rep]
        for before, after in pairwise(found):
            assert before.end_ms <= after.begin_ms, (plan, before, after)


@manners
def test_at_least_three_fifths_of_a_hold_are_quiet(catalogue: Catalogue, manner: Manner) -> None:
    longest = 0.0
    for plan, line in lines(catalogue, manner):
        said: dict[int, int] = {}
        for each in talk(line):
            if each.cue.kind is not CueKind.DONE and line.segments[each.cue.segment].phase in HELD:
                said[each.cue.segment] = said.get(each.cue.segment, 0) + each.end_ms - each.begin_ms
        for index, ms in said.items():
            longest = max(longest, ms / line.segments[index].length_ms)
            assert ms <= MOST_TALK * line.segments[index].length_ms, plan
    assert longest > 0.2, "there is something to be tried"


@pytest.mark.parametrize("hold_s", [3, 5, 8, 12, 20, 29, 30, 31, 61, 130])
def test_a_hold_of_any_length_has_its_words_in_time(catalogue: Catalogue, hold_s: int) -> None:
    line = line_of(catalogue, Hold(2, hold_s, 10))
    (ready, *held) = talk(line)
    assert ready.cue.kind is CueKind.READY
    said = [each for each in held if line.segments[min(each.cue.segment, 3)].phase is Phase.HOLD]
    assert said[0].speech.text == ("hold" if hold_s < 6 else f"Hold, {hold_s} seconds.")
    assert sum(said_ms(each.speech.text) for each in said if each.cue.segment == 1) <= MOST_TALK * hold_s * 1000


# ---- the guide ----


def test_the_full_guide_says_all_of_the_set_up_and_the_dose(catalogue: Catalogue) -> None:
    for exercise in catalogue.exercises.values():
        line = compile_session(find(catalogue, exercise.id), FULL)
        said = [each.speech.text for each in talk(line) if each.cue.segment == 0]
        assert said[0].startswith("First: ")
        assert said[-1] == dose_in_words(exercise, exercise.prescription, FULL)
        warned = warnings(exercise, line.steps[0].side, FULL)
        assert tuple(said[-1 - len(warned) : -1]) == warned
        rest = said[1 : -1 - len(warned)][-len(exercise.setup) :]
        of_side = set(re.findall(r"[a-z]{4,}", exercise.side_is or ""))
        parts = {"ankle", "foot", "heel", "knee", "shin", "thigh", "buttock"} if of_side else set()
        for text, sentence in zip(rest, exercise.setup, strict=True):
            words, heard = (set(re.findall(r"[a-z]{4,}", each.lower())) for each in (sentence, text))
            assert words <= heard | of_side, (exercise.id, text)
            assert heard <= words | parts | {"your", "left"}, (exercise.id, text)


def test_the_position_is_said_once(catalogue: Catalogue) -> None:
    positions = {f"{words.capitalize()}." for words in INTO.values()}
    for exercise in catalogue.exercises.values():
        said = guide(exercise, None, INTO[exercise.position], FULL)
        twice = re.search(SAYS_POSITION[exercise.position], " ".join(exercise.setup), re.IGNORECASE)
        assert (said[0].text in positions) is not bool(twice), exercise.id
    exercise = catalogue.exercises["glute-bridge"]._replace(setup=("Lift your hips.",))
    assert [each.text for each in guide(exercise, None, "lie on your back", FULL)] == [
        "Lie on your back.",
        "Lift your hips.",
        *warnings(exercise, None, FULL),
    ]


def test_the_silence_is_spread_between_the_sentences(catalogue: Catalogue) -> None:
    for exercise in catalogue.exercises.values():
        line = compile_session(find(catalogue, exercise.id), FULL)
        said = [each for each in talk(line) if each.cue.segment == 0][1:]
        to_do = said[: len(said) - len(warnings(exercise, line.steps[0].side, FULL))]
        gaps = [after.begin_ms - before.end_ms for before, after in pairwise(to_do)]
        assert max(gaps) - min(gaps) <= 1, exercise.id
        end_ms = line.segments[0].end_ms - 1000 * COUNTDOWN_S - DOSE_MS
        assert abs(end_ms - said[-1].begin_ms - SPARE_MS) <= 1000, exercise.id
        assert min(gaps) >= 2000, exercise.id


def test_after_the_words_there_is_the_time_of_the_change_of_position(catalogue: Catalogue) -> None:
    for exercise in catalogue.exercises.values():
        usual, full = (compile_session(find(catalogue, exercise.id), manner) for manner in (Manner(), FULL))
        last = [each for each in talk(full) if each.cue.segment == 0][-1]
        said_for_ms = sum(each.end_ms - each.begin_ms + PAUSE_MS for each in talk(full) if each.cue.segment == 0)
        said_for_ms += DOSE_MS - (last.end_ms - last.begin_ms)
        silent_ms = full.segments[0].length_ms - said_for_ms
        assert abs(silent_ms - usual.segments[0].length_ms) < 2000, exercise.id


def test_what_this_person_must_be_careful_with_and_when_to_stop_are_said_after_the_set_up(catalogue: Catalogue) -> None:
    manner = FULL._replace(codes=frozenset({"thr_posterior"}))
    line = compile_session(find(catalogue, "half-kneeling-hip-flexor"), manner)
    said = [each.speech.text for each in talk(line) if each.cue.segment == 0]
    exercise = catalogue.exercises["half-kneeling-hip-flexor"]
    (careful,) = cautions(exercise, manner.codes)
    assert said[-3:-1] == [f"Careful: {careful}", f"Stop at {', '.join(exercise.stop_if)}."]
    usual = compile_session(find(catalogue, "half-kneeling-hip-flexor"), FULL)
    longer_ms = line.total_ms - usual.total_ms
    assert abs(longer_ms - said_ms(said[-3]) - PAUSE_MS) <= 1000
    assert getting_ready_s(None, exercise, manner) == line.segments[0].length_ms / 1000


def test_the_caution_that_is_said_is_that_of_the_profile() -> None:
    profile = Profile(conditions=("preg_1",), screened="2026-01-05")
    settings = Settings(sound="voice", profile=profile)
    assert guided(settings, Past(), date(2026, 1, 6)).codes == {"preg_1"}
    assert guided(settings, Past(), date(2026, 11, 23)).codes == {"preg_3"}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Squeeze the buttock of the kneeling leg.", "Squeeze your left buttock."),
        ("The kneeling leg stays.", "Your left leg stays."),
        ("The knee of the kneeling leg stays.", "Your left knee stays."),
        ("the ankle and shin of the kneeling leg", "the ankle and shin of your left leg"),
        ("the front of the kneeling leg", "the front of your left leg"),
        ("The leg behind is the kneeling leg.", "The leg behind is your left leg."),
        ("the other leg", "the other leg"),
    ],
)
def test_the_voice_says_left_or_right_where_the_set_up_says_what_they_mean(
    catalogue: Catalogue, written: str, said: str
) -> None:
    exercise = catalogue.exercises["half-kneeling-hip-flexor"]
    assert with_side(written, exercise, "left") == said
    assert with_side(written, exercise, None) == written
    assert with_side(written, catalogue.exercises["glute-bridge"], "left") == written


def test_no_side_of_any_exercise_is_said_in_the_words_of_the_card(catalogue: Catalogue) -> None:
    forms = {
        found
        for exercise in catalogue.exercises.values()
        for text in exercise.setup
        for found in re.findall(r"[Yy]our right \w+", with_side(text, exercise, "right"))
    }
    assert {found.lower().removeprefix("your right ") for found in forms} == {
        *("ankle", "buttock", "foot", "heel", "hip", "knee", "leg", "shin", "side", "thigh"),
    }
    for exercise in catalogue.exercises.values():
        if exercise.side_is:
            said = " ".join(each.text for each in guide(exercise, "right", "", FULL))
            assert "right" in said, exercise.id
            assert exercise.side_is not in said.lower(), exercise.id


@pytest.mark.parametrize(
    ("plan", "dose"),
    [
        ("half-kneeling-hip-flexor", "2 holds of 30 seconds, on each side."),
        ("copenhagen-short", "4 repetitions, each held 10 seconds, 2 sets, on each side."),
        ("hip-cars-quadruped", "3 slow circles each way, on each side."),
        ("ninety-front-pails-rails", "2 rounds, on each side."),
        ("constructive-rest", "1 hold of 2 minutes."),
    ],
)
def test_the_dose_is_said_before_the_first_start(catalogue: Catalogue, plan: str, dose: str) -> None:
    line = compile_session(find(catalogue, plan), FULL)
    assert line.steps[0].guide[-1].text == dose


def test_there_is_time_for_every_dose(catalogue: Catalogue) -> None:
    for exercise in catalogue.exercises.values():
        assert said_ms(dose_in_words(exercise, exercise.prescription, FULL)) <= DOSE_MS, exercise.id


@given(data=st.data(), load=st.sampled_from([None, "4 kg", "12.5 kg", "red band"]))
def test_every_dose_is_said_in_the_time_that_plans_leave_for_it(
    catalogue: Catalogue, data: st.DataObject, load: str | None
) -> None:
    prescription = with_load(data.draw(st.one_of(*KINDS.values())), load)
    line = compile_session(of_items([Item(catalogue.exercises["couch-stretch"], prescription)]), FULL)
    dose = line.steps[0].guide[-1].text
    assert dose == dose_in_words(line.steps[0].exercise, prescription, FULL)
    assert said_ms(dose) <= DOSE_MS
    assert re.match(r"\d+ ", dose)


def test_what_a_dose_has_no_time_for_is_the_least_needed(catalogue: Catalogue) -> None:
    exercise = catalogue.exercises["copenhagen-short"]
    long = with_load(Reps(4, 12, (("lift", 2), ("hold", 10)), 30), "12 kg")
    assert dose_in_words(exercise, long, FULL) == "12 repetitions, 4 sets, with 12 kilograms."


def test_how_much_is_ahead_is_said_where_nothing_is_explained(catalogue: Catalogue) -> None:
    said = {
        plan: [each.speech.text for each in talk(line) if each.cue.segment == 0]
        for plan, line in lines(catalogue, BRIEF)
    }
    dose = "4 repetitions, each held 10 seconds, 2 sets, on each side."
    assert said["copenhagen-short"] == [f"First: Copenhagen hold, short lever, left side, the top leg. {dose}"]
    assert said["hip-cars-standing"] == [
        "First: slow hip circles, standing, left side. 3 slow circles each way, on each side."
    ]
    assert said["couch-stretch"] == ["First: Couch stretch, left side, the foot-up leg."]


def test_only_the_first_side_is_explained(catalogue: Catalogue) -> None:
    line = compile_session(find(catalogue, "couch-stretch"), FULL)
    assert [bool(step.guide) for step in line.steps] == [True, False]


def test_an_explained_session_is_longer_by_its_words_alone(catalogue: Catalogue) -> None:
    for plan in catalogue.routines:
        usual, full = (compile_session(find(catalogue, plan), manner) for manner in (Manner(), FULL))
        more_ms, before = 0, None
        for step, other in zip(full.steps, usual.steps, strict=True):
            if step.guide:
                more_ms += 1000 * spoken_s(step.exercise, step.side, into(before, step.exercise), FULL)
            else:
                more_ms += step.parts[0].length_ms - other.parts[0].length_ms
                assert step.parts[0].length_ms >= 1000 * (change_s(step.exercise) + COUNTDOWN_S)
            before = step.exercise
        assert full.total_ms == usual.total_ms + more_ms


def test_what_was_explained_is_guided_by_the_estimate_alone(catalogue: Catalogue) -> None:
    exercise = catalogue.exercises["couch-stretch"]
    said = guide(exercise, "left", "", FULL)
    for before, after in pairwise(said):
        assert after.at_ms == before.at_ms + said_ms(before.text) + PAUSE_MS


# ---- what is said during it ----


def test_the_name_and_the_side_are_said_as_the_get_ready_begins(catalogue: Catalogue) -> None:
    line = compile_session(find(catalogue, None), Manner())
    speech = spoken(line, Cue(CueKind.READY, 0))
    assert speech == ("First: Half-kneeling hip flexor stretch, left side, the kneeling leg.", Weight.NAME)


@pytest.mark.parametrize("manner", [BRIEF, FULL], ids=["brief", "full"])
def test_the_load_is_said_before_the_first_set(catalogue: Catalogue, manner: Manner) -> None:
    plain = find(catalogue, "glute-bridge").items[0]
    loaded = plain._replace(prescription=with_load(plain.prescription, "4 kg"))
    with_it, without = (
        [each for each in talk(compile_session(of_items([item]), manner)) if "kilograms" in each.speech.text]
        for item in (loaded, plain)
    )
    assert [each.cue.segment for each in with_it] == [0]
    assert not without


def test_a_name_has_the_time_that_it_needs_where_a_voice_leads(catalogue: Catalogue) -> None:
    for plan, line in lines(catalogue, BRIEF):
        for index, segment in enumerate(line.segments):
            if segment.phase is Phase.READY:
                speech = spoken(line, entered(line, index)[-1])
                assert speech, plan
                assert speech.text.startswith("Next: " if index else "First: "), (plan, speech)


def test_circle_the_other_way_is_said_in_every_set(catalogue: Catalogue) -> None:
    line = line_of(catalogue, Cars(2, 3, 8, (10, 30)))
    assert [text for text in said_in(line) if not text.isdigit()] == [
        "circle one way",
        "circle the other way",
        "Set 2 of 2. circle one way",
        "circle the other way",
    ]


def test_both_ways_of_a_circle_are_said_in_the_words_of_the_set_up(catalogue: Catalogue) -> None:
    circles = [each for each in catalogue.exercises.values() if isinstance(each.prescription, Cars)]
    assert circles
    for exercise in circles:
        line = compile_session(find(catalogue, exercise.id), Manner())
        for way in exercise.ways:
            assert said_in(line).count(f"circle {way}") == len(line.steps) * sets_of(exercise.prescription)
            assert f"circle {way}" in " ".join(exercise.setup)
        assert len({*exercise.ways}) == 2, exercise.id


def test_each_beat_is_named_once_an_exercise_and_slow_repetitions_are_numbered(catalogue: Catalogue) -> None:
    slow = line_of(catalogue, Reps(2, 2, (("lift", 2), ("lower", 1)), 10))
    assert said_in(slow) == ["lift", "lower", "2", "Rest, 10 seconds.", "Set 2 of 2.", "2"]
    fast = line_of(catalogue, Reps(2, 2, (("lift", 1), ("lower", 1)), 10))
    assert said_in(fast) == ["lift", "lower", "Rest, 10 seconds."]


def test_a_ramp_is_said_in_words_at_thirds(catalogue: Catalogue) -> None:
    line = compile_session(find(catalogue, "ninety-front-pails-rails"), Manner())
    said = [(at // 1000, spoken(line, cue)) for at, cue in scheduled(line) if cue.kind is CueKind.RAMP]
    ramp_s = next(segment.start_ms // 1000 for segment in line.segments if segment.phase is Phase.RAMP)
    assert [(at, speech.text) for at, speech in said if speech][:3] == [
        (ramp_s, "Slowly press that shin into the floor."),
        (ramp_s + 3, "half"),
        (ramp_s + 6, "nearly there"),
    ]


def test_a_rest_within_repetitions_is_named_once_and_a_long_one_says_when_it_ends(catalogue: Catalogue) -> None:
    line = compile_session(find(catalogue, "copenhagen-short"), Manner())
    said = [each for each in talk(line) if each.cue.kind is not CueKind.DONE]
    rests = [each.speech.text for each in said if line.segments[each.cue.segment].phase is Phase.REST]
    assert rests == ["rest", "Rest, 1 minute. Same side again.", "10 seconds to go"] * 2


def test_a_later_round_is_numbered_and_what_takes_long_says_how_long(catalogue: Catalogue) -> None:
    said = said_in(compile_session(find(catalogue, "half-kneeling-contract-relax"), Manner()))
    drag = "Gently try to drag your left knee forward along the mat."
    assert said[:5] == [
        "Ease into the stretch, 15 seconds.",
        f"{drag} Nothing moves.",
        "Stop pushing, breathe out, tuck your tail again.",
        "Slide forward only into the slack you gained. 20 seconds.",
        f"Round 2 of 3. {drag}",
    ]
    assert "Push into the floor. 10 seconds." in said_in(
        compile_session(find(catalogue, "ninety-front-pails-rails"), Manner())
    )


def test_the_exercise_s_own_words_take_the_place_of_push_gently(catalogue: Catalogue) -> None:
    for plan, words in (
        ("half-kneeling-contract-relax", ("CONTRACT", "RELAX", "DEEPEN")),
        ("ninety-trail-pails-rails", ("PAILs", "RAILs", "SETTLE")),
    ):
        said = said_in(compile_session(find(catalogue, plan), Manner()))
        for word in words:
            (own,) = (line for line in catalogue.exercises[plan].setup if line.startswith(word))
            begins = " ".join(own.split()[2:5])
            assert any(text.lower().startswith(begins.lower()) for text in said), own
        assert not any("push gently" in text or "PAILs" in text for text in said)


def test_words_that_are_too_long_for_a_contraction_are_cut_at_a_sentence(catalogue: Catalogue) -> None:
    exercise = catalogue.exercises["half-kneeling-contract-relax"]
    long = "CONTRACT \u2013 press the knee down. " + "Nothing else moves at all while you do so. " * 2
    item = Item(exercise._replace(setup=(long,)), exercise.prescription)
    said = said_in(compile_session(Session("", None, "", None, (item,)), Manner()))
    assert "Press the knee down." in said
    item = Item(exercise._replace(setup=("Nothing of it.",)), exercise.prescription)
    assert "push gently, nothing moves" in said_in(compile_session(Session("", None, "", None, (item,)), Manner()))


def test_the_next_side_is_said_after_the_last_ten_seconds_alone(catalogue: Catalogue) -> None:
    said = said_in(compile_session(find(catalogue, "couch-stretch"), Manner()))
    assert said.count("10 seconds to go. Next: right side.") == 1
    switch = next(text for text in said if text.startswith("Change sides. Now your right leg is the foot-up leg."))
    assert said.index("10 seconds to go. Next: right side.") == said.index(switch) - 1
    assert "10 seconds to go" in said[said.index("10 seconds to go. Next: right side.") + 1 :]


def test_breaths_are_counted_in_breaths(catalogue: Catalogue) -> None:
    line = compile_session(find(catalogue, "couch-stretch"), Manner(breath=Breath()))
    said = said_in(line)
    breaths = line.segments[1].length_ms // 10_000
    assert said[0] == f"Hold, {breaths} breaths."
    assert "1 breath to go. Next: right side." in said
    assert not any("second" in text for text in said if not text.startswith("Rest"))


def test_each_hold_has_another_piece_of_advice(catalogue: Catalogue) -> None:
    line = compile_session(find(catalogue, "half-kneeling-hip-flexor"), Manner())
    cues = catalogue.exercises["half-kneeling-hip-flexor"].cues
    said = [each.speech.text for each in talk(line) if each.cue.kind is CueKind.ADVICE]
    assert said == [f"{cue}." for cue in (*cues, cues[0])]
    for each in talk(line):
        if each.cue.kind is CueKind.ADVICE:
            assert each.begin_ms - line.segments[each.cue.segment].start_ms == 8000


def test_advice_that_would_be_too_much_talk_is_left_out(catalogue: Catalogue) -> None:
    for letters, heard in ((300, True), (410, False)):
        exercise = catalogue.exercises["glute-bridge"]._replace(cues=("x" * letters,))
        line = compile_session(Session("", None, "", None, (Item(exercise, Hold(1, 61, 0)),)), Manner())
        assert any(each.cue.kind is CueKind.ADVICE for each in talk(line)) is heard


def test_on_going_on_the_exercise_and_the_side_are_said_within_the_count_in(catalogue: Catalogue) -> None:
    for _, line in lines(catalogue, Manner()):
        for step in line.steps:
            speech = spoken(line, Cue(CueKind.GO_ON, step.first))
            assert speech
            assert said_ms(speech.text) <= 3000
    line = compile_session(find(catalogue, "couch-stretch"), Manner())
    speech = spoken(line, Cue(CueKind.GO_ON, line.steps[1].first + 1))
    assert speech == ("Couch stretch, right side.", Weight.NAME)


def test_why_it_is_paused_is_said_after_a_gap(catalogue: Catalogue) -> None:
    line = compile_session(find(catalogue, None), Manner())
    said = [spoken(line, Cue(CueKind.PAUSED, 1, number)) for number in range(3)]
    assert [speech.text for speech in said if speech] == [
        "paused",
        "Paused: the program was stopped.",
        "Paused: the computer slept.",
    ]


def test_a_beat_is_never_called_as_the_state_of_a_session(catalogue: Catalogue) -> None:
    said = {text for _, line in lines(catalogue, Manner()) for text in said_in(line)}
    assert "stay" in said
    assert not [text for text in said if re.search(r"\bpause", text)]


def test_nothing_is_said_that_engines_spell_or_read_as_signs(catalogue: Catalogue) -> None:
    for _, line in lines(catalogue, FULL):
        for text in texts(line):
            assert not re.search(r"[A-Z]{2}|CARs|AILs|[/%\u2013]|\d ?(?:kg|cm|s)\b|\bx\d", text), text


def test_every_phrase_of_a_session_is_there_to_be_made_ahead(catalogue: Catalogue) -> None:
    for plan, line in lines(catalogue, FULL):
        ahead = list(texts(line))
        assert len(set(ahead)) == len(ahead)
        assert {each.speech.text for each in talk(line)} <= set(ahead), plan
        assert ahead[0].startswith("First: ")
