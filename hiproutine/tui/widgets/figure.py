"""The figure of an exercise, drawn ahead in slices of a few milliseconds, so that nothing else has to wait for it."""

import asyncio
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Self

from rich.style import Style
from textual import work
from textual.color import Color
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from hiproutine.clock import Clock
from hiproutine.settings.model import Settings

if TYPE_CHECKING:
    from hiproutine.figure.cells import Run
    from hiproutine.figure.model import Figure
    from hiproutine.figure.reels import Reel
    from hiproutine.figure.stage import Frame, Stage

LEAST = Size(24, 8)
"""In less room a figure cannot be read."""
_GAP = 2
"""Cells between two pictures that stand side by side."""
_PAUSE_S = 0.001
"""Between two slices."""
_COVERED_S = 0.5
_NEAR_MS = 20
"""No slice begins so shortly before something is due, or after it."""


_TILES = 4
_AHEAD_MS = 2_000
"""A scene that is seen later than that is not drawn yet."""


class Scene(NamedTuple):
    """A movement, its ground (None is the widget's own), and its start after the first scene."""

    reel: "Reel"
    ground: Color | None = None
    after_ms: int = 0


class _Cast(NamedTuple):
    """A scene with the stage on which it is drawn."""

    reel: "Reel"
    stage: "Stage"
    after_ms: int


class _Tile(Widget):
    """A part of the picture, as high as the whole; its view paints it."""

    DEFAULT_CSS = "_Tile { height: 100%; }"

    def __init__(self, part: Callable[["_Tile", int], Strip]) -> None:
        super().__init__()
        self._part = part

    def render_line(self, y: int) -> Strip:
        return self._part(self, y)


