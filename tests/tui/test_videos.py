"""Videos anywhere: from a second on, on a telephone, in a player of one's own, on hosts that are asked for."""

import io
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pyte
import pytest
from textual.app import App

from hiproutine import qr
from hiproutine.catalogue import cache, overlay, writer
from hiproutine.catalogue.describe import Description, Section
from hiproutine.catalogue.model import Catalogue, Link, address, linked
from hiproutine.coach import session
from hiproutine.day.context import Context
from hiproutine.paths import shipped
from hiproutine.settings.file import load
from hiproutine.tui.screens.practice import PracticeScreen
from hiproutine.tui.theme import THEMES, styled
from hiproutine.tui.videos import CodeScreen, HostScreen
from hiproutine.yaml.nodes import FileProblems
from tests.conftest import HandClock, Run
from tests.screens import Desk, big, text_of

ANKLE = "https://www.youtube.com/watch?v=IikP_teeLkI&t=219"
OWN = """
videos:
  - {id: mine, url: "https://clips.example.org/hips", section: Mine, caption: Hips, start_s: 90}
"""


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Desk:
    return Desk(tmp_path, catalogue, clock)


def config(home: Path, name: str, text: str) -> None:
    path = home / ".config" / "hiproutine" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


# ---- the second to begin at ----


def test_one_exercise_alone_opens_the_established_moment(catalogue: Catalogue) -> None:
    starts = {
        (entry.id, link.video): link.start_s
        for entry in catalogue.exercises.values()
        for link in entry.videos
        if link.start_s is not None
    }
    assert starts == {("banded-ankle-mob", "IikP_teeLkI"): 219}
    assert not any(link.start_s for routine in catalogue.routines.values() for link in routine.goes_with)
    assert not any(link.start_s for card in catalogue.cards.values() for link in card.videos)
    assert all(video.start_s is None for video in catalogue.videos.values())


def test_a_video_begins_where_it_says_and_a_link_knows_better(tmp_path: Path, catalogue: Catalogue) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(
        OWN
        + "exercises:\n"
        + "  - {extends: couch-stretch, id: early, videos: {mine: likely}}\n"
        + "  - {extends: couch-stretch, id: late, videos: {mine: {strength: likely, start_s: 300}}}\n"
        + "  - {extends: late, id: later, name: Later}\n",
        encoding="utf-8",
    )
    own = overlay.read([file], catalogue)
    assert address(own.videos["mine"]) == "https://clips.example.org/hips#t=90"
    opened = {name: address(linked(own.videos, own.exercises[name].videos[0])) for name in ("early", "late", "later")}
    assert opened == {
        "early": "https://clips.example.org/hips#t=90",
        "late": "https://clips.example.org/hips#t=300",
        "later": "https://clips.example.org/hips#t=300",
    }
    given = writer.text(own, [own.videos["mine"], own.exercises["late"]])
    (tmp_path / "given.yaml").write_text(given, encoding="utf-8")
    again = overlay.read([tmp_path / "given.yaml"], catalogue)
    assert again.exercises["late"].videos == (Link("mine", "likely", 300),)
    assert again.videos["mine"].start_s == 90


@pytest.mark.parametrize("start", ["0", "-1", "1.5", "3:39", "86401", "soon"])
def test_a_second_to_begin_at_is_a_whole_number(tmp_path: Path, catalogue: Catalogue, start: str) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(OWN.replace("start_s: 90", f"start_s: {start}"), encoding="utf-8")
    with pytest.raises(FileProblems, match=r"own\.yaml:3:"):
        overlay.read([file], catalogue)


def test_the_cache_keeps_the_second(tmp_path: Path) -> None:
    for _ in range(2):
        loaded = cache.load(shipped(), tmp_path / "cache")
        assert loaded.catalogue.exercises["banded-ankle-mob"].videos[0].start_s == 219


def test_what_is_said_of_the_moment_says_about(run: Run) -> None:
    assert "from about 3:39" in " ".join(run("show", "banded-ankle-mob").lines)
    assert "from about" not in " ".join(run("show", "weighted-ankle-hold").lines)


# ---- the QR code, read by a reader that is not ours ----

Cell = tuple[str, int, int]
"""A character, and how bright its foreground and its background are."""

reader = pytest.mark.skipif(not shutil.which("zbarimg"), reason="zbarimg is not installed (Debian: zbar-tools)")
_PAINTED = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}
_PIXELS = 5


