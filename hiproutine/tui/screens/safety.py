"""The safety page: shown before the first session, later from the palette."""

from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from hiproutine.catalogue.describe import Description
from hiproutine.catalogue.model import Catalogue
from hiproutine.clock import Clock
from hiproutine.practice.safety import FIRST, warning_signs, write_down
from hiproutine.text import of_file
from hiproutine.tui.pages import Page
from hiproutine.tui.theme import described
from hiproutine.tui.widgets.footer import Footer


class SafetyScreen(Page[None]):
    """Ends when the reader says that they have read it, and makes the file `marker`."""

    CSS_PATH = "safety.tcss"
    BINDINGS = [
        Binding("enter", "read", "Read on, then: I have read this", priority=True),
        Binding("escape", "back", "Back", key_display="esc"),
        Binding("down,j", "scroll(1)", "Scroll", show=False),
        Binding("up,k", "scroll(-1)", "Scroll", show=False),
    ]

    def __init__(self, catalogue: Catalogue, marker: Path, clock: Clock) -> None:
        super().__init__()
        self._catalogue = catalogue
        self._marker = marker
        self._clock = clock

    def compose(self) -> ComposeResult:
        yield Label("Before you practise", classes="title")
        signs = Description("", "", warning_signs(self._catalogue))
        with VerticalScroll(id="safety"):
            yield Static(Content(FIRST))
            yield Static(described(signs))
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#safety").focus()

    def action_scroll(self, lines: int) -> None:
        self.query_one("#safety").scroll_relative(y=lines, animate=False)

    def check_action(self, action: str, _: tuple[object, ...]) -> bool | None:
        return action != "back" or self._marker.exists()

    def action_back(self) -> None:
        self.dismiss()

    def action_read(self) -> None:
        page = self.query_one("#safety")
        if page.scroll_target_y < page.max_scroll_y:
            page.scroll_page_down(animate=False)
            return
        marker = self._marker
        if marker.exists():
            self.dismiss()
            return
        try:
            write_down(marker, self._clock.now())
        except OSError as error:
            # It is only asked again next time.
            self.app.notify(of_file(error, marker), title="Not saved", severity="warning", markup=False)
        self.dismiss()
