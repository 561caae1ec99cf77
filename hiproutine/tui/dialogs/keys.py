"""The keys of the screen below, on one page."""

from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Label, Static

from hiproutine.tui.pages import Dialog

# Textual's own keys for moving the focus and copying text are no news.
_EVERYWHERE = {"tab", "shift+tab", "ctrl+c", "super+c"}
_WORTH_KNOWING = {"ctrl+p", "ctrl+q"}


class KeysScreen(Dialog[None]):
    """Lists what each key does on `below`."""

    CSS_PATH = "keys.tcss"
    BINDINGS = [Binding("escape,question_mark,q,enter", "dismiss", "Back", key_display="esc")]

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__()
        keys: dict[str, list[str]] = {}
        for active in below.active_bindings.values():
            binding = active.binding
            ours = type(active.node).__module__.startswith("hiproutine") or binding.key in _WORTH_KNOWING
            if binding.description and ours and binding.key not in _EVERYWHERE:
                key = below.app.get_key_display(binding)
                keys.setdefault(binding.tooltip or binding.description, []).append(key)
        self._rows = [(" ".join(dict.fromkeys(displays)), says) for says, displays in keys.items()]

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="keys"):
            yield Label("Keys", classes="title")
            width = max(len(displays) for displays, _ in self._rows)
            yield Static(Content("\n".join(f"{displays:<{width}}  {says}" for displays, says in self._rows)))
            yield Static(Content("esc goes back"), classes="hint")
