"""A dialog for leaving with unsaved records: save, write elsewhere, or discard them."""

from pathlib import Path

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from hiproutine.history.unsaved import FILE, Unsaved, free
from hiproutine.history.words import record_words
from hiproutine.text import clean
from hiproutine.tui.dialogs.note import NoteScreen
from hiproutine.tui.keys import bindings
from hiproutine.tui.pages import Dialog, show

_KEYS = "r tries again   w writes it to another file   l leaves without it   esc stays"


class UnsavedScreen(Dialog[bool]):
    """Show the unsaved records, and `trouble`, the reason; return whether to leave now."""

    BINDINGS = bindings("unsaved")

    def __init__(self, unsaved: Unsaved, trouble: str) -> None:
        super().__init__()
        self._unsaved = unsaved
        self._trouble = trouble

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box"):
            yield Label("Not saved yet", classes="title")
            yield Static(Content("\n".join(f"- {record_words(record)}" for record in self._unsaved)))
            yield Static(Content(self._trouble), id="told")
            yield Static(Content(_KEYS), classes="hint")

    def action_retry(self) -> None:
        trouble = self._unsaved.write()
        if trouble:
            self.query_one("#told", Static).update(Content(f"Still not saved: {trouble}"))
        else:
            self.dismiss(True)

    def action_write(self) -> None:
        def path_of(text: str) -> Path:
            return Path(text).expanduser()

        def fault(text: str) -> str | None:
            return self._unsaved.write_to(path_of(text)) if text else "A name is needed."

        def written(text: str | None) -> None:
            if text is not None:
                self.app.notify(f"Written to {clean(str(path_of(text)))}.", markup=False)
                self.dismiss(True)

        keys = "Enter writes it, for `hiproutine import`; Esc goes back."
        show(self, NoteScreen("Write it to the file", str(free(Path.home() / FILE)), keys, fault), written)

    def action_leave(self) -> None:
        self._unsaved.drop()
        self.dismiss(True)
