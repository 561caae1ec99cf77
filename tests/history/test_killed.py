"""Killed at any moment, a session keeps every step that had ended, and the files can be read."""

import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs fork and SIGKILL", allow_module_level=True)

KILLS = 200

# Forks one practising process after the other: so each takes a few ms to start, and two hundred fit into a test.
_KILLING = """
import json, os, random, signal, sys, time  # json and the next two are imported late otherwise, by each child anew
from datetime import UTC, datetime, timedelta
from pathlib import Path
from hiproutine import systems
from hiproutine.catalogue import cache
from hiproutine.clock import Instant
from hiproutine.coach.session import find
from hiproutine.history.records import SessionRecord
from hiproutine.history import device, journal
from hiproutine.history.store import Store
from hiproutine.paths import shipped
from hiproutine.practice.runner import Leader
from hiproutine.practice.resume import course, tidy
from hiproutine.settings.model import Manner

class Quick:
    at = 0
    def instant(self): return Instant(self.at, 0)
    def now(self): return datetime(2026, 11, 23, 7, tzinfo=UTC) + timedelta(milliseconds=self.at)
    def zone(self): return None

store, catalogue = Store(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])), cache.load(shipped(), None).catalogue
manner = Manner()
ahead = course(find(catalogue, "four-everyday"), manner)

def practise(tell):
    clock = Quick()
    tidy(store, catalogue, manner, clock.now() + timedelta(days=1))
    while True:
        leader, told = Leader(store, clock, ahead, catalogue.exercises, "0"), 0
        leader.begin()
        while not leader.over:
            clock.at += leader.wait_ms
            leader.tick()
            done = sum(leader.player.end_of(step) == "done" for step in range(len(leader.timeline.steps)))
            if done > told and not leader.trouble:
                told = done
                os.write(tell, f"{leader._journal.opening.id} {told}\\n".encode())

dice, told, broken = random.Random(int(sys.argv[4])), {}, 0
for kill in range(int(sys.argv[5])):
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        practise(tell)
    os.close(tell)
    time.sleep(dice.uniform(0, 0.05))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(hear) as lines:
        heard = [(name, int(done)) for name, done in map(str.split, lines)]
    told |= dict(heard)
    broken += bool(heard) and heard[-1][1] < 7
    past = store.read()
    assert past.unreadable == (), past.unreadable
    found = {each.id: sum(step.end == "done" for step in each.steps) for each in past.of(SessionRecord)}
    for name, done in told.items():
        assert done <= found[name], (name, done, found)
    assert store.read(steps_since=datetime.max.date()).unreadable == ()
print(len(told), sum(told.values()), broken)
"""


@pytest.mark.timeout(120)
def test_a_kill_at_any_moment_loses_nothing_that_had_ended(tmp_path: Path) -> None:
    folders = [str(tmp_path / name) for name in ("history", "state", "cache")]
    words = [sys.executable, "-c", _KILLING, *folders, "1", str(KILLS)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    sessions, steps, broken = map(int, done.stdout.split())
    assert min(sessions, steps, broken) > 0, done.stdout
