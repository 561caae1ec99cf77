"""The remote control: a socket on which the running practice takes words from other programs of the same user."""

import os
import socket
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from hiproutine.errors import HiproutineError
from hiproutine.practice.hurting import marked_words
from hiproutine.practice.readout import small_word
from hiproutine.practice.runner import Cues, Leader
from hiproutine.text import clock_length

ACTIONS = {
    "pause": "pause, or resume; after hurts: take the number, then the marked choice",
    "next": "go to the next side or exercise; resume, if it is paused; after hurts: one more, or the next choice",
    "again": "start this side again, or go to the one before; after hurts: one less, or the choice before",
    "hurts": "stop and ask how much it hurts; again: resume",
    "status": "say what is going on",
}
_LONGEST_PATH = 100
"""In bytes: systems allow 104 or 108."""
_LONGEST_WORD = 16
_LONGEST_REPLY = 1000
_LINE_S = 0.1
"""Timeout for a program to send its word, since practice waits for it."""
_REPLY_S = 5
_TRIES = 3
_DONE, _REFUSED = "+", "-"
_SILENT = "the practice does not answer; try again"


def place(environ: Mapping[str, str]) -> Path:
    """Return the path of the socket: in the runtime folder, or in a folder of the user's among temporary files."""
    runtime = Path(environ.get("XDG_RUNTIME_DIR", ""))
    if runtime.is_absolute() and runtime.is_dir():
        return runtime / "hiproutine" / "remote"
    return Path(tempfile.gettempdir(), f"hiproutine-{os.getuid()}", "remote")


class Remote:
    """The socket of a running practice; `fileno` is readable when somebody wants something."""

    def __init__(self, path: Path) -> None:
        """Listen. Raises OSError where that cannot be, also where another practice listens."""
        if len(os.fsencode(path)) > _LONGEST_PATH:
            raise OSError(f"{path} is too long for a socket")
        path.parent.mkdir(mode=0o700, exist_ok=True)
        _private(path.parent)
        if _heard(path):
            raise OSError("another practice listens")
        path.unlink(missing_ok=True)
        self._path = path
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._socket.bind(str(path))
            path.chmod(0o600)
            self._socket.listen(4)
            self._socket.setblocking(False)
        except OSError:
            self._socket.close()
            raise

    def fileno(self) -> int:
        return self._socket.fileno()

    def serve(self, obey: Callable[[str], str]) -> None:
        """Take one word, and reply what `obey` returns for it, or the HiproutineError that it raises."""
        with suppress(OSError):
            asking, _ = self._socket.accept()
            with asking:
                asking.settimeout(_LINE_S)
                word = asking.recv(_LONGEST_WORD).decode("ascii", "replace").strip()
                if _is_gone(asking):  # it was told that the practice, then stopped, does not answer
                    return
                try:
                    reply = _DONE + obey(word)
                except HiproutineError as error:
                    reply = _REFUSED + str(error)
                asking.sendall(reply.encode())

    def close(self) -> None:
        self._socket.close()
        self._path.unlink(missing_ok=True)


def listen(environ: Mapping[str, str]) -> Remote | None:
    """Listen; None where there are no such sockets, or another practice listens."""
    if sys.platform == "win32":
        return None
    try:
        return Remote(place(environ))
    except OSError:
        return None


def ask(environ: Mapping[str, str], word: str) -> str:
    """Ask the running practice for something; return its answer. Raises HiproutineError."""
    if sys.platform == "win32":
        raise HiproutineError("there is no remote control on Windows; the keys of a presenter work there, too")
    for _ in range(_TRIES):
        # It may have given up waiting for the word on a busy machine; then it has not taken it.
        with suppress(BrokenPipeError, ConnectionResetError):
            reply = _asked(place(environ), word)
            break
    else:
        raise HiproutineError(_SILENT)
    if not reply.startswith(_DONE):
        raise HiproutineError(reply.removeprefix(_REFUSED) or "the practice has just ended")
    return reply.removeprefix(_DONE)


def _asked(path: Path, word: str) -> str:
    """Return the reply to a word. Raises HiproutineError, BrokenPipeError and ConnectionResetError."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as practice:
        practice.settimeout(_REPLY_S)
        try:
            practice.connect(str(path))
        except BlockingIOError as error:  # others wait already
            raise HiproutineError(_SILENT) from error
        except OSError as error:
            raise HiproutineError("nothing is running; `hiproutine start` begins a session") from error
        try:
            practice.sendall(word.encode())
            return practice.recv(_LONGEST_REPLY).decode()
        except TimeoutError as error:
            raise HiproutineError(_SILENT) from error


def obey(leader: Leader, word: str) -> Cues:
    """Do what a word asks for; return what is to be heard. Raises HiproutineError."""
    if word not in ACTIONS:
        raise HiproutineError(f"it knows {', '.join(ACTIONS)}")
    if word == "status":
        return leader.tick()
    if leader.minutes is not None:
        raise HiproutineError("it asks for minutes; answer that there")
    if leader.hurting:
        if word == "hurts" and leader.hurting.number is not None:
            raise HiproutineError("it asks what to do; next and again mark an answer, pause takes it")
        if word == "hurts":
            return leader.never_mind()
        return leader.take() if word == "pause" else leader.step(1 if word == "next" else -1)
    if word == "hurts":
        return leader.hurts()
    if word == "again":
        return leader.previous()
    return leader.next() if word == "next" and not leader.player.paused else leader.pause_or_go_on()


def status(leader: Leader) -> str:
    """Return in a line what is going on."""
    player = leader.player
    if leader.over:
        return "the session is over"
    here, whole = clock_length(player.remaining_ms), clock_length(player.session_remaining_ms)
    answered = marked_words(leader.hurting) if leader.hurting else ""
    return f"{small_word(player, leader.hurting)} {here}, {player.step.title}; {whole} remaining{answered}"


def _private(folder: Path) -> None:
    """Raises OSError unless the folder is the user's alone."""
    about = folder.lstat()
    if about.st_uid != os.getuid() or about.st_mode & 0o077 or folder.is_symlink():
        raise OSError(f"{folder} is open to others")


def _heard(path: Path) -> bool:
    """Whether somebody listens there."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.setblocking(False)  # one that is stopped leaves everybody waiting
        try:
            probe.connect(str(path))
        except BlockingIOError:
            return True
        except OSError:
            return False
        return True


def _is_gone(asking: socket.socket) -> bool:
    """Whether the program at the other end has given up."""
    asking.setblocking(False)
    try:
        return not asking.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return False
    finally:
        asking.settimeout(_LINE_S)
