"""Ask the screening questions, or show their answers."""

import sys
from typing import TYPE_CHECKING

from hiproutine.cli.console import interactive, say, say_json, say_wrapped
from hiproutine.cli.json_fields import Fields, Objects, names, values_of
from hiproutine.coach.questions import QUESTIONS, WHY, after, asked, changes, meaning
from hiproutine.coach.screening import screen_for
from hiproutine.settings.model import to_save

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Collection

    from hiproutine.coach.questions import Meaning, Question
    from hiproutine.day.context import Context
    from hiproutine.plain.keyboard import Keyboard

_LONGEST_WAIT_MS = 60_000
_BACK, _SKIP = "b", "q"

_QUESTION: "Fields[Question, Collection[str]]" = {
    "code": lambda question, _: question.id,
    "question": lambda question, _: question.text,
    "yes": lambda question, conditions: bool(question.now(conditions)),
}
_FIELDS: "Fields[Collection[str], Meaning, Context]" = {
    "conditions": lambda conditions, *_: conditions,
    "screened": lambda _, __, context: context.settings.profile.screened,
    "questions": Objects(
        _QUESTION, lambda conditions, _, __: ((question, conditions) for question in QUESTIONS.values())
    ),
    "stop": lambda _, means, __: means.stop,
    "hidden": lambda _, __, context: list(context.screened.hidden),
    "not_planned": lambda _, __, context: list(context.screened.unplanned),
    "careful": lambda _, means, __: means.careful,
    "changes": lambda _, means, __: means.words,
}


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("--json", action="store_true", help=names(_FIELDS))


def run(args: "Namespace", context: "Context") -> int:
    conditions = context.settings.profile.conditions
    if args.json:
        say_json(values_of(_FIELDS, conditions, meaning(context.screened), context))
        return 0
    if interactive() and sys.platform != "win32":  # where single keys cannot be read
        return _ask(context)
    for question in QUESTIONS.values():
        now = question.now(conditions)
        say(f"{question.answers[now].label if now else '-':<3}  {question.text}")
    for line in _meaning_of(context):
        say(line)
    return 0


def _ask(context: "Context") -> int:
    """Ask each question in turn; one key answers it."""
    from hiproutine.history.calendar import day_of
    from hiproutine.plain.keyboard import Gone, Keyboard

    profile = context.settings.profile
    answers: dict[str, str] = {}
    say_wrapped(WHY)
    say_wrapped(f"y yes, n no, u not sure (counts as yes), {_BACK} back, {_SKIP} quits and keeps your other answers.")
    at = 0
    try:
        with Keyboard(sys.stdin.fileno()) as keyboard:
            while at < len(asked(answers)):
                question = asked(answers)[at]
                held = question.now(profile.conditions)
                now = f" (now: {question.answers[held].label})" if held else ""
                say_wrapped(f"{at + 1}/{len(asked(answers))}  {question.text}{now}", end=" ")
                key = _key(keyboard, question)
                if key == _SKIP:
                    say("")
                    break
                if key == _BACK:
                    say("")
                    at = max(0, at - 1)
                    continue
                say(question.answers[key].label)
                if changed := changes(context.catalogue, question, key):
                    say_wrapped(changed, indent="     ")
                answers[question.id] = key
                at += 1
    except Gone as gone:
        return gone.code
    if values := to_save(profile, after(profile, answers, day_of(context.now()))):
        context.save_settings(values)
    for line in _meaning_of(context):
        say_wrapped(line)
    return 0


def _key(keyboard: "Keyboard", question: "Question") -> str:
    """Wait for a key that answers, goes back or quits."""
    while True:
        key = (keyboard.key(_LONGEST_WAIT_MS) or "").lower()
        if key in (*question.answers, _BACK, _SKIP):
            return key


def _meaning_of(context: "Context") -> tuple[str, ...]:
    """Return what the answers mean, which may have been given just now."""
    from hiproutine.history.calendar import day_of

    return meaning(screen_for(context.catalogue, context.settings.profile, day_of(context.now()))).words
