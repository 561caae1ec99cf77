"""The end of a session: what was done, and the streak."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Label, Static

from hiproutine.history.days import Streak
from hiproutine.history.records import SessionRecord
from hiproutine.practice.words import ending_words
from hiproutine.tui.look import step_words


class DoneScreen(Screen[None]):
    """Shows `record`, the session just practised, and the streak that it makes."""

    BINDINGS = [Binding("enter,escape,q", "dismiss", "Back to Today", key_display="enter", priority=True)]

    def __init__(self, name: str, record: SessionRecord, streak: Streak) -> None:
        super().__init__()
        self._name_of_session = name
        self._record = record
        self._streak = streak

    def compose(self) -> ComposeResult:
        praise, whole = ending_words(self._name_of_session, self._record)
        yield Label(praise, classes="title")
        with VerticalScroll(id="done"):
            yield Static(Content(whole))
            yield Static(Content("\n".join(map(step_words, self._record.steps))), id="steps")
            yield Static(Content(self._streak.words()), id="streak")
        yield Footer(show_command_palette=False)
