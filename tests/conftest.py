"""What every test stands on: the shipped catalogue, a clock that is turned by hand, and no way to the real home."""

import gc
import json
import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import settings

from hiproutine.catalogue import cache
from hiproutine.catalogue.model import Catalogue
from hiproutine.cli.main import main
from hiproutine.clock import Instant
from hiproutine.history.store import Store
from hiproutine.paths import shipped

# A busy machine is no reason to fail: how quick something is has tests of its own.
settings.register_profile("hiproutine", deadline=None)
settings.load_profile("hiproutine")
# A screen makes thousands of objects that are no garbage: by default a tenth of a test's time is spent looking at them.
gc.set_threshold(20_000, 20, 20)


def pytest_xdist_auto_num_workers() -> int:
    """Two a core: screens and terminals wait more than they compute."""
    return 2 * (os.cpu_count() or 1)


PARIS_WINTER = timezone(timedelta(hours=1))


class HandClock:
    """A clock that stands still until a test turns it: 2026-11-23 07:30, in a zone one hour east."""

    def __init__(self) -> None:
        self.start = datetime(2026, 11, 23, 7, 30, tzinfo=PARIS_WINTER)
        self.running_ms = 0
        self.asleep_ms = 0

    def instant(self) -> Instant:
        return Instant(self.running_ms, self.asleep_ms)

    def now(self) -> datetime:
        return self.start + timedelta(milliseconds=self.running_ms + self.asleep_ms)

    def zone(self) -> str | None:
        return "Europe/Paris"

    def turn(self, ms: int) -> None:
        self.running_ms += ms

    def sleep(self, ms: int) -> None:
        self.asleep_ms += ms


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for each test, and no SSH, browser or XDG folder of whoever runs it."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("SSH_CONNECTION", "SSH_TTY", "BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name in ("DATA", "STATE", "CACHE", "CONFIG"):
        monkeypatch.delenv(f"XDG_{name}_HOME", raising=False)
    monkeypatch.setenv("HOME", str(home))
    return home


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    loaded = cache.load(shipped(), None).catalogue
    gc.freeze()  # it stays until the end, and walking it was half of what collecting garbage takes
    return loaded


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data" / "history", tmp_path / "state")


class Said(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert (self.code, self.err) == (0, "")
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """What went well, without anything that steers a terminal."""
        assert (self.code, self.err) == (0, "")
        assert re.fullmatch(r"[^\x00-\x09\x0b-\x1f\x7f-\x9f]*\n", self.out)
        return self.out.splitlines()


Run = Callable[..., Said]


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, warm: Path) -> Run:
    """Runs a command line in this process, at 2026-11-23 07:30, with the catalogue's cache warm after the first."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(warm))
    monkeypatch.setattr("hiproutine.day.context.SystemClock", HandClock)

    def run(*words: str) -> Said:
        try:
            code = main(words)
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        return Said(code, *capsys.readouterr())

    return run
