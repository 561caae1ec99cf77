"""Where files are. Creates nothing: whoever writes makes the folder first."""

import os
from pathlib import Path
from typing import NamedTuple

from hiproutine import xdg
from hiproutine.errors import HiproutineError

_XDG = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")


class Paths(NamedTuple):
    """The folders of one user on this machine, and the shipped catalogue."""

    catalogue: Path
    config: Path
    data: Path
    state: Path
    cache: Path


def find() -> Paths:
    """The folders that the system names. Raises HiproutineError where there is no home folder at all."""
    known = [folder for kind in ("config", "data", "state", "cache") if (folder := xdg.folder(kind))]
    if len(known) == len(Paths._fields) - 1:
        return Paths(shipped(), *map(Path, known))

    import platformdirs

    dirs = platformdirs.PlatformDirs("hiproutine", appauthor=False)
    # A base folder that is relative is to be ignored, says the XDG specification; older releases do not.
    relative = {name: os.environ[name] for name in _XDG if not Path(os.environ.get(name, "/")).is_absolute()}
    for name in relative:
        del os.environ[name]
    try:
        paths = Paths(shipped(), dirs.user_config_path, dirs.user_data_path, dirs.user_state_path, dirs.user_cache_path)
    except RuntimeError:
        paths = None
    finally:
        os.environ.update(relative)
    # Older releases of platformdirs give "~/..." as it stands, and a folder named "~" would be made.
    if paths is None or not all(path.is_absolute() for path in paths):
        raise HiproutineError("no home folder: none is known; set HOME to the full path of a folder of yours")
    return paths


def shipped() -> Path:
    """The catalogue that came with the program: inside the installed package, or at the top of a checkout."""
    here = Path(__file__).parent
    installed = here / "data"
    return installed if installed.is_dir() else here.parent / "data"
