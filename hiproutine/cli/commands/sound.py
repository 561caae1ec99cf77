"""Play every cue, and say which program played it, how fast, and what to install."""

from typing import TYPE_CHECKING

from hiproutine.cli.console import say
from hiproutine.settings.model import SOUNDS
from hiproutine.text import clean

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Context


def arguments(_: "ArgumentParser") -> None:
    """Add none."""


def run(_: "Namespace", home: "Context") -> int:
    from hiproutine.sound import self_test
    from hiproutine.sound.output import remote

    settings, machine = home.settings, home.machine
    say(f"Set in {clean(str(home.settings_file))}: {SOUNDS[settings.sound]}, volume {settings.volume} %.")
    if remote(machine.environ):
        say("You are connected to another computer, whose sound you do not hear. Practice rings the terminal bell.")
    for checked in home.check_sound(settings):
        say(self_test.words(checked))
    for advice in self_test.advice(machine):
        say(f"To hear more: {advice}.")
    return 0
