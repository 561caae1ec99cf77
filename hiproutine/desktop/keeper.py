"""A separate process that keeps the screen on for as long as it hears that practice continues.

It ends, and the desktop drops its request, after some minutes of silence, or when the program that started it is gone
for any reason.
"""

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress

from hiproutine.desktop import dbus
from hiproutine.desktop.awake import NO_WAY

_WHO, _WHY = "hiproutine", "Practising"
_PORTAL = dbus.Place(
    "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Inhibit"
)
_SCREEN_SAVER = dbus.Place("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver")
_IDLE = 8
"""Flag of the portal: inhibit going idle."""
_SYSTEM_AND_DISPLAY = 0x80000003
Held = object
"""An object that keeps the screen on as long as it exists."""


def main() -> None:
    """Keep the screen on until the input is closed, or silent for the seconds that are the argument."""
    held = hold(os.environ)
    if held is None:
        sys.exit(NO_WAY)
    heard: queue.Queue[bytes] = queue.Queue()
    threading.Thread(target=_listen, args=(heard.put,), daemon=True).start()
    with suppress(queue.Empty):
        while heard.get(timeout=float(sys.argv[0])):
            pass
    # The end of this process is the end of what it asked for.


def _listen(put: Callable[[bytes], None]) -> None:
    while data := os.read(sys.stdin.fileno(), 4096):
        put(data)
    put(b"")


def hold(environ: Mapping[str, str], platform: str = sys.platform) -> Held | None:
    """Keep the screen on for the lifetime of the returned object; None if nothing here can."""
    if platform == "win32":
        return _windows()
    if platform == "darwin":
        return _program(["caffeinate", "-d", "-i", "-w", str(os.getpid())], environ)
    return _by_bus(environ) or _program(
        ["systemd-inhibit", "--what=idle", f"--who={_WHO}", f"--why={_WHY}", "--mode=block", "cat"], environ
    )


def _by_bus(environ: Mapping[str, str]) -> Held | None:
    at = dbus.address(environ)
    if not at:
        return None
    try:
        bus = dbus.Bus(at)
    except OSError:
        return None
    with suppress(OSError):
        bus.call(_PORTAL, "Inhibit", "sua{sv}", "", _IDLE, {})
        return bus
    with suppress(OSError):
        bus.call(_SCREEN_SAVER, "Inhibit", "ss", _WHO, _WHY)
        return bus
    bus.close()
    return None


def _program(arguments: list[str], environ: Mapping[str, str]) -> Held | None:
    """A program that keeps the screen on while it runs; it ends with this process, whose pipe it reads."""
    nothing = subprocess.DEVNULL
    try:
        process = subprocess.Popen(arguments, env=environ, stdin=subprocess.PIPE, stdout=nothing, stderr=nothing)
    except OSError:
        return None
    with suppress(subprocess.TimeoutExpired):
        process.wait(1)
        return None
    return process


def _windows() -> Held | None:
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 -- there on Windows alone
    return kernel.SetThreadExecutionState(_SYSTEM_AND_DISPLAY) or None
