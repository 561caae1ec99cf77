"""Takes the pictures of the guide and of docs/screens from the program itself: `python -m docs.screenshots`.

With the names of screens, such as `library progress`, it takes only these. What they show was never practised.
"""

import asyncio
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from hiproutine.catalogue import cache
from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.session import find
from hiproutine.history import making
from hiproutine.history.records import Hurt, Record, closed
from hiproutine.paths import shipped
from hiproutine.practice import recording
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Manner
from hiproutine.tui.app import HiproutineApp
from hiproutine.tui.widgets.figure import FigureView
from tests.conftest import HandClock
from tests.places import PLACES, go
from tests.screens import Desk

from .moving import picture, rows_of

HERE = Path(__file__).parent
SIZES = ((60, 20), (80, 24), (120, 35), (200, 50))
SCREENS = {
    "today": "today",
    "why": "why",
    "choose": "choose",
    "only-today": "only today",
    "library": "library",
    "videos": "videos",
    "card": "card",
    "progress": "progress",
    "progress-tables": "progress: tables",
    "self-checks": "self-checks",
    "settings": "settings",
    "first-run": "first run",
    "first-run-session": "first run: session",
    "screening": "screening",
    "safety": "safety",
    "keys": "keys",
    "practice-ready": "practice",
    "practice-hold": "practice: work",
    "practice-floor": "practice: floor",
    "practice-hurts": "practice: hurts",
    "end": "done",
}
"""The name of each picture, and its place in tests/places.py; what is practised comes last, since it is recorded."""
GUIDE = {"today": "today", "practice": "practice-hold"}
SETTINGS = "minutes: 10\nfocus: {front-of-hip: 2}\nsound: bell\n"
PLANS = ("four-everyday", "five-minute", "half-kneeling-hip-flexor+glute-bridge+couch-stretch")
WEEKS = 30
_BEGIN_S, _LONGEST_S = 0.6, 20
"""When a figure has begun to be drawn, and how long that may take."""


def practised(desk: Desk) -> Iterator[Record]:
    """Yield a made-up history, the same each time: pain gets less, and the knee farther from the wall."""
    chance, clock, now = random.Random(4), desk.clock, desk.clock.start
    for ago in range(WEEKS * 7, 0, -1):
        if ago > 5 and chance.random() > 0.85 - 0.3 * ago / (WEEKS * 7):
            continue
        clock.start = now - timedelta(days=ago)
        session = find(desk.catalogue, chance.choice(PLANS))
        steps = recording.planned(compile_session(session, Manner()))
        opening = recording.opening(session, clock, "0.1.0")._replace(id=f"s{ago}")
        done = [step._replace(held_ms=step.planned_ms, end="done") for step in steps]
        yield closed(opening, clock.start, done)
        score = round(6 * ago / (WEEKS * 7) + chance.uniform(0, 2))
        day = clock.start.date()
        yield from making.pain(desk.store.read(), clock.start, day, score)
        yield from making.pain(desk.store.read(), clock.start, day, max(0, score - 1), after=opening.id)
        if ago % 15 == 3:
            for more, side in enumerate(("left", "right")):
                value = round(6 + (WEEKS * 7 - ago) / 40 + more + chance.random(), 1)
                yield making.checked(clock.start, "knee-to-wall", side, value, "cm")
        if ago in (5, 22, 70):
            yield Hurt(making.new_id(clock.start), day, clock.start, opening.id, "couch-stretch", "left", 4, "easier")
    clock.start = now


async def drawn_whole(app: HiproutineApp) -> None:
    """Wait until the figures are drawn."""
    for _ in range(10 * _LONGEST_S):
        if not any(view._drawing for view in app.screen.query(FigureView)):  # noqa: SLF001
            return
        await asyncio.sleep(0.1)


async def take(catalogue: Catalogue, size: tuple[int, int], names: list[str]) -> None:
    """Take pictures at one size; those of the guide are of 80x24."""
    desk = Desk(Path(tempfile.mkdtemp()), catalogue, HandClock())
    desk.set(SETTINGS)
    desk.store.write(*practised(desk))
    app = desk.app()
    with patch.object(HiproutineApp, "exit"):
        async with app.run_test(size=size) as pilot:
            for name in names:
                await go(desk, pilot, PLACES[SCREENS[name]])
                await pilot.pause(_BEGIN_S)
                await drawn_whole(app)
                title = f"{name} at {size[0]}x{size[1]}"
                drawn = picture([rows_of(app)], title)
                (HERE / "screens" / f"{name}-{size[0]}x{size[1]}.svg").write_text(drawn, encoding="utf-8")
                for other in (each for each, of in GUIDE.items() if of == name and size == (80, 24)):
                    (HERE / f"{other}.svg").write_text(drawn, encoding="utf-8")
                print(title)


def main(names: list[str]) -> None:
    (HERE / "screens").mkdir(exist_ok=True)
    catalogue = cache.load(shipped(), None).catalogue
    for size in SIZES:
        asyncio.run(take(catalogue, size, names or [*SCREENS]))


if __name__ == "__main__":
    wanted = {"TEXTUAL_COLOR_SYSTEM": "truecolor"}  # is read when Textual is imported
    if wanted.items() <= os.environ.items():
        main(sys.argv[1:])
    else:
        os.execve(sys.executable, [sys.executable, "-m", "docs.screenshots", *sys.argv[1:]], os.environ | wanted)  # noqa: S606
