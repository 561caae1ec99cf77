"""Only plain https addresses are opened, in a browser that can neither stop the clock nor write on the screen."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hiproutine import links

GOOD = "https://www.youtube.com/watch?v=-2vO8QfdLFg"


@pytest.mark.parametrize(
    "url",
    [
        GOOD,
        "https://youtu.be/9zvEWGKt3xw?t=219",
        "https://vimeo.com/76979871#t=1m30s",
        "https://player.vimeo.com/video/1?h=a1&b=2",
        "https://www.youtube.com/playlist?list=PL_a-b",
        "https://example.org",
        "https://example.org?q=hip%20flexor",
        "https://a-b.example.co.uk/~me/@you/a:b,c+d!e*f",
        f"https://example.org/{'a' * (links.LONGEST - 20)}",
    ],
    ids=lambda url: url[:40],
)
def test_a_plain_https_address_may_be_opened(url: str) -> None:
    assert links.problem(url) is None


@pytest.mark.parametrize(
    "url",
    [
        # another scheme, or none
        "",
        "youtube.com/watch?v=a",
        "//youtube.com/",
        "http://youtube.com/",
        "HTTPS://youtube.com/",
        " https://youtube.com/",
        "javascript:alert(1)",
        "javascript://youtube.com/%0aalert(1)",
        "file:///etc/passwd",
        "data:text/html,<script>",
        "ftp://example.org/",
        "vscode://file/etc/passwd",
        "https:youtube.com",
        "https:///youtube.com",
        # an option of the browser
        "-incognito",
        "--new-window",
        "--version https://youtube.com/",
        # another host than it seems, a login, a port
        "https://youtube.com@evil.example/",
        "https://user:secret@example.org/",
        "https://youtube.com:443/",
        "https://youtube.com\\@evil.example/",
        "https://youtube.com\\.evil.example/",
        "https://youtub\u0435.com/",
        "https://\u202egro.elpmaxe/",
        # no name of a host
        "https://",
        "https://?q",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.0.0.1/",
        "https://0177.0.0.1/",
        "https://[::1]/",
        "https://printer/",
        "https://a..b.com/",
        "https://.example.org/",
        "https://example.org./",
        "https://-a.example.org/",
        "https://a-.example.org/",
        f"https://{'a' * 64}.org/",
        "https://ex_ample.org/",
        # what a shell, a launcher or a terminal makes something of
        "https://example.org/%s",
        "https://example.org/%sa",
        "https://example.org/%action",
        "https://example.org/%",
        "https://example.org/a b",
        "https://example.org/'",
        'https://example.org/"',
        "https://example.org/`id`",
        "https://example.org/$(id)",
        "https://example.org/$HOME",
        "https://example.org/;id",
        "https://example.org/|id",
        "https://example.org/a^b",
        "https://example.org/<b>",
        "https://example.org/{a}",
        "https://example.org/(a)",
        "https://example.org/[a]",
        "https://example.org/a\\b",
        "https://example.org/\n",
        "https://example.org\n",
        "https://example.org/\r\nHost: evil",
        "https://example.org/\t",
        "https://example.org/\0",
        "https://example.org/\x1b]0;owned\a",
        "https://example.org/\x7f",
        "https://example.org/\x9b2J",
        "https://example.org/\u202e",
        "https://example.org/h\u00fcfte",
        f"https://example.org/{'a' * (links.LONGEST - 19)}",
    ],
    ids=lambda url: repr(url[:40]),
)
def test_any_other_address_is_refused_in_words(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert links.problem(url)
    monkeypatch.setenv("BROWSER", "true")
    monkeypatch.setattr(subprocess, "Popen", None)  # not even tried
    assert links.open_in_browser(url) is None


@pytest.mark.parametrize(
    ("environ", "platform", "can"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"DISPLAY": ""}, "linux", False),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"WSL_DISTRO_NAME": "Debian"}, "linux", True),
        ({"TERM": "xterm-256color"}, "linux", False),  # a text browser would take the screen
        ({"SSH_CONNECTION": "1 2 3 4"}, "linux", False),
        ({"SSH_CONNECTION": "1 2 3 4", "DISPLAY": "localhost:10.0"}, "linux", True),
        ({"SSH_CONNECTION": "1 2 3 4", "BROWSER": "mine"}, "linux", True),
        ({"SSH_CONNECTION": "1 2 3 4", "WSL_DISTRO_NAME": "Debian"}, "linux", False),
        ({"container": "podman", "TERM": "xterm"}, "linux", False),
        ({"REMOTE_CONTAINERS": "true", "BROWSER": "/vscode/bin/helpers/browser.sh"}, "linux", True),
        ({"BROWSER": "mine"}, "linux", True),
        ({"BROWSER": ""}, "linux", False),
        ({}, "darwin", True),
        ({}, "win32", True),
        ({"SSH_CONNECTION": "1 2 3 4"}, "darwin", False),
        ({"SSH_CONNECTION": "1 2 3 4"}, "win32", False),
        ({"SSH_CONNECTION": "1 2 3 4", "BROWSER": "mine"}, "darwin", True),
        ({"DISPLAY": ":0"}, "freebsd14", True),
        ({}, "freebsd14", False),
    ],
)
def test_a_browser_can_be_opened_where_it_appears_before_the_person(
    environ: dict[str, str], platform: str, can: bool
) -> None:
    assert links.can_open(environ, platform) is can


@pytest.mark.parametrize(
    ("environ", "there", "opens"),
    [
        ({}, ["wslview", "powershell.exe"], [sys.executable, "-I", "-c"]),
        ({"WSL_DISTRO_NAME": "Debian", "DISPLAY": ":0"}, ["wslview", "powershell.exe"], ["/bin/wslview", GOOD]),
        (
            {"WSL_DISTRO_NAME": "Debian"},
            ["powershell.exe"],
            ["/bin/powershell.exe", "-NoProfile", "-Command", f"Start-Process '{GOOD}'"],
        ),
        ({"WSL_DISTRO_NAME": "Debian"}, [], [sys.executable, "-I", "-c"]),
        ({"WSL_DISTRO_NAME": "Debian", "BROWSER": "mine"}, ["wslview"], [sys.executable, "-I", "-c"]),
    ],
)
def test_under_wsl_the_browser_of_windows_opens(environ: dict[str, str], there: list[str], opens: list[str]) -> None:
    command = links.opener(GOOD, environ, lambda name: f"/bin/{name}" if name in there else None)
    assert command[: len(opens)] == opens
    assert GOOD in command[-1]


@pytest.mark.parametrize("start_s", [1, 219, 86400])
@pytest.mark.parametrize(
    ("url", "there"),
    [
        ("https://www.youtube.com/watch?v=-2vO8QfdLFg", "https://www.youtube.com/watch?v=-2vO8QfdLFg&t={}"),
        ("https://www.youtube.com/watch?v=-2vO8QfdLFg&t=90s", "https://www.youtube.com/watch?v=-2vO8QfdLFg&t={}"),
        ("https://m.youtube.com/watch?t=1m&v=-2vO8QfdLFg#t=5", "https://m.youtube.com/watch?v=-2vO8QfdLFg&t={}"),
        ("https://youtu.be/-2vO8QfdLFg", "https://youtu.be/-2vO8QfdLFg?t={}"),
        ("https://youtu.be/-2vO8QfdLFg?t=9", "https://youtu.be/-2vO8QfdLFg?t={}"),
        ("https://www.youtube.com/embed/-2vO8QfdLFg?start=9", "https://www.youtube.com/embed/-2vO8QfdLFg?start={}"),
        ("https://vimeo.com/123", "https://vimeo.com/123#t={}"),
        ("https://example.org/a.mp4?t=1#t=5", "https://example.org/a.mp4?t=1#t={}"),
    ],
)
def test_an_address_begins_at_a_second(url: str, there: str, start_s: int) -> None:
    found = links.at_second(url, start_s)
    assert found == there.format(start_s)
    assert links.problem(found) is None
    assert links.youtube(found) in (None, ("-2vO8QfdLFg", start_s))
    assert links.at_second(url, None) == url


# ---- with a browser of our own, where $BROWSER may be a script ----

posix = pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="would open the real browser")
Browser = Callable[[str], None]


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Makes $BROWSER a script, the only program that can be found."""

    def make(body: str) -> None:
        script = tmp_path / "browser"
        script.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        script.chmod(0o755)
        monkeypatch.setenv("BROWSER", str(script))

    monkeypatch.setenv("PATH", str(tmp_path))
    return make


