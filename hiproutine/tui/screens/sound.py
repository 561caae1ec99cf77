"""The sound page: mode, volume, and a test of every cue."""

from collections.abc import Callable, Iterator, Sequence

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from hiproutine.day.events import Apply
from hiproutine.settings.model import SOUNDS, Settings
from hiproutine.sound.self_test import Checked, words
from hiproutine.text import of_file
from hiproutine.tui.keys import bindings
from hiproutine.tui.pages import Page
from hiproutine.tui.widgets.footer import Footer
from hiproutine.tui.widgets.nav_bar import NavBar

VOLUME_STEP = 10


class SoundScreen(Page[None]):
    """Change the sound settings at once with `apply`; `check` plays every cue, `advise` says what to do then."""

    CSS_PATH = "sound.tcss"
    BINDINGS = bindings("sound")

    def __init__(
        self,
        settings: Settings,
        check: Callable[[Settings], Iterator[Checked]],
        advise: Callable[[Settings, Sequence[Checked]], tuple[str, ...]],
        apply: Callable[[Apply], str],
    ) -> None:
        super().__init__()
        self._settings = settings
        self._check = check
        self._advise = advise
        self._apply = apply
        self._heard: list[str] = []
        self._playing = False

    def compose(self) -> ComposeResult:
        yield NavBar()
        yield Label("Sound", classes="title")
        yield Static(id="set")
        with VerticalScroll(id="sound"):
            yield Static(id="heard")
        yield Footer()

    def on_mount(self) -> None:
        self._show("")

    def _show(self, told: str) -> None:
        volume = self._settings.volume
        filled = "█" * (volume // VOLUME_STEP)
        lines = (
            "Heard in practice:",
            *(f"  {'●' if mode == self._settings.sound else '○'} {says}" for mode, says in SOUNDS.items()),
            f"Volume: {filled:░<{100 // VOLUME_STEP}} {volume} % of this program's own",
            told or "Enter plays every cue and says which program answers.",
        )
        self.query_one("#set", Static).update(Content("\n".join(lines)))

    def _set(self, key: str, settings: Settings) -> None:
        self._settings = settings
        fault = self._apply(Apply(settings, key, str(getattr(settings, key))))
        self._show(f"For now only: {fault}" if fault else "Saved.")

    def action_mode(self) -> None:
        modes = list(SOUNDS)
        self._set("sound", self._settings._replace(sound=modes[(modes.index(self._settings.sound) + 1) % len(modes)]))

    def action_louder(self, steps: int) -> None:
        volume = max(0, min(100, self._settings.volume + steps * VOLUME_STEP))
        self._set("volume", self._settings._replace(volume=volume))

    def action_play(self) -> None:
        if not self._playing:
            self._playing = True
            self._heard = []
            self._play(self._settings)

    @work(thread=True, exit_on_error=True)
    def _play(self, settings: Settings) -> None:
        for line in self._lines(settings):
            if not self.is_attached:
                return
            self.app.call_from_thread(self._tell, line)
        self._playing = False

    def _lines(self, settings: Settings) -> Iterator[str]:
        checked: list[Checked] = []
        try:
            for each in self._check(settings):
                checked.append(each)
                yield words(each)
        except OSError as error:
            yield of_file(error)
        yield from ("", *self._advise(settings, checked))

    def _tell(self, line: str) -> None:
        self._heard.append(line)
        if self.is_attached:
            self.query_one("#heard", Static).update(Content("\n".join(self._heard)))
            self.query_one("#sound").scroll_end(animate=False)
