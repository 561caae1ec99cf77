"""The answer for shell prompts: quick, true on its day and for its files only, and silent when something is wrong."""

import json
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import platformdirs
import pytest

from hiproutine import paths, xdg
from hiproutine.cli import status_cache
from hiproutine.errors import HiproutineError
from hiproutine.history.records import Opening, Rest, StepRecord
from hiproutine.history.store import Store
from tests.cli.test_main import python
from tests.conftest import HandClock, Run

HOUR_MS = 3_600_000


@pytest.fixture(autouse=True)
def one_clock(clock: HandClock, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setattr("hiproutine.day.context.SystemClock", lambda: clock)
    monkeypatch.setattr("hiproutine.cli.status_cache.time", lambda: clock.now().timestamp())


def test_check_says_by_its_exit_code_whether_today_is_due(run: Run, kept_only: Callable[[], None]) -> None:
    def check() -> int:
        said = run("status", "--check")
        assert (said.out, said.err) == ("", "")
        return said.code

    assert check() == 1
    kept_only()
    assert check() == 1


@pytest.mark.parametrize("words", [["log", "couch-stretch"], ["rest"]])
def test_check_is_content_when_today_is_done_or_of_rest(
    run: Run, kept_only: Callable[[], None], words: list[str]
) -> None:
    assert run(*words).code == 0
    assert run("status", "--check").code == 0
    kept_only()
    assert run("status", "--check").code == 0


def test_check_does_not_know_where_the_history_cannot_be_read(run: Run) -> None:
    config = paths.find().config
    config.mkdir(parents=True)
    (config / "settings.yaml").write_text("history_folder: [", encoding="utf-8")
    assert run("status", "--check") == (2, "", "")


@pytest.fixture
def kept_only(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From its call on nothing but the kept answer can be told: making a new one fails."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the kept answer was not used")

    return lambda: monkeypatch.setattr(Store, "read", refuse)


def status(run: Run, *words: str) -> str:
    said = run("status", *words)
    assert (said.code, said.err) == (0, "")
    return said.out.removesuffix("\n")


def store() -> Store:
    where = paths.find()
    return Store(where.data / "history", where.state)


def test_the_answer_is_kept_and_told_again(run: Run, kept_only: Callable[[], None]) -> None:
    assert status(run) == "0 d ○ 0 min this week"
    run("log", "four-everyday")
    fresh = json.loads(status(run, "--json"))
    assert fresh == {
        "run": "1 d",
        "mark": "✓",
        "minutes": 7,
        "streak": 1,
        "best": 1,
        "weeks": 0,
        "best_weeks": 0,
        "days_per_week": 7,
        "done_today": True,
        "rest_today": False,
        "week_done": 1,
        "week_needed": 7,
        "score": 5,
    }
    kept_only()
    assert status(run) == "1 d ✓ 7 min this week"
    assert json.loads(status(run, "--json")) == fresh
    assert status(run, "--format", "{streak}/{best} {done_today} {other} {") == "1/1 true {other} {"


def test_yesterdays_answer_is_never_told_today(
    run: Run, clock: HandClock, kept_only: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("log", "four-everyday")
    assert status(run) == "1 d ✓ 7 min this week"
    clock.turn(20 * HOUR_MS + 30 * 60_000 - 1)  # to the end of the day, at 04:00
    with monkeypatch.context() as patch:
        patch.setattr(Store, "read", lambda _: pytest.fail("the kept answer was not used"))
        assert status(run) == "1 d ✓ 7 min this week"
    clock.turn(1)
    assert status(run) == "1 d ○ 7 min this week"
    clock.turn(24 * HOUR_MS)
    assert status(run) == "0 d ○ 7 min this week"
    clock.turn(6 * 24 * HOUR_MS)
    assert status(run) == "0 d ○ 0 min this week"


def test_an_answer_of_later_is_not_told_after_the_clock_was_set_back(run: Run, clock: HandClock) -> None:
    run("log", "four-everyday")
    status(run)
    clock.start -= timedelta(days=1)
    assert status(run) == "0 d ○ 0 min this week"


def test_whatever_is_written_makes_a_new_answer(run: Run, clock: HandClock, tmp_path: Path) -> None:
    assert status(run, "--format", "{mark}") == "○"
    store().write(Rest("r", clock.now().date(), clock.now()))
    assert status(run, "--format", "{mark}") == "–"  # noqa: RUF001
    step = StepRecord("a", "A", None, 1000, 0, "skipped")
    opening = Opening("j", clock.now().date(), clock.now(), 60, None, 240, "a", None, "")
    journal = store().begin(opening, [step])
    assert status(run, "--format", "{mark}") == "–"  # noqa: RUF001
    journal.add(0, step._replace(held_ms=1000, end="done"), clock.now())
    assert status(run, "--format", "{mark}") == "✓"
    journal.remove()
    assert status(run, "--format", "{mark}") == "–"  # noqa: RUF001
    for path in (paths.find().data / "history").iterdir():
        path.unlink()
    assert status(run, "--format", "{mark}") == "○"
    elsewhere = Store(tmp_path / "elsewhere", tmp_path / "state")
    elsewhere.write(Rest("r", clock.now().date(), clock.now()))
    settings = paths.find().config / "settings.yaml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"history_folder: {tmp_path / 'elsewhere'}\n")
    assert status(run, "--format", "{mark}") == "–"  # noqa: RUF001


def test_another_home_has_an_answer_of_its_own(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("log", "four-everyday")
    assert status(run) == "1 d ✓ 7 min this week"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "other"))
    assert status(run) == "0 d ○ 0 min this week"


def test_a_goal_of_some_days_a_week_counts_weeks(run: Run) -> None:
    run("goal", "1/7")
    run("log", "four-everyday")
    assert status(run) == "1 w ✓ 7 min this week"


@pytest.mark.parametrize("harm", ["deleted", "empty", "garbage", "cut", "turned", "a folder", "unmakeable"])
def test_the_kept_answer_may_be_lost_or_broken_at_any_time(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, harm: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    run("log", "four-everyday")
    assert status(run) == "1 d ✓ 7 min this week"
    place = Path(status_cache.place())
    data = place.read_bytes()
    place.unlink()
    match harm:
        case "empty":
            place.write_bytes(b"")
        case "garbage":
            place.write_bytes(os.urandom(100))
        case "cut":
            place.write_bytes(data[:-3])
        case "turned":
            place.write_bytes(data[:10] + bytes([data[10] ^ 1]) + data[11:])
        case "a folder":
            place.mkdir()
        case "unmakeable":
            monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    assert status(run) == "1 d ✓ 7 min this week"
    assert status(run) == "1 d ✓ 7 min this week"


def nowhere() -> paths.Paths:
    raise HiproutineError("no home folder")


@pytest.mark.parametrize("wrong", ["settings", "folder", "home"])
def test_what_is_wrong_is_not_told_in_a_prompt(run: Run, monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    where = paths.find()
    if wrong == "settings":
        where.config.mkdir(parents=True)
        (where.config / "settings.yaml").write_text("history_folder: [\n")
    elif wrong == "folder":
        where.data.parent.mkdir(parents=True)
        where.data.write_text("in the way")
    else:
        monkeypatch.setattr("hiproutine.paths.find", nowhere)
    said = run("status")
    assert (said.code, said.err) == (0, "")
    assert said.out == ("0 d ○ 0 min this week\n" if wrong == "folder" else "")


@pytest.mark.parametrize("words", [("--format",), ("--jason",), ("more",), ("--json", "--format", "x")], ids=" ".join)
def test_wrong_usage_is_told(run: Run, words: tuple[str, ...]) -> None:
    assert run("status", *words).code == 2


def test_the_file_is_in_the_cache_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert status_cache.place() == str(paths.find().cache / "status")
    for folder in ("", "  ", "here", str(tmp_path)):
        monkeypatch.setenv("XDG_CACHE_HOME", folder)
        assert status_cache.place() == str(paths.find().cache / "status")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems ask platformdirs")
def test_the_folders_are_those_of_platformdirs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for home in (str(tmp_path), f"{tmp_path}/", "/"):
        monkeypatch.setenv("HOME", home)
        for elsewhere in ("", str(tmp_path / "elsewhere"), "relative"):
            for kind in ("config", "data", "state", "cache"):
                monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", elsewhere)
                theirs = getattr(platformdirs.PlatformDirs("hiproutine", appauthor=False), f"user_{kind}_path")
                assert theirs == getattr(paths.find(), kind)
                assert xdg.folder(kind) == str(theirs)
    for name, value in (("HOME", "relative"), ("XDG_CACHE_HOME", "")):
        monkeypatch.setenv(name, value)
    assert xdg.folder("cache") is None


def test_a_kept_answer_needs_next_to_no_modules(home: Path) -> None:
    look = "import sys; before = {*sys.modules}; from hiproutine.cli.main import main; main(['status'])"
    code = f"{look}; print(*{{*sys.modules}} - before)"
    first, second = (python("-c", code, env={"XDG_CACHE_HOME": str(home)}).out.splitlines() for _ in range(2))
    assert first[0] == second[0]
    assert len(first[1]) > len(second[1])
    names = ("", ".cli", ".cli.main", ".cli.status_cache", ".errors", ".cache", ".files", ".xdg")
    ours = {f"hiproutine{name}" for name in names}
    assert set(second[1].split()) <= ours | {"marshal", "zlib", "time"} | set(sys.builtin_module_names)