@pytest.fixture
def quiet(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Nothing reaches the terminal."""
    yield
    assert capfd.readouterr() == ("", "")


@posix
@pytest.mark.usefixtures("quiet")
def test_the_browser_gets_the_address_as_its_only_argument(tmp_path: Path, browser: Browser) -> None:
    browser(f'for each; do echo "<$each>" >> {tmp_path}/argv; done; echo noise; echo noise >&2')
    helper = links.open_in_browser(GOOD)
    assert helper
    assert links.took_it(helper)
    assert (tmp_path / "argv").read_text() == f"<{GOOD}>\n"


@pytest.fixture
def typing() -> Iterator[None]:
    """A person who types while the browser starts."""
    keyboard, reading, writing = os.dup(0), *os.pipe()
    os.write(writing, b"typed\n")
    os.dup2(reading, 0)
    yield
    os.dup2(keyboard, 0)
    for descriptor in (keyboard, reading, writing):
        os.close(descriptor)


@posix
@pytest.mark.usefixtures("quiet", "typing")
def test_the_browser_has_no_terminal_and_no_input(
    tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    browser(f'read line; echo "$? <$line>" > {tmp_path}/seen; [ "$TERM" = xterm ] || echo no TERM >> {tmp_path}/seen')
    helper = links.open_in_browser(GOOD)
    assert helper
    assert os.getsid(helper.pid) == helper.pid
    assert links.took_it(helper)
    assert (tmp_path / "seen").read_text() == "1 <>\nno TERM\n"


@posix
@pytest.mark.usefixtures("quiet")
def test_no_code_of_the_current_folder_runs(tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "webbrowser.py").write_text("raise SystemExit(7)\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    browser("exit 0")
    helper = links.open_in_browser(GOOD)
    assert helper
    assert links.took_it(helper)


@posix
@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("body", ["exit 1", "exit 3", "kill -9 $$"])
def test_a_browser_that_fails_did_not_take_it(browser: Browser, body: str) -> None:
    browser(body)
    helper = links.open_in_browser(GOOD)
    assert helper
    assert not links.took_it(helper)


@posix
@pytest.mark.usefixtures("quiet")
def test_a_browser_that_does_not_exist_did_not_take_it(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "/nowhere/browser")
    helper = links.open_in_browser(GOOD)
    assert helper
    assert not links.took_it(helper)


@posix
@pytest.mark.usefixtures("quiet")
def test_a_slow_browser_blocks_nothing_and_is_not_known_to_have_opened(browser: Browser) -> None:
    browser("exec /bin/sleep 600")  # longer than a test may take
    helper = links.open_in_browser(GOOD)
    assert helper
    try:
        assert links.took_it(helper, within_s=0.2) is None
        assert helper.poll() is None
    finally:
        os.killpg(helper.pid, signal.SIGKILL)  # its own group: ours would end with it otherwise
        helper.wait()


@posix
def test_without_a_place_for_a_browser_nothing_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", None)
    assert links.open_in_browser(GOOD) is None


def test_importing_links_does_not_import_subprocess_or_webbrowser() -> None:
    code = "import sys, hiproutine.links; print({'subprocess', 'webbrowser'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "set()\n"
