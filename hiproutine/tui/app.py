"""The application: which screen follows which, the palette, and leaving the terminal as it was."""

import asyncio
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.dom import DOMNode
from textual.notifications import SeverityLevel
from textual.reactive import Initialize, Reactive
from textual.screen import Screen
from textual.theme import BUILTIN_THEMES, Theme, ThemeProvider
from textual.widget import AwaitMount, Widget

from hiproutine.coach.pain import RED_FLAGS
from hiproutine.coach.session import Session
from hiproutine.day.events import (
    Add,
    Apply,
    Ask,
    Begin,
    Choose,
    Event,
    Felt,
    Follow,
    ForFrontEnd,
    Named,
    Note,
    OfferToAdd,
    Practise,
    Put,
    Resume,
    ShowWarningSigns,
    Start,
    TakeBack,
    Tell,
)
from hiproutine.day.runner import Runner
from hiproutine.day.today import Day
from hiproutine.day.words import with_keys
from hiproutine.errors import HiproutineError
from hiproutine.history.records import Pain, SessionRecord
from hiproutine.practice.colours import PHASE_COLOURS, PHASE_COLOURS_ON_LIGHT
from hiproutine.practice.pain_prompt import Where
from hiproutine.practice.resume import Course
from hiproutine.tui.keys import LEADING, bindings, commands, offered
from hiproutine.tui.pages import Page, PageApp, Palette, back_to, show
from hiproutine.tui.screens.pain import PainScreen
from hiproutine.tui.screens.today import TodayScreen
from hiproutine.tui.theme import THEMES
from hiproutine.tui.widgets.description import CardWanted

if TYPE_CHECKING:
    from hiproutine.tui.screens.card import CardScreen
    from hiproutine.tui.screens.practice import PracticeScreen

TERMINAL_CHECK_S = 2
LEAVE_WITHIN_S = 3
_ALL_THEMES = BUILTIN_THEMES | {theme.name: theme for theme in THEMES}


