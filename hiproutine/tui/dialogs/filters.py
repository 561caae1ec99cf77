"""Choosing what the library is narrowed down to."""

from collections.abc import Iterable, Iterator

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, OptionList, Static
from textual.widgets.option_list import Option

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.filters import FILTERS, Choice, matching
from hiproutine.settings.model import Profile
from hiproutine.tui.pages import Dialog, Listing


class FilterScreen(Dialog[tuple[Choice, ...]]):
    """Every choice under the heading of its filter, with a mark before those made; gives all that are made."""

    CSS_PATH = "filters.tcss"
    BINDINGS = [
        Binding("escape,q,f2", "done", "Done", key_display="esc"),
        Binding("space", "choose", "Choose"),
        Binding("f3,x", "clear", "Clear", key_display="F3"),
    ]

    def __init__(self, catalogue: Catalogue, profile: Profile, chosen: Iterable[Choice]) -> None:
        super().__init__()
        self._catalogue = catalogue
        self._profile = profile
        self._chosen = dict.fromkeys(chosen)

    def compose(self) -> ComposeResult:
        with Vertical(id="filters-page"):
            yield Label("Show only what is ...", classes="title")
            yield Listing(*self._options())
            yield Static(id="fitting")
            yield Static("Enter or a click chooses, F3 clears, Esc is done.", classes="hint")

    def on_mount(self) -> None:
        self._show()

    def _options(self) -> Iterator[Option]:
        for name, each in FILTERS.items():
            yield Option(Content(each.heading).stylize("bold $primary"), disabled=True)
            for word in each.words(self._catalogue):
                choice = Choice(name, word)
                yield Option(self._line(choice), id=f"{name}:{word}")

    def _line(self, choice: Choice) -> Content:
        mark = "[x]" if choice in self._chosen else "[ ]"
        return Content(f"{mark} {FILTERS[choice.filter].words(self._catalogue)[choice.word]}")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        name, _, word = (event.option.id or "").partition(":")
        choice = Choice(name, word)
        if choice in self._chosen:
            del self._chosen[choice]
        else:
            self._chosen[choice] = None
        event.option_list.replace_option_prompt(event.option.id or "", self._line(choice))
        self._show()

    def _show(self) -> None:
        found = matching(self._catalogue, self._chosen, self._profile)
        count = len(self._catalogue.exercises) if found is None else len(found)
        self.query_one("#fitting", Static).update(Content(f"{count} fit."))

    def action_choose(self) -> None:
        self.query_one(OptionList).action_select()

    def action_clear(self) -> None:
        self._chosen.clear()
        listing = self.query_one(OptionList)
        at = listing.highlighted
        listing.set_options(self._options())
        listing.highlighted = at
        self._show()

    def action_done(self) -> None:
        self.dismiss(tuple(self._chosen))
