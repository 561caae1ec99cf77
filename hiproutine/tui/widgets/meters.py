"""Scales in whole cells that repaint only on change: a bar that drains, and blocks that fill."""

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from hiproutine.practice.readout import Count

_BLOCK = 8
"""The longest block that stands for a set."""
_FAINT = 0.25
"""Of the ink, in what is not reached."""


class Blocks(Widget):
    """Blocks for sets or repetitions, and in words which of them it is."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 -- Textual's own name for it
        super().__init__(id=id)
        self._count: Count | None = None

    def show(self, counted: Count | None) -> None:
        if counted != self._count:
            self._count = counted
            self.refresh()

    def render(self) -> Content:
        if not self._count:
            return Content("")
        what, number, total, begun = self._count
        words = Content(f"{what} {number} of {total}").stylize("bold")
        each = min(_BLOCK, (self.size.width - len(words) - 1) // total - 1)
        if each < 1:
            return words
        full, rest = Content("▄" * each), unreached(self, "▄", each)  # clear of the digits above
        return Content(" ").join([*([full] * begun), *([rest] * (total - begun)), Content(" ") + words])


class Drain(Widget):
    """A bar over the full width: how much is left of the phase, or is in the lungs; repaints only on change."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 -- Textual's own name for it
        super().__init__(id=id)
        self._part = 0.0
        self._shown = -1
        self._inked = 1.0

    def show(self, part: float) -> None:
        self._part = part
        if self.cells != self._shown:
            self.refresh()

    def ink(self, part: float) -> None:
        """Show the bar in so much of its colour, the rest being that of its ground."""
        if part != self._inked:
            self._inked = part
            self.refresh()

    @property
    def cells(self) -> int:
        return round(self.size.width * self._part)

    def render(self) -> Content:
        self._shown = self.cells
        width, height = self.size
        # In a single row it is half as high, so that the digits above stay clear of it.
        block = "▄" if height == 1 else "█"
        _, _, ground, ink = self.colors
        full = Content(block * self._shown)
        if self._inked < 1:
            full = full.stylize(Style(foreground=ground.blend(ink, self._inked)))
        line = full + unreached(self, block, width - self._shown)
        return Content("\n").join([line] * height)


def unreached(widget: Widget, block: str, cells: int) -> Content:
    """Return that part of a scale that is not reached: in a tint where there are enough colours for one."""
    if widget.app.console.color_system != "truecolor" or widget.app.no_color:
        return Content("░" * cells)
    _, _, ground, ink = widget.colors
    return Content(block * cells).stylize(Style(foreground=ground.blend(ink, _FAINT)))
