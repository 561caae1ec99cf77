"""A dialog to choose the filters of the Library, where its page has no room for them."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, Static

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.filters import Choice, counts, fitting, matching
from hiproutine.settings.model import Profile
from hiproutine.tui.pages import Dialog
from hiproutine.tui.widgets.filter_list import FilterList


class FilterScreen(Dialog[tuple[Choice, ...]]):
    """Return the choices made."""

    CSS_PATH = "filters.tcss"

    def __init__(self, catalogue: Catalogue, profile: Profile, chosen: Iterable[Choice]) -> None:
        super().__init__()
        self._catalogue = catalogue
        self._profile = profile
        self._fitting = fitting(catalogue, profile)
        self._filters = FilterList(catalogue, chosen)

    def compose(self) -> ComposeResult:
        with Vertical(id="filters-page"):
            yield Label("Show only what is ...", classes="title")
            yield self._filters
            yield Static(id="fitting")
            yield Static("Enter or a click ticks, F3 clears, Esc is done.", classes="hint")

    def on_mount(self) -> None:
        self.on_filter_list_changed()

    def on_filter_list_changed(self) -> None:
        chosen = self._filters.chosen
        self._filters.show(chosen, counts(self._fitting, self._catalogue, chosen, self._profile, None))
        found = matching(self._catalogue, chosen, self._profile)
        count = len(self._catalogue.exercises) if found is None else len(found)
        self.query_one("#fitting", Static).update(Content(f"{count} fit."))

    def action_back(self) -> None:
        self.dismiss(self._filters.chosen)
