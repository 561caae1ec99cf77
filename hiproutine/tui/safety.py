"""The safety page: shown before the first session, later from the palette."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Label, Static

from hiproutine.catalogue.describe import describe
from hiproutine.tui.look import described
from hiproutine.tui.world import World

_FIRST = """\
hiproutine gives general information about mobility practice for adults. It is not medical advice, it does not \
examine you, and it cannot know what is right for your hip. If in doubt, ask a doctor or a physiotherapist first.

Stop an exercise at anything sharp, pinching or catching, at numbness, tingling or dizziness, or when pain goes above \
3 of 10 in a stretch. A stretch is a mild pull, and you keep breathing. A pinch is never something to work through.

Do not practise, but get help, if one of these is true for you:"""


class SafetyScreen(Screen[None]):
    """Ends when the reader says that they have read it, and writes that down."""

    BINDINGS = [
        Binding("enter", "read", "Read on, then: I have read this", priority=True),
        Binding("escape", "back", "Back", key_display="esc"),
        Binding("down,j", "scroll(1)", "Scroll", show=False),
        Binding("up,k", "scroll(-1)", "Scroll", show=False),
    ]

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world

    def compose(self) -> ComposeResult:
        yield Label("Before you practise", classes="title")
        flags = describe(self._world.catalogue, self._world.catalogue.cards["edu-red-flags"])
        # The card's own line and evidence are for the Library.
        sections = tuple(section for section in flags.sections if section.heading != "Evidence")
        with VerticalScroll(id="safety"):
            yield Static(Content(_FIRST))
            yield Static(described(flags._replace(subtitle="", sections=sections)))
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one("#safety").focus()

    def action_scroll(self, lines: int) -> None:
        self.query_one("#safety").scroll_relative(y=lines, animate=False)

    def check_action(self, action: str, _: tuple[object, ...]) -> bool | None:
        return action != "back" or self._world.safety_read.exists()

    def action_back(self) -> None:
        self.dismiss()

    def action_read(self) -> None:
        page = self.query_one("#safety")
        if page.scroll_target_y < page.max_scroll_y:
            page.scroll_page_down(animate=False)
            return
        marker = self._world.safety_read
        if marker.exists():
            self.dismiss()
            return
        try:
            marker.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            marker.write_text(f"{self._world.clock.now():%Y-%m-%d}\n", encoding="utf-8")
        except OSError as error:
            # It is only asked again next time.
            self.app.notify(f"{marker}: {error.strerror}", title="Not saved", severity="warning", markup=False)
        self.dismiss()
