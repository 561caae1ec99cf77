"""Play every cue, and print the program that played it, its delay, and what to install."""

from typing import TYPE_CHECKING

from hiproutine.cli.console import say
from hiproutine.settings.model import SOUNDS
from hiproutine.text import clean

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Context


def arguments(_: "ArgumentParser") -> None:
    """Add no arguments."""


def run(_: "Namespace", context: "Context") -> int:
    from hiproutine.sound import engines, self_test
    from hiproutine.sound.output import remote

    settings, machine = context.settings, context.machine
    say(f"Set in {clean(str(context.settings_file))}: {SOUNDS[settings.sound]}, volume {settings.volume} %.")
    if found := engines.found(machine, settings.voice or "", settings.speech_command):
        say(f"The voice is that of {found[0].name}{f' ({settings.voice})' if settings.voice else ''}.")
    if remote(machine.environ):
        say("You are connected to a remote computer, whose sound you cannot hear. Practice rings the terminal bell.")
    for checked in context.check_sound(settings):
        say(self_test.words(checked))
    for advice in self_test.advice(machine, settings):
        say(f"To hear more: {advice}.")
    return 0
