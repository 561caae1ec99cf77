"""Reminders: times read and due, and what the schedulers are given, judged by their own programs where they are."""

import os
import plistlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hiproutine.desktop import schedulers
from hiproutine.desktop.reminders import Kind, Reminder, every, of_arguments, of_program, times
from hiproutine.desktop.schedulers import Command, Cron, Launchd, Scheduler, Systemd, TaskScheduler
from hiproutine.errors import HiproutineError

if sys.platform == "win32":
    pytest.skip("the programs of the tests are shell scripts", allow_module_level=True)

MORNING = Reminder(Kind.SESSION, (time(8), time(17, 30)), weekdays=True)
BREAKS = Reminder(Kind.BREAK, every(90, time(9), time(17, 30)))
MONDAY = datetime(2026, 11, 23).astimezone()


# ---- times ----


@pytest.mark.parametrize(
    ("words", "read"),
    [("8:00", [(8, 0)]), ("17:30, 08:00,8:00", [(8, 0), (17, 30)]), ("00:00,23:59", [(0, 0), (23, 59)])],
)
def test_times_are_read_sorted(words: str, read: list[tuple[int, int]]) -> None:
    assert times(words) == tuple(time(*each) for each in read)


@pytest.mark.parametrize(
    "words", ["", "8", "24:00", "8:60", "8.00", "08:00,", "8:00 pm", "8:\N{DEVANAGARI DIGIT ZERO}0"]
)
def test_what_is_no_time_is_said(words: str) -> None:
    with pytest.raises(ValueError, match="is not a time such as 08:00"):
        times(words)


def test_breaks_come_from_the_first_time_to_the_last() -> None:
    assert BREAKS.words == "09:00, 10:30, 12:00, 13:30, 15:00, 16:30, every day"
    assert every(60, time(9), time(9)) == (time(9),)
    with pytest.raises(ValueError, match="09:00 is before 17:00"):
        every(60, time(17), time(9))


@pytest.mark.parametrize(
    ("reminder", "after", "due"),
    [
        (MORNING, timedelta(hours=8), True),
        (MORNING, timedelta(hours=11), True),
        (MORNING, timedelta(hours=11, minutes=1), False),
        (MORNING, timedelta(hours=7, minutes=59), False),
        (MORNING, timedelta(hours=18), True),
        (MORNING, timedelta(days=5, hours=8), False),
        (MORNING._replace(weekdays=False), timedelta(days=5, hours=8), True),
        (Reminder(Kind.SESSION, (time(23),)), timedelta(days=1, hours=1), True),
        (Reminder(Kind.SESSION, (time(23),), weekdays=True), timedelta(days=5, hours=1), True),
        (Reminder(Kind.SESSION, (time(23),), weekdays=True), timedelta(days=6, hours=1), False),
        (BREAKS, timedelta(hours=9, minutes=15), True),
        (BREAKS, timedelta(hours=9, minutes=16), False),
        (Reminder(Kind.SESSION, ()), timedelta(0), True),
    ],
)
def test_a_reminder_is_due_at_its_time_and_a_while_after(reminder: Reminder, after: timedelta, due: bool) -> None:
    assert reminder.is_due(MONDAY + after) == due


@given(
    some.builds(
        Reminder,
        some.sampled_from(Kind),
        some.lists(some.times().map(lambda at: at.replace(second=0, microsecond=0)), min_size=1, unique=True).map(
            lambda found: tuple(sorted(found))
        ),
        some.booleans(),
    )
)
def test_a_reminder_is_read_back_from_its_arguments(reminder: Reminder) -> None:
    assert of_arguments(of_program(reminder.arguments)) == reminder
    assert of_arguments(["remind", "08:00"]) is None


# ---- schedulers ----


class Crontab:
    """A crontab in memory, which cannot be read where a `fault` says why."""

    def __init__(self, text: str, fault: str = "") -> None:
        self.text = text
        self.fault = fault

    def __call__(self, command: Command) -> bytes:
        if command.words == ("crontab", "-"):
            self.text = command.given.decode(errors="surrogateescape")
        elif self.fault:
            raise HiproutineError(self.fault)
        return self.text.encode(errors="surrogateescape")


ODD = {"XDG_DATA_HOME": '/tmp/a b/$x "q" 100%\\', "DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/1000/bus"}
MAKERS: dict[str, Callable[[Path], Scheduler]] = {
    "systemd": lambda folder: Systemd({**ODD, "XDG_CONFIG_HOME": str(folder)}),
    "cron": lambda _: Cron(ODD, Crontab("0 1 * * * mine 50\\%\n")),
    "launchd": lambda _: Launchd(ODD),
    "schtasks": TaskScheduler,
}


