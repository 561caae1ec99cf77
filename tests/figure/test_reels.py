"""What a figure does in time: into its position, with a tempo, round to the other side."""

import pytest

from hiproutine.figure.frames import end_of
from hiproutine.figure.model import Figure, turned
from hiproutine.figure.palette import palette
from hiproutine.figure.raster import finished
from hiproutine.figure.reels import FRAME_MS, Reel, flowing, going, into, phases, shown, still, turning
from hiproutine.figure.stage import Frame, Sign, Stage
from tests.figure.test_figure import solved

STRETCH, BRIDGE, CIRCLE, STILL = "half-kneeling-hip-flexor", "glute-bridge", "hip-cars-quadruped", "constructive-rest"

NOTHING: frozenset[Sign] = frozenset()


def figure_of(name: str) -> Figure:
    return solved()[name].figure


def shares(reel: Reel) -> list[float]:
    return [frame.share for frame in reel.frames]


@pytest.mark.parametrize("ms", [1_000, 5_000, 15_000, 40_000])
def test_one_gets_into_a_position_and_rests_there_at_the_end(ms: int) -> None:
    reel = into(figure_of(STRETCH), ms)
    assert len(reel.frames) == ms // FRAME_MS
    assert shares(reel)[-1] == 1
    ways = [share for share in shares(reel) if 0 < share < 1]
    assert len(ways) >= 2
    assert reel.at(ms + 10_000) == reel.frames[-1]


def test_repetitions_are_shown_and_end_where_they_begin() -> None:
    assert shares(into(figure_of(BRIDGE), 20_000))[-1] == 0
    assert max(shares(into(figure_of(BRIDGE), 20_000))) == 1
    assert shares(into(figure_of("dead-bug"), 20_000, 0.5))[-1] == 0.5


def test_a_beat_takes_as_many_frames_as_its_seconds_have() -> None:
    assert shares(going(figure_of(BRIDGE), (0.0, 1.0), 2_000)) == [n / 8 for n in range(1, 9)]
    assert shares(going(figure_of(BRIDGE), (1.0, 1.0), 2_000)) == [1]


def test_the_next_frame_is_waited_for_only_where_there_is_another() -> None:
    reel = into(figure_of(STRETCH), 5_000)
    assert reel.until_next_ms(0) == 3 * FRAME_MS  # the start stands for three frames
    assert reel.until_next_ms(760) == FRAME_MS - 10
    assert reel.until_next_ms(5_000) == 0
    assert still(figure_of(STRETCH), 1).until_next_ms(0) == 0
    assert into(figure_of(STILL), 15_000).until_next_ms(0) == 0
    assert shown(figure_of(BRIDGE)).until_next_ms(10**7) > 0


def test_what_is_seen_in_a_time_is_named_once() -> None:
    reel = flowing(figure_of(BRIDGE), 60_000)
    assert reel.between(0, 1_000) == reel.frames[:4]
    assert len(reel.between(0, 60_000)) == len(set(reel.frames))
    assert reel.between(-3_000, -1_000) == ()
    assert still(figure_of(BRIDGE), 1).between(-1_000, 500) == (Frame(1, frozenset()),)


def test_it_turns_from_the_other_side_to_this_one() -> None:
    right = turned(figure_of(STRETCH))
    reel = turning(right, 10_000)
    widths = [frame.width for frame in reel.frames]
    assert widths == sorted(widths)
    assert (widths[0], widths[-1]) == (-1, 1)
    assert shares(reel)[0] == shares(reel)[-1] == 1
    assert all(frame.share == 0 for frame in reel.frames if abs(frame.width) < 1)
    stage, before = (Stage(each, 30, 14, palette(), a_side=1) for each in (right, figure_of(STRETCH)))
    assert same(text(stage, Frame(1.0, NOTHING, -1.0)), text(before, Frame(1.0, NOTHING))) > 0.9
    assert same(text(stage, Frame(1.0, NOTHING)), text(before, Frame(1.0, NOTHING))) < 0.9


def text(stage: Stage, frame: Frame) -> str:
    lines = finished(stage.drawing(frame, "ascii"))
    return "\n".join("".join(run.text for run in line) for line in lines)


def same(one: str, other: str) -> float:
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


def test_start_and_end_stand_side_by_side_where_there_are_two() -> None:
    assert phases(figure_of(BRIDGE)).beside
    assert shares(phases(figure_of(BRIDGE))) == [0, 1]
    assert not phases(figure_of(STILL)).beside
    assert shares(phases(figure_of(CIRCLE))) == [end_of(figure_of(CIRCLE))]


def test_an_arrow_points_the_way_of_the_effort_or_the_opposite_one() -> None:
    stage = Stage(figure_of("ninety-front-pails-rails"), 60, 20, palette(), a_side=1)
    pictures = {sign: text(stage, Frame(1.0, frozenset({sign}))) for sign in (Sign.PUSH, Sign.PULL)}
    nothing = text(stage, Frame(1.0, NOTHING))
    assert len({*pictures.values(), nothing}) == 3
    assert "+" not in nothing
    assert all("+" in each for each in pictures.values())
