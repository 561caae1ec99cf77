"""The folders of one user on Linux. Imports next to nothing: `platformdirs` takes longer than all of `status`."""

import os
import sys

_BELOW_HOME = {"config": ".config", "data": ".local/share", "state": ".local/state", "cache": ".cache"}
"""Where each kind of file is, if XDG_<KIND>_HOME says nothing else."""


def folder(kind: str) -> "str | None":
    """The folder for files of that kind; None on another system, and where the environment does not name a home."""
    if sys.platform != "linux":
        return None
    base, home = os.environ.get(f"XDG_{kind.upper()}_HOME", ""), os.environ.get("HOME", "")
    if base.startswith("/"):
        return f"{base}/hiproutine"
    return f"{home.rstrip('/')}/{_BELOW_HOME[kind]}/hiproutine" if home.startswith("/") else None
