"""What stands on the command line: finds the command, reads its arguments, and runs it."""

import argparse
import importlib
import re
from typing import NoReturn

from hiproutine.day.context import Home
from hiproutine.errors import nearest
from hiproutine.text import clean

_EXAMPLES = """\
examples:
  hiproutine                             today's session on the screen
  hiproutine start five-minute           straight into a routine, or into one exercise
  hiproutine start glute-bridge side-plank pelvic-tilt-supine    several, in the order with the fewest changes
  hiproutine today                       what today's session is and how long it takes
  hiproutine today --minutes 7 --why     what the coach chooses for 7 minutes, and why
  hiproutine list --category mobility    exercises; also --area, --equipment, --position, --level
  hiproutine list --routines             routines; --videos lists the note's videos
  hiproutine show half-kneeling-hip-flexor
  hiproutine video supine-figure-four    opens the video that goes with it
  hiproutine rehearse four-everyday      every cue of a session with its time, at once
  hiproutine streak --json
  hiproutine status                      the same in a few characters, for prompts
  hiproutine log four-everyday --day yesterday
  hiproutine goal 5/7 --rest sat,sun
  hiproutine history --since 2026-11-01
  hiproutine new exercise                an exercise of your own; also routine, and video --from URL
  hiproutine check                       what is wrong with your own files, and what to look at again
  hiproutine sound                       every cue to hear, and what to install where nothing plays
"""

# The command, the module that holds it, and what it does. A module is imported, and its arguments are built, for its
# own commands alone: that is a third of the time of `streak`.
_COMMANDS = {
    "start": ("sessions", "practise a routine or a single exercise at once"),
    "today": ("sessions", "the session of today, or of a routine, with its honest length"),
    "rehearse": ("sessions", "every cue of a session with its time, without waiting"),
    "streak": ("sessions", "days in a row"),
    "status": ("status", "the streak in a few characters, for shell prompts and status bars"),
    "history": ("past", "what was done, day by day"),
    "stats": ("past", "what it adds up to, by week, exercise and side"),
    "report": ("report", "one page for a clinician: practice, dose, pain, self-checks"),
    "log": ("notes", "write a session down that was done without hiproutine"),
    "pain": ("notes", "note how much it hurts, and hear what follows"),
    "rest": ("notes", "declare a day of rest, which breaks no streak"),
    "self-check": ("self_check", "what to look at every two weeks, left and right, and what it says"),
    "goal": ("notes", "how many days a week, and which are always free"),
    "undo": ("notes", "take back what was written down last: a record, or all of an import"),
    "export": ("exchange", "everything in one zip file, or the sessions for other programs"),
    "import": ("exchange", "add what is missing here out of a zip of ours, or from another program"),
    "restore": ("keeping", "add what is missing here out of the weekly backup"),
    "doctor": ("past", "what is odd about the history on disk, if anything is"),
    "sound": ("sounds", "play every cue, and say which program answered"),
    "list": ("looking", "exercises, routines or videos"),
    "show": ("looking", "one exercise, routine, card or video, in full"),
    "video": ("looking", "open a video, or the one that goes best with an exercise"),
    "screening": ("screening", "the questions that hide what is not for you, and your answers"),
    "new": ("making", "an exercise, a routine or a video of your own: a file to begin with"),
    "share": ("sharing", "a routine with all that it needs, as one file to give to somebody"),
    "add": ("sharing", "add what somebody gave you, after showing what it brings"),
    "check": ("checking", "every problem of catalogue files, with line and column, and what to look at again"),
    "schema": ("checking", "the JSON Schema of catalogue files, for editors"),
}

# A single hyphen and ten more characters: the id of a video, such as -2vO8QfdLFg, not an option.
_VIDEO_ID = re.compile(r"-[A-Za-z0-9_][A-Za-z0-9_-]{9}")


def run(words: list[str], home: Home) -> int:
    """Runs the command that the words name. Leaves with SystemExit after help, the version or wrong usage."""
    if words[0] not in _COMMANDS:
        _parser().parse_args(words)
    name, rest = words[0], words[1:]
    module_name, says = _COMMANDS[name]
    module = importlib.import_module(f"hiproutine.cli.{module_name}")
    parser = _Parser(prog=f"hiproutine {name}", description=f"{says[0].upper()}{says[1:]}.")
    command = module.COMMANDS[name]
    command.arguments(parser)
    parser.set_defaults(wrong=parser.error)
    ids = [word for word in rest if _VIDEO_ID.fullmatch(word)] if "--" not in rest else []
    args = parser.parse_args([word for word in rest if word not in ids] + (["--", *ids] if ids else []))
    home.quiet = getattr(args, "json", False)
    code: int = command.run(args, home)
    return code


class _Parser(argparse.ArgumentParser):
    """Repeats what it was given without letting it steer the terminal."""

    def error(self, message: str) -> NoReturn:
        super().error(clean(message))


class _Version(argparse.Action):
    """Looks the version up only when it is asked for: importlib.metadata costs 50 ms."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"hiproutine {version('hiproutine')}")
        parser.exit()


def _parser() -> argparse.ArgumentParser:
    """What is said without a command: the help, the version, and that a command does not exist."""
    commands = "\n".join(f"  {name:<16}  {says}" for name, (_, says) in _COMMANDS.items())
    parser = _Parser(
        prog="hiproutine",
        usage="hiproutine [COMMAND] [...]",
        description="A daily hip mobility practice. Without a command: today's session on the screen.",
        epilog=f"commands (each has its own --help):\n{commands}\n\n{_EXAMPLES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="the version, and nothing else")
    parser.add_argument("command", nargs="?", type=_known, help=argparse.SUPPRESS)
    return parser


def _known(word: str) -> str:
    raise argparse.ArgumentTypeError(f'there is no command "{word}"{nearest(word, list(_COMMANDS))}')
