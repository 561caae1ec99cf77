"""The screen stays on while one practises: a private bus is asked for it, and it ends with us, however we end."""

import os
import re
import shutil
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from hiproutine.desktop import dbus, keeper
from hiproutine.desktop.awake import Awake
from hiproutine.desktop.dbus import Bus, Place
from tests.sound.test_sound import until

if sys.platform == "win32":
    pytest.skip("needs Unix sockets", allow_module_level=True)

SAVER, PORTAL = "org.freedesktop.ScreenSaver", "org.freedesktop.portal.Desktop"
BUS = Place("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")


def listens(bus: Path) -> bool:
    """Whether a bus takes connections: its socket is there a moment earlier."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as trial:
        return trial.connect_ex(str(bus)) == 0


class Desktop:
    """A private bus, and on it a service that notes who asked it for what."""

    def __init__(self, folder: Path, *services: str) -> None:
        self.socket = folder / "bus"
        self.environ = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.socket},guid=0", "PATH": str(folder)}
        self.asked: list[tuple[str, str, bytes]] = []
        """(caller, member, body) of each call."""
        daemon = shutil.which("dbus-daemon")
        assert daemon
        arguments = [daemon, "--session", "--nofork", "--nopidfile", f"--address=unix:path={self.socket}"]
        self._daemon = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(lambda: listens(self.socket))
        self._asking = Bus(str(self.socket))
        self._service = Bus(str(self.socket))
        for name in services:
            self._service.call(BUS, "RequestName", "su", name, 0)
        self._service._socket.settimeout(None)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                head = self._service._exactly(16)
                length, serial, fields = struct.unpack("<III", head[4:])
                inside = self._service._exactly(fields + -fields % 8)
                body = self._service._exactly(length)
                if head[1] == 1:
                    caller = re.search(rb"\x07\x01s\0....(:[\d.]+)\0", inside, re.DOTALL)
                    member = re.search(rb"\x03\x01s\0....(\w+)\0", inside, re.DOTALL)
                    assert caller
                    assert member
                    # Noted first: who has its answer may look at once.
                    self.asked.append((caller[1].decode(), member[1].decode(), body))
                    self._reply(serial, caller[1].decode(), *self.answer(member[1].decode()))

    def answer(self, member: str) -> tuple[str, bytes]:
        """The signature and the body of the reply to a call."""
        return "u", struct.pack("<I", 42)

    def _reply(self, serial: int, to: str, signature: str, body: bytes) -> None:
        fields = b"\x05\x01u\0" + struct.pack("<I", serial)
        fields = dbus._aligned(fields, 8) + b"\x06\x01s\0" + dbus._encoded("s", to)
        fields = dbus._aligned(fields, 8) + b"\x08\x01g\0" + dbus._encoded("g", signature)
        head = struct.pack("<cBBBIII", b"l", 2, 0, 1, len(body), 1000 + serial, len(fields))
        self._service._socket.sendall(dbus._aligned(head + fields, 8) + body)

    def emit(self, place: Place, member: str, signature: str, *values: object) -> None:
        """Send a signal of the interface to the one who is named as the service."""
        call = bytearray(dbus._message(5000, place, member, signature, values))
        call[1] = 4  # a signal instead of a call
        self._service._socket.sendall(bytes(call))

    def holds(self) -> list[str]:
        """Those who asked and are still there."""
        return [caller for caller, *_ in self.asked if self._asking.call(BUS, "NameHasOwner", "s", caller) != bytes(4)]

    def close(self) -> None:
        self._daemon.terminate()
        self._daemon.wait(5)
        self._asking.close()
        self._service._socket.close()
        self._thread.join(5)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    if not shutil.which("dbus-daemon"):
        pytest.skip("dbus-daemon is not installed (apt-get install dbus)")
    return tmp_path


@pytest.fixture
def desktop(folder: Path) -> Iterator[Desktop]:
    desktop = Desktop(folder, SAVER)
    yield desktop
    desktop.close()


def test_the_screen_saver_is_held_off_until_the_release(desktop: Desktop) -> None:
    awake = Awake(desktop.environ)
    for _ in range(3):
        awake.beat()
    until(lambda: bool(desktop.asked))
    ((_, member, body),) = desktop.asked
    assert (member, b"hiproutine\0" in body, b"Practising\0" in body) == ("Inhibit", True, True)
    awake.beat()
    assert len(desktop.holds()) == 1
    awake.release()
    until(lambda: not desktop.holds())


def test_the_portal_comes_first(folder: Path) -> None:
    desktop = Desktop(folder, SAVER, PORTAL)
    awake = Awake(desktop.environ)
    awake.beat()
    until(lambda: bool(desktop.asked))
    ((_, member, body),) = desktop.asked
    assert (member, body) == ("Inhibit", struct.pack("<I", 0) + bytes(4) + struct.pack("<II", 8, 0))
    awake.release()
    until(lambda: not desktop.holds())
    desktop.close()


def test_a_long_pause_releases_it_and_going_on_asks_again(desktop: Desktop) -> None:
    awake = Awake(desktop.environ, released_after_s=0.4)
    awake.beat()
    until(lambda: bool(desktop.asked))
    until(lambda: not desktop.holds())

    def asked_again() -> bool:
        awake.beat()
        return len(desktop.asked) == 2

    until(asked_again)
    awake.release()
    until(lambda: not desktop.holds())


def test_it_is_released_with_us_even_if_we_are_killed(desktop: Desktop) -> None:
    code = "import sys, time; from hiproutine.desktop.awake import Awake; import os\n"
    code += "awake = Awake(os.environ)\nwhile True:\n    awake.beat()\n    time.sleep(0.1)\n"
    root = str(Path(keeper.__file__).parents[2])
    environ = {**desktop.environ, "PYTHONPATH": root}
    practising = subprocess.Popen([sys.executable, "-c", code], env=environ)
    until(lambda: bool(desktop.asked))
    practising.kill()
    practising.wait(5)
    until(lambda: not desktop.holds())


def test_it_can_be_turned_off(desktop: Desktop) -> None:
    awake = Awake(desktop.environ, wanted=False)
    awake.beat()
    assert awake._keeper is None
    awake.release()


def test_without_a_desktop_the_last_resort_is_systemd_inhibit(tmp_path: Path) -> None:
    program = tmp_path / "systemd-inhibit"
    program.write_text(f'#!/bin/sh\necho "$@" >>"{tmp_path}/ran"\n/bin/cat\necho released >>"{tmp_path}/ran"\n')
    program.chmod(0o755)
    awake = Awake({"PATH": str(tmp_path)})
    awake.beat()
    ran = tmp_path / "ran"
    until(ran.exists)
    awake.release()
    until(lambda: ran.read_text().endswith("released\n"))
    first = ran.read_text().splitlines()[0]
    assert first.startswith("--what=idle --who=hiproutine --why=Practising")


def test_where_nothing_keeps_a_screen_on_it_is_tried_once(tmp_path: Path) -> None:
    awake = Awake({"PATH": str(tmp_path)})

    def given_up() -> bool:
        awake.beat()
        return awake._keeper is None

    awake.beat()
    until(given_up)
    awake.beat()
    assert awake._keeper is None


@pytest.mark.parametrize(
    ("given", "at"),
    [
        ("unix:path=/run/user/1000/bus", "/run/user/1000/bus"),
        ("unix:path=/tmp/a,guid=12", "/tmp/a"),
        ("unix:abstract=/tmp/dbus-x,guid=12", "\0/tmp/dbus-x"),
        ("tcp:host=a;unix:path=/tmp/a", "/tmp/a"),
        ("autolaunch:", None),
        ("", None),
    ],
)
def test_where_the_bus_is(given: str, at: str | None, tmp_path: Path) -> None:
    assert dbus.address({"DBUS_SESSION_BUS_ADDRESS": given, "XDG_RUNTIME_DIR": str(tmp_path)}) == at


def test_the_usual_place_of_the_bus(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "bus"))
        assert dbus.address({"XDG_RUNTIME_DIR": str(tmp_path)}) == str(tmp_path / "bus")


@pytest.mark.parametrize(
    "answer", [b"", b"REJECTED EXTERNAL\r\n", b"OK 1\r\n", b"OK 1\r\n" + b"l\2\0\1" + b"\xff" * 12]
)
def test_a_bus_that_misbehaves_is_an_error_in_time(answer: bytes, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "bus"))
        listening.listen()

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(100)
                connection.sendall(answer)
                connection.shutdown(socket.SHUT_WR)
                with suppress(OSError):
                    while connection.recv(1000):
                        pass

        thread = threading.Thread(target=serve)
        thread.start()
        with pytest.raises(OSError):  # noqa: PT011 -- any of them
            Bus(str(tmp_path / "bus"))
        thread.join(5)
    assert os.getpid()
