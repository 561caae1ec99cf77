"""One user on one machine: folders, clock, settings, catalogue, history and what is asked of the outside.

Each is made when it is first asked for. Knows neither screens nor commands.
"""

import os
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from hiproutine import paths
from hiproutine.clock import SystemClock
from hiproutine.errors import HiproutineError
from hiproutine.regular import read_regular
from hiproutine.text import clean, of_file, reason

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator, Mapping

    from hiproutine.catalogue.cache import Loaded
    from hiproutine.catalogue.model import Catalogue
    from hiproutine.clock import Clock
    from hiproutine.coach.screening import Screened
    from hiproutine.history.records import Record
    from hiproutine.history.store import Past, Store
    from hiproutine.settings.model import Settings
    from hiproutine.sound.output import Output
    from hiproutine.sound.programs import Machine
    from hiproutine.sound.self_test import Checked
    from hiproutine.yaml.edit import Value


class Progress(Protocol):
    """Shows how much of something slow is done, from 0 to 1, until it is removed."""

    def show(self, part: float) -> None: ...

    def remove(self) -> None: ...


class Context:
    """Made once, in `main`, and handed down; each argument may be replaced, as tests do.

    `progress` makes a progress bar for what it names; `warn` is given what has to be known, but hinders nothing.
    """

    def __init__(
        self,
        *,
        places: "paths.Paths | None" = None,
        clock: "Clock | None" = None,
        machine: "Machine | None" = None,
        editor: "Callable[[Path, int], list[str]] | None" = None,
        progress: "Callable[[str], Progress] | None" = None,
        warn: "Callable[[str], None]" = lambda _: None,
    ) -> None:
        self.clock = clock or SystemClock()
        self.quiet = False
        """Whether to suppress progress bars."""
        self._places = places
        self._machine = machine
        self._editor = editor
        self._progress = progress
        self._warn = warn

    @cached_property
    def paths(self) -> paths.Paths:
        return self._places or paths.find()

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
            named = True  # loading the settings says why they cannot be read
        return (self.settings.history_folder if named else None) or self.paths.data / "history"

    def close_off(self) -> None:
        """Close our folders to other users, where an older version left them open and this run has used one."""
        from hiproutine import files, kept

        if "paths" in vars(self) and any(map(files.is_open, self._folders)) and (closed := self._closed_now()):
            kept.write(self._closed, [*(kept.read(self._closed) or ()), *closed])

    def closed_off(self) -> list[str]:
        """Close everything to other users, and return what they could read until now and was not reported yet."""
        from hiproutine import kept

        found = [*(kept.read(self._closed) or ()), *self._closed_now()]
        self._closed.unlink(missing_ok=True)
        return found

    def _closed_now(self) -> list[str]:
        """A history folder that the user chose stays as it is; nothing is touched where the settings cannot be read."""
        from hiproutine import files

        try:
            history = self.history_folder
        except HiproutineError:
            return []
        return files.close_off(self._folders, None if history == self.paths.data / "history" else history)

    @property
    def _folders(self) -> tuple[Path, ...]:
        return self.paths.config, self.paths.data, self.paths.state, self.paths.cache

    @property
    def _closed(self) -> Path:
        return self.paths.state / "closed-off"

    @cached_property
    def machine(self) -> "Machine":
        import shutil

        from hiproutine.sound.programs import Machine

        return self._machine or Machine(self.clock, os.environ, shutil.which)

    @cached_property
    def catalogue(self) -> "Catalogue":
        return self.loaded.catalogue

    @property
    def left_out(self) -> str:
        """A sentence on the problems of the user's own catalogue files; empty if they have none."""
        return self.loaded.told

    @property
    def hidden(self) -> "Mapping[str, str]":
        """The names of the entries that the user's own catalogue files hide, by id."""
        return self.loaded.hidden

    @cached_property
    def loaded(self) -> "Loaded":
        """The catalogue with what was left out of it, as it was first read."""
        return self.load()

    def load(self) -> "Loaded":
        """Read the catalogue, with a progress bar if that takes long."""
        from hiproutine.catalogue import cache

        places = self.paths
        self.close_off()  # first, since the cache notices a change of a file's mode as well
        bar = self._progress("Reading your catalogue") if self._progress and not self.quiet else None
        try:
            tell = bar.show if bar else lambda _: None
            return cache.load(places.catalogue, places.cache / "catalogue", self.own, tell)
        finally:
            if bar:
                bar.remove()

    @property
    def own(self) -> Path:
        """The folder of the user's own catalogue files, which may be missing."""
        return self.paths.config / "catalogue"

    @cached_property
    def screened(self) -> "Screened":
        from hiproutine.coach import screening

        return screening.screen(self.catalogue, self.settings.profile.conditions)

    @cached_property
    def store(self) -> "Store":
        from hiproutine.history.store import Store

        return Store(self.history_folder, self.paths.state, self.paths.cache / "history")

    @cached_property
    def past(self) -> "Past":
        """The history; sessions older than RECENT may come without their steps."""
        from hiproutine.history.days import day_of
        from hiproutine.history.store import RECENT

        return self.store.read(steps_since=day_of(self.now()) - RECENT)

    def write(self, *records: "Record", import_name: str = "") -> None:
        """Add records to the history; those of an import bear its name. Raises HiproutineError if that fails."""
        try:
            self.store.write(*records, import_name=import_name)
        except OSError as error:
            raise HiproutineError(f"not saved: {of_file(error, self.history_folder)}") from error
        self.back_up()

    @property
    def backups(self) -> Path:
        """The folder of the weekly backups."""
        return self.paths.data / "backups"

    def back_up(self) -> None:
        """Make the weekly backup, if it is due; a failure is only a warning."""
        from hiproutine.history import backup
        from hiproutine.history.days import day_of

        if trouble := backup.weekly(self.backups, self.store, self.settings_file, day_of(self.now())):
            self._warn(trouble)

    def sound(self, settings: "Settings", bell: "Callable[[], None]", notify: "Callable[[str], None]") -> "Output":
        from hiproutine.sound.output import Mode, Sound

        return Sound(Mode(settings.sound), settings.volume, self._tones, self.machine, bell=bell, notify=notify)

    def check_sound(self, settings: "Settings") -> "Iterator[Checked]":
        """Play every cue and speak a sentence, reporting on each."""
        from hiproutine.sound import self_test

        yield from self_test.check_tones(self._tones, settings.volume, self.machine)
        yield self_test.check_speech(settings.volume, self.machine)

    def save_setting(self, key: str, value: "Value | None") -> "Settings":
        """Save a setting, or with None restore its default; return all settings. Raises HiproutineError."""
        from hiproutine.settings import model as settings

        try:
            self.settings = settings.put(self.settings_file, key, value)
        except OSError as error:
            raise HiproutineError(f"{clean(str(self.settings_file))}: {reason(error)}") from error
        return self.settings

    def open_link(self, url: str) -> "subprocess.Popen[bytes] | None":
        """Start the player of the settings, or else a browser, if there is one.

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
            raise HiproutineError(f"{place}: {command[0]} cannot be started ({reason(error)})") from None

    def editor(self, path: Path, line: int) -> list[str]:
        """What opens a file at a line; empty where no editor is set. Raises HiproutineError for what is no command."""
        from hiproutine import editor

        return (self._editor or editor.command)(path, line)

    @property
    def safety_read(self) -> Path:
        """A file that exists once the safety page was read."""
        return self.paths.state / "safety-read"

    def knows_host(self, host: str) -> bool:
        """Whether videos of a host open without a question."""
        from hiproutine import kept, links

        return host in links.KNOWN_HOSTS or host in (kept.read(self._hosts) or ())

    def remember_host(self, host: str) -> None:
        """Open videos of a host without a question from now on."""
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


Home = Context
