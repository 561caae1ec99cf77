"""The figure on the screens: what it does in each phase, that nothing waits for it, and what is there without one."""

import asyncio
import io
import sys
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.color import Color

from hiproutine.catalogue.model import Catalogue
from hiproutine.coach.session import of_exercise
from hiproutine.day.context import Context
from hiproutine.figure.cells import Run
from hiproutine.figure.model import Figure
from hiproutine.figure.palette import HAIRS, SKINS
from hiproutine.figure.reels import flowing, still
from hiproutine.figure.stage import Frame, Sign
from hiproutine.settings import model
from hiproutine.tui import pictures
from hiproutine.tui.app import HiproutineApp
from hiproutine.tui.screens.card import CardScreen
from hiproutine.tui.widgets import figure as figures
from hiproutine.tui.widgets.figure import ExerciseView, FigureView, Scene
from tests.cli.test_main import python
from tests.conftest import HandClock
from tests.figure.test_figure import solved
from tests.screens import Desk, practice, text_of
from tests.terminal import Terminal

STRETCH, BRIDGE = "half-kneeling-hip-flexor", "glute-bridge"


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue, clock: HandClock) -> Desk:
    return Desk(tmp_path, catalogue, clock)


def app_with(desk: Desk, exercise: str) -> HiproutineApp:
    return desk.app(of_exercise(desk.catalogue.exercises[exercise]), anyway=True)


def view_of(app: App[None]) -> FigureView:
    return app.screen.query_one(FigureView)


async def drawn(app: App[None], figure: str | None = None) -> FigureView:
    """Waits until what is seen, of the exercise with that id if one is named, and what comes soon has been drawn."""
    view = view_of(app)
    while not view._casts or view._drawing or view._missing() or figure not in (None, view._casts[0].reel.figure.id):
        await asyncio.sleep(0.002)
    view.renew()
    return view


def frame(view: FigureView) -> Frame:
    reel = view._casts[0].reel
    return reel.at(view._elapsed())


def picture(view: FigureView) -> str:
    return "\n".join("".join(run.text for run in line) for line in view._lines)


# ---- practice ----


async def test_getting_ready_it_moves_into_the_position_and_then_stands_in_it(desk: Desk) -> None:
    app = app_with(desk, STRETCH)
    async with app.run_test(size=(80, 24)) as pilot:
        seen = []
        for _ in range(13):
            view = await drawn(app)
            seen.append((frame(view).share, picture(view)))
            assert view._timer
            await desk.turn(pilot, 0.25)
        shares = [share for share, _ in seen]
        assert shares == sorted(shares)
        assert shares[0] == 0 < shares[-1]
        assert len({cells for _, cells in seen}) > 4
        await desk.end_segment(pilot)
        view = await drawn(app)
        held = picture(view)
        assert (frame(view), view._timer) == (Frame(1.0, frozenset()), None)
        await desk.turn(pilot, 7)
        assert picture(await drawn(app)) == held


async def test_a_repetition_moves_with_the_seconds_of_its_tempo(desk: Desk) -> None:
    app = app_with(desk, BRIDGE)  # lift 2 s, squeeze 2 s, lower 3 s
    async with app.run_test(size=(80, 24)) as pilot:
        await desk.end_segment(pilot)
        for seconds, share in ((0.9, 0.5), (1.1, 1), (1.9, 1), (1.6, 0.5), (1.6, 0.125)):
            await desk.turn(pilot, seconds)
            await drawn(app)
            assert frame(view_of(app)).share == pytest.approx(share, abs=0.13), seconds


async def test_it_stands_still_while_the_session_does(desk: Desk) -> None:
    app = app_with(desk, BRIDGE)
    async with app.run_test(size=(80, 24)) as pilot:
        await desk.work(pilot, 1)
        await pilot.press("space")
        view = await drawn(app)
        before = frame(view)
        assert view._timer is None
        desk.clock.turn(3_000)
        assert frame(view) == before
        await pilot.press("space")  # 3 s to count in
        assert view._timer is None
        await desk.turn(pilot, 3.1)
        assert (await drawn(app))._timer


async def test_at_a_switch_it_turns_to_the_other_side(desk: Desk) -> None:
    app = app_with(desk, STRETCH)
    async with app.run_test(size=(80, 24)) as pilot:
        await desk.work(pilot, 70)
        left = solved()[STRETCH].figure
        assert practice(app).player.step.side == "right"
        widths = []
        for _ in range(18):
            view = await drawn(app)
            assert view._casts[0].reel.figure.poses != left.poses
            widths.append(frame(view).width)
            await desk.turn(pilot, 0.25)
        assert widths == sorted(widths)
        assert (widths[0], widths[-1]) == (-1, 1)
        assert len(set(widths)) > 6


