"""Practising: leads the player along the clock, shows where it stands, and writes down each step as it ends."""

from collections.abc import Callable
from datetime import timedelta

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Key
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Footer, Static

from hiproutine.catalogue.model import strongest
from hiproutine.coach.session import Session
from hiproutine.history.records import SessionRecord
from hiproutine.history.store import LeftOver
from hiproutine.practice import player as players
from hiproutine.practice import session_log
from hiproutine.practice.lapse import lapse
from hiproutine.practice.player import Played, Player
from hiproutine.practice.timeline import Phase, Timeline, compile_session
from hiproutine.practice.words import PHASES, clock_length, segment_words
from hiproutine.tui.bignumber import BigNumber
from hiproutine.tui.look import PHASE_ROLE
from hiproutine.tui.videos import link_words, open_video
from hiproutine.tui.world import World

ADJUST_MS = 10_000
CUE_EVERY_MS = 15_000

_QUESTION = "Stop here?   q stops and keeps what you did   l leaves it for later   any other key goes on"


class PracticeScreen(Screen[None]):
    """One session, from its first get-ready; or, with `left`, from where it was left.

    `finished` is called with the record when the session is over, whole or in part; None if nothing was held.
    """

    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (14, "-short"), (22, "-tall")]
    BINDINGS = [
        Binding("space", "pause", "Pause", key_display="space", tooltip="Pause, or go on after a count-in of 3 s"),
        Binding("n,right", "next", "Next", key_display="n", tooltip="Next side or exercise; ends a rest at once"),
        Binding("p,left", "previous", "Again", key_display="p", tooltip="This side again, or the one before"),
        Binding("plus,equals_sign,up", "adjust(1)", "10 s", key_display="+/-", tooltip="10 seconds more or less"),
        Binding("minus,down", "adjust(-1)", show=False),
        Binding("v", "video", "Video", tooltip="Pause, and open the video of this exercise"),
        Binding("y", "copy", "Copy link", show=False, tooltip="Copy the address of that video"),
        Binding("q,escape", "stop", "Stop", key_display="q", tooltip="Stop; asks once, and keeps what was done"),
        Binding("question_mark", "app.keys", "Keys", key_display="?", tooltip="These keys"),
    ]

    def __init__(
        self,
        world: World,
        session: Session,
        app_version: str,
        finished: Callable[[SessionRecord | None], None],
        left: LeftOver | None = None,
    ) -> None:
        super().__init__()
        self._world = world
        self._session = session
        self._finished = finished
        self._timeline: Timeline = compile_session(session)
        held = {number: step.held_ms for number, step in left.ended.items()} if left else {}
        self._begun = players.begin(self._timeline, held)
        self.player: Player = self._begun.player
        if left:
            self._journal = world.store.resume(left)
        else:
            opening = session_log.opening(session, world.clock, app_version)
            self._journal = world.store.begin(opening, session_log.planned(self._timeline))
        self._last = world.clock.instant()
        self._waited_ms = 0
        self._timer: Timer | None = None
        self._asking = False
        self._over = False
        self._notice = ""
        names = ("name", "left", "bar", "phase", "title", "what", "cue", "next", "told")
        self._lines = {name: Static(id=name) for name in names}
        self._number = BigNumber(id="number")
        self._shown: dict[str, str] = {}

    # ---- what is on the screen ----

    def compose(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield self._lines["name"]
            yield self._lines["left"]
        yield self._lines["bar"]
        yield self._lines["phase"]
        yield self._number
        for name in ("title", "what", "cue", "next", "told"):
            yield self._lines[name]
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._last = self._world.clock.instant()
        self._take(self._begun)

    def on_screen_suspend(self) -> None:
        """Nothing goes on behind the palette or another page."""
        self.hold_still()

    def on_unmount(self) -> None:
        self._journal.leave()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        player, step = self.player, self.player.step
        ends = self._world.clock.now() + timedelta(milliseconds=player.left_ms)
        self._put("name", f"{step.item + 1} of {self._timeline.items}  {self._session.name}")
        self._put("left", f"{clock_length(player.left_ms)} left, ends {ends:%H:%M}")
        self._put("bar", self._progress())
        self._put("phase", self._phase_word())
        self._number.show(self._big_text())
        self._put("title", step.title)
        self._put("what", self._what_words())
        self._put("cue", self._cue_words(), layout=True)
        self._put("next", self._next_words())
        self._put("told", _QUESTION if self._asking else self._journal.trouble or self._notice, layout=True)
        self._lines["told"].set_class(bool(self._shown["told"]), "-told")
        role = PHASE_ROLE[player.segment.phase]
        if not self.has_class(f"-{role}"):
            self.remove_class(*(f"-{other}" for other in set(PHASE_ROLE.values())))
            self.add_class(f"-{role}")
        self.set_class(player.paused, "-paused")

    def _put(self, name: str, text: str, layout: bool = False) -> None:
        if self._shown.get(name) != text:
            self._shown[name] = text
            self._lines[name].update(Content(text), layout=layout)

    def _big_text(self) -> str:
        player = self.player
        if player.count_in_ms:
            return str(-(-player.count_in_ms // 1000))
        seconds = -(-player.remaining_ms // 1000)
        return clock_length(player.remaining_ms) if seconds >= 100 else str(seconds)

    def _phase_word(self) -> str:
        word = PHASES[self.player.segment.phase]
        if self.player.count_in_ms:
            return f"GO ON: {word}"
        return f"PAUSED: {word}" if self.player.paused else word

    def _what_words(self) -> str:
        segment, step = self.player.segment, self.player.step
        side = step.exercise.side_is if step.side else None
        if segment.phase in (Phase.READY, Phase.SWITCH):
            return "   ".join(filter(None, (self._session.items[step.item].dose, side and f"{step.side}: {side}")))
        label = "" if segment.label == PHASES[segment.phase].lower() else segment.label
        return "   ".join(filter(None, (label, segment.where, side)))

    def _cue_words(self) -> str:
        segment, step = self.player.segment, self.player.step
        if segment.phase is Phase.READY:
            return "\n".join(f"{number}. {line}" for number, line in enumerate(step.exercise.setup, 1))
        if segment.phase is Phase.SWITCH:
            return "The same on the other side."
        since_ms = segment.start_ms - self._timeline.segments[step.first].start_ms + self.player.elapsed_ms
        return step.exercise.cues[since_ms // CUE_EVERY_MS % len(step.exercise.cues)]

    def _next_words(self) -> str:
        coming = self.player.coming
        if coming is None:
            return "next: that was all"
        words = f"next: {segment_words(self._timeline, coming)}"
        number = self.player.segment.step
        if coming.phase in (Phase.READY, Phase.SWITCH) or number + 1 == len(self._timeline.steps):
            return words
        here, following = self._timeline.steps[number : number + 2]
        return f"{words}   then: {f'{following.side} side' if following.item == here.item else following.title}"

    def _progress(self) -> str:
        """A bar of whole cells, one run a step, so that it changes no more often than it must."""
        width = max(10, self.size.width - 4)
        total = self._timeline.total_ms
        done = width * (total - self.player.left_ms) // total
        marks = {width * self._timeline.segments[step.first].start_ms // total for step in self._timeline.steps[1:]}
        return "".join("╷" if cell in marks else "━" if cell < done else "─" for cell in range(width))

    # ---- what happens ----

    def tick(self) -> None:
        """Brings the player up to the clock. Called at each change of the shown second, and before each key acts."""
        if self._over:
            return
        now = self._world.clock.instant()
        credit_ms, gap = lapse(self._last, now, self._waited_ms)
        self._last = now
        if gap and not (self.player.paused or self.player.finished):
            self._notice = f"Paused: {gap}. Nothing of it was counted. Space goes on."
            self.app.refresh()
            self._take(Played(self.player.pause(), ()))
        else:
            self._take(self.player.advance(credit_ms))

    def _take(self, played: Played) -> None:
        """Goes on with what the player has become: writes down what ended, rings what is due, waits for what comes."""
        before, self.player = self.player, played.player
        here = before.segment.step
        there = len(self._timeline.steps) if self.player.finished else self.player.segment.step
        if here != there and not before.finished:
            for step in range(here, max(here + 1, there)):
                self._journal.add(step, session_log.ended(self.player, step), self._world.clock.now())
        if played.cues:
            self.app.bell()
        if self._timer:
            self._timer.stop()
        if self.player.finished:
            self._finish()
            return
        self._waited_ms = 0
        if not self.player.paused:
            self._waited_ms = self.player.until_change_ms
            self._timer = self.set_timer(self._waited_ms / 1000, self.tick)
        self._show()

    def _finish(self) -> None:
        """Makes the record of what was done, and hands it on. What the disk refuses stays in the journal."""
        self._over = True
        record = self._journal.record(self._world.clock.now())
        if not any(step.held_ms for step in record.steps):
            self._journal.remove()
            self._finished(None)
            return
        try:
            self._world.store.write(record)
            self._journal.remove()
        except OSError as error:
            self.app.notify(f"{error.strerror or error}", title="Not in the history yet", severity="error", timeout=20)
        self._finished(record)

    # ---- keys ----

    def on_key(self, event: Key) -> None:
        """While the question stands, `q` and `l` answer it, and any other key goes on."""
        if self._asking:
            event.stop()
            event.prevent_default()
            if event.key == "q":
                self.action_stop()
            elif event.key == "l":
                self._journal.leave()
                self.dismiss()
            else:
                self._asking = False
                self.action_pause()

    def action_pause(self) -> None:
        self.tick()
        self._notice = ""
        self._take(Played(self.player.resume() if self.player.paused else self.player.pause(), ()))

    def action_next(self) -> None:
        self.tick()
        self._take(self.player.next())

    def action_previous(self) -> None:
        self.tick()
        self._take(self.player.previous())

    def action_adjust(self, tens: int) -> None:
        self.tick()
        self._take(self.player.adjust(tens * ADJUST_MS))

    def action_stop(self) -> None:
        if not self._asking:
            self.hold_still()
            self._asking = True
            self._show()
            return
        step = self.player.segment.step
        if not self.player.finished and self.player.held_ms[step]:
            self._journal.add(step, session_log.ended(self.player, step), self._world.clock.now())
        self._finish()

    def action_video(self) -> None:
        self.hold_still()
        links = strongest(self.player.step.exercise.videos)
        if not links:
            self._tell("No video of the note goes with this exercise. Space goes on.")
            return
        video = self._world.catalogue.videos[links[0].video]
        open_video(
            self, self._world, video, lambda words: self._tell(f"{words}; {link_words(links[0])}. Space goes on.")
        )

    def action_copy(self) -> None:
        links = strongest(self.player.step.exercise.videos)
        if links:
            url = self._world.catalogue.videos[links[0].video].url
            self.app.copy_to_clipboard(url)
            self._tell(f"Sent to the clipboard: {url}")

    def hold_still(self) -> None:
        """Pauses, whatever is going on."""
        self.tick()
        if not self._over:
            self._take(Played(self.player.pause(), ()))

    def _tell(self, words: str) -> None:
        self._notice = words
        self._show()
