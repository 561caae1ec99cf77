"""Holds the current day: reads the clock and the history for it, and carries out what it decides. A thin layer."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from hiproutine.day import today
from hiproutine.day.context import Context
from hiproutine.day.events import (
    CatalogueRead,
    Effect,
    Event,
    FindInterrupted,
    ForFrontEnd,
    HistoryRead,
    InterruptedFound,
    Keep,
    Practised,
    ReadHistory,
    Reply,
    Save,
    Saved,
    Tell,
)
from hiproutine.day.today import Day, decide
from hiproutine.errors import HiproutineError
from hiproutine.history.days import day_of
from hiproutine.history.records import Record
from hiproutine.history.store import RECENT, Past
from hiproutine.history.unsaved import Unsaved
from hiproutine.practice.resume import Course, elsewhere, tidy
from hiproutine.text import clean

if TYPE_CHECKING:
    from hiproutine.coach.session import Session
    from hiproutine.practice.runner import Leader

NOT_SAVED = "Not saved yet"


class Runner:
    """`day` is the current day; `front_end` carries out what is for a front end."""

    def __init__(self, context: Context, chosen: "Session | None" = None) -> None:
        self.context = context
        self.unsaved = Unsaved(context.store)
        """What no disk has taken yet."""
        self.unsaved.take_up()
        self.front_end: Callable[[ForFrontEnd], None] = lambda _: None
        now = context.now()
        self.day = today.begin(
            now=now,
            settings=context.settings,
            loaded=context.loaded,
            screened=context.screened,
            past=context.past,
            chosen=chosen,
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
            case Reply(words):
                return words
            case _:
                self.front_end(effect)
        return ""

    def _save(self, effect: Save) -> str:
        try:
            settings = self.context.save_setting(effect.key, effect.value)
        except HiproutineError as error:
            return str(error) if effect.applied else f"Not saved: {error}"
        return "" if effect.applied else self.send(Saved(settings))

    # ---- history and catalogue ----

    def read(self, steps_since: date = date.min) -> Past:
        """The history, with what no disk has taken yet; sessions of before `steps_since` may come without steps."""
        return self.context.store.read(steps_since).adding(self.unsaved)

    def keep(self, *records: Record) -> str | None:
        """Write records, and whatever waits for a disk; return why that fails, if it does, to be tried again."""
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
        if file and (faults := [line for line in loaded.left_out if line.startswith(f"{clean(str(file))}:")]):
            raise HiproutineError("\n".join(faults))
        self.send(CatalogueRead(loaded))

    def _interrupted(self) -> Course | None:
        return tidy(self.context.store, self.day.catalogue, self.day.settings.manner, self.context.now())

    # ---- practising ----

    def leader(self, course: Course) -> "Leader":
        """What leads through a session."""
        from importlib.metadata import version

        from hiproutine.coach.eligibility import on_the_way
        from hiproutine.practice.runner import Leader

        day = self.day
        variants = on_the_way(day.catalogue.exercises, day.profile, day.past, day.date)
        return Leader(self.context.store, self.context.clock, course, variants, version("hiproutine"))

    def ended(self, leader: "Leader") -> None:
        """Take over the records of a session that is over, or is left for later."""
        trouble = self.keep(*leader.abandon())
        self.send(Practised(leader.records))
        if trouble:
            self.front_end(Tell(trouble, NOT_SAVED, failed=True))
