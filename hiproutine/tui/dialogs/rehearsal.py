"""The cues of a session with their times, before it is practised."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Label, Static

from hiproutine.coach.session import Session
from hiproutine.practice import rehearsal
from hiproutine.practice.timeline import compile_session
from hiproutine.practice.words import clock_length
from hiproutine.settings.model import Manner
from hiproutine.tui.widgets.footer import Footer


class RehearsalScreen(Screen[None]):
    """Shows what `rehearse` prints; `practise` is called with the session."""

    CSS_PATH = "rehearsal.tcss"
    BINDINGS = [
        Binding("escape,q,b,p", "dismiss", "Back", key_display="esc"),
        Binding("enter,s", "practise", "Do this now", key_display="enter"),
    ]

    def __init__(self, session: Session, manner: Manner, practise: Callable[[Session], None]) -> None:
        super().__init__()
        self._session = session
        self._line = compile_session(session, manner)
        self._practise = practise

    def compose(self) -> ComposeResult:
        length = clock_length(self._line.total_ms)
        yield Label(f"{self._session.name}: every cue of its {length} min", classes="title", markup=False)
        with VerticalScroll(id="cues"):
            yield Static(Content("\n".join(rehearsal.lines(self._line))))
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#cues").focus()

    def action_practise(self) -> None:
        self._practise(self._session)
