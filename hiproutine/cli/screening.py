"""The command `screening`: the questions that hide what is not for a person, and their answers."""

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from hiproutine.cli.command import Command
from hiproutine.cli.console import say, say_json
from hiproutine.coach.questions import ANSWERS, QUESTIONS, WHY, answered, meaning
from hiproutine.coach.screening import screen
from hiproutine.day.context import Home

if TYPE_CHECKING:
    from hiproutine.plain.keyboard import Keyboard

_LONGEST_WAIT_MS = 60_000
_BACK, _SKIP = "b", "q"


def screening(args: Namespace, home: Home) -> int:
    conditions = home.settings.profile.conditions
    if args.json:
        found = meaning(home.screened, conditions)
        say_json(
            {
                "conditions": conditions,
                "questions": [
                    {"code": code, "question": question, "yes": code in conditions}
                    for code, question in QUESTIONS.items()
                ],
                "stop": found.stop,
                "hidden": list(home.screened.hidden),
                "careful": found.careful,
            }
        )
        return 0
    if _can_be_asked():
        return _ask(home)
    for code, question in QUESTIONS.items():
        say(f"{'yes' if code in conditions else '-':<3}  {question}")
    _say_meaning(home, conditions)
    return 0


def _can_be_asked() -> bool:
    """Keys come from a terminal, and not on Windows."""
    return sys.platform != "win32" and all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _ask(home: Home) -> int:
    """Asks one question after the other, each for one key."""
    from hiproutine.plain.keyboard import Gone, Keyboard

    before = home.settings.profile.conditions
    answers: dict[str, str] = {}
    codes = list(QUESTIONS)
    say(WHY)
    say(f"y yes, n no, u not sure (counts as yes), {_BACK} back, {_SKIP} leaves the rest as it was.")
    at = 0
    try:
        with Keyboard(sys.stdin.fileno()) as keyboard:
            while at < len(codes):
                code = codes[at]
                now = " (now: yes)" if code in before else ""
                print(f"{at + 1}/{len(codes)}  {QUESTIONS[code]}{now} ", end="", flush=True)
                key = _key(keyboard)
                say(ANSWERS.get(key, ""))
                if key == _SKIP:
                    break
                if key in ANSWERS:
                    answers[code] = key
                    at += 1
                elif key == _BACK:
                    at = max(0, at - 1)
    except Gone as gone:
        return gone.code
    conditions = answered(before, answers)
    if conditions != before:
        home.save_setting("conditions", conditions)
    _say_meaning(home, conditions)
    return 0


def _key(keyboard: "Keyboard") -> str:
    """The next key that is one of those asked for."""
    while True:
        key = (keyboard.key(_LONGEST_WAIT_MS) or "").lower()
        if key in (*ANSWERS, _BACK, _SKIP):
            return key


def _say_meaning(home: Home, conditions: tuple[str, ...]) -> None:
    for line in meaning(screen(home.catalogue, conditions), conditions).words:
        say(line)


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="conditions, questions, stop, hidden, careful")


COMMANDS = {"screening": Command(_arguments, screening)}
