"""Two homes, one history: real synchronisers carry the files, and nothing is lost or counted twice."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest

from hiproutine.files import make_folder
from hiproutine.history.calendar import day_of
from hiproutine.history.records import SessionRecord
from hiproutine.history.store import Store


class Machine(NamedTuple):
    """A home, and programs that run in it."""

    home: Path

    @property
    def history(self) -> Path:
        return self.home / ".local/share/hiproutine/history"

    @property
    def environ(self) -> dict[str, str]:
        who = {
            f"GIT_{role}_{what}": "me@hips.example" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
        }
        return os.environ | {"HOME": str(self.home), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"} | who

    def start(self, *words: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "hiproutine", *words]
        return subprocess.Popen(command, env=self.environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def hiproutine(self, *words: str) -> str:
        return self.start(*words).communicate(timeout=30)[0]

    def git(self, *words: str) -> None:
        command = ["git", "-C", str(self.history), *words]
        subprocess.run(command, env=self.environ, umask=0o077, check=True, capture_output=True)

    def read(self) -> tuple[int, tuple[str, ...]]:
        """The number of sessions, and what cannot be read, such as a file that is just being replaced."""
        past = Store(self.history, self.home / ".local/state/hiproutine").read()
        return len(past.of(SessionRecord)), tuple(map(str, past.unreadable))

    def sessions(self) -> tuple[SessionRecord, ...]:
        past = Store(self.history, self.home / ".local/state/hiproutine").read()
        assert past.unreadable == ()
        return past.of(SessionRecord)


def practise(*machines: Machine, days_ago: int) -> None:
    """A session on each machine, all at once."""
    day = (day_of(datetime.now().astimezone()) - timedelta(days=days_ago)).isoformat()
    for running in [machine.start("log", "supine-butterfly", "--day", day) for machine in machines]:
        said, _ = running.communicate(timeout=30)
        assert running.returncode == 0, said


def go_by_one_id(*machines: Machine) -> None:
    """As where a home was copied to a machine of the same name."""
    for machine in machines:
        state = machine.home / ".local/state/hiproutine"
        make_folder(state)
        (state / "device").write_text(f"0a1b2c3d {os.uname().nodename}\n")


def device(machine: Machine) -> str:
    """The id that a home has by now."""
    return (machine.home / ".local/state/hiproutine/device").read_text("utf-8").split()[0]


def assert_same(one: Machine, other: Machine, sessions: int, days: int) -> None:
    """Both know so many sessions, of so many days in a row."""
    assert one.sessions() == other.sessions()
    assert len(one.sessions()) == sessions
    streaks = [json.loads(machine.hiproutine("streak", "--json")) for machine in (one, other)]
    assert streaks[0] == streaks[1]
    assert streaks[0]["streak"] == days


def assert_well(*machines: Machine) -> None:
    """Nothing is odd about the files, who may read them included."""
    for machine in machines:
        assert "All is well." in machine.hiproutine("doctor")


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Machine, Machine]:
    machines = Machine(tmp_path / "one"), Machine(tmp_path / "other")
    for machine in machines:
        make_folder(machine.history)
    return machines


# ---- git ----


@pytest.fixture
def clones(pair: tuple[Machine, Machine], tmp_path: Path) -> tuple[Machine, Machine]:
    """The histories as clones of a bare repository."""
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    one, other = pair
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", tmp_path / "bare"], check=True)
    one.git("clone", "-q", str(tmp_path / "bare"), ".")
    one.git("checkout", "-q", "-b", "main")
    (one.history / ".gitattributes").write_text("*.jsonl merge=union\n")
    one.git("add", ".")
    one.git("commit", "-qm", "begin")
    one.git("push", "-q", "-u", "origin", "main")
    other.git("clone", "-q", str(tmp_path / "bare"), ".")
    return pair


def synchronise(machine: Machine) -> None:
    """What docs/sync.md says to do."""
    machine.git("add", ".")
    machine.git("commit", "-qm", "practised", "--allow-empty")
    machine.git("pull", "-q", "--no-rebase", "--no-edit")
    machine.git("push", "-q")


def test_two_clones_have_the_same_history(clones: tuple[Machine, Machine]) -> None:
    one, other = clones
    practise(one, other, days_ago=5)
    synchronise(one)
    practise(one, days_ago=4)
    practise(other, days_ago=3)
    for machine in (other, one, other):
        synchronise(machine)
    practise(one, other, days_ago=2)
    practise(other, days_ago=1)
    for machine in (one, other, one):
        synchronise(machine)
    assert_same(one, other, sessions=7, days=5)
    assert_well(one, other)


def test_a_file_that_two_machines_wrote_loses_nothing_either(clones: tuple[Machine, Machine]) -> None:
    one, other = clones
    go_by_one_id(one, other)
    practise(one, days_ago=4)
    synchronise(one)
    synchronise(other)
    practise(one, other, days_ago=3)
    practise(one, days_ago=2)
    practise(other, other, days_ago=1)
    for machine in (one, other, one):
        synchronise(machine)
    practise(one, other, days_ago=0)  # both see by now that they share a file
    for machine in (one, other, one):
        synchronise(machine)
    assert_same(one, other, sessions=8, days=5)
    assert device(one) != device(other)
    assert_well(one, other)


# ---- Syncthing ----


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Syncthing:
    """A daemon that shares the history of a machine, and talks to nobody but those of the same test."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.folder = machine.home / "syncthing"
        self.gui, self.listening = free_port(), free_port()
        self._run("generate", "--no-default-folder", "--skip-port-probing").wait(30)
        self.id = str(ElementTree.parse(self.folder / "config.xml").find("device").get("id"))  # type: ignore[union-attr]
        (machine.history / ".stfolder").mkdir()

    def knows(self, *daemons: "Syncthing") -> None:
        ids = "".join(f'<device id="{each.id}"/>' for each in daemons)
        devices = "".join(
            f'<device id="{each.id}"><address>tcp://127.0.0.1:{each.listening}</address></device>' for each in daemons
        )
        quiet = {
            **dict.fromkeys(("globalAnnounceEnabled", "localAnnounceEnabled", "relaysEnabled", "natEnabled"), "false"),
            **dict.fromkeys(("crashReportingEnabled", "startBrowser"), "false"),
            **dict.fromkeys(("stunKeepaliveStartS", "autoUpgradeIntervalH"), "0"),
            "urAccepted": "-1",
            "reconnectionIntervalS": "1",
            "listenAddress": f"tcp://127.0.0.1:{self.listening}",
        }
        options = "".join(f"<{name}>{value}</{name}>" for name, value in quiet.items())
        (self.folder / "config.xml").write_text(
            f'<configuration version="36"><folder id="hips" path="{self.machine.history}" fsWatcherEnabled="false">'
            "<maxConflicts>10</maxConflicts><pullerPauseS>1</pullerPauseS>"  # as usual; as usual it is a minute
            f'{ids}</folder>{devices}<gui enabled="true"><address>127.0.0.1:{self.gui}</address>'
            "<apikey>key</apikey></gui>"
            f"<options>{options}</options></configuration>"
        )

    @contextmanager
    def running(self) -> Iterator[None]:
        daemon = self._run("serve", "--no-browser", "--no-restart", "--no-upgrade", "--no-default-folder")
        try:
            yield
        finally:
            daemon.terminate()
            daemon.wait(30)

    def ask(self, method: str, path: str) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.gui}/rest/{path}", method=method, headers={"X-API-Key": "key"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read()

    def _run(self, *words: str) -> "subprocess.Popen[bytes]":
        command = ["syncthing", *words, f"--home={self.folder}"]
        with (self.machine.home / "syncthing.log").open("ab") as log:
            return subprocess.Popen(command, env=self.machine.environ, stdout=log, stderr=log)


