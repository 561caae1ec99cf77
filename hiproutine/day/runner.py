"""The runner of the current day: reads the clock and the history for it, and carries out its effects."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from hiproutine.day import today
from hiproutine.day.context import Context
from hiproutine.day.deciding import decide
from hiproutine.day.events import (
    CatalogueRead,
    Effect,
    Event,
    FindInterrupted,
    FindLast,
    ForFrontEnd,
    HistoryRead,
    InterruptedFound,
    Keep,
    LastFound,
    Logged,
    Practised,
    ReadHistory,
    RecordSession,
    Reply,
    Save,
    Saved,
    Tell,
)
from hiproutine.day.today import Day
from hiproutine.errors import HiproutineError
from hiproutine.history.calendar import day_of
from hiproutine.history.past import Past
from hiproutine.history.records import Record
from hiproutine.history.store import RECENT
from hiproutine.history.unsaved import Unsaved
from hiproutine.practice.resume import Course, elsewhere, tidy
from hiproutine.text import clean, of_file

if TYPE_CHECKING:
    from hiproutine.practice.runner import Leader

NOT_SAVED = "Not saved yet"


class Runner:
    """Holds `day`, the current day; `front_end` carries out the effects for a front end."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.unsaved = Unsaved(context.store)
        """Records not yet on any disk."""
        self.unsaved.take_up()
        self.front_end: Callable[[ForFrontEnd], None] = lambda _: None
        now = context.now()
        self.day = today.begin(
            now=now,
            settings=context.settings,
            loaded=context.loaded,
            screened=context.screened,
            past=context.past,
        )
        self.day = self._current()._replace(resumable=self._interrupted())

    # ---- events ----

    def send(self, event: Event) -> str:
        """Let an event happen; return the reply to it, if there is one. Raises HiproutineError for what cannot be."""
        self.day, effects = decide(self._current(), event)
        return " ".join(filter(None, map(self._carry_out, effects)))

    def _current(self) -> Day:
        now = self.context.now()
        return self.day._replace(now=now, elsewhere=elsewhere(self.context.store, now))

    def _carry_out(self, effect: Effect) -> str:
        match effect:
            case Keep(records):
                if trouble := self.keep(*records):
                    self.front_end(Tell(trouble, NOT_SAVED, failed=True))
            case Save():
                return self._save(effect)
            case ReadHistory(then):
                self.refresh()
                return "" if then is None else self.send(then)
            case FindInterrupted():
                return self.send(InterruptedFound(self._interrupted()))
            case RecordSession(course, on):
                return self._record(course, on)
            case FindLast(asked):
                return self._find_last(asked)
            case Reply(words):
                return words
            case _:
                self.front_end(effect)
        return ""

    def _save(self, effect: Save) -> str:
        try:
            settings = self.context.save_settings(effect.values)
        except HiproutineError as error:
            return str(error) if effect.applied else f"Not saved: {error}"
        return "" if effect.applied else self.send(Saved(settings))

    def _record(self, course: Course, on: date) -> str:
        from importlib.metadata import version

        from hiproutine.practice.recording import logged

        return self.send(Logged(logged(course, self.context.clock, version("hiproutine"), on)))

    def _find_last(self, asked: bool) -> str:
        """Records that wait for a disk are on none, so nothing older is taken back before them."""
        if trouble := self.keep():
            return f"{NOT_SAVED}: {trouble}"
        try:
            act = self.context.store.newest()
        except OSError as error:
            return of_file(error, "history")
        return self.send(LastFound(act, asked))

    # ---- history and catalogue ----

    def read(self, steps_since: date = date.min) -> Past:
        """Return the history with the unsaved records; sessions before `steps_since` may lack their steps."""
        return self.context.store.read(steps_since).adding(self.unsaved)

    def keep(self, *records: Record) -> str | None:
        """Write records and those that wait; return why that fails, if it does. They are tried again later."""
        return self.unsaved.add(*records)

    def refresh(self) -> None:
        """Read the history again."""
        self.keep()
        # First, since it turns what cannot be resumed into records.
        resumable = self._interrupted()
        self.send(HistoryRead(self.read(day_of(self.context.now()) - RECENT), resumable))

    def reread(self, file: Path | None) -> None:
        """Read the catalogue again. Raises HiproutineError, and changes nothing, if `file` is at fault."""
        loaded = self.context.load()
        if file and (faults := [line for line in loaded.problems if line.startswith(f"{clean(str(file))}:")]):
            raise HiproutineError("\n".join(faults))
        self.send(CatalogueRead(loaded))
        self.context.apply(loaded)

    def _interrupted(self) -> Course | None:
        return tidy(self.context.store, self.day.catalogue, self.day.manner, self.context.now())

    # ---- practising ----

    def leader(self, course: Course) -> "Leader":
        """Return the leader of a session."""
        from importlib.metadata import version

        from hiproutine.coach.eligibility import on_the_way
        from hiproutine.coach.objective import worths
        from hiproutine.practice.runner import Leader

        day = self.day
        variants = on_the_way(day.screened, day.profile, day.past, day.date)
        worth = worths(course.session, day.past, day.profile, day.date)
        return Leader(self.context.store, self.context.clock, course, variants, version("hiproutine"), worth=worth)

    def ended(self, leader: "Leader") -> None:
        """Keep the records of a session that is over or left for later."""
        trouble = self.keep(*leader.abandon())
        self.send(Practised(leader.records))
        if trouble:
            self.front_end(Tell(trouble, NOT_SAVED, failed=True))
