"""The schedulers of the systems: their files, and the commands that turn reminders on and off."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Protocol
from xml.sax.saxutils import escape

from hiproutine.desktop.reminders import Kind, Reminder, of_arguments, of_program
from hiproutine.errors import HiproutineError
from hiproutine.files import make_folder, read_regular, write
from hiproutine.systems import join
from hiproutine.text import clean, reason

_PASSED_ON = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
"""Variables that say where our folders are."""
_OF_THE_DESKTOP = ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "DISPLAY", "WAYLAND_DISPLAY")
"""Variables that cron does not have, without which nothing can be shown."""
_WITHIN_S = 20
_NO_CRONTAB = re.compile("no crontab|no such file", re.IGNORECASE)
"""What the crontabs of the systems say where there is none yet."""


class Command(NamedTuple):
    """A program with its arguments and standard input; `may_fail` where there may be nothing to undo."""

    words: tuple[str, ...]
    given: bytes = b""
    may_fail: bool = False


Run = Callable[[Command], bytes]
"""Runs a command and returns what it printed. Raises HiproutineError if it fails and must not."""


class Change(NamedTuple):
    """The steps that turn a reminder on or off: commands, files to remove or write, and further commands."""

    before: tuple[Command, ...] = ()
    remove: tuple[Path, ...] = ()
    files: Mapping[Path, bytes] = {}
    after: tuple[Command, ...] = ()


class Scheduler(Protocol):
    """A scheduler of one system."""

    def on(self, reminder: Reminder) -> Change: ...

    def off(self, kind: Kind) -> Change: ...

    def installed(self, kind: Kind) -> Reminder | None: ...


def here(environ: Mapping[str, str], which: Callable[[str], str | None], config: Path) -> Scheduler:
    """Return the scheduler of this system. Raises HiproutineError if there is none that we know."""
    if sys.platform == "darwin":
        return Launchd(environ)
    if sys.platform == "win32":
        return TaskScheduler(config)
    if which("systemctl") and Path(environ.get("XDG_RUNTIME_DIR", "/nowhere"), "systemd").is_dir():
        return Systemd(environ)
    if which("crontab"):
        return Cron(environ, execute)
    raise HiproutineError("no scheduler found: neither systemd nor cron runs here; install cron")


def execute(command: Command) -> bytes:
    """Run a command of a scheduler. Raises HiproutineError if it fails."""
    words = command.words
    try:
        done = subprocess.run(words, input=command.given, capture_output=True, timeout=_WITHIN_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        why = reason(error) if isinstance(error, OSError) else f"no answer within {_WITHIN_S} s"
        raise HiproutineError(f"{words[0]} cannot be run ({why})") from None
    if done.returncode and not command.may_fail:
        said = clean(" ".join(done.stderr.decode(errors="replace").split()))
        raise HiproutineError(f"`{join(words)}` failed: {said or done.returncode}")
    return done.stdout


def carry_out(change: Change, run: Run) -> None:
    """Make a change. Raises HiproutineError."""
    for command in change.before:
        run(command)
    for path in change.remove:
        path.unlink(missing_ok=True)
    for path, content in change.files.items():
        make_folder(path.parent)
        write(path, content)
    for command in change.after:
        run(command)


def _words(path: Path) -> str:
    """The text of a file that we have written, or nothing."""
    with suppress(OSError):
        return read_regular(path).decode(errors="replace")
    return ""


def _read(line: str) -> Reminder | None:
    """The reminder of a command line; None if it has none, as after an edit by hand."""
    with suppress(ValueError):
        return of_arguments(shlex.split(line))
    return None


# ---- Linux ----


class Systemd:
    """User timers of systemd, which catch up after the computer was off, and have the session's bus."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        base = environ.get("XDG_CONFIG_HOME", "")
        self._folder = Path(base if base.startswith("/") else Path.home() / ".config", "systemd", "user")
        self._environ = {name: environ[name] for name in _PASSED_ON if environ.get(name)}

    def on(self, reminder: Reminder) -> Change:
        timer, service = self._paths(reminder.kind)
        reload = Command(("systemctl", "--user", "daemon-reload"))
        restart = Command(("systemctl", "--user", "restart", timer.name))
        return Change(
            files={service: self._service(reminder), timer: self._timer(reminder)},
            after=(reload, Command(("systemctl", "--user", "enable", timer.name)), restart),
        )

    def off(self, kind: Kind) -> Change:
        timer, service = self._paths(kind)
        stop = Command(("systemctl", "--user", "disable", "--now", timer.name), may_fail=True)
        return Change(
            (stop,), (timer, service), after=(Command(("systemctl", "--user", "daemon-reload"), may_fail=True),)
        )

    def installed(self, kind: Kind) -> Reminder | None:
        command = re.search(r"^ExecStart=(.*)$", _words(self._paths(kind)[1]), re.MULTILINE)
        return _read(command[1]) if command else None

    def _paths(self, kind: Kind) -> tuple[Path, Path]:
        return self._folder / f"hiproutine-{kind}.timer", self._folder / f"hiproutine-{kind}.service"

    def _service(self, reminder: Reminder) -> bytes:
        words = " ".join(map(_of_systemd, of_program(reminder.arguments)))
        environ = "".join(f"Environment={_of_systemd(f'{name}={value}')}\n" for name, value in self._environ.items())
        # The button opens a terminal, which must outlive the service.
        return (
            f"[Unit]\nDescription=hiproutine: reminder of the {reminder.kind}\n\n"
            f"[Service]\nType=exec\nKillMode=process\n{environ}ExecStart={words}\n"
        ).encode()

    def _timer(self, reminder: Reminder) -> bytes:
        days = "Mon..Fri " if reminder.weekdays else ""
        times = "".join(f"OnCalendar={days}*-*-* {at:%H:%M}:00\n" for at in reminder.times)
        catch_up = str(reminder.kind is Kind.SESSION).lower()
        return (
            f"[Unit]\nDescription=hiproutine: times of the {reminder.kind}\n\n"
            f"[Timer]\n{times}Persistent={catch_up}\nAccuracySec=30s\n\n[Install]\nWantedBy=timers.target\n"
        ).encode()


