"""The cues of a session with their times, before it is practised."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from hiproutine.coach.planner import Plan
from hiproutine.coach.requested import sentences
from hiproutine.day.words import with_keys
from hiproutine.practice import rehearsal
from hiproutine.practice.timeline import compile_session
from hiproutine.practice.words import clock_length
from hiproutine.settings.model import Manner
from hiproutine.tui.pages import Page
from hiproutine.tui.widgets.footer import Footer


class RehearsalScreen(Page[None]):
    """Shows what `rehearse` prints of the session of a plan, after what pain says about it."""

    CSS_PATH = "rehearsal.tcss"
    BINDINGS = [
        Binding("escape,q,b,p", "dismiss", "Back", key_display="esc"),
        Binding("enter,s", "practise", "Do this now", key_display="enter"),
    ]

    def __init__(self, plan: Plan, manner: Manner, practise: Callable[[], None]) -> None:
        super().__init__()
        self._plan = plan
        self._line = compile_session(plan.session, manner)
        self._practise = practise

    def compose(self) -> ComposeResult:
        length = clock_length(self._line.total_ms)
        yield Label(f"{self._plan.session.name}: every cue of its {length} min", classes="title", markup=False)
        with VerticalScroll(id="cues"):
            said = map(with_keys, sentences(self._plan))
            yield Static(Content("\n".join((*said, *rehearsal.lines(self._line)))))
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#cues").focus()

    def action_practise(self) -> None:
        self._practise()
