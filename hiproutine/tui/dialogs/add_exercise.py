"""A dialog to add an exercise to today's session, with a search field."""

from collections.abc import Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.search import Index
from hiproutine.coach.session import Item
from hiproutine.tui.keys import bindings
from hiproutine.tui.pages import Dialog, Listing
from hiproutine.tui.widgets.columns import Row

_MOST = 50
"""Maximum entries shown; search to narrow further."""


class AddScreen(Dialog[str | None]):
    """List the exercises that may be added; return the id of the chosen one, or None.

    `sore` maps ids to pain's objections.
    """

    CSS_PATH = "add_exercise.tcss"
    BINDINGS = bindings("add exercise")

    def __init__(self, catalogue: Catalogue, items: Sequence[Item], sore: Mapping[str, str]) -> None:
        super().__init__()
        self._sore = sore
        self._index = Index(catalogue)
        self._items: Mapping[str, Item] = {item.exercise.id: item for item in items}

    def compose(self) -> ComposeResult:
        with Vertical(id="adding"):
            yield Label("Which one more today?", classes="title")
            yield Input(placeholder="Type to search: name, area, muscle, position ...", compact=True)
            yield Listing()
            yield Label("Enter adds it, Esc goes back.", classes="hint")

    @on(Input.Changed)
    def _fill(self, event: Input.Changed) -> None:
        self._show(event.value)

    def on_mount(self) -> None:
        self._show("")

    def _show(self, typed: str) -> None:
        found = self._index.find(typed, _MOST, set(self._items)).ids if typed.strip() else list(self._items)[:_MOST]
        listing = self.query_one(OptionList)
        listing.set_options(map(self._option, found))
        listing.highlighted = 0 if found else None
        if not found:
            listing.add_option(Option(Content("Nothing that can be added today matches."), disabled=True))
        elif not typed.strip() and len(self._items) > _MOST:
            more = f"and {len(self._items) - _MOST} more: type to find them"
            listing.add_option(Option(Content(more).stylize("$text-muted"), disabled=True))

    def _option(self, name: str) -> Option:
        exercise, dose = self._items[name].exercise, self._items[name].brief
        short = exercise.short or exercise.name
        if sore := self._sore.get(name):
            below = [Content(sore).stylize("$text-muted")]
            return Option(Row(Content(exercise.name), below=below, short=Content(short)), id=name)
        about = Content(f"  {exercise.category}, {dose}").stylize("$text-muted")
        return Option(Row(Content(exercise.name) + about, short=Content(short) + about), id=name)

    def action_move(self, by: int) -> None:
        """Move in the list while the search field keeps the focus."""
        listing = self.query_one(OptionList)
        if by > 0:
            listing.action_cursor_down()
        else:
            listing.action_cursor_up()

    @on(Input.Submitted)
    def _take_marked(self) -> None:
        option = self.query_one(OptionList).highlighted_option
        if option:
            self.dismiss(option.id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)
