"""Leads one session along the clock, and writes down each step as it ends. Knows no screen and no sound.

The player is a value; this is where it meets the clock and the journal. Every method brings the player up to the clock
first, and returns the cues that are due.
"""

from hiproutine.clock import Clock
from hiproutine.coach.session import Session
from hiproutine.history.records import SessionRecord
from hiproutine.history.store import LeftOver, Store
from hiproutine.practice import player as players
from hiproutine.practice import session_log
from hiproutine.practice.cues import Cue, CueKind
from hiproutine.practice.lapse import lapse
from hiproutine.practice.player import Played, Player
from hiproutine.practice.timeline import compile_session

Cues = tuple[Cue, ...]

# After so much more of a step, its state goes to the disk: a power cut loses at most that, or the running hold.
NOTE_EVERY_MS = 10_000


class Leader:
    """One session from its first get-ready; or, with `left`, from the first side that was not finished then.

    `over` becomes true once: then `record` is what was done (None if nothing was held), and `unsaved` says why it is
    on no disk, if it is not.
    """

    def __init__(self, store: Store, clock: Clock, session: Session, app: str, left: LeftOver | None = None) -> None:
        self.session = session
        self.timeline = compile_session(session)
        self.over = False
        self.gap = ""
        self.record: SessionRecord | None = None
        self.unsaved: str | None = None
        self._store = store
        self._clock = clock
        if left:
            self._journal = store.resume(left)
            ended = {number: step.held_ms for number, step in left.ended.items()}
            running = {number: step.held_ms for number, step in left.running.items()}
        else:
            opening = session_log.opening(session, clock, app)
            self._journal = store.begin(opening, session_log.planned(self.timeline))
            ended = running = {}
        self.player: Player
        self.player, self._first = players.begin(self.timeline, ended, running)
        self._noted_ms = 0
        self._last = clock.instant()

    @property
    def wait_ms(self) -> int:
        """How long from now until something is to be shown or heard, at least 1; 0 while paused."""
        since_ms = self._clock.instant().running_ms - self._last.running_ms
        return max(1, self._planned_ms - since_ms) if self._planned_ms else 0

    @property
    def _planned_ms(self) -> int:
        """The same, from the last reading of the clock."""
        return 0 if self.player.paused or self.over else self.player.until_change_ms

    @property
    def trouble(self) -> str | None:
        """Why the disk does not take what is done, if it does not."""
        return self._journal.trouble

    def begin(self) -> Cues:
        self._last = self._clock.instant()
        return self._take(Played(self.player, self._first))

    def tick(self) -> Cues:
        """Brings the player up to the clock; after a gap it is paused, and `gap` says what happened."""
        now = self._clock.instant()
        credit_ms, gap = lapse(self._last, now, self._planned_ms)
        self._last = now
        if gap and not self.player.paused and not self.over:
            self.gap = f"Paused: {gap}. Nothing of it was counted."
            return self._take(self.player.pause())
        return self._take(self.player.advance(credit_ms))

    def pause_or_go_on(self) -> Cues:
        was_paused = self.player.paused
        due = self.tick()
        if was_paused:
            self.gap = ""
            return due + self._take(self.player.resume())
        return due + self.hold_still()

    def hold_still(self) -> Cues:
        """Pauses, whatever is going on."""
        due = self.tick()
        if self.player.paused or self.over:
            return due
        return (*due, *self._take(self.player.pause()), Cue(CueKind.PAUSED, self.player.at))

    def next(self) -> Cues:
        return self.tick() + self._take(self.player.next())

    def previous(self) -> Cues:
        return self.tick() + self._take(self.player.previous())

    def adjust(self, ms: int) -> Cues:
        return self.tick() + self._take(self.player.adjust(ms))

    def stop(self) -> None:
        """Ends the session here, with what was done."""
        self.tick()
        self._finish()

    def leave(self) -> None:
        """Leaves the session for later. What the running step has so far goes along."""
        if not self.over:
            self._note()
            self._journal.leave()

    # ---- how it happens ----

    def _take(self, played: Played) -> Cues:
        """Goes on with what the player has become, and writes down what ended on the way."""
        if self.over:
            return ()
        here = self.player.segment.step
        self.player = played.player
        there = len(self.timeline.steps) if self.player.finished else self.player.segment.step
        for step in range(here, there) if there >= here else [here]:
            # Going back ends nothing that was not begun.
            if there > here or self.player.held_ms[step]:
                self._journal.add(step, session_log.ended(self.player, step), self._clock.now())
        if there != here:
            self._noted_ms = 0
        if self.player.finished:
            self._finish()
        elif self.player.attempt_ms - self._noted_ms >= NOTE_EVERY_MS:
            self._note()
        return played.cues

    def _note(self) -> None:
        """Writes down how far the running step has come."""
        step = self.player.segment.step
        self._noted_ms = self.player.attempt_ms
        if self.player.held_ms[step]:
            self._journal.add(step, session_log.ended(self.player, step), self._clock.now(), running=True)

    def _finish(self) -> None:
        """Makes the record of what was done. What the history does not take stays in the journal."""
        if self.over:
            return
        if not self.player.finished:
            self._note()
        self.over = True
        record = self._journal.record(self._clock.now())
        if not any(step.held_ms for step in record.steps):
            self._journal.remove()
            return
        self.record = record
        try:
            self._store.write(record)
        except OSError as error:
            # The journal, if there is one, becomes a record as soon as the history can be written.
            if self._journal.trouble:
                self.unsaved = f"{error.filename or 'history'}: {error.strerror or error}"
            self._journal.leave()
        else:
            self._journal.remove()
