"""Progress: a year of days, and what they add up to; sessions and days of rest are written down here by hand."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import zip_longest

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from hiproutine.coach.session import DEFAULT_ROUTINE, Session
from hiproutine.day.runner import Runner
from hiproutine.history import making
from hiproutine.history.calendar import day_of
from hiproutine.history.records import Goal, Record, Rest
from hiproutine.history.streak import goal_on, streak
from hiproutine.history.undo import Act
from hiproutine.history.words import act_words, record_words
from hiproutine.practice import recording
from hiproutine.practice.resume import course
from hiproutine.review import overview
from hiproutine.review.overview import Section
from hiproutine.review.statistics import DayTotal, calendar, first_day
from hiproutine.text import clock_length, counted, day_words, of_file
from hiproutine.tui.pages import Page, show
from hiproutine.tui.theme import NO_BREAK
from hiproutine.tui.widgets.charts import painted
from hiproutine.tui.widgets.footer import Footer
from hiproutine.tui.widgets.heatmap import Heatmap

_YEAR = timedelta(weeks=52)
_TWO_COLUMNS = 140
# Cells of a row beside the text: margins of 2 or 1, scrollbar 1.
_AROUND = 5


class ProgressScreen(Page[None]):
    """Shows the history. `wrote` is called after something was written down."""

    CSS_PATH = "progress.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_TWO_COLUMNS, "-wide")]
    BINDINGS = [
        Binding("escape,q,b", "dismiss", "Back", key_display="esc"),
        Binding("a", "log", "Add", tooltip="Write down a session of the marked day"),
        Binding("r", "rest", "Rest", tooltip="Declare the marked day to be one of rest"),
        Binding("u", "undo", "Undo", tooltip="Take back what was written down last; asks once"),
        Binding("t", "tables", "Tables", tooltip="Tables in place of pictures, and back"),
        Binding("s", "measure", "Sessions", show=False, tooltip="Shade the days by sessions, or by minutes again"),
        Binding("e", "app.checks", "Self-checks", show=False, tooltip="Self-checks, every two weeks"),
        Binding("pagedown,space", "page(1)", "Scroll", show=False),
        Binding("pageup", "page(-1)", "Scroll", show=False),
        Binding("question_mark,f1", "app.keys", "Keys", key_display="?", tooltip="These keys"),
    ]

    def __init__(self, runner: Runner, wrote: Callable[[], None]) -> None:
        super().__init__()
        self._runner = runner
        self._wrote = wrote
        now = runner.context.now()
        self._since = day_of(now) - _YEAR - timedelta(weeks=1)
        self._past = runner.read(self._since)
        self._day = self._past.today(now)
        self._heatmap = Heatmap(self._days, self._day, goal_on(self._past.of(Goal), self._day).week_starts)
        self._to_undo: Act | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="streak")
        with VerticalScroll(id="parts", can_focus=False):
            yield self._heatmap
            yield Static(id="day")
            with Container(id="sections"):
                for _ in overview.PARTS:
                    yield Static(classes="part")
        yield Footer()

    def on_mount(self) -> None:
        self._heatmap.focus()

    def on_resize(self) -> None:
        self._show()

    # ---- what is shown ----

    def _days(self, since: date, until: date) -> tuple[DayTotal, ...]:
        if since < self._since:
            self._since = date.min
            self._past = self._runner.read(self._since)
        return calendar(self._past, since, until)

    def _show(self) -> None:
        first = first_day(self._past) or self._day
        self._heatmap.earliest = min(first, self._day - _YEAR)
        self._heatmap.show()
        now = self._runner.context.clock.now()
        self.query_one("#streak", Static).update(Content(streak(self._past, now).words()))
        self.on_heatmap_marked()
        back = overview.TABLE_WEEKS if self._heatmap.as_table else _YEAR
        look = overview.looked_at(self._past, self._runner.day.catalogue.exercises, now, max(first, self._day - back))
        width = self.size.width - _AROUND
        if self.size.width >= _TWO_COLUMNS:
            width = (width - 3) // 2
        found = [each for each in overview.sections(look, overview.PARTS) if each.rows or not self._heatmap.as_table]
        for part, section in zip_longest(self.query(".part").results(Static), found):
            part.display = section is not None
            if section:
                part.update(self._content(section, width))

    def _content(self, section: Section, width: int) -> Content:
        picture = None if self._heatmap.as_table else section.chart
        lines = painted(picture, width) if picture else overview.table(section, width)
        return Content.assemble(
            (section.heading, "bold $primary"),
            (f"\n{section.note}\n", "$foreground-muted"),
            ("\n".join(lines).replace(" ", NO_BREAK), "$secondary" if picture else ""),
        )

    def on_heatmap_marked(self) -> None:
        self._to_undo = None
        total = self._heatmap.total
        what = f"{counted(total.sessions, 'session')}, {clock_length(total.held_ms)} min"
        words = what if total.sessions else "a day of rest" if total.rest else "nothing recorded"
        self.query_one("#day", Static).update(Content(f"{day_words(total.day)}: {words}."))

    def on_heatmap_opened(self) -> None:
        from hiproutine.tui.dialogs.day_records import DayScreen

        show(self, DayScreen(self._past, self._heatmap.marked))

    def action_tables(self) -> None:
        self._heatmap.as_table = not self._heatmap.as_table
        self._show()
        self.query_one("#parts").scroll_home(animate=False)

    def action_measure(self) -> None:
        self._heatmap.by_sessions = not self._heatmap.by_sessions
        self._heatmap.refresh()

    def action_page(self, pages: int) -> None:
        parts = self.query_one("#parts")
        parts.scroll_relative(y=pages * (parts.size.height - 1), animate=False)

    # ---- writing down by hand ----

    def action_log(self) -> None:
        from importlib.metadata import version

        from hiproutine.tui.dialogs.choose_routine import ChooseScreen

        day, back = self._heatmap.marked, (self._day - self._heatmap.marked).days
        if not 0 <= back <= recording.LATE_DAYS:
            self._tell(f"A session can be written down for today and the {recording.LATE_DAYS} days before.")
            return

        manner = self._runner.day.settings.manner

        def chosen(session: Session | None) -> None:
            if session:
                record = recording.logged(
                    course(session, manner), self._runner.context.clock, version("hiproutine"), day
                )
                self._write(f"Logged for {day_words(day)}: {record_words(record)}.", record)

        question = f"What was done on {day_words(day)}?"
        show(self, ChooseScreen(self._runner.day.catalogue, manner, DEFAULT_ROUTINE, question), chosen)

    def action_rest(self) -> None:
        day = self._heatmap.marked
        if any(rest.day == day for rest in self._past.of(Rest)):
            self._tell(f"{day_words(day)} is a day of rest already.")
        elif (self._day - day).days > recording.REST_PAST_DAYS:
            self._tell(f"A day of rest can be declared up to {recording.REST_PAST_DAYS} days later.")
        else:
            self._write(f"{day_words(day)} is a day of rest.", making.rest(self._runner.context.clock.now(), day))

    def action_undo(self) -> None:
        """The first time it asks."""
        try:
            newest = self._runner.context.store.newest()
        except OSError as error:
            self._tell(of_file(error, "history"))
            return
        if not newest:
            self._tell("There is nothing to undo: the history is empty.")
            return
        words = f"{act_words(newest)}."
        if self._to_undo == newest:
            now = self._runner.context.clock.now()
            self._write(f"Taken back, {words}", *(making.void(now, record) for record in newest.records))
        else:
            self._to_undo = newest
            self._tell(f"u once more takes back what was written last, {words}")

    def _write(self, words: str, *records: Record) -> None:
        try:
            self._runner.context.store.write(*records)
        except OSError as error:
            words = of_file(error, "history")
            self.notify(words, title="Not saved", severity="error", markup=False)
            return
        self._past = self._runner.read(self._since)
        self._show()
        self._wrote()
        self._tell(words)

    def _tell(self, words: str) -> None:
        self.notify(words, markup=False)