class FigureView(Widget):
    """Show a scene as far as the time goes that it is given; nothing in too little room.

    It paints in tiles, because Textual paints a changed row from the first column of its widget on.

    `due` says in how many milliseconds something must not be late, if anything is due at all.
    """

    DEFAULT_CSS = "FigureView { layout: horizontal; }"

    def __init__(
        self,
        skin: str = "neutral",
        hair: str = "neutral",
        due: Callable[[], int | None] = lambda: None,
        *,
        id: str | None = None,  # noqa: A002 -- Textual's own name for it
    ) -> None:
        super().__init__(id=id)
        self._tiles = tuple(_Tile(self._part) for _ in range(_TILES))
        self._tones = skin, hair
        self._due = due
        self._scenes: tuple[Scene, ...] = ()
        self._elapsed: Callable[[], int] = int
        self._goes = True
        self._casts: tuple[_Cast, ...] = ()
        self._cast_for: object = None
        self._timer: Timer | None = None
        self._lines: list[list[Run]] = []
        self._left = self._top = 0
        self._spans = [(0, 0)] * _TILES
        self._style = Style()
        self._rows: dict[int, tuple[object, Strip]] = {}
        self._drawing = False

    # ---- what is shown ----

    def play(
        self, scene: Scene | None, elapsed: Callable[[], int], ahead: Sequence[Scene] = (), *, running: bool = True
    ) -> None:
        """Show a scene, or nothing, as `elapsed` advances, in milliseconds, while it is running.

        `ahead` are the scenes that will come: their pictures are drawn while there is time.
        """
        if scene and not self.children:
            self.mount_all(self._tiles)
        self._scenes = (scene, *ahead) if scene else ()
        self._elapsed = elapsed
        self._goes = running
        self.renew()

    def renew(self) -> None:
        """Show the current frame, and schedule the next one."""
        if self._timer:
            self._timer.stop()
            self._timer = None
        if not self.is_attached:
            return
        if not self.screen.is_active:  # another page covers it
            self._timer = self.set_timer(_COVERED_S, self.renew)
            return
        self._cast()
        self._paint()
        if not self._casts:
            return
        wait_ms = self._casts[0].reel.until_next_ms(self._elapsed()) if self._goes else 0
        if wait_ms:
            self._timer = self.set_timer(wait_ms / 1000, self.renew)
        if not self._drawing and self._missing():
            self._drawing = True
            self._draw()

    def on_resize(self) -> None:
        edges = [self.size.width * number // _TILES for number in range(_TILES + 1)]
        self._spans = list(pairwise(edges))
        for tile, (start, end) in zip(self._tiles, self._spans, strict=True):
            tile.styles.width = end - start
        self.renew()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.call_later(self.renew)

    # ---- how it is drawn ----

    def _cast(self) -> None:
        """Assign each scene its stage after a change of scenes, size or colours."""
        size = self.size
        roomy = size.width >= LEAST.width and size.height >= LEAST.height
        if not self._scenes or not roomy:
            self._casts, self._cast_for = (), None
            return
        own = self.background_colors[1]
        wanted = self._scenes, size, own, self._tones, self.app.console.color_system, self.app.no_color
        if wanted != self._cast_for:
            self._cast_for = wanted
            self._casts = tuple(_Cast(scene.reel, self._stage(scene, own), scene.after_ms) for scene in self._scenes)

    def _stage(self, scene: Scene, own: Color) -> "Stage":
        from hiproutine.tui.pictures import Look, stage_of

        columns, rows = self.size
        look = Look((scene.ground or own).rgb, *self._tones, self._depth)
        return stage_of(scene.reel.figure, (columns - _GAP) // 2 if scene.reel.beside else columns, rows, look)

    @property
    def _depth(self) -> str:
        from hiproutine.tui.pictures import depth_of

        return depth_of(self.app.console.color_system, self.app.no_color)

    def _missing(self) -> "tuple[Stage, Frame] | None":
        """The first picture that will soon be needed and is not drawn yet."""
        depth, now = self._depth, self._elapsed()
        for reel, stage, after_ms in self._casts:
            for frame in reel.between(now - after_ms, now - after_ms + _AHEAD_MS):
                if stage.kept(frame, depth) is None:
                    return stage, frame
        return None

    @work(group="draw")
    async def _draw(self) -> None:
        """Draw missing pictures, one slice at a time."""
        try:
            while job := self._missing():
                stage, frame = job
                for _ in stage.drawing(frame, self._depth):
                    await self._let_others()
                self._paint()
                await self._let_others()
        finally:
            self._drawing = False

    async def _let_others(self) -> None:
        await asyncio.sleep(_PAUSE_S)
        while (due := self._due()) is not None and due < _NEAR_MS:
            await asyncio.sleep((due + _NEAR_MS) / 1000)

    def _paint(self) -> None:
        """Show the current picture, if it is drawn; repaint only rows that have changed."""
        lines, style = self._now(), self.rich_style
        if style != self._style:  # another ground, under what stays as well
            self._style = style
            self._paint_all()
        if lines is None:
            return
        left, top = (self.size.width - _extent(lines)[0]) // 2, (self.size.height - len(lines)) // 2
        before, self._lines = self._lines, lines
        moved = (left, top) != (self._left, self._top)
        self._left, self._top = left, top
        if moved or _extent(before) != _extent(lines):
            self._paint_all()
            return
        for number, (old, new) in enumerate(zip(before, lines, strict=True)):
            if old != new:
                self._paint_row(top + number, _changed(old, new))

    def _paint_all(self) -> None:
        for tile in self._tiles:
            tile.refresh()

    def _paint_row(self, y: int, changed: list[int]) -> None:
        """Paint those cells of a row of the picture."""
        for tile, (start, end) in zip(self._tiles, self._spans, strict=True):
            if within := [x for x in changed if start <= self._left + x < end]:
                tile.refresh(Region(0, y, self._left + within[-1] + 1 - start, 1))

    def _now(self) -> "list[list[Run]] | None":
        """The cells of this moment; None while they are not drawn."""
        if not self._casts:
            return []
        from hiproutine.figure.cells import beside

        reel, stage, _ = self._casts[0]
        frames = reel.frames if reel.beside else (reel.at(self._elapsed()),)
        drawn = [stage.kept(frame, self._depth) for frame in frames]
        if any(lines is None for lines in drawn):
            return None
        first, *more = (lines for lines in drawn if lines)
        return beside(first, more[0]) if more else first

    def _part(self, tile: _Tile, y: int) -> Strip:
        start, end = self._spans[self._tiles.index(tile)]
        return self._row(y).crop(start, end)

    def _row(self, y: int) -> Strip:
        """A row of the whole picture, which each tile takes its part of."""
        from hiproutine.tui.pictures import strip

        row = y - self._top
        line = self._lines[row] if 0 <= row < len(self._lines) else []
        made_of = line, self._left, self.size.width, self._style
        kept = self._rows.get(y)
        if kept is None or kept[0] != made_of:
            kept = self._rows[y] = made_of, strip(*made_of)
        return kept[1]


class ExerciseView(FigureView):
    """The figure of one exercise: still, or moving until it is stopped; it takes no room where there is none.

    `find` looks a figure up by the id of its exercise; it may take its time, in a thread.
    """

    DEFAULT_CSS = "ExerciseView.-none { display: none; }"

    class Shown(Message):
        """Another figure is shown, or none."""

    def __init__(
        self,
        find: "Callable[[str], Figure | None]",
        settings: Settings,
        kind: "Callable[[Figure], Reel]",
        clock: Clock,
        *,
        exercise: str | None = None,
        id: str | None = None,  # noqa: A002 -- Textual's own name for it
    ) -> None:
        super().__init__(settings.skin, settings.hair, id=id)
        self._find, self._kind, self._clock = find, kind, clock
        self.settings = settings
        self.shown = exercise
        """The id of its exercise."""
        self._looked_up: tuple[str | None, Reel | None] = "", None
        self._since = 0
        self._stood: int | None = None

    def on_mount(self) -> None:
        if self.shown:
            self._look_up()

    def show(self, exercise: str | None) -> None:
        """Show the figure of the exercise with that id, from its start if it is another one; None shows nothing."""
        self.shown = exercise
        if self.is_mounted:
            self._look_up()

    @work(exclusive=True)
    async def _look_up(self) -> None:
        exercise = self.shown if self.settings.figure else None
        reel = await asyncio.to_thread(self._reel, exercise) if exercise else None
        if (exercise, reel) == self._looked_up:
            return
        self._looked_up = exercise, reel
        self.set_class(reel is None, "-none")
        self._since, self._stood = self._clock.instant().running_ms, None
        self.play(Scene(reel) if reel else None, self._passed)
        self.post_message(self.Shown())

    def use(self, settings: Settings) -> None:
        """Draw by other settings: in their tones, or nothing where they want no figure."""
        self.settings, self._tones = settings, (settings.skin, settings.hair)
        self.show(self.shown)
        self.renew()

    def without_room(self) -> Self:
        """Itself, with no room of its own until it has a figure."""
        self.add_class("-none")
        return self

    def _reel(self, exercise: str) -> "Reel | None":
        figure = self._find(exercise)
        return self._kind(figure) if figure else None

    @property
    def moves(self) -> bool:
        """Whether it shows a movement, stopped or not."""
        return bool(self._scenes) and self._scenes[0].reel.moves

    def toggle(self) -> None:
        """Pause or resume the movement."""
        passed = self._passed()
        self._since = self._clock.instant().running_ms - passed
        self._stood = passed if self._stood is None else None
        if self._scenes:
            self.play(self._scenes[0], self._passed, running=self._stood is None)

    def _passed(self) -> int:
        return self._clock.instant().running_ms - self._since if self._stood is None else self._stood


def at_end(figure: "Figure") -> "Reel":
    """The position itself, with the way into it."""
    from hiproutine.figure.frames import end_of
    from hiproutine.figure.reels import still
    from hiproutine.figure.stage import BOTH

    return still(figure, end_of(figure), BOTH)


def phases_of(figure: "Figure") -> "Reel":
    """Start and end, side by side."""
    from hiproutine.figure.reels import phases

    return phases(figure)


def moving(settings: Settings) -> "Callable[[Figure], Reel]":
    """The current picture of a moving figure; with reduced motion, start and end side by side."""

    return phases_of if settings.reduced_motion else _shown


def _shown(figure: "Figure") -> "Reel":
    from hiproutine.figure.reels import shown

    return shown(figure)


def _extent(lines: "list[list[Run]]") -> tuple[int, int]:
    """(columns, rows) of a picture."""
    return sum(len(run.text) for run in lines[0]) if lines else 0, len(lines)


def _changed(old: "list[Run]", new: "list[Run]") -> list[int]:
    """The cells in which two lines differ."""
    cells = ([(mark, run.colour, run.behind) for run in line for mark in run.text] for line in (old, new))
    return [number for number, (one, other) in enumerate(zip(*cells, strict=True)) if one != other]
