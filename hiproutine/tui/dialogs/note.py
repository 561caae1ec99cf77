"""Typing one line of text."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label

from hiproutine.text import LONGEST
from hiproutine.tui.pages import Dialog


class NoteScreen(Dialog[str | None]):
    """Gives the text that was written, which may be empty, or None if it is to stay as it was.

    `fault` says what is wrong with a text, which is then not taken.
    """

    CSS_PATH = "note.tcss"
    BINDINGS = [Binding("escape", "dismiss(None)", "Back")]

    def __init__(
        self,
        about: str,
        text: str,
        keys: str = "Enter keeps it, Esc leaves it as it was.",
        fault: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        super().__init__()
        self._keys = keys
        self._about = about
        self._text = text
        self._fault = fault

    def compose(self) -> ComposeResult:
        with Vertical(id="note"):
            yield Label(self._about, classes="title", markup=False)
            yield Input(self._text, max_length=LONGEST, compact=True)
            yield Label(self._keys, classes="hint", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        if told := self._fault(text):
            self.query_one(".hint", Label).update(Content(told))
        else:
            self.dismiss(text)
