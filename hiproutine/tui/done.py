"""The end of a session: what was done, and the streak."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Label, Static

from hiproutine.history.days import Streak
from hiproutine.history.records import SessionRecord
from hiproutine.practice.words import clock_length
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
        steps = self._record.steps
        done = sum(step.end == "done" for step in steps)
        held_ms = sum(step.held_ms for step in steps)
        yield Label("Well done." if done == len(steps) else "That counts." if done else "A start.", classes="title")
        with VerticalScroll(id="done"):
            whole = f"{done} of {len(steps)} done, {clock_length(held_ms)} min of exercise"
            yield Static(Content(f"{self._name_of_session}: {whole}"))
            yield Static(Content("\n".join(map(step_words, steps))), id="steps")
            yield Static(Content(self._streak.words()), id="streak")
        yield Footer(show_command_palette=False)
