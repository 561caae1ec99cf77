"""The cues of a session with their times, before it is practised."""

from collections.abc import Callable
from itertools import groupby
from operator import itemgetter

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from hiproutine.coach.planner import Plan
from hiproutine.coach.requested import sentences
from hiproutine.day.context import Context
from hiproutine.day.today import Day
from hiproutine.day.words import with_keys
from hiproutine.practice.timeline import compile_session
from hiproutine.practice.words import rehearsal
from hiproutine.text import clock_length
from hiproutine.tui.keys import bindings
from hiproutine.tui.pages import Page
from hiproutine.tui.widgets.figure import ExerciseView, phases_of
from hiproutine.tui.widgets.footer import Footer


class RehearsalScreen(Page[None]):
    """Show the output of `rehearse` for the session of a plan, after pain's remarks."""

    CSS_PATH = "rehearsal.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (68, "-wide")]
    BINDINGS = bindings("rehearsal")

    def __init__(self, plan: Plan, day: Day, context: Context, practise: Callable[[], None]) -> None:
        super().__init__()
        self.context, self._plan, self._settings = context, plan, day.settings
        self._line = compile_session(plan.session, day.manner)
        self._practise = practise

    def compose(self) -> ComposeResult:
        length = self._line.total_ms
        words = f": every cue of its {clock_length(length)} min" if length else ""  # what pain omits has none
        yield Label(f"{self._plan.session.name}{words}", classes="title", markup=False)
        with VerticalScroll(id="cues"):
            if said := [*map(with_keys, sentences(self._plan))]:
                yield Static(Content("\n".join(said)))
            for item, lines in groupby(rehearsal(self._line), key=itemgetter(0)):
                name = self._plan.session.items[item].exercise.id
                yield ExerciseView(
                    self.context.figure, self._settings, phases_of, self.context.clock, exercise=name
                ).without_room()
                yield Static(Content("\n".join(words for _, words in lines)))
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#cues").focus()

    def action_practise(self) -> None:
        self._practise()
