"""Progress: a year of days with totals and charts; sessions and rest days are added here by hand."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import zip_longest

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from hiproutine.coach.programme import standing
from hiproutine.coach.self_checks import CHECKS
from hiproutine.coach.session import DEFAULT_ROUTINE, Session
from hiproutine.day.events import DeclareRest, Event, Log, TakeBackLast
from hiproutine.day.runner import Runner
from hiproutine.history.calendar import day_of
from hiproutine.history.records import Goal
from hiproutine.history.streak import goal_on, streak
from hiproutine.review import overview
from hiproutine.review.overview import Section
from hiproutine.review.statistics import DayTotal, calendar, first_day
from hiproutine.text import counted, day_words, length_words
from hiproutine.tui.dialogs.day_records import DayScreen, brief_lines
from hiproutine.tui.keys import bindings
from hiproutine.tui.pages import Page, show
from hiproutine.tui.theme import NO_BREAK
from hiproutine.tui.widgets.charts import ChartView
from hiproutine.tui.widgets.footer import Footer
from hiproutine.tui.widgets.heatmap import Heatmap
from hiproutine.tui.widgets.nav_bar import NavBar

_YEAR = timedelta(weeks=52)
_PANELS, _BESIDE = 100, 140
"""From how many columns on charts stand side by side, and a day's sessions beside the calendar."""
# Cells of a row beside the text: margins of 2 or 1, scrollbar 1.
_AROUND = 5
_ABOVE_CHARTS = 16
"""Rows of the page besides the charts."""
_LEAST_CHART, _MOST_CHART = 8, 24
"""Rows of a chart, of which a border takes one more."""
_EMPTY = (
    "[bold $accent]▆▆[/] [b]Your first square is waiting[/]\n"
    "[$foreground-muted]Do one exercise and today lights up.[/]\n\n[@click=app.today][b $primary]T[/]  Go to Today[/]"
)


class ProgressScreen(Page[None]):
    """Show the history. `wrote` is called after a record was written."""

    CSS_PATH = "progress.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_PANELS, "-panels"), (_BESIDE, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (28, "-high")]
    BINDINGS = bindings("progress")
    OPENED_BY = "progress"

    def __init__(self, runner: Runner, wrote: Callable[[], None]) -> None:
        super().__init__()
        self._runner = runner
        self._wrote = wrote
        now = runner.context.now()
        self._since = day_of(now) - _YEAR - timedelta(weeks=1)
        self._past = runner.read(self._since)
        self._day = self._past.today(now)
        self._heatmap = Heatmap(self._days, self._day, goal_on(self._past.of(Goal), self._day).week_starts)
        self._asked = False
        """Whether the question about undo was just asked."""

    def compose(self) -> ComposeResult:
        yield NavBar(self.OPENED_BY)
        yield Static(id="streak")
        with VerticalScroll(id="parts", can_focus=False):
            with Container(id="year"):
                yield self._heatmap
                yield Static(id="day")
            yield Static(Content.from_markup(_EMPTY), id="empty")
            yield Container(id="charts")
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
        self._heatmap.began = first
        self._heatmap.earliest = min(first, self._day - _YEAR)
        self._heatmap.show()
        now = self._runner.context.clock.now()
        self.query_one("#streak", Static).update(Content(streak(self._past, now).words()))
        self.on_heatmap_marked()
        as_table = self._heatmap.as_table
        day = self._runner.day
        back = overview.TABLE_WEEKS if as_table else overview.CHART_WEEKS
        since = max(first, self._day - back)
        running = standing(day.screened, day.profile, self._past, self._day)
        look = overview.looked_at(self._past, day.catalogue, now, since, running=running, goal_min=day.week_min)
        found = overview.sections(look, overview.PARTS)
        charts = [] if as_table else overview.charts(look)
        self._show_charts(charts)
        tables = [each for each in found if each.rows and (as_table or not each.chart)]
        self.query_one("#empty").display = not (found or as_table)
        for part, section in zip_longest(self.query(".part").results(Static), tables):
            part.display = section is not None
            if section:
                part.update(_table(section, self._table_width))

    def _called(self, thing: str) -> str:
        """Return the name of what a record is of, by its id."""
        checks = {check.id: check.name for check in CHECKS}
        return checks.get(thing) or self._runner.day.called(thing)

    @property
    def _table_width(self) -> int:
        width = self.size.width - _AROUND
        return (width - 3) // 2 if self.size.width >= _BESIDE else width

    def _show_charts(self, charts: Sequence[Section]) -> None:
        """Give the charts what the calendar leaves of the page, at least `_LEAST_CHART` rows each."""
        box = self.query_one("#charts")
        views = [*self.query(ChartView)]
        if missing := [ChartView() for _ in range(len(charts) - len(views))]:
            box.mount_all(missing)
        columns = 1 if self.size.width < _PANELS else 2 if self.size.width < _BESIDE else 3
        columns = max(1, min(columns, len(charts)))
        rows = -(-len(charts) // columns)
        room = self.size.height - (_ABOVE_CHARTS if self.size.width >= _BESIDE else _ABOVE_CHARTS + 2)
        least = _LEAST_CHART + (self.size.width >= _PANELS)
        height = max(least, min(_MOST_CHART, room // max(1, rows)))
        box.display = bool(charts)
        box.styles.grid_size_columns = columns
        box.styles.grid_rows = str(height)
        for view, section in zip_longest([*views, *missing], charts):
            view.show(section)

    def on_heatmap_marked(self) -> None:
        self._asked = False
        total = self._heatmap.total
        what = f"{counted(total.sessions, 'session')}, {length_words(total.held_ms)}"
        words = what if total.sessions else "a rest day" if total.rest else "nothing recorded"
        if self.size.width >= _BESIDE:
            brief = "\n".join(("", f"{words}.", "", *brief_lines(self._past, total.day, self._called)))
            about = Content.assemble((day_words(total.day), "bold"), (brief, "$foreground-muted"))
        else:
            about = Content(f"{day_words(total.day)}: {words}.").stylize("bold")
        self.query_one("#day", Static).update(about)

    def on_heatmap_opened(self) -> None:
        show(self, DayScreen(self._past, self._heatmap.marked, self._called))

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
        from hiproutine.tui.dialogs.choose_routine import ChooseScreen

        on = self._heatmap.marked
        if why := self._runner.day.against_logging(on):
            self._tell(why)
            return

        def chosen(session: Session | None) -> None:
            if session:
                self._send(Log(session, on))

        day, question = self._runner.day, f"What was done on {day_words(on)}?"
        show(self, ChooseScreen(day.catalogue, day.settings.manner, DEFAULT_ROUTINE, question), chosen)

    def action_rest(self) -> None:
        self._send(DeclareRest(self._heatmap.marked))

    def action_undo(self) -> None:
        self._send(TakeBackLast(asked=self._asked))
        self._asked = self._runner.day.to_undo is not None

    def _send(self, event: Event) -> None:
        """Send an event to the day, and show the records afterwards."""
        before = self._runner.day.past
        reply = self._runner.send(event)
        if self._runner.day.past is not before:
            self._past = self._runner.read(self._since)
            self._show()
            self._wrote()
            if not isinstance(event, TakeBackLast):
                reply = f"{reply} z takes it back."
        self._tell(reply)

    def _tell(self, words: str) -> None:
        self.notify(words, markup=False)


def _table(section: Section, width: int) -> Content:
    return Content.assemble(
        (section.heading, "bold $primary"),
        (f"\n{section.note}\n", "$foreground-muted"),
        "\n".join(overview.table(section, width)).replace(" ", NO_BREAK),
    )
