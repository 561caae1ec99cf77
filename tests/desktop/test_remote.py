"""The remote control: what it asks for happens; it is the user's alone, and refuses in a sentence."""

import asyncio
import select
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hiproutine.catalogue.model import Catalogue
from hiproutine.errors import HiproutineError
from tests.conftest import HandClock
from tests.screens import Desk, practice

if sys.platform == "win32":
    pytest.skip("needs sockets with a path", allow_module_level=True)

from hiproutine.desktop import remote

_MORE_THAN_WAIT = 8
"""Words, of which the socket keeps fewer."""


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"XDG_RUNTIME_DIR": str(tmp_path)}


@pytest.fixture
def listening(environ: dict[str, str]) -> Iterator[remote.Remote]:
    found = remote.listen(environ)
    assert found
    yield found
    found.close()


def test_it_is_the_users_alone_and_gone_afterwards(environ: dict[str, str], listening: remote.Remote) -> None:
    path = remote.place(environ)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    listening.close()
    assert not path.exists()


def test_a_folder_that_is_open_to_others_is_not_used(environ: dict[str, str]) -> None:
    folder = remote.place(environ).parent
    folder.mkdir()
    folder.chmod(0o777)
    assert remote.listen(environ) is None


def test_there_is_one_running_practice(environ: dict[str, str], listening: remote.Remote) -> None:
    assert remote.listen(environ) is None
    assert listening.fileno() >= 0


def test_the_socket_of_a_practice_that_was_killed_is_replaced(environ: dict[str, str]) -> None:
    killed = remote.Remote(remote.place(environ))
    killed._socket.close()
    again = remote.listen(environ)
    assert again
    again.close()


def test_a_path_that_is_too_long_for_a_socket_is_none(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 25)
    folder.mkdir()
    assert remote.listen({"XDG_RUNTIME_DIR": str(folder)}) is None


def test_nothing_runs(environ: dict[str, str]) -> None:
    with pytest.raises(HiproutineError, match="nothing is running"):
        remote.ask(environ, "pause")


def test_one_that_says_nothing_does_not_stop_the_practice(environ: dict[str, str], listening: remote.Remote) -> None:
    heard: list[str] = []
    with socket.socket(socket.AF_UNIX) as silent:
        silent.connect(str(remote.place(environ)))
        listening.serve(lambda word: str(heard.append(word)))  # type: ignore[func-returns-value]
    assert heard == []


def test_a_word_that_came_too_late_is_sent_again(
    environ: dict[str, str], listening: remote.Remote, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = socket.socket.sendall
    late: list[str] = []

    def sendall(asking: socket.socket, data: bytes) -> None:
        if data == b"pause" and not late:
            late.append("given up")
            listening.serve(str.upper)  # which waits for it in vain
        elif data == b"pause":
            threading.Thread(target=listening.serve, args=(str.upper,)).start()
        send(asking, data)

    monkeypatch.setattr(socket.socket, "sendall", sendall)
    assert remote.ask(environ, "pause") == "PAUSE"
    assert late


def test_a_practice_that_does_not_answer_is_not_called_absent(
    environ: dict[str, str], listening: remote.Remote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "_REPLY_S", 0.01)
    assert listening.fileno() >= 0
    with pytest.raises(HiproutineError, match="does not answer"):
        remote.ask(environ, "pause")


def test_what_is_asked_of_a_practice_that_is_stopped_is_not_done_later(
    environ: dict[str, str], listening: remote.Remote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "_REPLY_S", 0.01)
    for _ in range(_MORE_THAN_WAIT):
        with pytest.raises(HiproutineError, match="does not answer"):
            remote.ask(environ, "next")
    assert remote.listen(environ) is None  # and does not wait for it either
    done: list[str] = []
    while select.select([listening], [], [], 0)[0]:
        listening.serve(lambda word: str(done.append(word)))  # type: ignore[func-returns-value]
    assert done == []


async def test_words_do_what_keys_do_on_the_screen(
    tmp_path: Path, catalogue: Catalogue, clock: HandClock, environ: dict[str, str]
) -> None:
    desk = Desk(tmp_path, catalogue, clock)
    desk.environ = environ
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await desk.work(pilot, 7)

        async def asked(word: str) -> str:
            return await asyncio.to_thread(remote.ask, environ, word)

        assert await asked("status") == "HOLD 0:23, Half-kneeling hip flexor stretch, left side; 8:51 remaining"
        assert (await asked("pause")).startswith("PAUSED HOLD 0:23")
        assert practice(app).player.paused
        assert (await asked("next")).startswith("RESUME HOLD 0:23")
        await desk.turn(pilot, 3)
        assert (await asked("again")).startswith("READY")
        assert (await asked("next")).startswith("HOLD 0:30")
        assert (await asked("hurts")).startswith("HURTS? HOLD")
        assert (await asked("pause")).startswith("HURTS? HOLD")  # without a number it stands still
        assert (await asked("next")).endswith("; 1 of 10")
        with pytest.raises(HiproutineError, match="pause takes it"):
            await asked("hurts")
        assert (await asked("pause")).endswith("; 1 of 10, easier")
        hurting = practice(app)._leader.hurting
        assert hurting
        assert (hurting.score, hurting.marked) == (1, 0)
        assert (await asked("again")).endswith("; 1 of 10, skip")
        assert (await asked("pause")).startswith("SWITCH")  # the last choice: the other side
        assert (await asked("hurts")).startswith("HURTS? SWITCH")
        assert (await asked("hurts")).startswith("RESUME SWITCH")
        with pytest.raises(HiproutineError, match="it knows pause, next"):
            await asked("quit")
        await pilot.press("question_mark")
        await pilot.pause()
        with pytest.raises(HiproutineError, match="Esc closes"):
            await asked("pause")
    with pytest.raises(HiproutineError, match="nothing is running"):
        remote.ask(environ, "status")


def test_a_reply_reaches_who_asked(environ: dict[str, str], listening: remote.Remote) -> None:
    replies: list[str] = []
    asking = threading.Thread(target=lambda: replies.append(remote.ask(environ, "status")))
    asking.start()
    while asking.is_alive():
        listening.serve(str.upper)
    asking.join()
    assert replies == ["STATUS"]
