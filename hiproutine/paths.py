"""The locations of files. Creates nothing: writers create their folder first."""

import os
import sys
from pathlib import Path
from typing import NamedTuple

from hiproutine import xdg
from hiproutine.errors import HiproutineError

_KINDS = ("config", "data", "state", "cache")
_XDG = tuple(f"XDG_{kind.upper()}_HOME" for kind in _KINDS)


class Paths(NamedTuple):
    """The folders of one user on this machine, and the shipped catalogue."""

    catalogue: Path
    config: Path
    data: Path
    state: Path
    cache: Path


def find() -> Paths:
    """Return the user's folders on this system. Raises HiproutineError if there is no home folder."""
    known = [folder for kind in _KINDS if (folder := xdg.folder(kind))]
    if len(known) == len(Paths._fields) - 1:
        return Paths(shipped(), *map(Path, known))

    import platformdirs

    dirs = platformdirs.PlatformDirs("hiproutine", appauthor=False)
    # Releases of platformdirs differ in what they make of these, relative ones and on macOS; `xdg` does not.
    given = {name: os.environ.pop(name) for name in _XDG if name in os.environ}
    try:
        config, *others = dirs.user_config_path, dirs.user_data_path, dirs.user_state_path, dirs.user_cache_path
        usual = [_of_macos(config) if sys.platform == "darwin" else config, *others]
    except RuntimeError:
        usual = []
    finally:
        os.environ.update(given)
    places = [Path(xdg.given(kind) or place) for kind, place in zip(_KINDS, usual, strict=False)]
    # Older releases of platformdirs return "~/..." unexpanded, and a folder named "~" would be created.
    if not places or not all(path.is_absolute() for path in places):
        raise HiproutineError("no home folder found; set HOME to the full path of your folder")
    return Paths(shipped(), *places)


def _of_macos(library: Path) -> Path:
    """Return `~/.config/hiproutine` where people keep such files, unless settings are already in the library."""
    config = Path.home() / ".config"
    used = any((library / name).exists() for name in ("settings.yaml", "catalogue"))
    return config / library.name if (config / library.name).is_dir() or (config.is_dir() and not used) else library


def shipped() -> Path:
    """Return the folder of the shipped catalogue: in the installed package, or at the top of a checkout."""
    here = Path(__file__).parent
    installed = here / "data"
    return installed if installed.is_dir() else here.parent / "data"
