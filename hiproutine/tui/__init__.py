"""The screens. The only place that knows Textual; everything that they show is decided elsewhere."""

from hiproutine.tui.app import run
from hiproutine.tui.world import World

__all__ = ["World", "run"]
