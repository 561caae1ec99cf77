"""The keys of a screen in its last line, painted by one widget."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.events import Leave, MouseDown, MouseMove, MouseScrollDown, MouseScrollUp
from textual.geometry import Size
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip


class Key(NamedTuple):
    """A key as it is shown: from column `start` up to `end`, with what it does."""

    start: int
    shown: str
    does: str
    key: str
    tooltip: str

    @property
    def end(self) -> int:
        return self.start + cell_len(self.shown + self.does)


class Footer(ScrollView, can_focus=False):
    """Shows what the keys of the screen do; a click on one is like pressing it.

    Textual's own has a widget for each key, three styles in each, and puts them up a frame after the rest.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"footer--key", "footer--description", "footer--hover"}

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[Key, ...] = ()
        self._hovered: Key | None = None

    @property
    def keys(self) -> tuple[Key, ...]:
        return self._keys

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_updated)
        self._show()

    def _bindings_updated(self, screen: Screen[object]) -> None:
        if screen.app.app_focus:  # else the focus is nowhere for as long as another window has it
            self._show()

    def _show(self) -> None:
        """Shows the first key of each action that has a use by now."""
        first: dict[str, Binding] = {}
        for active in self.screen.active_bindings.values():
            if active.binding.show:
                first.setdefault(active.binding.action, active.binding)
        keys = tuple(_placed((self.app.get_key_display(binding), binding) for binding in first.values()))
        if keys != self._keys:
            self._keys = keys
            self._hover(None)
            self.virtual_size = Size(keys[-1].end if keys else 0, 1)
            self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 -- there is only one
        key_style = self.get_component_rich_style("footer--key")
        does_style = self.get_component_rich_style("footer--description")
        hover = Style(bgcolor=self.get_component_rich_style("footer--hover").bgcolor)
        segments = []
        for key in self._keys:
            over = hover if key is self._hovered else Style.null()
            segments += [Segment(key.shown, key_style + over), Segment(key.does, does_style + over)]
        left = self.scroll_offset.x
        return Strip(segments).crop_extend(left, left + self.size.width, self.rich_style)

    # ---- the mouse ----

    def _at(self, x: int) -> Key | None:
        return next((key for key in self._keys if key.start <= x + self.scroll_offset.x < key.end), None)

    def _hover(self, key: Key | None) -> None:
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

    def _on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        if self.allow_horizontal_scroll and self._scroll_right_for_pointer(animate=True):
            event.stop()
            event.prevent_default()

    def _on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        if self.allow_horizontal_scroll and self._scroll_left_for_pointer(animate=True):
            event.stop()
            event.prevent_default()


def _placed(keys: Iterable[tuple[str, Binding]]) -> Iterator[Key]:
    """One beside the other, with a space between them."""
    start = 0
    for display, binding in keys:
        key = Key(start, f" {display}" if start else display, f" {binding.description}", binding.key, binding.tooltip)
        yield key
        start = key.end
