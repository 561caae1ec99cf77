"""The command `sound`: plays every cue, and says which program answered, how fast, and what to install."""

from typing import TYPE_CHECKING

from hiproutine.cli.command import Command
from hiproutine.cli.home import Home
from hiproutine.cli.output import say
from hiproutine.settings import SOUNDS

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.sound import checking


def sound(_: "Namespace", home: Home) -> int:
    from hiproutine.sound import checking
    from hiproutine.sound.output import remote

    settings, machine = home.settings, home.machine
    say(f"Set in {home.paths.config / 'settings.yaml'}: {SOUNDS[settings.sound]}, volume {settings.volume} %.")
    if remote(machine.environ):
        say("You sit at another computer: what is played here is not heard there. Practice rings the terminal's bell.")
    for checked in checking.check_tones(home.paths.cache / "tones", settings.volume, machine):
        say(f"{checked.cue or '':<13} {_answers(checked)}")
    say(f"{'voice':<13} {_answers(checking.check_speech(settings.volume, machine))}")
    for advice in checking.advice(machine):
        say(f"To hear more: {advice}.")
    return 0


def _answers(checked: "checking.Checked") -> str:
    words = []
    for answer in checked.answers:
        if answer.worked:
            words.append(f"{answer.program}, started in {answer.started_ms} ms")
        else:
            words.append(f"{answer.program} {'hung' if answer.code is None else f'failed with {answer.code}'}")
    return "; then ".join(words) or "nothing plays it"


def _arguments(_: "ArgumentParser") -> None:
    """It takes none."""


COMMANDS = {"sound": Command(_arguments, sound)}
