"""Errors of the system about a file, as sentences for the user."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hiproutine.errors import HiproutineError
from hiproutine.text import clean, reason


@contextmanager
def file_errors(path: Path) -> Iterator[None]:
    """Turn an OSError into a HiproutineError that names the file."""
    try:
        yield
    except OSError as error:
        raise HiproutineError(f"{clean(str(path))}: {reason(error)}") from error
