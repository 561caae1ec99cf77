"""Serving a session to the phone, and what becomes of its result. It is 2026-11-23 07:30."""

import http.client
import re
from threading import Thread

import pytest

from hiproutine.page.server import PageServer
from tests.conftest import Run
from tests.page.pages import data_of

RESULT = "2026-11-23T06:10:00.000Z/700/650.5/l60,r60,l60,r30h5,b60,l60,r60"


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that a phone got, which sends the result, and then how much it hurts."""
    got: list[str] = []
    serve = PageServer.serve

    def visit(server: PageServer) -> None:
        for method, path, body in (("GET", "", None), ("POST", "result", RESULT), ("POST", "result", f"{RESULT}/p2")):
            connection = http.client.HTTPConnection(server.host, timeout=20)
            connection.request(method, f"{server.path}{path}", body, {"Origin": f"http://{server.host}"})
            got.append(connection.getresponse().read().decode())
            connection.close()

    def served(server: PageServer) -> bool:
        Thread(target=visit, args=(server,), daemon=True).start()
        return serve(server, 30, 30)

    monkeypatch.setattr(PageServer, "serve", served)
    return got


def test_a_result_from_the_phone_is_in_the_history(run: Run, pages: list[str]) -> None:
    said = run("phone", "four-everyday", "--address", "127.0.0.1", "--yes")
    assert said.code == 0
    assert re.search(r"^http://127\.0\.0\.1:\d+/[\w-]{22}/$", said.out, re.MULTILINE)
    assert "Nothing is encrypted" in said.out
    assert "Opened from 127.0.0.1." in said.out
    assert said.out.splitlines()[-4:] == [
        "Logged for Mon 2026-11-23: four-everyday, 3 of 4 done, 6:30 min of exercise.",
        "Logged for Mon 2026-11-23: hurt 5 of 10 in supine-figure-four, right, chose skip.",
        "Logged for Mon 2026-11-23: pain 2 of 10 after a session.",
        "1 day in a row, best 1. Today is done.",
    ]
    assert data_of(pages[0])["send"] == "result"
    assert pages[1:] == ["Saved on your computer."] * 2
    assert len(run("history").lines) == 3
    assert "QR code needs a terminal" in said.err


def test_nothing_is_served_without_a_yes(run: Run, pages: list[str]) -> None:
    said = run("phone", "four-everyday", "--address", "127.0.0.1")
    assert (said.code, pages) == (1, [])
    assert said.err.startswith("hiproutine: Serve it? There is no terminal to answer at; add --yes")


def test_nothing_is_served_where_everybody_could_come(run: Run, pages: list[str]) -> None:
    said = run("phone", "four-everyday", "--address", "0.0.0.0", "--yes")
    assert (said.code, pages) == (1, [])
    assert said.err.startswith("hiproutine: 0.0.0.0 is not an address of a private network")
