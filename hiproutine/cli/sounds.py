"""The command `sound`: plays every cue, and says which program answered, how fast, and what to install."""

from typing import TYPE_CHECKING

from hiproutine.cli.command import Command
from hiproutine.cli.console import say
from hiproutine.day.context import Home
from hiproutine.settings.model import SOUNDS
from hiproutine.text import clean

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def sound(_: "Namespace", home: Home) -> int:
    from hiproutine.sound import self_test
    from hiproutine.sound.output import remote

    settings, machine = home.settings, home.machine
    say(f"Set in {clean(str(home.settings_file))}: {SOUNDS[settings.sound]}, volume {settings.volume} %.")
    if remote(machine.environ):
        say("You sit at another computer: what is played here is not heard there. Practice rings the terminal's bell.")
    for checked in home.check_sound(settings):
        say(self_test.words(checked))
    for advice in self_test.advice(machine):
        say(f"To hear more: {advice}.")
    return 0


def _arguments(_: "ArgumentParser") -> None:
    """It takes none."""


COMMANDS = {"sound": Command(_arguments, sound)}
