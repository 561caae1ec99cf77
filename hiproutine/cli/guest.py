"""A guest: the program in a temporary home, of which nothing is left."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hiproutine.cli import parser
from hiproutine.paths import Paths, shipped

_PREFIX = "hiproutine-guest-"


def words(following: list[str]) -> list[str]:
    """Return the words after `--guest`: none, --plain, or `start` with its own. Raises SystemExit for others."""
    if following[:1] not in ([], ["start"], ["--plain"]):
        parser.refuse(f'--guest is for the screen or for "start", not for "{following[0]}"')
    return following


@contextmanager
def home() -> Iterator[tuple[Paths, Path]]:
    """A home for as long as the context lasts, with folders of its own; only a killed program leaves it behind."""
    with TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as folder:
        there = Path(folder)
        yield Paths(shipped(), *(there / kind for kind in ("config", "data", "state", "cache"))), there
