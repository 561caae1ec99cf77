"""What the page is given is what the other players do: the same cues, words, numbers and movement at every moment."""

from bisect import bisect_right
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiproutine.figure.moving import DIGITS, FAR, packed
from hiproutine.figure.reels import FRAME_MS
from hiproutine.page.session_data import DETAILS, moving_figure, session_data
from hiproutine.practice import readout
from hiproutine.practice.cues import scheduled
from hiproutine.practice.hurting import Hurting, answers, nearest_easier, question
from hiproutine.practice.movement import reel_of
from hiproutine.practice.pain_prompt import MOST
from hiproutine.practice.phrases import spoken
from hiproutine.practice.player import Player
from hiproutine.practice.timeline import instead
from hiproutine.settings.model import Breath, Manner
from tests.page.pages import EXERCISES, VOICED, content, rows, segments_of

IN_BREATHS = VOICED._replace(breath=Breath(4, 6, tone=True))
sessions = pytest.mark.parametrize(
    ("plan", "manner"),
    [("four-everyday", VOICED), ("four-everyday", IN_BREATHS), ("kinstretch-beginner", VOICED), ("clamshell", VOICED)],
    ids=lambda value: value if isinstance(value, str) else "",
)


@sessions
def test_every_cue_is_due_when_the_other_players_have_it(plan: str, manner: Manner) -> None:
    timeline = content(plan, manner).timeline
    data = session_data(timeline, {}, {})
    found, start_ms = [], 0
    for ms, *_, cues, _move, _where, _announced in segments_of(data):
        found += [(start_ms + at_ms, *what) for at_ms, *what in data["cues"][cues]]
        start_ms += ms
    found += [(start_ms + at_ms, *what) for at_ms, *what in data["done"]]
    expected = [
        (at_ms, cue.kind.value, speech and speech.text)
        for at_ms, cue in scheduled(timeline)
        for speech in [spoken(timeline, cue)]
    ]
    words = data["words"]
    assert [(at_ms, kind, words[said[0]] if said else None) for at_ms, kind, *said in found] == expected
    assert start_ms == timeline.total_ms


@sessions
def test_every_second_shows_the_word_and_the_number_of_the_other_players(plan: str, manner: Manner) -> None:
    timeline = content(plan, manner).timeline
    data = session_data(timeline, {}, {})
    for index, (ms, step, _, _, faces, *_) in enumerate(segments_of(data)):
        for elapsed_ms in range(0, ms, 500):
            player = Player(timeline, (), index, elapsed_ms)
            aheads = [face for face in data["faces"][faces] if ms - elapsed_ms <= face[0]]
            _, word, number = aheads[-1]
            assert word == readout.big_word(player, None)
            if number:
                assert number == readout.big_number(player, None)
            else:
                assert readout.big_number(player, None) in (
                    f"{-(-(ms - elapsed_ms) // 1000)}",
                    _minutes(ms - elapsed_ms),
                )
            coming = readout.coming(player)
            assert coming in ("", data["steps"][step]["coming"])


def _minutes(ms: int) -> str:
    return f"{-(-ms // 1000) // 60}:{-(-ms // 1000) % 60:02}"


@pytest.mark.parametrize("plan", ["four-everyday", "kinstretch-beginner", "warm-up-march", "glute-bridge"])
def test_the_figure_is_where_the_other_players_have_it(plan: str) -> None:
    timeline, figures = content(plan).timeline, content(plan).figures
    data = session_data(timeline, figures, {})
    for index, row in enumerate(segments_of(data)):
        step = timeline.steps[row[1]]
        if figure := figures.get(step.exercise.id):
            effort, track = data["moves"][row[6]]
            reel = reel_of(timeline, index, figure, reduced=False)
            assert effort in ("", *(sign.value for sign in reel.frames[0].signs))
            for number, frame in enumerate(reel.frames):
                share, width = _at(track, number + 1)
                off = (
                    (share - 100 * frame.share + 50) % 100 - 50
                    if figure.path == "circle"
                    else share - 100 * frame.share
                )
                assert abs(off) <= 1.6, (plan, index, number)
                assert abs(width - 100 * frame.width) <= 1.6
            assert track[-1][0] * FRAME_MS <= row[0] + FRAME_MS


