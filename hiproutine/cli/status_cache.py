"""Cache for `status` in shell prompts: the last answer, as long as it is valid. Imports next to nothing.

A cached answer includes the period, the clock and the history files for which it is valid.
"""

import os
import sys
from time import localtime, time

from hiproutine import cache, xdg

DEFAULT = "{run} {mark} {minutes} min this week"
_WATCHED = (".jsonl", ".yaml", ".yml")
"""Endings of the files of the history and of the catalogue; nothing else in their folders matters."""
_ENVIRONMENT = ("HOME", "TZ", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")


def answer(words: list[str]) -> int | None:
    """Print the cached answer and return the exit code; None if it is not valid, or for unusual arguments."""
    text: str | None
    check = False
    match words:
        case []:
            text = DEFAULT
        case ["--format", text]:
            pass
        case ["--json"]:
            text = None
        case ["--check"]:
            text, check = None, True
        case _:
            return None
    match cache.read(place()):
        case (code, since, until, watched, seen, fields) if code == cache.stamp(__file__):
            if since <= time() < until and seen == circumstances(watched):
                return due(fields) if check else show(fields, text)
    return None


def keep(since: float, until: float, watched: list[str], seen: object, fields: dict[str, object]) -> None:
    """Cache an answer from `since` until before `until`, in s, under the circumstances `seen`."""
    cache.write(place(), (cache.stamp(__file__), since, until, watched, seen, fields))


def circumstances(watched: list[str]) -> object:
    """Return everything besides the time that an answer depends on: environment, zone, files and folders."""
    environment = tuple(os.environ.get(name) for name in _ENVIRONMENT)
    return (environment, localtime().tm_gmtoff, tuple(map(_stamps, watched)))


def _stamps(path: str) -> object:
    try:
        with os.scandir(path) as entries:
            return tuple(
                sorted((each.name, cache.stamp(each.path)) for each in entries if each.name.endswith(_WATCHED))
            )
    except OSError:
        return cache.stamp(path)


def due(fields: dict[str, object]) -> int:
    """Return the exit code of --check: 0 if today is done or a rest day, 1 if it is due."""
    return 0 if fields["done_today"] or fields["rest_today"] else 1


def show(fields: dict[str, object], text: str | None) -> int:
    """Print `text` with each `{name}` of a field replaced by its value, or JSON without a text."""
    if text is None:
        import json

        text = json.dumps(fields, ensure_ascii=False)
    else:
        for name, value in fields.items():
            text = text.replace(f"{{{name}}}", str(value).lower() if isinstance(value, bool) else str(value))
    print(text)
    return 0


def place(name: str = "status") -> str:
    """Return the path in the cache folder; empty where none is known: nothing is written or trusted then."""
    folder = xdg.folder("cache")
    if folder is None and sys.platform != "linux":
        from hiproutine import paths

        folder = str(paths.find().cache)
    return f"{folder}/{name}" if folder else ""
