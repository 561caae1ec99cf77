"""One user on one machine: the catalogue, the history and the clock that a command works with, each made when asked."""

import os
import sys
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from hiproutine import paths
from hiproutine.clock import SystemClock
from hiproutine.errors import HiproutineError
from hiproutine.regular import read_regular
from hiproutine.text import clean

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator, Mapping

    from hiproutine.catalogue.cache import Loaded
    from hiproutine.catalogue.model import Catalogue
    from hiproutine.coach.planner import Plan
    from hiproutine.coach.screening import Screened
    from hiproutine.history.records import Record
    from hiproutine.history.store import Past, Store
    from hiproutine.settings.model import Settings
    from hiproutine.sound.output import Output
    from hiproutine.sound.programs import Machine
    from hiproutine.sound.self_test import Checked
    from hiproutine.yaml.edit import Value


class Home:
    """Made once, in `main`."""

    def __init__(self) -> None:
        self.clock = SystemClock()
        self.quiet = False
        """Whether nobody is to be told what takes long."""

    @cached_property
    def paths(self) -> paths.Paths:
        return paths.find()

    @cached_property
    def settings(self) -> "Settings":
        from hiproutine.settings import model as settings

        return settings.load(self.settings_file)

    @property
    def settings_file(self) -> "Path":
        return self.paths.config / "settings.yaml"

    @property
    def _tones(self) -> "Path":
        return self.paths.cache / "tones"

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
        return self._loaded.catalogue

    @property
    def left_out(self) -> str:
        """That something of the user's own catalogue was left out, as a sentence; empty if nothing was."""
        return self._loaded.told

    @property
    def hidden(self) -> "Mapping[str, str]":
        """The names of what the user's own catalogue hides, by id."""
        return self._loaded.hidden

    @cached_property
    def _loaded(self) -> "Loaded":
        return self.load()

    def load(self) -> "Loaded":
        """Reads the catalogue; what takes long shows how far it is, where somebody sees it."""
        from hiproutine.catalogue import cache
        from hiproutine.cli.progress_bar import Bar

        bar = Bar("Reading your catalogue", None if self.quiet else sys.stderr)
        try:
            return cache.load(self.paths.catalogue, self.paths.cache / "catalogue", self.own, bar.show)
        finally:
            bar.remove()

    @property
    def own(self) -> Path:
        """The folder of the user's own catalogue files; it may not be there."""
        return self.paths.config / "catalogue"

    @cached_property
    def screened(self) -> "Screened":
        from hiproutine.coach import screening

        return screening.screen(self.catalogue, self.settings.profile.conditions)

    @cached_property
    def todays(self) -> "Plan":
        """What to do today. Raises HiproutineError if there is nothing for this person, or nothing fits."""
        return self.planned(self.past)

    def planned(self, past: "Past") -> "Plan":
        """The same, by another history."""
        from hiproutine.coach.planner import todays
        from hiproutine.history import days

        day = days.today(self.now(), past.sessions)
        return todays(self.screened, self.settings.profile, self.settings.manner, past, day)

    @cached_property
    def store(self) -> "Store":
        from hiproutine.history.store import Store

        return Store(self.history_folder, self.paths.state, self.paths.cache / "history")

    @cached_property
    def past(self) -> "Past":
        """The history; sessions of more than RECENT ago may come without their steps."""
        from hiproutine.history.store import RECENT

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

    def sound(self, settings: "Settings", bell: "Callable[[], None]", notify: "Callable[[str], None]") -> "Output":
        from hiproutine.sound.output import Mode, Sound

        return Sound(Mode(settings.sound), settings.volume, self._tones, self.machine, bell=bell, notify=notify)

    def check_sound(self, settings: "Settings") -> "Iterator[Checked]":
        """Plays every cue and says a sentence."""
        from hiproutine.sound import self_test

        yield from self_test.check_tones(self._tones, settings.volume, self.machine)
        yield self_test.check_speech(settings.volume, self.machine)

    def save_setting(self, key: str, value: "Value | None") -> "Settings":
        """The settings as they then are. Raises HiproutineError if they cannot be changed."""
        from hiproutine.settings import model as settings

        try:
            self.settings = settings.put(self.settings_file, key, value)
        except OSError as error:
            raise HiproutineError(f"{clean(str(self.settings_file))}: {error.strerror or error}") from error
        return self.settings

    def open_link(self, url: str) -> "subprocess.Popen[bytes] | None":
        """Starts the player of the settings, or else a browser, if there can be one.

        Raises HiproutineError if the player cannot be started.
        """
        from hiproutine import links

        command = self.settings.video_command
        if not command:
            return links.open_in_browser(url)
        try:
            return links.open_in_player(command, url)
        except OSError as error:
            place = f"{clean(str(self.settings_file))}: video_command"
            raise HiproutineError(f"{place}: {command[0]} cannot be started ({error.strerror})") from None

    def knows_host(self, host: str) -> bool:
        """Whether videos of that host open without a question."""
        from hiproutine import kept, links

        return host in links.KNOWN_HOSTS or host in (kept.read(self._hosts) or ())

    def remember_host(self, host: str) -> None:
        """It is not asked for again."""
        from hiproutine import kept

        kept.write(self._hosts, [*(kept.read(self._hosts) or ()), host])

    @property
    def _hosts(self) -> Path:
        return self.paths.state / "video-hosts"

    def now(self) -> datetime:
        return self.clock.now()

    def today(self) -> date:
        from hiproutine.history import days

        return days.today(self.now(), self.past.sessions)
