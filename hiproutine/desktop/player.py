"""A media player on D-Bus (MPRIS): a process that shows practice as tracks and hands its buttons to the remote control.

It reads a line of JSON at each change, and ends with its input.
"""

import json
import os
import sys
import threading
import time
from contextlib import suppress
from typing import Any

from jeepney import DBusAddress, Message, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from hiproutine.desktop.remote import ask
from hiproutine.errors import HiproutineError

_NAME = "org.mpris.MediaPlayer2.hiproutine"
_PATH = "/org/mpris/MediaPlayer2"
_ROOT, _PLAYER = "org.mpris.MediaPlayer2", "org.mpris.MediaPlayer2.Player"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_OWNED = 1
_DO_NOT_QUEUE = 4
_BUTTONS = {"PlayPause": "pause", "Next": "next", "Previous": "again"}
Values = dict[str, tuple[str, Any]]
"""Properties by name, each with its type."""

_OF_ROOT: Values = {
    "CanQuit": ("b", False),
    "CanRaise": ("b", False),
    "HasTrackList": ("b", False),
    "Identity": ("s", "hiproutine"),
    "SupportedUriSchemes": ("as", []),
    "SupportedMimeTypes": ("as", []),
}


class Player:
    """Answers the bus with the last line that was read."""

    def __init__(self, connection: DBusConnection) -> None:
        self._connection = connection
        self._sending = threading.Lock()
        self._track: dict[str, Any] = {}
        self._since = 0.0

    def listen(self) -> None:
        """Read lines until the input ends, and with it this process."""
        for line in sys.stdin:
            self._track, self._since = json.loads(line), time.monotonic()
            body: tuple[str, Values, list[str]] = (
                _PLAYER,
                {name: each for name, each in self._values().items() if name != "Position"},
                [],
            )
            self._send(new_signal(DBusAddress(_PATH, interface=_PROPERTIES), "PropertiesChanged", "sa{sv}as", body))
        os._exit(0)

    def answer(self, call: Message) -> None:
        if call.header.message_type is not MessageType.method_call:
            return
        fields = {field.name: value for field, value in call.header.fields.items()}
        interface, member = fields.get("interface"), fields["member"]
        if interface == _PROPERTIES and member in ("Get", "GetAll"):
            values = _OF_ROOT if call.body[0] == _ROOT else self._values()
            if member == "GetAll":
                self._send(new_method_return(call, "a{sv}", (values,)))
            elif call.body[1] in values:
                self._send(new_method_return(call, "v", (values[call.body[1]],)))
            else:
                self._send(new_error(call, f"{_PROPERTIES}.Error.Unknown"))
            return
        self._press(member)
        self._send(new_method_return(call))

    def _press(self, button: str) -> None:
        paused = self._track.get("paused", False)
        if (button == "Play" and paused) or (button in ("Pause", "Stop") and not paused):
            button = "PlayPause"
        if word := _BUTTONS.get(button):
            with suppress(HiproutineError):  # the screen says what it waits for
                ask(os.environ, word)

    def _values(self) -> Values:
        track = self._track
        if not track:
            return {}
        passed_ms = 0 if track["paused"] else (time.monotonic() - self._since) * 1000
        metadata: Values = {
            "mpris:trackid": ("o", f"{_PATH}/track/{track['number']}"),
            "mpris:length": ("x", track["length_ms"] * 1000),
            "xesam:title": ("s", track["title"]),
            "xesam:album": ("s", track["session"]),
            "xesam:artist": ("as", ["hiproutine"]),
        }
        return {
            "PlaybackStatus": ("s", "Paused" if track["paused"] else "Playing"),
            "Metadata": ("a{sv}", metadata),
            "Position": ("x", round(min(track["position_ms"] + passed_ms, track["length_ms"]) * 1000)),
            **dict.fromkeys(("Rate", "MinimumRate", "MaximumRate", "Volume"), ("d", 1.0)),
            **dict.fromkeys(("CanGoNext", "CanGoPrevious", "CanPlay", "CanPause", "CanControl"), ("b", True)),
            "CanSeek": ("b", False),
        }

    def _send(self, message: Message) -> None:
        with self._sending:
            self._connection.send(message)


def main() -> None:
    connection = open_dbus_connection(bus="SESSION")
    (reply,) = connection.send_and_get_reply(message_bus.RequestName(_NAME, _DO_NOT_QUEUE)).body
    if reply != _OWNED:
        sys.exit(1)
    player = Player(connection)
    threading.Thread(target=player.listen, daemon=True).start()
    while True:
        player.answer(connection.receive())
