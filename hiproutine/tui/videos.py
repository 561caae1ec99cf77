"""Opening a video from a screen: never waits, never stays silent."""

from collections.abc import Callable

from textual.dom import DOMNode

from hiproutine.catalogue.model import Link, Video
from hiproutine.tui.world import World

_LOOK_AGAIN_S = 0.5


def open_video(node: DOMNode, world: World, video: Video, tell: Callable[[str], None]) -> None:
    """Opens the video, and tells how that went; where no browser can be opened, tells the address instead."""
    helper = world.open_link(video.url)
    if helper is None:
        tell(_cannot(video))
        return
    tell(f"Opening {video.url}")

    def look() -> None:
        code = helper.poll()
        if code is None:
            node.set_timer(_LOOK_AGAIN_S, look)
        elif code:
            tell(_cannot(video))

    node.set_timer(_LOOK_AGAIN_S, look)


def link_words(link: Link) -> str:
    return f"goes with it ({link.strength})"


def _cannot(video: Video) -> str:
    return f"No browser opens from here: {video.url} (y copies it)"
