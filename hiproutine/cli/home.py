"""One user on one machine: the catalogue, the history and the clock that a command works with, each made when asked."""

import os
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from hiproutine import paths
from hiproutine.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hiproutine.catalogue.model import Catalogue
    from hiproutine.history.store import Past, Store
    from hiproutine.settings import Settings
    from hiproutine.sound.checking import Checked
    from hiproutine.sound.output import Output
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

        return settings.load(self.settings_file)

    @property
    def settings_file(self) -> "Path":
        return self.paths.config / "settings.yaml"

    @property
    def _tones(self) -> "Path":
        return self.paths.cache / "tones"

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

        return Store(self.paths.data / "history", self.paths.state)

    @cached_property
    def past(self) -> "Past":
        return self.store.read()

    def sound(self, settings: "Settings", bell: "Callable[[], None]", notify: "Callable[[str], None]") -> "Output":
        from hiproutine.sound.output import Mode, Sound

        return Sound(Mode(settings.sound), settings.volume, self._tones, self.machine, bell=bell, notify=notify)

    def check_sound(self, settings: "Settings") -> "Iterator[Checked]":
        """Plays every cue and says a sentence."""
        from hiproutine.sound import checking

        yield from checking.check_tones(self._tones, settings.volume, self.machine)
        yield checking.check_speech(settings.volume, self.machine)

    def save_setting(self, key: str, value: str) -> None:
        """Raises OSError."""
        from hiproutine import settings

        settings.put(self.settings_file, key, value)

    def now(self) -> datetime:
        return self.clock.now()

    def today(self) -> date:
        from hiproutine.history import days

        return days.today(self.now(), self.past.sessions)