def _of_systemd(word: str) -> str:
    """Quote a word for a unit file, in which % begins something else; $ is in none of our arguments."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"' if re.search(r"[^\w@%+=:,./-]", word) else escaped


class Cron:
    """The user's crontab, of which other lines stay as they are."""

    def __init__(self, environ: Mapping[str, str], run: Run) -> None:
        self._environ = {name: environ[name] for name in (*_PASSED_ON, *_OF_THE_DESKTOP) if environ.get(name)}
        self._run = run

    def on(self, reminder: Reminder) -> Change:
        begin, end = self._marks(reminder.kind)
        words = ["env", *(f"{name}={value}" for name, value in self._environ.items()), *of_program(reminder.arguments)]
        line = shlex.join(words).replace("%", r"\%")  # cron takes a bare one for the end of the command
        days = "1-5" if reminder.weekdays else "*"
        lines = [f"{at.minute} {at.hour} * * {days} {line}" for at in reminder.times]
        return self._written("\n".join([self._others(reminder.kind) + begin, *lines, end, ""]))

    def off(self, kind: Kind) -> Change:
        others = self._others(kind)
        return Change() if others == self._text() else self._written(others)

    def installed(self, kind: Kind) -> Reminder | None:
        begin, end = self._marks(kind)
        found = re.search(rf"{re.escape(begin)}\n(?:\S+ ){{5}}(.*)\n", self._text().partition(end)[0])
        return _read(found[1].replace(r"\%", "%")) if found else None

    def _written(self, text: str) -> Change:
        return Change(after=(Command(("crontab", "-"), text.encode(errors="surrogateescape")),))

    def _text(self) -> str:
        """The whole crontab. Raises HiproutineError if it cannot be read: it would be lost when written."""
        try:
            return self._run(Command(("crontab", "-l"))).decode(errors="surrogateescape")
        except HiproutineError as error:
            if _NO_CRONTAB.search(str(error)):
                return ""
            raise

    def _others(self, kind: Kind) -> str:
        begin, end = map(re.escape, self._marks(kind))
        ours = rf"^{begin}\n(?:.* remind now --for {kind} .*\n)*(?:{end}\n)?"
        return re.sub(ours, "", self._text(), flags=re.MULTILINE)

    def _marks(self, kind: Kind) -> tuple[str, str]:
        return f"# hiproutine, reminder of the {kind}: begin", f"# hiproutine, reminder of the {kind}: end"


# ---- macOS ----


