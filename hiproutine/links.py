"""https addresses: which ones may be opened, and how to open one without touching the terminal or waiting."""

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
_ADDRESS = re.compile(rf"https://{_HOST}{_REST}")
# `%s` and `%action` are filled in by some browsers' launchers.
_PLACEHOLDER = re.compile(r"%action|%(?![0-9A-Fa-f]{2})")

# The browser runs in a process of its own: a slow one cannot stop the clock, its noise cannot reach the screen, and
# its exit code tells whether anything opened at all.
_OPENER = "import sys, webbrowser; sys.exit(0 if webbrowser.open(sys.argv[1]) else 3)"


def problem(url: str) -> str | None:
    """Why `url` must not be opened, as the rest of a sentence; None if it may."""
    if len(url) > LONGEST:
        return f"is longer than {LONGEST} characters"
    if not url.startswith("https://"):
        return "does not begin with https://"
    if not _ADDRESS.fullmatch(url) or _PLACEHOLDER.search(url):
        return "is not a plain https address (no spaces, quotes, brackets, logins, ports or bare numbers as host)"
    return None


def can_open(environ: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether a browser that is opened from here appears before the person."""
    if environ.get("BROWSER"):
        return True
    if any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")):
        return True
    return "SSH_CONNECTION" not in environ and (platform in ("darwin", "win32") or bool(environ.get("WSL_DISTRO_NAME")))


def opener(url: str, environ: Mapping[str, str], which: Callable[[str], str | None]) -> list[str]:
    """The command that opens an address that has no `problem`, and exits with 0 if a browser took it."""
    if environ.get("WSL_DISTRO_NAME") and not environ.get("BROWSER"):
        # WSLg has a display of its own, where no browser is; that of Windows is meant.
        if wslview := which("wslview"):
            return [wslview, url]
        if powershell := which("powershell.exe"):
            return [powershell, "-NoProfile", "-Command", f"Start-Process '{url}'"]
    return [sys.executable, "-I", "-c", _OPENER, url]


def open_in_browser(url: str) -> "subprocess.Popen[bytes] | None":
    """Starts a detached helper that opens `url` and exits with 0 if a browser took it. None: it may not or cannot."""
    if problem(url) or not can_open(os.environ):
        return None
    import shutil

    try:
        return _start(opener(url, os.environ, shutil.which))
    except OSError:
        return None


def open_in_player(command: Sequence[str], url: str) -> "subprocess.Popen[bytes] | None":
    """Starts the command with the address in the place of {url}, without a shell. None: the address may not be opened.

    Raises OSError if the command cannot be started.
    """
    return None if problem(url) else _start([word.replace(URL_HERE, url) for word in command])


def _start(command: list[str]) -> "subprocess.Popen[bytes]":
    import subprocess  # 11 ms, off the path of everything else

    # Without TERM, webbrowser leaves out the text browsers, which would wait for this terminal.
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
    """Whether a browser took the address; None if that is not known after `within_s`."""
    import subprocess

    try:
        return helper.wait(within_s) == 0
    except subprocess.TimeoutExpired:
        return None


def refused(command: Sequence[str], helper: "subprocess.Popen[bytes] | None") -> str:
    """Why nothing shows an address that `command`, or the browser where that is empty, was to open; without a stop."""
    if command and helper:
        return f"{command[0]} ended with code {helper.returncode}"
    return "No browser opens from here"


_YOUTUBE_HOSTS = {"www.youtube.com", "youtube.com", "m.youtube.com", "youtu.be"}
KNOWN_HOSTS = _YOUTUBE_HOSTS | {"vimeo.com", "player.vimeo.com"}
_YOUTUBE = re.compile(
    r"https://(?:(?:www\.|m\.)?youtube\.com/(?:watch\?(?:[^#]*&)?v=|shorts/|embed/|live/)|youtu\.be/)([A-Za-z0-9_-]{11})(?![A-Za-z0-9_-])"
)
_SECOND = re.compile(r"[?&#](?:t|start)=(?:(\d{1,2})h)?(?:(\d{1,4})m)?(\d{1,6})?s?(?:&|$)")


def host(url: str) -> str:
    """The host of an address that has no `problem`."""
    return re.split("[/?#]", url.removeprefix("https://"), maxsplit=1)[0]


def youtube(url: str) -> tuple[str, int] | None:
    """The id of a YouTube video and the second that the address begins at; None for any other address."""
    found = _YOUTUBE.match(url)
    if not found:
        return None
    start = _SECOND.search(url, found.end()) or _SECOND.search(url)
    hours, minutes, seconds = map(int, start.groups(default="0")) if start else (0, 0, 0)
    return found[1], hours * 3600 + minutes * 60 + seconds


def at_second(url: str, start_s: int | None) -> str:
    """The address of the same video from that second on; None leaves it as it is."""
    if start_s is None:
        return url
    page, _, _ = url.partition("#")
    if host(url) not in _YOUTUBE_HOSTS:
        return f"{page}#t={start_s}"
    page = re.sub(r"(?<=[?&])(?:t|start)=[^&]*&?", "", page).rstrip("?&")
    key = "start" if "/embed/" in page else "t"
    return f"{page}{'&' if '?' in page else '?'}{key}={start_s}"
