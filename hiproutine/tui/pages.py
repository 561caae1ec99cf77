"""Opening and closing pages: each is left once, and opens others only while it is in front."""

import time
from collections.abc import Callable
from typing import ClassVar

from textual._widget_navigation import Direction
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette
from textual.events import Event, Key, Paste
from textual.geometry import Size
from textual.layout import DockArrangeResult
from textual.message_pump import MessagePump
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.widget import Widget
from textual.widgets import OptionList
from textual.worker import Worker

from hiproutine.tui.keys import bindings

_PATIENCE_S = 1.0
"""How long a key waits at most for those before it, should one of them be lost with its widget."""
LEAST = Size(20, 6)
"""Minimum size for layout: Textual's widgets fail where their borders leave no cell."""


class Page(Screen[ScreenResultType]):
    """A whole screen.

    Keys of one packet, clicks and timers may all ask to leave it before the first of them takes effect: only the first
    counts. Textual would leave the screen then in front, or raise ScreenStackError where there is none.
    """

    BINDINGS = bindings("page")
    OPENED_BY: ClassVar[str] = ""
    """The action of the app that goes to this page, if there is one."""
    LEADS_ELSEWHERE: ClassVar[bool] = True
    """Whether keys lead from here to other pages; if not, only its own keys close it."""

    takes_keys = False
    """Whether keys reach what they are for: from the first time on that it is in front, with its focus."""

    _left: "Callable[[], AwaitComplete] | None" = None
    """Function that leaves this screen, set by the first request to leave."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Leave this screen with a result; if another is above it, as soon as it is in front again."""
        if self._left:
            return AwaitComplete()
        leave = super().dismiss
        self._left = lambda: leave(result)
        return leave(result) if self._may_leave else AwaitComplete()

    def arrange(self, size: Size, optimal: bool = False) -> DockArrangeResult:
        """Lay out the screen at its minimum size or more; a smaller window shows a part of it."""
        return super().arrange(Size(max(size.width, LEAST.width), max(size.height, LEAST.height)), optimal)

    def action_back(self) -> None:
        """Close this page."""
        self.dismiss()

    @property
    def is_stacked(self) -> bool:
        """Whether this page is still on the stack; once left, its widgets may be gone while calls are pending."""
        return self in self.app.screen_stack

    def call_after_refresh(self, callback: Callable[..., object], *args: object, **kwargs: object) -> bool:
        """Call after the next refresh, if this page is still on the stack."""
        return super().call_after_refresh(lambda: callback(*args, **kwargs) if self.is_stacked else None)

    @property
    def _may_leave(self) -> bool:
        return self.is_active

    def on_screen_resume(self) -> None:
        if self._left and self._may_leave:
            self._left()
        self.app.call_later(self._take_keys)  # what was to be focused is so by then

    async def _take_keys(self) -> None:
        self.takes_keys = True
        if isinstance(self.app, PageApp):
            await self.app.hand_on()


class PageApp(App[None]):
    """An app in which the keys of one packet take effect in their order.

    Textual hands each to the widget with the focus, from which it comes back where that has no use for it; those behind
    it would be handed on meanwhile, perhaps to the page that it closes or to one that has no focus yet.
    """

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[Event] = []
        self._in_flight = False
        """Whether a key was handed on that may still come back."""
        self._handed_on_s = 0.0

    async def on_event(self, event: Event) -> None:
        """Let keys and pasted text wait for those before them, and for their page."""
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            self._waiting.append(event)
            await self.hand_on()
        else:
            await super().on_event(event)

    async def hand_on(self) -> None:
        """Hand on the keys that wait, if none is on its way and the page in front takes them."""
        if self._waiting and self._ready_for_keys:
            self._in_flight, self._handed_on_s = True, time.monotonic()
            target: MessagePump = self.focused or self.screen
            await super().on_event(self._waiting.pop(0))
            self._follow(target)

    @property
    def _ready_for_keys(self) -> bool:
        ready = not self._in_flight and getattr(self.screen, "takes_keys", True)
        return ready or time.monotonic() - self._handed_on_s > _PATIENCE_S

    def _follow(self, node: MessagePump) -> None:
        """Go the way of a key that comes back, behind it, and at its end behind the focus that it sets."""
        parent = node._parent  # noqa: SLF001 -- a widget that is gone has no public one
        if node is self or parent is None or not node.call_later(self._follow, parent):
            self.call_later(self.call_later, self._come_back)

    async def _come_back(self) -> None:
        self._in_flight = False
        await self.hand_on()


class Dialog(ModalScreen[ScreenResultType], Page[ScreenResultType]):
    """A small page above another; only its keys are active."""


class Palette(CommandPalette, Page[None]):
    """Textual's palette, guarded against use of its list after an early close."""

    @property
    def _may_leave(self) -> bool:
        return self.is_active and self.is_mounted

    def _action_command_list(self, action: str) -> None:
        """Move in its list, with the guard of `Listing`."""
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)

    def _gather_commands(self, search_value: str) -> Worker[None] | None:  # type: ignore[override]
        """Search, unless the palette was closed meanwhile and its list is going away."""
        return super()._gather_commands(search_value) if self.is_active else None

    def on_screen_suspend(self) -> None:
        """Stop background tasks that would use its list later; their exceptions end the program."""
        self._cancel_gather_commands()
        self._stop_no_matches_countdown()
        self._stop_busy_countdown()


class Listing(OptionList):
    """A list that tolerates keys before layout, or without room, where Textual would fail."""

    BINDINGS = bindings("list")

    def _move_page(self, direction: Direction) -> None:
        if self.scrollable_content_region:
            super()._move_page(direction)


def show(
    asker: Widget, page: Screen[ScreenResultType], then: Callable[[ScreenResultType | None], None] | None = None
) -> None:
    """Open `page` above the screen of `asker`, unless another screen has come above it meanwhile."""
    if asker.is_attached and asker.screen.is_active:
        asker.app.push_screen(page, then)


def back_to(app: App[None], screen: Screen[None]) -> None:
    """Leave every screen above `screen`, without results."""
    while screen in app.screen_stack and app.screen is not screen:
        app.pop_screen()
