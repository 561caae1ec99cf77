"""The screens: the only package that uses Textual; what they show is decided elsewhere."""

from hiproutine.tui.app import run

__all__ = ["run"]
