"""Notifications: on a private bus a daemon shows them, and its button opens a terminal; other systems' own programs."""

import os
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hiproutine.desktop import dbus, notifications
from hiproutine.errors import HiproutineError
from tests.sound.test_sound import until

if sys.platform == "win32":
    pytest.skip("needs Unix sockets", allow_module_level=True)

from tests.desktop.test_awake import Desktop, folder

__all__ = ["folder"]  # the fixture
NUMBER = 42


class Daemon(Desktop):
    """A notification daemon; `capabilities` says whether it has buttons."""

    capabilities: tuple[str, ...] = ("body", "actions")

    def answer(self, member: str) -> tuple[str, bytes]:
        if member == "GetCapabilities":
            return "as", dbus._encoded("as", self.capabilities)
        return "u", struct.pack("<I", NUMBER)

    def shown(self) -> list[tuple[str, bytes]]:
        return [(caller, body) for caller, member, body in self.asked if member == "Notify"]

    def signal(self, member: str, number: int, *, key: str | None = None) -> None:
        ((caller, _),) = self.shown()
        place = notifications._SERVER._replace(service=caller)
        if key is None:
            self.emit(place, member, "uu", number, 2)
        else:
            self.emit(place, member, "us", number, key)


@pytest.fixture
def daemon(folder: Path) -> Iterator[Daemon]:
    daemon = Daemon(folder, "org.freedesktop.Notifications")
    yield daemon
    daemon.close()


def notify(daemon: Desktop, folder: Path, waits_s: float = 20) -> threading.Thread:
    """Notify in the background; the terminal writes its command to a file."""
    terminal = folder / "konsole"
    terminal.write_text(f'#!/bin/sh\necho "$@" >{folder}/opened\n', encoding="utf-8")
    terminal.chmod(0o755)
    which = {"konsole": str(terminal)}.get
    thread = threading.Thread(
        target=notifications.notify,
        args=("Five-minute hips, 7 min", "Not done <yet> & waiting", ["hiproutine", "start"], daemon.environ, which),
        kwargs={"waits_s": waits_s},
    )
    thread.start()
    return thread


def test_the_button_opens_a_terminal_with_the_command(daemon: Daemon, folder: Path) -> None:
    waiting = notify(daemon, folder)
    until(lambda: bool(daemon.shown()))
    ((_, body),) = daemon.shown()
    assert b"\0Five-minute hips, 7 min\0" in body
    assert b"\0Not done &lt;yet&gt; &amp; waiting\0" in body
    assert b"\0start\0" in body
    daemon.signal("ActionInvoked", NUMBER + 1, key="start")  # that of another notification
    daemon.signal("ActionInvoked", NUMBER, key="start")
    waiting.join(20)
    until((folder / "opened").exists)
    until(lambda: (folder / "opened").read_text("utf-8") == "-e hiproutine start\n")


def test_a_notification_that_is_closed_opens_nothing(daemon: Daemon, folder: Path) -> None:
    waiting = notify(daemon, folder)
    until(lambda: bool(daemon.shown()))
    daemon.signal("NotificationClosed", NUMBER)
    waiting.join(20)
    assert not waiting.is_alive()
    assert not (folder / "opened").exists()


def test_nobody_is_waited_for_longer_than_the_button_works(daemon: Daemon, folder: Path) -> None:
    waiting = notify(daemon, folder, waits_s=0.2)
    waiting.join(20)
    assert not waiting.is_alive()
    assert len(daemon.shown()) == 1


def test_a_daemon_without_buttons_is_asked_for_none(daemon: Daemon, folder: Path) -> None:
    daemon.capabilities = ("body",)
    notify(daemon, folder).join(20)
    ((_, body),) = daemon.shown()
    assert b"\0start\0" not in body
    assert not (folder / "opened").exists()


def test_without_a_bus_or_a_daemon_that_is_said(folder: Path) -> None:
    desktop = Desktop(folder)
    for environ in ({}, desktop.environ):
        with pytest.raises(HiproutineError, match="no notification can be shown here"):
            notifications.notify("Hips", "Now", ["hiproutine"], environ, lambda _: None)
    desktop.close()


@pytest.mark.parametrize(("platform", "program"), [("darwin", "osascript"), ("win32", "powershell")])
def test_other_systems_are_given_the_words_apart_from_the_script(
    monkeypatch: pytest.MonkeyPatch, platform: str, program: str
) -> None:
    ran: list[tuple[list[str], dict[str, str]]] = []
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(subprocess, "run", lambda words, env, **_: ran.append((words, env)))
    evil = '"; $(touch /tmp/x) & echo "'
    notifications.notify(evil, evil, ["hiproutine"], dict(os.environ), lambda _: None)
    ((words, environ),) = ran
    assert words[0] == program
    assert not any(evil in word and word != evil for word in words)
    assert words[-2:] == [evil, evil] or (environ["HIPROUTINE_TITLE"], environ["HIPROUTINE_TEXT"]) == (evil, evil)


def test_a_program_that_fails_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(HiproutineError, match="no notification can be shown here"):
        notifications.notify("Hips", "Now", [], {"PATH": "/nowhere"}, lambda _: None)
