"""Which programs can play a WAV file here, and with which arguments."""

import sys
from typing import NamedTuple

from hiproutine.sound.programs import Machine

INSTALL = "install pipewire-bin, pulseaudio-utils or alsa-utils"

_OPTIONS: dict[str, tuple[str, ...]] = {"pw-play": (), "paplay": (), "aplay": ("-q",), "afplay": ()}
# In a process of its own like every other player, so that one that hangs can be killed.
_WINSOUND = "import sys, winsound; winsound.PlaySound(sys.argv[1], winsound.SND_FILENAME | winsound.SND_NODEFAULT)"


class Player(NamedTuple):
    """A program and what it is given before the name of the file."""

    name: str
    before: tuple[str, ...]

    def arguments(self, file: str) -> list[str]:
        return [*self.before, file]


def found(machine: Machine) -> tuple[Player, ...]:
    """Every player there is, best first."""
    if machine.platform == "win32":
        return (Player("winsound", (sys.executable, "-I", "-S", "-c", _WINSOUND)),)
    paths = ((name, machine.which(name)) for name in _OPTIONS)
    return tuple(Player(name, (path, *_OPTIONS[name])) for name, path in paths if path)
