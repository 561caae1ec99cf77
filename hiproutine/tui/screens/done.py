"""The end of a session: what was done, the streak, and how much it hurts now."""

from collections.abc import Callable
from typing import NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from hiproutine.clock import Clock
from hiproutine.coach.pain import RED_FLAGS
from hiproutine.history.days import Streak
from hiproutine.history.records import SessionRecord
from hiproutine.practice.asking import AFTER
from hiproutine.practice.pain_prompt import CONFIRM, DROP
from hiproutine.practice.words import ending_words
from hiproutine.tui.screens.pain import PainScreen, bindings
from hiproutine.tui.theme import step_words
from hiproutine.tui.widgets.description import CardWanted
from hiproutine.tui.widgets.footer import Footer


class PainAfter(NamedTuple):
    """What notes a level of pain after the session, and returns what follows; and what takes it back, if it can."""

    note: Callable[[int], str]
    take_back: Callable[[], bool]


class DoneScreen(PainScreen):
    """Shows `record`, the session just practised, and the streak that it makes; `pain` is given what is answered."""

    CSS_PATH = "done.tcss"
    BINDINGS = [
        Binding(f"{CONFIRM},escape,q", "leave", "Back to Today", key_display="enter", priority=True),
        *bindings("How much it hurts now"),
        Binding(DROP, "back", "Take back", show=False, tooltip="Take back the level of pain"),
        Binding("o", "card", "Card", show=False, tooltip="The warning signs"),
        Binding("question_mark,f1", "app.keys", "Keys", key_display="?", show=False, tooltip="These keys"),
    ]

    def __init__(self, name: str, record: SessionRecord, streak: Streak, clock: Clock, pain: PainAfter) -> None:
        super().__init__(clock)
        self._name_of_session = name
        self._record = record
        self._streak = streak
        self._pain = pain
        self._said = AFTER

    def compose(self) -> ComposeResult:
        praise, whole = ending_words(self._name_of_session, self._record)
        yield Label(praise, classes="title")
        with VerticalScroll(id="done"):
            yield Static(Content(whole))
            yield Static(Content("\n".join(map(step_words, self._record.steps))), id="steps")
            yield Static(Content(self._streak.words()), id="streak")
        yield Static(Content(AFTER), id="pain")
        yield Footer()

    def note(self, score: int) -> None:
        self._said = f"{score} of 10. {self._pain.note(score)}"

    def show_pain(self) -> None:
        self.query_one("#pain", Static).update(Content(self.prompt.words or self._said))

    def action_back(self) -> None:
        """Takes back what is typed, or else the level that was noted."""
        if not self.press(DROP) and self._pain.take_back():
            self._said = AFTER
            self.show_pain()

    def action_leave(self) -> None:
        """Lets the typed number count, so that it is seen what follows; without one it leaves."""
        if not self.settle():
            self.dismiss()

    def action_card(self) -> None:
        self.post_message(CardWanted(self, RED_FLAGS))
