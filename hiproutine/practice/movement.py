"""The movement of the figure in each segment of a session: getting into position, holding, repetitions, turning."""

from hiproutine.catalogue.prescription import Phase
from hiproutine.figure.frames import beats_of, end_of
from hiproutine.figure.model import Figure, turned
from hiproutine.figure.reels import Reel, flowing, going, into, phases, still, turning
from hiproutine.figure.stage import Sign
from hiproutine.practice.timeline import Step, Timeline

_EFFORTS = {Phase.CONTRACT: Sign.PUSH, Phase.RAMP: Sign.PUSH, Phase.PUSH: Sign.PUSH, Phase.PULL: Sign.PULL}


def on_side(figure: Figure, step: Step) -> Figure:
    """Return the figure of an exercise on the side of a step."""
    return turned(figure) if step.side == "right" else figure


def reel_of(timeline: Timeline, index: int, figure: Figure, *, reduced: bool) -> Reel:  # noqa: PLR0911 -- one a phase
    """Return the reel of the segment with that index; with `reduced`, without movement."""
    segment = timeline.segments[index]
    effort = frozenset({_EFFORTS[segment.phase]}) if segment.phase in _EFFORTS else frozenset[Sign]()
    match segment.phase:
        case Phase.READY | Phase.SWITCH | Phase.MOVE | Phase.CIRCLE if reduced:
            return phases(figure)
        case Phase.READY:
            return into(figure, segment.length_ms, _first_share(timeline, segment.step, figure))
        case Phase.SWITCH:
            return turning(figure, segment.length_ms)
        case Phase.CIRCLE:
            circles = (timeline.segments[n] for n in _within(timeline, segment.step))
            first = next(each for each in circles if each.phase is Phase.CIRCLE)
            return going(figure, (0.0, 1.0) if segment.label == first.label else (1.0, 0.0), segment.length_ms)
        case Phase.MOVE | Phase.REST if segment.rep:
            return _beat(timeline, index, figure)
        case Phase.MOVE:
            return flowing(figure, segment.length_ms)
        case Phase.REST if figure.path != "there":
            return still(figure, _first_share(timeline, segment.step, figure))
        case _:
            return still(figure, end_of(figure), effort)


def _first_share(timeline: Timeline, step: int, figure: Figure) -> float:
    """Return the share at which the repetitions of a step begin; 0 if it has none."""
    index = next((n for n in _within(timeline, step) if timeline.segments[n].rep), None)
    return 0.0 if index is None else next(iter(_beats(timeline, index, figure).values()))[0]


def _within(timeline: Timeline, step: int) -> range:
    """Return the indices of the segments of a step."""
    first = timeline.steps[step].first
    return range(first, first + len(timeline.steps[step].parts))


def _beats(timeline: Timeline, index: int, figure: Figure) -> dict[int, tuple[float, float]]:
    """Return the first and last share of each segment of a repetition, by index."""
    segment = timeline.segments[index]
    beats = [n for n in _within(timeline, segment.step) if timeline.segments[n].where == segment.where]
    return dict(zip(beats, beats_of(figure, [timeline.segments[n].label for n in beats], segment.rep), strict=True))


def _beat(timeline: Timeline, index: int, figure: Figure) -> Reel:
    """Return the reel of a beat of a repetition; the effort, if any, lasts until the way back."""
    segment = timeline.segments[index]
    spans = _beats(timeline, index, figure)
    start, end = spans[index]
    first = next(iter(spans))
    over = segment.phase is Phase.REST or (index > first and end == spans[first][0])
    return going(figure, (start, end), segment.length_ms, frozenset() if over else frozenset({Sign.PUSH}))