@pytest.mark.parametrize(
    ("exercise", "phases"),
    [
        ("half-kneeling-contract-relax", [set(), {Sign.PUSH}, set(), set()]),
        ("ninety-front-pails-rails", [set(), {Sign.PUSH}, {Sign.PUSH}, {Sign.PULL}, set()]),
    ],
)
async def test_an_arrow_shows_the_direction_of_an_effort_while_it_lasts(
    desk: Desk, exercise: str, phases: list[set[Sign]]
) -> None:
    app = app_with(desk, exercise)
    async with app.run_test(size=(80, 24)) as pilot:
        seen = {}
        for signs in phases:
            await desk.end_segment(pilot)
            view = await drawn(app)
            assert frame(view).signs == signs, practice(app).player.segment
            seen[frozenset(signs)] = picture(view)
        assert len(set(seen.values())) == len(seen)


async def test_a_circle_goes_round_and_then_the_other_way(desk: Desk) -> None:
    app = app_with(desk, "hip-cars-quadruped")
    async with app.run_test(size=(80, 24)) as pilot:
        await desk.end_segment(pilot)
        for way, sign in zip(desk.catalogue.exercises["hip-cars-quadruped"].ways, (1, -1), strict=True):
            while practice(app).player.segment.label != f"circle {way}":
                await desk.end_segment(pilot)
            reel = (await drawn(app))._casts[0].reel
            steps = [b.share - a.share for a, b in zip(reel.frames, reel.frames[1:], strict=False)]
            assert all(step * sign > 0 for step in steps)
            assert sum(steps) * sign > 0.9


async def test_with_reduced_motion_start_and_end_stand_side_by_side(desk: Desk) -> None:
    desk.set("reduced_motion: yes")
    app = app_with(desk, BRIDGE)
    async with app.run_test(size=(120, 35)) as pilot:
        for _ in range(2):
            view = await drawn(app)
            assert view._timer is None
            assert [each.share for each in view._casts[0].reel.frames] == [0, 1]
            assert view._casts[0].reel.beside
            await desk.end_segment(pilot)


async def test_f_hides_the_figure_and_the_settings_remember_it(desk: Desk) -> None:
    app = app_with(desk, STRETCH)
    async with app.run_test(size=(80, 24)) as pilot:
        await desk.work(pilot, 5)
        await drawn(app)
        number = practice(app)._number
        beside = number.size.width
        await pilot.press("F")
        await pilot.pause()
        assert not view_of(app).display
        assert number.size.width == beside
        assert desk.saved == [("figure", "no")]
        await pilot.press("F")
        await pilot.pause()
        assert (await drawn(app)).display
        assert number.size.width == beside
        assert not practice(app).player.paused


@pytest.mark.parametrize(
    ("size", "roomy"), [((60, 20), True), ((80, 24), True), ((200, 50), True), ((50, 20), False), ((80, 11), False)]
)
async def test_where_there_is_no_room_there_is_no_figure(desk: Desk, size: tuple[int, int], roomy: bool) -> None:
    app = app_with(desk, STRETCH)
    async with app.run_test(size=size) as pilot:
        await desk.work(pilot, 5)
        await pilot.pause()
        view = view_of(app)
        assert view.display is roomy
        assert not roomy or (view.size.width >= figures.LEAST.width and view.size.height >= figures.LEAST.height)
        assert roomy or practice(app)._number.size.width > size[0] - 6


async def test_without_a_figure_the_digits_stand_where_they_always_do(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Context, "figure", lambda *_: None)
    app = app_with(desk, STRETCH)
    async with app.run_test(size=(120, 35)) as pilot:
        await desk.work(pilot, 5)
        await pilot.pause()
        assert not view_of(app).display
        without = practice(app)._number.region
        monkeypatch.undo()
        view = practice(app)._figure
        view._find = practice(app).context.figure
        view._figures.clear()
        await desk.turn(pilot, 1)
        await drawn(app)
        assert practice(app)._number.region == without


async def test_it_makes_room_for_the_question_how_much_it_hurts(desk: Desk) -> None:
    app = app_with(desk, STRETCH)
    async with app.run_test(size=(80, 24)) as pilot:
        await desk.work(pilot, 5)
        await drawn(app)
        await pilot.press("h")
        await pilot.pause()
        assert not view_of(app).display


async def test_a_new_phase_leaves_nothing_of_the_ground_before(desk: Desk) -> None:
    app = app_with(desk, BRIDGE)
    async with app.run_test(size=(200, 50)) as pilot:
        await drawn(app)
        ready = Color.parse(app.theme_variables["phase-ready"]).rich_color
        assert ready in grounds(app)
        await desk.work(pilot, 1)
        await drawn(app)
        await pilot.pause()
        assert ready not in grounds(app)


