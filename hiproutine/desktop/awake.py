"""Keeping the screen on during practice, through `keeper`, a process that asks the desktop for it."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from hiproutine.processes import launch, main_of, reap

if TYPE_CHECKING:
    import subprocess

RELEASED_AFTER_S = 300
NO_WAY = 3
"""Exit code of a keeper where nothing can keep the screen on."""
_KEEPER = "hiproutine.desktop.keeper"
_ENDS_WITHIN_S = 2


class Awake:
    """Keep the screen on from the first `beat` until `release`, or until `released_after_s` without a beat."""

    def __init__(
        self, environ: Mapping[str, str], *, wanted: bool = True, released_after_s: float = RELEASED_AFTER_S
    ) -> None:
        self._environ = environ
        self._wanted = wanted
        self._released_after_s = released_after_s
        self._keeper: subprocess.Popen[bytes] | None = None

    def beat(self) -> None:
        """Report that practice continues; call about once a second."""
        if self._keeper and (code := self._keeper.poll()) is not None:
            self._wanted = self._wanted and code != NO_WAY
            self._forget()
        if not self._wanted:
            return
        try:
            if not self._keeper:
                import subprocess

                self._keeper = launch(main_of(_KEEPER, str(self._released_after_s)), self._environ, subprocess.PIPE)
            assert self._keeper.stdin
            os.write(self._keeper.stdin.fileno(), b".")
        except OSError:
            self.release()

    def release(self) -> None:
        """Let the screen go dark again."""
        if self._keeper:
            keeper = self._forget()
            reap([(keeper, _ENDS_WITHIN_S)])

    def _forget(self) -> "subprocess.Popen[bytes]":
        """Close the pipe, which ends the keeper."""
        keeper, self._keeper = self._keeper, None
        assert keeper
        assert keeper.stdin
        keeper.stdin.close()
        return keeper
