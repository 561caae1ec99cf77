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
    from hiproutine.coach.planner import Plan
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
        self._editor = editor
        self._progress = progress
        self._warn = warn
        # What is given is in the place of what would be made.
        given = {"paths": places, "machine": machine}
        vars(self).update({name: value for name, value in given.items() if value is not None})

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

    def close_off(self) -> None:
        """Takes from others what older versions let them read, once a folder of ours was used and is open to them."""
        from hiproutine import files, kept

        if "paths" in vars(self) and any(map(files.is_open, self._folders)) and (closed := self._closed_now()):
            kept.write(self._closed, [*(kept.read(self._closed) or ()), *closed])

    def closed_off(self) -> list[str]:
        """What others could read until now, or until a command before, and was not told yet. Looks at everything."""
        from hiproutine import kept

        found = [*(kept.read(self._closed) or ()), *self._closed_now()]
        self._closed.unlink(missing_ok=True)
        return found

    def _closed_now(self) -> list[str]:
        """The folder of the history stays as it is where the user chose it; none is touched where that is not known."""
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

        return Machine(self.clock, os.environ, shutil.which)

    @cached_property
    def catalogue(self) -> "Catalogue":
        return self.loaded.catalogue

    @property
    def left_out(self) -> str:
        """That something of the user's own catalogue was left out, as a sentence; empty if nothing was."""
        return self.loaded.told

    @property
    def hidden(self) -> "Mapping[str, str]":
        """The names of what the user's own catalogue hides, by id."""
        return self.loaded.hidden

    @cached_property
    def loaded(self) -> "Loaded":
        """The catalogue with what was left out of it, as it was first read."""
        return self.load()

    def load(self) -> "Loaded":
        """Read the catalogue, with a progress bar if that takes long."""
        from hiproutine.catalogue import cache

        bar = self._progress("Reading your catalogue") if self._progress and not self.quiet else None
        try:
            tell = bar.show if bar else lambda _: None
            return cache.load(self.paths.catalogue, self.paths.cache / "catalogue", self.own, tell)
        finally:
            if bar:
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
        from hiproutine.history.days import day_of
        from hiproutine.history.store import RECENT

        return self.store.read(steps_since=day_of(self.now()) - RECENT)

    def write(self, *records: "Record", import_name: str = "") -> None:
        """Adds records to the history, of an import with its name.

        Raises HiproutineError if the disk does not take them.
        """
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
            raise HiproutineError(f"{clean(str(self.settings_file))}: {reason(error)}") from error
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


Home = Context
