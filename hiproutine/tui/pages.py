"""How screens come and go: each is left once, whatever is still in its queue, and opens only what is asked in front."""

from collections.abc import Callable

from textual._widget_navigation import Direction
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette
from textual.geometry import Size
from textual.layout import DockArrangeResult
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.widget import Widget
from textual.widgets import OptionList
from textual.worker import Worker

LEAST = Size(20, 6)
"""No screen is laid out for less: Textual's own widgets fail where their borders leave them no cell."""


class Page(Screen[ScreenResultType]):
    """A whole screen.

    Keys of one packet, clicks and timers may each ask to leave it before the first of them has had its effect: only the
    first counts. Textual would leave whatever screen is in front, or raise ScreenStackError where there is none.
    """

    _left: "Callable[[], AwaitComplete] | None" = None
    """Leaves this screen, once that was asked for."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Leaves this screen with a result; where another is above it, as soon as it comes up again."""
        if self._left:
            return AwaitComplete()
        leave = super().dismiss
        self._left = lambda: leave(result)
        return leave(result) if self._may_leave else AwaitComplete()

    def arrange(self, size: Size, optimal: bool = False) -> DockArrangeResult:
        """Lays out what is in this screen; a window that is smaller than it can be shows a part of it."""
        return super().arrange(Size(max(size.width, LEAST.width), max(size.height, LEAST.height)), optimal)

    @property
    def _may_leave(self) -> bool:
        return self.is_active

    def on_screen_resume(self) -> None:
        if self._left and self._may_leave:
            self._left()


class Dialog(ModalScreen[ScreenResultType], Page[ScreenResultType]):
    """A small page above another, whose keys alone count."""


class Palette(CommandPalette, Page[None]):
    """Textual's palette, which reads its list and the screen below even where it was left before it came up."""

    @property
    def _may_leave(self) -> bool:
        return self.is_active and self.is_mounted

    def _action_command_list(self, action: str) -> None:
        """Moves in its list, which is none of ours; as `Listing`."""
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)

    def _gather_commands(self, search_value: str) -> Worker[None] | None:  # type: ignore[override]
        """Searches, unless the palette was left before the word was heard: then its list is about to go."""
        return super()._gather_commands(search_value) if self.is_active else None

    def on_screen_suspend(self) -> None:
        """Stops what would look for its list later, in tasks of their own, whose exceptions end the program."""
        self._cancel_gather_commands()
        self._stop_no_matches_countdown()
        self._stop_busy_countdown()


class Listing(OptionList):
    """A list that keys may reach before it was laid out, or where it has no room: Textual looks for its lines."""

    def _move_page(self, direction: Direction) -> None:
        if self.scrollable_content_region:
            super()._move_page(direction)


def show(
    asker: Widget, page: Screen[ScreenResultType], then: Callable[[ScreenResultType | None], None] | None = None
) -> None:
    """Opens `page` above the screen of `asker`; not where another has come above that one since it was asked for."""
    if asker.is_attached and asker.screen.is_active:
        asker.app.push_screen(page, then)


def back_to(app: App[None], screen: Screen[None]) -> None:
    """Leaves every screen above `screen`, all without a result."""
    while screen in app.screen_stack and app.screen is not screen:
        app.pop_screen()
