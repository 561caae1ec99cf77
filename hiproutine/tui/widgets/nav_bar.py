"""The first line of a page: the pages that one key each leads to, where one is, and the day."""

from collections.abc import Sequence

from textual.content import Content
from textual.screen import Screen

from hiproutine.tui.keys import PAGES, Key, reaches, shown
from hiproutine.tui.widgets.painted import MUTED, Painted, spread

_GAP = 2
"""Least distance of the day."""


class NavBar(Painted):
    """Name the pages with their keys; a click on one goes there."""

    def __init__(self, here: str = "", *days: str) -> None:
        """`here` is the action that goes to the page in front; of `days` the first is shown that has room."""
        super().__init__(id="nav")
        self._here, self._days = here, days
        self._typing = False

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_updated)

    def _bindings_updated(self, screen: Screen[object]) -> None:
        typing = reaches(screen, PAGES[0]) != PAGES[0].keys.split(",")[0]
        if typing != self._typing:
            self._typing = typing
            self.refresh()

    def show_day(self, *days: str) -> None:
        if days != self._days:
            self._days = days
            self.refresh()

    def lines(self, width: int, height: int) -> Sequence[Content]:  # noqa: ARG002 -- there is only one
        pages = [self._entry(key) for key in PAGES]
        names = Content("   ").join(pages)
        day = next((day for day in self._days if names.cell_length + len(day) + _GAP <= width), "")
        return [spread(names, Content(day).stylize(MUTED), width)]

    def _entry(self, key: Key) -> Content:
        if key.action == self._here:
            return Content(key.words).stylize("bold $primary")
        name = Content(shown(reaches(self.screen, key))).stylize("$primary")
        return name + Content.from_markup(f" [@click=app.{key.action}]$page[/]", page=key.words)
