"""`check --links`, against a server of our own on this machine."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest

from hiproutine.catalogue import link_check
from tests.conftest import HandClock, Run

PAUSE_S = 0.2
NAMES = ("there", "moved", "gone", "broken", "slow")


class Server:
    """Answers by the last part of the path, and notes each request."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, float, str]] = []
        self.let_go = threading.Event()
        self.status = {"there": 200, "moved": 302, "gone": 404, "broken": 500, "busy": 429, "busy-too": 200}
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                name = self.path.rpartition("/")[2]
                server.asked.append((name, time.monotonic(), self.headers["User-Agent"]))
                if name == "slow":
                    server.let_go.wait(20)
                    return
                self.send_response(server.status[name])
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nothing is noted."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def names(self) -> list[str]:
        return [name for name, _, _ in self.asked]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Server]:
    made = Server()
    port = made.http.server_port
    monkeypatch.setattr(link_check, "page_of", lambda url: f"http://127.0.0.1:{port}/{url.rpartition('/')[2]}")
    monkeypatch.setattr(link_check, "PAUSE_S", PAUSE_S)
    monkeypatch.setattr(link_check, "TIMEOUT_S", 0.5)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    yield made
    made.let_go.set()
    made.http.shutdown()
    made.http.server_close()


@pytest.fixture
def fresh(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """With a cache of its own, since answers are kept there."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return run


def file_with(folder: Path, *names: str, host: str = "vimeo.com") -> str:
    file = folder / "own.yaml"
    rows = (
        f"  - {{id: {name}, url: 'https://{host}/{name}', section: Mine, caption: Mine, checked: 2026-11-01}}"
        for name in names
    )
    file.write_text("\n".join(("videos:", *rows)) + "\n", encoding="utf-8")
    return str(file)


def test_what_is_not_there_is_a_warning_at_its_place(fresh: Run, server: Server, tmp_path: Path) -> None:
    file = file_with(tmp_path, *NAMES)
    said = fresh("check", "--links", file)
    assert said.code == 0
    warned = [line.removeprefix(f"{file}:") for line in said.out.splitlines()[:-1]]
    assert [line.partition(" is not")[0] for line in warned] == [
        f"{line}:{column}: warning: {name}"
        for line, column, name in ((4, 21, "gone"), (5, 23, "broken"), (6, 21, "slow"))
    ]
    assert warned[0].endswith("is not known to be there: 404 Not Found")
    assert "timed out" in warned[2]
    assert server.names == list(NAMES)


def test_requests_come_one_at_a_time_with_a_pause_and_a_name(fresh: Run, server: Server, tmp_path: Path) -> None:
    fresh("check", "--links", file_with(tmp_path, "there", "moved", "gone"))
    times = [at for _, at, _ in server.asked]
    assert all(later - earlier >= PAUSE_S for earlier, later in pairwise(times))
    assert all(agent.startswith("hiproutine/") for _, _, agent in server.asked)


def test_an_answer_is_kept_for_a_day_and_no_answer_is_not(
    fresh: Run, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = file_with(tmp_path, *NAMES)
    first = fresh("check", "--links", file)
    assert fresh("check", "--links", file).out == first.out
    assert server.names == [*NAMES, "broken", "slow"]

    class Tomorrow(HandClock):
        def __init__(self) -> None:
            super().__init__()
            self.turn(24 * 60 * 60 * 1000)

    monkeypatch.setattr("hiproutine.day.context.SystemClock", Tomorrow)
    assert fresh("check", "--links", file).out == first.out
    assert server.names == [*NAMES, "broken", "slow", *NAMES]


def test_a_host_that_asks_for_fewer_questions_gets_no_more(fresh: Run, server: Server, tmp_path: Path) -> None:
    said = fresh("check", "--links", file_with(tmp_path, "busy", "busy-too"))
    assert server.names == ["busy"]
    assert "429 Too Many Requests" in said.out
    assert "busy-too is not known to be there: its host asks for fewer questions" in said.out


def test_a_host_that_is_not_known_is_not_asked(fresh: Run, server: Server, tmp_path: Path) -> None:
    said = fresh("check", "--links", file_with(tmp_path, "there", host="evil.example"))
    assert server.asked == []
    assert "there was not checked, because evil.example is not a known video host" in said.out


def test_without_the_option_nothing_is_asked(fresh: Run, server: Server, tmp_path: Path) -> None:
    fresh("check", file_with(tmp_path, *NAMES))
    assert server.asked == []


def test_of_youtube_its_oembed_is_asked_and_of_others_the_page() -> None:
    asked = "https://www.youtube.com/oembed?url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D-2vO8QfdLFg&format=json"
    assert link_check.page_of("https://youtu.be/-2vO8QfdLFg?t=9") == asked
    assert link_check.page_of("https://vimeo.com/123#t=9") == "https://vimeo.com/123"
