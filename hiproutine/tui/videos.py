"""Opening a video from a screen, which never waits and never stays silent, and handing it to a telephone."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from hiproutine import links, qr
from hiproutine.catalogue.model import Video, address
from hiproutine.day.context import Context
from hiproutine.errors import HiproutineError
from hiproutine.tui.pages import Dialog, show

_LOOK_AGAIN_S = 0.5


def open_video(node: Widget, context: Context, video: Video, tell: Callable[[str], None]) -> None:
    """Opens the video, and tells how that went; where nothing can be opened, tells the address instead.

    For a host that is not known it asks first.
    """
    url = address(video)
    host = links.host(url)

    def answered(agreed: bool | None) -> None:
        if agreed:
            context.remember_host(host)
            _open(node, context, url, tell)
        else:
            tell(f"Not opened: {url}")

    if context.knows_host(host):
        _open(node, context, url, tell)
    else:
        show(node, HostScreen(host, url), answered)


def _open(node: Widget, context: Context, url: str, tell: Callable[[str], None]) -> None:
    if node.app.is_web:
        node.app.open_url(url)  # in the browser that the person is looking at
        tell(f"Opening {url}")
        return
    try:
        helper = context.open_link(url)
    except HiproutineError as error:
        tell(f"{error}: {url}")
        return

    def cannot() -> None:
        tell(f"{links.refused(context.settings.video_command, helper)}: {url} (y copies it, Q: QR code)")

    def look() -> None:
        code = helper.poll() if helper else None
        if code is None:
            node.set_timer(_LOOK_AGAIN_S, look)
        elif code:
            cannot()

    if helper is None:
        cannot()
    else:
        tell(f"Opening {url}")
        node.set_timer(_LOOK_AGAIN_S, look)


class HostScreen(Dialog[bool]):
    """Asks whether an address of a host that is not known may be opened."""

    CSS_PATH = "videos.tcss"
    BINDINGS = [
        Binding("y", "dismiss(True)", "Open it"),
        Binding("n,escape,q", "dismiss(False)", "Leave it", key_display="n"),
    ]

    def __init__(self, host: str, url: str) -> None:
        super().__init__()
        self._words = f"{host} is not a video host that is known here.\n\n{url}"

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(Content(self._words))
            yield Static(Content("y opens it, and this host needs no question any more   n leaves it"), classes="hint")


class CodeScreen(Dialog[None]):
    """The address of a video as a QR code: black on white in every theme."""

    CSS_PATH = "videos.tcss"
    BINDINGS = [
        Binding("escape,q,Q,enter", "dismiss", "Back", key_display="esc"),
        Binding("y", "copy", "Copy link"),
    ]

    def __init__(self, video: Video) -> None:
        super().__init__()
        self._url = address(video)
        self._rows = qr.rows(self._url)

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static(Content.styled("\n".join(self._rows), "#000000 on #ffffff"), id="code")
            yield Static(id="about")

    def on_resize(self) -> None:
        told = qr.too_large(self._rows, *self.app.size)
        self.query_one("#code").display = not told
        words = (told, self._url, "esc goes back, y copies the address")
        self.query_one("#about", Static).update(Content("\n\n".join(filter(None, words))))

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self._url)
        self.notify(f"Sent to the clipboard: {self._url}", markup=False)