def _at(track: Sequence[tuple[int, int, int]], time: float) -> tuple[float, float]:
    after = bisect_right([point[0] for point in track], time)
    if after == len(track):
        return track[-1][1:]
    (t0, s0, w0), (t1, s1, w1) = track[after - 1], track[after]
    part = (time - t0) / (t1 - t0)
    return s0 + (s1 - s0) * part, w0 + (w1 - w0) * part


@pytest.mark.parametrize(("plan", "red_from"), [("half-kneeling-hip-flexor", 4), ("sciatic-slider-seated", 3)])
def test_what_hurts_has_the_choices_of_practice(plan: str, red_from: int) -> None:
    timeline = content(plan).timeline
    data = session_data(timeline, {}, {}, EXERCISES)
    for step, shown in zip(timeline.steps, data["steps"], strict=True):
        easier = nearest_easier(step.exercise, EXERCISES)
        for score in range(1, MOST + 1):
            hurting = Hurting(step.exercise, easier, step.side, score=score)
            number = [number for least, number in shown["answers"] if score >= least][-1]
            advice, red, choices = data["answers"][number]
            assert question(hurting).startswith(f"{score} {data['words'][advice]} Digits correct it")
            assert bool(red) is (score >= red_from)
            lines = [f"{key}  {data['words'][words].lower()}" for key, (_, words) in zip("esn", choices, strict=False)]
            said = [f"{key}  {words[3:].lower()}" for key, words in zip("esn", answers(hurting).values(), strict=False)]
            assert lines == said
            assert [choice for choice, _ in choices] == list(hurting.choices.values())


@pytest.mark.parametrize(
    ("plan", "variant", "leaves"),
    [("glute-bridge", "standing-hip-extension", 0), ("split-squat-assisted+glute-bridge", "sit-to-stand", 1)],
)
def test_an_easier_variant_is_the_steps_that_practice_puts_in(plan: str, variant: str, leaves: int) -> None:
    timeline = content(plan).timeline
    data = session_data(timeline, {}, {}, EXERCISES)
    easier = data["steps"][0]["easier"]
    longer = instead(timeline, 0, EXERCISES[variant])
    fresh = longer.steps[1 : 1 + len(longer.steps) - len(timeline.steps)]
    assert {data["exercises"][step["exercise"]]["id"] for step in easier["steps"]} == {variant}
    assert [step["side"] for step in easier["steps"]] == [step.side for step in fresh]
    assert [[row[0] for row in rows(data, step)] for step in easier["steps"]] == [
        [part.length_ms for part in step.parts] for step in fresh
    ]
    assert easier["leaves"] == leaves


def test_the_setup_is_of_the_side_and_between_the_sides_it_says_that_they_change() -> None:
    data = session_data(content("half-kneeling-hip-flexor").timeline, {}, {})
    left, right = ([data["words"][line] for line in step["setup"]] for step in data["steps"])
    assert left[0].startswith("Kneel on a cushion on your left knee")
    assert right == ["Change sides. Now your right leg is the kneeling leg."]


@given(st.lists(st.tuples(st.integers(-900, 900), st.integers(-900, 900)), min_size=1))
def test_packed_corners_are_the_same_again(corners: list[tuple[float, float]]) -> None:
    assert _unpacked(packed(corners, 1)) == corners
    assert not set(packed(corners, 1)) & set('<&"\\')


def _unpacked(text: str) -> list[tuple[float, float]]:
    ways: list[int] = []
    zero = len(DIGITS) // 2
    while text:
        if text[0] == FAR:
            ways.append(DIGITS.index(text[1]) * len(DIGITS) + DIGITS.index(text[2]) - zero * len(DIGITS))
            text = text[3:]
        else:
            ways.append(DIGITS.index(text[0]) - zero)
            text = text[1:]
    return [(sum(ways[: n + 1 : 2]), sum(ways[1 : n + 2 : 2])) for n in range(0, len(ways), 2)]


@pytest.mark.parametrize("name", ["half-kneeling-hip-flexor", "hip-cars-quadruped", "ninety-front-pails-rails"])
def test_the_corners_of_a_path_correspond_in_every_picture(name: str) -> None:
    moving = moving_figure(content(name).figures[name], DETAILS[0])
    for pictures in moving.paths:
        assert len({len(_unpacked(picture)) for picture in pictures if picture}) == 1
        assert len(pictures) in (1, len(moving.shares))
    assert all(len(order) == len(set(order)) for order in moving.orders)
