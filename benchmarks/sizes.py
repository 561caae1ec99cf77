"""Every screen at every size from 1x1 to 60x24, and at 500x200: counts the sizes that end the program."""

import argparse
import asyncio
import os
import tempfile
import time
import traceback
from itertools import product
from pathlib import Path

from hiproutine.catalogue import cache
from hiproutine.catalogue.model import Catalogue
from hiproutine.paths import shipped
from hiproutine.tui.app import HiproutineApp
from tests.conftest import HandClock
from tests.places import PLACES, go, resize
from tests.screens import Desk

SIZES = ((500, 200), *product(range(1, 61), range(1, 25)))


async def try_out(catalogue: Catalogue, place: str) -> list[str]:
    """The sizes at which a place ends the program, with the last line of why."""
    failed: list[str] = []
    sizes = list(SIZES)
    while sizes:
        with tempfile.TemporaryDirectory() as folder:
            desk = Desk(Path(folder), catalogue, HandClock())
            app = desk.app()
            size = sizes[0]
            try:
                async with app.run_test(size=(80, 24)) as pilot:
                    await go(desk, pilot, PLACES[place])
                    await pilot.pause()
                    while sizes:
                        size = sizes.pop(0)
                        await resize(app, *size)
            except Exception as error:  # noqa: BLE001 -- whatever it is, it is counted
                failed.append(f"{size[0]}x{size[1]}: {traceback.format_exception_only(error)[-1].strip()}")
    return failed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("place", nargs="*", default=list(PLACES), help="a screen (default: all)")
    args = parser.parse_args()
    catalogue = cache.load(shipped(), None).catalogue
    HiproutineApp._background_screens = []  # type: ignore[assignment, method-assign] # noqa: SLF001 -- they have their own turn
    failed = 0
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        for place in args.place:
            begun = time.process_time()
            found = asyncio.run(try_out(catalogue, place))
            took_ms = 1000 * (time.process_time() - begun) / len(SIZES)
            print(f"{place}: {took_ms:.0f} ms a size, {len(found)} failed", *found[:3], sep="\n  ", flush=True)
            failed += len(found)
    print(f"{len(args.place) * len(SIZES)} sizes of {len(args.place)} screens; {failed} ended the program.")


if __name__ == "__main__":
    main()
