"""Play every cue, and print the program that played it and its delay, or what failed and what to do (exit code 1)."""

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
    from hiproutine.sound import self_test
    from hiproutine.sound.output import remote

    settings, machine = context.settings, context.machine
    say(f"Set in {clean(str(context.settings_file))}: {SOUNDS[settings.sound]}, volume {settings.volume} %.")
    if remote(machine.environ):
        say("You are connected to a remote computer, whose sound you cannot hear. Practice rings the terminal bell.")
    checked = []
    for each in context.check_sound(settings):
        say(self_test.words(each))
        checked.append(each)
    for advice in self_test.advice(machine, settings, checked):
        say(advice)
    return 0 if any(each.heard for each in checked) else 1
