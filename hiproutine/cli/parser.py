"""Parse the command line: find the command, read its arguments, and run it."""

import argparse
import importlib
import os
import re
import sys
from keyword import iskeyword
from typing import NoReturn

from hiproutine.day.context import Context
from hiproutine.errors import nearest
from hiproutine.text import clean

_EXAMPLES = """\
examples:
  hiproutine                             today's session on the screen
  hiproutine start five-minute           start a routine, or one exercise, at once
  hiproutine start glute-bridge side-plank pelvic-tilt-supine    several, in the order with the fewest changes
  hiproutine today                       today's session, and how long it takes
  hiproutine today --minutes 7 --why     the coach's choice for 7 minutes, and why
  hiproutine list --category mobility    exercises; also --area, --equipment, --position, --level
  hiproutine list --routines             routines; --videos lists the note's videos
  hiproutine show half-kneeling-hip-flexor
  hiproutine figure side-plank           draw the body; --animate moves it
  hiproutine video supine-figure-four    open the video that goes with it
  hiproutine rehearse four-everyday      every cue of a session with its time
  hiproutine streak --json
  hiproutine status                      the same in a few characters, for prompts
  hiproutine log four-everyday --day yesterday
  hiproutine goal 5/7 --rest sat,sun
  hiproutine history --since 2026-11-01
  hiproutine new exercise                an exercise of your own; also routine, and video --from URL
  hiproutine check                       problems and warnings in your own files
  hiproutine sound                       play every cue; says what to install if nothing plays
"""

# Each command with what it does, and a module of its name. Only the module of the command that runs is imported, and
# only its arguments are built: that is a third of the time of `streak`.
COMMANDS = {
    "start": "start today's session, a routine or a single exercise",
    "today": "show today's session, or a routine, with its real length",
    "rehearse": "print every cue of a session with its time, without waiting",
    "streak": "show your streak of days or weeks",
    "status": "print the streak in a few characters, for shell prompts and status bars",
    "history": "list what you did, day by day",
    "stats": "show totals by week, exercise and side",
    "report": "print one page for a clinician: practice, dose, pain, self-checks",
    "log": "record a session that you did without hiproutine",
    "pain": "record how much it hurts, and see what changes",
    "rest": "declare a day of rest, which breaks no streak",
    "self-check": "list the fortnightly self-checks, left and right, with their results, or record a result",
    "goal": "show or set how many days a week you practise, and which are always free",
    "undo": "take back what was recorded last: a record, or a whole import",
    "export": "write everything to one zip file, or the sessions for other programs",
    "import": "add what is missing here from a zip of hiproutine, or from another program",
    "restore": "add what is missing here from the weekly backup",
    "doctor": "check the history files",
    "sound": "play every cue, and name the program that played it",
    "list": "list exercises, routines or videos",
    "show": "show an exercise, a routine, a card or a video in full",
    "video": "open a video, or the one that goes best with an exercise",
    "figure": "draw an exercise, still or moving, as SVG or JSON; all of them on a sheet",
    "screening": "answer the questions that hide what is not for you, or show your answers",
    "new": "create a file for an exercise, a routine or a video of your own",
    "share": "write a routine with everything that it needs to one file, for somebody else",
    "add": "add what somebody shared with you, after showing what it contains",
    "check": "check catalogue files, and list each problem with line and column",
    "schema": "print the JSON Schema of catalogue files, for editors",
}

# A hyphen and ten more characters are the id of a video, such as -2vO8QfdLFg, not an option.
_VIDEO_ID = re.compile(r"-[A-Za-z0-9_][A-Za-z0-9_-]{9}")


def run(words: list[str], home: Context) -> int:
    """Run the command that the words name. Raises SystemExit after help, the version or wrong usage."""
    if words[0] not in COMMANDS:
        _program_parser().parse_args(words)
    name, rest = words[0], words[1:]
    summary = COMMANDS[name]
    command = importlib.import_module(f"hiproutine.cli.commands.{_module(name)}")
    about = f"{summary[0].upper()}{summary[1:]}."
    parser = _Parser(prog=f"hiproutine {name}", description=about, formatter_class=_Formatter)
    command.arguments(parser)
    parser.set_defaults(wrong=parser.error)
    ids = [word for word in rest if _VIDEO_ID.fullmatch(word)] if "--" not in rest else []
    args = parser.parse_args([word for word in rest if word not in ids] + (["--", *ids] if ids else []))
    home.quiet = getattr(args, "json", False)
    code: int = command.run(args, home)
    return code


def _module(name: str) -> str:
    """Return the name of a command's module; `import` is a keyword of Python, so its module is `import_`."""
    module = name.replace("-", "_")
    return f"{module}_" if iskeyword(module) else module


class _Formatter(argparse.HelpFormatter):
    """Knows the width of the terminal by itself; argparse makes one for each argument and imports shutil for it."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


def _columns() -> int:
    """Return the width of the terminal, as `shutil.get_terminal_size` finds it."""
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal() and int(told) > 0:
        return int(told)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):  # closed, or no terminal
        return 80


class _Parser(argparse.ArgumentParser):
    """A parser whose errors repeat what the user typed without letting it steer the terminal."""

    def error(self, message: str) -> NoReturn:
        super().error(clean(message))


class _Version(argparse.Action):
    """--version, looked up only when asked for: importlib.metadata takes 50 ms."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"hiproutine {version('hiproutine')}")
        parser.exit()


def _program_parser() -> argparse.ArgumentParser:
    """Return the parser for everything but commands: the help, the version, and commands that do not exist."""
    commands = "\n".join(f"  {name:<16}  {summary}" for name, summary in COMMANDS.items())
    parser = _Parser(
        prog="hiproutine",
        usage="hiproutine [COMMAND] [...]",
        description="A daily hip mobility practice. Without a command: today's session on the screen.",
        epilog=f"commands (each has its own --help):\n{commands}\n\n{_EXAMPLES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version")
    parser.add_argument("command", nargs="?", type=_known, help=argparse.SUPPRESS)
    return parser


def _known(word: str) -> str:
    raise argparse.ArgumentTypeError(f'there is no command "{word}"{nearest(word, list(COMMANDS))}')
