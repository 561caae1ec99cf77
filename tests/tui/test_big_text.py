"""Digits and words as large as their room, in the colour of the CSS, painted again only where they change."""

from math import ceil

import pytest
from textual._compositor import ChopsUpdate
from textual.app import App, ComposeResult
from textual.screen import Screen

from hiproutine.catalogue.prescription import declared, usual
from hiproutine.practice.cues import PHASES
from hiproutine.practice.readout import SIDES
from hiproutine.tui.screens.practice_view import BIG_ANSWERS, MARK, SHORT
from hiproutine.tui.widgets.big_text import LONGEST, BigText
from hiproutine.tui.widgets.strokes import DRAWN, HEIGHTS, NARROWING, cells, columns, fitting
from tests.screens import text_of

SIZES = [(80, 24), (33, 11), (60, 20), (200, 50)]


class Painted(App[None]):
    CSS = """
    BigText { height: 1fr; color: #ff0000; background: #000000; }
    BigText.-other { color: #00ff00; background: #0000ff; }
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.big = BigText()
        self.big.show(text)

    def compose(self) -> ComposeResult:
        yield self.big

    def shown(self) -> list[str]:
        """The screen, with a block for each cell that is painted with background colour."""
        return ["".join("█" if ground == "#ff0000" else char for char, _, ground in row) for row in cells_of(self)]


def cells_of(app: App[None]) -> list[list[tuple[str, str, str]]]:
    """The character, the colour and the background of each cell of the screen."""
    rows = []
    for strip in app.screen._compositor.render_strips():
        row: list[tuple[str, str, str]] = []
        for text, style, _ in strip:
            assert style
            colour, ground = (each.get_truecolor().hex if each else "" for each in (style.color, style.bgcolor))
            row += [(char, colour, ground) for char in text]
        rows.append(row)
    return rows


def drawn(text: str, size: tuple[int, int]) -> list[str]:
    """What the screen must show where there is no colour: the largest letters that fit, in the middle."""
    width, rows = size
    canvas = [[" "] * width for _ in range(rows)]
    if found := fitting([text], width, rows):
        places = list(columns(text, *found))
        left, top = (width - sum(places[-1])) // 2, (rows - ceil(found[0])) // 2
        for char, (x, _) in zip(text, places, strict=True):
            for y, row in enumerate(cells(char, *found)):
                canvas[top + y][left + x : left + x + len(row)] = row
    return ["".join(row) for row in canvas]


def test_a_letter_is_of_strokes() -> None:
    assert cells("H", 3.5, 1.0) == ("█  █", "█▄▄█", "█  █", "▀  ▀")


@pytest.mark.parametrize("rows", HEIGHTS)
@pytest.mark.parametrize("narrow", NARROWING)
def test_no_two_letters_look_the_same_and_none_is_filled(rows: float, narrow: float) -> None:
    letters = [char for char in sorted(DRAWN) if char.isalnum() and char != "0"]
    seen = {char: cells(char, rows, narrow) for char in letters}
    assert len(set(seen.values())) == len(seen)
    assert all(char in "I1" or set("".join(lines)) != {"█"} for char, lines in seen.items())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text", ["0", "28", "1:30", "HOLD", "READY", "-10", "+10", "?"])
async def test_a_text_fills_its_room(size: tuple[int, int], text: str) -> None:
    app = Painted(text)
    async with app.run_test(size=size):
        assert app.shown() == drawn(text, size)


async def test_without_colour_it_is_made_of_blocks() -> None:
    app = Painted("1:30")
    app.console._color_system = None
    async with app.run_test(size=(80, 24)):
        assert text_of(app).split("\n") == [line.rstrip() for line in drawn("1:30", (80, 24))]


async def test_every_change_and_every_size_shows_the_text_that_is() -> None:
    app = Painted("1:40")
    async with app.run_test(size=(80, 24)) as pilot:
        for text in ("100", "99", "98", "10", "9", "8", "READY", "HOLD", "MOVE", "STRETCH", "1:00"):
            app.big.show(text)
            await pilot.pause()
            assert app.shown() == drawn(text, (80, 24)), text
        for size in [*SIZES, (10, 3), (5, 2), (80, 24)]:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert app.shown() == drawn("1:00", size)
        app.big.show("")
        await pilot.pause()
        assert not "".join(app.shown()).strip()


async def test_its_colours_are_those_of_its_css_at_any_moment() -> None:
    app = Painted("28")
    async with app.run_test(size=(80, 24)) as pilot:
        assert {ground for row in cells_of(app) for _, _, ground in row} == {"#ff0000", "#000000"}
        app.big.add_class("-other")
        await pilot.pause()
        assert {ground for row in cells_of(app) for _, _, ground in row} == {"#00ff00", "#0000ff"}


async def test_only_the_rows_of_a_character_that_change_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Painted("29")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        written: list[tuple[int, int, int]] = []

        def display(screen: Screen[None], update: object) -> None:
            assert isinstance(update, ChopsUpdate)
            written.extend(update.spans)

        monkeypatch.setattr(app, "_display", display)
        app.big.show("28")
        await pilot.pause()
        before, after = drawn("29", (80, 24)), drawn("28", (80, 24))
        rows = [y for y, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
        assert sorted(y for y, _, _ in written) == rows
        assert rows
        lines, found = app.big.lines(app.big.size)
        assert found
        (start, _), (second, _) = columns(lines[0], *found)
        left = (80 - sum(list(columns(lines[0], *found))[-1])) // 2
        assert all(first == left + second > left + start for _, first, _ in written)


def test_every_word_of_a_phase_can_be_painted() -> None:
    for word in [*(each.word for each in PHASES.values()), "PAUSED"]:
        assert set(word) <= DRAWN
        assert len(word) <= LONGEST


def test_every_side_marked_answer_and_number_is_painted_whole() -> None:
    most = declared(usual("reps")).fields["reps"].highest
    for text in (*SIDES.values(), *(f"{MARK}{answer}" for answer in BIG_ANSWERS.values()), f"{most}/{most}"):
        assert len(text) <= SHORT, text
