"""Calls over D-Bus: just enough of its protocol to make a request and stay connected, for as long as it should last."""

import os
import socket
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

_CALL, _RETURN, _ERROR, _SIGNAL = 1, 2, 3, 4
_PATH, _INTERFACE, _MEMBER, _REPLY_TO, _DESTINATION, _SIGNATURE = 1, 2, 3, 5, 6, 8
_WITHIN_S = 5
_LONGEST = 1 << 20


class Place(NamedTuple):
    """An object of a service, and the interface of it that is called."""

    service: str
    path: str
    interface: str


_THE_BUS = Place("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")


def address(environ: Mapping[str, str]) -> str | None:
    """Return the socket of the session's bus, with a NUL before an abstract one; None where there is no bus."""
    for each in environ.get("DBUS_SESSION_BUS_ADDRESS", "").split(";"):
        kind, _, options = each.partition(":")
        given = dict(option.split("=", 1) for option in options.split(",") if "=" in option)
        if kind == "unix" and "path" in given:
            return given["path"]
        if kind == "unix" and "abstract" in given:
            return f"\0{given['abstract']}"
    usual = Path(environ.get("XDG_RUNTIME_DIR", "/nowhere"), "bus")
    return str(usual) if usual.is_socket() else None


class _Message(NamedTuple):
    kind: int
    fields: Mapping[int, object]
    body: bytes


class Bus:
    """A connection to the session's bus. Raises OSError where that cannot be made."""

    def __init__(self, at: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._serial = 0
        self._signals: list[_Message] = []
        try:
            self._socket.settimeout(_WITHIN_S)
            self._socket.connect(at)
            who = str(os.getuid()).encode().hex()
            self._socket.sendall(f"\0AUTH EXTERNAL {who}\r\n".encode())
            if not self._line().startswith(b"OK"):
                raise OSError("the bus did not accept us")
            self._socket.sendall(b"BEGIN\r\n")
            self.call(_THE_BUS, "Hello")
        except BaseException:
            self.close()
            raise

    def call(self, place: Place, member: str, signature: str = "", *values: object) -> bytes:
        """Call a method; return the body of its reply. Raises OSError if there is none, or an error."""
        self._serial += 1
        self._socket.sendall(_message(self._serial, place, member, signature, values))
        while True:
            message = self._read()
            if message.fields.get(_REPLY_TO) != self._serial:
                self._signals += [message] * (message.kind == _SIGNAL)
            elif message.kind == _RETURN:
                return message.body
            elif message.kind == _ERROR:
                raise OSError(f"{place.service} refused {member}")

    def listen(self, place: Place) -> None:
        """Receive the signals of an interface from now on. Raises OSError."""
        rule = f"type='signal',interface='{place.interface}',path='{place.path}'"
        self.call(_THE_BUS, "AddMatch", "s", rule)

    def signal(self, within_s: float) -> tuple[str, bytes]:
        """Wait for the next signal; return its member and its body. Raises OSError if none comes in time."""
        self._socket.settimeout(within_s)
        try:
            while not self._signals:
                message = self._read()
                self._signals += [message] * (message.kind == _SIGNAL)
        finally:
            self._socket.settimeout(_WITHIN_S)
        first = self._signals.pop(0)
        return str(first.fields.get(_MEMBER, "")), first.body

    def close(self) -> None:
        self._socket.close()

    def _line(self) -> bytes:
        line = b""
        while not line.endswith(b"\r\n"):
            line += self._exactly(1)
        return line

    def _read(self) -> _Message:
        head = self._exactly(16)
        order = "<" if head[:1] == b"l" else ">"
        length, _, fields = struct.unpack(f"{order}III", head[4:])
        if max(length, fields) > _LONGEST:
            raise OSError("the bus sent too much")
        inside = self._exactly(fields + -fields % 8)[:fields]
        return _Message(head[1], dict(_fields(inside, order)), self._exactly(length))

    def _exactly(self, count: int) -> bytes:
        found = b""
        while len(found) < count:
            more = self._socket.recv(count - len(found))
            if not more:
                raise OSError("the bus closed the connection")
            found += more
        return found


def _message(serial: int, place: Place, member: str, signature: str, values: tuple[object, ...]) -> bytes:
    body = b""
    for kind, value in zip(_types(signature), values, strict=True):
        body = _aligned(body, 4) + _encoded(kind, value)
    fields = b""
    named = [(_PATH, "o", place.path), (_INTERFACE, "s", place.interface), (_MEMBER, "s", member)]
    named += [(_DESTINATION, "s", place.service), *([(_SIGNATURE, "g", signature)] if signature else [])]
    for code, kind, text in named:
        fields = _aligned(fields, 8) + bytes([code, 1]) + kind.encode() + b"\0" + _encoded(kind, text)
    return _aligned(struct.pack("<cBBBIII", b"l", _CALL, 0, 1, len(body), serial, len(fields)) + fields, 8) + body


def _types(signature: str) -> Iterator[str]:
    """Yield the types of a signature; the only supported containers are `a{sv}` and `as`."""
    while signature:
        kind = next((each for each in ("a{sv}", "as") if signature.startswith(each)), signature[0])
        signature = signature.removeprefix(kind)
        yield kind


def _encoded(kind: str, value: object) -> bytes:
    match kind:
        case "u":
            return struct.pack("<I", value)
        case "g":
            text = str(value).encode()
            return bytes([len(text)]) + text + b"\0"
        case "i":
            return struct.pack("<i", value)
        case "as":
            assert isinstance(value, tuple)
            texts = b""
            for each in value:
                texts = _aligned(texts, 4) + _encoded("s", each)
            return struct.pack("<I", len(texts)) + texts
        case "a{sv}":
            return bytes(4)  # always empty, and so without the padding of an entry
        case _:
            text = str(value).encode()
            return struct.pack("<I", len(text)) + text + b"\0"


def _fields(fields: bytes, order: str) -> Iterator[tuple[int, object]]:
    """The header fields that are numbers or text, by their codes."""
    at = 0
    while at < len(fields):
        at += -at % 8
        code, length = fields[at], fields[at + 1]
        kind = fields[at + 2 : at + 2 + length].decode()
        at += 3 + length
        if kind == "g":
            at += 2 + fields[at]
            continue
        at += -at % 4
        (number,) = struct.unpack(f"{order}I", fields[at : at + 4])
        at += 4
        if kind == "u":
            yield code, number
        else:
            yield code, fields[at : at + number].decode(errors="replace")
            at += number + 1


def _aligned(data: bytes, to: int) -> bytes:
    return data + bytes(-len(data) % to)
