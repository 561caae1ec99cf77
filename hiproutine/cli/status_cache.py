"""Cache for `status` in shell prompts: the last answer, as long as it is valid. Imports next to nothing.

A cached answer names the moments, the clock and the history files for which it is valid.
"""

import os
import sys
from time import localtime, time

from hiproutine import cache, xdg

DEFAULT = "{run} {mark} {minutes} min"
_ENVIRONMENT = ("HOME", "TZ", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")


def answer(words: list[str]) -> bool:
    """Print the cached answer and return True; return False if it is not valid, or if a prompt uses no such words."""
    text: str | None
    match words:
        case []:
            text = DEFAULT
        case ["--format", text]:
            pass
        case ["--json"]:
            text = None
        case _:
            return False
    match cache.read(place()):
        case (code, since, until, watched, seen, fields) if code == cache.stamp(__file__):
            if since <= time() < until and seen == circumstances(watched):
                show(fields, text)
                return True
    return False


def keep(since: float, until: float, watched: list[str], seen: object, fields: dict[str, object]) -> None:
    """Cache an answer for the moments from `since` to before `until`, in s, under the `seen` circumstances."""
    cache.write(place(), (cache.stamp(__file__), since, until, watched, seen, fields))


def circumstances(watched: list[str]) -> object:
    """Return everything but the moment that an answer depends on: the environment, the zone, files and folders."""
    environment = tuple(os.environ.get(name) for name in _ENVIRONMENT)
    return (environment, localtime().tm_gmtoff, tuple(map(_stamps, watched)))


def _stamps(path: str) -> object:
    try:
        with os.scandir(path) as entries:
            return tuple(
                sorted((each.name, cache.stamp(each.path)) for each in entries if each.name.endswith(".jsonl"))
            )
    except OSError:
        return cache.stamp(path)


def show(fields: dict[str, object], text: str | None) -> None:
    """Print `text` with each `{name}` of a field replaced by its value, or JSON without a text."""
    if text is None:
        import json

        text = json.dumps(fields, ensure_ascii=False)
    else:
        for name, value in fields.items():
            text = text.replace(f"{{{name}}}", str(value).lower() if isinstance(value, bool) else str(value))
    print(text)


def place() -> str:
    """Return the file in the cache folder; empty where none is known: nothing is written or trusted then."""
    folder = xdg.folder("cache")
    if folder is None and sys.platform != "linux":
        from hiproutine import paths

        folder = str(paths.find().cache)
    return f"{folder}/status" if folder else ""
