"""The user's folders on Linux. Imports next to nothing: `platformdirs` takes longer than all of `status`."""

import os
import sys

_BELOW_HOME = {"config": ".config", "data": ".local/share", "state": ".local/state", "cache": ".cache"}
"""Default folder of each kind of file, unless XDG_<KIND>_HOME is set."""


def given(kind: str) -> "str | None":
    """Return the folder for files of that kind that the environment names with its full path, on any system."""
    base = os.environ.get(f"XDG_{kind.upper()}_HOME", "")
    return f"{base}/hiproutine" if base.startswith("/") else None


def folder(kind: str) -> "str | None":
    """Return the folder for files of that kind; None on other systems, or if the environment names no home."""
    if sys.platform != "linux":
        return None
    home = os.environ.get("HOME", "")
    if place := given(kind):
        return place
    return f"{home.rstrip('/')}/{_BELOW_HOME[kind]}/hiproutine" if home.startswith("/") else None
