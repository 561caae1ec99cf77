"""Print the completions of a shell, written ahead by `docs/completion.py`, or the ids that they complete."""

import sys
from argparse import SUPPRESS
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from hiproutine.cli.words_cache import Names
    from hiproutine.day.context import Context

SHELLS = {"bash": "hiproutine.bash", "zsh": "hiproutine.zsh", "fish": "hiproutine.fish", "powershell": "hiproutine.ps1"}
KINDS = ("exercise", "routine", "video", "card", "programme")
FOLDER = Path(__file__).parents[1] / "completions"


def arguments(parser: "ArgumentParser") -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("shell", metavar="SHELL", nargs="?", choices=list(SHELLS), help=f"{', '.join(SHELLS)}")
    what.add_argument("--words", nargs="+", choices=KINDS, help=SUPPRESS)


def run(args: "Namespace", context: "Context") -> int:
    if args.shell:
        sys.stdout.write((FOLDER / SHELLS[args.shell]).read_text(encoding="utf-8"))
        return 0
    from hiproutine.cli import status_cache, words_cache

    context.quiet = True  # a progress bar would stand between the words that are typed
    watched = [str(context.paths.catalogue), str(context.user_catalogue)]
    seen = status_cache.circumstances(watched)  # before reading: a write meanwhile invalidates the answer
    names = _names(context)
    words_cache.keep(watched, seen, names)
    words_cache.show(names, args.words)
    return 0


def _names(context: "Context") -> "Names":
    from hiproutine.catalogue.model import caption

    catalogue = context.catalogue
    return {
        "exercise": {each.id: each.name for each in catalogue.exercises.values()},
        "routine": {each.id: each.name for each in catalogue.routines.values()},
        "video": {each.id: caption(each) for each in catalogue.videos.values()},
        "card": {each.id: each.name for each in catalogue.cards.values()},
        "programme": {each.id: each.name for each in catalogue.programmes.values()},
    }
