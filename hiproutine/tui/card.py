"""One entry of the catalogue in full, with its videos one key away."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, Label, Static

from hiproutine.catalogue.describe import describe
from hiproutine.catalogue.model import Card, Exercise, Routine, Video, address, linked, strongest
from hiproutine.coach.session import Session, of_exercise, of_routine
from hiproutine.tui.look import described
from hiproutine.tui.videos import CodeScreen, open_video
from hiproutine.tui.world import World

Entry = Exercise | Routine | Video | Card


class CardScreen(Screen[None]):
    """Shows `entry`; `practise` is called with the session that it makes."""

    BINDINGS = [
        Binding("escape,q,b", "dismiss", "Back", key_display="esc"),
        Binding("enter,s", "practise", "Practise", key_display="enter"),
        Binding("v", "video(1)", "Video", tooltip="Open the video that goes best with it"),
        Binding("y", "copy(1)", "Copy link", tooltip="Copy the address of that video"),
        Binding("Q", "code(1)", "QR code", show=False, tooltip="Show the address of that video to a telephone"),
        *(Binding(str(n), f"video({n})", f"Video {n}", show=False) for n in range(1, 10)),
    ]

    def __init__(self, world: World, entry: Entry, practise: Callable[[Session], None]) -> None:
        super().__init__()
        self._world = world
        self._entry = entry
        self._practise = practise
        self._videos = videos_of(world, entry)

    def compose(self) -> ComposeResult:
        description = describe(self._world.catalogue, self._entry)
        yield Label(description.title, classes="title", markup=False)
        with VerticalScroll(id="card"):
            yield Static(described(description))
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one("#card").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "practise":
            return isinstance(self._entry, Exercise | Routine)
        if action in ("video", "copy", "code"):
            return isinstance(parameters[0], int) and parameters[0] <= len(self._videos)
        return True

    def action_practise(self) -> None:
        if isinstance(self._entry, Exercise):
            self._practise(of_exercise(self._entry))
        elif isinstance(self._entry, Routine):
            self._practise(of_routine(self._world.catalogue, self._entry))

    def action_video(self, number: int) -> None:
        open_video(self, self._world, self._videos[number - 1], self._tell)

    def action_copy(self, number: int) -> None:
        url = address(self._videos[number - 1])
        self.app.copy_to_clipboard(url)
        self._tell(f"Sent to the clipboard: {url}")

    def action_code(self, number: int) -> None:
        self.app.push_screen(CodeScreen(self._videos[number - 1]))

    def _tell(self, text: str) -> None:
        self.notify(text, markup=False)


def videos_of(world: World, entry: Entry) -> list[Video]:
    """The videos that go with an entry, the surest first."""
    if isinstance(entry, Video):
        return [entry]
    links = entry.goes_with if isinstance(entry, Routine) else entry.videos
    return [linked(world.catalogue.videos, link) for link in strongest(links)]
