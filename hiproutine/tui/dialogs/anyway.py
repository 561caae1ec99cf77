"""A dialog with pain's objections to a chosen session, and the person's decision."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from hiproutine.day.events import Ask, Named
from hiproutine.day.words import with_keys
from hiproutine.tui.keys import bindings
from hiproutine.tui.pages import Dialog

_EASED = "[@click=screen.choose_eased]Enter: like this[/]"
_WHOLE = "[@click=screen.choose_whole]a: anyway, in full[/]"
_BACK = "[@click=screen.back]Esc: back[/]"


class AnywayScreen(Dialog[Named | None]):
    """Ask; return the chosen answer, or None."""

    BINDINGS = bindings("against pain")

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self._ask = ask

    def compose(self) -> ComposeResult:
        offered = (_EASED if self._ask.eased else "", _WHOLE if self._ask.anyway else "", _BACK)
        with VerticalScroll(classes="box wide"):
            yield Label(self._ask.name, classes="title", markup=False)
            yield Static(Content("\n".join(map(with_keys, self._ask.sentences))))
            yield Static(Content.from_markup("   ".join(filter(None, offered))), classes="hint")

    def action_choose_eased(self) -> None:
        self._choose(self._ask.eased)

    def action_choose_whole(self) -> None:
        self._choose(self._ask.anyway)

    def action_back(self) -> None:
        self.dismiss(None)

    def _choose(self, answer: Named | None) -> None:
        if answer:
            self.dismiss(answer)
