"""Random bursts of keys, each in one packet, at every screen: counts those that end the program, and says which."""

import argparse
import asyncio
import os
import tempfile
import traceback
from pathlib import Path
from random import Random

from hiproutine.catalogue import cache
from hiproutine.catalogue.model import Catalogue
from hiproutine.paths import shipped
from tests.conftest import HandClock
from tests.places import PLACES, burst, go, in_one_packet, settled
from tests.screens import Desk


async def try_out(catalogue: Catalogue, place: str, random: Random, bursts: int) -> tuple[int, str]:
    """How many bursts a place has taken, and what ended the program, if anything did."""
    tried: list[list[str]] = []
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), catalogue, HandClock())
        app = desk.app()
        app.exit = lambda *_, **__: None  # type: ignore[method-assign]
        try:
            async with app.run_test(size=(80, 24)) as pilot:
                for _ in range(bursts):
                    await go(desk, pilot, PLACES[place])
                    tried.append(burst(random))
                    in_one_packet(app, tried[-1])
                    await settled(app)
                await go(desk, pilot, ())
                assert len(app.screen_stack) == 1
        except Exception:  # noqa: BLE001 -- whatever it is, it is counted
            return len(tried), f"{tried[-2:]}\n{traceback.format_exc(limit=-4)}"
    return len(tried), ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bursts", type=int, default=20, help="at each screen (default: 20)")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    catalogue = cache.load(shipped(), None).catalogue
    done = ended = 0
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        for place in PLACES:
            count, told = asyncio.run(try_out(catalogue, place, Random(f"{args.seed} {place}"), args.bursts))
            done += count
            if told:
                ended += 1
                print(f"{place}: {told}", flush=True)
    print(f"{done} bursts at {len(PLACES)} screens; {ended} ended the program.")


if __name__ == "__main__":
    main()
