"""The first run: a page for each question, what may stop practice, and the session that the answers make."""

from collections.abc import Callable, Iterator

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from hiproutine.coach.pain import RED_FLAGS
from hiproutine.day import first_run
from hiproutine.day.events import Event, SetUp
from hiproutine.day.first_run import NOT_SURE, YES, FirstRun, Kind
from hiproutine.day.runner import Runner
from hiproutine.day.today import Day
from hiproutine.day.words import TodayWords, today_words, with_keys, without_commands
from hiproutine.figure.reels import still
from hiproutine.figure.standing import BEHIND, FRONT, standing
from hiproutine.text import counted
from hiproutine.tui.keys import TABLE, bindings
from hiproutine.tui.pages import Page, show
from hiproutine.tui.theme import NO_BREAK
from hiproutine.tui.widgets.choices import Marked, Ticks, Tiles, progress
from hiproutine.tui.widgets.description import CardWanted
from hiproutine.tui.widgets.figure import ExerciseView, FigureView, Scene, at_end
from hiproutine.tui.widgets.footer import Footer

_LISTED = (Kind.TICKS, Kind.CONDITIONS, Kind.STOPS)
_OWN = frozenset(key.action.partition("(")[0] for key in TABLE["first run"]) | {"back"}
"""The actions that depend on the page."""


_WIDE, _BROAD = 80, 132
"""From how many columns on a figure is beside the session, and the question in full beside a line to tick."""
_FIGURE, _LARGE_FIGURE = 28, 56
"""Columns of the figure."""
_GAP, _AROUND = 2, 5
"""Columns between an exercise and its dose, and around a text that scrolls."""


_MORE = "More below: read it, then answer."


