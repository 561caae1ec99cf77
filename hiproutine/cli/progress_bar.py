"""A progress bar for slow work, shown only on a terminal."""

import time

from hiproutine import systems

TYPE_CHECKING = False  # that of `typing` would cost its import
if TYPE_CHECKING:
    from typing import TextIO

AFTER_S = 0.5
_CELLS = 20


class Bar:
    """A bar that appears after half a second, if the stream is a capable terminal."""

    def __init__(self, what: str, stream: "TextIO | None") -> None:
        self._stream = stream if systems.takes_escapes(stream) else None
        self._what = what
        self._began = time.monotonic()
        self._line = ""

    def show(self, part: float) -> None:
        """Draw the completed fraction, 0 to 1."""
        if self._stream is None or time.monotonic() - self._began < AFTER_S:
            return
        done = int(part * _CELLS)
        line = f"{self._what} [{'#' * done}{'-' * (_CELLS - done)}] {part:4.0%}"
        if line != self._line:
            self._line = line
            self._write(f"\r{line}")

    def remove(self) -> None:
        if self._line:
            self._write("\r\x1b[K")
            self._line = ""

    def _write(self, text: str) -> None:
        if self._stream:
            self._stream.write(text)
            self._stream.flush()
