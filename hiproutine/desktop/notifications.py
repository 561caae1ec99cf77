"""Notifications of the desktop, with a button where it can have one."""

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from hiproutine.desktop import dbus
from hiproutine.errors import HiproutineError
from hiproutine.processes import launch
from hiproutine.text import reason

_SERVER = dbus.Place("org.freedesktop.Notifications", "/org/freedesktop/Notifications", "org.freedesktop.Notifications")
_START = "start"
WAITS_S = 30 * 60
"""Lifetime of the button: this process waits for it."""
_WITHIN_S = 20
_TERMINALS: Mapping[str, Sequence[str]] = {
    "xdg-terminal-exec": (),
    "x-terminal-emulator": ("-e",),
    "gnome-terminal": ("--",),
    "konsole": ("-e",),
    "xfce4-terminal": ("-x",),
    "kitty": (),
    "alacritty": ("-e",),
    "foot": (),
    "wezterm": ("start", "--"),
    "xterm": ("-e",),
}
"""Terminals, the chosen one of the system first, and what each takes before a command."""
# The words are arguments of the script, never part of it.
_OF_MACOS = (
    "on run argv",
    "display notification (item 2 of argv) with title (item 1 of argv)",
    "end run",
)
_OF_WINDOWS = """\
$manager = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]
$toast = $manager::GetTemplateContent([Windows.UI.Notifications.ToastTemplateType]::ToastText02)
$texts = $toast.GetElementsByTagName('text')
[void]$texts.Item(0).AppendChild($toast.CreateTextNode($env:HIPROUTINE_TITLE))
[void]$texts.Item(1).AppendChild($toast.CreateTextNode($env:HIPROUTINE_TEXT))
$app = '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\\WindowsPowerShell\\v1.0\\powershell.exe'
$manager::CreateToastNotifier($app).Show([Windows.UI.Notifications.ToastNotification]::new($toast))
"""


def notify(
    title: str,
    text: str,
    command: Sequence[str],
    environ: Mapping[str, str],
    which: Callable[[str], str | None],
    *,
    waits_s: float = WAITS_S,
) -> None:
    """Show a notification; its button, where there can be one, runs the command in a terminal.

    Waits for the button. Raises HiproutineError if nothing can be shown.
    """
    if sys.platform == "darwin":
        script = [word for line in _OF_MACOS for word in ("-e", line)]
        _run(["osascript", *script, title, text], environ)
    elif sys.platform == "win32":
        told = {"HIPROUTINE_TITLE": title, "HIPROUTINE_TEXT": text}
        _run(["powershell", "-NoProfile", "-NonInteractive", "-Command", _OF_WINDOWS], {**environ, **told})
    else:
        terminal = in_terminal(command, which)
        try:
            pressed = _on_bus(title, text, environ, waits_s, button=bool(terminal))
        except OSError as error:
            raise HiproutineError(f"no notification can be shown here ({reason(error)})") from None
        if pressed:
            launch(terminal, environ).wait()


def in_terminal(command: Sequence[str], which: Callable[[str], str | None]) -> list[str]:
    """Return the command that opens a terminal with another one in it; empty where no terminal is known."""
    found = ((path, before) for name, before in _TERMINALS.items() if (path := which(name)))
    for path, before in found:
        return [path, *before, *command]
    return []


def _run(words: Sequence[str], environ: Mapping[str, str]) -> None:
    try:
        subprocess.run(words, env=environ, capture_output=True, timeout=_WITHIN_S, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        raise HiproutineError(f"no notification can be shown here ({why})") from None


def _on_bus(title: str, text: str, environ: Mapping[str, str], waits_s: float, *, button: bool) -> bool:
    """Show the notification, with a button if wanted and known there; return whether that was pressed in time."""
    at = dbus.address(environ)
    if not at:
        raise OSError("there is no session bus")
    bus = dbus.Bus(at)
    try:
        bus.listen(_SERVER)
        button = button and b"actions\0" in bus.call(_SERVER, "GetCapabilities")
        actions = (_START, "Start", "default", "Start") if button else ()
        shown = bus.call(
            _SERVER, "Notify", "susssasa{sv}i", "hiproutine", 0, "", title, _escaped(text), actions, {}, -1
        )
        return button and _is_pressed(bus, shown[:4], waits_s)
    finally:
        bus.close()


def _escaped(text: str) -> str:
    """The text of a notification may be markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _is_pressed(bus: dbus.Bus, shown: bytes, waits_s: float) -> bool:
    from time import monotonic

    until = monotonic() + waits_s
    with suppress(OSError):  # nobody pressed it in time, or the desktop is gone
        while (remaining_s := until - monotonic()) > 0:
            member, body = bus.signal(remaining_s)
            if body[:4] == shown and member in ("ActionInvoked", "NotificationClosed"):
                return member == "ActionInvoked"
    return False
