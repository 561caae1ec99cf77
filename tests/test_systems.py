"""What differs between the systems, each simulated here: terminals, command lines, locks, folders."""

import ctypes
import errno
import io
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from hiproutine import files, paths, systems
from hiproutine.cli import confirm, status_cache
from hiproutine.cli.drawing import depth_here
from hiproutine.editor import command
from hiproutine.history import journal, jsonl
from hiproutine.settings.file import load
from tests.cli.test_main import Terminal
from tests.conftest import Run

if sys.platform == "win32":
    pytest.skip("simulates Windows, where it is not", allow_module_level=True)

import fcntl


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")


# ---- terminals ----


class Console:
    """The console of Windows: whether there is one, and its mode, to which it may refuse escapes."""

    def __init__(self, *, there: bool = True, knows_escapes: bool = True) -> None:
        self.kernel32 = self
        self.mode = 3
        self._there, self._knows_escapes = there, knows_escapes

    def GetStdHandle(self, number: int) -> int:  # noqa: N802 -- its name there
        return -number

    def GetConsoleMode(self, handle: int, mode: Any) -> int:  # noqa: N802 -- as above
        ctypes.cast(mode, ctypes.POINTER(ctypes.c_ulong))[0] = self.mode
        return self._there

    def SetConsoleMode(self, handle: int, mode: int) -> int:  # noqa: N802 -- as above
        self.mode = mode if self._knows_escapes else self.mode
        return self._knows_escapes


@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize(
    ("console", "term", "takes"),
    [
        (Console(), None, True),
        (Console(), "xterm", True),
        (Console(), "dumb", False),
        (Console(there=False), None, False),
        (Console(knows_escapes=False), None, False),
    ],
)
def test_windows_needs_no_term_and_turns_escapes_on(
    monkeypatch: pytest.MonkeyPatch, console: Console, term: str | None, takes: bool
) -> None:
    monkeypatch.setattr(ctypes, "windll", console, raising=False)
    monkeypatch.delenv("TERM", raising=False)
    if term:
        monkeypatch.setenv("TERM", term)
    assert systems.takes_escapes(Terminal()) == takes
    assert console.mode == (7 if takes else 3)
    assert not systems.takes_escapes(io.StringIO())


