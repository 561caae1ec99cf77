"""The safety page: shown before the first session, later from the palette."""

from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Label, Static

from hiproutine.catalogue.describe import Description, Section
from hiproutine.catalogue.model import Catalogue
from hiproutine.clock import Clock
from hiproutine.practice.safety import ABOUT, GET_HELP, STOP_AT, warning_signs, write_down
from hiproutine.text import of_file
from hiproutine.tui.keys import bindings
from hiproutine.tui.pages import Page
from hiproutine.tui.theme import styled
from hiproutine.tui.widgets.choices import progress
from hiproutine.tui.widgets.footer import Footer


class SafetyScreen(Page[None]):
    """Close once the reader confirms, and write the file `marker`; the first of `of` pages, if there are more."""

    CSS_PATH = "safety.tcss"
    BINDINGS = bindings("safety")
    LEADS_ELSEWHERE = False
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall"), (45, "-tallest")]

    def __init__(self, catalogue: Catalogue, marker: Path, clock: Clock, of: int = 0) -> None:
        super().__init__()
        self._of = of
        self._catalogue = catalogue
        self._marker = marker
        self._clock = clock

    def compose(self) -> ComposeResult:
        emergency, *others = warning_signs(self._catalogue)
        now = Section("", (GET_HELP,)), emergency._replace(warns=True)
        with Vertical(id="page"):
            if self._of:
                yield Static(progress(1, self._of), id="steps")
            yield Label("Before you practise", classes="title")
            with VerticalScroll(id="safety"):
                yield Static(styled(Description("", "", now)), id="emergency")
                yield Static(styled(Description("", "", (*others, Section("", (STOP_AT,)), Section("", (ABOUT,))))))
        yield Footer()

    def on_mount(self) -> None:
        page = self.query_one("#safety")
        page.focus()
        self.watch(page, "scroll_y", self.refresh_bindings, init=False)

    def on_resize(self) -> None:
        self.call_after_refresh(self.refresh_bindings)

    def action_scroll(self, lines: int) -> None:
        self.query_one("#safety").scroll_relative(y=lines, animate=False)

    @property
    def _more(self) -> bool:
        """Whether there is more to read below."""
        page = self.query_one("#safety")
        return page.scroll_target_y < page.max_scroll_y

    def check_action(self, action: str, _: tuple[object, ...]) -> bool | None:
        match action:
            case "read":
                return self._more
            case "agree":
                return not self._more
            case "back":
                return self._marker.exists() and not self._of
        return True

    def action_read(self) -> None:
        self.query_one("#safety").scroll_page_down(animate=False)

    def action_agree(self) -> None:
        marker = self._marker
        if not marker.exists():
            try:
                write_down(marker, self._clock.now())
            except OSError as error:
                # It is only asked again next time.
                self.app.notify(of_file(error, marker), title="Not saved", severity="warning", markup=False)
        self.dismiss()
