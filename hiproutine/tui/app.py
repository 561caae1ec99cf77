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

from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.notifications import SeverityLevel
from textual.reactive import Initialize, Reactive
from textual.screen import Screen
from textual.theme import BUILTIN_THEMES, Theme, ThemeProvider
from textual.widget import AwaitMount, Widget

from hiproutine.coach.pain import RED_FLAGS
from hiproutine.coach.session import Session
from hiproutine.day.events import (
    Add,
    Answer,
    Apply,
    Ask,
    Begin,
    Choose,
    Event,
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
from hiproutine.history.streak import streak
from hiproutine.practice.resume import Course
from hiproutine.tui.pages import Palette, back_to, show
from hiproutine.tui.screens.pain import PainScreen
from hiproutine.tui.screens.today import TodayScreen
from hiproutine.tui.theme import PHASE_COLOURS, PHASE_COLOURS_ON_LIGHT, THEMES
from hiproutine.tui.widgets.description import CardWanted

if TYPE_CHECKING:
    from hiproutine.coach.questions import Meaning
    from hiproutine.tui.screens.practice import PracticeScreen

TERMINAL_CHECK_S = 2
LEAVE_WITHIN_S = 3
_ALL_THEMES = BUILTIN_THEMES | {theme.name: theme for theme in THEMES}


class HiproutineApp(App[None]):
    """Opens on Today and lets `first` happen; sends events to the day, and shows what follows."""

    TITLE = "hiproutine"
    CSS_PATH = ["app.tcss", "screens/today.tcss"]  # of the first screen Textual reads none
    BINDINGS = [
        Binding("ctrl+z", "suspend_process", "Suspend", show=False),
        Binding("f1,question_mark", "keys", "Keys", show=False, key_display="F1", tooltip="These keys"),
    ]

    def __init__(self, runner: Runner, first: Event | None = None) -> None:
        self.runner = runner
        super().__init__()
        runner.front_end = self._carry_out
        self._worn = self.theme
        self._first = first
        self._today = TodayScreen(self.day, runner.context.clock, self._send_for_today)

    def get_default_screen(self) -> Screen[Any]:
        return self._today

    def _get_screen(self, screen: Screen[Any] | str) -> tuple[Screen[Any], AwaitMount]:
        """Adds the stylesheets of a screen to those that are parsed; Textual would parse all of them anew with them."""
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

    # From the first style on: to change it later means to parse and to apply all of them again.
    theme: Reactive[str] = Reactive(Initialize(_chosen_theme))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return PHASE_COLOURS if self.current_theme.dark else PHASE_COLOURS_ON_LIGHT

    def on_mount(self) -> None:
        self.theme_changed_signal.subscribe(self, self._save_theme)
        self._leave_on_signals()
        if not os.path.exists(self.runner.context.safety_read):  # noqa: PTH110 -- Path.exists raises where it may not look
            self.push_screen(self._safety(), lambda _: self._ask_screening(self._begin))
        else:
            self._begin()
        self.call_after_refresh(_collect_garbage_again)

    @property
    def day(self) -> Day:
        return self.runner.day

    # ---- the day ----

    def _send(self, event: Event) -> str:
        """Let an event happen, and show Today as it is then; return the reply to it."""
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

    def _begin(self) -> None:
        if self._first is not None:
            try:  # an answer to the screening may have left nothing by now
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
        from hiproutine.tui.screens.done import DoneScreen, PainAfter

        def note(score: int) -> str:
            return with_keys(self._send(Note(score, record)))

        def take_back() -> bool:
            before = self.day.past.of(Pain)
            self._send(TakeBack(record))
            return self.day.past.of(Pain) != before

        found = streak(self.day.past, self.runner.context.now())
        self.push_screen(DoneScreen(name, record, found, self.runner.context.clock, PainAfter(note, take_back)))

    # ---- from screen to screen ----

    def on_card_wanted(self, event: CardWanted) -> None:
        self._open_card(event.id, event.asker)

    def _open_card(self, name: str, asker: Widget) -> None:
        from hiproutine.catalogue.search import named
        from hiproutine.tui.screens.card import CardScreen

        if entry := named(self.day.catalogue, name):
            show(asker, CardScreen(self.runner, entry, self._leave_and_practise, self._reread))

    def _reread(self, file: Path | None) -> None:
        """Read the catalogue again, as `tui.user_files.Reread` says, and renew every screen that shows entries."""
        from hiproutine.tui.user_files import EntryScreen

        self.runner.reread(file)
        for each in self.screen_stack:
            if isinstance(each, EntryScreen):
                each.renew()
        self._show_today()

    def _leave_and_practise(self, session: Session) -> None:
        """Leave every screen above Today, and practise a session named there."""
        back_to(self, self._today)
        self._send(Practise(session))

    def check_action(self, action: str, _: tuple[object, ...]) -> bool | None:
        return self.day.allows(action)

    def action_start(self) -> None:
        if not self._today.settle():
            self._send(Start())

    def action_resume(self) -> None:
        self._send(Resume())

    def action_choose(self) -> None:
        from hiproutine.tui.dialogs.choose_routine import ChooseScreen

        def chosen(session: Session | None) -> None:
            if session:
                self._send(Choose(session))

        current = self.day.plan.session.plan
        self.push_screen(ChooseScreen(self.day.catalogue, self.day.settings.manner, current), chosen)

    def action_library(self) -> None:
        from hiproutine.tui.screens.library import LibraryScreen

        self.push_screen(LibraryScreen(self.runner, self._leave_and_practise, self._reread))

    def action_progress(self) -> None:
        from hiproutine.tui.screens.progress import ProgressScreen

        self.push_screen(ProgressScreen(self.runner, self._refresh_today))

    def action_checks(self) -> None:
        from hiproutine.tui.screens.self_checks import ChecksScreen

        self.push_screen(ChecksScreen(self.runner, self._refresh_today))

    def action_safety(self) -> None:
        self.push_screen(self._safety())

    def _safety(self) -> Screen[None]:
        from hiproutine.tui.screens.safety import SafetyScreen

        return SafetyScreen(self.day.catalogue, self.runner.context.safety_read, self.runner.context.clock)

    def action_sound(self) -> None:
        from hiproutine.tui.screens.sound import SoundScreen

        self.push_screen(SoundScreen(self.day.settings, self.runner.context.check_sound, self._change))

    def action_settings(self) -> None:
        from hiproutine.tui.screens.settings import SettingsScreen

        self.push_screen(SettingsScreen(lambda: self.day.settings, self._change, self._ask_screening))

    def _change(self, event: Put | Apply) -> str:
        """Change a setting, here and in the running practice; return why it cannot be saved, or what follows."""
        before = self.day.settings.theme
        reply = self._send(event)
        theme = self.day.settings.theme
        if theme != before and theme in self.available_themes:
            self._worn = self.theme = theme
        if practice := self._practice():
            practice.resound(self.day)
        return reply

    def action_only_today(self) -> None:
        from hiproutine.tui.dialogs.only_today import OnlyTodayScreen

        self.push_screen(OnlyTodayScreen(self.day.settings.profile, self.day.only, self._send))

    def action_screening(self) -> None:
        self._ask_screening(lambda: None)

    def _ask_screening(self, then: Callable[[], None]) -> None:
        from hiproutine.tui.screens.screening import ScreeningScreen

        self.push_screen(ScreeningScreen(self.day.settings.profile.conditions, self._answered), lambda _: then())

    def _answered(self, conditions: tuple[str, ...]) -> "tuple[Meaning, str]":
        from hiproutine.coach.questions import meaning

        fault = self._send(Answer(conditions))
        return meaning(self.day.screened, conditions), f"For now only: {fault}" if fault else ""

    def _save_theme(self, theme: Theme) -> None:
        if theme.name != self._worn:
            self._worn = theme.name
            if told := self._send(Apply(self.day.settings._replace(theme=theme.name), "theme", theme.name)):
                self.notify(told, title="Not saved", markup=False)

    def action_keys(self) -> None:
        from hiproutine.tui.dialogs.keys import KeysScreen

        self.push_screen(KeysScreen(self.screen))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        for title, about, action in (*(_ON_TODAY if screen is self._today else ()), *_EVERYWHERE):
            if self.check_action(action, ()):
                yield SystemCommand(title, about, partial(self._command, screen, action))

    async def _command(self, screen: Screen[Any], action: str) -> None:
        """Run a command of the palette over `screen`, only once, even if Enter was pressed twice."""
        if self.screen is screen:
            await self.run_action(action)

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
            if isinstance(self.screen, PainScreen):
                self.screen.settle()
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
        """End in order after `kill` or a lost terminal; what was done is in the journal already.

        Textual itself would die with the terminal in its hands; and if a lost terminal sends no signal, its input
        thread would spin for ever.
        """
        if self.is_headless or sys.platform == "win32":
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._leave, 128 + number)
        self.set_interval(TERMINAL_CHECK_S, lambda: None if _terminal_is_there() else self._leave(128 + signal.SIGHUP))

    def _leave(self, code: int) -> None:
        """Restore the terminal and exit with `code`; at once if the terminal is gone.

        Textual's writer waits for ever on a terminal that has gone away meanwhile, so a watchdog ends the wait.
        """
        if practice := self._practice():
            self.runner.keep(*practice.abandon())
        if not _terminal_is_there():
            self.runner.unsaved.rescue(Path.home())
            os._exit(code)
        watchdog = threading.Timer(LEAVE_WITHIN_S, os._exit, (code,))
        watchdog.daemon = True
        watchdog.start()
        self.exit(return_code=code)