def read_code(cells: Iterable[list[Cell]], folder: Path) -> str:
    """What a photograph of the terminal says; other characters than half blocks are a grey blur."""
    image: list[bytes] = []
    for row in cells:
        for half in (0, 1):
            line = bytearray()
            for character, ink, paper in row:
                painted = _PAINTED.get(character)
                line += bytes([128 if painted is None else ink if painted[half] else paper]) * _PIXELS
            image += [bytes(line)] * _PIXELS
    path = folder / "screen.pgm"
    path.write_bytes(b"P5 %d %d 255\n" % (len(image[0]), len(image)) + b"".join(image))
    found = subprocess.run(["zbarimg", "-q", "--raw", str(path)], capture_output=True, text=True, check=False)
    return found.stdout.strip()


def cells_of(app: App[None]) -> list[list[Cell]]:
    def bright(colour: object, otherwise: int) -> int:
        triplet = getattr(colour, "triplet", None)
        return sum(triplet) // 3 if triplet else otherwise

    rows: list[list[Cell]] = []
    for strip in app.screen._compositor.render_strips():
        row: list[Cell] = []
        for text, style, _ in strip:
            ink = bright(style and style.color, 230)
            paper = bright(style and style.bgcolor, 20)
            row += [(character, ink, paper) for character in text]
        rows.append(row)
    return rows


@reader
@pytest.mark.parametrize("theme", [*(theme.name for theme in THEMES), "ansi-dark", "ansi-light"])
async def test_a_telephone_reads_the_code_in_every_theme(desk: Desk, tmp_path: Path, theme: str) -> None:
    app = desk.app(session.of_exercise(desk.catalogue.exercises["banded-ankle-mob"]))
    async with app.run_test(size=(60, 20)) as pilot:
        app.theme = theme
        await pilot.press("Q")
        await pilot.pause()
        assert isinstance(app.screen, CodeScreen)
        assert read_code(cells_of(app), tmp_path) == ANKLE
        shown = text_of(app)
        assert "esc goes back" in shown
        await pilot.press("y")
        await pilot.pause()
        assert app.clipboard == ANKLE
        assert [note.message for note in app._notifications] == [f"Sent to the clipboard: {ANKLE}"]
        await pilot.press("escape")
        await pilot.pause()
        assert big_word(app) == "PAUSED"


def big_word(app: App[None]) -> str:
    assert isinstance(app.screen, PracticeScreen)
    return app.screen._word.text


@reader
def test_the_code_of_every_shipped_video_fits_beside_its_address(catalogue: Catalogue, tmp_path: Path) -> None:
    for video in catalogue.videos.values():
        code = qr.rows(address(video))
        assert qr.too_large(code, 40, 20) is None
        assert read_code([[(each, 0, 255) for each in row] for row in code], tmp_path) == address(video)


def test_only_a_code_imports_what_draws_codes() -> None:
    code = "import sys, hiproutine.tui.screens.practice, hiproutine.cli.commands.list; print('segno' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


@pytest.mark.parametrize("keys", [("v",), ("l", *"banded ankle", "f5"), ("l", *"banded ankle", "enter", "v")])
async def test_where_no_browser_opens_the_address_is_there_to_copy_and_as_a_code(
    desk: Desk, keys: tuple[str, ...]
) -> None:
    desk.helper = None
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        assert isinstance(app.screen, CodeScreen)
        await pilot.pause()
        shown = text_of(app)
        assert "No browser opens from here." in shown
        assert "█" in shown
        await pilot.press("y")
        await pilot.pause()
        assert app.clipboard == desk.opened[0]


async def test_a_code_that_does_not_fit_says_so_until_it_does(desk: Desk) -> None:
    app = desk.app(session.of_exercise(desk.catalogue.exercises["banded-ankle-mob"]))
    async with app.run_test(size=(60, 14)) as pilot:
        await pilot.press("Q")
        await pilot.pause()
        shown = text_of(app)
        assert "needs 37 columns and 19 lines; the terminal has 60 and 14" in " ".join(shown.split())
        assert ANKLE in shown
        assert "█" not in shown
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert "█" in text_of(app)


@pytest.mark.parametrize(
    ("address", "is_link"),
    [(ANKLE, True), ("https://example.org/1", False), (f"{ANKLE}'", False), (f"{ANKLE}\u00e9", False)],
)
def test_the_address_on_a_card_is_a_link_of_the_terminal_if_its_host_is_known(address: str, is_link: bool) -> None:
    words = styled(Description("", "", (Section("", (f"{address} from about 3:39",)),))).at(200)
    links = [(span.style.link, words.plain[span.start : span.end]) for span in words.spans]  # type: ignore[union-attr]
    assert links == [(address, address)] * is_link


