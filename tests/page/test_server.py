"""The server of a page, over real sockets on the loopback interface."""

import http.client
import socket
import sys
import time
from collections.abc import Iterator
from threading import Thread
from typing import NamedTuple

import pytest

from hiproutine.errors import HiproutineError
from hiproutine.page import server as served
from hiproutine.page.result import LONGEST
from hiproutine.page.server import PageServer, problem

PAGE = "<!doctype html><title>Stretch</title>"


class Serving(NamedTuple):
    server: PageServer
    results: list[str]
    visitors: list[str]
    thread: Thread

    def ask(
        self, method: str = "GET", path: str = "", body: str | None = None, **headers: str | None
    ) -> tuple[int, str]:
        """Return the status and the text of the answer; the headers are those of the page, unless given."""
        kept = {"Host": self.server.host, "Origin": f"http://{self.server.host}", **headers}
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=20)
        connection.putrequest(method, f"{self.server.path}{path}" if not path.startswith("/") else path, skip_host=True)
        for name, value in kept.items():
            if value is not None:
                connection.putheader(name.replace("_", "-"), value)
        if body is not None and "Content_Length" not in headers:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body.encode() if body is not None else None)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text


@pytest.fixture
def serving() -> Iterator[Serving]:
    results: list[str] = []
    visitors: list[str] = []

    def take(text: str) -> tuple[str, bool]:
        if text == "nonsense":
            raise HiproutineError("that is no result")
        if text == "too much":
            raise HiproutineError("not saved: the disk is full")
        results.append(text)
        return "Saved.", text == "all"

    server = PageServer("127.0.0.1", PAGE, take, visitors.append)
    thread = Thread(target=server.serve, args=(30, 30))
    thread.start()
    yield Serving(server, results, visitors, thread)
    server.came.set()
    server.complete.set()
    thread.join(10)
    assert not thread.is_alive()


def test_the_page_is_served_with_its_token_and_the_result_is_taken(serving: Serving) -> None:
    assert len(serving.server.path) >= 22 + 2, "128 bits"
    assert serving.ask() == (200, PAGE)
    assert serving.visitors == ["127.0.0.1"]
    assert serving.ask("POST", "result", "one") == (200, "Saved.")
    assert serving.ask() == (200, PAGE), "until it is said how much it hurts"
    assert serving.ask("POST", "result", "all") == (200, "Saved.")
    serving.thread.join(10)
    assert not serving.thread.is_alive()
    assert serving.results == ["one", "all"]
    with pytest.raises(ConnectionRefusedError):
        serving.ask()


def test_a_result_that_is_refused_says_why_and_the_page_stays(serving: Serving) -> None:
    assert serving.ask("POST", "result", "nonsense") == (422, "Not saved: that is no result.")
    assert serving.ask("POST", "result", "too much") == (422, "Not saved: the disk is full.")
    assert not serving.server.came.is_set()
    assert serving.ask()[0] == 200


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        (404, {"path": "/"}),
        (404, {"path": "/AAAAAAAAAAAAAAAAAAAAAA/"}),
        (404, {"path": "/favicon.ico"}),
        (404, {"path": "../../etc/passwd"}),
        (404, {"path": "result"}),
        (403, {"Host": "evil.example"}),
        (403, {"Host": None}),
        (403, {"Host": "127.0.0.1"}),
        (403, {"method": "POST", "path": "result", "body": "x", "Origin": "http://evil.example"}),
        (403, {"method": "POST", "path": "result", "body": "x", "Origin": "null"}),
        (403, {"method": "POST", "path": "result", "body": "x", "Origin": None}),
        (403, {"method": "POST", "path": "result", "body": "x", "Host": "evil.example"}),
        (404, {"method": "POST", "path": "", "body": "x"}),
        (404, {"method": "POST", "path": "/AAAAAAAAAAAAAAAAAAAAAA/result", "body": "x"}),
        (411, {"method": "POST", "path": "result", "Content_Length": "-1"}),
        (411, {"method": "POST", "path": "result", "Transfer_Encoding": "chunked"}),
        (413, {"method": "POST", "path": "result", "Content_Length": str(LONGEST + 1)}),
        (501, {"method": "DELETE"}),
        (501, {"method": "OPTIONS"}),
        (501, {"method": "HEAD", "path": "/"}),
    ],
)
def test_what_is_not_asked_by_its_own_page_gets_nothing(serving: Serving, status: int, asked: dict[str, str]) -> None:
    got, text = serving.ask(**asked)
    assert got == status
    assert "Stretch" not in text
    assert serving.results == serving.visitors == []


def test_a_request_that_is_long_or_slow_is_dropped(
    serving: Serving, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(served, "REQUEST_S", 1)
    place = "127.0.0.1", serving.server.server_port
    with socket.create_connection(place, 20) as long:
        long.sendall(b"GET / HTTP/1.1\r\nX: " + b"x" * 20_000 + b"\r\n\r\n")
        assert ended(long)
    with socket.create_connection(place, 20) as slow:
        while True:  # a byte now and then keeps no request open
            try:
                slow.sendall(b"G")
                slow.settimeout(0.2)
                if slow.recv(10) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break
    assert serving.ask()[0] == 200
    assert capsys.readouterr().err == ""


def ended(connection: socket.socket) -> bool:
    try:
        return connection.recv(100) == b""
    except ConnectionResetError:
        return True


def hold(serving: Serving, number: int, source: str) -> list[socket.socket]:
    """Open connections from an address of this computer, and wait until they have their places."""
    place = "127.0.0.1", serving.server.server_port
    held = [socket.create_connection(place, 20, (source, 0)) for _ in range(number)]
    wait_for(serving, source, number)
    return held


def wait_for(serving: Serving, source: str, number: int) -> None:
    """Wait until an address has so many connections: they are accepted one after the other."""
    until = time.monotonic() + 20
    while serving.server._open[source] != number:
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has every address of 127.0.0.0/8")
def test_there_are_only_so_many_at_a_time(serving: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served, "REQUEST_S", 60)
    place = "127.0.0.1", serving.server.server_port
    held = hold(serving, served._MOST_OF_ONE, "127.0.0.2")
    with socket.create_connection(place, 20, ("127.0.0.2", 0)) as more:
        assert ended(more), "one visitor has only so many"
    assert serving.ask()[0] == 200, "and shuts nobody else out"
    wait_for(serving, "127.0.0.1", 0)
    held += hold(serving, served._MOST_OF_ONE, "127.0.0.3")
    held += hold(serving, served._MOST_AT_ONCE - 2 * served._MOST_OF_ONE, "127.0.0.4")
    with socket.create_connection(place, 20) as more:
        assert ended(more)
    for each in held:
        each.close()


def test_an_hour_without_a_result_is_enough() -> None:
    server = PageServer("127.0.0.1", PAGE, lambda _: ("", True))
    assert server.serve(0.2, 10) is False


def test_only_an_address_of_a_private_network_is_served_on() -> None:
    assert [problem(each) for each in ("192.168.1.20", "10.0.0.1", "127.0.0.1", "100.64.0.3", "169.254.1.1")] == [
        ""
    ] * 5
    for each in ("0.0.0.0", "8.8.8.8", "224.0.0.1"):
        assert problem(each).startswith(f"{each} is not an address of a private network")
    assert problem("my-host") == '"my-host" is no address such as 192.168.1.20'
    with pytest.raises(HiproutineError, match=r"^192\.0\.2\.1 cannot be served on: "):
        PageServer("192.0.2.1", PAGE, lambda _: ("", True))