_ON_TODAY = (
    ("Start", "Start today's session", "start"),
    ("Choose", "Choose another routine for today", "choose"),
    ("Library", "Browse and search all exercises and videos", "library"),
    ("Only today", "Minutes, focus, floor, equipment of today alone", "only_today"),
    ("Settings", "Everything that can be set, and your profile", "settings"),
    ("Screening", "The questions that hide what is not for you", "screening"),
    ("Progress", "What was done so far, and writing down by hand", "progress"),
    ("Self-checks", "What to look at every two weeks, left and right", "checks"),
)
"""Palette commands of Today: title, description, and the action, which the day may not allow."""
_EVERYWHERE = (
    ("Sound", "What is heard and how loud, and every cue to try", "sound"),
    ("Safety", "General information, warning signs, when to stop", "safety"),
    ("Keys", "The keys of this screen", "keys"),
    ("Theme", "Choose other colours", "change_theme"),
    ("Quit", "Leave hiproutine", "quit"),
)


def _terminal_is_there() -> bool:
    import termios

    try:
        termios.tcgetattr(0)
    except termios.error:
        return False
    return True


def _collect_garbage_again() -> None:
    """Turn on what `__main__` turned off to start sooner; what exists by now will never be garbage."""
    gc.freeze()
    gc.enable()


def run(runner: Runner, first: Event | None = None) -> int:
    """Run until the user leaves; return the exit code. Raises HiproutineError if something could not be saved."""
    app = HiproutineApp(runner, first)
    app.run()
    if told := runner.unsaved.rescue(Path.home()):
        raise HiproutineError(told)
    return app.return_code or 0
