"""What the screens are given of the world: made in `cli`, replaced in tests."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from hiproutine import links
from hiproutine.catalogue.model import Catalogue
from hiproutine.clock import Clock
from hiproutine.history.store import Store


class World(NamedTuple):
    """`safety_read` is a file that exists once the safety page was read; `open_link` starts a browser if it can."""

    catalogue: Catalogue
    store: Store
    clock: Clock
    safety_read: Path
    open_link: "Callable[[str], subprocess.Popen[bytes] | None]" = links.open_in_browser
