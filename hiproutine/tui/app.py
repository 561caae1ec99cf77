"""The application: which screen follows which, the palette, and leaving the terminal as it was."""

import asyncio
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.screen import Screen
from textual.theme import Theme

from hiproutine.coach import allowed
from hiproutine.coach.pain import RED_FLAGS, Advice, follows, of_day
from hiproutine.coach.plan import Plan, todays_or_none, unplanned
from hiproutine.coach.profile import Only, for_today, within_reach
from hiproutine.coach.questions import Meaning, meaning
from hiproutine.coach.screening import find, screen
from hiproutine.coach.session import Session
from hiproutine.errors import HiproutineError
from hiproutine.history.days import streak, today
from hiproutine.history.records import Pain, Record, SessionRecord
from hiproutine.history.store import RECENT, LeftOver, Past
from hiproutine.practice import by_hand
from hiproutine.practice.resume import Course, course, elsewhere, tidy
from hiproutine.practice.today import with_keys
from hiproutine.settings import Profile, Settings
from hiproutine.text import clean
from hiproutine.tui.links import CardWanted
from hiproutine.tui.look import PHASE_COLOURS, PHASE_COLOURS_ON_LIGHT, THEMES
from hiproutine.tui.today import TodayScreen
from hiproutine.tui.today_texts import Given
from hiproutine.tui.world import World
from hiproutine.yamledit import Value

if TYPE_CHECKING:
    from hiproutine.tui.practice import PracticeScreen

TERMINAL_CHECK_S = 2
LEAVE_WITHIN_S = 3