@pytest.mark.parametrize("after", [".", ",", ";", ":", "!", "?", "...", ")", ").", "]", ">", "\u2026", "*"])
def test_what_stands_behind_an_address_is_no_part_of_the_link(after: str) -> None:
    words = styled(Description("", "", (Section("", (f"See ({ANKLE}{after} More.",)),))).at(200)
    assert [words.plain[span.start : span.end] for span in words.spans] == [ANKLE]


async def test_the_card_and_the_library_show_the_code_of_the_surest_video(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l")
        await pilot.press(*"banded ankle")
        await pilot.press("tab", "Q")
        await pilot.pause()
        assert isinstance(app.screen, CodeScreen)
        assert app.screen._url == ANKLE
        await pilot.press("escape", "enter", "Q")
        await pilot.pause()
        assert isinstance(app.screen, CodeScreen)
        assert app.screen._url == ANKLE


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int], Terminal]:
    def make(columns: int, lines: int) -> Terminal:
        screen = Terminal()
        monkeypatch.setattr("sys.stdout", screen)
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("LINES", str(lines))
        return screen

    return make


def shown_by(out: str, columns: int, lines: int, dark: bool) -> list[list[Cell]]:
    """What a terminal whose own colours are dark, or light, makes of it."""
    screen = pyte.Screen(columns, lines)
    pyte.Stream(screen).feed(out.replace("\n", "\r\n"))
    ink, paper = (230, 20) if dark else (20, 230)

    def bright(colour: str, otherwise: int) -> int:
        return otherwise if colour == "default" else sum(bytes.fromhex(colour)) // 3

    cells = (screen.buffer[y][x] for y in range(lines) for x in range(columns))
    flat = [(cell.data, bright(cell.fg, ink), bright(cell.bg, paper)) for cell in cells]
    return [flat[at : at + columns] for at in range(0, len(flat), columns)]


@reader
@pytest.mark.parametrize("dark", [True, False])
def test_the_command_draws_the_code(
    run: Run, terminal: Callable[[int, int], Terminal], tmp_path: Path, dark: bool
) -> None:
    screen = terminal(60, 20)
    assert run("video", "banded-ankle-mob", "--qr").code == 0
    assert read_code(shown_by(screen.getvalue(), 60, 20, dark), tmp_path) == ANKLE
    assert f"\n{ANKLE}\n" in screen.getvalue()


def test_where_the_code_cannot_be_drawn_that_is_told(run: Run, terminal: Callable[[int, int], Terminal]) -> None:
    said = run("video", "banded-ankle-mob", "--qr")
    assert (said.code, said.err) == (
        1,
        "hiproutine: a QR code needs a terminal with colours; use --print for the address\n",
    )
    terminal(30, 12)
    said = run("video", "banded-ankle-mob", "--qr")
    assert said.code == 1
    assert "needs 37 columns and 19 lines; the terminal has 30 and 12" in said.err


# ---- the link at a terminal ----


def test_a_printed_address_is_a_link_at_a_terminal_alone(run: Run, terminal: Callable[[int, int], Terminal]) -> None:
    assert run("video", "banded-ankle-mob", "--print").lines == [ANKLE]
    screen = terminal(80, 24)
    assert run("video", "banded-ankle-mob", "--print").code == 0
    assert screen.getvalue() == f"\x1b]8;;{ANKLE}\x1b\\{ANKLE}\x1b]8;;\x1b\\\n"


