"""The end of a session: what was done, the streak, and how much it hurts now."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Label, Static

from hiproutine.coach.pain import RED_FLAGS
from hiproutine.history.days import Streak
from hiproutine.history.records import SessionRecord
from hiproutine.practice.asking import AFTER, SCORES
from hiproutine.practice.words import ending_words
from hiproutine.tui.theme import step_words
from hiproutine.tui.widgets.description import CardWanted
from hiproutine.tui.widgets.footer import Footer


class DoneScreen(Screen[None]):
    """Shows `record`, the session just practised, and the streak that it makes.

    `hurts` is called with a level from 0 to 10, each time that one is given, and says what follows from it.
    """

    CSS_PATH = "done.tcss"
    BINDINGS = [
        Binding("enter,escape,q", "dismiss", "Back to Today", key_display="enter", priority=True),
        *(
            Binding(key, f"pain({score})", "Pain", key_display="0-9 x", show=False, tooltip="How much it hurts now")
            for key, score in SCORES.items()
        ),
        Binding("o", "card", "Card", show=False, tooltip="The warning signs"),
        Binding("question_mark,f1", "app.keys", "Keys", key_display="?", show=False, tooltip="These keys"),
    ]

    def __init__(self, name: str, record: SessionRecord, streak: Streak, hurts: Callable[[int], str]) -> None:
        super().__init__()
        self._name_of_session = name
        self._record = record
        self._streak = streak
        self._hurts = hurts

    def compose(self) -> ComposeResult:
        praise, whole = ending_words(self._name_of_session, self._record)
        yield Label(praise, classes="title")
        with VerticalScroll(id="done"):
            yield Static(Content(whole))
            yield Static(Content("\n".join(map(step_words, self._record.steps))), id="steps")
            yield Static(Content(self._streak.words()), id="streak")
        yield Static(Content(AFTER), id="pain")
        yield Footer()

    def action_pain(self, score: int) -> None:
        words = f"{score} of 10. {self._hurts(score)}"
        self.query_one("#pain", Static).update(Content(words))

    def action_card(self) -> None:
        self.post_message(CardWanted(RED_FLAGS))
