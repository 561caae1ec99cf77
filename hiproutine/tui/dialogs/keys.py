"""The keys of the page below, by groups."""

from collections.abc import Iterator
from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Label, Static

from hiproutine.tui.keys import GROUPS, bindings, usable
from hiproutine.tui.pages import Dialog
from hiproutine.tui.prose import Prose


class KeysScreen(Dialog[None]):
    """List what each key does on `below`."""

    BINDINGS = bindings("reading")

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__()
        self._keys = list(usable(below))

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box"):
            yield Label("Keys", classes="title")
            yield Static(Prose([*self._lines()]))
            yield Static(Content("esc goes back"), classes="hint")

    def _lines(self) -> Iterator[tuple[str, Content]]:
        width = max(len(each.displays) for each in self._keys)
        for group in GROUPS:
            found = [each for each in self._keys if each.key.group == group]
            if found:
                yield "", Content(group).stylize("bold $primary")
                yield from ((f"{each.displays:<{width}}  ", Content(each.key.help)) for each in found)
