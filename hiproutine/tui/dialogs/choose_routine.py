"""A dialog to choose a routine, for today or for a session done before."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Label, OptionList, Static
from textual.widgets.option_list import Option

from hiproutine.catalogue.model import Catalogue, Routine, sessions
from hiproutine.coach.session import Session, of_routine
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Manner
from hiproutine.text import clock_length
from hiproutine.tui.pages import Dialog, Listing

_TODAY = "Which routine today? (A programme of some weeks: Esc, then p.)"


class ChooseScreen(Dialog[Session | None]):
    """List the routines with their lengths; return the chosen session, or None."""

    CSS_PATH = "choose_routine.tcss"

    def __init__(self, catalogue: Catalogue, manner: Manner, current: str, question: str = _TODAY) -> None:
        super().__init__()
        self._question = question
        self._catalogue = catalogue
        self._manner = manner
        self._current = current

    def compose(self) -> ComposeResult:
        routines = list(sessions(self._catalogue.routines))
        width = max(len(each.name) for each in routines)
        options = (Option(Content(f"{each.name:<{width}}  {self._length(each):>5}"), id=each.id) for each in routines)
        with VerticalScroll(id="choose", can_focus=False):
            yield Label(self._question, classes="title")
            yield Listing(*options)
            yield Static(id="about")

    def _length(self, routine: Routine) -> str:
        return clock_length(compile_session(of_routine(self._catalogue, routine), self._manner).total_ms)

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        if self._current in self._catalogue.routines:
            options.highlighted = options.get_option_index(self._current)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        routine = self._catalogue.routines[event.option.id or ""]
        words = [routine.honest, routine.why, f"Not for: {routine.not_for}" if routine.not_for else None]
        self.query_one("#about", Static).update(Content("\n".join(filter(None, words))))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(of_routine(self._catalogue, self._catalogue.routines[event.option.id or ""]))
