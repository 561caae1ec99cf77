"""https addresses: which may be opened, and how to open one without blocking or disturbing the terminal."""

import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess

LONGEST = 2048
URL_HERE = "{url}"
_HOST = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}"
_REST = r"(?:[/?#][A-Za-z0-9/?#&=._~:@!*+,%-]*)?"
# Compiled when first used: most starts read no address.
_ADDRESS = rf"https://{_HOST}{_REST}"
# `%s` and `%action` are filled in by some browsers' launchers.
_PLACEHOLDER = r"%action|%(?![0-9A-Fa-f]{2})"

# The browser runs in a separate process: a slow one cannot stop the clock, its output cannot reach the screen, and its
# exit code reports whether anything opened.
_OPENER = "import sys, webbrowser; sys.exit(0 if webbrowser.open(sys.argv[1]) else 3)"


def problem(url: str) -> str | None:
    """Return why `url` must not be opened, as the rest of a sentence; None if it may."""
    if len(url) > LONGEST:
        return f"is longer than {LONGEST} characters"
    if not url.startswith("https://"):
        return "does not begin with https://"
    if not re.fullmatch(_ADDRESS, url) or re.search(_PLACEHOLDER, url):
        return "is not a plain https address (no spaces, quotes, brackets, logins, ports or bare numbers as host)"
    return None


def can_open(environ: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether a browser opened from here appears on the user's own screen."""
    if environ.get("BROWSER"):
        return True
    if any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")):
        return True
    return "SSH_CONNECTION" not in environ and (platform in ("darwin", "win32") or bool(environ.get("WSL_DISTRO_NAME")))


def opener(url: str, environ: Mapping[str, str], which: Callable[[str], str | None]) -> list[str]:
    """Return the command that opens an address without a `problem`; it exits with 0 if a browser accepted it."""
    if environ.get("WSL_DISTRO_NAME") and not environ.get("BROWSER"):
        # WSLg has its own display, without a browser; use the one in Windows.
        if wslview := which("wslview"):
            return [wslview, url]
        if powershell := which("powershell.exe"):
            return [powershell, "-NoProfile", "-Command", f"Start-Process '{url}'"]
    return [sys.executable, "-I", "-c", _OPENER, url]


def open_in_browser(url: str) -> "subprocess.Popen[bytes] | None":
    """Start a detached helper that opens `url` and exits with 0 if a browser accepted it; None if impossible."""
    if problem(url) or not can_open(os.environ):
        return None
    import shutil

    try:
        return _start(opener(url, os.environ, shutil.which))
    except OSError:
        return None


def open_in_player(command: Sequence[str], url: str) -> "subprocess.Popen[bytes] | None":
    """Start the command with {url} replaced by the address, without a shell; None if the address may not be opened.

    Raises OSError if the command cannot be started.
    """
    return None if problem(url) else _start([word.replace(URL_HERE, url) for word in command])


def _start(command: list[str]) -> "subprocess.Popen[bytes]":
    import subprocess  # 11 ms, needed only here

    # Without TERM, webbrowser skips text browsers, which would wait for this terminal.
    environ = {name: value for name, value in os.environ.items() if name != "TERM"}
    return subprocess.Popen(
        command,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def took_it(helper: "subprocess.Popen[bytes]", within_s: float = 3.0) -> bool | None:
    """Whether a browser accepted the address; None if still unknown after `within_s`."""
    import subprocess

    try:
        return helper.wait(within_s) == 0
    except subprocess.TimeoutExpired:
        return None


def refused(command: Sequence[str], helper: "subprocess.Popen[bytes] | None") -> str:
    """Return why `command`, or the browser if that is empty, did not show an address; without a full stop."""
    if command and helper:
        return f"{command[0]} ended with code {helper.returncode}"
    return "No browser opens from here"


_YOUTUBE_HOSTS = {"www.youtube.com", "youtube.com", "m.youtube.com", "youtu.be"}
KNOWN_HOSTS = _YOUTUBE_HOSTS | {"vimeo.com", "player.vimeo.com"}
_YOUTUBE = r"https://(?:(?:www\.|m\.)?youtube\.com/(?:watch\?(?:[^#]*&)?v=|shorts/|embed/|live/)|youtu\.be/)([A-Za-z0-9_-]{11})(?![A-Za-z0-9_-])"
_SECOND = r"[?&#](?:t|start)=(?:(\d{1,2})h)?(?:(\d{1,4})m)?(\d{1,6})?s?(?:&|$)"


def host(url: str) -> str:
    """Return the host of an address without a `problem`."""
    return re.split("[/?#]", url.removeprefix("https://"), maxsplit=1)[0]


def youtube(url: str) -> tuple[str, int] | None:
    """Return the id of a YouTube video and its start in seconds; None for any other address."""
    found = re.match(_YOUTUBE, url)
    if not found:
        return None
    start = re.search(_SECOND, url[found.end() :]) or re.search(_SECOND, url)
    hours, minutes, seconds = map(int, start.groups(default="0")) if start else (0, 0, 0)
    return found[1], hours * 3600 + minutes * 60 + seconds


def at_second(url: str, start_s: int | None) -> str:
    """Return the address with the video starting at that second; unchanged for None."""
    if start_s is None:
        return url
    page, _, _ = url.partition("#")
    if host(url) not in _YOUTUBE_HOSTS:
        return f"{page}#t={start_s}"
    page = re.sub(r"(?<=[?&])(?:t|start)=[^&]*&?", "", page).rstrip("?&")
    key = "start" if "/embed/" in page else "t"
    return f"{page}{'&' if '?' in page else '?'}{key}={start_s}"
