"""Practising: shows where the session stands, makes its cues heard, and hands keys to its leader."""

from collections.abc import Callable
from datetime import timedelta

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Key
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from hiproutine.catalogue.model import Link, address, goes_how, linked, strongest
from hiproutine.catalogue.prescription import Phase
from hiproutine.coach.screening import cautions
from hiproutine.day.context import Context
from hiproutine.day.today import Day
from hiproutine.history.records import Record
from hiproutine.practice.breath import Moment
from hiproutine.practice.cues import CueKind
from hiproutine.practice.hurting import Hurting, answers, question
from hiproutine.practice.pain_prompt import MOST
from hiproutine.practice.player import Player
from hiproutine.practice.readout import big_number, big_word, breath_now, small_word, standing_word
from hiproutine.practice.runner import Cues, Leader
from hiproutine.practice.words import PHASES, STOP_ANSWERS, STOP_QUESTION, clock_length, segment_words
from hiproutine.tui.pages import Page, show
from hiproutine.tui.theme import PHASE_ROLE, PHASE_ROLES
from hiproutine.tui.videos import CodeScreen, open_video
from hiproutine.tui.widgets.big_text import BigText
from hiproutine.tui.widgets.footer import Footer

ADJUST_MS = 10_000
CUE_EVERY_MS = 15_000

BIG_CHOICES = {"easier": "EASIER", "shorter": "SHORTER", "skip": "NEXT"}
"""The first letters are the keys."""

_CELLS_A_STEP = 4
_AS_WIDE_AS_THEIR_TEXT = ("state", "name", "left")
_QUESTION = f"{STOP_QUESTION}\n{'  '.join(STOP_ANSWERS)}"


