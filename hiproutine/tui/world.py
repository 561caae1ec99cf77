"""What the screens are given of the world: made in `cli`, replaced in tests."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hiproutine import links
from hiproutine.catalogue.model import Catalogue
from hiproutine.clock import Clock
from hiproutine.history.store import Store

if TYPE_CHECKING:
    import subprocess

    from hiproutine.sound.output import Output


class World(NamedTuple):
    """What is real outside of the screens.

    `safety_read` is a file that exists once the safety page was read; `make_sound` makes the sound of one session out
    of what rings the bell and what shows a notice; `open_link` starts a browser if it can; `left_out` says that
    something of the user's own catalogue could not be used.
    """

    catalogue: Catalogue
    store: Store
    clock: Clock
    safety_read: Path
    make_sound: "Callable[[Callable[[], None], Callable[[str], None]], Output]"
    open_link: "Callable[[str], subprocess.Popen[bytes] | None]" = links.open_in_browser
    left_out: str = ""
