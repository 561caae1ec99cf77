"""Driving the app in a test: a hand-turned clock, a link opener that only notes, and the screen as text."""

import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import cast
from unittest.mock import patch

from textual.app import App
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget

from hiproutine.catalogue import cache
from hiproutine.catalogue.cache import Loaded
from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.session import Session
from hiproutine.day.context import Context
from hiproutine.day.events import Consent, Practise
from hiproutine.day.runner import Runner
from hiproutine.desktop.awake import Awake
from hiproutine.desktop.remote import Remote, listen
from hiproutine.history.store import Store
from hiproutine.paths import Paths, shipped
from hiproutine.settings.file import load, put_all
from hiproutine.settings.model import Settings
from hiproutine.sound.output import Output
from hiproutine.sound.programs import Machine
from hiproutine.sound.self_test import Checked
from hiproutine.tui.app import HiproutineApp
from hiproutine.tui.screens.first_run import FirstRunScreen
from hiproutine.tui.screens.practice import PracticeScreen
from hiproutine.tui.screens.safety import SafetyScreen
from hiproutine.tui.widgets.big_text import BigText
from hiproutine.yaml.edit import Value
from tests.conftest import HandClock

SIZES = [(80, 24), (60, 20), (200, 50)]


class Opened:
    """A process that has opened a link."""

    def poll(self) -> int:
        return 0


class Desk:
    """One user's world, and the app in it."""

    def __init__(self, folder: Path, catalogue: Catalogue, clock: HandClock) -> None:
        self.clock = clock
        self.catalogue = catalogue
        self.store = Store(folder / "data" / "history", folder / "state")
        self.safety_read = folder / "state" / "safety-read"
        self.opened: list[str] = []
        self.settings = Settings(sound="bell")
        self.settings_file = folder / "config" / "settings.yaml"
        self.saved: list[tuple[str, Value | None]] = []
        self.checked: list[Checked] = []
        self.sound_fault: OSError | None = None
        self.helper: subprocess.Popen[bytes] | None = cast("subprocess.Popen[bytes]", Opened())
        """The process that opens a link; None where nothing can."""
        self.problems: tuple[str, ...] = ()
        self.own = folder / "own"
        self.editor: list[str] = []
        self.environ: dict[str, str] = {}
        """With XDG_RUNTIME_DIR in it practice can be controlled from there."""

    def app(self, chosen: Session | None = None, *, safety_read: bool = True, anyway: bool = False) -> HiproutineApp:
        if safety_read:
            self.safety_read.parent.mkdir(parents=True, exist_ok=True)
            self.safety_read.touch()
        runner = Runner(self.context())
        consent = Consent.ANYWAY if anyway else Consent.UNASKED
        return HiproutineApp(runner, Practise(chosen, consent) if chosen else None)

    def context(self) -> Context:
        """What is real outside, but for a few things that are only noted."""
        return _Noting(self)

    def set(self, text: str) -> None:
        """What stands in the settings."""
        self.settings_file.parent.mkdir(exist_ok=True)
        self.settings_file.write_text(text, encoding="utf-8")
        self.settings = load(self.settings_file)

    def _save(self, values: Mapping[str, Value | None]) -> Settings:
        self.saved += values.items()
        return put_all(self.settings_file, values)

    def pass_time(self, app: HiproutineApp, seconds: float) -> None:
        """Lets that much of practice pass, second by second, without waiting for the screen."""
        whole, rest = divmod(round(seconds * 1000), 1000)
        for ms in [1000] * whole + [rest] * (rest > 0):
            self.clock.turn(ms)
            if isinstance(app.screen, PracticeScreen):
                app.screen.tick()

    async def turn(self, pilot: Pilot[None], seconds: float) -> None:
        """The same, and then waits until the screen shows it; only its last second is drawn, in a tenth of the time."""
        assert isinstance(pilot.app, HiproutineApp)
        with patch.object(PracticeScreen, "_show"):
            self.pass_time(pilot.app, max(0, seconds - 1))
        self.pass_time(pilot.app, min(1, seconds))
        await pilot.pause()

    async def read_safety(self, pilot: Pilot[None]) -> None:
        """Reads the page to its end, as Enter makes one do, and agrees; skips the pages that follow once."""
        while isinstance(pilot.app.screen, SafetyScreen):
            shown = " ".join(text_of(pilot.app).split())
            await pilot.press("enter")
            await pilot.pause()
        assert "ask a doctor or a physiotherapist first" in shown
        while isinstance(pilot.app.screen, FirstRunScreen):
            await pilot.press("s", "T")
            await pilot.pause()

    async def end_segment(self, pilot: Pilot[None]) -> None:
        """Lets the running segment pass."""
        assert isinstance(pilot.app.screen, PracticeScreen)
        await self.turn(pilot, pilot.app.screen.player.remaining_ms / 1000)

    async def work(self, pilot: Pilot[None], seconds: float) -> None:
        """Ends the running get-ready or switch, and then lets that much of practice pass."""
        await self.end_segment(pilot)
        await self.turn(pilot, seconds)

    async def end_session(self, pilot: Pilot[None]) -> None:
        """Lets pass what is left of the session."""
        assert isinstance(pilot.app.screen, PracticeScreen)
        await self.turn(pilot, pilot.app.screen.player.session_remaining_ms / 1000)