def grounds(app: App[None]) -> set[object]:
    strips = app.screen._compositor.render_strips()
    return {style.bgcolor for strip in strips for _, style, _ in strip if style}


# ---- how it is drawn ----


class Alone(App[None]):
    """A figure that is drawn while `due` is None."""

    CSS = "FigureView { width: 44; height: 13; background: #12171c; }"

    def __init__(self, reel: object) -> None:
        super().__init__()
        self.due: int | None = None
        self.ms = 0
        self.reel = reel

    def compose(self) -> ComposeResult:
        yield FigureView("neutral", "neutral", lambda: self.due)

    def on_mount(self) -> None:
        self.query_one(FigureView).play(Scene(self.reel), lambda: self.ms)  # type: ignore[arg-type]


def clamshell() -> Figure:
    return solved()["clamshell"].figure


@pytest.fixture
def nothing_kept() -> None:
    pictures._stages.clear()


@pytest.mark.usefixtures("nothing_kept")
async def test_no_slice_begins_when_a_cue_is_due() -> None:
    app = Alone(still(clamshell(), 1))
    app.due = 5
    async with app.run_test():
        view = view_of(app)
        await asyncio.sleep(0.2)
        assert view._missing()
        assert picture(view) == ""
        app.due = None
        assert "▀" in picture(await drawn(app))


@pytest.mark.usefixtures("nothing_kept")
async def test_others_have_their_turn_between_two_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Alone(still(clamshell(), 1))
    turns: list[int] = []
    rest = FigureView._let_others

    async def noted(self: FigureView) -> None:
        turns.append(1)
        await rest(self)

    monkeypatch.setattr(FigureView, "_let_others", noted)
    async with app.run_test():
        await drawn(app)
    assert len(turns) > 20


@pytest.mark.usefixtures("nothing_kept")
async def test_what_was_drawn_once_is_kept_for_every_view_of_its_size_and_colours() -> None:
    reel = still(clamshell(), 1)
    for _ in range(2):
        app = Alone(reel)
        async with app.run_test():
            await drawn(app)
        assert len(pictures._stages) == 1
    (stage,) = pictures._stages.values()
    assert len(stage._kept) == 1
    for columns in range(24, 60):
        pictures.stage_of(clamshell(), columns, 13, pictures.Look((0, 0, 0), "neutral", "neutral", "true"))
    assert len(pictures._stages) == pictures._MOST


async def test_only_cells_that_change_are_painted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Alone(flowing(clamshell(), 60_000))
    async with app.run_test():
        view = await drawn(app)
        painted: list[int] = []
        monkeypatch.setattr(figures._Tile, "refresh", lambda _, *regions: painted.extend(each.area for each in regions))
        app.ms += 250
        view.renew()
        whole = view.size.width * view.size.height
        assert 0 < sum(painted) < 0.6 * whole
        painted.clear()
        view.renew()
        assert painted == []


async def test_a_picture_a_cell_wider_takes_the_place_of_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Alone(still(clamshell(), 1))
    app.CSS = app.CSS.replace("width: 44", "width: 45")  # type: ignore[misc]
    async with app.run_test():
        view = await drawn(app)
        for columns in (20, 21, 20):
            lines = [[Run("x" * columns, (1, 2, 3), None)]]
            monkeypatch.setattr(view, "_now", lambda lines=lines: lines)
            view.renew()
            assert picture(view) == "x" * columns
            assert view._row(view._top).text.strip() == "x" * columns


@pytest.mark.parametrize(("system", "no_color", "depth"), [
    ("truecolor", False, "true"), ("256", False, "256"), ("standard", False, "16"), (None, False, "none"),
    ("truecolor", True, "none"),
])  # fmt: skip
def test_it_is_drawn_in_the_colours_that_there_are(system: str | None, no_color: bool, depth: str) -> None:
    assert pictures.depth_of(system, no_color) == depth


def test_where_blocks_cannot_be_shown_it_is_drawn_in_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "__stdout__", io.TextIOWrapper(io.BytesIO(), "ascii"))
    assert pictures.depth_of("truecolor", False) == "ascii"


