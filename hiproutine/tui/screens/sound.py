"""The sound: what is heard and how loud, and every cue to try."""

from collections.abc import Callable

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Label, Static

from hiproutine.errors import HiproutineError
from hiproutine.settings.model import SOUNDS, Settings
from hiproutine.sound.self_test import words
from hiproutine.tui.pages import Page
from hiproutine.tui.world import World

VOLUME_STEP = 10


class SoundScreen(Page[None]):
    """Changes the settings of sound, each at once: `changed` is given them."""

    BINDINGS = [
        Binding("enter", "play", "Play every cue", tooltip="Play every cue, and say which program answered"),
        Binding("m", "mode", "What is heard", tooltip="Voice and tones, tones alone, the bell, or nothing"),
        Binding("plus,equals_sign,up", "louder(1)", "Louder", key_display="+", tooltip="Louder by 10 %"),
        Binding("minus,down", "louder(-1)", "Softer", key_display="-", tooltip="Softer by 10 %"),
        Binding("escape,q,t", "dismiss", "Back", key_display="esc"),
    ]

    def __init__(self, world: World, changed: Callable[[Settings], object]) -> None:
        super().__init__()
        self._world = world
        self._changed = changed
        self._settings = world.settings
        self._heard: list[str] = []
        self._playing = False

    def compose(self) -> ComposeResult:
        yield Label("Sound", classes="title")
        yield Static(id="set")
        with VerticalScroll(id="sound"):
            yield Static(id="heard")
        yield Footer(show_command_palette=False)

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
        try:
            self._world.save_setting(key, str(getattr(settings, key)))
        except HiproutineError as error:
            self._show(f"For now only: {error}")
        else:
            self._show("Saved.")
        self._changed(settings)

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
        for checked in self._world.check_sound(settings):
            if not self.is_attached:
                return
            self.app.call_from_thread(self._tell, words(checked))
        self._playing = False

    def _tell(self, line: str) -> None:
        self._heard.append(line)
        if self.is_attached:
            self.query_one("#heard", Static).update(Content("\n".join(self._heard)))
            self.query_one("#sound").scroll_end(animate=False)