class FirstRunScreen(Page[bool]):
    """Go through a first run; return whether its session is to start.

    `send` applies answers, and returns why they could not be saved, if so. `may_leave` says whether Esc on the first
    page closes it.
    """

    CSS_PATH = "first_run.tcss"
    BINDINGS = bindings("first run")
    LEADS_ELSEWHERE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide"), (_BROAD, "-broad")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-short"), (32, "-tall"), (45, "-tallest")]

    def __init__(self, run: FirstRun, runner: Runner, send: Callable[[Event], str], *, may_leave: bool = True) -> None:
        super().__init__()
        self._run = run
        self._runner = runner
        self._send = send
        self._may_close = may_leave
        self._fault = ""
        settings = runner.day.settings
        self._bodies = {azimuth: FigureView(settings.skin, settings.hair) for azimuth in (FRONT, BEHIND)}

    @property
    def _day(self) -> Day:
        return self._runner.day

    def compose(self) -> ComposeResult:
        context = self._runner.context
        with Vertical(id="page"):
            yield Static(id="steps")
            with Container(id="heading"):
                yield Label(id="title", markup=False)
                yield Static(id="about")
            yield Tiles()
            with Horizontal(id="ticking"):
                yield Ticks()
                yield Static(id="whole")
                yield from self._bodies.values()
            with Horizontal(id="beside"):
                with VerticalScroll(id="text"):
                    yield Static(id="words")
                yield ExerciseView(context.figure, self._day.settings, at_end, context.clock).without_room()
            yield Static(id="start")
        yield Footer()

    def on_mount(self) -> None:
        self._show()

    def on_resize(self) -> None:
        if self._kind in (Kind.SESSION, *_LISTED):
            self.call_after_refresh(self._show)

    # ---- what is shown ----

    @property
    def _kind(self) -> Kind:
        return self._run.page.kind

    def _show(self) -> None:
        page, kind = self._run.page, self._kind
        stopped, starts = kind is Kind.STOPPED, kind is Kind.SESSION and self._startable
        tiles, ticks, text = self.query_one(Tiles), self.query_one(Ticks), self.query_one("#text")
        self.query_one("#steps", Static).update(progress(page.number, page.of))
        self.query_one("#title", Label).update(page.title)
        self._tell(page.about)
        for name, shown in (("#steps", not stopped), ("#title", not stopped), ("#start", starts)):
            self.query_one(name).display = shown
        ticking = self.query_one("#ticking")
        tiles.display, ticking.display = kind is Kind.CHOICE, kind in _LISTED
        self.query_one("#beside").display = not (tiles.display or ticking.display)
        if tiles.display:
            tiles.show(page.rows, next(iter(self._run.here)))
            tiles.focus()
        elif ticking.display:
            ticks.show(page.rows, self._run.here)
            ticks.focus()
            self._show_body(drawn=page.rows is first_run.STIFF)
            self._show_whole()
        else:
            text.set_class(stopped, "-stopped")
            text.border_title = page.title if stopped else ""
            self.query_one("#words", Static).update(Content("\n").join(self._words(kind)))
            text.scroll_home(animate=False)
            text.focus()
            self._show_session(starts=starts)
        if starts and (proposed := first_run.proposed(self._day)):
            self._tell(f"A programme that fits (p): {first_run.programme_words(proposed)}", "$accent")
        self.refresh_bindings()

    def _show_session(self, *, starts: bool) -> None:
        """Show the button that starts the session, and the figure of its first exercise."""
        link = f"[@click=screen.start]Start {counted(first_run.minutes(self._day), 'minute')}[/]" if starts else ""
        self.query_one("#start", Static).update(Content.from_markup(link))
        self.query_one(ExerciseView).show(self._day.plan.session.items[0].exercise.id if starts else None)

    def _show_body(self, *, drawn: bool) -> None:
        """Show a body from the front and from behind, with what is ticked as stiff."""
        drawn = drawn and self._day.settings.figure and self.app.size.width >= _WIDE
        for azimuth, view in self._bodies.items():
            view.display = drawn
            view.play(Scene(still(standing(first_run.stiff(self._run), azimuth), 0.0)) if drawn else None, int)

    def _show_whole(self) -> None:
        """Show the question that the marked line abbreviates, where there is room."""
        marked = self.query_one(Ticks).marked
        whole = next((row.whole for row in self._run.page.rows if row.id == marked), "")
        self.query_one("#whole", Static).update(Content(whole))
        self.query_one("#whole").display = bool(whole) and self.app.size.width >= _BROAD

    def on_option_list_option_highlighted(self) -> None:
        self._show_whole()

    def _tell(self, words: str, style: str = "$foreground-muted") -> None:
        self.query_one("#about", Static).update(Content(words).stylize(style))
        self.query_one("#about").display = bool(words)

    def _words(self, kind: Kind) -> Iterator[Content]:
        match kind:
            case Kind.QUESTION:
                yield from self._answers()
            case Kind.STOPPED:
                yield from self._stopped()
            case Kind.SESSION:
                yield from self._session()
            case Kind.MEANING:
                from hiproutine.coach.questions import meaning

                yield from self._not_saved()
                yield from (Content(line) for line in meaning(self._day.screened).words)
                yield Content("")
                yield Content("All of it can be changed in the settings.").stylize("$foreground-muted")

    def _answers(self) -> Iterator[Content]:
        question = self._run.page.question
        assert question
        now = self._run.keys.get(question.id)
        for key, answer in question.answers.items():
            link = Content.from_markup(f"[@click=screen.answer('{key}')]{key}  {answer.label}[/]")
            yield link.stylize("bold $success") if key == now else link

    def _stopped(self) -> Iterator[Content]:
        for ticked, words in first_run.stopped_words(self._run):
            yield Content(f"You marked: {ticked}.").stylize("bold")
            yield Content(with_keys(words)).stylize("$error")
            yield Content("")
        yield Content(first_run.UNTIL_THEN)
        yield Content("")
        yield from self._not_saved()
        links = "[@click=screen.change]c  Change the answer[/]   [@click=screen.card]o  Warning signs[/]"
        yield Content.from_markup(links)

    def _session(self) -> Iterator[Content]:
        day = self._day
        built = first_run.built(self._run, day)
        words = today_words(day.now, day.past, day.plan, day.manner)
        yield Content(built.why)
        yield Content("")
        yield from self._rows(words)
        if notes := [*filter(None, map(without_commands, day.plan.notes))]:
            yield Content("")
            yield from (Content(note).stylize("$foreground-muted") for note in notes)
        for heading, names in built.changes:
            yield Content("")
            yield Content(heading).stylize("bold $primary")
            yield Content(with_keys(names))
        yield from self._not_saved()

    def _rows(self, words: TodayWords) -> Iterator[Content]:
        """The exercises with their doses beside them, or below them where the room does not do for all."""
        width = max((len(each.name) for each in words.exercises), default=0)
        dose = max((len(each.dose) for each in words.exercises), default=0)
        beside = width + dose + _GAP <= self.query_one("#page").size.width - _AROUND - self._figure_columns
        for each in words.exercises:
            name = f"{each.name:<{width + _GAP}}" if beside else f"{each.name}\n{NO_BREAK * _GAP}"
            yield Content.assemble((name, "bold"), (each.dose, "$foreground-muted"))

    @property
    def _figure_columns(self) -> int:
        width = self.app.size.width
        if width < _WIDE or not self._day.settings.figure:
            return 0
        return _FIGURE if width < _BROAD else _LARGE_FIGURE

    def _not_saved(self) -> Iterator[Content]:
        if self._fault:
            yield Content(f"For now only: {self._fault}").stylize("$warning")

    # ---- keys ----

    @property
    def _startable(self) -> bool:
        return self._day.allows("start")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        run = self._run
        allowed = first_run.actions(run)
        if action == "none_left":  # Enter on a page of conditions
            return {"none", "next"} <= allowed
        if action == "next" and self._kind is Kind.CONDITIONS:
            return bool(run.here)
        if action == "answer" and run.page.question:
            return parameters[0] in run.page.question.answers
        if action == "afar":
            action = "start"
        if action == "start" and not self._startable:
            return False
        return action in allowed or action not in _OWN or (action == "back" and self._may_close)

    def _go(self, run: FirstRun) -> None:
        """Show the page of a run, and apply its answers."""
        self._run = run
        self._fault = self._send(SetUp(first_run.result(run, self._day.date))) or self._fault
        if run.over:
            self.dismiss(False)
        else:
            self._show()

    def _mark(self, row: str, mark: str = YES) -> None:
        self._run = first_run.mark(self._run, row, mark)
        self._show()

    def on_marked(self, event: Marked) -> None:
        self._mark(event.row)

    def action_next(self) -> None:
        self._go(first_run.forward(self._run))

    action_confirm = action_next

    def action_none(self) -> None:
        """None of the rows is true, once all of them were on the screen; until then the rest is shown."""
        if self.query_one(Ticks).show_rest():
            self._tell(_MORE, "bold $accent")
        else:
            self.action_next()

    action_none_left = action_none

    def action_skip(self) -> None:
        self._go(first_run.skip(self._run))

    def action_answer(self, key: str) -> None:
        self._go(first_run.answer(self._run, key))

    def action_tick(self) -> None:
        if row := self.query_one(Ticks).marked:
            self._mark(row)

    def action_unsure(self) -> None:
        if row := self.query_one(Ticks).marked:
            self._mark(row, NOT_SURE)

    def action_choose(self, by: int) -> None:
        rows = [row.id for row in self._run.page.rows]
        at = rows.index(next(iter(self._run.here))) + by
        self._mark(rows[max(0, min(len(rows) - 1, at))])

    def action_remind(self) -> None:
        self._tell(first_run.reminder(self._run), "bold $accent")

    action_remind_ticked = action_remind

    def action_back(self) -> None:
        if self._run.first:
            self.dismiss(False)
        else:
            self._run = first_run.back(self._run)
            self._show()

    def action_change(self) -> None:
        self._run = first_run.to_stops(self._run)
        self._show()

    def action_card(self) -> None:
        self.post_message(CardWanted(self, RED_FLAGS))

    def action_start(self) -> None:
        self.dismiss(True)

    action_afar = action_start

    def action_today(self) -> None:
        self.dismiss(False)

    def action_done(self) -> None:
        self.dismiss(False)

    def action_why(self) -> None:
        from hiproutine.tui.dialogs.why import WhyScreen

        day = self._day
        show(self, WhyScreen(day, today_words(day.now, day.past, day.plan, day.manner)))

    def action_programme(self) -> None:
        from hiproutine.day.events import Follow
        from hiproutine.tui.dialogs.choose_programme import ProgrammeScreen

        def chosen(event: Follow | None) -> None:
            if event:
                told = self._send(event)
                self._show()
                self._tell(told, "$accent")

        proposed = first_run.proposed(self._day)
        show(self, ProgrammeScreen(self._day, proposed.id if proposed else ""), chosen)
