"""What a key takes in the library with 10,000 exercises of one's own: in the search, and of the processor in all."""

import argparse
import asyncio
import os
import random
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median

from startup import KEYS_TEXT, shown
from terminal import HIPROUTINE, fresh_home

from hiproutine import paths
from hiproutine.catalogue import cache, writer
from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.search import Index
from hiproutine.catalogue.user_files import put
from hiproutine.paths import shipped
from hiproutine.tui.screens import library
from tests.conftest import HandClock
from tests.screens import Desk

TYPED = ("half kneeling hip flexor", "glute brigde", "hmstrng strap", "buttock s", "figrue four", "9999", "zzzz")
_A_FILE = 500
_KEYS = {" ": "space"}
_PARTS = ("ka", "lo", "mi", "ter", "san", "du", "vel", "por", "gri", "nox", "ban", "fe")


def catalogue_of(many: int) -> Catalogue:
    """The shipped catalogue and so many exercises more, each with a name that no other has."""
    chance = random.Random(1)
    found = cache.load(shipped(), None).catalogue
    models = list(found.exercises.values())
    own = {}
    for number in range(many):
        model = models[number % len(models)]
        name = f"{''.join(chance.choices(_PARTS, k=3))} {model.name} {number}"
        own[f"own-{number}"] = model._replace(id=f"own-{number}", name=name)
    return found._replace(exercises={**found.exercises, **own})


def searches_ms(index: Index) -> list[float]:
    found = []
    for typed in TYPED:
        for end in range(1, len(typed) + 1):
            began = time.perf_counter()
            index.find(typed[:end], 100)
            found.append(1000 * (time.perf_counter() - began))
    return found


async def keys_ms(catalogue: Catalogue) -> tuple[float, list[float], list[float]]:
    """How long the library takes to open; how much of the processor each key takes until the list is painted, and how
    much the card that follows once nobody types."""
    painted: list[float] = []
    cards: list[float] = []
    after_s, library.PREVIEW_AFTER_S = library.PREVIEW_AFTER_S, 3600
    with tempfile.TemporaryDirectory() as folder:
        app = Desk(Path(folder), catalogue, HandClock()).app()
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            began = time.perf_counter()
            await pilot.press("l")
            await pilot.pause()
            opened = 1000 * (time.perf_counter() - began)
            for typed in TYPED:
                for key in (*(_KEYS.get(letter, letter) for letter in typed), *["backspace"] * len(typed)):
                    began = time.process_time()
                    await pilot.press(key)
                    await pilot.pause()
                    painted.append(1000 * (time.process_time() - began))
            library.PREVIEW_AFTER_S = 0.001
            for key in ("down",) * 40:
                began = time.process_time()
                await pilot.press(key)
                await pilot.pause(after_s)
                cards.append(1000 * (time.process_time() - began))
    return opened, painted, cards


def first_screens(many: int, runs: int) -> None:
    """Prints when Today is there, from the cache: with the shipped exercises alone and with so many more, in turn."""
    with fresh_home():
        alone = dict(os.environ)
        with fresh_home():
            folder = paths.find().config / "catalogue"
            catalogue = catalogue_of(many)
            own = [entry for name, entry in catalogue.exercises.items() if name.startswith("own-")]
            for number in range(0, many, _A_FILE):
                text = writer.text(catalogue, own[number : number + _A_FILE])
                put(folder, f"many-{number:06}", text)
            began = time.perf_counter()
            subprocess.run([*HIPROUTINE, "list"], stdout=subprocess.DEVNULL, check=True)
            print(f"\nThe first read after a change: {time.perf_counter() - began:.1f} s\n")
            with_many = dict(os.environ)
            print("| to the first screen, ms | median | min | max |\n|---|---|---|---|")
            for settings in ("", "minutes: 10\n"):
                pairs = [(_started(alone, settings), _started(with_many, settings)) for _ in range(runs + 1)]
                _say_pairs(many, settings.strip() or "the usual routine", pairs[1:])  # the first compiled the modules


def _started(environ: dict[str, str], settings: str) -> tuple[float, ...]:
    os.environ.update(environ)
    file = paths.find().config / "settings.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(settings, encoding="utf-8")
    return shown(HIPROUTINE, "Today", KEYS_TEXT)


def _say_pairs(many: int, what: str, pairs: list[tuple[tuple[float, ...], tuple[float, ...]]]) -> None:
    for number, name in enumerate(("plain lines", "the screen with its footer")):
        for place, which in enumerate(("70", f"{many} more")):
            _say([pair[place][number] for pair in pairs], f"{what}, {which}: {name}")
        _say([pair[1][number] / pair[0][number] for pair in pairs], f"{what}, ratio within a pair: {name}", digits=2)


def _say(values: list[float], name: str, digits: int = 0) -> None:
    print(f"| {name} | {median(values):.{digits}f} | {min(values):.{digits}f} | {max(values):.{digits}f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--exercises", type=int, default=10_000, help="besides the shipped ones (default: 10000)")
    parser.add_argument("--starts", type=int, default=15, help="starts with and without them (default: 15; 0: none)")
    args = parser.parse_args()
    if args.starts:
        first_screens(args.exercises, args.starts)
    catalogue = catalogue_of(args.exercises)
    began = time.perf_counter()
    index = Index(catalogue)
    indexed = 1000 * (time.perf_counter() - began)
    opened, painted, cards = asyncio.run(keys_ms(catalogue))
    print("\n| ms | count | median | p95 | max |\n|---|---|---|---|---|")
    print(f"| the index | 1 | {indexed:.0f} | | |")
    print(f"| the library opens | 1 | {opened:.0f} | | |")
    rows = {
        "a search": searches_ms(index),
        "a key, until the list is painted, of the processor": painted,
        "a move of the mark and its card, of the processor": cards,
    }
    for name, found in rows.items():
        ordered = sorted(found)
        p95 = ordered[int(0.95 * len(ordered))]
        print(f"| {name} | {len(found)} | {median(found):.1f} | {p95:.1f} | {ordered[-1]:.1f} |")


if __name__ == "__main__":
    main()