def until_same(*daemons: Syncthing, sessions: int) -> None:
    """Has what was written looked for, until all of the machines know so many sessions."""
    late = time.monotonic() + 90
    while any(each.machine.read() != (sessions, ()) for each in daemons):
        assert time.monotonic() < late, [each.machine.read() for each in daemons]
        for each in daemons:
            try:
                each.ask("POST", "db/scan?folder=hips")
            except OSError:  # it does not listen yet
                time.sleep(0.1)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("copied", [False, True], ids=["two devices", "a copied home"])
def test_two_homes_that_syncthing_joins_have_the_same_history(pair: tuple[Machine, Machine], copied: bool) -> None:
    if not shutil.which("syncthing"):
        pytest.skip("syncthing is not installed (apt-get install syncthing)")
    if copied:
        go_by_one_id(*pair)
    one, other = map(Syncthing, pair)
    for each in (one, other):
        each.knows(one, other)
    with one.running():
        with other.running():
            practise(*pair, days_ago=5)
            until_same(one, other, sessions=2)
        practise(*pair, days_ago=4)
        practise(one.machine, days_ago=3)
    with other.running():
        practise(*pair, days_ago=2)
        with one.running():
            until_same(one, other, sessions=7)
            for days_ago, sessions in ((1, 9), (0, 11)):  # at the same second, while joined
                practise(*pair, days_ago=days_ago)
                until_same(one, other, sessions=sessions)
    assert_same(*pair, sessions=11, days=6)
    assert len({device(machine) for machine in pair}) == 2
    if not copied:
        assert_well(*pair)
