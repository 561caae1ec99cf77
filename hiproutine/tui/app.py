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
from textual.screen import Screen
from textual.theme import Theme, ThemeProvider
from textual.widget import Widget

from hiproutine.coach.eligibility import on_the_way
from hiproutine.coach.pain import RED_FLAGS
from hiproutine.coach.planner import Plan
from hiproutine.coach.profile import Only
from hiproutine.coach.requested import sentences
from hiproutine.coach.screening import find
from hiproutine.coach.session import Session
from hiproutine.day.today import Daily
from hiproutine.day.words import with_keys
from hiproutine.errors import HiproutineError
from hiproutine.history.days import streak
from hiproutine.history.records import SessionRecord
from hiproutine.history.store import Past
from hiproutine.practice.asking import correctable
from hiproutine.practice.resume import Course, course, remaining
from hiproutine.settings.model import Settings
from hiproutine.tui.pages import Palette, back_to, show
from hiproutine.tui.screens.pain import PainScreen
from hiproutine.tui.screens.today import TodayScreen
from hiproutine.tui.theme import PHASE_COLOURS, PHASE_COLOURS_ON_LIGHT, THEMES
from hiproutine.tui.widgets.description import CardWanted
from hiproutine.tui.world import World

if TYPE_CHECKING:
    from hiproutine.coach.questions import Meaning
    from hiproutine.tui.screens.practice import PracticeScreen
    from hiproutine.yaml.edit import Value

TERMINAL_CHECK_S = 2
LEAVE_WITHIN_S = 3