@pytest.fixture
def odd_interpreter(monkeypatch: pytest.MonkeyPatch) -> str:
    program = "/opt/my py/100%/python$1"
    monkeypatch.setattr(sys, "executable", program)
    return program


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.usefixtures("odd_interpreter")
def test_what_is_turned_on_is_listed_and_leaves_nothing_when_off(name: str, tmp_path: Path) -> None:
    scheduler = MAKERS[name](tmp_path)
    ran: list[Command] = []

    def run(command: Command) -> bytes:
        ran.append(command)
        return scheduler._run(command) if isinstance(scheduler, Cron) else b""

    written: set[Path] = set()
    for reminder in (MORNING, BREAKS, MORNING._replace(times=(time(6),))):
        change = scheduler.on(reminder)
        schedulers.carry_out(change, run)
        written |= set(change.files)
        assert scheduler.installed(reminder.kind) == reminder
    assert scheduler.installed(Kind.BREAK) == BREAKS
    assert all(path.is_file() for path in written)
    for kind in Kind:
        schedulers.carry_out(scheduler.off(kind), run)
        assert scheduler.installed(kind) is None
    assert not any(path.exists() for path in written)
    assert {command.words[0] for command in ran} == {
        {"systemd": "systemctl", "cron": "crontab", "launchd": "launchctl", "schtasks": "schtasks"}[name]
    }


def test_the_lines_of_a_crontab_that_are_not_ours_stay() -> None:
    mine = "# mine, in another encoding: \udce4\n0 1 * * * mine 50\\%\n"
    table = Crontab(mine)
    cron = Cron(ODD, table)
    for reminder in (MORNING, BREAKS, MORNING):
        schedulers.carry_out(cron.on(reminder), table)
    assert table.text.startswith(mine)
    assert table.text.count("remind now") == len(MORNING.times) + len(BREAKS.times)
    for kind in Kind:
        schedulers.carry_out(cron.off(kind), table)
    assert table.text == mine
    assert cron.off(Kind.SESSION) == schedulers.Change()


def test_lines_between_marks_that_were_torn_apart_by_hand_stay() -> None:
    table = Crontab("")
    schedulers.carry_out(Cron(ODD, table).on(MORNING), table)
    table.text = table.text[: table.text.rindex("#")] + "0 1 * * * mine\n"
    for change in (Cron(ODD, table).on(MORNING), Cron(ODD, table).on(MORNING), Cron(ODD, table).off(Kind.SESSION)):
        schedulers.carry_out(change, table)
    assert table.text == "0 1 * * * mine\n"


@pytest.mark.parametrize(
    ("fault", "there_is_none"),
    [("no crontab for you", True), ("can't open 'you': No such file or directory", True), ("no answer in time", False)],
)
def test_a_crontab_that_cannot_be_read_is_not_written(fault: str, there_is_none: bool) -> None:
    table = Crontab("0 1 * * * mine\n", fault)
    if there_is_none:
        assert Cron(ODD, table).on(MORNING).after
        return
    with pytest.raises(HiproutineError, match=fault):
        Cron(ODD, table).on(MORNING)


@pytest.mark.parametrize("name", ["systemd", "launchd", "schtasks"])
@pytest.mark.parametrize("torn", ["--at '8", "--at noon", "<"])
def test_what_was_edited_by_hand_is_not_listed(name: str, torn: str, tmp_path: Path) -> None:
    scheduler = MAKERS[name](tmp_path)
    for path, content in scheduler.on(MORNING).files.items():
        encoding = "utf-16" if name == "schtasks" else "utf-8"
        text = content.decode(encoding).replace("--at 08:00,17:30", torn).replace("<string>08:00,17:30", torn)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(encoding))
    assert scheduler.installed(Kind.SESSION) is None


