"""A dialog to type one line of text."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label

from hiproutine.text import LONGEST
from hiproutine.tui.pages import Dialog


class NoteScreen(Dialog[str | None]):
    """Return the text, which may be empty, or None to leave it unchanged.

    `fault` returns why a text is refused, or None.
    """

    def __init__(
        self,
        about: str,
        text: str,
        keys: str = "Enter saves it, Esc cancels.",
        fault: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        super().__init__()
        self._keys = keys
        self._about = about
        self._text = text
        self._fault = fault

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Label(self._about, classes="title", markup=False)
            yield Input(self._text, max_length=LONGEST, compact=True)
            yield Label(self._keys, classes="hint", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        if told := self._fault(text):
            self.query_one(".hint", Label).update(Content(told))
        else:
            self.dismiss(text)
