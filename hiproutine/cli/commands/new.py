"""Create a file for the user's own entry: ask a few questions at a terminal, write it, and open the editor."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from hiproutine.catalogue import templates
from hiproutine.catalogue.prescription import Prescription
from hiproutine.catalogue.vocabulary import AREAS, CATEGORIES, POSITIONS, SIDES, STRETCH
from hiproutine.cli.console import interactive, say
from hiproutine.errors import HiproutineError, nearest
from hiproutine.text import clean

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.day.context import Context

# The question, the default answer, and a function that returns the problem with another answer.
Ask = Callable[[str, str, Callable[[str], str | None]], str]


def arguments(parser: "ArgumentParser") -> None:
    parser.add_argument("kind", metavar="KIND", choices=_MAKERS, help=", ".join(_MAKERS))
    parser.add_argument(
        "name", metavar="NAME", nargs="?", type=clean, help="its name; default: you are asked at a terminal"
    )
    parser.add_argument("--from", metavar="URL", dest="url", help="the address of a video")


def run(args: "Namespace", context: "Context") -> int:
    """Write the file. Without a terminal it holds the default answers, and no editor opens."""
    if args.url and args.kind != "video":
        args.wrong("--from is for a video")
    at_terminal = interactive()
    ask = _ask if at_terminal else _no_question
    if at_terminal:
        say("Enter accepts the answer in brackets. Ctrl+C quits, and nothing is written.")
    name, text = _MAKERS[args.kind](args, context, ask)
    from hiproutine.catalogue import cache, overlay, user_files
    from hiproutine.yaml.nodes import FileProblems

    path = user_files.put(context.user_catalogue, f"{args.kind}-{name}", text)
    say(f"Written: {clean(str(path))}")
    if at_terminal:
        _edit(path)
    base = overlay.read(cache.files(context.paths.catalogue))
    problems = overlay.lay(cache.files(context.user_catalogue), base).problems
    if mine := [problem for problem in problems if problem.file == clean(str(path))]:
        raise FileProblems(mine)
    return 0


# ---- the answers of each kind ----


def _exercise(args: "Namespace", context: "Context", ask: Ask) -> tuple[str, str]:
    name = args.name or ask("Name", "My exercise", _any)
    answers = {
        "id": _free_ids(context)(name),
        "name": name,
        "category": ask(f"Category: {', '.join(CATEGORIES)}", STRETCH, _word(CATEGORIES)),
        "position": ask(f"Position: {', '.join(POSITIONS)}", "standing", _word(POSITIONS)),
        "sides": ask(f"Sides: {', '.join(SIDES)}", "per_side", _word(SIDES)),
        "area": ask(f"Area: {', '.join(AREAS)}", "front-of-hip", _word(AREAS)),
        "dose": ask("Dose, such as 2x30s, 2x10 @2-1-2 or 3/dir", "2x30s", _dose),
        "setup": ask("How to get into position, in a sentence", "Describe here how to get into the position.", _any),
    }
    return answers["id"], templates.exercise(answers)


def _routine(args: "Namespace", context: "Context", ask: Ask) -> tuple[str, str]:
    name = args.name or ask("Name", "My routine", _any)
    answers = {"id": _free_ids(context)(name), "name": name, "why": ask("Purpose", "Because it does me good.", _any)}
    steps: list[str] = []
    while step := ask(f"Step {len(steps) + 1}, such as couch-stretch 2x30s (Enter finishes)", "", _step(context)):
        steps.append(step)
    return answers["id"], templates.routine(answers, steps or ["half-kneeling-hip-flexor 2x30s", "glute-bridge"])


def _programme(args: "Namespace", context: "Context", ask: Ask) -> tuple[str, str]:
    from hiproutine.catalogue.vocabulary import CATEGORY

    name = args.name or ask("Name", "My programme", _any)
    suits = ask("Whom it is for", "Me, for the weeks to come.", _any)
    core: list[str] = []
    while step := ask(f"Core {len(core) + 1}, such as glute-bridge 2x8 (Enter finishes)", "", _step(context)):
        core.append(step)
    core = core or ["half-kneeling-hip-flexor 2x30s", "glute-bridge 2x8"]
    exercises = context.catalogue.exercises
    kinds = [CATEGORY[exercises[step.partition(" ")[0]].category] for step in core]
    days = [_STRENGTH_DAYS if kind.strengthens else _DAYS for kind in kinds]
    family = next(each.alike for each in exercises.values() if each.alike)
    answers = {"id": _free_ids(context)(name), "name": name, "suits": suits}
    return answers["id"], templates.programme(answers, list(zip(core, days, strict=True)), family)


def _video(args: "Namespace", context: "Context", ask: Ask) -> tuple[str, str]:
    from hiproutine import links
    from hiproutine.history.calendar import day_of

    url = args.url or ask("Address", "https://www.youtube.com/watch?v=aaaaaaaaaaa", _address)
    if problem := _address(url):
        raise HiproutineError(f"{clean(url)}: {problem}")
    youtube = links.youtube(url)
    if youtube:
        name, start = youtube
        url = f"https://www.youtube.com/watch?v={name}"
        if name in context.catalogue.videos:
            raise HiproutineError(f"the catalogue has this video already; `hiproutine show {name}` shows it")
    else:
        name, start = _free_ids(context)(url.removeprefix("https://")), 0
    answers = {
        "id": name,
        "url": url,
        "section": ask("Heading in the library", "My videos", _any),
        "caption": args.name or ask("Caption", "My video", _any),
        "checked": day_of(context.now()).isoformat(),
    }
    return "youtube" if youtube else name, templates.video(answers, start)


_MAKERS = {"exercise": _exercise, "routine": _routine, "programme": _programme, "video": _video}
_DAYS, _STRENGTH_DAYS = 5, 3
"""The days a week of the core of a new programme."""


def _free_ids(context: "Context") -> Callable[[str], str]:
    """Return a function that turns names into unused ids, such as `heel-raise`; hidden entries count as used."""
    from hiproutine.catalogue import user_files

    return user_files.free_ids({*user_files.used_ids(context.catalogue), *context.hidden})


# ---- questions, and the problem with an answer ----


def _ask(question: str, usual: str, fault: Callable[[str], str | None]) -> str:
    while True:
        try:
            typed = input(f"{question}{f' [{usual}]' if usual else ''}: ")
        except EOFError:  # Ctrl+D
            say()
            raise HiproutineError("you left a question open, so nothing was written") from None
        answer = clean(typed.strip()) or usual
        if not answer or (problem := fault(answer)) is None:
            return answer
        say(f"  {clean(problem)}")


def _no_question(_: str, usual: str, __: Callable[[str], str | None]) -> str:
    return usual


def _any(_: str) -> None:
    return None


def _word(words: dict[str, str]) -> Callable[[str], str | None]:
    return lambda answer: None if answer in words else f"not one of these{nearest(answer, list(words))}"


def _dose(answer: str, usual: Prescription | None = None) -> str | None:
    from hiproutine.catalogue import reader

    return reader.dose_fault(answer, usual)


def _step(context: "Context") -> Callable[[str], str | None]:
    def fault(answer: str) -> str | None:
        name, _, words = answer.partition(" ")
        exercises = context.catalogue.exercises
        if name not in exercises:
            return f'there is no exercise "{name}"{nearest(name, list(exercises))}'
        return _dose(words.strip(), exercises[name].prescription) if words else None

    return fault


def _address(answer: str) -> str | None:
    from hiproutine import links

    problem = links.problem(answer)
    return f"the address {problem}" if problem else None


def _edit(path: Path) -> None:
    """Open the user's editor, if one is set, and wait for it."""
    from hiproutine import editor

    try:
        if words := editor.command(path):
            editor.run(words)
        else:
            say(editor.HOW_TO_SET)
    except HiproutineError as error:
        raise HiproutineError(f"{error}; the file was written") from None
