"""The media controls of the desktop: what practice tells `player`, the process that shows it there."""

import json
import os
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from hiproutine.desktop import dbus
from hiproutine.practice.runner import Leader
from hiproutine.processes import launch, main_of, reap

if TYPE_CHECKING:
    import subprocess

_PLAYER = "hiproutine.desktop.player"
_ENDS_WITHIN_S = 2


class Track(NamedTuple):
    """One side of one exercise, as a piece of music that plays or is paused."""

    number: int
    title: str
    session: str
    length_ms: int
    paused: bool

    @classmethod
    def of(cls, leader: Leader) -> "Track":
        player = leader.player
        step = player.step
        length_ms = sum(part.length_ms for part in step.parts)
        return cls(player.segment.step, step.title, leader.session.name, length_ms, player.paused)


class Media:
    """Shows the running practice among the media players of a desktop; nothing where it has no bus, or no jeepney."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._shown: Track | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._wanted = sys.platform == "linux" and bool(dbus.address(environ)) and find_spec("jeepney") is not None

    def show(self, leader: Leader) -> None:
        """Tell what is running, if that has changed."""
        track = Track.of(leader)
        if not self._wanted or track == self._shown:
            return
        self._shown = track
        position_ms = track.length_ms - leader.player.step_remaining_ms
        line = json.dumps({**track._asdict(), "position_ms": position_ms}) + "\n"
        try:
            if not self._process:
                import subprocess

                self._process = launch(main_of(_PLAYER), self._environ, subprocess.PIPE)
            assert self._process.stdin
            os.write(self._process.stdin.fileno(), line.encode())
        except OSError:  # it ended: the bus is gone, or another player has its name
            self._wanted = False

    def close(self) -> None:
        if self._process:
            assert self._process.stdin
            self._process.stdin.close()
            reap([(self._process, _ENDS_WITHIN_S)])
            self._process = None
