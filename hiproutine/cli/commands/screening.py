"""Ask the screening questions, or show their answers."""

import sys
from typing import TYPE_CHECKING

from hiproutine.cli.console import interactive, say, say_json
from hiproutine.cli.json_fields import Fields, Objects, names, values_of
from hiproutine.coach.questions import ANSWERS, QUESTIONS, WHY, answered, meaning
from hiproutine.coach.screening import screen

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Collection

    from hiproutine.coach.questions import Meaning
    from hiproutine.day.context import Context
    from hiproutine.plain.keyboard import Keyboard

_LONGEST_WAIT_MS = 60_000
_BACK, _SKIP = "b", "q"

_QUESTION: "Fields[str, str, Collection[str]]" = {
    "code": lambda code, *_: code,
    "question": lambda _, question, __: question,
    "yes": lambda code, _, conditions: code in conditions,
}
_FIELDS: "Fields[Collection[str], Meaning, Context]" = {
    "conditions": lambda conditions, *_: conditions,
    "questions": Objects(
        _QUESTION, lambda conditions, _, __: ((code, question, conditions) for code, question in QUESTIONS.items())
    ),
    "stop": lambda _, means, __: means.stop,
    "hidden": lambda _, __, home: list(home.screened.hidden),
    "careful": lambda _, means, __: means.careful,
}


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("--json", action="store_true", help=names(_FIELDS))


def run(args: "Namespace", home: "Context") -> int:
    conditions = home.settings.profile.conditions
    if args.json:
        say_json(values_of(_FIELDS, conditions, meaning(home.screened, conditions), home))
        return 0
    if interactive() and sys.platform != "win32":  # where single keys cannot be read
        return _ask(home)
    for code, question in QUESTIONS.items():
        say(f"{'yes' if code in conditions else '-':<3}  {question}")
    _say_meaning(home, conditions)
    return 0


def _ask(home: "Context") -> int:
    """Ask each question in turn; one key answers it."""
    from hiproutine.plain.keyboard import Gone, Keyboard

    before = home.settings.profile.conditions
    answers: dict[str, str] = {}
    codes = list(QUESTIONS)
    say(WHY)
    say(f"y yes, n no, u not sure (counts as yes), {_BACK} back, {_SKIP} quits and keeps your other answers.")
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
    """Wait for a key that answers, goes back or quits."""
    while True:
        key = (keyboard.key(_LONGEST_WAIT_MS) or "").lower()
        if key in (*ANSWERS, _BACK, _SKIP):
            return key


def _say_meaning(home: "Context", conditions: tuple[str, ...]) -> None:
    for line in meaning(screen(home.catalogue, conditions), conditions).words:
        say(line)
