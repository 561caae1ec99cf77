"""One user on one machine: folders, clock, settings, catalogue, history, and the services of the system.

Each is made on first use. Knows neither screens nor commands.
"""

import os
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from hiproutine import paths
from hiproutine.clock import SystemClock
from hiproutine.errors import HiproutineError
from hiproutine.files import read_regular
from hiproutine.text import clean, of_file, reason

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from hiproutine.catalogue.cache import Loaded
    from hiproutine.catalogue.figures import Figures
    from hiproutine.catalogue.model import Catalogue
    from hiproutine.clock import Clock
    from hiproutine.coach.screening import Screened
    from hiproutine.desktop.awake import Awake
    from hiproutine.desktop.media import Media
    from hiproutine.desktop.remote import Remote
    from hiproutine.figure.model import Figure
    from hiproutine.history.past import Past
    from hiproutine.history.records import Record
    from hiproutine.history.store import Store
    from hiproutine.settings.model import Manner, Profile, Settings
    from hiproutine.sound.output import Output
    from hiproutine.sound.programs import Machine
    from hiproutine.sound.self_test import Checked
    from hiproutine.yaml.edit import Value


class Progress(Protocol):
    """A progress bar for slow work: shows the completed fraction, 0 to 1, until it is removed."""

    def show(self, part: float) -> None: ...

    def remove(self) -> None: ...


