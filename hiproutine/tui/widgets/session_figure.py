"""The figure of a session: the movement of its running segment, with those that come drawn ahead."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import work
from textual.color import Color

from hiproutine.practice.cues import PHASES
from hiproutine.practice.runner import Leader
from hiproutine.settings.model import Settings
from hiproutine.tui.widgets.figure import FigureView, Scene

if TYPE_CHECKING:
    from hiproutine.figure.model import Figure

_AHEAD = 6
"""Number of segments drawn ahead."""


class SessionFigure(FigureView):
    """Show the exercise that `leader` leads through.

    `find` looks a figure up by the id of its exercise; it may take its time, in a thread. `found` is called when it has
    brought one.
    """

    def __init__(
        self,
        leader: Leader,
        settings: Settings,
        find: "Callable[[str], Figure | None]",
        found: Callable[[], None],
        *,
        id: str,  # noqa: A002 -- Textual's own name for it
    ) -> None:
        super().__init__(settings.skin, settings.hair, lambda: leader.due_ms, id=id)
        self._leader, self._find, self._found = leader, find, found
        self._figures: dict[str, Figure | None] = {}
        self._played: tuple[object, ...] = ()

    @property
    def of_now(self) -> "Figure | None":
        """The figure of the running exercise, once it has been looked up."""
        return self._figure_of(self._leader.player.segment.step)

    def follow(self, *, shown: bool, reduced: bool) -> None:
        """Do what the running segment asks for; where it is not shown, nothing of it is there."""
        player = self._leader.player
        standing = player.paused or player.count_in_ms > 0
        played = (player.timeline, player.at, standing, player.paused, self.app.theme) if shown else ()
        if played and played == self._played:
            self.renew()
            return
        self._played = played
        ahead = range(player.at + 1, min(player.at + 1 + _AHEAD, len(player.timeline.segments)))
        scenes = [scene for at in (player.at, *ahead) if (scene := self._scene(at, reduced=reduced))] if shown else []
        if not scenes:
            self.play(None, int)
            return
        if player.paused:
            scenes[0] = scenes[0]._replace(ground=None)
        self.play(scenes[0], lambda: self._leader.elapsed_ms, scenes[1:], running=not standing)

    def _scene(self, index: int, *, reduced: bool) -> Scene | None:
        """The figure's movement in the segment with that index, on the ground of its phase."""
        from hiproutine.practice.movement import on_side, reel_of

        player = self._leader.player
        segment = player.timeline.segments[index]
        figure = self._figure_of(segment.step)
        if figure is None:
            return None
        figure = on_side(figure, player.timeline.steps[segment.step])
        reel = reel_of(player.timeline, index, figure, reduced=reduced)
        ground = Color.parse(self.app.theme_variables[f"phase-{PHASES[segment.phase].role}"])
        return Scene(reel, ground, segment.start_ms - player.segment.start_ms)

    def _figure_of(self, step: int) -> "Figure | None":
        """The figure of the exercise of a step, once it has been looked up."""
        name = self._leader.timeline.steps[step].exercise.id
        if name not in self._figures:
            self._figures[name] = None
            self._look_up(name)
        return self._figures[name]

    @work
    async def _look_up(self, name: str) -> None:
        """In a thread, where nothing has to wait for it: a figure of somebody's own may have to be solved first."""
        self._figures[name] = await asyncio.to_thread(self._find, name)
        if self._figures[name] and not self._leader.over:
            self._played = ()
            self._found()