def test_a_line_of_cron_runs_as_a_shell_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shell gets the words that were meant, with the address of the bus, once cron has read its percent signs."""
    told = tmp_path / "tol%d"
    program = tmp_path / "my py%"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$DBUS_SESSION_BUS_ADDRESS" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    (line, *_) = (
        line
        for line in Cron(ODD, Crontab("")).on(MORNING).after[0].given.decode().splitlines()
        if "remind" in line and "#" not in line
    )
    assert line.startswith("0 8 * * 1-5 env ")
    assert not re.search(r"(?<!\\)%", line)  # where cron would end the command
    command = line.split(maxsplit=5)[5].replace(r"\%", "%")
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [ODD["DBUS_SESSION_BUS_ADDRESS"], "-P", "-m", "hiproutine", *MORNING.arguments]
    assert not told.exists()


@pytest.mark.parametrize("reminder", [MORNING, BREAKS])
def test_systemd_finds_no_fault(tmp_path: Path, reminder: Reminder) -> None:
    verify = shutil.which("systemd-analyze")
    if not verify:
        pytest.skip("systemd-analyze is not installed")
    change = Systemd({**ODD, "XDG_CONFIG_HOME": str(tmp_path)}).on(reminder)
    schedulers.carry_out(change._replace(after=()), lambda _: b"")
    files = [str(path) for path in change.files]
    environ = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}
    done = subprocess.run(
        [verify, "--user", "verify", *files], env=environ, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    (service,) = (content.decode() for path, content in change.files.items() if path.suffix == ".service")
    assert '"XDG_DATA_HOME=/tmp/a b/$x \\"q\\" 100%%\\\\"' in service
    (timer,) = (content.decode() for path, content in change.files.items() if path.suffix == ".timer")
    for line in timer.splitlines():
        if line.startswith("OnCalendar="):
            subprocess.run([verify, "calendar", line.partition("=")[2]], capture_output=True, check=True)


@pytest.mark.usefixtures("odd_interpreter")
def test_the_agent_of_launchd_has_each_time_of_each_day(home: Path) -> None:
    ((path, content),) = Launchd(ODD).on(MORNING).files.items()
    agent = plistlib.loads(content)
    assert path == home / "Library" / "LaunchAgents" / "hiproutine.session.plist"
    assert agent["ProgramArguments"][0] == "/opt/my py/100%/python$1"
    assert agent["EnvironmentVariables"] == {"XDG_DATA_HOME": ODD["XDG_DATA_HOME"]}
    assert agent["StartCalendarInterval"] == [
        {"Hour": at.hour, "Minute": at.minute, "Weekday": day} for at in MORNING.times for day in range(1, 6)
    ]


def test_the_task_of_windows_is_xml_that_catches_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", r"C:\Program Files\R&D\python.exe")
    ((_, content),) = TaskScheduler(tmp_path).on(MORNING).files.items()
    task = ElementTree.fromstring(content.decode("utf-16").partition("\n")[2])
    names = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    assert [each.text for each in task.iterfind(".//t:StartBoundary", names)] == [
        "2026-01-01T08:00:00",
        "2026-01-01T17:30:00",
    ]
    assert task.findtext(".//t:Command", None, names) == r"C:\Program Files\R&D\pythonw.exe"
    assert task.findtext(".//t:StartWhenAvailable", None, names) == "true"
    assert len(task.findall(".//t:Monday", names)) == 2


@pytest.mark.parametrize(
    "case",
    [
        ("linux", {"systemctl", "crontab"}, True, Systemd),
        ("linux", {"systemctl", "crontab"}, False, Cron),
        ("linux", {"crontab"}, True, Cron),
        ("darwin", {"crontab"}, False, Launchd),
        ("win32", set(), False, TaskScheduler),
    ],
)
def test_each_system_has_its_scheduler(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, case: tuple[str, set[str], bool, type]
) -> None:
    platform, programs, runtime, chosen = case
    monkeypatch.setattr(sys, "platform", platform)
    if runtime:
        (tmp_path / "systemd").mkdir()
    found = schedulers.here(
        {"XDG_RUNTIME_DIR": str(tmp_path)}, lambda name: name if name in programs else None, tmp_path
    )
    assert isinstance(found, chosen)


def test_without_any_scheduler_that_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(HiproutineError, match="no scheduler found"):
        schedulers.here({}, lambda _: None, tmp_path)


def test_a_command_that_fails_is_an_error_with_what_it_said() -> None:
    with pytest.raises(HiproutineError, match=r"`sh -c .*` failed: no way"):
        schedulers.execute(Command(("sh", "-c", "echo no way >&2; exit 3")))
    assert schedulers.execute(Command(("sh", "-c", "cat; exit 3"), b"said", may_fail=True)) == b"said"
    with pytest.raises(HiproutineError, match="/nowhere/crontab cannot be run"):
        schedulers.execute(Command(("/nowhere/crontab",)))
