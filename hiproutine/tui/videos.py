"""Open a video from a screen, without waiting and with a notice; or show its address as a QR code."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from hiproutine import links, qr
from hiproutine.catalogue.model import Video, address
from hiproutine.day.context import Context
from hiproutine.errors import HiproutineError
from hiproutine.tui.keys import bindings
from hiproutine.tui.pages import Dialog, show

_LOOK_AGAIN_S = 0.5


def open_video(node: Widget, context: Context, video: Video, tell: Callable[[str], None]) -> None:
    """Open the video and tell the result; where nothing opens it, show its address, to copy or as a QR code.

    Ask first for an unknown host.
    """
    url = address(video)
    host = links.host(url)

    def answered(agreed: bool | None) -> None:
        if agreed:
            context.remember_host(host)
            _open(node, context, video, tell)
        else:
            tell(f"Not opened: {url}")

    if context.knows_host(host):
        _open(node, context, video, tell)
    else:
        show(node, HostScreen(host, url), answered)


def _open(node: Widget, context: Context, video: Video, tell: Callable[[str], None]) -> None:
    url = address(video)
    if node.app.is_web:
        node.app.open_url(url)  # in the browser that shows the app
        tell(f"Opening {url}")
        return
    try:
        helper = context.open_link(url)
    except HiproutineError as error:
        tell(f"{error}: {url}")
        return

    def cannot() -> None:
        why = links.refused(context.settings.video_command, helper)
        if node.screen.is_active:
            show(node, CodeScreen(video, f"{why}."))
        else:
            tell(f"{why}: {url}")

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


def copy_address(node: Widget, url: str) -> str:
    """Send an address to the clipboard; return that in words."""
    node.app.copy_to_clipboard(url)
    return f"Sent to the clipboard: {url}"


class HostScreen(Dialog[bool]):
    """Ask whether to open an address of an unknown host."""

    BINDINGS = bindings("question")

    def __init__(self, host: str, url: str) -> None:
        super().__init__()
        self._words = f"{host} is not a known video host.\n\n{url}"

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box"):
            yield Static(Content(self._words))
            yield Static(Content("y opens it and remembers the host   n cancels"), classes="hint")


class CodeScreen(Dialog[None]):
    """The address of a video as a QR code: black on white in every theme."""

    CSS_PATH = "videos.tcss"
    BINDINGS = bindings("code")

    def __init__(self, video: Video, why: str = "") -> None:
        """`why` says what came before, such as that no browser opened."""
        super().__init__()
        self._why = why
        self._url = address(video)
        self._rows = qr.rows(self._url)

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static(Content.styled("\n".join(self._rows), "#000000 on #ffffff"), id="code")
            yield Static(id="about")

    def on_resize(self) -> None:
        told = qr.too_large(self._rows, *self.app.size)
        self.query_one("#code").display = not told
        words = (self._why, told, self._url, "esc goes back   y copies the address")
        self.query_one("#about", Static).update(Content("\n\n".join(filter(None, words))))

    def action_copy(self) -> None:
        self.notify(copy_address(self, self._url), markup=False)
