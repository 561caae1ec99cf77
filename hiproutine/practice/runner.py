"""The leader of one session: follows the clock, and writes each finished step. Knows no screen and no sound.

The player is a value; here it meets the clock and the journal. Each method first advances the player to the clock, and
returns the cues due.
"""

import os
from collections.abc import Mapping
from types import MappingProxyType

from hiproutine.catalogue.model import Exercise
from hiproutine.catalogue.prescription import Phase
from hiproutine.clock import Clock
from hiproutine.history.journal import Adjusted, Counted, Halved
from hiproutine.history.records import Hurt, Record, SessionRecord, uuid7
from hiproutine.history.store import Store
from hiproutine.practice import player as players
from hiproutine.practice import recording
from hiproutine.practice.cues import Cue, CueKind
from hiproutine.practice.gaps import credit
from hiproutine.practice.hurting import (
    CORRECTS,
    NEVER_MIND,
    STEPS,
    STOPPED,
    STOPS,
    TAKE_BACK,
    TAKES,
    Hurting,
    answers,
    nearest_easier,
    placed,
)
from hiproutine.practice.pain_prompt import CONFIRM, DIGITS, ERASE, Answer, PainPrompt
from hiproutine.practice.player import Played, Player
from hiproutine.practice.resume import Course
from hiproutine.practice.timeline import Step, Timeline, sets_now
from hiproutine.practice.words import LATER, STOP_ANSWERS, fitted_words
from hiproutine.text import of_file

Cues = tuple[Cue, ...]

REMIND_EVERY_MS = 60_000
REMINDERS = 5
"""Number of reminders, after a gap, that the session is paused: one may be lying away from the screen."""
# How often the state of the running step is saved: a power cut loses at most that much, or the running hold.
NOTE_EVERY_MS = 10_000


