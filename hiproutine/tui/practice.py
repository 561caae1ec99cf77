"""Practising: shows where the session stands, makes its cues heard, and hands keys to its leader."""

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

from hiproutine.catalogue.model import Link, strongest
from hiproutine.practice.cues import CueKind
from hiproutine.practice.leader import Cues, Leader
from hiproutine.practice.player import Player
from hiproutine.practice.timeline import Phase
from hiproutine.practice.words import PHASES, clock_length, segment_words
from hiproutine.tui.bigtext import BigText
from hiproutine.tui.look import PHASE_ROLE
from hiproutine.tui.videos import link_words, open_video
from hiproutine.tui.world import World

ADJUST_MS = 10_000
CUE_EVERY_MS = 15_000

_QUESTION = "Stop here?   q stops and keeps what you did   l leaves it for later   any other key goes on"


class PracticeScreen(Screen[None]):
    """Shows what `leader` leads through; `finished` is called once, when the session is over, whole or in part."""

    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (14, "-short"), (22, "-tall")]
    BINDINGS = [
        Binding("space", "pause", "Pause", key_display="␣", tooltip="Space: pause, or go on after a count-in of 3 s"),
        Binding("n,right", "next", "Next", key_display="n", tooltip="Next side or exercise; ends a rest at once"),
        Binding("p,left", "previous", "Again", key_display="p", tooltip="This side again, or the one before"),
        Binding("plus,equals_sign,up", "adjust(1)", "10s", key_display="+/-", tooltip="10 seconds more or less"),
        Binding("minus,down", "adjust(-1)", show=False),
        Binding("v", "video", "Video", tooltip="Pause, and open the video of this exercise"),
        Binding("f", "floor", "Big", tooltip="Only the phase and the time, as large as they get"),
        Binding("y", "copy", "Copy link", show=False, tooltip="Copy the address of that video"),
        Binding(
            "q,escape",
            "stop",
            "Stop",
            key_display="q",
            tooltip="Stop: q keeps what was done, l leaves it for later",
        ),
        Binding("question_mark,f1", "app.keys", "Keys", key_display="?", tooltip="These keys"),
    ]

    def __init__(self, world: World, leader: Leader, finished: Callable[[], None]) -> None:
        super().__init__()
        self._world = world
        self._leader = leader
        self._finished = finished
        self._sound = world.make_sound(self.ring, self.notice)
        self._timer: Timer | None = None
        self._asking = False
        self._told = ""
        names = ("name", "left", "bar", "phase", "title", "what", "cue", "next", "told")
        self._lines = {name: Static(id=name) for name in names}
        self._number, self._word = BigText(id="number"), BigText(id="word")
        self._shown: dict[str, str] = {}

    @property
    def player(self) -> Player:
        return self._leader.player

    # ---- what is on the screen ----

    def compose(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield self._lines["name"]
            yield self._lines["left"]
        yield self._lines["bar"]
        yield self._lines["phase"]
        yield self._word
        yield self._number
        for name in ("title", "what", "cue", "next", "told"):
            yield self._lines[name]
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._react(self._leader.begin())

    def on_screen_suspend(self) -> None:
        """Nothing goes on behind the palette or another page."""
        self._react(self._leader.hold_still())

    def on_unmount(self) -> None:
        self._leader.leave()
        self._sound.close()

    def ring(self) -> None:
        self.app.bell()

    def notice(self, words: str) -> None:
        """Tells the terminal, which shows it where the person sits (OSC 9)."""
        if self.app._driver:  # noqa: SLF001 -- as Textual itself writes to the clipboard
            self.app._driver.write(f"\x1b]9;{words}\x1b\\")  # noqa: SLF001

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        player, step = self.player, self.player.step
        ends = self._world.clock.now() + timedelta(milliseconds=player.left_ms)
        self._put("name", f"{step.item + 1} of {self._leader.timeline.items}  {self._leader.session.name}")
        left = f"{clock_length(player.left_ms)} left, ends {ends:%H:%M}"
        self._put("left", left, layout=len(left) != len(self._shown.get("left", "")))
        self._put("bar", self._progress())
        self._put("phase", self._phase_word())
        self._number.show(self._big_text())
        self._word.show("PAUSED" if player.paused else PHASES[player.segment.phase])
        self._put("title", step.title)
        self._put("what", self._what_words(), layout=True)
        self._put("cue", self._cue_words(), layout=True)
        self._put("next", self._next_words())
        quiet = self._sound.trouble if player.segment.phase is Phase.READY else None
        told = _QUESTION if self._asking else self._leader.trouble or self._leader.gap or self._told or quiet or ""
        self._put("told", told, layout=True)
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
            return "   ".join(
                filter(None, (self._leader.session.items[step.item].dose, side and f"{step.side}: {side}"))
            )
        label = "" if segment.label == PHASES[segment.phase].lower() else segment.label
        return "   ".join(filter(None, (label, segment.where, side)))

    def _cue_words(self) -> str:
        segment, step = self.player.segment, self.player.step
        # A session that is resumed on the second side begins with a switch that is as long as a get-ready.
        if segment.phase is Phase.READY or (segment.phase is Phase.SWITCH and self.player.extra_ms):
            return "\n".join(f"{number}. {line}" for number, line in enumerate(step.exercise.setup, 1))
        if segment.phase is Phase.SWITCH:
            return "The same on the other side."
        since_ms = segment.start_ms - self._leader.timeline.segments[step.first].start_ms + self.player.elapsed_ms
        return step.exercise.cues[since_ms // CUE_EVERY_MS % len(step.exercise.cues)]

    def _next_words(self) -> str:
        coming = self.player.coming
        if coming is None:
            return "next: that was all"
        words = f"next: {segment_words(self._leader.timeline, coming)}"
        number = self.player.segment.step
        if coming.phase in (Phase.READY, Phase.SWITCH) or number + 1 == len(self._leader.timeline.steps):
            return words
        here, following = self._leader.timeline.steps[number : number + 2]
        return f"{words}   then: {f'{following.side} side' if following.item == here.item else following.title}"

    def _progress(self) -> str:
        """A bar of whole cells, one run a step, so that it changes no more often than it must."""
        width = max(10, self.size.width - 4)
        total = self._leader.timeline.total_ms
        done = width * (total - self.player.left_ms) // total
        marks = {
            width * self._leader.timeline.segments[step.first].start_ms // total
            for step in self._leader.timeline.steps[1:]
        }
        return "".join("╷" if cell in marks else "━" if cell < done else "─" for cell in range(width))

    # ---- what happens ----

    def tick(self) -> None:
        """Called at each change of the shown second, and whenever a cue is due."""
        gap = self._leader.gap
        self._react(self._leader.tick())
        if self._leader.gap != gap:
            self.app.refresh()  # a process that was stopped finds its screen overwritten

    def _react(self, cues: Cues) -> None:
        """Makes the cues heard, shows where the session stands, and waits for what comes."""
        if self._timer:
            self._timer.stop()
        if not self.is_attached or self._finished is _nothing:
            return
        if any(cue.kind is CueKind.PAUSED for cue in cues):
            self._sound.hush()
        self._sound.play(self._leader.timeline, cues)
        self._sound.look(self.player.until_cue_ms if self._leader.wait_ms else None)
        if any(cue.kind in (CueKind.READY, CueKind.SWITCH) for cue in cues):
            self._told = ""
        if self._leader.over:
            finished, self._finished = self._finished, _nothing
            finished()
            return
        if wait_ms := self._leader.wait_ms:
            self._timer = self.set_timer(wait_ms / 1000, self.tick)
        self._show()

    # ---- keys ----

    def on_key(self, event: Key) -> None:
        """`q` and `l` answer the question, any other key goes on; without a question, a key that has no use pauses."""
        if not self._asking and event.key not in self.active_bindings:
            self._react(self._leader.hold_still())
        elif self._asking:
            event.stop()
            event.prevent_default()
            if event.key == "q":
                self.action_stop()
            elif event.key == "l" and not self._leader.trouble:
                self._leader.leave()
                self.dismiss()
            else:
                self._asking = False
                self.action_pause()

    def action_pause(self) -> None:
        if self.player.paused:
            self._told = ""
        self._react(self._leader.pause_or_go_on())

    def action_next(self) -> None:
        self._react(self._leader.next())

    def action_previous(self) -> None:
        self._react(self._leader.previous())

    def action_adjust(self, tens: int) -> None:
        self._react(self._leader.adjust(tens * ADJUST_MS))

    def action_floor(self) -> None:
        self.toggle_class("-floor")

    def action_stop(self) -> None:
        if self._asking:
            self._leader.stop()
            self._react(())
            return
        self._asking = True
        self._react(self._leader.hold_still())

    def action_video(self) -> None:
        self._react(self._leader.hold_still())
        link = None if self._leader.over else self._link()
        if link:
            words = f"{link_words(link)}. Space goes on."
            video = self._world.catalogue.videos[link.video]
            open_video(self, self._world, video, lambda told: self._tell(f"{told}; {words}"))

    def action_copy(self) -> None:
        link = self._link()
        if link:
            url = self._world.catalogue.videos[link.video].url
            self.app.copy_to_clipboard(url)
            self._tell(f"Sent to the clipboard: {url}")

    def _link(self) -> Link | None:
        """The surest video of this exercise; tells if there is none."""
        links = strongest(self.player.step.exercise.videos)
        if not links:
            self._tell("No video of the note goes with this exercise.")
            return None
        return links[0]

    def _tell(self, words: str) -> None:
        self._told = words
        if not self._leader.over:
            self._show()


def _nothing() -> None:
    """In place of `finished`, once that was called."""