def test_a_terminal_that_cannot_be_steered_gets_no_link(
    run: Run, terminal: Callable[[int, int], Terminal], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = terminal(80, 24)
    monkeypatch.setenv("TERM", "dumb")
    assert run("video", "banded-ankle-mob", "--print").code == 0
    assert screen.getvalue() == f"{ANKLE}\n"


# ---- in a browser's tab ----


async def test_served_to_a_browser_it_opens_there(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    app = desk.app(session.of_exercise(desk.catalogue.exercises["banded-ankle-mob"]))
    opened: list[str] = []
    async with app.run_test(size=(80, 24)) as pilot:
        monkeypatch.setattr(type(app), "is_web", True)
        monkeypatch.setattr(app, "open_url", opened.append)
        await pilot.press("v")
        await pilot.pause()
        assert opened == [ANKLE]
        assert desk.opened == []
        assert f"Opening {ANKLE}" in text_of(app)


# ---- a player of one's own ----


@pytest.fixture
def player(tmp_path: Path, home: Path) -> Path:
    """A player that notes its arguments; returns where it does."""
    script = tmp_path / "my player"
    script.write_text(f'#!/bin/sh\nfor each; do echo "<$each>"; done > {tmp_path}/argv\n', encoding="utf-8")
    script.chmod(0o755)
    config(home, "settings.yaml", f"video_command: \"'{script}' --fs '--title=$(id); it' --at={{url}}\"\n")
    return tmp_path / "argv"


def test_the_player_of_the_settings_gets_the_address_without_a_shell(
    run: Run, player: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "1 2 3 4")  # whoever names a player wants it there too
    assert run("video", "banded-ankle-mob").lines[-1] == f"Opened {ANKLE}"
    assert player.read_text("utf-8") == f"<--fs>\n<--title=$(id); it>\n<--at={ANKLE}>\n"


def test_a_player_that_fails_is_told(run: Run, home: Path) -> None:
    config(home, "settings.yaml", "video_command: sh -c 'exit 4' {url}\n")
    assert run("video", "IikP_teeLkI").lines[0] == "sh ended with code 4. The address to copy:"


async def test_a_player_that_is_not_there_is_told(run: Run, home: Path, desk: Desk) -> None:
    config(home, "settings.yaml", "video_command: nowhere-player {url}\n")
    said = run("video", "IikP_teeLkI")
    assert said.code == 1
    told = "settings.yaml: video_command: nowhere-player cannot be started (No such file or directory)"
    assert said.err.endswith(f"{told}\n")
    app = desk.app(session.of_exercise(desk.catalogue.exercises["banded-ankle-mob"]))
    async with app.run_test(size=(200, 50)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, PracticeScreen)
        app.screen.context = Context()
        await pilot.press("v")
        await pilot.pause()
        assert "nowhere-player cannot be started" in " ".join(text_of(app).split())
        assert big(app)[0] == "PAUSED"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("mpv", "is not a program with {url} after it"),
        ("'{url}'", "is not a program with {url} after it"),
        ("''", "words are expected here"),
        ("mpv 'a {url}", "has a quote that is not closed"),
    ],
)
def test_a_player_that_cannot_be_meant_is_refused(tmp_path: Path, words: str, told: str) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(f"video_command: {words}\n", encoding="utf-8")
    with pytest.raises(FileProblems) as caught:
        load(path)
    assert told in str(caught.value)


# ---- hosts that are not known ----


@pytest.fixture
def own_video(home: Path) -> None:
    config(home, "catalogue/own.yaml", OWN)


@pytest.mark.usefixtures("own_video", "player")
def test_the_command_asks_once_for_a_host(
    run: Run, terminal: Callable[[int, int], Terminal], monkeypatch: pytest.MonkeyPatch, player: Path
) -> None:
    not_opened = "Not opened, because clips.example.org is not a known video host. The address to copy:"
    there = "https://clips.example.org/hips#t=90"
    assert run("video", "mine").lines == [not_opened, there]
    for answer, opens in (("\n", False), ("n\n", False), ("y\n", True), ("", True)):
        screen, keyboard = terminal(80, 24), Terminal(answer)
        monkeypatch.setattr("sys.stdin", keyboard)
        assert run("video", "mine").code == 0
        assert player.exists() == opens
        assert (f"Open {there}? [y/N]" in screen.getvalue()) == bool(answer)
        assert (f"Opened {there}" in screen.getvalue()) == opens


def test_a_host_is_remembered_for_itself_alone(home: Path) -> None:
    assert Context().knows_host("youtu.be")
    Context().remember_host("a.example.org")
    Context().remember_host("b.example.org")
    known = [name for name in ("a", "b", "c", "x.a") if Context().knows_host(f"{name}.example.org")]
    assert known == ["a", "b"]
    assert not Context().knows_host("example.org")


async def test_a_screen_asks_for_a_host_and_remembers_a_yes(tmp_path: Path, desk: Desk) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(OWN, encoding="utf-8")
    desk.catalogue = overlay.read([file], desk.catalogue)
    app = desk.app()
    there = "https://clips.example.org/hips#t=90"
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("l", "f4", "up", "enter")
        await pilot.pause()
        for answer in ("n", "escape"):
            await pilot.press("v")
            await pilot.pause()
            assert isinstance(app.screen, HostScreen)
            assert there in text_of(app)
            await pilot.press(answer)
            await pilot.pause()
            assert desk.opened == []
        await pilot.press("v", "y")
        await pilot.pause()
        assert desk.opened == [there]
        await pilot.press("v")
        await pilot.pause()
        assert desk.opened == [there, there]
