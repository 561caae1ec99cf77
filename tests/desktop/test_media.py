"""The media controls: on a private bus, a real playerctl sees the exercise and pauses it."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.session import find
from hiproutine.history.store import Store
from hiproutine.practice.resume import course
from hiproutine.practice.runner import Leader
from hiproutine.settings.model import Manner
from tests.conftest import HandClock
from tests.desktop.test_awake import listens

if sys.platform != "linux":
    pytest.skip("MPRIS is of Linux", allow_module_level=True)

from hiproutine.desktop import remote
from hiproutine.desktop.media import Media


def until(done: Callable[[], bool]) -> None:
    ends = time.monotonic() + 60
    while not done():
        assert time.monotonic() < ends
        time.sleep(0.02)


@pytest.fixture
def environ(tmp_path: Path) -> Iterator[dict[str, str]]:
    for program in ("dbus-daemon", "playerctl"):
        if not shutil.which(program):
            pytest.skip(f"{program} is not installed")
    pytest.importorskip("jeepney", reason="jeepney is not installed (the extra [desktop])")
    bus = tmp_path / "bus"
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address=unix:path={bus}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until(lambda: listens(bus))
    runtime = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={bus}", "XDG_RUNTIME_DIR": str(tmp_path)}
    yield {"PATH": os.environ["PATH"], **runtime}
    daemon.kill()
    daemon.wait()


def test_playerctl_sees_the_exercise_and_pauses_it(
    environ: dict[str, str], catalogue: Catalogue, clock: HandClock, tmp_path: Path
) -> None:
    store = Store(tmp_path / "history", tmp_path / "state")
    session = find(catalogue, "four-everyday")
    leader = Leader(store, clock, course(session, Manner()), catalogue.exercises, "0")
    leader.begin()
    listening = remote.listen(environ)
    assert listening
    media = Media(environ)

    def told(*words: str) -> str:
        command = ["playerctl", "--player=hiproutine", *words]
        return subprocess.run(command, env=environ, capture_output=True, text=True, check=False).stdout.strip()

    def pressed(button: str) -> None:
        """Presses a button while practice listens."""
        pressing = subprocess.Popen(["playerctl", "--player=hiproutine", button], env=environ)
        while pressing.poll() is None:
            listening.serve(lambda word: str(remote.obey(leader, word)))
            time.sleep(0.01)
        media.show(leader)

    media.show(leader)
    until(lambda: told("status") == "Playing")
    assert told("metadata", "title") == "Half-kneeling hip flexor stretch, left side"
    whole_ms = sum(part.length_ms for part in leader.timeline.steps[0].parts)
    assert told("metadata", "mpris:length") == str(whole_ms * 1000)
    pressed("play-pause")
    assert leader.player.paused
    until(lambda: told("status") == "Paused")
    pressed("pause")
    assert leader.player.paused
    pressed("play")
    assert not leader.player.paused
    pressed("next")
    assert leader.player.at == 1
    pressed("previous")
    assert leader.player.at == 0
    media.close()
    until(lambda: told("status") == "")
    listening.close()


def test_without_a_bus_nothing_is_started(
    catalogue: Catalogue, clock: HandClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hiproutine.desktop.media.launch", lambda *_: pytest.fail("started"))
    store = Store(tmp_path / "history", tmp_path / "state")
    leader = Leader(store, clock, course(find(catalogue, "four-everyday"), Manner()), catalogue.exercises, "0")
    Media({}).show(leader)