class Leader:
    """One session from its first get-ready; or, if it is resumed, from its first unfinished side.

    `exercises` are those that may come in on the way, by their ids; `app` is the program's version; `worth` ranks the
    exercises, by id, where the time does not do for all.
    `over` becomes true once: then `records` are what goes into the history (`record` is the session among them, None if
    nothing was held), and `unsaved` says why they are on no disk, if they are not. While `hurting` is something, the
    session is stopped until `choose` or `never_mind`; while `asking`, until `answer_stop`, which may set `for_later`.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        course: Course,
        exercises: Mapping[str, Exercise],
        app: str,
        *,
        worth: Mapping[str, float] = MappingProxyType({}),
    ) -> None:
        self.session, timeline, interrupted = course
        self.over = False
        self.gap = ""
        self.hurting: Hurting | None = None
        self.asking = False
        """Whether it is asked to stop here."""
        self.for_later = False
        self.records: tuple[Record, ...] = ()
        self.unsaved: str | None = None
        self._store = store
        self._clock = clock
        self._exercises = exercises
        self._worth = worth
        self.minutes: str | None = None
        """The remaining minutes as typed so far; None while they are not asked for."""
        self.fitted = ""
        """The outcome of fitting the session into the minutes typed last."""
        if interrupted:
            self._journal = store.resume(interrupted)
            ended = {number: step.held_ms for number, step in interrupted.ended.items()}
            running = {number: step.held_ms for number, step in interrupted.running.items()}
            hurt = frozenset(number for number, step in interrupted.ended.items() if step.end == "hurt")
            dropped = frozenset(number for number, step in interrupted.ended.items() if step.no_time)
        else:
            opening = recording.opening(self.session, clock, app)
            self._journal = store.begin(opening, recording.planned(timeline))
            ended, running, hurt, dropped = {}, {}, frozenset[int](), frozenset[int]()
        self.player: Player
        self.player, self._first = players.begin(timeline, ended, running, hurt, dropped)
        self._noted_ms = 0
        self._last = clock.instant()
        self._paused_by = 0
        self._reminders: tuple[int, ...] = ()
        """Due times of the next reminders of a pause."""

    @property
    def timeline(self) -> Timeline:
        return self.player.timeline

    @property
    def record(self) -> SessionRecord | None:
        return next((record for record in self.records if isinstance(record, SessionRecord)), None)

    @property
    def wait_ms(self) -> int:
        """Time until something must be shown, heard or counted, at least 1; 0 if nothing is due."""
        now_ms = self._clock.instant().running_ms
        if self.hurting and self.hurting.prompt.typed is not None:
            return max(1, self.hurting.prompt.wait_ms(now_ms))
        if self._reminds:
            return max(1, self._reminders[0] - now_ms)
        return max(1, self._planned_ms - (now_ms - self._last.running_ms)) if self._planned_ms else 0

    @property
    def elapsed_ms(self) -> int:
        """Time in the running segment up to now; the player has it as of the last clock reading."""
        return self.player.elapsed_ms + (0 if self.player.count_in_ms else self._since_ms)

    @property
    def due_ms(self) -> int | None:
        """Time from now until the next cue; None while the clock is stopped."""
        return None if self.until_cue_ms is None else self.until_cue_ms - self._since_ms

    @property
    def _since_ms(self) -> int:
        """Time since the last clock reading; 0 while the clock is stopped."""
        return self._clock.instant().running_ms - self._last.running_ms if self._planned_ms else 0

    @property
    def until_cue_ms(self) -> int | None:
        """Time from the last clock reading until the next cue; None while the clock is stopped."""
        return self.player.until_cue_ms if self._planned_ms else None

    @property
    def _paused(self) -> Cue:
        return Cue(CueKind.PAUSED, self.player.at, self._paused_by)

    @property
    def _reminds(self) -> bool:
        """Whether a reminder that it is paused is still due."""
        return bool(self._reminders) and self.player.paused and not self.hurting and not self.over

    def _forget_gap(self) -> None:
        self.gap, self._paused_by, self._reminders = "", 0, ()

    @property
    def _planned_ms(self) -> int:
        """Time until the next cue, from the last clock reading."""
        return 0 if self.player.paused or self.over else self.player.until_change_ms

    @property
    def trouble(self) -> str | None:
        """Why the disk refuses records, if it does."""
        return self._journal.trouble

    def begin(self) -> Cues:
        self._last = self._clock.instant()
        return self._take(Played(self.player, self._first))

    def tick(self) -> Cues:
        """Advance the player to the clock; after a gap it is paused, and `gap` says what happened.

        While it hurts, a typed number counts once no digit has followed for long enough.
        """
        now = self._clock.instant()
        if self.hurting and not self.over:
            self._last = now
            return self._answered(self.hurting.prompt.at(now.running_ms))
        credit_ms, gap = credit(self._last, now, self._planned_ms)
        ran_ms = now.running_ms - self._last.running_ms
        self._last = now
        if gap and not self.player.paused and not self.over:
            self.gap = f"Paused: {gap}. Nothing of it was counted."
            self._paused_by = 2 if gap.slept else 1
            self._reminders = tuple(now.running_ms + REMIND_EVERY_MS * number for number in range(1, REMINDERS + 1))
            return (*self._take(self.player.pause()), self._paused)
        if self._reminds and now.running_ms >= self._reminders[0]:
            self._reminders = tuple(due_ms for due_ms in self._reminders if due_ms > now.running_ms)
            return (self._paused,)
        if self.player.paused:
            self.player = self.player if self.gap else self.player.stand(ran_ms)
        else:
            self._journal.active_ms = (self._journal.active_ms or 0) + credit_ms
        return self._take(self.player.advance(credit_ms))

    def pause_or_go_on(self) -> Cues:
        was_paused = self.player.paused
        due = self.tick()
        if was_paused:
            self._forget_gap()
            return due + self._take(self.player.resume())
        return due + self.hold_still()

    def hold_still(self) -> Cues:
        """Pause in any state."""
        due = self.tick()
        if self.player.paused or self.over:
            return due
        return (*due, *self._take(self.player.pause()), self._paused)

    def next(self) -> Cues:
        return self.tick() + self._take(self.player.next())

    def previous(self) -> Cues:
        return self.tick() + self._take(self.player.previous())

    def adjust(self, ms: int) -> Cues:
        due, before = self.tick(), self.player
        played = before.adjust(ms)
        part = before.at - before.step.first
        if part and not self.over:  # the opening comes anew when the session is resumed
            same = played.player.at == before.at
            length_ms = before.elapsed_ms + (played.player.remaining_ms if same else 0)
            self._journal.change(Adjusted(before.segment.step, part, length_ms))
        return due + self._take(played)

    def hurts(self) -> Cues:
        """Stop the clock because it hurts, until the score and what to do are chosen."""
        due = self.tick()
        if self.over:
            return due
        exercise = self.player.step.exercise
        easier = nearest_easier(exercise, self._exercises)
        self.hurting = Hurting(exercise, easier, self.player.step.side)
        return (*due, *self._take(self.player.pause()), Cue(CueKind.HURT, self.player.at, 0))

    def score(self, score: int) -> Cues:
        """Take the score of what hurts, from 0 to 10; 0 means that it does not."""
        assert self.hurting
        if score == 0:
            return self.never_mind()
        self.hurting = self.hurting._replace(prompt=PainPrompt(asks_where=False), score=score, marked=0)
        return (Cue(CueKind.HURT, self.player.at, 1),)

    def choose(self, choice: str) -> Cues:
        """Continue in the chosen way, a word of `hurting.choices`."""
        assert self.hurting
        easier, red = self.hurting.easier, self.hurting.red
        number = self.player.segment.step
        self._write_hurt(choice)
        self._forget_gap()
        self._last = self._clock.instant()
        if choice == "easier" and easier:
            played = self.player.eased(easier)
            more = len(played.player.timeline.steps) - len(self.timeline.steps)
            for fresh in range(number + 1, number + 1 + more):
                self._journal.insert(fresh, recording.ended(played.player, fresh))
        elif choice == "shorter":
            played = self.player.shortened()
            self._journal.change(Halved(number))
        else:
            played = self.player.passed_over(whole=red)
        return self._take(played)

    def answer(self, key: str) -> Cues | None:
        """Take a key as an answer while it hurts; return None if it is no answer."""
        hurting = self.hurting
        assert hurting
        if key in STEPS or key in TAKES or (key == TAKE_BACK and hurting.from_afar):
            return self.step(STEPS[key]) if key in STEPS else self.take()
        if answered := hurting.prompt.press(key, self._clock.instant().running_ms):
            self.hurting = hurting._replace(from_afar=False)
            return self._answered(answered)
        if key == TAKE_BACK or (key in NEVER_MIND and hurting.number is None):
            return self.never_mind()
        if where := placed(hurting, key):
            self.hurting = where
            return ()
        if key in CORRECTS and hurting.score is not None:
            self.hurting = hurting._replace(score=None)
            return ()
        return None if hurting.number is None else self._chosen(key)

    def step(self, by: int) -> Cues:
        """Change the number while it hurts, or mark another choice, by one up or down."""
        assert self.hurting
        self.hurting = self.hurting.stepped(by, self._clock.instant().running_ms)
        return ()

    def take(self) -> Cues:
        """Take the number as it is typed, or the marked choice; without either it stands still."""
        assert self.hurting
        if self.hurting.prompt.typed is not None:
            return self._answered(self.hurting.prompt.settled())
        return self._chosen(self.hurting.marked_key) or () if self.hurting.score else ()

    def _chosen(self, key: str) -> Cues | None:
        """Take a key as the choice of what to do, which also confirms the number; return None if it is no choice."""
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
        """Take the typed number, and count it if it is complete."""
        assert self.hurting
        self.hurting = self.hurting._replace(prompt=answered.prompt)
        return () if answered.counted is None else self.score(answered.counted)

    def ask_minutes(self) -> Cues:
        """Stand still until the minutes that are left are typed."""
        due = self.hold_still()
        self.minutes, self.fitted = None if self.over else "", ""
        return due

    def type_minutes(self, key: str) -> Cues:
        """Take a digit; Enter leaves out what does not fit (`fitted`) and resumes, any other key resumes as it was."""
        assert self.minutes is not None
        if key in DIGITS or key == ERASE:
            self.minutes = self.minutes[:-1] if key == ERASE else f"{self.minutes}{key}"[-2:]
            return ()
        minutes, self.minutes = self.minutes, None
        if key == CONFIRM and minutes.strip("0"):
            self._fit(int(minutes))
        return self.pause_or_go_on()

    def _fit(self, minutes: int) -> None:
        before, steps = self.player.dropped, self.timeline.steps
        self.player = self.player.fitted(minutes, self._worth)
        counts = enumerate(map(sets_now, self.timeline.steps))
        sets = tuple((number, count) for number, count in counts if count != sets_now(steps[number]))
        if sets:
            self._journal.change(Counted(sets, self.player.segment.step))
        for number in sorted(self.player.dropped - before):
            self._journal.add(number, recording.ended(self.player, number), self._clock.now())
        self.fitted = fitted_words(self.timeline, self.player.segment.step, minutes)

    def feel(self, felt: str) -> str:
        """Note that the exercise just done, or the running one, felt too easy or too hard; return what follows."""
        self.tick()
        if self.over:
            return ""
        if not (done := self._just_done):
            return "No exercise has begun yet."
        exercise, journal = done.exercise, self._journal
        notes, words = recording.felt(
            self._clock.now(), journal.opening, journal.notes, exercise=exercise.id, name=exercise.name, how=felt
        )
        for note in notes:
            journal.note(note)
        return words

    @property
    def _just_done(self) -> Step | None:
        """The running step; while one gets ready for another exercise, the one before, if there is one."""
        until = self.player.segment.step + (self.player.segment.phase is not Phase.READY)
        before = [step for step in self.timeline.steps[:until] if step.parts]
        return before[-1] if before else None

    def never_mind(self) -> Cues:
        """It does not hurt after all: resume without a record."""
        self.hurting = None
        return self.pause_or_go_on()

    @property
    def choices(self) -> dict[str, str]:
        """The sentences to choose from by their keys, if the open question has such."""
        if self.hurting:
            return answers(self.hurting) if self.hurting.number else {}
        if not self.asking:
            return {}
        # What no disk takes cannot be left for later.
        return {key: words for key, words in STOP_ANSWERS.items() if key != LATER or not self.trouble}

    def ask_to_stop(self) -> Cues:
        """Stand still until it is chosen whether to stop here."""
        due = self.hold_still()
        self.asking = not self.over
        return due

    def answer_stop(self, key: str) -> Cues:
        """Stop, or leave the session for later, by their keys; any other key resumes."""
        offered, self.asking = key in self.choices, False
        if key == STOPS:
            self.stop()
        elif key == LATER and offered:
            self.leave()
            self.for_later = True
        else:
            return self.pause_or_go_on()
        return ()

    def stop(self) -> None:
        """End the session here, with what was done."""
        self.tick()
        self._finish()

    def leave(self) -> None:
        """Leave the session for later, with the running step so far."""
        if not self.over:
            self._write_hurt(STOPPED)
            self._note()
            self._journal.leave()

    def abandon(self) -> tuple[Record, ...]:
        """Leave the session for later; if no disk takes its journal, end it and return its records."""
        if self.trouble and not self.over:
            self.stop()
        self.leave()
        return self.records if self.unsaved else ()

    # ---- how it happens ----

    def _take(self, played: Played) -> Cues:
        """Continue with the new player, and write the steps that ended on the way."""
        if self.over:
            return ()
        here = self.player.segment.step
        self.player = played.player
        self.asking = self.asking and self.player.paused
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
        """Write the progress of the running step."""
        step = self.player.segment.step
        self._noted_ms = self.player.attempt_ms
        if self.player.held_ms[step] or step in self.player.hurt:
            # What hurt is not offered again when the session is resumed.
            running = step not in self.player.hurt
            self._journal.add(step, recording.ended(self.player, step), self._clock.now(), running=running)

    def _write_hurt(self, chose: str) -> None:
        """Write the pain score, if there is one, and the choice that followed."""
        hurting, self.hurting = self.hurting, None
        if not hurting or not hurting.number:
            return
        now, step = self._clock.now(), self.player.step
        self._journal.note(
            Hurt(
                id=uuid7(int(now.timestamp() * 1000), os.urandom(10)),
                day=self._journal.opening.day,
                at=now,
                session=self._journal.opening.id,
                exercise=step.exercise.id,
                side=hurting.where.side or step.side,
                score=hurting.number,
                chose=chose,
                area=hurting.where.area,
            )
        )
        self.player = self.player.hurts()
        self._note()

    def _finish(self) -> None:
        """Record what was done. Records that the history refuses stay in the journal."""
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
