"""One user on one machine: the catalogue, the history and the clock that a command works with, each made when asked."""

import os
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from hiproutine import paths
from hiproutine.clock import SystemClock

if TYPE_CHECKING:
    from hiproutine.catalogue.cache import Loaded
    from hiproutine.catalogue.model import Catalogue
    from hiproutine.history.store import Past, Store
    from hiproutine.settings import Settings
    from hiproutine.sound.programs import Machine


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

    @cached_property
    def machine(self) -> "Machine":
        import shutil

        from hiproutine.sound.programs import Machine

        return Machine(self.clock, os.environ, shutil.which)

    @cached_property
    def catalogue(self) -> "Catalogue":
        return self._loaded.catalogue

    @property
    def left_out(self) -> str:
        """That something of the user's own catalogue was left out, as a sentence; empty if nothing was."""
        count = len(self._loaded.left_out)
        problems = f"{count} problem{'s' * (count > 1)}"
        return f"Your catalogue has {problems}; `hiproutine check` tells more." if count else ""

    @cached_property
    def _loaded(self) -> "Loaded":
        from hiproutine.catalogue import cache

        return cache.load(self.paths.catalogue, self.paths.cache / "catalogue", self.own)

    @property
    def own(self) -> Path:
        """The folder of the user's own catalogue files; it may not be there."""
        return self.paths.config / "catalogue"

    @cached_property
    def store(self) -> "Store":
        from hiproutine.history.store import Store

        return Store(self.paths.data / "history", self.paths.state)

    @cached_property
    def past(self) -> "Past":
        return self.store.read()

    def now(self) -> datetime:
        return self.clock.now()

    def today(self) -> date:
        from hiproutine.history import days

        return days.today(self.now(), self.past.sessions)
