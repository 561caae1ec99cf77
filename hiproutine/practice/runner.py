"""Leads one session along the clock, and writes down each step as it ends. Knows no screen and no sound.

The player is a value; this is where it meets the clock and the journal. Every method brings the player up to the clock
first, and returns the cues that are due.
"""

import os
from collections.abc import Mapping

from hiproutine.catalogue.model import Exercise
from hiproutine.clock import Clock
from hiproutine.coach.transitions import change_s
from hiproutine.history.records import Hurt, Record, SessionRecord, uuid7
from hiproutine.history.store import Store
from hiproutine.practice import player as players
from hiproutine.practice import recording
from hiproutine.practice.cues import Cue, CueKind
from hiproutine.practice.gaps import lapse
from hiproutine.practice.hurting import CORRECTS, NEVER_MIND, STOPPED, STOPS, TAKE_BACK, Hurting
from hiproutine.practice.pain_prompt import Answer, PainPrompt
from hiproutine.practice.player import Played, Player
from hiproutine.practice.resume import Course
from hiproutine.practice.timeline import Timeline
from hiproutine.text import of_file

Cues = tuple[Cue, ...]

# After so much more of a step, its state goes to the disk: a power cut loses at most that, or the running hold.
NOTE_EVERY_MS = 10_000


class Leader:
    """One session from its first get-ready; or, if it was left, from the first side that was not finished then.

    `exercises` are those that may come in on the way, by their ids; `app` is the program's version.
    `over` becomes true once: then `records` are what goes into the history (`record` is the session among them, None if
    nothing was held), and `unsaved` says why they are on no disk, if they are not. While `hurting` is something, the
    session stands still until `choose` or `never_mind`.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        course: Course,
        exercises: Mapping[str, Exercise],
        app: str,
    ) -> None:
        self.session, timeline, left = course
        self.over = False
        self.gap = ""
        self.hurting: Hurting | None = None
        self.records: tuple[Record, ...] = ()
        self.unsaved: str | None = None
        self._store = store
        self._clock = clock
        self._exercises = exercises
        if left:
            self._journal = store.resume(left)
            ended = {number: step.held_ms for number, step in left.ended.items()}
            running = {number: step.held_ms for number, step in left.running.items()}
            hurt = frozenset(number for number, step in left.ended.items() if step.end == "hurt")
        else:
            opening = recording.opening(self.session, clock, app)
            self._journal = store.begin(opening, recording.planned(timeline))
            ended, running, hurt = {}, {}, frozenset[int]()
        self.player: Player
        self.player, self._first = players.begin(timeline, ended, running, hurt)
        self._noted_ms = 0
        self._last = clock.instant()

    @property
    def timeline(self) -> Timeline:
        return self.player.timeline

    @property
    def record(self) -> SessionRecord | None:
        return next((record for record in self.records if isinstance(record, SessionRecord)), None)

    @property
    def wait_ms(self) -> int:
        """How long from now until something is to be shown, heard or to count, at least 1; 0 if nothing is."""
        now_ms = self._clock.instant().running_ms
        if self.hurting and self.hurting.prompt.typed is not None:
            return max(1, self.hurting.prompt.wait_ms(now_ms))
        return max(1, self._planned_ms - (now_ms - self._last.running_ms)) if self._planned_ms else 0

    @property
    def until_cue_ms(self) -> int | None:
        """How long until the next cue; None while the clock stands still."""
        return self.player.until_cue_ms if self._planned_ms else None

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
        """Brings the player up to the clock; after a gap it is paused, and `gap` says what happened.

        While it hurts, a number that nothing followed for long enough counts.
        """
        now = self._clock.instant()
        if self.hurting and not self.over:
            self._last = now
            return self._answered(self.hurting.prompt.at(now.running_ms))
        credit_ms, gap = lapse(self._last, now, self._planned_ms)
        self._last = now
        if gap and not self.player.paused and not self.over:
            self.gap = f"Paused: {gap}. Nothing of it was counted."
            return self._take(self.player.pause())
        if not self.player.paused:
            self._journal.active_ms = (self._journal.active_ms or 0) + credit_ms
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

    def hurts(self) -> Cues:
        """That hurts: the clock stands still until it is known how much, and what then."""
        due = self.tick()
        if self.over:
            return due
        exercise = self.player.step.exercise
        easier = (self._exercises[other] for other in exercise.easier if other in self._exercises)
        nearest = min(easier, key=lambda other: change_s(exercise.position, other.position), default=None)
        self.hurting = Hurting(exercise, nearest)
        return (*due, *self._take(self.player.pause()), Cue(CueKind.HURT, self.player.at, 0))

    def score(self, score: int) -> Cues:
        """How much it hurts, from 0 to 10; 0 is never mind."""
        assert self.hurting
        if score == 0:
            return self.never_mind()
        self.hurting = self.hurting._replace(prompt=PainPrompt(), score=score)
        return (Cue(CueKind.HURT, self.player.at, 1),)

    def choose(self, choice: str) -> Cues:
        """How to go on, in a word of `hurting.choices`."""
        assert self.hurting
        easier = self.hurting.easier
        number = self.player.segment.step
        self._write_hurt(choice)
        self._last = self._clock.instant()
        if choice == "easier" and easier:
            played = self.player.eased(easier)
            self._journal.insert(number + 1, recording.ended(played.player, number + 1))
        else:
            played = self.player.shortened() if choice == "shorter" else self.player.passed_over()
        return self._take(played)

    def answer(self, key: str) -> Cues | None:
        """Takes a key as the answer to what is asked while it hurts; None if it is none."""
        hurting = self.hurting
        assert hurting
        if answered := hurting.prompt.press(key, self._clock.instant().running_ms):
            return self._answered(answered)
        if key == TAKE_BACK or (key in NEVER_MIND and hurting.number is None):
            return self.never_mind()
        if key in CORRECTS and hurting.score is not None:
            self.hurting = hurting._replace(score=None)
            return ()
        return None if hurting.number is None else self._chosen(key)

    def _chosen(self, key: str) -> Cues | None:
        """Takes a key as the choice of how to go on, with which the number counts; None if it is none."""
        assert self.hurting
        choice = self.hurting.choices.get(key)
        if choice is None and key != STOPS:
            return None
        if self.hurting.number == 0:
            return self.never_mind()
        if choice:
            return self.choose(choice)
        self.stop()
        return ()

    def _answered(self, answered: Answer) -> Cues:
        """Takes the number that was typed, and counts it if its time has come."""
        assert self.hurting
        self.hurting = self.hurting._replace(prompt=answered.prompt)
        return () if answered.counted is None else self.score(answered.counted)

    def never_mind(self) -> Cues:
        """It does not hurt after all: goes on, and nothing is written down."""
        self.hurting = None
        return self.pause_or_go_on()

    def stop(self) -> None:
        """Ends the session here, with what was done."""
        self.tick()
        self._finish()

    def leave(self) -> None:
        """Leaves the session for later. What the running step has so far goes along."""
        if not self.over:
            self._write_hurt(STOPPED)
            self._note()
            self._journal.leave()

    def abandon(self) -> tuple[Record, ...]:
        """Leaves the session for later; one whose journal no disk takes ends here, and its records are given back."""
        if self.trouble and not self.over:
            self.stop()
        self.leave()
        return self.records if self.unsaved else ()

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
                self._journal.add(step, recording.ended(self.player, step), self._clock.now())
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
        if self.player.held_ms[step] or step in self.player.hurt:
            # What hurt is not offered again when the session is resumed.
            running = step not in self.player.hurt
            self._journal.add(step, recording.ended(self.player, step), self._clock.now(), running=running)

    def _write_hurt(self, chose: str) -> None:
        """Writes down what hurts, if that was said, and what was done about it."""
        hurting, self.hurting = self.hurting, None
        if not hurting or not hurting.number:
            return
        now, step = self._clock.now(), self.player.step
        self._journal.hurt(
            Hurt(
                id=uuid7(int(now.timestamp() * 1000), os.urandom(10)),
                day=self._journal.opening.day,
                at=now,
                session=self._journal.opening.id,
                exercise=step.exercise.id,
                side=step.side,
                score=hurting.number,
                chose=chose,
            )
        )
        self.player = self.player.hurts()
        self._note()

    def _finish(self) -> None:
        """Makes the record of what was done. What the history does not take stays in the journal."""
        if self.over:
            return
        self._write_hurt(STOPPED)
        if not self.player.finished:
            self._note()
        self.over = True
        self.records = self._journal.records(self._clock.now())
        try:
            self._store.write(*self.records)
        except OSError as error:
            # The journal, if there is one, becomes records as soon as the history can be written.
            if self._journal.trouble:
                self.unsaved = of_file(error, "history")
            self._journal.leave()
        else:
            self._journal.remove()
