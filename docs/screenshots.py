"""Takes the README's pictures from the program itself: `python -m docs.screenshots`."""

import asyncio
import re
import tempfile
from datetime import timedelta
from pathlib import Path

from hiproutine.catalogue import cache
from hiproutine.coach.session import find
from hiproutine.history.records import closed
from hiproutine.paths import shipped
from hiproutine.practice import recording
from hiproutine.practice.timeline import compile_session
from hiproutine.settings.model import Manner
from tests.conftest import HandClock
from tests.screens import Desk

# Textual's pictures fetch a font from elsewhere; ours do without.
FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
DAYS_AGO = (1, 2, 3, 5, 6, 8, 9, 10, 11, 12)


async def take(folder: Path) -> None:
    clock = HandClock()
    desk = Desk(Path(tempfile.mkdtemp()), cache.load(shipped(), None).catalogue, clock)
    session = find(desk.catalogue, None)
    steps = [
        step._replace(held_ms=step.planned_ms, end="done")
        for step in recording.planned(compile_session(session, Manner()))
    ]
    now = clock.start
    for days in DAYS_AGO:
        clock.start = now - timedelta(days=days)
        desk.store.write(closed(recording.opening(session, clock, "0.1.0"), clock.start, steps))
    clock.start = now
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        (folder / "today.svg").write_text(FONT.sub("", app.export_screenshot()), encoding="utf-8")
        await pilot.press("enter")
        await desk.turn(pilot, 15 + 70 + 5 + 13)
        (folder / "practice.svg").write_text(FONT.sub("", app.export_screenshot()), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(take(Path(__file__).parent))