class Launchd:
    """Agents of launchd, which catch up after sleep."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._folder = Path.home() / "Library" / "LaunchAgents"
        self._environ = {name: environ[name] for name in _PASSED_ON if environ.get(name)}

    def on(self, reminder: Reminder) -> Change:
        import plistlib

        days = [{"Weekday": day} for day in range(1, 6)] if reminder.weekdays else [{}]
        agent = {
            "Label": self._label(reminder.kind),
            "ProgramArguments": of_program(reminder.arguments),
            "EnvironmentVariables": self._environ,
            "StartCalendarInterval": [
                {"Hour": at.hour, "Minute": at.minute, **day} for at in reminder.times for day in days
            ],
        }
        path = self._path(reminder.kind)
        load = Command(("launchctl", "bootstrap", self._domain(), str(path)))
        return Change((self._unload(reminder.kind),), files={path: plistlib.dumps(agent)}, after=(load,))

    def off(self, kind: Kind) -> Change:
        return Change((self._unload(kind),), (self._path(kind),))

    def installed(self, kind: Kind) -> Reminder | None:
        import plistlib
        from xml.parsers.expat import ExpatError

        with suppress(OSError, ValueError, ExpatError, KeyError, TypeError):
            return of_arguments(plistlib.loads(read_regular(self._path(kind)))["ProgramArguments"])
        return None

    def _label(self, kind: Kind) -> str:
        return f"hiproutine.{kind}"

    def _path(self, kind: Kind) -> Path:
        return self._folder / f"{self._label(kind)}.plist"

    def _unload(self, kind: Kind) -> Command:
        return Command(("launchctl", "bootout", f"{self._domain()}/{self._label(kind)}"), may_fail=True)

    def _domain(self) -> str:
        return f"gui/{os.getuid()}"


# ---- Windows ----

_NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


class TaskScheduler:
    """Tasks of Windows, from files kept beside the settings."""

    def __init__(self, config: Path) -> None:
        self._folder = config / "reminders"

    def on(self, reminder: Reminder) -> Change:
        path = self._path(reminder.kind)
        create = Command(("schtasks", "/Create", "/TN", self._name(reminder.kind), "/XML", str(path), "/F"))
        return Change(files={path: _task(reminder)}, after=(create,))

    def off(self, kind: Kind) -> Change:
        delete = Command(("schtasks", "/Delete", "/TN", self._name(kind), "/F"), may_fail=True)
        return Change((delete,), (self._path(kind),))

    def installed(self, kind: Kind) -> Reminder | None:
        with suppress(OSError):
            text = read_regular(self._path(kind)).decode("utf-16", errors="replace")
            found = re.search(r"<Arguments>.*?(remind now .*?)</Arguments>", text)
            return _read(found[1]) if found else None
        return None

    def _name(self, kind: Kind) -> str:
        return f"hiproutine-{kind}"

    def _path(self, kind: Kind) -> Path:
        return self._folder / f"{self._name(kind)}.xml"


def _task(reminder: Reminder) -> bytes:
    """The task as XML; `StartWhenAvailable` catches up."""
    days = (
        f"<ScheduleByWeek><DaysOfWeek>{''.join(f'<{day}/>' for day in _DAYS)}</DaysOfWeek>"
        "<WeeksInterval>1</WeeksInterval></ScheduleByWeek>"
        if reminder.weekdays
        else "<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>"
    )
    triggers = "".join(
        f"<CalendarTrigger><StartBoundary>2026-01-01T{at:%H:%M}:00</StartBoundary>{days}</CalendarTrigger>"
        for at in reminder.times
    )
    program, *arguments = of_program(reminder.arguments)
    # Without a window of its own.
    program = re.sub(r"python\.exe$", "pythonw.exe", program)
    words = escape(subprocess.list2cmdline(arguments))
    catch_up = str(reminder.kind is Kind.SESSION).lower()
    return (
        f'<?xml version="1.0" encoding="UTF-16"?>\n<Task version="1.2" xmlns="{_NAMESPACE}">'
        f"<Triggers>{triggers}</Triggers>"
        f"<Settings><StartWhenAvailable>{catch_up}</StartWhenAvailable>"
        "<DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries></Settings>"
        f"<Actions><Exec><Command>{escape(program)}</Command><Arguments>{words}</Arguments></Exec></Actions></Task>\n"
    ).encode("utf-16")
