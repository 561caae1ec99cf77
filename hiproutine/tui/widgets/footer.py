"""The keys of a page in its last line, painted by one widget."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.events import Leave, MouseDown, MouseMove
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from hiproutine.tui.keys import BACK, MOST, Usable, usable

_SPACING = ((2, 3), (2, 2), (0, 1))
"""Margins at both ends and gaps between keys, in cells, from the widest on."""


class Label(NamedTuple):
    """A key in the footer: from column `start` up to `end`, with its words."""

    start: int
    shown: str
    does: str
    key: str
    tooltip: str

    @property
    def end(self) -> int:
        return self.start + cell_len(self.shown + self.does)


class Footer(Widget, can_focus=False):
    """Show the keys of the page, the most important first; a click on one is like pressing it.

    Textual's own has a widget for each key, with three styles, and mounts them a frame after the rest.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"footer--key", "footer--description", "footer--hover"}

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[Label, ...] = ()
        self._hovered: Label | None = None

    @property
    def keys(self) -> tuple[Label, ...]:
        return self._keys

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_updated)
        self._show()

    def on_resize(self) -> None:
        self._show()

    def _bindings_updated(self, screen: Screen[object]) -> None:
        if screen.app.app_focus:  # while another window has the focus, no widget has it
            self._show()

    def _show(self) -> None:
        """Show the usable keys, as many as fit."""
        ranked = sorted((each for each in usable(self.screen) if each.key.rank), key=lambda each: each.key.rank)
        keys = _fitting(ranked, self.app.size.width)
        if keys != self._keys:
            self._keys = keys
            self._hover(None)
            self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 -- there is only one
        key_style = self.get_component_rich_style("footer--key")
        does_style = self.get_component_rich_style("footer--description")
        hover = Style(bgcolor=self.get_component_rich_style("footer--hover").bgcolor)
        segments: list[Segment] = []
        at = 0
        for key in self._keys:
            over = hover if key is self._hovered else Style.null()
            segments += [Segment(" " * (key.start - at), does_style)]
            segments += [Segment(key.shown, key_style + over), Segment(key.does, does_style + over)]
            at = key.end
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    # ---- the mouse ----

    def _at(self, x: int) -> Label | None:
        return next((key for key in self._keys if key.start <= x < key.end), None)

    def _hover(self, key: Label | None) -> None:
        if key is not self._hovered:
            self._hovered = key
            self.tooltip = key.tooltip if key else None
            self.styles.pointer = "pointer" if key else "default"
            self.refresh()

    def on_mouse_move(self, event: MouseMove) -> None:
        self._hover(self._at(event.x))

    def on_leave(self, event: Leave) -> None:  # noqa: ARG002 -- Textual's own
        self._hover(None)

    def on_mouse_down(self, event: MouseDown) -> None:
        if key := self._at(event.x):
            self.app.simulate_key(key.key)


def _fitting(ranked: list[Usable], width: int) -> tuple[Label, ...]:
    """Return as many keys as fit, before those that always stay at the right end."""
    others = [each for each in ranked if each.key.rank < BACK]
    ends = ranked[len(others) :]
    del others[MOST - len(ends) :]
    while True:
        for margin, gap in _SPACING:
            labels = tuple(_placed(others + ends, margin, gap))
            if not labels or labels[-1].end + margin <= width:
                return labels
        if not others:
            return labels
        del others[-1]


def _placed(keys: Iterable[Usable], start: int, gap: int) -> Iterator[Label]:
    """Yield labels side by side from a column on."""
    for each in keys:
        label = Label(start, each.display, f" {each.key.words}", each.names[0], each.key.help)
        yield label
        start = label.end + gap