class HiproutineApp(App[None]):
    """Begins on Today; with `chosen`, in the practice of that session."""

    TITLE = "hiproutine"
    CSS_PATH = "app.tcss"
    BINDINGS = [
        Binding("ctrl+z", "suspend_process", "Suspend", show=False),
        Binding("f1,question_mark", "keys", "Keys", show=False, key_display="F1", tooltip="These keys"),
    ]

    def __init__(self, world: World, past: Past, chosen: Session | None = None) -> None:
        super().__init__()
        self.unsaved: list[Record] = []
        """What no disk has taken yet."""
        self._world = world
        self._past = past
        self._chosen = chosen
        self._worn = ""
        self._only, self._only_on = Only(), date.min
        another = chosen if chosen != world.todays.session else None
        self._plan = unplanned(world.screened, another) if another else world.todays
        self._own_choice = another.plan if another else None
        """What Today was given; what it starts may have been changed there."""
        self._planned_by = self._basis()
        self._resumable = self._tidy()
        self._today = TodayScreen(self._given())

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

    # ---- from screen to screen ----

    def _begin(self) -> None:
        if self._chosen:
            try:  # an answer to the screening may have hidden it by now
                self._practise(find(self._world.screened, self._chosen.plan))
            except HiproutineError as error:
                self.notify(str(error), title="Not for you", timeout=20, markup=False)

    def _practise(self, session: Session) -> None:
        self._lead(course(session, self._world.settings.manner))

    def _lead(self, course: Course) -> None:
        from importlib.metadata import version

        from hiproutine.practice.leader import Leader
        from hiproutine.tui.practice import PracticeScreen

        store, clock = self._world.store, self._world.clock
        exercises = within_reach(self._world.catalogue.exercises, self._todays_profile)
        told = self._elsewhere()
        leader = Leader(store, clock, course, exercises, version("hiproutine"))

        def finished() -> None:
            self.pop_screen()
            if leader.unsaved:
                self.unsaved += leader.records
                self.notify(leader.unsaved, title="Not saved yet", severity="error", timeout=20, markup=False)
            self._refresh_today()
            if leader.record:
                from hiproutine.tui.done import DoneScreen

                record = leader.record
                past = self._past._replace(sessions=(*self._past.sessions, record))
                found = streak(past, self._world.clock.now())
                self.push_screen(
                    DoneScreen(course.session.name, record, found, lambda score: self._pain_after(record, score))
                )

        self.push_screen(PracticeScreen(self._world, leader, finished, told), lambda _: self._refresh_today())

    def save_again(self) -> str | None:
        """Tries once more to save what no disk has taken; says why that fails, if it does."""
        while self.unsaved:
            try:
                self._world.store.write(self.unsaved[0])
            except OSError as error:
                return f"{error.filename or 'history'}: {error.strerror or error}"
            del self.unsaved[0]
        return None

    def _refresh_today(self) -> None:
        """Reads the history anew, and plans anew if anything that a plan follows from is another."""
        self.save_again()
        self._resumable = self._tidy()
        self._past = self._read(self._world.clock.now().date() - RECENT)
        before, self._planned_by = self._planned_by, self._basis()
        if self._planned_by != before:
            self._plan_anew()
        self._show_today()

    def _basis(self) -> object:
        """What of the history a plan of today follows from."""
        past, day = self._past, self._day
        return day, [each for each in past.sessions if each.day < day], past.pains, past.hurts, past.checks

    def _plan_anew(self) -> str:
        """Makes today's session anew. One that was chosen stays as long as neither screening nor pain touches it.

        Says why there can be none, if so; then the one of before stays on the same condition.
        """
        world, day = self._world, self._day
        if self._only_on != day:
            self._only, self._only_on = Only(), day
        made = todays_or_none(world.screened, self._todays_profile, world.settings.manner, self._past, day)
        now = allowed.look(world.screened, self._past, day)
        own = self._found_again(self._own_choice) if self._own_choice else None
        self._world = world._replace(todays=made)
        self._resumable = self._tidy()
        if own and now.leaves(own.session):
            self._plan = own
            return ""
        self._own_choice = None
        if made.session.items or not now.leaves(self._plan.session):
            self._plan = made
        return "" if made.session.items else made.session.honest or ""

    @property
    def _todays_profile(self) -> Profile:
        return for_today(self._world.settings.profile, **self._only._asdict())

    def _found_again(self, plan: str) -> Plan | None:
        with suppress(HiproutineError):  # it may be hidden now
            return unplanned(self._world.screened, find(self._world.screened, plan))
        return None

    @property
    def _day(self) -> date:
        return today(self._world.clock.now(), self._past.sessions)

    def _read(self, steps_since: date = date.min) -> Past:
        """The history, with what no disk has taken yet; sessions of before `steps_since` may come without steps."""
        past = self._world.store.read(steps_since)
        sessions = (record for record in self.unsaved if isinstance(record, SessionRecord))
        pains = (record for record in self.unsaved if isinstance(record, Pain))
        return past._replace(sessions=(*past.sessions, *sessions), pains=(*past.pains, *pains))

    def _show_today(self) -> None:
        self._today.call_later(self._today.show, self._given())

    def _given(self) -> Given:
        return Given(self._world, self._past, self._plan, self._left(), self._elsewhere(), self._only)

    # ---- pain ----

    @property
    def _gentle(self) -> bool:
        """Whether pain leaves only gentle moves today."""
        return of_day(self._past, self._day).advice is Advice.GENTLE

    def action_pain(self, score: int) -> None:
        """How much it hurts before practising; today's session is planned again with it."""
        now = self._world.clock.now()
        self._keep(by_hand.pain(self._past, now, self._day, score))
        self._refresh_today()
        if self._gentle:
            self._open_card(RED_FLAGS)

    def on_today_screen_no_pain(self, event: TodayScreen.NoPain) -> None:
        self._keep([by_hand.void(self._world.clock.now(), event.pain)])
        self._refresh_today()

    def _pain_after(self, session: SessionRecord, score: int) -> str:
        """Notes how much it hurts after a session; what follows, in a sentence."""
        now = self._world.clock.now()
        records = by_hand.pain(self._past, now, session.day, score, session.id)
        self._keep(records)
        self._refresh_today()
        after = records[-1]
        assert isinstance(after, Pain)
        return with_keys(follows(self._past, after))

    def _keep(self, records: list[Record]) -> None:
        """Writes records down; what no disk takes is tried again later."""
        self.unsaved += records
        if trouble := self.save_again():
            self.notify(trouble, title="Not saved yet", severity="error", timeout=20, markup=False)

    # ---- from screen to screen again ----

    def on_card_wanted(self, event: CardWanted) -> None:
        self._open_card(event.id)

    def _open_card(self, name: str) -> None:
        from hiproutine.tui.card import CardScreen

        catalogue = self._world.catalogue
        entry = catalogue.exercises.get(name) or catalogue.cards.get(name)
        if entry:
            card = CardScreen(self._world, entry, self._leave_and_practise, self._read, self._reread)
            self.push_screen(card)

    def _reread(self, file: Path | None) -> None:
        """Takes over what the user's own files hold by now, as `tui.own.Reread` says."""
        from hiproutine.tui.own import EntryScreen

        loaded = self._world.load()
        if file and (faults := [line for line in loaded.left_out if line.startswith(f"{clean(str(file))}:")]):
            raise HiproutineError("\n".join(faults))
        screened = screen(loaded.catalogue, self._world.settings.profile.conditions)
        before = self._world, self._plan, self._own_choice
        self._world = self._world._replace(screened=screened, left_out=loaded.told, hidden=loaded.hidden)
        told = self._plan_anew()
        if told and before[0].todays.session.items:
            self._world, self._plan, self._own_choice = before
            self._resumable = self._tidy()
            raise HiproutineError(told)
        for each in self.screen_stack:
            if isinstance(each, EntryScreen):
                each.renew(self._world)
        self._refresh_today()

    def _leave_and_practise(self, session: Session) -> None:
        """From a card, at whatever depth, to the practice."""
        while self.screen is not self._today:
            self.pop_screen()
        self._practise(session)

    def check_action(self, action: str, _: tuple[object, ...]) -> bool | None:
        match action:
            case "start":
                return bool(self._plan.session.items)
            case "choose" | "only_today":
                return bool(self._world.catalogue.routines) and not self._gentle
            case "resume":
                return self._resumable is not None and not self._gentle
        return True

    def _tidy(self) -> Course | None:
        return tidy(self._world.store, self._world.catalogue, self._world.settings.manner, self._world.clock.now())

    def _elsewhere(self) -> str:
        return elsewhere(self._world.store, self._world.clock.now())

    def _left(self) -> LeftOver | None:
        return self._resumable.left if self._resumable and not self._gentle else None

    def action_start(self) -> None:
        self._practise(self._today.plan.session)

    def action_resume(self) -> None:
        # Meanwhile another window may have taken it, or its time may have run out.
        self._refresh_today()
        if self._resumable:
            self._lead(self._resumable)

    def action_choose(self) -> None:
        from hiproutine.tui.choose import ChooseScreen

        def chosen(session: Session | None) -> None:
            if session:
                self._plan = unplanned(self._world.screened, session)
                self._own_choice = session.plan
                self._show_today()

        current = self._today.plan.session.plan
        self.push_screen(ChooseScreen(self._world.catalogue, self._world.settings.manner, current), chosen)

    def action_library(self) -> None:
        from hiproutine.tui.library import LibraryScreen

        self.push_screen(LibraryScreen(self._world, self._leave_and_practise, self._read, self._reread))

    def action_progress(self) -> None:
        from hiproutine.tui.progress import ProgressScreen

        self.push_screen(ProgressScreen(self._world, self._read, self._refresh_today))

    def action_checks(self) -> None:
        from hiproutine.tui.checks import ChecksScreen

        self.push_screen(ChecksScreen(self._world, self._read, self._refresh_today))

    def action_safety(self) -> None:
        self.push_screen(self._safety())

    def _safety(self) -> Screen[None]:
        from hiproutine.tui.safety import SafetyScreen

        return SafetyScreen(self._world)

    def action_sound(self) -> None:
        from hiproutine.tui.sound import SoundScreen

        self.push_screen(SoundScreen(self._world, self._change))

    def action_settings(self) -> None:
        from hiproutine.tui.settings import SettingsScreen

        self.push_screen(SettingsScreen(lambda: self._world.settings, self._put, self._ask_screening))

    def _put(self, key: str, value: Value | None) -> str:
        """Saves a setting and takes it over; says why it cannot be saved, or what follows that has to be known."""
        try:
            saved = self._world.save_setting(key, value)
        except HiproutineError as error:
            return f"Not saved: {error}"
        # Answers to the screening hold even where they could not be saved.
        conditions = self._world.settings.profile.conditions
        return self._change(saved._replace(profile=saved.profile._replace(conditions=conditions)))

    def _change(self, settings: Settings) -> str:
        """Takes over changed settings; says why there can be no session for them, if there cannot."""
        before, self._world = self._world.settings, self._world._replace(settings=settings)
        if settings.theme != before.theme and settings.theme in self.available_themes:
            self._worn = self.theme = settings.theme
        if practice := self._practice():
            practice.resound(self._world)
        if (settings.profile, settings.manner) == (before.profile, before.manner):
            return ""
        if settings.profile.conditions != before.profile.conditions:
            screened = screen(self._world.screened.whole, settings.profile.conditions)
            self._world = self._world._replace(screened=screened)
        told = self._plan_anew()
        self._show_today()
        return told

    def action_only_today(self) -> None:
        from hiproutine.tui.only_today import OnlyTodayScreen

        self.push_screen(OnlyTodayScreen(self._world.settings.profile, self._only, self._change_today))

    def _change_today(self, only: Only) -> str:
        """Makes today's session for what is different today; where there can be none, all stays and it is said why."""
        if only != Only() and not (only.minutes or self._world.settings.profile.minutes):
            return "Choose the minutes too: without them the coach cannot plan."
        before, self._only, self._only_on = self._only, only, self._day
        if told := self._plan_anew():
            self._only = before
            return f"{told} Today stays as it was."
        self._show_today()
        return ""

    def action_screening(self) -> None:
        self._ask_screening(lambda: None)

    def _ask_screening(self, then: Callable[[], None]) -> None:
        from hiproutine.tui.screening import ScreeningScreen

        self.push_screen(ScreeningScreen(self._world.settings.profile.conditions, self._answered), lambda _: then())

    def _answered(self, conditions: tuple[str, ...]) -> tuple[Meaning, str]:
        """Takes over the answers to the screening, be it that they cannot be saved; says what they mean."""
        settings = self._world.settings
        told = ""
        if conditions != settings.profile.conditions:
            self._change(settings._replace(profile=settings.profile._replace(conditions=conditions)))
            try:
                self._world.save_setting("conditions", conditions)
            except HiproutineError as error:
                told = f"For now only: {error}"
        return meaning(self._world.screened, conditions), told

    def _save_theme(self, theme: Theme) -> None:
        if theme.name != self._worn:
            self._worn = theme.name
            self._world = self._world._replace(settings=self._world.settings._replace(theme=theme.name))
            try:
                self._world.save_setting("theme", theme.name)
            except HiproutineError as error:
                self.notify(str(error), title="Not saved", markup=False)

    def action_keys(self) -> None:
        from hiproutine.tui.keys import KeysScreen

        self.push_screen(KeysScreen(self.screen))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        if screen is self._today:
            yield SystemCommand("Start", "Start today's session", self.action_start)
            yield SystemCommand("Choose", "Choose another routine for today", self.action_choose)
            yield SystemCommand("Library", "Browse and search all exercises and videos", self.action_library)
            yield SystemCommand("Only today", "Minutes, focus, floor, equipment of today alone", self.action_only_today)
            yield SystemCommand("Settings", "Everything that can be set, and your profile", self.action_settings)
            yield SystemCommand("Screening", "The questions that hide what is not for you", self.action_screening)
            yield SystemCommand("Progress", "What was done so far, and writing down by hand", self.action_progress)
            yield SystemCommand("Self-checks", "What to look at every two weeks, left and right", self.action_checks)
        yield SystemCommand("Sound", "What is heard and how loud, and every cue to try", self.action_sound)
        yield SystemCommand("Safety", "General information, warning signs, when to stop", self.action_safety)
        yield SystemCommand("Keys", "The keys of this screen", self.action_keys)
        yield SystemCommand("Theme", "Choose other colours", self.action_change_theme)
        yield SystemCommand("Quit", "Leave hiproutine", self.action_quit)

    # ---- leaving ----

    def _practice(self) -> "PracticeScreen | None":
        """The practice that is going on, be it behind other pages."""
        from hiproutine.tui.practice import PracticeScreen

        return next((screen for screen in self.screen_stack if isinstance(screen, PracticeScreen)), None)

    async def action_quit(self) -> None:
        """In practice this asks first."""
        practice = self._practice()
        if practice is None:
            self.exit()
            return
        while self.screen is not practice:
            self.pop_screen()
        practice.action_stop()

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
            practice.on_unmount()
        if not _terminal_is_there():
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
    """`__main__` turned it off to start sooner; what is there by now will never be garbage."""
    gc.freeze()
    gc.enable()


def run(world: World, past: Past, chosen: Session | None) -> int:
    """Runs until the user leaves; returns the exit code. Raises HiproutineError if a session could not be saved."""
    app = HiproutineApp(world, past, chosen)
    app.run()
    if trouble := app.save_again():
        raise HiproutineError(f"the session could not be saved: {trouble}")
    return app.return_code or 0
