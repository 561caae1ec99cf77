"""What a key takes in the library with 10,000 exercises of one's own: in the search, and of the processor in all."""

import argparse
import asyncio
import random
import tempfile
import time
from pathlib import Path
from statistics import median

from hiproutine.catalogue import cache
from hiproutine.catalogue.model import Catalogue
from hiproutine.catalogue.search import Index
from hiproutine.paths import shipped
from tests.conftest import HandClock
from tests.screens import Desk

TYPED = ("half kneeling hip flexor", "glute brigde", "hmstrng strap", "buttock s", "figrue four", "9999", "zzzz")
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


async def keys_ms(catalogue: Catalogue) -> tuple[float, list[float]]:
    """How long the library takes to open, and how much of the processor each key takes, painting included."""
    painted: list[float] = []
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
    return opened, painted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--exercises", type=int, default=10_000, help="besides the shipped ones (default: 10000)")
    args = parser.parse_args()
    catalogue = catalogue_of(args.exercises)
    began = time.perf_counter()
    index = Index(catalogue)
    indexed = 1000 * (time.perf_counter() - began)
    opened, painted = asyncio.run(keys_ms(catalogue))
    print("| ms | count | median | p95 | max |\n|---|---|---|---|---|")
    print(f"| the index | 1 | {indexed:.0f} | | |")
    print(f"| the library opens | 1 | {opened:.0f} | | |")
    for name, found in (("a search", searches_ms(index)), ("a key, of the processor", painted)):
        ordered = sorted(found)
        p95 = ordered[int(0.95 * len(ordered))]
        print(f"| {name} | {len(found)} | {median(found):.1f} | {p95:.1f} | {ordered[-1]:.1f} |")


if __name__ == "__main__":
    main()