@pytest.mark.parametrize(("term", "takes"), [("xterm", True), ("dumb", False), ("", False), (None, False)])
def test_elsewhere_term_says_what_a_terminal_takes(
    monkeypatch: pytest.MonkeyPatch, term: str | None, takes: bool
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("TERM", raising=False)
    if term is not None:
        monkeypatch.setenv("TERM", term)
    assert systems.takes_escapes(Terminal()) == takes
    assert not systems.takes_escapes(None)


class Utf8Terminal(Terminal):
    encoding = "utf-8"


@pytest.mark.parametrize(
    ("platform", "colorterm", "depth"),
    [("win32", None, "true"), ("linux", None, "256"), ("linux", "truecolor", "true")],
)
def test_a_console_of_windows_has_every_colour(
    monkeypatch: pytest.MonkeyPatch, platform: str, colorterm: str | None, depth: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(ctypes, "windll", Console(), raising=False)
    monkeypatch.setattr(sys, "stdout", Utf8Terminal())
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    if colorterm:
        monkeypatch.setenv("COLORTERM", colorterm)
    assert depth_here() == depth


@pytest.mark.usefixtures("windows")
def test_on_windows_the_screens_are_drawn_without_term(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "windll", Console(), raising=False)
    monkeypatch.delenv("TERM", raising=False)
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, Terminal())
    assert systems.has_screen()
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert not systems.has_screen()


@pytest.mark.skipif(sys.platform == "win32", reason="reads the packets from pipes of Unix")
def test_a_driver_of_textual_counts_as_a_terminal(home: Path) -> None:
    """As textual-serve starts it: with pipes, and a driver that writes packets."""
    (home / ".local/state/hiproutine").mkdir(parents=True)
    (home / ".local/state/hiproutine/safety-read").touch()
    environ = os.environ | {"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver", "COLUMNS": "80", "ROWS": "24"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-m", "hiproutine"], env=environ, **pipes) as app:  # type: ignore[call-overload]
        assert app.stdout.readline() == b"__GANGLION__\n"
        written = b""
        while b"Library" not in written:
            head = app.stdout.read(5)
            assert head, app.stderr.read()
            written += app.stdout.read(int.from_bytes(head[1:], "big"))
        app.kill()


@pytest.mark.parametrize(("platform", "path"), [("linux", "/dev/tty"), ("darwin", "/dev/tty"), ("win32", "CONIN$")])
def test_a_question_is_answered_at_the_keyboard_of_the_system(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, path: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert systems.keyboard() == path
    monkeypatch.setattr(systems, "keyboard", lambda: str(tmp_path / "keyboard"))
    (tmp_path / "keyboard").write_text("yes\n", encoding="utf-8")
    assert confirm.confirm("Add it?", piped=True)


# ---- command lines ----

LINES = {
    r"C:\Tools\np.exe": [r"C:\Tools\np.exe"],
    r'"C:\Program Files\Code\code.exe" --wait': [r"C:\Program Files\Code\code.exe", "--wait"],
    "it's one": ["it's", "one"],
    'mpv "" {url}': ["mpv", "", "{url}"],
}


@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize("line", LINES)
def test_windows_keeps_backslashes(line: str, tmp_path: Path) -> None:
    assert systems.split(line) == LINES[line]
    assert systems.split(systems.join(LINES[line])) == LINES[line]
    assert command(tmp_path, environ={"EDITOR": line})[: len(LINES[line])] == LINES[line]
    settings = tmp_path / "settings.yaml"
    settings.write_text("video_command: '" + r'"C:\Video Player\v.exe" {url}' + "'\n", encoding="utf-8")
    assert load(settings).video_command == (r"C:\Video Player\v.exe", "{url}")


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_a_quote_that_is_not_closed_is_none(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert systems.split_or_none('vi "a b') is None
    assert systems.split_or_none('vi "a b"') == ["vi", "a b"]


# ---- locks ----


class Msvcrt(ModuleType):
    """Locks as Windows has them: of one byte, refused to all but its first owner, that one included."""

    LK_LOCK, LK_NBLCK = 1, 2

    def __init__(self) -> None:
        super().__init__("msvcrt")
        self.held: set[int] = set()
        self.waits = 0
        self.released_at_last = -1
        """Another descriptor, which lets go once one has waited twice."""
        self.at: list[int] = []

    def locking(self, descriptor: int, mode: int, count: int) -> None:
        self.at.append(os.lseek(descriptor, 0, os.SEEK_CUR))
        try:
            if descriptor in self.held:
                raise BlockingIOError
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.waits += mode == self.LK_LOCK
            if self.waits == 2:
                fcntl.flock(self.released_at_last, fcntl.LOCK_UN)
            raise OSError(36 if mode == self.LK_LOCK else errno.EACCES, "locked") from None
        self.held.add(descriptor)


@pytest.fixture
def msvcrt(monkeypatch: pytest.MonkeyPatch, windows: None) -> Msvcrt:
    fake = Msvcrt()
    monkeypatch.setitem(sys.modules, "msvcrt", fake)
    return fake


def test_a_running_session_is_not_taken_for_a_left_one_on_windows(msvcrt: Msvcrt, tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    with jsonl.Appending(path) as file:
        file.lock()
        file.append(["first"])  # with the lock that it has already
        assert journal.is_running(path)
    msvcrt.held.clear()
    assert not journal.is_running(path)
    assert path.read_bytes() == b"first\n"
    assert all(at > 1 << 30 for at in msvcrt.at)  # behind all that is read


def test_another_writer_is_waited_for_on_windows_longer_than_one_try(msvcrt: Msvcrt, tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    with jsonl.Appending(path) as other, jsonl.Appending(path) as file:
        other.lock()
        msvcrt.released_at_last = other.descriptor
        file.append(["second"])
    assert msvcrt.waits == 2
    assert path.read_bytes() == b"second\n"


def test_a_file_system_without_locks_is_no_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with jsonl.Appending(tmp_path / "a.jsonl") as file:
        file.lock()
        file.append(["line"])
    assert (tmp_path / "a.jsonl").read_text("utf-8") == "line\n"


# ---- folders ----


@pytest.fixture
def library(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of programs on macOS, which platformdirs gives for everything but caches."""
    import platformdirs

    library = home / "Library" / "Application Support" / "hiproutine"
    caches = home / "Library" / "Caches" / "hiproutine"
    dirs = SimpleNamespace(
        user_config_path=library, user_data_path=library, user_state_path=library, user_cache_path=caches
    )
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(platformdirs, "PlatformDirs", lambda *_, **__: dirs)
    return library


@pytest.mark.parametrize(
    ("there", "in_config"),
    [
        ([], False),
        ([".config"], True),
        ([".config", "Library/Application Support/hiproutine/catalogue"], False),
        ([".config/hiproutine", "Library/Application Support/hiproutine/catalogue"], True),
    ],
)
def test_macos_prefers_the_config_folder_where_it_exists(
    home: Path, library: Path, run: Run, there: list[str], in_config: bool
) -> None:
    for each in there:
        (home / each).mkdir(parents=True)
    config = home / ".config" / "hiproutine" if in_config else library
    assert paths.find()[1:4] == (config, library, library)
    assert str(config / "settings.yaml") in run("doctor", "--paths").out


def test_the_environment_is_heard_on_macos_whatever_platformdirs_makes_of_it(
    library: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "mine"))
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    assert paths.find()[1:3] == (home / "mine" / "hiproutine", library)
    assert os.environ["XDG_DATA_HOME"] == "relative"
    assert status_cache.place() == str(home / "Library" / "Caches" / "hiproutine" / "status")


@pytest.mark.parametrize("module", ["files", "history.jsonl"])
def test_files_are_opened_as_bytes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, module: str) -> None:
    """With the flag of Windows, which has another value there."""
    flags: list[int] = []
    real = os.open

    def note(path: object, flag: int, *rest: int) -> int:
        flags.append(flag)
        return real(path, flag & ~_WINDOWS_BINARY, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(f"hiproutine.{module}.BINARY", _WINDOWS_BINARY)
    monkeypatch.setattr(os, "open", note)
    if module == "files":
        files.write(tmp_path / "a", b"a")
        assert files.read_regular(tmp_path / "a") == b"a"
        assert all(flag & _WINDOWS_BINARY for flag in flags)
    else:
        with jsonl.Appending(tmp_path / "a.jsonl"):
            assert flags[0] & _WINDOWS_BINARY


_WINDOWS_BINARY = 0x8000000
"""A bit that no flag of Linux has."""
