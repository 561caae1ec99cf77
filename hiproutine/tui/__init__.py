"""The screens. The only place that knows Textual; everything that they show is decided elsewhere."""

from hiproutine.tui.app import run

__all__ = ["run"]
