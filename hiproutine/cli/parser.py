"""Parse the command line: find the command, read its arguments, and run it."""

import argparse
import importlib
import os
import re
import sys
from collections.abc import Sequence
from keyword import iskeyword
from types import ModuleType
from typing import Any, NoReturn

from hiproutine.day.context import Context
from hiproutine.errors import nearest
from hiproutine.text import clean

# Each command and its summary, by group; its module has the same name. Only the module of the command that runs is
# imported, and only its arguments are built: that saves a third of the time of `streak`.
GROUPS = {
    "Practise": {
        "start": "start today's session, a routine or a single exercise",
        "today": "show today's session, or a routine, with its real length",
        "break": "practise a micro-break of a minute or two, which today's session then needs less of",
        "rehearse": "print every cue of a session with its time, without waiting",
        "page": "write a session as a page for the phone, or to print as a handout",
        "phone": "serve a session to your phone over the local network, and record its result",
        "video": "open a video, or the one that goes best with an exercise",
        "programme": "show the programmes, begin one for some weeks, or end it",
    },
    "Keep": {
        "log": "record a session that you did without hiproutine",
        "pain": "record how much it hurts, and see what changes",
        "off": "note that you are not well today, for an easier session",
        "rest": "declare a rest day, which breaks no streak",
        "self-check": "list the fortnightly self-checks, left and right, with their results, or record a result",
        "goal": "show or set how many days a week you practise, and your fixed rest days",
        "undo": "take back the last record, or the last import as a whole",
    },
    "Look back": {
        "streak": "show your streak of days or weeks",
        "status": "print the streak in a few characters, for shell prompts and status bars",
        "history": "list what you did, day by day",
        "stats": "show totals by week, exercise and side",
        "report": "print one page for a clinician: practice, dose, pain, self-checks",
    },
    "Find": {
        "list": "list exercises, routines or videos",
        "show": "show an exercise, a routine, a card or a video in full",
        "figure": "draw an exercise, still or moving, as SVG or JSON; all of them on a sheet",
    },
    "Your own": {
        "new": "create a file for your own exercise, routine or video",
        "share": "write a routine or programme with everything that it needs to one file, to share",
        "add": "add a shared file to your catalogue, after a preview",
        "check": "check catalogue files, and list each problem with line and column",
        "schema": "print the JSON Schema of catalogue files, for editors",
    },
    "Data": {
        "export": "write everything to one zip file, or the sessions for other programs",
        "import": "add missing records from a zip of hiproutine, or from another program",
        "restore": "add missing records from a weekly backup",
        "doctor": "check the history files, or print where everything is",
    },
    "Set up": {
        "screening": "answer the questions that hide what is not for you, or show your answers",
        "sound": "play every cue, and name the program that played it",
        "completion": "print the completions of a shell: bash, zsh, fish or powershell",
        "remind": "be reminded of the session, or of micro-breaks, by the system's own scheduler",
        "remote": "control the practice that is running: pause, next, again, hurts, status",
    },
}
COMMANDS = {name: summary for group in GROUPS.values() for name, summary in group.items()}

_EXAMPLES = """\
examples:
  hiproutine start five-minute         start a routine, or one exercise, at once
  hiproutine today --minutes 7 --why   the coach's choice for 7 minutes, and why
  hiproutine list --category mobility  also --routines, --videos
  hiproutine show couch-stretch        all about an exercise
  hiproutine log five-minute --day yesterday
  hiproutine history --since monday

`hiproutine help COMMAND` explains a command, `hiproutine help --all` lists all.
-h, --help shows this; -V, --version the version; --plain prints lines of text,
for screen readers; --guest tries everything, and leaves nothing."""

# A hyphen and ten more characters are the id of a video, such as -2vO8QfdLFg, not an option.
_VIDEO_ID = re.compile(r"-[A-Za-z0-9_][A-Za-z0-9_-]{9}")


_MISSING = "the following arguments are required"
"""How argparse begins its message about them."""


def run(words: list[str], context: Context) -> int:
    """Run the command that the words name. Raises SystemExit after help, the version or wrong usage."""
    words = _asked_for(words)
    if words[0] not in COMMANDS:
        args, options = program_parser().parse_known_args(words)
        _refuse(words, args.words, options)
    name, rest = words[0], words[1:]
    command, parser = command_parser(name)
    ids = [word for word in rest if _VIDEO_ID.fullmatch(word)] if "--" not in rest else []
    args = parser.parse_args([word for word in rest if word not in ids] + (["--", *ids] if ids else []))
    context.quiet = getattr(args, "json", False)

    def run_it() -> int:
        code: int = command.run(args, context)
        return code

    if sys.stdout.isatty():
        from hiproutine.cli.pager import PAGED, paged

        if name in PAGED and not (context.quiet or getattr(args, "plain", False)):
            return paged(run_it)
    return run_it()


def refuse(message: str) -> NoReturn:
    """End as wrong usage."""
    program_parser().error(message)


