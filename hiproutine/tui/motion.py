"""Short movements of the screen: a part that goes from 0 to 1, once. Nothing blinks."""

import time
from collections.abc import Callable

from textual.timer import Timer
from textual.widget import Widget

_FRAME_S = 0.05
_LATE_S = 0.08
"""A frame that comes later than this shows that the terminal is too slow for movement."""


def moves(widget: Widget, *, reduced: bool) -> bool:
    """Whether things may move: not where motion is reduced, without colours, or with Textual's animations off."""
    return not reduced and not widget.app.no_color and widget.app.animation_level != "none"


class Motion:
    """Calls `step` with the part of the way that has passed, up to 1; at once with 1 if nothing may move."""

    def __init__(self, widget: Widget, seconds: float, step: Callable[[float], None], *, moving: bool) -> None:
        self._step, self._seconds = step, seconds
        self._timer: Timer | None = None
        self._began = self._last = time.monotonic()
        if moving:
            step(0.0)
            self._timer = widget.set_interval(_FRAME_S, self._frame)
        else:
            step(1.0)

    def _frame(self) -> None:
        now = time.monotonic()
        late, self._last = now - self._last > _FRAME_S + _LATE_S, now
        part = min(1.0, (now - self._began) / self._seconds)
        if late:
            part = 1.0
        self._step(part)
        if part == 1.0 and self._timer:
            self._timer.stop()