class HiproutineApp(PageApp):
    """The app: opens on Today, sends `first` and later events to the day, and shows the effects."""

    TITLE = "hiproutine"
    CSS_PATH = ["app.tcss", "screens/today.tcss"]  # Textual does not read those of the first screen
    BINDINGS = bindings("app")

    def __init__(self, runner: Runner, first: Event | None = None) -> None:
        self.runner = runner
        super().__init__()
        runner.front_end = self._carry_out
        self._worn = self.theme
        self._first = first
        self._today = TodayScreen(self.day, runner.context.clock, self._send_for_today, runner.context.figure)

    def get_default_screen(self) -> Screen[Any]:
        return self._today

    def _get_screen(self, screen: Screen[Any] | str) -> tuple[Screen[Any], AwaitMount]:
        """Add the stylesheets of a screen to those already parsed; Textual would parse all of them again."""
        for path in self.get_screen(screen).css_path:
            if not self.stylesheet.has_source(str(path)):
                self.stylesheet.add_source(Path(path).read_text(encoding="utf-8"), (str(path), ""))
        return super()._get_screen(screen)

    @property
    def available_themes(self) -> dict[str, Theme]:
        return _ALL_THEMES

    def _chosen_theme(self) -> str:
        chosen = self.day.settings.theme
        return chosen if chosen in _ALL_THEMES else THEMES[0].name

    # Set before the first style: a later change parses and applies all styles again.
    theme: Reactive[str] = Reactive(Initialize(_chosen_theme))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return PHASE_COLOURS if self.current_theme.dark else PHASE_COLOURS_ON_LIGHT

    def on_mount(self) -> None:
        self.theme_changed_signal.subscribe(self, self._save_theme)
        self._leave_on_signals()
        if not os.path.exists(self.runner.context.safety_read):  # noqa: PTH110 -- Path.exists raises where it may not look
            self._begin_first()
        else:
            self._begin()
        self.call_after_refresh(_collect_garbage_again)

    @property
    def day(self) -> Day:
        return self.runner.day

    # ---- the day ----

    def _send(self, event: Event) -> str:
        """Send an event to the day, update Today, and return the reply."""
        reply = self.runner.send(event)
        self._show_today()
        return reply

    def _send_for_today(self, event: Event) -> Day:
        self.runner.send(event)
        return self.day

    def _show_today(self) -> None:
        self._today.call_later(lambda: self._today.show(self.day))

    def _refresh_today(self) -> None:
        self.runner.refresh()
        self._show_today()

    def _carry_out(self, effect: ForFrontEnd) -> None:
        match effect:
            case Tell(words, title, failed):
                severity: SeverityLevel = "error" if failed else "information"
                self.notify(words, title=title, severity=severity, timeout=20 if title else None, markup=False)
            case Ask():
                self._ask(effect)
            case Begin(course):
                self._lead(course)
            case ShowWarningSigns():
                self._open_card(RED_FLAGS, self.screen)
            case OfferToAdd():
                self._offer_to_add(effect)

    def _ask(self, ask: Ask) -> None:
        from hiproutine.tui.dialogs.anyway import AnywayScreen

        def answered(answer: Named | None) -> None:
            if answer:
                self._send(answer)

        show(self._today, AnywayScreen(ask), answered)

    def _offer_to_add(self, offer: OfferToAdd) -> None:
        from hiproutine.tui.dialogs.add_exercise import AddScreen

        def chosen(name: str | None) -> None:
            if name:
                self._send(Add(name))

        show(self._today, AddScreen(self.day.catalogue, offer.items, offer.sore), chosen)

    # ---- practising ----

    def _begin_first(self) -> None:
        """Show the safety page, and ask what the first run asks; then start its session, or the one that was chosen."""
        from hiproutine.day.first_run import BEFORE_A_SESSION, WHOLE

        parts = WHOLE if self._first is None else BEFORE_A_SESSION

        def then(start: bool | None) -> None:
            if start:
                self._send(Start())
            else:
                self._begin()

        pages = self._first_run(parts, may_leave=False)
        self.push_screen(self._safety(len(parts) + 1), lambda _: self.push_screen(pages, then))

    def _first_run(self, parts: tuple[str, ...], *, may_leave: bool = True) -> Screen[bool]:
        from hiproutine.day.first_run import begin
        from hiproutine.tui.screens.first_run import FirstRunScreen

        return FirstRunScreen(begin(self.day.settings.profile, parts), self.runner, self._send, may_leave=may_leave)

    def action_set_up(self) -> None:
        """Ask again what the first run asks."""
        from hiproutine.day.first_run import WHOLE

        def then(start: bool | None) -> None:
            if start:
                back_to(self, self._today)
                self._send(Start())

        self.push_screen(self._first_run(WHOLE), then)

    def _begin(self) -> None:
        if self._first is not None:
            try:  # the answers to the screening may leave nothing
                self._send(self._first)
            except HiproutineError as error:
                self.notify(str(error), title="Not for you", timeout=20, markup=False)

    def _lead(self, course: Course) -> None:
        from hiproutine.tui.screens.practice import PracticeScreen

        leader = self.runner.leader(course)

        def finished() -> None:
            practice.dismiss()
            self.runner.ended(leader)
            if leader.record:
                self._show_done(course.session.name, leader.record)

        practice = PracticeScreen(self.runner.context, self.day, leader, finished)
        self.push_screen(practice, lambda _: self._refresh_today())

    def _show_done(self, name: str, record: SessionRecord) -> None:
        from hiproutine.day.ending import ending
        from hiproutine.tui.screens.done import After, DoneScreen

        def note(score: int, where: Where) -> str:
            return with_keys(self._send(Note(score, record, where)))

        def take_back() -> bool:
            before = self.day.past.of(Pain)
            self._send(TakeBack(record))
            return self.day.past.of(Pain) != before

        def felt(exercise: str, how: str) -> str:
            return self._send(Felt(exercise, how, record))

        words, reduced = ending(self.day, record, name), self.day.settings.reduced_motion
        after = After(note, take_back, felt)
        self.push_screen(DoneScreen(words, record, self.runner.context.clock, after, reduced_motion=reduced))

    # ---- from screen to screen ----

    def on_card_wanted(self, event: CardWanted) -> None:
        self._open_card(event.id, event.asker)

    def on_card_screen_begun(self, message: "CardScreen.Begun") -> None:
        message.card.show_begun(self._send(message.event))

    def _open_card(self, name: str, asker: Widget) -> None:
        from hiproutine.catalogue.search import named
        from hiproutine.tui.screens.card import CardScreen

        if entry := named(self.day.catalogue, name):
            show(asker, CardScreen(self.runner, entry, self._leave_and_practise, self._reread))

    def _reread(self, file: Path | None) -> None:
        """Read the catalogue again (see `tui.user_files.Reread`), and refresh every screen that shows entries."""
        from hiproutine.tui.user_files import EntryScreen

        self.runner.reread(file)
        for each in self.screen_stack:
            if isinstance(each, EntryScreen):
                each.reload()
        self._show_today()

    def _leave_and_practise(self, session: Session) -> None:
        """Leave every screen above Today, and practise a session named there."""
        back_to(self, self._today)
        self._send(Practise(session))

    def check_action(self, action: str, _: tuple[object, ...]) -> bool | None:
        if action in LEADING:
            pages = [page for page in self.screen_stack if isinstance(page, Page)]
            return all(page.LEADS_ELSEWHERE for page in pages) and action != pages[-1].OPENED_BY
        if action in ("start", "resume") and self._today.prompt.typed is not None:
            return False  # Enter notes it first
        return self.day.allows(action) and not (action == "keys" and isinstance(self.screen, Palette))

    def action_start(self) -> None:
        """Let a typed number count, or else start today's session."""
        if not self._today.settle():
            self._send(Start())

    def action_anew(self) -> None:
        self.action_start()

    def action_resume(self) -> None:
        """Let a typed number count, or else resume the unfinished session."""
        if not self._today.settle():
            self._send(Resume())

    def action_choose(self) -> None:
        from hiproutine.tui.dialogs.choose_routine import ChooseScreen

        def chosen(session: Session | None) -> None:
            if session:
                self._send(Choose(session))

        current = self.day.plan.session.plan
        self.push_screen(ChooseScreen(self.day.catalogue, self.day.manner, current), chosen)

    def action_programme(self) -> None:
        from hiproutine.tui.dialogs.choose_programme import ProgrammeScreen

        def chosen(event: Follow | None) -> None:
            if event and (words := self._send(event)):
                self.notify(words, markup=False)

        self.push_screen(ProgrammeScreen(self.day), chosen)

    def _go(self, action: str, page: Callable[[], Page[None]]) -> None:
        """Go to the page that an action opens: back to it where it is open below, else from Today."""
        below = (each for each in self.screen_stack if isinstance(each, Page) and action == each.OPENED_BY)
        if there := next(below, None):
            back_to(self, there)
        else:
            back_to(self, self._today)
            self.push_screen(page())

    def action_today(self) -> None:
        back_to(self, self._today)

    def action_library(self) -> None:
        from hiproutine.tui.screens.library import LibraryScreen

        self._go("library", lambda: LibraryScreen(self.runner, self._leave_and_practise, self._reread))

    async def action_search(self) -> None:
        """Go to the Library, and there to the search; one that opens now begins with it."""
        self.action_library()
        if self.screen.is_mounted:
            await self.run_action("screen.search")

    def action_progress(self) -> None:
        from hiproutine.tui.screens.progress import ProgressScreen

        self._go("progress", lambda: ProgressScreen(self.runner, self._refresh_today))

    def action_checks(self) -> None:
        from hiproutine.tui.screens.self_checks import ChecksScreen

        self.push_screen(ChecksScreen(self.runner, self._refresh_today))

    def action_safety(self) -> None:
        self.push_screen(self._safety())

    def _safety(self, of: int = 0) -> Screen[None]:
        from hiproutine.tui.screens.safety import SafetyScreen

        return SafetyScreen(self.day.catalogue, self.runner.context.safety_read, self.runner.context.clock, of)

    def action_sound(self) -> None:
        from hiproutine.tui.screens.sound import SoundScreen

        context = self.runner.context
        self.push_screen(SoundScreen(self.day.settings, context.check_sound, context.sound_advice, self._change))

    def action_settings(self) -> None:
        from hiproutine.tui.screens.settings import SettingsScreen

        self._go("settings", lambda: SettingsScreen(lambda: self.day, self._change, self._ask_screening))

    def _change(self, event: Put | Apply) -> str:
        """Change a setting, here and in the running practice; return why it cannot be saved, or what follows."""
        before = self.day.settings.theme
        reply = self._send(event)
        theme = self.day.settings.theme
        if theme != before and theme in self.available_themes:
            self._worn = self.theme = theme
        if practice := self._practice():
            practice.renew(self.day)
        return reply

    def action_figure(self) -> None:
        """Hide the figure, or show it again."""
        settings = self.day.settings._replace(figure=not self.day.settings.figure)
        if told := self._change(Apply(settings, "figure", "yes" if settings.figure else "no")):
            self.notify(told, title="Not saved", markup=False)

    def action_only_today(self) -> None:
        from hiproutine.tui.dialogs.only_today import OnlyTodayScreen

        self.push_screen(OnlyTodayScreen(self.day.settings.profile, self.day.only, self._send))

    def action_screening(self) -> None:
        self._ask_screening(lambda: None)

    def _ask_screening(self, then: Callable[[], None]) -> None:
        from hiproutine.day.first_run import SCREENING

        self.push_screen(self._first_run(SCREENING), lambda _: then())

    def _save_theme(self, theme: Theme) -> None:
        if theme.name != self._worn:
            self._worn = theme.name
            if told := self._send(Apply(self.day.settings._replace(theme=theme.name), "theme", theme.name)):
                self.notify(told, title="Not saved", markup=False)

    def action_video(self) -> None:
        """Open the video that goes best with the exercise marked on Today."""
        from hiproutine.tui.screens.card import videos_of
        from hiproutine.tui.videos import open_video

        marked = self._today.marked
        if marked and (videos := videos_of(self.day.catalogue, marked.exercise)):
            open_video(self._today, self.runner.context, videos[0], partial(self.notify, markup=False))

    def action_keys(self) -> None:
        """Show the keys of the page in front; on the page of keys, close it."""
        from hiproutine.tui.dialogs.keys import KeysScreen

        if isinstance(self.screen, KeysScreen):
            self.screen.dismiss()
        else:
            self.push_screen(KeysScreen(self.screen))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        named = set()
        for key in commands(*(("today",) if screen is self._today else ()), "app", "page"):
            action = key.action.removeprefix("app.")
            if self.check_action(action, ()):
                named.add(action)
                yield SystemCommand(key.words, key.help, partial(self._command, screen, action, self))
        for key, (node, binding, *_) in offered(screen):
            if key.action.removeprefix("app.") not in named:
                yield SystemCommand(key.words, key.help, partial(self._command, screen, binding.action, node))

    async def _command(self, screen: Screen[Any], action: str, node: DOMNode) -> None:
        """Run a command of the palette over `screen`, only once, even if Enter was pressed twice."""
        if self.screen is screen:
            await self.run_action(action, node)

    def action_command_palette(self) -> None:
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def search_themes(self) -> None:
        self.push_screen(Palette([ThemeProvider], placeholder="Search for themes..."))

    # ---- leaving ----

    def _practice(self) -> "PracticeScreen | None":
        """The running practice screen, even if other screens cover it."""
        from hiproutine.tui.screens.practice import PracticeScreen

        return next((screen for screen in self.screen_stack if isinstance(screen, PracticeScreen)), None)

    async def action_quit(self) -> None:
        """Leave; during practice this asks first."""
        practice = self._practice()
        if practice is None:
            screen = self.screen
            if not (isinstance(screen, PainScreen) and screen.settle() and self.screen is not screen):
                self._leave_saved()
            return
        back_to(self, practice)
        practice.action_stop()

    def _leave_saved(self) -> None:
        """Leave; where records are still unsaved, ask what to do with them first."""
        from hiproutine.tui.dialogs.unsaved import UnsavedScreen

        if isinstance(self.screen, UnsavedScreen):
            return
        if trouble := self.runner.keep():
            self.push_screen(UnsavedScreen(self.runner.unsaved, trouble), lambda leave: self.exit() if leave else None)
        else:
            self.exit()

    def action_suspend_process(self) -> None:
        """Ctrl+Z: pause the session before the process stops; Textual reports it only afterwards."""
        if practice := self._practice():
            practice.on_screen_suspend()
        super().action_suspend_process()

    def _leave_on_signals(self) -> None:
        """Exit in order after `kill` or a lost terminal; what was done is already in the journal.

        Textual itself would die without restoring the terminal; and if a lost terminal sends no signal, its input
        thread would spin forever.
        """
        if self.is_headless or sys.platform == "win32":
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._leave, 128 + number)
        if sys.stdin.isatty():  # else textual-serve draws elsewhere
            self.set_interval(
                TERMINAL_CHECK_S, lambda: None if _terminal_is_there() else self._leave(128 + signal.SIGHUP)
            )

    def _leave(self, code: int) -> None:
        """Restore the terminal and exit with `code`; at once if the terminal is gone.

        Textual's writer waits forever for a terminal that disappears meanwhile, so a watchdog ends the wait.
        """
        if practice := self._practice():
            self.runner.keep(*practice.abandon())
        if not _terminal_is_there():
            self.runner.unsaved.rescue(self.runner.context.home)
            os._exit(code)
        watchdog = threading.Timer(LEAVE_WITHIN_S, os._exit, (code,))
        watchdog.daemon = True
        watchdog.start()
        self.exit(return_code=code)


def _terminal_is_there() -> bool:
    import termios

    try:
        termios.tcgetattr(0)
    except termios.error:
        return False
    return True


def _collect_garbage_again() -> None:
    """Turn the garbage collector back on, which `__main__` turned off for the start; exclude what exists by now."""
    gc.freeze()
    gc.enable()


def run(runner: Runner, first: Event | None = None) -> int:
    """Run until the user leaves; return the exit code. Raises HiproutineError if something could not be saved."""
    app = HiproutineApp(runner, first)
    app.run()
    if told := runner.unsaved.rescue(runner.context.home):
        raise HiproutineError(told)
    return app.return_code or 0