class Context:
    """The context, made once in `main` and handed down; tests replace any argument.

    `progress` returns a progress bar with that label; `warn` reports what does not stop the program.
    """

    def __init__(
        self,
        *,
        places: "paths.Paths | None" = None,
        home: Path | None = None,
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
        self._home = home
        self._machine = machine
        self._editor = editor
        self._progress = progress
        self._warn = warn

    @cached_property
    def paths(self) -> paths.Paths:
        return self._places or paths.find()

    @property
    def home(self) -> Path:
        """The folder for records that no folder of ours takes."""
        return self._home or Path.home()

    @cached_property
    def settings(self) -> "Settings":
        from hiproutine.settings import file as settings

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
        from hiproutine import cache as caching
        from hiproutine import files

        if "paths" in vars(self) and any(map(files.is_open, self._folders)) and (closed := self._closed_now()):
            caching.write(self._closed, [*(caching.read(self._closed) or ()), *closed])

    def closed_off(self) -> list[str]:
        """Close everything to other users; return what they could read until now, unless it was reported before."""
        from hiproutine import cache as caching

        found = [*(caching.read(self._closed) or ()), *self._closed_now()]
        with suppress(OSError):
            self._closed.unlink()
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

    @property
    def catalogue(self) -> "Catalogue":
        return self.loaded.catalogue

    @property
    def catalogue_problems(self) -> str:
        """A sentence on the problems of the user's catalogue files; empty if there are none."""
        return self.loaded.told

    @property
    def hidden(self) -> "Mapping[str, str]":
        """Names of the entries that the user's catalogue files hide, by id."""
        return self.loaded.hidden

    @cached_property
    def loaded(self) -> "Loaded":
        """The catalogue with its problems and hidden entries, as first read or last applied."""
        return self.load()

    def apply(self, loaded: "Loaded") -> None:
        """Use another catalogue from now on; what was made from the one before is made anew."""
        self.loaded = loaded
        for made in ("figures", "screened"):
            vars(self).pop(made, None)

    def load(self) -> "Loaded":
        """Read the catalogue, with a progress bar if that takes long."""
        from hiproutine.catalogue import cache

        places = self.paths
        self.close_off()  # first, since the cache notices a change of a file's mode as well
        bar = self._progress("Reading your catalogue") if self._progress and not self.quiet else None
        try:
            tell = bar.show if bar else lambda _: None
            return cache.load(places.catalogue, places.cache / "catalogue", self.user_catalogue, tell)
        finally:
            if bar:
                bar.remove()

    @cached_property
    def figures(self) -> "Figures":
        """The figures of the exercises, shipped and own."""
        from hiproutine.catalogue.figures import Figures

        return Figures(self.paths.catalogue, self.paths.cache / "figures", self.catalogue.exercises)

    def figure(self, exercise: str) -> "Figure | None":
        """Return the figure of an exercise on its left side; None if it has none, or a faulty one, as `check` says."""
        try:
            return self.figures.find(exercise)
        except HiproutineError:
            return None

    @property
    def user_catalogue(self) -> Path:
        """Folder of the user's catalogue files, which may be missing."""
        return self.paths.config / "catalogue"

    @cached_property
    def screened(self) -> "Screened":
        from hiproutine.coach import screening
        from hiproutine.history.calendar import day_of

        return screening.screen_for(self.catalogue, self.settings.profile, day_of(self.now()))

    @cached_property
    def store(self) -> "Store":
        from hiproutine.history.store import Store

        return Store(self.history_folder, self.paths.state, self.paths.cache / "history")

    @cached_property
    def past(self) -> "Past":
        """The history; sessions older than RECENT may come without their steps."""
        from hiproutine.history.calendar import day_of
        from hiproutine.history.store import RECENT

        return self.store.read(steps_since=day_of(self.now()) - RECENT)

    @property
    def manner(self) -> "Manner":
        """Today's manner of guidance."""
        from hiproutine.coach.instructions import guided

        return guided(self.settings, self.past, self.today())

    @property
    def profile(self) -> "Profile":
        """The profile of the settings, with the days of the goal."""
        from hiproutine.coach.profile import with_goal

        return with_goal(self.settings.profile, self.past, self.today())

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
        from hiproutine.history.calendar import day_of

        if trouble := backup.weekly(self.backups, self.store, self.settings_file, day_of(self.now())):
            self._warn(trouble)

    def sound(self, settings: "Settings", bell: "Callable[[], None]", notify: "Callable[[str], None]") -> "Output":
        from hiproutine.sound.output import Sound

        return Sound(settings, self._tones, self.machine, bell=bell, notify=notify)

    def awake(self, settings: "Settings") -> "Awake":
        """The screen's wake lock; inactive over a remote connection."""
        from hiproutine.desktop.awake import Awake
        from hiproutine.sound.output import remote

        environ = self.machine.environ
        return Awake(environ, wanted=settings.keep_awake and not remote(environ))

    def remote(self) -> "Remote | None":
        """The socket on which practice can be controlled, if there can be one."""
        from hiproutine.desktop.remote import listen

        return listen(self.machine.environ)

    def media(self) -> "Media":
        """The media controls of the desktop, where practice can be seen and controlled, too."""
        from hiproutine.desktop.media import Media

        return Media(self.machine.environ)

    def check_sound(self, settings: "Settings") -> "Iterator[Checked]":
        """Play every cue and speak a sentence, reporting on each."""
        from hiproutine.sound import self_test

        yield from self_test.check_tones(self._tones, settings, self.machine)
        yield self_test.check_speech(self._tones, settings, self.machine)

    def sound_advice(self, settings: "Settings", checked: "Sequence[Checked]") -> tuple[str, ...]:
        """Return what to do about what was not heard, as sentences."""
        from hiproutine.sound import self_test

        return self_test.advice(self.machine, settings, checked)

    def save_settings(self, values: "Mapping[str, Value | None]") -> "Settings":
        """Save settings, or with None restore a default; return all settings. Raises HiproutineError, saving none."""
        from hiproutine.settings import file as settings

        try:
            self.settings = settings.put_all(self.settings_file, values)
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
        """Command that opens a file at a line; empty where no editor is set. Raises HiproutineError."""
        from hiproutine import editor

        return (self._editor or editor.command)(path, line)

    @property
    def safety_read(self) -> Path:
        """Marker file: exists once the safety page was read."""
        return self.paths.state / "safety-read"

    def knows_host(self, host: str) -> bool:
        """Whether videos of a host open without a question."""
        from hiproutine import cache as caching
        from hiproutine import links

        return host in links.KNOWN_HOSTS or host in (caching.read(self._hosts) or ())

    def remember_host(self, host: str) -> None:
        """Open videos of a host without a question from now on."""
        from hiproutine import cache as caching

        caching.write(self._hosts, [*(caching.read(self._hosts) or ()), host])

    @property
    def _hosts(self) -> Path:
        return self.paths.state / "video-hosts"

    def now(self) -> datetime:
        return self.clock.now()

    def today(self) -> date:
        return self.past.today(self.now())