async def test_without_colours_marks_tell_the_highlight(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = app_with(desk, STRETCH)
    async with app.run_test(size=(80, 24)) as pilot:
        await desk.work(pilot, 5)
        assert {"█", "▒", "▚"} <= set(picture(await drawn(app)))


def test_the_tones_of_the_settings_are_those_of_the_palette() -> None:
    assert (list(model.SKINS), list(model.HAIRS)) == (list(SKINS), list(HAIRS))


# ---- cards, the Library, Today, the rehearsal ----


async def test_a_card_shows_it_moving_until_space_stops_it(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("l", *"clamshell", "enter")
        await pilot.pause()
        assert isinstance(app.screen, CardScreen)
        view = await drawn(app)
        shares = []
        for _ in range(8):
            shares.append(frame(view).share)
            desk.clock.turn(250)
        assert shares == [n / 8 for n in range(8)]
        await pilot.press("space")
        await pilot.pause()
        assert view._timer is None
        desk.clock.turn(5_000)
        assert frame(view).share == 1
        await pilot.press("space")
        await pilot.pause()
        assert view._timer
        desk.clock.turn(1_000)
        assert frame(view).share < 1


async def test_a_card_of_something_else_has_no_figure_and_space_no_use(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(120, 35)) as pilot:
        await pilot.press("l", *"everyday", "enter")
        await pilot.pause()
        assert not view_of(app).display
        assert "space" not in app.screen.active_bindings or not app.screen.check_action("still", ())


async def test_the_library_shows_that_of_the_marked_exercise(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(120, 35)) as pilot:
        await pilot.press("l", *"clamshell")
        view = await drawn(app, "clamshell")
        await pilot.press(*["backspace"] * 9, *"couch stretch")
        await drawn(app, "couch-stretch")
        await pilot.press(*["backspace"] * 13, *"red flags")
        while view.display:
            await asyncio.sleep(0.002)


async def test_today_shows_that_of_the_marked_exercise_where_there_is_room(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(120, 35)) as pilot:
        view = await drawn(app)
        assert (view._casts[0].reel.figure.id, view._timer) == (STRETCH, None)
        await pilot.press("down")
        await pilot.pause()
        await drawn(app)
        assert view._casts[0].reel.figure.id == "supine-figure-four"
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert not view_of(app).size
        await pilot.resize_terminal(120, 35)
        await pilot.pause()
        assert (await drawn(app))._casts[0].reel.figure.id == "supine-figure-four"


async def test_the_first_frame_of_today_waits_for_no_figure(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Context.figure
    seen: list[str] = []

    def find(self: Context, name: str) -> Figure | None:
        seen.append(text_of(app))
        return found(self, name)

    monkeypatch.setattr(Context, "figure", find)
    app = desk.app()
    async with app.run_test(size=(120, 35)):
        await drawn(app)
    assert "Half-kneeling hip flexor" in seen[0]


async def test_today_gives_the_room_back_where_the_exercise_has_none(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Context, "figure", lambda *_: None)
    app = desk.app()
    async with app.run_test(size=(120, 35)) as pilot:
        card = app.screen.query_one("#card")
        while not card.size or view_of(app).display:
            await pilot.pause(0.01)
        assert card.region.y == app.screen.query_one("#panel").region.y + 2
        assert not view_of(app).display


async def test_it_is_nowhere_where_the_settings_say_so(desk: Desk) -> None:
    desk.set("figure: no")
    app = desk.app()
    async with app.run_test(size=(120, 35)) as pilot:
        assert not app.screen.query(FigureView)
        await pilot.press("l", *"clamshell", "enter")
        await pilot.pause()
        assert isinstance(app.screen, CardScreen)
        assert not view_of(app).display


async def test_the_rehearsal_has_start_and_end_of_each_exercise(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(120, 35)) as pilot:
        await pilot.press("l", *"everyday", "enter", "p")
        await drawn(app)
        views = list(app.screen.query(ExerciseView))
        assert [view.shown for view in views] == [each.exercise.id for each in app.day.plan.session.items]
        assert views[0]._casts[0].reel.beside
        await pilot.resize_terminal(60, 24)
        await pilot.pause()
        assert not views[0].display


def test_the_screens_import_nothing_of_it_before_one_is_shown() -> None:
    code = (
        "import sys, hiproutine.tui.app, hiproutine.tui.screens.practice, hiproutine.tui.screens.library;"
        " print([name for name in sys.modules if name.startswith('hiproutine.figure') or 'tui.pictures' in name])"
    )
    assert python("-c", code).out.strip() == "[]"


def test_show_and_rehearse_draw_at_a_terminal_wide_enough_alone(home: Path) -> None:
    for words in (("show", "clamshell"), ("rehearse", "clamshell")):
        for columns, blocks in ((100, True), (60, False)):
            with Terminal(home, *words, size=(columns, 120)) as terminal:
                terminal.end()
                assert ("▀".encode() in terminal.written) is blocks, (words, columns)
        said = python("-m", "hiproutine", *words)
        assert said.code == 0
        assert "▀" not in said.out
        assert "█" not in said.out
