"""What pain says against a session that was named, and the person's own decision about it."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from hiproutine.coach.planner import Plan
from hiproutine.coach.requested import sentences
from hiproutine.day.words import with_keys
from hiproutine.tui.pages import Dialog

_EASED = "[@click=screen.choose_eased]Enter: like this[/]"
_WHOLE = "[@click=screen.choose_whole]a: anyway, in full[/]"
_BACK = "[@click=screen.back]Esc: back[/]"


class AnywayScreen(Dialog[Plan | None]):
    """Offers what pain leaves of a session of that name, if it leaves anything, and the `whole` of it.

    Gives the plan that was chosen, or None.
    """

    BINDINGS = [
        Binding("enter", "choose_eased", "Like this"),
        Binding("a", "choose_whole", "Anyway"),
        Binding("escape,q", "back", "Back", key_display="esc"),
    ]

    def __init__(self, name: str, eased: Plan, whole: Plan) -> None:
        super().__init__()
        self._name_of_session = name
        self._eased = eased
        self._whole = whole

    def compose(self) -> ComposeResult:
        offered = (_EASED if self._eased.session.items else "", _WHOLE if self._whole.session.items else "", _BACK)
        with VerticalScroll(id="anyway"):
            yield Label(self._name_of_session, classes="title", markup=False)
            yield Static(Content("\n".join(map(with_keys, sentences(self._eased)))))
            yield Static(Content.from_markup("   ".join(filter(None, offered))), classes="hint")

    def action_choose_eased(self) -> None:
        self._choose(self._eased)

    def action_choose_whole(self) -> None:
        self._choose(self._whole)

    def action_back(self) -> None:
        self.dismiss(None)

    def _choose(self, plan: Plan) -> None:
        if plan.session.items:
            self.dismiss(plan)