class _Noting(Context):
    """The context of a desk."""

    def __init__(self, desk: Desk) -> None:
        folder = desk.safety_read.parent.parent
        places = Paths(shipped(), folder / "config", folder / "data", folder / "state", folder / "cache")
        machine = Machine(desk.clock, {}, lambda _: None)
        super().__init__(places=places, clock=desk.clock, machine=machine, editor=self._command)
        self._desk = desk
        self.store = desk.store
        self.settings = desk.settings
        self.loaded = Loaded(desk.catalogue, desk.problems, {})

    def _command(self, path: Path, line: int) -> list[str]:
        return [*self._desk.editor, str(path), str(line)] if self._desk.editor else []

    @property
    def user_catalogue(self) -> Path:
        return self._desk.own

    def load(self) -> Loaded:
        return cache.load(shipped(), None, self.user_catalogue)

    def save_settings(self, values: Mapping[str, Value | None]) -> Settings:
        self.settings = self._desk._save(values)
        return self.settings

    def sound(self, settings: Settings, bell: Callable[[], None], notify: Callable[[str], None]) -> Output:
        mode = "bell" if settings.sound == "voice" else settings.sound
        return super().sound(settings._replace(sound=mode), bell, notify)

    def awake(self, settings: Settings) -> Awake:
        return Awake({}, wanted=False)

    def remote(self) -> Remote | None:
        return listen(self._desk.environ) if self._desk.environ else None

    def check_sound(self, settings: Settings) -> Iterator[Checked]:
        yield from self._desk.checked
        if self._desk.sound_fault:
            raise self._desk.sound_fault

    def open_link(self, url: str) -> "subprocess.Popen[bytes] | None":
        self._desk.opened.append(url)
        return self._desk.helper


def text_of(app: App[None]) -> str:
    """What is on the screen, line by line."""
    strips = app.screen._compositor.render_strips()
    lines = ("".join(segment.text for segment in strip).replace("\u00a0", " ") for strip in strips)
    return "\n".join(line.rstrip() for line in lines)


def practice(app: HiproutineApp) -> PracticeScreen:
    screen = app.screen
    assert isinstance(screen, PracticeScreen)
    return screen


def big(app: HiproutineApp) -> tuple[str, str]:
    """The big word and the big number."""
    return practice(app)._word.text, practice(app)._number.text


def painted(text: BigText) -> int:
    """How many rows a big text is painted on."""
    return max((child.region.height for child in text.children if child.is_on_screen), default=0)


def cut_off(app: HiproutineApp) -> Iterator[Widget]:
    """The visible widgets of the screen that stick out of it."""
    whole = app.screen.region
    for widget in app.screen.query("*"):
        scrolls = any(isinstance(each, Widget) and each.allow_vertical_scroll for each in widget.ancestors)
        if widget.display and widget.region.area and not scrolls and not whole.contains_region(widget.region):
            yield widget


async def laid_out(app: HiproutineApp, pilot: Pilot[None]) -> list[tuple[str | None, Region]]:
    """Wait until no widget moves any more, such as a figure that is mounted after its page; return where each is."""
    before: list[tuple[str | None, Region]] = []
    while (now := [(each.id, each.region) for each in app.screen.query("*") if each.id != "told"]) != before:
        before = now
        await pilot.pause()
    return now


@contextmanager
def bells(app: HiproutineApp) -> Iterator[list[int]]:
    """Counts the rings: a list that grows by one for each."""
    rung: list[int] = []
    app.bell = lambda: rung.append(1)  # type: ignore[method-assign]
    yield rung
