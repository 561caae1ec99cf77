"""Serve one page on one address of the local network for a while, and take its result.

Nothing that comes in is trusted: a request must have the token and name this server as its host and, to send something,
come from its own page; it is short, soon over, and one of few at a time.
"""

import hmac
import ipaddress
import secrets
import socket
import time
from collections import Counter
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from socketserver import TCPServer, ThreadingMixIn
from threading import Event, Lock, Thread
from typing import Any

from hiproutine.errors import HiproutineError
from hiproutine.page.document import RESULT
from hiproutine.page.result import LONGEST
from hiproutine.text import reason

HOUR_S = 3600
AFTER_S = 120
"""After the result, for the answer how much it hurts now."""
REQUEST_S = 10
"""For a whole request, with its answer."""
_MOST_AT_ONCE = 16
_MOST_OF_ONE = 6
"""From one address at once, as many as a browser has; so one that keeps them open leaves room for the phone."""
_LONGEST_HEAD = 8_000
"""In bytes: the request line and all headers."""
_TOKEN_BYTES = 16
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

Take = Callable[[str], tuple[str, bool]]
"""Takes a result; returns an answer for the page, and whether nothing more is to come. Raises HiproutineError."""


def own_address() -> str:
    """Return the address of this computer in its network. Raises HiproutineError if it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing: it only chooses the interface
            address: str = probe.getsockname()[0]
        except OSError as error:
            raise HiproutineError("this computer is in no network; `hiproutine page` writes a file instead") from error
    return address


def problem(address: str) -> str:
    """Return why a page must not be served on an address, as a sentence; empty if it may."""
    try:
        found = ipaddress.IPv4Address(address)
    except ValueError:
        return f'"{address}" is no address such as 192.168.1.20'
    if found.is_global or found.is_unspecified or found.is_multicast:
        return f"{address} is not an address of a private network, and others could reach it from anywhere"
    return ""


class PageServer(ThreadingMixIn, HTTPServer):
    """The server of a page, bound to the address from its creation. `opened` hears which address gets the page."""

    daemon_threads = True

    def __init__(self, address: str, page: str, take: Take, opened: Callable[[str], None] = lambda _: None) -> None:
        """Listen on any free port. Raises HiproutineError if that cannot be."""
        self.page, self.take, self.opened = page.encode(), take, opened
        self.lock = Lock()
        self.came, self.complete = Event(), Event()
        self._open = Counter[str]()
        self._counting = Lock()
        try:
            super().__init__((address, 0), _Handler)
        except OSError as error:
            raise HiproutineError(f"{address} cannot be served on: {reason(error)}") from error
        self.host = f"{address}:{self.server_port}"
        self.path = f"/{secrets.token_urlsafe(_TOKEN_BYTES)}/"

    @property
    def url(self) -> str:
        return f"http://{self.host}{self.path}"

    def serve(self, for_s: float = HOUR_S, after_s: float = AFTER_S) -> bool:
        """Serve until the result has come, with what belongs to it, or the time is up; return whether it came."""
        Thread(target=self.serve_forever, args=(0.1,), daemon=True).start()
        try:
            if self.came.wait(for_s):
                self.complete.wait(after_s)
        finally:
            self.shutdown()
            self.server_close()
        return self.came.is_set()

    def server_bind(self) -> None:
        TCPServer.server_bind(self)  # that of HTTPServer asks the network for a name
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def process_request(self, request: Any, client_address: Any) -> None:
        visitor = client_address[0]
        with self._counting:
            free = self._open.total() < _MOST_AT_ONCE and self._open[visitor] < _MOST_OF_ONE
            self._open[visitor] += free
        if free:
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._counting:
                self._open[client_address[0]] -= 1

    def handle_error(self, request: Any, client_address: Any) -> None:
        import sys

        if not isinstance(sys.exc_info()[1], OSError):  # a visitor who has gone is no fault of ours
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Answers one request; what is wrong with it gets a status and its name."""

    server: PageServer
    timeout = REQUEST_S
    server_version, sys_version = "hiproutine", ""

    def setup(self) -> None:
        super().setup()
        self._until = time.monotonic() + REQUEST_S
        self._body = b""
        self.rfile = BytesIO(self._head())

    def do_GET(self) -> None:
        if self._is_foreign():
            self.send_error(HTTPStatus.FORBIDDEN)
        elif not self._asks_for(""):
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            self.server.opened(self.client_address[0])
            self._answer(HTTPStatus.OK, self.server.page, "text/html")

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if self._is_foreign() or self.headers.get_all("Origin") != [f"http://{self.server.host}"]:
            self.send_error(HTTPStatus.FORBIDDEN)
        elif not self._asks_for(RESULT):
            self.send_error(HTTPStatus.NOT_FOUND)
        elif not (length.isascii() and length.isdecimal() and len(length) < len(str(10 * LONGEST))):
            self.send_error(HTTPStatus.LENGTH_REQUIRED)
        elif int(length) > LONGEST:
            self.send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        else:
            self._take(self._received(int(length)).decode("ascii", "replace"))

    def _take(self, text: str) -> None:
        try:
            with self.server.lock:
                said, complete = self.server.take(text)
        except HiproutineError as error:
            why = str(error).removeprefix("not saved: ")  # which the disk's own errors begin with
            self._answer(HTTPStatus.UNPROCESSABLE_ENTITY, f"Not saved: {why}.".encode())
            return
        self._answer(HTTPStatus.OK, said.encode())
        self.server.came.set()
        if complete:
            self.server.complete.set()

    def _is_foreign(self) -> bool:
        """Whether the request is for another host, as that of a page elsewhere whose name leads here."""
        return self.headers.get_all("Host") != [self.server.host]

    def _asks_for(self, name: str) -> bool:
        return hmac.compare_digest(self.path.encode(errors="replace"), f"{self.server.path}{name}".encode())

    # ---- what comes in ----

    def _head(self) -> bytes:
        """Return the request line and the headers; nothing if they are too long or too slow."""
        found = b""
        while (end := found.find(b"\r\n\r\n")) < 0:
            piece = self._piece()
            found += piece
            if not piece or len(found) > _LONGEST_HEAD:
                return b""
        self._body = found[end + 4 :]
        return found[: end + 4]

    def _received(self, length: int) -> bytes:
        """Return the body; what came of it if it does not come in time."""
        while len(self._body) < length and (piece := self._piece()):
            self._body += piece
        return self._body[:length]

    def _piece(self) -> bytes:
        left_s = self._until - time.monotonic()
        if left_s <= 0:
            return b""
        self.connection.settimeout(left_s)
        try:
            piece: bytes = self.connection.recv(4096)
        except OSError:
            piece = b""
        self.connection.settimeout(REQUEST_S)
        return piece

    # ---- what goes out ----

    def _answer(self, status: HTTPStatus, content: bytes, kind: str = "text/plain") -> None:
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        status = HTTPStatus(code)
        self._answer(status, status.phrase.encode())

    def log_message(self, *_: object) -> None:
        """Log nothing: the address has the token."""
