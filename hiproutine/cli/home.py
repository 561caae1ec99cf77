"""One user on one machine: the catalogue, the history and the clock that a command works with, each made when asked."""

import os
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from hiproutine import paths
from hiproutine.clock import SystemClock
from hiproutine.errors import HiproutineError
from hiproutine.regular import read_regular
from hiproutine.text import clean

if TYPE_CHECKING:
    from hiproutine.catalogue.model import Catalogue
    from hiproutine.history.records import Record
    from hiproutine.history.store import Past, Store
    from hiproutine.settings import Settings
    from hiproutine.sound.programs import Machine

RECENT = timedelta(weeks=10)


class Home:
    """Made once, in `main`."""

    def __init__(self) -> None:
        self.clock = SystemClock()

    @cached_property
    def paths(self) -> paths.Paths:
        return paths.find()

    @cached_property
    def settings(self) -> "Settings":
        from hiproutine import settings

        return settings.load(self.paths.config / "settings.yaml")

    @property
    def history_folder(self) -> Path:
        # Reading YAML takes as long as all the rest of `streak`, and most people never set this.
        try:
            named = b"history_folder" in read_regular(self.paths.config / "settings.yaml")
        except FileNotFoundError:
            named = False
        except OSError:
            named = True  # whoever loads the settings says why they cannot be read
        return (self.settings.history_folder if named else None) or self.paths.data / "history"

    @cached_property
    def machine(self) -> "Machine":
        import shutil

        from hiproutine.sound.programs import Machine

        return Machine(self.clock, os.environ, shutil.which)

    @cached_property
    def catalogue(self) -> "Catalogue":
        from hiproutine.catalogue import cache

        return cache.load(self.paths.catalogue, self.paths.cache / "catalogue")

    @cached_property
    def store(self) -> "Store":
        from hiproutine.history.store import Store

        return Store(self.history_folder, self.paths.state, self.paths.cache / "history")

    @cached_property
    def past(self) -> "Past":
        """The history; sessions of more than RECENT ago may come without their steps."""
        return self.store.read(steps_since=self.now().date() - RECENT)

    def write(self, *records: "Record") -> None:
        """Adds records to the history. Raises HiproutineError if the disk does not take them."""
        from hiproutine.cli import backup

        try:
            self.store.write(*records)
        except OSError as error:
            place = clean(error.filename or str(self.history_folder))
            raise HiproutineError(f"not saved: {place}: {error.strerror or error}") from error
        backup.weekly(self)

    def now(self) -> datetime:
        return self.clock.now()

    def today(self) -> date:
        from hiproutine.history import days

        return days.today(self.now(), self.past.sessions)