class HiproutineApp(App[None]):
    """Begins on Today; with `chosen`, in the practice of that session, `anyway` in spite of pain."""

    TITLE = "hiproutine"
    CSS_PATH = "app.tcss"
    BINDINGS = [
        Binding("ctrl+z", "suspend_process", "Suspend", show=False),
        Binding("f1,question_mark", "keys", "Keys", show=False, key_display="F1", tooltip="These keys"),
    ]

    def __init__(self, world: World, past: Past, chosen: Session | None = None, *, anyway: bool = False) -> None:
        super().__init__()
        self.daily = Daily(world, past, chosen)
        self._chosen = chosen
        self._anyway = anyway
        self._worn = ""
        self._today = TodayScreen(self.daily.given(), self._pain_before)

    def get_default_screen(self) -> Screen[Any]:
        return self._today

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return PHASE_COLOURS if self.current_theme.dark else PHASE_COLOURS_ON_LIGHT

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        chosen = self._world.settings.theme
        self.theme = chosen if chosen in self.available_themes else THEMES[0].name
        self._worn = self.theme
        self.theme_changed_signal.subscribe(self, self._save_theme)
        self._leave_on_signals()
        if not os.path.exists(self._world.safety_read):  # noqa: PTH110 -- Path.exists raises where it may not look
            self.push_screen(self._safety(), lambda _: self._ask_screening(self._begin))
        else:
            self._begin()
        self.call_after_refresh(_collect_garbage_again)

    @property
    def _world(self) -> World:
        return self.daily.world

    # ---- from screen to screen ----

    def _begin(self) -> None:
        if self._chosen:
            try:  # an answer to the screening may have hidden it by now
                session = find(self._world.screened, self._chosen.plan)
                planned = session.plan == self._world.todays.session.plan
                if planned or self._anyway:
                    self._lead(course(session, self._world.settings.manner))
                else:
                    self._practise(session)
            except HiproutineError as error:
                self.notify(str(error), title="Not for you", timeout=20, markup=False)

    def _practise(self, session: Session) -> None:
        """Practises a session that was named."""
        self._decide(session, lambda plan: self._lead(course(plan.session, self._world.settings.manner)))

    def _decide(self, session: Session, then: Callable[[Plan], None]) -> None:
        """Calls `then` with a session that was named, as it will be done; where pain changes it, the person decides."""
        from hiproutine.tui.dialogs.anyway import AnywayScreen

        plan = self.daily.named(session)
        if plan.session == session:
            then(plan)
            return
        whole = self.daily.named(session, anyway=True)
        self.push_screen(AnywayScreen(session.name, plan, whole), lambda chosen: then(chosen) if chosen else None)

    def _lead(self, course: Course) -> None:
        from importlib.metadata import version

        from hiproutine.practice.runner import Leader
        from hiproutine.tui.screens.practice import PracticeScreen

        store, clock = self._world.store, self._world.clock
        exercises = on_the_way(self._world.catalogue.exercises, self.daily.profile, self.daily.past, self.daily.day)
        told = self.daily.elsewhere
        leader = Leader(store, clock, course, exercises, version("hiproutine"))

        def finished() -> None:
            practice.dismiss()
            if leader.unsaved:
                self._tell(self.daily.keep(*leader.records))
            if leader.record:
                from hiproutine.tui.screens.done import DoneScreen, PainAfter

                record = leader.record
                past = self.daily.past._replace(sessions=(*self.daily.past.sessions, record))
                found = streak(past, self._world.clock.now())
                asked = PainAfter(lambda score: self._pain_after(record, score), lambda: self._no_pain_after(record))
                self.push_screen(DoneScreen(course.session.name, record, found, clock, asked))

        practice = PracticeScreen(self._world, leader, finished, told)
        self.push_screen(practice, lambda _: self._refresh_today())

    def _refresh_today(self) -> None:
        self.daily.refresh()
        self._show_today()

    def _show_today(self) -> None:
        self._today.call_later(self._today.show, self.daily.given())

    def _tell(self, trouble: str | None) -> None:
        """Tells what keeps records from being saved, if anything does, and shows Today as it is by now."""
        if trouble:
            self.notify(trouble, title="Not saved yet", severity="error", timeout=20, markup=False)
        self._show_today()

    # ---- pain ----

    def _pain_before(self, score: int) -> None:
        """How much it hurts before practising."""
        self._tell(self.daily.hurts(score))
        if self.daily.gentle:
            self._open_card(RED_FLAGS, self.screen)

    def on_today_screen_new_day(self) -> None:
        self._refresh_today()

    def on_today_screen_no_pain(self, event: TodayScreen.NoPain) -> None:
        self._tell(self.daily.take_back(event.pain))

    def _pain_after(self, session: SessionRecord, score: int) -> str:
        """Notes how much it hurts after a session; what follows, in a sentence."""
        follows, trouble = self.daily.hurts_after(session, score)
        self._tell(trouble)
        return with_keys(follows)

    def _no_pain_after(self, session: SessionRecord) -> bool:
        """Takes back how much it hurt after a session, if that was just noted; whether it was."""
        pain = correctable(self.daily.past, self._world.clock.now(), session.day, session.id)
        if pain:
            self._tell(self.daily.take_back(pain))
        return pain is not None

    # ---- from screen to screen again ----

    def on_card_wanted(self, event: CardWanted) -> None:
        self._open_card(event.id, event.asker)

    def _open_card(self, name: str, asker: Widget) -> None:
        from hiproutine.tui.screens.card import CardScreen

        catalogue = self._world.catalogue
        entry = catalogue.exercises.get(name) or catalogue.cards.get(name)
        if entry:
            card = CardScreen(self._world, entry, self._leave_and_practise, self.daily.read, self._reread)
            show(asker, card)

    def _reread(self, file: Path | None) -> None:
        """Takes over what the user's own files hold by now, as `tui.own.Reread` says."""
        from hiproutine.tui.user_files import EntryScreen

        self.daily.reread(file)
        for each in self.screen_stack:
            if isinstance(each, EntryScreen):
                each.renew(self._world)
        self._show_today()

    def _leave_and_practise(self, session: Session) -> None:
        """From a card, at whatever depth, to the practice."""
        back_to(self, self._today)
        self._practise(session)

    def check_action(self, action: str, _: tuple[object, ...]) -> bool | None:
        match action:
            case "start":
                return bool(self.daily.plan.session.items)
            case "choose":
                return bool(self._world.catalogue.routines)
            case "only_today":
                return bool(self._world.catalogue.routines) and not self.daily.gentle
            case "checks":
                return not self.daily.gentle
            case "resume":
                return self.daily.resumable is not None
        return True

    def action_start(self) -> None:
        if self._today.settle():
            return
        if self.daily.outdated:
            self._refresh_today()
            self.notify("A new day: this is its session. Enter starts it.", markup=False)
            return
        self._lead(course(self._today.plan.session, self._world.settings.manner))

    def action_resume(self) -> None:
        # Meanwhile another window may have taken it, or its time may have run out.
        self._refresh_today()
        resumable = self.daily.resumable
        if not resumable:
            return
        from hiproutine.tui.dialogs.anyway import AnywayScreen

        rest = remaining(resumable)
        plan, whole = self.daily.named(rest), self.daily.named(rest, anyway=True)
        if plan.session == rest:
            self._lead(resumable)
            return
        # Its steps stand in its journal: it is resumed as it was begun, or not at all.
        refused = plan._replace(session=rest._replace(items=()), reasons=(), notes=sentences(plan))
        self.push_screen(
            AnywayScreen(rest.name, refused, whole), lambda chosen: self._lead(resumable) if chosen else None
        )

    def action_choose(self) -> None:
        from hiproutine.tui.dialogs.choose_routine import ChooseScreen

        def chosen(session: Session | None) -> None:
            if session:
                self._decide(session, lambda plan: take(session, plan))

        def take(session: Session, plan: Plan) -> None:
            self.daily.choose(session, plan)
            self._show_today()

        current = self._today.plan.session.plan
        self.push_screen(ChooseScreen(self._world.catalogue, self._world.settings.manner, current), chosen)

    def action_library(self) -> None:
        from hiproutine.tui.screens.library import LibraryScreen

        self.push_screen(LibraryScreen(self._world, self._leave_and_practise, self.daily.read, self._reread))

    def action_progress(self) -> None:
        from hiproutine.tui.screens.progress import ProgressScreen

        self.push_screen(ProgressScreen(self._world, self.daily.read, self._refresh_today))

    def action_checks(self) -> None:
        from hiproutine.tui.screens.self_checks import ChecksScreen

        self.push_screen(ChecksScreen(self._world, self.daily.read, self.daily.keep, self._refresh_today))

    def action_safety(self) -> None:
        self.push_screen(self._safety())

    def _safety(self) -> Screen[None]:
        from hiproutine.tui.screens.safety import SafetyScreen

        return SafetyScreen(self._world)

    def action_sound(self) -> None:
        from hiproutine.tui.screens.sound import SoundScreen

        self.push_screen(SoundScreen(self._world, self._change))

    def action_settings(self) -> None:
        from hiproutine.tui.screens.settings import SettingsScreen

        self.push_screen(SettingsScreen(lambda: self._world.settings, self._put, self._ask_screening))

    def _put(self, key: str, value: "Value | None") -> str:
        """Saves a setting and takes it over; says why it cannot be saved, or what follows that has to be known."""
        try:
            return self._change(self.daily.save(key, value))
        except HiproutineError as error:
            return f"Not saved: {error}"

    def _change(self, settings: Settings) -> str:
        """Takes over changed settings; says why there can be no session for them, if there cannot."""
        before, told = self._world.settings, self.daily.take(settings)
        if settings.theme != before.theme and settings.theme in self.available_themes:
            self._worn = self.theme = settings.theme
        if practice := self._practice():
            practice.resound(self._world)
        self._show_today()
        return told

    def action_only_today(self) -> None:
        from hiproutine.tui.dialogs.only_today import OnlyTodayScreen

        self.push_screen(OnlyTodayScreen(self._world.settings.profile, self.daily.only, self._change_today))

    def _change_today(self, only: Only) -> str:
        told = self.daily.differ(only)
        self._show_today()
        return told

    def action_screening(self) -> None:
        self._ask_screening(lambda: None)

    def _ask_screening(self, then: Callable[[], None]) -> None:
        from hiproutine.tui.screens.screening import ScreeningScreen

        self.push_screen(ScreeningScreen(self._world.settings.profile.conditions, self._answered), lambda _: then())

    def _answered(self, conditions: tuple[str, ...]) -> "tuple[Meaning, str]":
        found = self.daily.answer(conditions)
        self._show_today()
        return found

    def _save_theme(self, theme: Theme) -> None:
        if theme.name != self._worn:
            self._worn = theme.name
            self.daily.take(self._world.settings._replace(theme=theme.name))
            try:
                self._world.save_setting("theme", theme.name)
            except HiproutineError as error:
                self.notify(str(error), title="Not saved", markup=False)

    def action_keys(self) -> None:
        from hiproutine.tui.dialogs.keys import KeysScreen

        self.push_screen(KeysScreen(self.screen))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        for title, about, action in (*(_ON_TODAY if screen is self._today else ()), *_EVERYWHERE):
            if self.check_action(action, ()):
                yield SystemCommand(title, about, partial(self._command, screen, action))

    async def _command(self, screen: Screen[Any], action: str) -> None:
        """What was chosen in the palette over `screen`; once, though Enter may have been pressed twice."""
        if self.screen is screen:
            await self.run_action(action)

    def action_command_palette(self) -> None:
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def search_themes(self) -> None:
        self.push_screen(Palette([ThemeProvider], placeholder="Search for themes..."))

    # ---- leaving ----

    def _practice(self) -> "PracticeScreen | None":
        """The practice that is going on, be it behind other pages."""
        from hiproutine.tui.screens.practice import PracticeScreen

        return next((screen for screen in self.screen_stack if isinstance(screen, PracticeScreen)), None)

    async def action_quit(self) -> None:
        """In practice this asks first."""
        practice = self._practice()
        if practice is None:
            if isinstance(self.screen, PainScreen):
                self.screen.settle()
            self._leave_saved()
            return
        back_to(self, practice)
        practice.action_stop()

    def _leave_saved(self) -> None:
        """Leaves, unless something that was told as done is on no disk: then it is asked what becomes of that."""
        from hiproutine.tui.dialogs.unsaved import UnsavedScreen

        if isinstance(self.screen, UnsavedScreen):
            return
        if trouble := self.daily.keep():
            self.push_screen(UnsavedScreen(self.daily.unsaved, trouble), lambda leave: self.exit() if leave else None)
        else:
            self.exit()

    def action_suspend_process(self) -> None:
        """Ctrl+Z: the session pauses before the process stops; Textual tells of it only after it goes on."""
        if practice := self._practice():
            practice.on_screen_suspend()
        super().action_suspend_process()

    def _leave_on_signals(self) -> None:
        """`kill` or a lost terminal ends the program in order; what was done is in the journal already.

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
        """Gives the terminal back and ends with `code`; at once if there is no terminal any more.

        Textual's writer waits for ever on a terminal that went away meanwhile, so a watchdog ends the wait.
        """
        if practice := self._practice():
            self.daily.keep(*practice.abandon())
        if not _terminal_is_there():
            self.daily.unsaved.rescue(Path.home())
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
"""What the palette has on Today besides: title, what it is, and the action, which a day may not have."""
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
    """`__main__` turned it off to start sooner; what is there by now will never be garbage."""
    gc.freeze()
    gc.enable()


def run(world: World, past: Past, chosen: Session | None, *, anyway: bool = False) -> int:
    """Runs until the user leaves; returns the exit code. Raises HiproutineError if something could not be saved."""
    app = HiproutineApp(world, past, chosen, anyway=anyway)
    app.run()
    if told := app.daily.unsaved.rescue(Path.home()):
        raise HiproutineError(told)
    return app.return_code or 0