def _refuse(words: list[str], names: list[str], options: list[str]) -> NoReturn:
    """End as wrong usage: what the words begin with is no command."""
    parser = program_parser()
    command = next((name for name in names if name in COMMANDS), None)
    if words[0].startswith("-") and command:
        better = [command, *(word for word in words if word != command)]
        if _is_usage(better):
            parser.error(f"{words[0]} belongs after the command: hiproutine {' '.join(better)}")
        parser.error(f'{words[0]} does not go with "{command}"; `hiproutine help {command}` shows its options')
    if names and _is_usage(["start", *words]):
        parser.error(f"{words[0]} belongs after the command: hiproutine start {' '.join(words)}")
    if options and words[0] == options[0]:
        parser.error(f"there is no option {words[0]}; `hiproutine --help` shows the commands")
    parser.error(f'there is no command "{words[0]}"{nearest(words[0], [*COMMANDS, "help", "version"])}')


def _is_usage(words: list[str]) -> bool:
    """Whether a command takes these words after its name."""
    from contextlib import redirect_stderr, redirect_stdout
    from io import StringIO

    try:
        with redirect_stderr(StringIO()), redirect_stdout(StringIO()):
            command_parser(words[0])[1].parse_args(words[1:])
    except SystemExit:
        return False
    return words[1].startswith("-")


def command_parser(name: str) -> tuple[ModuleType, argparse.ArgumentParser]:
    """Return the module of a command, and the parser of its arguments."""
    command = importlib.import_module(f"hiproutine.cli.commands.{_module(name)}")
    parser = _Parser(prog=f"hiproutine {name}", description=sentence(COMMANDS[name]), formatter_class=_Formatter)
    command.arguments(parser)
    parser.set_defaults(wrong=parser.error)
    return command, parser


def sentence(summary: str) -> str:
    return f"{summary[0].upper()}{summary[1:]}."


def _asked_for(words: list[str]) -> list[str]:
    """Return the words with `help` and `version` as the options that they are, and `start` for --plain alone."""
    match words:
        case ["--plain", *rest] if not rest or rest[0] == "start" or rest[0] not in COMMANDS:
            return ["start", "--plain", *rest[rest[:1] == ["start"] :]]
        case ["version"]:
            return ["--version"]
        case ["help"] | ["help", "help" | "version"]:
            return ["--help"]
        case ["help", name, *_] if name in COMMANDS:
            return [name, "--help"]
        case ["help", *rest]:
            return rest
    return words


def _module(name: str) -> str:
    """Return the name of a command's module; `import` is a keyword of Python, so its module is `import_`."""
    module = name.replace("-", "_")
    return f"{module}_" if iskeyword(module) else module


class _Formatter(argparse.HelpFormatter):
    """A formatter with a cached terminal width; argparse creates one per argument, and imports shutil for each."""

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
    """A parser that takes no abbreviations, says which option was meant, and sanitises what the user typed."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(allow_abbrev=False, **settings)

    def parse_args(self, words: Sequence[str]) -> argparse.Namespace:  # type: ignore[override]
        args, unknown = self.parse_known_args(words)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}{self._meant(unknown)}")
        return args

    def _meant(self, unknown: Sequence[str]) -> str:
        """Return a hint at the option whose name begins like the first unknown one, or else is near it."""
        given = next((word.partition("=")[0] for word in unknown if word.startswith("--")), "")
        begun = [name for name in self._option_string_actions if given and name.startswith(given)]
        return nearest(given, begun, cutoff=0) or nearest(given, self._option_string_actions)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            words = [str(each) for each in action.choices]
            meant = nearest(str(value), words)
            raise argparse.ArgumentError(action, f'"{value}" is not one of {", ".join(words)}{meant}')

    def error(self, message: str) -> NoReturn:
        if message.startswith(_MISSING):
            missing = message.removeprefix(_MISSING).lstrip(": ")
            message = f"{missing} {'are' if ', ' in missing else 'is'} missing"
            message = f"{message}; {self.epilog}" if self.epilog else message
        super().error(clean(message))


class _Version(argparse.Action):
    """--version, looked up only when asked for: importlib.metadata takes 50 ms."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"hiproutine {version('hiproutine')}")
        parser.exit()


class _All(argparse.Action):
    """--all: each command with its summary."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        import textwrap

        for group, commands in GROUPS.items():
            print(f"{group}:")
            for name, summary in commands.items():
                print(textwrap.fill(summary, _columns(), initial_indent=f"  {name:<12}", subsequent_indent=" " * 14))
        parser.exit()


def program_parser() -> argparse.ArgumentParser:
    """Return the parser for everything but commands: help, version and unknown commands."""
    groups = "\n".join(f"  {group:<11}{' '.join(commands)}" for group, commands in GROUPS.items())
    parser = _Parser(
        prog="hiproutine",
        usage="hiproutine [COMMAND] [...]",
        description="A daily hip mobility practice. Without a command: today's session on screen.\n\n" + groups,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
    )
    parser.add_argument("-h", "--help", action="help", help=argparse.SUPPRESS)
    parser.add_argument("-V", "--version", action=_Version, nargs=0, help=argparse.SUPPRESS)
    parser.add_argument("--all", action=_All, nargs=0, help=argparse.SUPPRESS)
    parser.add_argument("words", nargs="*", help=argparse.SUPPRESS)
    return parser