class ProgressBar(Widget):
    """Session progress bar in whole cells with step marks; repaints only on change."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 -- Textual's own name for it
        super().__init__(id=id)
        self._player: Player | None = None
        self._shown = ""

    def show(self, player: Player) -> None:
        self._player = player
        if self._words() != self._shown:
            self.refresh()

    def render(self) -> Content:
        self._shown = self._words()
        return Content(self._shown)

    def _words(self) -> str:
        if not self._player:
            return ""
        timeline, width = self._player.timeline, self.size.width
        total = timeline.total_ms
        done = width * (total - self._player.left_ms) // total
        told_apart = width >= _CELLS_A_STEP * len(timeline.steps)
        later = timeline.steps[1:] if told_apart else ()
        marks = {width * timeline.segments[step.first].start_ms // total for step in later}
        return "".join("╷" if cell in marks else "━" if cell < done else "─" for cell in range(width))


class PracticeScreen(Page[None]):
    """Shows what `leader` leads through; `finished` is called once, when the session is over, whole or in part."""

    CSS_PATH = "practice.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (14, "-short"), (22, "-tall"), (40, "-huge")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (58, "-middle"), (72, "-wide")]
    BINDINGS = [
        Binding("space", "pause", "Pause", key_display="␣", tooltip="Space: pause, or go on after a count-in of 3 s"),
        Binding("n,right", "next", "Next", key_display="n", tooltip="Next side or exercise; ends a rest at once"),
        Binding("p,left", "previous", "Again", key_display="p", tooltip="This side again, or the one before"),
        Binding(
            "plus,equals_sign,up", "adjust(1)", "10s", show=False, key_display="+/-", tooltip="10 seconds more or less"
        ),
        Binding("minus,down", "adjust(-1)", show=False),
        Binding("h", "hurt", "Hurts", tooltip="It hurts: stop and choose what to do"),
        Binding("v", "video", "Video", tooltip="Pause, and open the video of this exercise"),
        Binding("f", "floor", "Big", tooltip="Only the phase and the time, as large as they get"),
        Binding("t", "sound", "Sound", show=False, tooltip="Pause, and test or change the sound"),
        Binding("y", "copy", "Copy link", show=False, tooltip="Copy the address of that video"),
        Binding("Q", "code", "QR code", show=False, tooltip="Pause, and show that address to a telephone"),
        Binding(
            "q,escape",
            "stop",
            "Stop",
            key_display="q",
            tooltip="Stop: q keeps what was done, l leaves it for later",
        ),
        Binding("question_mark,f1", "keys", "Keys", key_display="?", tooltip="These keys"),
    ]

    def __init__(self, context: Context, day: Day, leader: Leader, finished: Callable[[], None]) -> None:
        super().__init__()
        self.context = context
        self._day = day
        self._leader = leader
        self._finished = finished
        self._sound = context.sound(day.settings, self.ring, self.notice)
        self._timer: Timer | None = None
        self._asking = False
        self._laid_out = False
        self._told = ""
        names = ("state", "name", "left", "phase", "pacer", "title", "what", "cue", "next", "told")
        self._lines = {name: Static(id=name) for name in names}
        self._bar = ProgressBar(id="bar")
        self._number, self._word = BigText(id="number"), BigText(id="word")
        self._choices = {choice: BigText(id=choice) for choice in BIG_CHOICES}
        self._shown: dict[str, str | Content] = {}

    @property
    def player(self) -> Player:
        return self._leader.player

    # ---- what is on the screen ----

    def compose(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield self._lines["state"]
            yield self._lines["name"]
            yield self._bar
            yield self._lines["left"]
        yield self._lines["phase"]
        yield self._word
        yield self._number
        yield from self._choices.values()
        for name in ("pacer", "title", "what", "cue", "next", "told"):
            yield self._lines[name]
        yield Footer()

    def on_mount(self) -> None:
        self._react(self._leader.begin())
        self._tell(self._day.elsewhere)

    def on_screen_suspend(self) -> None:
        """Nothing goes on behind the palette or another page."""
        self._react(self._leader.hold_still())

    def on_screen_resume(self) -> None:
        """What came to its end as another page covered it is over now."""
        if self._leader.over:
            self._react(())

    def abandon(self) -> tuple[Record, ...]:
        """As `Leader.abandon`, where nobody can be asked any more."""
        return self._leader.abandon()

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
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """Shows in a line of text what has no room for large letters."""
        self._laid_out = True
        self._show()

    def _show(self) -> None:
        player, step = self.player, self.player.step
        ends = self.context.clock.now() + timedelta(milliseconds=player.left_ms)
        self._put("name", f"{step.item + 1} of {self._leader.timeline.items}  {self._leader.session.name}")
        self._bar.show(player)
        self._put("left", f"{clock_length(player.left_ms)} left, ends {ends:%H:%M}")
        hurting, breath = self._leader.hurting, breath_now(player)
        self._put("state", standing_word(player, hurting))
        self._word.show(big_word(player, hurting))
        self._number.show(big_number(player, hurting))
        seconds = self._number.text if self._laid_out and self._number.has_no_room else ""
        self._put("phase", _spaced(small_word(player, hurting), seconds))
        self.set_class(self._laid_out and (self._word.has_no_room or bool(seconds)), "-no-room")
        self._put("pacer", self._pacer(breath) if breath else "")
        self._put("title", step.title)
        self._put("what", self._what_words())
        self._put("cue", self._cue_words())
        self._put("next", self._next_words())
        quiet = self._sound.trouble if player.segment.phase is Phase.READY else None
        told = _QUESTION if self._asking else self._leader.trouble or self._leader.gap or self._told or quiet or ""
        self._put("told", told)
        for choice, text in self._choices.items():
            text.show(BIG_CHOICES[choice])
            text.display = bool(hurting and hurting.number and choice in hurting.choices.values())
        role = PHASE_ROLE[player.segment.phase]
        for name in PHASE_ROLES:
            self.set_class(name == role, f"-{name}")
        self.set_class(player.paused, "-paused")
        self.set_class(player.paused or player.count_in_ms > 0, "-standing")
        self.set_class(breath is not None, "-breath")
        if self.has_class("-hurting") is not bool(hurting):
            self.set_class(hurting is not None, "-hurting")
            self.refresh_bindings()
        self.set_class(bool(hurting and hurting.number), "-choosing")
        self._lines["told"].set_class(bool(told), "-told")

    def _put(self, name: str, text: str | Content) -> None:
        """Shows another text in a line. A new layout, and all the painting with it, only where its room changes."""
        before = self._shown.get(name, "")
        if text != before:
            self._shown[name] = text
            room = len if name in _AS_WIDE_AS_THEIR_TEXT else self._rows
            content = Content(text) if isinstance(text, str) else text
            self._lines[name].update(content, layout=room(text) != room(before))

    def _rows(self, text: str | Content) -> int:
        """About how many rows a text takes; none if there is none."""
        width = max(1, self.size.width - 4)
        return sum(-(-len(line) // width) for line in str(text).split("\n"))

    def _pacer(self, breath: Moment) -> str:
        """A bar that grows with the breath in and shrinks with the breath out, step by step."""
        row = "█" * round((self.size.width - 4) * breath.fullness)
        return f"{row}\n{row}"

    def _what_words(self) -> str | Content:
        player, step = self.player, self.player.step
        if self._leader.hurting:
            return _answers(self._leader.hurting)
        segment = player.segment
        side = step.exercise.side_is if step.side else None
        if segment.phase in (Phase.READY, Phase.SWITCH):
            return _spaced(segment.where, step.dose, side and f"{step.side}: {side}")
        label = "" if segment.label == PHASES[segment.phase].lower() else segment.label
        return _spaced(label, segment.where, side)

    def _cue_words(self) -> str:
        segment, step = self.player.segment, self.player.step
        if self._leader.hurting:
            return question(self._leader.hurting)
        if segment.phase is Phase.READY:
            careful = cautions(step.exercise, self._day.settings.profile.conditions)
            setup = (f"{number}. {line}" for number, line in enumerate(step.exercise.setup, 1))
            return "\n".join((*(f"Careful: {line}" for line in careful), *setup))
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
        if any(cue.kind in (CueKind.PAUSED, CueKind.HURT) for cue in cues):
            self._sound.hush()
        self._sound.play(self._leader.timeline, cues)
        self._sound.look(self._leader.until_cue_ms)
        if any(cue.kind in (CueKind.READY, CueKind.SWITCH) for cue in cues):
            self._told = ""
        if self._leader.over:
            if self.is_active:
                finished, self._finished = self._finished, _nothing
                finished()
            return
        if wait_ms := self._leader.wait_ms:
            self._timer = self.set_timer(wait_ms / 1000, self.tick)
        self._show()

    def resound(self, day: Day) -> None:
        """The sound was changed in the settings."""
        self._day = day
        self._sound.close()
        self._sound = self.context.sound(day.settings, self.ring, self.notice)

    # ---- keys ----

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 -- Textual's own
        """While the question about pain is open, only its answers have an effect, clicks included."""
        return not self._leader.hurting or action in ("score", "choose", "never_mind")

    def on_key(self, event: Key) -> None:
        """`q` and `l` answer the question, any other key goes on; without a question, a key that has no use pauses."""
        if self._leader.hurting:
            event.stop()
            event.prevent_default()
            self._answer(event.key)
        elif not self._asking and event.key not in self.active_bindings:
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

    def _answer(self, key: str) -> None:
        """A key while it is asked how much it hurts, and what then; one that is no answer does nothing."""
        cues = self._leader.answer(key)
        if cues is not None:
            self._react(cues)

    def action_hurt(self) -> None:
        self._react(self._leader.hurts())

    def action_never_mind(self) -> None:
        self._react(self._leader.never_mind())

    def action_score(self, score: int) -> None:
        self._react(self._leader.score(score))

    def action_choose(self, choice: str) -> None:
        self._react(self._leader.choose(choice))

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

    async def action_sound(self) -> None:
        await self.run_action("app.sound")

    async def action_keys(self) -> None:
        await self.run_action("app.keys")

    def action_floor(self) -> None:
        self.toggle_class("-floor")
        self.call_after_refresh(self._fit)

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
            words = f"goes with it ({goes_how(link)}). Space goes on."
            open_video(
                self,
                self.context,
                linked(self._day.catalogue.videos, link),
                lambda told: self._tell(f"{told}; {words}"),
            )

    def action_copy(self) -> None:
        link = self._link()
        if link:
            url = address(linked(self._day.catalogue.videos, link))
            self.app.copy_to_clipboard(url)
            self._tell(f"Sent to the clipboard: {url}")

    def action_code(self) -> None:
        self._react(self._leader.hold_still())
        link = None if self._leader.over else self._link()
        if link:
            show(self, CodeScreen(linked(self._day.catalogue.videos, link)))

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


def _spaced(*words: str | None) -> str:
    return "   ".join(filter(None, words))


def _answers(hurting: Hurting) -> Content:
    """What may be answered, each to be clicked as well."""
    if not hurting.number:
        scores = "  ".join(f"[@click=screen.score({score})]{score}[/]" for score in range(1, MOST + 1))
        return Content.from_markup(f"{scores}   [@click=screen.never_mind]0: never mind, resume[/]")
    says = answers(hurting)
    links = (f"[@click=screen.choose('{choice}')]${choice}[/]" for choice in says)
    return Content.from_markup("\n".join(links), **says)


def _nothing() -> None:
    """In place of `finished`, once that was called."""
