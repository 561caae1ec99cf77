"""A figure in time: the frames of getting into a position, practising, holding, and of its card."""

from collections.abc import Sequence
from math import cos, pi
from typing import NamedTuple

from hiproutine.figure.frames import end_of, tour
from hiproutine.figure.model import Figure
from hiproutine.figure.stage import BOTH, Frame, Sign

FRAME_MS = 250
_NOTHING: frozenset[Sign] = frozenset()
_THERE, _AWAIT, _REST = 12, 3, 6
"""Frames of the way into a position, before it and at its end."""
_STEPS = 8
"""Frames of half a repetition, where no tempo says how long it takes."""
_TURN, _BACK = 8, 6
"""Frames of turning to the other side, and of the way back before it."""
_ROUND = tuple(number / 32 for number in range(32))


class Reel(NamedTuple):
    """Frames of a figure, FRAME_MS each; the last one stays, or they begin again. `beside`: all at once."""

    figure: Figure
    frames: tuple[Frame, ...]
    again: bool = False
    beside: bool = False

    @property
    def moves(self) -> bool:
        return len(self.frames) > 1 and not self.beside

    def at(self, ms: int) -> Frame:
        """Return the frame at a time after the start."""
        return self.frames[self._number(ms)]

    def _number(self, ms: int) -> int:
        number = max(0, ms) // FRAME_MS
        return number % len(self.frames) if self.again else min(number, len(self.frames) - 1)

    def between(self, start_ms: int, end_ms: int) -> tuple[Frame, ...]:
        """Return the distinct frames in a time span."""
        if self.beside:
            return self.frames if end_ms >= 0 else ()
        times = range(max(0, start_ms), max(0, end_ms), FRAME_MS) if self.moves else range(int(end_ms >= 0))
        return tuple(dict.fromkeys(map(self.at, times)))

    def until_next_ms(self, ms: int) -> int:
        """Return the time until the frame changes; 0 if it never does."""
        if not self.moves:
            return 0
        here = self.at(ms)
        ahead = len(self.frames) if self.again else len(self.frames) - 1 - self._number(ms)
        for more in range(1, ahead + 1):
            if self.at(ms + more * FRAME_MS) != here:
                return more * FRAME_MS - max(0, ms) % FRAME_MS
        return 0


def _reel(figure: Figure, shares: Sequence[float], signs: frozenset[Sign] = _NOTHING) -> Reel:
    if not figure.push:
        signs -= {Sign.PUSH, Sign.PULL}
    frames = tuple(Frame(round(share, 4), signs) for share in shares)
    return Reel(figure, frames if len(set(frames)) > 1 else frames[:1])


def still(figure: Figure, share: float, signs: frozenset[Sign] = _NOTHING) -> Reel:
    return _reel(figure, [share], signs)


def phases(figure: Figure) -> Reel:
    """Start and end, to be seen side by side; one picture of what does not move, or goes round."""
    if figure.keys == 1 or figure.path == "circle":
        return still(figure, end_of(figure), BOTH)
    return _reel(figure, [0.0, 1.0], BOTH)._replace(beside=True)


def shown(figure: Figure) -> Reel:
    """All of the movement, again and again, as on a card."""
    shares = _ROUND if figure.path == "circle" else tour(figure, _STEPS)
    return _reel(figure, shares, frozenset({Sign.PUSH}))._replace(again=True)


def going(figure: Figure, span: tuple[float, float], ms: int, signs: frozenset[Sign] = _NOTHING) -> Reel:
    """From one share to another in that time."""
    start, end = span
    count = 1 if start == end else max(1, ms // FRAME_MS)
    return _reel(figure, [start + (end - start) * (number + 1) / count for number in range(count)], signs)


def flowing(figure: Figure, ms: int) -> Reel:
    """There and back, or round, for that time."""
    return _reel(figure, _filled(_repetition(figure), ms // FRAME_MS, 0.0))


def into(figure: Figure, ms: int, start: float = 0.0) -> Reel:
    """Return how one gets into it, within that time: into the position again and again; or what a repetition is like.

    `start` is the share that repetitions begin with.
    """
    count = max(1, ms // FRAME_MS)
    if figure.path == "there":
        way = _there(figure)
        cycle = [*[0.0] * _AWAIT, *way, *[1.0] * _REST]
        return _reel(figure, _filled(cycle, count, 1.0))
    cycle = _repetition(figure)
    if start in cycle:
        cycle = [*cycle[cycle.index(start) :], *cycle[: cycle.index(start)]]
    return _reel(figure, _filled([*cycle, *[start] * _AWAIT], count, start))


def turning(figure: Figure, ms: int) -> Reel:
    """From the other side, which was practised until now, to this one: back to the start, round, and into it."""
    count = max(_TURN, ms // FRAME_MS)
    back = _there(figure)[::-2][:_BACK] if figure.path == "there" else []
    widths = [-cos(pi * (number + 1) / _TURN) for number in range(_TURN)]
    frames = [
        *(Frame(round(share, 4), _NOTHING, -1.0) for share in back),
        *(Frame(0.0, _NOTHING, round(width, 4)) for width in widths),
    ]
    if len(frames) > count:
        frames = frames[-count:]
    after = into(figure, (count - len(frames)) * FRAME_MS) if count > len(frames) else None
    return Reel(figure, (*frames, *(after.frames if after else ())))


def _there(figure: Figure) -> list[float]:
    count = max(_THERE, _STEPS * (figure.keys - 1))
    return [(number + 1) / count for number in range(count)]


def _repetition(figure: Figure) -> list[float]:
    if figure.path == "circle":
        return list(_ROUND)
    found = tour(figure, _STEPS)
    return found[:-1] if len(found) > 1 else found


def _filled(cycle: list[float], count: int, end: float) -> list[float]:
    """A cycle as often as it fits, ended by a rest; one that is too long leaves out some of its frames."""
    if count < len(cycle):
        return [cycle[(number + 1) * len(cycle) // count - 1] for number in range(count)]
    found = cycle * (count // len(cycle))
    return [*found, *[end] * (count - len(found))]
