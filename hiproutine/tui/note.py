"""A line of one's own to write."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from hiproutine.text import LONGEST


class NoteScreen(ModalScreen[str | None]):
    """Gives the text that was written, which may be empty, or None if it is to stay as it was."""

    BINDINGS = [Binding("escape", "dismiss(None)", "Back")]

    def __init__(self, about: str, text: str) -> None:
        super().__init__()
        self._about = about
        self._text = text

    def compose(self) -> ComposeResult:
        with Vertical(id="note"):
            yield Label(self._about, classes="title", markup=False)
            yield Input(self._text, max_length=LONGEST, compact=True)
            yield Label("Enter keeps it, Esc leaves it as it was.", classes="hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())
