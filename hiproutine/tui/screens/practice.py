"""Practising: hands keys to the leader of a session, makes its cues heard, and has the view show where it stands."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.events import Key
from textual.timer import Timer

from hiproutine.catalogue.model import Link, address, goes_how, linked, strongest
from hiproutine.day.context import Context
from hiproutine.day.today import Day
from hiproutine.errors import HiproutineError
from hiproutine.history.records import Record
from hiproutine.practice.cues import CueKind
from hiproutine.practice.runner import Cues, Leader
from hiproutine.tui.keys import bindings
from hiproutine.tui.pages import show
from hiproutine.tui.screens.practice_view import PracticeView
from hiproutine.tui.videos import CodeScreen, copy_address, open_video

if TYPE_CHECKING:
    from hiproutine.desktop.remote import Remote

ADJUST_MS = 10_000
VOLUME_KEYS = ("lower_volume", "raise_volume", "mute_volume")
ANSWERING = ("answer", "change", "take")
"""Actions that answer the open question."""


class PracticeScreen(PracticeView):
    """Shows what `leader` leads through; `finished` is called once, when the session is over, whole or in part."""

    CSS_PATH = "practice.tcss"
    BINDINGS = bindings("practice")
    LEADS_ELSEWHERE = False

    def __init__(self, context: Context, day: Day, leader: Leader, finished: Callable[[], None]) -> None:
        super().__init__(context, day, leader)
        self._finished = finished
        self._awake = context.awake(day.settings)
        self._remote: Remote | None = None
        self._media = context.media()
        self._timer: Timer | None = None

    def on_mount(self) -> None:
        self._react(self._leader.begin())
        self._remote = self.context.remote()
        if self._remote:
            asyncio.get_running_loop().add_reader(self._remote.fileno(), self._remote.serve, self._obey)
        self._tell(self._day.elsewhere)

    def on_screen_suspend(self) -> None:
        """Pause behind the palette or another page."""
        self._react(self._leader.hold_still())

    def on_screen_resume(self) -> None:
        """Finish a session that ended while another page covered it."""
        if self._leader.over:
            self._react(())

    def abandon(self) -> tuple[Record, ...]:
        """End as `Leader.abandon` does, when no question can be asked."""
        return self._leader.abandon()

    def on_unmount(self) -> None:
        if not self._leader.over:
            self._sound.hush()
        self._leader.leave()
        self._sound.close()
        self._awake.release()
        self._media.close()
        if self._remote:
            asyncio.get_running_loop().remove_reader(self._remote.fileno())
            self._remote.close()

    def _obey(self, word: str) -> str:
        """Do what is asked at the remote control."""
        from hiproutine.desktop.remote import obey, status

        if word != "status" and not self.is_active and not self._leader.over:
            raise HiproutineError("another page is open in front of it; Esc closes that")
        self._react(obey(self._leader, word))
        return status(self._leader)

    # ---- what happens ----

    def tick(self) -> None:
        """Advance to the clock: at each change of the shown second, and whenever a cue is due."""
        gap = self._leader.gap
        self._react(self._leader.tick())
        if self._leader.gap != gap:
            self.app.refresh()  # a process that was stopped finds its screen overwritten

    def _react(self, cues: Cues) -> None:
        """Makes the cues heard, shows where the session stands, and waits for what comes."""
        if self._timer:
            self._timer.stop()
            self._timer = None
        if not self.is_attached or self._finished is _nothing:
            return
        self._sound.play(self._leader.timeline, cues)
        self._sound.look(self._leader.until_cue_ms)
        self._media.show(self._leader)
        if not self.player.paused:
            self._awake.beat()
        if any(cue.kind in (CueKind.READY, CueKind.SWITCH) for cue in cues):
            self._told = ""
        if self._leader.over:
            if self.is_active:
                finished, self._finished = self._finished, _nothing
                finished()
            return
        self._show()
        if wait_ms := self._leader.wait_ms or self._until_turn_ms:
            self._timer = self.set_timer(wait_ms / 1000, self.tick)

    def renew(self, day: Day) -> None:
        """The settings were changed: of the sound, or of the figure."""
        before, self._day = self._day.settings, day
        if before.heard != day.settings.heard:
            self._sound.hush()
            self._sound.close()
            self._sound = self.context.sound(day.settings, self.ring, self.notice)
        self._show()

    # ---- keys ----

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow only answers, by keys or clicks, while a question is open."""
        if keys := self._answer_keys:
            return parameters[0] in keys if action in ANSWERING else action == "score" and bool(self._leader.hurting)
        return action not in (*ANSWERING, "score", "resume" if not self.player.paused else "pause")

    def on_key(self, event: Key) -> None:
        """Answer the open question; without one, a key that has no use pauses."""
        if event.key in VOLUME_KEYS:
            return
        if self._answer_keys:
            event.stop()
            event.prevent_default()
            self._answer(event.key)
        elif event.key not in self.active_bindings:
            self._react(self._leader.hold_still())

    def _answer(self, key: str) -> None:
        """Answer the open question. While it hurts, a key that is no answer does nothing; otherwise it resumes."""
        if self._leader.minutes is not None:
            cues = self._leader.type_minutes(key)
            self._told = self._leader.fitted or self._told
            self._react(cues)
        elif self._leader.hurting:
            answered = self._leader.answer(key)
            if answered is not None:
                self._react(answered)
        else:
            cues = self._leader.answer_stop(key)
            if self._leader.for_later:
                self.dismiss()
            else:
                self._told = ""
                self._react(cues)

    def action_answer(self, key: str) -> None:
        self._answer(key)

    def action_change(self, key: str) -> None:
        self._answer(key)

    def action_take(self, key: str) -> None:
        self._answer(key)

    def action_hurt(self) -> None:
        self._react(self._leader.hurts())

    def action_minutes(self) -> None:
        self._react(self._leader.ask_minutes())

    def action_felt(self, felt: str) -> None:
        self._told = self._leader.feel(felt)
        self._react(())

    def action_score(self, score: int) -> None:
        self._react(self._leader.score(score))

    def action_pause(self) -> None:
        if self.player.paused:
            self._told = ""
        self._react(self._leader.pause_or_go_on())

    def action_resume(self) -> None:
        self.action_pause()

    def action_pause_or_go_on(self) -> None:
        """Pause or go on, from afar."""
        self.action_pause()

    def action_onward(self) -> None:
        """Go on if it is paused, otherwise to what comes next, from afar."""
        if self.player.paused:
            self.action_pause()
        else:
            self.action_next()

    def action_again(self) -> None:
        self.action_previous()

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
        self._react(self._leader.ask_to_stop())

    def action_video(self) -> None:
        self._react(self._leader.hold_still())
        link = None if self._leader.over else self._link()
        if link:
            words = f"goes with it ({goes_how(link)}). Space resumes."
            open_video(
                self,
                self.context,
                linked(self._day.catalogue.videos, link),
                lambda told: self._tell(f"{told}; {words}"),
            )

    def action_copy(self) -> None:
        link = self._link()
        if link:
            self._tell(copy_address(self, address(linked(self._day.catalogue.videos, link))))

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


def _nothing() -> None:
    """Stand in for `finished` once it was called."""
